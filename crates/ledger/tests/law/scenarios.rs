//! What-if: changes beside the present.

use ledger::{
    Basis, Change, Commitment, Conditions, Exact, Frequency, Outlook, Purchase, PurchaseId, Quantity, RenewalTerms,
    Renewing, Repriced, Scenario, SeatChange, TypeFacts, apply, compared, display_amount, forecast,
};

use crate::make::{can_edit, currency, day, dollars, outlook, purchase, shown, term, view_only, yearly};

fn changed(changes: Vec<Change>) -> Scenario {
    Scenario { name: "What if".to_owned(), changes }
}

fn types() -> Vec<TypeFacts> {
    vec![can_edit(48), TypeFacts { free: true, ..view_only(300) }]
}

fn seats(purchase: PurchaseId, seats: i64) -> Change {
    Change::Seats { purchase, seats, day: day("2026-11-23") }
}

fn figures(changes: Vec<Change>) -> Vec<(&'static str, String, String)> {
    let setting = dollars();
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
    let today = day("2026-11-23");
    assert_eq!(committed(seats(id, -10)).1, "4000.00 USD");
    assert_eq!(committed(Change::Price { purchase: id, amount: "90".parse().unwrap(), day: today }).2, "-500.00 USD");
    let amount = "9".parse().unwrap();
    let monthly = Change::Frequency { purchase: id, frequency: Frequency::Monthly, amount, day: today };
    assert_eq!(committed(monthly).1, "5400.00 USD", "the vendor's own monthly price × 12");
    let tcv = figures(vec![Change::LastDay { purchase: id, last_day: day("2028-03-31") }]);
    assert_eq!(tcv[4], ("Total contract value", "10000.00 USD".to_owned(), "5000.00 USD".to_owned()));
    let euros = Change::Currency { purchase: id, currency: currency("EUR"), amount: "95".parse().unwrap(), day: today };
    assert_eq!(committed(euros), ("Committed annual spend", "4750.00 EUR".to_owned(), "?".to_owned()));
    assert_eq!(figures(vec![])[1].2, "0.00 USD");
}

#[test]
fn another_number_of_seats_leaves_the_minimum_as_it_was_agreed() {
    let with = |seats, per_payment: Option<&str>, of_term: Option<&str>, bought: Purchase| {
        let [per_payment, term] = [per_payment, of_term].map(|least| least.map(|least| least.parse().unwrap()));
        let conditions = Conditions { commitment: Commitment { per_payment, term }, ..Conditions::default() };
        Purchase { quantity: Quantity::Seats(seats), conditions, ..bought }
    };
    let (quarter, agreed) = (Frequency::Quarterly, term("2026-03-01", Some("2028-02-29")));
    let quarters = Purchase { frequency: quarter, term: agreed, ..purchase() };
    let monthly = Purchase { term: term("2026-04-01", None), ..purchase() };
    let labels = ["Committed annual spend", "Run-rate a year", "Total contract value"];
    let differences = |bought: &Purchase, more| {
        let found = beside(std::slice::from_ref(bought), vec![seats(PurchaseId(1), more)]);
        labels.map(|label| (shown(&of(&found, label).scenario), shown(&of(&found, label).difference)))
    };
    let told = |figures: [[&str; 2]; 3]| figures.map(|[then, more]| (format!("{then} USD"), format!("{more} USD")));
    let held = with(40, Some("2000"), None, quarters);
    let same = told([["8000.00", "0.00"], ["8000.00", "0.00"], ["16000.00", "0.00"]]);
    assert_eq!(differences(&held, 10), same, "50 × 9 a quarter are not 2,000 either");
    assert_eq!(differences(&held, -10), same, "and 30 save nothing");
    let [committed, run_rate, _] = differences(&with(100, Some("900"), None, monthly.clone()), -37);
    let nothing = ("10800.00 USD".to_owned(), "0.00 USD".to_owned());
    assert_eq!([committed, run_rate], [nothing.clone(), nothing], "the minimum holds all 100 seats");
    let [committed, ..] = differences(&with(110, Some("900"), None, monthly), -37);
    assert_eq!(committed, ("10800.00 USD".to_owned(), "-1080.00 USD".to_owned()), "10 of 37 stand above it");
    let [committed, ..] = differences(&with(40, None, Some("18000"), purchase()), 10);
    assert_eq!(committed, ("18000.00 USD".to_owned(), "0.00 USD".to_owned()), "that of a term is agreed, too");
}

#[test]
fn seats_that_are_planned_for_a_renewal_leave_the_minimum_as_it_was_agreed() {
    let commitment = Commitment { per_payment: Some("900".parse().unwrap()), term: None };
    let renewal = RenewalTerms { seats: Some(63), ..RenewalTerms::default() };
    let conditions = Conditions { commitment, renewal, ..Conditions::default() };
    let planned = Purchase { quantity: Quantity::Seats(100), conditions, ..purchase() };
    let next = ledger::renewed(&planned, None).unwrap();
    assert_eq!((next.quantity, next.conditions.commitment), (Quantity::Seats(63), commitment));
    assert_eq!(next.payment().unwrap().amount, Exact::from(900), "63 × 9 = 567 is below it");
}

