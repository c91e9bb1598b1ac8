//! Figures that rest on rates, fees and rules: base currency totals, shares by rule, today's point of a burn-down.
//! Each starts from what the store holds, on a day that stands still.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its set-up fails")]

use std::sync::Arc;

use app::clock::StillClock;
use app::view::apps::AppDayRequest;
use app::view::forecast::{ForecastMonthRequest, ForecastRequest};
use app::view::over_time::{SpendCellRequest, SpendOverTimeRequest};
use app::view::spend::{Basis, SpendByRequest};
use app::{KeeperChoice, Options, Seatledger};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::{
    Conditions, Currency, Fee, FeeId, Frequency, Match, PaysFor, Per, Price, Proration, Purchase, PurchaseId, Quantity,
    Rate, RateKind, RenewalTerms, Term,
};
use roster::{KnownLicense, License, LicenseKey, Member};
use rust_decimal::Decimal;
use store::{Act, ActKind, AppId, Entry, LicenseType, NewApp, Promotion, RunEnd, RunStatus, Store};

mod acts;
mod by_accounts;
mod choices;
mod kept;
mod looking_back;
mod past_days;
mod reasons;
#[path = "../../../ledger/tests/recount/mod.rs"]
mod recount;
mod standing;
mod titles;

const APP: &str = "lucidchart";

