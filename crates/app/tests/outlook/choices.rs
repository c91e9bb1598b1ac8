//! Which recorded rates serve figures, and what an app costs by employee: the organisation's own choices and counts.

use app::view::apps::{AppDayRequest, AppRequest};
use app::view::forecast::{ForecastMonthRequest, ForecastRequest};
use app::view::headcounts::{HeadcountForm, HeadcountRequest, HeadcountSaveRequest};
use app::view::over_time::{SpendCellRequest, SpendOverTimeRequest};
use app::view::rates::{RateForm, RatePolicyRequest, RateSaveRequest};
use app::view::renewals::RenewalsRequest;
use ledger::Purchase;

use super::{APP, Books, bought, date, of, rate, this_year, yearly};

fn typed(kind: &str, day: &str, worth: &str) -> RateForm {
    RateForm {
        from: "EUR".to_owned(),
        kind: kind.to_owned(),
        day: day.to_owned(),
        rate: worth.to_owned(),
        ..RateForm::default()
    }
}

fn choose(policy: &str, restate: bool) -> RatePolicyRequest {
    RatePolicyRequest { policy: policy.to_owned(), restate }
}

#[test]
fn another_choice_of_rates_restates_only_deliberately_is_logged_and_taken_back() {
    let books = Books::new(&[("Sales", 10)]);
    books.enter(&[bought(this_year(10, "100", "EUR")), rate("EUR", date(2026, 1, 1), "1.5")]);
    let window = books.open();
    let committed = || {
        let bases = window.spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap().bases;
        let (amount, why) = of(&bases, "committed-annual");
        amount.map_or_else(|| why.unwrap().to_owned(), str::to_owned)
    };
    assert_eq!((window.rates().unwrap().policy.as_str(), committed().as_str()), ("figure-day", "1500.00"));
    let asked = window.rate_policy_choose(&choose("month-average", false)).unwrap();
    assert_eq!((asked.policy.as_str(), committed().as_str()), ("figure-day", "1500.00"), "nothing was changed");
    let restates = "This restates amounts in other currencies: month averages, was the rate of the figure's day, for every \
                    day, so nothing was changed yet";
    assert_eq!(asked.restates.as_deref(), Some(restates));
    assert_eq!(window.rate_policy_choose(&choose("month-average", true)).unwrap().restates, None);
    let needed = "There is no average rate from EUR to USD of Oct 2026: enter one to see this in USD.";
    assert!(committed().contains(needed), "never a rate of another kind: {}", committed());
    let missing = window.rates().unwrap().missing;
    assert_eq!(
        (missing[0].kind.as_str(), missing[0].from.as_str()),
        ("month-average", "2026-01-01"),
        "its first month"
    );
    assert!(missing[0].lack.contains("average rate from EUR to USD of Jan 2026"));

    let save = |form, restate| window.rate_save(&RateSaveRequest { id: None, form, restate }).unwrap();
    let kept = save(typed("month-average", "Oct 2026", "1.2"), false).rate.unwrap();
    assert_eq!(kept.sentence, "1 EUR = 1.2 USD, average of Oct 2026");
    assert_eq!((kept.form.day.as_str(), committed().as_str()), ("2026-10-01", "1200.00"), "November is not over");
    assert!(save(typed("month-average", "2026-10-31", "1.3"), true).problems[0].message.contains("twice"));
    let asked = save(typed("month-average", "2026-11", "1.3"), false);
    assert!(asked.restates.unwrap().contains("of Nov 2026"), "October's average was used for it");
    assert!(save(typed("budget", "2026-01-01", "1.1"), false).rate.is_some(), "no figure rests on it");
    assert_eq!(committed(), "1200.00");
    window.rate_policy_choose(&choose("budget", true)).unwrap();
    assert_eq!(committed(), "1100.00");
    window.rates_undo().unwrap();
    assert_eq!((window.rates().unwrap().policy.as_str(), committed().as_str()), ("month-average", "1200.00"));
    let told = "Restate amounts in other currencies: month averages, was the rate of the figure's day";
    assert!(window.rates().unwrap().log.iter().any(|act| act.what == told));
    assert_eq!(window.rate_policy_choose(&choose("yesterday", true)).unwrap_err().code(), "not-allowed");
    assert!(window.check().unwrap().is_empty());
}

#[test]
fn without_any_rate_the_choice_restates_nothing() {
    let books = Books::new(&[("Sales", 10)]);
    let window = books.open();
    assert_eq!(window.rate_policy_choose(&choose("budget", false)).unwrap().policy, "budget");
    assert_eq!(window.rates().unwrap().policy, "budget");
}

#[test]
fn a_budget_rate_without_a_last_day_is_for_its_fiscal_year() {
    let books = Books::new(&[("Sales", 10)]);
    let window = books.open();
    window
        .settings_change(&app::view::settings::SettingsChange { fiscal_year_start: Some(7), ..Default::default() })
        .unwrap();
    let request = RateSaveRequest { id: None, form: typed("budget", "2026-07-01", "1.1"), restate: false };
    let kept = window.rate_save(&request).unwrap().rate.unwrap();
    assert_eq!(kept.sentence, "1 EUR = 1.1 USD, budget 1 Jul 2026 to 30 Jun 2027");
    assert_eq!(kept.form.until, "2027-06-30");
}

