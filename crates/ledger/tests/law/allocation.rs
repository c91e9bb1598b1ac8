//! Which purchase pays for whom, and spend by department: D10 case 15.

use std::collections::BTreeMap;

use ledger::{
    Account, ActivityCounts, Bases, By, Chargeback, Conditions, Exact, Exchange, Line, Match, Overage, OverageFrom,
    OverageRate, Payer, PaysFor, Proration, Purchase, PurchaseId, Quantity, RatePolicy, Rates, Setting, Spend,
    TypeFacts, bases, chargeback, in_force, payer, spend_in,
};

use proptest::prelude::*;

use crate::make::{can_edit, currency, day, dollars, lot, shown, term, unit, yearly};

const DAY: &str = "2026-11-23";

fn account(department: &str) -> Account<'_> {
    Account { license_type: "can-edit", billable: true, department: Some(department), ..Account::default() }
}

fn of(departments: &[(&'static str, usize)]) -> Vec<Account<'static>> {
    departments.iter().flat_map(|(name, number)| std::iter::repeat_n(account(name), *number)).collect()
}

fn by_department(types: &[TypeFacts], purchases: &[Purchase], accounts: Vec<Account>) -> Chargeback {
    let setting = dollars();
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

/// How many accounts each purchase pays for by its rules.
fn payers(accounts: &[Account], purchases: &[Purchase]) -> BTreeMap<Payer, u64> {
    let force = in_force(day(DAY), purchases);
    let mut payers: BTreeMap<Payer, u64> = BTreeMap::new();
    for account in accounts {
        *payers.entry(payer(account, &force)).or_default() += 1;
    }
    payers.remove(&Payer::Average);
    payers
}

/// The headline, told who pays for whom as the application tells it.
fn headline(accounts: &[Account], facts: &TypeFacts, purchases: &[Purchase]) -> Spend {
    let setting = dollars();
    spend_in(day(DAY), &[TypeFacts { payers: payers(accounts, purchases), ..facts.clone() }], purchases, setting)
}

/// Every basis, told the same.
fn every_basis(accounts: &[Account], facts: &TypeFacts, purchases: &[Purchase]) -> Bases {
    let setting = dollars();
    bases(day(DAY), &[TypeFacts { payers: payers(accounts, purchases), ..facts.clone() }], purchases, setting)
}

/// Waste now, waste at renewal, unassigned seats.
fn wasted(found: &Bases) -> [String; 3] {
    [&found.waste_now, &found.waste_at_renewal, &found.spend.waste_annual].map(shown)
}

#[test]
fn no_seat_is_given_up_that_a_rule_has_taken() {
    let sales = vec![Match::Department("Sales".to_owned())];
    let open = Purchase { term: term("2026-04-01", None), ..paying(1, 20, "100", sales, false) };
    let bought = [open, yearly(2, 20, "10")];
    let found = every_basis(&of(&[("Sales", 20), ("IT", 7)]), &can_edit(27), &bought);
    assert_eq!(wasted(&found), ["0.00 USD", "130.00 USD", "130.00 USD"], "all spare seats are those of IT");
    let some = every_basis(&of(&[("Sales", 15), ("IT", 20)]), &can_edit(35), &bought);
    assert_eq!(wasted(&some)[0], "500.00 USD", "5 seats that no rule has taken");
    let idle =
        TypeFacts { activity: ActivityCounts { active: 24, inactive: 3, ..ActivityCounts::default() }, ..can_edit(27) };
    let found = every_basis(&of(&[("Sales", 20), ("IT", 7)]), &idle, &bought);
    assert_eq!(wasted(&found)[..2], ["300.00 USD", "130.00 USD"], "3 who are not active leave a seat free wherever");
}

#[test]
fn unlimited_seats_that_pay_for_nobody_are_given_up_when_their_purchase_ends() {
    let sales = || vec![Match::Department("Sales".to_owned())];
    let unlimited = |last| Purchase {
        quantity: Quantity::Unlimited,
        price: lot("1000"),
        term: term("2026-04-01", last),
        ..paying(1, 1, "0", sales(), false)
    };
    let accounts = of(&[("IT", 8)]);
    let fixed = every_basis(&accounts, &can_edit(8), &[unlimited(Some("2027-03-31")), yearly(2, 10, "10")]);
    assert_eq!(wasted(&fixed), ["0.00 USD", "1020.00 USD", "1020.00 USD"]);
    let told: Vec<&str> = fixed.waste_at_renewal.because.parts.iter().map(|part| part.label.as_str()).collect();
    assert_eq!(told, ["Can-Edit: unlimited seats for nobody until 31 Mar 2027", "Can-Edit: 2 seats until 31 Mar 2027"]);
    let open = every_basis(&accounts, &can_edit(8), &[unlimited(None), yearly(2, 10, "10")]);
    assert_eq!(wasted(&open), ["1000.00 USD", "20.00 USD", "1020.00 USD"]);
}

#[test]
fn whoever_sits_in_unlimited_seats_by_a_rule_holds_no_counted_one() {
    let sales = vec![Match::Department("Sales".to_owned())];
    let unlimited = Purchase { quantity: Quantity::Unlimited, price: lot("1000"), ..paying(1, 1, "0", sales, false) };
    let found = every_basis(&of(&[("Sales", 5), ("IT", 8)]), &can_edit(13), &[unlimited, yearly(2, 10, "10")]);
    assert_eq!(wasted(&found), ["0.00 USD", "20.00 USD", "20.00 USD"]);
    let spare = &found.spend.by_type[0].waste_annual.because.parts[0];
    assert_eq!((spare.result.as_str(), spare.arithmetic.as_str()), ("2 seats", "10 seats − 8 members"));
    let [billable, committed] = [&found.spend.billable_annual, &found.spend.committed_annual].map(shown);
    assert_eq!((billable.as_str(), committed.as_str()), ("1080.00 USD", "1100.00 USD"), "with the waste the same");
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

fn any_match() -> impl Strategy<Value = Match> {
    let name =
        || prop::sample::select(&["Sales", "sales ", "IT", "Größe", "GRÖSSE", "größe"][..]).prop_map(str::to_owned);
    prop_oneof![
        name().prop_map(Match::Department),
        name().prop_map(Match::CostCenter),
        name().prop_map(Match::Group),
        prop::sample::select(&["@lab.example", "@EXAMPLE", "ann@lab.example"][..])
            .prop_map(|email| Match::Email(email.to_owned())),
    ]
}

proptest! {
    #[test]
    fn who_pays_is_looked_up_as_it_is_told_rule_by_rule(
        rules in prop::collection::vec((prop::collection::vec(any_match(), 0..3), any::<bool>(), 0i64..3), 0..6),
        names in prop::array::uniform3(prop::sample::select(&["Sales", "SALES", "it", "Größe", ""][..])),
        email in prop::option::of(prop::sample::select(&["Ann@Lab.example", "b@x@example", "c", "@lab.example "][..])),
    ) {
        let bought: Vec<Purchase> = (1..).zip(rules).map(|(id, (rules, fallback, later))| {
            let from = day("2026-04-01").saturating_add(jiff::Span::new().days(later));
            let purchase = paying(id, 5, "10", rules, fallback);
            Purchase { term: ledger::Term { from, ..purchase.term }, ..purchase }
        }).collect();
        let [department, cost_center, group] = names;
        let groups = [group.to_owned(), "Others".to_owned()];
        let account =
            Account { email, cost_center: Some(cost_center), groups: &groups, ..account(department) };
        let force = in_force(day(DAY), &bought);
        prop_assert_eq!(ledger::Paying::new(&force).payer(&account), payer(&account, &force));
    }
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
        let headline = [&spend.billable_annual, &spend.waste_annual].map(|line| {
            line.value.as_ref().map(|value| ledger::format::rounded(&value.amount, value.currency))
        });
        prop_assert_eq!([sum, value(&found.unassigned)], headline, "to the cent, as the headline shows it");
        prop_assert_eq!(found.rows.iter().map(|row| row.accounts).sum::<u64>(), number);
    }

    /// However rules divide the seats: what is wasted is in one of the two, at one price exactly; and with what the
    /// accounts cost it is what the contracts cost.
    #[test]
    fn waste_now_and_at_renewal_are_the_seats_that_nobody_holds(
        bought in prop::collection::vec((any_purchase(), any::<bool>()), 1..5),
        cents in 1u32..5_000,
        numbers in [0usize..9, 0usize..9, 0usize..9, 0usize..4],
    ) {
        let price = unit(&format!("{}.{:02}", cents / 100, cents % 100));
        let bought: Vec<Purchase> = (1..).zip(bought).map(|(id, (one, open))| Purchase {
            id: PurchaseId(id),
            price: if one.quantity == Quantity::Unlimited { lot("1000") } else { price },
            term: term("2026-04-01", (!open).then_some("2027-03-31")),
            ..one
        }).collect();
        let accounts = of(&[("Sales", numbers[0]), ("IT", numbers[1]), ("Ops", numbers[2]), ("", numbers[3])]);
        let facts = can_edit(accounts.len() as u64);
        let found = every_basis(&accounts, &facts, &bought);
        let both = value(&found.waste_now).zip(value(&found.waste_at_renewal)).map(|(now, later)| now + later);
        prop_assert_eq!(&both, &value(&found.spend.waste_annual));
        let (mut left, mut others) = (0, accounts.len() as u64);
        let payers = payers(&accounts, &bought);
        for one in &bought {
            let named: u64 = payers.iter().filter(|(payer, _)| matches!(payer, Payer::Matched(id) | Payer::Fallback(id) if *id == one.id)).map(|(_, number)| number).sum();
            let seats = match one.quantity { Quantity::Seats(seats) => u64::from(seats), Quantity::Unlimited => u64::MAX };
            let taken = named.min(seats);
            others -= taken;
            let free = if seats == u64::MAX { 0 } else { seats - taken };
            left += free;
            let given: u64 = found.waste.iter().filter(|wasted| wasted.purchase == one.id).map(|wasted| wasted.seats).sum();
            prop_assert!(given <= free, "{} of {} seats of {:?}", given, free, one.id);
        }
        prop_assert_eq!(found.waste.iter().map(|wasted| wasted.seats).sum::<u64>(), left.saturating_sub(others));
        // Whom no seat is left for is charged beside the contracts.
        let committed = value(&found.spend.committed_annual);
        if others <= left {
            prop_assert_eq!(value(&found.spend.billable_annual).zip(both).map(|(billable, wasted)| billable + wasted), committed);
        }
    }
}
