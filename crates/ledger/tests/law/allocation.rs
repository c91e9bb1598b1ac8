//! Which purchase pays for whom, and spend by department: D10 case 15.

use ledger::{
    Account, By, Chargeback, Conditions, Exchange, Match, Payer, PaysFor, Purchase, PurchaseId, Quantity, RatePolicy,
    Rates, Setting, TypeFacts, chargeback, in_force, payer,
};

use crate::make::{can_edit, currency, day, lot, shown, yearly};

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
    assert_eq!(found.rows[0].annual.because.arithmetic, "2 accounts × $142.86");
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
    assert!(found.total.caveat.unwrap().contains("without a price"));
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
