//! Prints how long the large operations take; it asserts nothing about time.
//! `cargo test -p store --release --test speed -- --ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and this one only prints")]

mod common;

use std::sync::LazyLock;
use std::time::Instant;

use common::{license, sync, with_app};
use jiff::civil::date;
use roster::{Member, ProductLicense};
use store::{MemberStatus, Promotion, RosterColumn, RosterFilter, RosterOrder, RunStatus, Store};

fn organisation(users: u64) -> Vec<Member> {
    let first = ["Ann", "Bob", "Chloé", "Dmitri", "Eve", "Farid", "Göran", "Hana", "Ivan", "Jane"];
    let last = ["Smith", "Łukaszewicz", "Garcia", "Brown", "O'Neil", "Müller", "Tanaka", "Lopez", "Okafor", "Zhang"];
    (0..users)
        .map(|number| {
            let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
            let pick = |from: &[&str], shift: u32| {
                from[usize::try_from((mixed >> shift) % from.len() as u64).unwrap()].to_owned()
            };
            let (given, family) = (pick(&first, 3), format!("{}{}", pick(&last, 9), mixed % 5000));
            let mail = format!("{}.{}{number}@acme.example", given.to_lowercase(), family.to_lowercase());
            Member {
                id: format!("{}", 100_000_000 + mixed % 100_000_000_000),
                user_name: mail.clone(),
                email: Some(mail),
                display_name: Some(format!("{given} {family}")),
                given_name: Some(given),
                middle_name: None,
                family_name: Some(family),
                active: mixed % 50 != 0,
                created: Some(
                    jiff::Timestamp::from_second(1_600_000_000 + i64::try_from(mixed % 190_000_000).unwrap()).unwrap(),
                ),
                last_modified: Some(jiff::Timestamp::from_second(1_790_000_000).unwrap()),
                license: license(if mixed % 3 == 0 { "can-edit" } else { "view-only" }),
                products: ["Lucidchart", "Lucidspark", "Lucidscale"]
                    .iter()
                    .enumerate()
                    .map(|(at, name)| ProductLicense { product: (*name).to_owned(), granted: mixed >> at & 1 == 1 })
                    .collect(),
                department: Some(format!("Department {}", mixed % 60)),
                cost_center: (mixed % 9 != 0).then(|| format!("CC-{}", mixed % 200)),
                groups: (0..mixed % 4).map(|group| format!("Group {}", (mixed >> group) % 30)).collect(),
            }
        })
        .collect()
}

/// Time on a processor where the system tells it, since a busy machine makes any other time meaningless.
fn spent() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64() * 1e3, |nanoseconds| nanoseconds / 1e6)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = spent();
    let done = work();
    println!("{what:<44} {:>9.1} ms", spent() - start);
    done
}

