//! Which purchase pays for whom, and spend by department: D10 case 15.

use std::collections::BTreeMap;

use ledger::{
    Account, By, Chargeback, Conditions, Exact, Exchange, Line, Match, Overage, OverageFrom, OverageRate, Payer,
    PaysFor, Proration, Purchase, PurchaseId, Quantity, RatePolicy, Rates, Setting, Spend, TypeFacts, chargeback,
    in_force, payer, spend_in,
};

use proptest::prelude::*;

use crate::make::{can_edit, currency, day, lot, shown, unit, yearly};

const DAY: &str = "2026-11-23";

fn account(department: &str) -> Account<'_> {
    Account { license_type: "can-edit", billable: true, department: Some(department), ..Account::default() }
}

fn of(departments: &[(&'static str, usize)]) -> Vec<Account<'static>> {
    departments.iter().flat_map(|(name, number)| std::iter::repeat_n(account(name), *number)).collect()
}

fn by_department(types: &[TypeFacts], purchases: &[Purchase], accounts: Vec<Account>) -> Chargeback {
    let setting = Setting { default: Some(currency("USD")), ..Setting::default() };
    chargeback(day(DAY), By::Department, types, purchases, accounts, setting)
}

fn rows(found: &Chargeback) -> Vec<(&str, u64, String)> {
    let row = |row: &'_ ledger::ChargebackRow| (row.accounts, shown(&row.annual));
    found.rows.iter().map(|one| (one.name.as_deref().unwrap_or("-"), row(one).0, row(one).1)).collect()
}

fn paying(id: i64, seats: u32, unit: &str, rules: Vec<Match>, fallback: bool) -> Purchase {
    let pays_for = PaysFor { rules, fallback };
    Purchase { conditions: Conditions { pays_for, ..Conditions::default() }, ..yearly(id, seats, unit) }
}

#[test]
fn case_15_departments_get_the_largest_remainders_and_add_up_with_no_department_and_unassigned() {
    let bought = [Purchase { price: lot("1000"), ..yearly(1, 7, "0") }];
    let found = by_department(&[can_edit(6)], &bought, of(&[("Sales", 2), ("", 1), ("IT", 2), ("  ", 1)]));
    let expected = [("IT", 2, "285.72 USD"), ("Sales", 2, "285.71 USD"), ("-", 2, "285.71 USD")];
    assert_eq!(rows(&found), expected.map(|(name, number, amount)| (name, number, amount.to_owned())));
    assert_eq!([shown(&found.unassigned), shown(&found.total)], ["142.86 USD", "1000.00 USD"]);
    assert_eq!(found.rows[2].annual.because.label, "No department");
    assert_eq!(found.rows[0].annual.because.arithmetic, "2 accounts × $1,000.00 ÷ 7");
}

#[test]
fn an_account_is_paid_for_by_the_first_purchase_whose_rule_matches_it() {
    let bought = [
        paying(1, 10, "100", vec![Match::Department("sales".to_owned())], false),
        paying(2, 10, "120", vec![Match::Email("@lab.example".to_owned()), Match::Group("Labs".to_owned())], false),
        paying(3, 10, "90", vec![], true),
    ];
    let force = in_force(day(DAY), &bought);
    let groups = ["labs".to_owned()];
    let found = |account: Account| payer(&account, &force);
    assert_eq!(found(account("Sales")), Payer::Matched(PurchaseId(1)), "case does not matter");
    assert_eq!(found(Account { groups: &groups, ..account("Sales") }), Payer::Matched(PurchaseId(1)), "the first one");
    assert_eq!(found(Account { groups: &groups, ..account("IT") }), Payer::Matched(PurchaseId(2)));
    assert_eq!(found(Account { email: Some("Ann@LAB.example"), ..account("IT") }), Payer::Matched(PurchaseId(2)));
    assert_eq!(found(Account { email: Some("ann@other.example"), ..account("IT") }), Payer::Fallback(PurchaseId(3)));
    let without_fallback = in_force(day(DAY), &bought[..2]);
    assert_eq!(payer(&account("IT"), &without_fallback), Payer::Average);
}

#[test]
fn rules_charge_their_own_price_and_the_others_share_the_seats_that_are_left() {
    let bought = [paying(1, 50, "108", vec![Match::Department("Sales".to_owned())], false), yearly(2, 25, "132")];
    let full = by_department(&[can_edit(75)], &bought, of(&[("Sales", 50), ("IT", 25)]));
    let expected = [("IT", 25, "3300.00 USD".to_owned()), ("Sales", 50, "5400.00 USD".to_owned())];
    assert_eq!(rows(&full), expected, "all seats are held: every purchase is paid in full");
    assert_eq!([shown(&full.unassigned), shown(&full.total)], ["0.00 USD", "8700.00 USD"]);
    let few = by_department(&[can_edit(30)], &bought, of(&[("Sales", 20), ("IT", 10)]));
    let it = "1189.09 USD".to_owned();
    assert_eq!(rows(&few)[0], ("IT", 10, it), "(30 × 108 + 25 × 132) ÷ 55 a seat");
    assert_eq!(shown(&few.total), "8700.00 USD", "what the contracts cost, whoever holds the seats");
}

#[test]
fn accounts_beyond_the_seats_are_charged_at_the_same_price() {
    let found = by_department(&[can_edit(12)], &[yearly(1, 10, "100")], of(&[("IT", 12)]));
    assert_eq!(
        [shown(&found.rows[0].annual), shown(&found.unassigned), shown(&found.total)],
        ["1200.00 USD", "0.00 USD", "1200.00 USD"]
    );
}

#[test]
fn an_unlimited_purchase_for_a_lot_price_is_shared_by_those_it_pays_for() {
    let unlimited = Purchase { quantity: Quantity::Unlimited, price: lot("1000"), ..yearly(1, 1, "0") };
    let found = by_department(&[can_edit(4)], &[unlimited], of(&[("IT", 1), ("Sales", 3)]));
    let expected = [("IT", 1, "250.00 USD".to_owned()), ("Sales", 3, "750.00 USD".to_owned())];
    assert_eq!(rows(&found), expected);
    let nobody = by_department(
        &[can_edit(0)],
        &[Purchase { quantity: Quantity::Unlimited, price: lot("1000"), ..yearly(1, 1, "0") }],
        vec![],
    );
    assert_eq!([shown(&nobody.unassigned), shown(&nobody.total)], ["1000.00 USD", "1000.00 USD"]);
}

#[test]
fn unknown_prices_and_missing_rates_are_said_and_not_0() {
    let unknown = [Purchase { price: None, ..yearly(1, 10, "0") }];
    let found = by_department(&[can_edit(2)], &unknown, of(&[("IT", 2)]));
    assert!(found.total.caveat.unwrap().contains("no price"));
    let rates = Rates::default();
    let exchange = Some(Exchange {
        base: currency("USD"),
        rates: &rates,
        policy: RatePolicy::FigureDay,
        today: day("2026-11-23"),
    });
    let setting = Setting { exchange, ..Setting::default() };
    let euros = [Purchase { currency: currency("EUR"), ..yearly(1, 10, "100") }];
    let found = chargeback(day(DAY), By::CostCenter, &[can_edit(2)], &euros, of(&[("IT", 2)]), setting);
    assert_eq!([shown(&found.total), shown(&found.rows[0].annual)], ["?", "?"]);
    assert_eq!(found.rows[0].name, None, "no cost center");
}

/// The headline, told who pays for whom as the application tells it.
fn headline(accounts: &[Account], facts: &TypeFacts, purchases: &[Purchase]) -> Spend {
    let force = in_force(day(DAY), purchases);
    let mut payers: BTreeMap<Payer, u64> = BTreeMap::new();
    for account in accounts {
        *payers.entry(payer(account, &force)).or_default() += 1;
    }
    payers.remove(&Payer::Average);
    let setting = Setting { default: Some(currency("USD")), ..Setting::default() };
    spend_in(day(DAY), &[TypeFacts { payers, ..facts.clone() }], purchases, setting)
}

#[test]
fn the_headline_charges_what_the_departments_cost_where_rules_say_who_pays() {
    let bought = [paying(1, 20, "100", vec![Match::Department("Sales".to_owned())], false), yearly(2, 20, "10")];
    let accounts = of(&[("Sales", 9), ("IT", 18)]);
    let spend = headline(&accounts, &can_edit(27), &bought);
    let found = by_department(&[can_edit(27)], &bought, accounts);
    // 11 of the 20 seats are left beside 20 others: (1,100 + 200) ÷ 31 each.
    assert_eq!(rows(&found).iter().map(|row| row.2.as_str()).collect::<Vec<_>>(), ["754.84 USD", "900.00 USD"]);
    assert_eq!([&spend.billable_annual, &spend.waste_annual].map(shown), ["1654.84 USD", "545.16 USD"]);
    assert_eq!([&found.unassigned, &found.total].map(shown), ["545.16 USD", "2200.00 USD"]);
    let arithmetic = &spend.by_type[0].billable_annual.because.arithmetic;
    assert_eq!(arithmetic, "9 accounts × $100.00 + 18 accounts × $1,300.00 ÷ 31");
}

#[test]
fn a_rule_pays_for_no_more_accounts_than_it_has_seats() {
    let bought = [paying(1, 20, "100", vec![Match::Department("Sales".to_owned())], false), yearly(2, 20, "10")];
    let found = by_department(&[can_edit(27)], &bought, of(&[("Sales", 27)]));
    assert_eq!(rows(&found), [("Sales", 27, "2070.00 USD".to_owned())], "20 × 100 and 7 × 10");
    assert_eq!([&found.unassigned, &found.total].map(shown), ["130.00 USD", "2200.00 USD"]);
}

#[test]
fn departments_pay_for_the_accounts_beyond_the_seats_as_agreed() {
    let rate = OverageRate::Own("240".parse().unwrap());
    let overage = Some(Overage { rate, charged: OverageFrom::Start, proration: Proration::Daily });
    let bought = [Purchase { conditions: Conditions { overage, ..Conditions::default() }, ..yearly(1, 20, "100") }];
    let found = by_department(&[can_edit(27)], &bought, of(&[("Sales", 27)]));
    assert_eq!(rows(&found), [("Sales", 27, "3680.00 USD".to_owned())]);
}

fn any_purchase() -> impl Strategy<Value = Purchase> {
    let rules = prop::collection::vec(prop::sample::select(&["Sales", "IT", "Labs"][..]), 0..2);
    let agreed = prop_oneof![
        Just(None),
        Just(Some(OverageRate::Contract)),
        (1u32..400).prop_map(|price| Some(OverageRate::Own(price.into()))),
    ];
    let seats = prop_oneof![3 => (1u32..12).prop_map(Quantity::Seats), 1 => Just(Quantity::Unlimited)];
    (seats, any::<bool>(), 1u32..5_000, rules, any::<bool>(), agreed).prop_map(
        |(quantity, per_unit, cents, rules, fallback, agreed)| {
            let amount = format!("{}.{:02}", cents / 100, cents % 100);
            let rules = rules.into_iter().map(|name| Match::Department(name.to_owned())).collect();
            let overage = agreed.map(|rate| Overage { rate, charged: OverageFrom::Start, proration: Proration::Daily });
            let pays_for = PaysFor { rules, fallback };
            Purchase {
                quantity,
                price: if per_unit { unit(&amount) } else { lot(&amount) },
                conditions: Conditions { pays_for, overage, ..Conditions::default() },
                ..yearly(1, 1, "0")
            }
        },
    )
}

fn value(line: &Line) -> Option<Exact> {
    line.value.as_ref().map(|value| value.amount.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn departments_add_up_to_the_headline_and_what_is_unassigned_is_its_waste(
        bought in prop::collection::vec(any_purchase(), 1..4),
        numbers in [0usize..9, 0usize..9, 0usize..9, 0usize..4],
        deactivated in 0u64..4,
    ) {
        let bought: Vec<Purchase> =
            (1..).zip(bought).map(|(id, one)| Purchase { id: PurchaseId(id), ..one }).collect();
        let accounts = of(&[("Sales", numbers[0]), ("IT", numbers[1]), ("Ops", numbers[2]), ("", numbers[3])]);
        let number = accounts.len() as u64;
        let facts = TypeFacts { assigned: number + deactivated, ..can_edit(number) };
        let spend = headline(&accounts, &facts, &bought);
        let found = by_department(std::slice::from_ref(&facts), &bought, accounts);
        let sum = found.rows.iter().map(|row| value(&row.annual)).sum::<Option<Exact>>();
        prop_assert_eq!(sum, value(&spend.billable_annual));
        prop_assert_eq!(value(&found.unassigned), value(&spend.waste_annual));
        prop_assert_eq!(found.rows.iter().map(|row| row.accounts).sum::<u64>(), number);
    }
}
