//! What-if: changes laid over a copy of purchases and members, compared beside the present.
//! Absent on purpose: saving; a scenario is a name and its changes.

mod plan;
mod seats;

pub use plan::{PlanError, plan};
pub use seats::agreed_until;

use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::because::{Line, line};
use crate::calendar::end_after;
use crate::day::day_text;
use crate::forecast::Repriced;
use crate::format::{counted, exact_amount};
use crate::money::Currency;
use crate::purchase::{Frequency, Per, Price, Purchase, PurchaseId, Quantity};
use crate::renew::with_seats;
use crate::rule::Rule;
use crate::spend::{Bases, Setting, TypeFacts, bases};

/// One change of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// More or fewer seats of a purchase.
    Seats {
        /// The purchase.
        purchase: PurchaseId,
        /// How many more; fewer when negative.
        seats: i64,
        /// From this day; seats that a term was agreed for are kept until it ends.
        day: Date,
    },
    /// Another price, per unit or for the lot as it is now.
    Price {
        /// The purchase.
        purchase: PurchaseId,
        /// The new price.
        amount: Decimal,
        /// With the first renewal, or payment of a purchase without an end, on this day or after it.
        day: Date,
    },
    /// Another payment frequency: with the vendor's own price for it, never the old one converted.
    Frequency {
        /// The purchase.
        purchase: PurchaseId,
        /// How often it is paid.
        frequency: Frequency,
        /// The price at that frequency.
        amount: Decimal,
        /// From when, as for a price.
        day: Date,
    },
    /// Another currency, with the price in it.
    Currency {
        /// The purchase.
        purchase: PurchaseId,
        /// The currency.
        currency: Currency,
        /// The price in it.
        amount: Decimal,
        /// From when, as for a price.
        day: Date,
    },
    /// Members move from one license type to another.
    Downgrade {
        /// Key of the type that they hold.
        from: String,
        /// Key of the type that they get.
        to: String,
        /// How many.
        members: u64,
    },
    /// Another last day.
    LastDay {
        /// The purchase.
        purchase: PurchaseId,
        /// The last day.
        last_day: Date,
    },
}

/// A named set of changes, applied in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// The changes.
    pub changes: Vec<Change>,
}

/// Why a scenario cannot be computed; a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScenarioError {
    /// The purchase is gone.
    #[error("Purchase {} does not exist: remove the change, or choose another one.", .0.0)]
    UnknownPurchase(PurchaseId),
    /// The license type is gone.
    #[error("License type {0} does not exist: remove the change, or choose another one.")]
    UnknownType(String),
    /// No seat would be left.
    #[error("Purchase {} has {}: {} fewer would leave none.", .purchase.0, counted((*.has).into(), "seat", "seats"), fewer)]
    TooFewSeats {
        /// The purchase.
        purchase: PurchaseId,
        /// Its seats.
        has: u32,
        /// How many are to go.
        fewer: u64,
    },
    /// Unlimited seats cannot be more or fewer.
    #[error("Purchase {} has unlimited seats: there is nothing to add or to give up.", .0.0)]
    Unlimited(PurchaseId),
    /// The prices are in a tier table.
    #[error("Purchase {} has its prices in a tier table: change them there.", .0.0)]
    OwnPrices(PurchaseId),
    /// A price below nothing.
    #[error("A price must not be negative.")]
    Negative,
    /// Fewer members than that hold the type.
    #[error("{license_type} is held by {}: {members} cannot be downgraded.", counted(*.has, "member", "members"))]
    TooFewMembers {
        /// The license type.
        license_type: String,
        /// How many hold it.
        has: u64,
        /// How many were to move.
        members: u64,
    },
    /// The last day lies before the first.
    #[error("Purchase {} starts on {}: its last day must not be before.", .0.0, day_text(*.1))]
    EndsBeforeStart(PurchaseId, Date),
}

