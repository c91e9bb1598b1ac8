//! Everything as of a past day: what the lists tell then, and that nothing can be changed there.

use app::view::apps::{AppRequest, RemoveRequest};
use app::view::drafts::{DraftKey, DraftRequest};
use app::view::export::{CsvDialect, TableChoice, TableExportRequest};
use app::view::fees::{FeeForm, FeePriceChangeRequest, FeeRequest, FeeSaveRequest};
use app::view::forecast::{ScenarioForm, ScenarioSaveRequest};
use app::view::headcounts::{HeadcountForm, HeadcountSaveRequest};
use app::view::purchases::{
    LicenseTypeChange, PurchaseEndRequest, PurchaseForm, PurchaseRequest, PurchaseSaveRequest, PurchaseState,
};
use app::view::rates::{RateForm, RateSaveRequest};
use app::view::renewals::RenewalsRequest;
use app::view::renewing::{PurchasePriceChangeRequest, PurchaseRenewRequest};
use app::view::settings::SettingsChange;
use app::view::sync::SyncRequest;

use crate::*;

const THEN: &str = "2026-07-31";

fn on(as_of: Option<&str>) -> AppDayRequest {
    AppDayRequest { app: APP.to_owned(), as_of: as_of.map(str::to_owned) }
}

fn of() -> AppRequest {
    AppRequest { app: APP.to_owned() }
}

/// Ten accounts at first, four from September on; ten seats until the end of October, and support until the end of August.
fn past() -> Books {
    let books = Books::new(&[("Sales", 10)]);
    books.read(date(2026, 9, 1), &[("Sales", 4)]);
    let term = Term { from: date(2026, 1, 1), end: Some(date(2026, 11, 1)) };
    let fee = Fee {
        id: FeeId(0),
        name: "Support".to_owned(),
        amount: decimal("120"),
        currency: currency("USD"),
        frequency: Frequency::Monthly,
        term: Term { from: date(2026, 1, 1), end: Some(date(2026, 9, 1)) },
        proration: Proration::None,
        in_annual_spend: true,
        in_cost_per_account: false,
        note: String::new(),
        conditions: Conditions::default(),
    };
    let bought = bought(Purchase { term, notice_days: Some(30), ..this_year(10, "100", "USD") });
    books.enter(&[bought, Entry::AddFee(fee, None)]);
    books
}

#[test]
fn the_lists_tell_what_was_so_on_the_day() {
    let books = past();
    let open = books.open();
    let details = |as_of| open.license_details(&on(as_of)).unwrap();
    let (then, now) = (details(Some(THEN)), details(None));
    assert_eq!((then.as_of.as_str(), now.as_of.as_str()), (THEN, "2026-11-23"));
    assert_eq!((then.license_types[0].assigned, now.license_types[0].assigned), (10, 4));
    assert_eq!((then.purchases[0].state, now.purchases[0].state), (PurchaseState::InForce, PurchaseState::Ended));
    assert!(then.counted && !details(Some("2026-05-31")).counted, "nobody was counted before the first roster");
    assert_eq!(then.purchases[0].state_sentence, "Ends in 92 days, on 31 Oct 2026");
    let fee = |as_of| open.fees(&on(as_of)).unwrap().fees.remove(0).state;
    assert_eq!((fee(Some(THEN)), fee(None)), (PurchaseState::InForce, PurchaseState::Ended));

    let renewals = |as_of: Option<&str>| {
        let request = RenewalsRequest { as_of: as_of.map(str::to_owned), ..RenewalsRequest::default() };
        open.renewals(&request).unwrap()
    };
    let (then, now) = (renewals(Some(THEN)), renewals(None));
    assert_eq!((then.as_of.as_str(), then.rows[0].days_left, now.rows[0].days_left), (THEN, 62, -53));
    assert_eq!(then.rows[0].suggestion.as_ref().map(|found| found.seats), Some(11), "of ten accounts");

    let months = |as_of: Option<&str>| {
        let as_of = as_of.map(str::to_owned);
        let request = ForecastRequest {
            app: APP.to_owned(),
            months: Some(2),
            basis: Some("cash".to_owned()),
            scenario: None,
            as_of,
        };
        let view = open.forecast(&request).unwrap();
        let month = ForecastMonthRequest { forecast: request, line: "expected".to_owned(), month: Some(1) };
        let explained = open.forecast_month(&month).unwrap().value.unwrap().amount;
        let second = view.months[1].expected.clone().unwrap().amount;
        assert_eq!(explained, second);
        (view.as_of, view.months[1].period.from.clone(), second)
    };
    assert_eq!(months(Some(THEN)), (THEN.to_owned(), "2026-08-01".to_owned(), "120.00".to_owned()));
    assert_eq!(months(None).0, "2026-11-23");
}

