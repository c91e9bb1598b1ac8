//! How far the pages of a walk reach, in rows: where ids repeat, rows still tell whether the list was read to its end.

use std::collections::HashMap;

use super::Page;

#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The last row that a page reached, counted from 1.
    pub(super) covered: u64,
    /// How often an id came again on its own page, for each of these: surely listed twice, not moved.
    twice: HashMap<u64, u64>,
    /// Rows of the first page, and how many it was asked for.
    first: (u64, u64),
    /// Some page was smaller than the first one although the list went on.
    uneven: bool,
    /// A page began with more users of earlier pages than it should: rows moved, or the server skips some.
    pub(super) shifted: bool,
}

/// Whether a page may be only as large as it is because the server gives no more.
pub(in crate::pager) fn may_be_cut(rows: u64, asked: u64) -> bool {
    rows >= asked || USUAL_CUTS.contains(&rows)
}

/// Sizes at which servers like to cut a page when they ignore `count`. Any other one is that of a whole list, which a server
/// that cannot page gives whatever is asked for.
const USUAL_CUTS: [u64; 17] = [10, 20, 25, 30, 50, 100, 128, 150, 200, 250, 256, 300, 400, 500, 512, 1_000, 5_000];

impl Rows {
    pub(super) fn cover(&mut self, page: &Page<'_>, total: Option<u64>) {
        if page.first {
            self.first = (page.rows, page.asked);
        }
        let left = total.map_or(u64::MAX, |total| total.saturating_add(1).saturating_sub(page.start));
        self.uneven |= page.rows != self.first.0.min(page.asked).min(left);
        self.covered = self.covered.max(page.start - 1 + page.rows);
    }

    /// Notes the ids that come more than once on a page; another page may show the same rows.
    pub(super) fn double(&mut self, ids: &[u64]) {
        let mut seen = HashMap::with_capacity(ids.len());
        for id in ids {
            *seen.entry(*id).or_insert(0_u64) += 1;
        }
        for (id, times) in seen.into_iter().filter(|(_, times)| *times > 1) {
            let again = self.twice.entry(id).or_default();
            *again = (*again).max(times - 1);
        }
    }

    /// Rows that repeat a row of their own page.
    pub(super) fn doubled(&self) -> u64 {
        self.twice.values().sum()
    }

    pub(super) fn all_read(&self, total: u64) -> bool {
        !self.uneven && !self.shifted && self.covered == total
    }

    /// Whether the first page may have been cut by a server that always sends the same one.
    pub(super) fn may_be_cut(&self) -> bool {
        may_be_cut(self.first.0, self.first.1)
    }
}
