//! spend.md D2: every basis beside the headline. D10 cases 19 and 25 as far as they are the ledger's.

use ledger::{
    ActivityCounts, Bases, Commitment, Conditions, Fee, Frequency, Line, Overage, OverageFrom, OverageRate, Proration,
    Purchase, PurchaseId, Quantity, Rule, Setting, TypeFacts, bases,
};

use crate::fees::fee;
use crate::make::{can_edit, caveat, currency, day, lot, purchase, shown, term, totals, unit, view_only, yearly};

const DAY: &str = "2026-11-23";

fn on(types: &[TypeFacts], purchases: &[Purchase], fees: &[Fee]) -> Bases {
    bases(day(DAY), types, purchases, Setting { fees, default: Some(currency("USD")), ..Setting::default() })
}

/// Everybody is monitored; who is not active was so before.
fn active(accounts: u64, active: u64) -> TypeFacts {
    seen(accounts, ActivityCounts { active, inactive: accounts - active, ..ActivityCounts::default() })
}

fn seen(accounts: u64, activity: ActivityCounts) -> TypeFacts {
    TypeFacts { activity, ..can_edit(accounts) }
}

#[test]
fn the_headline_of_the_bases_is_the_spend() {
    let found = on(&[can_edit(48)], &[purchase()], &[]);
    assert_eq!(totals(&found.spend), ["5184.00 USD", "5400.00 USD", "216.00 USD"]);
    assert_eq!(found.committed_annual, found.spend.committed_annual, "without fees they are the same");
}

#[test]
fn used_spend_is_for_active_accounts_and_absent_where_activity_is_not_monitored() {
    let found = on(&[active(48, 30)], &[purchase()], &[]);
    assert_eq!(shown(&found.used_annual), "3240.00 USD");
    assert_eq!(shown(&found.idle_annual), "1944.00 USD");
    assert_eq!(found.used_annual.because.parts[0].arithmetic, "30 accounts × $108.00");
    let blind = on(&[can_edit(48)], &[purchase()], &[]);
    assert_eq!([shown(&blind.used_annual), shown(&blind.cost_per_active)], ["?", "?"]);
    assert_eq!(caveat(&blind.used_annual), "Activity of Can-Edit is not monitored.");
    let free = TypeFacts { free: true, ..view_only(300) };
    assert_eq!(shown(&on(&[active(48, 30), free], &[purchase()], &[]).used_annual), "3240.00 USD");
}

#[test]
fn waste_in_all_is_unassigned_seats_and_accounts_that_are_not_active() {
    let never = ActivityCounts { active: 30, inactive: 10, never: 8, not_monitored: 0 };
    let found = on(&[seen(48, never)], &[purchase()], &[]);
    assert_eq!(shown(&found.idle_annual), "1944.00 USD", "10 inactive and 8 who were never active");
    assert_eq!(shown(&found.waste_in_all), "2160.00 USD", "and 2 seats that nobody holds");
    let labels = found.waste_in_all.because.parts.iter().map(|part| part.label.as_str()).collect::<Vec<_>>();
    assert_eq!(labels[1], "Inactive accounts a year");
    let blind = on(&[can_edit(48)], &[purchase()], &[]);
    assert_eq!(shown(&blind.waste_in_all), "?");
    assert_eq!(caveat(&blind.waste_in_all), "Activity of Can-Edit is not monitored.");
}

