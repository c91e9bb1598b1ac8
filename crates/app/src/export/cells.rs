//! What each kind of row says in each column. Column names are stable: scripts rely on them.

use std::borrow::Cow;

use crate::condition_rows::{CONDITION_COLUMNS, PAPERWORK_COLUMNS, in_one_cell};
use crate::joined::joined;
use crate::view::figure::Figure;
use crate::view::purchases::{PurchaseForm, PurchaseState, PurchaseView};
use crate::view::roster::{ChangeView, RosterRow};
use crate::view::spend::TypeSpend;

/// The content of a cell, before it is written in any format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Missing.
    Null,
    /// Text that people or vendors wrote: never trusted by a spreadsheet.
    Text(Cow<'a, str>),
    /// A word that we wrote.
    Plain(Cow<'a, str>),
    /// A whole number that is told as text.
    Digits(Cow<'a, str>),
    /// A decimal number without a unit, as text.
    Number(Cow<'a, str>),
    /// A civil date, `YYYY-MM-DD`.
    Day(Cow<'a, str>),
    /// An instant, RFC 3339 UTC.
    Instant(Cow<'a, str>),
    /// Decimal text and its ISO 4217 code.
    Amount(Cow<'a, str>, Cow<'a, str>),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Count(u64),
    /// Several texts.
    List(Vec<&'a str>),
}

/// A row that can be exported.
pub trait Tabular {
    /// The columns in their usual order.
    const COLUMNS: &'static [&'static str];

    /// What the row says in a column.
    fn cell(&self, column: &str) -> Cell<'_>;
}

pub(super) fn text(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Null, |value| Cell::Text(Cow::Borrowed(value)))
}

fn plain(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Null, |value| Cell::Plain(Cow::Borrowed(value)))
}

pub(super) fn day(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Null, |value| Cell::Day(Cow::Borrowed(value)))
}

fn instant(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Null, |value| Cell::Instant(Cow::Borrowed(value)))
}

pub(super) fn amount(figure: &Figure) -> Cell<'_> {
    figure.value.as_ref().map_or(Cell::Null, |money| price(Some(&money.amount), &money.currency))
}

pub(super) fn price<'a>(amount: Option<&'a String>, currency: &'a str) -> Cell<'a> {
    amount.map_or(Cell::Null, |amount| Cell::Amount(Cow::Borrowed(amount), Cow::Borrowed(currency)))
}

pub(super) fn count(value: Option<u64>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::Count)
}

fn list(values: &[String]) -> Cell<'_> {
    Cell::List(values.iter().map(String::as_str).collect())
}

pub(super) fn written(value: &str) -> Cell<'_> {
    if value.is_empty() { Cell::Null } else { Cell::Text(Cow::Borrowed(value)) }
}

impl Tabular for RosterRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "user_name",
        "email",
        "given_name",
        "middle_name",
        "family_name",
        "license_type",
        "billable",
        "active",
        "created",
        "last_modified",
        "last_activity",
        "department",
        "cost_center",
        "groups",
        "status",
        "left_on",
        "products",
        "activity",
    ];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "id" => written(&self.id),
            "user_name" => written(&self.user_name),
            "email" => text(self.email.as_ref()),
            "given_name" => text(self.given_name.as_ref()),
            "middle_name" => text(self.middle_name.as_ref()),
            "family_name" => text(self.family_name.as_ref()),
            "license_type" => plain(self.license_type.as_ref()),
            "billable" => Cell::Bool(self.billable),
            "active" => Cell::Bool(self.active),
            "created" => instant(self.created.as_ref()),
            "last_modified" => instant(self.last_modified.as_ref()),
            "last_activity" => day(self.last_activity.as_ref()),
            "activity" => Cell::Plain(Cow::Borrowed(&self.activity)),
            "department" => text(self.department.as_ref()),
            "cost_center" => text(self.cost_center.as_ref()),
            "groups" => list(&self.groups),
            "status" => Cell::Plain(Cow::Borrowed(&self.status)),
            "left_on" => day(self.left_on.as_ref()),
            "products" => list(&self.products),
            _ => Cell::Null,
        }
    }
}

/// What a purchase says of itself, before its conditions.
const OWN: [&str; 20] = [
    "id",
    "license_type",
    "name",
    "po",
    "quantity",
    "unlimited",
    "cost",
    "per",
    "currency",
    "every",
    "from",
    "until",
    "proration",
    "auto_renews",
    "notice_days",
    "notice_by",
    "state",
    "annual",
    "term_total",
    "note",
];

