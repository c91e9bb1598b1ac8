//! A sync: read the whole roster, check it against the last one, write it in one transaction, or write nothing.

use std::fs::File;
use std::time::{Duration, Instant};

use connect::{
    BaseUrl, BearerToken, Client, ConnectError, Journal, Kind, Limits, PageOfMembers, Reading, SinkError, Sources,
};
use jiff::Timestamp;
use roster::{Verdict, guard};
use store::{App, Counts, Promotion, RunEnd, RunId, RunStatus, Staging};
use tokio_util::sync::CancellationToken;

use crate::connecting::connector;
use crate::error::{Error, Result};
use crate::finding;
use crate::seatledger::{Rooms, Seatledger, locked};
use crate::view::problem::Problem;
use crate::view::sync::{SyncProgress, SyncReport, SyncRequest, SyncStatus};
use crate::words::counted;

/// Told how far a sync is, at most ten times a second.
pub type OnProgress = Box<dyn FnMut(SyncProgress) + Send>;

const TELL_EVERY: Duration = Duration::from_millis(100);

/// Holds the right to sync one app, in this process and among all others; the system frees it if we die.
pub(crate) struct SyncLock {
    _file: File,
}

impl Rooms {
    fn lock_file(&self, slug: &str) -> Result<File> {
        let path = self.data_dir.join(format!("sync-{slug}.lock"));
        let why =
            |error: std::io::Error| Error::FileNotWritten { path: path.display().to_string(), why: error.to_string() };
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map_err(why)
    }

    pub(crate) fn sync_lock(&self, app: &App) -> Result<SyncLock> {
        let file = self.lock_file(&app.slug)?;
        match file.try_lock() {
            Ok(()) => Ok(SyncLock { _file: file }),
            Err(_) => Err(Error::AlreadySyncing(app.name.clone())),
        }
    }

    /// Whether a sync of the app is under way anywhere.
    pub(crate) fn is_syncing(&self, slug: &str) -> bool {
        self.lock_file(slug).is_ok_and(|file| file.try_lock_shared().is_err())
    }
}

/// What reading and checking came to.
enum Outcome {
    Written { counts: Counts, reading: Reading },
    Held { verdict: Verdict, reading: Reading, members: u64 },
}

struct Attempt {
    app: App,
    run: RunId,
    at: Timestamp,
    accept_drop: bool,
    previous: u64,
    started: Instant,
    cancel: CancellationToken,
}

impl Attempt {
    /// The attempt's own clock: it began at `at` and has run for as long as it really has.
    fn now(&self) -> Timestamp {
        let elapsed = jiff::SignedDuration::try_from(self.started.elapsed()).unwrap_or_default();
        self.at.saturating_add(elapsed).unwrap_or(self.at)
    }
}

impl Seatledger {
    /// Reads the roster now.
    pub async fn sync(&self, request: &SyncRequest, on_progress: OnProgress) -> Result<SyncReport> {
        self.sync_at(request, self.now(), on_progress).await
    }

    /// Asks a running sync of the app to stop; nothing is written.
    pub fn sync_cancel(&self, slug: &str) {
        if let Some(cancel) = locked(&self.running).get(slug) {
            cancel.cancel();
        }
    }

    /// Reads the roster as if it were `at`: the sample organisation's months pass on a virtual clock.
    pub(crate) async fn sync_at(
        &self,
        request: &SyncRequest,
        at: Timestamp,
        on_progress: OnProgress,
    ) -> Result<SyncReport> {
        let slug = request.app.clone();
        let (app, _lock, base_url, token) = self
            .blocking(move |this| {
                let app = this.app(&slug)?;
                let lock = this.sync_lock(&app)?;
                let (base_url, token) = this.credentials(&app)?;
                Ok((app, lock, base_url, token))
            })
            .await?;
        let cancel = CancellationToken::new();
        locked(&self.running).insert(app.slug.clone(), cancel.clone());
        let attempt = Attempt {
            run: self.store.begin_run(app.id, at)?,
            previous: self.store.member_count(app.id)?,
            app,
            at,
            accept_drop: request.accept_drop,
            started: Instant::now(),
            cancel,
        };
        let outcome = self.read_and_write(&attempt, &base_url, &token, on_progress).await;
        locked(&self.running).remove(&attempt.app.slug);
        self.conclude(&attempt, outcome)
    }

