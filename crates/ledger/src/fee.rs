//! A miscellaneous fee: an amount beside the licenses, with its own currency, frequency and dates.
//! Absent on purpose: seats; a fee has none.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::annual::{Annual, annualise};
use crate::because::Line;
use crate::conditions::Conditions;
use crate::contract::{Contract, Origin, chains, contract_term};
use crate::explain::annual_line;
use crate::facts::{Cost, PurchaseFacts};
use crate::money::Currency;
use crate::payment::Charged;
use crate::purchase::{Frequency, Per, Price, Proration, Quantity, Term};
use crate::rule::Rule;

/// Identifies a fee; the same through all its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeeId(pub i64);

/// A miscellaneous fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Its identity.
    pub id: FeeId,
    /// What it is for.
    pub name: String,
    /// What is paid each time.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency: Currency,
    /// How often it is paid.
    pub frequency: Frequency,
    /// When it is in force.
    pub term: Term,
    /// How a cut period is charged.
    pub proration: Proration,
    /// Whether it is part of the annual spend.
    pub in_annual_spend: bool,
    /// Whether it is part of the cost per account.
    pub in_cost_per_account: bool,
    /// Notes for people, may be empty.
    pub note: String,
    /// Plain, but for the contract that it is a part of where its price changed: see [`joined_fees`].
    pub conditions: Conditions,
}

impl Fee {
    /// The parts that make its cost.
    pub fn charged(&self) -> Charged<'_> {
        Charged {
            quantity: Quantity::Unlimited,
            price: Some(self.price()),
            frequency: self.frequency,
            term: Some(self.term),
            proration: self.proration,
            conditions: &self.conditions,
        }
    }

    /// Whether it is in force on the day.
    pub fn in_force(&self, day: Date) -> bool {
        self.term.covers(day)
    }

    /// What it costs in a year.
    pub fn annual(&self) -> Option<Annual> {
        annualise(&self.charged())
    }

    /// What it costs in a year, with its reason.
    pub fn annual_line(&self) -> Option<Line> {
        let mut line = annual_line(&self.facts())?;
        line.because.rule = Rule::Fee;
        Some(line)
    }

    /// The same facts as those of a purchase for the lot.
    pub(crate) fn facts(&self) -> PurchaseFacts {
        PurchaseFacts {
            label: self.name.clone(),
            quantity: Some(Quantity::Unlimited),
            cost: Cost::Known(self.price()),
            currency: Some(self.currency),
            frequency: Some(self.frequency),
            from: Some(self.term.from),
            end: self.term.end,
            proration: self.proration,
            conditions: self.conditions.clone(),
            ..PurchaseFacts::default()
        }
    }

    /// The term by which its payments are reckoned: with those at its other prices, or its own.
    pub fn contract_term(&self) -> Term {
        contract_term(self.term, &self.conditions)
    }

    fn price(&self) -> Price {
        Price { amount: self.amount, per: Per::Lot }
    }
}

/// The fees, those together that went on at another price: `continued` has the later one first. Only fees that meet are
/// parts of one, and stay on its days.
pub fn joined_fees(mut fees: Vec<Fee>, continued: &[(FeeId, FeeId)]) -> Vec<Fee> {
    let chains = chains(fees.len(), |place| {
        let old = fees.get(place)?;
        let (next, _) = continued.iter().find(|(_, before)| *before == old.id)?;
        fees.iter().position(|new| new.id == *next && Some(new.term.from) == old.term.end)
    });
    for chain in chains {
        let ends = |place: Option<&usize>| place.and_then(|place| fees.get(*place)).map(|fee| fee.term);
        let (Some(first), Some(last)) = (ends(chain.first()), ends(chain.last())) else { continue };
        for (place, number) in chain.iter().zip(1..) {
            let Some(part) = fees.get_mut(*place) else { continue };
            let end = part.term.end.filter(|_| number < chain.len());
            let later = end.map(|from| Term { from, end: last.end });
            let origin = Some(Origin { contract: first.from, id: None, from: first.from });
            part.conditions.contract = Some(Contract { from: first.from, later, others: None, origin });
        }
    }
    fees
}
