//! One member's history: what they held when, and what changed.

use std::collections::HashSet;

use jiff::civil::Date;
use roster::{Activity, License, Member};
use rusqlite::{Connection, Row, params};

use crate::activity_image::LastSeen;
use crate::apps::AppId;
use crate::change_log::{self, ChangeRow, read_change};
use crate::columns::Day;
use crate::license_types::{NumberedLicense, license_of, numbered};
use crate::roster_filter::{MemberStatus, RosterFilter};
use crate::roster_page::{MemberRow, Shown, read};
use crate::told::{self, Knowledge};
use crate::{Store, StoreError};

/// Days through which a member stood the same: `[from, until)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// First day.
    pub from: Date,
    /// The day after the last one; `None` while it lasts.
    pub until: Option<Date>,
    /// What they held.
    pub license: License,
    /// Whether they were active.
    pub active: bool,
}

/// Everything kept of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberHistory {
    /// The member as reported last.
    pub row: MemberRow,
    /// What they held, oldest first. Days between two spells are days on which they were not listed.
    pub spells: Vec<Spell>,
    /// What changed, oldest first.
    pub changes: Vec<ChangeRow>,
}

impl Store {
    /// The history of the member with the vendor's id, with their last activity as of today.
    pub fn member_history(&self, app: AppId, id: &str, today: Date) -> Result<Option<MemberHistory>, StoreError> {
        self.read(|reader| {
            let Some(member) = self.number_of(reader, app, id)? else { return Ok(None) };
            let types = numbered(reader, app)?;
            let mut row = reader.prepare_cached(MEMBER)?.query_row([member], |row| read_member(row, &types))?;
            let knowledge = Knowledge::read(reader, app)?;
            let told = told::of_one(&knowledge, &mut *reader.prepare_cached(told::OF_ONE)?, member)?;
            let day = RosterFilter { today, ..RosterFilter::default() }.day();
            let seen = LastSeen::of(&told, &knowledge, day);
            (row.last_activity, row.activity) = (seen.last, seen.activity);
            let (spells, changes) = (spells(reader, member, &types)?, changes(reader, app, member, &types)?);
            Ok(Some(MemberHistory { row, spells, changes }))
        })
    }
}

impl Store {
    /// What was reported last of the members with these ids, as far as they were ever listed.
    pub fn last_known(&self, app: AppId, ids: &HashSet<&str>) -> Result<Vec<Member>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached("SELECT member, id FROM member WHERE app = ?1")?;
            let mut all = asking.query([app.0])?;
            let mut found: Vec<i64> = Vec::new();
            while let Some(row) = all.next()? {
                if row.get_ref(1)?.as_str().is_ok_and(|id| ids.contains(id)) {
                    found.push(row.get(0)?);
                }
            }
            let types = numbered(reader, app)?;
            let mut asking = reader.prepare_cached(MEMBER)?;
            let one = |member| Ok(asking.query_row([member], |row| read_member(row, &types))?.member);
            found.into_iter().map(one).collect()
        })
    }
}

/// The columns that [`read`] expects, and what members share.
const MEMBER: &str =
    "SELECT id, user_name, email, given_name, middle_name, family_name, display_name, created, last_modified,
        left_on, license, status, d.text, c.text, g.text, p.text
    FROM member AS m LEFT JOIN word AS d ON d.word = department LEFT JOIN word AS c ON c.word = cost_center
    LEFT JOIN word AS g ON g.word = m.groups LEFT JOIN word AS p ON p.word = products
    WHERE member = ?1";

fn read_member(row: &Row<'_>, types: &[NumberedLicense]) -> rusqlite::Result<MemberRow> {
    let text = |column| -> rusqlite::Result<Option<&str>> { Ok(row.get_ref(column)?.as_str_or_null()?) };
    let shown = Shown {
        license: row.get(10)?,
        status: MemberStatus::of(row.get(11)?),
        department: text(12)?,
        cost_center: text(13)?,
        groups: text(14)?,
        products: text(15)?,
        seen: LastSeen { last: None, activity: Activity::NotMonitored },
    };
    read(row, types, &shown)
}

fn spells(reader: &Connection, member: i64, types: &[NumberedLicense]) -> Result<Vec<Spell>, StoreError> {
    let mut asking = reader
        .prepare_cached("SELECT from_day, until_day, license, active FROM spell WHERE member = ?1 ORDER BY from_day")?;
    let spells = asking.query_map([member], |row| {
        Ok(Spell {
            from: row.get::<_, Day>(0)?.0,
            until: row.get::<_, Option<Day>>(1)?.map(|day| day.0),
            license: license_of(types, row.get(2)?),
            active: row.get(3)?,
        })
    })?;
    Ok(spells.collect::<Result<_, _>>()?)
}

fn changes(
    reader: &Connection,
    app: AppId,
    member: i64,
    types: &[NumberedLicense],
) -> Result<Vec<ChangeRow>, StoreError> {
    let mut asking = reader.prepare_cached(&format!(
        "{} WHERE sync_run.app = ?1 AND m.member = ?2
         UNION ALL {} WHERE app.app = ?1 AND m.member = ?2 ORDER BY run",
        change_log::CHANGES,
        change_log::FOUNDERS
    ))?;
    let changes = asking.query_map(params![app.0, member], |row| read_change(row, types))?;
    Ok(changes.collect::<Result<_, _>>()?)
}
