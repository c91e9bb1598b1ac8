//! The calendar of renewals, by the last day to give notice. Absent on purpose: sending reminders.

use std::collections::HashMap;

use jiff::Span;
use jiff::civil::Date;
use num_traits::ToPrimitive as _;
use rust_decimal::Decimal;

use crate::because::{Because, Line, step};
use crate::calendar::{days_between, end_after};
use crate::day::day_text;
use crate::explain::annual_line;
use crate::facts::PurchaseFacts;
use crate::forecast::renewal_price;
use crate::format::{count, counted};
use crate::money::{Exact, exact, ratio, whole};
use crate::packs::Packs;
use crate::paperwork::Paperwork;
use crate::percent::{percent_text, plus};
use crate::purchase::{Purchase, PurchaseId, Quantity};
use crate::renew::renewed;
use crate::rule::Rule;
use crate::standing::{notice_by, standing_sentence};
use crate::succession::successions;
use crate::term::term_total;
use crate::type_names::TypeNames;

/// Days before the deadline at which a renewal is to be looked at.
pub const MARKS: [u16; 4] = [120, 90, 60, 30];

/// Engaged accounts are renewed with this much more, in percent, unless another buffer is chosen.
pub const USUAL_BUFFER: u8 = 10;

/// How near a renewal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// All marks are still to come.
    Later,
    /// So many days' mark has been reached, the deadline has not passed.
    Within(u16),
    /// Notice can no longer be given; the term goes on.
    NoticePassed,
    /// The term is over, and nothing follows.
    Expired,
}

/// A day at which a renewal is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// So many days before the deadline.
    pub days: u16,
    /// The day.
    pub day: Date,
    /// Whether it has come.
    pub reached: bool,
}

/// One renewal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The purchase that ends.
    pub purchase: PurchaseId,
    /// Key of its license type.
    pub license_type: String,
    /// What to call it.
    pub label: String,
    /// Its last day.
    pub last_day: Date,
    /// The last day to give notice; `None` without a notice period.
    pub notice_by: Option<Date>,
    /// What must be decided by: the last day to give notice, or else the last day.
    pub deadline: Date,
    /// Days until the deadline; negative when it has passed.
    pub days_left: i64,
    /// The days to look at it, the earliest first.
    pub marks: Vec<Mark>,
    /// How near it is.
    pub stage: Stage,
    /// Whether it renews by itself.
    pub auto_renews: bool,
    /// The seats that are planned for the term that follows.
    pub planned: Option<u32>,
    /// The purchase that already follows.
    pub renewed_by: Option<PurchaseId>,
    /// Where it stands, in words; a day that is over is never "0 days left".
    pub sentence: String,
    /// What it costs in a year.
    pub annual: Option<Line>,
    /// What its renewal is expected to cost in a year, with the uplift.
    pub renewed_annual: Option<Line>,
    /// Who is responsible, who is reminded, and where its documents are.
    pub paperwork: Paperwork,
}

/// All renewals on the day, the nearest deadline first: of purchases that end, without those that are over and followed.
/// `continued` tells which were entered to continue which, the later one first.
pub fn renewals(
    today: Date,
    purchases: &[Purchase],
    continued: &[(PurchaseId, PurchaseId)],
    names: TypeNames,
) -> Vec<Renewal> {
    let followed: HashMap<PurchaseId, PurchaseId> =
        successions(purchases, continued).into_iter().rev().map(|found| (found.before, found.next)).collect();
    let made = |purchase| renewal(today, purchase, &followed, names);
    let mut all: Vec<Renewal> = purchases.iter().filter_map(made).collect();
    all.sort_by_key(|renewal| (renewal.deadline, renewal.purchase));
    all
}

fn renewal(
    today: Date,
    purchase: &Purchase,
    followed: &HashMap<PurchaseId, PurchaseId>,
    names: TypeNames,
) -> Option<Renewal> {
    let last_day = purchase.last_day().filter(|_| !purchase.goes_on())?;
    let renewed_by = followed.get(&purchase.id).copied();
    let expired = last_day < today;
    if expired && renewed_by.is_some() {
        return None;
    }
    let notice_by = notice_by(purchase);
    let deadline = notice_by.unwrap_or(last_day);
    let days_left = days_between(today, deadline);
    let marks = marks(today, deadline);
    let reached = marks.iter().rev().find(|mark| mark.reached);
    let stage = match (expired, days_left < 0, reached) {
        (true, _, _) => Stage::Expired,
        (false, true, _) => Stage::NoticePassed,
        (false, false, Some(mark)) => Stage::Within(mark.days),
        (false, false, None) => Stage::Later,
    };
    let named = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
    let expected = purchase.conditions.renewal.expected();
    Some(Renewal {
        purchase: purchase.id,
        license_type: purchase.license_type.clone(),
        label: named.map_or_else(|| names.of(&purchase.license_type), String::as_str).to_owned(),
        last_day,
        notice_by,
        deadline,
        days_left,
        marks,
        stage,
        auto_renews: purchase.auto_renews,
        planned: planned(purchase),
        renewed_by,
        sentence: sentence(today, purchase, notice_by, stage),
        annual: annual_line(&PurchaseFacts::from(purchase)),
        renewed_annual: renewed(purchase, Some(expected)).ok().and_then(|next| renewed_line(purchase, &next, expected)),
        paperwork: purchase.paperwork.clone(),
    })
}

