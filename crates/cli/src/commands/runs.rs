//! `runs`, `changes`, `check`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::sync::{CaseView, CasesRequest, RunStageView, RunView, SyncStatus};

use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Examples of one finding in a line.
const NAMED: usize = 5;

/// Prints whom a finding of the newest roster concerns.
pub fn finding(seatledger: &Seatledger, app: &str, code: &str, console: &Console) -> Outcome {
    let cases = cases(seatledger, app, Some(code))?;
    if console.json() {
        console.document(&cases)?;
        return Ok(0);
    }
    if cases.is_empty() {
        console.note("The newest roster has no such finding, or it concerns no members.");
        return Ok(0);
    }
    let mut table = Table::new(&["Id", "User name", "E-mail", "What was told"]);
    for case in cases {
        table.row(vec![case.id, case.user_name, case.email.unwrap_or_default(), case.sentence]);
    }
    console.say(&table.text())?;
    Ok(0)
}

fn cases(seatledger: &Seatledger, app: &str, code: Option<&str>) -> Result<Vec<CaseView>, Failure> {
    Ok(seatledger.finding_cases(&CasesRequest { app: app.to_owned(), code: code.map(str::to_owned) })?)
}

/// Some of those whom each of the newest roster's findings concerns, by the finding's code.
pub struct Examples(Vec<CaseView>);

impl Examples {
    /// Of an app that was just read.
    pub fn of(seatledger: &Seatledger, app: &str) -> Result<Self, Failure> {
        cases(seatledger, app, None).map(Self)
    }

    /// "For example a@acme.example (REST API Can-Edit, record View-Only).", where members are named.
    pub fn line(&self, code: &str) -> Option<String> {
        let of = self.0.iter().filter(|case| case.code == code);
        let named: Vec<String> = of.take(NAMED).map(example).collect();
        (!named.is_empty()).then(|| format!("For example {}.", named.join(", ")))
    }
}

fn example(case: &CaseView) -> String {
    let name = case.email.as_ref().unwrap_or(&case.user_name);
    if case.sentence.is_empty() { name.clone() } else { format!("{name} ({})", case.sentence) }
}

/// Prints the history of syncs, so many at most.
pub fn list(seatledger: &Seatledger, app: &str, stages: bool, limit: u64, console: &Console) -> Outcome {
    let of = AppRequest { app: app.to_owned() };
    let runs = seatledger.newest_runs(&of, limit)?;
    if console.json() {
        console.document(&runs)?;
        note_older(seatledger, &of, runs.len(), console)?;
        return Ok(0);
    }
    if stages {
        runs.iter().try_for_each(|run| with_stages(run, console))?;
        note_older(seatledger, &of, runs.len(), console)?;
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
    note_older(seatledger, &of, runs.len(), console)?;
    if runs.first().is_some_and(|newest| !newest.findings.is_empty()) {
        console.note(&format!("Whom a finding concerns: seatledger runs {app} --finding CODE, with a code of:"));
        let codes = runs.iter().take(1).flat_map(|newest| &newest.findings).map(|finding| finding.code.as_str());
        console.note(&format!("  {}", codes.collect::<Vec<_>>().join(", ")));
    }
    Ok(0)
}

/// That there are more than are shown.
fn note_older(seatledger: &Seatledger, of: &AppRequest, shown: usize, console: &Console) -> Result<(), Failure> {
    let all = seatledger.run_count(of)?;
    if all > shown as u64 {
        console.note(&format!("The newest {shown} of {all}; --limit {all} prints them all."));
    }
    Ok(())
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
    if let Some(shows) = &run.tenant_shows {
        console.say(&format!("  {shows}"))?;
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
