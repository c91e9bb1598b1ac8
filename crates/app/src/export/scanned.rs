//! A member from a pass over the roster as a row to export: what [`RosterRow`] says, without a copy of every text.

use std::borrow::Cow;

use roster::text_set;
use store::{MemberStatus, ScannedMember};

use super::cells::{Cell, Tabular};
use crate::activity::{activity_word, status_word};
use crate::instants::instant;
use crate::view::roster::RosterRow;

pub(super) struct Scanned<'a>(pub(super) &'a ScannedMember<'a>);

impl Tabular for Scanned<'_> {
    const COLUMNS: &'static [&'static str] = RosterRow::COLUMNS;

    fn cell(&self, column: &str) -> Cell<'_> {
        let member = self.0;
        match column {
            "id" => written(Some(member.id).filter(|id| !id.is_empty())),
            "user_name" => written(Some(member.user_name).filter(|name| !name.is_empty())),
            "email" => written(member.email),
            "given_name" => written(member.given_name),
            "middle_name" => written(member.middle_name),
            "family_name" => written(member.family_name),
            "license_type" => member.license.map_or(Cell::Null, |key| Cell::Plain(Cow::Borrowed(key.as_str()))),
            "billable" => Cell::Bool(member.billable == Some(true)),
            "active" => Cell::Bool(member.status == MemberStatus::Active),
            "created" => member.created.map_or(Cell::Null, |at| Cell::Instant(Cow::Owned(instant(at)))),
            "last_modified" => member.last_modified.map_or(Cell::Null, |at| Cell::Instant(Cow::Owned(instant(at)))),
            "department" => written(member.department),
            "cost_center" => written(member.cost_center),
            "groups" => Cell::List(member.groups.and_then(text_set::split_ref).unwrap_or_default()),
            "status" => Cell::Plain(Cow::Borrowed(status_word(member.status))),
            "left_on" => member.left_on.map_or(Cell::Null, |day| Cell::Day(Cow::Owned(day.to_string()))),
            "last_activity" => member.last_activity.map_or(Cell::Null, |day| Cell::Day(Cow::Owned(day.to_string()))),
            "activity" => Cell::Plain(Cow::Borrowed(activity_word(member.activity))),
            "products" => Cell::List(held(member.products)),
            _ => Cell::Null,
        }
    }
}

fn written(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Null, |text| Cell::Text(Cow::Borrowed(text)))
}

/// The products that are held, of all that are told of.
fn held(products: Option<&str>) -> Vec<&str> {
    let mut held = products.and_then(text_set::split_ref).unwrap_or_default();
    held.retain_mut(|product| match text_set::product(product) {
        Some((name, true)) => {
            *product = name;
            true
        }
        _ => false,
    });
    held
}
