//! The rules of spend.md once more, as plainly as possible: seat by seat and day by day.

use ledger::{Discount, Frequency, Off, OncePolicy, Packs, Per, Proration, Purchase, Quantity, Shape};

use crate::days::Day;
use crate::frac::Frac;

/// Spend on a day.
pub struct Spend {
    pub seats: i128,
    pub committed: Frac,
    pub billable: Frac,
    pub waste: Frac,
}

pub fn sold(purchase: &Purchase) -> i128 {
    let Quantity::Seats(need) = purchase.quantity else { panic!("contracts here have seats") };
    let mut sold = 0;
    while sold < need {
        sold = match &purchase.conditions.packs {
            Packs::Single => sold + 1,
            Packs::Blocks(size) => sold + size,
            Packs::Ladder(ladder) => match ladder.steps().iter().find(|step| **step > sold) {
                Some(step) => *step,
                None => sold + ladder.then(),
            },
        };
    }
    sold.into()
}

/// Seat by seat, in cents: all prices here have two decimals.
fn list(purchase: &Purchase, seats: i128) -> Frac {
    let cents = |amount: rust_decimal::Decimal| {
        assert_eq!(amount.scale(), 2, "contracts here are priced in cents");
        amount.mantissa()
    };
    let price = || cents(purchase.price.unwrap().amount);
    let mut sum = 0;
    match &purchase.conditions.shape {
        Shape::Flat if purchase.price.unwrap().per == Per::Lot => sum = price(),
        Shape::Flat => (0..seats).for_each(|_| sum += price()),
        Shape::BaseFee { included, unit } => {
            sum = price();
            (0..seats).filter(|seat| *seat >= i128::from(*included)).for_each(|_| sum += cents(*unit));
        }
        Shape::Graduated(tiers) | Shape::Volume(tiers) => {
            let graduated = matches!(purchase.conditions.shape, Shape::Graduated(_));
            for seat in 1..=seats {
                let at = if graduated { seat } else { seats };
                let inside =
                    |first: u32, last: Option<u32>| at >= first.into() && last.is_none_or(|last| at <= last.into());
                let band = tiers.bands().iter().find(|band| inside(band.first, band.last)).unwrap();
                sum += cents(band.unit);
            }
        }
    }
    Frac::new(sum, 100)
}

pub fn payment(purchase: &Purchase) -> Frac {
    let list = list(purchase, sold(purchase));
    let mut rest = list;
    let percentages = |discount: &&Discount| !matches!(discount.off, Off::Fixed(_));
    let all = &purchase.conditions.discounts;
    for discount in all.iter().filter(percentages).chain(all.iter().filter(|one| !percentages(one))) {
        rest = match discount.off {
            Off::PercentOfRest(percent) => rest.minus(rest.times(Frac::of(percent)).share(1, 100)),
            Off::PercentOfList(percent) => rest.minus(list.times(Frac::of(percent)).share(1, 100)),
            Off::Fixed(amount) => rest.minus(Frac::of(amount)),
        }
        .at_least(Frac::ZERO);
    }
    match purchase.conditions.commitment.per_payment {
        Some(least) => rest.at_least(Frac::of(least)),
        None => rest,
    }
}

pub fn months(frequency: Frequency) -> Option<i32> {
    match frequency {
        Frequency::Once => None,
        Frequency::Monthly => Some(1),
        Frequency::Quarterly => Some(3),
        Frequency::SemiAnnually => Some(6),
        Frequency::Annually => Some(12),
        Frequency::Every18Months => Some(18),
        Frequency::Every2Years => Some(24),
        Frequency::Every3Years => Some(36),
    }
}

/// A payment: the day it is due, the days it pays for, and how much.
#[derive(Debug, Clone, Copy)]
pub struct Paid {
    pub due: Day,
    pub from: Day,
    pub end: Day,
    pub amount: Frac,
}

