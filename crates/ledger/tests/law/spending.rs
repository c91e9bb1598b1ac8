//! spend.md D2, D6 and D10 cases 8 to 13, 21, 22 and 29.

use ledger::{
    Frequency, NoteKind, Purchase, PurchaseId, Quantity, Rule, Spend, TypeFacts, in_force, seats_in_force, spend,
    spend_with_default,
};

use crate::make::{
    can_edit, caveat, currency, day, lot, of, purchase, shown, term, totals, type_of, unit, view_only, yearly,
};

const DAY: &str = "2026-11-23";

fn on(types: &[TypeFacts], purchases: &[Purchase]) -> Spend {
    spend(day(DAY), types, purchases)
}

fn notes(spend: &Spend) -> Vec<(NoteKind, &str)> {
    spend.notes.iter().map(|note| (note.kind, note.sentence.as_str())).collect()
}

#[test]
fn d2_spend_is_billable_accounts_at_the_seat_price_and_waste_is_the_seats_nobody_holds() {
    let spend = on(&[can_edit(48), view_only(300)], &[purchase()]);
    assert_eq!(totals(&spend), ["5184.00 USD", "5400.00 USD", "216.00 USD"]);
    assert_eq!(spend.billable_accounts, 48);
    let edit = of(&spend, "can-edit");
    assert_eq!((edit.purchased, edit.unassigned, edit.over_assigned), (Some(50), Some(2), Some(0)));
    assert_eq!(shown(&edit.unit_annual), "108.00 USD");
    assert_eq!(shown(&of(&spend, "view-only").billable_annual), "0.00 USD");
    assert_eq!(of(&spend, "view-only").billable_annual.because.rule, Rule::NotBillable);
    assert_eq!((spend.unpriced.len(), spend.notes.len(), spend.billable_annual.caveat), (0, 0, None));
    assert_eq!(spend.waste_from, Some(day("2027-04-01")));
}

#[test]
fn every_figure_explains_itself_down_to_its_purchase() {
    let spend = on(&[can_edit(48), view_only(300)], &[purchase()]);
    let total = &spend.billable_annual.because;
    assert_eq!((total.result.as_str(), total.arithmetic.as_str()), ("$5,184.00", "$5,184.00 + $0.00"));
    let edit = &total.parts[0];
    assert_eq!(
        (edit.label.as_str(), edit.arithmetic.as_str()),
        ("Can-Edit: billable accounts", "48 accounts × $108.00")
    );
    let seat = &edit.parts[0];
    assert_eq!((seat.rule, seat.arithmetic.as_str()), (Rule::UnitPrice, "$5,400.00 ÷ 50 seats"));
    let spare = &spend.waste_annual.because.parts[0].parts[0];
    assert_eq!((spare.result.as_str(), spare.arithmetic.as_str()), ("2 seats", "50 seats − 48 members"));
    let annual = &seat.parts[0];
    assert_eq!((annual.purchase, annual.arithmetic.as_str()), (Some(PurchaseId(1)), "50 seats × $9.00 × 12"));
    assert_eq!(annual.label, "Purchase of Can-Edit: a year");
}

#[test]
fn case_8_two_purchases_at_different_prices_make_a_weighted_average() {
    let spend = on(&[can_edit(60)], &[yearly(1, 50, "108"), yearly(2, 25, "132")]);
    assert_eq!(shown(&of(&spend, "can-edit").unit_annual), "116.00 USD", "8,700 ÷ 75");
    assert_eq!(totals(&spend), ["6960.00 USD", "8700.00 USD", "1740.00 USD"]);
}

#[test]
fn case_9_unlimited_seats_for_a_lot_price_are_paid_once_beside_counted_ones() {
    let unlimited = Purchase { quantity: Quantity::Unlimited, price: lot("5000"), ..yearly(2, 1, "0") };
    let spend = on(&[can_edit(60)], &[yearly(1, 50, "100"), unlimited]);
    let edit = of(&spend, "can-edit");
    assert_eq!((edit.purchased, edit.unassigned, edit.over_assigned, edit.unlimited), (None, None, None, true));
    assert_eq!(totals(&spend), ["10000.00 USD", "10000.00 USD", "0.00 USD"]);
    assert_eq!(edit.billable_annual.because.arithmetic, "50 accounts × $100.00 + $5,000.00");
    assert_eq!(edit.billable_annual.because.parts[1].rule, Rule::UnlimitedLot);
}

