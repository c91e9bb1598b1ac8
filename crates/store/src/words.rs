//! Numbers of what many members share: license types and texts. What a roster brings for the first time gets one.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::apps::AppId;
use crate::roster_filter::fold;

/// What a text in the `word` table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum WordKind {
    Department,
    CostCenter,
    Groups,
    Products,
}

impl WordKind {
    /// The number that stands for it.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Department => 1,
            Self::CostCenter => 2,
            Self::Groups => 3,
            Self::Products => 4,
        }
    }
}

/// As many texts of a kind are remembered at most; sets of groups can be as many as members.
const REMEMBERED: usize = 20_000;

/// Finds and gives numbers while a roster is written.
pub(crate) struct Words<'a> {
    writing: &'a Connection,
    app: AppId,
    known: [HashMap<Box<str>, i64>; 4],
    licenses: HashMap<Box<str>, i64>,
    new_types_billable: bool,
}

impl<'a> Words<'a> {
    pub(crate) fn new(writing: &'a Connection, app: AppId, new_types_billable: bool) -> Self {
        Self { writing, app, known: Default::default(), licenses: HashMap::new(), new_types_billable }
    }

    /// The number of a text; `None` where there is none.
    pub(crate) fn number(&mut self, kind: WordKind, text: Option<&str>) -> Result<Option<i64>, StoreError> {
        let Some(text) = text else { return Ok(None) };
        let known = usize::try_from(kind.number() - 1).ok().and_then(|place| self.known.get_mut(place));
        let Some(known) = known else { return Ok(None) };
        if let Some(number) = known.get(text) {
            return Ok(Some(*number));
        }
        let mut asking =
            self.writing.prepare_cached("SELECT word FROM word WHERE app = ?1 AND kind = ?2 AND text = ?3")?;
        let found = asking.query_row(params![self.app.0, kind.number(), text], |row| row.get(0)).optional()?;
        let number = if let Some(number) = found {
            number
        } else {
            let mut adding =
                self.writing.prepare_cached("INSERT INTO word (app, kind, text, folded) VALUES (?1, ?2, ?3, ?4)")?;
            adding.insert(params![self.app.0, kind.number(), text, fold(text)])?
        };
        if known.len() < REMEMBERED {
            known.insert(text.into(), number);
        }
        Ok(Some(number))
    }

    /// The number of a license; 0 is unknown. A type that the roster brings is in no order until a person says so.
    pub(crate) fn license(&mut self, key: Option<&str>) -> Result<i64, StoreError> {
        let Some(key) = key else { return Ok(0) };
        if let Some(number) = self.licenses.get(key) {
            return Ok(*number);
        }
        self.writing
            .prepare_cached(
                "INSERT INTO license_type (app, key, name, billable, free, rank) VALUES (?1, ?2, ?3, ?4, 0, NULL)
                 ON CONFLICT (app, key) DO UPDATE SET entered = 0",
            )?
            .execute(params![self.app.0, key, title(key), self.new_types_billable])?;
        let mut asking = self.writing.prepare_cached("SELECT license FROM license_type WHERE app = ?1 AND key = ?2")?;
        let number = asking.query_row(params![self.app.0, key], |row| row.get(0))?;
        self.licenses.insert(key.into(), number);
        Ok(number)
    }
}

/// `can-edit` as `Can-Edit`.
fn title(key: &str) -> String {
    let words = key.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_becomes_a_name() {
        assert_eq!(title("can-edit"), "Can-Edit");
        assert_eq!(title("élite"), "Élite");
    }
}
