//! When whom joins: the first people, steady hiring, one onboarding wave, and a year of replacements after the growth.

use super::draw::Draw;
use super::timeline::Offset;

/// How a person came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wave {
    /// Like everybody.
    Usual,
    /// With the onboarding wave.
    Onboarding,
}

/// The headcount plan.
#[derive(Debug, Clone)]
pub struct Plan {
    first: u32,
    steady: u32,
    wave: u32,
    later: u32,
    days: u32,
    /// Monday is 0.
    first_weekday: i32,
}

/// Net leavers in a million people per day: the chance to leave, less those who come back.
const NET_LEAVERS: u64 = 440;
const AFTER_GROWTH: u32 = 365;
/// The longest tenure of the first people, in days.
const TENURE: u32 = 2200;

impl Plan {
    /// A plan for this many people at first and about this many after these days.
    pub fn new(first: u32, grow_to: u32, days: u32, first_weekday: i8) -> Self {
        let growth = grow_to.saturating_sub(first);
        let wave = growth * 2 / 5;
        let during = u64::midpoint(u64::from(first), u64::from(grow_to.max(first)));
        Self {
            first,
            steady: growth - wave + replaced(during, days),
            wave,
            later: replaced(u64::from(grow_to.max(first)), AFTER_GROWTH),
            days: days.max(1),
            first_weekday: i32::from(first_weekday),
        }
    }

    /// Everybody who is ever on the account.
    pub fn people(&self) -> u32 {
        self.first + self.steady + self.wave + self.later
    }

    /// The day after which nothing happens any more.
    pub fn horizon(&self) -> Offset {
        offset(self.days + AFTER_GROWTH)
    }

    /// The first day of the downgrade wave.
    pub fn downgrade_wave(&self) -> Offset {
        offset(self.days * 8 / 11)
    }

    /// When a person joins, and how.
    pub fn joins(&self, index: u32, draw: &mut Draw) -> (Offset, Wave) {
        let jitter = offset(draw.below(5));
        let (tenure, other) = (draw.below(TENURE), draw.below(TENURE));
        let Some(hired) = index.checked_sub(self.first) else {
            // The smaller of two draws: more people are new than old. A week is added so that a shift to Monday stays before the first day.
            return (self.workday(-7 - offset(tenure.min(other))), Wave::Usual);
        };
        if hired < self.steady {
            return (self.workday(1 + spread(hired, self.steady, self.days) + jitter), Wave::Usual);
        }
        let hired = hired - self.steady;
        if hired < self.wave {
            // A day on, so that it falls between two weekly readings of the roster and not across one.
            let week = offset(self.days * 3 / 8) + 1;
            return (self.workday(week + jitter % 2), Wave::Onboarding);
        }
        let hired = hired - self.wave;
        if hired < self.later {
            let day = offset(self.days) + 1 + spread(hired, self.later, AFTER_GROWTH) + jitter;
            return (self.workday(day), Wave::Usual);
        }
        // Beyond the plan are the people that a fault puts on the roster: there from the first day.
        (0, Wave::Usual)
    }

    /// The same day, or the Monday after when it falls on a weekend.
    pub fn workday(&self, day: Offset) -> Offset {
        match (self.first_weekday + day).rem_euclid(7) {
            5 => day + 2,
            6 => day + 1,
            _ => day,
        }
    }
}

fn replaced(people: u64, days: u32) -> u32 {
    u32::try_from(people * NET_LEAVERS * u64::from(days) / 1_000_000).unwrap_or(u32::MAX)
}

fn spread(place: u32, places: u32, days: u32) -> Offset {
    let day = u64::from(place) * u64::from(days) / u64::from(places.max(1));
    Offset::try_from(day).unwrap_or(Offset::MAX)
}

fn offset(days: u32) -> Offset {
    Offset::try_from(days).unwrap_or(Offset::MAX)
}
