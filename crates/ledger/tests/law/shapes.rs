//! spend.md D6: tiers, packs, base fees, discounts, minimums, seats beyond the purchased ones. D10 cases 16 to 18.

use jiff::civil::Date;
use ledger::{
    Commitment, Conditions, Discount, Frequency, Ladder, Off, OncePolicy, OverSpan, Overage, OverageFrom, OverageRate,
    Packs, Proration, Purchase, PurchaseFacts, Quantity, Rule, Shape, Tier, Tiers, annual_line, annualised,
    display_amount, installments, overage, sentence, tax_line, term_total,
};
use rust_decimal::Decimal;

use crate::make::{day, lot, purchase, shown, term, unit, yearly};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// 1 to 10 for 9, 11 to 50 for 8, more for 7.
fn tiers() -> Tiers {
    let band = |first, last, unit: &str| Tier { first, last, unit: dec(unit) };
    Tiers::new(vec![band(1, Some(10), "9"), band(11, Some(50), "8"), band(51, None, "7")]).unwrap()
}

fn with(conditions: Conditions, seats: u32) -> Purchase {
    Purchase { conditions, ..yearly(1, seats, "100") }
}

fn paid(bought: &Purchase) -> String {
    display_amount(&bought.payment().unwrap().amount, bought.currency)
}

fn shaped(shape: Shape, seats: u32) -> Purchase {
    Purchase { price: None, ..with(Conditions { shape, ..Conditions::default() }, seats) }
}

fn ladder() -> Packs {
    Packs::Ladder(Ladder::new(vec![3, 5, 10], 10).unwrap())
}

#[test]
fn d6_graduated_and_volume_tiers_differ_for_the_same_table() {
    let totals = |seats| [Shape::Graduated(tiers()), Shape::Volume(tiers())].map(|shape| paid(&shaped(shape, seats)));
    assert_eq!(totals(10), ["90.00", "90.00"]);
    assert_eq!(totals(11), ["98.00", "88.00"], "10 × 9 + 1 × 8; 11 × 8");
    assert_eq!(totals(60), ["480.00", "420.00"], "10 × 9 + 40 × 8 + 10 × 7; 60 × 7");
    let line = annual_line(&PurchaseFacts::from(&shaped(Shape::Graduated(tiers()), 60))).unwrap();
    assert_eq!(line.because.parts[0].rule, Rule::Graduated);
    assert_eq!(line.because.parts[0].arithmetic, "10 × $9.00 + 40 × $8.00 + 10 × $7.00");
    assert_eq!(
        sentence(&shaped(Shape::Volume(tiers()), 60)),
        "60 seats × $7.00 annually = $420.00 a year until 31 Mar 2027"
    );
}

#[test]
fn a_tier_table_with_holes_overlaps_or_an_end_is_refused_in_words() {
    let table = |bands: &[(u32, Option<u32>)]| {
        let bands = bands.iter().map(|&(first, last)| Tier { first, last, unit: dec("1") });
        Tiers::new(bands.collect()).unwrap_err().to_string()
    };
    assert_eq!(table(&[]), "must have at least one row like 1+: 9.00");
    assert_eq!(table(&[(2, None)]), "must start at seat 1, but starts at 2");
    assert_eq!(table(&[(1, Some(10)), (21, None)]), "has a hole: seats 11 to 20 have no price");
    assert_eq!(table(&[(1, Some(10)), (10, None)]), "has seat 10 in two rows: let the later row start at 11");
    assert_eq!(table(&[(1, Some(10)), (11, Some(20))]), "must go on without an end: write the last row like 11+");
    assert_eq!(
        table(&[(1, Some(10)), (11, Some(5)), (12, None)]),
        "has a row from 11 to 5: its last seat must not be before its first"
    );
}

#[test]
fn case_16_the_ladder_3_5_10_then_10_more_sells_20_for_11_and_30_for_23() {
    let sold = |need| ladder().sold(need);
    assert_eq!([1, 3, 4, 5, 6, 10, 11, 20, 21, 23, 30, 31].map(sold), [3, 3, 5, 5, 10, 10, 20, 20, 30, 30, 30, 40]);
    assert_eq!(sold(0), 0, "who needs none buys none");
    let bought = with(Conditions { packs: ladder(), ..Conditions::default() }, 11);
    assert_eq!((bought.seats(), paid(&bought).as_str()), (Some(20), "2000.00"));
    assert_eq!(ledger::seats_in_force(day("2026-11-23"), "can-edit", std::slice::from_ref(&bought)), Some(20));
    assert_eq!(sentence(&bought), "20 seats (for 11) × $100.00 annually = $2,000.00 a year until 31 Mar 2027");
    assert_eq!(Packs::Blocks(25).sold(26), 50);
}