#[test]
fn case_9_unlimited_seats_at_a_unit_price_take_the_accounts_beyond_the_counted_ones() {
    let unlimited = Purchase { quantity: Quantity::Unlimited, ..yearly(2, 1, "120") };
    let spend = on(&[can_edit(60)], &[yearly(1, 50, "100"), unlimited.clone()]);
    assert_eq!(totals(&spend), ["6200.00 USD", "5000.00 USD", "0.00 USD"], "50 × 100 + 10 × 120");
    let few = on(&[can_edit(20)], &[yearly(1, 50, "100"), unlimited]);
    assert_eq!(totals(&few), ["2000.00 USD", "5000.00 USD", "3000.00 USD"], "counted seats come first");
}

#[test]
fn case_9_one_unlimited_type_does_not_make_the_others_unlimited() {
    let unlimited = Purchase {
        license_type: "team".to_owned(),
        quantity: Quantity::Unlimited,
        price: lot("5000"),
        ..yearly(2, 1, "0")
    };
    let spend = on(&[can_edit(48), type_of("team", "Team", 9)], &[yearly(1, 50, "100"), unlimited]);
    assert_eq!(of(&spend, "can-edit").unassigned, Some(2));
    assert_eq!(of(&spend, "team").unassigned, None);
    assert_eq!(shown(&of(&spend, "team").unit_annual), "?");
    assert_eq!(totals(&spend), ["9800.00 USD", "10000.00 USD", "200.00 USD"]);
}

#[test]
fn unlimited_seats_for_a_lot_price_cost_no_billable_account_nothing() {
    let unlimited = Purchase { quantity: Quantity::Unlimited, price: lot("5000"), ..yearly(1, 1, "0") };
    let spend = on(&[can_edit(0)], &[unlimited]);
    assert_eq!(totals(&spend), ["0.00 USD", "5000.00 USD", "5000.00 USD"], "nobody is in them: all of it is waste");
}

#[test]
fn case_10_accounts_beyond_the_seats_count_at_the_same_price_and_are_told() {
    let spend = on(&[can_edit(53)], &[purchase()]);
    let edit = of(&spend, "can-edit");
    assert_eq!((edit.unassigned, edit.over_assigned), (Some(0), Some(3)));
    assert_eq!(totals(&spend), ["5724.00 USD", "5400.00 USD", "0.00 USD"]);
    let expected = "Can-Edit is held by 53 members, 3 more than the 50 seats purchased: they count at the same price.";
    assert_eq!(notes(&spend), [(NoteKind::OverAssigned, expected)]);
}

#[test]
fn case_11_without_seats_or_accounts_nothing_is_divided_by_0() {
    let nobody = on(&[can_edit(0)], &[purchase()]);
    assert_eq!(totals(&nobody), ["0.00 USD", "5400.00 USD", "5400.00 USD"]);
    let nothing = spend_with_default(day(DAY), &[can_edit(0)], &[], currency("EUR"));
    assert_eq!(totals(&nothing), ["0.00 EUR", "0.00 EUR", "0.00 EUR"]);
    assert_eq!(of(&nothing, "can-edit").purchased, Some(0));
    let empty = spend_with_default(day(DAY), &[], &[], currency("EUR"));
    assert_eq!(shown(&empty.billable_annual), "0.00 EUR");
    let no_seats = Purchase { quantity: Quantity::Seats(0), price: lot("100"), ..purchase() };
    assert_eq!(shown(&of(&on(&[can_edit(0)], &[no_seats]), "can-edit").committed_annual), "1200.00 USD");
}

#[test]
fn case_12_an_unknown_price_is_named_and_not_counted_as_0() {
    let explorer = Purchase { license_type: "explorer".to_owned(), price: None, ..yearly(2, 10, "0") };
    let spend = on(&[can_edit(48), type_of("explorer", "Explorer", 7)], &[purchase(), explorer]);
    assert_eq!(spend.unpriced, ["explorer"]);
    assert_eq!(totals(&spend), ["5184.00 USD", "5400.00 USD", "216.00 USD"]);
    assert_eq!(caveat(&spend.billable_annual), "1 license type has no price: Explorer.");
    assert_eq!(caveat(&spend.committed_annual), "1 license type has no price: Explorer.");
    let unknown = of(&spend, "explorer");
    assert_eq!((shown(&unknown.billable_annual), shown(&unknown.waste_annual)), ("?".to_owned(), "?".to_owned()));
    assert_eq!(caveat(&unknown.billable_annual), "Explorer has no price: enter the cost of its purchase.");
}

#[test]
fn case_12_with_no_price_at_all_there_is_no_total() {
    let spend = spend_with_default(day(DAY), &[can_edit(48), view_only(300)], &[], currency("USD"));
    assert_eq!(totals(&spend), ["?", "?", "?"]);
    assert_eq!(spend.unpriced, ["can-edit"], "View-Only is not billable, so it needs no price");
    assert_eq!(caveat(&of(&spend, "can-edit").billable_annual), "Can-Edit has no price: add a purchase.");
}

