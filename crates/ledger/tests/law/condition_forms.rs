//! Tiers, packs, discounts, rates and the like as text: what is refused, in words beside the field, and the way back.

use ledger::form::{
    FeeInput, InvoiceInput, RateInput, Read, parse, parse_fee, parse_invoice, parse_rate, to_fee_input, to_rate_input,
};
use ledger::{
    Conditions, ConditionsInput, Discount, Field, FiscalYear, Frequency, Match, Off, OncePolicy, OverageFrom, Packs,
    Purchase, PurchaseId, PurchaseInput, Quantity, Shape, live_sentence, to_input,
};

use crate::fees::fee;
use crate::make::{currency, day, lot, purchase};

fn typed(conditions: ConditionsInput) -> PurchaseInput {
    PurchaseInput { conditions, ..to_input(&purchase()) }
}

fn refusals(input: &PurchaseInput) -> Vec<String> {
    parse(input, currency("USD"))
        .problems
        .into_iter()
        .map(|(field, problem)| format!("{}: {problem}", field.name()))
        .collect()
}

fn understood(conditions: ConditionsInput) -> Conditions {
    let parsed = parse(&typed(conditions), currency("USD"));
    assert_eq!(parsed.problems, []);
    parsed.purchase.unwrap().conditions
}

fn tiers(rows: &str) -> ConditionsInput {
    ConditionsInput { shape: "graduated".to_owned(), tiers: rows.to_owned(), ..ConditionsInput::default() }
}

#[test]
fn a_tier_table_is_typed_a_row_a_line() {
    let input = PurchaseInput { cost: String::new(), ..typed(tiers("1-10: 9\n 11–50 seats: $8.50\n51+: 7,00\n")) };
    let parsed = parse(&input, currency("USD"));
    assert_eq!(parsed.problems, []);
    let sentence = "50 seats for 10 × $9.00 + 40 × $8.50 monthly = $5,160.00 a year until 31 Mar 2027";
    assert_eq!(live_sentence(&parsed.facts).unwrap(), sentence);
    let bought = parsed.purchase.unwrap();
    assert_eq!(bought.price, None, "the table has the prices");
    assert_eq!(to_input(&bought).conditions.tiers, "1-10: 9.00\n11-50: 8.50\n51+: 7.00");
}

#[test]
fn a_tier_table_with_a_hole_is_refused_beside_the_field() {
    let refused = |rows: &str| refusals(&PurchaseInput { cost: String::new(), ..typed(tiers(rows)) });
    assert_eq!(refused("1-10: 9\n21+: 7"), ["tiers: Tier table has a hole: seats 11 to 20 have no price"]);
    assert_eq!(refused(""), ["tiers: Tier table must have at least one row like 1+: 9.00"]);
    assert_eq!(
        refused("1-10: 9\n11 and more"),
        ["tiers: Tier table row 2 (\"11 and more\") must be like 1-10: 9.00 or 51+: 7.00"]
    );
    assert_eq!(
        refused("1-10: 9.9999999\n11+: 7"),
        [
            "tiers: Tier table row 1 (\"1-10: 9.9999999\") price has 7 decimals, but a price of one seat has at most 6: round it"
        ]
    );
    let both = PurchaseInput { cost: "9".to_owned(), ..typed(tiers("1+: 9")) };
    assert_eq!(refusals(&both), ["cost: Cost must be empty: the tier table has the prices"]);
}

#[test]
fn packs_and_ladders_are_typed_as_they_are_said() {
    let packs = |text: &str| ConditionsInput { packs: text.to_owned(), ..ConditionsInput::default() };
    assert_eq!(understood(packs(" 25 ")).packs, Packs::Blocks(25));
    let ladder = understood(packs("3, 5, 10, then +10")).packs;
    assert_eq!((ladder.sold(11), ladder.sold(23)), (20, 30));
    assert_eq!(
        refusals(&typed(packs("3, 5"))),
        ["packs: Packs must be a block like 10, or a ladder like 3, 5, 10, then +10"]
    );
    assert_eq!(refusals(&typed(packs("5, 3 +10"))), ["packs: Packs must climb: 3 comes after 5"]);
    assert_eq!(refusals(&typed(packs("0"))), ["packs: Packs must not have a step of 0 seats"]);
}