    fn credentials(&self, app: &App) -> Result<(BaseUrl, BearerToken)> {
        if app.sample {
            return self.sample_credentials(app);
        }
        let base_url = BaseUrl::parse(&app.base_url)?;
        let token = self.open_token(app, &base_url)?;
        Ok((base_url, token))
    }

    async fn read_and_write(
        &self,
        attempt: &Attempt,
        base_url: &BaseUrl,
        token: &BearerToken,
        mut on_progress: OnProgress,
    ) -> Result<Outcome> {
        let client = Client::new(base_url, token, Limits::default())?;
        let mut staging = self.store.staging()?;
        let mut pace = Pace::new(&attempt.app.slug);
        let reading = {
            let mut on_page = |page: PageOfMembers| {
                if page.restart {
                    staging.clear().map_err(SinkError::new)?;
                }
                staging.add(&page.members).map_err(SinkError::new)?;
                if let Some(progress) = pace.progress(&page) {
                    on_progress(progress);
                }
                Ok(())
            };
            let sources = Sources::of(connector(&attempt.app.connector)?);
            client.read_roster(&sources, &mut on_page, &Journal::new(), &attempt.cancel).await?
        };
        on_progress(pace.stage("comparing", &reading));
        let members = staging.members();
        let verdict = guard::check(attempt.previous, members, guard::DROP_PERCENT);
        if verdict != Verdict::Accept && !attempt.accept_drop {
            return Ok(Outcome::Held { verdict, reading, members });
        }
        if attempt.cancel.is_cancelled() {
            return Err(ConnectError::Cancelled.into());
        }
        on_progress(pace.stage("writing", &reading));
        self.write(attempt, staging, reading).await
    }

    async fn write(&self, attempt: &Attempt, staging: Staging, reading: Reading) -> Result<Outcome> {
        let (app, run, at, now) = (attempt.app.id, attempt.run, attempt.at, attempt.now());
        self.blocking(move |this| {
            let members = staging.members();
            let end = run_end(RunStatus::Completed, now, members, Some(&reading), None);
            let promotion = Promotion { day: this.day_of(at)?, run_end: end };
            let counts = this.store.promote(app, run, &staging, &promotion)?;
            Ok(Outcome::Written { counts, reading })
        })
        .await
    }

    fn conclude(&self, attempt: &Attempt, outcome: Result<Outcome>) -> Result<SyncReport> {
        let app = &attempt.app;
        let seconds = attempt.started.elapsed().as_secs_f64();
        let report = |status, members, reading: Option<&Reading>, sentence| SyncReport {
            app: app.slug.clone(),
            status,
            members,
            added: 0,
            removed: 0,
            changed: 0,
            pages: reading.map_or(0, |reading| reading.pages),
            seconds,
            findings: reading.map(|reading| finding::views(&reading.findings)).unwrap_or_default(),
            previous_members: attempt.previous,
            sentence,
        };
        match outcome {
            Ok(Outcome::Written { counts, reading }) => Ok(SyncReport {
                added: counts.added,
                removed: counts.removed,
                changed: counts.changed,
                ..report(SyncStatus::Completed, counts.members, Some(&reading), completed_sentence(&counts))
            }),
            Ok(Outcome::Held { verdict, reading, members }) => {
                let sentence = held_sentence(&app.name, verdict);
                let problem =
                    Problem { code: "roster-held".to_owned(), message: sentence.clone(), hint: HELD_HINT.to_owned() };
                let end = run_end(RunStatus::Held, attempt.now(), members, Some(&reading), Some(problem));
                self.store.end_run(attempt.run, &end)?;
                Ok(report(SyncStatus::Held, members, Some(&reading), sentence))
            }
            Err(error) => {
                let cancelled = matches!(&error, Error::Connect(error) if error.kind() == Kind::Cancelled);
                let status = if cancelled { RunStatus::Cancelled } else { RunStatus::Failed };
                let end = run_end(status, attempt.now(), 0, None, Some(error.problem()));
                // The first error matters more than a second one about recording it.
                let recorded = self.store.end_run(attempt.run, &end);
                if !cancelled {
                    return Err(error);
                }
                recorded?;
                let sentence = "Cancelled. Nothing was changed.".to_owned();
                Ok(report(SyncStatus::Cancelled, 0, None, sentence))
            }
        }
    }
}

