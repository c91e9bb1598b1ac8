//! The members that a filter finds, in order, as a list of numbers. The last few lists are kept until somebody commits,
//! so that every further page costs only its own rows, at any offset.

use std::sync::Arc;

use rusqlite::{Connection, params_from_iter};

use crate::apps::AppId;
use crate::columns::Day;
use crate::license_types::{NumberedLicense, numbered};
use crate::roster_filter::{Condition, RosterFilter, condition, fold};
use crate::{Store, StoreError, transaction};

/// What the roster can be ordered by. Text is ordered without regard to case; what is missing comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RosterColumn {
    /// The vendor's id.
    Id,
    /// `userName`.
    UserName,
    /// E-mail address.
    Email,
    /// First name.
    GivenName,
    /// Middle name.
    MiddleName,
    /// Last name.
    FamilyName,
    /// Display name.
    DisplayName,
    /// The license type's name.
    License,
    /// Whether the contract charges for them: yes, no, unknown.
    Billable,
    /// Active, deactivated, left.
    Status,
    /// Active date.
    Created,
    /// Last changed.
    LastModified,
    /// Department.
    Department,
    /// Cost center.
    CostCenter,
}

/// An order of the roster. Equals come in the order in which they were first listed, whatever the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RosterOrder {
    /// By what.
    pub column: RosterColumn,
    /// Whether the largest come first; what is missing comes last all the same.
    pub descending: bool,
}

impl Default for RosterOrder {
    fn default() -> Self {
        Self { column: RosterColumn::FamilyName, descending: false }
    }
}

/// Which members, in order.
pub(crate) type List = Arc<[i64]>;

/// The lists that were asked for last.
#[derive(Debug, Default)]
pub(crate) struct KeptLists(Vec<Kept>);

#[derive(Debug)]
struct Kept {
    version: u64,
    app: AppId,
    filter: RosterFilter,
    order: RosterOrder,
    list: List,
}

const KEPT: usize = 4;

impl Store {
    /// The list for a filter and an order, kept or made.
    pub(crate) fn list(
        &self,
        reader: &Connection,
        app: AppId,
        filter: &RosterFilter,
        order: RosterOrder,
    ) -> Result<List, StoreError> {
        let version = transaction::version(reader)?;
        let mut kept = transaction::lock(&self.lists);
        kept.0.retain(|known| known.version == version);
        let found = kept.0.iter().position(|known| known.app == app && known.order == order && known.filter == *filter);
        if let Some(position) = found {
            let known = kept.0.remove(position);
            let list = Arc::clone(&known.list);
            kept.0.push(known);
            return Ok(list);
        }
        let list: List = make(reader, app, filter, order)?.into();
        if kept.0.len() == KEPT {
            kept.0.remove(0);
        }
        kept.0.push(Kept { version, app, filter: filter.clone(), order, list: Arc::clone(&list) });
        Ok(list)
    }
}

fn make(reader: &Connection, app: AppId, filter: &RosterFilter, order: RosterOrder) -> Result<Vec<i64>, StoreError> {
    let types = numbered(reader, app)?;
    let Condition { sql, values } = condition(reader, app, &types, filter)?;
    let standing = standing(filter);
    let (join, key) = key(order.column, &types);
    let direction = if order.descending { "DESC" } else { "ASC" };
    let mut asking = reader.prepare(&format!(
        "SELECT m.member FROM {standing} {join} WHERE m.app = {} {sql} ORDER BY {key} {direction} NULLS LAST, m.member",
        app.0
    ))?;
    let members = asking.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(members.collect::<Result<_, _>>()?)
}

/// `member AS m` with `s`, how they stood on the filter's day: what their last spell until then says.
pub(crate) fn standing(filter: &RosterFilter) -> String {
    let Some(day) = filter.as_of else {
        return "(SELECT *, license AS held, status AS stood FROM member) AS m".to_owned();
    };
    let day = Day(day).number();
    format!(
        "(SELECT member AS who, license AS held, CASE WHEN until_day <= {day} THEN 2 ELSE 1 - active END AS stood, max(from_day)
          FROM assignment WHERE from_day <= {day} GROUP BY member) CROSS JOIN member AS m ON m.member = who"
    )
}

/// What to join and what to order by.
fn key(column: RosterColumn, types: &[NumberedLicense]) -> (&'static str, String) {
    let text = |column: &str| ("", format!("m.{column} COLLATE NOCASE"));
    let name = |column: &str| ("", format!("coalesce(m.{column}_folded, m.{column}_name) COLLATE NOCASE"));
    match column {
        RosterColumn::Id => text("id"),
        RosterColumn::UserName => text("user_name"),
        RosterColumn::Email => text("email"),
        RosterColumn::GivenName => name("given"),
        RosterColumn::MiddleName => name("middle"),
        RosterColumn::FamilyName => name("family"),
        RosterColumn::DisplayName => name("display"),
        RosterColumn::License => ("", by_name(types)),
        RosterColumn::Billable => ("", by_billable(types)),
        RosterColumn::Status => ("", "stood".to_owned()),
        RosterColumn::Created => ("", "m.created".to_owned()),
        RosterColumn::LastModified => ("", "m.last_modified".to_owned()),
        RosterColumn::Department => ("LEFT JOIN word AS w ON w.word = m.department", "w.folded".to_owned()),
        RosterColumn::CostCenter => ("LEFT JOIN word AS w ON w.word = m.cost_center", "w.folded".to_owned()),
    }
}

fn by_name(types: &[NumberedLicense]) -> String {
    let mut ordered: Vec<_> = types.iter().map(|found| (fold(&found.license.name), found.number)).collect();
    ordered.sort();
    let cases = ordered.iter().enumerate().map(|(place, (_, number))| format!(" WHEN {number} THEN {place}"));
    format!("CASE held WHEN 0 THEN NULL{} END", cases.collect::<String>())
}

fn by_billable(types: &[NumberedLicense]) -> String {
    let cases = types.iter().map(|found| {
        let answer = if found.license.billable { "stood <> 0" } else { "1" };
        format!(" WHEN {} THEN {answer}", found.number)
    });
    format!("CASE held WHEN 0 THEN NULL{} END", cases.collect::<String>())
}