impl Tabular for PurchaseView {
    const COLUMNS: &'static [&'static str] =
        &joined::<_, 38, 3, 41>(&joined::<_, 20, 18, 38>(&OWN, &CONDITION_COLUMNS), &PAPERWORK_COLUMNS);

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "id" => Cell::Digits(Cow::Owned(self.id.to_string())),
            "license_type" => written(&self.form.license_type),
            "name" => written(&self.form.name),
            "po" => written(&self.form.po),
            "quantity" => count(self.quantity.map(u64::from)),
            "unlimited" => Cell::Bool(self.form.unlimited),
            "cost" => price(Some(&self.form.cost).filter(|cost| !cost.is_empty()), &self.form.currency),
            "per" => written(&self.form.per),
            "currency" => written(&self.form.currency),
            "every" => Cell::Plain(Cow::Borrowed(&self.form.every)),
            "from" => Cell::Day(Cow::Borrowed(&self.form.from)),
            "until" => day(Some(&self.form.until).filter(|day| !day.is_empty())),
            "proration" => written(&self.form.proration),
            "auto_renews" => Cell::Bool(self.form.auto_renews),
            "notice_days" => match self.form.notice_days.as_str() {
                "" => Cell::Null,
                days => Cell::Digits(Cow::Borrowed(days)),
            },
            "notice_by" => day(self.notice_by.as_ref()),
            "state" => written(state(self.state)),
            "annual" => amount(&self.annual),
            "term_total" => self.term_total.as_ref().map_or(Cell::Null, amount),
            "note" => written(&self.form.note),
            "owner" => written(&self.form.owner),
            "reminder" => written(&self.form.reminder),
            "documents" => rows(&self.form.documents),
            other => condition(&self.form, other),
        }
    }
}

/// The conditions in the words of the form, so that an import understands them.
fn condition<'a>(form: &'a PurchaseForm, column: &str) -> Cell<'a> {
    match column {
        "shape" => written(&form.shape),
        "tiers" => rows(&form.tiers),
        "included" => written(&form.included),
        "extra" => written(&form.extra),
        "packs" => written(&form.packs),
        "discounts" => rows(&form.discounts),
        "tax" => written(&form.tax),
        "minimum_payment" => written(&form.minimum_payment),
        "minimum_term" => written(&form.minimum_term),
        "overage" => written(&form.overage),
        "true_up" => day(Some(&form.true_up).filter(|day| !day.is_empty())),
        "overage_proration" => written(&form.overage_proration),
        "uplift" => written(&form.uplift),
        "cap" => written(&form.cap),
        "renewal_seats" => match form.renewal_seats.as_str() {
            "" => Cell::Null,
            seats => Cell::Digits(Cow::Borrowed(seats)),
        },
        "once" => written(&form.once),
        "pays_for" => rows(&form.pays_for),
        "fallback" => Cell::Bool(form.fallback),
        _ => Cell::Null,
    }
}

fn rows(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Null } else { Cell::Text(Cow::Owned(in_one_cell(text))) }
}

pub(super) fn state(state: PurchaseState) -> &'static str {
    match state {
        PurchaseState::InForce => "in-force",
        PurchaseState::Future => "future",
        PurchaseState::Ended => "ended",
    }
}

impl Tabular for TypeSpend {
    const COLUMNS: &'static [&'static str] = &[
        "license_type",
        "name",
        "billable",
        "free",
        "purchased",
        "unlimited",
        "assigned",
        "billable_accounts",
        "unassigned",
        "over_assigned",
        "unit_annual",
        "billable_annual",
        "committed_annual",
        "currency",
    ];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "license_type" => written(&self.license_type),
            "name" => written(&self.name),
            "billable" => Cell::Bool(self.billable),
            "free" => Cell::Bool(self.free),
            "purchased" => count(self.purchased),
            "unlimited" => Cell::Bool(self.unlimited),
            "assigned" => Cell::Count(self.assigned),
            "billable_accounts" => Cell::Count(self.billable_accounts),
            "unassigned" => count(self.unassigned),
            "over_assigned" => count(self.over_assigned),
            "unit_annual" => amount(&self.unit_annual),
            "billable_annual" => amount(&self.billable_annual),
            "committed_annual" => amount(&self.committed_annual),
            "currency" => plain(self.committed_annual.value.as_ref().map(|money| &money.currency)),
            _ => Cell::Null,
        }
    }
}

impl Tabular for ChangeView {
    const COLUMNS: &'static [&'static str] = &["at", "member", "who", "kind", "from", "to"];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "at" => Cell::Instant(Cow::Borrowed(&self.at)),
            "member" => written(&self.member),
            "who" => written(&self.who),
            "kind" => Cell::Plain(Cow::Borrowed(&self.kind)),
            "from" => text(self.from.as_ref()),
            "to" => text(self.to.as_ref()),
            _ => Cell::Null,
        }
    }
}