#[test]
fn of_accounts_that_are_not_monitored_figures_tell_the_range_that_they_leave_open() {
    let some = ActivityCounts { active: 30, inactive: 4, never: 2, not_monitored: 12 };
    let found = on(&[seen(48, some)], &[purchase()], &[]);
    assert_eq!([shown(&found.used_annual), shown(&found.idle_annual)], ["3240.00 USD", "648.00 USD"]);
    let open = "Activity of 12 of 48 Can-Edit accounts is not monitored";
    assert_eq!(caveat(&found.used_annual), format!("{open}: between $3,240.00 and $4,536.00."));
    assert_eq!(caveat(&found.idle_annual), format!("{open}: between $648.00 and $1,944.00."));
    assert_eq!(shown(&found.cost_per_active), "?", "an amount by too few accounts would be too high");
    let each = "Activity of 12 accounts is not monitored: between $123.43 and $172.80.";
    assert_eq!(caveat(&found.cost_per_active), each, "$5,184.00 by 42 and by 30");
    assert_eq!(shown(&found.waste_at_renewal), "864.00 USD", "2 unassigned and 6 that are known not to be active");
    assert_eq!(caveat(&found.waste_at_renewal), format!("{open}: not included."));
    assert_eq!(
        (shown(&found.waste_now), &found.waste_now.caveat),
        ("0.00 USD".to_owned(), &None),
        "the term is agreed"
    );
    assert_eq!(caveat(&found.waste_in_all), format!("Inactive accounts: {open}: between $648.00 and $1,944.00."));
    let nobody = ActivityCounts { inactive: 1, not_monitored: 47, ..ActivityCounts::default() };
    let found = on(&[seen(48, nobody)], &[purchase()], &[]);
    assert_eq!(caveat(&found.cost_per_active), "Activity of 47 accounts is not monitored: $110.30 or more.");
}

#[test]
fn deactivated_accounts_that_are_charged_for_are_named_in_the_reason() {
    let facts = TypeFacts { deactivated: 3, ..can_edit(48) };
    let found = on(&[facts], &[purchase()], &[]);
    let reason = &found.spend.by_type[0].billable_annual.because.parts[0];
    assert_eq!(reason.label, "Can-Edit: deactivated accounts are charged for");
    assert_eq!([reason.arithmetic.as_str(), reason.result.as_str()], ["45 active + 3 deactivated", "48 accounts"]);
    assert_eq!(shown(&found.spend.billable_annual), "5184.00 USD");
}

#[test]
fn waste_is_split_into_now_and_at_renewal_with_its_days() {
    let open = Purchase { term: term("2026-01-01", None), notice_days: Some(30), ..yearly(1, 10, "120") };
    let fixed = Purchase { notice_days: Some(60), ..yearly(2, 30, "120") };
    let later = Purchase { term: term("2026-04-01", Some("2028-03-31")), ..yearly(3, 30, "120") };
    let found = on(&[active(50, 40)], &[later, fixed, open], &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["1200.00 USD", "2400.00 USD"]);
    let seats: Vec<_> = found.waste.iter().map(|one| (one.purchase.0, one.seats, one.notice_by)).collect();
    let notice = Some(day("2027-01-30"));
    assert_eq!(seats, [(1, 10, None), (2, 20, notice)], "20 unassigned and 10 inactive: first to end, first given up");
    let part = &found.waste_at_renewal.because.parts[0];
    assert_eq!(part.label, "Can-Edit: 20 seats until 31 Mar 2027, notice by 30 Jan 2027");
    assert_eq!(part.arithmetic, "20 seats × $120.00");
}

#[test]
fn the_newest_purchase_gives_up_seats_first_in_whatever_order_they_were_entered() {
    let from = |from, unit: &str, last| Purchase { term: term(from, last), ..yearly(0, 40, unit) };
    let wasted = |bought: [Purchase; 2]| {
        let [first, second] = bought;
        let numbered = [Purchase { id: PurchaseId(1), ..first }, Purchase { id: PurchaseId(2), ..second }];
        let found = on(&[can_edit(63)], &numbered, &[]);
        [shown(&found.waste_now), shown(&found.waste_at_renewal)]
    };
    for (last, expected) in [(None, ["1700.00 USD", "0.00 USD"]), (Some("2026-12-31"), ["0.00 USD", "1700.00 USD"])] {
        let [old, new] = [from("2026-01-01", "10", last), from("2026-09-01", "100", last)];
        assert_eq!(wasted([old.clone(), new.clone()]), expected, "17 of the newer ones, at 100 each");
        assert_eq!(wasted([new, old]), expected, "it is the first day that tells which one is newer, not the entry");
    }
}

