//! The roster in order: which member comes at which place. Equals stand in the order in which they were first listed,
//! whatever the direction, and what is missing comes last.

use std::ops::Range;

use crate::bits::Bits;
use crate::image::{Image, NO_INSTANT};
use crate::roster_list::RosterColumn;
use crate::shared::Shared;

/// As many places are passed at once on the way to a page.
const BLOCK: usize = 1_024;

/// An ascending order, and where in it new values begin, so that it can be walked in either direction.
#[derive(Debug, Default)]
pub(crate) struct Order {
    list: Vec<u32>,
    begins: Bits,
    /// Who comes from here on has no value.
    missing_from: usize,
}

impl Order {
    /// The order by a column that does not depend on a day.
    pub(crate) fn of(image: &Image, column: RosterColumn) -> Self {
        match column {
            RosterColumn::Id => by_text(image, 0),
            RosterColumn::UserName => by_text(image, 1),
            RosterColumn::Email => by_text(image, 2),
            RosterColumn::GivenName => by_text(image, 3),
            RosterColumn::MiddleName => by_text(image, 4),
            RosterColumn::FamilyName => by_text(image, 5),
            RosterColumn::DisplayName => by_text(image, 6),
            RosterColumn::Created => by_instant(&image.created),
            RosterColumn::LastModified => by_instant(&image.last_modified),
            RosterColumn::Department => Self::by_rank(&image.departments, image.departments.column()),
            RosterColumn::CostCenter => Self::by_rank(&image.cost_centers, image.cost_centers.column()),
            RosterColumn::License | RosterColumn::Billable | RosterColumn::Status | RosterColumn::LastActivity => {
                Self::default()
            }
        }
    }

    /// The order by texts that members share: a place for each member.
    pub(crate) fn by_rank(shared: &Shared, places: &[u32]) -> Self {
        let missing = u32::try_from(shared.len()).unwrap_or(u32::MAX - 1);
        let ranks: Vec<u32> = places.iter().map(|place| shared.rank(*place).wrapping_sub(1).min(missing)).collect();
        Self::by_small(&ranks, missing)
    }

