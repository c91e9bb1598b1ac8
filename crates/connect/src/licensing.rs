//! Decides what a member holds when several sources tell (lucid.md §4): the REST API, then the member's own record, then
//! the groups. What the sources say differently is remarked, never lost.

use roster::{FindingCode, License, LicenseKey};
use scim::{Lenient, Tree, parse_listing};

use crate::connector::Connector;
use crate::error::ConnectError;
use crate::generic::Values;
use crate::groups::GroupLicenses;
use crate::license_path::LicensePath;
use crate::mapping::Mapping;
use crate::remarks::Remarks;
use crate::rest::RestLicenses;
use crate::sources::Sources;

/// How licenses are decided in one reading.
pub(crate) struct Licensing {
    pub(crate) connector: Connector,
    path: Option<LicensePath>,
    values: Mapping,
    pub(crate) groups: Option<GroupLicenses>,
    pub(crate) rest: Option<RestLicenses>,
}

/// What of a user the sources are asked by.
pub(crate) struct Known<'a> {
    pub(crate) id: &'a str,
    pub(crate) active: bool,
    /// Ids and names of their groups; empty where groups do not count.
    pub(crate) groups: &'a [&'a str],
}

/// What one user holds, and what there is to tell about it.
pub(crate) struct Decided {
    pub(crate) license: License,
    pub(crate) remarks: Remarks,
    /// What stands at the attribute path, where the connection has one.
    pub(crate) values: Vec<String>,
    /// Anything stands there.
    pub(crate) told: bool,
    /// What each source told, where that is not the same, as [`roster::Case`] has it.
    pub(crate) sources: Vec<(String, String)>,
}

impl Licensing {
    /// By the members' own records; groups and the REST API are added once they are read.
    pub(crate) fn of(sources: &Sources) -> Self {
        let path = sources.license_from.clone().filter(|_| sources.connector == Connector::Scim);
        Self { connector: sources.connector, path, values: sources.values.clone(), groups: None, rest: None }
    }

    /// The attribute that has to be asked for beside a member's usual ones.
    pub(crate) fn attribute(&self) -> Option<&str> {
        self.path.as_ref().map(LicensePath::head)
    }

    /// The users of a page in full, where the license stands at an attribute path; nobody else.
    pub(crate) fn trees<'b>(&self, body: &'b [u8]) -> Result<Vec<Tree<'b>>, ConnectError> {
        match &self.path {
            Some(_) => Ok(parse_listing::<Tree<'b>>(body)?.resources),
            None => Ok(Vec::new()),
        }
    }

    /// The same of one user.
    pub(crate) fn tree<'b>(&self, user: &'b str) -> Result<Option<Lenient<Tree<'b>>>, serde_json::Error> {
        self.path.as_ref().map(|_| serde_json::from_str(user)).transpose()
    }

    /// Decides for one user; costs nothing where the record alone decides.
    pub(crate) fn decide(&self, record: License, user: &Known<'_>, tree: Option<&Tree<'_>>) -> Decided {
        let mut decided = Decided {
            license: record,
            remarks: Remarks::default(),
            values: Vec::new(),
            told: true,
            sources: Vec::new(),
        };
        if let (Some(path), Some(tree)) = (&self.path, tree) {
            Self::by_value(&mut decided, Values::of(tree, path, &self.values));
        }
        if self.groups.is_some() || self.rest.is_some() {
            self.by_source(&mut decided, user);
        }
        decided
    }

    fn by_value(decided: &mut Decided, values: Values) {
        decided.told = !values.list.is_empty();
        let remarks = [
            (!decided.told && !values.unread, FindingCode::NoLicenseValue),
            (values.list.len() > 1, FindingCode::SeveralValues),
            (values.cut, FindingCode::ValueCut),
            (values.unread, FindingCode::RecordCut),
        ];
        for (_, code) in remarks.into_iter().filter(|(is, _)| *is) {
            decided.remarks.add(code);
        }
        if values.list.len() > 1 {
            decided.sources.extend(values.list.iter().map(|value| ("value".to_owned(), value.clone())));
        }
        decided.license = values.license.map_or(License::Unknown, License::Type);
        decided.values = values.list;
    }

    fn by_source(&self, decided: &mut Decided, user: &Known<'_>) {
        let rest = self.rest.as_ref().and_then(|rest| rest.license(user.id));
        let record = decided.license.key().cloned();
        let groups = self.groups.as_ref().map(|groups| groups.licenses(user.id, user.groups)).unwrap_or_default();
        let group = groups.first().cloned();
        let disabled = self.rest.as_ref().is_some_and(|rest| rest.is_disabled(user.id));
        let told: Vec<(&str, LicenseKey)> = [("rest", rest), ("record", record), ("group", group)]
            .into_iter()
            .filter_map(|(source, license)| Some((source, license?)))
            .collect();
        let first = told.first().map(|(_, license)| license.clone());
        let differ = told.iter().any(|(_, other)| Some(other) != first.as_ref());
        let states = disabled && user.active;
        if differ || states {
            decided.remarks.add(FindingCode::SourcesDisagree);
            let said = |source: &str, says: &str| (source.to_owned(), says.to_owned());
            decided.sources.extend(told.iter().map(|(source, license)| said(source, license.as_str())));
            let states = [said("rest", "deactivated"), said("record", "active")].into_iter().filter(|_| states);
            decided.sources.extend(states);
        }
        if groups.len() > 1 && matches!(told.as_slice(), [("group", _)]) {
            decided.remarks.add(FindingCode::SeveralGroups);
            decided.sources.extend(groups.iter().map(|license| ("group".to_owned(), license.as_str().to_owned())));
        }
        decided.license = first.map_or(License::Unknown, License::Type);
    }
}
