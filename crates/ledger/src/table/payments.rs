//! The payments of single purchases, as a cash table has them: for invoices and cost records.
//! Absent on purpose: free license types; the caller knows them.

use jiff::civil::Date;

use crate::counts::Counts;
use crate::installments::Installment;
use crate::purchase::{Purchase, PurchaseId};
use crate::table::{Lines, Source, of_purchases, paid_within};
use crate::type_names::TypeNames;

/// Purchases whose payments are asked for, one by one.
pub struct Payments<'a> {
    lines: Lines<'a>,
    counts: Option<&'a Counts>,
}

impl<'a> Payments<'a> {
    /// Of these purchases; `counts` are the accounts that some of them are paid for.
    pub fn new(purchases: &'a [Purchase], counts: Option<&'a Counts>) -> Self {
        Self { lines: Lines::new(of_purchases(purchases, TypeNames::default())), counts }
    }

    /// What is paid within `[from, until)`, by day. Payments for days that nobody counted are left out. `None` while the
    /// price is unknown, or nothing was counted that it depends on.
    pub fn due(&self, purchase: PurchaseId, from: Date, until: Date) -> Option<Vec<Installment>> {
        let line = self.lines.all.iter().find(|line| line.source == Source::Purchase(purchase))?;
        let found = paid_within(line, &self.lines, self.counts, (from, until))?;
        let uncounted = found.uncounted_days(line, (from, until));
        let mut paid = found.paid;
        paid.retain(|one| from <= one.day && one.day < until && !uncounted.contains(&one.day));
        paid.sort_by_key(|one| (one.day, one.from));
        Some(paid)
    }

    /// The first day from which on all that is paid for the purchase was counted, where that is after its first day.
    pub fn counted_from(&self, purchase: PurchaseId) -> Option<Date> {
        let line = self.lines.all.iter().find(|line| line.source == Source::Purchase(purchase))?;
        let depends = line.charged.payment().is_none() || line.charged.conditions.overage.is_some();
        self.counts.map(|counts| counts.since).filter(|since| depends && line.term.from < *since)
    }
}
