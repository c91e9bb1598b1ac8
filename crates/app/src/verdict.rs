//! Whether a roster that was read is written or held, and why, in words. A person's word counts for what they were shown:
//! where a roster is held, accepting it accepts nothing that loses more.

use connect::ReadStage;
use roster::guard::{self, Loss};
use roster::{Finding, FindingCode, Verdict};
use store::{App, Compared, ConnectionSettings, MappedLicense, Run, RunHistory, RunStatus};

use crate::error::Result;
use crate::seatledger::Rooms;
use crate::words::{self, counted, grouped};

const HINT: &str =
    "The last roster was kept. If what was read is right, accept it: in the window, or with --accept-drop.";

/// Why a roster is held.
pub(crate) struct Held {
    pub(crate) sentence: String,
}

impl Held {
    pub(crate) fn problem(&self) -> store::Problem {
        let [code, hint] = ["roster-held", HINT].map(str::to_owned);
        store::Problem { code, message: self.sentence.clone(), hint }
    }
}

/// What is known before a roster is judged: what the last ones were, and whether a person accepted in advance.
pub(crate) struct LastWord {
    accepted: bool,
    /// The roster that waits.
    shown: Option<Shown>,
    /// Sources that told license types last time, by the finding that says that they are refused.
    told: Vec<FindingCode>,
}

/// A roster that was held.
struct Shown {
    loss: Loss,
    refused: Vec<FindingCode>,
    day: String,
}

/// Each source beside the members' own records: the finding that says that it is refused, and its stage.
const SOURCES: [(FindingCode, ReadStage); 2] =
    [(FindingCode::GroupsNotRead, ReadStage::Groups), (FindingCode::RestNotOffered, ReadStage::Licenses)];

impl Rooms {
    /// Asked while the app's sync lock is held: no other sync comes in between.
    pub(crate) fn last_word(&self, app: &App, accepted: bool) -> Result<LastWord> {
        let RunHistory { last_completed, last_read, .. } = self.store.run_history(app.id)?;
        let settings = self.store.connection(app.id)?;
        let told = last_completed.iter().flat_map(|run| told(run, &settings)).collect();
        let held = last_read.filter(|run| run.status() == RunStatus::Held);
        let shown = held.map(|run| self.held_before(app, &run)).transpose()?.flatten();
        Ok(LastWord { accepted, shown, told })
    }

    fn held_before(&self, app: &App, run: &Run) -> Result<Option<Shown>> {
        let Some(held) = self.store.held(app.id, 0, 0)? else { return Ok(None) };
        let loss = Loss { before: 0, after: held.members, vanished: held.would_go, unknown: held.would_lose };
        let findings = run.end.as_ref().map(|end| end.findings.as_slice()).unwrap_or_default();
        Ok(Some(Shown { loss, refused: refused(findings), day: words::day(self.day_of(held.at)?) }))
    }
}

/// Whoever is mapped, was asked by this run and answered.
fn told(run: &Run, settings: &ConnectionSettings) -> Vec<FindingCode> {
    let Some(end) = &run.end else { return Vec::new() };
    let means = |rows: &[MappedLicense]| rows.iter().any(|row| row.license.is_some());
    let mapped = |code| match code {
        FindingCode::GroupsNotRead => means(&settings.groups),
        _ => means(&settings.subscriptions),
    };
    let refused = refused(&end.findings);
    let asked = |stage: ReadStage| end.stages.iter().any(|kept| kept.key == stage.key());
    let told = SOURCES.iter().filter(|(code, stage)| mapped(*code) && asked(*stage) && !refused.contains(code));
    told.map(|(code, _)| *code).collect()
}

/// The sources of license types that were refused. The REST API may refuse users alone, which tell none.
fn refused(findings: &[Finding]) -> Vec<FindingCode> {
    let tells = |finding: &Finding| finding.examples.iter().any(|part| part.contains("licenses"));
    let is = |finding: &&Finding| match finding.code {
        FindingCode::GroupsNotRead => true,
        FindingCode::RestNotOffered => tells(finding),
        _ => false,
    };
    findings.iter().filter(is).map(|finding| finding.code).collect()
}

