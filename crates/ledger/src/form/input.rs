//! The purchase form as typed, and how a purchase is put back into it.

use crate::calendar::last_day;
use crate::day::iso;
use crate::form::conditions::{ConditionsInput, to_conditions_input};
use crate::form::paperwork::{PaperworkInput, to_paperwork_input};
use crate::form::words::{amount_text, every_word, per_word, proration_word};
use crate::purchase::{Per, Purchase, Quantity};

/// Every field of the form as text, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PurchaseInput {
    /// Key or name of a license type.
    pub license_type: String,
    /// A name for people.
    pub name: String,
    /// Purchase identifier.
    pub po: String,
    /// Seats; ignored when `unlimited`.
    pub quantity: String,
    /// As many seats as needed.
    pub unlimited: bool,
    /// Amount; empty means not known.
    pub cost: String,
    /// `unit` or `lot`.
    pub per: String,
    /// ISO 4217 code.
    pub currency: String,
    /// `once`, `month`, `quarter`, `6months`, `year`, `18months`, `2years`, `3years`.
    pub every: String,
    /// First day.
    pub from: String,
    /// Last day, inclusive; empty for open-ended.
    pub until: String,
    /// `none`, `daily`, `whole-month-up`, `whole-month-down`.
    pub proration: String,
    /// Renews by itself.
    pub auto_renews: bool,
    /// Days; empty for none.
    pub notice_days: String,
    /// Notes.
    pub note: String,
    /// Tiers, packs, discounts, minimums and the like.
    pub conditions: ConditionsInput,
    /// Who is responsible, who is reminded, and where its documents are.
    pub paperwork: PaperworkInput,
}

/// The form that makes exactly this purchase, so that an edit starts from it.
pub fn to_input(purchase: &Purchase) -> PurchaseInput {
    let quantity = match purchase.quantity {
        Quantity::Seats(seats) => seats.to_string(),
        Quantity::Unlimited => String::new(),
    };
    PurchaseInput {
        license_type: purchase.license_type.clone(),
        name: purchase.name.clone(),
        po: purchase.po.clone(),
        quantity,
        unlimited: purchase.quantity == Quantity::Unlimited,
        cost: purchase.price.map(|price| amount_text(price.amount, purchase.currency)).unwrap_or_default(),
        per: per_word(purchase.price.map_or(Per::Unit, |price| price.per)).to_owned(),
        currency: purchase.currency.code().to_owned(),
        every: every_word(purchase.frequency).to_owned(),
        from: iso(purchase.term.from),
        until: last_day(&purchase.term).map(iso).unwrap_or_default(),
        proration: proration_word(purchase.proration).to_owned(),
        auto_renews: purchase.auto_renews,
        notice_days: purchase.notice_days.map(|days| days.to_string()).unwrap_or_default(),
        note: purchase.note.clone(),
        conditions: to_conditions_input(&purchase.conditions, purchase.currency),
        paperwork: to_paperwork_input(&purchase.paperwork),
    }
}
