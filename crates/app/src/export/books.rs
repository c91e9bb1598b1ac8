//! What the rows of renewals, chargeback, fees, invoices and rates say in each column.

use std::borrow::Cow;

use super::cells::{Cell, Tabular, amount, count, day, price, state, written};
use crate::view::fees::FeeView;
use crate::view::figure::Figure;
use crate::view::invoices::InvoiceView;
use crate::view::rates::RateView;
use crate::view::renewals::{RenewalRow, RenewalStage};
use crate::view::spend::SpendBy;

fn number(value: i64) -> Cell<'static> {
    Cell::Number(Cow::Owned(value.to_string()))
}

fn filled(value: &str) -> Cell<'_> {
    if value.is_empty() { Cell::Null } else { Cell::Day(Cow::Borrowed(value)) }
}

fn currency(figure: &Figure) -> Cell<'_> {
    figure.value.as_ref().map_or(Cell::Null, |money| Cell::Plain(Cow::Borrowed(&money.currency)))
}

impl Tabular for RenewalRow {
    const COLUMNS: &'static [&'static str] = &[
        "app",
        "app_name",
        "purchase",
        "name",
        "license_type",
        "license_name",
        "seats",
        "last_day",
        "notice_by",
        "deadline",
        "days_left",
        "stage",
        "within_days",
        "auto_renews",
        "renewed_by",
        "annual",
        "renewed_annual",
        "currency",
        "suggested_seats",
        "planned_seats",
        "where_it_stands",
        "owner",
        "reminder",
    ];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "app" => written(&self.app),
            "app_name" => written(&self.app_name),
            "purchase" => number(self.purchase),
            "name" => written(&self.label),
            "license_type" => written(&self.license_type),
            "license_name" => written(&self.license_name),
            "seats" => count(self.seats),
            "last_day" => filled(&self.last_day),
            "notice_by" => day(self.notice_by.as_ref()),
            "deadline" => filled(&self.deadline),
            "days_left" => number(self.days_left),
            "stage" => Cell::Plain(Cow::Borrowed(match self.stage {
                RenewalStage::Later => "later",
                RenewalStage::Within => "within",
                RenewalStage::NoticePassed => "notice-passed",
                RenewalStage::Expired => "expired",
            })),
            "within_days" => count(self.within.map(u64::from)),
            "auto_renews" => Cell::Bool(self.auto_renews),
            "renewed_by" => self.renewed_by.map_or(Cell::Null, number),
            "annual" => self.annual.as_ref().map_or(Cell::Null, amount),
            "renewed_annual" => self.renewed_annual.as_ref().map_or(Cell::Null, amount),
            "currency" => self.annual.as_ref().map_or(Cell::Null, currency),
            "planned_seats" => count(self.planned_seats.map(u64::from)),
            "suggested_seats" => count(self.suggestion.as_ref().map(|suggestion| suggestion.seats)),
            "where_it_stands" => written(&self.sentence),
            "owner" => written(&self.owner),
            "reminder" => written(&self.reminder),
            _ => Cell::Null,
        }
    }
}

/// What a department or cost center costs, or the seats that nobody holds.
pub(super) struct ShareRow<'a> {
    kind: &'static str,
    name: &'a str,
    accounts: Option<u64>,
    annual: &'a Figure,
}

impl<'a> ShareRow<'a> {
    /// The rows, then the unassigned seats: together they are the total.
    pub(super) fn all(spend: &'a SpendBy) -> Vec<Self> {
        let (kind, none, nothing) = match spend.by.as_str() {
            "cost-center" => ("cost-center", "no-cost-center", "No cost center"),
            _ => ("department", "no-department", "No department"),
        };
        let row = |row: &'a crate::view::spend::SpendByRow| Self {
            kind: if row.name.is_some() { kind } else { none },
            name: row.name.as_deref().unwrap_or(nothing),
            accounts: Some(row.accounts),
            annual: &row.figure,
        };
        let left = Self {
            kind: "unassigned-seats",
            name: "Seats that nobody holds",
            accounts: None,
            annual: &spend.unassigned,
        };
        spend.rows.iter().map(row).chain([left]).collect()
    }
}

impl Tabular for ShareRow<'_> {
    const COLUMNS: &'static [&'static str] = &["kind", "name", "accounts", "annual", "currency"];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "kind" => Cell::Plain(Cow::Borrowed(self.kind)),
            "name" => written(self.name),
            "accounts" => count(self.accounts),
            "annual" => amount(self.annual),
            "currency" => currency(self.annual),
            _ => Cell::Null,
        }
    }
}

impl Tabular for FeeView {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "amount",
        "currency",
        "every",
        "from",
        "until",
        "proration",
        "in_annual_spend",
        "in_cost_per_account",
        "state",
        "annual",
        "note",
    ];

    fn cell(&self, column: &str) -> Cell<'_> {
        let form = &self.form;
        match column {
            "id" => number(self.id),
            "name" => written(&form.name),
            "amount" => price(Some(&form.amount), &form.currency),
            "currency" => written(&form.currency),
            "every" => written(&form.every),
            "from" => filled(&form.from),
            "until" => filled(&form.until),
            "proration" => written(&form.proration),
            "in_annual_spend" => Cell::Bool(form.in_annual_spend),
            "in_cost_per_account" => Cell::Bool(form.in_cost_per_account),
            "state" => written(state(self.state)),
            "annual" => amount(&self.annual),
            "note" => written(&form.note),
            _ => Cell::Null,
        }
    }
}

impl Tabular for InvoiceView {
    const COLUMNS: &'static [&'static str] =
        &["id", "number", "day", "amount", "currency", "from", "until", "purchase", "purchase_name"];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "id" => number(self.id),
            "number" => written(&self.form.number),
            "day" => filled(&self.form.day),
            "amount" => price(Some(&self.amount.amount), &self.amount.currency),
            "currency" => written(&self.amount.currency),
            "from" => filled(&self.form.from),
            "until" => filled(&self.form.until),
            "purchase" => self.form.purchase.map_or(Cell::Null, number),
            "purchase_name" => written(&self.purchase_name),
            _ => Cell::Null,
        }
    }
}

impl Tabular for RateView {
    const COLUMNS: &'static [&'static str] = &["id", "from", "to", "day", "rate", "source", "kind", "until"];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "id" => number(self.id),
            "from" => written(&self.form.from),
            "to" => written(&self.form.to),
            "day" => filled(&self.form.day),
            "rate" => Cell::Number(Cow::Borrowed(&self.form.rate)),
            "source" => written(&self.form.source),
            "kind" => written(&self.form.kind),
            "until" => filled(&self.form.until),
            _ => Cell::Null,
        }
    }
}
