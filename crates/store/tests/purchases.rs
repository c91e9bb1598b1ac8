//! Purchases come back exactly as typed, and every edit can be taken back.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{noon, sound, with_app};
use jiff::civil::date;
use ledger::{
    Conditions, Currency, Document, Frequency, Paperwork, Per, Price, Proration, Purchase, PurchaseId, Quantity, Term,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use store::{ActKind, App, Store, StoreError, Whose};

fn purchase(seats: u32) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        license_type: "can-edit".to_owned(),
        name: "Contract 2027".to_owned(),
        po: "PO-17".to_owned(),
        quantity: Quantity::Seats(seats),
        price: Some(Price { amount: Decimal::new(900, 2), per: Per::Unit }),
        currency: Currency::from_code("USD").unwrap(),
        frequency: Frequency::Monthly,
        term: Term { from: date(2026, 4, 1), end: Some(date(2027, 4, 1)) },
        proration: Proration::Daily,
        auto_renews: true,
        notice_days: Some(90),
        note: String::new(),
        conditions: Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

fn any_purchase() -> impl Strategy<Value = Purchase> {
    let price = proptest::option::of((any::<u32>(), 0_u32..7, any::<bool>()));
    let term = (-3_000_000_i64..2_900_000, proptest::option::of(1_i64..30_000));
    let sorts = (0_usize..8, 0_usize..4, prop_oneof![Just("can-edit"), Just("view-only")]);
    let papers = proptest::collection::vec(("\\PC{0,9}[\t\n\\\\]?", any::<String>()), 0..3);
    let texts = ("\\PC{0,20}", papers);
    (proptest::option::of(any::<u32>()), price, term, sorts, any::<bool>(), any::<Option<u16>>(), texts).prop_map(
        |(seats, price, (from, days), (frequency, proration, key), auto_renews, notice_days, texts)| {
            let (text, papers) = texts;
            let document = |(label, reference)| Document { label, reference };
            let day = |number: i64| date(1970, 1, 1) + jiff::SignedDuration::from_hours(24 * number);
            let prorations = [Proration::None, Proration::Daily, Proration::WholeMonthUp, Proration::WholeMonthDown];
            Purchase {
                license_type: key.to_owned(),
                name: text.clone(),
                po: text.clone(),
                quantity: seats.map_or(Quantity::Unlimited, Quantity::Seats),
                price: price.map(|(amount, scale, unit)| Price {
                    amount: Decimal::new(i64::from(amount), scale),
                    per: if unit { Per::Unit } else { Per::Lot },
                }),
                frequency: Frequency::ALL[frequency],
                term: Term { from: day(from), end: days.map(|days| day(from + days)) },
                proration: prorations[proration],
                auto_renews,
                notice_days,
                note: text.clone(),
                paperwork: Paperwork {
                    owner: text.clone(),
                    reminder: text,
                    documents: papers.into_iter().map(document).collect(),
                },
                ..purchase(1)
            }
        },
    )
}

fn fresh() -> (tempfile::TempDir, Store, App) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    (dir, store, app)
}

#[test]
fn an_amount_keeps_the_decimals_that_were_typed() {
    let (_dir, store, app) = fresh();
    store.add_purchase(app.id, &purchase(50), noon()).unwrap();
    let amount = store.purchases(app.id).unwrap()[0].price.unwrap().amount;
    assert_eq!(amount.to_string(), "9.00");
}

