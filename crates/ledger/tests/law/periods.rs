//! Cash and accrual by month, quarter and fiscal year: D10 cases 5, 6 and 21.

use ledger::TypeNames;
use ledger::{
    Basis, Exchange, Fee, FiscalYear, Frequency, Grain, Purchase, RatePolicy, Rates, Reasons, Rule, Table, Wanted,
    display_amount, table,
};

use crate::fees::fee;
use crate::make::{currency, day, lot, months, purchase, term, wanted, yearly};
use crate::rates::rate;

fn shown(table: &Table) -> Vec<String> {
    let currency = table.total.as_ref().map_or(currency("USD"), |total| total.currency);
    let totals = table.shown().totals.into_iter();
    totals.map(|total| total.map_or("?".to_owned(), |total| display_amount(&total, currency))).collect()
}

fn whole(table: &Table) -> String {
    table.total.as_ref().map_or("?".to_owned(), |total| display_amount(&total.amount, total.currency))
}

fn three_years(frequency: Frequency) -> Purchase {
    Purchase { price: lot("36000"), frequency, term: term("2025-07-01", Some("2028-06-30")), ..purchase() }
}

#[test]
fn case_6_fiscal_years_of_36000_over_1096_days_add_up_exactly() {
    let years = FiscalYear::default().buckets(Grain::FiscalYear, day("2025-07-01"), day("2028-07-01"));
    for frequency in [Frequency::Every3Years, Frequency::Once] {
        let made = table(&wanted(Basis::Accrual, &[three_years(frequency)], &years));
        assert_eq!(shown(&made), ["6043.80", "11989.05", "11989.05", "5978.10"], "{frequency:?}");
        assert_eq!(whole(&made), "36000.00");
    }
    let labels: Vec<&str> = years.iter().map(|year| year.label.as_str()).collect();
    assert_eq!(labels, ["2025", "2026", "2027", "2028"]);
}

#[test]
fn case_6_another_start_of_the_fiscal_year_splits_elsewhere_and_still_adds_up() {
    let april = FiscalYear::new(4, 6).unwrap();
    let years = april.buckets(Grain::FiscalYear, day("2025-07-01"), day("2028-07-01"));
    let labels: Vec<&str> = years.iter().map(|year| year.label.as_str()).collect();
    assert_eq!(labels, ["FY 2025/26", "FY 2026/27", "FY 2027/28", "FY 2028/29"]);
    assert_eq!((years[0].from, years[0].end), (day("2025-04-06"), day("2026-04-06")));
    assert_eq!(whole(&table(&wanted(Basis::Accrual, &[three_years(Frequency::Once)], &years))), "36000.00");
    let quarters = april.buckets(Grain::Quarter, day("2026-01-05"), day("2026-04-07"));
    let labels: Vec<&str> = quarters.iter().map(|quarter| quarter.label.as_str()).collect();
    assert_eq!(labels, ["Q3 FY 2025/26", "Q4 FY 2025/26", "Q1 FY 2026/27"]);
    assert!(FiscalYear::new(2, 29).is_err(), "a day that only leap years have");
    assert_eq!(
        FiscalYear::new(13, 1).unwrap_err().to_string(),
        "must be a day of a common year: month 13 has no day 1"
    );
}

#[test]
fn quarters_from_a_31st_do_not_drift() {
    let odd = FiscalYear::new(8, 31).unwrap();
    let quarters = odd.buckets(Grain::Quarter, day("2026-08-31"), day("2027-08-31"));
    let starts: Vec<String> = quarters.iter().map(|quarter| quarter.from.to_string()).collect();
    assert_eq!(starts, ["2026-08-31", "2026-11-30", "2027-02-28", "2027-05-31"]);
    assert!(quarters.windows(2).all(|pair| pair[0].end == pair[1].from) && quarters[3].end == day("2027-08-31"));
}

#[test]
fn accrual_follows_the_days_and_cash_the_payments() {
    let year = Purchase { price: lot("365"), frequency: Frequency::Annually, ..purchase() };
    let buckets = months("2026-03-01", "2027-05-01");
    let accrual = table(&wanted(Basis::Accrual, std::slice::from_ref(&year), &buckets));
    assert_eq!(shown(&accrual)[..4], ["0.00", "30.00", "31.00", "30.00"]);
    assert_eq!(whole(&accrual), "365.00");
    let cash = table(&wanted(Basis::Cash, std::slice::from_ref(&year), &buckets));
    assert_eq!(shown(&cash)[..4], ["0.00", "365.00", "0.00", "0.00"]);
    let bought = [year];
    let made_of = wanted(Basis::Accrual, &bought, &buckets);
    let cell = accrual.cell_line(0, 1, &made_of).unwrap();
    assert_eq!(
        (cell.because.rule, cell.because.parts[0].arithmetic.as_str()),
        (Rule::Accrual, "$365.00 × 30 ÷ 365 days")
    );
    let shown = accrual.shown();
    assert_eq!(Reasons::new(&accrual, &shown, &made_of).period(1).unwrap().because.result, "$30.00");
}

#[test]
fn case_3_payments_of_a_31st_fall_on_the_last_day_of_short_months() {
    let monthly = Purchase { term: term("2026-01-31", None), price: lot("31"), ..purchase() };
    let days = ledger::installments(&(&monthly).into(), day("2026-01-01"), day("2026-05-01")).unwrap();
    let days: Vec<String> = days.iter().map(|paid| paid.day.to_string()).collect();
    assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
}