#[test]
fn of_one_contract_the_seats_that_were_added_last_go_first_and_a_newer_contract_before_them() {
    let old = Purchase { term: term("2026-01-01", None), ..yearly(3, 40, "10") };
    let mut added = ledger::co_terminated(&old, day("2026-09-01"), 10).unwrap();
    added.id = PurchaseId(2);
    let newer = Purchase { term: term("2026-03-01", None), ..yearly(1, 5, "100") };
    let found = on(&[can_edit(38)], &[old, added, newer], &[]);
    let seats: Vec<_> = found.waste.iter().map(|one| (one.purchase.0, one.seats)).collect();
    assert_eq!(seats, [(1, 5), (2, 10), (3, 2)], "added seats are as old as the contract that they belong to");
}

#[test]
fn what_is_paid_once_saves_nothing_now() {
    let life = Conditions { once: ledger::OncePolicy::Life(24), ..Conditions::default() };
    let once = Purchase {
        frequency: Frequency::Once,
        price: lot("2400"),
        term: term("2026-02-01", None),
        conditions: life,
        ..yearly(1, 100, "0")
    };
    let found = on(&[can_edit(63)], std::slice::from_ref(&once), &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["0.00 USD", "444.00 USD"]);
    let told = ("Can-Edit: 37 seats, paid once and for all", "$444.00");
    assert_eq!(parts(&found.waste_at_renewal), [told], "nothing more is ever paid for them");
    let monthly = Purchase { term: term("2026-04-01", None), ..yearly(2, 40, "12") };
    let found = on(&[can_edit(63)], &[once.clone(), monthly], &[]);
    let seats: Vec<_> = found.waste.iter().map(|one| (one.purchase.0, one.seats, one.now)).collect();
    assert_eq!(seats, [(2, 40, true), (1, 37, false)], "what is still paid is given up first");
    let unlimited = Purchase { quantity: Quantity::Unlimited, ..once };
    let found = on(&[can_edit(0)], &[unlimited], &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["0.00 USD", "1200.00 USD"], "for nobody");
}

#[test]
fn waste_without_an_end_can_be_given_up_now_and_nothing_is_wasted_twice() {
    let found = on(&[can_edit(48)], &[purchase()], &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["0.00 USD", "216.00 USD"]);
    assert_eq!(shown(&found.spend.waste_annual), "216.00 USD");
}

#[test]
fn the_run_rate_has_what_is_agreed_for_accounts_beyond_the_seats() {
    let agreed = |charged, frequency| {
        let rate = OverageRate::Own("15".parse().unwrap());
        let overage = Some(Overage { rate, charged, proration: Proration::Daily });
        Purchase { frequency, conditions: Conditions { overage, ..Conditions::default() }, ..purchase() }
    };
    let run_rate = |bought: Purchase| on(&[can_edit(53)], &[bought], &[]).run_rate;
    let held = run_rate(agreed(OverageFrom::Start, Frequency::Monthly));
    assert_eq!(shown(&held), "5940.00 USD", "50 × 108 and 3 × 180, as the headline has it");
    assert_eq!(parts(&held)[1], ("Can-Edit: accounts beyond the seats", "$540.00"));
    assert_eq!(shown(&run_rate(purchase())), "5400.00 USD", "nothing is billed for what nobody agreed on");
    let trued_up = run_rate(agreed(OverageFrom::TrueUp(day("2026-11-01")), Frequency::Monthly));
    assert_eq!(shown(&trued_up), "5940.00 USD");
    let to_come = run_rate(agreed(OverageFrom::TrueUp(day("2026-12-01")), Frequency::Monthly));
    assert_eq!(shown(&to_come), "5400.00 USD");
    let said = "3 accounts of Can-Edit have no seat and are charged from the true-up of 1 Dec 2026 on.";
    assert_eq!(caveat(&to_come), said);
    assert_eq!(shown(&run_rate(agreed(OverageFrom::Start, Frequency::Once))), "0.00 USD", "paid once");
    let unlimited = Purchase { quantity: Quantity::Unlimited, ..yearly(2, 1, "120") };
    let both = on(&[can_edit(53)], &[agreed(OverageFrom::Start, Frequency::Monthly), unlimited], &[]);
    assert_eq!(shown(&both.run_rate), "5760.00 USD", "beside unlimited seats nobody is without one");
}

