//! The only SQL: apps, rosters with their history, purchases, sync runs, settings, in one SQLite file.
//! Absent on purpose: HTTP, the clock, money arithmetic, a plaintext token.

mod apps;
mod as_of;
mod bits;
mod bulk;
mod change_log;
mod check;
mod columns;
mod error;
mod facets;
mod fates;
mod folder;
mod history;
mod image;
mod license_types;
mod moves;
mod open;
mod orders;
mod promote;
mod purchase_row;
mod purchases;
mod roster_filter;
mod roster_list;
mod roster_page;
mod runs;
mod seats;
mod series;
mod settings;
mod shared;
mod staged;
mod staging;
mod texts;
mod transaction;
mod undo;
mod words;
mod writing;

use roster::text_set;

pub use apps::{App, AppId, NewApp};
pub use change_log::ChangeRow;
pub use error::StoreError;
pub use facets::{Facet, Facets};
pub use history::{MemberHistory, Spell};
pub use license_types::LicenseType;
pub use open::Store;
pub use promote::{Counts, Promotion};
pub use purchases::EditKind;
pub use roster_filter::{MemberStatus, RosterFilter};
pub use roster_list::{RosterColumn, RosterOrder};
pub use roster_page::{MemberRow, RosterRows};
pub use runs::{Problem, Run, RunEnd, RunId, RunStatus};
pub use series::SeatCount;
pub use staging::{Added, Staging};
pub use undo::Edit;
