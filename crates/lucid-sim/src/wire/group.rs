//! A group as JSON: organizational groups, some with subgroups, or teams.

use serde::Serialize;

use super::GROUP;
use crate::organisation::{OrgGroup, Team};

/// A group as written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireGroup {
    schemas: [&'static str; 1],
    id: &'static str,
    display_name: &'static str,
    members: Vec<Member>,
    meta: Meta,
}

/// A user or a subgroup in a group.
#[derive(Debug, Serialize)]
pub struct Member {
    value: String,
    display: String,
    #[serde(rename = "$ref")]
    reference: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    resource_type: &'static str,
    location: String,
}

impl Member {
    pub fn user(base_url: &str, id: &str, display: String) -> Self {
        Self { value: id.to_owned(), display, reference: format!("{base_url}/Users/{id}") }
    }

    pub fn subgroup(base_url: &str, group: &OrgGroup) -> Self {
        let reference = format!("{base_url}/Groups/{}", group.id);
        Self { value: group.id.to_owned(), display: group.name.to_owned(), reference }
    }
}

impl WireGroup {
    pub fn new(base_url: &str, group: &'static OrgGroup, members: Vec<Member>) -> Self {
        Self::named(base_url, group.id, group.name, members)
    }

    pub fn team(base_url: &str, team: &'static Team, members: Vec<Member>) -> Self {
        Self::named(base_url, team.id, team.name, members)
    }

    fn named(base_url: &str, id: &'static str, display_name: &'static str, members: Vec<Member>) -> Self {
        let meta = Meta { resource_type: "Group", location: format!("{base_url}/Groups/{id}") };
        Self { schemas: [GROUP], id, display_name, members, meta }
    }
}
