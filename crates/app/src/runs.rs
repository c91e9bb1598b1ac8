//! The history of syncs, and what it says about the roster's state.

use jiff::{Timestamp, ZonedDateTime};
use store::{App, Run, RunEnd, RunHistory, RunStatus};

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

/// What a run said whose roster is held.
fn reason(held: &Run) -> String {
    let problem = ended(held).and_then(|end| end.problem.as_ref());
    problem.map_or_else(|| "The last sync waits for your word.".to_owned(), |problem| problem.message.clone())
}

impl Rooms {
    pub(crate) fn standing(&self, app: &App) -> Result<Standing> {
        let syncing = self.is_syncing(&app.slug);
        let RunHistory { newest, last_completed, last_read, failed, .. } = self.store.run_history(app.id)?;
        let runs_now = syncing && newest.is_some_and(|run| run.status() == RunStatus::Running);
        // The run under way has no end either, and has not failed.
        let failed = failed.saturating_sub(u64::from(runs_now));
        let last_completed = last_completed.as_ref().and_then(ended).map(|end| end.at);
        let held = last_read.filter(|run| run.status() == RunStatus::Held);
        let (state, sentence) = match (held, last_completed) {
            _ if runs_now => (RosterState::Syncing, "Syncing now.".to_owned()),
            (Some(held), at) => (RosterState::Held, self.held(&held, at, failed)?),
            (None, None) if failed > 0 => {
                (RosterState::NeverSynced, "The first sync has not succeeded yet.".to_owned())
            }
            (None, None) => (RosterState::NeverSynced, "Not synced yet.".to_owned()),
            (None, Some(at)) if failed > 0 => (RosterState::Stale, self.stale(at, failed)?),
            (None, Some(at)) => (RosterState::Current, self.as_of(at)?),
        };
        Ok(Standing { state, sentence, last_completed })
    }

    /// A roster waits until a later one takes its place: syncs that fail meanwhile do not settle it.
    fn held(&self, held: &Run, last_completed: Option<Timestamp>, failed: u64) -> Result<String> {
        let mut said = vec![reason(held)];
        if let Some(at) = last_completed {
            said.push(format!("The numbers are from {}.", words::day(self.day_of(at)?)));
        }
        if failed > 0 {
            said.push(format!("{} failed since.", words::counted(failed, "sync", "syncs")));
        }
        Ok(said.join(" "))
    }

    fn stale(&self, at: Timestamp, failed: u64) -> Result<String> {
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
    /// How many syncs of the app there were in all; [`Self::runs`] gives the newest of them.
    pub fn run_count(&self, request: &AppRequest) -> Result<u64> {
        Ok(self.store.run_history(self.app(&request.app)?.id)?.runs)
    }

    /// The app's syncs, newest first, 200 at most.
    pub fn runs(&self, request: &AppRequest) -> Result<Vec<RunView>> {
        self.newest_runs(request, MOST_RUNS)
    }

    /// So many of them at most.
    pub fn newest_runs(&self, request: &AppRequest, most: u64) -> Result<Vec<RunView>> {
        let app = self.app(&request.app)?;
        let syncing = self.is_syncing(&app.slug);
        let runs = self.store.runs(app.id, most)?;
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
        tenant_shows: end.and_then(|end| finding::tenant_shows(&end.findings)),
        findings: end.map(|end| finding::views(&end.findings)).unwrap_or_default(),
    }
}
