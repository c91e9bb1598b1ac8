//! Gaps, overlaps, duplicates, terms that nothing follows: D10 cases 20 to 22. Renewing, duplicating, co-terminating.

use jiff::ToSpan as _;
use ledger::TypeNames;
use ledger::{
    FindingKind, Frequency, Paperwork, Purchase, PurchaseId, Quantity, Term, co_terminated, display_amount, duplicated,
    findings, renewed, term_total,
};

use crate::make::{day, lot, purchase, term, unit, yearly};

fn found(purchases: &[Purchase]) -> Vec<(FindingKind, String)> {
    findings(day("2026-11-23"), purchases, &[], TypeNames::default())
        .into_iter()
        .map(|finding| (finding.kind, finding.sentence))
        .collect()
}

fn of(id: i64, from: &str, last: Option<&str>) -> Purchase {
    Purchase { term: term(from, last), ..yearly(id, 50, "100") }
}

#[test]
fn case_22_a_gap_between_two_terms_is_found_with_its_days() {
    let sentence = "can-edit: no purchase is in force for 31 days, from 1 Apr 2027 to 1 May 2027. Correct the dates, or enter what is missing.";
    let old = of(1, "2026-04-01", Some("2027-03-31"));
    let new = of(2, "2027-05-02", None);
    assert_eq!(found(&[new.clone(), old.clone()]), [(FindingKind::Gap, sentence.to_owned())]);
    let bridge = of(3, "2026-10-01", Some("2027-05-01"));
    assert!(
        found(&[old.clone(), bridge, new]).iter().all(|(kind, _)| *kind != FindingKind::Gap),
        "covered by another one"
    );
    let next = found(&[old, of(2, "2027-04-01", None)]);
    assert_eq!(next, [], "no day is without one");
}

#[test]
fn case_21_a_renewal_that_overlaps_is_found() {
    let old = of(1, "2026-04-01", Some("2027-04-01"));
    let one_day = found(&[old, of(2, "2027-04-01", Some("2028-03-31"))]);
    assert_eq!(one_day.len(), 1);
    assert_eq!(one_day[0].0, FindingKind::Overlap);
    assert!(one_day[0].1.contains(
        "starts 1 day before the one that it follows is over (1 Apr 2027 to 1 Apr 2027); that day is counted once"
    ));
    let longer = found(&[of(1, "2026-04-01", Some("2027-04-10")), of(2, "2027-04-01", Some("2028-03-31"))]);
    assert!(longer[0].1.contains("starts 10 days before") && longer[0].1.contains("both are counted"));
    let addition = Purchase { quantity: Quantity::Seats(5), ..of(2, "2026-10-01", Some("2027-03-31")) };
    assert_eq!(found(&[of(1, "2026-04-01", Some("2027-03-31")), addition]), [], "seats added within the term are none");
}

#[test]
fn two_purchases_that_say_the_same_are_found() {
    let twice = [of(1, "2026-04-01", None), Purchase { note: "again".to_owned(), ..of(2, "2026-04-01", None) }];
    assert_eq!(found(&twice)[0].0, FindingKind::Duplicate);
    let other_po = Purchase { po: "PO-2".to_owned(), ..of(2, "2026-04-01", None) };
    assert_eq!(found(&[of(1, "2026-04-01", None), other_po]), []);
    let owned = Paperwork { owner: "Kim".to_owned(), ..Paperwork::default() };
    let with_owner = Purchase { paperwork: owned, ..of(2, "2026-04-01", None) };
    assert_eq!(
        found(&[of(1, "2026-04-01", None), with_owner])[0].0,
        FindingKind::Duplicate,
        "papers count for nothing"
    );
    let five: Vec<Purchase> = (1..=5).map(|id| of(id, "2026-04-01", None)).collect();
    assert_eq!(found(&five).len(), 4, "each is told once, with the next one");
}

#[test]
fn findings_of_many_purchases_are_found_among_their_neighbours() {
    let year = |id: i64| {
        let from = day("1970-01-01").saturating_add((id % 3_000).days());
        let term = Term { from, end: Some(from.saturating_add(40.years())) };
        Purchase { term, po: format!("PO-{id}"), ..of(id, "2026-04-01", None) }
    };
    let many: Vec<Purchase> = (1..=30_000).map(year).collect();
    let twice = Purchase { id: PurchaseId(40_000), ..many[7].clone() };
    let all: Vec<Purchase> = many.into_iter().chain([twice]).collect();
    let duplicates = found(&all).into_iter().filter(|(kind, _)| *kind == FindingKind::Duplicate);
    assert_eq!(duplicates.count(), 1);
}

