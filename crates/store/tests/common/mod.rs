//! What the store's tests share: an app to write to, members, and one sync.
#![allow(dead_code, reason = "each test file uses its part")]

use jiff::Timestamp;
use jiff::civil::Date;
use roster::{KnownLicense, License, LicenseKey, Member};
use store::{App, Counts, NewApp, Promotion, RunEnd, RunStatus, Store, StoreError};

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn noon() -> Timestamp {
    at("2026-11-02T12:00:00Z")
}

pub fn license(key: &str) -> License {
    LicenseKey::new(key).map_or(License::Unknown, License::Type)
}

pub fn known() -> Vec<KnownLicense> {
    [("can-edit", "Can-Edit", true, 20), ("view-only", "View-Only", false, 10)]
        .map(|(key, name, billable, rank)| KnownLicense {
            key: LicenseKey::new(key).unwrap(),
            name: name.to_owned(),
            billable,
            rank,
        })
        .to_vec()
}

pub fn new_app(name: &str) -> NewApp {
    NewApp {
        name: name.to_owned(),
        connector: "lucid".to_owned(),
        base_url: "https://users.lucid.app/scim/v2".to_owned(),
        sample: false,
    }
}

pub fn with_app(store: &Store) -> App {
    store.add_app(&new_app("Lucidchart"), &known(), noon()).unwrap()
}

pub fn member(id: &str, key: &str) -> Member {
    Member {
        id: id.to_owned(),
        user_name: format!("{id}@acme.example"),
        email: Some(format!("{id}@acme.example")),
        given_name: None,
        middle_name: None,
        family_name: None,
        display_name: None,
        active: true,
        created: None,
        last_modified: None,
        license: license(key),
        products: Vec::new(),
        department: None,
        cost_center: None,
        groups: Vec::new(),
    }
}

pub fn end(status: RunStatus) -> RunEnd {
    RunEnd {
        at: noon(),
        status,
        members: 0,
        pages: 1,
        bytes: 2,
        requests: 3,
        retries: 0,
        problem: None,
        findings: Vec::new(),
        cases: Vec::new(),
        stages: Vec::new(),
    }
}

pub fn sync(store: &Store, app: &App, day: Date, members: &[Member]) -> Result<Counts, StoreError> {
    let run = store.begin_run(app.id, noon())?;
    let mut staging = store.staging()?;
    for page in members.chunks(500) {
        staging.add(page)?;
    }
    store.promote(
        app.id,
        run,
        &staging,
        &Promotion { day, run_end: end(RunStatus::Completed), new_types_billable: false },
    )
}

pub fn sound(store: &Store) {
    assert_eq!(store.check().unwrap(), Vec::<String>::new(), "the check finds nothing wrong");
}
