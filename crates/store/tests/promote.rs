//! Promoting rosters against a model that keeps a copy of the roster per day: the store, which keeps intervals, must give
//! the same answers.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{end, license, member, noon, sound, sync, with_app};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use roster::change::{Ranks, Standing, classify};
use roster::{Change, ChangeKind, License, LicenseKey, Member};
use store::{
    App, Counts, MemberRow, MemberStatus, Promotion, RosterColumn, RosterFilter, RosterOrder, RunStatus, SeatCount,
    Spell, Store,
};

/// One member: license, whether they are active, name, department, cost center.
type One = (u8, bool, u8, u8, u8);
/// One roster, and how many days after the last one it is read.
type Read = (i32, BTreeMap<u8, One>);
/// A member's department and cost center.
type Belonging = (Option<String>, Option<String>);

/// Whether a filter keeps a member.
type Keep = fn(&Member) -> bool;
/// What a column orders by.
type Key = fn(&Member) -> Option<String>;

const KEYS: [&str; 4] = ["can-edit", "view-only", "lite", ""];

fn any_reads() -> impl Strategy<Value = Vec<Read>> {
    let roster = proptest::collection::btree_map(
        0_u8..7,
        (0_u8..4, proptest::bool::weighted(0.8), 0_u8..2, 0_u8..3, 0_u8..3),
        0..7,
    );
    proptest::collection::vec((-1_i32..3, roster), 1..9)
}

fn members(roster: &BTreeMap<u8, One>) -> Vec<Member> {
    let one = |(id, (key, active, name, department, center)): (&u8, &One)| Member {
        active: *active,
        department: (*department > 0).then(|| format!("Department {department}")),
        cost_center: (*center > 0).then(|| format!("CC {center}")),
        given_name: Some(format!("Name {name}")),
        ..member(&id.to_string(), KEYS[usize::from(*key)])
    };
    roster.iter().map(one).collect()
}

#[derive(Default)]
struct Model {
    /// The roster at the end of each day on which one was read.
    days: BTreeMap<Date, BTreeMap<String, (License, bool)>>,
    /// The last row of everybody ever listed, and whether they are listed.
    rows: BTreeMap<String, (Member, bool)>,
    /// Where everybody ever listed belonged at the end of each such day.
    belongings: BTreeMap<Date, BTreeMap<String, Belonging>>,
    changes: Vec<(Date, Change)>,
}

impl Model {
    fn read(&mut self, day: Date, members: &[Member]) -> Counts {
        let ranks: Ranks =
            [("can-edit", 20), ("view-only", 10)].map(|(key, rank)| (LicenseKey::new(key).unwrap(), rank)).into();
        let mut counts = Counts { members: members.len() as u64, ..Counts::default() };
        let now: BTreeMap<&str, &Member> = members.iter().map(|member| (member.id.as_str(), member)).collect();
        let known: BTreeSet<String> = self.rows.keys().cloned().chain(now.keys().map(ToString::to_string)).collect();
        for id in known {
            let (before, after) = (self.rows.get(&id).cloned(), now.get(id.as_str()));
            match (&before, after) {
                (Some((old, true)), Some(new)) => counts.changed += u64::from(old != *new),
                (Some((_, true)), None) => counts.removed += 1,
                (_, Some(_)) => counts.added += 1,
                _ => {}
            }
            let stood = before
                .as_ref()
                .map(|(row, listed)| Standing { present: *listed && row.active, license: row.license.clone() });
            let stands = after.map(|row| Standing { present: row.active, license: row.license.clone() });
            if let Some(kind) = classify(stood.as_ref(), stands.as_ref(), &ranks) {
                let to = (kind != ChangeKind::Left).then(|| stands.unwrap().license);
                let from = stood.map(|stood| stood.license);
                self.changes.push((day, Change { member: id.clone(), kind, from, to }));
            }
            match (after, before) {
                (Some(new), _) => drop(self.rows.insert(id, ((*new).clone(), true))),
                (None, Some((old, _))) => drop(self.rows.insert(id, (old, false))),
                (None, None) => {}
            }
        }
        self.days.insert(day, members.iter().map(|one| (one.id.clone(), (one.license.clone(), one.active))).collect());
        let belonging = |row: &Member| (row.department.clone(), row.cost_center.clone());
        self.belongings.insert(day, self.rows.iter().map(|(id, (row, _))| (id.clone(), belonging(row))).collect());
        counts
    }

