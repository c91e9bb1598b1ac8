//! Doubts about what was entered: nothing is refused for them, but a total should not be read without them.

use jiff::civil::Date;

use crate::annual::Annual;
use crate::day::day_text;
use crate::format::{count, counted};
use crate::purchase::{Purchase, PurchaseId};
use crate::spend::currencies::Currencies;
use crate::spend::force::is_taken_over;
use crate::spend::holding::Holding;
use crate::standing::{Standing, standing, standing_sentence};

/// What is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoteKind {
    /// Prices in several currencies.
    MixedCurrencies,
    /// More accounts than seats.
    OverAssigned,
    /// A free type with a price.
    FreeWithPrice,
    /// A purchase that should have renewed itself is over, and nothing follows.
    ExpiredAutoRenewing,
    /// A purchase starts on the last day of the one before.
    Overlap,
}

impl NoteKind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::MixedCurrencies => "mixed-currencies",
            Self::OverAssigned => "over-assigned",
            Self::FreeWithPrice => "free-with-price",
            Self::ExpiredAutoRenewing => "expired-auto-renewing",
            Self::Overlap => "overlap",
        }
    }
}

/// A doubt in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is doubtful.
    pub kind: NoteKind,
    /// The license type it concerns.
    pub license_type: Option<String>,
    /// The purchase it concerns.
    pub purchase: Option<PurchaseId>,
    /// How many members or purchases it concerns.
    pub count: u64,
    /// A sentence with what to do.
    pub sentence: String,
}

pub(super) fn all(day: Date, holdings: &[Holding], purchases: &[Purchase], currencies: &Currencies) -> Vec<Note> {
    let mut notes = Vec::new();
    if currencies.mixed() {
        let sentence = currencies.noted();
        notes.push(Note { kind: NoteKind::MixedCurrencies, license_type: None, purchase: None, count: 1, sentence });
    }
    for holding in holdings {
        notes.extend(over_assigned(holding));
        notes.extend(free_with_price(holding));
        notes.extend(expired(day, holding, purchases));
        notes.extend(overlap(day, holding, purchases));
    }
    notes
}

fn about(holding: &Holding, kind: NoteKind, count: u64, sentence: String) -> Note {
    Note { kind, license_type: Some(holding.facts.license_type.clone()), purchase: None, count, sentence }
}

fn over_assigned(holding: &Holding) -> Option<Note> {
    let (seats, assigned) = (holding.seats(), holding.facts.assigned);
    if holding.unlimited() || holding.lots.is_empty() || holding.facts.free || assigned <= seats {
        return None;
    }
    let over = assigned.saturating_sub(seats);
    let sentence = format!(
        "{} is held by {}, {} more than the {} purchased: they count at the same price.",
        holding.facts.name,
        counted(assigned, "member", "members"),
        count(over),
        counted(seats, "seat", "seats"),
    );
    Some(about(holding, NoteKind::OverAssigned, over, sentence))
}

fn free_with_price(holding: &Holding) -> Option<Note> {
    let priced = holding.lots.iter().filter(|lot| lot.annual.as_ref().is_some_and(Annual::costs));
    let number = u64::try_from(priced.count()).ok().filter(|number| holding.facts.free && *number > 0)?;
    let sentence = format!(
        "{} is marked as free but has a purchase with a price, which is left out: clear the mark or the price.",
        holding.facts.name
    );
    Some(about(holding, NoteKind::FreeWithPrice, number, sentence))
}

/// The last auto-renewing purchase of a type that has none in force.
fn expired(day: Date, holding: &Holding, purchases: &[Purchase]) -> Option<Note> {
    if !holding.lots.is_empty() {
        return None;
    }
    let own = purchases.iter().filter(|purchase| purchase.license_type == holding.facts.license_type);
    let over = own.filter(|purchase| standing(purchase, day) == Standing::Expired);
    let last = over.max_by_key(|purchase| (purchase.term.end, purchase.id)).filter(|last| last.auto_renews)?;
    let sentence = format!(
        "{}: a purchase that renews by itself has no term in force. {}. Enter the renewal, or say that it does not renew.",
        holding.facts.name,
        standing_sentence(last, day)
    );
    let note = about(holding, NoteKind::ExpiredAutoRenewing, 1, sentence);
    Some(Note { purchase: Some(last.id), ..note })
}

fn overlap(day: Date, holding: &Holding, purchases: &[Purchase]) -> Option<Note> {
    let own = purchases.iter().filter(|purchase| purchase.license_type == holding.facts.license_type);
    let covering: Vec<&Purchase> = own.filter(|purchase| purchase.term.covers(day)).collect();
    let old = covering.iter().filter(|old| is_taken_over(old, &covering, day)).min_by_key(|old| old.id)?;
    let sentence = format!(
        "{}: {} is the last day of one purchase and the first of the next; it is counted once, with the newer one.",
        holding.facts.name,
        day_text(day)
    );
    let note = about(holding, NoteKind::Overlap, 1, sentence);
    Some(Note { purchase: Some(old.id), ..note })
}