/// 50 seats at 9.00 a month, 400.00 a month at least: 600.00 a year stand above it.
fn committed(last: Option<&str>, commitment: Commitment) -> Purchase {
    let conditions = Conditions { commitment, ..Conditions::default() };
    Purchase { term: term("2026-04-01", last), notice_days: Some(60), conditions, ..purchase() }
}

fn monthly(least: &str) -> Commitment {
    Commitment { per_payment: Some(least.parse().unwrap()), term: None }
}

fn parts(line: &Line) -> Vec<(&str, &str)> {
    line.because.parts.iter().map(|part| (part.label.as_str(), part.result.as_str())).collect()
}

#[test]
fn an_agreed_term_gives_nothing_up_before_its_renewal_whether_above_its_minimum_or_below() {
    for least in ["100", "400", "500"] {
        let found = on(&[can_edit(40)], &[committed(Some("2027-03-31"), monthly(least))], &[]);
        let wasted = found.spend.waste_annual.value.clone();
        assert_eq!((shown(&found.waste_now).as_str(), &found.waste_at_renewal.value), ("0.00 USD", &wasted), "{least}");
        let label = "Can-Edit: 10 seats until 31 Mar 2027, notice by 30 Jan 2027";
        assert_eq!(parts(&found.waste_at_renewal)[0].0, label, "it is the term that holds them");
    }
}

#[test]
fn a_minimum_without_an_end_holds_until_the_contract_is_changed() {
    let found = on(&[can_edit(40)], &[committed(None, monthly("400"))], &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["540.00 USD", "540.00 USD"]);
    let held = "Can-Edit: 5 seats until the contract is changed, held by the minimum of $4,800.00 a year";
    assert_eq!(parts(&found.waste_now), [("Can-Edit: 5 seats", "$540.00")], "5 × 108 fit into 600 in full");
    assert_eq!(parts(&found.waste_at_renewal), [(held, "$540.00")]);
    let few = on(&[can_edit(47)], &[committed(None, monthly("400"))], &[]);
    assert_eq!(
        [shown(&few.waste_now), shown(&few.waste_at_renewal)],
        ["324.00 USD", "0.00 USD"],
        "all stands above it"
    );
    let all = on(&[can_edit(40)], &[committed(None, monthly("500"))], &[]);
    assert_eq!([shown(&all.waste_now), shown(&all.waste_at_renewal)], ["0.00 USD", "1200.00 USD"], "nothing does");
}

#[test]
fn what_an_agreed_term_holds_another_purchase_may_give_up() {
    let held = committed(Some("2027-03-31"), monthly("400"));
    let free = Purchase { id: PurchaseId(2), term: term("2026-04-01", None), ..purchase() };
    let found = on(&[can_edit(92)], &[held.clone(), free.clone()], &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["864.00 USD", "0.00 USD"], "8 of 50");
    let found = on(&[can_edit(40)], &[held, free], &[]);
    let seats: Vec<_> = found.waste.iter().map(|one| (one.purchase.0, one.seats, one.now)).collect();
    assert_eq!(seats, [(2, 50, true), (1, 10, false)], "60 of 100");
}

#[test]
fn the_run_rate_leaves_out_what_is_paid_once() {
    let once = Purchase { frequency: Frequency::Once, price: lot("10000"), ..yearly(2, 50, "0") };
    let found =
        on(&[can_edit(48)], &[purchase(), once], &[fee("250", Frequency::Quarterly), fee("900", Frequency::Once)]);
    assert_eq!(shown(&found.run_rate), "6400.00 USD", "5,400 and 4 × 250");
    assert_eq!(shown(&found.spend.committed_annual), "15400.00 USD");
}