/// A figure now and in the scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What is compared.
    pub label: &'static str,
    /// The present figure.
    pub present: Line,
    /// The scenario's.
    pub scenario: Line,
    /// Scenario − present; without an amount where either has none.
    pub difference: Line,
}

/// A scenario beside the present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The scenario's name.
    pub name: String,
    /// All its figures.
    pub bases: Bases,
    /// Those that are compared.
    pub differences: Vec<Difference>,
    /// The day from which all changes of seats count; `None` when they all do on the day.
    pub from: Option<Date>,
    /// What is kept until then, a sentence for each change.
    pub later: Vec<String>,
}

/// The types and purchases as they would be.
pub fn apply(
    scenario: &Scenario,
    types: &[TypeFacts],
    purchases: &[Purchase],
) -> Result<(Vec<TypeFacts>, Vec<Purchase>), ScenarioError> {
    change_all(&scenario.changes, types, purchases)
}

fn change_all<'a>(
    changes: impl IntoIterator<Item = &'a Change>,
    types: &[TypeFacts],
    purchases: &[Purchase],
) -> Result<(Vec<TypeFacts>, Vec<Purchase>), ScenarioError> {
    let (mut types, mut purchases) = (types.to_vec(), purchases.to_vec());
    for change in changes {
        match change {
            Change::Downgrade { from, to, members } => downgrade(&mut types, from, to, *members)?,
            Change::Seats { purchase, seats, .. } => reseat(found(&mut purchases, *purchase)?, *seats)?,
            Change::Price { .. } | Change::Frequency { .. } | Change::Currency { .. } => {
                if let Some(repriced) = Repriced::of(change) {
                    let purchase = found(&mut purchases, repriced.purchase)?;
                    reprice(purchase, repriced.amount)?;
                    *purchase = repriced.applied(purchase.clone());
                }
            }
            Change::LastDay { purchase, last_day } => {
                let purchase = found(&mut purchases, *purchase)?;
                if *last_day < purchase.term.from {
                    return Err(ScenarioError::EndsBeforeStart(purchase.id, purchase.term.from));
                }
                purchase.term.end = Some(end_after(*last_day));
            }
        }
    }
    Ok((types, purchases))
}

fn found(purchases: &mut [Purchase], id: PurchaseId) -> Result<&mut Purchase, ScenarioError> {
    purchases.iter_mut().find(|purchase| purchase.id == id).ok_or(ScenarioError::UnknownPurchase(id))
}

fn reseat(purchase: &mut Purchase, more: i64) -> Result<(), ScenarioError> {
    let Quantity::Seats(has) = purchase.quantity else { return Err(ScenarioError::Unlimited(purchase.id)) };
    let seats = u32::try_from(i64::from(has).saturating_add(more)).ok().filter(|seats| *seats > 0);
    let too_few = ScenarioError::TooFewSeats { purchase: purchase.id, has, fewer: more.unsigned_abs() };
    *purchase = with_seats(purchase, seats.ok_or(too_few)?);
    Ok(())
}

fn reprice(purchase: &mut Purchase, amount: Decimal) -> Result<(), ScenarioError> {
    if purchase.conditions.shape.has_own_prices() {
        return Err(ScenarioError::OwnPrices(purchase.id));
    }
    if amount < Decimal::ZERO {
        return Err(ScenarioError::Negative);
    }
    let per = purchase.price.map_or(Per::Unit, |price| price.per);
    purchase.price = Some(Price { amount, per });
    Ok(())
}