#[test]
fn changes_build_on_each_other_in_their_order() {
    let id = PurchaseId(1);
    let found = figures(vec![seats(id, 10), seats(id, -20)]);
    assert_eq!(found[1].1, "4000.00 USD");
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let bought = [yearly(1, 50, "100"), Purchase { quantity: Quantity::Unlimited, ..yearly(2, 1, "1") }];
    let id = PurchaseId(1);
    assert_eq!(
        refusal(seats(PurchaseId(9), 1), &bought),
        "Purchase 9 does not exist: remove the change, or choose another one."
    );
    assert_eq!(refusal(seats(id, -50), &bought), "Purchase 1 has 50 seats: 50 fewer would leave none.");
    assert_eq!(
        refusal(seats(PurchaseId(2), 1), &bought),
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

fn beside(bought: &[Purchase], changes: Vec<Change>) -> ledger::Comparison {
    let setting = dollars();
    compared(day("2026-11-23"), &types(), bought, setting, &[changed(changes)]).unwrap().1.remove(0)
}

fn of<'a>(found: &'a ledger::Comparison, label: &str) -> &'a ledger::Difference {
    found.differences.iter().find(|one| one.label == label).unwrap()
}

#[test]
fn an_agreed_term_keeps_its_seats_and_every_difference_says_until_when() {
    let bought = [Purchase { auto_renews: true, ..yearly(1, 50, "100") }];
    let found = beside(&bought, vec![seats(PurchaseId(1), -10)]);
    let later = "Purchase 1 keeps its seats until 31 Mar 2027, as agreed: 10 seats fewer from 1 Apr 2027 on.";
    assert_eq!((found.from, found.later.as_slice()), (Some(day("2027-04-01")), [later.to_owned()].as_slice()));
    let committed = of(&found, "Committed annual spend");
    assert_eq!(shown(&committed.difference), "-1000.00 USD");
    assert_eq!(committed.difference.caveat.as_deref(), Some(later));
    let tcv = of(&found, "Total contract value");
    assert_eq!([&tcv.scenario, &tcv.difference].map(shown), ["5000.00 USD", "0.00 USD"], "the term is agreed");

    let outlook = Outlook {
        changes: &[SeatChange { purchase: PurchaseId(1), day: day("2026-11-23"), seats: -10 }],
        ..outlook(day("2026-11-23"), 24, Basis::Accrual, &bought)
    };
    let month = |outlook: &Outlook, of: &str| {
        let found = forecast(outlook).expected;
        let index = found.buckets.iter().position(|bucket| bucket.label == of).unwrap();
        found.totals[index].clone().unwrap().amount
    };
    let present = Outlook { changes: &[], ..outlook };
    let same = |of| month(&outlook, of) == month(&present, of);
    assert!(same("Mar 2027") && !same("Apr 2027"), "the forecast saves from the same day on");
}

#[test]
fn seats_of_an_open_ended_purchase_go_with_its_next_payment_and_later_terms_with_theirs() {
    let open = [Purchase { term: term("2026-04-10", None), frequency: Frequency::Monthly, ..yearly(1, 50, "9") }];
    let found = beside(&open, vec![seats(PurchaseId(1), -10)]);
    assert_eq!(found.later, ["Purchase 1: 10 seats fewer from 10 Dec 2026 on."]);
    let bought = [yearly(1, 50, "100")];
    let on = |seats, text: &str| Change::Seats { purchase: PurchaseId(1), seats, day: day(text) };
    assert_eq!(beside(&bought, vec![on(-10, "2027-06-01")]).from, Some(day("2028-04-01")), "the term after that one");
    assert_eq!(beside(&bought, vec![on(10, "2027-01-01")]).later, ["Purchase 1: 10 seats more from 1 Jan 2027 on."]);
    let both = beside(&bought, vec![on(-10, "2026-11-23"), on(5, "2027-01-01")]);
    assert_eq!((both.from, both.later.len()), (Some(day("2027-04-01")), 2), "the last one to count");
    assert_eq!(beside(&bought, vec![]).from, None);
}

#[test]
fn seats_that_are_added_today_are_in_the_total_contract_value_by_days() {
    let bought = [yearly(1, 10, "365")];
    let found = beside(&bought, vec![seats(PurchaseId(1), 1)]);
    assert_eq!((found.from, found.later.len()), (None, 0), "from their day, which is today");
    assert_eq!(of(&found, "Committed annual spend").difference.caveat, None);
    assert_eq!(shown(&of(&found, "Total contract value").difference), "129.00 USD", "129 of 365 days are left");
}

