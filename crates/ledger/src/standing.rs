//! Where a purchase stands on a day: to come, in force, or expired, in words; and its notice deadline.
//! Absent on purpose: reminders.

use jiff::Span;
use jiff::civil::Date;

use crate::calendar::days_between;
use crate::day::day_text;
use crate::format::count;
use crate::purchase::Purchase;

/// Where a purchase stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It starts later.
    Future,
    /// The day is one of its days.
    InForce,
    /// Its last day is over.
    Expired,
}

/// Where the purchase stands on the day.
pub fn standing(purchase: &Purchase, day: Date) -> Standing {
    if day < purchase.term.from {
        Standing::Future
    } else if purchase.term.covers(day) {
        Standing::InForce
    } else {
        Standing::Expired
    }
}

/// "Ends in 128 days, on 31 Mar 2027", "Expired 3 days ago, on 20 Nov 2026": a day that is over is never "0 days left".
pub fn standing_sentence(purchase: &Purchase, day: Date) -> String {
    let from = purchase.term.from;
    match (standing(purchase, day), purchase.last_day()) {
        (Standing::Future, _) => format!("Starts {}, on {}", ahead(days_between(day, from)), day_text(from)),
        (_, None) => format!("In force since {}, without an end", day_text(from)),
        (Standing::InForce, Some(last)) => format!("Ends {}, on {}", ahead(days_between(day, last)), day_text(last)),
        (Standing::Expired, Some(last)) => {
            format!("Expired {} ago, on {}", days(days_between(last, day)), day_text(last))
        }
    }
}

/// The last day to give notice: the notice period before the last day; `None` without either.
pub fn notice_by(purchase: &Purchase) -> Option<Date> {
    notice_before(purchase.last_day()?, purchase.notice_days?)
}

/// The same from a last day and a notice period.
pub fn notice_before(last_day: Date, notice_days: u16) -> Option<Date> {
    last_day.checked_sub(Span::new().days(i64::from(notice_days))).ok()
}

fn ahead(number: i64) -> String {
    match number {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => format!("in {}", days(number)),
    }
}

fn days(number: i64) -> String {
    let unit = if number == 1 { "day" } else { "days" };
    format!("{} {unit}", count(number.unsigned_abs()))
}
