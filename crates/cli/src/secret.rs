//! Tokens and keys on their way in. They never come from an argument: those show in process lists and shell histories.

use std::io::{IsTerminal, Read};

use crate::failure::Failure;

/// Much more than any token has: what was piped in by mistake ends here, long enough to be refused for its length.
const LONGEST: u64 = 65_536;

/// A secret from standard input, else asked for where somebody is there to be asked.
pub fn read(from_stdin: bool, what: &str, example: &str) -> Result<String, Failure> {
    let unreadable = |error: std::io::Error| Failure::io(&format!("The {what} could not be read"), &error);
    if from_stdin {
        let mut secret = String::new();
        return std::io::stdin().lock().take(LONGEST).read_to_string(&mut secret).map(|_| secret).map_err(unreadable);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::no_secret(what, example));
    }
    rpassword::prompt_password(format!("{what} (it is not shown): ")).map_err(unreadable)
}
