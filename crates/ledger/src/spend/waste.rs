//! Which purchase could give up which wasted seats, and when. Absent on purpose: telling vendors.

use std::cmp::Reverse;

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::because::{line, step};
use crate::day::day_text;
use crate::format::{counted, sentence_amount, share_amount};
use crate::money::{Currency, Exact, Money, exact, ratio, whole};
use crate::payment::{Charged, Payment};
use crate::purchase::{Frequency, Per, Price, Purchase, PurchaseId, Quantity};
use crate::rule::Rule;
use crate::shape::Shape;
use crate::spend::Sum;
use crate::spend::holding::{Holding, Lot};
use crate::spend::rest::{Split, split};
use crate::standing::notice_by;

/// Seats that one purchase could give up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasteAt {
    /// Key of the license type.
    pub license_type: String,
    /// The purchase.
    pub purchase: PurchaseId,
    /// How many of its seats are wasted; 0 where they are unlimited ones for a lot price that pay for nobody.
    pub seats: u64,
    /// Whether it has a number of seats; otherwise they are accounts in unlimited ones.
    pub counted: bool,
    /// What they cost in a year; `None` while unknown.
    pub annual: Option<Money>,
    /// Whether they can be given up with the next payment; otherwise they cost until the last day.
    pub now: bool,
    /// Its last day; `None` without an end.
    pub last_day: Option<Date>,
    /// The last day to give notice.
    pub notice_by: Option<Date>,
    /// The minimum of a year that alone keeps them from being given up now.
    pub held_by: Option<Money>,
    /// Whether they are paid once and have no end: nothing more is paid that could be saved.
    pub paid: bool,
}

/// A purchase, and how many of its seats are given up when: counted ones, or those that accounts take of unlimited ones.
struct Giving<'a> {
    lot: &'a Lot<'a>,
    seats: u64,
    now: u64,
    later: u64,
}

/// Shares the wasted seats of the type out, each at its own purchase's price: first what can be given up now, from
/// purchases without an end before others, the newest one first; then, from the first purchase to end on, what costs until
/// a renewal. Seats that nobody holds are among those that no rule has taken; who is not active may sit in any.
pub(super) fn of(holding: &Holding, currency: Option<Currency>) -> Vec<WasteAt> {
    if holding.facts.free {
        return Vec::new();
    }
    let split = split(holding);
    let idle = holding.facts.activity.idle().min(holding.accounts());
    let open = open(holding, &split, idle);
    let beyond = open.iter().map(|giving| giving.now.saturating_add(giving.later)).fold(0, u64::saturating_add);
    let lots = holding.lots.iter().filter_map(|lot| Some(Giving { lot, seats: lot.seats()?, now: 0, later: 0 }));
    let mut lots: Vec<Giving> = lots.collect();
    let taken = |lot: &Lot| split.taken.iter().filter(|one| std::ptr::eq(one.lot, lot)).map(|one| one.accounts).sum();
    give_up(&mut lots, split.rest.spare(), |giving| giving.seats.saturating_sub(taken(giving.lot)));
    give_up(&mut lots, idle.saturating_sub(beyond), |giving| giving.seats);
    lots.sort_by_key(|giving| order(giving.lot, false));
    let at = |lot: &Lot, seats: u64, now: bool, annual: Option<Exact>| WasteAt {
        license_type: holding.facts.license_type.clone(),
        purchase: lot.purchase.id,
        seats,
        counted: lot.seats().is_some(),
        annual: annual.zip(currency).map(|(amount, currency)| Money { amount, currency }),
        now,
        last_day: lot.purchase.last_day(),
        notice_by: notice_by(lot.purchase),
        held_by: minimum(lot).zip(currency).filter(|_| !now).map(|(amount, currency)| Money { amount, currency }),
        paid: lot.purchase.term.end.is_none() && lot.purchase.frequency == Frequency::Once,
    };
    let nobody = split.idle(holding).map(|lot| at(lot, 0, ends_at_will(lot.purchase), lot.cost().cloned()));
    let wasted = |giving: &Giving| {
        let of = |seats: u64, now: bool| (seats > 0).then(|| at(giving.lot, seats, now, giving.annual(now)));
        [of(giving.now, true), of(giving.later, false)].into_iter().flatten()
    };
    nobody.chain(open.iter().chain(&lots).flat_map(wasted)).collect()
}

