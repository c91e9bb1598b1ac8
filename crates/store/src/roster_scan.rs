//! The roster in one pass over its table, for whole lists: nothing is kept of a row that went by, and no image is needed.
//! Rows come as they were first listed, each with the key of its place in the order asked for; who wants the order sorts
//! by the keys.

use jiff::Timestamp;
use jiff::civil::Date;
use roster::{Activity, LicenseKey};
use rusqlite::{Row, Statement};

use crate::activity_image::LastSeen;
use crate::apps::AppId;
use crate::as_of::{OnDay, SpellsByMember};
use crate::belonging::{self, Belonging, BelongingsByMember};
use crate::columns::{Day, Instant};
use crate::license_types::{NumberedLicense, numbered};
use crate::roster_filter::{MemberStatus, RosterFilter, Wanted};
use crate::roster_list::RosterOrder;
use crate::sort_keys::SortKeys;
use crate::texts::Texts;
use crate::told::{Knowledge, ToldByMember};
use crate::word_slots::{Word, WordSlots};
use crate::{Store, StoreError};

/// A member as a pass over the roster meets them.
#[derive(Debug, Clone, Copy)]
pub struct ScannedMember<'a> {
    /// The vendor's id.
    pub id: &'a str,
    /// `userName`.
    pub user_name: &'a str,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// First name.
    pub given_name: Option<&'a str>,
    /// Middle name.
    pub middle_name: Option<&'a str>,
    /// Last name.
    pub family_name: Option<&'a str>,
    /// Display name.
    pub display_name: Option<&'a str>,
    /// What they held on the day asked for; `None` is unknown.
    pub license: Option<&'a LicenseKey>,
    /// How they stood on that day.
    pub status: MemberStatus,
    /// Whether the contract charged for them; `None` when the license is unknown.
    pub billable: Option<bool>,
    /// The first day on which they were no longer listed, where they had left.
    pub left_on: Option<Date>,
    /// Active date.
    pub created: Option<Timestamp>,
    /// Last changed.
    pub last_modified: Option<Timestamp>,
    /// Department on that day.
    pub department: Option<&'a str>,
    /// Cost center on that day.
    pub cost_center: Option<&'a str>,
    /// Groups, as [`roster::text_set`] joins them.
    pub groups: Option<&'a str>,
    /// Products with whether they are held, joined likewise.
    pub products: Option<&'a str>,
    /// The day of their last activity up to that day, as far as it is known.
    pub last_activity: Option<Date>,
    /// How they count on that day.
    pub activity: Activity,
}

