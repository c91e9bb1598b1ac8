//! Why an answer could not be read. Never any text out of the answer itself: it may hold people.

/// Why an answer is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing came.
    #[error("The server sent an empty answer.")]
    Empty,
    /// Something else than JSON.
    #[error("{}", if *.looks_like_html { "The server answered with a web page, not with SCIM." } else { "The server's answer is not JSON, so this is not SCIM." })]
    NotJson {
        /// A web page, most often a login page.
        looks_like_html: bool,
    },
    /// Not UTF-8.
    #[error("The server's answer is not UTF-8 text, so this is not SCIM.")]
    NotUtf8,
    /// The JSON ends too early.
    #[error("The server's answer breaks off at line {line}, column {column}.")]
    Truncated {
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// Broken JSON, or a value that cannot be.
    #[error("The server's answer is malformed at line {line}, column {column}.")]
    Malformed {
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// Lists within lists without end.
    #[error("The server's answer is nested too deeply at line {line}, column {column}.")]
    TooDeep {
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// A text that belongs in no user's record.
    #[error("The server's answer has a text of more than 64 KB at line {line}, column {column}.")]
    TextTooLong {
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// A number that stands for its neighbors too once it is read; as text it would not.
    #[error("The server's answer has a number at line {line}, column {column} that cannot be kept digit by digit.")]
    NumberTooLong {
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// JSON, but no list.
    #[error("The server's answer is JSON, but not a SCIM list of users.")]
    NotAList,
    /// A SCIM error that came with a good HTTP status.
    #[error("The server answered with a SCIM error{}.", .status.map(|status| format!(" ({status})")).unwrap_or_default())]
    ErrorInstead {
        /// Its status, when it told.
        status: Option<u16>,
    },
}
