//! What the roster can be narrowed down to, with how many listed members each choice has now.

use std::collections::BTreeMap;

use roster::License;
use rusqlite::{Connection, params};

use crate::apps::AppId;
use crate::license_types::{license_of, numbered};
use crate::roster_filter::MemberStatus;
use crate::row_hash::WordKind;
use crate::{Store, StoreError, text_set};

/// A choice and how many members it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet<T> {
    /// What can be chosen.
    pub value: T,
    /// How many members.
    pub members: u64,
}

/// All choices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Licenses held, most members first.
    pub licenses: Vec<Facet<License>>,
    /// How members stand; those who left are counted here alone.
    pub statuses: Vec<Facet<MemberStatus>>,
    /// Departments by name, *none* last.
    pub departments: Vec<Facet<Option<String>>>,
    /// Cost centers by name, *none* last.
    pub cost_centers: Vec<Facet<Option<String>>>,
    /// Groups by name. A member counts in each of theirs.
    pub groups: Vec<Facet<String>>,
}

impl Store {
    /// The choices that an app's roster offers.
    pub fn facets(&self, app: AppId) -> Result<Facets, StoreError> {
        self.read(|reader| {
            let standing = standing(reader, app)?;
            let types = numbered(reader, app)?;
            let mut facets = Facets {
                departments: words(reader, app, WordKind::Department)?,
                cost_centers: words(reader, app, WordKind::CostCenter)?,
                groups: groups(reader, app)?,
                ..Facets::default()
            };
            let mut licenses = BTreeMap::new();
            let mut statuses = BTreeMap::new();
            for (license, status, members) in standing {
                *statuses.entry(status).or_insert(0) += members;
                if status != MemberStatus::Left {
                    *licenses.entry(license_of(&types, license)).or_insert(0) += members;
                }
            }
            facets.licenses = licenses.into_iter().map(|(value, members)| Facet { value, members }).collect();
            facets.licenses.sort_by_key(|facet| std::cmp::Reverse(facet.members));
            facets.statuses = statuses.into_iter().map(|(value, members)| Facet { value, members }).collect();
            Ok(facets)
        })
    }
}

fn standing(reader: &Connection, app: AppId) -> Result<Vec<(i64, MemberStatus, u64)>, StoreError> {
    let mut asking = reader
        .prepare_cached("SELECT license, status, count(*) FROM member WHERE app = ?1 GROUP BY license, status")?;
    let rows = asking.query_map([app.0], |row| Ok((row.get(0)?, MemberStatus::of(row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn words(reader: &Connection, app: AppId, kind: WordKind) -> Result<Vec<Facet<Option<String>>>, StoreError> {
    let column = kind.column();
    let mut asking = reader.prepare_cached(&format!(
        "SELECT text, members FROM (
             SELECT {column} AS word, count(*) AS members FROM member WHERE app = ?1 AND status < 2 GROUP BY {column})
         LEFT JOIN word USING (word) ORDER BY folded NULLS LAST, text"
    ))?;
    let rows = asking.query_map([app.0], |row| Ok(Facet { value: row.get(0)?, members: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn groups(reader: &Connection, app: AppId) -> Result<Vec<Facet<String>>, StoreError> {
    let mut asking = reader.prepare_cached(
        "SELECT text, members FROM (
             SELECT groups AS word, count(*) AS members FROM member WHERE app = ?1 AND status < 2 GROUP BY groups)
         JOIN word USING (word)",
    )?;
    let mut sets = asking.query(params![app.0])?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    while let Some(set) = sets.next()? {
        let joined = set.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let members: u64 = set.get(1)?;
        for group in text_set::split(joined).unwrap_or_default() {
            *counts.entry(group).or_insert(0) += members;
        }
    }
    Ok(counts.into_iter().map(|(value, members)| Facet { value, members }).collect())
}
