//! One file per noun. A command unpacks its arguments, calls `app`, and lays the answer out.

mod activity;
mod apps;
mod connect;
mod connection;
mod demo;
mod explain;
mod export;
mod fee;
mod forecast;
mod headcount;
mod held;
mod import;
mod invoice;
mod license;
mod mapping;
mod purchase;
mod rate;
mod renewals;
mod roster;
mod runs;
mod scenario;
mod spend;
mod spend_by;
mod sync;

use clap::CommandFactory;

use crate::args::{Arguments, Command};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::open;

/// Runs the command that was asked for and says with which status to exit.
pub async fn run(arguments: &Arguments, console: &Console) -> Outcome {
    match &arguments.command {
        Command::Completions { shell } => return completions(*shell),
        Command::Demo => return demo::run(arguments, console).await,
        _ => {}
    }
    let seatledger = open::seatledger(arguments)?;
    match &arguments.command {
        Command::Connect { connector } => connect::run(&seatledger, arguments, connector, console).await,
        Command::Apps { explain } => apps::list(&seatledger, *explain, console),
        Command::Disconnect { app, confirm } => apps::disconnect(&seatledger, arguments, app, confirm, console),
        Command::Connection { command } => connection::run(&seatledger, arguments, command, console).await,
        Command::Rest { command } => connection::rest(&seatledger, arguments, command, console).await,
        Command::Mapping { command } => mapping::run(&seatledger, arguments, command, console).await,
        Command::Held { app } => held::run(&seatledger, app, console),
        Command::Sync { apps, all, accept_drop } => {
            sync::run(&seatledger, arguments, (apps, *all), *accept_drop, console).await
        }
        Command::Roster(asked) => roster::list(&seatledger, asked, console),
        Command::Activity { command } => activity::run(&seatledger, command, console),
        Command::License { command } => license::run(&seatledger, command, console),
        Command::Purchase { command } => purchase::run(&seatledger, command, console),
        Command::Fee { command } => fee::run(&seatledger, command, console),
        Command::Invoice { command } => invoice::run(&seatledger, command, console),
        Command::Rate { command } => rate::run(&seatledger, command, console),
        Command::Headcount { command } => headcount::run(&seatledger, command, console),
        Command::Undo { app } => purchase::undo(&seatledger, app, console),
        Command::Redo { app } => purchase::redo(&seatledger, app, console),
        Command::Spend(asked) => spend::run(&seatledger, asked, console),
        Command::Renewals(asked) => renewals::run(&seatledger, asked, console),
        Command::Forecast(asked) => forecast::run(&seatledger, asked, console),
        Command::Scenario { command } => scenario::run(&seatledger, command, console),
        Command::Changes { app, from, to } => runs::changes(&seatledger, app, from.as_deref(), to.as_deref(), console),
        Command::Export(asked) => export::run(&seatledger, asked, console),
        Command::Runs { app, finding: Some(code), .. } => runs::finding(&seatledger, app, code, console),
        Command::Runs { app, stages, limit, finding: None } => runs::list(&seatledger, app, *stages, *limit, console),
        Command::Import(asked) => import::run(&seatledger, asked, console),
        Command::Check => runs::check(&seatledger, console),
        Command::Demo | Command::Completions { .. } => Ok(0),
    }
}

/// Says what was done: a document for scripts, a sentence for people.
fn told(console: &Console, document: &impl serde::Serialize, sentence: &str) -> Outcome {
    if console.json() {
        console.document(document)?;
    } else {
        console.say(sentence)?;
    }
    Ok(0)
}

fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "seatledger", &mut script);
    std::io::Write::write_all(&mut std::io::stdout(), &script).map_err(|error| Failure::io("stdout", &error))?;
    Ok(0)
}