#[test]
#[ignore = "measures, asserts nothing"]
fn how_long_the_large_operations_take() {
    let users = std::env::var("USERS").map_or(100_000, |users| users.parse().unwrap());
    let dir = tempfile::tempdir_in(std::env::var("SPEED_DIR").unwrap_or("/tmp".to_owned())).unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let mut members = organisation(users);
    for (what, day) in [("first", 2), ("unchanged", 3), ("1 % changed", 4)] {
        if day == 4 {
            for member in members.iter_mut().step_by(100) {
                member.license = license("lite");
                member.department = Some("Department 61".to_owned());
            }
        }
        let run = store.begin_run(app.id, common::noon()).unwrap();
        let mut staging = store.staging().unwrap();
        timed(&format!("{what}: stage"), || {
            for page in members.chunks(500) {
                staging.add(page).unwrap();
            }
        });
        let promotion = Promotion {
            day: date(2026, 11, day),
            run_end: common::end(RunStatus::Completed),
            new_types_billable: false,
        };
        let counts = timed(&format!("{what}: promote"), || store.promote(app.id, run, &staging, &promotion).unwrap());
        println!("    {counts:?}");
    }
    let order = |column| RosterOrder { column, descending: false };
    for column in [
        RosterColumn::Id,
        RosterColumn::Email,
        RosterColumn::FamilyName,
        RosterColumn::License,
        RosterColumn::Created,
        RosterColumn::Department,
    ] {
        for (what, offset) in [("first page", 0), ("a page in the middle", users / 2)] {
            timed(&format!("{column:?}: {what}"), || {
                store.roster_page(app.id, &RosterFilter::default(), order(column), offset, 200).unwrap()
            });
        }
    }
    let filters = [
        ("by license", RosterFilter { licenses: vec![license("can-edit")], ..RosterFilter::default() }),
        ("by group", RosterFilter { groups: vec!["Group 3".to_owned()], ..RosterFilter::default() }),
        ("left", RosterFilter { statuses: vec![MemberStatus::Left], ..RosterFilter::default() }),
        ("search", RosterFilter { search: "müller acme".to_owned(), ..RosterFilter::default() }),
        ("search for nobody", RosterFilter { search: "nobody-is-called-so".to_owned(), ..RosterFilter::default() }),
        ("as of a past day", RosterFilter { as_of: Some(date(2026, 11, 3)), ..RosterFilter::default() }),
        ("as of another past day", RosterFilter { as_of: Some(date(2026, 11, 2)), ..RosterFilter::default() }),
        ("as of the last day", RosterFilter { as_of: Some(date(2026, 11, 4)), ..RosterFilter::default() }),
        (
            "as of a past day, a department",
            RosterFilter {
                as_of: Some(date(2026, 11, 3)),
                departments: vec![Some("Department 7".to_owned())],
                ..RosterFilter::default()
            },
        ),
    ];
    for (what, filter) in filters {
        timed(&format!("filter {what}"), || {
            store.roster_page(app.id, &filter, order(RosterColumn::Email), 0, 200).unwrap()
        });
    }
    let ids = [0, users / 2, users - 1].map(|at| members[usize::try_from(at).unwrap()].id.clone());
    for (which, id) in [("first", &ids[0]), ("middle", &ids[1]), ("last", &ids[2]), ("no", &"nobody".to_owned())] {
        timed(&format!("history of the {which} member"), || {
            store.member_history(app.id, id, jiff::civil::date(2026, 11, 2)).unwrap()
        });
    }
    for (what, day) in [("now", None), ("then", Some(date(2026, 11, 3)))] {
        timed(&format!("accounts counted, {what}"), || store.account_counts(app.id, day, false).unwrap());
    }
    timed("facets", || store.facets(app.id, jiff::civil::date(2026, 11, 2)).unwrap());
    timed("created by month", || store.created_by_month(app.id).unwrap());
    timed("seat history", || store.seat_history(app.id).unwrap());
    let mut rows = 0;
    timed("every row", || {
        store
            .for_each_member(app.id, &RosterFilter::default(), order(RosterColumn::Email), |_| {
                rows += 1;
                Ok::<_, store::StoreError>(())
            })
            .unwrap();
    });
    timed("check", || store.check().unwrap());
    drop(store);
    println!("database {} kB", std::fs::metadata(dir.path().join("seatledger.db")).unwrap().len() / 1024);
    let store = timed("open", || Store::open(dir.path()).unwrap());
    timed("history of the last member, before any page", || {
        store.member_history(app.id, &ids[2], jiff::civil::date(2026, 11, 2)).unwrap()
    });
    store.roster_page(app.id, &RosterFilter::default(), order(RosterColumn::Email), 0, 200).unwrap();
    timed("history of the last member, right after one", || {
        store.member_history(app.id, &ids[2], jiff::civil::date(2026, 11, 2)).unwrap()
    });
    timed("one sync of 1 member", || sync(&store, &app, date(2026, 11, 5), &members[..1]).unwrap());
    timed("remove", || store.remove_app(app.id).unwrap());
}