/// All payments until the day, from the first day of the term on.
pub fn paid(purchase: &Purchase, end: Option<Day>, until: Day) -> Vec<Paid> {
    let from = Day::of(purchase.term.from);
    let amount = payment(purchase);
    let Some(step) = months(purchase.frequency) else {
        let service_end = match (purchase.conditions.once, end) {
            (OncePolicy::Term, Some(end)) => end,
            (OncePolicy::Term, None) | (OncePolicy::DateOnly, _) => from.next(),
            (OncePolicy::Life(months), _) => from.months_later(months.into()),
        };
        let mut all = vec![Paid { due: from, from, end: service_end, amount }];
        all.extend(missing(purchase, end, amount));
        return all;
    };
    let (mut all, mut sum, mut elapsed) = (Vec::new(), Frac::ZERO, 0);
    loop {
        let (start, next) = (from.months_later(elapsed), from.months_later(elapsed + step));
        // What the term misses is known only when all of it has been walked.
        if end.is_none_or(|_| purchase.conditions.commitment.term.is_none()) && start >= until {
            break;
        }
        if end.is_some_and(|end| start >= end) {
            break;
        }
        let cut = end.filter(|end| *end < next);
        let charged = match cut {
            Some(end) => amount.times(cut_share(purchase, elapsed, step, end)),
            None => amount,
        };
        sum = sum.plus(charged);
        all.push(Paid { due: start, from: start, end: cut.unwrap_or(next), amount: charged });
        elapsed += step;
    }
    all.extend(missing(purchase, end, sum));
    all
}

pub fn cut_share(purchase: &Purchase, elapsed: i32, step: i32, end: Day) -> Frac {
    let from = Day::of(purchase.term.from);
    let (start, next) = (from.months_later(elapsed), from.months_later(elapsed + step));
    let marks = |counts: fn(Day, Day) -> bool, first: i32| {
        (first..first + step).filter(|month| counts(from.months_later(elapsed + month), end)).count() as i128
    };
    match purchase.proration {
        Proration::None => Frac::whole(1),
        Proration::Daily => Frac::new(start.until(end), start.until(next)),
        Proration::WholeMonthUp => Frac::new(marks(|mark, end| mark < end, 0), step.into()),
        Proration::WholeMonthDown => Frac::new(marks(|mark, end| mark <= end, 1), step.into()),
    }
}

/// What the term's minimum adds, due on its last day for all its days.
fn missing(purchase: &Purchase, end: Option<Day>, sum: Frac) -> Option<Paid> {
    let least = Frac::of(purchase.conditions.commitment.term?);
    let (from, end) = (Day::of(purchase.term.from), end?);
    if !sum.is_less_than(least) {
        return None;
    }
    let mut due = from;
    while due.next() < end {
        due = due.next();
    }
    Some(Paid { due, from, end, amount: least.minus(sum) })
}

pub fn far() -> Day {
    Day { year: 2100, month: 1, day: 1 }
}

pub fn term_total(purchase: &Purchase) -> Option<Frac> {
    let end = Day::of(purchase.term.end?);
    Some(paid(purchase, Some(end), far()).iter().fold(Frac::ZERO, |sum, one| sum.plus(one.amount)))
}

pub fn annual(purchase: &Purchase) -> Frac {
    let (from, end) = (Day::of(purchase.term.from), purchase.term.end.map(Day::of));
    let payment = payment(purchase);
    let a_year = match (months(purchase.frequency), purchase.conditions.once, end) {
        (Some(months), _, _) => payment.share(12, months.into()),
        (None, OncePolicy::Term, Some(end)) => payment.share(365, from.until(end)),
        (None, OncePolicy::Life(months), _) => payment.share(12, months.into()),
        (None, _, _) => Frac::ZERO,
    };
    let (Some(least), Some(end)) = (purchase.conditions.commitment.term, end) else { return a_year };
    a_year.at_least(Frac::of(least).share(12, 1).over(months_between(from, end)))
}

/// Complete months, and the days of the one that is not over its days.
pub fn months_between(from: Day, end: Day) -> Frac {
    let mut complete = 0;
    while from.months_later(complete + 1) <= end {
        complete += 1;
    }
    let (start, next) = (from.months_later(complete), from.months_later(complete + 1));
    Frac::whole(complete.into()).plus(Frac::new(start.until(end), start.until(next)))
}

