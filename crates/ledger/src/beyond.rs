//! Accounts beyond the purchased seats of one license type: which purchase charges for how many of them on a day.
//! Absent on purpose: what they cost; `overage` knows.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::contract::Origin;
use crate::counts::Counts;
use crate::overage::{OverSpan, Overage, OverageFrom};
use crate::purchase::{PurchaseId, Term};

/// A purchase of the license type, as far as the seats of the others matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beside {
    /// The contract that it is a part of: the newest one charges, whichever of its prices is in force.
    pub origin: Origin,
    /// The days of the whole contract.
    pub contract: Term,
    pub term: Term,
    /// `None` when unlimited.
    pub seats: Option<u64>,
    pub overage: Option<Overage>,
}

/// All purchases of one license type, and what is in force from day to day.
#[derive(Debug, Clone)]
pub(crate) struct Beyond {
    all: Vec<Beside>,
    /// By day, without holes; nothing is in force before the first and after the last.
    spells: Vec<Spell>,
}

/// Days on which the same purchases are in force.
#[derive(Debug, Clone, Copy)]
struct Spell {
    from: Date,
    /// The day after the last one.
    end: Date,
    /// Seats of all of them; `None` when one is unlimited.
    seats: Option<u64>,
    /// Who charges for accounts beyond them: the newest one that agrees on it.
    charging: Option<usize>,
}

/// What is in force while the days go by.
#[derive(Default)]
struct InForce {
    seats: u64,
    unlimited: u64,
    agreed: BTreeSet<(Reverse<Date>, Option<PurchaseId>, usize)>,
}

impl InForce {
    fn change(&mut self, index: usize, one: &Beside, starts: bool) {
        let agreed = (Reverse(one.origin.contract), one.origin.id, index);
        let (number, is_unlimited) = (one.seats.unwrap_or_default(), u64::from(one.seats.is_none()));
        if starts {
            self.seats = self.seats.saturating_add(number);
            self.unlimited = self.unlimited.saturating_add(is_unlimited);
            if one.overage.is_some() {
                self.agreed.insert(agreed);
            }
        } else {
            self.seats = self.seats.saturating_sub(number);
            self.unlimited = self.unlimited.saturating_sub(is_unlimited);
            self.agreed.remove(&agreed);
        }
    }
}

impl Beyond {
    /// Of these purchases; their order does not matter.
    pub fn new(all: Vec<Beside>) -> Self {
        let mut changes: Vec<(Date, bool, usize)> = Vec::new();
        for (index, one) in all.iter().enumerate() {
            if one.term.end.is_none_or(|end| one.term.from < end) {
                changes.push((one.term.from, true, index));
                changes.extend(one.term.end.map(|end| (end, false, index)));
            }
        }
        changes.sort_unstable();
        let days: Vec<&[(Date, bool, usize)]> = changes.chunk_by(|one, other| one.0 == other.0).collect();
        let ends = days.iter().skip(1).filter_map(|day| day.first()).map(|(day, ..)| *day).chain([Date::MAX]);
        let mut in_force = InForce::default();
        let spell = |(day, end): (&&[(Date, bool, usize)], Date)| {
            for (_, starts, index) in *day {
                if let Some(one) = all.get(*index) {
                    in_force.change(*index, one, *starts);
                }
            }
            let from = day.first().map_or(end, |(day, ..)| *day);
            let charging = in_force.agreed.first().map(|(.., index)| *index);
            Spell { from, end, seats: (in_force.unlimited == 0).then_some(in_force.seats), charging }
        };
        let spells = days.iter().zip(ends).map(spell).collect();
        Self { all, spells }
    }

    /// How many of the accounts have no seat on the day, if it is the contract of this purchase that charges for them.
    pub fn excess(&self, index: usize, day: Date, accounts: u64) -> u64 {
        let after = self.spells.partition_point(|spell| spell.from <= day);
        let spell = after.checked_sub(1).and_then(|at| self.spells.get(at));
        let of = |index: usize| self.all.get(index).map(|one| (one.origin.contract, one.origin.id));
        let own = |spell: &&Spell| spell.charging.is_some_and(|charging| of(charging) == of(index));
        spell.filter(own).map_or(0, |spell| spell.excess(accounts))
    }

    /// The day whose count a true-up goes by: its own, or the first one that was counted in the contract.
    pub fn counted_on(&self, index: usize, day: Date, since: Date) -> Option<Date> {
        let contract = self.all.get(index)?.contract;
        Some(day.max(contract.from).max(since)).filter(|day| contract.covers(*day))
    }

    /// The accounts that the purchase charges for, span by span, as far as they were counted; the last count goes on until
    /// `until`.
    pub fn spans(&self, index: usize, license_type: &str, counts: &Counts, until: Date) -> Vec<OverSpan> {
        let Some((term, Some(agreed))) = self.all.get(index).map(|one| (one.term, one.overage)) else {
            return Vec::new();
        };
        let end = term.end.map_or(until, |end| end.min(until));
        if let OverageFrom::TrueUp(day) = agreed.charged {
            let excess = |day| self.excess(index, day, counts.on(license_type, day));
            let counted = self.counted_on(index, day, counts.since);
            let span = |counted| OverSpan { from: day.min(term.from), end, seats: excess(counted) };
            // A part that is over by then, at another price, charges for none of them.
            return counted.map(span).into_iter().filter(|span| span.seats > 0 && day < span.end).collect();
        }
        let steps = counts.steps.get(license_type).map_or(&[][..], Vec::as_slice);
        let mut spans: Vec<OverSpan> = Vec::new();
        for spell in self.spells.iter().filter(|spell| spell.charging == Some(index)) {
            let (from, end) = (spell.from.max(term.from).max(counts.since), spell.end.min(end));
            let inside = steps.iter().skip(steps.partition_point(|(day, _)| *day <= from));
            let cuts = inside.map(|(day, _)| *day).take_while(|day| *day < end);
            let starts: Vec<Date> = std::iter::once(from).chain(cuts).filter(|day| *day < end).collect();
            let ends = starts.iter().skip(1).copied().chain([end]);
            for (from, end) in starts.iter().copied().zip(ends) {
                let seats = spell.excess(counts.on(license_type, from));
                match spans.last_mut() {
                    Some(before) if before.seats == seats && before.end == from => before.end = end,
                    _ => spans.push(OverSpan { from, end, seats }),
                }
            }
        }
        spans.retain(|span| span.seats > 0);
        spans
    }
}

impl Spell {
    fn excess(&self, accounts: u64) -> u64 {
        self.seats.map_or(0, |seats| accounts.saturating_sub(seats))
    }
}
