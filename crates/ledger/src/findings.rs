//! What does not fit together among the purchases: gaps, overlaps, duplicates, terms that nothing follows.
//! Absent on purpose: correcting them; a finding says what to do.

use jiff::civil::Date;

use crate::calendar::{days_between, end_after};
use crate::day::day_text;
use crate::format::counted;
use crate::purchase::{Purchase, PurchaseId};
use crate::standing::{Standing, standing, standing_sentence};
use crate::succession::successions;
use crate::type_names::TypeNames;

/// Purchases whose terms meet within so many days are taken for one that follows the other.
pub const FOLLOWS_WITHIN_DAYS: i64 = 31;

/// What does not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindingKind {
    /// Days without a purchase between two of them.
    Gap,
    /// A purchase starts before the one that it follows is over.
    Overlap,
    /// Two purchases say the same.
    Duplicate,
    /// The last term is over.
    Expired,
    /// A purchase that was entered by itself is taken for a renewal.
    Assumed,
}

impl FindingKind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Overlap => "overlap",
            Self::Duplicate => "duplicate",
            Self::Expired => "expired-without-successor",
            Self::Assumed => "assumed-renewal",
        }
    }
}

/// Something that does not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Key of the license type.
    pub license_type: String,
    /// The purchases it concerns, the older one first.
    pub purchases: Vec<PurchaseId>,
    /// The first day it concerns.
    pub from: Date,
    /// The last day it concerns; `None` while it goes on.
    pub last: Option<Date>,
    /// A sentence with what to do.
    pub sentence: String,
}

/// Everything that does not fit together, by license type and day. The order of the purchases does not matter; `continued`
/// tells which were entered to continue which, the later one first.
pub fn findings(
    day: Date,
    purchases: &[Purchase],
    continued: &[(PurchaseId, PurchaseId)],
    names: TypeNames,
) -> Vec<Finding> {
    let mut sorted: Vec<&Purchase> = purchases.iter().collect();
    sorted.sort_by_key(|purchase| (purchase.license_type.as_str(), purchase.term.from, purchase.id));
    let mut found = Vec::new();
    for own in sorted.chunk_by(|one, other| one.license_type == other.license_type) {
        gaps(own, names, &mut found);
        pairs(own, names, &mut found);
        found.extend(expired(day, own, names));
    }
    let told = |assumed: &Finding| found.iter().any(|other: &Finding| other.purchases == assumed.purchases);
    let assumed: Vec<Finding> =
        assumed(day, purchases, continued, names).into_iter().filter(|finding| !told(finding)).collect();
    found.extend(assumed);
    found.sort_by(|one, other| {
        let key = |finding: &Finding| (finding.from, finding.kind, finding.purchases.clone());
        one.license_type.cmp(&other.license_type).then_with(|| key(one).cmp(&key(other)))
    });
    found
}

/// Whether the dates fit: it starts about when the old one ends, and goes on after it.
pub(crate) fn follows(old: &Purchase, new: &Purchase) -> bool {
    let Some(end) = old.term.end else { return false };
    let near = days_between(end, new.term.from).abs() <= FOLLOWS_WITHIN_DAYS;
    let later = new.term.from > old.term.from && new.term.end.is_none_or(|new_end| new_end > end);
    near && later && new.license_type == old.license_type
}

fn gaps(own: &[&Purchase], names: TypeNames, found: &mut Vec<Finding>) {
    let mut covered: Option<(&Purchase, Option<Date>)> = None;
    for next in own {
        if let Some((old, Some(end))) = covered
            && end < next.term.from
        {
            let last = next.term.from.yesterday().unwrap_or(end);
            let days = u64::try_from(days_between(end, next.term.from)).unwrap_or_default();
            let sentence = format!(
                "{}: no purchase is in force for {}, from {} to {}. Correct the dates, or enter what is missing.",
                called(old, names),
                counted(days, "day", "days"),
                day_text(end),
                day_text(last),
            );
            found.push(finding(FindingKind::Gap, &[old, next], end, Some(last), sentence));
        }
        let further =
            covered.is_none_or(|(_, end)| end.is_some_and(|end| next.term.end.is_none_or(|next_end| next_end > end)));
        if further {
            covered = Some((next, next.term.end));
        }
    }
}

