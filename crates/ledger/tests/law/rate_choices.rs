//! Which recorded rate serves which amount (D7): the contract's day, the invoice's, a month's average, a budget.

use ledger::{
    Basis, Bucket, Exchange, FiscalYear, Frequency, Grain, Outlook, Purchase, Rate, RateKind, RatePolicy, Rates, Rule,
    Setting, Table, Wanted, bases, display_amount, forecast, table,
};

use crate::make::{can_edit, caveat, currency, day, lot, outlook, purchase, shown, term, unit, wanted, yearly};
use crate::rates::rate;

const TODAY: &str = "2026-11-23";

fn average(month: &str, worth: &str) -> Rate {
    Rate { kind: RateKind::MonthAverage, ..rate("EUR", "USD", &format!("{month}-01"), worth) }
}

fn budget(from: &str, end: &str, worth: &str) -> Rate {
    Rate { kind: RateKind::Budget, end: Some(day(end)), ..rate("EUR", "USD", from, worth) }
}

/// 10 seats at 100 euros a year, from 1 Apr 2026 on for a year.
fn euros() -> Purchase {
    Purchase { currency: currency("EUR"), ..yearly(2, 10, "100") }
}

fn with<T>(policy: RatePolicy, rates: &[Rate], asked: impl FnOnce(Exchange) -> T) -> T {
    let rates = Rates::new(rates.to_vec()).unwrap();
    asked(Exchange { base: currency("USD"), rates: &rates, policy, today: day(TODAY) })
}

/// What 1,000 euros a year are on the day, or why they are nothing.
fn on(policy: RatePolicy, rates: &[Rate], on: &str, bought: &Purchase) -> String {
    with(policy, rates, |exchange| {
        let setting = Setting { exchange: Some(exchange), ..Setting::default() };
        let found = bases(day(on), &[can_edit(10)], std::slice::from_ref(bought), setting);
        let line = &found.spend.committed_annual;
        if line.value.is_some() { shown(line) } else { caveat(line).to_owned() }
    })
}

fn buckets(grain: Grain, from: &str, until: &str) -> Vec<Bucket> {
    FiscalYear::default().buckets(grain, day(from), day(until))
}

fn made(policy: RatePolicy, rates: &[Rate], basis: Basis, bought: &Purchase, buckets: &[Bucket]) -> Table {
    with(policy, rates, |exchange| table(&in_base(basis, std::slice::from_ref(bought), buckets, exchange)))
}

fn in_base<'a>(basis: Basis, bought: &'a [Purchase], buckets: &'a [Bucket], exchange: Exchange<'a>) -> Wanted<'a> {
    Wanted { exchange: Some(exchange), ..wanted(basis, bought, buckets) }
}

fn totals(table: &Table) -> Vec<String> {
    let shown = |total: &ledger::Money| display_amount(&total.amount, total.currency);
    table.totals.iter().map(|total| total.as_ref().map_or_else(|| "?".to_owned(), shown)).collect()
}

#[test]
fn each_choice_takes_the_rate_of_its_own_kind_and_of_no_other() {
    let rates = [
        rate("EUR", "USD", "2026-04-01", "1.01"),
        rate("EUR", "USD", "2026-10-01", "1.02"),
        rate("EUR", "USD", "2026-11-20", "1.03"),
        average("2026-10", "1.04"),
        average("2026-11", "1.05"),
        budget("2026-01-01", "2027-01-01", "1.06"),
    ];
    let quarterly = Purchase { frequency: Frequency::Quarterly, price: unit("25"), ..euros() };
    for (policy, expected) in [
        (RatePolicy::FigureDay, "1030.00 USD"),
        (RatePolicy::ContractDay, "1010.00 USD"),
        (RatePolicy::InvoiceDay, "1020.00 USD"),
        (RatePolicy::MonthAverage, "1050.00 USD"),
        (RatePolicy::Budget, "1060.00 USD"),
    ] {
        assert_eq!(on(policy, &rates, TODAY, &quarterly), expected, "{policy:?}");
    }
    let days = &rates[..3];
    let (averages, budgets) = (&rates[3..5], &rates[5..]);
    let needed = |what: &str| format!("There is no {what}: enter one to see this in USD.");
    let a_day = needed("rate from EUR to USD on or before 23 Nov 2026");
    let a_month = needed("average rate from EUR to USD of Oct 2026");
    let a_budget = needed("budget rate from EUR to USD for 23 Nov 2026");
    for (policy, others, expected) in [
        (RatePolicy::FigureDay, averages, &a_day),
        (RatePolicy::FigureDay, budgets, &a_day),
        (RatePolicy::MonthAverage, days, &a_month),
        (RatePolicy::MonthAverage, budgets, &a_month),
        (RatePolicy::Budget, days, &a_budget),
        (RatePolicy::Budget, averages, &a_budget),
    ] {
        assert_eq!(on(policy, others, TODAY, &euros()), *expected, "{policy:?}");
    }
}

