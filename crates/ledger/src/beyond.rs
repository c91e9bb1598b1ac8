//! Accounts beyond the purchased seats of one license type: which purchase charges for how many of them on a day.
//! Absent on purpose: what they cost; `overage` knows.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::counts::Counts;
use crate::overage::{OverSpan, Overage, OverageFrom};
use crate::purchase::Term;

/// A purchase of the license type, as far as the seats of the others matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beside {
    pub term: Term,
    /// `None` when unlimited.
    pub seats: Option<u64>,
    pub overage: Option<Overage>,
}

/// All purchases of one license type.
#[derive(Debug, Clone)]
pub(crate) struct Beyond(pub Vec<Beside>);

impl Beyond {
    /// How many of the accounts have no seat on the day, if it is this purchase that charges for them: the newest one in
    /// force that agrees on it.
    pub fn excess(&self, index: usize, day: Date, accounts: u64) -> u64 {
        let in_force = || self.0.iter().enumerate().filter(|(_, one)| one.term.covers(day));
        let agreed = in_force().filter(|(_, one)| one.overage.is_some());
        let charging = agreed.min_by_key(|(index, one)| (Reverse(one.term.from), *index));
        if charging.is_none_or(|(charging, _)| charging != index) {
            return 0;
        }
        let seats = in_force().try_fold(0u64, |seats, (_, one)| Some(one.seats?.saturating_add(seats)));
        seats.map_or(0, |seats| accounts.saturating_sub(seats))
    }

    /// The day whose count a true-up goes by: its own, or the first one that was counted in the term.
    pub fn counted_on(&self, index: usize, day: Date, since: Date) -> Option<Date> {
        let term = self.0.get(index)?.term;
        Some(day.max(term.from).max(since)).filter(|day| term.covers(*day))
    }

    /// The accounts that the purchase charges for, span by span, as far as they were counted; the last count goes on until
    /// `until`.
    pub fn spans(&self, index: usize, license_type: &str, counts: &Counts, until: Date) -> Vec<OverSpan> {
        let Some((term, Some(agreed))) = self.0.get(index).map(|one| (one.term, one.overage)) else {
            return Vec::new();
        };
        let end = term.end.map_or(until, |end| end.min(until));
        let excess = |day| self.excess(index, day, counts.on(license_type, day));
        if let OverageFrom::TrueUp(day) = agreed.charged {
            let counted = self.counted_on(index, day, counts.since);
            let span = |counted| OverSpan { from: day.min(term.from), end, seats: excess(counted) };
            return counted.map(span).into_iter().filter(|span| span.seats > 0).collect();
        }
        let from = term.from.max(counts.since);
        let steps = counts.steps.get(license_type).into_iter().flatten().map(|(day, _)| *day);
        let terms = self.0.iter().flat_map(|one| [Some(one.term.from), one.term.end]).flatten();
        let mut days: Vec<Date> = steps.chain(terms).filter(|day| from < *day && *day < end).collect();
        days.extend([from, end]);
        days.sort_unstable();
        days.dedup();
        let mut spans: Vec<OverSpan> = Vec::new();
        for (from, end) in days.iter().zip(days.iter().skip(1)) {
            let seats = excess(*from);
            match spans.last_mut() {
                Some(before) if before.seats == seats => before.end = *end,
                _ => spans.push(OverSpan { from: *from, end: *end, seats }),
            }
        }
        spans.retain(|span| span.seats > 0);
        spans
    }
}
