//! When everybody was last active, and how they count on a day, as columns beside the image of a roster. What was told is
//! read again when an import or the threshold changes; how they count is made for each day that is asked for.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use roster::Activity;
use roster::activity::{self, DayNumber, Told};
use rusqlite::Connection;

use crate::bits::Bits;
use crate::columns::Day;
use crate::image::Image;
use crate::orders::Order;
use crate::told::{Knowledge, ToldByMember, Version};
use crate::{StoreError, transaction};

/// As many days are remembered.
const DAYS: usize = 3;
/// Of whom no day is known.
const NO_DAY: DayNumber = DayNumber::MIN;

/// What was read last.
#[derive(Debug, Default)]
pub(crate) struct KeptActivity {
    told: Option<(Version, Arc<Everybody>)>,
    days: Vec<Arc<ActivityOn>>,
}

/// What was told of each member.
#[derive(Debug, Default)]
struct Everybody {
    /// Where each member's begins, and the end.
    starts: Vec<usize>,
    told: Vec<Told>,
}

/// How everybody counts on a day. Without columns nothing was ever told.
#[derive(Debug, Default)]
pub(crate) struct ActivityOn {
    day: DayNumber,
    pub(crate) version: Version,
    /// The place of each member's state in [`Activity::ALL`].
    states: Vec<u32>,
    last: Vec<DayNumber>,
    order: OnceLock<Order>,
}

/// One member's activity as rows show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LastSeen {
    pub(crate) last: Option<Date>,
    pub(crate) activity: Activity,
}

impl LastSeen {
    pub(crate) fn of(told: &[Told], knowledge: &Knowledge, day: DayNumber) -> Self {
        Self { last: activity::last(told, day).and_then(date), activity: activity::on(told, knowledge.threshold, day) }
    }
}

fn date(day: DayNumber) -> Option<Date> {
    Day::of(day.into())
}

impl Image {
    /// How everybody counts on a day.
    pub(crate) fn activity(
        &self,
        reader: &Connection,
        knowledge: &Knowledge,
        day: DayNumber,
    ) -> Result<Arc<ActivityOn>, StoreError> {
        let version = knowledge.version;
        if knowledge.is_empty() {
            return Ok(Arc::new(ActivityOn { day, version, ..ActivityOn::default() }));
        }
        let mut kept = transaction::lock(&self.activity);
        if let Some(known) = kept.days.iter().find(|known| known.day == day && known.version == version) {
            return Ok(Arc::clone(known));
        }
        let everybody = match &kept.told {
            Some((known, everybody)) if *known == version => Arc::clone(everybody),
            _ => {
                kept.days.clear();
                Arc::new(self.everybody(reader, knowledge)?)
            }
        };
        kept.told = Some((version, Arc::clone(&everybody)));
        let on = Arc::new(everybody.on(knowledge, day));
        if kept.days.len() == DAYS {
            kept.days.remove(0);
        }
        kept.days.push(Arc::clone(&on));
        Ok(on)
    }

    fn everybody(&self, reader: &Connection, knowledge: &Knowledge) -> Result<Everybody, StoreError> {
        let mut asking = reader.prepare_cached(ToldByMember::ASKING)?;
        let mut told = ToldByMember::new(knowledge, &mut asking)?;
        let mut everybody = Everybody::default();
        for member in &self.members {
            everybody.starts.push(everybody.told.len());
            everybody.told.extend_from_slice(told.of(*member)?);
        }
        everybody.starts.push(everybody.told.len());
        Ok(everybody)
    }
}

impl Everybody {
    fn on(&self, knowledge: &Knowledge, day: DayNumber) -> ActivityOn {
        let places = self.starts.iter().zip(self.starts.iter().skip(1));
        let told = || places.clone().map(|(start, end)| self.told.get(*start..*end).unwrap_or_default());
        ActivityOn {
            day,
            version: knowledge.version,
            states: told().map(|told| place(activity::on(told, knowledge.threshold, day))).collect(),
            last: told().map(|told| activity::last(told, day).unwrap_or(NO_DAY)).collect(),
            order: OnceLock::new(),
        }
    }
}

/// Its place in [`Activity::ALL`].
fn place(activity: Activity) -> u32 {
    let place = Activity::ALL.iter().position(|one| *one == activity);
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or_default()
}

impl ActivityOn {
    /// A member's.
    pub(crate) fn of(&self, member: usize) -> LastSeen {
        let state = self.states.get(member).and_then(|place| Activity::ALL.get(*place as usize));
        let last = self.last.get(member).copied().filter(|last| *last != NO_DAY).and_then(date);
        LastSeen { last, activity: state.copied().unwrap_or(Activity::NotMonitored) }
    }

    /// Keeps those who count in one of these ways; asking for none keeps everybody.
    pub(crate) fn keep(&self, asked: &[Activity], found: &mut Bits) {
        if asked.is_empty() {
            return;
        }
        if self.states.is_empty() {
            if !asked.contains(&Activity::NotMonitored) {
                found.retain(|_| false);
            }
            return;
        }
        found.and(&Bits::with(&self.states, &Activity::ALL.map(|one| asked.contains(&one))));
    }

    /// How many of those who are wanted count in which way.
    pub(crate) fn tally(&self, wanted: impl Iterator<Item = bool>) -> [u64; 4] {
        let mut tally = [0; 4];
        let unmonitored = place(Activity::NotMonitored);
        for (member, _) in wanted.enumerate().filter(|(_, wanted)| *wanted) {
            let state = self.states.get(member).copied().unwrap_or(unmonitored);
            if let Some(count) = tally.get_mut(state as usize) {
                *count += 1;
            }
        }
        tally
    }

    /// The order by last activity: never, then by day; of whom neither is known comes last.
    pub(crate) fn order(&self, members: usize) -> &Order {
        self.order.get_or_init(|| {
            if self.states.is_empty() {
                return Order::by_small(&vec![0; members], 0);
            }
            let first = self.last.iter().copied().filter(|last| *last != NO_DAY).min().unwrap_or_default();
            let rank = |last: DayNumber| u32::try_from(last.saturating_sub(first)).unwrap_or_default() + 1;
            let missing = self.last.iter().copied().max().filter(|last| *last != NO_DAY).map_or(1, rank) + 1;
            let never = place(Activity::Never);
            let ranks: Vec<u32> = self
                .last
                .iter()
                .zip(&self.states)
                .map(|(last, state)| match *last {
                    NO_DAY if *state == never => 0,
                    NO_DAY => missing,
                    last => rank(last),
                })
                .collect();
            Order::by_small(&ranks, missing)
        })
    }
}
