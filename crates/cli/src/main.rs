//! `seatledger`: the same use cases as the window, for scripts and schedules.
//! Absent on purpose: everything but words and layout; the work is done by `app`.

mod args;
mod commands;
mod connection_args;
mod console;
mod failure;
mod open;
mod secret;
mod shapes;
mod table;

use std::process::ExitCode;

use crate::args::Arguments;
use crate::console::Console;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = match Arguments::from_process() {
        Ok(arguments) => arguments,
        Err(error) => return failure::usage(&error),
    };
    let console = Console::new(arguments.json, arguments.quiet);
    let outcome = commands::run(&arguments, &console).await;
    match outcome.and_then(|code| console.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => console.fail(&failure),
    }
}