/// Gives so many more seats up, of each purchase no more than it may.
fn give_up(lots: &mut [Giving], mut left: u64, most: impl Fn(&Giving) -> u64) {
    lots.sort_by_key(|giving| order(giving.lot, false));
    for giving in &mut *lots {
        let more = now(giving).min(most(giving)).saturating_sub(giving.now).min(left);
        giving.now = giving.now.saturating_add(more);
        left = left.saturating_sub(more);
    }
    lots.sort_by_key(|giving| order(giving.lot, true));
    for giving in lots {
        let given = giving.now.saturating_add(giving.later);
        let more = most(giving).saturating_sub(given).min(left);
        giving.later = giving.later.saturating_add(more);
        left = left.saturating_sub(more);
    }
}

/// Inactive accounts in unlimited seats at a price per unit: accounts take the counted seats first, and whoever leaves
/// gives up one of these. They are shared equally, as their cost is; a minimum keeps what stands below it.
fn open<'a>(holding: &'a Holding<'a>, split: &Split<'a>, idle: u64) -> Vec<Giving<'a>> {
    let for_all = |lot: &Lot| split.rest.lots.iter().any(|one| one.purchase.id == lot.purchase.id);
    let priced: Vec<&Lot> = holding.lots.iter().filter(|lot| lot.per_account().is_some()).collect();
    let number = |lots: usize| u64::try_from(lots).unwrap_or(u64::MAX);
    let mut sharing = number(priced.iter().filter(|lot| for_all(lot)).count());
    let mut beyond = split.rest.accounts().saturating_sub(split.rest.seats());
    let mut seats = Vec::new();
    for lot in &priced {
        let named = split.taken.iter().filter(|one| std::ptr::eq(one.lot, *lot)).map(|one| one.accounts);
        let share = if for_all(lot) { beyond.div_ceil(sharing.max(1)) } else { 0 };
        if for_all(lot) {
            (beyond, sharing) = (beyond.saturating_sub(share), sharing.saturating_sub(1));
        }
        seats.push(named.fold(share, u64::saturating_add));
    }
    let (mut left, mut lots) = (idle, number(priced.len()));
    let given = priced.into_iter().zip(seats).map(|(lot, seats)| {
        let gone = left.div_ceil(lots.max(1)).min(seats);
        (left, lots) = (left.saturating_sub(gone), lots.saturating_sub(1));
        let above =
            lot.per_account().map(|unit| unit * whole(seats) - lot.least().cloned().unwrap_or_else(|| whole(0)));
        let free = match (lot.least(), above, lot.per_account()) {
            (Some(_), Some(above), Some(unit)) => fits(&above, unit),
            _ => seats,
        };
        let now = free.min(gone);
        Giving { lot, seats, now, later: gone.saturating_sub(now) }
    });
    given.collect()
}

/// How many times the price fits into the amount. A price of nothing wastes nothing.
fn fits(amount: &Exact, price: &Exact) -> u64 {
    let times = ratio(amount, price).filter(|times| !times.is_negative());
    times.and_then(|times| times.floor().to_integer().try_into().ok()).unwrap_or(0)
}

/// By end, those without one first, or last; then the newest one first, by the first day of its contract, by its own, and
/// only between equals by which was entered last.
fn order(lot: &Lot, last: bool) -> (bool, Option<Date>, Reverse<(Date, Date, PurchaseId)>) {
    let (term, id) = (lot.purchase.term, lot.purchase.id);
    (term.end.is_none() == last, term.end, Reverse((lot.purchase.origin().contract, term.from, id)))
}

/// Whether the next payment is not agreed yet: there is no end before, and a next payment.
pub(super) fn ends_at_will(purchase: &Purchase) -> bool {
    purchase.term.end.is_none() && purchase.frequency != Frequency::Once
}

