//! The current roster of one app as columns in memory: every sort, filter and search is answered from here, and only the
//! rows that are shown are read from the database. It is made by the first who asks, and again after a new roster.

use std::sync::{Arc, Mutex, OnceLock};

use rusqlite::{Connection, Row};

use crate::StoreError;
use crate::activity_image::KeptActivity;
use crate::as_of::{Ended, Standing};
use crate::orders::Order;
use crate::roster_filter::KeptFound;
use crate::roster_list::{RosterColumn, StandingOrders};
use crate::shared::Shared;
use crate::texts::Texts;

/// For members without a present spell.
pub(crate) const NEVER: i32 = i32::MAX;
/// For members without an instant.
pub(crate) const NO_INSTANT: i64 = i64::MIN;

/// A member's place in every column: members in the order in which they were first listed.
#[derive(Debug, Default)]
pub(crate) struct Image {
    /// Their numbers in the database, ascending.
    pub(crate) members: Vec<i64>,
    /// How they stand now.
    pub(crate) now: Arc<Standing>,
    /// The first day of the present spell.
    pub(crate) since: Vec<i32>,
    pub(crate) departments: Shared,
    pub(crate) cost_centers: Shared,
    pub(crate) groups: Shared,
    pub(crate) products: Shared,
    pub(crate) created: Vec<i64>,
    pub(crate) last_modified: Vec<i64>,
    pub(crate) texts: Texts,
    /// Spells that ended, once a past day was asked for.
    pub(crate) ended: OnceLock<Vec<Ended>>,
    /// The days that were asked for last.
    pub(crate) days: Mutex<Vec<(i64, Arc<Standing>)>>,
    /// What was told of everybody's last activity, and how they count on the days that were asked for last.
    pub(crate) activity: Mutex<KeptActivity>,
    pub(crate) orders: [OnceLock<Order>; RosterColumn::KEPT.len()],
    pub(crate) standing_orders: Mutex<StandingOrders>,
    pub(crate) found: Mutex<KeptFound>,
}

const MEMBERS: &str =
    "SELECT member, status, license, since, department, cost_center, groups, products, created, last_modified,
        id, user_name, email, given_name, middle_name, family_name, display_name
    FROM member NOT INDEXED WHERE app = ?1 ORDER BY member";
const WORDS: &str = "SELECT word, text, folded FROM word WHERE app = ?1 AND kind = ?2";

impl Image {
    /// Reads an app's roster.
    pub(crate) fn read(reader: &Connection, app: i64) -> Result<Self, StoreError> {
        let mut image = Self::default();
        let mut now = Standing::default();
        for (kind, shared) in [
            (1, &mut image.departments),
            (2, &mut image.cost_centers),
            (3, &mut image.groups),
            (4, &mut image.products),
        ] {
            let mut asking = reader.prepare_cached(WORDS)?;
            let mut words = asking.query([app, kind])?;
            while let Some(word) = words.next()? {
                shared.add(word.get(0)?, word.get(1)?, word.get(2)?);
            }
            shared.sort();
        }
        let mut asking = reader.prepare_cached(MEMBERS)?;
        let mut members = asking.query([app])?;
        while let Some(member) = members.next()? {
            image.take(&mut now, member)?;
        }
        image.now = Arc::new(now);
        image.texts.shrink();
        Ok(image)
    }

    /// How many members there are.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    fn take(&mut self, now: &mut Standing, row: &Row<'_>) -> rusqlite::Result<()> {
        self.members.push(row.get(0)?);
        now.push(row.get(1)?, row.get(2)?);
        self.since.push(row.get::<_, Option<i32>>(3)?.unwrap_or(NEVER));
        self.departments.push(row.get(4)?);
        self.cost_centers.push(row.get(5)?);
        self.groups.push(row.get(6)?);
        self.products.push(row.get(7)?);
        self.created.push(row.get::<_, Option<i64>>(8)?.unwrap_or(NO_INSTANT));
        self.last_modified.push(row.get::<_, Option<i64>>(9)?.unwrap_or(NO_INSTANT));
        let text = |column| -> rusqlite::Result<Option<&str>> { Ok(row.get_ref(column)?.as_str_or_null()?) };
        self.texts.push([text(10)?, text(11)?, text(12)?, text(13)?, text(14)?, text(15)?, text(16)?]);
        Ok(())
    }
}
