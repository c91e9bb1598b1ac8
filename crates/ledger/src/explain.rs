//! Explains what one purchase costs: in a year and over its term.
//! Absent on purpose: who holds the seats; `spend` knows.

use std::fmt::Write as _;

use num_traits::Zero as _;

use crate::annual::Annual;
use crate::because::{Because, Line, amount_step, line, step, typed};
use crate::calendar::{days_between, last_day, term_days};
use crate::conditions::OncePolicy;
use crate::contract::contract_term;
use crate::day::day_text;
use crate::discount::{Discount, Off, Taken};
use crate::facts::PurchaseFacts;
use crate::format::{count, counted, exact_amount, price_amount, rounded_from, sentence_amount};
use crate::money::{Currency, Exact};
use crate::percent::percent_text;
use crate::purchase::{Frequency, Proration, Quantity};
use crate::rule::Rule;
use crate::term::{CutPeriod, TermTotal};

/// What the purchase costs in a year, with its reason; `None` while too little is known to say anything.
pub fn annual_line(facts: &PurchaseFacts) -> Option<Line> {
    let label = labelled(facts, "a year");
    let mut annual_line = if facts.is_unpriced() {
        unknown(label)
    } else {
        let (annual, currency) = (facts.annual()?, facts.currency?);
        priced(facts, label, &annual, currency)?
    };
    annual_line.because.purchase = facts.id;
    Some(annual_line)
}

/// What the whole term costs, with its reason; `None` while it is open-ended or too little is known.
pub fn term_line(facts: &PurchaseFacts) -> Option<Line> {
    facts.end?;
    let label = labelled(facts, "whole term");
    let mut term_line = if facts.is_unpriced() {
        unknown(label)
    } else {
        let (total, currency) = (facts.term_total()?, facts.currency?);
        term_sum(facts, label, &total, currency)
    };
    term_line.because.purchase = facts.id;
    Some(term_line)
}

fn unknown(label: String) -> Line {
    let mut unknown = line(label, Rule::UnknownPrice, "No cost was entered".to_owned());
    unknown.caveat = Some("The price is not known: enter the cost to see it here.".to_owned());
    unknown
}

fn labelled(facts: &PurchaseFacts, what: &str) -> String {
    if facts.label.is_empty() { format!("Purchase: {what}") } else { format!("{}: {what}", facts.label) }
}

fn priced(facts: &PurchaseFacts, label: String, annual: &Annual, currency: Currency) -> Option<Line> {
    let base = base(facts, currency)?;
    let arithmetic = match annual.floor.as_ref().filter(|_| annual.annual.is_some()) {
        Some(floor) => format!("{} at least, by the term's minimum", exact_amount(floor, currency)),
        None => times(&base, &yearly(facts, facts.frequency?)),
    };
    let rule = if annual.floor.is_some() && annual.annual.is_some() { Rule::TermMinimum } else { annual.rule };
    let mut annual_line = line(label, rule, arithmetic);
    match (&annual.annual, &annual.unit_annual) {
        (Some(amount), _) => annual_line.set(amount.clone(), currency),
        (None, Some(unit)) => {
            annual_line.because.result = format!("{} for each account", sentence_amount(unit, currency));
            annual_line.because.rounding = rounded_from(unit, currency);
            annual_line.caveat =
                Some("Unlimited seats at a price per unit: what they cost depends on the accounts.".to_owned());
        }
        (None, None) => {}
    }
    annual_line.because.parts.extend(payment_step(facts, currency));
    annual_line.because.parts.extend(term_step(facts));
    Some(annual_line)
}

/// A sum is multiplied as a whole.
fn times(base: &str, factor: &str) -> String {
    let sum = (base.contains(" + ") || base.contains(" − ")) && !factor.is_empty();
    if sum { format!("({base}){factor}") } else { format!("{base}{factor}") }
}

/// The days on which it counts.
fn term_step(facts: &PurchaseFacts) -> Option<Because> {
    let term = facts.term()?;
    let from = day_text(term.from);
    let (result, arithmetic) = match last_day(&term) {
        Some(last) => (format!("{from} to {}", day_text(last)), format!("From {from} through {}", day_text(last))),
        None => (format!("from {from}"), format!("From {from} on, without an end")),
    };
    Some(step(labelled(facts, "in force"), result, Rule::SeatsInForce, arithmetic))
}

/// "50 seats × $9.00", or what a payment comes to where discounts or minimums change it.
fn base(facts: &PurchaseFacts, currency: Currency) -> Option<String> {
    let charged = facts.charged()?;
    Some(match charged.payment() {
        Some(payment) if payment.amount != payment.list => exact_amount(&payment.amount, currency),
        Some(payment) => list_arithmetic(facts, payment.seats, currency),
        None => {
            let unit = exact_amount(&charged.unit()?, currency);
            let typed = facts.price().map(|price| typed(price, currency)).unwrap_or_default();
            if facts.conditions.discounts.is_empty() { typed } else { unit }
        }
    })
}

