//! A calendar that only knows how to walk from one day to the next.

use jiff::civil::Date;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    pub year: i32,
    pub month: i32,
    pub day: i32,
}

fn length(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Day {
    pub fn of(date: Date) -> Self {
        Self { year: date.year().into(), month: date.month().into(), day: date.day().into() }
    }

    pub fn date(self) -> Date {
        Date::new(self.year as i16, self.month as i8, self.day as i8).unwrap()
    }

    pub fn next(self) -> Self {
        let Self { year, month, day } = self;
        if day < length(year, month) {
            Self { day: day + 1, ..self }
        } else if month < 12 {
            Self { month: month + 1, day: 1, ..self }
        } else {
            Self { year: year + 1, month: 1, day: 1 }
        }
    }

    /// So many months later, on the same day of the month or on the month's last one.
    pub fn months_later(self, months: i32) -> Self {
        let (mut year, mut month) = (self.year, self.month);
        for _ in 0..months {
            month += 1;
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        Self { year, month, day: self.day.min(length(year, month)) }
    }

    /// Days from this one to the day before the end.
    pub fn until(self, end: Self) -> i128 {
        let (mut day, mut days) = (self, 0);
        while day < end {
            (day, days) = (day.next(), days + 1);
        }
        days
    }
}
