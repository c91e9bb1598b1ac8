//! Why the pages are no roster. Numbers only: nobody is named.

/// Why the pages are no roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PagerError {
    /// The list ended too early.
    #[error("Page {page} of the roster came back empty after {received} of {total} users.")]
    EmptyPage {
        /// Which page.
        page: u64,
        /// Users so far.
        received: u64,
        /// `totalResults`.
        total: u64,
    },
    /// The server repeats itself.
    #[error(
        "Page {page} of the roster (from user {start_index}) held only users of earlier pages, after {received} users."
    )]
    NothingNew {
        /// Which page.
        page: u64,
        /// What it was asked to start at.
        start_index: u64,
        /// Users so far.
        received: u64,
    },
    /// The server leads on and on without listing anybody.
    #[error(
        "The last {empty} pages of the roster, up to page {page}, came back empty after {received} users, and the server still says that more follow."
    )]
    OnlyEmptyPages {
        /// Which page.
        page: u64,
        /// So many pages in a row.
        empty: u64,
        /// Users so far.
        received: u64,
    },
    /// The server gave another part than asked.
    #[error("Page {page} of the roster was asked from user {asked} but came from user {echoed}.")]
    WrongStart {
        /// Which page.
        page: u64,
        /// The `startIndex` asked for.
        asked: u64,
        /// The `startIndex` of the answer.
        echoed: u64,
    },
    /// More users than the server says it has.
    #[error("The server says it has {total} users but lists more: {received} by page {page}.")]
    MoreThanTotal {
        /// Which page.
        page: u64,
        /// Users so far.
        received: u64,
        /// `totalResults`.
        total: u64,
    },
    /// It never held still.
    #[error("The number of users kept changing while the roster was read ({first}, then {then}).")]
    RosterMoved {
        /// `totalResults` at first.
        first: u64,
        /// `totalResults` later.
        then: u64,
    },
    /// Some users were listed more than once, and others perhaps never.
    #[error("The server says it has {total} users but lists {received} different ones, some of them twice.")]
    Uncertain {
        /// Different users.
        received: u64,
        /// `totalResults`.
        total: u64,
    },
    /// The same, where no total says how many there are.
    #[error(
        "The server lists {received} different users on {rows} rows and does not tell how many it has: somebody may be missing."
    )]
    Untold {
        /// Different users.
        received: u64,
        /// Rows that were read.
        rows: u64,
    },
    /// No two readings in a row gave the same users, though the totals stayed the same.
    #[error("The roster kept changing while it was read: no two readings of it gave the same users.")]
    NeverTheSame,
    /// A cursor came back that was followed before.
    #[error("Page {page} of the roster leads back to a page that was read before.")]
    SameCursor {
        /// Which page.
        page: u64,
    },
    /// The last page came, and users are missing.
    #[error("The list of users ended after {received} of {total} users.")]
    EndsEarly {
        /// Users so far.
        received: u64,
        /// `totalResults`.
        total: u64,
    },
    /// Too many pages.
    #[error("The roster has more than {limit} pages.")]
    TooManyPages {
        /// What is allowed.
        limit: u64,
    },
    /// Too many users.
    #[error("The roster has more than {limit} users.")]
    TooManyUsers {
        /// What is allowed.
        limit: u64,
    },
}

impl PagerError {
    /// Whether the list ended, or went on without anybody new, before everybody was there.
    pub(super) fn is_missing_users(self) -> bool {
        matches!(self, Self::EmptyPage { .. } | Self::NothingNew { .. } | Self::EndsEarly { .. })
    }
}