#[test]
fn discounts_are_typed_a_row_a_line() {
    let rows = "10% partner\n 2,5 % of list volume\n$ 1,000.50 good will";
    let discounts = ConditionsInput { discounts: rows.to_owned(), ..ConditionsInput::default() };
    let named = |name: &str, off| Discount { name: name.to_owned(), off };
    let expected = [
        named("partner", Off::PercentOfRest("10".parse().unwrap())),
        named("volume", Off::PercentOfList("2.5".parse().unwrap())),
        named("good will", Off::Fixed("1000.50".parse().unwrap())),
    ];
    assert_eq!(understood(discounts).discounts, expected);
    let refused =
        |text: &str| refusals(&typed(ConditionsInput { discounts: text.to_owned(), ..ConditionsInput::default() }));
    assert_eq!(refused("110%"), ["discounts: Discounts row 1 (\"110%\") must be at most 100%"]);
    assert_eq!(
        refused("10%\nsome"),
        ["discounts: Discounts row 2 (\"some\") must be like 10% partner, 5% of list, or 100.00 goodwill"]
    );
}

#[test]
fn percentages_minimums_and_policies_are_refused_in_words() {
    let none = ConditionsInput::default;
    let text = str::to_owned;
    for (input, expected) in [
        (ConditionsInput { tax: text("eight"), ..none() }, "tax: Tax must be a percentage like 7.5%"),
        (ConditionsInput { tax: text("-8"), ..none() }, "tax: Tax must not be negative"),
        (ConditionsInput { uplift: text("1001"), ..none() }, "uplift: Renewal uplift must be at most 1000%"),
        (ConditionsInput { renewal_seats: text("0"), ..none() }, "renewal_seats: Seats at renewal must be at least 1"),
        (ConditionsInput { cap: text("5.5.5"), ..none() }, "cap: Price cap must be a percentage like 7.5%"),
        (
            ConditionsInput { minimum_payment: text("x"), ..none() },
            "minimum_payment: Minimum of a payment must be an amount like 108.50",
        ),
        (
            ConditionsInput { once: text("0"), ..none() },
            "once: Spread over must be term, date, or a number of months like 36",
        ),
        (
            ConditionsInput { shape: text("cube"), ..none() },
            "shape: Price shape must be one of flat, graduated, volume, base-fee",
        ),
        (
            ConditionsInput { shape: text("base-fee"), ..none() },
            "extra: Price of a further seat must not be empty: write an amount like 108.50",
        ),
        (
            ConditionsInput { true_up: text("2026-10-01"), ..none() },
            "overage: Price of seats beyond must say contract or a price, when there is a true-up date",
        ),
        (
            ConditionsInput { overage: text("contract"), true_up: text("2027-04-01"), ..none() },
            "true_up: True-up date must be a day of the term",
        ),
        (
            ConditionsInput { overage: text("contract"), true_up: text("2027-02-30"), ..none() },
            "true_up: True-up date does not exist: February 2027 has 28 days",
        ),
        (
            ConditionsInput { pays_for: text("boss: Ann"), ..none() },
            "pays_for: Pays for row 1 (\"boss: Ann\") must be like department: Sales, cost center: 4711, group: Labs, or email: @lab.example",
        ),
    ] {
        assert_eq!(refusals(&typed(input)), [expected]);
    }
}

#[test]
fn unlimited_seats_take_no_tiers_packs_or_fixed_discounts() {
    let unlimited = |conditions| PurchaseInput { quantity: String::new(), unlimited: true, ..typed(conditions) };
    let packs = ConditionsInput { packs: "10".to_owned(), ..ConditionsInput::default() };
    assert_eq!(refusals(&unlimited(packs)), ["packs: Packs must be empty: unlimited seats are not sold in packs"]);
    let fixed = ConditionsInput { discounts: "100".to_owned(), ..ConditionsInput::default() };
    assert_eq!(
        refusals(&unlimited(fixed)),
        ["discounts: Discounts must be percentages: unlimited seats at a price per unit have no payment"]
    );
    let tiered = PurchaseInput { cost: String::new(), ..unlimited(tiers("1+: 9")) };
    let one_price = [
        "shape: Price shape needs a number of seats: choose one price for unlimited seats, or enter how many there are",
    ];
    assert_eq!(refusals(&tiered), one_price);
    let fee = ConditionsInput {
        shape: "base-fee".to_owned(),
        included: "20".to_owned(),
        extra: "9".to_owned(),
        ..ConditionsInput::default()
    };
    assert_eq!(refusals(&unlimited(fee)), one_price);
    let beyond = ConditionsInput { overage: "12".to_owned(), ..ConditionsInput::default() };
    let doubted = parse(&unlimited(beyond), currency("USD"));
    assert!(doubted.problems.is_empty() && doubted.purchase.is_some());
    let doubts: Vec<_> = doubted.warnings.iter().filter(|(field, _)| *field == Field::Overage).collect();
    assert_eq!(doubts.len(), 1, "{:?}", doubted.warnings);
}

