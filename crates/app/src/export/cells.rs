//! What each kind of row says in each column. Column names are stable: scripts rely on them.

use std::borrow::Cow;

use crate::view::figure::Figure;
use crate::view::purchases::{PurchaseState, PurchaseView};
use crate::view::roster::{ChangeView, RosterRow};
use crate::view::spend::TypeSpend;

/// The content of a cell, before it is written in any format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Missing.
    Null,
    /// Text that people or vendors wrote: never trusted by a spreadsheet.
    Text(Cow<'a, str>),
    /// A number, date or amount that we wrote.
    Plain(Cow<'a, str>),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Count(u64),
    /// Several texts.
    List(&'a [String]),
}

/// A row that can be exported.
pub trait Tabular {
    /// The columns in their usual order.
    const COLUMNS: &'static [&'static str];

    /// What the row says in a column.
    fn cell(&self, column: &str) -> Cell<'_>;
}

fn text(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Null, |value| Cell::Text(Cow::Borrowed(value)))
}

fn plain(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Null, |value| Cell::Plain(Cow::Borrowed(value)))
}

fn amount(figure: &Figure) -> Cell<'_> {
    plain(figure.value.as_ref().map(|money| &money.amount))
}

fn count(value: Option<u64>) -> Cell<'static> {
    value.map_or(Cell::Null, Cell::Count)
}

fn written(value: &str) -> Cell<'_> {
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
            "created" => plain(self.created.as_ref()),
            "last_modified" => plain(self.last_modified.as_ref()),
            "last_activity" => plain(self.last_activity.as_ref()),
            "department" => text(self.department.as_ref()),
            "cost_center" => text(self.cost_center.as_ref()),
            "groups" => Cell::List(&self.groups),
            "status" => Cell::Plain(Cow::Borrowed(&self.status)),
            "left_on" => plain(self.left_on.as_ref()),
            "products" => Cell::List(&self.products),
            _ => Cell::Null,
        }
    }
}

impl Tabular for PurchaseView {
    const COLUMNS: &'static [&'static str] = &[
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

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "id" => Cell::Plain(Cow::Owned(self.id.to_string())),
            "license_type" => written(&self.form.license_type),
            "name" => written(&self.form.name),
            "po" => written(&self.form.po),
            "quantity" => count(self.quantity.map(u64::from)),
            "unlimited" => Cell::Bool(self.form.unlimited),
            "cost" => plain(self.cost.as_ref()),
            "per" => written(&self.form.per),
            "currency" => written(&self.form.currency),
            "every" => Cell::Plain(Cow::Borrowed(&self.form.every)),
            "from" => Cell::Plain(Cow::Borrowed(&self.form.from)),
            "until" => plain(Some(&self.form.until).filter(|day| !day.is_empty())),
            "proration" => written(&self.form.proration),
            "auto_renews" => Cell::Bool(self.form.auto_renews),
            "notice_days" => plain(Some(&self.form.notice_days).filter(|days| !days.is_empty())),
            "notice_by" => plain(self.notice_by.as_ref()),
            "state" => written(match self.state {
                PurchaseState::InForce => "in-force",
                PurchaseState::Future => "future",
                PurchaseState::Ended => "ended",
            }),
            "annual" => amount(&self.annual),
            "term_total" => self.term_total.as_ref().map_or(Cell::Null, amount),
            "note" => written(&self.form.note),
            _ => Cell::Null,
        }
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
            "at" => Cell::Plain(Cow::Borrowed(&self.at)),
            "member" => written(&self.member),
            "who" => written(&self.who),
            "kind" => Cell::Plain(Cow::Borrowed(&self.kind)),
            "from" => text(self.from.as_ref()),
            "to" => text(self.to.as_ref()),
            _ => Cell::Null,
        }
    }
}
