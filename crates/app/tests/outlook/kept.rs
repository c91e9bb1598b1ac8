//! Figures never rest on what was read before somebody changed it: whoever that was, and whatever they did.

use app::view::apps::AppRequest;
use app::view::drafts::DraftRequest;
use app::view::purchases::{
    LicenseTypeChange, PurchaseForm, PurchasePreviewRequest, PurchaseRequest, PurchaseSaveRequest,
};
use app::view::settings::SettingsChange;

use crate::*;

fn committed(open: &Seatledger) -> String {
    let found = open.spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap();
    let (amount, _) = of(&found.bases, "committed-annual");
    let table = open.spend_over_time(&over("fiscal-year", "2026-01-01", "2026-12-31")).unwrap();
    let accrued =
        table.total.value.map_or_else(|| "?".to_owned(), |money| format!("{} {}", money.amount, money.currency));
    format!("{}, {accrued}", amount.unwrap_or("?"))
}

fn form(seats: &str) -> PurchaseForm {
    PurchaseForm {
        license_type: "can-edit".to_owned(),
        quantity: seats.to_owned(),
        cost: "100".to_owned(),
        per: "unit".to_owned(),
        every: "year".to_owned(),
        from: "2026-01-01".to_owned(),
        until: "2026-12-31".to_owned(),
        ..PurchaseForm::default()
    }
}

#[test]
fn every_act_is_in_the_very_next_figures() {
    let books = Books::new(&[("Sales", 10)]);
    let open = books.open();
    let app = || AppRequest { app: APP.to_owned() };
    assert_eq!(committed(&open), "?, 0.00 USD", "nothing was bought");
    let save = |id, seats| open.purchase_save(&PurchaseSaveRequest { app: APP.to_owned(), id, form: form(seats) });
    let id = save(None, "10").unwrap().purchase.unwrap().id;
    assert_eq!(committed(&open), "1000.00, 1000.00 USD", "added");
    save(Some(id), "20").unwrap();
    assert_eq!(committed(&open), "2000.00, 2000.00 USD", "edited");
    open.undo(&app()).unwrap();
    assert_eq!(committed(&open), "1000.00, 1000.00 USD", "undone");
    open.purchase_delete(&PurchaseRequest { app: APP.to_owned(), id }).unwrap();
    assert_eq!(committed(&open), "?, 0.00 USD", "deleted");
    open.undo(&app()).unwrap();
    assert_eq!(committed(&open), "1000.00, 1000.00 USD", "brought back");
    let free = |free| LicenseTypeChange {
        app: APP.to_owned(),
        license_type: "can-edit".to_owned(),
        name: None,
        billable: None,
        free: Some(free),
    };
    open.license_type_change(&free(true)).unwrap();
    assert_eq!(committed(&open), "0.00, 0.00 USD", "marked as free");
    open.license_type_change(&free(false)).unwrap();
    assert_eq!(committed(&open), "1000.00, 1000.00 USD", "and not any more");
    books.enter(&[rate("EUR", date(2026, 1, 1), "2")]);
    open.settings_change(&SettingsChange { currency: Some("EUR".to_owned()), ..SettingsChange::default() }).unwrap();
    assert_eq!(committed(&open), "500.00, 500.00 EUR", "in another base currency");
}

#[test]
fn what_another_process_enters_is_in_the_very_next_figures() {
    let books = Books::new(&[("Sales", 10)]);
    let (one, other) = (books.open(), books.open());
    assert_eq!(committed(&one), "?, 0.00 USD");
    assert_eq!(committed(&other), "?, 0.00 USD");
    let preview = |seats: &str| {
        let request = PurchasePreviewRequest { app: APP.to_owned(), id: None, form: form(seats) };
        one.purchase_preview(&request).unwrap().warnings.first().map(|warning| warning.message.clone())
    };
    assert_eq!(preview("4").as_deref(), Some("6 members would hold Can-Edit without a purchased seat."));
    books.enter(&[bought(this_year(3, "100", "USD"))]);
    assert_eq!(preview("4").as_deref(), Some("3 members would hold Can-Edit without a purchased seat."));
    assert_eq!(committed(&one), "300.00, 300.00 USD", "by another process");
    assert_eq!(committed(&other), "300.00, 300.00 USD");
    let request = PurchaseSaveRequest { app: APP.to_owned(), id: None, form: form("1") };
    other.purchase_save(&request).unwrap();
    assert_eq!(committed(&one), "400.00, 400.00 USD", "by another window");
    assert_eq!(preview("6"), None, "nobody is left without a seat");
}

#[test]
fn the_rounding_that_is_chosen_holds_for_every_figure_at_once() {
    let books = Books::new(&[("Sales", 1)]);
    let two_years = |code| yearly(1, "100.05", code, date(2026, 1, 1), Some(date(2028, 1, 1)));
    let bought_in = |code| bought(Purchase { frequency: Frequency::Every2Years, ..two_years(code) });
    books.enter(&[bought_in("USD")]);
    let open = books.open();
    let preview = || {
        let form = PurchaseForm { every: "2years".to_owned(), cost: "100.05".to_owned(), ..form("1") };
        let request = PurchasePreviewRequest { app: APP.to_owned(), id: None, form };
        open.purchase_preview(&request).unwrap().annual.unwrap().value.unwrap().amount
    };
    let all = || {
        let spend = open.spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap();
        let listed = open.purchases(APP).unwrap()[0].annual.value.clone().unwrap().amount;
        [of(&spend.bases, "committed-annual").0.unwrap().to_owned(), listed, preview()]
    };
    assert_eq!(all(), ["50.03", "50.03", "50.03"]);
    let change = |word: &str| SettingsChange { rounding: Some(word.to_owned()), ..SettingsChange::default() };
    open.settings_change(&change("half-even")).unwrap();
    assert_eq!(all(), ["50.02", "50.02", "50.02"]);
    open.settings_change(&change("half-up")).unwrap();
    assert_eq!(all(), ["50.03", "50.03", "50.03"]);
}

#[test]
fn figures_are_told_while_drafts_are_being_written() {
    let books = Books::new(&[("Sales", 10)]);
    books.enter(&[bought(yearly(1, "100.00", "USD", date(2026, 1, 1), Some(date(2027, 1, 1))))]);
    let open = books.open();
    let typed = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for letter in 0..150 {
                let (key, body) = ("purchase".to_owned(), letter.to_string());
                open.draft_save(&DraftRequest { app: APP.to_owned(), key, body }).unwrap();
            }
            typed.store(false, std::sync::atomic::Ordering::Relaxed);
        });
        let mut told = 0;
        while typed.load(std::sync::atomic::Ordering::Relaxed) || told == 0 {
            assert!(committed(&open).starts_with("100.00, "));
            told += 1;
        }
    });
}