#[test]
fn all_conditions_come_back_as_they_were_typed() {
    let input = ConditionsInput {
        shape: "base-fee".to_owned(),
        included: "20".to_owned(),
        extra: "5.00".to_owned(),
        packs: "3, 5, 10, then +10".to_owned(),
        discounts: "10% partner\n100.00".to_owned(),
        tax: "8.1%".to_owned(),
        minimum_payment: "60.00".to_owned(),
        minimum_term: "1200.00".to_owned(),
        overage: "12.50".to_owned(),
        true_up: "2026-10-01".to_owned(),
        overage_proration: "whole-month-up".to_owned(),
        uplift: "7%".to_owned(),
        cap: "5%".to_owned(),
        renewal_seats: "12".to_owned(),
        once: "36 months".to_owned(),
        pays_for: "department: Sales\ncost center: 4711\ngroup: Labs\nemail: @lab.example".to_owned(),
        fallback: true,
        ..ConditionsInput::default()
    };
    let bought =
        Purchase { quantity: Quantity::Seats(23), price: lot("300"), frequency: Frequency::Once, ..purchase() };
    let parsed =
        parse(&PurchaseInput { conditions: input.clone(), per: String::new(), ..to_input(&bought) }, currency("USD"));
    assert_eq!(parsed.problems, []);
    let back = parsed.purchase.unwrap();
    assert_eq!(to_input(&back).conditions, input);
    assert_eq!(back.conditions.shape, Shape::BaseFee { included: 20, unit: "5".parse().unwrap() });
    assert_eq!(back.conditions.once, OncePolicy::Life(36));
    assert_eq!(back.conditions.overage.unwrap().charged, OverageFrom::TrueUp(day("2026-10-01")));
    assert_eq!(back.conditions.pays_for.rules[1], Match::CostCenter("4711".to_owned()));
    assert!(parsed.warnings.is_empty());
}

fn problems<T>(read: &Read<T>) -> Vec<&str> {
    assert_eq!(read.found.is_some(), read.problems.is_empty());
    read.problems.iter().map(|(_, problem)| problem.as_str()).collect()
}

#[test]
fn a_rate_of_0_is_refused_and_never_taken_as_1() {
    let typed = |rate: &str| RateInput {
        from: "eur".to_owned(),
        to: "USD".to_owned(),
        day: "20 Nov 2026".to_owned(),
        rate: rate.to_owned(),
        source: "ECB".to_owned(),
        ..RateInput::default()
    };
    let read = parse_rate(&typed("1,0842"), FiscalYear::default());
    assert_eq!(read.found.unwrap(), crate::rates::rate("EUR", "USD", "2026-11-20", "1.0842"));
    let zero = ["Rate must be more than 0: leave it out when it is not known"];
    assert_eq!(problems(&parse_rate(&typed("0"), FiscalYear::default())), zero);
    assert_eq!(problems(&parse_rate(&typed("0,000"), FiscalYear::default())), zero);
    assert_eq!(problems(&parse_rate(&typed("-1.2"), FiscalYear::default())), zero);
    let two = ["Rate could be 1.234 or 1234: write one of the two, without a comma"];
    assert_eq!(problems(&parse_rate(&typed("1,234"), FiscalYear::default())), two);
    for sure in ["0,234", "1.234", "1,23", "1234,567"] {
        assert_eq!(problems(&parse_rate(&typed(sure), FiscalYear::default())), [""; 0], "{sure}");
    }
    assert_eq!(problems(&parse_rate(&typed(""), FiscalYear::default())), ["Rate must be a number like 1.0842"]);
    let same = RateInput { to: "EUR".to_owned(), ..typed("1") };
    assert_eq!(
        problems(&parse_rate(&same, FiscalYear::default())),
        ["To currency must be between two currencies: EUR to EUR is always 1"]
    );
    let nowhere = RateInput { from: String::new(), day: "2026-02-30".to_owned(), ..typed("1") };
    assert_eq!(
        problems(&parse_rate(&nowhere, FiscalYear::default())),
        [
            "From currency \"\" is not known: use a code of three letters like USD or EUR",
            "Date does not exist: February 2026 has 28 days"
        ]
    );
}

