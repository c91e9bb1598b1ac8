//! The one log of acts: license types and scenarios in it, undo and redo over everything, across restarts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{known, member, new_app, noon, sound, sync, with_app};
use jiff::civil::date;
use ledger::{Conditions, Currency, Frequency, Proration, Purchase, PurchaseId, Quantity, Term};
use proptest::prelude::*;
use roster::LicenseKey;
use store::{Act, ActKind, App, AppId, Entry, Imported, LicenseType, MappedLicense, Store, Whose};

fn purchase(license_type: &str, seats: u32) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        license_type: license_type.to_owned(),
        name: String::new(),
        po: String::new(),
        quantity: Quantity::Seats(seats),
        price: None,
        currency: Currency::USD,
        frequency: Frequency::Monthly,
        term: Term { from: date(2026, 4, 1), end: None },
        proration: Proration::None,
        auto_renews: false,
        notice_days: None,
        note: String::new(),
        conditions: Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

fn fresh() -> (tempfile::TempDir, Store, App) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    (dir, store, app)
}

fn of_key(store: &Store, app: AppId, key: &str) -> Option<LicenseType> {
    store.license_types(app).unwrap().into_iter().find(|kept| kept.key.as_str() == key)
}

fn done(store: &Store, app: AppId, kind: ActKind, entry: Entry) {
    store.act(&Act { app: Some(app), kind, words: None, at: noon() }, &[entry]).unwrap();
}

fn set_free(store: &Store, app: AppId, free: bool) {
    let changed = LicenseType { free, ..of_key(store, app, "can-edit").unwrap() };
    done(store, app, ActKind::Edit, Entry::ChangeLicenseType(changed));
}

fn new_type(name: &str) -> LicenseType {
    LicenseType { key: LicenseKey::new(name).unwrap(), name: name.to_owned(), billable: true, free: false, rank: None }
}

fn undo(store: &Store, app: AppId) -> Option<String> {
    store.undo(app.into(), noon()).unwrap().map(|edit| edit.what)
}

fn redo(store: &Store, app: AppId) -> Option<String> {
    store.redo(app.into(), noon()).unwrap().map(|edit| edit.what)
}

#[test]
fn what_is_said_of_a_license_type_is_undone_before_the_purchase_that_came_first_across_restarts() {
    let (dir, store, app) = fresh();
    store.add_purchase(app.id, &purchase("can-edit", 50), noon()).unwrap();
    set_free(&store, app.id, true);
    let renamed = LicenseType { name: "Editor".to_owned(), ..of_key(&store, app.id, "can-edit").unwrap() };
    done(&store, app.id, ActKind::Edit, Entry::ChangeLicenseType(renamed));
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    let said = || of_key(&store, app.id, "can-edit").map(|kept| (kept.name, kept.free, kept.billable)).unwrap();
    assert_eq!(said(), ("Editor".to_owned(), true, true));
    sync(&store, &app, date(2026, 11, 3), &[member("1", "can-edit")]).unwrap();
    assert_eq!(said(), ("Editor".to_owned(), true, true), "a sync leaves alone what a person said");
    assert_eq!(undo(&store, app.id).unwrap(), "Edit license type Editor");
    assert_eq!(said(), ("Can-Edit".to_owned(), true, true));
    assert_eq!(undo(&store, app.id).unwrap(), "Edit license type Can-Edit");
    assert_eq!(said(), ("Can-Edit".to_owned(), false, true), "as the connector said");
    assert_eq!(store.purchases(app.id).unwrap().len(), 1, "the purchase is left alone");
    assert_eq!(undo(&store, app.id).unwrap(), "Add Can-Edit, 50 seats");
    let versions = store.license_type_versions(app.id, &LicenseKey::new("can-edit").unwrap()).unwrap();
    let told: Vec<_> =
        versions.iter().map(|kept| (kept.license.name.as_str(), kept.license.free, kept.deleted)).collect();
    let expected =
        [("Can-Edit", true, false), ("Editor", true, false), ("Can-Edit", true, false), ("Can-Edit", true, true)];
    assert_eq!(told, expected);
    sound(&store);
}

#[test]
fn a_license_type_that_a_sync_brings_is_no_act() {
    let (_dir, store, app) = fresh();
    sync(&store, &app, date(2026, 11, 2), &[member("1", "guest")]).unwrap();
    assert!(of_key(&store, app.id, "guest").is_some());
    assert_eq!(store.last_edit(app.id.into()).unwrap(), None);
    sound(&store);
}

#[test]
fn a_license_type_that_an_import_brought_goes_with_it_unless_something_else_names_it() {
    let (dir, store, app) = fresh();
    let types = ["Planner", "Guest", "Viewer"].map(new_type);
    let rows = ["planner", "guest", "viewer"].map(|key| purchase(key, 1));
    let imported = Imported { file: "terms.xlsx", new_types: &types, added: &rows, changed: &[] };
    store.import_purchases(app.id, &imported, noon()).unwrap();
    sync(&store, &app, date(2026, 11, 2), &[member("1", "guest")]).unwrap();
    let viewers = MappedLicense {
        seen: "g".to_owned(),
        name: "g".to_owned(),
        license: Some(types[2].key.clone()),
        ..MappedLicense::default()
    };
    store.change_connection(app.id, |settings| settings.groups = vec![viewers]).unwrap();
    assert_eq!(undo(&store, app.id).unwrap(), "Import 3 purchases from terms.xlsx");
    sound(&store);
    let left = |store: &Store| ["planner", "guest", "viewer"].map(|key| of_key(store, app.id, key).is_some());
    assert_eq!(left(&store), [false, true, true]);
    assert!(store.add_purchase(app.id, &purchase("planner", 1), noon()).is_err(), "there is no such type any more");
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(redo(&store, app.id).unwrap(), "Import 3 purchases from terms.xlsx");
    assert_eq!((left(&store), store.purchases(app.id).unwrap().len()), ([true; 3], 3));
    sound(&store);
}