/// The payment periods of a recurring purchase that start before the day: first day, end, and the end when nothing cuts it.
pub fn payment_periods(purchase: &Purchase, until: Day) -> Vec<(Day, Day, Day)> {
    let (from, end) = (Day::of(purchase.term.from), purchase.term.end.map(Day::of));
    let step = months(purchase.frequency).unwrap();
    let starts = (0..).map(|number| (from.months_later(number * step), from.months_later((number + 1) * step)));
    let inside = starts.take_while(|(start, _)| *start < until && end.is_none_or(|end| *start < end));
    inside.map(|(start, next)| (start, end.map_or(next, |end| end.min(next)), next)).collect()
}

/// The first days of the periods of so many months that hold the days, in a fiscal year that starts on this day.
pub fn edges((month, day): (i8, i8), months: i32, from: Day, until: Day) -> Vec<Day> {
    let mut start = Day { year: from.year - 2, month: month.into(), day: 1 };
    let mut all = Vec::new();
    let clamped = |start: Day| {
        let mut found = start;
        while found.day < i32::from(day) && found.next().month == found.month {
            found = found.next();
        }
        found
    };
    while clamped(start) < until {
        if clamped(start.months_later(months)) > from {
            all.push(clamped(start));
        }
        start = start.months_later(months);
    }
    all
}

/// The day after the last one that counts: a day that belongs to the newer purchase does not.
pub fn end_of(old: &Purchase, all: &[Purchase]) -> Option<Day> {
    let end = Day::of(old.term.end?);
    let taken = all.iter().any(|new| {
        let starts = Day::of(new.term.from);
        let goes_on = new.term.end.is_none_or(|new_end| Day::of(new_end) > end);
        starts.next() == end && starts > Day::of(old.term.from) && goes_on
    });
    if !taken {
        return Some(end);
    }
    let mut day = Day::of(old.term.from);
    while day.next() < end {
        day = day.next();
    }
    Some(day)
}

/// What falls into each period: by payments, or day by day.
pub fn periods(purchases: &[Purchase], cash: bool, edges: &[Day], end: Day) -> Vec<Frac> {
    let mut sums = vec![Frac::ZERO; edges.len()];
    for purchase in purchases {
        for one in paid(purchase, end_of(purchase, purchases), end) {
            if cash {
                if edges[0] <= one.due && one.due < end {
                    let period = edges.iter().rposition(|edge| *edge <= one.due).unwrap();
                    sums[period] = sums[period].plus(one.amount);
                }
                continue;
            }
            let (mut day, mut whole, mut counts) = (one.from, 0, vec![0; edges.len()]);
            let mut period = None;
            while day < one.end {
                while edges.get(period.map_or(0, |period| period + 1)).is_some_and(|edge| *edge <= day) {
                    period = Some(period.map_or(0, |period| period + 1));
                }
                if let Some(period) = period.filter(|_| day < end) {
                    counts[period] += 1;
                }
                (day, whole) = (day.next(), whole + 1);
            }
            for (sum, days) in sums.iter_mut().zip(counts).filter(|(_, days)| *days > 0) {
                *sum = sum.plus(one.amount.share(days, whole));
            }
        }
    }
    sums
}

/// Seats, commitment and accounts on a day; nothing without a purchase in force.
pub fn spend(purchases: &[Purchase], day: Day, accounts: i128) -> Option<Spend> {
    let covers = |purchase: &&Purchase| {
        Day::of(purchase.term.from) <= day && end_of(purchase, purchases).is_none_or(|end| day < end)
    };
    let force: Vec<&Purchase> = purchases.iter().filter(covers).collect();
    if force.is_empty() {
        return (accounts == 0).then_some(Spend {
            seats: 0,
            committed: Frac::ZERO,
            billable: Frac::ZERO,
            waste: Frac::ZERO,
        });
    }
    let seats: i128 = force.iter().map(|purchase| sold(purchase)).sum();
    let committed = force.iter().fold(Frac::ZERO, |sum, purchase| sum.plus(annual(purchase)));
    let unit = committed.share(1, seats);
    let spare = (seats - accounts).max(0);
    Some(Spend { seats, committed, billable: unit.times(Frac::whole(accounts)), waste: unit.times(Frac::whole(spare)) })
}
