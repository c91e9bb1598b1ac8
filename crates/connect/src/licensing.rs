//! Decides what a member holds when several sources tell (lucid.md §4): the REST API, then the member's own record, then
//! the groups. What the sources say differently is remarked, never lost.

use roster::{FindingCode, License, LicenseKey};
use scim::{Tree, parse_listing};

use crate::connector::Connector;
use crate::error::ConnectError;
use crate::generic::Values;
use crate::groups::GroupLicenses;
use crate::license_path::LicensePath;
use crate::mapping::Mapping;
use crate::member::{LICENSE_PRESENT, Meant};
use crate::rest::RestLicenses;
use crate::sources::Sources;

/// How licenses are decided in one reading.
pub(crate) struct Licensing<'a> {
    pub(crate) connector: Connector,
    path: Option<&'a LicensePath>,
    values: &'a Mapping,
    pub(crate) groups: Option<GroupLicenses>,
    pub(crate) rest: Option<RestLicenses>,
}

impl<'a> Licensing<'a> {
    /// By the members' own records; groups and the REST API are added once they are read.
    pub(crate) fn of(sources: &'a Sources) -> Self {
        let path = sources.license_from.as_ref().filter(|_| sources.connector == Connector::Scim);
        Self { connector: sources.connector, path, values: &sources.values, groups: None, rest: None }
    }

    /// The attribute that has to be asked for beside a member's usual ones.
    pub(crate) fn attribute(&self) -> Option<&str> {
        self.path.map(LicensePath::head)
    }

    /// Completes a page of users; costs nothing where the record alone decides.
    pub(crate) fn decide(&self, body: &[u8], users: &mut [Meant]) -> Result<(), ConnectError> {
        if let Some(path) = self.path {
            let sent = parse_listing::<Tree<'_>>(body)?;
            for (user, tree) in users.iter_mut().zip(&sent.resources) {
                self.by_value(user, Values::of(tree, path));
            }
        }
        if self.groups.is_some() || self.rest.is_some() {
            for user in users {
                self.by_source(user);
            }
        }
        Ok(())
    }

    fn by_value(&self, user: &mut Meant, values: Values) {
        if values.list.is_empty() {
            user.remarks.add(FindingCode::NoLicenseValue);
            user.present &= !LICENSE_PRESENT;
        }
        if values.list.len() > 1 {
            user.remarks.add(FindingCode::SeveralValues);
        }
        if values.cut {
            user.remarks.add(FindingCode::ValueCut);
        }
        user.member.license = self.license_of(&values.list).map_or(License::Unknown, License::Type);
        user.values = values.list;
    }

    /// The first row of the mapping with a license; else the first value that nobody mapped is a type of its own.
    fn license_of(&self, values: &[String]) -> Option<LicenseKey> {
        let rows = self.values.rows();
        let mapped = rows.iter().filter(|row| values.contains(&row.seen)).find_map(|row| row.license.clone());
        let own = || {
            let mut unmapped = values.iter().filter(|value| !rows.iter().any(|row| row.seen == **value));
            unmapped.find_map(|value| LicenseKey::new(value))
        };
        mapped.or_else(own)
    }

    fn by_source(&self, user: &mut Meant) {
        let member = &mut user.member;
        let rest = self.rest.as_ref().and_then(|rest| rest.license(&member.id));
        let record = member.license.key().cloned();
        let group = self.groups.as_ref().and_then(|groups| groups.license(&member.id, &member.groups));
        let disabled = self.rest.as_ref().is_some_and(|rest| rest.is_disabled(&member.id));
        let mut told = [rest, record, group].into_iter().flatten();
        let first = told.next();
        if told.any(|other| Some(&other) != first.as_ref()) || (disabled && member.active) {
            user.remarks.add(FindingCode::SourcesDisagree);
        }
        member.license = first.map_or(License::Unknown, License::Type);
    }
}
