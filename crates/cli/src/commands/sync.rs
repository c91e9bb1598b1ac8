//! `sync`.

use app::view::sync::{SyncProgress, SyncReport, SyncRequest, SyncStatus};
use app::{OnProgress, Seatledger};
use indicatif::{ProgressBar, ProgressStyle};

use super::runs::Examples;
use crate::args::Arguments;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::open;
use crate::shapes::SyncShape;

/// Held: nothing was written until the user says so.
const HELD: u8 = 5;

/// Reads the rosters of the named apps, else of all. One failing app does not keep the others from being read.
pub async fn run(
    seatledger: &Seatledger,
    arguments: &Arguments,
    (apps, all): (&[String], bool),
    accept_drop: bool,
    console: &Console,
) -> Outcome {
    let apps = if apps.is_empty() { every_app(seatledger)? } else { apps.to_vec() };
    open::unlock(seatledger, arguments)?;
    let mut reports = Vec::new();
    let mut failures = Vec::new();
    let several = apps.len() > 1;
    for app in apps {
        let asked = SyncRequest { app, accept_drop };
        match one(seatledger, &asked, console).await {
            Ok(report) => reports.push(report),
            Err(failure) => {
                if several && !console.json() {
                    console.warn(&format!("{}: {} {}", asked.app, failure.problem.message, failure.problem.hint));
                }
                failures.push((asked.app, failure));
            }
        }
    }
    if console.json() {
        print_document(&reports, &failures, all, console)?;
    } else {
        print(seatledger, &reports, console)?;
    }
    let held = reports.iter().any(|report| report.status == SyncStatus::Held);
    let cancelled = reports.iter().any(|report| report.status == SyncStatus::Cancelled);
    match failures.into_iter().max_by_key(|(_, failure)| severity(failure.exit)) {
        Some((_, failure)) if !several && !console.json() => Err(failure),
        Some((_, failure)) => Ok(failure.exit),
        None if held => Ok(HELD),
        None if cancelled => Ok(130),
        None => Ok(0),
    }
}

/// Which of several failures the exit status tells: what only a person can mend before what may pass by itself.
fn severity(exit: u8) -> u8 {
    match exit {
        6 => 4,
        3 => 3,
        4 => 2,
        _ => 1,
    }
}

fn every_app(seatledger: &Seatledger) -> Result<Vec<String>, Failure> {
    let apps: Vec<String> = seatledger.apps_list()?.into_iter().map(|row| row.app).collect();
    if apps.is_empty() {
        return Err(Failure::usage("No app is connected yet.", "Start with `seatledger connect lucid`."));
    }
    Ok(apps)
}

/// One sync; Ctrl-C cancels it, and then nothing is written.
async fn one(seatledger: &Seatledger, asked: &SyncRequest, console: &Console) -> Result<SyncReport, Failure> {
    let bar = console.draws_progress().then(bar);
    let reading = seatledger.sync(asked, progress(bar.clone()));
    tokio::pin!(reading);
    let outcome = tokio::select! {
        outcome = &mut reading => outcome,
        _ = tokio::signal::ctrl_c() => {
            seatledger.sync_cancel(&asked.app);
            reading.await
        }
    };
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    outcome.map_err(|error| with_next_step(error.into(), &asked.app))
}

/// A token that was rejected is replaced by a command.
fn with_next_step(mut failure: Failure, app: &str) -> Failure {
    if failure.problem.code == "token-rejected" {
        let command = format!(" Then: seatledger connection token {app} --token-stdin < token.txt");
        failure.problem.hint.push_str(&command);
    }
    failure
}

/// A line that shows that something goes on.
pub fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    bar
}

fn progress(bar: Option<ProgressBar>) -> OnProgress {
    Box::new(move |progress: SyncProgress| {
        if let Some(bar) = &bar {
            let of = |most: Option<u64>| most.map_or_else(String::new, |most| format!(" of {most}"));
            let left = progress.seconds_left.map_or_else(String::new, |left| format!(", {left} s left"));
            let waits = progress.waits_seconds.map_or_else(String::new, |wait| format!(", waits {wait} s"));
            bar.set_message(format!(
                "{} {}: page {}{}, {}{} users, {}/s{left}{waits}",
                progress.app,
                progress.stage,
                progress.page,
                of(progress.pages),
                progress.users,
                of(progress.total),
                progress.per_second,
            ));
            bar.tick();
        }
    })
}

/// One app gives an object, several or `--all` give an array; an app that failed is an object with its error.
fn print_document(
    reports: &[SyncReport],
    failures: &[(String, Failure)],
    every: bool,
    console: &Console,
) -> Result<(), Failure> {
    if let ([only], [], false) = (reports, failures, every) {
        return console.document(&SyncShape::from(only));
    }
    let done = reports.iter().map(|report| serde_json::to_value(SyncShape::from(report)));
    let mut all = done.collect::<Result<Vec<_>, _>>().map_err(|error| Failure::io("stdout", &error.into()))?;
    let single = !every && reports.len() + failures.len() == 1;
    all.extend(failures.iter().map(|(app, failure)| {
        if single {
            serde_json::json!({ "error": failure.problem })
        } else {
            serde_json::json!({ "app": app, "status": "failed", "error": failure.problem })
        }
    }));
    match (single, all.first()) {
        (true, Some(only)) => console.document(only),
        _ => console.document(&all),
    }
}

fn print(seatledger: &Seatledger, reports: &[SyncReport], console: &Console) -> Result<(), Failure> {
    for report in reports {
        console.say(&format!("{}: {}", report.app, report.sentence))?;
        if report.status == SyncStatus::Held {
            console.note("The last roster was kept. If what was read is right, run the sync again with --accept-drop.");
        }
        let examples = Examples::of(seatledger, &report.app)?;
        for finding in &report.findings {
            console.note(&format!("  {}", finding.message));
            if let Some(line) = examples.line(&finding.code) {
                console.note(&format!("    {line}"));
            }
        }
    }
    Ok(())
}
