//! `runs`, `changes`, `check`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::sync::{RunStageView, RunView, SyncStatus};

use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Prints the history of syncs.
pub fn list(seatledger: &Seatledger, app: &str, stages: bool, console: &Console) -> Outcome {
    let runs = seatledger.runs(&AppRequest { app: app.to_owned() })?;
    if console.json() {
        console.document(&runs)?;
        return Ok(0);
    }
    if stages {
        runs.iter().try_for_each(|run| with_stages(run, console))?;
        return Ok(0);
    }
    let mut table = Table::new(&[
        "Started",
        "Outcome",
        ">Members",
        ">Added",
        ">Removed",
        ">Changed",
        ">Pages",
        ">Seconds",
        "What happened",
    ]);
    for run in &runs {
        table.row(vec![
            run.started.clone(),
            word(run.status).to_owned(),
            run.members.to_string(),
            run.added.to_string(),
            run.removed.to_string(),
            run.changed.to_string(),
            run.pages.to_string(),
            run.seconds.map_or_else(String::new, |seconds| format!("{seconds:.1}")),
            story(run),
        ]);
    }
    console.say(&table.text())?;
    Ok(0)
}

/// One run as a story: how it went, then what it asked of the server.
fn with_stages(run: &RunView, console: &Console) -> Result<(), Failure> {
    let seconds = run.seconds.map_or_else(String::new, |seconds| format!(" after {seconds:.1} s"));
    let asked = format!("{} requests, {} repeated, {} bytes", run.requests, run.retries, run.bytes);
    console.say(&format!("{}  {}{seconds}; {asked}", run.started, word(run.status)))?;
    let told = story(run);
    if !told.is_empty() {
        console.say(&format!("  {told}"))?;
    }
    let mut table = Table::new(&["Stage", "Ended", ">Requests", ">Repeated", ">Bytes", ">Seconds", "What came of it"]);
    run.stages.iter().for_each(|stage| table.row(cells(stage)));
    if !table.is_empty() {
        console.say(&indented(&table.text()))?;
    }
    Ok(())
}

fn cells(stage: &RunStageView) -> Vec<String> {
    vec![
        stage.label.clone(),
        if stage.completed { "yes" } else { "no" }.to_owned(),
        stage.requests.to_string(),
        stage.retries.to_string(),
        stage.bytes.to_string(),
        format!("{:.1}", stage.seconds),
        stage.detail.clone(),
    ]
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

fn word(status: SyncStatus) -> &'static str {
    match status {
        SyncStatus::Completed => "completed",
        SyncStatus::Held => "held",
        SyncStatus::Cancelled => "cancelled",
        SyncStatus::Failed => "failed",
        SyncStatus::Running => "running",
    }
}

fn story(run: &RunView) -> String {
    let problem = run.problem.iter().map(|problem| problem.message.clone());
    let findings = run.findings.iter().map(|finding| finding.message.clone());
    problem.chain(findings).collect::<Vec<_>>().join(" ")
}

/// Prints who joined, left, was upgraded or downgraded.
pub fn changes(seatledger: &Seatledger, app: &str, from: Option<&str>, to: Option<&str>, console: &Console) -> Outcome {
    let changes = seatledger.changes(app, from, to)?;
    if console.json() {
        console.document(&changes)?;
        return Ok(0);
    }
    if changes.is_empty() {
        console.note("No changes in that time.");
        return Ok(0);
    }
    let mut table = Table::new(&["Noticed", "Who", "What", "From", "To"]);
    for change in &changes {
        let noticed = change.at.split('T').next().unwrap_or_default().to_owned();
        table.row(vec![
            noticed,
            change.who.clone(),
            change.kind.clone(),
            change.from.clone().unwrap_or_default(),
            change.to.clone().unwrap_or_default(),
        ]);
    }
    console.say(&table.text())?;
    Ok(0)
}

/// Verifies every invariant of the store.
pub fn check(seatledger: &Seatledger, console: &Console) -> Outcome {
    let broken = seatledger.check()?;
    if console.json() {
        console.document(&serde_json::json!({ "sound": broken.is_empty(), "broken": broken }))?;
    } else if broken.is_empty() {
        console.say("Everything that is stored is sound.")?;
    } else {
        broken.iter().try_for_each(|line| console.say(line))?;
    }
    Ok(if broken.is_empty() { 0 } else { 6 })
}