#[test]
fn case_20_a_term_that_nothing_follows_expired_days_ago() {
    let over = of(1, "2025-11-21", Some("2026-11-20"));
    let sentence = "can-edit: Expired 3 days ago, on 20 Nov 2026, and nothing follows. Enter the renewal, or leave it if it was given up.";
    assert_eq!(found(std::slice::from_ref(&over)), [(FindingKind::Expired, sentence.to_owned())]);
    assert_eq!(found(&[over, of(2, "2026-11-21", None)]), []);
    assert_eq!(found(&[of(1, "2025-11-24", Some("2026-11-23"))]), [], "its last day is today");
}

#[test]
fn a_renewal_follows_with_the_same_length_and_the_uplift_rounded_to_cents() {
    let next = renewed(&Purchase { price: unit("9.99"), ..purchase() }, Some("7.5".parse().unwrap())).unwrap();
    assert_eq!((next.id, next.term), (PurchaseId(0), term("2027-04-01", Some("2028-03-31"))));
    assert_eq!(next.price, unit("10.74"), "9.99 × 1.075 = 10.73925");
    assert_eq!(renewed(&purchase(), None).unwrap().price, unit("9.00"));
    let days = renewed(&of(1, "2026-04-01", Some("2026-04-10")), None).unwrap();
    assert_eq!(days.term, term("2026-04-11", Some("2026-04-20")), "ten days follow ten days");
    let open = renewed(&of(1, "2026-04-01", None), None).unwrap_err().to_string();
    assert!(open.starts_with("It has no end"));
}

#[test]
fn added_seats_end_with_the_purchase_and_are_charged_by_days() {
    let base = Purchase { term: term("2025-04-01", Some("2026-03-31")), ..yearly(1, 50, "108") };
    let added = co_terminated(&base, day("2025-06-01"), 10).unwrap();
    assert_eq!((added.term.end, added.proration, added.quantity), (base.term.end, base.proration, Quantity::Seats(10)));
    let total = term_total(&added).unwrap().total;
    assert_eq!(display_amount(&total, added.currency), "899.51", "10 × 108 × 304 ÷ 365");
    let of_lot = Purchase { price: lot("5400"), frequency: Frequency::Annually, ..base.clone() };
    assert_eq!(co_terminated(&of_lot, day("2025-06-01"), 10).unwrap().price, lot("1080.00"), "a fifth of the lot");
    let outside = co_terminated(&base, day("2026-04-01"), 10).unwrap_err().to_string();
    assert_eq!(outside, "1 Apr 2026 is not a day of the term: choose one from 1 Apr 2025 to 31 Mar 2026.");
    assert_eq!(duplicated(&base), Purchase { id: PurchaseId(0), ..base });
}

#[test]
fn what_is_taken_for_a_renewal_is_told_while_it_matters() {
    let running = of(1, "2026-01-01", Some("2026-12-31"));
    let more = Purchase { quantity: Quantity::Seats(60), ..of(2, "2027-01-01", Some("2027-12-31")) };
    let both = [running.clone(), more];
    assert_eq!(found(&both).iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [FindingKind::Assumed]);
    let said = findings(day("2026-11-23"), &both, &[(both[1].id, both[0].id)], TypeNames::default());
    assert_eq!(said, [], "nothing is assumed of what was entered as a renewal");
}

#[test]
fn what_can_only_be_the_renewal_is_not_told_as_a_guess() {
    let (old, new) = (of(1, "2026-01-01", Some("2026-12-31")), of(2, "2027-01-01", Some("2027-12-31")));
    let told = |purchases: &[Purchase]| found(purchases).iter().any(|(kind, _)| *kind == FindingKind::Assumed);
    assert!(!told(&[old.clone(), new.clone()]), "as many seats from the next day on");
    assert!(!told(&[old.clone(), Purchase { price: unit("120"), ..new.clone() }]), "at another price");
    let named = |name: &str, purchase: &Purchase| Purchase { name: name.to_owned(), ..purchase.clone() };
    assert!(!told(&[old.clone(), named("Main", &new)]));
    assert!(told(&[named("Pilot", &old), named("Main", &new)]), "called otherwise");
    let overlapping = Purchase { quantity: Quantity::Seats(60), ..of(2, "2026-12-31", Some("2027-12-31")) };
    assert!(!told(&[old.clone(), overlapping]), "the overlap is told, once");
    let beside = of(3, "2027-01-10", Some("2027-12-31"));
    assert!(told(&[old.clone(), new.clone(), beside]), "another one starts near");
    let ends = of(3, "2026-03-01", Some("2026-12-20"));
    assert!(told(&[old, new, ends]), "another one ends near");
}
