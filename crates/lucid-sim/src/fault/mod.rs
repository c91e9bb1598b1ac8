//! The ways in which the server can misbehave, by name; each was seen on a real server or is a plain accident of networks.
//! Absent on purpose: combinations. One fault at a time keeps a failing test readable.

mod known;

use std::fmt;
use std::str::FromStr;

pub use known::{Known, known_faults};

/// A way to misbehave. Most carry a number: a page (1 is the first), a count or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Every answer takes this many milliseconds longer.
    Latency(u64),
    /// 429 with `Retry-After` of this many seconds, once per page.
    TooMany(u64),
    /// 429 with `Retry-After` as a date that long past, once per page.
    TooManyDate(u64),
    /// 429 without `Retry-After`, once per page.
    TooManySilent,
    /// 429 to every request, with `Retry-After` of this many seconds.
    TooManyAlways(u64),
    /// 500 that is really a rate limit, once per page.
    RateAs500,
    /// SCIM 500, once per page.
    ServerError,
    /// 503 with an HTML body, once per page.
    Unavailable,
    /// 503 to this page and all after it, for good.
    DownFrom(u64),
    /// The connection is closed without an answer, once per page.
    Reset,
    /// The connection is reset in the middle of this page's body, once.
    Cut(u64),
    /// This page is whole as HTTP but cut as JSON.
    Truncated(u64),
    /// 307 to another port.
    RedirectPort,
    /// 307 to another host name.
    RedirectHost,
    /// A byte order mark before the JSON.
    Bom,
    /// 200 with an HTML login page.
    Html,
    /// 200 with a SCIM error as its body.
    ErrorAs200,
    /// 401 from this page on: the token expired while paging.
    Expired(u64),
    /// 403 to everything.
    Forbidden,
    /// A page of this many megabytes.
    Flood(u64),
    /// This many people appear at the front, one each time that page 1 was served.
    Grow(u64),
    /// This many people leave from the front, one each time that page 1 was served.
    Shrink(u64),
    /// As `Shrink`, but somebody new at the end keeps `totalResults` the same.
    Swap(u64),
    /// Never more than this many per page.
    ShortPages(u64),
    /// This many people in the middle are counted but never listed.
    ShortMid(u64),
    /// Ten more than asked.
    CountMore,
    /// Ignores `startIndex` and `count`: always the first twenty.
    IgnoreStart,
    /// Takes `startIndex` as counted from 0.
    ZeroBased,
    /// Each page repeats the last user of the one before.
    Overlap,
    /// Each page lists its first user twice.
    Dup,
    /// This page is empty although more follow.
    EmptyPage(u64),
    /// `itemsPerPage` is what was asked for, not what is there.
    ItemsPerPageAsked,
    /// `totalResults` is the size of this page.
    TotalIsPage,
    /// As `TotalIsPage`, and the server documents that it gives this many at a time, which it does not.
    DocumentsMore(u64),
    /// No `totalResults`.
    NoTotal,
    /// `totalResults` on the first page only.
    TotalOnce,
    /// All numbers of the envelope are strings.
    StringTotal,
    /// Neither `startIndex` nor `itemsPerPage`.
    BareList,
    /// `Resources` comes before `totalResults`.
    LateTotal,
    /// Pages by `cursor` only and ignores `startIndex`.
    CursorOnly,
    /// Pages by `cursor` only, and this many empty pages follow each of them.
    CursorGaps(u64),
    /// Each page is cut from another order of the same people.
    Unstable,
    /// The list leaves this many people out, and counts as if they were not there; each can be had by id.
    LeavesOut(u64),
    /// Each page lists this many of its users once more, the second time with the other license.
    DupDiffers(u64),
    /// Attribute names in odd case.
    Casing,
    /// Booleans are the strings `True` and `False`.
    StringBooleans,
    /// Every n-th user has neither `emails` nor an e-mail address as `userName`.
    NoEmail(u64),
    /// Every n-th user has two e-mail addresses that are `primary`.
    SeveralPrimary(u64),
    /// Every n-th user has no `name`.
    NoName(u64),
    /// Every n-th user has no `meta`.
    NoMeta(u64),
    /// Every n-th user has `null` wherever that means "nothing".
    Nulls(u64),
    /// Every n-th user's license comes in a shape that nobody knows.
    UnknownLicense(u64),
    /// Every n-th user's `canEdit` says the opposite of `productLicenses`.
    LicensesDisagree(u64),
    /// The REST API answers 500 to everything.
    RestDown,
    /// The REST API answers 429 once, with `Retry-After` of this many seconds.
    RestTooMany(u64),
    /// The REST API answers 403 to everything.
    RestForbidden,
    /// Every page of the REST API links to the first one as the next.
    RestLoop,
    /// The last page of the REST API links to itself as the next.
    RestSameLink,
    /// The next page of the REST API is on another host.
    RestForeign,
}

