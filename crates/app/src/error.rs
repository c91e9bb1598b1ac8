//! Everything that a use case can fail with, as a code to branch on, a sentence and a hint.

use thiserror::Error;

use crate::view::problem::{FieldProblem, Problem};

/// Why a use case did not do what was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    /// The server could not be read.
    #[error(transparent)]
    Connect(connect::ConnectError),
    /// The base URL is not one.
    #[error(transparent)]
    Address(#[from] connect::AddressError),
    /// The pasted token is not one.
    #[error(transparent)]
    Token(#[from] connect::TokenError),
    /// No app of that name.
    #[error("There is no app called \"{asked}\".")]
    UnknownApp {
        /// What was asked for.
        asked: String,
        /// The slugs that exist.
        known: Vec<String>,
    },
    /// No connector of that name.
    #[error("Seatledger has no connector called \"{0}\".")]
    UnknownConnector(String),
    /// No such license type in the app.
    #[error("{app} has no license type \"{asked}\".")]
    UnknownLicenseType {
        /// The slug.
        app: String,
        /// What was asked for.
        asked: String,
        /// The keys that exist.
        known: Vec<String>,
    },
    /// No such purchase in the app.
    #[error("{app} has no purchase {id}.")]
    UnknownPurchase {
        /// The slug.
        app: String,
        /// The id asked for.
        id: i64,
    },
    /// No such scenario of the app.
    #[error("{app} has no scenario \"{asked}\".")]
    UnknownScenario {
        /// The slug.
        app: String,
        /// What was asked for.
        asked: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// No such fee, invoice or rate.
    #[error("There is no {noun} {id}.")]
    UnknownEntry {
        /// What was meant: "fee", "invoice", "rate".
        noun: &'static str,
        /// The id asked for.
        id: i64,
    },
    /// No such member in the app.
    #[error("{app} has no member {member}.")]
    UnknownMember {
        /// The slug.
        app: String,
        /// The id asked for.
        member: String,
    },
    /// Another sync of the same app is under way, here or in another process.
    #[error("{0} is being synced already.")]
    AlreadySyncing(String),
    /// An app of the same kind is connected at the same address.
    #[error("An app is connected at {address} already: {name}.")]
    AlreadyConnected {
        /// The base URL.
        address: String,
        /// What it is called.
        name: String,
    },
    /// A form was refused.
    #[error("{}", refusal(.0))]
    Refused(Vec<FieldProblem>),
    /// A date that is none.
    #[error("The date \"{text}\" {why}.")]
    NotADate {
        /// As typed.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// A value that is none of those allowed.
    #[error("\"{value}\" is not {expected}.")]
    NotAllowed {
        /// As typed.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The name typed to confirm is another one.
    #[error("The name does not match, so nothing was removed.")]
    NameDoesNotMatch,
    /// A file could not be written.
    #[error("{path} could not be written: {why}.")]
    FileNotWritten {
        /// Where.
        path: String,
        /// The system's words.
        why: String,
    },
    /// A file could not be imported.
    #[error(transparent)]
    Import(#[from] crate::import::ImportError),
    /// The sample organisation's server could not be started.
    #[error("The sample organisation could not be started: {0}.")]
    Sample(String),
    /// The data folder cannot be told or used.
    #[error("The data folder cannot be used: {0}.")]
    DataFolder(String),
    /// The attribute path is none.
    #[error(transparent)]
    LicensePath(#[from] connect::LicensePathError),
    /// Nobody has a value at the attribute path.
    #[error("None of the {users} users has a value at {path}.")]
    NobodyHas {
        /// The path.
        path: String,
        /// Users read.
        users: u64,
    },
    /// No roster of the app waits.
    #[error("No roster of {0} waits for confirmation.")]
    NothingHeld(String),
    /// The app has no such part.
    #[error("{name} has no {what}.")]
    NotForApp {
        /// The app's name.
        name: String,
        /// What was asked for.
        what: &'static str,
        /// Why, and what to do instead.
        hint: &'static str,
    },
    /// No renewal is to come: a calendar file needs an event.
    #[error("There is no deadline to save.")]
    NoDeadline,
    /// The vendor does not offer it with this token or key.
    #[error("{name} does not offer {what} with this {key} (the server answered {status}).")]
    NotOffered {
        /// The app's name.
        name: String,
        /// What was asked for.
        what: &'static str,
        /// Token or key.
        key: &'static str,
        /// 403 or 404.
        status: u16,
    },
    /// A background task died.
    #[error("A task stopped unexpectedly: {0}.")]
    Interrupted(String),
}

/// Beside its field a problem stands without a full stop; told together they are sentences.
fn refusal(problems: &[FieldProblem]) -> String {
    let sentence = |problem: &FieldProblem| format!("{}.", problem.message.trim_end_matches('.'));
    problems.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Vault(error) => error.code(),
            Self::Connect(error) => error.code(),
            Self::Address(error) => error.code(),
            Self::Token(error) => error.code(),
            Self::UnknownApp { .. } => "unknown-app",
            Self::UnknownConnector(_) => "unknown-connector",
            Self::UnknownLicenseType { .. } => "unknown-license-type",
            Self::UnknownPurchase { .. } => "unknown-purchase",
            Self::UnknownScenario { .. } => "unknown-scenario",
            Self::UnknownEntry { .. } => "unknown-entry",
            Self::UnknownMember { .. } => "unknown-member",
            Self::AlreadySyncing(_) => "already-syncing",
            Self::AlreadyConnected { .. } => "already-connected",
            Self::Refused(_) => "refused",
            Self::NotADate { .. } => "not-a-date",
            Self::NotAllowed { .. } => "not-allowed",
            Self::NameDoesNotMatch => "name-does-not-match",
            Self::FileNotWritten { .. } => "file-not-written",
            Self::Import(error) => error.code(),
            Self::Sample(_) => "sample",
            Self::DataFolder(_) => "data-folder",
            Self::LicensePath(error) => error.code(),
            Self::NobodyHas { .. } => "license-path-empty",
            Self::NothingHeld(_) => "nothing-held",
            Self::NotForApp { .. } => "not-for-app",
            Self::NoDeadline => "no-deadline",
            Self::NotOffered { .. } => "not-offered",
            Self::Interrupted(_) => "interrupted",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Store(error) => error.hint().to_owned(),
            Self::Vault(error) => error.hint().to_owned(),
            Self::Connect(error) => error.hint(),
            Self::Address(error) => error.hint(),
            Self::Token(error) => error.hint(),
            Self::UnknownApp { known, .. } if known.is_empty() => {
                "No app is connected yet: start with `seatledger connect lucid`.".to_owned()
            }
            Self::UnknownApp { known, .. } => format!("Connected apps: {}.", known.join(", ")),
            Self::UnknownConnector(_) => "Connectors: lucid, scim.".to_owned(),
            Self::UnknownLicenseType { known, .. } if known.is_empty() => {
                "This app has no license types yet: sync it, or add one (`mapping set --new-type`).".to_owned()
            }
            Self::UnknownLicenseType { known, .. } => format!("License types of this app: {}.", known.join(", ")),
            Self::UnknownPurchase { .. } => "List the purchases to see their numbers.".to_owned(),
            Self::UnknownScenario { known, .. } if known.is_empty() => {
                "No scenario is saved: start with `seatledger scenario save`.".to_owned()
            }
            Self::UnknownScenario { known, .. } => format!("Saved scenarios: {}.", known.join(", ")),
            Self::UnknownEntry { noun, .. } => format!("List the {noun}s to see their numbers."),
            Self::UnknownMember { .. } => "The member may belong to another app.".to_owned(),
            Self::AlreadySyncing(_) => "Wait until it has ended, or cancel it.".to_owned(),
            Self::AlreadyConnected { .. } => {
                "Nothing was saved. The same account under two names would be counted twice; another account at this address can be connected all the same.".to_owned()
            }
            Self::Refused(_) => "Nothing was saved. Correct the entry and try again.".to_owned(),
            Self::NotADate { .. } => "Dates are written like 2027-03-31.".to_owned(),
            Self::NotAllowed { .. } => "Nothing was changed.".to_owned(),
            Self::NameDoesNotMatch => "Type the app's name exactly as it is shown.".to_owned(),
            Self::FileNotWritten { .. } => {
                "Choose another place, or free some space. No partial file was left.".to_owned()
            }
            Self::Import(error) => error.hint().to_owned(),
            Self::Sample(_) => "Try again; if it stays so, restart Seatledger.".to_owned(),
            Self::DataFolder(_) => "Set SEATLEDGER_DATA_DIR to a folder that you may write.".to_owned(),
            Self::LicensePath(error) => error.hint(),
            Self::NobodyHas { .. } => {
                "Nothing was changed. Test the connection without a path (`connect scim --preview` without `--license-from`) to see which attributes have values.".to_owned()
            }
            Self::NothingHeld(_) => "Sync the app; a roster that shrank too much then waits here.".to_owned(),
            Self::NotForApp { hint, .. } => (*hint).to_owned(),
            Self::NoDeadline => "Nothing was written. Enter the last day of a purchase that goes on, then try again.".to_owned(),
            Self::NotOffered { .. } => {
                "Nothing was changed. Ask the vendor whether the plan includes it, and check what the token or key may read."
                    .to_owned()
            }
            Self::Interrupted(_) => "Nothing was written. Try again.".to_owned(),
        }
    }

    /// The error as every shell shows it.
    pub fn problem(&self) -> Problem {
        Problem { code: self.code().to_owned(), message: self.to_string(), hint: self.hint() }
    }

    /// The command line's exit status (product.md): 2 usage, 3 token, 4 network or server, 6 store or vault, 1 else.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Token(_) | Self::Vault(vault::VaultError::NoToken { .. }) => 3,
            Self::Store(_) | Self::Vault(_) | Self::DataFolder(_) => 6,
            Self::Connect(error) => match error.kind() {
                connect::Kind::Token => 3,
                connect::Kind::Store => 6,
                connect::Kind::Address | connect::Kind::Network => 4,
                connect::Kind::Cancelled => 1,
            },
            Self::NotOffered { .. } => 4,
            Self::Address(_)
            | Self::LicensePath(_)
            | Self::NobodyHas { .. }
            | Self::NothingHeld(_)
            | Self::AlreadyConnected { .. }
            | Self::NoDeadline
            | Self::NotForApp { .. }
            | Self::UnknownApp { .. }
            | Self::UnknownConnector(_)
            | Self::UnknownLicenseType { .. }
            | Self::UnknownPurchase { .. }
            | Self::UnknownScenario { .. }
            | Self::UnknownEntry { .. }
            | Self::UnknownMember { .. }
            | Self::Refused(_)
            | Self::NotADate { .. }
            | Self::NotAllowed { .. }
            | Self::Import(_)
            | Self::NameDoesNotMatch => 2,
            Self::AlreadySyncing(_) | Self::FileNotWritten { .. } | Self::Sample(_) | Self::Interrupted(_) => 1,
        }
    }
}

/// A page that could not be kept failed in the store: the store's own words say more.
impl From<connect::ConnectError> for Error {
    fn from(error: connect::ConnectError) -> Self {
        match error {
            connect::ConnectError::Sink(sink) => match sink.into_inner().downcast::<store::StoreError>() {
                Ok(refused) => Self::Store(*refused),
                Err(other) => Self::Interrupted(other.to_string()),
            },
            other => Self::Connect(other),
        }
    }
}

/// What use cases return.
pub type Result<T> = std::result::Result<T, Error>;