impl LastWord {
    /// `None` where the roster may be written.
    /// `objection` is why the list itself cannot be believed, a clause.
    pub(crate) fn verdict(
        &self,
        name: &str,
        compared: &Compared,
        (findings, objection): (&[Finding], Option<String>),
        percent: u64,
    ) -> Option<Held> {
        let lost: Vec<FindingCode> = refused(findings).into_iter().filter(|code| self.told.contains(code)).collect();
        let loss = &compared.loss;
        let why = match (guard::check(loss, percent), lost.first()) {
            (verdict @ (Verdict::HoldEmpty | Verdict::HoldDrop), _) => sentence(name, verdict, loss, percent),
            (_, Some(source)) => refusal(name, *source),
            (Verdict::Accept, None) => objection?,
            (verdict, None) => sentence(name, verdict, loss, percent),
        };
        let why = format!("{why}, so nothing was written.");
        let sentence = match (self.accepted, &self.shown) {
            (false, _) => why,
            (true, None) if loss.after > 0 => return None,
            (true, None) => {
                format!("{why} Nobody at all is accepted only once that was held: accept it again if it is right.")
            }
            (true, Some(shown)) if shown.covers(compared, &lost, percent) => return None,
            (true, Some(shown)) => format!(
                "{why} It is not what was held on {} with {}, so it is held in its place.",
                shown.day,
                counted(shown.loss.after, "user", "users")
            ),
        };
        Some(Held { sentence })
    }
}

impl Shown {
    fn covers(&self, compared: &Compared, lost: &[FindingCode], percent: u64) -> bool {
        lost.iter().all(|source| self.refused.contains(source))
            && guard::covers(&self.loss, &compared.loss, compared.unseen, percent)
    }
}

fn sentence(name: &str, verdict: Verdict, loss: &Loss, percent: u64) -> String {
    let Loss { before, after, vanished, unknown } = *loss;
    let fewer = before.saturating_sub(after);
    let users = |count| counted(count, "user", "users");
    match verdict {
        Verdict::HoldEmpty => format!("{name} lists no users at all"),
        Verdict::HoldUnknown => format!(
            "{name} no longer tells the license type of {}, of {} on the last roster",
            users(unknown),
            grouped(before)
        ),
        _ if u128::from(fewer) * 100 > u128::from(before) * u128::from(percent) => format!(
            "{name} now lists {} instead of {}. That is a drop of {} %",
            users(after),
            users(before),
            fewer.saturating_mul(100) / before.max(1)
        ),
        _ => format!(
            "{name} lists {}, but {} of the {} on the last roster are not among them",
            users(after),
            grouped(vanished),
            grouped(before)
        ),
    }
}

fn refusal(name: &str, source: FindingCode) -> String {
    match source {
        FindingCode::GroupsNotRead => {
            format!("{name} does not let this token read groups any more, and groups told license types until now")
        }
        _ => format!(
            "{name} does not offer subscriptions and licenses with this API key any more, and they told license types until now"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(after: u64, vanished: u64, unknown: u64) -> Compared {
        Compared { loss: Loss { before: 100, after, vanished, unknown }, unseen: vanished }
    }

    fn word(accepted: bool) -> LastWord {
        LastWord { accepted, shown: None, told: vec![FindingCode::GroupsNotRead] }
    }

    fn said(word: &LastWord, compared: Compared, findings: &[Finding]) -> Option<String> {
        word.verdict("Acme", &compared, (findings, None), 20).map(|held| held.sentence)
    }

    #[test]
    fn each_reason_to_hold_has_a_sentence_of_its_own() {
        let groups = [Finding { code: FindingCode::GroupsNotRead, count: 1, examples: Vec::new() }];
        for (read, findings, expected) in [
            (compared(0, 100, 0), &[][..], "Acme lists no users at all, so nothing was written."),
            (compared(50, 50, 0), &[], "Acme now lists 50 users instead of 100 users. That is a drop of 50 %, so"),
            (compared(100, 100, 0), &[], "Acme lists 100 users, but 100 of the 100 on the last roster are not among"),
            (compared(100, 0, 60), &[], "Acme no longer tells the license type of 60 users, of 100 on the last"),
            (compared(100, 0, 60), &groups, "Acme does not let this token read groups any more"),
            (compared(100, 0, 0), &groups, "Acme does not let this token read groups any more"),
        ] {
            let told = said(&word(false), read, findings).unwrap();
            assert!(told.starts_with(expected), "{told}");
            assert_eq!(
                said(&word(true), read, findings).is_none(),
                read.loss.after > 0,
                "nobody is never meant at once"
            );
        }
        let untold = LastWord { told: Vec::new(), ..word(false) };
        assert_eq!(said(&untold, compared(100, 0, 0), &groups), None, "it told nothing before");
    }

    #[test]
    fn a_word_given_on_a_held_roster_is_not_a_word_on_another() {
        let loss = Loss { before: 0, after: 50, vanished: 50, unknown: 0 };
        let shown = Shown { loss, refused: Vec::new(), day: "12 Nov 2026".to_owned() };
        let word = LastWord { shown: Some(shown), ..word(true) };
        assert_eq!(said(&word, Compared { unseen: 0, ..compared(50, 50, 0) }, &[]), None);
        for other in [compared(0, 100, 0), compared(40, 60, 0), compared(50, 50, 0), compared(60, 40, 60)] {
            let told = said(&word, other, &[]).unwrap();
            assert!(
                told.ends_with("It is not what was held on 12 Nov 2026 with 50 users, so it is held in its place.")
            );
        }
    }
}
