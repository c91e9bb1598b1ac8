//! The one writer: results on stdout, notes and errors on stderr, nothing a roster could smuggle into a terminal.

use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::failure::{Failure, document};

/// Where a command writes.
pub struct Console {
    json: bool,
    quiet: bool,
    out: Mutex<BufWriter<Stdout>>,
}

impl Console {
    /// A console in the asked-for manner.
    pub fn new(json: bool, quiet: bool) -> Self {
        Self { json, quiet, out: Mutex::new(BufWriter::new(io::stdout())) }
    }

    /// Whether one JSON document is wanted.
    pub fn json(&self) -> bool {
        self.json
    }

    /// Whether progress may be drawn: only for people.
    pub fn draws_progress(&self) -> bool {
        !self.json && !self.quiet && io::stderr().is_terminal()
    }

    /// Prints a result for people.
    pub fn say(&self, text: &str) -> Result<(), Failure> {
        self.write(&format!("{}\n", harmless(text)))
    }

    /// Prints a note for people, beside the results.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.warn(text);
        }
    }

    /// Prints what went wrong while the command goes on, whether quiet or not.
    pub fn warn(&self, text: &str) {
        // In the order in which people should read them.
        let _ = self.flush();
        // Notes are a courtesy: a closed stderr must not fail the command.
        let _ = writeln!(anstream::stderr(), "{}", harmless(text));
    }

    /// Prints the one document.
    pub fn document(&self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|error| Failure::io("stdout", &error.into()))?;
        self.write(&format!("{text}\n"))
    }

    /// Prints a part of the one document, for lists too long to hold.
    pub fn write(&self, text: &str) -> Result<(), Failure> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(text.as_bytes()).map_err(|error| Failure::io("stdout", &error))
    }

    /// Writes out what is still held back.
    pub fn flush(&self) -> Result<(), Failure> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.flush().map_err(|error| Failure::io("stdout", &error))
    }

    /// Tells a failure and turns it into the exit status.
    pub fn fail(&self, failure: &Failure) -> ExitCode {
        let problem = &failure.problem;
        if self.json {
            let _ = self.write(&format!("{}\n", document(problem))).and_then(|()| self.flush());
        } else {
            let hint = if problem.hint.is_empty() { String::new() } else { format!("\n  {}", problem.hint) };
            let _ = writeln!(anstream::stderr(), "seatledger: {}{}", harmless(&problem.message), harmless(&hint));
        }
        ExitCode::from(failure.exit)
    }
}

/// Text without control characters and direction overrides: names come from a server, terminals obey escapes.
pub fn harmless(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        let bidi = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if (character.is_control() && character != '\n') || bidi {
            let _ = write!(clean, "\\u{{{:x}}}", u32::from(character));
        } else {
            clean.push(character);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn escapes_are_shown_and_not_obeyed() {
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}c\r\nd"), "a\\u{1b}[31mb\\u{202e}c\\u{d}\nd");
        assert_eq!(harmless("Zoë 李"), "Zoë 李");
    }
}
