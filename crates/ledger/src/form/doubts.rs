//! What a form may say but probably does not mean.

use jiff::civil::Date;

use crate::calendar::{days_between, last_day, months_after, term_days};
use crate::day::day_text;
use crate::facts::{Cost, PurchaseFacts};
use crate::form::read::Reader;
use crate::form::{Field, LONG_TERM_YEARS};
use crate::purchase::{Frequency, Proration};

/// Adds a warning for everything doubtful.
pub(super) fn find(facts: &PurchaseFacts, auto_renews: bool, reader: &mut Reader) {
    free(facts, reader);
    let until_is_wrong = reader.problems.iter().any(|(field, _)| *field == Field::Until);
    match facts.from.zip(facts.end) {
        Some((from, end)) => term(facts, from, end, reader),
        None if !until_is_wrong => without_end(facts, auto_renews, reader),
        None => {}
    }
}

fn free(facts: &PurchaseFacts, reader: &mut Reader) {
    if let Cost::Known(price) = facts.cost
        && price.amount.is_zero()
    {
        let sentence = "A cost of 0 means that the seats are free; leave it empty if the price is not known.";
        reader.doubt(Field::Cost, sentence.to_owned());
    }
}

fn term(facts: &PurchaseFacts, from: Date, end: Date, reader: &mut Reader) {
    if months_after(from, u32::from(LONG_TERM_YEARS).saturating_mul(12)) < end {
        let last = last_day_text(facts);
        let sentence = format!("The term is longer than {LONG_TERM_YEARS} years: is {last} the right last day?");
        reader.doubt(Field::Until, sentence);
    }
    if let Some(months) = facts.frequency.and_then(Frequency::months)
        && facts.proration == Proration::None
        && end < months_after(from, months.into())
    {
        let days = days_between(from, end);
        let sentence = format!(
            "The term of {days} days is shorter than one payment period: without proration the whole payment is charged."
        );
        reader.doubt(Field::Every, sentence);
    }
    if let (Some(notice), Some(days)) = (facts.notice_days, facts.term().as_ref().and_then(term_days))
        && u64::from(notice) >= days
    {
        reader.doubt(Field::NoticeDays, "The notice period is as long as the whole term.".to_owned());
    }
}

fn without_end(facts: &PurchaseFacts, auto_renews: bool, reader: &mut Reader) {
    if facts.notice_days.is_some_and(|days| days > 0) {
        reader.doubt(Field::NoticeDays, "Without an end date there is no day to give notice by.".to_owned());
    }
    if auto_renews {
        reader.doubt(Field::AutoRenews, "Without an end date there is nothing to renew.".to_owned());
    }
}

fn last_day_text(facts: &PurchaseFacts) -> String {
    facts.term().as_ref().and_then(last_day).map(day_text).unwrap_or_default()
}