    fn belonging(&self, day: Date, id: &str) -> Belonging {
        self.belongings.range(..=day).next_back().and_then(|(_, all)| all.get(id)).cloned().unwrap_or_default()
    }

    /// Active members by license, department and cost center.
    fn accounts(&self, day: Date) -> BTreeMap<(LicenseKey, Belonging), u64> {
        let mut accounts = BTreeMap::new();
        for (id, (license, _)) in self.on(day).into_iter().filter(|(_, (_, active))| *active) {
            if let License::Type(key) = license {
                *accounts.entry((key, self.belonging(day, &id))).or_default() += 1;
            }
        }
        accounts
    }

    fn on(&self, day: Date) -> BTreeMap<String, (License, bool)> {
        self.days.range(..=day).next_back().map(|(_, roster)| roster.clone()).unwrap_or_default()
    }

    fn spells(&self, id: &str) -> Vec<Spell> {
        let mut spells: Vec<Spell> = Vec::new();
        let mut held = None;
        for (day, roster) in &self.days {
            let now = roster.get(id);
            if now != held.as_ref() {
                if held.is_some() {
                    spells.last_mut().unwrap().until = Some(*day);
                }
                if let Some((license, active)) = now {
                    spells.push(Spell { from: *day, until: None, license: license.clone(), active: *active });
                }
                held = now.cloned();
            }
        }
        spells
    }

    fn seats(&self, day: Date) -> BTreeMap<License, (u64, u64)> {
        let mut seats = BTreeMap::new();
        for (license, active) in self.on(day).into_values() {
            let count: &mut (u64, u64) = seats.entry(license).or_default();
            *count = (count.0 + 1, count.1 + u64::from(active));
        }
        seats
    }
}

fn seats(store: &Store, app: &App, day: Option<Date>) -> BTreeMap<License, (u64, u64)> {
    let counts = store.seat_counts(app.id, day).unwrap().into_iter();
    counts.map(|SeatCount { license, assigned, active }| (license, (assigned, active))).collect()
}

/// Everybody of a day, those who left too, belonged where the model says, in lists, passes, filters and counts.
fn compare_belongings(store: &Store, app: &App, model: &Model, day: Date) {
    let belonging = |row: &Member| (row.department.clone(), row.cost_center.clone());
    let all = vec![MemberStatus::Active, MemberStatus::Deactivated, MemberStatus::Left];
    let filter = RosterFilter { as_of: Some(day), statuses: all, ..RosterFilter::default() };
    for column in [RosterColumn::Department, RosterColumn::CostCenter] {
        let order = RosterOrder { column, descending: false };
        let page = store.roster_page(app.id, &filter, order, 0, 99).unwrap();
        for row in &page.rows {
            assert_eq!(belonging(&row.member), model.belonging(day, &row.member.id), "{} as of {day}", row.member.id);
        }
        let key = |row: &MemberRow| match column {
            RosterColumn::Department => row.member.department.clone(),
            _ => row.member.cost_center.clone(),
        };
        let keys: Vec<_> = page.rows.iter().map(key).collect();
        assert!(keys.is_sorted_by_key(|key| (key.is_none(), key.clone())), "{column:?} as of {day}: {keys:?}");
        let mut passed = BTreeMap::new();
        let pass = store.scan_members(app.id, &filter, order, |member, _| {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            passed.insert(member.id.to_owned(), (owned(member.department), owned(member.cost_center)));
            Ok::<_, store::StoreError>(())
        });
        pass.unwrap();
        assert_eq!(passed, page.rows.iter().map(|row| (row.member.id.clone(), belonging(&row.member))).collect());
        let of_first = RosterFilter { departments: vec![Some("Department 1".to_owned())], ..filter.clone() };
        let searched = RosterFilter { search: "cc".to_owned(), ..filter.clone() };
        for (filter, keep) in [
            (of_first, (|one| one.0.as_deref() == Some("Department 1")) as fn(&Belonging) -> bool),
            (searched, |one| one.1.is_some()),
        ] {
            let found = store.roster_page(app.id, &filter, order, 0, 99).unwrap().rows;
            let expected = page.rows.iter().filter(|row| keep(&belonging(&row.member))).count();
            assert!(found.iter().all(|row| keep(&belonging(&row.member))), "{filter:?}");
            assert_eq!(found.len(), expected, "{filter:?}");
        }
    }
    let counts = store.account_counts(app.id, Some(day), false).unwrap().into_iter();
    let counted: BTreeMap<_, _> =
        counts.map(|count| ((count.license, (count.department, count.cost_center)), count.accounts)).collect();
    assert_eq!(counted, model.accounts(day), "accounts on {day}");
}

