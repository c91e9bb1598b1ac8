//! Settings and the vault's state.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the key to the tokens is kept and whether it can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct VaultView {
    /// `os`, `passphrase`, or `none` while there is no vault yet.
    pub keeper: String,
    /// `absent`, `ready`, `locked` (a passphrase or the keychain must be unlocked), `unavailable` (no keychain here), `denied`.
    pub state: String,
    /// What that means, a sentence.
    pub message: String,
    /// What to do; empty when nothing is.
    pub hint: String,
}

/// A passphrase on its way into the backend; it never travels back.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct PassphraseRequest {
    /// As typed.
    pub passphrase: String,
}

/// What the user can set, and where things are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Settings {
    /// Shown in the header; may be empty.
    pub organisation: String,
    /// IANA zone that decides what "today" is.
    pub time_zone: String,
    /// Default currency of new purchases, and the base currency of totals.
    pub currency: String,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_year_start: u8,
    /// `half-up` or `half-even`: how amounts are rounded when they are shown.
    pub rounding: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// `compact`, `default` or `comfortable`: how high the rows of the roster are.
    pub density: String,
    /// BCP 47 tag for numbers and dates in the window.
    pub locale: String,
    /// Today in `time_zone`.
    pub today: String,
    /// Where the data is.
    pub data_dir: String,
    /// Where exports are suggested to go.
    pub export_dir: String,
    /// The app's version.
    pub version: String,
    /// The vault.
    pub vault: VaultView,
}

/// Changes settings; `null` leaves a field as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct SettingsChange {
    /// Organisation name.
    pub organisation: Option<String>,
    /// IANA zone.
    pub time_zone: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// First month of the fiscal year, 1 to 12.
    pub fiscal_year_start: Option<u8>,
    /// `half-up` or `half-even`.
    pub rounding: Option<String>,
    /// `system`, `light` or `dark`.
    pub theme: Option<String>,
    /// `compact`, `default` or `comfortable`.
    pub density: Option<String>,
}