#[test]
fn case_16_a_ladder_that_does_not_climb_is_refused() {
    assert_eq!(Ladder::new(vec![3, 3], 10).unwrap_err().to_string(), "must climb: 3 comes after 3");
    assert_eq!(Ladder::new(vec![3, 5], 0).unwrap_err().to_string(), "must not have a step of 0 seats");
    assert_eq!(
        Ladder::new(vec![], 10).unwrap_err().to_string(),
        "must have at least one step, like 3, 5, 10, then +10"
    );
}

#[test]
fn d6_a_base_fee_includes_seats_and_charges_those_beyond() {
    let shape = Shape::BaseFee { included: 20, unit: dec("5") };
    let bought = |seats| Purchase { price: lot("300"), ..shaped(shape.clone(), seats) };
    assert_eq!([10, 20, 23].map(|seats| paid(&bought(seats))), ["300.00", "300.00", "315.00"]);
    let unknown = Purchase { price: None, ..bought(23) };
    assert!(unknown.payment().is_none() && !unknown.is_priced(), "a blank base fee is unknown, not 0");
}

#[test]
fn case_18_percentages_come_before_fixed_discounts_whatever_the_order_of_entry() {
    let off = |off| Discount { name: String::new(), off };
    let discounted = |discounts: Vec<Discount>| paid(&with(Conditions { discounts, ..Conditions::default() }, 10));
    let (ten, fifty) = (off(Off::PercentOfRest(dec("10"))), off(Off::Fixed(dec("50"))));
    assert_eq!(discounted(vec![ten.clone(), fifty.clone()]), "850.00", "1,000 − 10% − 50");
    assert_eq!(discounted(vec![fifty, ten.clone()]), "850.00", "not (1,000 − 50) − 10% = 855");
    let five = off(Off::PercentOfRest(dec("5")));
    assert_eq!(discounted(vec![ten.clone(), five]), "855.00", "5% of the 900 that are left");
    let five_of_list = off(Off::PercentOfList(dec("5")));
    assert_eq!(discounted(vec![ten, five_of_list]), "850.00", "5% of the 1,000");
    assert_eq!(discounted(vec![off(Off::Fixed(dec("5000")))]), "0.00", "never below 0");
}

#[test]
fn case_18_the_order_is_shown_and_tax_comes_last_and_apart() {
    let discounts = vec![
        Discount { name: "goodwill".to_owned(), off: Off::Fixed(dec("50")) },
        Discount { name: "partner".to_owned(), off: Off::PercentOfRest(dec("10")) },
    ];
    let bought = with(Conditions { discounts, tax: Some(dec("8.1")), ..Conditions::default() }, 10);
    let payment = bought.payment().unwrap();
    assert_eq!(display_amount(&payment.saving(), bought.currency), "150.00", "List − Contracted");
    assert_eq!(display_amount(&payment.tax, bought.currency), "68.85", "8.1% of 850");
    let line = annual_line(&PurchaseFacts::from(&bought)).unwrap();
    assert_eq!(shown(&line), "850.00 USD", "tax is in no other figure");
    let made = &line.because.parts[0];
    assert_eq!((made.rule, made.arithmetic.as_str()), (Rule::Discounts, "$1,000.00 − $100.00 − $50.00"));
    let told: Vec<&str> = made.parts.iter().map(|part| part.arithmetic.as_str()).collect();
    assert_eq!(told, ["10 seats × $100.00", "−$1,000.00 × 10% of what is left", "−$50.00 off each payment"]);
    assert_eq!(tax_line(&PurchaseFacts::from(&bought)).unwrap().because.arithmetic, "$850.00 × 8.1%");
}

#[test]
fn case_17_seats_below_their_minimum_cost_the_minimum() {
    let commitment = |per_payment: Option<&str>, term: Option<&str>| Conditions {
        commitment: Commitment { per_payment: per_payment.map(dec), term: term.map(dec) },
        ..Conditions::default()
    };
    let monthly = |conditions| Purchase { conditions, price: lot("50"), ..purchase() };
    let floored = monthly(commitment(Some("60"), None));
    assert_eq!((paid(&floored).as_str(), annual(&floored).as_str()), ("60.00", "720.00"));
    let term = monthly(commitment(None, Some("1200")));
    assert_eq!(annual(&term), "1200.00");
    let total = term_total(&term).unwrap();
    assert_eq!(display_amount(&total.total, term.currency), "1200.00");
    assert_eq!(display_amount(&total.shortfall, term.currency), "600.00");
    let paid = installments(&(&term).into(), day("2026-04-01"), day("2027-04-01")).unwrap();
    assert_eq!(paid.len(), 13, "twelve payments and what the term still misses");
    assert_eq!((paid[12].day, paid[12].rule), (day("2027-03-31"), Rule::TermMinimum));
}

