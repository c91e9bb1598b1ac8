//! A scenario taken as the plan: its changes of seats become the seats that its purchases are renewed with. The forecast
//! without the scenario is then what it was with it. Absent on purpose: what is no change of seats; it is agreed or it is not.

use jiff::civil::Date;
use thiserror::Error;

use crate::day::day_text;
use crate::format::counted;
use crate::purchase::{Purchase, PurchaseId, Quantity};
use crate::scenario::{Change, Scenario};

/// Why a change cannot be planned; a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanError {
    /// Nothing would be planned.
    #[error("The scenario changes no seats: there is nothing to plan.")]
    NoSeats,
    /// A price, a type, a last day.
    #[error(
        "Only seats can be planned: take the other changes out of the scenario, or enter them where they are agreed."
    )]
    OnlySeats,
    /// The purchase is gone.
    #[error("Purchase {} does not exist: remove the change, or choose another one.", .0.0)]
    UnknownPurchase(PurchaseId),
    /// It has no end.
    #[error("Purchase {} has no end, so no renewal changes its seats: edit its quantity when it changes.", .0.0)]
    NoRenewal(PurchaseId),
    /// Unlimited seats cannot be more or fewer.
    #[error("Purchase {} has unlimited seats: there is nothing to plan.", .0.0)]
    Unlimited(PurchaseId),
    /// Another purchase continues it within its term.
    #[error("Purchase {} is continued at another price: plan the seats of the purchase that continues it.", .0.0)]
    GoesOn(PurchaseId),
    /// More seats before the renewal.
    #[error("Purchase {}: more seats from {} on are bought within the term: add them to the purchase, or let them count from {} on.", .purchase.0, day_text(*.day), day_text(*.renewal))]
    WithinTerm {
        /// The purchase.
        purchase: PurchaseId,
        /// The day of the change.
        day: Date,
        /// The day of its renewal.
        renewal: Date,
    },
    /// Later than the next renewal.
    #[error("Purchase {}: {} lies after its renewal on {}, and only that one can be planned.", .purchase.0, day_text(*.day), day_text(*.renewal))]
    LaterRenewal {
        /// The purchase.
        purchase: PurchaseId,
        /// The day of the change.
        day: Date,
        /// The day of its renewal.
        renewal: Date,
    },
    /// No seat would be left.
    #[error("Purchase {} renews with {}: {} fewer would leave none. Turn off Auto-renews instead.", .purchase.0, counted(*.has, "seat", "seats"), fewer)]
    TooFewSeats {
        /// The purchase.
        purchase: PurchaseId,
        /// The seats that it renews with so far.
        has: u64,
        /// How many are to go.
        fewer: u64,
    },
}

/// The purchases that the scenario changes, with the seats that are then planned for their renewals; or every reason why not.
pub fn plan(scenario: &Scenario, purchases: &[Purchase]) -> Result<Vec<Purchase>, Vec<PlanError>> {
    let mut planned: Vec<Purchase> = Vec::new();
    let mut refused = Vec::new();
    for change in &scenario.changes {
        match planned_change(change, &planned, purchases) {
            Ok(purchase) => {
                planned.retain(|before| before.id != purchase.id);
                planned.push(purchase);
            }
            Err(why) if refused.contains(&why) => {}
            Err(why) => refused.push(why),
        }
    }
    if planned.is_empty() && refused.is_empty() {
        refused.push(PlanError::NoSeats);
    }
    if refused.is_empty() { Ok(planned) } else { Err(refused) }
}

fn planned_change(change: &Change, planned: &[Purchase], purchases: &[Purchase]) -> Result<Purchase, PlanError> {
    let Change::Seats { purchase: id, seats, day } = *change else { return Err(PlanError::OnlySeats) };
    let mut all = planned.iter().chain(purchases);
    let mut purchase = all.find(|purchase| purchase.id == id).cloned().ok_or(PlanError::UnknownPurchase(id))?;
    let renewal = purchase.term.end.ok_or(PlanError::NoRenewal(id))?;
    let Quantity::Seats(now) = purchase.quantity else { return Err(PlanError::Unlimited(id)) };
    if purchase.goes_on() {
        return Err(PlanError::GoesOn(id));
    }
    if day > renewal {
        return Err(PlanError::LaterRenewal { purchase: id, day, renewal });
    }
    if seats > 0 && day < renewal {
        return Err(PlanError::WithinTerm { purchase: id, day, renewal });
    }
    let has = purchase.conditions.renewal.seats.unwrap_or(now);
    let then = u32::try_from(i64::from(has).saturating_add(seats)).ok().filter(|then| *then > 0);
    let too_few = PlanError::TooFewSeats { purchase: id, has: has.into(), fewer: seats.unsigned_abs() };
    purchase.conditions.renewal.seats = Some(then.ok_or(too_few)?);
    Ok(purchase)
}
