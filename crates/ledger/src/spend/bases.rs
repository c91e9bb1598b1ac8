//! Every other basis of spend on a day beside the headline, each a labelled figure with its reason.
//! Absent on purpose: periods; `table` has cash and accrual.

use jiff::civil::Date;

use crate::because::{Line, line};
use crate::calendar::months_between;
use crate::explain::term_line;
use crate::facts::PurchaseFacts;
use crate::fee::Fee;
use crate::format::{count, counted, exact_amount};
use crate::headcount::per_employee;
use crate::installments::terms_without_double_days;
use crate::money::{Currency, Exact, ratio, whole};
use crate::purchase::{Frequency, Purchase, Term};
use crate::rates::{Exchange, MissingRate, RatePolicy, When};
use crate::rule::Rule;
use crate::spend::activity::{self, ActivityCounts, Reclaim};
use crate::spend::figures::explained;
use crate::spend::holding::{self, Holding, Lot};
use crate::spend::{Setting, Spend, Sum, TypeFacts, WasteAt, accounts, invoice_days, waste};

/// What an app costs on a day, on every basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bases {
    /// The headline and its license types; without fees.
    pub spend: Spend,
    /// The fees in force that belong to the annual spend.
    pub fees_annual: Line,
    /// What contracts and those fees commit to in a year.
    pub committed_annual: Line,
    /// What active accounts cost in a year; without an amount where activity is not monitored.
    pub used_annual: Line,
    /// What inactive accounts, and those that were never active, cost in a year; the same.
    pub idle_annual: Line,
    /// What unassigned seats and those accounts cost in a year.
    pub waste_in_all: Line,
    /// What the accounts that are not active cost, type by type.
    pub reclaim: Vec<Reclaim>,
    /// Waste that can be given up with the next payment.
    pub waste_now: Line,
    /// Waste that costs until a renewal.
    pub waste_at_renewal: Line,
    /// Both, purchase by purchase.
    pub waste: Vec<WasteAt>,
    /// The current recurring price in a year.
    pub run_rate: Line,
    /// The cost of the terms in force.
    pub total_contract_value: Line,
    /// The same by the year.
    pub annual_contract_value: Line,
    /// What a billable account costs in a year, with the fees that say so.
    pub cost_per_billable: Line,
    /// What an active account costs in a year; without an amount where activity is not monitored.
    pub cost_per_active: Line,
    /// What is committed to in a year, by employee; without an amount where no headcount is known.
    pub cost_per_employee: Line,
}

/// Every basis on the day. The order of the purchases and fees does not matter.
pub fn bases(day: Date, types: &[TypeFacts], purchases: &[Purchase], setting: Setting) -> Bases {
    let terms = terms_without_double_days(purchases);
    let holdings = holding::all(day, types, purchases, setting);
    let spend = super::compute(day, &holdings, purchases, setting);
    let base = setting.exchange.map(|exchange| exchange.base);
    let currency = base.or(spend.currency).or(setting.default);
    let mut fees: Vec<&Fee> = setting.fees.iter().filter(|fee| fee.in_force(day)).collect();
    fees.sort_by_key(|fee| fee.id);
    let exchange = setting.exchange;
    let counted: Vec<(&Purchase, Term)> = purchases.iter().zip(terms).collect();
    let making = Making { day, holdings: &holdings, counted: &counted, fees: &fees, exchange, currency, spend: &spend };
    let waste: Vec<WasteAt> = holdings.iter().flat_map(|holding| waste::of(holding, currency_of(holding))).collect();
    let (tcv, acv) = making.contract_values();
    let fees_annual = making.fees("Fees a year", |fee| fee.in_annual_spend);
    let committed_annual = making.committed(&fees_annual);
    let idle_annual = making.by_activity("Inactive accounts a year", Rule::Idle, ActivityCounts::idle);
    Bases {
        cost_per_employee: per_employee(day, &committed_annual, setting.headcounts),
        committed_annual,
        used_annual: making.by_activity("Used spend a year", Rule::Used, |counts| counts.active),
        reclaim: activity::reclaim(&holdings, &spend),
        waste_in_all: making.waste_in_all(&idle_annual),
        idle_annual,
        waste_now: making.waste(&waste, Rule::WasteNow),
        waste_at_renewal: making.waste(&waste, Rule::WasteAtRenewal),
        waste,
        run_rate: making.run_rate(),
        total_contract_value: tcv,
        annual_contract_value: acv,
        cost_per_billable: making.per_account("Cost per billable account", Some((spend.billable_accounts, 0))),
        cost_per_active: making.per_account("Cost per active account", activity::active(&holdings)),
        fees_annual,
        spend,
    }
}

