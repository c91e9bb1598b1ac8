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
        let mut problem = error.problem();
        if let Some(hint) = hint_here(&problem.code) {
            hint.clone_into(&mut problem.hint);
        }
        Self { problem, exit: error.exit_code() }
    }
}

/// What to do about it on a command line, where that is another thing than in the window.
fn hint_here(code: &str) -> Option<&'static str> {
    Some(match code {
        "vault_locked" => {
            "Put its passphrase into SEATLEDGER_PASSPHRASE, or run the command in a terminal to be asked."
        }
        "keychain_unavailable" | "keychain_broken" => {
            "Use a passphrase instead: --vault file, with the passphrase in SEATLEDGER_PASSPHRASE or typed when asked."
        }
        "already-connected" => {
            "Nothing was saved. The same account under two names would be counted twice; if it is another account at this address, connect it with --again."
        }
        _ => return None,
    })
}

impl Failure {
    /// A mistake in how the command was called.
    pub fn usage(message: &str, hint: &str) -> Self {
        let problem = Problem { code: "usage".to_owned(), message: message.to_owned(), hint: hint.to_owned() };
        Self { problem, exit: 2 }
    }

    /// Nobody is there to be asked for the token or key, and none was piped in.
    pub fn no_secret(what: &str, example: &str) -> Self {
        let problem = Problem {
            code: "no-token".to_owned(),
            message: format!("No {what} was given."),
            hint: format!("Pipe it in, for example: {example}"),
        };
        Self { problem, exit: 3 }
    }

    /// Standard output, input or a folder could not be used.
    pub fn io(what: &str, error: &std::io::Error) -> Self {
        let problem = Problem {
            code: "io".to_owned(),
            message: format!("{what}: {error}."),
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
        let hint = "See seatledger --help.".to_owned();
        let problem = Problem { code: "usage".to_owned(), message: first_sentence(&error.to_string()), hint };
        // A closed standard output leaves nobody to tell.
        let _ = writeln!(std::io::stdout(), "{}", document(&problem));
        return ExitCode::from(2);
    }
    let _ = error.print();
    ExitCode::from(if help { 0 } else { 2 })
}

/// What clap says before it shows the usage, in one line.
fn first_sentence(message: &str) -> String {
    let lines = message.lines().map(str::trim).take_while(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join(" ");
    format!("{}.", text.trim_start_matches("error: ").trim_end_matches('.'))
}