#[test]
fn a_figure_that_is_made_of_others_is_rounded_once() {
    let eighteen_months = Purchase { price: lot("100"), frequency: Frequency::Every18Months, ..yearly(1, 1, "0") };
    let found = on(&[can_edit(1)], &[eighteen_months], &[fee("100", Frequency::Every18Months)]);
    let made_of = [&found.spend.committed_annual, &found.fees_annual, &found.committed_annual];
    assert_eq!(made_of.map(shown), ["66.67 USD", "66.67 USD", "133.33 USD"], "2 × 66.666… is 133.333…");
    assert_eq!(found.committed_annual.because.arithmetic, "$200.00 ÷ 3 + $200.00 ÷ 3", "what is added is exact");
    assert_eq!(parts(&found.committed_annual)[0].1, "$66.67", "and its parts show what they show elsewhere");
    assert_eq!(shown(&found.cost_per_billable), "133.33 USD");

    let year = Purchase { price: lot("100"), term: term("2026-01-01", Some("2026-12-31")), ..yearly(1, 66, "0") };
    let found = on(&[active(63, 62)], &[year], &[]);
    let wasted = [&found.spend.waste_annual, &found.idle_annual, &found.waste_in_all, &found.waste_at_renewal];
    let expected = ["4.55 USD", "1.52 USD", "6.06 USD", "6.06 USD"];
    assert_eq!(wasted.map(shown), expected, "4 × 1.5151… are the same amount, whenever it can be realised");

    let thousand = Purchase { price: lot("1334.94"), ..yearly(1, 1000, "0") };
    for (accounts, total) in [(1000, "1334.94 USD"), (1, "1.33 USD"), (37, "49.39 USD")] {
        let found = on(&[can_edit(accounts)], std::slice::from_ref(&thousand), &[]);
        let each = [&found.spend.billable_annual, &found.cost_per_billable, &found.spend.by_type[0].unit_annual];
        assert_eq!(each.map(shown), [total, "1.33 USD", "1.33 USD"], "an account costs what its seat costs");
    }
}

#[test]
fn license_types_still_add_up_to_what_their_total_shows() {
    let third = |id, key: &str| Purchase { license_type: key.to_owned(), price: lot("100"), ..yearly(id, 3, "0") };
    let types = ["a", "b"].map(|key| crate::make::type_of(key, key, 2));
    let found = on(&types, &[third(1, "a"), third(2, "b")], &[fee("100", Frequency::Every18Months)]);
    let types: Vec<String> = found.spend.by_type.iter().map(|of_type| shown(&of_type.billable_annual)).collect();
    assert_eq!(
        (types, shown(&found.spend.billable_annual)),
        (vec!["66.67 USD".into(), "66.66 USD".into()], "133.33 USD".into())
    );
    assert_eq!(shown(&found.cost_per_billable), "50.00 USD", "(133.333… + 66.666…) ÷ 4, not (133.33 + 66.666…) ÷ 4");
}

#[test]
fn case_19_a_fee_that_ended_yesterday_is_not_counted() {
    let ended = Fee { term: term("2026-04-01", Some("2026-11-22")), ..fee("100", Frequency::Annually) };
    let today = Fee { term: term("2026-04-01", Some("2026-11-23")), ..ended.clone() };
    assert_eq!(shown(&on(&[can_edit(48)], &[purchase()], &[ended]).fees_annual), "0.00 USD");
    assert_eq!(shown(&on(&[can_edit(48)], &[purchase()], &[today]).fees_annual), "100.00 USD", "its last day");
}

#[test]
fn fees_count_where_their_switches_say() {
    let both = fee("480", Frequency::Annually);
    let per_account = Fee { in_annual_spend: false, ..both.clone() };
    let annual = Fee { in_cost_per_account: false, ..both.clone() };
    let figures = |fee: Fee| {
        let found = on(&[can_edit(48)], &[purchase()], &[fee]);
        [shown(&found.committed_annual), shown(&found.cost_per_billable)]
    };
    assert_eq!(figures(both), ["5880.00 USD", "118.00 USD"], "(5,184 + 480) ÷ 48");
    assert_eq!(figures(annual), ["5880.00 USD", "108.00 USD"]);
    assert_eq!(figures(per_account), ["5400.00 USD", "118.00 USD"]);
}

#[test]
fn case_11_a_cost_per_account_without_accounts_is_absent_with_its_reason() {
    let found = on(&[can_edit(0)], &[purchase()], &[]);
    assert_eq!(shown(&found.cost_per_billable), "?");
    assert_eq!(caveat(&found.cost_per_billable), "There are 0 accounts to divide by.");
}

