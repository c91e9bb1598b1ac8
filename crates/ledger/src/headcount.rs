//! How many people the organisation employs, and what an app costs by employee.
//! Absent on purpose: who they are, and guessing how many they became.

use jiff::civil::Date;
use thiserror::Error;

use crate::because::{Line, line, step};
use crate::calendar::days_between;
use crate::day::day_text;
use crate::format::{count, counted, exact_amount};
use crate::money::{ratio, whole};
use crate::rule::Rule;

/// A headcount older than this many days says how old it is.
pub const FRESH_DAYS: i64 = 31;

/// How many people were employed from a day on, until the next headcount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headcount {
    /// The day.
    pub day: Date,
    /// How many; at least 1.
    pub people: u32,
}

/// No headcount is recorded that could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("There is no headcount on or before {}: enter one to see this.", day_text(*.0))]
pub struct MissingHeadcount(pub Date);

/// The headcount of the day, or the last one before it.
pub fn headcount_on(day: Date, headcounts: &[Headcount]) -> Result<Headcount, MissingHeadcount> {
    let before = headcounts.iter().filter(|headcount| headcount.day <= day);
    before.max_by_key(|headcount| headcount.day).copied().ok_or(MissingHeadcount(day))
}

impl Headcount {
    /// "The headcount is 45 days old, of 9 Oct 2026: refresh it every month."; `None` while it is fresh on the day.
    pub fn stale(&self, day: Date) -> Option<String> {
        let age = days_between(self.day, day);
        let days = || counted(age.unsigned_abs(), "day", "days");
        (age > FRESH_DAYS)
            .then(|| format!("The headcount is {} old, of {}: refresh it every month.", days(), day_text(self.day)))
    }
}

/// What is committed to in a year, by employee.
pub(crate) fn per_employee(day: Date, committed: &Line, headcounts: &[Headcount]) -> Line {
    let label = "Cost per employee".to_owned();
    let spend = committed.value.as_ref().map(|value| exact_amount(&value.amount, value.currency));
    let spend = spend.as_ref().unwrap_or(&committed.because.result);
    let found = match headcount_on(day, headcounts) {
        Ok(found) => found,
        Err(missing) => {
            let mut unknown = line(label, Rule::PerEmployee, format!("{spend} ÷ employees"));
            unknown.caveat = Some(missing.to_string());
            unknown.because.parts = vec![committed.because.clone()].into();
            return unknown;
        }
    };
    let employees = counted(found.people.into(), "employee", "employees");
    let mut each = line(label, Rule::PerEmployee, format!("{spend} ÷ {employees}"));
    let caveats = [committed.caveat.clone(), found.stale(day)].into_iter().flatten().collect::<Vec<_>>();
    each.caveat = (!caveats.is_empty()).then(|| caveats.join(" "));
    let told = format!("Headcount of {}", day_text(found.day));
    let headcount = step(told, count(found.people.into()), Rule::PerEmployee, "As entered".to_owned());
    each.because.parts = vec![committed.because.clone(), headcount].into();
    if let Some((value, share)) =
        committed.value.as_ref().and_then(|value| Some((value, ratio(&value.amount, &whole(found.people.into()))?)))
    {
        each.set(share, value.currency);
    }
    each
}
