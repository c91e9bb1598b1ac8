//! What holds for every input.

use jiff::Span;
use ledger::form::parse;
use ledger::{
    Currency, Exact, Frequency, Per, Price, Proration, Purchase, PurchaseId, PurchaseInput, Quantity, Spend, Term,
    TypeFacts, days_between, display_amount, nth_date, parse_amount, parse_day, spend, term_total, to_input,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::make::{currency, day, type_of};

const TYPES: [&str; 3] = ["can-edit", "view-only", "explorer"];

prop_compose! {
    fn any_price(digits: u32)(minor in 0i64..1_000_000_000, per in prop_oneof![Just(Per::Unit), Just(Per::Lot)]) -> Price {
        Price { amount: Decimal::new(minor, digits), per }
    }
}

prop_compose! {
    fn any_term()(start in 0i64..2000, days in proptest::option::of(1i64..2000)) -> Term {
        let from = day("2024-01-31").checked_add(Span::new().days(start)).unwrap();
        Term { from, end: days.map(|days| from.checked_add(Span::new().days(days)).unwrap()) }
    }
}

fn any_proration() -> impl Strategy<Value = Proration> {
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

fn any_currency() -> impl Strategy<Value = Currency> {
    proptest::sample::select(vec!["USD", "EUR", "JPY", "KWD", "CHF", "SEK"]).prop_map(currency)
}

prop_compose! {
    fn any_purchase(money: impl Strategy<Value = Currency>)(money in money)(
        price in proptest::option::weighted(0.9, any_price(money.minor_digits().into())),
        money in Just(money),
        quantity in any_quantity(),
        frequency in proptest::sample::select(Frequency::ALL.to_vec()),
        term in any_term(),
        proration in any_proration(),
        license_type in proptest::sample::select(TYPES.to_vec()),
        texts in proptest::array::uniform3("[a-zA-Z0-9ü€/ -]{0,20}"),
        auto_renews in any::<bool>(),
        notice_days in proptest::option::of(0u16..=3650)
    ) -> Purchase {
        let [name, po, note] = texts.map(|text| text.trim().to_owned());
        Purchase {
            id: PurchaseId(0),
            license_type: license_type.to_owned(),
            name, po, quantity, price,
            currency: money,
            frequency, term, proration, auto_renews, notice_days, note,
            conditions: ledger::Conditions::default(),
        }
    }
}

/// Purchases with ids, in dollars.
fn any_purchases() -> impl Strategy<Value = Vec<Purchase>> {
    proptest::collection::vec(any_purchase(Just(currency("USD"))), 0..8).prop_map(numbered)
}

fn numbered(mut purchases: Vec<Purchase>) -> Vec<Purchase> {
    for (purchase, id) in purchases.iter_mut().zip(1..) {
        purchase.id = PurchaseId(id);
    }
    purchases
}

fn any_types() -> impl Strategy<Value = Vec<TypeFacts>> {
    let counts = proptest::array::uniform3((0u64..200, 0u64..50, any::<bool>()));
    counts.prop_map(|counts| {
        let pairs = TYPES.into_iter().zip(counts);
        pairs
            .map(|(key, (accounts, idle, billable))| TypeFacts {
                billable,
                assigned: accounts + idle,
                ..type_of(key, key, accounts)
            })
            .collect()
    })
}

fn today() -> jiff::civil::Date {
    day("2026-11-23")
}

fn amounts(spend: &Spend) -> [Option<Exact>; 3] {
    let lines = [&spend.billable_annual, &spend.committed_annual, &spend.waste_annual];
    lines.map(|line| line.value.as_ref().map(|value| value.amount.clone()))
}

proptest! {
    #[test]
    fn the_order_in_which_purchases_were_entered_does_not_matter(
        (purchases, shuffled) in any_purchases().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        types in any_types(),
    ) {
        prop_assert_eq!(spend(today(), &types, &purchases), spend(today(), &types, &shuffled));
    }

    #[test]
    fn adding_a_free_type_changes_no_total(purchases in any_purchases(), types in any_types(), accounts in 0u64..100) {
        let before = spend(today(), &types, &purchases);
        let mut more = types;
        more.push(TypeFacts { free: true, ..type_of("free", "Free", accounts) });
        let after = spend(today(), &more, &purchases);
        prop_assert_eq!(amounts(&before), amounts(&after));
        prop_assert_eq!(before.unpriced, after.unpriced);
        prop_assert_eq!(before.billable_annual.caveat, after.billable_annual.caveat);
    }

    #[test]
    fn parts_add_up_to_the_total_as_shown(purchases in any_purchases(), types in any_types()) {
        let spend = spend(today(), &types, &purchases);
        let usd = currency("USD");
        let parts: [fn(&ledger::TypeSpend) -> &ledger::Line; 3] =
            [|one| &one.billable_annual, |one| &one.committed_annual, |one| &one.waste_annual];
        for (part, total) in parts.into_iter().zip(amounts(&spend)) {
            let Some(total) = total else { continue };
            let shown = spend.by_type.iter().filter_map(|one| part(one).value.as_ref());
            let shown = shown.map(|value| display_amount(&value.amount, usd).parse::<Decimal>().unwrap());
            prop_assert_eq!(shown.sum::<Decimal>(), display_amount(&total, usd).parse::<Decimal>().unwrap());
        }
    }

    #[test]
    fn every_type_without_an_amount_says_why(purchases in any_purchases(), types in any_types()) {
        let spend = spend(today(), &types, &purchases);
        let types = spend.by_type.iter().flat_map(|one| [&one.billable_annual, &one.committed_annual, &one.waste_annual]);
        for line in types.chain([&spend.billable_annual, &spend.committed_annual, &spend.waste_annual]) {
            let known_zero = line.because.result == "0";
            prop_assert!(line.value.is_some() || line.caveat.is_some() || known_zero, "{line:?}");
            prop_assert!(!line.because.arithmetic.is_empty() && !line.because.label.is_empty());
        }
    }

    #[test]
    fn each_day_of_a_term_belongs_to_exactly_one_payment(term in any_term(), months in proptest::sample::select(vec![1u8, 3, 6, 12, 18, 24, 36])) {
        let frequency = Frequency::ALL.into_iter().find(|frequency| frequency.months() == Some(months)).unwrap();
        let bought = Purchase { term, frequency, ..crate::make::purchase() };
        let Some(total) = term_total(&bought) else { return Ok(()) };
        let end = term.end.unwrap();
        let starts: Vec<_> = (0..=total.full_payments).map(|k| nth_date(term.from, months, k)).collect();
        prop_assert!(starts.is_sorted_by(|a, b| a < b), "periods never overlap");
        let mut days: i64 = starts.windows(2).map(|pair| days_between(pair[0], pair[1])).sum();
        if let Some(cut) = &total.cut {
            prop_assert_eq!(cut.from, *starts.last().unwrap());
            prop_assert!(cut.from < end && end == cut.end && end < cut.full_end);
            days += days_between(cut.from, cut.end);
        }
        prop_assert_eq!(days, days_between(term.from, end));
    }

    #[test]
    fn no_proration_charges_more_than_the_full_period(bought in any_purchase(any_currency())) {
        let total = |proration| term_total(&Purchase { proration, ..bought.clone() }).map(|total| total.total);
        let Some(full) = total(Proration::None) else { return Ok(()) };
        let [daily, up, down] =
            [Proration::Daily, Proration::WholeMonthUp, Proration::WholeMonthDown].map(|one| total(one).unwrap());
        prop_assert!(daily <= full && up <= full && down <= up);
        let month = term_total(&bought).unwrap().payment / ledger::money::whole(bought.frequency.months().unwrap_or(1).into());
        prop_assert!(up - down <= month, "they differ by the started month");
    }

    #[test]
    fn an_edit_that_changes_nothing_makes_the_same_purchase(bought in any_purchase(any_currency()), default in any_currency()) {
        let parsed = parse(&to_input(&bought), default);
        prop_assert_eq!(parsed.problems, vec![]);
        prop_assert_eq!(parsed.purchase, Some(bought));
    }

    #[test]
    fn no_text_breaks_the_form(texts in proptest::collection::vec("\\PC{0,30}", 12), flags in any::<[bool; 2]>()) {
        let text = |index: usize| texts[index].clone();
        let input = PurchaseInput {
            license_type: text(0), name: text(1), po: text(2), quantity: text(3), unlimited: flags[0], cost: text(4),
            per: text(5), currency: text(6), every: text(7), from: text(8), until: text(9), proration: text(10),
            auto_renews: flags[1], notice_days: text(11), note: String::new(),
        };
        let parsed = parse(&input, currency("USD"));
        prop_assert_eq!(parsed.purchase.is_some(), parsed.problems.is_empty());
    }

    #[test]
    fn an_amount_with_digits_and_signs_is_read_or_refused(text in "[-+$€ 0-9.,']{0,14}", money in any_currency()) {
        if let Ok(amount) = parse_amount(&text, money) {
            prop_assert!(!amount.value.is_sign_negative() || amount.value.is_zero());
            prop_assert!(amount.value.normalize().scale() <= u32::from(money.minor_digits()));
        }
    }

    #[test]
    fn a_shown_amount_is_read_back_as_itself(minor in 0i64..1_000_000_000_000, money in any_currency()) {
        let price = Decimal::new(minor, money.minor_digits().into());
        let shown = ledger::price_amount(price, money);
        prop_assert_eq!(parse_amount(&shown, money).map(|amount| amount.value), Ok(price), "{}", shown);
    }

    #[test]
    fn a_shown_day_is_read_back_as_itself(days in 0i64..80_000) {
        let shown = day("1970-01-01").checked_add(Span::new().days(days)).unwrap();
        prop_assert_eq!(parse_day(&ledger::day_text(shown)), Ok(shown));
        prop_assert_eq!(parse_day(&shown.to_string()), Ok(shown));
    }
}
