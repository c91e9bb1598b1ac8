//! Any purchase with any conditions, for properties.

use jiff::Span;
use ledger::{
    Commitment, Conditions, Currency, Discount, Document, Frequency, Ladder, Match, Off, OncePolicy, Overage,
    OverageFrom, OverageRate, Packs, Paperwork, PaysFor, Per, Price, Proration, Purchase, PurchaseId, Quantity,
    RenewalTerms, Shape, Term, Tier, Tiers,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::make::{currency, day};

pub const TYPES: [&str; 3] = ["can-edit", "view-only", "explorer"];

prop_compose! {
    fn any_price(digits: u32)(minor in 0i64..1_000_000_000, per in prop_oneof![Just(Per::Unit), Just(Per::Lot)]) -> Price {
        Price { amount: Decimal::new(minor, digits), per }
    }
}

prop_compose! {
    pub fn any_term()(start in 0i64..2000, days in proptest::option::of(1i64..2000)) -> Term {
        let from = day("2024-01-31").checked_add(Span::new().days(start)).unwrap();
        Term { from, end: days.map(|days| from.checked_add(Span::new().days(days)).unwrap()) }
    }
}

pub fn any_proration() -> impl Strategy<Value = Proration> {
    prop_oneof![
        Just(Proration::None),
        Just(Proration::Daily),
        Just(Proration::WholeMonthUp),
        Just(Proration::WholeMonthDown)
    ]
}

fn any_quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![9 => (1u32..100_000).prop_map(Quantity::Seats), 1 => Just(Quantity::Unlimited)]
}

pub fn any_currency() -> impl Strategy<Value = Currency> {
    proptest::sample::select(vec!["USD", "EUR", "JPY", "KWD", "CHF", "SEK"]).prop_map(currency)
}

fn any_amount(digits: u32) -> impl Strategy<Value = Decimal> {
    (0i64..100_000_000).prop_map(move |minor| Decimal::new(minor, digits))
}

fn any_percent() -> impl Strategy<Value = Decimal> {
    (0i64..=10_000).prop_map(|percent| Decimal::new(percent, 2).normalize())
}

fn any_tiers(digits: u32) -> impl Strategy<Value = Tiers> {
    let band = (1u32..200, any_amount(digits));
    proptest::collection::vec(band, 1..5).prop_map(|bands| {
        let mut first = 1;
        let last = bands.len() - 1;
        let bands = bands.into_iter().enumerate().map(|(index, (width, unit))| {
            let band = Tier { first, last: (index < last).then_some(first + width - 1), unit };
            first += width;
            band
        });
        Tiers::new(bands.collect()).unwrap()
    })
}

fn any_shape(digits: u32) -> impl Strategy<Value = Shape> {
    prop_oneof![
        4 => Just(Shape::Flat),
        1 => any_tiers(digits).prop_map(Shape::Graduated),
        1 => any_tiers(digits).prop_map(Shape::Volume),
        1 => (0u32..500, any_amount(digits)).prop_map(|(included, unit)| Shape::BaseFee { included, unit }),
    ]
}

fn any_packs() -> impl Strategy<Value = Packs> {
    prop_oneof![
        4 => Just(Packs::Single),
        1 => (2u32..100).prop_map(Packs::Blocks),
        1 => (1u32..5, 1u32..9, 1u32..30).prop_map(|(low, more, then)| {
            Packs::Ladder(Ladder::new(vec![low, low + more], then).unwrap())
        }),
    ]
}

fn any_discount(digits: u32) -> impl Strategy<Value = Discount> {
    let off = prop_oneof![
        any_percent().prop_map(Off::PercentOfRest),
        any_percent().prop_map(Off::PercentOfList),
        any_amount(digits).prop_map(Off::Fixed),
    ];
    let name = proptest::sample::select(vec!["", "partner", "volume deal"]).prop_map(str::to_owned);
    (off, name).prop_map(|(off, name)| Discount { name, off })
}

fn any_overage(digits: u32) -> impl Strategy<Value = Overage> {
    let rate = prop_oneof![Just(OverageRate::Contract), any_amount(digits).prop_map(OverageRate::Own)];
    (rate, any_proration()).prop_map(|(rate, proration)| Overage { rate, charged: OverageFrom::Start, proration })
}

