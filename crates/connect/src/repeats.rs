//! Users whom a server lists more than once: whether it tells the same of them each time. Whoever came again is held back
//! in the next walk until it ends, since only then is everything known that is told of them.

use std::collections::{HashMap, HashSet};

use roster::{FindingCode, Mark, MemberRef, Packed, packed};

use crate::findings::Findings;
use crate::member::Told;

/// No more are held back: a server that repeats more users than that has other troubles.
const MOST: usize = 20_000;
/// Nor more different records of one user.
const MOST_RECORDS: usize = 8;

#[derive(Default)]
pub(crate) struct Repeats {
    /// Who came again in an earlier walk, by the pager's hash of the id.
    known: HashSet<u64>,
    /// Who came again in this one.
    seen: HashSet<u64>,
    held: Vec<Held>,
    /// Where each of them is in `held`.
    places: HashMap<u64, usize>,
}

/// Somebody who is held back.
struct Held {
    row: Vec<u8>,
    told: Told,
    mark: Mark,
    /// How often they came again.
    again: u64,
    /// What was told of them another time, where it was something else.
    others: Vec<Vec<u8>>,
}

impl Repeats {
    /// For the next walk.
    pub(crate) fn again(&mut self) -> Self {
        let known = self.known.iter().chain(&self.seen).copied().take(MOST).collect();
        Self { known, ..Self::default() }
    }

    /// Somebody came again where nobody was expected to.
    pub(crate) fn note(&mut self, id: u64) {
        if self.seen.len() < MOST {
            self.seen.insert(id);
        }
    }

    /// Whether somebody who comes for the first time in this walk is held back.
    pub(crate) fn hold(&mut self, id: u64, row: &[u8], told: &Told, mark: Mark) -> bool {
        let holds = self.known.contains(&id);
        if holds {
            self.places.insert(id, self.held.len());
            self.held.push(Held { row: row.to_vec(), told: told.clone(), mark, again: 0, others: Vec::new() });
        }
        holds
    }

    /// Compares somebody who came again with what is held; tells it at once where nothing is.
    pub(crate) fn compare(&mut self, id: u64, row: &[u8], findings: &mut Findings) {
        let Some(held) = self.places.get(&id).and_then(|place| self.held.get_mut(*place)) else {
            return findings.note(FindingCode::DuplicateId, packed::id(row).unwrap_or_default());
        };
        held.again += 1;
        let is_new = held.row != row && !held.others.iter().any(|other| other == row);
        if is_new && held.others.len() < MOST_RECORDS {
            held.others.push(row.to_vec());
        }
    }

    /// Everybody who was held back, at the end of a walk. Where different licenses were told none of them counts.
    pub(crate) fn let_go(&mut self, members: &mut Packed, marks: &mut Vec<Mark>, findings: &mut Findings) {
        for held in std::mem::take(&mut self.held) {
            let Some(member) = packed::read(&held.row) else { continue };
            findings.note_member(&held.told, || Some(member));
            let licenses = held.licenses();
            if held.others.is_empty() {
                (0..held.again).for_each(|_| findings.note(FindingCode::DuplicateId, member.id));
            } else if let [_] = licenses.as_slice() {
                findings.note(FindingCode::DuplicateDiffers, member.user_name);
            } else {
                let told = format!("{} ({})", member.user_name, licenses.join(", "));
                findings.note(FindingCode::DuplicateDiffers, &told);
            }
            if licenses.len() > 1 {
                members.push(&MemberRef { license: None, ..member });
                marks.push(Mark::default());
            } else {
                members.push_row(&held.row);
                marks.push(held.mark);
            }
        }
        self.places.clear();
    }
}

impl Held {
    /// The different licenses that were told of them.
    fn licenses(&self) -> Vec<&str> {
        let rows = [&self.row].into_iter().chain(&self.others);
        let mut licenses = Vec::new();
        for member in rows.filter_map(|row| packed::read(row)) {
            let license = member.license.unwrap_or("unknown");
            if !licenses.contains(&license) {
                licenses.push(license);
            }
        }
        licenses
    }
}