#[test]
fn the_cost_per_employee_rests_on_the_headcount_of_the_day_and_is_nothing_without_one() {
    let books = Books::new(&[("Sales", 10)]);
    books.enter(&[bought(this_year(20, "100", "USD"))]);
    let window = books.open();
    let cost = |as_of: Option<&str>| {
        let request = AppDayRequest { app: APP.to_owned(), as_of: as_of.map(str::to_owned) };
        let bases = window.spend(&request).unwrap().bases;
        let (amount, why) = of(&bases, "cost-per-employee");
        (amount.map(str::to_owned), why.map(str::to_owned))
    };
    let none = "There is no headcount on or before 23 Nov 2026: enter one to see this.";
    assert_eq!(cost(None), (None, Some(none.to_owned())), "never 0");
    assert_eq!(window.headcounts().unwrap().notice.as_deref(), Some(none));
    let save = |id, day: &str, people: &str| {
        let form = HeadcountForm { day: day.to_owned(), people: people.to_owned() };
        window.headcount_save(&HeadcountSaveRequest { id, form }).unwrap()
    };
    for (wrong, field) in [("0", "people"), ("-3", "people"), ("", "people"), ("many", "people")] {
        assert_eq!(save(None, "", wrong).problems[0].field, field, "{wrong}");
    }
    assert_eq!(save(None, "soon", "250").problems[0].message, "Date must be a day like 2027-03-31 or 31 Mar 2027");
    let first = save(None, "2026-10-01", "250").headcount.unwrap();
    assert_eq!(first.sentence, "250 employees from 1 Oct 2026 on");
    let old = "The headcount is 53 days old, of 1 Oct 2026: refresh it every month.";
    assert_eq!(cost(None), (Some("8.00".to_owned()), Some(old.to_owned())), "2,000 ÷ 250");
    assert_eq!(cost(Some("2026-11-01")), (Some("8.00".to_owned()), None), "31 days are fresh");
    assert!(cost(Some("2026-11-02")).1.unwrap().contains("32 days old"));
    assert_eq!(cost(Some("2026-09-30")).0, None, "before the first one");
    let today = save(None, "", "400").headcount.unwrap();
    assert_eq!((today.day.as_str(), cost(None)), ("2026-11-23", (Some("5.00".to_owned()), None)));
    assert_eq!(save(None, "2026-11-23", "500").headcount.unwrap().id, today.id, "one a day: it is replaced");
    assert_eq!(cost(None).0.as_deref(), Some("4.00"));
    let twice = save(Some(today.id), "2026-10-01", "1");
    assert_eq!(twice.problems[0].message, "Date 1 Oct 2026 has a headcount already: edit that one");
    let view = window.headcount_delete(&HeadcountRequest { id: today.id }).unwrap();
    assert_eq!((view.headcounts.len(), view.undo.as_deref()), (1, Some("Delete headcount 500 of 23 Nov 2026")));
    window.rates_undo().unwrap();
    assert_eq!(cost(None).0.as_deref(), Some("4.00"));
    assert!(window.check().unwrap().is_empty());
}

#[test]
fn a_purchase_without_a_name_is_called_by_its_license_type_s_name_wherever_it_is_shown() {
    let books = Books::new(&[("Sales", 10)]);
    let unnamed = |purchase: Purchase| bought(Purchase { name: String::new(), ..purchase });
    let over = yearly(5, "100", "USD", date(2024, 1, 1), Some(date(2025, 1, 1)));
    books.enter(&[unnamed(this_year(10, "100", "USD")), unnamed(over)]);
    let window = books.open();
    let app = || AppRequest { app: APP.to_owned() };
    let forecast = ForecastRequest { app: APP.to_owned(), months: Some(3), basis: None, scenario: None, as_of: None };
    let asked = ForecastMonthRequest { forecast, month: Some(2), line: "expected".to_owned() };
    let month = window.forecast_month(&asked).unwrap();
    assert_eq!(month.because.parts.iter().next().unwrap().label, "Can-Edit, renewal 1: Jan 2027");
    let table = SpendOverTimeRequest {
        app: APP.to_owned(),
        from: Some("2026-01-01".to_owned()),
        to: Some("2026-12-31".to_owned()),
        by: "month".to_owned(),
        basis: "accrual".to_owned(),
    };
    let cell = window.spend_cell(&SpendCellRequest { table, period: Some(0), row: None }).unwrap();
    assert_eq!(cell.because.parts.iter().next().unwrap().label, "Purchase of Can-Edit: Jan 2026");
    let finding = window.license_details(&app().into()).unwrap().findings.remove(0);
    assert!(finding.message.starts_with("Can-Edit: no purchase is in force for 365 days"), "{}", finding.message);
    let row = window
        .renewals(&RenewalsRequest { app: Some(APP.to_owned()), buffer: String::new(), as_of: None })
        .unwrap()
        .rows
        .remove(0);
    assert_eq!(row.label, "Can-Edit");
}
