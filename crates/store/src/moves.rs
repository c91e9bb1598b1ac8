//! What happened to members between two rosters: counted per kind of move, and named once per kind, not per member.

use roster::ChangeKind;
use roster::change::{Ranks, Standing, classify};
use rusqlite::Connection;

use crate::StoreError;
use crate::apps::AppId;
use crate::license_types::{NumberedLicense, license_of, numbered};

/// A status and a license, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) status: i64,
    pub(crate) license: i64,
}

impl Place {
    pub(crate) fn listed(self) -> bool {
        self.status < 2
    }

    pub(crate) fn active(self) -> bool {
        self.status == 0
    }

    fn standing(self, types: &[NumberedLicense]) -> Standing {
        Standing { present: self.active(), license: license_of(types, self.license) }
    }
}

/// Members that stood alike before and stand alike now.
pub(crate) struct Move {
    pub(crate) before: Option<Place>,
    pub(crate) after: Place,
    pub(crate) members: i64,
    kind: Option<ChangeKind>,
}

/// Every kind of move so far.
pub(crate) struct Moves<'a> {
    writing: &'a Connection,
    app: AppId,
    found: Vec<Move>,
}

impl<'a> Moves<'a> {
    pub(crate) fn new(writing: &'a Connection, app: AppId) -> Self {
        Self { writing, app, found: Vec::new() }
    }

    /// Counts a member, and tells what their move is called.
    pub(crate) fn add(&mut self, before: Option<Place>, after: Place) -> Result<Option<ChangeKind>, StoreError> {
        if let Some(known) = self.found.iter_mut().find(|known| known.before == before && known.after == after) {
            known.members += 1;
            return Ok(known.kind);
        }
        let kind = kind(before, after, &numbered(self.writing, self.app)?);
        self.found.push(Move { before, after, members: 1, kind });
        Ok(kind)
    }

    pub(crate) fn all(&self) -> &[Move] {
        &self.found
    }
}

fn kind(before: Option<Place>, after: Place, types: &[NumberedLicense]) -> Option<ChangeKind> {
    let ranks: Ranks =
        types.iter().filter_map(|found| Some((found.license.key.clone(), found.license.rank?))).collect();
    let before = before.map(|place| place.standing(types));
    let after = after.listed().then(|| after.standing(types));
    classify(before.as_ref(), after.as_ref(), &ranks)
}

#[cfg(test)]
mod tests {
    use roster::License;

    use super::*;

    #[test]
    fn a_member_who_left_stands_as_absent() {
        let place = Place { status: 2, license: 0 };
        assert_eq!(place.standing(&[]), Standing { present: false, license: License::Unknown });
    }
}
