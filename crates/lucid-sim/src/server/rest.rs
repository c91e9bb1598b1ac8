//! The REST API as far as licenses go: users with `enabled`, subscriptions, and who holds a license of them. Bare arrays,
//! `Link: <…>; rel="next"`, errors of its own form; what does not exist or is not allowed is mostly 403.

use axum::extract::Query as Pairs;
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use super::doorman::has_token;
use super::reply;
use super::state::Shared;
use crate::fault::Fault;
use crate::organisation::TruthUser;
use crate::wire::rest::{License, Subscription, User};

/// The subscription of everybody who may edit.
pub const SUITE: &str = "0b6a8d0e-3f0c-4a58-9f2e-0d7d2f7d1a11";
/// A second one, of a product that has nothing to do with editing diagrams.
pub const SCALE: &str = "5c1f7a42-9d3e-4b60-8a77-21c0e94b6f02";
const VERSION: &str = "lucid-api-version";

fn refusal(status: u16, code: &'static str) -> Response {
    let body = json!({"code": code, "message": "The request was refused.", "requestId": "00-sim"});
    reply::bytes(status, "application/json", body.to_string().into_bytes())
}

/// What no route answers.
pub fn unknown() -> Response {
    refusal(400, "unknownOperation")
}

/// The key, the version, and the faults of this API.
pub fn at_the_door(shared: &Shared, headers: &HeaderMap, fault: Option<Fault>) -> Option<Response> {
    if !has_token(headers, &shared.config.rest_key) {
        return Some(refusal(401, "unauthorized"));
    }
    if headers.get(VERSION).is_some_and(|version| version != "1") {
        return Some(refusal(400, "invalidVersion"));
    }
    match fault? {
        Fault::RestDown => Some(refusal(500, "internalError")),
        Fault::RestTooMany(seconds) if shared.first_time(0) => {
            Some(reply::with(refusal(429, "tooManyRequests"), header::RETRY_AFTER, &seconds.to_string()))
        }
        Fault::RestForbidden => Some(refusal(403, "accessForbidden")),
        _ => None,
    }
}

/// Everybody from an index on who is on the account, deactivated or not.
pub fn everybody(shared: &Shared, from: u32) -> impl Iterator<Item = (u32, TruthUser)> + '_ {
    let day = shared.listing().day;
    (from..shared.organisation.people()).filter_map(move |index| Some((index, shared.organisation.user(index, day)?)))
}

/// Those of them who hold a license of a subscription.
fn holders<'a>(shared: &'a Shared, id: &str, from: u32) -> Option<Box<dyn Iterator<Item = (u32, TruthUser)> + 'a>> {
    let holds: fn(&TruthUser) -> bool = match id {
        SUITE => |user| user.license.can_edit(),
        SCALE => |user| user.products.lucidscale_creator,
        _ => return None,
    };
    Some(Box::new(everybody(shared, from).filter(move |(_, user)| user.active && holds(user))))
}

/// `/v1/users`.
pub fn users(shared: &Shared, uri: &Uri) -> Response {
    if !shared.config.rest_users {
        return refusal(403, "accessForbidden");
    }
    page(shared, uri, |from| everybody(shared, from), User::new)
}

/// `/v1/subscriptions`.
pub fn subscriptions(shared: &Shared) -> Response {
    if !shared.config.rest_licenses {
        return refusal(403, "accessForbidden");
    }
    let all: Vec<_> = [SUITE, SCALE].into_iter().filter_map(|id| written(shared, id)).collect();
    reply::json(&all)
}

/// `/v1/subscriptions/{id}`.
pub fn subscription(shared: &Shared, id: &str) -> Response {
    match written(shared, id).filter(|_| shared.config.rest_licenses) {
        Some(subscription) => reply::json(&subscription),
        None => refusal(403, "accessForbidden"),
    }
}

fn written(shared: &Shared, id: &str) -> Option<Subscription> {
    let used = holders(shared, id, 0)?.count();
    Some(Subscription::new(id, used, shared.config.first_day))
}

/// `/v1/subscriptions/{id}/licenses`.
pub fn licenses(shared: &Shared, id: &str, uri: &Uri) -> Response {
    if !shared.config.rest_licenses || holders(shared, id, 0).is_none() {
        return refusal(403, "accessForbidden");
    }
    let from = |from| holders(shared, id, from).into_iter().flatten();
    page(shared, uri, from, |user| License::new(user, id))
}

/// `/v1/users/{id}/licenses`.
pub fn licenses_of(shared: &Shared, id: &str) -> Response {
    let user = everybody(shared, 0).find(|(_, user)| user.id.strip_prefix("lucid-") == Some(id));
    let Some((_, user)) = user.filter(|_| shared.config.rest_licenses) else { return refusal(403, "accessForbidden") };
    let holds = |subscription: &&str| {
        holders(shared, subscription, 0).is_some_and(|mut holders| holders.any(|(_, holder)| holder.id == user.id))
    };
    let held: Vec<_> = [SUITE, SCALE].into_iter().filter(holds).map(|id| License::new(&user, id)).collect();
    reply::json(&held)
}

/// A page of people, and the link to the next one. The token of a page is the index that it begins with.
fn page<I, T>(shared: &Shared, uri: &Uri, people: impl Fn(u32) -> I, written: impl Fn(&TruthUser) -> T) -> Response
where
    I: Iterator<Item = (u32, TruthUser)>,
    T: Serialize,
{
    let Some((from, size)) = asked(uri, shared.config.rest_page) else { return refusal(400, "badRequest") };
    let mut listed: Vec<(u32, TruthUser)> = people(from).take(size + 1).collect();
    let next = listed.get(size).map(|(index, _)| *index);
    listed.truncate(size);
    let body: Vec<T> = listed.iter().map(|(_, user)| written(user)).collect();
    let link =
        |host: &str, from: u32| format!("<{host}/v1{}?pageSize={size}&pageToken=p{from}>; rel=\"next\"", uri.path());
    let base = &shared.rest_base_url;
    let link = match (shared.fault(), next) {
        (Some(Fault::RestLoop), _) => Some(link(base, 0)),
        (Some(Fault::RestSameLink), None) => Some(link(base, from)),
        (Some(Fault::RestForeign), Some(from)) => Some(link("http://localhost:9", from)),
        (_, next) => next.map(|from| link(base, from)),
    };
    let answer = reply::json(&body);
    match link {
        Some(link) => reply::with(answer, header::LINK, &link),
        None => answer,
    }
}

fn asked(uri: &Uri, most: u32) -> Option<(u32, usize)> {
    let pairs: Pairs<Vec<(String, String)>> = Pairs::try_from_uri(uri).ok()?;
    let get = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let from = get("pageToken").map_or(Some(0), |token| token.strip_prefix('p')?.parse().ok())?;
    let size = get("pageSize").map_or(Some(most), |size| size.parse().ok())?;
    Some((from, usize::try_from(size.clamp(1, most)).ok()?))
}
