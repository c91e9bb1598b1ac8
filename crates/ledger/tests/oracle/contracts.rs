//! Random contracts from a number, always the same ones.

use jiff::Span;
use jiff::civil::Date;
use ledger::{
    Commitment, Conditions, Currency, Discount, Frequency, Ladder, Off, OncePolicy, Packs, Per, Price, Proration,
    Purchase, PurchaseId, Quantity, Shape, Term, Tier, Tiers,
};
use rust_decimal::Decimal;

/// The first day of the periods, and the day after the last one.
pub const WINDOW: (&str, &str) = ("2023-11-01", "2029-03-01");

/// xorshift64*: good enough to vary contracts.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 to `sides − 1`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }

    pub fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    pub fn amount(&mut self, most: u64) -> Decimal {
        Decimal::new(self.roll(most * 100) as i64, 2)
    }

    pub fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len() as u64) as usize].clone()
    }
}

pub fn later(day: Date, days: u64) -> Date {
    day.checked_add(Span::new().days(days as i64)).unwrap()
}

/// One purchase, or two of which the second follows: after a gap, seamlessly, or a day too early.
pub fn contract(seed: u64) -> Vec<Purchase> {
    let mut dice = Dice::new(seed);
    let first = purchase(&mut dice, 1, later("2024-01-01".parse().unwrap(), dice_start(seed)));
    let mut all = vec![first];
    if let (Some(end), true) = (all[0].term.end, dice.one_in(2)) {
        let from = match dice.roll(3) {
            0 => end.yesterday().unwrap(),
            1 => end,
            _ => later(end, dice_start(seed) % 40),
        };
        if from > all[0].term.from {
            let mut next = purchase(&mut dice, 2, from);
            if dice.one_in(2) {
                next = Purchase { id: next.id, term: next.term, ..all[0].clone() };
            }
            all.push(next);
        }
    }
    all
}

fn dice_start(seed: u64) -> u64 {
    Dice::new(seed ^ 0x00ab_cdef).roll(900)
}

pub fn purchase(dice: &mut Dice, id: i64, from: Date) -> Purchase {
    let end = (!dice.one_in(5)).then(|| {
        let years = 1 + dice.roll(3);
        // Most contracts run for whole years, and many start on a month's last days.
        if dice.one_in(2) { later(from, 1 + dice.roll(1100)) } else { whole_years(from, years) }
    });
    let conditions = if dice.one_in(3) { Conditions::default() } else { conditions(dice) };
    let per = if dice.one_in(3) { Per::Lot } else { Per::Unit };
    let per = if matches!(conditions.shape, Shape::BaseFee { .. }) { Per::Lot } else { per };
    Purchase {
        id: PurchaseId(id),
        license_type: "can-edit".to_owned(),
        name: String::new(),
        po: String::new(),
        quantity: Quantity::Seats(1 + dice.roll(120) as u32),
        price: (!conditions.shape.has_own_prices()).then(|| Price { amount: dice.amount(5_000), per }),
        currency: Currency::USD,
        frequency: dice.of(&Frequency::ALL),
        term: Term { from, end },
        proration: dice.of(&[Proration::None, Proration::Daily, Proration::WholeMonthUp, Proration::WholeMonthDown]),
        auto_renews: false,
        notice_days: None,
        note: String::new(),
        conditions,
        paperwork: ledger::Paperwork::default(),
    }
}

fn whole_years(from: Date, years: u64) -> Date {
    from.checked_add(Span::new().years(years as i64)).unwrap()
}

fn conditions(dice: &mut Dice) -> Conditions {
    let shape = match dice.roll(5) {
        0 => Shape::Graduated(tiers(dice)),
        1 => Shape::Volume(tiers(dice)),
        2 => Shape::BaseFee { included: dice.roll(60) as u32, unit: dice.amount(50) },
        _ => Shape::Flat,
    };
    let packs = match dice.roll(4) {
        0 => Packs::Blocks(2 + dice.roll(30) as u32),
        1 => Packs::Ladder(Ladder::new(vec![3, 5, 10], 10).unwrap()),
        _ => Packs::Single,
    };
    let discounts = (0..dice.roll(4)).map(|_| discount(dice)).collect();
    let minimum = |dice: &mut Dice, most| dice.one_in(4).then(|| dice.amount(most));
    let commitment = Commitment { per_payment: minimum(dice, 20_000), term: minimum(dice, 200_000) };
    let once = match dice.roll(4) {
        0 => OncePolicy::DateOnly,
        1 => OncePolicy::Life(1 + dice.roll(48) as u16),
        _ => OncePolicy::Term,
    };
    Conditions { shape, packs, discounts, commitment, once, ..Conditions::default() }
}

fn tiers(dice: &mut Dice) -> Tiers {
    let (one, two) = (1 + dice.roll(20) as u32, 30 + dice.roll(40) as u32);
    let band = |first, last, unit| Tier { first, last, unit };
    let bands = vec![
        band(1, Some(one), dice.amount(50)),
        band(one + 1, Some(two), dice.amount(50)),
        band(two + 1, None, dice.amount(50)),
    ];
    Tiers::new(bands).unwrap()
}

fn discount(dice: &mut Dice) -> Discount {
    let percent = Decimal::new(dice.roll(401) as i64, 1);
    let off = match dice.roll(3) {
        0 => Off::PercentOfRest(percent),
        1 => Off::PercentOfList(percent),
        _ => Off::Fixed(dice.amount(300)),
    };
    Discount { name: String::new(), off }
}

/// The first day of the fiscal year.
pub fn fiscal_start(seed: u64) -> (i8, i8) {
    [(1, 1), (4, 1), (4, 6), (7, 1), (10, 31)][(seed % 5) as usize]
}

/// Some days on which spend is compared.
pub fn days(seed: u64) -> [Date; 3] {
    let mut dice = Dice::new(seed ^ 0x5eed);
    [(); 3].map(|()| later("2024-01-01".parse().unwrap(), dice.roll(1500)))
}