fn list_arithmetic(facts: &PurchaseFacts, seats: Option<u64>, currency: Currency) -> String {
    match (seats, facts.price()) {
        (Some(seats), price) => facts.conditions.shape.arithmetic(price, seats, currency),
        (None, Some(price)) => typed(price, currency),
        (None, None) => String::new(),
    }
}

/// How one payment is made; its parts are the packs, the list price, the discounts and the minimum, where there are any.
pub(crate) fn payment_step(facts: &PurchaseFacts, currency: Currency) -> Option<Because> {
    let payment = facts.charged()?.payment()?;
    let arithmetic = list_arithmetic(facts, payment.seats, currency);
    let shape = facts.conditions.shape.rule();
    let amount = |amount: &Exact| exact_amount(amount, currency);
    let rule = match (payment.amount == payment.list, payment.discounts.is_empty()) {
        (true, true) => shape,
        (_, true) => Rule::PaymentMinimum,
        _ => Rule::Discounts,
    };
    let mut parts: Vec<Because> = packs_step(facts, payment.seats).into_iter().collect();
    let mut whole = arithmetic.clone();
    if rule != shape {
        parts.push(amount_step(labelled(facts, "list price"), &payment.list, currency, shape, arithmetic));
        whole = amount(&payment.list);
    }
    for taken in &payment.discounts {
        write!(whole, " − {}", amount(&taken.off)).ok()?;
        let label = labelled(facts, &discount_name(&taken.discount));
        let arithmetic = discount_arithmetic(taken, &payment.list, currency);
        let off = format!("−{}", sentence_amount(&taken.off, currency));
        let mut taken_off = step(label, off, Rule::Discounts, arithmetic);
        let exact = rounded_from(&taken.off, currency);
        taken_off.rounding = exact.map(|exact| exact.replacen(" from ", " from −", 1));
        parts.push(taken_off);
    }
    if !payment.shortfall.is_zero() {
        write!(whole, " + {}", amount(&payment.shortfall)).ok()?;
        let arithmetic = format!("{} at least − {}", amount(&payment.amount), amount(&payment.net));
        let label = labelled(facts, "up to the minimum");
        parts.push(amount_step(label, &payment.shortfall, currency, Rule::PaymentMinimum, arithmetic));
    }
    let mut made = amount_step(labelled(facts, "one payment"), &payment.amount, currency, rule, whole);
    made.purchase = facts.id;
    made.parts = parts.into();
    Some(made)
}

/// What the tax on one payment comes to, apart; `None` without tax or a payment.
pub fn tax_line(facts: &PurchaseFacts) -> Option<Line> {
    let (tax, currency) = (facts.conditions.tax?, facts.currency?);
    let payment = facts.charged()?.payment()?;
    let arithmetic = format!("{} × {}", exact_amount(&payment.amount, currency), percent_text(tax));
    let mut tax_line = line(labelled(facts, "tax on one payment"), Rule::Tax, arithmetic);
    tax_line.set(payment.tax, currency);
    tax_line.because.purchase = facts.id;
    Some(tax_line)
}

fn packs_step(facts: &PurchaseFacts, seats: Option<u64>) -> Option<Because> {
    let (words, seats) = (facts.conditions.packs.words()?, seats?);
    let Some(Quantity::Seats(need)) = facts.quantity else { return None };
    let need = counted(need.into(), "seat", "seats");
    Some(step(
        labelled(facts, "seats sold"),
        counted(seats, "seat", "seats"),
        Rule::Packs,
        format!("{need}, rounded up to {words}"),
    ))
}

fn discount_name(discount: &Discount) -> String {
    if discount.name.is_empty() { "discount".to_owned() } else { format!("discount, {}", discount.name) }
}

fn discount_arithmetic(taken: &Taken, list: &Exact, currency: Currency) -> String {
    let before = || exact_amount(&(&taken.off + &taken.rest), currency);
    let arithmetic = match taken.discount.off {
        Off::PercentOfRest(percent) => format!("−{} × {} of what is left", before(), percent_text(percent)),
        Off::PercentOfList(percent) => {
            format!("−{} × {} of the list price", exact_amount(list, currency), percent_text(percent))
        }
        Off::Fixed(amount) => format!("−{} off each payment", price_amount(amount, currency)),
    };
    // Nothing is left, perhaps since an earlier one: then it takes what there was, not what it asks for.
    let asks = match taken.discount.off {
        Off::PercentOfRest(_) => !taken.off.is_zero(),
        Off::PercentOfList(percent) => !list.is_zero() && !percent.is_zero(),
        Off::Fixed(amount) => !amount.is_zero(),
    };
    if taken.rest.is_zero() && asks { format!("{arithmetic}, at most −{}", before()) } else { arithmetic }
}

