//! What is charged by accounts: beyond the seats, in unlimited seats, by rules. Every view tells the same amounts.

use std::collections::BTreeMap;

use app::view::apps::AppRequest;
use app::view::focus::FocusRequest;
use app::view::purchases::PurchaseSaveRequest;
use app::view::renewing::PurchasePriceChangeRequest;
use ledger::{Commitment, Discount, Invoice, InvoiceId, Off, Overage, OverageFrom, OverageRate, Tier, Tiers};

use crate::*;

fn agreed(overage: Overage, purchase: Purchase) -> Purchase {
    Purchase { conditions: Conditions { overage: Some(overage), ..purchase.conditions }, ..purchase }
}

/// 240 a seat from the true-up of 15 December, by days.
fn december() -> Overage {
    Overage {
        rate: OverageRate::Own(decimal("240")),
        charged: OverageFrom::TrueUp(date(2026, 12, 15)),
        proration: Proration::Daily,
    }
}

fn unlimited(amount: &str, frequency: Frequency, purchase: Purchase) -> Purchase {
    let price = Some(Price { amount: decimal(amount), per: Per::Unit });
    Purchase { quantity: Quantity::Unlimited, price, frequency, ..purchase }
}

fn headline(open: &Seatledger) -> (String, String) {
    let spend = open.spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap();
    let text = |figure: app::view::figure::Figure| figure.value.map_or("?".to_owned(), |value| value.amount);
    (text(spend.billable_annual), text(spend.waste_annual))
}

/// Each month's total of the year.
fn cash(open: &Seatledger) -> Vec<String> {
    let request = SpendOverTimeRequest { basis: "cash".to_owned(), ..over("month", "2026-01-01", "2026-12-31") };
    let table = open.spend_over_time(&request).unwrap();
    table.totals.into_iter().map(|total| total.map_or("?".to_owned(), |total| total.amount)).collect()
}

/// What the cost records of the year bill before tax, by month.
fn billed(books: &Books, open: &Seatledger) -> (BTreeMap<String, Decimal>, Vec<BTreeMap<String, String>>) {
    let path = books.folder.path().join("costs.csv");
    let request = FocusRequest {
        app: APP.to_owned(),
        version: "1.2".to_owned(),
        from: Some("2026-01-01".to_owned()),
        to: Some("2026-12-31".to_owned()),
        path: path.display().to_string(),
    };
    open.focus_export(&request).unwrap();
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect();
    let mut months: BTreeMap<String, Decimal> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["ChargeCategory"] != "Tax") {
        let month = row["BillingPeriodStart"].chars().take(7).collect();
        *months.entry(month).or_default() += decimal(&row["BilledCost"]);
    }
    (months, rows)
}

#[test]
fn a_true_up_to_come_is_in_the_months_and_not_yet_in_the_headline() {
    let books = Books::new(&[("Sales", 27)]);
    books.enter(&[bought(agreed(december(), this_year(20, "100", "USD")))]);
    let open = books.open();
    assert_eq!(headline(&open).0, "2000.00");
    let months = cash(&open);
    assert_eq!([months[0].as_str(), &months[11]], ["2000.00", "78.25"], "7 × 240 × 17 ÷ 365");
    let (records, rows) = billed(&books, &open);
    assert_eq!(records["2026-12"], decimal("78.25"));
    let beyond = rows.iter().find(|row| row["ChargeDescription"].contains("accounts beyond the seats")).unwrap();
    assert_eq!((beyond["ChargeCategory"].as_str(), beyond["ConsumedQuantity"].as_str()), ("Usage", "7.0"));
    assert_eq!(beyond["ChargeFrequency"], "Usage-Based");
}

#[test]
fn a_true_up_is_paid_as_before_where_the_price_changes_after_it() {
    let books = Books::new(&[("Sales", 27)]);
    let september = Overage { charged: OverageFrom::TrueUp(date(2026, 9, 1)), ..december() };
    books.enter(&[bought(agreed(september, this_year(20, "100", "USD")))]);
    let open = books.open();
    let (before, months) = (headline(&open), cash(&open));
    assert_eq!(months[8], "561.53", "7 × 240 × 122 ÷ 365");
    books.read(date(2026, 10, 1), &[("Sales", 40)]);
    let old = open.license_details(&AppRequest { app: APP.to_owned() }.into()).unwrap().purchases.remove(0);
    let on = "2026-10-10".to_owned();
    let request = PurchasePriceChangeRequest { app: APP.to_owned(), id: old.id, on, form: old.form };
    let changed = open.purchase_price_change(&request).unwrap();
    let new = changed.purchase.unwrap_or_else(|| panic!("{:?}", changed.problems));
    assert_eq!((new.form.true_up.as_str(), cash(&open)), ("2026-09-01", months), "the price is the same");
    assert_eq!(headline(&open).0, before.0, "those of 1 Sep are charged, whoever came since");
    let (records, rows) = billed(&books, &open);
    assert_eq!(
        (records["2026-09"], records["2026-10"]),
        (decimal("561.53"), Decimal::ZERO),
        "credited, and charged anew"
    );
    let credited = rows.iter().filter(|row| row["BilledCost"].starts_with('-'));
    assert_eq!(credited.map(|row| row["ChargeClass"].as_str()).collect::<Vec<_>>(), ["Correction", "Correction"]);
    let edited = PurchaseSaveRequest { app: APP.to_owned(), id: Some(new.id), form: new.form };
    let saved = open.purchase_save(&edited).unwrap();
    assert!(saved.problems.is_empty(), "its true-up is a day of the contract: {:?}", saved.problems);
}

