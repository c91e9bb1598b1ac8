//! `/Groups`: the organizational groups of the day, with subgroups.

use axum::http::Uri;
use axum::response::Response;
use serde_json::Value;

use super::query::{Query, Refused};
use super::reply;
use super::state::Shared;
use crate::organisation::{GROUPS, OrgGroup, TruthUser};
use crate::wire::group::{Member, WireGroup};
use crate::wire::list::{List, Number};

const DEFAULT_COUNT: u32 = 100;

pub fn list(shared: &Shared, uri: &Uri) -> Response {
    page(shared, uri).unwrap_or_else(|refused| reply::refusal(400, Some(refused.scim_type), &refused.detail))
}

fn page(shared: &Shared, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::of(uri)?;
    let mut groups = Vec::new();
    for group in GROUPS {
        if query.filter.as_ref().map_or(Ok(true), |filter| filter.is_group(group.name))? {
            groups.push(group);
        }
    }
    let (start, count) = (query.start(), query.count(DEFAULT_COUNT, u32::MAX));
    let users = shared.truth();
    let listed: Vec<Value> =
        groups.iter().skip(start - 1).take(count).map(|group| written(shared, &query, group, &users)).collect();
    let mut list = List::page(groups.len(), start, listed);
    // For groups the documentation says that this reflects `count`; for users it does not.
    list.items_per_page = Some(Number::Plain(count));
    Ok(reply::json(&list))
}

pub fn one(shared: &Shared, id: &str, uri: &Uri) -> Response {
    let query = match Query::of(uri) {
        Ok(query) => query,
        Err(refused) => return reply::refusal(400, Some(refused.scim_type), &refused.detail),
    };
    match GROUPS.iter().find(|group| group.id == id) {
        Some(group) => reply::json(&written(shared, &query, group, &shared.truth())),
        None => reply::refusal(404, None, "There is no such group."),
    }
}

fn written(shared: &Shared, query: &Query, group: &'static OrgGroup, users: &[TruthUser]) -> Value {
    let base_url = &shared.base_url;
    let subgroups = GROUPS.iter().filter(|other| other.parent == Some(group.id));
    let members = users.iter().filter(|user| user.group_id == group.id);
    let members = members
        .map(|user| Member::user(base_url, &user.id, user.full_name()))
        .chain(subgroups.map(|subgroup| Member::subgroup(base_url, subgroup)))
        .collect();
    let mut value = serde_json::to_value(WireGroup::new(base_url, group, members)).unwrap_or_default();
    query.selection.apply(&mut value);
    value
}
