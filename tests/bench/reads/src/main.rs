//! What the window asks of a large roster, timed call by call through `app`; a large import; the bytes of a year.
//! Prints one JSON document of milliseconds or bytes. Absent on purpose: goals and verdicts; `run.py` knows them.

mod activity;
mod history;
mod imports;
mod pages;
mod spending;
mod watch;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use app::clock::SystemClock;
use app::{KeeperChoice, Options, Seatledger};

const USAGE: &str = "usage: reads pages FOLDER APP
       reads search FOLDER APP
       reads spend FOLDER APP PURCHASES
       reads agreed FOLDER APP PURCHASES
       reads history FOLDER MEMBERS DAYS
       reads import FOLDER ROWS
       reads activity FOLDER MEMBERS";

type Outcome<T = serde_json::Value> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(document) => {
            println!("{document}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("reads: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["pages", folder, app] => pages::sorts_and_filters(&open(folder)?, app),
        ["search", folder, app] => pages::search(&open(folder)?, app),
        ["spend", folder, app, purchases] => spending::any_day(&open(folder)?, app, purchases.parse()?),
        ["agreed", folder, app, purchases] => spending::agreed(&open(folder)?, app, purchases.parse()?),
        ["history", folder, members, days] => history::of(Path::new(folder), members.parse()?, days.parse()?),
        ["import", folder, rows] => imports::of(Path::new(folder), rows.parse()?),
        ["activity", folder, members] => activity::of(Path::new(folder), members.parse()?),
        _ => Err(USAGE.into()),
    }
}

fn open(folder: &str) -> Outcome<Seatledger> {
    let options =
        Options { data_dir: folder.into(), keeper: KeeperChoice::Auto, passphrase: None, clock: Arc::new(SystemClock) };
    Ok(Seatledger::open(options).map_err(|error| said(&error))?)
}

fn said(error: &app::Error) -> String {
    let problem = error.problem();
    format!("{} {}", problem.message, problem.hint)
}
