//! Whoever is listed no more is asked for by id before they count as gone: one who is there all the same shows that the
//! list is not whole, which no total and no page can show. Of many, some from all over them are asked for; of the others,
//! and of those of whom the server says nothing, it is told that nobody knows.

use connect::{ReadStage, Reading, Standing};
use roster::{Case, Finding, FindingCode};
use store::{Gone, Missed};

use crate::error::Result;
use crate::sources::Approach;
use crate::sync::Attempt;
use crate::words::counted;

/// So many are asked for: each is a request.
pub(crate) const MOST: usize = 30;
const EXAMPLES: usize = 5;

/// What the server said of people whom it lists no more.
pub(crate) struct LookedUp {
    /// Those who were asked for.
    asked: Vec<(Missed, Standing)>,
    /// So many others were not.
    others: u64,
}

/// Asks for them; what that took is added to the reading's.
pub(crate) async fn look_up(
    attempt: &Attempt,
    approach: &Approach,
    Gone { count, missed, listed }: Gone,
    reading: &mut Reading,
) -> Result<LookedUp> {
    let ids: Vec<_> = missed.iter().map(|missed| missed.id.clone()).collect();
    let standings = approach.client()?.look_up(&ids, listed.as_deref(), &attempt.journal, &attempt.cancel).await?;
    for stage in attempt.journal.stages().iter().filter(|stage| stage.stage == ReadStage::Missed) {
        reading.requests += stage.requests;
        reading.bytes += stage.bytes;
        reading.retries += stage.retries;
    }
    let others = count - missed.len() as u64;
    Ok(LookedUp { asked: missed.into_iter().zip(standings).collect(), others })
}

impl LookedUp {
    /// Why the list cannot be believed, a clause; `None` where nothing speaks against it.
    pub(crate) fn objection(&self, name: &str) -> Option<String> {
        let there = self.of(Standing::Active).count();
        let asked = self.asked.len() as u64;
        let gone = counted(asked + self.others, "user", "users");
        let are = if there == 1 { "is" } else { "are" };
        let found = if self.others == 0 {
            format!("{there} of them {are} there and active when asked for by id")
        } else {
            format!("{there} of the {asked} who were asked for by id {are} there and active")
        };
        (there > 0).then(|| format!("{name} no longer lists {gone}, but {found}"))
    }

    /// The reading, with what became of the others.
    pub(crate) fn told(&self, reading: Reading) -> Reading {
        let (findings, cases) = self.findings();
        let mut reading = reading.and(findings);
        reading.cases.extend(cases);
        reading
    }

    fn findings(&self) -> (Vec<Finding>, Vec<Case>) {
        let codes = [
            (Standing::Deactivated, FindingCode::GoneDeactivated),
            (Standing::Deleted, FindingCode::GoneDeleted),
            (Standing::Untold, FindingCode::GoneUnconfirmed),
        ];
        let mut cases = Vec::new();
        let findings = codes.into_iter().filter_map(|(standing, code)| {
            let others = if standing == Standing::Untold { self.others } else { 0 };
            let count = self.of(standing).count() as u64 + others;
            let examples = self.of(standing).take(EXAMPLES).map(|missed| missed.user_name.clone()).collect();
            cases.extend(self.of(standing).map(|missed| Case {
                code,
                id: missed.id.clone(),
                user_name: missed.user_name.clone(),
                email: missed.email.clone(),
                told: Vec::new(),
            }));
            (count > 0).then_some(Finding { code, count, examples })
        });
        (findings.collect(), cases)
    }

    fn of(&self, standing: Standing) -> impl Iterator<Item = &Missed> {
        self.asked.iter().filter(move |(_, each)| *each == standing).map(|(missed, _)| missed)
    }
}