fn downgrade(types: &mut [TypeFacts], from: &str, to: &str, members: u64) -> Result<(), ScenarioError> {
    let index = |key: &str| {
        let found = types.iter().position(|facts| facts.license_type == key);
        found.ok_or_else(|| ScenarioError::UnknownType(key.to_owned()))
    };
    let (old, new) = (index(from)?, index(to)?);
    if let Some(facts) = types.get_mut(old) {
        let has = facts.assigned;
        if has < members {
            return Err(ScenarioError::TooFewMembers { license_type: facts.name.clone(), has, members });
        }
        // Those who are not active are downgraded first, deactivated ones last.
        let billable = members.min(facts.billable_accounts);
        let mut moved = facts.activity.take(billable);
        facts.assigned = facts.assigned.saturating_sub(members);
        facts.billable_accounts = facts.billable_accounts.saturating_sub(billable);
        facts.deactivated = facts.deactivated.min(facts.billable_accounts);
        if let Some(facts) = types.get_mut(new) {
            let billable = if facts.billable { billable } else { 0 };
            facts.assigned = facts.assigned.saturating_add(members);
            facts.billable_accounts = facts.billable_accounts.saturating_add(billable);
            facts.activity.add(moved.take(billable));
        }
    }
    Ok(())
}

/// Every scenario beside the present, with all changes in force; only the contract values keep what is agreed.
/// Nothing is changed.
pub fn compared(
    day: Date,
    types: &[TypeFacts],
    purchases: &[Purchase],
    setting: Setting,
    scenarios: &[Scenario],
) -> Result<(Bases, Vec<Comparison>), ScenarioError> {
    let present = bases(day, types, purchases, setting);
    let compare = |scenario: &Scenario| {
        let agreed = seats::agreed(scenario, types, purchases)?;
        let (types, purchases) = apply(scenario, types, purchases)?;
        let mut then = bases(day, &types, &purchases, setting);
        let kept = bases(day, &types, &agreed, setting);
        then.total_contract_value = kept.total_contract_value;
        then.annual_contract_value = kept.annual_contract_value;
        let later = seats::later(day, scenario, &agreed);
        let from = later.iter().filter_map(|change| change.from).max();
        let later: Vec<String> = later.into_iter().map(|change| change.sentence).collect();
        let differences = differences(&present, &then, &later);
        Ok(Comparison { name: scenario.name.clone(), bases: then, differences, from, later })
    };
    let all = scenarios.iter().map(compare).collect::<Result<_, _>>()?;
    Ok((present, all))
}

/// Takes one figure out of all.
type Figure = fn(&Bases) -> &Line;

fn differences(present: &Bases, then: &Bases, later: &[String]) -> Vec<Difference> {
    let figures: [(&'static str, Figure); 6] = [
        ("Annual spend for billable accounts", |bases| &bases.spend.billable_annual),
        ("Committed annual spend", |bases| &bases.committed_annual),
        ("Unassigned seats a year", |bases| &bases.spend.waste_annual),
        ("Run-rate a year", |bases| &bases.run_rate),
        ("Total contract value", |bases| &bases.total_contract_value),
        ("Cost per billable account", |bases| &bases.cost_per_billable),
    ];
    let made = |(label, figure): (&'static str, Figure)| difference(label, figure(present), figure(then), later);
    figures.into_iter().map(made).collect()
}

/// The difference says what is kept until it is one.
fn difference(label: &'static str, present: &Line, then: &Line, later: &[String]) -> Difference {
    let told = |line: &Line| match &line.value {
        Some(value) => exact_amount(&value.amount, value.currency),
        None => line.because.result.clone(),
    };
    let arithmetic = format!("{} − {}", told(then), told(present));
    let mut difference = line(format!("{label}: difference"), Rule::Scenario, arithmetic);
    difference.because.parts = vec![then.because.clone(), present.because.clone()].into();
    match (&present.value, &then.value) {
        (Some(now), Some(value)) if now.currency == value.currency => {
            difference.set(&value.amount - &now.amount, now.currency);
        }
        _ => difference.caveat = Some("One of the two figures is not known in the same currency.".to_owned()),
    }
    if !later.is_empty() {
        difference.caveat =
            Some(difference.caveat.into_iter().chain(later.iter().cloned()).collect::<Vec<_>>().join(" "));
    }
    Difference { label, present: present.clone(), scenario: then.clone(), difference }
}