const HELD_HINT: &str =
    "The last roster was kept. If the smaller roster is right, accept it: in the window, or with --accept-drop.";

fn held_sentence(name: &str, verdict: Verdict) -> String {
    match verdict {
        Verdict::HoldDrop { before, after } => format!(
            "{name} now lists {} instead of {}. That is a drop of {} %, so nothing was written.",
            counted(after, "user", "users"),
            counted(before, "user", "users"),
            before.saturating_sub(after).saturating_mul(100) / before.max(1),
        ),
        Verdict::HoldEmpty | Verdict::Accept => format!("{name} lists no users at all, so nothing was written."),
    }
}

fn completed_sentence(counts: &Counts) -> String {
    let members = counted(counts.members, "member", "members");
    match (counts.added, counts.removed, counts.changed) {
        (0, 0, 0) => format!("{members}, nothing changed."),
        (added, removed, changed) => format!("{members}: {added} added, {removed} removed, {changed} changed."),
    }
}

fn run_end(
    status: RunStatus,
    at: Timestamp,
    members: u64,
    reading: Option<&Reading>,
    problem: Option<Problem>,
) -> RunEnd {
    RunEnd {
        at,
        status,
        members,
        pages: reading.map_or(0, |reading| reading.pages),
        requests: reading.map_or(0, |reading| reading.requests),
        bytes: reading.map_or(0, |reading| reading.bytes),
        problem: problem.map(|problem| store::Problem {
            code: problem.code,
            message: problem.message,
            hint: problem.hint,
        }),
        findings: reading.map(|reading| reading.findings.clone()).unwrap_or_default(),
        retries: 0,
        stages: Vec::new(),
    }
}

/// Turns pages into progress, not more often than people can read.
struct Pace {
    app: String,
    started: Instant,
    told: Option<Instant>,
}

impl Pace {
    fn new(slug: &str) -> Self {
        Self { app: slug.to_owned(), started: Instant::now(), told: None }
    }

    fn progress(&mut self, page: &PageOfMembers) -> Option<SyncProgress> {
        if self.told.is_some_and(|told| told.elapsed() < TELL_EVERY) {
            return None;
        }
        self.told = Some(Instant::now());
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let per_second = page.users.saturating_mul(1_000) / elapsed;
        let left = page.total.map(|total| total.saturating_sub(page.users));
        Some(SyncProgress {
            app: self.app.clone(),
            stage: "reading".to_owned(),
            page: page.page,
            pages: page.pages,
            users: page.users,
            total: page.total,
            per_second,
            seconds_left: left.map(|left| left.div_ceil(per_second.max(1))),
        })
    }

    fn stage(&self, stage: &str, reading: &Reading) -> SyncProgress {
        SyncProgress {
            app: self.app.clone(),
            stage: stage.to_owned(),
            page: reading.pages,
            pages: Some(reading.pages),
            users: reading.users,
            total: Some(reading.users),
            per_second: 0,
            seconds_left: None,
        }
    }
}