impl Store {
    /// Hands over every member that the filter finds with the key of their place in the order, from one snapshot; stops
    /// at the first error. Equal keys come in the order in which they belong.
    pub fn scan_members<E: From<StoreError>>(
        &self,
        app: AppId,
        filter: &RosterFilter,
        order: RosterOrder,
        mut each: impl FnMut(&ScannedMember<'_>, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut stopped = None;
        self.read(|reader| {
            let types = numbered(reader, app)?;
            let wanted = Wanted::new(&types, filter);
            let mut keys = SortKeys::new(&types, order);
            let (mut asking, mut word) = (reader.prepare_cached(MEMBERS)?, reader.prepare_cached(WordSlots::ASKING)?);
            let mut spells = reader.prepare_cached(SpellsByMember::ASKING)?;
            let mut spells = filter.as_of.map(|day| SpellsByMember::new(&mut spells, Day(day).number())).transpose()?;
            let mut past = reader.prepare_cached(belonging::PAST)?;
            let mut past = filter.as_of.map(|day| BelongingsByMember::new(&mut past, Day(day).number())).transpose()?;
            let knowledge = Knowledge::read(reader, app)?;
            let mut told = reader.prepare_cached(ToldByMember::ASKING)?;
            let mut told = ToldByMember::new(&knowledge, &mut told)?;
            let mut shared = SharedWords::default();
            let mut texts = Texts::default();
            let mut rows = asking.query([app.0])?;
            while let Some(row) = rows.next()? {
                let now = OnDay { status: row.get(1)?, license: row.get(2)?, left_on: row.get(4)? };
                let Some(on_day) = (match &mut spells {
                    Some(spells) => spells.of(row.get(0)?, row.get(3)?, now)?,
                    None => Some(now),
                }) else {
                    continue;
                };
                if !wanted.stands(on_day.license, usize::from(on_day.status)) {
                    continue;
                }
                let seen = LastSeen::of(told.of(row.get(0)?)?, &knowledge, filter.day());
                if !wanted.counts(seen.activity) {
                    continue;
                }
                let belonging = match &mut past {
                    Some(past) => past.of(row.get(0)?)?,
                    None => None,
                };
                let belonging = belonging.map_or_else(|| present(row), Ok)?;
                let [department, cost_center, groups, products] = shared.of(&mut word, row, belonging)?;
                let member = ScannedMember {
                    department: text(department),
                    cost_center: text(cost_center),
                    groups: text(groups),
                    products: text(products),
                    last_activity: seen.last,
                    activity: seen.activity,
                    ..read(row, &types, on_day)?
                };
                let meant = wanted.shares(member.department, member.cost_center, member.groups)
                    && (wanted.words.is_empty() || says(&mut texts, &member, [department, cost_center], &wanted.words));
                if !meant {
                    continue;
                }
                let key = keys.of(&types, on_day.license, &member, [department, cost_center]);
                if let Err(error) = each(&member, key) {
                    stopped = Some(error);
                    break;
                }
            }
            Ok(())
        })?;
        stopped.map_or(Ok(()), Err)
    }
}

const MEMBERS: &str =
    "SELECT member, status, license, since, left_on, department, cost_center, groups, products, created, last_modified,
        id, user_name, email, given_name, middle_name, family_name, display_name
    FROM member NOT INDEXED WHERE app = ?1 ORDER BY member";

/// Reads a row of [`MEMBERS`], apart from what is shared.
fn read<'a>(row: &'a Row<'_>, types: &'a [NumberedLicense], on_day: OnDay) -> rusqlite::Result<ScannedMember<'a>> {
    let text = |column| -> rusqlite::Result<Option<&'a str>> { Ok(row.get_ref(column)?.as_str_or_null()?) };
    let instant = |column| row.get::<_, Option<Instant>>(column).map(|at| at.map(|at| at.0));
    let found = types.iter().find(|found| found.number == on_day.license);
    let status = MemberStatus::of(i64::from(on_day.status));
    Ok(ScannedMember {
        id: text(11)?.unwrap_or_default(),
        user_name: text(12)?.unwrap_or_default(),
        email: text(13)?,
        given_name: text(14)?,
        middle_name: text(15)?,
        family_name: text(16)?,
        display_name: text(17)?,
        license: found.map(|found| &found.license.key),
        status,
        billable: found.map(|found| found.charges(usize::from(on_day.status))),
        left_on: on_day.left_on.filter(|_| status == MemberStatus::Left).and_then(Day::of),
        created: instant(9)?,
        last_modified: instant(10)?,
        department: None,
        cost_center: None,
        groups: None,
        products: None,
        last_activity: None,
        activity: Activity::NotMonitored,
    })
}

/// Where the member of a row of [`MEMBERS`] belongs now.
fn present(row: &Row<'_>) -> rusqlite::Result<Belonging> {
    Ok(Belonging { department: row.get(5)?, cost_center: row.get(6)? })
}

fn text(word: Option<&Word>) -> Option<&str> {
    word.map(|word| word.text.as_str())
}

/// Whether every word occurs in one of the texts that are searched, as the image has it.
fn says(texts: &mut Texts, member: &ScannedMember<'_>, shared: [Option<&Word>; 2], words: &[String]) -> bool {
    texts.clear();
    texts.push([
        Some(member.id),
        Some(member.user_name),
        member.email,
        member.given_name,
        member.middle_name,
        member.family_name,
        member.display_name,
    ]);
    let somewhere = |word: &String| shared.iter().flatten().any(|known| known.folded.contains(word.as_str()));
    words.iter().all(|word| texts.has(0, word) || somewhere(word))
}

/// Department, cost center, groups and products.
#[derive(Default)]
struct SharedWords([WordSlots; 4]);

impl SharedWords {
    /// Those of a row of [`MEMBERS`].
    fn of(
        &mut self,
        asking: &mut Statement<'_>,
        row: &Row<'_>,
        belonging: Belonging,
    ) -> Result<[Option<&Word>; 4], StoreError> {
        let [departments, cost_centers, groups, products] = &mut self.0;
        Ok([
            departments.of(asking, belonging.department)?,
            cost_centers.of(asking, belonging.cost_center)?,
            groups.of(asking, row.get(7)?)?,
            products.of(asking, row.get(8)?)?,
        ])
    }
}
