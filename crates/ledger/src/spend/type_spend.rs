//! All figures of one license type.

use jiff::civil::Date;

use crate::purchase::Purchase;
use crate::spend::TypeSpend;
use crate::spend::currencies::Currencies;
use crate::spend::figures::Figures;
use crate::spend::holding::Holding;
use crate::spend::tally;
use crate::standing::{Standing, standing, standing_sentence};

/// A type's figures, and what totals must know about them.
#[derive(Debug, Clone)]
pub(super) struct Computed {
    pub spend: TypeSpend,
    /// Has accounts or seats that cost something unknown.
    pub unpriced: bool,
    /// The end of the first purchase to end that has seats that nobody holds.
    pub waste_from: Option<Date>,
}

pub(super) fn unpriced(types: &[Computed]) -> Vec<String> {
    types.iter().filter(|one| one.unpriced).map(|one| one.spend.license_type.clone()).collect()
}

/// All figures of the type.
pub(super) fn compute(holding: &Holding, purchases: &[Purchase], day: Date, currencies: &Currencies) -> Computed {
    let figures = Figures::new(holding, currencies.of_type(holding));
    let unit = figures.unit();
    let mut billable = figures.billable(&unit.because);
    let mut committed = figures.committed();
    let (seats, facts) = (holding.seats(), &holding.facts);
    let without_price = !facts.free && !holding.is_priced() && (holding.accounts() > 0 || !holding.lots.is_empty());
    if without_price {
        for line in [&mut billable, &mut committed].into_iter().filter(|line| line.value.is_none()) {
            line.caveat = Some(why_unpriced(holding, purchases, day));
        }
    }
    let counts = tally::of(day, holding);
    if facts.billable && !facts.free && holding.accounts() > 0 {
        billable.because.parts.push(counts.billable.because.clone());
    }
    let unlimited = holding.unlimited();
    let counted = |count: u64| (!unlimited).then_some(count);
    let accounts_without_price = billable.value.is_none() && holding.accounts() > 0 && !Currencies::mixed_in(holding);
    let spend = TypeSpend {
        license_type: facts.license_type.clone(),
        name: facts.name.clone(),
        billable: facts.billable,
        free: facts.free,
        purchased: counted(seats),
        unlimited,
        assigned: facts.assigned,
        billable_accounts: holding.accounts(),
        activity: facts.activity,
        unassigned: counted(holding.spare()),
        over_assigned: counted(facts.assigned.saturating_sub(seats)),
        waste_annual: figures.waste(&unit.because),
        unit_annual: unit,
        billable_annual: billable,
        committed_annual: committed,
        counts,
    };
    let waste_from = figures.waste_from();
    Computed { spend, unpriced: without_price || (accounts_without_price && !facts.free), waste_from }
}

/// Why a type has no price, with what to do.
fn why_unpriced(holding: &Holding, purchases: &[Purchase], day: Date) -> String {
    let name = &holding.facts.name;
    if !holding.lots.is_empty() {
        return format!("{name} has no price: enter the cost of its purchase.");
    }
    let own = purchases.iter().filter(|purchase| purchase.license_type == holding.facts.license_type);
    let (past, future): (Vec<&Purchase>, Vec<&Purchase>) =
        own.partition(|purchase| standing(purchase, day) == Standing::Expired);
    match (
        past.iter().max_by_key(|purchase| purchase.term.end),
        future.iter().min_by_key(|purchase| purchase.term.from),
    ) {
        (Some(last), _) => {
            format!("{name} has no purchase in force. The last one: {}.", lower(&standing_sentence(last, day)))
        }
        (None, Some(next)) => {
            format!("{name} has no purchase in force. The next one: {}.", lower(&standing_sentence(next, day)))
        }
        (None, None) => format!("{name} has no price: add a purchase."),
    }
}

fn lower(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}