struct Making<'a> {
    day: Date,
    holdings: &'a [Holding<'a>],
    /// All purchases with the terms for which they cost something.
    counted: &'a [(&'a Purchase, Term)],
    fees: &'a [&'a Fee],
    exchange: Option<Exchange<'a>>,
    /// The currency of a known 0.
    currency: Option<Currency>,
    spend: &'a Spend,
}

impl Making<'_> {
    fn fees(&self, label: &str, wanted: impl Fn(&Fee) -> bool) -> Line {
        let mut sum = Sum::new(label, Rule::Fee);
        for fee in self.fees.iter().filter(|fee| wanted(fee)) {
            self.add_fee(&mut sum, fee);
        }
        sum.into_line(self.currency)
    }

    fn add_fee(&self, sum: &mut Sum, fee: &Fee) {
        let Some(mut line) = fee.annual_line() else { return };
        let when = When::on(self.day, fee.term, fee.frequency, &fee.conditions);
        let found = self.exchange.map(|exchange| (exchange.base, exchange.found(fee.currency, when)));
        match (found, line.value.clone()) {
            (Some((_, Err(missing))), _) => sum.block(Rule::MissingRate, missing.to_string()),
            (Some((base, Ok(Some(found)))), Some(value)) => {
                let label = line.because.label.clone();
                line.because = found.because(label, &value.amount, vec![line.because]);
                line.set(value.amount * found.factor, base);
            }
            _ => {}
        }
        sum.add(line);
    }

    fn committed(&self, fees: &Line) -> Line {
        let licenses = &self.spend.committed_annual;
        if fees.because.parts.is_empty() {
            return licenses.clone();
        }
        let mut sum = Sum::of_figures(licenses.because.label.clone(), Rule::Total);
        for one in [licenses, fees] {
            if one.value.is_none() {
                sum.block(one.because.rule, one.caveat.clone().unwrap_or_default());
            }
            sum.add(one.clone());
        }
        sum.into_line(self.currency)
    }

    fn by_activity(&self, label: &str, rule: Rule, wanted: impl Fn(&ActivityCounts) -> u64) -> Line {
        let types = self.holdings.iter().zip(&self.spend.by_type);
        activity::by_activity(label, rule, types, wanted).into_line(self.currency)
    }

    /// Unassigned seats and accounts that are not active, once each is known.
    fn waste_in_all(&self, idle: &Line) -> Line {
        let mut sum = Sum::of_figures("Waste a year", Rule::AllWaste);
        let known = idle.value.is_some();
        let said =
            idle.caveat.as_ref().map(|said| if known { format!("Inactive accounts: {said}") } else { said.clone() });
        for one in [self.spend.waste_annual.clone(), Line { caveat: said, ..idle.clone() }] {
            if one.value.is_none() {
                sum.block(one.because.rule, one.caveat.clone().unwrap_or_default());
            }
            sum.add(one);
        }
        sum.into_line(self.currency)
    }

    fn waste(&self, all: &[WasteAt], rule: Rule) -> Line {
        let now = rule == Rule::WasteNow;
        let label = if now { "Waste that can be realised now" } else { "Waste that can be realised at renewal" };
        let mut sum = Sum::new(label, rule);
        for wasted in all.iter().filter(|wasted| wasted.now == now) {
            let holding = self.holdings.iter().find(|holding| holding.facts.license_type == wasted.license_type);
            let name = holding.map_or(wasted.license_type.as_str(), |holding| holding.facts.name.as_str());
            let lots = holding.into_iter().flat_map(|holding| &holding.lots);
            block(&mut sum, lots.filter(|lot| lot.purchase.id == wasted.purchase));
            waste::add(&mut sum, wasted, name, rule);
        }
        // Where nobody is monitored there are no such accounts in it, as the rule says; of some it is worth telling.
        for holding in self.holdings.iter().filter(|holding| holding.is_priced()) {
            let could = holding.lots.iter().any(|lot| waste::ends_at_will(lot.purchase) == now);
            if could && (1..holding.accounts()).contains(&holding.not_monitored()) {
                sum.without(format!("{}: not included.", activity::not_monitored(holding)));
            }
        }
        sum.into_line(self.currency)
    }

    fn lots(&self) -> impl Iterator<Item = (&Holding<'_>, &Lot<'_>)> {
        let paid = self.holdings.iter().filter(|holding| !holding.facts.free);
        paid.flat_map(|holding| holding.lots.iter().map(move |lot| (holding, lot)))
    }

    fn run_rate(&self) -> Line {
        let mut sum = Sum::new("Run-rate a year", Rule::RunRate);
        for (holding, lot) in self.lots().filter(|(_, lot)| lot.purchase.frequency != Frequency::Once) {
            block(&mut sum, [lot]);
            let mut part = line(holding.facts.name.clone(), Rule::RunRate, String::new());
            match (lot.cost(), lot.per_account()) {
                (Some(cost), _) => {
                    part.because = explained(lot, &holding.facts.name).unwrap_or(part.because);
                    part.set(cost.clone(), lot.currency);
                }
                (None, Some(_)) => continue,
                (None, None) => part.caveat = Some(unpriced(holding, lot)),
            }
            sum.add(part);
        }
        for holding in self.holdings.iter().filter(|holding| !holding.facts.free) {
            if let Some(part) = per_account_part(holding) {
                sum.add(part);
            }
            add_overage(&mut sum, holding);
        }
        for fee in self.fees.iter().filter(|fee| fee.in_annual_spend && fee.frequency != Frequency::Once) {
            self.add_fee(&mut sum, fee);
        }
        sum.into_line(self.currency)
    }

    /// The purchase with the term for which it costs something.
    fn counted(&self, purchase: &Purchase) -> Purchase {
        let found = self.counted.iter().find(|(one, _)| std::ptr::eq(*one, purchase));
        Purchase { term: found.map_or(purchase.term, |(_, term)| *term), ..purchase.clone() }
    }

    fn contract_values(&self) -> (Line, Line) {
        let mut tcv = Sum::new("Total contract value", Rule::Tcv);
        let mut acv = Sum::new("Annual contract value", Rule::Acv);
        let mut open = 0;
        for (holding, lot) in self.lots() {
            let counted = self.counted(lot.purchase);
            let ends = counted.contract_term().end;
            let (Some(_), Some(mut whole_term)) = (ends, term_line(&PurchaseFacts::from(&counted))) else {
                open = u64::saturating_add(open, 1);
                continue;
            };
            let term = with_other_parts(&counted, &mut whole_term);
            let Some(value) = whole_term.value.clone() else {
                tcv.without(unpriced(holding, lot));
                acv.without(unpriced(holding, lot));
                continue;
            };
            match self.in_base(lot, &counted, &whole_term, value.amount) {
                Ok(converted) => whole_term = converted,
                Err(missing) => {
                    tcv.block(Rule::MissingRate, missing.to_string());
                    acv.block(Rule::MissingRate, missing.to_string());
                }
            }
            acv.add(by_the_year(lot.purchase, term, &whole_term));
            tcv.add(whole_term);
        }
        if open > 0 {
            let purchases = counted(open, "purchase", "purchases");
            let caveat = format!("{purchases} without an end or priced by the accounts: not included.");
            tcv.without(caveat.clone());
            acv.without(caveat);
        }
        (tcv.into_line(self.currency), acv.into_line(self.currency))
    }

    /// The value of a whole term in the currency of the figures.
    fn in_base(&self, lot: &Lot, counted: &Purchase, whole: &Line, value: Exact) -> Result<Line, MissingRate> {
        let by_invoice_days = self.exchange.filter(|exchange| exchange.policy == RatePolicy::InvoiceDay);
        match (by_invoice_days.filter(|exchange| exchange.base != counted.currency), lot.missing, &lot.found) {
            (Some(exchange), ..) => invoice_days::converted(counted, whole, self.counted, exchange),
            (None, Some(missing), _) => Err(missing),
            (None, None, None) => Ok(whole.clone()),
            (None, None, Some(found)) => {
                let (label, parts) = (whole.because.label.clone(), vec![whole.because.clone()]);
                let mut converted = Line { because: found.because(label, &value, parts), ..whole.clone() };
                converted.set(lot.converted(value), lot.currency);
                Ok(converted)
            }
        }
    }

    /// Spend by account; of some it may not be known whether they are among those that are meant.
    fn per_account(&self, label: &str, accounts: Option<(u64, u64)>) -> Line {
        let fees = self.fees("Fees a year", |fee| fee.in_cost_per_account);
        let mut sum = Sum::of_figures("Spend for accounts", Rule::Total);
        sum.add(self.spend.billable_annual.clone());
        if !fees.because.parts.is_empty() {
            sum.add(fees.clone());
        }
        let sum = sum.into_line(self.currency);
        let accounts_text =
            accounts.map_or_else(|| "accounts".to_owned(), |(number, _)| counted(number, "account", "accounts"));
        let spent = sum.value.as_ref().map(|value| exact_amount(&value.amount, value.currency));
        let arithmetic = format!("{} ÷ {accounts_text}", spent.as_ref().unwrap_or(&sum.because.result));
        let mut each = line(label.to_owned(), Rule::PerAccount, arithmetic);
        each.caveat.clone_from(&sum.caveat);
        let mut ends = None;
        let known = self.spend.billable_annual.value.is_some() && fees.caveat.is_none();
        match (accounts, &sum.value) {
            (None, _) => each.caveat = Some("Activity is not monitored for every billable license type.".to_owned()),
            (Some((active, unknown)), Some(_)) if unknown > 0 && known => {
                (each.caveat, ends) = activity::between(&sum, active, unknown).unzip();
            }
            (Some((0, _)), _) => each.caveat = Some(format!("There are {} accounts to divide by.", count(0))),
            (Some((number, _)), Some(value)) if known => {
                if let Some(share) = ratio(&value.amount, &whole(number)) {
                    each.set(share, value.currency);
                }
            }
            _ => {}
        }
        each.because.parts = [sum.because].into_iter().chain(ends.into_iter().flatten()).collect();
        each
    }
}

