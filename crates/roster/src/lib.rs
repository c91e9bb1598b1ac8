//! Who holds what in one app, and what changed between two readings of it.
//! Absent on purpose: the wire format, SQL, the clock, money.

pub mod activity;
pub mod change;
pub mod finding;
pub mod guard;
pub mod license;
pub mod mark;
pub mod member;
pub mod packed;
pub mod text_set;

pub use activity::Activity;
pub use change::{Change, ChangeKind};
pub use finding::{Case, Finding, FindingCode, MOST_CASES};
pub use guard::Verdict;
pub use license::{KnownLicense, License, LicenseKey};
pub use mark::Mark;
pub use member::{Member, ProductLicense};
pub use packed::{MemberRef, Packed};
