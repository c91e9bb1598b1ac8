//! A database of every earlier version, with purchases in it, is brought up to date and loses nothing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::{noon, sound};
use jiff::civil::date;
use ledger::{Conditions, Currency, FeeId, Paperwork, Price, Purchase, PurchaseId, Quantity, RateKind, Term};
use rust_decimal::Decimal;
use store::{ActKind, AppId, Reason, Store, Whose};

/// What each version's migrations were, as they were released.
const RELEASED: [&str; 10] = [
    include_str!("../src/migrations/001-start.sql"),
    include_str!("../src/migrations/002-lean.sql"),
    include_str!("../src/migrations/003-connections.sql"),
    include_str!("../src/migrations/004-ledger.sql"),
    include_str!("../src/migrations/005-scenarios.sql"),
    include_str!("../src/migrations/006-found-by-scan.sql"),
    include_str!("../src/migrations/007-rates.sql"),
    include_str!("../src/migrations/008-departments.sql"),
    include_str!("../src/migrations/009-held-and-seen.sql"),
    include_str!("../src/migrations/010-types-in-the-log.sql"),
];

/// An app whose purchase was added, edited twice, the second edit undone; and another one that was added and deleted.
const HISTORY: &str = "
    INSERT INTO app (app, slug, name, connector, base_url, sample, created_at)
    VALUES (1, 'lucidchart', 'Lucidchart', 'lucid', 'https://users.lucid.app/scim/v2', 0, 0);
    INSERT INTO license_type (app, key, name, billable, free, rank) VALUES (1, 'can-edit', 'Can-Edit', 1, 0, 20);
    INSERT INTO purchase_version (version, app, purchase, at, act, undoes, words, deleted, license_type, name, po, seats,
        amount, per, currency, frequency, from_day, end_day, proration, auto_renews, notice_days, note)
    VALUES
        (1, 1, 1, 1000, 'add', NULL, 'Add Can-Edit, 50 seats', 0, 'can-edit', 'Main', 'PO-17', 50, '9.00', 'unit', 'USD',
         'month', 20544, 20909, 'daily', 1, 90, 'note'),
        (2, 1, 1, 2000, 'edit', NULL, 'Edit Can-Edit, 60 seats', 0, 'can-edit', 'Main', 'PO-17', 60, '9.00', 'unit', 'USD',
         'month', 20544, 20909, 'daily', 1, 90, 'note'),
        (3, 1, 1, 3000, 'edit', NULL, 'Edit Can-Edit, unlimited seats', 0, 'can-edit', 'Main', 'PO-17', NULL, NULL, NULL,
         'EUR', '18months', 20544, NULL, 'month-up', 0, NULL, ''),
        (4, 1, 1, 4000, 'undo', 3, 'Undo Edit Can-Edit, unlimited seats', 0, 'can-edit', 'Main', 'PO-17', 60, '9.00',
         'unit', 'USD', 'month', 20544, 20909, 'daily', 1, 90, 'note'),
        (5, 1, 2, 5000, 'add', NULL, 'Add Can-Edit, 7 seats', 0, 'can-edit', '', '', 7, '1.5', 'lot', 'USD', 'once', 20544,
         NULL, 'none', 0, NULL, ''),
        (6, 1, 2, 6000, 'delete', NULL, 'Delete Can-Edit, 7 seats', 1, 'can-edit', '', '', 7, '1.5', 'lot', 'USD', 'once',
         20544, NULL, 'none', 0, NULL, '');";

/// The last version in which the history could be written as it stands there.
const WRITTEN_IN: usize = 3;

/// A rate, as it was recorded before there were kinds of them.
const RATE: &str = "
    INSERT INTO act (act, app, at, kind, words) VALUES (7, NULL, 7000, 'add', 'Add rate EUR to USD of 1 Nov 2026');
    INSERT INTO rate_version (act, rate, deleted, from_currency, to_currency, day, worth, source)
    VALUES (7, 1, 0, 'EUR', 'USD', 20758, '1.08', 'ECB');";

/// A fee that was added and edited, before it was kept why.
const FEE: &str = "
    INSERT INTO act (act, app, at, kind, words) VALUES (8, 1, 8000, 'add', 'Add fee Support'),
        (9, 1, 9000, 'edit', 'Edit fee Support');
    INSERT INTO fee_version (act, app, fee, deleted, name, amount, currency, frequency, from_day, end_day, proration,
        in_annual_spend, in_cost_per_account, note)
    VALUES (8, 1, 1, 0, 'Support', '450.00', 'USD', 'year', 20544, NULL, 'none', 1, 1, ''),
        (9, 1, 1, 0, 'Support', '500.00', 'USD', 'year', 20544, NULL, 'none', 1, 1, '');";