/// What is paid in each month in which something is.
fn paid(bought: &[Purchase], changes: &[SeatChange], repriced: &[Repriced]) -> Vec<(String, String)> {
    let found = forecast(&Outlook {
        changes,
        repriced,
        renewing: Renewing::All,
        ..outlook(day("2026-11-28"), 16, Basis::Cash, bought)
    });
    let totals = found.expected.buckets.iter().zip(&found.expected.totals);
    let shown = totals.filter_map(|(bucket, total)| {
        let amount = display_amount(&total.as_ref()?.amount, currency("USD"));
        (amount != "0.00").then(|| (bucket.label.clone(), amount))
    });
    shown.collect()
}

fn repriced(amount: &str, frequency: Option<Frequency>, on: &str) -> Repriced {
    let amount = amount.parse().unwrap();
    Repriced { purchase: PurchaseId(1), day: day(on), amount, frequency, currency: None }
}

#[test]
fn a_term_that_is_prepaid_is_paid_otherwise_only_once_it_is_renewed() {
    let year = [Purchase { term: term("2026-01-01", Some("2026-12-31")), ..yearly(1, 100, "120") }];
    let monthly = paid(&year, &[], &[repriced("11", Some(Frequency::Monthly), "2026-11-28")]);
    assert_eq!(monthly.len(), 14, "Jan 2027 to Feb 2028: nothing of the months that are paid");
    assert_eq!(monthly[0], ("Jan 2027".to_owned(), "1100.00".to_owned()));
    let dearer = paid(&year, &[], &[repriced("132", None, "2027-06-01")]);
    let of = |month: &str, amount: &str| (month.to_owned(), amount.to_owned());
    assert_eq!(
        dearer,
        [of("Jan 2027", "12000.00"), of("Jan 2028", "13200.00")],
        "with the first renewal after that day"
    );
}

#[test]
fn a_purchase_without_an_end_is_paid_otherwise_from_its_next_payment() {
    let open = [Purchase { term: term("2026-01-15", None), frequency: Frequency::Quarterly, ..yearly(1, 10, "30") }];
    let of = |month: &str, amount: &str| (month.to_owned(), amount.to_owned());
    let dearer = paid(&open, &[], &[repriced("33", None, "2027-01-20")]);
    assert_eq!(dearer[..2], [of("Jan 2027", "300.00"), of("Apr 2027", "330.00")]);
    let more = [SeatChange { purchase: PurchaseId(1), day: day("2027-07-15"), seats: 10 }];
    let lot = [Purchase { price: crate::make::lot("300"), ..open[0].clone() }];
    let both = paid(&lot, &more, &[repriced("330", None, "2027-01-20")]);
    assert_eq!(both[..3], [of("Jan 2027", "300.00"), of("Apr 2027", "330.00"), of("Jul 2027", "660.00")]);
}

#[test]
fn what_was_paid_this_month_is_not_to_be_paid() {
    let monthly = [Purchase {
        term: term("2026-01-01", Some("2026-12-31")),
        frequency: Frequency::Monthly,
        ..yearly(1, 10, "10")
    }];
    assert_eq!(
        paid(&monthly, &[], &[])[0],
        ("Dec 2026".to_owned(), "100.00".to_owned()),
        "the payment of 1 Nov is over"
    );
}

#[test]
fn a_price_counts_from_the_renewal_and_the_contract_values_keep_what_is_agreed() {
    let dearer = Change::Price { purchase: PurchaseId(1), amount: "200".parse().unwrap(), day: day("2026-11-23") };
    let found = beside(&[yearly(1, 50, "100")], vec![dearer]);
    assert_eq!(shown(&of(&found, "Run-rate a year").difference), "5000.00 USD");
    assert_eq!(shown(&of(&found, "Total contract value").difference), "0.00 USD", "the term is agreed");
    assert_eq!(found.from, Some(day("2027-04-01")));
    assert_eq!(found.later, ["Purchase 1 is paid as agreed until then: the new price is paid from 1 Apr 2027 on."]);
}

#[test]
fn another_renewal_date_moves_the_payments_with_it() {
    let year = Purchase {
        term: term("2026-01-01", Some("2026-12-31")),
        proration: ledger::Proration::Daily,
        ..yearly(1, 100, "120")
    };
    let until = |last: &str| {
        let change = Change::LastDay { purchase: PurchaseId(1), last_day: day(last) };
        let (_, purchases) = apply(&changed(vec![change]), &types(), std::slice::from_ref(&year)).unwrap();
        paid(&purchases, &[], &[])
    };
    let of = |month: &str, amount: &str| (month.to_owned(), amount.to_owned());
    assert_eq!(until("2026-12-31"), [of("Jan 2027", "12000.00"), of("Jan 2028", "12000.00")]);
    let later = [of("Jan 2027", "5950.68"), of("Jul 2027", "12000.00")];
    assert_eq!(until("2027-06-30"), later, "181 of 365 days, and then a term of 18 months");
    assert_eq!(until("2026-11-30")[0], of("Dec 2026", "11013.70"), "renewed for 11 months: 335 of 365 days");
}
