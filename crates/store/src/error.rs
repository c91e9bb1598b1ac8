//! Everything that can go wrong with the store, in words for people.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space is left on the disk, or a size limit was reached.
    #[error("The disk is full. Nothing was changed.")]
    DiskFull,
    /// The folder or a file in it may not be written.
    #[error("The data folder {path} cannot be written.")]
    NotWritable {
        /// What could not be written.
        path: PathBuf,
    },
    /// The data folder's path leads to something else.
    #[error("The data folder {path} is not a folder.")]
    NotAFolder {
        /// What was found instead.
        path: PathBuf,
    },
    /// Other people of this machine may write into the folder.
    #[error("Everybody on this machine may write into the data folder {path}.")]
    OpenToOthers {
        /// The folder.
        path: PathBuf,
    },
    /// The database file is a symbolic link.
    #[error("The database {path} is a symbolic link.")]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// A newer version of the program made the database.
    #[error(
        "This database was made by a newer version of Seatledger (format {found}; this version reads up to {known})."
    )]
    Newer {
        /// The database's format.
        found: i64,
        /// The newest format that is understood.
        known: i64,
    },
    /// The file is no SQLite database, or another program's.
    #[error("The file {path} is not a Seatledger database.")]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The database is damaged.
    #[error("The database is damaged: {detail}.")]
    Corrupt {
        /// What was found.
        detail: String,
    },
    /// Another process kept the database locked for too long.
    #[error("Another Seatledger process is writing and did not finish in time.")]
    Busy,
    /// Reading or writing a file failed.
    #[error("Reading or writing the data folder failed: {0}.")]
    Io(#[from] std::io::Error),
    /// The bundled SQLite is too old to be trusted with two writers.
    #[error("The built-in SQLite {found} has a known defect.")]
    OldEngine {
        /// Its version.
        found: String,
    },
    /// A setting of the database did not take effect.
    #[error("The database refused the setting {pragma}.")]
    Pragma {
        /// Which one.
        pragma: &'static str,
    },
    /// Something was to be written where only reading is allowed.
    #[error("Nothing can be changed while a past day is looked at.")]
    ForReading,
    /// There is no such app.
    #[error("There is no such app.")]
    NoSuchApp,
    /// There is no such sync run, or it has ended.
    #[error("There is no such sync run under way.")]
    NoSuchRun,
    /// There is no such purchase.
    #[error("There is no such purchase.")]
    NoSuchPurchase,
    /// There is no such fee.
    #[error("There is no such fee.")]
    NoSuchFee,
    /// There is no such invoice.
    #[error("There is no such invoice.")]
    NoSuchInvoice,
    /// There is no such rate.
    #[error("There is no such rate.")]
    NoSuchRate,
    /// There is no such headcount.
    #[error("There is no such headcount.")]
    NoSuchHeadcount,
    /// The app has no such scenario.
    #[error("There is no such scenario.")]
    NoSuchScenario,
    /// The app has no such license type.
    #[error("The app has no license type \"{key}\".")]
    NoSuchLicenseType {
        /// The key that was asked for.
        key: String,
    },
    /// The migrations failed.
    #[error("The database could not be brought up to date: {0}.")]
    Migration(Box<rusqlite_migration::Error>),
    /// SQLite refused a statement: a defect of this program.
    #[error("The database refused a statement: {0}.")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DiskFull => "disk-full",
            Self::NotWritable { .. } => "folder-not-writable",
            Self::NotAFolder { .. } => "not-a-folder",
            Self::OpenToOthers { .. } => "folder-open-to-others",
            Self::Symlink { .. } => "database-is-a-link",
            Self::Newer { .. } => "newer-database",
            Self::NotOurs { .. } => "not-a-database",
            Self::Corrupt { .. } => "database-damaged",
            Self::Busy => "database-busy",
            Self::Io(_) => "disk-error",
            Self::OldEngine { .. } => "old-sqlite",
            Self::Pragma { .. } | Self::Migration(_) | Self::Sql(_) => "database-error",
            Self::ForReading => "only-reading",
            Self::NoSuchApp => "no-such-app",
            Self::NoSuchRun => "no-such-run",
            Self::NoSuchPurchase => "no-such-purchase",
            Self::NoSuchFee => "no-such-fee",
            Self::NoSuchInvoice => "no-such-invoice",
            Self::NoSuchRate => "no-such-rate",
            Self::NoSuchHeadcount => "no-such-headcount",
            Self::NoSuchScenario => "no-such-scenario",
            Self::NoSuchLicenseType { .. } => "no-such-license-type",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::DiskFull => "Free some space and try again; nothing is lost.",
            Self::NotWritable { .. } => "Give yourself permission to write there, or choose another data folder.",
            Self::NotAFolder { .. } => "Choose another data folder.",
            Self::OpenToOthers { .. } => "Take the right to write away from others, or choose another data folder.",
            Self::Symlink { .. } => "Choose the folder that the link leads to as the data folder.",
            Self::Newer { .. } => "Use the newer version; the database was not touched.",
            Self::NotOurs { .. } => "Move the file away or choose another data folder; it was not touched.",
            Self::Corrupt { .. } => "Keep a copy of the data folder, then restore the last backup.",
            Self::Busy => "Wait until the other one is done, then try again.",
            Self::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                "Give yourself permission to write in the data folder, or choose another one."
            }
            Self::Io(_) => "Check that the disk is connected and healthy, then try again.",
            Self::OldEngine { .. } => "Install the current version of Seatledger.",
            Self::Pragma { .. } | Self::Migration(_) | Self::Sql(_) => {
                "Try again; if it keeps happening, report it with this sentence."
            }
            Self::ForReading => "Go back to today, then change it.",
            Self::NoSuchApp => "List the apps to see which there are.",
            Self::NoSuchRun => "Start the sync again.",
            Self::NoSuchPurchase => "List the purchases to see which there are.",
            Self::NoSuchFee => "List the fees to see which there are.",
            Self::NoSuchInvoice => "List the invoices to see which there are.",
            Self::NoSuchRate => "List the rates to see which there are.",
            Self::NoSuchHeadcount => "List the headcounts to see which there are.",
            Self::NoSuchScenario => "List the scenarios to see which there are.",
            Self::NoSuchLicenseType { .. } => "List the app's license types to see which there are.",
        }
    }
}

fn extended(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|failure| failure.extended_code)
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let detail = || error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt { detail: detail() },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Io(std::io::Error::new(std::io::ErrorKind::PermissionDenied, detail()))
            }
            // The shared memory is a file that could not be made larger: SQLite has no better word for a full disk there.
            Some(ErrorCode::SystemIoFailure) if extended(&error) == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => {
                Self::DiskFull
            }
            Some(ErrorCode::SystemIoFailure) => Self::Io(std::io::Error::other(detail())),
            _ => Self::Sql(error),
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => Self::Migration(Box::new(other)),
        }
    }
}