#[test]
fn contract_values_are_for_the_term_and_for_the_year() {
    let three_years = Purchase { term: term("2026-04-01", Some("2029-03-31")), ..yearly(1, 10, "100") };
    let nine_months = Purchase {
        term: term("2026-07-01", Some("2027-03-31")),
        frequency: Frequency::Once,
        price: lot("900"),
        ..yearly(2, 1, "0")
    };
    let open = Purchase { term: term("2026-04-01", None), ..yearly(3, 1, "50") };
    let found = on(&[can_edit(5)], &[three_years, nine_months, open], &[]);
    let values = [&found.total_contract_value, &found.annual_contract_value];
    assert_eq!(values.map(shown), ["3900.00 USD", "2200.00 USD"], "3,000 + 900; 1,000 + 1,200");
    assert_eq!(caveat(values[0]), "1 purchase without an end or priced by the accounts: not included.");
    assert_eq!(values[1].because.parts[0].arithmetic, "$900.00 × 12 ÷ 9 months", "newest first");
}

#[test]
fn committed_spend_never_falls_below_a_minimum() {
    let commitment = Commitment { per_payment: Some("100".parse().unwrap()), term: None };
    let floored = Conditions { commitment, ..Conditions::default() };
    let counted = Purchase { conditions: floored.clone(), ..Purchase { quantity: Quantity::Seats(5), ..purchase() } };
    assert_eq!(shown(&on(&[can_edit(5)], &[counted], &[]).committed_annual), "1200.00 USD", "5 × 9 < 100");
    let unlimited = Purchase { quantity: Quantity::Unlimited, conditions: floored, ..purchase() };
    let few = on(&[can_edit(5)], std::slice::from_ref(&unlimited), &[]);
    assert_eq!(totals(&few.spend), ["1200.00 USD", "1200.00 USD", "0.00 USD"]);
    assert_eq!(few.spend.by_type[0].billable_annual.because.parts[0].rule, Rule::PaymentMinimum);
    let many = on(&[can_edit(50)], &[unlimited], &[]);
    assert_eq!(totals(&many.spend), ["5400.00 USD", "1200.00 USD", "0.00 USD"], "max of commitment and usage");
    assert_eq!(shown(&many.run_rate), "5400.00 USD");
}

#[test]
fn case_10_seats_beyond_the_purchased_ones_cost_their_own_price_where_one_is_agreed() {
    let rate = OverageRate::Own("15".parse().unwrap());
    let overage = Some(Overage { rate, charged: OverageFrom::Start, proration: Proration::Daily });
    let agreed =
        Purchase { conditions: Conditions { overage, ..Conditions::default() }, price: unit("9"), ..purchase() };
    let found = on(&[can_edit(53)], &[agreed], &[]);
    assert_eq!(shown(&found.spend.billable_annual), "5940.00 USD", "50 × 108 + 3 × 180");
    let parts = &found.spend.by_type[0].billable_annual.because;
    assert_eq!(parts.arithmetic, "50 accounts × $108.00 + 3 accounts × $180.00");
    assert_eq!(parts.parts[1].rule, Rule::Overage);
}

#[test]
fn what_is_given_up_saves_its_own_price() {
    let monthly = |id, unit: &str, last| Purchase {
        id: PurchaseId(id),
        quantity: Quantity::Seats(20),
        price: crate::make::unit(unit),
        term: term("2026-04-01", last),
        ..purchase()
    };
    let both = [monthly(1, "10", None), monthly(2, "100", Some("2027-03-31"))];
    let found = on(&[can_edit(27)], &both, &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["1560.00 USD", "0.00 USD"], "13 × 10 × 12");
    let found = on(&[can_edit(15)], &both, &[]);
    assert_eq!([shown(&found.waste_now), shown(&found.waste_at_renewal)], ["2400.00 USD", "6000.00 USD"], "20 and 5");
}

#[test]
fn inactive_accounts_in_unlimited_seats_are_wasted_too() {
    let open = Purchase { quantity: Quantity::Unlimited, term: term("2026-04-01", None), ..purchase() };
    let found = on(&[active(48, 40)], &[open], &[]);
    assert_eq!(parts(&found.waste_now), [("Can-Edit: 8 accounts in unlimited seats", "$864.00")]);
}
