//! How everybody stood on one day: now, or a past day told by the spells.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::Connection;

use crate::StoreError;
use crate::elsewhere::Elsewhere;
use crate::image::{Image, NEVER};
use crate::transaction;

/// Status of somebody who was not listed yet on the day.
pub(crate) const ABSENT: u8 = 3;
/// How many statuses there are, that one included: two bits of a kind.
pub(crate) const STATUSES: usize = 4;
/// As many past days are remembered.
const DAYS: usize = 3;

/// A spell that ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    member: u32,
    from: i32,
    until: i32,
    license: i64,
    active: bool,
}

/// What everybody held, and how they stood.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// The day; `None` is now.
    pub(crate) day: Option<i64>,
    /// For each member the place in `numbers` of what they held, times [`STATUSES`], and how they stood.
    kinds: Vec<u32>,
    /// The licenses' numbers in the database.
    pub(crate) numbers: Vec<i64>,
    places: HashMap<i64, u32>,
    /// When those left who had left by a past day.
    left: HashMap<u32, i32>,
    /// Where everybody belonged, if anybody belonged elsewhere than now.
    pub(crate) elsewhere: Option<Arc<Elsewhere>>,
}

impl Standing {
    pub(crate) fn push(&mut self, status: u8, license: i64) {
        let place = self.place(license);
        self.kinds.push(kind(place, status));
    }

    /// For each member a number for what they held and how they stood, less than [`Standing::kinds`].
    pub(crate) fn column(&self) -> &[u32] {
        &self.kinds
    }

    /// How many such numbers there are.
    pub(crate) fn kinds(&self) -> usize {
        self.numbers.len() * STATUSES
    }

    pub(crate) fn status(&self, member: usize) -> u8 {
        self.kinds.get(member).map_or(ABSENT, |kind| status(*kind))
    }

    /// The number of the license that a member held.
    pub(crate) fn license(&self, member: usize) -> i64 {
        let place = self.kinds.get(member).map(|kind| *kind as usize / STATUSES);
        place.and_then(|place| self.numbers.get(place)).copied().unwrap_or_default()
    }

    /// The day on which a member left who had left by a past day.
    pub(crate) fn left_on(&self, member: usize) -> Option<i64> {
        u32::try_from(member).ok().and_then(|member| self.left.get(&member)).map(|day| i64::from(*day))
    }

    fn place(&mut self, license: i64) -> u32 {
        *self.places.entry(license).or_insert_with(|| {
            self.numbers.push(license);
            u32::try_from(self.numbers.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn set(&mut self, spell: &Ended, day: i32) {
        let place = self.place(spell.license);
        let member = spell.member as usize;
        let status = spell.status_on(day);
        if let Some(known) = self.kinds.get_mut(member) {
            *known = kind(place, status);
        }
        if status == 2 {
            self.left.insert(spell.member, spell.until);
        } else {
            self.left.remove(&spell.member);
        }
    }
}

fn kind(place: u32, status: u8) -> u32 {
    place << 2 | u32::from(status)
}

/// How those of a kind stand.
pub(crate) fn status(kind: u32) -> u8 {
    u8::try_from(kind & 3).unwrap_or(ABSENT)
}

/// How one member stood on a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OnDay {
    pub(crate) status: u8,
    pub(crate) license: i64,
    pub(crate) left_on: Option<i64>,
}

/// The spells that ended, walked beside the members, in their order.
pub(crate) struct SpellsByMember<'a> {
    rows: rusqlite::Rows<'a>,
    next: Option<(i64, Ended)>,
    day: i32,
}

impl<'a> SpellsByMember<'a> {
    pub(crate) const ASKING: &'static str =
        "SELECT member, from_day, until_day, license, active FROM assignment ORDER BY member, from_day";

    pub(crate) fn new(asking: &'a mut rusqlite::Statement<'_>, day: i64) -> Result<Self, StoreError> {
        let mut spells = Self { rows: asking.query(())?, next: None, day: number_of(day) };
        spells.advance()?;
        Ok(spells)
    }

    /// How a member stood; `None` when they were not listed yet. Members are asked for in ascending order.
    pub(crate) fn of(&mut self, member: i64, since: Option<i32>, now: OnDay) -> Result<Option<OnDay>, StoreError> {
        let mut found = since.is_some_and(|since| since <= self.day).then_some(now);
        let presently = found.is_some();
        while let Some((whose, spell)) = self.next.filter(|(whose, _)| *whose <= member) {
            if whose == member && !presently && spell.from <= self.day {
                let status = spell.status_on(self.day);
                let left_on = (status == 2).then(|| i64::from(spell.until));
                found = Some(OnDay { status, license: spell.license, left_on });
            }
            self.advance()?;
        }
        Ok(found)
    }

    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match self.rows.next()? {
            Some(row) => Some((row.get(0)?, Ended::read(row, 0)?)),
            None => None,
        };
        Ok(())
    }
}

/// No day of the calendar is out of range here; one that were would be after every spell.
fn number_of(day: i64) -> i32 {
    i32::try_from(day).unwrap_or(NEVER - 1)
}

impl Ended {
    fn read(row: &rusqlite::Row<'_>, member: u32) -> rusqlite::Result<Self> {
        Ok(Self { member, from: row.get(1)?, until: row.get(2)?, license: row.get(3)?, active: row.get(4)? })
    }

    fn status_on(&self, day: i32) -> u8 {
        if self.until <= day { 2 } else { u8::from(!self.active) }
    }
}

impl Image {
    /// How everybody stood on a day; now where none is given.
    pub(crate) fn standing(&self, reader: &Connection, day: Option<i64>) -> Result<Arc<Standing>, StoreError> {
        let Some(day) = day else { return Ok(Arc::clone(&self.now)) };
        let mut days = transaction::lock(&self.days);
        if let Some((_, known)) = days.iter().find(|(known, _)| *known == day) {
            return Ok(Arc::clone(known));
        }
        let mut standing = self.on(self.ended(reader)?, day);
        standing.elsewhere = self.elsewhere(reader, day)?.map(Arc::new);
        let standing = Arc::new(standing);
        if days.len() == DAYS {
            days.remove(0);
        }
        days.push((day, Arc::clone(&standing)));
        Ok(standing)
    }

    fn on(&self, ended: &[Ended], day: i64) -> Standing {
        let day = number_of(day);
        let mut standing = Standing { day: Some(day.into()), left: HashMap::new(), ..(*self.now).clone() };
        for (kind, since) in standing.kinds.iter_mut().zip(&self.since) {
            if *since > day {
                *kind |= u32::from(ABSENT);
            }
        }
        for spell in ended.iter().filter(|spell| spell.from <= day) {
            let presently = self.since.get(spell.member as usize).is_some_and(|since| *since <= day);
            if !presently {
                standing.set(spell, day);
            }
        }
        standing
    }

    /// Every spell that ended, by member and day.
    fn ended(&self, reader: &Connection) -> Result<&[Ended], StoreError> {
        if let Some(known) = self.ended.get() {
            return Ok(known);
        }
        let mut asking = reader.prepare_cached(SpellsByMember::ASKING)?;
        let mut rows = asking.query(())?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            if let Ok(place) = self.members.binary_search(&number) {
                found.push(Ended::read(row, u32::try_from(place).unwrap_or(u32::MAX))?);
            }
        }
        Ok(self.ended.get_or_init(|| found))
    }
}
