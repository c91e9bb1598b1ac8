//! Months, quarters and fiscal years as half-open buckets of days. Absent on purpose: amounts.

use jiff::civil::Date;
use thiserror::Error;

use crate::calendar::months_after;

/// When the fiscal year starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear {
    start_month: i8,
    start_day: i8,
}

/// Why a start was refused: a predicate, to be said of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be a day of a common year: month {0} has no day {1}")]
pub struct NoSuchStart(i8, i8);

/// A common year tells which days every year has.
const COMMON_YEAR: i16 = 2023;

impl Default for FiscalYear {
    fn default() -> Self {
        Self { start_month: 1, start_day: 1 }
    }
}

/// How long buckets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Calendar months.
    Month,
    /// Quarters of the fiscal year.
    Quarter,
    /// Fiscal years.
    FiscalYear,
}

/// A span of days `[from, end)` with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name ("Apr 2026", "Q1 FY 2026/27", "2026").
    pub label: String,
    /// First day.
    pub from: Date,
    /// The day after the last one.
    pub end: Date,
}

impl FiscalYear {
    /// A fiscal year that starts on this day; a day that only leap years have is refused.
    pub fn new(start_month: i8, start_day: i8) -> Result<Self, NoSuchStart> {
        match Date::new(COMMON_YEAR, start_month, start_day) {
            Ok(_) => Ok(Self { start_month, start_day }),
            Err(_) => Err(NoSuchStart(start_month, start_day)),
        }
    }

    /// Its first month.
    pub fn start_month(self) -> i8 {
        self.start_month
    }

    /// The day of that month.
    pub fn start_day(self) -> i8 {
        self.start_day
    }

    /// The first day of the fiscal year that holds the day.
    pub fn start_of(self, day: Date) -> Date {
        let in_year = |year| Date::new(year, self.start_month, self.start_day).unwrap_or(day);
        let own = in_year(day.year());
        if own <= day { own } else { in_year(day.year().saturating_sub(1)) }
    }

    /// "2026" for a calendar year, otherwise "FY 2026/27".
    pub fn name_of(self, day: Date) -> String {
        let year = self.start_of(day).year();
        match (self.start_month, self.start_day) {
            (1, 1) => year.to_string(),
            _ => format!("FY {year}/{:02}", year.saturating_add(1).rem_euclid(100)),
        }
    }

    fn start(self, grain: Grain, day: Date) -> Date {
        match grain {
            Grain::Month => day.first_of_month(),
            Grain::FiscalYear => self.start_of(day),
            Grain::Quarter => {
                let year = self.start_of(day);
                [9, 6, 3]
                    .map(|months| months_after(year, months))
                    .into_iter()
                    .find(|start| *start <= day)
                    .unwrap_or(year)
            }
        }
    }

    fn label(self, grain: Grain, start: Date) -> String {
        match grain {
            Grain::Month => start.strftime("%b %Y").to_string(),
            Grain::FiscalYear => self.name_of(start),
            Grain::Quarter => {
                let year = self.start_of(start);
                let before = [3, 6, 9].into_iter().filter(|months| months_after(year, *months) <= start).count();
                format!("Q{} {}", before.saturating_add(1), self.name_of(start))
            }
        }
    }

    /// The whole buckets that hold the days `[from, until)`, in order and without holes.
    pub fn buckets(self, grain: Grain, from: Date, until: Date) -> Vec<Bucket> {
        let mut buckets = Vec::new();
        let mut start = self.start(grain, from);
        while start < until {
            let end = match grain {
                Grain::Month => months_after(start, 1),
                Grain::Quarter => self.after_quarter(start),
                Grain::FiscalYear => self.start_of(months_after(start, 13)),
            };
            if end <= start {
                break;
            }
            buckets.push(Bucket { label: self.label(grain, start), from: start, end });
            start = end;
        }
        buckets
    }

    /// Quarters are counted from the year's first day, so that a 31st does not drift.
    fn after_quarter(self, start: Date) -> Date {
        let year = self.start_of(start);
        [3, 6, 9, 12].map(|months| months_after(year, months)).into_iter().find(|next| *next > start).unwrap_or(start)
    }
}
