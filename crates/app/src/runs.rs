//! The history of syncs, and what it says about the roster's state.

use jiff::{Timestamp, ZonedDateTime};
use store::{App, Run, RunEnd, RunStatus};

use crate::error::Result;
use crate::instants::instant;
use crate::seatledger::{Rooms, Seatledger};
use crate::view::apps::{AppRequest, RosterState};
use crate::view::problem::Problem;
use crate::view::sync::{RunView, SyncStatus};
use crate::{finding, stages, words};

const MOST_RUNS: u64 = 200;

/// How far the roster can be trusted, in a word and in a sentence.
pub(crate) struct Standing {
    pub(crate) state: RosterState,
    pub(crate) sentence: String,
    pub(crate) last_completed: Option<Timestamp>,
}

fn ended(run: &Run) -> Option<&RunEnd> {
    run.end.as_ref()
}

fn status(run: &Run, syncing: bool) -> SyncStatus {
    match run.status() {
        RunStatus::Completed => SyncStatus::Completed,
        RunStatus::Held => SyncStatus::Held,
        RunStatus::Cancelled => SyncStatus::Cancelled,
        RunStatus::Running if syncing => SyncStatus::Running,
        RunStatus::Failed | RunStatus::Running => SyncStatus::Failed,
    }
}

fn problem(run: &Run, status: SyncStatus) -> Option<Problem> {
    let recorded = ended(run).and_then(|end| end.problem.clone());
    let recorded = recorded.map(|store::Problem { code, message, hint }| Problem { code, message, hint });
    let died = run.status() == RunStatus::Running && status == SyncStatus::Failed;
    recorded.or_else(|| {
        died.then(|| Problem {
            code: "ended-without-a-word".to_owned(),
            message: "Seatledger was closed or stopped while this sync ran. Nothing was written.".to_owned(),
            hint: "Sync again.".to_owned(),
        })
    })
}

/// What the held run said.
fn held(runs: &[Run]) -> String {
    let newest = runs.first().and_then(ended).and_then(|end| end.problem.as_ref());
    newest.map_or_else(|| "The last sync waits for your word.".to_owned(), |problem| problem.message.clone())
}

impl Rooms {
    pub(crate) fn standing(&self, app: &App) -> Result<Standing> {
        let runs = self.store.runs(app.id, MOST_RUNS)?;
        let syncing = self.is_syncing(&app.slug);
        let last_completed =
            runs.iter().filter(|run| run.status() == RunStatus::Completed).find_map(ended).map(|end| end.at);
        let since = runs.iter().take_while(|run| run.status() != RunStatus::Completed);
        let failed = since.filter(|run| status(run, syncing) == SyncStatus::Failed).count();
        let newest = runs.first().map(|run| status(run, syncing));
        let (state, sentence) = match (newest, last_completed) {
            (Some(SyncStatus::Running), _) => (RosterState::Syncing, "Syncing now.".to_owned()),
            (Some(SyncStatus::Held), _) => (RosterState::Held, held(&runs)),
            (_, None) if failed > 0 => (RosterState::NeverSynced, "The first sync has not succeeded yet.".to_owned()),
            (_, None) => (RosterState::NeverSynced, "Not synced yet.".to_owned()),
            (_, Some(at)) if failed > 0 => (RosterState::Stale, self.stale(at, failed)?),
            (_, Some(at)) => (RosterState::Current, self.as_of(at)?),
        };
        Ok(Standing { state, sentence, last_completed })
    }

    fn stale(&self, at: Timestamp, failed: usize) -> Result<String> {
        let day = words::day(self.day_of(at)?);
        let syncs = if failed == 1 { "the last sync".to_owned() } else { format!("the last {failed} syncs") };
        Ok(format!("Stale: {syncs} failed, the numbers are from {day}."))
    }

    fn as_of(&self, at: Timestamp) -> Result<String> {
        let zoned = ZonedDateTime::new(at, self.zone()?);
        let today = self.today()?;
        let when = if zoned.date() == today {
            zoned.strftime("%H:%M").to_string()
        } else {
            format!("{}, {}", words::day(zoned.date()), zoned.strftime("%H:%M"))
        };
        Ok(format!("As of {when}, {}.", words::ago(at, self.now())))
    }
}

impl Seatledger {
    /// The app's syncs, newest first.
    pub fn runs(&self, request: &AppRequest) -> Result<Vec<RunView>> {
        let app = self.app(&request.app)?;
        let syncing = self.is_syncing(&app.slug);
        let runs = self.store.runs(app.id, MOST_RUNS)?;
        // Only the newest run can be the one under way.
        Ok(runs.iter().enumerate().map(|(index, run)| view(run, syncing && index == 0)).collect())
    }
}

fn view(run: &Run, syncing: bool) -> RunView {
    let status = status(run, syncing);
    let end = ended(run);
    let span = end.map(|end| end.at.duration_since(run.started_at).as_secs_f64());
    RunView {
        id: run.id.0,
        started: instant(run.started_at),
        finished: end.map(|end| instant(end.at)),
        status,
        members: end.map_or(0, |end| end.members),
        added: run.added,
        removed: run.removed,
        changed: run.changed,
        pages: end.map_or(0, |end| end.pages),
        bytes: end.map_or(0, |end| end.bytes),
        requests: end.map_or(0, |end| end.requests),
        retries: end.map_or(0, |end| end.retries),
        seconds: span,
        stages: end.map(|end| stages::views(&end.stages)).unwrap_or_default(),
        problem: problem(run, status),
        findings: end.map(|end| finding::views(&end.findings)).unwrap_or_default(),
    }
}
