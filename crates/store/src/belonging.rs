//! Where members belonged on a past day: the department and the cost center that a roster then reported.
//! Kept are only the pairs that changed, each with the day until which it held; the present one is in the member's row.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Rows, Statement, params};

use crate::apps::AppId;
use crate::columns::Day;
use crate::{Store, StoreError};

/// The pairs that held on a day and hold no more, by member: the one that ended first of those that ended later.
pub(crate) const PAST: &str = "SELECT member, min(until_day) AS until_day, department, cost_center FROM belonging
    WHERE until_day > ?1 GROUP BY member ORDER BY member";

/// A department and a cost center, by the numbers of their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Belonging {
    pub(crate) department: Option<i64>,
    pub(crate) cost_center: Option<i64>,
}

impl Store {
    /// The first day of which it is known where members belonged, if there was a roster before it: for earlier days the
    /// first pair that is known stands in. `None` where it is known of every day.
    pub fn belonging_from(&self, app: AppId) -> Result<Option<Date>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT belonging_from FROM app WHERE app = ?1 AND belonging_from > (
                     SELECT min(day) FROM sync_run WHERE sync_run.app = ?1 AND status = 'completed')",
            )?;
            let found = asking.query_row([app.0], |row| row.get::<_, Day>(0)).optional()?;
            Ok(found.map(|day| day.0))
        })
    }
}

/// Keeps pairs while a roster is written.
pub(crate) struct Keeping<'a> {
    day: i64,
    /// The last roster was of the same day.
    same_day: bool,
    present: Statement<'a>,
    keep: Statement<'a>,
    drop: Statement<'a>,
}

const PRESENT: &str = "SELECT department, cost_center FROM member WHERE member = ?1";
/// Of several rosters of a day, what the day began with is kept.
const KEEP: &str = "INSERT INTO belonging (member, until_day, department, cost_center) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT DO NOTHING";
const DROP: &str =
    "DELETE FROM belonging WHERE member = ?1 AND until_day = ?2 AND department IS ?3 AND cost_center IS ?4";

impl<'a> Keeping<'a> {
    pub(crate) fn new(writing: &'a Connection, day: i64, same_day: bool) -> Result<Self, StoreError> {
        let [present, keep, drop] = [PRESENT, KEEP, DROP].map(|sql| writing.prepare(sql));
        Ok(Self { day, same_day, present: present?, keep: keep?, drop: drop? })
    }

    /// Keeps where a member belonged, if they belong elsewhere now. `counted` tells whether they were on the roster at the
    /// end of an earlier day: if not, they never belonged to what they were first reported with.
    pub(crate) fn moved(
        &mut self,
        member: i64,
        now: Belonging,
        counted: impl FnOnce() -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let before = self
            .present
            .query_row([member], |row| Ok(Belonging { department: row.get(0)?, cost_center: row.get(1)? }))?;
        if before == now {
            return Ok(());
        }
        // Who is back today where they were when the day began never moved.
        if self.same_day && self.drop.execute(params![member, self.day, now.department, now.cost_center])? > 0 {
            return Ok(());
        }
        if counted()? {
            self.keep.execute(params![member, self.day, before.department, before.cost_center])?;
        }
        Ok(())
    }
}

/// The pairs of a past day, walked beside the members, in their order.
pub(crate) struct BelongingsByMember<'a> {
    rows: Rows<'a>,
    next: Option<(i64, Belonging)>,
}

impl<'a> BelongingsByMember<'a> {
    pub(crate) fn new(asking: &'a mut Statement<'_>, day: i64) -> Result<Self, StoreError> {
        let mut belongings = Self { rows: asking.query([day])?, next: None };
        belongings.advance()?;
        Ok(belongings)
    }

    /// Where a member belonged, if it was elsewhere than now. Members are asked for in ascending order.
    pub(crate) fn of(&mut self, member: i64) -> Result<Option<Belonging>, StoreError> {
        while self.next.is_some_and(|(whose, _)| whose < member) {
            self.advance()?;
        }
        Ok(self.next.filter(|(whose, _)| *whose == member).map(|(_, belonging)| belonging))
    }

    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match self.rows.next()? {
            Some(row) => Some((row.get(0)?, Belonging { department: row.get(2)?, cost_center: row.get(3)? })),
            None => None,
        };
        Ok(())
    }
}
