//! The conditions of a purchase beyond quantity, price and term: everything that a plain purchase does without.
//! Absent on purpose: the text forms; `form` reads and writes them.

use rust_decimal::Decimal;

use crate::commitment::Commitment;
use crate::contract::Contract;
use crate::discount::Discount;
use crate::overage::Overage;
use crate::packs::Packs;
use crate::pays_for::PaysFor;
use crate::shape::Shape;

/// What a price that is paid once is spread over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OncePolicy {
    /// Its term, by days; without an end it is charged on its date only.
    #[default]
    Term,
    /// Nothing: it is charged on its date only and adds nothing to a year.
    DateOnly,
    /// A chosen life of so many months, from its first day.
    Life(u16),
}

/// What happens to the price and the seats at a renewal: for renewals and forecasts only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RenewalTerms {
    /// The uplift that is expected, in percent.
    pub uplift: Option<Decimal>,
    /// The most that the contract allows, in percent.
    pub cap: Option<Decimal>,
    /// The seats that are planned for the term that follows; `None` for as many as now.
    pub seats: Option<u32>,
}

impl RenewalTerms {
    /// The percentage that a forecast expects: the uplift, but never more than the cap.
    pub fn expected(&self) -> Decimal {
        let uplift = self.uplift.unwrap_or_default();
        self.cap.map_or(uplift, |cap| uplift.min(cap))
    }

    /// The most that is possible: the cap, or the expected uplift where none is agreed.
    pub fn most(&self) -> Decimal {
        self.cap.unwrap_or_else(|| self.expected())
    }
}

/// The conditions of a purchase. A plain purchase has [`Conditions::default`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// How the price depends on the seats.
    pub shape: Shape,
    /// In which numbers seats are sold.
    pub packs: Packs,
    /// Discounts of each payment.
    pub discounts: Vec<Discount>,
    /// Tax on top, in percent; kept apart from every figure.
    pub tax: Option<Decimal>,
    /// What is paid at least.
    pub commitment: Commitment,
    /// What seats beyond the purchased ones cost; `None` while not agreed: then the same price.
    pub overage: Option<Overage>,
    /// What happens to the price at a renewal.
    pub renewal: RenewalTerms,
    /// What a price that is paid once is spread over.
    pub once: OncePolicy,
    /// Whom the purchase pays for.
    pub pays_for: PaysFor,
    /// The contract that the purchase is only a part of; `None` where it is the whole.
    pub contract: Option<Contract>,
}

/// The conditions of a plain purchase.
pub const PLAIN: &Conditions = &Conditions {
    shape: Shape::Flat,
    packs: Packs::Single,
    discounts: Vec::new(),
    tax: None,
    commitment: Commitment { per_payment: None, term: None },
    overage: None,
    renewal: RenewalTerms { uplift: None, cap: None, seats: None },
    once: OncePolicy::Term,
    pays_for: PaysFor { rules: Vec::new(), fallback: false },
    contract: None,
};