#[test]
fn a_file_of_a_past_day_says_so_and_when_it_was_made() {
    let books = past();
    for (number, table) in
        [TableChoice::Purchases(on(Some(THEN))), TableChoice::Fees(on(Some(THEN)))].into_iter().enumerate()
    {
        let path = books.folder.path().join(format!("{number}.csv")).display().to_string();
        let request =
            TableExportRequest { table, format: "csv".to_owned(), csv: CsvDialect::default(), path: path.clone() };
        books.open().table_export(&request).unwrap();
        assert!(std::fs::read_to_string(path).unwrap().contains("in-force"), "as it stood then");
    }
}

#[test]
fn what_is_entered_meanwhile_is_told_of_past_days_too() {
    let books = past();
    let open = books.open();
    let then = open.as_of(THEN).unwrap();
    assert_eq!(then.purchases(APP).unwrap().len(), 1);
    let form = PurchaseForm { name: "Second".to_owned(), ..open.purchase_form(APP, 1).unwrap() };
    open.purchase_save(&PurchaseSaveRequest { app: APP.to_owned(), id: None, form }).unwrap();
    assert_eq!(then.purchases(APP).unwrap().len(), 2);
    assert_eq!(open.license_details(&on(Some(THEN))).unwrap().purchases.len(), 2);
    assert_eq!(open.as_of("2026-02-30").err().unwrap().code(), "not-a-date");
    open.settings_change(&SettingsChange {
        time_zone: Some("Pacific/Auckland".to_owned()),
        ..SettingsChange::default()
    })
    .unwrap();
    assert_eq!(open.license_details(&on(Some(THEN))).unwrap().as_of, THEN, "the same day in another time zone");
}