fn any_once() -> impl Strategy<Value = OncePolicy> {
    prop_oneof![Just(OncePolicy::Term), Just(OncePolicy::DateOnly), (1u16..=120).prop_map(OncePolicy::Life)]
}

fn any_match() -> impl Strategy<Value = Match> {
    "[A-Za-z][A-Za-z0-9 ]{0,8}[a-z]".prop_flat_map(|name| {
        prop_oneof![
            Just(Match::Department(name.clone())),
            Just(Match::CostCenter(name.clone())),
            Just(Match::Group(name.clone())),
            Just(Match::Email(format!("@{}.example", name.replace(' ', "")))),
        ]
    })
}

prop_compose! {
    pub fn any_conditions(digits: u32)(
        shape in any_shape(digits),
        packs in any_packs(),
        discounts in proptest::collection::vec(any_discount(digits), 0..3),
        tax in proptest::option::of(any_percent()),
        minimums in proptest::array::uniform2(proptest::option::weighted(0.2, any_amount(digits))),
        overage in proptest::option::of(any_overage(digits)),
        renewal in proptest::array::uniform2(proptest::option::of(any_percent())),
        planned in proptest::option::weighted(0.3, 1u32..=500),
        once in any_once(),
        rules in proptest::collection::vec(any_match(), 0..3),
        fallback in any::<bool>(),
    ) -> Conditions {
        let [per_payment, term] = minimums;
        let [uplift, cap] = renewal;
        Conditions {
            shape, packs, discounts, tax, commitment: Commitment { per_payment, term }, overage,
            renewal: RenewalTerms { uplift, cap, seats: planned }, once, pays_for: PaysFor { rules, fallback }, contract: None,
        }
    }
}

/// Only what the form accepts: tiers need seats and no price, a base fee is a price for the lot.
fn sensible(mut bought: Purchase) -> Purchase {
    if bought.quantity == Quantity::Unlimited {
        bought.conditions.shape = Shape::Flat;
        bought.conditions.packs = Packs::Single;
        bought.conditions.renewal.seats = None;
        bought.conditions.discounts.retain(|discount| !matches!(discount.off, Off::Fixed(_)));
    }
    match bought.conditions.shape {
        Shape::Graduated(_) | Shape::Volume(_) => bought.price = None,
        Shape::BaseFee { .. } => bought.price = bought.price.map(|price| Price { per: Per::Lot, ..price }),
        Shape::Flat => {}
    }
    bought
}

prop_compose! {
    fn any_paperwork()(
        owner in "[a-zA-Zü@. -]{0,20}",
        reminder in "([a-z+]{1,8}@[a-z]{1,8}\\.example)?",
        documents in proptest::collection::vec(("[a-zA-Zü0-9]{1,9}( [a-z:;]{1,5})?", "[!-~]{1,30}"), 0..4)
    ) -> Paperwork {
        let document = |(label, reference)| Document { label, reference };
        Paperwork { owner: owner.trim().to_owned(), reminder, documents: documents.into_iter().map(document).collect() }
    }
}

prop_compose! {
    pub fn any_purchase(money: impl Strategy<Value = Currency>)(money in money)(
        price in proptest::option::weighted(0.9, any_price(money.minor_digits().into())),
        conditions in any_conditions(money.minor_digits().into()),
        plain in proptest::bool::weighted(0.4),
        money in Just(money),
        quantity in any_quantity(),
        frequency in proptest::sample::select(Frequency::ALL.to_vec()),
        term in any_term(),
        proration in any_proration(),
        license_type in proptest::sample::select(TYPES.to_vec()),
        texts in proptest::array::uniform3("[a-zA-Z0-9ü€/ -]{0,20}"),
        auto_renews in any::<bool>(),
        notice_days in proptest::option::of(0u16..=3650),
        paperwork in any_paperwork()
    ) -> Purchase {
        let [name, po, note] = texts.map(|text| text.trim().to_owned());
        sensible(Purchase {
            id: PurchaseId(0),
            license_type: license_type.to_owned(),
            name, po, quantity, price,
            currency: money,
            frequency, term, proration, auto_renews, notice_days, note,
            conditions: if plain { Conditions::default() } else { conditions },
            paperwork,
        })
    }
}
