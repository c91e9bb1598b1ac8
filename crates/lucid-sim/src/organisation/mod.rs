//! An invented company, the same for the same seed: who is on the account on which day.
//! People are worked out from their index when asked for; nothing of a person is kept.

mod chart;
mod draw;
mod names;
mod person;
mod plan;
mod timeline;
mod usage;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::config::Config;

pub use chart::{GROUPS, OrgGroup, TEAMS, Team};
pub use person::{Products, Seat, TruthUser};
use plan::Plan;
pub use timeline::Happening;
use timeline::{Offset, Standing, Timeline};
use usage::{Usage, usage};

const FIRST_ID: u64 = 50_001;
const ID_STEP: u64 = 3;
const SECONDS_A_DAY: i64 = 86_400;

/// The invented company.
#[derive(Debug, Clone)]
pub struct Organisation {
    seed: u64,
    first_day: Date,
    plan: Plan,
    include_inactive: bool,
}

/// Who is listed on a day, in the server's order.
#[derive(Debug, Clone)]
pub struct Roster<'a> {
    organisation: &'a Organisation,
    day: Offset,
    listed: Vec<u32>,
}

impl Organisation {
    /// The organisation that this configuration describes.
    pub fn new(config: &Config) -> Self {
        let grow_to = config.grow_to.unwrap_or(config.users);
        let weekday = config.first_day.weekday().to_monday_zero_offset();
        Self {
            seed: config.seed,
            first_day: config.first_day,
            plan: Plan::new(config.users, grow_to, config.days, weekday),
            include_inactive: config.include_inactive,
        }
    }

    /// The roster at the end of a day.
    pub fn on(&self, day: Date) -> Roster<'_> {
        let day = self.offset(day);
        Roster { organisation: self, day, listed: self.listed(day) }
    }

    /// Everybody listed on a day with the day of their last activity, as an administrator's export has it: a table with
    /// headings, separated by commas. A few are left out, as such exports do.
    pub fn activity_export(&self, day: Date) -> String {
        let offset = self.offset(day);
        let row = |index: u32| {
            let standing = self.standing(index, offset)?;
            let last = match usage(self.seed, index, standing.joined, offset) {
                Usage::NotListed => return None,
                Usage::Never => String::new(),
                Usage::On(last) => self.day(last).to_string(),
            };
            Some(format!("{},{},{last}\n", person::id_of(self.seed, index), self.email_of(index)))
        };
        let headings = "User ID,Email,Last activity\n".to_owned();
        std::iter::once(headings).chain(self.listed(offset).into_iter().filter_map(row)).collect()
    }

    /// Everything that ever happens to a user, in order; nothing for an unknown id.
    pub fn history(&self, id: &str) -> Vec<(Date, Happening)> {
        let Some(index) = self.index_of(id) else { return Vec::new() };
        self.timeline(index).events().iter().map(|&(day, happening)| (self.day(day), happening)).collect()
    }

    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// The number of people that there ever are; indexes from here on are the faults' extra people.
    pub(crate) fn people(&self) -> u32 {
        self.plan.people()
    }

    pub(crate) fn listed(&self, day: Offset) -> Vec<u32> {
        (0..self.people()).filter(|&index| self.is_listed(index, day)).collect()
    }

    fn is_listed(&self, index: u32, day: Offset) -> bool {
        self.standing(index, day).is_some_and(|standing| standing.active || self.include_inactive)
    }

    fn timeline(&self, index: u32) -> Timeline {
        Timeline::of(&self.plan, self.seed, index)
    }

    fn standing(&self, index: u32, day: Offset) -> Option<Standing> {
        self.timeline(index).on(day)
    }

    /// The user of an index on a day, deactivated or not; `None` before they joined.
    pub(crate) fn user(&self, index: u32, day: Offset) -> Option<TruthUser> {
        self.standing(index, day).map(|standing| person::person(self, index, &standing))
    }

    /// The index of a user id, for anybody who ever is on the account.
    pub(crate) fn index_of(&self, id: &str) -> Option<u32> {
        let number: u64 = id.strip_prefix("lucid-")?.parse().ok()?;
        let index = u32::try_from(number.checked_sub(FIRST_ID)? / ID_STEP).ok()?;
        (person::id_of(self.seed, index) == id).then_some(index)
    }

    pub(crate) fn email_of(&self, index: u32) -> String {
        person::email_of(self.seed, index)
    }

    pub(crate) fn external_id_of(index: u32) -> String {
        person::external_id_of(index)
    }

    pub(crate) fn offset(&self, day: Date) -> Offset {
        let days = day.duration_since(self.first_day).as_secs() / SECONDS_A_DAY;
        Offset::try_from(days).unwrap_or(Offset::MAX)
    }

    fn day(&self, offset: Offset) -> Date {
        self.first_day.saturating_add(jiff::SignedDuration::from_secs(i64::from(offset) * SECONDS_A_DAY))
    }

    /// The first instant of a day.
    fn midnight(&self, offset: Offset) -> Timestamp {
        let from_epoch = self.first_day.duration_since(jiff::civil::date(1970, 1, 1)).as_secs();
        Timestamp::from_second(from_epoch + i64::from(offset) * SECONDS_A_DAY).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl Roster<'_> {
    /// How many are listed.
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether nobody is listed.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Everybody listed, in the server's order.
    pub fn users(&self) -> impl Iterator<Item = TruthUser> + '_ {
        self.listed.iter().filter_map(|&index| self.organisation.user(index, self.day))
    }
}
