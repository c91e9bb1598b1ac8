//! Which people a page lists and what its envelope claims, as the fault would have it.

use crate::fault::Fault;
use crate::wire::list::{List, Number};

/// What was asked for, after the server's own limits.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// 1-based.
    pub start: usize,
    /// As the query had it, for `zero_based`.
    pub raw_start: i64,
    pub count: usize,
    /// As the query had it, for `ipp_count`.
    pub raw_count: usize,
    pub cursor: usize,
}

impl Asked {
    /// The number of the page, 1 for the first. To the nearest: a reader may let pages overlap by a few.
    pub fn page(self) -> usize {
        (self.start.max(self.cursor + 1) - 1 + self.count / 2) / self.count.max(1) + 1
    }
}

/// How many come when `startIndex` and `count` are ignored.
const ALWAYS: usize = 20;
const MORE: usize = 10;
/// A cursor of `cursor_gaps` is this many times the place, plus the empty pages still to come.
const GAPS: usize = 1_000;

/// The people on the page.
pub fn people(all: &[u32], asked: Asked, fault: Option<Fault>) -> Vec<u32> {
    let (mut first, mut count) = (asked.start - 1, asked.count);
    match fault {
        Some(Fault::IgnoreStart) => (first, count) = (0, ALWAYS),
        Some(Fault::ZeroBased) => first = usize::try_from(asked.raw_start).unwrap_or(0),
        Some(Fault::Overlap) => first = first.saturating_sub(1),
        Some(Fault::ShortPages(most)) => count = count.min(usize::try_from(most).unwrap_or(usize::MAX)),
        Some(Fault::CountMore) => count += MORE,
        Some(Fault::CursorOnly) => first = asked.cursor,
        Some(Fault::CursorGaps(_)) => (first, count) = (asked.cursor / GAPS, if in_gap(asked) { 0 } else { count }),
        Some(Fault::EmptyPage(page)) if is_page(asked, page) => count = 0,
        _ => {}
    }
    let page = all.iter().skip(first).take(count).copied();
    match fault {
        Some(Fault::Unstable) => reordered(all, asked.start).into_iter().skip(first).take(count).collect(),
        Some(Fault::DupDiffers(more)) => {
            let more = usize::try_from(more).unwrap_or(usize::MAX);
            page.clone().chain(page.take(more).filter(|_| count > 1)).collect()
        }
        Some(Fault::ShortMid(hidden)) => {
            let hidden = hidden_people(all, hidden);
            page.filter(|index| !hidden.contains(index)).collect()
        }
        Some(Fault::Dup) => {
            let mut page: Vec<u32> = page.collect();
            page.extend(page.first().copied().filter(|_| page.len() > 1));
            page
        }
        _ => page.collect(),
    }
}

/// The same people in an order of this page's own.
fn reordered(all: &[u32], start: usize) -> Vec<u32> {
    let mut all = all.to_vec();
    all.sort_by_key(|index| (index ^ u32::try_from(start).unwrap_or_default()).wrapping_mul(0x9E37_79B1));
    all
}

/// Whether the cursor leads to one of the empty pages between two others.
fn in_gap(asked: Asked) -> bool {
    !asked.cursor.is_multiple_of(GAPS)
}

fn hidden_people(all: &[u32], hidden: u64) -> &[u32] {
    let middle = all.len() / 2;
    let end = middle.saturating_add(usize::try_from(hidden).unwrap_or(usize::MAX)).min(all.len());
    &all[middle..end]
}

/// Whether this is the page with that number.
pub fn is_page(asked: Asked, page: u64) -> bool {
    u64::try_from(asked.page()).is_ok_and(|this| this == page)
}

/// The page as its envelope presents it.
pub fn envelope<R>(total: usize, asked: Asked, resources: Vec<R>, fault: Option<Fault>) -> List<R> {
    let shown = resources.len();
    let mut list = List::page(total, asked.start, resources);
    match fault {
        Some(Fault::IgnoreStart) => list.start_index = Some(Number::Plain(1)),
        Some(Fault::ItemsPerPageAsked) => list.items_per_page = Some(Number::Plain(asked.raw_count)),
        Some(Fault::TotalIsPage | Fault::DocumentsMore(_)) => list.total_results = Some(Number::Plain(shown)),
        Some(Fault::NoTotal) => list.total_results = None,
        Some(Fault::TotalOnce) if asked.start > 1 => list.total_results = None,
        Some(Fault::BareList) => (list.start_index, list.items_per_page) = (None, None),
        Some(Fault::StringTotal) => {
            list.total_results = Some(Number::Text(total.to_string()));
            list.start_index = Some(Number::Text(asked.start.to_string()));
            list.items_per_page = Some(Number::Text(shown.to_string()));
        }
        Some(Fault::CursorOnly) => {
            let next = asked.cursor + shown;
            list.start_index = None;
            list.next_cursor = (shown > 0 && next < total).then(|| format!("c{next}"));
        }
        Some(Fault::CursorGaps(gaps)) => {
            let (gaps, next) = (usize::try_from(gaps).unwrap_or(GAPS).min(GAPS - 1), asked.cursor / GAPS + shown);
            let cursor = if in_gap(asked) { asked.cursor - 1 } else { next * GAPS + gaps };
            list.start_index = None;
            list.next_cursor = (next < total).then(|| format!("c{cursor}"));
        }
        _ => {}
    }
    list
}
