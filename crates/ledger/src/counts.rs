//! Billable accounts over time: what unlimited seats and seats beyond the purchased ones are charged by.
//! Absent on purpose: counting; the caller says how many accounts there were when.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// Billable accounts as they were counted, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The first day that was counted.
    pub since: Date,
    /// The last day that was counted: later ones take its numbers.
    pub last: Date,
    /// For each license type the days from which another number held it, in order.
    pub steps: BTreeMap<String, Vec<(Date, u64)>>,
}

impl Counts {
    /// The accounts of the license type on the day.
    pub(crate) fn on(&self, license_type: &str, day: Date) -> u64 {
        let steps = self.steps.get(license_type).map_or(&[][..], Vec::as_slice);
        let after = steps.partition_point(|(from, _)| *from <= day);
        after.checked_sub(1).and_then(|index| steps.get(index)).map_or(0, |(_, accounts)| *accounts)
    }

    /// The same with other numbers of accounts from the day on, for each license type how many more or fewer.
    #[must_use]
    pub fn moved(&self, day: Date, moves: &[(String, i64)]) -> Self {
        let mut moved = self.clone();
        for (license_type, more) in moves.iter().filter(|(_, more)| *more != 0) {
            let of = |accounts: u64| accounts.saturating_add_signed(*more);
            let now = of(self.on(license_type, day));
            let steps = moved.steps.entry(license_type.clone()).or_default();
            for (_, accounts) in steps.iter_mut().filter(|(from, _)| *from > day) {
                *accounts = of(*accounts);
            }
            steps.retain(|(from, _)| *from != day);
            steps.insert(steps.partition_point(|(from, _)| *from < day), (day, now));
        }
        moved
    }
}
