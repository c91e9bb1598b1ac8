//! Whether a member uses what they hold (spend.md D1), from what a source tells of their last activity.
//! Absent on purpose: guessing. A changed record is no activity, and "not monitored" is not "never".

use jiff::civil::Date;

/// Days without activity after which a member is inactive, unless something else is chosen.
pub const USUAL_THRESHOLD: u32 = 90;

/// What a source tells of a member's last activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The source cannot tell: neither of the Lucid interfaces that are read does.
    NotMonitored,
    /// There was none.
    Never,
    /// The day of the last one.
    On(Date),
}

/// How a member counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Seen {
    /// Activity less than `threshold` days before today counts: on the day itself that many days ago it does not.
    pub fn activity(self, today: Date, threshold: u32) -> Activity {
        match self {
            Self::NotMonitored => Activity::NotMonitored,
            Self::Never => Activity::Never,
            Self::On(day) if day.duration_until(today).as_hours() / 24 < i64::from(threshold) => Activity::Active,
            Self::On(_) => Activity::Inactive,
        }
    }

    /// The day of the last activity.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::On(day) => Some(day),
            Self::NotMonitored | Self::Never => None,
        }
    }
}

impl Activity {
    /// How many of so many accounts are active when all of them count like this; `None` where nobody can tell.
    pub fn active_of(self, accounts: u64) -> Option<u64> {
        match self {
            Self::Active => Some(accounts),
            Self::Inactive | Self::Never => Some(0),
            Self::NotMonitored => None,
        }
    }
}
