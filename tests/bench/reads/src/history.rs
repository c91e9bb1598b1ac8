//! The bytes of a year: daily syncs of a roster of which 1 % changes a week, written through `store`.

use std::path::Path;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use roster::{KnownLicense, License, LicenseKey, Member, ProductLicense};
use serde_json::json;
use store::{AppId, NewApp, Promotion, RunEnd, RunStatus, Store};

use crate::Outcome;

const FIRST: Date = date(2026, 1, 1);
const PAGE: usize = 500;

pub fn of(folder: &Path, members: usize, days: i64) -> Outcome {
    let mut people: Vec<Member> = (0..members).map(member).collect();
    let mut next = members;
    let app = first(folder, &people)?;
    let one = bytes(folder)?;
    let mut changes = 0;
    {
        let store = Store::open(folder)?;
        for day in 1..days {
            // 1 % a week, spread over its days without loss by rounding.
            let upto = |day: i64| usize::try_from(day).map(|day| day * members / 700);
            for _ in upto(day - 1)?..upto(day)? {
                change(&mut people, &mut next, changes);
                changes += 1;
            }
            sync(&store, app, FIRST.checked_add(day.days())?, &people)?;
        }
        let broken = store.check()?;
        if !broken.is_empty() {
            return Err(broken.join("; ").into());
        }
    }
    Ok(json!({ "members": members, "days": days, "changes": changes, "one": one, "all": bytes(folder)? }))
}

/// The store with its first roster.
pub fn first(folder: &Path, people: &[Member]) -> Outcome<AppId> {
    let store = Store::open(folder)?;
    let new = NewApp {
        name: "Lucidchart".to_owned(),
        connector: "lucid".to_owned(),
        base_url: "https://users.lucid.app/scim/v2".to_owned(),
        sample: false,
    };
    let known = [("can-edit", "Can-Edit", true, 20), ("view-only", "View-Only", false, 10)];
    let known = known.into_iter().filter_map(|(key, name, billable, rank)| {
        Some(KnownLicense { key: LicenseKey::new(key)?, name: name.to_owned(), billable, rank })
    });
    let app = store.add_app(&new, &known.collect::<Vec<_>>(), noon(FIRST)?)?.id;
    sync(&store, app, FIRST, people)?;
    Ok(app)
}

/// Of ten changes four are another license; in the other six one person leaves and a new one joins.
fn change(people: &mut [Member], next: &mut usize, number: usize) {
    let place = number.wrapping_mul(7_919) % people.len().max(1);
    let Some(person) = people.get_mut(place) else { return };
    if number % 10 < 4 {
        let other =
            if person.license.key().is_some_and(|key| key.as_str() == "can-edit") { "view-only" } else { "can-edit" };
        person.license = license(other);
    } else {
        *person = member(*next);
        *next += 1;
    }
}

fn sync(store: &Store, app: AppId, day: Date, people: &[Member]) -> Outcome<()> {
    let at = noon(day)?;
    let run = store.begin_run(app, at)?;
    let mut staging = store.staging()?;
    for page in people.chunks(PAGE) {
        staging.add(page)?;
    }
    let run_end = RunEnd {
        at,
        status: RunStatus::Completed,
        members: staging.members(),
        pages: people.len().div_ceil(PAGE) as u64,
        requests: people.len().div_ceil(PAGE) as u64,
        bytes: 0,
        retries: 0,
        problem: None,
        findings: Vec::new(),
        cases: Vec::new(),
        stages: Vec::new(),
    };
    store.promote(app, run, &staging, &Promotion { day, run_end, new_types_billable: false })?;
    Ok(())
}

/// All bytes of the closed store.
fn bytes(folder: &Path) -> Outcome<u64> {
    let mut all = 0;
    for entry in std::fs::read_dir(folder)? {
        all += entry?.metadata()?.len();
    }
    Ok(all)
}

fn noon(day: Date) -> Outcome<Timestamp> {
    Ok(TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0))?)
}

fn license(key: &str) -> License {
    LicenseKey::new(key).map_or(License::Unknown, License::Type)
}

pub fn member(number: usize) -> Member {
    let mixed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let given = ["Ann", "Bruno", "Chloé", "Elena", "Göran", "Mira", "Rosa"];
    let family = ["Brown", "Fischer", "Kowalski", "Lopez", "Müller", "Okafor", "Smith", "Tanaka"];
    let pick =
        |from: &[&'static str]| from.get(usize::try_from(mixed % from.len() as u64).unwrap_or_default()).copied();
    let (given, family) = (pick(&given).unwrap_or_default(), pick(&family).unwrap_or_default());
    let mail = format!("member.number{number}@acme.example");
    Member {
        id: (100_000_000 + mixed % 100_000_000_000).to_string() + &number.to_string(),
        user_name: mail.clone(),
        email: Some(mail),
        given_name: Some(given.to_owned()),
        middle_name: None,
        family_name: Some(family.to_owned()),
        display_name: Some(format!("{given} {family}")),
        active: true,
        created: Timestamp::from_second(1_600_000_000 + i64::try_from(mixed % 150_000_000).unwrap_or_default()).ok(),
        last_modified: Timestamp::from_second(1_766_000_000).ok(),
        license: license(if mixed.is_multiple_of(3) { "can-edit" } else { "view-only" }),
        products: ["Lucidchart", "Lucidspark", "Lucidscale"]
            .iter()
            .enumerate()
            .map(|(bit, product)| ProductLicense { product: (*product).to_owned(), granted: mixed >> bit & 1 == 1 })
            .collect(),
        department: Some(format!("Department {:02}", mixed % 60)),
        cost_center: Some(format!("CC-{:04}", mixed % 200)),
        groups: vec![format!("Group {}", mixed % 40)],
    }
}
