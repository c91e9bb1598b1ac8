//! What happens to one person over the days: joining, leaving, coming back, license and department changes.
//! Worked out from the seed and the person's index alone, so that a million people need no memory.

use super::Seat;
use super::draw::{Draw, Purpose};
use super::plan::{Plan, Wave};

/// Something that happened to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// Came to the account.
    Joined(Seat),
    /// Was deactivated.
    Left,
    /// Was activated again.
    Returned(Seat),
    /// View-only became Can-Edit.
    Upgraded,
    /// Can-Edit became view-only.
    Downgraded,
    /// Changed the department.
    Moved,
}

/// Days are counted from the first day of the history; days before it are negative.
pub type Offset = i32;

/// All that ever happens to a person, in order, at most one thing a day.
#[derive(Debug, Clone, Copy)]
pub struct Timeline {
    events: [(Offset, Happening); Timeline::MOST],
    count: usize,
}

/// Where a person stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Not deactivated.
    pub active: bool,
    /// The license; kept at its last value while deactivated.
    pub seat: Seat,
    /// How often the department changed.
    pub moves: u32,
    /// The day they joined.
    pub joined: Offset,
    /// The day of the last thing that happened.
    pub changed: Offset,
}

/// Chances in a million per day.
const LEAVE: u32 = 500;
const UPGRADE: u32 = 620;
const DOWNGRADE: u32 = 260;
const MOVE: u32 = 150;
/// Chances in a million, once.
const EDITS_AT_FIRST: u32 = 550_000;
const EDITS_IN_WAVE: u32 = 800_000;
const DOWNGRADED_IN_WAVE: u32 = 170_000;
const COMES_BACK: u32 = 130_000;
const COMES_BACK_EDITING: u32 = 500_000;

impl Timeline {
    const MOST: usize = 7;

    /// The timeline of a person.
    pub fn of(plan: &Plan, seed: u64, index: u32) -> Self {
        let mut draw = Draw::new(seed, index, Purpose::Timeline);
        let (joined, wave) = plan.joins(index, &mut draw);
        let editing = if wave == Wave::Onboarding { EDITS_IN_WAVE } else { EDITS_AT_FIRST };
        let seat = Seat::editing(draw.happens(editing) || index == 0);
        let mut timeline = Self { events: [(joined, Happening::Joined(seat)); Self::MOST], count: 1 };
        // The account owner always stays; nothing happens to the people that a fault puts on the roster.
        if index == 0 || index >= plan.people() {
            return timeline;
        }
        let from = joined.max(0);
        let mut candidates = [None; Self::MOST - 1];
        let left = someday(plan, &mut draw, LEAVE, from);
        candidates[0] = left.map(|day| (day, Happening::Left));
        if let Some(left) = left.filter(|_| draw.happens(COMES_BACK)) {
            let back = plan.workday(left + 21 + within(&mut draw, 60));
            candidates[1] = Some((back, Happening::Returned(Seat::editing(draw.happens(COMES_BACK_EDITING)))));
        }
        candidates[2] = someday(plan, &mut draw, UPGRADE, from).map(|day| (day, Happening::Upgraded));
        candidates[3] = someday(plan, &mut draw, DOWNGRADE, from).map(|day| (day, Happening::Downgraded));
        candidates[4] = someday(plan, &mut draw, MOVE, from).map(|day| (day, Happening::Moved));
        if draw.happens(DOWNGRADED_IN_WAVE) {
            let day = plan.downgrade_wave() + within(&mut draw, 3);
            candidates[5] = Some((plan.workday(day), Happening::Downgraded));
        }
        candidates.sort_by_key(|candidate| candidate.map_or(Offset::MAX, |(day, _)| day));
        for (day, happening) in candidates.into_iter().flatten() {
            timeline.push_if_possible(day, happening);
        }
        timeline
    }

    fn push_if_possible(&mut self, day: Offset, happening: Happening) {
        let Some(now) = self.on(Offset::MAX) else { return };
        let possible = match happening {
            Happening::Joined(_) => false,
            Happening::Left | Happening::Moved => now.active,
            Happening::Returned(_) => !now.active,
            Happening::Upgraded => now.active && now.seat == Seat::ViewOnly,
            Happening::Downgraded => now.active && now.seat == Seat::CanEdit,
        };
        if possible && day > now.changed {
            self.events[self.count] = (day, happening);
            self.count += 1;
        }
    }

    /// Everything that happens, in order.
    pub fn events(&self) -> &[(Offset, Happening)] {
        &self.events[..self.count]
    }

    /// Where the person stands at the end of a day; `None` before joining.
    pub fn on(&self, day: Offset) -> Option<Standing> {
        let mut standing: Option<Standing> = None;
        for &(at, happening) in self.events().iter().take_while(|(at, _)| *at <= day) {
            match (&mut standing, happening) {
                (None, Happening::Joined(seat)) => {
                    standing = Some(Standing { active: true, seat, moves: 0, joined: at, changed: at });
                }
                (Some(now), _) => now.after(at, happening),
                (None, _) => {}
            }
        }
        standing
    }
}

impl Standing {
    fn after(&mut self, at: Offset, happening: Happening) {
        self.changed = at;
        match happening {
            Happening::Joined(_) => {}
            Happening::Left => self.active = false,
            Happening::Returned(seat) => (self.active, self.seat) = (true, seat),
            Happening::Upgraded => self.seat = Seat::CanEdit,
            Happening::Downgraded => self.seat = Seat::ViewOnly,
            Happening::Moved => self.moves += 1,
        }
    }
}

/// The day on which something of a constant daily chance happens, if it does before the horizon.
fn someday(plan: &Plan, draw: &mut Draw, per_million_a_day: u32, from: Offset) -> Option<Offset> {
    let span = u32::try_from(plan.horizon() - from).unwrap_or(0);
    let happens = draw.happens(per_million_a_day.saturating_mul(span));
    let day = plan.workday(from + 1 + within(draw, span));
    happens.then_some(day)
}

fn within(draw: &mut Draw, days: u32) -> Offset {
    Offset::try_from(draw.below(days)).unwrap_or(0)
}