#[test]
fn the_last_edit_is_told_in_words() {
    let (_dir, store, app) = fresh();
    assert_eq!(store.last_edit(Whose::App(app.id)).unwrap(), None);
    let id = store.add_purchase(app.id, &purchase(50), noon()).unwrap();
    assert_eq!(store.last_edit(Whose::App(app.id)).unwrap().unwrap().what, "Add Can-Edit, 50 seats");
    store.replace_purchase(app.id, &Purchase { id, ..purchase(1) }, noon(), ActKind::Edit).unwrap();
    assert_eq!(store.last_edit(Whose::App(app.id)).unwrap().unwrap().what, "Edit Can-Edit, 1 seat");
    store.delete_purchase(app.id, id, noon()).unwrap();
    assert_eq!(store.undo(Whose::App(app.id), noon()).unwrap().unwrap().what, "Delete Can-Edit, 1 seat");
    assert_eq!(store.last_edit(Whose::App(app.id)).unwrap().unwrap().what, "Edit Can-Edit, 1 seat");
}

#[test]
fn sixty_edits_are_undone_one_after_the_other_across_restarts() {
    let (dir, store, app) = fresh();
    let id = store.add_purchase(app.id, &purchase(1), noon()).unwrap();
    for seats in 2..=60 {
        store.replace_purchase(app.id, &Purchase { id, ..purchase(seats) }, noon(), ActKind::Edit).unwrap();
    }
    drop(store);
    for seats in (1..60).rev() {
        let store = Store::open(dir.path()).unwrap();
        store.undo(Whose::App(app.id), noon()).unwrap().unwrap();
        assert_eq!(store.purchases(app.id).unwrap(), [Purchase { id, ..purchase(seats) }]);
    }
    let store = Store::open(dir.path()).unwrap();
    store.undo(Whose::App(app.id), noon()).unwrap().unwrap();
    assert_eq!(store.purchases(app.id).unwrap(), []);
    assert_eq!(store.undo(Whose::App(app.id), noon()).unwrap(), None);
    sound(&store);
}

#[test]
fn what_does_not_exist_can_be_neither_edited_nor_priced() {
    let (_dir, store, app) = fresh();
    let id = store.add_purchase(app.id, &purchase(1), noon()).unwrap();
    store.delete_purchase(app.id, id, noon()).unwrap();
    assert!(matches!(store.delete_purchase(app.id, id, noon()), Err(StoreError::NoSuchPurchase)));
    let unknown = Purchase { license_type: "platinum".to_owned(), ..purchase(1) };
    let refused = store.add_purchase(app.id, &unknown, noon());
    assert!(matches!(refused, Err(StoreError::NoSuchLicenseType { key }) if key == "platinum"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_leads_back_through_every_state(edits in proptest::collection::vec((any::<u8>(), any_purchase()), 1..12)) {
        let (_dir, store, app) = fresh();
        let mut states = vec![Vec::new()];
        for (choice, purchase) in edits {
            let now = states.last().unwrap();
            let target = now.get(usize::from(choice) / 4).map(|found: &Purchase| found.id);
            match (choice % 4, target) {
                (0, Some(id)) => store.delete_purchase(app.id, id, noon()).unwrap(),
                (1, Some(id)) => store.replace_purchase(app.id, &Purchase { id, ..purchase }, noon(), ActKind::End).unwrap(),
                // An undo among the edits takes back the last one; so the state before it stands again.
                (2, Some(_)) => {
                    prop_assert!(store.undo(Whose::App(app.id), noon()).unwrap().is_some());
                    states.pop();
                    prop_assert_eq!(&store.purchases(app.id).unwrap(), states.last().unwrap());
                    continue;
                }
                _ => {
                    let id = store.add_purchase(app.id, &purchase, noon()).unwrap();
                    let kept = store.purchases(app.id).unwrap();
                    prop_assert_eq!(kept.last().unwrap(), &Purchase { id, ..purchase });
                }
            }
            states.push(store.purchases(app.id).unwrap());
        }
        while states.pop().is_some() {
            if let Some(before) = states.last() {
                prop_assert!(store.undo(Whose::App(app.id), noon()).unwrap().is_some());
                prop_assert_eq!(&store.purchases(app.id).unwrap(), before);
            }
        }
        prop_assert_eq!(store.undo(Whose::App(app.id), noon()).unwrap(), None);
    }
}