/// Why a text is not a fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// No fault has this name.
    #[error("there is no fault named \"{0}\"; --help lists them")]
    Unknown(String),
    /// The part after the colon is not a number, or the fault takes none.
    #[error("\"{text}\": {expected}")]
    Argument {
        /// What was given.
        text: String,
        /// What would have been right.
        expected: &'static str,
    },
}

impl Fault {
    /// The number that this fault carries.
    pub fn argument(self) -> Option<u64> {
        match self {
            Self::Latency(n)
            | Self::TooMany(n)
            | Self::TooManyDate(n)
            | Self::TooManyAlways(n)
            | Self::DownFrom(n)
            | Self::Cut(n)
            | Self::Truncated(n)
            | Self::Expired(n)
            | Self::Flood(n)
            | Self::Grow(n)
            | Self::Shrink(n)
            | Self::Swap(n)
            | Self::ShortPages(n)
            | Self::ShortMid(n)
            | Self::EmptyPage(n)
            | Self::DocumentsMore(n)
            | Self::CursorGaps(n)
            | Self::LeavesOut(n)
            | Self::DupDiffers(n)
            | Self::NoEmail(n)
            | Self::SeveralPrimary(n)
            | Self::NoName(n)
            | Self::NoMeta(n)
            | Self::Nulls(n)
            | Self::UnknownLicense(n)
            | Self::LicensesDisagree(n)
            | Self::RestTooMany(n) => Some(n),
            _ => None,
        }
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        let same = |known: &&Known| std::mem::discriminant(&known.fault) == std::mem::discriminant(&self);
        known_faults().iter().find(same).map_or("", |known| known.name)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.argument() {
            Some(n) => write!(formatter, "{}:{n}", self.name()),
            None => formatter.write_str(self.name()),
        }
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (name, argument) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let known = known_faults().iter().find(|known| known.name == name);
        let known = known.ok_or_else(|| FaultError::Unknown(name.to_owned()))?;
        let wrong = |expected| FaultError::Argument { text: text.to_owned(), expected };
        match (argument, known.with) {
            (None, _) => Ok(known.fault),
            (Some(_), None) => Err(wrong("this fault takes no number")),
            (Some(number), Some(with)) => {
                let number = number.parse().map_err(|_| wrong("after the colon comes a whole number"))?;
                Ok(with(number))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_reads_back_from_what_it_prints() {
        for known in known_faults() {
            assert_eq!(known.fault.name(), known.name);
            assert_eq!(known.fault.to_string().parse(), Ok(known.fault));
            assert_eq!(known.name.parse(), Ok(known.fault), "the bare name is the default");
            assert_eq!(known.fault.argument().is_some(), known.with.is_some());
            if let Some(with) = known.with {
                assert_eq!(format!("{}:7", known.name).parse(), Ok(with(7)));
                assert_eq!(with(7).argument(), Some(7));
            }
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = known_faults().iter().map(|known| known.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), known_faults().len());
    }

    #[test]
    fn a_wrong_fault_is_refused_in_words() {
        let unknown = "gremlin".parse::<Fault>().unwrap_err();
        assert_eq!(unknown.to_string(), "there is no fault named \"gremlin\"; --help lists them");
        let number = "bom:3".parse::<Fault>().unwrap_err();
        assert_eq!(number.to_string(), "\"bom:3\": this fault takes no number");
        assert!("cut:x".parse::<Fault>().is_err());
    }
}
