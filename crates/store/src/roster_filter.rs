//! Which members are asked for, and the same as a SQL condition.
//! Values are bound; only numbers that came out of the database stand in the text.

use std::fmt::Write as _;

use jiff::civil::Date;
use roster::License;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::apps::AppId;
use crate::license_types::NumberedLicense;
use crate::row_hash::WordKind;
use crate::{StoreError, text_set};

/// How a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MemberStatus {
    /// Listed and active.
    Active,
    /// Listed, but deactivated.
    Deactivated,
    /// No longer listed.
    Left,
}

impl MemberStatus {
    const ALL: [Self; 3] = [Self::Active, Self::Deactivated, Self::Left];

    /// The number that stands for it.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Active => 0,
            Self::Deactivated => 1,
            Self::Left => 2,
        }
    }

    /// The status that a number stands for.
    pub(crate) fn of(number: i64) -> Self {
        Self::ALL.into_iter().find(|status| status.number() == number).unwrap_or(Self::Left)
    }
}

/// Which members. Each list is "any of these"; an empty one asks nothing. The default is everyone listed now.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RosterFilter {
    /// On this day, with the license and status of that day; `None` is now.
    pub as_of: Option<Date>,
    /// Holding one of these.
    pub licenses: Vec<License>,
    /// Standing so; empty is everyone listed, active or deactivated.
    pub statuses: Vec<MemberStatus>,
    /// Whether the contract charges for them. Neither answer fits an unknown license.
    pub billable: Option<bool>,
    /// In one of these departments; `None` is without one.
    pub departments: Vec<Option<String>>,
    /// In one of these cost centers; `None` is without one.
    pub cost_centers: Vec<Option<String>>,
    /// In one of these groups.
    pub groups: Vec<String>,
    /// Words that must all occur in the id, names, e-mail, department or cost center, in any case.
    pub search: String,
}

/// A condition on `member AS m` with what they `held` and how they `stood` on the day, and its values.
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

/// The condition that a filter means, apart from its day.
pub(crate) fn condition(
    reader: &Connection,
    app: AppId,
    types: &[NumberedLicense],
    filter: &RosterFilter,
) -> Result<Condition, StoreError> {
    let mut condition = Condition { sql: String::new(), values: Vec::new() };
    let statuses = match filter.statuses.as_slice() {
        [] => vec![MemberStatus::Active, MemberStatus::Deactivated],
        asked => asked.to_vec(),
    };
    condition.any("stood", statuses.into_iter().map(MemberStatus::number));
    if !filter.licenses.is_empty() {
        condition.any("held", filter.licenses.iter().filter_map(|license| number_of(types, license)));
    }
    if let Some(billable) = filter.billable {
        condition.billable(types, billable);
    }
    for (column, kind, asked) in [
        ("m.department", WordKind::Department, &filter.departments),
        ("m.cost_center", WordKind::CostCenter, &filter.cost_centers),
    ] {
        if !asked.is_empty() {
            let words = asked.iter().map(|text| match text {
                Some(text) => word(reader, app, kind, text),
                None => Ok(Some(0)),
            });
            let words: Vec<_> = words.collect::<Result<_, _>>()?;
            condition.any(&format!("ifnull({column}, 0)"), words.into_iter().flatten());
        }
    }
    if !filter.groups.is_empty() {
        condition.any("m.groups", sets_with(reader, app, &filter.groups)?.into_iter());
    }
    for word in fold(&filter.search).split_whitespace() {
        condition.values.push(Value::Text(word.to_owned()));
        condition.sql.push_str(" AND instr(m.search, ?) > 0");
    }
    Ok(condition)
}

impl Condition {
    fn any(&mut self, column: &str, numbers: impl Iterator<Item = i64>) {
        let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
        // Writing to a String cannot fail.
        let _ = write!(self.sql, " AND {column} IN ({})", numbers.join(","));
    }

    fn billable(&mut self, types: &[NumberedLicense], billable: bool) {
        let charged = |wanted: bool| {
            let numbers = types.iter().filter(move |candidate| candidate.license.billable == wanted);
            numbers.map(|found| found.number.to_string()).collect::<Vec<_>>().join(",")
        };
        let active = MemberStatus::Active.number();
        let _ = if billable {
            write!(self.sql, " AND stood = {active} AND held IN ({})", charged(true))
        } else {
            let (free, paid) = (charged(false), charged(true));
            write!(self.sql, " AND (held IN ({free}) OR stood <> {active} AND held IN ({paid}))")
        };
    }
}

/// Text with upper and lower case made one.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

fn number_of(types: &[NumberedLicense], license: &License) -> Option<i64> {
    match license {
        License::Unknown => Some(0),
        License::Type(key) => types.iter().find(|found| found.license.key == *key).map(|found| found.number),
    }
}

fn word(reader: &Connection, app: AppId, kind: WordKind, text: &str) -> Result<Option<i64>, StoreError> {
    let mut asking = reader.prepare_cached("SELECT word FROM word WHERE app = ?1 AND kind = ?2 AND text = ?3")?;
    let mut found = asking.query_map(rusqlite::params![app.0, kind.number(), text], |row| row.get(0))?;
    Ok(found.next().transpose()?)
}

fn sets_with(reader: &Connection, app: AppId, groups: &[String]) -> Result<Vec<i64>, StoreError> {
    let mut asking = reader.prepare_cached("SELECT word, text FROM word WHERE app = ?1 AND kind = ?2")?;
    let mut sets = asking.query(rusqlite::params![app.0, WordKind::Groups.number()])?;
    let mut found = Vec::new();
    while let Some(set) = sets.next()? {
        let members = text_set::split(set.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?).unwrap_or_default();
        if members.iter().any(|member| groups.contains(member)) {
            found.push(set.get(0)?);
        }
    }
    Ok(found)
}
