//! A table as it is shown: whole minor units in which rows and columns add up.

use crate::format::{share_out, share_out_to};
use crate::money::Exact;
use crate::table::Table;

/// Amounts in whole minor units: the periods add up to the total, and the rows of a period to the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Row by row, period by period.
    pub cells: Vec<Vec<Option<Exact>>>,
    /// Each period.
    pub totals: Vec<Option<Exact>>,
    /// All periods together.
    pub total: Option<Exact>,
}

impl Table {
    /// The totals of the periods as they are shown; `None` where one of them is not known.
    pub fn shown_totals(&self) -> Option<Vec<Exact>> {
        let exact = self.totals.iter().map(|total| total.as_ref().map(|total| total.amount.clone()));
        Some(share_out(&exact.collect::<Option<Vec<_>>>()?, self.total.as_ref()?.currency))
    }

    /// The table as it is shown. Without totals every cell is rounded by itself.
    pub fn shown(&self) -> Shown {
        let (Some(totals), Some(total)) = (self.shown_totals(), &self.total) else { return self.each_by_itself() };
        let mut cells = vec![vec![None; self.buckets.len()]; self.rows.len()];
        for (index, total_of) in totals.iter().enumerate() {
            let known: Vec<(usize, &Exact)> = self
                .rows
                .iter()
                .enumerate()
                .filter_map(|(row, cells)| Some((row, cells.cells.get(index)?.as_ref()?)))
                .collect();
            let parts: Vec<&Exact> = known.iter().map(|(_, cell)| *cell).collect();
            let shares = share_out_to(&parts, total_of, total.currency);
            for ((row, _), share) in known.into_iter().zip(shares) {
                if let Some(cell) = cells.get_mut(row).and_then(|row| row.get_mut(index)) {
                    *cell = Some(share);
                }
            }
        }
        let whole = totals.iter().sum();
        Shown { cells, totals: totals.into_iter().map(Some).collect(), total: Some(whole) }
    }

    fn each_by_itself(&self) -> Shown {
        let round = |cell: &Option<Exact>, currency| cell.as_ref().map(|cell| crate::format::rounded(cell, currency));
        let row = |row: &crate::table::Row| row.cells.iter().map(|cell| round(cell, row.currency)).collect();
        let of = |total: &Option<crate::Money>| {
            total.as_ref().map(|total| crate::format::rounded(&total.amount, total.currency))
        };
        Shown { cells: self.rows.iter().map(row).collect(), totals: self.totals.iter().map(of).collect(), total: None }
    }
}
