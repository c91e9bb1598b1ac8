//! The words for connecting an app and for how it is read.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Which kind of app to connect.
#[derive(Debug, Subcommand)]
pub enum ConnectCommand {
    /// Lucidchart (Lucid Enterprise), over SCIM
    Lucid {
        /// The name of the app
        #[arg(long, default_value = "Lucidchart")]
        name: String,
        /// The SCIM base URL (default: `https://users.lucid.app/scim/v2`)
        #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
        base_url: String,
        /// Read the bearer token from standard input (it is never taken from an argument)
        #[arg(long)]
        token_stdin: bool,
        /// Connect it although an app is connected at the same address already
        #[arg(long)]
        again: bool,
        /// Limits
        #[command(flatten)]
        reading: ReadingArguments,
    },
    /// Any app with a SCIM 2.0 server
    ///
    /// Without --license-from it is told which attributes may hold the license type, and members count as unknown; with
    /// --preview in its place that is all that is done.
    Scim {
        /// The name of the app
        #[arg(long)]
        name: String,
        /// The SCIM base URL
        #[arg(long, value_name = "URL")]
        base_url: String,
        /// Read the bearer token from standard input (it is never taken from an argument)
        #[arg(long)]
        token_stdin: bool,
        /// The attribute that tells the license type: `userType`, `entitlements[type eq "license"].value`, `urn:…:User:plan`
        #[arg(long, value_name = "EXPR")]
        license_from: Option<String>,
        /// What a value of it means, `none` for nothing (may be repeated, the strongest first; others mean themselves)
        #[arg(long, value_name = "VALUE=TYPE", requires = "license_from", value_parser = value_is_type)]
        map: Vec<(String, String)>,
        /// Connect it although an app is connected at the same address already
        #[arg(long)]
        again: bool,
        /// Count how many members each license type would have (without --license-from: tell where it may stand), and keep nothing
        #[arg(long)]
        preview: bool,
        /// Limits
        #[command(flatten)]
        reading: ReadingArguments,
    },
}

/// How the server is read.
#[derive(Debug, Args)]
pub struct ReadingArguments {
    /// Requests a minute: a number, `usual` for what the server is known to bear, `none` for no limit
    #[arg(long, value_name = "N|usual|none", allow_hyphen_values = true)]
    pub requests_per_minute: Option<String>,
    /// Pages asked for at the same time: a number, or `usual`
    #[arg(long, value_name = "N|usual", allow_hyphen_values = true)]
    pub pages_in_flight: Option<String>,
    /// A PEM file with a certificate authority to trust beside the machine's own, or `none`
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
}

impl ReadingArguments {
    /// As the use cases take it: empty is the usual, 0 is no limit; `None` was not named.
    pub fn requests(&self) -> Option<String> {
        self.requests_per_minute.as_deref().map(|text| if is(text, "none") { "0".to_owned() } else { usual(text) })
    }

    /// As the use cases take it.
    pub fn pages(&self) -> Option<String> {
        self.pages_in_flight.as_deref().map(usual)
    }

    /// As the use cases take it: empty for none.
    pub fn authority(&self) -> Option<String> {
        let path = self.ca_file.as_ref()?.to_string_lossy();
        Some(if is(&path, "none") { String::new() } else { path.into_owned() })
    }
}

/// The usual is what an empty field means.
pub fn usual(text: &str) -> String {
    if is(text, "usual") { String::new() } else { text.to_owned() }
}

fn is(text: &str, word: &str) -> bool {
    text.trim().eq_ignore_ascii_case(word)
}

fn value_is_type(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((value, license_type)) if !value.is_empty() && !license_type.trim().is_empty() => {
            Ok((value.to_owned(), license_type.trim().to_owned()))
        }
        _ => Err("expected VALUE=TYPE, for example Professional=pro".to_owned()),
    }
}

/// `connection`.
#[derive(Debug, Subcommand)]
pub enum ConnectionCommand {
    /// Print how an app is read
    Show {
        /// The app
        app: String,
    },
    /// Change what is named and leave the rest
    Set {
        /// The app
        app: String,
        /// Limits
        #[command(flatten)]
        reading: ReadingArguments,
        /// Hold a roster that lost more than so many percent: a number from 0 to 100, or `usual` (20)
        #[arg(long, value_name = "N|usual", allow_hyphen_values = true)]
        drop_percent: Option<String>,
        /// Read it every so many hours (1 to 168) while the window is open, or `never`
        #[arg(long, value_name = "HOURS|never", value_parser = hours, allow_hyphen_values = true)]
        sync_every: Option<Hours>,
        /// The attribute that tells the license type, or `none`; only for apps connected with `connect scim`
        #[arg(long, value_name = "EXPR|none")]
        license_from: Option<String>,
        /// Count how many members each license type would have, and change nothing
        #[arg(long, requires = "license_from")]
        preview: bool,
    },
    /// Test a new token, then put it in the old one's place; roster, history and costs stay
    Token {
        /// The app
        app: String,
        /// Read the bearer token from standard input (it is never taken from an argument)
        #[arg(long)]
        token_stdin: bool,
    },
}

/// Hours between two readings; `None` for never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours(pub Option<u32>);

fn place(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "a place is a number, 1 for the first".to_owned())
}

fn hours(text: &str) -> Result<Hours, String> {
    if is(text, "never") {
        return Ok(Hours(None));
    }
    let hours = text.trim().parse().ok().filter(|hours| (1..=168).contains(hours));
    hours.map(|hours| Hours(Some(hours))).ok_or_else(|| "expected whole hours from 1 to 168, or never".to_owned())
}

/// What a license type can be told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Source {
    /// A value of the attribute
    Value,
    /// A group
    Group,
    /// A subscription
    Subscription,
}

impl Source {
    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Group => "group",
            Self::Subscription => "subscription",
        }
    }
}

/// `mapping`.
#[derive(Debug, Subcommand)]
pub enum MappingCommand {
    /// Print what values, groups and subscriptions mean
    List {
        /// The app
        app: String,
    },
    /// Say what one of them means
    Set(MappingSet),
    /// Ask the vendor for its values, groups and subscriptions now
    Read {
        /// The app
        app: String,
    },
}

/// `mapping set`.
#[derive(Debug, Args)]
pub struct MappingSet {
    /// The app
    pub app: String,
    /// Which kind of thing
    #[arg(value_enum)]
    pub source: Source,
    /// The value, or the id or name of the group or subscription
    pub seen: String,
    /// The license type's key or name, or `none`
    #[arg(value_name = "TYPE|none")]
    pub license_type: String,
    /// Add the license type when the app has none of that name
    #[arg(long)]
    pub new_type: bool,
    /// Its place in the order, from 1: of several that one member has, the first counts
    #[arg(long, value_name = "N", value_parser = place, allow_hyphen_values = true)]
    pub place: Option<NonZeroUsize>,
}

/// `rest`.
#[derive(Debug, Subcommand)]
pub enum RestCommand {
    /// Test an API key, then keep it sealed
    Connect {
        /// The app
        app: String,
        /// The address (default: `https://api.lucid.co`)
        #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
        base_url: String,
        /// Read the API key from standard input (it is never taken from an argument)
        #[arg(long)]
        key_stdin: bool,
    },
    /// Forget the API key and what its subscriptions meant
    Remove {
        /// The app
        app: String,
    },
}