    /// The order by small numbers; the largest stands for what is missing.
    pub(crate) fn by_small(ranks: &[u32], missing: u32) -> Self {
        let mut starts = vec![0_usize; missing as usize + 2];
        for rank in ranks {
            if let Some(start) = starts.get_mut((*rank).min(missing) as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut begins = Bits::none(ranks.len() + 1);
        for start in &starts {
            begins.set(*start);
        }
        let missing_from = starts.get(missing as usize).copied().unwrap_or(ranks.len());
        let mut list = vec![0; ranks.len()];
        for (member, rank) in (0..).zip(ranks) {
            if let Some(place) = starts.get_mut((*rank).min(missing) as usize) {
                if let Some(slot) = list.get_mut(*place) {
                    *slot = member;
                }
                *place += 1;
            }
        }
        Self { list, begins, missing_from }
    }

    /// Those with a value that compare as equal; `compare` follows the order.
    pub(crate) fn equal(&self, compare: impl Fn(usize) -> std::cmp::Ordering) -> Vec<usize> {
        let valued = self.list.get(..self.missing_from).unwrap_or_default();
        let first = valued.partition_point(|member| compare(*member as usize).is_lt());
        let rest = valued.get(first..).unwrap_or_default().iter().map(|member| *member as usize);
        rest.take_while(|member| compare(*member).is_eq()).collect()
    }

    /// The members from first to last.
    pub(crate) fn walk(&self, descending: bool) -> impl Iterator<Item = usize> {
        self.walk_from(0, descending)
    }

    /// The same without the first so many of those with a value; where equals stand together, whole groups of them.
    fn walk_from(&self, passed: usize, descending: bool) -> impl Iterator<Item = usize> {
        let upwards = if descending { 0..0 } else { passed..self.missing_from };
        let mut end = if descending { self.missing_from.saturating_sub(passed) } else { 0 };
        let groups = std::iter::from_fn(move || {
            let start = if end == 0 { return None } else { self.begins.last_before(end).unwrap_or(0) };
            let group = start..end;
            end = start;
            Some(group)
        });
        let all = std::iter::once(upwards).chain(groups).chain(std::iter::once(self.missing_from..self.list.len()));
        all.flat_map(|places| self.list.get(places).unwrap_or_default()).map(|member| *member as usize)
    }

    /// Of those in a set, so many from a place on.
    pub(crate) fn page(&self, found: &Bits, descending: bool, offset: usize, limit: usize) -> Vec<usize> {
        let (mut place, mut skipped) = (0, 0);
        // Whole blocks are passed by counting. A block consists of whole groups, so that both directions can begin at its
        // end.
        while let Some(block) = self.block(place, descending) {
            let among = found.count_among(self.list.get(block.clone()).unwrap_or_default());
            if skipped + among > offset {
                break;
            }
            skipped += among;
            place += block.len();
        }
        let there = self.walk_from(place, descending).filter(|member| found.has(*member));
        there.skip(offset - skipped).take(limit).collect()
    }

    /// The next block of those with a value when so many of them were passed; `None` when there are no more.
    fn block(&self, passed: usize, descending: bool) -> Option<Range<usize>> {
        let left = self.missing_from.checked_sub(passed).filter(|left| *left > 0)?;
        if descending {
            let start = self.begins.last_before(left.saturating_sub(BLOCK) + 1).unwrap_or(0);
            Some(start..left)
        } else {
            Some(passed..(passed + BLOCK).min(self.missing_from))
        }
    }

    /// Joins an order of those with a value, and where new values begin in it, with those without one.
    fn with_missing(mut list: Vec<u32>, begins: Bits, missing: impl Iterator<Item = u32>) -> Self {
        let missing_from = list.len();
        list.extend(missing);
        Self { list, begins, missing_from }
    }
}

fn members(image: &Image) -> std::ops::Range<u32> {
    0..u32::try_from(image.len()).unwrap_or(u32::MAX)
}

fn by_instant(column: &[i64]) -> Order {
    let all = || (0_u32..).zip(column.iter().copied());
    let mut keyed: Vec<(i64, u32)> =
        all().filter(|(_, at)| *at != NO_INSTANT).map(|(member, at)| (at, member)).collect();
    keyed.sort_unstable();
    let mut begins = Bits::none(column.len() + 1);
    let mut before = None;
    for (place, (at, _)) in keyed.iter().enumerate() {
        if before.replace(*at) != Some(*at) {
            begins.set(place);
        }
    }
    let list = keyed.iter().map(|(_, member)| *member).collect();
    Order::with_missing(list, begins, all().filter(|(_, at)| *at == NO_INSTANT).map(|(member, _)| member))
}

/// Sorted by the first sixteen bytes, and only those who share them by the rest.
fn by_text(image: &Image, field: usize) -> Order {
    let mut keyed: Vec<(u128, u32)> = Vec::with_capacity(image.len());
    let mut missing = Vec::new();
    for member in members(image) {
        match image.texts.field(member as usize, field) {
            Some(text) => keyed.push((prefix(&text), member)),
            None => missing.push(member),
        }
    }
    keyed.sort_unstable();
    let mut list: Vec<u32> = keyed.iter().map(|(_, member)| *member).collect();
    let mut begins = Bits::none(image.len() + 1);
    let mut start = 0;
    for run in keyed.chunk_by(|one, other| one.0 == other.0) {
        begins.set(start);
        // A text that ends within the prefix is the same as every other with that prefix.
        if run.len() > 1 && run.first().is_some_and(|(prefix, _)| prefix & 0xFF != 0) {
            let places = list.get_mut(start..start + run.len()).unwrap_or_default();
            sort_run(image, field, places, start, &mut begins);
        }
        start += run.len();
    }
    drop(keyed);
    Order::with_missing(list, begins, missing.into_iter())
}

fn sort_run(image: &Image, field: usize, places: &mut [u32], start: usize, begins: &mut Bits) {
    let mut whole: Vec<_> =
        places.iter().map(|member| (image.texts.field(*member as usize, field).unwrap_or_default(), *member)).collect();
    whole.sort_unstable();
    for (place, (text, member)) in whole.iter().enumerate() {
        if place == 0 || whole.get(place - 1).is_some_and(|(before, _)| before != text) {
            begins.set(start + place);
        }
        if let Some(slot) = places.get_mut(place) {
            *slot = *member;
        }
    }
}

/// The first sixteen bytes, so that they compare as the text does. Each is one more than it was, which no byte of UTF-8 is
/// too large for: 0 is where a text has ended, not a zero byte in it.
fn prefix(text: &[u8]) -> u128 {
    let mut first = [0; 16];
    for (slot, byte) in first.iter_mut().zip(text) {
        *slot = byte.saturating_add(1);
    }
    u128::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_that_part_of_the_whole_walk_wherever_it_begins() {
        // One value for nobody, for one, for a few and for more members than a block has.
        for values in [1, 3, 700, 9_000] {
            let ranks: Vec<u32> = (0..5_000_u32).map(|member| member * 7_919 % 5_003 % values).collect();
            let order = Order::by_small(&ranks, values.min(4_000));
            for found in [Bits::of(5_000, |_| true), Bits::of(5_000, |member| member % 3 == 1), Bits::none(5_000)] {
                for descending in [false, true] {
                    let whole: Vec<usize> = order.walk(descending).filter(|member| found.has(*member)).collect();
                    for offset in (0..5_200).step_by(97) {
                        let expected: Vec<usize> = whole.iter().copied().skip(offset).take(30).collect();
                        assert_eq!(
                            order.page(&found, descending, offset, 30),
                            expected,
                            "{values} {descending} {offset}"
                        );
                    }
                }
            }
        }
    }
}
