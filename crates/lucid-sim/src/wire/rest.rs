//! Users, subscriptions and licenses as the REST API writes them: ids are numbers there.

use jiff::civil::Date;
use serde::Serialize;

use crate::organisation::TruthUser;

const ACCOUNT: u64 = 99_001;
/// Licenses are sold in steps of so many.
const STEP: usize = 10;

/// A user.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    account_id: u64,
    #[serde(rename = "userId")]
    id: u64,
    email: String,
    name: String,
    username: String,
    enabled: bool,
    roles: [&'static str; 0],
}

/// A subscription.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    id: String,
    license_total: usize,
    licenses_used: usize,
    trial: bool,
    start: String,
    end: String,
    renewal: String,
}

/// A license that somebody holds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct License {
    user_id: u64,
    subscription_id: String,
    created: String,
}

fn number(user: &TruthUser) -> u64 {
    user.id.strip_prefix("lucid-").and_then(|number| number.parse().ok()).unwrap_or_default()
}

impl User {
    pub fn new(user: &TruthUser) -> Self {
        Self {
            account_id: ACCOUNT,
            id: number(user),
            email: user.email.clone(),
            name: user.full_name(),
            username: user.user_name.clone(),
            enabled: user.active,
            roles: [],
        }
    }
}

impl Subscription {
    pub fn new(id: &str, used: usize, first_day: Date) -> Self {
        let day = |years: i16| format!("{:04}-03-01T00:00:00Z", first_day.year() + years);
        let license_total = (used + 1).next_multiple_of(STEP);
        Self {
            id: id.to_owned(),
            license_total,
            licenses_used: used,
            trial: false,
            start: day(0),
            end: day(1),
            renewal: day(1),
        }
    }
}

impl License {
    pub fn new(user: &TruthUser, subscription: &str) -> Self {
        let created = user.created.to_string();
        Self { user_id: number(user), subscription_id: subscription.to_owned(), created }
    }
}