fn compare(store: &Store, app: &App, model: &Model) {
    sound(store);
    assert_eq!(store.sync_days(app.id).unwrap(), model.days.keys().copied().collect::<Vec<_>>());
    let first = *model.days.keys().next().unwrap();
    let mut day = first - 1.day();
    while day <= *model.days.keys().next_back().unwrap() + 1.day() {
        let filter = RosterFilter { as_of: Some(day), ..RosterFilter::default() };
        let page = store.roster_page(app.id, &filter, RosterOrder::default(), 0, 99).unwrap();
        let found: BTreeMap<_, _> = page
            .rows
            .iter()
            .map(|row| (row.member.id.clone(), (row.member.license.clone(), row.member.active)))
            .collect();
        assert_eq!(found, model.on(day), "as of {day}");
        assert_eq!(seats(store, app, Some(day)), model.seats(day), "seats on {day}");
        compare_belongings(store, app, model, day);
        day += 1.day();
    }
    assert_eq!(seats(store, app, None), model.seats(day));
    let history = |of: fn(&(u64, u64)) -> u64| {
        let mut held: BTreeMap<License, u64> = BTreeMap::new();
        let mut points = Vec::new();
        for day in model.days.keys() {
            let now = model.seats(*day);
            let licenses: BTreeSet<_> = held.keys().chain(now.keys()).cloned().collect();
            for license in licenses {
                let number = now.get(&license).map_or(0, of);
                if held.insert(license.clone(), number).unwrap_or(0) != number {
                    points.push((*day, license, number));
                }
            }
        }
        points
    };
    for (mut kept, expected) in [
        (store.seat_history(app.id).unwrap(), history(|seats| seats.0)),
        (store.active_history(app.id).unwrap(), history(|seats| seats.1)),
    ] {
        kept.sort();
        assert_eq!(kept, expected);
    }
    for (id, (row, listed)) in &model.rows {
        let history = store.member_history(app.id, id, jiff::civil::date(2026, 11, 2)).unwrap().unwrap();
        assert_eq!(history.spells, model.spells(id), "spells of {id}");
        assert_eq!(history.row.status == MemberStatus::Left, !listed);
        let expected = Member { active: row.active && *listed, ..row.clone() };
        assert_eq!(history.row.member, expected, "the last row of {id}");
        let changes: Vec<_> = history.changes.into_iter().map(|row| (row.day, row.change)).collect();
        let expected: Vec<_> = model.changes.iter().filter(|(_, change)| change.member == *id).cloned().collect();
        assert_eq!(changes, expected, "changes of {id}");
    }
    assert_eq!(store.changes(app.id, None, None, 999).unwrap().len(), model.changes.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn intervals_answer_as_a_copy_per_day_would(reads in any_reads()) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let (app, other) = (with_app(&store), with_app(&store));
        sync(&store, &other, date(2026, 11, 2), &[member("1", "can-edit"), member("9", "lite")]).unwrap();
        let mut model = Model::default();
        let mut day = date(2026, 11, 2);
        for (days, roster) in &reads {
            let members = members(roster);
            // A clock that went back counts as the last day.
            let told = day + days.days();
            day = if model.days.is_empty() { told } else { told.max(day) };
            let counts = sync(&store, &app, told, &members).unwrap();
            prop_assert_eq!(counts, model.read(day, &members));
            prop_assert_eq!(store.member_count(app.id).unwrap(), members.len() as u64);
        }
        compare(&store, &app, &model);
        prop_assert_eq!(store.member_count(other.id).unwrap(), 2, "another app is not touched");
    }
}

