//! A sync: read the whole roster, check it against the last one, write it in one transaction, or write nothing.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use connect::{ConnectError, Journal, Kind, News, PageOfMembers, ReadStage, Reading};
use jiff::Timestamp;
use roster::guard;
use store::{App, Counts, Gone, Promotion, Ruling, RunEnd, RunId, RunStatus, Settled};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::connecting::connector;
use crate::error::{Error, Result};
use crate::intake::{Intake, LastReading, Read};
use crate::missed::{self, LookedUp};
use crate::seatledger::{Seatledger, locked};
use crate::sources::Approach;
use crate::verdict::Held;
use crate::view::problem::Problem;
use crate::view::sync::{SyncProgress, SyncReport, SyncRequest, SyncStatus};
use crate::words::counted;
use crate::{finding, stages};

/// Told how far a sync is, at most ten times a second.
pub type OnProgress = Box<dyn FnMut(SyncProgress) + Send>;

const TELL_EVERY: Duration = Duration::from_millis(100);

/// What reading and checking came to.
enum Outcome {
    Written { counts: Counts, reading: Reading },
    Held { sentence: String, reading: Reading, members: u64 },
}

/// What settling came to.
enum Step {
    Done(Outcome),
    /// These are to be asked for first.
    Ask(Gone, Read),
}

/// The stages of a reading as they begin.
type AllNews = mpsc::UnboundedReceiver<News>;

