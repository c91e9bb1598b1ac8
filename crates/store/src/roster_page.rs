//! The roster as rows: a page of it, or all of it one by one.

use jiff::civil::Date;
use roster::{Activity, Member, ProductLicense};
use rusqlite::{Row, Statement};

use crate::activity_image::{ActivityOn, LastSeen};
use crate::apps::AppId;
use crate::as_of::Standing;
use crate::columns::{Day, Instant};
use crate::image::Image;
use crate::license_types::{NumberedLicense, license_of, numbered};
use crate::roster_filter::{MemberStatus, RosterFilter};
use crate::roster_list::{self, RosterOrder};
use crate::told::Knowledge;
use crate::{Store, StoreError, text_set};

/// One member as the roster shows them on the day asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// What the vendor reported last, with the license, activity, department and cost center of the day asked for.
    pub member: Member,
    /// How they stood on that day.
    pub status: MemberStatus,
    /// Whether the contract charges for them: their license type is billable and they are active, or deactivated where
    /// the contract charges for those too. `None` when the license is unknown.
    pub billable: Option<bool>,
    /// The first day on which they were no longer listed, where they left.
    pub left_on: Option<Date>,
    /// The day of their last activity up to that day, as far as it is known.
    pub last_activity: Option<Date>,
    /// How they count on that day.
    pub activity: Activity,
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
            let (image, made) = self.image(reader, app)?;
            let types = numbered(reader, app)?;
            let standing = image.standing(reader, filter.as_of.map(|day| Day(day).number()))?;
            let activity = image.activity(reader, &Knowledge::read(reader, app)?, filter.day())?;
            let found = image.found(&types, &standing, &activity, filter);
            let [offset, limit] = [offset, limit].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            let page = image.in_order(&types, &standing, &activity, order, |members| {
                members.page(&found.set, order.descending, offset, limit)
            });
            if made {
                roster_list::prepare(&image);
            }
            let reading = Reading { types, image: &image, standing: &standing, activity: &activity };
            let mut asking = reader.prepare_cached(MEMBER)?;
            let rows = page.into_iter().map(|member| reading.row(&mut asking, member)).collect::<Result<_, _>>()?;
            Ok(RosterRows { rows, matching: found.count as u64 })
        })
    }

    /// Hands over every member that the filter finds, in order, from one snapshot; stops at the first error.
    pub fn for_each_member<E: From<StoreError>>(
        &self,
        app: AppId,
        filter: &RosterFilter,
        order: RosterOrder,
        mut each: impl FnMut(MemberRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut stopped = None;
        self.read(|reader| {
            let (image, _) = self.image(reader, app)?;
            let types = numbered(reader, app)?;
            let standing = image.standing(reader, filter.as_of.map(|day| Day(day).number()))?;
            let activity = image.activity(reader, &Knowledge::read(reader, app)?, filter.day())?;
            let found = image.found(&types, &standing, &activity, filter);
            let reading = Reading { types, image: &image, standing: &standing, activity: &activity };
            let mut asking = reader.prepare_cached(MEMBER)?;
            image.in_order(&reading.types, &standing, &activity, order, |members| {
                for member in members.walk(order.descending).filter(|member| found.set.has(*member)) {
                    if let Err(error) = each(reading.row(&mut asking, member)?) {
                        stopped = Some(error);
                        break;
                    }
                }
                Ok(())
            })
        })?;
        stopped.map_or(Ok(()), Err)
    }
}

/// What of a member is not in the image.
const MEMBER: &str =
    "SELECT id, user_name, email, given_name, middle_name, family_name, display_name, created, last_modified,
        left_on
    FROM member WHERE member = ?1";

/// Reads rows as of a day.
struct Reading<'a> {
    types: Vec<NumberedLicense>,
    image: &'a Image,
    standing: &'a Standing,
    activity: &'a ActivityOn,
}

impl Reading<'_> {
    fn row(&self, asking: &mut Statement<'_>, member: usize) -> Result<MemberRow, StoreError> {
        let (image, standing) = (self.image, self.standing);
        let number = image.members.get(member).copied().unwrap_or_default();
        let status = MemberStatus::of(i64::from(standing.status(member)));
        let shown = Shown {
            license: standing.license(member),
            status,
            department: image.departments.at(image.department_column(standing), member),
            cost_center: image.cost_centers.at(image.cost_center_column(standing), member),
            groups: image.groups.of(member),
            products: image.products.of(member),
            seen: self.activity.of(member),
        };
        let mut found = asking.query_row([number], |row| read(row, &self.types, &shown))?;
        match standing.left_on(member) {
            Some(day) => found.left_on = Day::of(day),
            None if status != MemberStatus::Left => found.left_on = None,
            None => {}
        }
        Ok(found)
    }
}

/// What a member shares with others, from wherever it is known.
pub(crate) struct Shown<'a> {
    pub(crate) license: i64,
    pub(crate) status: MemberStatus,
    pub(crate) department: Option<&'a str>,
    pub(crate) cost_center: Option<&'a str>,
    pub(crate) groups: Option<&'a str>,
    pub(crate) products: Option<&'a str>,
    pub(crate) seen: LastSeen,
}

/// Reads a row that begins with the columns of [`MEMBER`].
pub(crate) fn read(row: &Row<'_>, types: &[NumberedLicense], shown: &Shown<'_>) -> rusqlite::Result<MemberRow> {
    let license = license_of(types, shown.license);
    let instant = |column| row.get::<_, Option<Instant>>(column).map(|instant| instant.map(|instant| instant.0));
    let products = shown.products.and_then(text_set::split_ref).unwrap_or_default();
    let member = Member {
        id: row.get(0)?,
        user_name: row.get(1)?,
        email: row.get(2)?,
        given_name: row.get(3)?,
        middle_name: row.get(4)?,
        family_name: row.get(5)?,
        display_name: row.get(6)?,
        active: shown.status == MemberStatus::Active,
        created: instant(7)?,
        last_modified: instant(8)?,
        license,
        products: products
            .into_iter()
            .filter_map(text_set::product)
            .map(|(product, granted)| ProductLicense { product: product.to_owned(), granted })
            .collect(),
        department: shown.department.map(str::to_owned),
        cost_center: shown.cost_center.map(str::to_owned),
        groups: shown.groups.and_then(text_set::split).unwrap_or_default(),
    };
    let billable = billable(types, shown);
    Ok(MemberRow {
        member,
        status: shown.status,
        billable,
        left_on: row.get::<_, Option<Day>>(9)?.map(|day| day.0),
        last_activity: shown.seen.last,
        activity: shown.seen.activity,
    })
}

fn billable(types: &[NumberedLicense], shown: &Shown<'_>) -> Option<bool> {
    let found = types.iter().find(|found| found.number == shown.license)?;
    Some(found.charges(usize::try_from(shown.status.number()).unwrap_or_default()))
}
