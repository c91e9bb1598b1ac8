//! The list of apps and the header of one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::Amount;

/// How far the roster of an app can be trusted right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum RosterState {
    /// Connected, but never read.
    NeverSynced,
    /// The last sync completed.
    Current,
    /// The last sync did not complete; the numbers are older.
    Stale,
    /// The last sync waits for the user's word.
    Held,
    /// A sync is under way.
    Syncing,
}

/// One row of the Apps screen and the header of App Details. What its figures rest on is told by the app's spend: with
/// many purchases it is longer than all rows together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AppRow {
    /// The slug, also used on the command line.
    pub app: String,
    /// The name people gave it.
    pub name: String,
    /// `lucid`.
    pub connector: String,
    /// The vendor's name ("Lucid Software").
    pub vendor: String,
    /// The SCIM base URL.
    pub base_url: String,
    /// Whether this is the sample organisation.
    pub sample: bool,
    /// Members on the roster.
    pub members: u64,
    /// Members who hold a billable license type and are active.
    pub billable_accounts: u64,
    /// Annual spend for the billable accounts.
    pub billable_annual: Amount,
    /// Purchased billable seats that nobody holds; `null` where undefined.
    pub unassigned: Option<u64>,
    /// When the roster was last read completely.
    pub last_sync: Option<String>,
    /// Its state.
    pub state: RosterState,
    /// The state as a sentence ("stale: the last 3 syncs failed, the numbers are from 12 Nov 2026").
    pub state_sentence: String,
    /// The next end of a purchase.
    pub next_renewal: Option<Renewal>,
}

/// The next end of a purchase in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Renewal {
    /// The last day of the term.
    pub last_day: String,
    /// Days from today to it.
    pub in_days: i64,
    /// The last day to give notice, where a notice period is known.
    pub notice_by: Option<String>,
    /// Whether it renews by itself.
    pub auto_renews: bool,
    /// What ends ("Can-Edit, 50 seats").
    pub what: String,
}

/// Names one app.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct AppRequest {
    /// The slug.
    pub app: String,
}

/// Names one app and a day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct AppDayRequest {
    /// The slug.
    pub app: String,
    /// `YYYY-MM-DD`; `null` for today.
    pub as_of: Option<String>,
}

impl From<AppRequest> for AppDayRequest {
    /// Today.
    fn from(AppRequest { app }: AppRequest) -> Self {
        Self { app, as_of: None }
    }
}

/// Removes an app's connection.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct RemoveRequest {
    /// The slug.
    pub app: String,
    /// The app's name, typed again to confirm. Not asked for the sample.
    pub typed_name: String,
}