/// " × 12", " × 12 ÷ 18", " × 365 ÷ 546 days".
fn yearly(facts: &PurchaseFacts, frequency: Frequency) -> String {
    match frequency {
        Frequency::Monthly => " × 12".to_owned(),
        Frequency::Quarterly => " × 4".to_owned(),
        Frequency::SemiAnnually => " × 2".to_owned(),
        Frequency::Annually => String::new(),
        Frequency::Every18Months => " × 12 ÷ 18".to_owned(),
        Frequency::Every2Years => " × 12 ÷ 24".to_owned(),
        Frequency::Every3Years => " × 12 ÷ 36".to_owned(),
        Frequency::Once => match (
            facts.conditions.once,
            facts.charged().and_then(|charged| term_days(&contract_term(charged.term?, charged.conditions))),
        ) {
            (OncePolicy::Life(months), _) => format!(" × 12 ÷ {}", counted(months.into(), "month", "months")),
            (OncePolicy::Term, Some(days)) => format!(" × 365 ÷ {}", counted(days, "day", "days")),
            (OncePolicy::Term, None) | (OncePolicy::DateOnly, _) => " once, nothing a year".to_owned(),
        },
    }
}

fn term_sum(facts: &PurchaseFacts, label: String, total: &TermTotal, currency: Currency) -> Line {
    let payments = counted(total.full_payments.into(), "payment", "payments");
    let payment = exact_amount(&total.payment, currency);
    let cuts = || [&total.first, &total.cut].into_iter().flatten();
    let full = (total.full_payments > 0 || cuts().next().is_none()).then_some(payments);
    let terms = full.into_iter().chain(cuts().map(|cut| share(cut, facts)));
    let arithmetic = terms.map(|term| format!("{term} × {payment}")).collect::<Vec<_>>().join(" + ");
    let minimum = exact_amount(&total.shortfall, currency);
    let arithmetic =
        if total.shortfall.is_zero() { arithmetic } else { format!("{arithmetic} + {minimum} up to the minimum") };
    let mut term_line = line(label, Rule::TermTotal, arithmetic);
    term_line.set(total.total.clone(), currency);
    term_line.because.parts.extend(payment_step(facts, currency));
    for cut in cuts() {
        term_line.because.parts.push(cut_step(facts, cut, &total.payment, currency));
    }
    if !total.shortfall.is_zero() {
        let paid = exact_amount(&(&total.total - &total.shortfall), currency);
        let arithmetic = format!("{} at least − {paid}", exact_amount(&total.total, currency));
        let label = labelled(facts, "up to the term's minimum");
        let missing = amount_step(label, &total.shortfall, currency, Rule::TermMinimum, arithmetic);
        term_line.because.parts.push(missing);
    }
    term_line
}

fn share(cut: &CutPeriod, facts: &PurchaseFacts) -> String {
    match facts.proration {
        _ if cut.rule == Rule::WithinPeriod => format!("{} ÷ {} days", days(cut, false), days(cut, true)),
        Proration::None => "1".to_owned(),
        Proration::Daily => format!("{} ÷ {} days", days(cut, false), days(cut, true)),
        Proration::WholeMonthUp | Proration::WholeMonthDown => {
            let months = facts.frequency.and_then(Frequency::months).unwrap_or(1);
            let charged = &cut.share * crate::money::whole(months.into());
            format!("{charged} ÷ {}", counted(months.into(), "month", "months"))
        }
    }
}

fn days(cut: &CutPeriod, full: bool) -> String {
    let end = if full { cut.full_end } else { cut.end };
    let from = if full { cut.start } else { cut.from };
    count(u64::try_from(days_between(from, end)).unwrap_or_default())
}

fn cut_step(facts: &PurchaseFacts, cut: &CutPeriod, payment: &Exact, currency: Currency) -> Because {
    let last = cut.end.yesterday().unwrap_or(cut.end);
    let (days, paid) = (format!("{} to {}", day_text(cut.from), day_text(last)), exact_amount(payment, currency));
    let arithmetic = format!("{days}: {} × {paid}", share(cut, facts));
    let what = if cut.rule == Rule::WithinPeriod { "part of a period" } else { "last, cut period" };
    let cost = payment * &cut.share;
    let mut cut_step = amount_step(labelled(facts, what), &cost, currency, cut.rule, arithmetic);
    cut_step.purchase = facts.id;
    cut_step
}
