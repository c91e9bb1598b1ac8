//! `app::Error` on its way to the window: always a code, a sentence and a hint, never a bare text.

use app::view::problem::Problem;
use serde::Serialize;

/// What a command rejects with.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct IpcError(Problem);

/// What a command returns.
pub type Answer<T> = Result<T, IpcError>;

impl From<app::Error> for IpcError {
    fn from(error: app::Error) -> Self {
        Self(error.problem())
    }
}

impl IpcError {
    /// The arguments do not fit the command. They are not repeated: one of them may be a token.
    pub(crate) fn misunderstood(command: &str) -> Self {
        Self(Problem {
            code: "misunderstood".to_owned(),
            message: format!("The window asked for {command} in a way that this version does not understand."),
            hint: "Nothing was changed. Restart Seatledger; if it happens again, it is a fault to report.".to_owned(),
        })
    }

    /// The system's file manager did not show a file.
    pub(crate) fn not_shown(why: &str) -> Self {
        Self(Problem {
            code: "not-shown".to_owned(),
            message: format!("The file could not be shown in its folder: {}.", why.trim_end_matches('.')),
            hint: "It is where the message says. Open the folder yourself.".to_owned(),
        })
    }

    /// A task of ours ended before it answered.
    pub(crate) fn interrupted(why: &impl ToString) -> Self {
        app::Error::Interrupted(why.to_string()).into()
    }
}
