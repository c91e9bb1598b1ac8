//! The roster as rows: a page of it, or all of it one by one.

use jiff::civil::Date;
use roster::{License, Member, ProductLicense};
use rusqlite::{Connection, Row, Statement};

use crate::apps::AppId;
use crate::columns::{Day, Instant};
use crate::license_types::{NumberedLicense, license_of, numbered};
use crate::roster_filter::{MemberStatus, RosterFilter};
use crate::roster_list::RosterOrder;
use crate::{Store, StoreError, text_set};

/// One member as the roster shows them on the day asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// What the vendor reported last, with the license and activity of the day asked for.
    pub member: Member,
    /// How they stood on that day.
    pub status: MemberStatus,
    /// Whether the contract charges for them: their license type is billable and they are active. `None` when the
    /// license is unknown.
    pub billable: Option<bool>,
    /// The first day on which they were no longer listed, where they left.
    pub left_on: Option<Date>,
}

/// A page of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRows {
    /// The rows of this page.
    pub rows: Vec<MemberRow>,
    /// How many members the filter finds in all.
    pub matching: u64,
}

impl Store {
    /// One page of the members that the filter finds.
    pub fn roster_page(
        &self,
        app: AppId,
        filter: &RosterFilter,
        order: RosterOrder,
        offset: u64,
        limit: u64,
    ) -> Result<RosterRows, StoreError> {
        self.read(|reader| {
            let list = self.list(reader, app, filter, order)?;
            let reading = Reading::new(reader, app, filter.as_of)?;
            let mut asking = reading.prepare(reader)?;
            let [offset, limit] = [offset, limit].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            let page = list.iter().skip(offset).take(limit);
            let rows = page.map(|member| reading.row(&mut asking, *member)).collect::<Result<_, _>>()?;
            Ok(RosterRows { rows, matching: list.len() as u64 })
        })
    }

    /// Hands over every member that the filter finds, in order, from one snapshot; stops at the first error.
    pub fn for_each_member<E: From<StoreError>>(
        &self,
        app: AppId,
        filter: &RosterFilter,
        order: RosterOrder,
        mut each: impl FnMut(&MemberRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut stopped = None;
        self.read(|reader| {
            let list = self.list(reader, app, filter, order)?;
            let reading = Reading::new(reader, app, filter.as_of)?;
            let mut asking = reading.prepare(reader)?;
            for member in list.iter() {
                if let Err(error) = each(&reading.row(&mut asking, *member)?) {
                    stopped = Some(error);
                    break;
                }
            }
            Ok(())
        })?;
        stopped.map_or(Ok(()), Err)
    }
}

/// Reads rows as of a day.
pub(crate) struct Reading {
    types: Vec<NumberedLicense>,
    as_of: Option<Date>,
}

impl Reading {
    pub(crate) fn new(reader: &Connection, app: AppId, as_of: Option<Date>) -> Result<Self, StoreError> {
        Ok(Self { types: numbered(reader, app)?, as_of })
    }

    pub(crate) fn prepare<'a>(&self, reader: &'a Connection) -> Result<Statement<'a>, StoreError> {
        let (standing, spell) = match self.as_of.map(|day| Day(day).number()) {
            None => ("m.license, m.status, m.left_on".to_owned(), String::new()),
            Some(day) => (
                format!(
                    "spell.license, CASE WHEN spell.until_day <= {day} THEN 2 ELSE 1 - spell.active END,
                     CASE WHEN spell.until_day <= {day} THEN spell.until_day END"
                ),
                format!(
                    "JOIN assignment AS spell ON spell.member = m.member AND spell.from_day =
                         (SELECT max(from_day) FROM assignment WHERE member = m.member AND from_day <= {day})"
                ),
            ),
        };
        Ok(reader.prepare(&format!(
            "SELECT {standing}, m.id, m.user_name, m.email, m.given_name, m.middle_name, m.family_name, m.display_name,
                    m.created, m.last_modified, department.text, cost_center.text, groups.text, products.text
             FROM member AS m {spell}
             LEFT JOIN word AS department ON department.word = m.department
             LEFT JOIN word AS cost_center ON cost_center.word = m.cost_center
             LEFT JOIN word AS groups ON groups.word = m.groups
             LEFT JOIN word AS products ON products.word = m.products
             WHERE m.member = ?1"
        ))?)
    }

    pub(crate) fn row(&self, asking: &mut Statement<'_>, member: i64) -> Result<MemberRow, StoreError> {
        Ok(asking.query_row([member], |row| self.read(row))?)
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<MemberRow> {
        let license = license_of(&self.types, row.get(0)?);
        let status = MemberStatus::of(row.get(1)?);
        let instant = |column| row.get::<_, Option<Instant>>(column).map(|instant| instant.map(|instant| instant.0));
        let texts = |column| -> rusqlite::Result<Vec<String>> {
            let joined = row.get_ref(column)?.as_str_or_null()?;
            Ok(joined.and_then(text_set::split).unwrap_or_default())
        };
        let member = Member {
            id: row.get(3)?,
            user_name: row.get(4)?,
            email: row.get(5)?,
            given_name: row.get(6)?,
            middle_name: row.get(7)?,
            family_name: row.get(8)?,
            display_name: row.get(9)?,
            active: status == MemberStatus::Active,
            created: instant(10)?,
            last_modified: instant(11)?,
            license,
            products: texts(15)?.iter().filter_map(|product| read_product(product)).collect(),
            department: row.get(12)?,
            cost_center: row.get(13)?,
            groups: texts(14)?,
        };
        let billable = self.billable(&member.license, status);
        Ok(MemberRow { member, status, billable, left_on: row.get::<_, Option<Day>>(2)?.map(|day| day.0) })
    }

    fn billable(&self, license: &License, status: MemberStatus) -> Option<bool> {
        let key = license.key()?;
        let found = self.types.iter().find(|found| found.license.key == *key)?;
        Some(found.license.billable && status == MemberStatus::Active)
    }
}

fn read_product(written: &str) -> Option<ProductLicense> {
    let (granted, product) = match written.strip_prefix('+') {
        Some(product) => (true, product),
        None => (false, written.strip_prefix('-')?),
    };
    Some(ProductLicense { product: product.to_owned(), granted })
}
