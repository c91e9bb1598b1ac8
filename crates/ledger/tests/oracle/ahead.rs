//! Forecasts once more: terms of the same length, one after the other, each raised from the price before it and rounded to
//! cents, and a fee.

use jiff::civil::Date;
use ledger::{
    Basis, Conditions, Currency, Fee, FeeId, Frequency, Outlook, Price, Proration, Purchase, RenewalTerms, Renewing,
    Shape, Table, Term, Tier, Tiers, TypeNames, forecast,
};
use rust_decimal::Decimal;

use crate::contracts::{Dice, later, purchase};
use crate::days::Day;
use crate::figures::as_purchase;
use crate::frac::Frac;
use crate::naive::{self, Paid};
use crate::same;

const MONTHS: i32 = 20;

fn ending(dice: &mut Dice) -> Purchase {
    let from = later("2025-01-01".parse().unwrap(), dice.roll(500));
    let plain = purchase(dice, 1, from);
    let end = if dice.one_in(2) {
        Day::of(from).months_later(1 + dice.roll(30) as i32).date()
    } else {
        later(from, 20 + dice.roll(500))
    };
    let percent = |dice: &mut Dice| dice.one_in(2).then(|| Decimal::new(dice.roll(250) as i64, 1));
    let renewal = RenewalTerms { uplift: percent(dice), cap: percent(dice), seats: None };
    Purchase {
        term: Term { from, end: Some(end) },
        auto_renews: dice.one_in(2),
        conditions: Conditions { renewal, ..plain.conditions },
        ..plain
    }
}

fn raised(price: Decimal, percent: Decimal) -> Decimal {
    let more = Frac::of(price).times(Frac::whole(1).plus(Frac::of(percent).share(1, 100)));
    let mut rounded: Decimal = more.cents().parse().unwrap();
    rounded.rescale(2);
    rounded
}

/// Every price of the purchase with so many percent more; discounts and minimums stay as agreed.
fn dearer(purchase: &Purchase, percent: Decimal) -> Purchase {
    let tiers = |tiers: &Tiers| {
        let bands = tiers.bands().iter().map(|band| Tier { unit: raised(band.unit, percent), ..*band });
        Tiers::new(bands.collect()).unwrap()
    };
    let shape = match &purchase.conditions.shape {
        Shape::Flat => Shape::Flat,
        Shape::BaseFee { included, unit } => Shape::BaseFee { included: *included, unit: raised(*unit, percent) },
        Shape::Graduated(bands) => Shape::Graduated(tiers(bands)),
        Shape::Volume(bands) => Shape::Volume(tiers(bands)),
    };
    let price = purchase.price.map(|price| Price { amount: raised(price.amount, percent), ..price });
    Purchase { price, conditions: Conditions { shape, ..purchase.conditions.clone() }, ..purchase.clone() }
}

/// The purchase, and the terms that follow it until the day.
fn terms(first: &Purchase, percent: Decimal, renews: bool, until: Day) -> Vec<Purchase> {
    let (from, end) = (Day::of(first.term.from), Day::of(first.term.end.unwrap()));
    let months = (1..=1_200).take_while(|months| from.months_later(*months) <= end).last();
    let months = months.filter(|months| from.months_later(*months) == end);
    let days = from.until(end) as u64;
    let start = |number: i32| match months {
        Some(months) => from.months_later(months * number),
        None => Day::of(later(first.term.from, days * number as u64)),
    };
    let mut all = vec![first.clone()];
    for number in 1.. {
        if !renews || start(number) >= until {
            break;
        }
        let term = Term { from: start(number).date(), end: Some(start(number + 1).date()) };
        let next = dearer(all.last().unwrap(), percent);
        all.push(Purchase { term, ..next });
    }
    all
}

fn fee(dice: &mut Dice) -> Fee {
    let from = later("2025-01-01".parse().unwrap(), dice.roll(900));
    Fee {
        id: FeeId(1),
        name: "Support".to_owned(),
        amount: dice.amount(900),
        currency: Currency::USD,
        frequency: dice.of(&Frequency::ALL),
        term: Term { from, end: dice.one_in(2).then(|| later(from, 1 + dice.roll(700))) },
        proration: Proration::Daily,
        in_annual_spend: true,
        in_cost_per_account: true,
        note: String::new(),
        conditions: Conditions::default(),
    }
}

/// Compares the forecast of one purchase and a fee, month by month, at all three uplifts.
pub fn compare(seed: u64) -> usize {
    let mut dice = Dice::new(seed ^ 0x0fee_1ead);
    let (bought, fee) = (ending(&mut dice), fee(&mut dice));
    let from: Date = later("2025-06-01".parse().unwrap(), dice.roll(400));
    let renewing = if dice.one_in(2) { Renewing::All } else { Renewing::Automatic };
    let (first, until) = (Day { day: 1, ..Day::of(from) }, Day { day: 1, ..Day::of(from) }.months_later(MONTHS));
    let RenewalTerms { uplift, cap, .. } = bought.conditions.renewal;
    let uplift = uplift.unwrap_or_default();
    let expected = cap.map_or(uplift, |cap| uplift.min(cap));
    let renews = renewing == Renewing::All || bought.auto_renews;
    let mut figures = 0;
    for basis in [Basis::Cash, Basis::Accrual] {
        let found = forecast(&Outlook {
            from,
            months: MONTHS as u32,
            basis,
            purchases: std::slice::from_ref(&bought),
            fees: std::slice::from_ref(&fee),
            free: &[],
            names: TypeNames::default(),
            changes: &[],
            repriced: &[],
            renewing,
            continued: &[],
            exchange: None,
            counts: None,
        });
        for (table, percent) in
            [(&found.low, Decimal::ZERO), (&found.expected, expected), (&found.high, cap.unwrap_or(expected))]
        {
            let mut paid: Vec<Paid> = terms(&bought, percent, renews, until)
                .iter()
                .flat_map(|term| naive::paid(term, term.term.end.map(Day::of), until))
                .collect();
            paid.extend(naive::paid(&as_purchase(&fee), fee.term.end.map(Day::of), until));
            figures += months(seed, table, &paid, (basis, Day::of(from), first), &bought);
        }
    }
    figures
}

fn months(
    seed: u64,
    table: &Table,
    paid: &[Paid],
    (basis, from, first): (Basis, Day, Day),
    bought: &Purchase,
) -> usize {
    assert_eq!(table.totals.len(), MONTHS as usize, "forecast {seed}");
    let mut figures = 0;
    for (number, total) in (0..).zip(&table.totals) {
        let (start, end) = (first.months_later(number).max(from), first.months_later(number + 1));
        let expected = paid.iter().fold(Frac::ZERO, |sum, one| match basis {
            Basis::Cash if start <= one.due && one.due < end => sum.plus(one.amount),
            Basis::Cash => sum,
            Basis::Accrual => {
                let days = one.from.max(start).until(one.end.min(end));
                sum.plus(one.amount.share(days, one.from.until(one.end)))
            }
        });
        figures += usize::from(expected != Frac::ZERO);
        let found = total.as_ref().map_or_else(ledger::Exact::default, |total| total.amount.clone());
        same(Some(expected), Some(found), bought, &format!("forecast {seed}, month {number}, {basis:?}: {bought:#?}"));
    }
    figures
}
