//! What is known of a purchase while it is being typed: any part may still be missing.
//! Absent on purpose: text; `form` reads it.

use jiff::civil::Date;

use crate::annual::{Annual, annualise};
use crate::calendar::last_day;
use crate::conditions::Conditions;
use crate::money::Currency;
use crate::payment::Charged;
use crate::purchase::{Frequency, Price, Proration, Purchase, PurchaseId, Quantity, Term};
use crate::standing::notice_before;
use crate::term::{TermTotal, total};

/// What is known of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cost {
    /// Not readable yet.
    #[default]
    Missing,
    /// Left empty on purpose: the price is not known.
    Unknown,
    /// This price.
    Known(Price),
}

/// The parts of a purchase that can be read so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PurchaseFacts {
    /// The purchase, once it exists.
    pub id: Option<PurchaseId>,
    /// What to call it, may be empty.
    pub label: String,
    /// How many seats.
    pub quantity: Option<Quantity>,
    /// What is paid.
    pub cost: Cost,
    /// In what currency.
    pub currency: Option<Currency>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// First day.
    pub from: Option<Date>,
    /// The day after the last one; `None` while open-ended or not readable.
    pub end: Option<Date>,
    /// How a cut period is charged.
    pub proration: Proration,
    /// Days before the end by which notice must be given.
    pub notice_days: Option<u16>,
    /// Tiers, packs, discounts, minimums and the like.
    pub conditions: Conditions,
}

impl PurchaseFacts {
    /// The price, when it is known.
    pub fn price(&self) -> Option<Price> {
        match self.cost {
            Cost::Known(price) => Some(price),
            Cost::Missing | Cost::Unknown => None,
        }
    }

    /// The term, once its first day is known.
    pub fn term(&self) -> Option<Term> {
        self.from.map(|from| Term { from, end: self.end })
    }

    /// What it costs in a year, once enough is known.
    pub fn annual(&self) -> Option<Annual> {
        annualise(&self.charged()?)
    }

    /// The parts that make the cost, once enough is known.
    pub fn charged(&self) -> Option<Charged<'_>> {
        Some(Charged {
            quantity: self.quantity?,
            price: self.price(),
            frequency: self.frequency?,
            term: self.term(),
            proration: self.proration,
            conditions: &self.conditions,
        })
    }

    /// Whether the cost was left empty on purpose and nothing else tells the price.
    pub fn is_unpriced(&self) -> bool {
        self.cost == Cost::Unknown && !self.conditions.shape.has_own_prices()
    }

    /// What its whole term costs, once enough is known.
    pub fn term_total(&self) -> Option<TermTotal> {
        total(&self.charged()?)
    }

    /// The last day to give notice, once enough is known.
    pub fn notice_by(&self) -> Option<Date> {
        notice_before(last_day(&self.term()?)?, self.notice_days?)
    }
}

impl From<&Purchase> for PurchaseFacts {
    fn from(purchase: &Purchase) -> Self {
        let label = if purchase.name.is_empty() { &purchase.po } else { &purchase.name };
        Self {
            id: Some(purchase.id),
            label: label.clone(),
            quantity: Some(purchase.quantity),
            cost: purchase.price.map_or(Cost::Unknown, Cost::Known),
            currency: Some(purchase.currency),
            frequency: Some(purchase.frequency),
            from: Some(purchase.term.from),
            end: purchase.term.end,
            proration: purchase.proration,
            notice_days: purchase.notice_days,
            conditions: purchase.conditions.clone(),
        }
    }
}