#[test]
fn departments_and_headline_agree_where_a_rule_says_who_pays() {
    let books = Books::new(&[("Sales", 9), ("IT", 18)]);
    let pays_for = PaysFor { rules: vec![Match::Department("Sales".to_owned())], fallback: false };
    let conditions = Conditions { pays_for, ..Conditions::default() };
    let ruled = Purchase { conditions, ..this_year(20, "100", "USD") };
    books.enter(&[bought(ruled), bought(this_year(20, "10", "USD"))]);
    let open = books.open();
    for _ in 0..2 {
        assert_eq!(headline(&open), ("1654.84".to_owned(), "545.16".to_owned()), "and again from what is kept");
    }
    let request = SpendByRequest { app: APP.to_owned(), as_of: None, by: "department".to_owned() };
    let shared = open.spend_by(&request).unwrap();
    let rows: Vec<&str> = shared.rows.iter().map(|row| row.figure.because.result.as_str()).collect();
    assert_eq!((rows, shared.unassigned.because.result.as_str()), (vec!["$754.84", "$900.00"], "$545.16"));
    books.read(date(2026, 11, 23), &[("Sales", 20), ("IT", 7)]);
    assert_eq!(headline(&open), ("2070.00".to_owned(), "130.00".to_owned()), "another roster is counted again");
}

/// What is in the cost records of a year is what its months cost by payments.
#[test]
fn cost_records_add_up_to_the_cash_table_month_by_month_in_every_shape() {
    let limited = |conditions: Conditions| Purchase { conditions, ..this_year(20, "100", "USD") };
    let open_end = || yearly(1, "3.10", "USD", date(2026, 6, 1), None);
    let discounts = vec![Discount { name: "partner".to_owned(), off: Off::PercentOfRest(decimal("7.5")) }];
    let start = |proration| Overage { rate: OverageRate::Contract, charged: OverageFrom::Start, proration };
    let tier = |first, last, unit: &str| Tier { first, last, unit: decimal(unit) };
    let tiers = Tiers::new(vec![tier(1, Some(10), "9.99"), tier(11, None, "7.77")]).unwrap();
    let minimum = |per_payment: Option<&str>, term: Option<&str>| Commitment {
        per_payment: per_payment.map(decimal),
        term: term.map(decimal),
    };
    let shapes: Vec<(&str, Vec<Purchase>)> = vec![
        ("unlimited by the month", vec![unlimited("3.10", Frequency::Monthly, open_end())]),
        ("unlimited by the quarter", vec![unlimited("9.99", Frequency::Quarterly, open_end())]),
        (
            "unlimited with a discount and a minimum",
            vec![Purchase {
                conditions: Conditions {
                    discounts: discounts.clone(),
                    commitment: minimum(Some("70"), None),
                    tax: Some(decimal("19")),
                    ..Conditions::default()
                },
                ..unlimited("3.10", Frequency::Monthly, open_end())
            }],
        ),
        (
            "unlimited with a term's minimum",
            vec![Purchase {
                conditions: Conditions { commitment: minimum(None, Some("1200")), ..Conditions::default() },
                ..unlimited("3.10", Frequency::Monthly, yearly(1, "1", "USD", date(2026, 7, 1), Some(date(2027, 1, 1))))
            }],
        ),
        (
            "seats beside unlimited ones",
            vec![yearly(12, "33.33", "USD", date(2026, 6, 1), None), unlimited("3.10", Frequency::Monthly, open_end())],
        ),
        ("seats beyond by days", vec![agreed(start(Proration::Daily), this_year(20, "100", "USD"))]),
        (
            "seats beyond by the month",
            vec![agreed(
                start(Proration::None),
                Purchase { frequency: Frequency::Monthly, ..this_year(20, "9", "USD") },
            )],
        ),
        ("a true-up", vec![agreed(december(), this_year(20, "100", "USD"))]),
        (
            "tiers",
            vec![limited(Conditions {
                shape: ledger::Shape::Graduated(tiers),
                overage: Some(start(Proration::WholeMonthUp)),
                ..Conditions::default()
            })]
            .into_iter()
            .map(|purchase| Purchase { price: None, ..purchase })
            .collect(),
        ),
    ];
    for (name, purchases) in shapes {
        let books = Books::new(&[("Sales", 20), ("IT", 7)]);
        books.read(date(2026, 8, 11), &[("Sales", 22), ("IT", 9)]);
        books.read(date(2026, 10, 2), &[("Sales", 18), ("IT", 8)]);
        books.enter(&purchases.into_iter().map(bought).collect::<Vec<_>>());
        let open = books.open();
        let (records, _) = billed(&books, &open);
        let from_table: BTreeMap<String, Decimal> = (1..)
            .zip(cash(&open))
            .map(|(month, total)| (format!("2026-{month:02}"), decimal(&total)))
            .filter(|(_, total)| !total.is_zero())
            .collect();
        assert!(from_table.len() > 1, "{name}: {from_table:?}");
        assert_eq!(records, from_table, "{name}");
    }
}