#[test]
fn case_5_a_leap_day_is_a_day_like_all_others() {
    let leap = Purchase {
        price: lot("366"),
        frequency: Frequency::Annually,
        term: term("2023-04-01", Some("2024-03-31")),
        ..purchase()
    };
    let made = table(&wanted(Basis::Accrual, &[leap], &months("2024-02-01", "2024-03-01")));
    assert_eq!(shown(&made), ["29.00"]);
}

#[test]
fn case_21_a_renewal_that_overlaps_by_a_day_is_not_paid_twice() {
    let old = Purchase { term: term("2026-04-01", Some("2027-04-01")), ..yearly(1, 10, "100") };
    let new = Purchase { term: term("2027-04-01", Some("2028-03-31")), ..yearly(2, 10, "110") };
    let buckets = months("2026-04-01", "2028-04-01");
    for basis in [Basis::Cash, Basis::Accrual] {
        let made = table(&wanted(basis, &[new.clone(), old.clone()], &buckets));
        assert_eq!(whole(&made), "2100.00", "{basis:?}: the day belongs to the newer one; no second payment of 1,000");
    }
}

#[test]
fn fees_stand_beside_purchases_and_free_types_cost_nothing() {
    let buckets = months("2026-04-01", "2027-04-01");
    let fees: [Fee; 1] = [fee("100", Frequency::Quarterly)];
    let bought = [yearly(1, 10, "100")];
    let both = Wanted { fees: &fees, ..wanted(Basis::Cash, &bought, &buckets) };
    assert_eq!(whole(&table(&both)), "1400.00");
    let free = Wanted { free: &["can-edit"], ..both };
    assert_eq!(whole(&table(&free)), "400.00");
}

#[test]
fn a_purchase_without_a_price_is_named_and_not_0() {
    let buckets = months("2026-04-01", "2026-06-01");
    let unknown = Purchase { price: None, name: "Main".to_owned(), ..yearly(2, 10, "0") };
    let made = table(&wanted(Basis::Cash, &[yearly(1, 10, "100"), unknown], &buckets));
    assert_eq!(
        (shown(&made), made.caveats),
        (vec!["1000.00".to_owned(), "0.00".to_owned()], vec!["Main has no price: not included.".to_owned()])
    );
}

#[test]
fn case_13_a_missing_rate_blocks_the_periods_that_need_it() {
    let euros = Purchase { currency: currency("EUR"), price: lot("100"), ..purchase() };
    let buckets = months("2026-04-01", "2026-07-01");
    let rates = Rates::new([rate("EUR", "USD", "2026-05-15", "2")]).unwrap();
    let exchange = Some(Exchange {
        base: currency("USD"),
        rates: &rates,
        policy: RatePolicy::FigureDay,
        today: day("2026-11-23"),
    });
    let bought = [euros, Purchase { price: lot("10"), ..yearly(2, 1, "0") }];
    let made = table(&Wanted { exchange, ..wanted(Basis::Cash, &bought, &buckets) });
    assert_eq!(shown(&made), ["?", "200.00", "200.00"]);
    assert_eq!((made.total, made.caveats[0].contains("from EUR to USD on or before 30 Apr 2026")), (None, true));
    let mixed = table(&wanted(Basis::Cash, &bought, &buckets));
    assert_eq!(shown(&mixed), ["?", "?", "?"]);
    assert_eq!(mixed.caveats, ["Amounts are in EUR and USD: without an exchange rate they cannot be added."]);
}

#[test]
fn cells_add_up_to_their_period_and_periods_to_the_whole_as_shown() {
    let thirds: Vec<Purchase> = (1..=3).map(|id| Purchase { price: lot("100"), ..yearly(id, 3, "0") }).collect();
    let buckets = months("2026-04-01", "2027-04-01");
    let made = table(&wanted(Basis::Accrual, &thirds, &buckets));
    let shown = made.shown();
    assert_eq!(display_amount(&shown.total.clone().unwrap(), currency("USD")), "300.00");
    assert_eq!(shown.totals.iter().flatten().sum::<ledger::Exact>(), shown.total.unwrap());
    for index in 0..12 {
        let cells = shown.cells.iter().filter_map(|row| row[index].as_ref());
        assert_eq!(Some(cells.sum()), shown.totals[index]);
    }
}

#[test]
fn a_purchase_without_a_name_is_called_by_the_name_of_its_license_type() {
    let buckets = months("2026-04-01", "2026-07-01");
    let names = TypeNames(&[("can-edit", "Can-Edit")]);
    let bought = [purchase(), Purchase { price: None, ..yearly(2, 1, "0") }];
    let made_of = Wanted { names, ..wanted(Basis::Cash, &bought, &buckets) };
    let made = table(&made_of);
    assert_eq!(made.rows[0].label, "Purchase of Can-Edit");
    assert_eq!(made.caveats, ["Purchase of Can-Edit has no price: not included."]);
    let shown = made.shown();
    let period = Reasons::new(&made, &shown, &made_of).period(0).unwrap();
    assert_eq!(period.because.parts[0].label, "Purchase of Can-Edit: Apr 2026");
    let unknown = table(&wanted(Basis::Cash, &bought, &buckets));
    assert_eq!(unknown.rows[0].label, "Purchase of can-edit", "its key where it has no name");
}
