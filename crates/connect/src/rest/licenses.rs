//! What the REST API says about licenses and deactivated users, ready to be asked for one member after the other.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use roster::{Finding, FindingCode, License, LicenseKey, Member};

use super::{NotOffered, RestClient, of_rest, wire};
use crate::error::ConnectError;
use crate::groups::told;
use crate::journal::ReadStage;
use crate::licensing::Licensing;
use crate::lucid;
use crate::mapping::Mapping;
use crate::pace::Pace;
use crate::sources::RestSource;
use crate::whole::{Errand, counted};

/// What somebody's licenses stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    /// This row of the mapping.
    Row(u32),
    /// A subscription that nobody mapped: it says nothing.
    Unmapped,
}

/// The answers, by the number of the user.
#[derive(Default)]
pub(crate) struct RestLicenses {
    held: HashMap<u64, Held>,
    licenses: Vec<Option<LicenseKey>>,
    /// Whoever holds nothing at all may only look.
    otherwise: Option<LicenseKey>,
    disabled: HashMap<u64, wire::User>,
}

/// Asks for everything, as two stages of the reading.
pub(crate) async fn ask(
    source: &RestSource,
    errand: &Errand<'_>,
) -> Result<(RestLicenses, Vec<Finding>), ConnectError> {
    let limits = errand.transport.limits();
    let pace = source.pace.clone().unwrap_or_else(|| Pace::new(limits.rate(&source.base)));
    let client = RestClient::new(&source.base, &source.key, limits.clone())?.paced(pace);
    let mut licenses = RestLicenses::default();
    let mut missing = Vec::new();

    let stage = errand.journal.begin(ReadStage::Licenses, errand.allowance);
    let outcome = read_licenses(&client, &source.subscriptions, errand, &mut licenses).await.map_err(of_rest);
    let mut findings = match outcome {
        Ok(Ok((findings, detail))) => {
            stage.completed(detail);
            findings
        }
        Ok(Err(NotOffered(status))) => {
            stage.completed(format!("The REST API does not offer subscriptions and licenses to this key ({status})."));
            missing.push("subscriptions and licenses".to_owned());
            Vec::new()
        }
        Err(error) => {
            stage.failed(&error);
            return Err(error);
        }
    };

    let stage = errand.journal.begin(ReadStage::Deactivated, errand.allowance);
    let mut take = |user: wire::User| {
        if let (Some(id), Some(false)) = (user.id, user.enabled) {
            licenses.disabled.insert(id, user);
        }
    };
    match client.walk(&["v1", "users"], errand.allowance, &mut take).await.map_err(of_rest) {
        Ok(Ok(())) => stage.completed(format!(
            "{}.",
            counted(licenses.disabled.len() as u64, "deactivated user", "deactivated users")
        )),
        Ok(Err(NotOffered(status))) => {
            stage.completed(format!("The REST API does not offer users to this key ({status})."));
            missing.push("users".to_owned());
        }
        Err(error) => {
            stage.failed(&error);
            return Err(error);
        }
    }
    findings.extend(told([(FindingCode::RestNotOffered, missing)]));
    Ok((licenses, findings))
}

async fn read_licenses(
    client: &RestClient,
    mapping: &Mapping,
    errand: &Errand<'_>,
    into: &mut RestLicenses,
) -> Result<Result<(Vec<Finding>, String), NotOffered>, ConnectError> {
    let offered = match client.read_subscriptions(errand.allowance).await? {
        Ok(offered) => offered,
        Err(not_offered) => return Ok(Err(not_offered)),
    };
    let rows = mapping.rows();
    into.licenses = rows.iter().map(|row| row.license.clone()).collect();
    let (mut unmapped, mut tells) = (Vec::new(), false);
    for subscription in &offered {
        let held = match rows.iter().zip(0_u32..).find(|(row, _)| row.seen == subscription.id) {
            // It says nothing about licenses: who holds it need not be known.
            Some((row, _)) if row.license.is_none() => continue,
            Some((_, place)) => Held::Row(place),
            None => {
                unmapped.push(subscription.id.clone());
                Held::Unmapped
            }
        };
        tells |= held != Held::Unmapped;
        let mut take = |license: wire::License| match license.user.map(|user| into.held.entry(user)) {
            // The first row of the mapping wins over the later ones, any row over none.
            Some(Entry::Occupied(mut known)) => *known.get_mut() = held.min(*known.get()),
            Some(Entry::Vacant(new)) => drop(new.insert(held)),
            None => {}
        };
        let path = ["v1", "subscriptions", &subscription.id, "licenses"];
        if let Err(not_offered) = client.walk(&path, errand.allowance, &mut take).await? {
            into.held.clear();
            return Ok(Err(not_offered));
        }
    }
    into.otherwise = LicenseKey::new(lucid::VIEW_ONLY).filter(|_| tells);
    let is_gone = |seen: &&str| !offered.iter().any(|subscription| subscription.id == **seen);
    let gone = rows.iter().map(|row| row.seen.as_str()).filter(is_gone).map(str::to_owned).collect();
    let used: u64 = offered.iter().map(|subscription| subscription.used).sum();
    let detail = format!(
        "{} with {} in use; {} one.",
        counted(offered.len() as u64, "subscription", "subscriptions"),
        counted(used, "license", "licenses"),
        counted(into.held.len() as u64, "person holds", "people hold")
    );
    Ok(Ok((told([(FindingCode::SubscriptionUnmapped, unmapped), (FindingCode::MappingNotSeen, gone)]), detail)))
}

/// The number in a SCIM id: `lucid-50217` there is 50217 here.
fn number(id: &str) -> Option<u64> {
    id.strip_prefix("lucid-").unwrap_or(id).parse().ok()
}

impl RestLicenses {
    /// What a member holds, where this source tells.
    pub(crate) fn license(&self, id: &str) -> Option<LicenseKey> {
        match self.held.get(&number(id)?) {
            Some(Held::Row(row)) => self.licenses.get(usize::try_from(*row).ok()?)?.clone(),
            Some(Held::Unmapped) => None,
            None => self.otherwise.clone(),
        }
    }

    /// The member's number, when it is deactivated here.
    pub(crate) fn disabled(&self, id: &str) -> Option<u64> {
        number(id).filter(|number| self.disabled.contains_key(number))
    }

    pub(crate) fn is_disabled(&self, id: &str) -> bool {
        self.disabled(id).is_some()
    }

    /// Everybody deactivated whom SCIM did not list, by their number.
    pub(crate) fn deactivated(&self, how: &Licensing, listed: &HashSet<u64>) -> Vec<Member> {
        let mut left_out: Vec<_> = self.disabled.iter().filter(|(number, _)| !listed.contains(number)).collect();
        left_out.sort_by_key(|(number, _)| **number);
        left_out.into_iter().map(|(number, user)| self.member(how, *number, user)).collect()
    }

    fn member(&self, how: &Licensing, number: u64, user: &wire::User) -> Member {
        let id = format!("lucid-{number}");
        let by_group = || how.groups.as_ref().and_then(|groups| groups.licenses(&id, &[]).into_iter().next());
        let license = self.license(&id).or_else(by_group).map_or(License::Unknown, License::Type);
        let user_name = user.login.clone().or_else(|| user.email.clone()).unwrap_or_else(|| id.clone());
        Member {
            id,
            user_name,
            email: user.email.clone(),
            given_name: None,
            middle_name: None,
            family_name: None,
            display_name: user.name.clone(),
            active: false,
            created: None,
            last_modified: None,
            license,
            products: Vec::new(),
            department: None,
            cost_center: None,
            groups: Vec::new(),
        }
    }
}