/// A rate that is missing blocks the figure that needs it, and no other.
pub(super) fn block<'a>(sum: &mut Sum, needed: impl IntoIterator<Item = &'a Lot<'a>>) {
    for missing in needed.into_iter().filter(|lot| lot.annual.is_some()).filter_map(|lot| lot.missing) {
        sum.block(Rule::MissingRate, missing.to_string());
    }
}

/// The one currency of the type's prices.
fn currency_of(holding: &Holding) -> Option<Currency> {
    let mut priced = holding.lots.iter().filter(|lot| lot.annual.is_some()).map(|lot| lot.currency);
    let first = priced.next()?;
    priced.all(|other| other == first).then_some(first)
}

fn unpriced(holding: &Holding, lot: &Lot) -> String {
    let name = [&lot.purchase.name, &lot.purchase.po].into_iter().find(|name| !name.is_empty());
    match name {
        Some(name) => format!("{name} has no price."),
        None => format!("A purchase of {} has no price.", holding.facts.name),
    }
}

/// Recurring unlimited seats at a price per unit cost what the accounts beyond the counted seats cost.
fn per_account_part(holding: &Holding) -> Option<Line> {
    let priced: Vec<&Lot> = holding.lots.iter().filter(|lot| lot.per_account().is_some()).collect();
    let first = priced.iter().find(|lot| lot.purchase.frequency != Frequency::Once)?;
    let accounts = holding.accounts().saturating_sub(holding.seats());
    let unit = holding.unit_beyond()?;
    let each = exact_amount(&unit, first.currency);
    let arithmetic = format!("{} × {each}", counted(accounts, "account", "accounts"));
    let label = format!("{}: accounts in unlimited seats", holding.facts.name);
    let mut part = line(label, Rule::UnlimitedUnit, arithmetic);
    let least: Exact = priced.iter().filter_map(|lot| lot.least()).sum();
    let charged = unit * whole(accounts);
    if least > charged {
        part.because.rule = Rule::PaymentMinimum;
        part.because.arithmetic = format!("{} at least", exact_amount(&least, first.currency));
    }
    part.set(charged.max(least), first.currency);
    Some(part)
}

