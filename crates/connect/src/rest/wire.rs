//! What the REST API sends, read as leniently as SCIM: ids are numbers or their text, what is missing is absent.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use scim::{Flag, Number, Record, Text, date_time};
use serde::de::MapAccess;

use super::SubscriptionSeen;

/// An entry of a list, recognised again by its key; without one it is left out.
pub(super) trait Listed: for<'r> Record<'r> {
    fn key(&self) -> Option<u64>;
}

#[derive(Debug, Default)]
pub(super) struct Subscription {
    id: Option<String>,
    total: Option<u64>,
    used: Option<u64>,
    trial: bool,
    renewal: Option<Timestamp>,
}

#[derive(Debug, Default)]
pub(super) struct License {
    pub(super) user: Option<u64>,
}

#[derive(Debug, Default)]
pub(super) struct User {
    pub(super) id: Option<u64>,
    pub(super) email: Option<String>,
    pub(super) name: Option<String>,
    pub(super) login: Option<String>,
    pub(super) enabled: Option<bool>,
}

fn text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<String>, A::Error> {
    Ok(map.next_value::<Text<'de>>()?.0.filter(|text| !text.trim().is_empty()).map(Cow::into_owned))
}

impl<'de> Record<'de> for Subscription {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "id" => self.id = text(map)?,
            "licenseTotal" => self.total = map.next_value::<Number>()?.0,
            "licensesUsed" => self.used = map.next_value::<Number>()?.0,
            "trial" => self.trial = map.next_value::<Flag>()?.0.unwrap_or_default(),
            "renewal" => self.renewal = text(map)?.as_deref().and_then(date_time),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl Subscription {
    /// Nothing can be mapped to what has no id.
    pub(super) fn seen(self) -> Option<SubscriptionSeen> {
        let Self { id, total, used, trial, renewal } = self;
        Some(SubscriptionSeen { id: id?, total, used: used.unwrap_or_default(), trial, renewal })
    }
}

impl<'de> Record<'de> for License {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let known = key == "userId";
        if known {
            self.user = map.next_value::<Number>()?.0;
        }
        Ok(known)
    }
}

impl<'de> Record<'de> for User {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "userId" => self.id = map.next_value::<Number>()?.0,
            "email" => self.email = text(map)?,
            "name" => self.name = text(map)?,
            "username" => self.login = text(map)?,
            "enabled" => self.enabled = map.next_value::<Flag>()?.0,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Subscriptions are few, and their ids are long.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl Listed for Subscription {
    fn key(&self) -> Option<u64> {
        self.id.as_deref().map(hash)
    }
}

impl Listed for License {
    fn key(&self) -> Option<u64> {
        self.user
    }
}

impl Listed for User {
    fn key(&self) -> Option<u64> {
        self.id
    }
}
