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

    /// A task of ours ended before it answered.
    pub(crate) fn interrupted(why: &impl ToString) -> Self {
        app::Error::Interrupted(why.to_string()).into()
    }
}