#[test]
fn a_month_s_average_and_a_budget_rate_are_read_with_the_days_that_they_are_for() {
    let typed = |kind: &str, day: &str, until: &str| RateInput {
        from: "EUR".to_owned(),
        to: "USD".to_owned(),
        kind: kind.to_owned(),
        day: day.to_owned(),
        until: until.to_owned(),
        rate: "1.08".to_owned(),
        ..RateInput::default()
    };
    let april = FiscalYear::new(4, 1).unwrap();
    let when = |input: &RateInput| parse_rate(input, april).found.unwrap().when();
    for text in ["2026-10", "Oct 2026", "2026-10-15", "1 Oct 2026"] {
        assert_eq!(when(&typed("month-average", text, "")), "average of Oct 2026", "{text}");
    }
    assert_eq!(when(&typed("budget", "2026-04-01", "")), "budget 1 Apr 2026 to 31 Mar 2027", "its fiscal year");
    assert_eq!(when(&typed("budget", "2026-07-01", "2026-12-31")), "budget 1 Jul 2026 to 31 Dec 2026");
    let back = to_rate_input(&parse_rate(&typed("budget", "2026-04-01", ""), april).found.unwrap());
    assert_eq!(back, typed("budget", "2026-04-01", "2027-03-31"));
    let refused = |input: &RateInput| problems(&parse_rate(input, april)).join("; ");
    assert_eq!(refused(&typed("weekly", "2026-04-01", "")), "Kind must be one of day, month-average, budget");
    assert_eq!(refused(&typed("month-average", "soon", "")), "Date must be a day like 2027-03-31 or 31 Mar 2027");
    assert_eq!(
        refused(&typed("budget", "2026-04-01", "2026-03-31")),
        "End date must not be before the effective date, 1 Apr 2026"
    );
}

#[test]
fn a_fee_is_typed_and_comes_back() {
    let support = fee("1200.50", Frequency::Quarterly);
    let read = parse_fee(&to_fee_input(&support), currency("EUR"));
    assert_eq!(read.found, Some(ledger::Fee { id: ledger::FeeId(0), ..support }));
    let empty = parse_fee(&FeeInput::default(), currency("EUR"));
    assert_eq!(
        problems(&empty)[..2],
        ["Name must not be empty: say what the fee is for", "Amount must not be empty: write an amount like 108.50"]
    );
}

#[test]
fn an_invoice_is_typed_and_a_credit_note_is_negative() {
    let input = InvoiceInput {
        number: "R-1".to_owned(),
        day: "2026-05-01".to_owned(),
        amount: "-1.234,50".to_owned(),
        from: "2026-04-01".to_owned(),
        until: "2026-04-30".to_owned(),
        ..InvoiceInput::default()
    };
    let read = parse_invoice(&input, PurchaseId(7), currency("EUR")).found.unwrap();
    assert_eq!((read.amount, read.purchase), ("-1234.50".parse().unwrap(), PurchaseId(7)));
    assert_eq!(read.period.end, Some(day("2026-05-01")));
    let reversed = InvoiceInput { until: "2026-03-31".to_owned(), number: String::new(), ..input };
    assert_eq!(
        problems(&parse_invoice(&reversed, PurchaseId(7), currency("EUR"))),
        [
            "Number must not be empty: copy it from the invoice",
            "End date must not be before the effective date, 1 Apr 2026"
        ]
    );
}

#[test]
fn amounts_of_tiers_discounts_and_extra_seats_that_could_mean_two_things_are_told() {
    let warnings = |conditions: ConditionsInput, cost: &str| -> Vec<String> {
        let input = PurchaseInput { cost: cost.to_owned(), ..typed(conditions) };
        let parsed = parse(&input, currency("USD"));
        assert_eq!(parsed.problems, []);
        parsed.warnings.into_iter().map(|(_, sentence)| sentence).collect()
    };
    let tiers = "1-10: 1,234\n11+: 1.00".to_owned();
    let graduated = ConditionsInput { shape: "graduated".to_owned(), tiers, ..ConditionsInput::default() };
    assert_eq!(warnings(graduated, ""), ["Tier table: row 1 is understood as $1,234.00."]);
    let discounts = "10% partner\n1,234 goodwill".to_owned();
    let cut = ConditionsInput { discounts, ..ConditionsInput::default() };
    assert_eq!(warnings(cut, "9000"), ["Discounts: row 2 is understood as $1,234.00."]);
    let extra = "1,234".to_owned();
    let base = ConditionsInput { shape: "base-fee".to_owned(), extra, ..ConditionsInput::default() };
    assert_eq!(warnings(base, "100"), ["Price of a further seat is understood as $1,234.00."]);
}