/// What is agreed for accounts beyond the seats is paid with every payment while they are there.
fn add_overage(sum: &mut Sum, holding: &Holding) {
    if holding.unlimited() || !holding.facts.billable {
        return;
    }
    for over in holding.over.iter().filter(|over| over.seats > 0 && over.frequency != Frequency::Once) {
        match (&over.unit, accounts::pending(over, holding)) {
            (_, Some(to_come)) => sum.without(to_come),
            (None, None) => {}
            (Some(unit), None) => {
                let each = exact_amount(unit, over.currency);
                let arithmetic = format!("{} × {each}", counted(over.seats, "account", "accounts"));
                let label = format!("{}: accounts beyond the seats", holding.facts.name);
                let mut part = line(label, Rule::Overage, arithmetic);
                part.because.purchase = Some(over.purchase);
                part.set(unit * whole(over.seats), over.currency);
                sum.add(part);
            }
        }
    }
}

/// Adds what the other parts of its contract cost, where the price changed within it; the term that counts then.
fn with_other_parts(purchase: &Purchase, whole_term: &mut Line) -> Term {
    let contract = purchase.conditions.contract.as_ref().and_then(|contract| contract.others.as_ref());
    let (Some(others), Some(own)) = (contract, whole_term.value.clone()) else { return purchase.term };
    let [of_this, of_others] = [&own.amount, others].map(|amount| exact_amount(amount, own.currency));
    let arithmetic = format!("{of_this} + {of_others} at its other prices");
    let mut all = line(whole_term.because.label.clone(), Rule::WithinPeriod, arithmetic);
    all.because.purchase = Some(purchase.id);
    all.because.parts = vec![whole_term.because.clone()].into();
    all.set(own.amount + others, own.currency);
    *whole_term = all;
    purchase.contract_term()
}

fn by_the_year(purchase: &Purchase, term: Term, whole_term: &Line) -> Line {
    let months = term.end.map_or_else(|| whole(0), |end| months_between(term.from, end));
    let value = whole_term.value.as_ref().map(|value| exact_amount(&value.amount, value.currency));
    let value = value.as_ref().unwrap_or(&whole_term.because.result);
    let arithmetic = format!("{value} × 12 ÷ {} months", months_text(&months));
    let mut part = line(whole_term.because.label.clone(), Rule::Acv, arithmetic);
    part.because.purchase = Some(purchase.id);
    part.because.parts = vec![whole_term.because.clone()].into();
    if let Some(value) = &whole_term.value {
        let a_year = ratio(&(&value.amount * whole(12)), &months).unwrap_or_else(|| whole(0));
        part.set(a_year, value.currency);
    }
    part
}

/// "12", "9 14/31".
fn months_text(months: &Exact) -> String {
    let (complete, rest) = (months.trunc(), months.fract());
    if months.is_integer() { complete.to_string() } else { format!("{complete} {rest}") }
}
