//! `/Users` and `/Users/{id}`.

use std::collections::HashSet;

use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use serde_json::Value;

use super::gate::Valve;
use super::paging::{self, Asked};
use super::query::{Query, Refused};
use super::state::{Listing, Shared};
use super::{accident, reply};
use crate::config::PastEnd;
use crate::fault::Fault;
use crate::organisation::TruthUser;
use crate::wire::bend;
use crate::wire::select::Selection;
use crate::wire::user::{self, WireUser};

/// A page.
pub fn list(shared: &Shared, valve: &Valve, uri: &Uri) -> Response {
    page(shared, valve, uri).unwrap_or_else(|refused| reply::refusal(400, Some(refused.scim_type), &refused.detail))
}

fn page(shared: &Shared, valve: &Valve, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::of(uri)?;
    let asked = asked(shared, &query);
    let fault = shared.fault();
    if let Some(answer) = fault.and_then(|fault| accident::instead(shared, valve, asked, fault)) {
        return Ok(answer);
    }
    let listing = shared.listing();
    let matching = match &query.filter {
        Some(filter) => Some(filter.matching(&shared.organisation, listing.day, &listing.people)?),
        None => None,
    };
    let all = matching.as_deref().unwrap_or(&listing.people);
    let all = match fault {
        Some(Fault::LeavesOut(people)) => all.get(usize::try_from(people).unwrap_or(usize::MAX)..).unwrap_or_default(),
        _ => all,
    };
    let people = paging::people(all, asked, fault);
    let body = written(shared, &query.selection, &listing, &people, (all.len(), asked, fault));
    let mut body = body.map_err(|error| Refused::new("invalidValue", error.to_string()))?;
    if let Some(fault) = fault {
        accident::spoil(shared, valve, asked, fault, &mut body);
    }
    if asked.start == 1 {
        shared.page_one_was_served();
    }
    Ok(reply::bytes(200, "application/json", body))
}

fn asked(shared: &Shared, query: &Query) -> Asked {
    let count = query.count(shared.config.default_count, shared.config.max_count);
    Asked {
        start: query.start(),
        raw_start: query.start_index.unwrap_or(1),
        count,
        raw_count: query.count(shared.config.default_count, u32::MAX),
        cursor: query.cursor.unwrap_or(0),
    }
}

/// The page as bytes: straight from types, or through a tree of values when something bends it.
fn written(
    shared: &Shared,
    selection: &Selection,
    listing: &Listing,
    people: &[u32],
    (total, asked, fault): (usize, Asked, Option<Fault>),
) -> serde_json::Result<Vec<u8>> {
    let users = people
        .iter()
        .filter_map(|&index| Some((index, shared.shown(index, shared.organisation.user(index, listing.day)?))));
    let mut users: Vec<(u32, TruthUser)> = users.collect();
    if let Some(Fault::DupDiffers(_)) = fault {
        contradict(&mut users);
    }
    let (style, base_url) = (shared.style(), &shared.base_url);
    let wire = |user| WireUser::new(user, style, base_url);
    let is_past_end = users.is_empty() && asked.start > total && shared.config.past_end == PastEnd::Absent;
    let bends = fault.filter(|&fault| bend::bends(fault));
    if bends.is_none() && *selection == Selection::All {
        let list = paging::envelope(total, asked, users.iter().map(|(_, user)| wire(user)).collect(), fault);
        return if is_past_end { serde_json::to_vec(&list.with::<Value>(None)) } else { serde_json::to_vec(&list) };
    }
    let mut resources = Vec::with_capacity(users.len());
    for (index, user) in &users {
        resources.push(bent(serde_json::to_value(wire(user))?, *index, selection, bends));
    }
    let list = paging::envelope(total, asked, resources, fault);
    let list = serde_json::to_value(if is_past_end { list.with(None) } else { list })?;
    serde_json::to_vec(&whole(list, bends))
}

/// Whoever is on the page before has the other license the second time.
fn contradict(users: &mut [(u32, TruthUser)]) {
    let mut seen = HashSet::new();
    for (_, user) in users.iter_mut().filter(|(index, _)| !seen.insert(*index)) {
        user.contradict();
    }
}

fn bent(mut user: Value, index: u32, selection: &Selection, fault: Option<Fault>) -> Value {
    if let Some(fault) = fault {
        bend::user(fault, index, &mut user);
    }
    selection.apply(&mut user);
    user
}

fn whole(answer: Value, fault: Option<Fault>) -> Value {
    match fault {
        Some(fault) => bend::whole(fault, answer),
        None => answer,
    }
}

/// A single user, deactivated ones too: no document says that they cannot be read.
pub fn one(shared: &Shared, id: &str, uri: &Uri, headers: &HeaderMap) -> Response {
    let selection = match Query::of(uri) {
        Ok(query) => query.selection,
        Err(refused) => return reply::refusal(400, Some(refused.scim_type), &refused.detail),
    };
    let listing = shared.listing();
    let known = |index: &u32| *index < shared.organisation.people() || listing.people.contains(index);
    let Some(index) = shared.organisation.index_of(id).filter(known) else { return missing(shared) };
    let Some(user) = shared.organisation.user(index, listing.day) else { return missing(shared) };
    let user = shared.shown(index, user);
    let version = user::version(&user);
    if matches_version(headers, &version) {
        return reply::with(reply::bytes(304, "application/json", Vec::new()), header::ETAG, &version);
    }
    let wire = WireUser::new(&user, shared.style(), &shared.base_url);
    let fault = shared.fault().filter(|&fault| bend::bends(fault));
    let value = serde_json::to_value(wire).unwrap_or_default();
    reply::with(reply::json(&whole(bent(value, index, &selection, fault), fault)), header::ETAG, &version)
}

fn missing(shared: &Shared) -> Response {
    reply::refusal(shared.config.missing_user_status, None, "There is no such user.")
}

fn matches_version(headers: &HeaderMap, version: &str) -> bool {
    let sent = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    sent.split(',').any(|tag| tag.trim() == "*" || strong(tag) == strong(version))
}