/// The seats that are planned for a renewal, where that changes them.
fn planned(purchase: &Purchase) -> Option<u32> {
    let Quantity::Seats(now) = purchase.quantity else { return None };
    purchase.conditions.renewal.seats.filter(|seats| *seats != now)
}

fn renewed_line(purchase: &Purchase, next: &Purchase, uplift: Decimal) -> Option<Line> {
    let mut line = annual_line(&PurchaseFacts::from(next))?;
    line.because.purchase = None;
    if let Some(seats) = planned(purchase) {
        line.because.rule = Rule::Renewal;
        let seats = counted(seats.into(), "seat", "seats");
        line.because.arithmetic = format!("{}, for the {seats} that are planned", line.because.arithmetic);
    }
    if let Some(price) = renewal_price(purchase, next, uplift) {
        line.because.rule = Rule::Renewal;
        line.because.arithmetic = format!("{}, with {} more", line.because.arithmetic, percent_text(uplift));
        line.because.parts.push(price);
    }
    Some(line)
}

fn marks(today: Date, deadline: Date) -> Vec<Mark> {
    let mark = |days: u16| {
        let day = deadline.checked_sub(Span::new().days(i64::from(days))).ok()?;
        Some(Mark { days, day, reached: day <= today })
    };
    MARKS.into_iter().filter_map(mark).collect()
}

fn sentence(today: Date, purchase: &Purchase, notice_by: Option<Date>, stage: Stage) -> String {
    let standing = standing_sentence(purchase, today);
    let next = match (stage, purchase.auto_renews, purchase.last_day()) {
        (Stage::Expired, _, _) | (_, false, _) | (_, _, None) => String::new(),
        (_, true, Some(last)) => {
            let seats =
                planned(purchase).map(|seats| format!(" with {} as planned", counted(seats.into(), "seat", "seats")));
            format!(", and renews itself on {}{}", day_text(end_after(last)), seats.unwrap_or_default())
        }
    };
    match (stage, notice_by) {
        (Stage::Expired, _) | (_, None) => format!("{standing}{next}"),
        (Stage::NoticePassed, Some(notice)) => {
            let days = counted(days_between(notice, today).unsigned_abs(), "day", "days");
            format!("Notice was due {days} ago, on {}; {}{next}", day_text(notice), lower(&standing))
        }
        (_, Some(notice)) => {
            let when = match days_between(today, notice) {
                0 => "today".to_owned(),
                1 => "tomorrow".to_owned(),
                days => format!("in {} days", count(days.unsigned_abs())),
            };
            format!("Give notice {when}, by {}; {}{next}", day_text(notice), lower(&standing))
        }
    }
}

fn lower(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

/// The fewest seats that its minimums pay for anyway, at the price of a seat: that of a payment, and that of the term that
/// follows.
pub fn committed_seats(purchase: &Purchase) -> u64 {
    let seats = |least: Option<Decimal>, seat: Option<Exact>| {
        ratio(&exact(least?), &seat?).and_then(|seats| seats.ceil().to_integer().to_u64())
    };
    let Some(payment) = purchase.payment() else { return 0 };
    let seat = payment.seats.and_then(|seats| ratio(&payment.net, &whole(seats)));
    let least = purchase.conditions.commitment;
    let of_term = seat.as_ref().zip(payments_of_a_term(purchase)).map(|(seat, payments)| seat * payments);
    seats(least.per_payment, seat).max(seats(least.term, of_term)).unwrap_or_default()
}

/// How many payments the term that follows has; a period that is cut short counts with its share.
fn payments_of_a_term(purchase: &Purchase) -> Option<Exact> {
    let next = renewed(purchase, None).ok()?;
    let total = term_total(&next)?;
    ratio(&(&total.total - &total.shortfall), &total.payment)
}

/// How many seats to renew, with its reason.
pub fn suggested_seats(engaged: u64, buffer_percent: Decimal, packs: &Packs, committed: u64) -> (u64, Because) {
    let wanted = plus(&whole(engaged), buffer_percent).ceil().to_integer().to_u64().unwrap_or(u64::MAX);
    let seats = packs.sold(wanted.max(committed));
    let mut arithmetic = format!(
        "{} + {} = {}",
        counted(engaged, "engaged account", "engaged accounts"),
        percent_text(buffer_percent),
        count(wanted)
    );
    if committed > wanted {
        arithmetic = format!("{arithmetic}, at least {}", count(committed));
    }
    if let Some(words) = packs.words() {
        arithmetic = format!("{arithmetic}, rounded up to {words}");
    }
    let result = counted(seats, "seat", "seats");
    (seats, step("Seats to renew".to_owned(), result, Rule::Suggestion, arithmetic))
}