fn noon() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn currency(code: &str) -> Currency {
    Currency::from_code(code).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A data folder with one app: so many members of these departments hold Can-Edit since 1 June 2026.
struct Books {
    folder: tempfile::TempDir,
    app: AppId,
}

impl Books {
    fn new(departments: &[(&str, usize)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let new = NewApp {
            name: "Lucidchart".to_owned(),
            connector: "lucid".to_owned(),
            base_url: "https://users.lucid.app/scim/v2".to_owned(),
            sample: false,
        };
        let known = KnownLicense {
            key: LicenseKey::new("can-edit").unwrap(),
            name: "Can-Edit".to_owned(),
            billable: true,
            rank: 20,
        };
        let app = store.add_app(&new, &[known], noon()).unwrap().id;
        store.set_setting("time_zone", "UTC").unwrap();
        let books = Self { folder, app };
        books.read(date(2026, 6, 1), departments);
        books
    }

    /// Another roster: so many members of these departments, the first ones first.
    fn read(&self, day: Date, departments: &[(&str, usize)]) {
        let all = departments.iter().flat_map(|(name, number)| std::iter::repeat_n(*name, *number));
        self.read_members(day, &all.enumerate().map(|(id, department)| member(id, department)).collect::<Vec<_>>());
    }

    /// Another roster of these members.
    fn read_members(&self, day: Date, members: &[Member]) {
        let store = Store::open(self.folder.path()).unwrap();
        let run = store.begin_run(self.app, noon()).unwrap();
        let mut staging = store.staging().unwrap();
        staging.add(members).unwrap();
        let run_end = RunEnd {
            at: noon(),
            status: RunStatus::Completed,
            members: members.len() as u64,
            pages: 1,
            bytes: 0,
            requests: 1,
            retries: 0,
            problem: None,
            findings: Vec::new(),
            cases: Vec::new(),
            stages: Vec::new(),
        };
        store.promote(self.app, run, &staging, &Promotion { day, run_end, new_types_billable: false }).unwrap();
    }

    fn types(&self, keys: &[&str]) -> &Self {
        let of = |key: &&str| {
            let (key, name) = (LicenseKey::new(key).unwrap(), (*key).to_owned());
            Entry::AddLicenseType(LicenseType { key, name, billable: true, free: false, rank: None })
        };
        self.enter(&keys.iter().map(of).collect::<Vec<_>>())
    }

    fn enter(&self, entries: &[Entry]) -> &Self {
        let store = Store::open(self.folder.path()).unwrap();
        for entry in entries {
            let app = (!matches!(entry, Entry::AddRate(_))).then_some(self.app);
            let act = Act { app, kind: ActKind::Add, words: None, at: noon() };
            store.act(&act, std::slice::from_ref(entry)).unwrap();
        }
        self
    }

    fn open(&self) -> Seatledger {
        let clock = Arc::new(StillClock(noon()));
        let data_dir = self.folder.path().to_owned();
        Seatledger::open(Options { data_dir, keeper: KeeperChoice::File, passphrase: None, clock }).unwrap()
    }

    fn bases(&self) -> Vec<Basis> {
        self.open().spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap().bases
    }
}

fn over(by: &str, from: &str, to: &str) -> SpendOverTimeRequest {
    let (from, to) = (Some(from.to_owned()), Some(to.to_owned()));
    SpendOverTimeRequest { app: APP.to_owned(), from, to, by: by.to_owned(), basis: "accrual".to_owned() }
}

fn member(id: usize, department: &str) -> Member {
    Member {
        id: id.to_string(),
        user_name: format!("{id}@acme.example"),
        email: Some(format!("{id}@{}.example", if department.is_empty() { "acme" } else { "lab" })),
        given_name: None,
        middle_name: None,
        family_name: None,
        display_name: None,
        active: true,
        created: None,
        last_modified: None,
        license: License::Type(LicenseKey::new("can-edit").unwrap()),
        products: Vec::new(),
        department: (!department.is_empty()).then(|| department.to_owned()),
        cost_center: None,
        groups: Vec::new(),
    }
}

fn yearly(seats: u32, amount: &str, code: &str, from: Date, end: Option<Date>) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        license_type: "can-edit".to_owned(),
        name: format!("{seats} in {code}"),
        po: String::new(),
        quantity: Quantity::Seats(seats),
        price: Some(Price { amount: decimal(amount), per: Per::Unit }),
        currency: currency(code),
        frequency: Frequency::Annually,
        term: Term { from, end },
        proration: Proration::None,
        auto_renews: true,
        notice_days: None,
        note: String::new(),
        conditions: Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

fn this_year(seats: u32, amount: &str, code: &str) -> Purchase {
    yearly(seats, amount, code, date(2026, 1, 1), Some(date(2027, 1, 1)))
}

fn bought(purchase: Purchase) -> Entry {
    Entry::AddPurchase(purchase, None)
}

fn rate(from: &str, day: Date, worth: &str) -> Entry {
    let (from, to) = (currency(from), currency("USD"));
    let source = "ECB".to_owned();
    Entry::AddRate(Rate { from, to, kind: RateKind::Day, day, end: None, rate: decimal(worth), source })
}

fn of<'a>(bases: &'a [Basis], key: &str) -> (Option<&'a str>, Option<&'a str>) {
    let found = bases.iter().find(|basis| basis.key == key).unwrap();
    (found.figure.value.as_ref().map(|money| money.amount.as_str()), found.figure.caveat.as_deref())
}

#[test]
fn totals_are_in_the_base_currency_and_a_missing_rate_blocks_them_with_a_reason() {
    let books = Books::new(&[("Sales", 15)]);
    books.enter(&[bought(this_year(10, "100", "USD")), bought(this_year(10, "100", "EUR"))]);
    let (amount, why) = {
        let bases = books.bases();
        let (amount, why) = of(&bases, "committed-annual");
        (amount.map(str::to_owned), why.map(str::to_owned))
    };
    assert_eq!((amount, why.is_some()), (None, true), "currencies are not added");
    books.enter(&[rate("GBP", date(2026, 1, 1), "1.3")]);
    let bases = books.bases();
    let (amount, why) = of(&bases, "committed-annual");
    assert_eq!(amount, None, "it is never taken as 1");
    assert!(why.unwrap().contains("There is no rate from EUR to USD on or before 23 Nov 2026"), "{why:?}");
    books.enter(&[rate("EUR", date(2026, 11, 1), "1.1"), rate("EUR", date(2026, 11, 24), "9")]);
    assert_eq!(of(&books.bases(), "committed-annual"), (Some("2100.00"), None), "the last rate until the day");
    assert_eq!(of(&books.bases(), "billable-annual").0, Some("1575.00"), "15 × (1,000 + 1,100) ÷ 20");
    let table = books.open().spend_over_time(&over("month", "2026-10-01", "2026-12-31")).unwrap();
    assert_eq!(table.total.value, None, "October has no rate");
    assert!(table.caveats.iter().any(|caveat| caveat.contains("31 Oct 2026")), "{:?}", table.caveats);
    let december = books.open().spend_over_time(&over("month", "2026-11-01", "2026-11-30")).unwrap();
    // 365 days: 1,000 × 30 ÷ 365 and 1,000 × 30 ÷ 365 × 9.
    assert_eq!(december.total.value.unwrap().amount, "821.92", "a period is converted with its last day's rate");
}

#[test]
fn fees_and_taxes_stand_in_their_own_bases() {
    let books = Books::new(&[("Sales", 10)]);
    let fee = |name: &str, in_annual_spend| {
        Entry::AddFee(
            Fee {
                id: FeeId(0),
                name: name.to_owned(),
                amount: decimal("100"),
                currency: currency("USD"),
                frequency: Frequency::Monthly,
                term: Term { from: date(2026, 1, 1), end: None },
                proration: Proration::None,
                in_annual_spend,
                in_cost_per_account: in_annual_spend,
                note: String::new(),
                conditions: Conditions::default(),
            },
            None,
        )
    };
    let taxed = Conditions { tax: Some(decimal("19")), ..Conditions::default() };
    let purchase = Purchase { conditions: taxed, ..this_year(10, "100", "USD") };
    books.enter(&[bought(purchase), fee("Support", true), fee("Training", false)]);
    let bases = books.bases();
    for (key, amount) in [
        ("billable-annual", "1000.00"),
        ("committed-annual", "2200.00"),
        ("fees", "1200.00"),
        ("tax", "190.00"),
        ("run-rate", "2200.00"),
        ("cost-per-billable", "220.00"),
    ] {
        assert_eq!(of(&bases, key), (Some(amount), None), "{key}");
    }
    let table = books.open().spend_over_time(&over("fiscal-year", "2026-01-01", "2026-12-31")).unwrap();
    let rows: Vec<_> =
        table.rows.iter().map(|row| (row.name.as_str(), row.total.as_ref().unwrap().amount.as_str())).collect();
    assert_eq!(rows, [("Can-Edit", "1000.00"), ("Fees", "1200.00")], "taxes and other fees stay apart");
    let cell = |row: &str| {
        let table = over("fiscal-year", "2026-01-01", "2026-12-31");
        books.open().spend_cell(&SpendCellRequest { table, period: Some(0), row: Some(row.to_owned()) }).unwrap()
    };
    assert_eq!(cell("fees").because.result, "$1,200.00");
    assert_eq!(cell("Can-Edit").because.parts.len(), 1, "by name too");
}

#[test]
fn a_rule_decides_which_purchase_pays_for_whom() {
    let books = Books::new(&[("Lab", 4), ("Sales", 3), ("", 3)]);
    let rules = vec![Match::Email("@lab.example".to_owned())];
    let pays_for = PaysFor { rules, fallback: false };
    let lab = Purchase { conditions: Conditions { pays_for, ..Conditions::default() }, ..this_year(7, "200", "USD") };
    books.enter(&[bought(lab), bought(this_year(5, "100", "USD"))]);
    let request = SpendByRequest { app: APP.to_owned(), as_of: None, by: "department".to_owned() };
    let spend = books.open().spend_by(&request).unwrap();
    let rows: Vec<_> =
        spend.rows.iter().map(|row| (row.name.as_deref(), row.accounts, row.figure.because.result.as_str())).collect();
    assert_eq!(rows, [(Some("Lab"), 4, "$800.00"), (Some("Sales"), 3, "$600.00"), (None, 3, "$300.00")]);
    let whole = (spend.unassigned.because.result.as_str(), spend.total.because.result.as_str());
    assert_eq!(whole, ("$200.00", "$1,900.00"), "a rule knows an address, whatever the department");
}

#[test]
fn the_burn_down_has_a_point_today_and_ends_at_nothing() {
    let books = Books::new(&[("Sales", 1)]);
    books.enter(&[bought(this_year(10, "36.50", "USD"))]);
    let table = books.open().spend_over_time(&over("month", "2026-01-01", "2026-12-31")).unwrap();
    let burn = table.burn_down.unwrap();
    let left = |day: &str| burn.points.iter().find(|point| point.date == day).unwrap().left.amount.clone();
    assert_eq!(burn.committed.value.as_ref().unwrap().amount, "365.00");
    assert_eq!(left("2025-12-31"), "365.00");
    assert_eq!(left("2026-01-31"), "334.00", "a dollar a day");
    assert_eq!((left("2026-11-23"), burn.left.amount.as_str()), ("38.00".to_owned(), "38.00"));
    assert_eq!(left("2026-12-31"), "0.00");
    assert_eq!(burn.title, "$38.00 of $365.00 are left");
    let even = burn.points.iter().map(|point| point.even.amount.as_str()).collect::<Vec<_>>();
    assert_eq!(
        (even[0], even[1], *even.last().unwrap()),
        ("365.00", "334.00", "0.00"),
        "a dollar a day is an even pace"
    );
    let pace =
        "As much as at an even pace is left. The last term ends on 31 Dec 2026, in 38 days; nothing is left then.";
    assert_eq!(burn.pace, pace);
}

#[test]
fn seats_to_renew_are_not_fewer_than_the_minimum_of_the_term_pays_for() {
    let books = Books::new(&[("Sales", 63)]);
    let commitment = ledger::Commitment { per_payment: None, term: Some(decimal("12000")) };
    let conditions = ledger::Conditions { commitment, ..ledger::Conditions::default() };
    let year = yearly(100, "9", "USD", date(2026, 4, 1), Some(date(2027, 4, 1)));
    books.enter(&[bought(Purchase { frequency: Frequency::Monthly, conditions, ..year })]);
    let rows = books.open().renewals(&app::view::renewals::RenewalsRequest::default()).unwrap().rows;
    let found = rows[0].suggestion.as_ref().unwrap();
    assert_eq!(found.seats, 112, "12,000 ÷ 108; 63 accounts and a tenth more are 70");
    assert_eq!(found.because.arithmetic, "63 engaged accounts + 10% = 70, at least 112");
}

#[test]
fn what_is_left_is_exact_until_it_is_shown() {
    let books = Books::new(&[("Sales", 1)]);
    let term = yearly(5, "108", "USD", date(2026, 11, 20), Some(date(2027, 11, 29)));
    books.enter(&[bought(Purchase { proration: Proration::Daily, ..term })]);
    let table = books.open().spend_over_time(&over("month", "2026-11-01", "2027-12-31")).unwrap();
    let burn = table.burn_down.unwrap();
    let left = |day: &str| burn.points.iter().find(|point| point.date == day).unwrap().left.amount.clone();
    // 540 for 365 days and 9 ÷ 366 of 540 for the other nine: 223.3609… are for the days after 30 June.
    assert_eq!(left("2027-06-30"), "223.36", "eight months that are rounded each would leave 223.35");
    assert_eq!((left("2026-11-19"), left("2027-11-28")), ("553.28".to_owned(), "0.00".to_owned()));
}

#[test]
fn the_burn_down_includes_fees_and_tells_its_pace() {
    let books = Books::new(&[("Sales", 1)]);
    let fee = |code: &str, until: Option<Date>| {
        Entry::AddFee(
            Fee {
                id: FeeId(0),
                name: "Support".to_owned(),
                amount: decimal("146"),
                currency: currency(code),
                frequency: Frequency::Once,
                term: Term { from: date(2026, 8, 8), end: until },
                proration: Proration::None,
                in_annual_spend: true,
                in_cost_per_account: false,
                note: String::new(),
                conditions: Conditions::default(),
            },
            None,
        )
    };
    let burn = |books: &Books| {
        let table = books.open().spend_over_time(&over("month", "2026-01-01", "2026-12-31")).unwrap();
        table.burn_down.unwrap()
    };
    books.enter(&[bought(this_year(10, "36.50", "USD")), fee("USD", Some(date(2027, 1, 1)))]);
    let with_fee = burn(&books);
    // The licenses cost a dollar a day, the fee 146 ÷ 146 days from 8 August on: 2 × 38 days are left on 23 November.
    assert_eq!(with_fee.title, "$76.00 of $511.00 are left");
    let steps: Vec<_> = with_fee.committed.because.parts.iter().map(|part| (&*part.label, &*part.result)).collect();
    assert_eq!(steps[1], ("Support", "$146.00"), "every part of the commitment is told");
    assert_eq!(with_fee.committed.because.arithmetic, "$365.00 + $146.00");
    // At an even pace 511 × 38 ÷ 365 = 53.20 would be left.
    assert!(with_fee.pace.starts_with("$22.80 more than at an even pace is left."), "{}", with_fee.pace);
    books.enter(&[fee("EUR", None)]);
    let without = burn(&books);
    assert_eq!(without.title, "$38.00 of $365.00 are left", "currencies are not added");
    assert!(without.committed.caveat.unwrap().contains("The fees are left out"));
}

#[test]
fn of_more_than_five_license_types_those_beyond_four_are_one_row() {
    let books = Books::new(&[("Sales", 1)]);
    let of = |name: &str| Purchase { license_type: name.to_owned(), ..this_year(10, "36.50", "USD") };
    let asked = over("fiscal-year", "2026-01-01", "2026-12-31");
    let names = ["can-edit", "one", "two", "three", "four"];
    books.types(&names[1..]).enter(&names.map(|name| bought(of(name))));
    assert_eq!(books.open().spend_over_time(&asked).unwrap().others, None, "five have a color each");
    books.types(&["five"]).enter(&[bought(of("five"))]);
    let table = books.open().spend_over_time(&asked).unwrap();
    let others = table.others.unwrap();
    let cell = others.cells[0].as_ref().unwrap().amount.as_str();
    assert_eq!((others.name.as_str(), cell, table.rows.len()), ("Other (2)", "730.00", 6));
}

#[test]
fn a_forecast_has_a_band_and_every_month_its_reason() {
    let books = Books::new(&[("Sales", 1)]);
    let renewal = RenewalTerms { uplift: Some(decimal("5")), cap: Some(decimal("10")), seats: None };
    let purchase =
        Purchase { conditions: Conditions { renewal, ..Conditions::default() }, ..this_year(10, "100", "USD") };
    books.enter(&[bought(purchase)]);
    let request = ForecastRequest { app: APP.to_owned(), months: Some(3), basis: None, scenario: None, as_of: None };
    let forecast = books.open().forecast(&request).unwrap();
    assert_eq!(forecast.title, "$1,050.00 in 3 months, at most $1,100.00");
    let january = &forecast.months[2];
    let amounts = [&january.low, &january.expected, &january.high].map(|money| money.as_ref().unwrap().amount.as_str());
    assert_eq!((january.period.label.as_str(), amounts), ("Jan 2027", ["1000.00", "1050.00", "1100.00"]));
    let ask = |month, line: &str| {
        let request = ForecastMonthRequest { forecast: request.clone(), month: Some(month), line: line.to_owned() };
        books.open().forecast_month(&request)
    };
    let reason = ask(2, "high").unwrap().because;
    assert_eq!((reason.result.as_str(), reason.parts.len()), ("$1,100.00", 1));
    assert_eq!(ask(3, "high").unwrap_err().code(), "not-allowed");
    assert_eq!(ask(2, "present").unwrap_err().code(), "not-allowed", "without a scenario there is nothing beside it");
}

/// A year that is renewed on its last day: 364 and 365 days are paid for.
fn overlapping() -> Books {
    let books = Books::new(&[("Sales", 1)]);
    let by_days =
        |from: Date, end: Date| Purchase { proration: Proration::Daily, ..yearly(10, "36.50", "USD", from, Some(end)) };
    let renewed = by_days(date(2026, 12, 31), date(2027, 12, 31));
    books.enter(&[bought(by_days(date(2026, 1, 1), date(2027, 1, 1))), bought(renewed)]);
    books
}

#[test]
fn case_21_a_day_that_two_terms_share_burns_down_once() {
    let books = overlapping();
    let table = books.open().spend_over_time(&over("month", "2026-01-01", "2027-12-31")).unwrap();
    let burn = table.burn_down.unwrap();
    assert_eq!(burn.committed.value.as_ref().unwrap().amount, "364.00", "the term in force ends a day earlier");
    let left = |day: &str| burn.points.iter().find(|point| point.date == day).unwrap().left.amount.clone();
    assert_eq!((left("2026-11-23"), left("2026-12-30")), ("37.00".to_owned(), "0.00".to_owned()));
    assert_eq!(table.total.value.unwrap().amount, "729.00");
}

#[test]
fn case_21_a_day_that_two_terms_share_is_computed_once_for_invoices() {
    let books = overlapping();
    let open = books.open();
    for (id, number) in [(1, "INV-1"), (2, "INV-2")] {
        let form = app::view::invoices::InvoiceForm {
            number: number.to_owned(),
            day: "2026-12-31".to_owned(),
            amount: "364.50".to_owned(),
            from: "2026-01-01".to_owned(),
            until: "2027-12-31".to_owned(),
            purchase: Some(id),
            ..Default::default()
        };
        let request = app::view::invoices::InvoiceSaveRequest { app: APP.to_owned(), id: None, form };
        assert_eq!(open.invoice_save(&request).unwrap().problems, Vec::new());
    }
    let of_app = app::view::apps::AppRequest { app: APP.to_owned() };
    let compared = open.invoices(&of_app.into()).unwrap().compared;
    let amount = |figure: &app::view::figure::Figure| figure.value.as_ref().unwrap().amount.clone();
    let told: Vec<_> = compared.iter().map(|one| (amount(&one.computed), amount(&one.variance))).collect();
    let of = |computed: &str, variance: &str| (computed.to_owned(), variance.to_owned());
    assert_eq!(told, [of("364.00", "0.50"), of("365.00", "-0.50")]);
}