#[tokio::test]
async fn nothing_can_be_changed_while_a_past_day_is_looked_at() {
    let books = past();
    let open = books.open();
    open.draft_save(&DraftRequest { app: APP.to_owned(), key: "k".to_owned(), body: "typed".to_owned() }).unwrap();
    let then = open.as_of(THEN).unwrap();
    let form = then.purchase_form(APP, 1).unwrap();
    let fee = FeeForm { name: "Training".to_owned(), ..then.fee_form(APP, 1).unwrap() };
    let purchase = || PurchaseRequest { app: APP.to_owned(), id: 1 };
    let scenario = ScenarioForm { name: "Fewer".to_owned(), ..ScenarioForm::default() };
    let key = || DraftKey { app: APP.to_owned(), key: "k".to_owned() };
    let type_change = LicenseTypeChange {
        app: APP.to_owned(),
        license_type: "can-edit".to_owned(),
        name: None,
        billable: None,
        free: Some(true),
    };
    let save = PurchaseSaveRequest {
        app: APP.to_owned(),
        id: Some(1),
        form: PurchaseForm { quantity: "11".to_owned(), ..form.clone() },
    };
    let change =
        PurchasePriceChangeRequest { app: APP.to_owned(), id: 1, on: "2026-06-01".to_owned(), form: form.clone() };
    let renew = PurchaseRenewRequest { app: APP.to_owned(), id: 1, uplift: String::new(), preview: false };
    let end = PurchaseEndRequest { app: APP.to_owned(), id: 1, last_day: "2026-09-30".to_owned() };
    let headcount = HeadcountForm { day: "2026-01-01".to_owned(), people: "90".to_owned() };
    let rate = RateForm {
        from: "EUR".to_owned(),
        to: "USD".to_owned(),
        day: "2026-01-01".to_owned(),
        rate: "1.1".to_owned(),
        ..RateForm::default()
    };
    let fee_change =
        FeePriceChangeRequest { app: APP.to_owned(), id: 1, on: "2026-06-01".to_owned(), form: fee.clone() };
    let settings = SettingsChange { currency: Some("EUR".to_owned()), ..SettingsChange::default() };
    let refused = [
        ("purchase_save", then.purchase_save(&save).err()),
        ("purchase_price_change", then.purchase_price_change(&change).err()),
        ("purchase_renew", then.purchase_renew(&renew).err()),
        ("purchase_duplicate", then.purchase_duplicate(&purchase()).err()),
        ("purchase_end", then.purchase_end(&end).err()),
        ("purchase_delete", then.purchase_delete(&purchase()).err()),
        ("fee_save", then.fee_save(&FeeSaveRequest { app: APP.to_owned(), id: None, form: fee }).err()),
        ("fee_price_change", then.fee_price_change(&fee_change).err()),
        ("fee_delete", then.fee_delete(&FeeRequest { app: APP.to_owned(), id: 1 }).err()),
        ("license_type_change", then.license_type_change(&type_change).err()),
        ("scenario_save", then.scenario_save(&ScenarioSaveRequest { app: APP.to_owned(), form: scenario }).err()),
        ("headcount_save", then.headcount_save(&HeadcountSaveRequest { id: None, form: headcount }).err()),
        ("rate_save", then.rate_save(&RateSaveRequest { id: None, form: rate, restate: true }).err()),
        ("settings_change", then.settings_change(&settings).err()),
        ("undo", then.undo(&of()).err()),
        ("draft_save", {
            let request = DraftRequest { app: APP.to_owned(), key: "k".to_owned(), body: "other".to_owned() };
            then.draft_save(&request).err()
        }),
        ("draft_clear", then.draft_clear(&key()).err()),
    ];
    for (name, error) in refused {
        let error = error.unwrap_or_else(|| panic!("{name} was not refused"));
        assert_eq!(error.code(), "only-reading", "{name}: {error}");
        assert_eq!(error.to_string(), "Nothing can be changed while a past day is looked at.", "{name}");
        assert_eq!(error.hint(), "Go back to today, then change it.", "{name}");
    }
    let remove = RemoveRequest { app: APP.to_owned(), typed_name: "Lucidchart".to_owned() };
    assert_eq!(then.connection_remove(&remove).unwrap_err().code(), "only-reading", "nor is the app erased");
    assert_eq!(then.vault_use_keychain().unwrap_err().code(), "only-reading", "nor is a vault made");
    let sync = SyncRequest { app: APP.to_owned(), accept_drop: false };
    let synced = then.sync(&sync, Box::new(|_| {})).await;
    assert_eq!(synced.unwrap_err().code(), "only-reading", "nor is a roster read");

    assert_eq!(open.draft_get(&key()).unwrap().as_deref(), Some("typed"));
    assert_eq!(open.purchases(APP).unwrap().len(), 1);
    assert_eq!(open.purchase_form(APP, 1).unwrap(), form);
    assert_eq!(open.runs(&of()).unwrap().len(), 2, "the rosters that were read before");
    assert_eq!(open.check().unwrap(), Vec::<String>::new());
    open.purchase_delete(&purchase()).unwrap();
    assert!(then.purchases(APP).unwrap().is_empty(), "today it can be");
}
