//! Whether a member uses what they hold (spend.md D1), on any day, from what sources told of their last activity.
//! Absent on purpose: guessing. A changed record is no activity, "not monitored" is not "never", and what was told long
//! ago is not known today.

/// Days without activity after which a member is inactive, unless something else is chosen.
pub const USUAL_THRESHOLD: u32 = 90;

/// A civil day as a number; which day is 0 does not matter.
pub type DayNumber = i32;

/// What a source told of one member at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The last day of which the source knew.
    pub until: DayNumber,
    /// The day of the last activity up to then; `None` says that there never was any.
    pub last: Option<DayNumber>,
}

/// How a member counts on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Activity {
    /// Active within the threshold.
    Active,
    /// Active before it.
    Inactive,
    /// Never active.
    Never,
    /// Nobody can tell.
    NotMonitored,
}

impl Activity {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Active, Self::Inactive, Self::Never, Self::NotMonitored];
}

/// How a member counts on a day: activity less than `threshold` days before it makes them active, on the day itself that
/// many days before it does not. What was told so many days ago says nothing any more of who was not active since.
pub fn on(told: &[Told], threshold: u32, day: DayNumber) -> Activity {
    let after = |day: DayNumber| day.saturating_add_unsigned(threshold);
    let active = |last: DayNumber| last <= day && day < after(last);
    let inactive = |one: &Told, last: DayNumber| after(last) <= day && day < after(one.until);
    if told.iter().any(|one| one.last.is_some_and(active)) {
        Activity::Active
    } else if told.iter().any(|one| one.last.is_some_and(|last| inactive(one, last))) {
        Activity::Inactive
    } else if told.iter().any(|one| one.last.is_none() && day < after(one.until)) {
        Activity::Never
    } else {
        Activity::NotMonitored
    }
}

/// The day of the last activity up to a day, as far as it was told.
pub fn last(told: &[Told], day: DayNumber) -> Option<DayNumber> {
    told.iter().filter_map(|one| one.last).filter(|last| *last <= day).max()
}

/// From which day on a member counts how, until the next step; nobody can tell before the first. `steps` is replaced.
pub fn steps(told: &[Told], threshold: u32, steps: &mut Vec<(DayNumber, Activity)>) {
    steps.clear();
    let after = |day: DayNumber| day.saturating_add_unsigned(threshold);
    for one in told {
        let begins = one.last.map_or(DayNumber::MIN, |last| last);
        let turns = one.last.map(after);
        let ends = after(one.until);
        steps.extend([Some(begins), turns, Some(ends)].into_iter().flatten().map(|day| (day, Activity::NotMonitored)));
    }
    steps.sort_unstable_by_key(|(day, _)| *day);
    for (day, activity) in steps.iter_mut() {
        *activity = on(told, threshold, *day);
    }
    let mut before = Activity::NotMonitored;
    steps.retain(|(_, activity)| std::mem::replace(&mut before, *activity) != *activity);
}