fn old_database(dir: &Path, version: usize) {
    drop(Store::open(dir).unwrap());
    for left in ["seatledger.db-wal", "seatledger.db-shm"] {
        let _ = std::fs::remove_file(dir.join(left));
    }
    let path = dir.join("seatledger.db");
    std::fs::remove_file(&path).unwrap();
    #[expect(clippy::disallowed_methods, reason = "plays an older version")]
    let old = rusqlite::Connection::open(&path).unwrap();
    old.pragma_update(None, "application_id", 0x5365_6174).unwrap();
    let written = version.min(WRITTEN_IN);
    RELEASED[..written].iter().for_each(|released| old.execute_batch(released).unwrap());
    old.execute_batch(HISTORY).unwrap();
    RELEASED[written..version].iter().for_each(|released| old.execute_batch(released).unwrap());
    if version > WRITTEN_IN {
        old.execute_batch(RATE).unwrap();
        old.execute_batch(FEE).unwrap();
    }
    old.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
}

fn main_purchase(seats: u32) -> Purchase {
    Purchase {
        id: PurchaseId(1),
        license_type: "can-edit".to_owned(),
        name: "Main".to_owned(),
        po: "PO-17".to_owned(),
        quantity: Quantity::Seats(seats),
        price: Some(Price { amount: Decimal::new(900, 2), per: ledger::Per::Unit }),
        currency: Currency::USD,
        frequency: ledger::Frequency::Monthly,
        term: Term { from: date(2026, 4, 1), end: Some(date(2027, 4, 1)) },
        proration: ledger::Proration::Daily,
        auto_renews: true,
        notice_days: Some(90),
        note: "note".to_owned(),
        conditions: Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

#[test]
fn purchases_of_every_earlier_version_stand_as_they_stood_and_can_still_be_undone() {
    for version in 1..=RELEASED.len() {
        let dir = tempfile::tempdir().unwrap();
        old_database(dir.path(), version);
        let store = Store::open(dir.path()).unwrap();
        sound(&store);
        let app = AppId(1);
        assert_eq!(store.purchases(app).unwrap(), [main_purchase(60)], "version {version}");
        let versions = store.purchase_versions(app, PurchaseId(1)).unwrap();
        let whats: Vec<&str> = versions.iter().map(|version| version.what.as_str()).collect();
        assert_eq!(
            whats,
            [
                "Add Can-Edit, 50 seats",
                "Edit Can-Edit, 60 seats",
                "Edit Can-Edit, unlimited seats",
                "Undo Edit Can-Edit, unlimited seats"
            ]
        );
        assert_eq!(versions[1].reason, Some(Reason::Correction));
        assert_eq!(versions[2].purchase.price, None);
        let paperwork = Paperwork { owner: "Mira".to_owned(), ..Paperwork::default() };
        let owned = Purchase { paperwork, ..main_purchase(61) };
        store.replace_purchase(app, &owned, noon(), ActKind::Edit).unwrap();
        assert_eq!(store.purchases(app).unwrap(), [owned], "nobody was responsible before");
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        if version > WRITTEN_IN {
            let (_, rate) = store.rates().unwrap().remove(0);
            assert_eq!((rate.kind, rate.day, rate.end), (RateKind::Day, date(2026, 11, 1), None), "of its day");
            store.undo(Whose::Organisation, noon()).unwrap().unwrap();
            assert!(store.rates().unwrap().is_empty());
            let fees = store.fee_versions(app, FeeId(1)).unwrap();
            let told: Vec<_> = fees.iter().map(|version| (version.fee.amount.to_string(), version.reason)).collect();
            assert_eq!(told, [("450.00".to_owned(), None), ("500.00".to_owned(), Some(Reason::Correction))]);
            assert_eq!(store.fee_changes(app).unwrap(), []);
        }
        let mut undone = Vec::new();
        while let Some(edit) = store.undo(app.into(), noon()).unwrap() {
            undone.push(edit.what);
            sound(&store);
        }
        let of_fees: &[&str] = if version > WRITTEN_IN { &["Edit fee Support", "Add fee Support"] } else { &[] };
        undone.retain(|what| !of_fees.contains(&what.as_str()));
        assert_eq!(
            undone,
            [
                "Edit Can-Edit, 61 seats",
                "Delete Can-Edit, 7 seats",
                "Add Can-Edit, 7 seats",
                "Edit Can-Edit, 60 seats",
                "Add Can-Edit, 50 seats"
            ]
        );
        assert_eq!(store.purchases(app).unwrap(), []);
    }
}
