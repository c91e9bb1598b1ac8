//! What is left of the committed amount of the terms in force and of the fees in their days, day by day, beside an even
//! pace. Absent on purpose: terms without an end, and a band around what is to come: every payment of a term is agreed.

use jiff::civil::Date;
use ledger::{
    Basis, Bucket, Currency, Exact, Fee, FiscalYear, Grain, PurchaseFacts, Source, Table, TypeNames, Wanted,
    display_amount, sentence_amount, term_line,
};

use crate::error::Result;
use crate::inputs::Inputs;
use crate::seatledger::Seatledger;
use crate::spending::explanation;
use crate::view::figure::{Explanation, Figure, Money, Steps};
use crate::view::over_time::{BurnDown, BurnPoint};
use crate::words;

/// Longer terms are typing errors more often than contracts; they would make a line of thousands of points.
const LONGEST_YEARS: i16 = 50;

/// Where fees and terms are in currencies that cannot be added.
const WITHOUT_FEES: &str = "The fees are left out: they cannot be added to the terms without exchange rates.";

impl Seatledger {
    /// The burn-down as it is today.
    pub(crate) fn burn_down(&self, app: &str) -> Result<Option<BurnDown>> {
        let app = self.app(app)?;
        let inputs = self.inputs(&app)?;
        Ok(burn_down(self.today()?, &inputs))
    }
}

/// The burn-down of the purchases in force; `None` when none of them has an end and a known price.
pub(crate) fn burn_down(today: Date, inputs: &Inputs) -> Option<BurnDown> {
    let (free, names) = (inputs.free(), inputs.names());
    let counted = |purchase: &&ledger::Purchase| {
        let fits = purchase.term.end.is_some_and(|end| end.year() - purchase.term.from.year() <= LONGEST_YEARS);
        fits && purchase.payment().is_some() && !free.contains(&purchase.license_type.as_str())
    };
    // A term that is renewed on its last day ends the day before, as in every other figure.
    let all = ledger::without_double_days(&inputs.purchases);
    let in_force: Vec<ledger::PurchaseId> =
        ledger::in_force(today, &all).into_iter().map(|purchase| purchase.id).collect();
    // Where a price changed within a term, all of the term is committed.
    let of_contract = |purchase: &ledger::Purchase| {
        let contract = purchase.conditions.contract.as_ref().and_then(|contract| contract.others.as_ref());
        contract.is_some() && purchase.contract_term().covers(today)
    };
    let wanted = |purchase: &&ledger::Purchase| in_force.contains(&purchase.id) || of_contract(purchase);
    let purchases: Vec<ledger::Purchase> = all.iter().filter(wanted).filter(counted).cloned().collect();
    let first = purchases.iter().map(|purchase| purchase.term.from).min()?;
    let end = purchases.iter().filter_map(|purchase| purchase.term.end).max()?;
    let buckets = buckets(first, end, today);
    let made = |fees: &[Fee]| {
        let table = ledger::table(&Wanted {
            basis: Basis::Accrual,
            purchases: &purchases,
            fees,
            free: &free,
            names: TypeNames(&names),
            buckets: &buckets,
            exchange: inputs.exchange(),
            counts: None,
        });
        table.shown_totals().is_some().then_some(table)
    };
    let (table, without_fees) = match made(&inputs.table_fees) {
        Some(table) => (table, None),
        None => (made(&[])?, Some(WITHOUT_FEES)),
    };
    let (spent, currency) = (table.shown_totals()?, table.total.as_ref()?.currency);
    let total: Exact = spent.iter().sum();
    let span = Span { first, last: end.yesterday().unwrap_or(end), today, currency, total };
    let left = span.left(&buckets, &spent);
    let left_today =
        left.iter().rfind(|(day, _)| *day <= today).map_or_else(|| span.total.clone(), |(_, left)| left.clone());
    let text = |amount: &Exact| sentence_amount(amount, currency);
    let caveats: Vec<&str> = table.caveats.iter().map(String::as_str).chain(without_fees).collect();
    Some(BurnDown {
        title: format!("{} of {} are left", text(&left_today), text(&span.total)),
        subtitle: format!(
            "Committed amount of the terms in force, fees included, {} to {}",
            words::day(first),
            words::day(span.last)
        ),
        committed: Figure {
            value: Some(span.money(&span.total)),
            caveat: (!caveats.is_empty()).then(|| caveats.join(" ")),
            because: committed(&purchases, &table, &span),
        },
        left: span.money(&left_today),
        pace: span.pace(&left, &left_today),
        points: left
            .iter()
            .map(|(day, left)| BurnPoint {
                date: day.to_string(),
                left: span.money(left),
                even: span.money(&span.even(*day)),
            })
            .collect(),
    })
}

