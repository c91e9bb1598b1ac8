//! What a command can fail with, and the exit status that says so.

use std::io::Write;
use std::process::ExitCode;

use app::view::problem::Problem;

/// A failed command.
#[derive(Debug)]
pub struct Failure {
    /// What happened and what to do.
    pub problem: Problem,
    /// The exit status.
    pub exit: u8,
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self { problem: error.problem(), exit: error.exit_code() }
    }
}

impl Failure {
    /// A mistake in how the command was called.
    pub fn usage(message: &str, hint: &str) -> Self {
        let problem = Problem { code: "usage".to_owned(), message: message.to_owned(), hint: hint.to_owned() };
        Self { problem, exit: 2 }
    }

    /// Nobody is there to be asked for the token, and none was piped in.
    pub fn no_token() -> Self {
        let problem = Problem {
            code: "no-token".to_owned(),
            message: "No token was given.".to_owned(),
            hint: "Pipe it in, for example: seatledger connect lucid --token-stdin < token.txt".to_owned(),
        };
        Self { problem, exit: 3 }
    }

    /// Standard output, input or a folder could not be used.
    pub fn io(what: &str, error: &std::io::Error) -> Self {
        let problem = Problem {
            code: "io".to_owned(),
            message: format!("{what}: {error}"),
            hint: "Check where the command reads from and writes to.".to_owned(),
        };
        Self { problem, exit: 1 }
    }
}

/// What commands return: their exit status, or why they failed.
pub type Outcome = Result<u8, Failure>;

/// The document that a failure is with `--json`.
pub fn document(problem: &Problem) -> String {
    serde_json::json!({ "error": problem }).to_string()
}

/// Tells a mistake in the arguments: as clap does, and as a document where one is asked for.
pub fn usage(error: &clap::Error) -> ExitCode {
    let asked_for_json = std::env::args_os().any(|argument| argument == "--json");
    let help = !error.use_stderr();
    if asked_for_json && !help {
        let message = error.to_string();
        let mut lines = message.lines();
        let first = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let hint = "See seatledger --help.".to_owned();
        let problem = Problem { code: "usage".to_owned(), message: first, hint };
        // A closed standard output leaves nobody to tell.
        let _ = writeln!(std::io::stdout(), "{}", document(&problem));
        return ExitCode::from(2);
    }
    let _ = error.print();
    ExitCode::from(if help { 0 } else { 2 })
}
