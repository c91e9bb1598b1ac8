//! Why a file cannot be imported at all, in words. What is wrong with a single row is told beside the row.

use thiserror::Error;

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// It cannot be opened or read.
    #[error("{path} could not be read: {why}.")]
    Unreadable {
        /// Which file.
        path: String,
        /// The system's words.
        why: String,
    },
    /// It has more bytes than are read.
    #[error("The file has more than {0} MB.")]
    TooBig(u64),
    /// Unpacked it would have more bytes than are read.
    #[error("The workbook unpacks to more than {0} MB, which no list of purchases needs.")]
    Bomb(u64),
    /// More rows, columns or text than a list of purchases has.
    #[error("The table has more than {0}.")]
    TooMuch(&'static str),
    /// One cell swallows what follows it.
    #[error("Row {0} has a cell with more than 32,767 characters; a quotation mark before it may not be closed.")]
    LongCell(u64),
    /// An old or protected workbook.
    #[error("This is an old workbook (.xls) or one with a password.")]
    OldWorkbook,
    /// Not a workbook, or a damaged one.
    #[error("The workbook could not be read: {0}.")]
    Workbook(String),
    /// Neither text nor a workbook.
    #[error("This is not a text file.")]
    NotText,
    /// Bytes that the chosen encoding does not have.
    #[error("The text is not {0}: it has bytes that this encoding does not have.")]
    Encoding(&'static str),
    /// No rows at all.
    #[error("The file has no rows.")]
    Empty,
    /// No such sheet.
    #[error("The workbook has no sheet \"{asked}\". It has: {known}.")]
    NoSheet {
        /// As asked for.
        asked: String,
        /// Those that there are.
        known: String,
    },
    /// No row looks like headings.
    #[error("No row of headings was found among the first {0} rows.")]
    NoHeadings(usize),
    /// No row looks like the headings of last activity.
    #[error("No row of headings was found that tells who, and when they were last active.")]
    NoActivity,
    /// A mapping names what is not there.
    #[error("{0}.")]
    Mapping(String),
    /// The refused rows would be written over the file itself.
    #[error("The refused rows would replace the file that is imported, so nothing was imported.")]
    Itself,
    /// A file of last activity names nobody who is on the roster.
    #[error("Nobody whom the file names is on the roster, so nothing was imported.")]
    Nobody,
    /// The file changed after it was previewed.
    #[error("The file has changed since it was previewed, so nothing was imported.")]
    Changed,
}

impl ImportError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "file-not-read",
            Self::TooBig(_) | Self::Bomb(_) | Self::TooMuch(_) => "file-too-large",
            Self::LongCell(_) | Self::NotText | Self::Workbook(_) | Self::OldWorkbook | Self::Empty => {
                "file-not-a-table"
            }
            Self::Encoding(_) => "wrong-encoding",
            Self::NoSheet { .. } => "no-such-sheet",
            Self::NoHeadings(_) | Self::NoActivity => "no-headings",
            Self::Mapping(_) => "wrong-mapping",
            Self::Itself => "file-not-written",
            Self::Nobody => "nobody-matched",
            Self::Changed => "file-changed",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "Choose a file that you may read.",
            Self::TooBig(_) | Self::TooMuch(_) => "Import it in parts. Nothing was changed.",
            Self::Bomb(_) => "If the file is yours, save the one sheet as CSV and import that. Nothing was changed.",
            Self::LongCell(_) => "Close the quotation mark, or choose another column separator.",
            Self::OldWorkbook => {
                "Open it in a spreadsheet program and save it as .xlsx or .ods without a password, or as CSV."
            }
            Self::Workbook(_) => "Open it in a spreadsheet program and save it anew as .xlsx or .ods, or as CSV.",
            Self::NotText => "Choose a CSV file or a workbook (.xlsx, .ods).",
            Self::Encoding(_) => "Choose another encoding, or let it be detected.",
            Self::Empty => "Start from the template.",
            Self::NoSheet { .. } => "Choose one of its sheets.",
            Self::NoHeadings(_) => "Say which row holds the headings, or start from the template.",
            Self::NoActivity => {
                "Say which row holds the headings, or add headings like \"Email\" and \"Last activity\" to the file."
            }
            Self::Mapping(_) => "Choose one of the columns that the file has.",
            Self::Itself => "Save them under another name.",
            Self::Nobody => "Check which column tells the user ID, the user name or the e-mail address.",
            Self::Changed => "Look at the preview again, then import.",
        }
    }
}