#[test]
fn the_last_complete_month_serves_one_that_is_not_over_but_no_month_serves_a_past_one() {
    let rates = [average("2026-08", "1.08"), average("2026-10", "1.10")];
    let of = |day| on(RatePolicy::MonthAverage, &rates, day, &euros());
    assert_eq!(of("2026-08-31"), "1080.00 USD");
    assert_eq!(of(TODAY), "1100.00 USD", "Nov 2026 is not over");
    assert_eq!(of("2027-01-15"), "1100.00 USD", "nor has a later month begun");
    assert_eq!(
        of("2026-09-30"),
        "There is no average rate from EUR to USD of Sep 2026: enter one to see this in USD.",
        "August is another month"
    );
    let old = &rates[..1];
    assert_eq!(
        on(RatePolicy::MonthAverage, old, TODAY, &euros()),
        "There is no average rate from EUR to USD of Oct 2026: enter one to see this in USD.",
        "October is over, so its average can be known"
    );
}

#[test]
fn by_month_averages_a_quarter_is_the_sum_of_its_months() {
    let rates = [average("2026-04", "1.10"), average("2026-05", "1.20"), average("2026-06", "1.30")];
    let monthly = Purchase { currency: currency("EUR"), price: lot("100"), ..purchase() };
    let one = |grain| {
        let buckets = buckets(grain, "2026-04-01", "2026-07-01");
        [Basis::Cash, Basis::Accrual].map(|basis| made(RatePolicy::MonthAverage, &rates, basis, &monthly, &buckets))
    };
    for table in one(Grain::Month) {
        assert_eq!(totals(&table), ["110.00", "120.00", "130.00"]);
    }
    for table in one(Grain::Quarter) {
        assert_eq!(totals(&table), ["360.00"]);
    }
    let buckets = buckets(Grain::Quarter, "2026-04-01", "2026-07-01");
    with(RatePolicy::MonthAverage, &rates, |exchange| {
        let bought = [monthly.clone()];
        let wanted = in_base(Basis::Cash, &bought, &buckets, exchange);
        let line = table(&wanted).cell_line(0, 0, &wanted).unwrap();
        assert_eq!(line.because.arithmetic, "$110.00 + $120.00 + $130.00");
        let second = &line.because.parts[1];
        assert_eq!(
            (second.rule, second.arithmetic.as_str()),
            (Rule::Converted, "€100.00 × 1.2 (ECB, average of May 2026)")
        );
        assert_eq!(second.parts[0].label, "Payment of 1 May 2026");
    });
    let hole = made(RatePolicy::MonthAverage, &rates[1..], Basis::Cash, &monthly, &buckets);
    assert_eq!(totals(&hole), ["?"]);
    assert_eq!(hole.caveats, ["There is no average rate from EUR to USD of Apr 2026: enter one to see this in USD."]);
}

#[test]
fn by_the_invoice_s_day_every_payment_keeps_the_rate_of_its_own_day() {
    let rates = [rate("EUR", "USD", "2026-03-31", "1.10"), rate("EUR", "USD", "2026-07-01", "2")];
    let halves = Purchase { frequency: Frequency::SemiAnnually, price: lot("365"), ..euros() };
    let buckets = buckets(Grain::Month, "2026-09-01", "2026-11-01");
    let days = made(RatePolicy::InvoiceDay, &rates, Basis::Accrual, &halves, &buckets);
    // 365 ÷ 183 days × 30 days × 1.1, then 365 ÷ 182 days × 31 days × 2.
    assert_eq!(totals(&days), ["65.82", "124.34"]);
    let paid = made(RatePolicy::InvoiceDay, &rates, Basis::Cash, &halves, &buckets);
    assert_eq!(totals(&paid), ["0.00", "730.00"]);
}