#[test]
fn the_same_roster_again_writes_no_history_and_no_member() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let rich = Member {
        groups: vec!["b".to_owned(), "a".to_owned(), "a".to_owned()],
        department: Some("Sales".to_owned()),
        ..member("1", "can-edit")
    };
    let same = Member { groups: vec!["a".to_owned(), "b".to_owned()], ..rich.clone() };
    sync(&store, &app, date(2026, 11, 2), &[rich, member("2", "")]).unwrap();
    let rows = || {
        #[expect(clippy::disallowed_methods, reason = "looks at the rows from outside")]
        let outside = rusqlite::Connection::open(dir.path().join("seatledger.db")).unwrap();
        let count = |table: &str| {
            outside.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get::<_, i64>(0)).unwrap()
        };
        ["member", "assignment", "belonging", "change", "seat_count", "word", "license_type"].map(count)
    };
    let before = rows();
    let counts = sync(&store, &app, date(2026, 11, 3), &[member("2", ""), same]).unwrap();
    assert_eq!(
        counts,
        Counts { members: 2, ..Counts::default() },
        "neither the members' nor the groups' order matters"
    );
    assert_eq!(rows(), before);
}

#[test]
fn a_failed_promotion_leaves_everything_as_it_was_and_can_be_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    sync(&store, &app, date(2026, 11, 2), &[member("1", "can-edit")]).unwrap();
    let run = store.begin_run(app.id, noon()).unwrap();
    let mut staging = store.staging().unwrap();
    staging.add(&[member("2", "lite")]).unwrap();
    let wrong = Promotion { day: date(2026, 11, 3), run_end: end(RunStatus::Running), new_types_billable: false };
    store.promote(app.id, run, &staging, &wrong).unwrap_err();
    store.promote(store::AppId(99), run, &staging, &wrong).unwrap_err();
    sound(&store);
    assert_eq!(seats(&store, &app, None), [(license("can-edit"), (1, 1))].into());
    assert_eq!(store.runs(app.id, 1).unwrap()[0].status(), RunStatus::Running);
    let right = Promotion { day: date(2026, 11, 3), run_end: end(RunStatus::Completed), new_types_billable: false };
    let counts = store.promote(app.id, run, &staging, &right).unwrap();
    assert_eq!(counts, Counts { members: 1, added: 1, removed: 1, changed: 0 });
}

