//! Explains what one purchase costs: in a year and over its term.
//! Absent on purpose: who holds the seats; `spend` knows.

use crate::annual::Annual;
use crate::because::{Because, Line, line, step, typed};
use crate::calendar::{days_between, last_day, term_days};
use crate::day::day_text;
use crate::facts::{Cost, PurchaseFacts};
use crate::format::{count, counted, sentence_amount};
use crate::money::Currency;
use crate::purchase::{Frequency, Per, Price, Proration, Quantity};
use crate::rule::Rule;
use crate::term::{CutPeriod, TermTotal};

/// What the purchase costs in a year, with its reason; `None` while too little is known to say anything.
pub fn annual_line(facts: &PurchaseFacts) -> Option<Line> {
    let label = labelled(facts, "a year");
    let mut annual_line = if facts.cost == Cost::Unknown {
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
    let mut term_line = if facts.cost == Cost::Unknown {
        unknown(label)
    } else {
        let (total, currency) = (facts.term_total()?, facts.currency?);
        term_sum(facts, label, &total, currency)?
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
    let (price, frequency) = (facts.price()?, facts.frequency?);
    let base = match facts.quantity? {
        Quantity::Seats(seats) => paid(seats, price, currency),
        Quantity::Unlimited => typed(price, currency),
    };
    let mut annual_line = line(label, annual.rule, format!("{base}{}", yearly(facts, frequency)));
    match (&annual.annual, &annual.unit_annual) {
        (Some(amount), _) => annual_line.set(amount.clone(), currency),
        (None, Some(unit)) => {
            annual_line.because.result = format!("{} for each account", sentence_amount(unit, currency));
            annual_line.caveat =
                Some("Unlimited seats at a price per unit: what they cost depends on the accounts.".to_owned());
        }
        (None, None) => {}
    }
    if let Some(payment) = &annual.payment {
        annual_line.because.parts.push(payment_step(facts, sentence_amount(payment, currency), base));
    }
    Some(annual_line)
}

fn payment_step(facts: &PurchaseFacts, result: String, arithmetic: String) -> Because {
    let mut payment = step(labelled(facts, "one payment"), result, Rule::Payment, arithmetic);
    payment.purchase = facts.id;
    payment
}

fn paid(seats: u32, price: Price, currency: Currency) -> String {
    let amount = typed(price, currency);
    match price.per {
        Per::Unit => format!("{} × {amount}", counted(seats.into(), "seat", "seats")),
        Per::Lot => format!("{amount} for {}", counted(seats.into(), "seat", "seats")),
    }
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
        Frequency::Once => match facts.term().as_ref().and_then(term_days) {
            Some(days) => format!(" × 365 ÷ {}", counted(days, "day", "days")),
            None => " once, nothing a year".to_owned(),
        },
    }
}

fn term_sum(facts: &PurchaseFacts, label: String, total: &TermTotal, currency: Currency) -> Option<Line> {
    let payments = counted(total.full_payments.into(), "payment", "payments");
    let payment = sentence_amount(&total.payment, currency);
    let arithmetic = match &total.cut {
        None => format!("{payments} × {payment}"),
        Some(cut) if total.full_payments == 0 => format!("{} × {payment}", share(cut, facts)),
        Some(cut) => format!("{payments} × {payment} + {} × {payment}", share(cut, facts)),
    };
    let mut term_line = line(label, Rule::TermTotal, arithmetic);
    term_line.set(total.total.clone(), currency);
    let base = match facts.quantity? {
        Quantity::Seats(seats) => paid(seats, facts.price()?, currency),
        Quantity::Unlimited => typed(facts.price()?, currency),
    };
    term_line.because.parts.push(payment_step(facts, payment, base));
    if let Some(cut) = &total.cut {
        let cost = sentence_amount(&(&total.payment * &cut.share), currency);
        term_line.because.parts.push(cut_step(facts, cut, cost));
    }
    Some(term_line)
}

fn share(cut: &CutPeriod, facts: &PurchaseFacts) -> String {
    match facts.proration {
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
    count(u64::try_from(days_between(cut.from, end)).unwrap_or_default())
}

fn cut_step(facts: &PurchaseFacts, cut: &CutPeriod, cost: String) -> Because {
    let rule = match facts.proration {
        Proration::None => Rule::CutInFull,
        Proration::Daily => Rule::CutByDays,
        Proration::WholeMonthUp => Rule::CutByStartedMonths,
        Proration::WholeMonthDown => Rule::CutByWholeMonths,
    };
    let last = facts.term().as_ref().and_then(last_day).unwrap_or(cut.end);
    let arithmetic = format!("{} to {}: {} of a payment", day_text(cut.from), day_text(last), share(cut, facts));
    let mut cut_step = step(labelled(facts, "last, cut period"), cost, rule, arithmetic);
    cut_step.purchase = facts.id;
    cut_step
}