#[test]
fn a_budget_rate_that_ends_within_a_period_serves_its_own_days_alone() {
    let rates = [budget("2026-04-01", "2026-05-16", "1"), budget("2026-05-16", "2027-04-01", "2")];
    let monthly = Purchase { currency: currency("EUR"), price: lot("310"), ..purchase() };
    let may = buckets(Grain::Month, "2026-05-01", "2026-06-01");
    let by_days = made(RatePolicy::Budget, &rates, Basis::Accrual, &monthly, &may);
    assert_eq!(totals(&by_days), ["470.00"], "15 days at 1, 16 days at 2, 10 a day");
    assert_eq!(totals(&made(RatePolicy::Budget, &rates, Basis::Cash, &monthly, &may)), ["310.00"], "paid on 1 May");
}

#[test]
fn a_forecast_beyond_the_budget_has_no_amount_and_says_which_rate_it_needs() {
    let rates = [budget("2026-01-01", "2027-01-01", "1.50")];
    let open = Purchase { currency: currency("EUR"), price: lot("100"), ..purchase() };
    let open = [Purchase { term: term("2026-04-01", None), ..open }];
    let ahead = with(RatePolicy::Budget, &rates, |exchange| {
        forecast(&Outlook { exchange: Some(exchange), ..outlook(day(TODAY), 4, Basis::Cash, &open) })
    });
    assert_eq!(totals(&ahead.expected), ["0.00", "150.00", "?", "?"], "the payment of 1 Nov is over");
    let needed = "There is no budget rate from EUR to USD for 31 Jan 2027: enter one to see this in USD.";
    assert!(ahead.expected.caveats.iter().any(|caveat| caveat == needed), "{:?}", ahead.expected.caveats);
}

#[test]
fn two_budgets_of_a_pair_must_not_share_a_day() {
    let refused = Rates::new([budget("2026-01-01", "2027-01-01", "1"), budget("2026-07-01", "2027-07-01", "2")]);
    assert_eq!(
        format!("Rate {}", refused.unwrap_err()),
        "Rate from EUR to USD is there twice for budget 1 Jul 2026 to 30 Jun 2027: keep one of the two"
    );
    assert!(Rates::new([budget("2026-01-01", "2026-07-01", "1"), budget("2026-07-01", "2027-07-01", "2")]).is_ok());
    assert!(Rates::new([average("2026-07", "1"), rate("EUR", "USD", "2026-07-01", "2")]).is_ok(), "of two kinds");
    assert!(Rates::new([Rate { day: day("2026-07-02"), ..average("2026-07", "1") }]).is_err(), "no month");
    assert!(Rates::new([Rate { end: None, ..budget("2026-01-01", "2026-07-01", "1") }]).is_err(), "no last day");
}

#[test]
fn the_first_rate_that_is_missing_is_found_for_every_choice() {
    let first = |policy, rates: &[Rate]| {
        let missing = with(policy, rates, |exchange| {
            exchange.first_missing(currency("EUR"), term("2026-08-10", None), day("2026-08-10"))
        });
        missing.map(|missing| (missing.kind, missing.day.to_string()))
    };
    let of = |kind, day: &str| Some((kind, day.to_owned()));
    let days = [rate("EUR", "USD", "2026-08-20", "1")];
    assert_eq!(first(RatePolicy::FigureDay, &days), of(RateKind::Day, "2026-08-10"));
    let months = ["2026-08", "2026-10"].map(|month| average(month, "1"));
    assert_eq!(first(RatePolicy::MonthAverage, &months), of(RateKind::MonthAverage, "2026-09-01"));
    let all = ["2026-08", "2026-09", "2026-10"].map(|month| average(month, "1"));
    assert_eq!(first(RatePolicy::MonthAverage, &all), None, "November is not over");
    let year = [budget("2026-01-01", "2026-11-01", "1")];
    assert_eq!(first(RatePolicy::Budget, &year), of(RateKind::Budget, "2026-11-01"));
    assert_eq!(first(RatePolicy::Budget, &[budget("2026-01-01", "2027-01-01", "1")]), None);
    let over = term("2026-08-10", Some("2026-08-31"));
    let needs = |term| {
        with(RatePolicy::MonthAverage, &months, |exchange| {
            exchange.first_missing(currency("EUR"), term, day("2026-08-10"))
        })
        .is_some()
    };
    assert!(!needs(over), "what is over needs no rate of later months");
}