/// What two purchases have to say to each other. Those of a type are sorted by their first day, so that only the ones that
/// start on the same day, or about when the other one ends, are looked at.
fn pairs(own: &[&Purchase], names: TypeNames, found: &mut Vec<Finding>) {
    for (index, old) in own.iter().enumerate() {
        let later = own.get(index.saturating_add(1)..).unwrap_or_default();
        let mut beside = later.iter().take_while(|new| new.term.from == old.term.from);
        // The next one that says the same is enough: of three, each is told with the one after it.
        if let Some(new) = beside.find(|new| same(old, new)) {
            let sentence = format!(
                "{}: two purchases have the same quantity, price and dates. Delete one if it was entered twice.",
                called(old, names)
            );
            found.push(finding(FindingKind::Duplicate, &[old, new], old.term.from, old.last_day(), sentence));
        }
        let Some(end) = old.term.end else { continue };
        let near = later.partition_point(|new| days_between(new.term.from, end) > FOLLOWS_WITHIN_DAYS);
        let starting = later.iter().skip(near).take_while(|new| new.term.from < end);
        found.extend(starting.filter(|new| follows(old, new)).map(|new| overlap(old, new, names)));
    }
}

fn overlap(old: &Purchase, new: &Purchase, names: TypeNames) -> Finding {
    let (from, last) = (new.term.from, old.last_day().unwrap_or(new.term.from));
    let days = u64::try_from(days_between(from, end_after(last))).unwrap_or_default();
    let counted_twice = if days == 1 {
        "that day is counted once, with the newer one".to_owned()
    } else {
        "seats and cost of both are counted on these days".to_owned()
    };
    let sentence = format!(
        "{}: a purchase starts {} before the one that it follows is over ({} to {}); {counted_twice}. End the older one \
         the day before if it was renewed.",
        called(old, names),
        counted(days, "day", "days"),
        day_text(from),
        day_text(last),
    );
    finding(FindingKind::Overlap, &[old, new], from, Some(last), sentence)
}

/// The last term of a type that has none in force and none to come.
fn expired(day: Date, own: &[&Purchase], names: TypeNames) -> Option<Finding> {
    if own.iter().any(|purchase| standing(purchase, day) != Standing::Expired) {
        return None;
    }
    let last = own.iter().max_by_key(|purchase| (purchase.term.end, purchase.id))?;
    let sentence = format!(
        "{}: {}, and nothing follows. Enter the renewal, or leave it if it was given up.",
        called(last, names),
        standing_sentence(last, day)
    );
    Some(finding(FindingKind::Expired, &[last], last.term.end?, None, sentence))
}

/// What is taken for the renewal of a term that is not over, as far as it may be something else: the notice deadline and the
/// cost to come rest on that.
fn assumed(
    day: Date,
    purchases: &[Purchase],
    continued: &[(PurchaseId, PurchaseId)],
    names: TypeNames,
) -> Vec<Finding> {
    let of = |id: PurchaseId| purchases.iter().find(|purchase| purchase.id == id);
    let assumed = successions(purchases, continued).into_iter().filter(|found| found.assumed);
    let found = assumed.filter_map(|found| {
        let (old, new) = (of(found.before)?, of(found.next)?);
        let last = old.last_day().filter(|last| *last >= day && !is_plain_renewal(old, new, purchases))?;
        let sentence = format!(
            "{}: the purchase from {} on is taken for the renewal of what ends on {}, because it is near and has no fewer \
             seats. If it is another contract, renew the one that ends as well.",
            called(old, names),
            day_text(new.term.from),
            day_text(last),
        );
        Some(finding(FindingKind::Assumed, &[old, new], new.term.from, None, sentence))
    });
    found.collect()
}

/// Whether it can hardly be anything else: as many seats of the same name from the next day on, and no other purchase of the
/// type ends or starts near.
fn is_plain_renewal(old: &Purchase, new: &Purchase, purchases: &[Purchase]) -> bool {
    let renamed = !old.name.is_empty() && !new.name.is_empty() && old.name != new.name;
    let same_seats = old.term.end == Some(new.term.from) && old.quantity == new.quantity && !renamed;
    let others = || purchases.iter().filter(|other| other.id != old.id && other.id != new.id);
    same_seats && !others().any(|other| follows(other, new) || follows(old, other))
}

fn same(one: &Purchase, other: &Purchase) -> bool {
    let likely = one.term == other.term && one.quantity == other.quantity && one.price == other.price;
    // Names, notes and papers are for people; nothing is counted by them.
    let told = || Purchase {
        id: one.id,
        name: one.name.clone(),
        note: one.note.clone(),
        paperwork: one.paperwork.clone(),
        ..other.clone()
    };
    likely && told() == *one
}

fn called(purchase: &Purchase, names: TypeNames) -> String {
    let named = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
    let license_type = names.of(&purchase.license_type);
    named.map_or_else(|| license_type.to_owned(), |name| format!("{license_type} ({name})"))
}

fn finding(kind: FindingKind, about: &[&Purchase], from: Date, last: Option<Date>, sentence: String) -> Finding {
    let license_type = about.first().map(|purchase| purchase.license_type.clone()).unwrap_or_default();
    let purchases = about.iter().map(|purchase| purchase.id).collect();
    Finding { kind, license_type, purchases, from, last, sentence }
}
