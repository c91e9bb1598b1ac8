//! The only SQL: apps, rosters with their history, purchases, sync runs, settings, in one SQLite file.
//! Absent on purpose: HTTP, the clock, money arithmetic, a plaintext token.

mod apps;
mod bulk;
mod change_log;
mod check;
mod columns;
mod compare;
mod error;
mod facets;
mod folder;
mod history;
mod license_types;
mod open;
mod promote;
mod purchase_import;
mod purchase_row;
mod purchases;
mod roster_filter;
mod roster_list;
mod roster_page;
mod row_hash;
mod runs;
mod seats;
mod series;
mod settings;
mod staging;
mod text_set;
mod transaction;
mod undo;

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