/// One attempt to read a roster.
#[derive(Clone)]
pub(crate) struct Attempt {
    app: App,
    run: RunId,
    at: Timestamp,
    accept_drop: bool,
    previous: u64,
    started: Instant,
    pub(crate) cancel: CancellationToken,
    /// What was asked of the server so far; it outlives a reading that fails.
    pub(crate) journal: Arc<Journal>,
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
        let (app, _lock) = self
            .blocking(move |this| {
                let app = this.app(&slug)?;
                let lock = this.sync_lock(&app)?;
                // Whoever had it may have removed the app.
                Ok((this.app(&slug)?, lock))
            })
            .await?;
        let cancel = CancellationToken::new();
        locked(&self.running).insert(app.slug.clone(), cancel.clone());
        let (told, news) = mpsc::unbounded_channel();
        // Nobody listens once the reading has ended.
        let journal = Journal::telling(move |one| {
            let _ = told.send(one);
        });
        let attempt = Attempt {
            run: self.store.begin_run(app.id, at)?,
            previous: self.store.member_count(app.id)?,
            app,
            at,
            accept_drop: request.accept_drop,
            started: Instant::now(),
            cancel,
            journal: Arc::new(journal),
        };
        let outcome = self.read_and_write(&attempt, news, on_progress).await;
        locked(&self.running).remove(&attempt.app.slug);
        self.conclude(&attempt, outcome)
    }

    async fn read_and_write(
        &self,
        attempt: &Attempt,
        mut news: AllNews,
        mut on_progress: OnProgress,
    ) -> Result<Outcome> {
        let app = attempt.app.clone();
        // A token that cannot be had is an attempt that failed: a schedule waits its interval before the next one.
        let approach = self.blocking(move |this| this.approach(&app)).await?;
        let mut pace = Pace::new(&attempt.app.slug);
        let (last, manner) = self.last_reading(&attempt.app, &approach.sources, attempt.at)?.unzip();
        let teller = (&mut pace, &mut on_progress);
        let intake = Intake::open(self, attempt.app.id);
        let reading = read(attempt, &approach, last, &intake, &mut news, teller).await;
        // Where the staging failed, that is why the reading did.
        let staging = intake.close().await?;
        let reading = reading?;
        on_progress(pace.stage("comparing", &reading));
        if attempt.cancel.is_cancelled() {
            return Err(ConnectError::Cancelled.into());
        }
        on_progress(pace.stage("writing", &reading));
        let percent = approach.settings.drop_percent.map_or(guard::DROP_PERCENT, u64::from);
        self.write(attempt, &approach, (staging, manner), reading, percent).await
    }

    /// Writes what was read, or holds it; whoever would go is asked for first.
    async fn write(
        &self,
        attempt: &Attempt,
        approach: &Approach,
        mut read: Read,
        mut reading: Reading,
        percent: u64,
    ) -> Result<Outcome> {
        let mut looked_up = None;
        loop {
            match self.settle(attempt, read, (reading.clone(), looked_up.take()), percent).await? {
                Step::Done(outcome) => return Ok(outcome),
                Step::Ask(gone, back) => {
                    read = back;
                    looked_up = Some(missed::look_up(attempt, approach, gone, &mut reading).await?);
                }
            }
        }
    }

    /// Writes or holds: both are decided by the comparison that writing rests on.
    async fn settle(
        &self,
        attempt: &Attempt,
        read: Read,
        (reading, looked_up): (Reading, Option<LookedUp>),
        percent: u64,
    ) -> Result<Step> {
        let attempt = attempt.clone();
        self.blocking(move |this| {
            let (staging, manner) = read;
            let members = staging.members();
            let seen = this.seen_values(&attempt.app, &reading.values)?;
            let reading = reading.and(seen.as_ref().map(|seen| seen.findings.clone()).unwrap_or_default());
            let reading = match &looked_up {
                Some(looked_up) => looked_up.told(reading),
                None => reading,
            };
            let promotion = Promotion {
                day: this.day_of(attempt.at)?,
                run_end: run_end(RunStatus::Completed, &attempt, members, Some(&reading), None),
                new_types_billable: connector(&attempt.app.connector)?.bills_unknown_types(),
            };
            let word = this.last_word(&attempt.app, attempt.accept_drop)?;
            let mut held = None;
            let settled = this.store.settle(attempt.app.id, attempt.run, &staging, &promotion, |compared| {
                let objection = looked_up.as_ref().and_then(|looked_up| looked_up.objection(&attempt.app.name));
                let read = (reading.findings.as_slice(), objection);
                match word.verdict(&attempt.app.name, compared, read, percent) {
                    Some(found) => {
                        let problem = held.insert(found).problem();
                        Ruling::Hold(run_end(RunStatus::Held, &attempt, members, Some(&reading), Some(problem)))
                    }
                    None if looked_up.is_none() && compared.loss.vanished > 0 => Ruling::Ask(missed::MOST),
                    None => Ruling::Write,
                }
            })?;
            let remember = || this.remember(&attempt.app, manner.as_ref(), &staging);
            Ok(match settled {
                Settled::Written(counts) => {
                    remember();
                    seen.iter().try_for_each(|seen| this.keep_values(&attempt.app, seen))?;
                    Step::Done(Outcome::Written { counts, reading })
                }
                Settled::Held => {
                    remember();
                    let sentence = held.map(|Held { sentence, .. }| sentence).unwrap_or_default();
                    Step::Done(Outcome::Held { sentence, reading, members })
                }
                Settled::Asked(gone) => Step::Ask(gone, (staging, manner)),
            })
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
            Ok(Outcome::Held { sentence, reading, members }) => {
                Ok(report(SyncStatus::Held, members, Some(&reading), sentence))
            }
            Err(error) => {
                let cancelled = matches!(&error, Error::Connect(error) if error.kind() == Kind::Cancelled);
                let status = if cancelled { RunStatus::Cancelled } else { RunStatus::Failed };
                let end = run_end(status, attempt, 0, None, Some(recorded(error.problem())));
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

fn completed_sentence(counts: &Counts) -> String {
    let members = counted(counts.members, "member", "members");
    match (counts.added, counts.removed, counts.changed) {
        (0, 0, 0) => format!("{members}, nothing changed."),
        (added, removed, changed) => format!("{members}: {added} added, {removed} removed, {changed} changed."),
    }
}

fn recorded(Problem { code, message, hint }: Problem) -> store::Problem {
    store::Problem { code, message, hint }
}

/// Reads the roster into the staging, telling how far it is.
async fn read(
    attempt: &Attempt,
    approach: &Approach,
    last_reading: Option<LastReading>,
    intake: &Intake,
    news: &mut AllNews,
    teller: (&mut Pace, &mut OnProgress),
) -> Result<Reading> {
    let client = match last_reading {
        Some(recall) => approach.client()?.recalling(Box::new(recall)),
        None => approach.client()?,
    };
    let teller = Mutex::new(teller);
    let mut on_page = |page: PageOfMembers| {
        let (pace, on_progress) = &mut *locked(&teller);
        if let Some(progress) = pace.progress(&page) {
            on_progress(progress);
        }
        intake.add(page)
    };
    let reading = client.read_roster(&approach.sources, &mut on_page, &attempt.journal, &attempt.cancel);
    tokio::pin!(reading);
    loop {
        tokio::select! {
            biased;
            reading = &mut reading => return Ok(reading?),
            Some(one) = news.recv() => {
                let (pace, on_progress) = &mut *locked(&teller);
                let progress = match one {
                    News::Begins(stage) => pace.begins(stage),
                    News::Waits(wait) => pace.waits(wait),
                };
                if let Some(progress) = progress {
                    on_progress(progress);
                }
            }
        }
    }
}

fn run_end(
    status: RunStatus,
    attempt: &Attempt,
    members: u64,
    reading: Option<&Reading>,
    problem: Option<store::Problem>,
) -> RunEnd {
    let stages = stages::kept(&attempt.journal);
    // A reading that failed sums up nothing itself.
    let sum = |count: fn(&store::RunStage) -> u64| stages.iter().map(count).sum();
    RunEnd {
        at: attempt.now(),
        status,
        members,
        pages: reading.map_or(0, |reading| reading.pages),
        requests: reading.map_or_else(|| sum(|stage| stage.requests), |reading| reading.requests),
        bytes: reading.map_or_else(|| sum(|stage| stage.bytes), |reading| reading.bytes),
        retries: reading.map_or_else(|| sum(|stage| stage.retries), |reading| reading.retries),
        problem,
        findings: reading.map(|reading| reading.findings.clone()).unwrap_or_default(),
        cases: reading.map(|reading| reading.cases.clone()).unwrap_or_default(),
        stages,
    }
}

/// Turns pages into progress, not more often than people can read.
struct Pace {
    started: Instant,
    told: Option<Instant>,
    /// What was told last of what is being read.
    last: SyncProgress,
    /// When the next request leaves, where it waits.
    until: Option<Instant>,
}

impl Pace {
    fn new(slug: &str) -> Self {
        let last = SyncProgress {
            app: slug.to_owned(),
            stage: "reading".to_owned(),
            page: 0,
            pages: None,
            users: 0,
            total: None,
            per_second: 0,
            seconds_left: None,
            waits_seconds: None,
        };
        Self { started: Instant::now(), told: None, last, until: None }
    }

    fn progress(&mut self, page: &PageOfMembers) -> Option<SyncProgress> {
        if self.told.is_some_and(|told| told.elapsed() < TELL_EVERY) {
            return None;
        }
        self.told = Some(Instant::now());
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let per_second = page.users.saturating_mul(1_000) / elapsed;
        let left = page.total.map(|total| total.saturating_sub(page.users));
        self.last = SyncProgress {
            stage: "reading".to_owned(),
            page: page.page,
            pages: page.pages,
            users: page.users,
            total: page.total,
            per_second,
            seconds_left: left.map(|left| left.div_ceil(per_second.max(1))),
            waits_seconds: None,
            ..self.last.clone()
        };
        Some(self.with_wait())
    }

    /// A stage that hands over no members; the others are told by their pages.
    fn begins(&mut self, stage: ReadStage) -> Option<SyncProgress> {
        if self.told.is_some() || !matches!(stage, ReadStage::Groups | ReadStage::Licenses | ReadStage::Deactivated) {
            return None;
        }
        stage.key().clone_into(&mut self.last.stage);
        Some(self.with_wait())
    }

    /// Of several requests that wait the one that leaves first counts.
    fn waits(&mut self, wait: Duration) -> Option<SyncProgress> {
        let (now, until) = (Instant::now(), Instant::now() + wait);
        let sooner = self.until.is_none_or(|known| known <= now || until < known);
        sooner.then(|| {
            self.until = Some(until);
            self.with_wait()
        })
    }

    fn with_wait(&self) -> SyncProgress {
        let wait = self.until.map(|until| until.saturating_duration_since(Instant::now()).as_millis().div_ceil(1_000));
        let waits_seconds = wait.and_then(|seconds| u64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
        SyncProgress { waits_seconds, ..self.last.clone() }
    }

    fn stage(&self, stage: &str, reading: &Reading) -> SyncProgress {
        SyncProgress {
            app: self.last.app.clone(),
            stage: stage.to_owned(),
            page: reading.pages,
            pages: Some(reading.pages),
            users: reading.users,
            total: Some(reading.users),
            per_second: 0,
            seconds_left: None,
            waits_seconds: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_waits_the_first_to_end_is_told_until_it_is_over() {
        let mut pace = Pace::new("lucidchart");
        let told = |progress: Option<SyncProgress>| progress.map(|progress| (progress.stage, progress.waits_seconds));
        let groups = pace.begins(ReadStage::Groups);
        assert_eq!(told(groups), Some(("groups".to_owned(), None)));
        let wait = pace.waits(Duration::from_secs(54));
        assert_eq!(told(wait), Some(("groups".to_owned(), Some(54))));
        assert_eq!(pace.waits(Duration::from_secs(55)), None, "one that leaves later changes nothing");
        let sooner = pace.waits(Duration::from_secs(20));
        assert_eq!(told(sooner), Some(("groups".to_owned(), Some(20))));
        pace.until = Some(Instant::now());
        assert_eq!(pace.with_wait().waits_seconds, None, "it is over");
        let again = pace.waits(Duration::from_mins(1));
        assert_eq!(told(again), Some(("groups".to_owned(), Some(60))));
    }
}