fn annual(bought: &Purchase) -> String {
    display_amount(&annualised(bought).unwrap().annual.unwrap(), bought.currency)
}

#[test]
fn case_2_the_three_policies_of_a_price_paid_once() {
    let once = |once, last| Purchase {
        frequency: Frequency::Once,
        price: lot("1200"),
        term: term("2026-04-01", last),
        conditions: Conditions { once, ..Conditions::default() },
        ..purchase()
    };
    assert_eq!(annual(&once(OncePolicy::Term, Some("2028-03-31"))), "599.18", "1,200 × 365 ÷ 731");
    assert_eq!(annual(&once(OncePolicy::Term, None)), "0.00");
    assert_eq!(annual(&once(OncePolicy::DateOnly, Some("2028-03-31"))), "0.00");
    assert_eq!(annual(&once(OncePolicy::Life(36), None)), "400.00");
    let life = installments(&(&once(OncePolicy::Life(36), None)).into(), day("2026-04-01"), day("2030-01-01")).unwrap();
    assert_eq!((life[0].from, life[0].end), (day("2026-04-01"), day("2029-04-01")));
    assert_eq!(
        sentence(&once(OncePolicy::Life(36), None)),
        "50 seats for $1,200.00 once = $1,200.00 for 36 months, $400.00 a year"
    );
}

fn span(from: &str, end: &str, seats: u64) -> OverSpan {
    OverSpan { from: day(from), end: day(end), seats }
}

fn charged(overage_terms: Option<Overage>, spans: &[OverSpan], until: Date) -> String {
    let conditions = Conditions { overage: overage_terms, ..Conditions::default() };
    let bought = Purchase { conditions, price: unit("365"), ..yearly(1, 10, "0") };
    let pieces = overage(&(&bought).into(), spans, until).unwrap();
    display_amount(&pieces.iter().map(|piece| &piece.amount).sum(), bought.currency)
}

#[test]
fn d6_seats_beyond_the_purchased_ones_cost_from_the_day_they_are_held() {
    let spans = [span("2026-06-01", "2026-06-11", 2), span("2026-08-01", "2026-08-06", 4)];
    let end = day("2027-04-01");
    assert_eq!(charged(None, &spans, end), "40.00", "2 × 10 days + 4 × 5 days at 1.00 a day");
    let own = |rate, proration| Some(Overage { rate, charged: OverageFrom::Start, proration });
    assert_eq!(charged(own(OverageRate::Own(dec("730")), Proration::Daily), &spans, end), "80.00");
    assert_eq!(
        charged(own(OverageRate::Contract, Proration::None), &spans, end),
        "1460.00",
        "the most in the period, 4, for all of it"
    );
    let twelfths = own(OverageRate::Own(dec("120")), Proration::WholeMonthUp);
    assert_eq!(charged(twelfths, &spans, end), "60.00", "a started month each: 2 × 10 + 4 × 10");
}

#[test]
fn d6_a_true_up_charges_what_is_held_on_its_day_to_the_end_of_the_term() {
    let spans = [span("2026-06-01", "2027-04-01", 2), span("2026-07-01", "2026-08-01", 5)];
    let at = |on: &str| {
        let charged = OverageFrom::TrueUp(day(on));
        Some(Overage { rate: OverageRate::Contract, charged, proration: Proration::Daily })
    };
    let end = day("2030-01-01");
    assert_eq!(charged(at("2026-10-01"), &spans, end), "364.00", "2 seats × 182 days");
    assert_eq!(charged(at("2026-07-15"), &spans, end), "1820.00", "7 seats × 260 days");
    assert_eq!(charged(at("2026-05-01"), &spans, end), "0.00", "nobody was over on that day");
}

#[test]
fn unlimited_seats_at_a_price_per_unit_take_percentages_off_the_unit() {
    let discounts = vec![Discount { name: String::new(), off: Off::PercentOfRest(dec("10")) }];
    let conditions = Conditions { discounts, ..Conditions::default() };
    let bought = Purchase { quantity: Quantity::Unlimited, price: unit("10"), conditions, ..purchase() };
    assert_eq!(
        sentence(&bought),
        "Unlimited seats × $10.00 monthly, $9.00 after discounts = $108.00 a year for each account until 31 Mar 2027"
    );
}