/// All terms together.
struct Span {
    first: Date,
    last: Date,
    today: Date,
    currency: Currency,
    total: Exact,
}

impl Span {
    fn money(&self, amount: &Exact) -> Money {
        Money { amount: display_amount(amount, self.currency), currency: self.currency.code().to_owned() }
    }

    /// The day before the terms, and what is left then and at the end of every bucket.
    fn left(&self, buckets: &[Bucket], spent: &[Exact]) -> Vec<(Date, Exact)> {
        let mut left = self.total.clone();
        let mut points = vec![(self.before(), left.clone())];
        for (bucket, spent) in buckets.iter().zip(spent) {
            left -= spent;
            points.push((bucket.end.yesterday().unwrap_or(bucket.end), left.clone()));
        }
        points
    }

    fn before(&self) -> Date {
        self.first.yesterday().unwrap_or(self.first)
    }

    /// What would be left at the end of the day if every day cost the same.
    fn even(&self, day: Date) -> Exact {
        let days = |from, to| Exact::from_integer(ledger::days_between(from, to));
        let share = ledger::money::ratio(&days(day, self.last), &days(self.before(), self.last));
        &self.total * &share.unwrap_or_default()
    }

    fn pace(&self, left: &[(Date, Exact)], left_today: &Exact) -> String {
        let ahead = ledger::format::rounded(&(left_today - &self.even(self.today)), self.currency);
        let zero = ledger::money::whole(0);
        let beside = match (ahead == zero, ahead.is_negative()) {
            (true, _) => "As much as at an even pace is left".to_owned(),
            (_, true) => format!("{} less than at an even pace is left", sentence_amount(&ahead.abs(), self.currency)),
            _ => format!("{} more than at an even pace is left", sentence_amount(&ahead, self.currency)),
        };
        let days = u64::try_from(ledger::days_between(self.today, self.last)).unwrap_or_default();
        let ends = match days {
            0 => "today".to_owned(),
            days => format!("on {}, in {}", words::day(self.last), words::counted(days, "day", "days")),
        };
        let out = left.iter().find(|(_, left)| *left == zero).map(|(day, _)| *day).filter(|day| *day < self.last);
        let out = out.map_or_else(
            || "nothing is left then".to_owned(),
            |day| format!("nothing is left from {} on", words::day(day)),
        );
        format!("{beside}. The last term ends {ends}; {out}.")
    }
}

/// The terms as agreed, and each fee with what its days in them cost.
fn committed(purchases: &[ledger::Purchase], table: &Table, span: &Span) -> Explanation {
    let lines = purchases.iter().filter_map(|purchase| term_line(&PurchaseFacts::from(purchase)));
    let fees = table.rows.iter().filter(|row| matches!(row.source, Source::Fee(_))).map(|row| Explanation {
        label: row.label.clone(),
        result: sentence_amount(&row.cells.iter().flatten().sum(), row.currency),
        rule: ledger::Rule::Accrual.law(),
        arithmetic: format!("A fee: its days from {} to {}", words::day(span.first), words::day(span.last)),
        purchase: None,
        parts: Steps::default(),
    });
    let parts: Steps = lines.map(|line| explanation(&line.because)).chain(fees).collect();
    let terms: Vec<&str> = parts.iter().map(|part| part.result.as_str()).collect();
    Explanation {
        label: "Committed by the terms in force".to_owned(),
        result: sentence_amount(&span.total, span.currency),
        rule: ledger::Rule::Tcv.law(),
        arithmetic: terms.join(" + "),
        purchase: None,
        parts,
    }
}

/// The months of all terms, cut off at their first and last day, and after today, so that today is a point.
fn buckets(first: Date, end: Date, today: Date) -> Vec<Bucket> {
    let tomorrow = today.tomorrow().unwrap_or(today);
    let months = FiscalYear::default().buckets(Grain::Month, first, end);
    let cut = |month: Bucket| {
        let (from, end) = (month.from.max(first), month.end.min(end));
        let split = Some(tomorrow).filter(|day| from < *day && *day < end);
        let days: Vec<Date> = [from].into_iter().chain(split).chain([end]).collect();
        let spans = days.iter().zip(days.iter().skip(1));
        spans.map(|(from, end)| Bucket { label: month.label.clone(), from: *from, end: *end }).collect::<Vec<_>>()
    };
    months.into_iter().flat_map(cut).collect()
}
