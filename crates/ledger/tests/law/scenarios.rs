//! What-if: changes beside the present.

use ledger::{Change, Frequency, Purchase, PurchaseId, Quantity, Scenario, Setting, TypeFacts, apply, compared};

use crate::make::{can_edit, currency, day, shown, view_only, yearly};

fn changed(changes: Vec<Change>) -> Scenario {
    Scenario { name: "What if".to_owned(), changes }
}

fn types() -> Vec<TypeFacts> {
    vec![can_edit(48), TypeFacts { free: true, ..view_only(300) }]
}

fn figures(changes: Vec<Change>) -> Vec<(&'static str, String, String)> {
    let setting = Setting { default: Some(currency("USD")), ..Setting::default() };
    let (_, all) =
        compared(day("2026-11-23"), &types(), &[yearly(1, 50, "100")], setting, &[changed(changes)]).unwrap();
    let figure = |one: &ledger::Difference| (one.label, shown(&one.scenario), shown(&one.difference));
    all[0].differences.iter().map(figure).collect()
}

fn refusal(change: Change, purchases: &[Purchase]) -> String {
    apply(&changed(vec![change]), &types(), purchases).unwrap_err().to_string()
}

#[test]
fn downgraded_members_cost_nothing_as_accounts_but_their_seats_still_do() {
    let change = Change::Downgrade { from: "can-edit".to_owned(), to: "view-only".to_owned(), members: 8 };
    let found = figures(vec![change]);
    assert_eq!(found[0], ("Annual spend for billable accounts", "4000.00 USD".to_owned(), "-800.00 USD".to_owned()));
    assert_eq!(found[1], ("Committed annual spend", "5000.00 USD".to_owned(), "0.00 USD".to_owned()));
    assert_eq!(found[2].1, "1000.00 USD", "8 more seats are unassigned until the renewal");
}

#[test]
fn seats_price_frequency_and_last_day_change_the_figures_and_not_the_present() {
    let id = PurchaseId(1);
    let committed = |change| figures(vec![change])[1].clone();
    assert_eq!(committed(Change::Seats { purchase: id, seats: -10 }).1, "4000.00 USD");
    assert_eq!(committed(Change::Price { purchase: id, amount: "90".parse().unwrap() }).2, "-500.00 USD");
    let monthly = Change::Frequency { purchase: id, frequency: Frequency::Monthly, amount: "9".parse().unwrap() };
    assert_eq!(committed(monthly).1, "5400.00 USD", "the vendor's own monthly price × 12");
    let tcv = figures(vec![Change::LastDay { purchase: id, last_day: day("2028-03-31") }]);
    assert_eq!(tcv[4], ("Total contract value", "10000.00 USD".to_owned(), "5000.00 USD".to_owned()));
    let euros = Change::Currency { purchase: id, currency: currency("EUR"), amount: "95".parse().unwrap() };
    assert_eq!(committed(euros), ("Committed annual spend", "4750.00 EUR".to_owned(), "?".to_owned()));
    assert_eq!(figures(vec![])[1].2, "0.00 USD");
}

#[test]
fn changes_build_on_each_other_in_their_order() {
    let id = PurchaseId(1);
    let found = figures(vec![Change::Seats { purchase: id, seats: 10 }, Change::Seats { purchase: id, seats: -20 }]);
    assert_eq!(found[1].1, "4000.00 USD");
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let bought = [yearly(1, 50, "100"), Purchase { quantity: Quantity::Unlimited, ..yearly(2, 1, "1") }];
    let id = PurchaseId(1);
    assert_eq!(
        refusal(Change::Seats { purchase: PurchaseId(9), seats: 1 }, &bought),
        "Purchase 9 does not exist: remove the change, or choose another one."
    );
    assert_eq!(
        refusal(Change::Seats { purchase: id, seats: -50 }, &bought),
        "Purchase 1 has 50 seats: 50 fewer would leave none."
    );
    assert_eq!(
        refusal(Change::Seats { purchase: PurchaseId(2), seats: 1 }, &bought),
        "Purchase 2 has unlimited seats: there is nothing to add or to give up."
    );
    assert_eq!(
        refusal(Change::LastDay { purchase: id, last_day: day("2026-03-31") }, &bought),
        "Purchase 1 starts on 1 Apr 2026: its last day must not be before."
    );
    let down = |to: &str, members| Change::Downgrade { from: "can-edit".to_owned(), to: to.to_owned(), members };
    assert_eq!(refusal(down("view-only", 49), &bought), "Can-Edit is held by 48 members: 49 cannot be downgraded.");
    assert_eq!(
        refusal(down("gone", 1), &bought),
        "License type gone does not exist: remove the change, or choose another one."
    );
}