#[test]
fn a_page_shows_what_a_naive_filter_and_sort_would() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let names = [Some("Éva"), Some("anna"), None, Some("Zoé"), Some("ÉVA"), Some("Bert"), Some("anna")];
    let members: Vec<Member> = (0..70_usize)
        .map(|number| Member {
            family_name: names[number % 7].map(str::to_owned),
            email: (number % 5 != 0).then(|| format!("{}@X.example", ["b", "A", "c"][number % 3])),
            active: number % 4 != 0,
            department: (number % 3 != 0).then(|| format!("Dept {}", number % 2)),
            groups: (0..number % 3).map(|group| format!("g{group}")).collect(),
            created: (number % 6 != 0)
                .then(|| noon() + jiff::SignedDuration::from_hours(i64::try_from(number * 7 % 11).unwrap())),
            ..member(&format!("m{number}"), KEYS[number % 4])
        })
        .collect();
    sync(&store, &app, date(2026, 11, 2), &members).unwrap();
    let anyone = RosterFilter::default;
    let filters: [(RosterFilter, Keep); 9] = [
        (anyone(), |_| true),
        (RosterFilter { licenses: vec![license(""), license("lite")], ..anyone() }, |m| {
            m.license == license("") || m.license == license("lite")
        }),
        (RosterFilter { statuses: vec![MemberStatus::Deactivated], ..anyone() }, |m| !m.active),
        (RosterFilter { billable: Some(true), ..anyone() }, |m| m.active && m.license == license("can-edit")),
        (RosterFilter { billable: Some(false), ..anyone() }, |m| {
            m.license != license("") && !(m.active && m.license == license("can-edit"))
        }),
        (RosterFilter { departments: vec![None, Some("Dept 1".to_owned())], ..anyone() }, |m| {
            m.department.as_deref().is_none_or(|name| name == "Dept 1")
        }),
        (RosterFilter { groups: vec!["g1".to_owned(), "nobody's".to_owned()], ..anyone() }, |m| {
            m.groups.contains(&"g1".to_owned())
        }),
        (RosterFilter { search: " éVa  a@x ".to_owned(), ..anyone() }, |m| {
            m.family_name.as_deref().is_some_and(|name| name.to_lowercase() == "éva")
                && m.email.as_deref() == Some("A@X.example")
        }),
        (RosterFilter { departments: vec![Some("None such".to_owned())], ..anyone() }, |_| false),
    ];
    let columns: [(RosterColumn, Key); 5] = [
        (RosterColumn::FamilyName, |m| m.family_name.as_ref().map(|name| name.to_lowercase())),
        (RosterColumn::Email, |m| m.email.as_ref().map(|mail| mail.to_lowercase())),
        (RosterColumn::Created, |m| m.created.map(|created| created.to_string())),
        (RosterColumn::Department, |m| m.department.clone()),
        (RosterColumn::License, |m| m.license.key().map(ToString::to_string)),
    ];
    for ((filter, keep), (column, key)) in
        filters.iter().flat_map(|filter| columns.iter().map(move |column| (filter, column)))
    {
        for (descending, as_of) in [(false, None), (true, None), (true, Some(date(2026, 11, 2)))] {
            let mut expected: Vec<&Member> = members.iter().filter(|member| keep(member)).collect();
            expected.sort_by(|one, other| match (key(one), key(other)) {
                (Some(one), Some(other)) if descending => other.cmp(&one),
                (Some(one), Some(other)) => one.cmp(&other),
                (one, other) => one.is_none().cmp(&other.is_none()),
            });
            let filter = RosterFilter { as_of, ..filter.clone() };
            let page = store.roster_page(app.id, &filter, RosterOrder { column: *column, descending }, 3, 20).unwrap();
            let found: Vec<&Member> = page.rows.iter().map(|row| &row.member).collect();
            let what = format!("{column:?} {descending} {filter:?}");
            assert_eq!(found, expected.iter().copied().skip(3).take(20).collect::<Vec<_>>(), "{what}");
            assert_eq!(page.matching, expected.len() as u64, "{what}");
            let mut all = Vec::new();
            let order = RosterOrder { column: *column, descending };
            store
                .for_each_member(app.id, &filter, order, |row| {
                    all.push(row.member.clone());
                    Ok::<_, store::StoreError>(())
                })
                .unwrap();
            assert_eq!(all.iter().collect::<Vec<_>>(), expected, "{what}");
        }
    }
    let facets = store.facets(app.id, jiff::civil::date(2026, 11, 2)).unwrap();
    let in_group =
        |group: &str| members.iter().filter(|member| member.groups.iter().any(|one| one == group)).count() as u64;
    let groups: Vec<_> = facets.groups.into_iter().map(|facet| (facet.value, facet.members)).collect();
    assert_eq!(groups, [("g0".to_owned(), in_group("g0")), ("g1".to_owned(), in_group("g1"))]);
    assert_eq!(facets.departments.last().unwrap().value, None, "no department comes last");
}

#[test]
fn a_kept_page_is_not_shown_after_the_roster_changed() {
    let dir = tempfile::tempdir().unwrap();
    let (store, other) = (Store::open(dir.path()).unwrap(), Store::open(dir.path()).unwrap());
    let app = with_app(&store);
    let count = || store.roster_page(app.id, &RosterFilter::default(), RosterOrder::default(), 0, 9).unwrap().matching;
    assert_eq!(count(), 0);
    sync(&store, &app, date(2026, 11, 2), &[member("1", "lite")]).unwrap();
    assert_eq!(count(), 1);
    sync(&other, &app, date(2026, 11, 2), &[member("1", "lite"), member("2", "lite")]).unwrap();
    assert_eq!(count(), 2);
}