#[test]
fn case_12_a_free_type_is_a_known_0_and_so_is_a_price_of_0() {
    let free = TypeFacts { free: true, ..type_of("explorer", "Explorer", 7) };
    let spend = on(&[can_edit(48), free], &[purchase()]);
    assert_eq!(shown(&of(&spend, "explorer").billable_annual), "0.00 USD");
    assert_eq!(of(&spend, "explorer").billable_annual.because.rule, Rule::Free);
    assert!(spend.unpriced.is_empty() && spend.billable_annual.caveat.is_none());
    let gift = on(&[can_edit(48)], &[Purchase { price: unit("0"), ..purchase() }]);
    assert_eq!(totals(&gift), ["0.00 USD", "0.00 USD", "0.00 USD"]);
    assert!(gift.unpriced.is_empty());
}

#[test]
fn a_free_type_with_a_price_is_told() {
    let free = TypeFacts { free: true, ..can_edit(48) };
    let spend = on(&[free], &[purchase()]);
    assert_eq!(totals(&spend), ["0.00 USD", "0.00 USD", "0.00 USD"]);
    assert_eq!(spend.notes[0].kind, NoteKind::FreeWithPrice);
}

#[test]
fn a_type_with_some_prices_is_counted_at_their_average_and_says_so() {
    let unknown = Purchase { price: None, ..yearly(2, 25, "0") };
    let spend = on(&[can_edit(60)], &[yearly(1, 50, "100"), unknown]);
    assert_eq!(totals(&spend), ["6000.00 USD", "5000.00 USD", "1500.00 USD"]);
    let expected = "1 of 2 purchases of Can-Edit has no price: the average price of the others stands in for it.";
    assert_eq!(caveat(&spend.billable_annual), expected);
    assert_eq!(caveat(&spend.committed_annual), "1 of 2 purchases of Can-Edit has no price: not included.");
    assert!(spend.unpriced.is_empty(), "the type has a price");
}

#[test]
fn accounts_in_counted_seats_without_a_price_are_not_0_beside_a_priced_unlimited_purchase() {
    let unknown = Purchase { price: None, ..yearly(1, 50, "0") };
    let unlimited = Purchase { quantity: Quantity::Unlimited, ..yearly(2, 1, "120") };
    let few = on(&[can_edit(20)], &[unknown.clone(), unlimited.clone()]);
    assert_eq!(shown(&few.by_type[0].billable_annual), "?");
    assert_eq!(few.unpriced, ["can-edit"]);
    let many = on(&[can_edit(60)], &[unknown, unlimited]);
    assert_eq!(shown(&many.billable_annual), "1200.00 USD");
    assert_eq!(caveat(&many.billable_annual), "50 billable accounts of Can-Edit have no price.");
}

#[test]
fn case_13_prices_in_two_currencies_without_a_rate_block_the_total() {
    let euros = Purchase { license_type: "team".to_owned(), currency: currency("EUR"), ..yearly(2, 10, "100") };
    let spend = on(&[can_edit(48), type_of("team", "Team", 9)], &[purchase(), euros]);
    assert_eq!(totals(&spend), ["?", "?", "?"]);
    assert_eq!(spend.currency, None);
    let expected = "Prices are in EUR and USD: without an exchange rate they cannot be added.";
    assert_eq!(caveat(&spend.billable_annual), expected);
    assert_eq!(shown(&of(&spend, "can-edit").billable_annual), "5184.00 USD");
    assert_eq!(shown(&of(&spend, "team").billable_annual), "900.00 EUR");
    assert_eq!(spend.notes[0].kind, NoteKind::MixedCurrencies);
    assert!(spend.unpriced.is_empty(), "both have a price");
}

#[test]
fn case_13_two_currencies_within_one_type_block_its_figures() {
    let euros = Purchase { currency: currency("EUR"), ..yearly(2, 10, "100") };
    let spend = on(&[can_edit(48)], &[purchase(), euros]);
    let edit = of(&spend, "can-edit");
    assert_eq!((shown(&edit.billable_annual), shown(&edit.committed_annual)), ("?".to_owned(), "?".to_owned()));
    assert_eq!(
        caveat(&edit.billable_annual),
        "Prices of Can-Edit are in EUR and USD: without an exchange rate they cannot be added."
    );
    assert!(spend.unpriced.is_empty(), "both have a price");
}

#[test]
fn case_13_a_currency_that_is_no_longer_or_not_yet_in_force_blocks_nothing() {
    let past =
        Purchase { currency: currency("EUR"), term: term("2025-04-01", Some("2026-03-31")), ..yearly(2, 10, "100") };
    assert_eq!(on(&[can_edit(48)], &[purchase(), past]).currency, Some(currency("USD")));
}