#[test]
fn a_license_type_that_comes_with_a_purchase_is_named_in_its_act_and_goes_with_it() {
    let (_dir, store, app) = fresh();
    let act = Act { app: Some(app.id), kind: ActKind::Add, words: None, at: noon() };
    let entries = [Entry::AddLicenseType(new_type("Planner")), Entry::AddPurchase(purchase("planner", 2), None)];
    store.act(&act, &entries).unwrap();
    assert!(of_key(&store, app.id, "planner").is_some());
    assert_eq!(undo(&store, app.id).unwrap(), "Add Planner, 2 seats");
    assert!(of_key(&store, app.id, "planner").is_none());
    sound(&store);
}

#[test]
fn what_was_deleted_is_undone_and_done_again_across_restarts() {
    let (dir, store, app) = fresh();
    let id = store.add_purchase(app.id, &purchase("can-edit", 50), noon()).unwrap();
    store.delete_purchase(app.id, id, noon()).unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    let count = |store: &Store| store.purchases(app.id).unwrap().len();
    assert_eq!(redo(&store, app.id), None, "nothing was taken back yet");
    assert_eq!((undo(&store, app.id).unwrap().as_str(), count(&store)), ("Delete Can-Edit, 50 seats", 1));
    assert_eq!(store.last_undone(app.id.into()).unwrap().unwrap().what, "Delete Can-Edit, 50 seats");
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!((redo(&store, app.id).unwrap().as_str(), count(&store)), ("Delete Can-Edit, 50 seats", 0));
    assert_eq!(redo(&store, app.id), None, "it was done again already");
    assert_eq!((undo(&store, app.id).unwrap().as_str(), count(&store)), ("Delete Can-Edit, 50 seats", 1));
    assert_eq!((undo(&store, app.id).unwrap().as_str(), count(&store)), ("Add Can-Edit, 50 seats", 0));
    assert_eq!((redo(&store, app.id).unwrap().as_str(), count(&store)), ("Add Can-Edit, 50 seats", 1));
    set_free(&store, app.id, true);
    assert_eq!(redo(&store, app.id), None, "something else was done since");
    assert_eq!(store.redo(Whose::Organisation, noon()).unwrap(), None);
    sound(&store);
}

#[test]
fn a_scenario_has_one_name_in_whatever_case_and_comes_back_by_undo() {
    let (dir, store, app) = fresh();
    let other = store.add_app(&new_app("Other"), &known(), noon()).unwrap();
    let save = |kind, name: &str, body: &str| {
        done(&store, app.id, kind, Entry::SaveScenario { name: name.to_owned(), body: body.to_owned() });
    };
    save(ActKind::Add, "cheaper", "1");
    save(ActKind::Add, "Älter", "2");
    save(ActKind::Edit, "Cheaper", "3");
    let kept = |store: &Store| {
        store.scenarios(app.id).unwrap().into_iter().map(|(name, body)| name + &body).collect::<Vec<_>>()
    };
    assert_eq!(kept(&store), ["Cheaper3", "Älter2"]);
    assert_eq!(undo(&store, app.id).unwrap(), "Edit scenario Cheaper");
    assert_eq!(kept(&store), ["cheaper1", "Älter2"]);
    done(&store, app.id, ActKind::Delete, Entry::DeleteScenario("äLTER".to_owned()));
    assert_eq!(kept(&store), ["cheaper1"]);
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(undo(&store, app.id).unwrap(), "Delete scenario äLTER");
    assert_eq!(kept(&store), ["cheaper1", "Älter2"]);
    assert_eq!(store.scenarios(other.id).unwrap(), []);
    let gone = Act { app: Some(app.id), kind: ActKind::Delete, words: None, at: noon() };
    assert!(store.act(&gone, &[Entry::DeleteScenario("nothing".to_owned())]).is_err());
    sound(&store);
    store.remove_app(app.id).unwrap();
    assert_eq!(store.scenarios(app.id).unwrap(), []);
    sound(&store);
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Buy,
    Free,
    Undo,
    Redo,
}

type Shown = (usize, bool);

fn shown(store: &Store, app: AppId) -> Shown {
    (store.purchases(app).unwrap().len(), of_key(store, app, "can-edit").unwrap().free)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn undo_and_redo_walk_over_the_states_like_over_a_list(
        steps in proptest::collection::vec(prop_oneof![
            Just(Step::Buy), Just(Step::Free), Just(Step::Undo), Just(Step::Undo), Just(Step::Redo), Just(Step::Redo)
        ], 1..24)
    ) {
        let (_dir, store, app) = fresh();
        let mut states = vec![shown(&store, app.id)];
        let mut at = 0;
        for step in steps {
            match step {
                Step::Buy | Step::Free => {
                    match step {
                        Step::Buy => drop(store.add_purchase(app.id, &purchase("can-edit", 1), noon()).unwrap()),
                        _ => set_free(&store, app.id, !shown(&store, app.id).1),
                    }
                    states.truncate(at + 1);
                    states.push(shown(&store, app.id));
                    at += 1;
                }
                Step::Undo => {
                    prop_assert_eq!(undo(&store, app.id).is_some(), at > 0);
                    at = at.saturating_sub(1);
                }
                Step::Redo => {
                    prop_assert_eq!(redo(&store, app.id).is_some(), at + 1 < states.len());
                    at = (at + 1).min(states.len() - 1);
                }
            }
            prop_assert_eq!(shown(&store, app.id), states[at]);
        }
        sound(&store);
    }
}
