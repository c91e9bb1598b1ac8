//! Many purchases at once: all or none, and taken back as one act.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{noon, sound, with_app};
use jiff::civil::date;
use ledger::{Currency, Frequency, Per, Price, Proration, Purchase, PurchaseId, Quantity, Term};
use roster::LicenseKey;
use rust_decimal::Decimal;
use store::{ActKind, Imported, LicenseType, Store, StoreError};

fn purchase(license_type: &str, seats: u32) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        license_type: license_type.to_owned(),
        name: String::new(),
        po: String::new(),
        quantity: Quantity::Seats(seats),
        price: Some(Price { amount: Decimal::new(900, 2), per: Per::Unit }),
        currency: Currency::from_code("USD").unwrap(),
        frequency: Frequency::Monthly,
        term: Term { from: date(2026, 4, 1), end: None },
        proration: Proration::None,
        auto_renews: false,
        notice_days: None,
        note: String::new(),
        conditions: ledger::Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

fn new_type(name: &str) -> LicenseType {
    let key = LicenseKey::new(name).unwrap();
    LicenseType { key, name: name.to_owned(), billable: true, free: false, rank: None }
}

#[test]
fn an_import_adds_types_and_purchases_and_is_undone_as_one_act() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    store.add_purchase(app.id, &purchase("can-edit", 1), noon()).unwrap();
    let rows = [purchase("can-edit", 2), purchase("planner", 3), purchase("can-edit", 4)];
    let ids = store
        .import_purchases(
            app.id,
            &Imported { file: "", new_types: &[new_type("Planner"), new_type("Can-Edit")], added: &rows, changed: &[] },
            noon(),
        )
        .unwrap();
    assert_eq!(ids, [2, 3, 4].map(PurchaseId));
    let seats = || store.purchases(app.id).unwrap().iter().map(|kept| kept.quantity).collect::<Vec<_>>();
    assert_eq!(seats(), [1, 2, 3, 4].map(Quantity::Seats));
    assert_eq!(store.last_edit(app.id.into()).unwrap().unwrap().what, "Import 3 purchases");
    assert_eq!(store.undo(app.id.into(), noon()).unwrap().unwrap().what, "Import 3 purchases");
    assert_eq!(seats(), [Quantity::Seats(1)]);
    assert_eq!(store.last_edit(app.id.into()).unwrap().unwrap().what, "Add Can-Edit, 1 seat");
    sound(&store);
}

#[test]
fn what_was_edited_after_an_import_is_undone_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let rows = [purchase("can-edit", 2), purchase("can-edit", 3)];
    let ids = store
        .import_purchases(app.id, &Imported { file: "", new_types: &[], added: &rows, changed: &[] }, noon())
        .unwrap();
    store.delete_purchase(app.id, ids[0], noon()).unwrap();
    let edited = Purchase { id: ids[1], ..purchase("can-edit", 30) };
    store.replace_purchase(app.id, &edited, noon(), ActKind::Edit).unwrap();
    let undone = || store.undo(app.id.into(), noon()).unwrap().unwrap().what;
    assert_eq!((undone(), undone()), ("Edit Can-Edit, 30 seats".to_owned(), "Delete Can-Edit, 2 seats".to_owned()));
    assert_eq!(store.purchases(app.id).unwrap().len(), 2);
    assert_eq!(undone(), "Import 2 purchases");
    assert_eq!((store.purchases(app.id).unwrap().len(), store.undo(app.id.into(), noon()).unwrap()), (0, None));
}

#[test]
fn an_import_that_fails_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let rows = [purchase("planner", 2), purchase("unheard-of", 3)];
    let failed = store.import_purchases(
        app.id,
        &Imported { file: "", new_types: &[new_type("Planner")], added: &rows, changed: &[] },
        noon(),
    );
    assert!(matches!(failed, Err(StoreError::NoSuchLicenseType { .. })), "{failed:?}");
    assert_eq!(store.purchases(app.id).unwrap(), []);
    assert!(store.license_types(app.id).unwrap().iter().all(|kept| kept.name != "Planner"));
    assert_eq!(store.last_edit(app.id.into()).unwrap(), None);
}

#[test]
fn what_an_import_adds_and_changes_is_one_act() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let id = store.add_purchase(app.id, &purchase("can-edit", 1), noon()).unwrap();
    let changed = Purchase { id, ..purchase("can-edit", 10) };
    let ids = store
        .import_purchases(
            app.id,
            &Imported { file: "", new_types: &[], added: &[purchase("can-edit", 2)], changed: &[changed] },
            noon(),
        )
        .unwrap();
    let seats = || store.purchases(app.id).unwrap().iter().map(|kept| kept.quantity).collect::<Vec<_>>();
    assert_eq!((ids.len(), seats()), (1, [10, 2].map(Quantity::Seats).to_vec()));
    let undone = store.undo(app.id.into(), noon()).unwrap().unwrap();
    assert_eq!((undone.what.as_str(), seats()), ("Import 2 purchases, 1 of them changed", vec![Quantity::Seats(1)]));
    let gone = Purchase { id: PurchaseId(99), ..purchase("can-edit", 5) };
    let failed = store.import_purchases(
        app.id,
        &Imported { file: "", new_types: &[], added: &[purchase("can-edit", 3)], changed: &[gone] },
        noon(),
    );
    assert!(matches!(failed, Err(StoreError::NoSuchPurchase)), "{failed:?}");
    assert_eq!(seats(), [Quantity::Seats(1)], "nothing of it");
    sound(&store);
}
