//! `/Groups`: the organizational groups of the day with subgroups, or the teams, as the token decides.

use axum::http::Uri;
use axum::response::Response;
use serde_json::Value;

use super::query::{Query, Refused};
use super::reply;
use super::state::Shared;
use crate::config::TokenKind;
use crate::organisation::{GROUPS, OrgGroup, TEAMS, Team, TruthUser};
use crate::wire::group::{Member, WireGroup};
use crate::wire::list::{List, Number};

const DEFAULT_COUNT: u32 = 100;
/// The subgroup that holds its own parent when the account has a cycle, and that parent.
const CYCLE: (&str, &str) = ("lucid-group-91", "lucid-group-77");

/// What a token lists as a group.
#[derive(Clone, Copy)]
enum Listed {
    Org(&'static OrgGroup),
    Team(&'static Team),
}

impl Listed {
    fn all(kind: TokenKind) -> Vec<Self> {
        match kind {
            TokenKind::Admin => GROUPS.iter().map(Self::Org).collect(),
            TokenKind::Content => TEAMS.iter().map(Self::Team).collect(),
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Org(group) => group.id,
            Self::Team(team) => team.id,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Org(group) => group.name,
            Self::Team(team) => team.name,
        }
    }
}

pub fn list(shared: &Shared, uri: &Uri) -> Response {
    page(shared, uri).unwrap_or_else(|refused| reply::refusal(400, Some(refused.scim_type), &refused.detail))
}

fn page(shared: &Shared, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::of(uri)?;
    let mut groups = Vec::new();
    for group in Listed::all(shared.config.token_kind) {
        if query.filter.as_ref().map_or(Ok(true), |filter| filter.is_group(group.name()))? {
            groups.push(group);
        }
    }
    let (start, count) = (query.start(), query.count(DEFAULT_COUNT, u32::MAX));
    let users = shared.truth();
    let page = groups.iter().skip(start - 1).take(count);
    let listed: Vec<Value> = page.map(|group| written(shared, &query, *group, &users)).collect();
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
    match Listed::all(shared.config.token_kind).into_iter().find(|group| group.id() == id) {
        Some(group) => reply::json(&written(shared, &query, group, &shared.truth())),
        None => reply::refusal(404, None, "There is no such group."),
    }
}

fn written(shared: &Shared, query: &Query, group: Listed, users: &[TruthUser]) -> Value {
    let base_url = &shared.base_url;
    let member = |user: &TruthUser| Member::user(base_url, &user.id, user.full_name());
    let group = match group {
        Listed::Team(team) => {
            WireGroup::team(base_url, team, users.iter().filter(|user| team.holds(&user.id)).map(member).collect())
        }
        Listed::Org(group) => {
            let inside = |other: &&OrgGroup| {
                let around = shared.config.group_cycle && (group.id, other.id) == CYCLE;
                around || other.parent == Some(group.id)
            };
            let subgroups = GROUPS.iter().filter(inside).map(|subgroup| Member::subgroup(base_url, subgroup));
            let members = users.iter().filter(|user| user.group_id == group.id).map(member);
            WireGroup::new(base_url, group, members.chain(subgroups).collect())
        }
    };
    let mut value = serde_json::to_value(group).unwrap_or_default();
    query.selection.apply(&mut value);
    value
}