#[test]
fn an_invoice_for_unlimited_seats_stands_beside_what_its_accounts_cost() {
    let books = Books::new(&[("Sales", 20)]);
    let purchase = unlimited("3.10", Frequency::Monthly, yearly(1, "1", "USD", date(2026, 6, 1), None));
    books.enter(&[bought(purchase)]);
    let invoice = Invoice {
        id: InvoiceId(0),
        number: "R-1".to_owned(),
        day: date(2026, 7, 31),
        amount: decimal("70"),
        currency: currency("USD"),
        period: Term { from: date(2026, 7, 1), end: Some(date(2026, 8, 1)) },
        purchase: PurchaseId(1),
    };
    books.enter(&[Entry::AddInvoice(invoice)]);
    let compared = books.open().invoices(&AppRequest { app: APP.to_owned() }.into()).unwrap().compared.remove(0);
    assert_eq!(compared.computed.because.result, "$62.00");
    assert_eq!(compared.variance.because.result, "$8.00");
    assert_eq!(compared.computed.because.parts[0].arithmetic, "20 accounts × $3.10");
}

/// Three people in September: the second one is someone else's business until what happens to them.
fn september(days: &[(i8, Member)]) -> Books {
    let books = Books::new(&[("IT", 3)]);
    for (day, changed) in days {
        let others = [0, 2].map(|id| member(id, "IT"));
        books.read_members(date(2026, 9, *day), &[&others[..], std::slice::from_ref(changed)].concat());
    }
    books.enter(&[bought(unlimited("3.00", Frequency::Monthly, yearly(1, "1", "USD", date(2026, 6, 1), None)))]);
    books
}

fn months(open: &Seatledger) -> Vec<String> {
    let table = open.spend_over_time(&over("month", "2026-08-01", "2026-10-31")).unwrap();
    table.totals.into_iter().map(|total| total.map_or("?".to_owned(), |total| total.amount)).collect()
}

fn headline_on(open: &Seatledger, day: &str) -> String {
    let spend = open.spend(&AppDayRequest { app: APP.to_owned(), as_of: Some(day.to_owned()) }).unwrap();
    spend.billable_annual.value.unwrap().amount
}

#[test]
fn case_23_who_switches_the_type_within_a_month_is_charged_to_the_day_before() {
    let viewer = Member { license: License::Type(LicenseKey::new("view-only").unwrap()), ..member(1, "IT") };
    let open = september(&[(11, viewer)]).open();
    assert_eq!(months(&open), ["9.00", "7.00", "6.00"], "3 × 3, then 2 × 3 and 3 × 10 ÷ 30, then 2 × 3");
    assert_eq!([headline_on(&open, "2026-09-10"), headline_on(&open, "2026-09-11")], ["108.00", "72.00"]);
}

#[test]
fn case_24_who_is_deactivated_and_comes_back_is_charged_for_the_days_before_and_after() {
    let gone = Member { active: false, ..member(1, "IT") };
    let open = september(&[(11, gone), (21, member(1, "IT"))]).open();
    assert_eq!(months(&open), ["9.00", "8.00", "9.00"], "3 × 3, then 2 × 3 and 3 × 20 ÷ 30, then 3 × 3");
    let days = ["2026-09-10", "2026-09-15", "2026-09-21"].map(|day| headline_on(&open, day));
    assert_eq!(days, ["108.00", "72.00", "108.00"], "one seat, not two");
}