#[test]
fn case_14_figures_in_yen_and_dinars_have_their_own_decimals() {
    let yen = Purchase { currency: currency("JPY"), price: lot("1000"), ..yearly(1, 3, "0") };
    assert_eq!(totals(&on(&[can_edit(2)], &[yen])), ["667 JPY", "1000 JPY", "333 JPY"]);
    let dinars = Purchase { currency: currency("KWD"), price: lot("10"), ..yearly(1, 3, "0") };
    assert_eq!(totals(&on(&[can_edit(2)], &[dinars])), ["6.667 KWD", "10.000 KWD", "3.333 KWD"]);
}

#[test]
fn case_21_a_renewal_that_overlaps_by_one_day_is_not_counted_twice() {
    let old = Purchase { term: term("2026-04-01", Some("2027-04-01")), ..yearly(1, 50, "100") };
    let new = Purchase { term: term("2027-04-01", Some("2028-03-31")), ..yearly(2, 60, "110") };
    let both = [old, new];
    let seats = |on: &str| seats_in_force(day(on), "can-edit", &both);
    assert_eq!([seats("2027-03-31"), seats("2027-04-01"), seats("2027-04-02")], [Some(50), Some(60), Some(60)]);
    let spend = spend(day("2027-04-01"), &[can_edit(48)], &both);
    assert_eq!(shown(&spend.committed_annual), "6600.00 USD");
    let expected = "Can-Edit: 1 Apr 2027 is the last day of one purchase and the first of the next; it is counted once, with the newer one.";
    assert_eq!(notes(&spend), [(NoteKind::Overlap, expected)]);
}

#[test]
fn seats_added_within_a_term_count_beside_the_first_ones() {
    let more = Purchase { term: term("2026-10-01", Some("2027-03-31")), ..yearly(2, 10, "100") };
    let both = [yearly(1, 50, "100"), more];
    assert_eq!(seats_in_force(day("2026-09-30"), "can-edit", &both), Some(50));
    assert_eq!(seats_in_force(day("2026-10-01"), "can-edit", &both), Some(60));
    assert_eq!(seats_in_force(day("2027-03-31"), "can-edit", &both), Some(60), "nothing starts on the last day");
    assert_eq!(in_force(day("2026-10-01"), &both)[0].id, PurchaseId(2), "newest first");
}

#[test]
fn case_22_in_a_gap_between_terms_the_type_is_unpriced_and_says_since_when() {
    let old = Purchase { term: term("2025-11-21", Some("2026-11-20")), auto_renews: true, ..purchase() };
    let next = Purchase { term: term("2027-01-01", None), ..yearly(2, 50, "100") };
    let spend = spend_with_default(day(DAY), &[can_edit(48)], &[old, next], currency("USD"));
    assert_eq!(totals(&spend)[0], "?");
    assert_eq!(spend.unpriced, ["can-edit"]);
    assert_eq!(
        caveat(&spend.by_type[0].billable_annual),
        "Can-Edit has no purchase in force. The last one: expired 3 days ago, on 20 Nov 2026."
    );
    assert_eq!(spend.notes[0].kind, NoteKind::ExpiredAutoRenewing);
    assert_eq!(spend.notes[0].purchase, Some(PurchaseId(1)));
}

#[test]
fn a_type_that_only_a_purchase_names_still_counts() {
    let spend = on(&[can_edit(48)], &[purchase(), Purchase { license_type: "old".to_owned(), ..yearly(2, 5, "100") }]);
    assert_eq!(totals(&spend), ["5184.00 USD", "5900.00 USD", "716.00 USD"]);
    assert_eq!(of(&spend, "old").assigned, 0);
}

#[test]
fn d7_license_types_add_up_to_the_total_as_shown() {
    let third = |id, key: &str| Purchase { license_type: key.to_owned(), price: lot("1000"), ..yearly(id, 3, "0") };
    let types = ["a", "b", "c"].map(|key| type_of(key, key, 1));
    let spend = on(&types, &[third(1, "a"), third(2, "b"), third(3, "c")]);
    assert_eq!(shown(&spend.billable_annual), "1000.00 USD");
    let parts: Vec<String> = spend.by_type.iter().map(|one| shown(&one.billable_annual)).collect();
    assert_eq!(parts, ["333.34 USD", "333.33 USD", "333.33 USD"]);
    assert_eq!(spend.by_type[0].billable_annual.because.arithmetic, "1 account × $1,000.00 ÷ 3");
}

#[test]
fn case_29_the_same_input_gives_the_same_output() {
    let types = [can_edit(48), view_only(3)];
    let bought = [yearly(1, 50, "100"), Purchase { frequency: Frequency::Quarterly, ..yearly(2, 7, "31") }];
    assert_eq!(format!("{:?}", on(&types, &bought)), format!("{:?}", on(&types, &bought)));
}