/// How many seats save something from the next payment on. A term that was agreed keeps its seats: a minimum limits what
/// may be given up, and grants nothing. Without an end it is as many as leave a payment that is not below the minimum.
fn now(giving: &Giving) -> u64 {
    let lot = giving.lot;
    if !ends_at_will(lot.purchase) {
        return 0;
    }
    if minimum(lot).is_none() {
        return giving.seats;
    }
    let above = |gone: u64| {
        let rest = giving.seats.saturating_sub(gone);
        rest > 0 && payment(lot.purchase, rest).is_some_and(|rest| rest.shortfall.is_zero())
    };
    let (mut most, mut too_many) = (0_u64, giving.seats);
    while most.saturating_add(1) < too_many {
        let tried = most.saturating_add(too_many.saturating_sub(most) / 2);
        if above(tried) { most = tried } else { too_many = tried }
    }
    most
}

impl Giving<'_> {
    /// What those seats cost in a year at the purchase's own price.
    fn annual(&self, now: bool) -> Option<Exact> {
        if now {
            return self.saved(self.now);
        }
        Some(self.saved(self.now.saturating_add(self.later))? - self.saved(self.now)?)
    }

    /// What a year costs less with so many seats fewer, after tiers, packs and discounts. Where a minimum is what is paid,
    /// its seats cost their share of it.
    fn saved(&self, gone: u64) -> Option<Exact> {
        let lot = self.lot;
        if let Some(unit) = lot.per_account() {
            return Some(unit * whole(gone));
        }
        let (annual, cost) = (lot.annual.as_ref()?, lot.cost()?);
        let share = || ratio(&(cost * whole(gone)), &whole(self.seats));
        let paid = lot.purchase.payment()?;
        let for_the_lot = matches!(
            (&lot.purchase.conditions.shape, lot.purchase.price),
            (Shape::Flat, Some(Price { per: Per::Lot, .. }))
        );
        let all = gone >= self.seats;
        if for_the_lot || all || annual.floor.is_some() || !paid.shortfall.is_zero() {
            return share();
        }
        let rest = payment(lot.purchase, self.seats.saturating_sub(gone))?;
        Some(lot.converted((paid.net - rest.net) * &annual.payments_a_year))
    }
}

/// One payment of the purchase for another number of seats.
fn payment(purchase: &Purchase, seats: u64) -> Option<Payment> {
    let quantity = Quantity::Seats(u32::try_from(seats).ok()?);
    Charged { quantity, ..Charged::from(purchase) }.payment()
}

/// What a purchase without an end costs in a year at least, whatever is used.
fn minimum(lot: &Lot) -> Option<Exact> {
    let least = lot.purchase.conditions.commitment.per_payment.filter(|_| ends_at_will(lot.purchase))?;
    Some(lot.converted(exact(least) * &lot.annual.as_ref()?.payments_a_year))
}

/// Adds what the purchase could give up.
pub(super) fn add(sum: &mut Sum, wasted: &WasteAt, type_name: &str, rule: Rule) {
    let seats = match (wasted.counted, wasted.seats) {
        (true, seats) => counted(seats, "seat", "seats"),
        (false, 0) => "unlimited seats for nobody".to_owned(),
        (false, accounts) => format!("{} in unlimited seats", counted(accounts, "account", "accounts")),
    };
    let when = match (wasted.last_day.filter(|_| !wasted.now), wasted.notice_by) {
        (None, _) if wasted.now => String::new(),
        (None, _) if wasted.paid => ", paid once and for all".to_owned(),
        (None, _) => " until the contract is changed".to_owned(),
        (Some(last), None) => format!(" until {}", day_text(last)),
        (Some(last), Some(notice)) => format!(" until {}, notice by {}", day_text(last), day_text(notice)),
    };
    let held = wasted.held_by.as_ref().map_or_else(String::new, |least| {
        format!(", held by the minimum of {} a year", sentence_amount(&least.amount, least.currency))
    });
    let mut part = line(format!("{type_name}: {seats}{when}{held}"), rule, seats.clone());
    part.because.purchase = Some(wasted.purchase);
    match &wasted.annual {
        Some(Money { amount, currency }) => {
            let unit = share_amount(amount, wasted.seats.max(1), *currency);
            let arithmetic = if wasted.seats == 0 { unit } else { format!("{seats} × {unit}") };
            part.because = step(part.because.label, String::new(), rule, arithmetic);
            part.because.purchase = Some(wasted.purchase);
            part.set(amount.clone(), *currency);
        }
        None => part.caveat = Some(format!("{seats} of {type_name} have no price.")),
    }
    sum.add(part);
}
