//! When members were last active: what imports tell, what counts on which day, and that the kept counts, the pages and the
//! exports never say anything else than the imports and the rosters do (spend.md D1, D10 cases 24 and 25).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use common::{member, noon, sound, sync, with_app};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use roster::{Activity, License, Member};
use store::{
    Act, ActKind, App, AppId, Counting, Entry, MemberNumber, MemberRow, NewActivity, RosterColumn, RosterFilter,
    RosterOrder, Store, StoreError, Whose,
};

const FIRST: Date = date(2026, 6, 1);

fn opened() -> (tempfile::TempDir, Store, App) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    (dir, store, app)
}

fn numbers(store: &Store, app: AppId) -> BTreeMap<String, MemberNumber> {
    let mut found = BTreeMap::new();
    store
        .named_members(app, |member| {
            found.insert(member.id.to_owned(), member.number);
        })
        .unwrap();
    found
}

/// Who was active last when; `None` is never.
fn import(store: &Store, app: &App, until: Date, log: bool, told: &[(&str, Option<Date>)]) -> u64 {
    let numbers = numbers(store, app.id);
    let people: Vec<_> = told.iter().map(|(id, last)| (numbers[*id], *last)).collect();
    let new = NewActivity { file: "a.csv", until, log, rows: told.len() as u64, unmatched: 0, people: &people };
    store.import_activity(app.id, &new, noon()).unwrap()
}

fn count_so(store: &Store, app: &App, counting: Counting) {
    let act = Act { app: Some(app.id), kind: ActKind::Edit, words: None, at: noon() };
    store.act(&act, &[Entry::ChooseCounting(counting)]).unwrap();
}

fn on(day: Date) -> RosterFilter {
    RosterFilter { as_of: Some(day), today: day, ..RosterFilter::default() }
}

fn rows(store: &Store, app: &App, filter: &RosterFilter) -> Vec<MemberRow> {
    let order = RosterOrder { column: RosterColumn::Id, descending: false };
    store.roster_page(app.id, filter, order, 0, 500).unwrap().rows
}

fn states(store: &Store, app: &App, day: Date) -> Vec<(String, Option<Date>, Activity)> {
    let rows = rows(store, app, &on(day)).into_iter();
    rows.map(|row| (row.member.id, row.last_activity, row.activity)).collect()
}

fn state(store: &Store, app: &App, id: &str, day: Date) -> Activity {
    states(store, app, day).into_iter().find(|(known, ..)| known == id).map(|(.., activity)| activity).unwrap()
}

/// The kept counts of a day: license, deactivated, state.
fn kept(store: &Store, app: &App, day: Date) -> BTreeMap<(License, bool, Activity), u64> {
    let counts = store.activity_counts(app.id, day).unwrap();
    counts.into_iter().map(|one| ((one.license, one.deactivated, one.activity), one.members)).collect()
}

fn five() -> Vec<Member> {
    ["a", "b", "c", "d", "e"].map(|id| member(id, "can-edit")).to_vec()
}

/// A key, the place among equal ones, and what is known of the member.
type Scanned = (Vec<u8>, usize, String, Option<Date>, Activity);

#[test]
fn a_list_tells_who_is_active_inactive_never_active_and_whom_nobody_monitors() {
    let (_dir, store, app) = opened();
    sync(&store, &app, FIRST, &five()).unwrap();
    let until = date(2026, 11, 2);
    let newer = import(
        &store,
        &app,
        until,
        false,
        &[("a", Some(until)), ("b", Some(date(2026, 8, 5))), ("c", Some(date(2026, 8, 4))), ("d", None)],
    );
    assert_eq!(newer, 4);
    let told = states(&store, &app, until);
    let expected = [
        ("a", Some(until), Activity::Active),
        ("b", Some(date(2026, 8, 5)), Activity::Active),
        ("c", Some(date(2026, 8, 4)), Activity::Inactive),
        ("d", None, Activity::Never),
        ("e", None, Activity::NotMonitored),
    ];
    assert_eq!(told, expected.map(|(id, last, activity)| (id.to_owned(), last, activity)), "90 days ago is inactive");
    let facets = store.facets(app.id, until).unwrap().activity;
    assert_eq!(facets.iter().map(|facet| facet.members).collect::<Vec<_>>(), [2, 1, 1, 1]);
    let never = RosterFilter { activity: vec![Activity::Never], ..on(until) };
    assert_eq!(rows(&store, &app, &never).len(), 1);
    let history = store.member_history(app.id, "c", until).unwrap().unwrap().row;
    assert_eq!((history.last_activity, history.activity), (Some(date(2026, 8, 4)), Activity::Inactive));
    sound(&store);
}

#[test]
fn a_past_day_knows_only_activity_up_to_it_and_later_imports_restate_it() {
    let (_dir, store, app) = opened();
    sync(&store, &app, FIRST, &five()).unwrap();
    let (november, august) = (date(2026, 11, 2), date(2026, 8, 1));
    import(&store, &app, november, false, &[("a", Some(november)), ("b", Some(date(2026, 7, 30))), ("c", None)]);
    let of = |id: &str, day| state(&store, &app, id, day);
    assert_eq!(of("a", august), Activity::NotMonitored, "what was before its last activity nobody told");
    assert_eq!([of("b", august), of("b", date(2026, 7, 29))], [Activity::Active, Activity::NotMonitored]);
    assert_eq!(of("c", august), Activity::Never, "never is never on every day before");
    import(&store, &app, august, false, &[("a", Some(date(2026, 7, 31)))]);
    assert_eq!(of("a", august), Activity::Active, "an older file says more of the past");
    assert_eq!(of("a", november), Activity::Active, "and nothing else of the present");
    sound(&store);
}

#[test]
fn a_later_day_is_never_lowered_and_what_was_told_long_ago_is_not_known_any_more() {
    let (_dir, store, app) = opened();
    sync(&store, &app, FIRST, &five()).unwrap();
    let september = date(2026, 9, 1);
    import(&store, &app, september, false, &[("a", Some(date(2026, 8, 31))), ("b", Some(date(2026, 5, 1)))]);
    let october = date(2026, 10, 1);
    let newer = import(&store, &app, october, false, &[("a", Some(date(2026, 7, 1)))]);
    assert_eq!(newer, 0);
    let told = states(&store, &app, october);
    assert_eq!(told[0], ("a".to_owned(), Some(date(2026, 8, 31)), Activity::Active));
    assert_eq!(told[1].2, Activity::Inactive, "whom the newer list leaves out is known as far as the older one knew");
    let of = |id: &str, day| state(&store, &app, id, day);
    assert_eq!(
        [of("b", date(2026, 11, 29)), of("b", date(2026, 11, 30))],
        [Activity::Inactive, Activity::NotMonitored]
    );
    assert_eq!(
        [of("a", date(2026, 12, 29)), of("a", date(2026, 12, 30))],
        [Activity::Inactive, Activity::NotMonitored]
    );
    sound(&store);
}

#[test]
fn who_is_not_in_a_log_is_not_known_which_is_not_never() {
    let (_dir, store, app) = opened();
    sync(&store, &app, FIRST, &five()).unwrap();
    let until = date(2026, 11, 2);
    import(&store, &app, until, true, &[("a", Some(until))]);
    assert_eq!(states(&store, &app, until)[1].2, Activity::NotMonitored);
    let before = date(2026, 10, 1);
    import(&store, &app, before, false, &[("a", None), ("b", None)]);
    import(&store, &app, until, true, &[("b", Some(date(2026, 10, 20)))]);
    let told = states(&store, &app, until);
    assert_eq!([told[0].2, told[1].2], [Activity::Active, Activity::Active]);
    let imports = store.activity_imports(app.id).unwrap();
    assert_eq!(
        imports.iter().map(|import| (import.log, import.until)).collect::<Vec<_>>(),
        [(true, until), (false, before), (true, until)]
    );
    sound(&store);
}

#[test]
fn undo_and_redo_take_an_import_back_whole() {
    let (_dir, store, app) = opened();
    sync(&store, &app, FIRST, &five()).unwrap();
    let until = date(2026, 11, 2);
    import(&store, &app, until, false, &[("a", Some(until)), ("b", None)]);
    import(&store, &app, until, false, &[("a", Some(until)), ("c", None)]);
    let (second, counts) = (states(&store, &app, until), kept(&store, &app, until));
    let undone = store.undo(Whose::App(app.id), noon()).unwrap().unwrap();
    assert_eq!(undone.what, "Import last activity of 2 people from a.csv");
    assert_eq!(state(&store, &app, "c", until), Activity::NotMonitored);
    assert_eq!(state(&store, &app, "b", until), Activity::Never);
    store.redo(Whose::App(app.id), noon()).unwrap().unwrap();
    assert_eq!((states(&store, &app, until), kept(&store, &app, until)), (second, counts));
    for _ in 0..2 {
        store.undo(Whose::App(app.id), noon()).unwrap().unwrap();
    }
    assert_eq!((kept(&store, &app, until).len(), store.activity_imports(app.id).unwrap().len()), (0, 0));
    sound(&store);
}

#[test]
fn the_threshold_counts_for_all_days_and_can_be_taken_back() {
    let (_dir, store, app) = opened();
    sync(&store, &app, FIRST, &five()).unwrap();
    let until = date(2026, 11, 2);
    import(&store, &app, until, false, &[("a", Some(until.saturating_sub(30.days())))]);
    count_so(&store, &app, Counting { inactive_after: 30, deactivated_billable: false });
    let of = |day: Date| state(&store, &app, "a", day);
    assert_eq!([of(until), of(until.yesterday().unwrap())], [Activity::Inactive, Activity::Active], "case 25");
    let inactive = (common::license("can-edit"), false, Activity::Inactive);
    assert_eq!(kept(&store, &app, until).get(&inactive), Some(&1));
    store.undo(Whose::App(app.id), noon()).unwrap();
    assert_eq!((of(until), kept(&store, &app, until).get(&inactive)), (Activity::Active, None));
    let wrong = Entry::ChooseCounting(Counting { inactive_after: 0, deactivated_billable: false });
    let act = Act { app: Some(app.id), kind: ActKind::Edit, words: None, at: noon() };
    assert!(store.act(&act, &[wrong]).is_err(), "the database refuses it, too");
    sound(&store);
}

#[test]
fn case_24_deactivated_accounts_are_billable_where_the_contract_charges_for_them() {
    let (_dir, store, app) = opened();
    let mut members = five();
    members[1].active = false;
    members[2].active = false;
    sync(&store, &app, FIRST, &members).unwrap();
    let billable = |yes| rows(&store, &app, &RosterFilter { billable: Some(yes), ..on(FIRST) }).len();
    let accounts = |day| store.account_counts(app.id, day, false).unwrap().iter().map(|one| one.accounts).sum::<u64>();
    assert_eq!((billable(true), billable(false), accounts(None), accounts(Some(FIRST))), (3, 2, 3, 3));
    count_so(&store, &app, Counting { deactivated_billable: true, ..Counting::default() });
    assert_eq!((billable(true), billable(false), accounts(None), accounts(Some(FIRST))), (5, 0, 5, 5));
    let mut scanned = 0;
    let filter = RosterFilter { billable: Some(true), ..on(FIRST) };
    store
        .scan_members(app.id, &filter, RosterOrder::default(), |_, _| {
            scanned += 1;
            Ok::<(), StoreError>(())
        })
        .unwrap();
    assert_eq!(scanned, 5);
    // Deactivated, then back: one account throughout.
    members[1].active = true;
    sync(&store, &app, date(2026, 7, 1), &members).unwrap();
    assert_eq!(accounts(None), 5);
    store.undo(Whose::App(app.id), noon()).unwrap();
    assert_eq!(accounts(None), 4);
    sound(&store);
}

/// A small generator, so that a failure is the same everywhere.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Whatever happens in whatever order, the kept counts are the rows, and the export is the page.
#[test]
fn kept_counts_pages_and_exports_agree_after_any_history() {
    for seed in 0..12 {
        let (_dir, store, app) = opened();
        let mut draw = Draw(seed);
        let mut day = FIRST;
        sync(&store, &app, day, &five()).unwrap();
        for _ in 0..14 {
            match draw.below(6) {
                0 | 1 => {
                    day = day.saturating_add(i64::try_from(draw.below(3) * 20).unwrap().days());
                    let mut members = five();
                    members.retain(|_| draw.below(5) > 0);
                    for member in &mut members {
                        member.active = draw.below(4) > 0;
                        member.license =
                            common::license(["can-edit", "view-only"][usize::try_from(draw.below(2)).unwrap()]);
                    }
                    sync(&store, &app, day, &members).unwrap();
                }
                2 | 3 => {
                    let until = day.saturating_sub(i64::try_from(draw.below(60)).unwrap().days());
                    let ids = ["a", "b", "c", "d", "e"].into_iter().filter(|_| draw.below(3) > 0).collect::<Vec<_>>();
                    let mut last = || {
                        let ago = i64::try_from(draw.below(200)).unwrap();
                        (ago < 170).then(|| until.saturating_sub(ago.days()))
                    };
                    let told: Vec<_> = ids.into_iter().map(|id| (id, last())).collect();
                    let log = told.iter().all(|(_, last)| last.is_some()) && told.len() % 2 == 0;
                    import(&store, &app, until, log, &told);
                }
                4 => {
                    let inactive_after = 10 + u32::try_from(draw.below(90)).unwrap();
                    count_so(&store, &app, Counting { inactive_after, deactivated_billable: draw.below(2) == 0 });
                }
                _ => {
                    store.undo(Whose::App(app.id), noon()).unwrap();
                    if draw.below(2) == 0 {
                        store.redo(Whose::App(app.id), noon()).unwrap();
                    }
                }
            }
            sound(&store);
        }
        for ago in (0..260).step_by(13) {
            let then = day.saturating_add(40.days()).saturating_sub(i64::from(ago).days());
            let mut expected: BTreeMap<(License, bool, Activity), u64> = BTreeMap::new();
            for row in rows(&store, &app, &on(then)) {
                let key = (row.member.license.clone(), !row.member.active, row.activity);
                *expected.entry(key).or_default() += u64::from(row.activity != Activity::NotMonitored);
            }
            expected.retain(|_, members| *members > 0);
            assert_eq!(kept(&store, &app, then), expected, "seed {seed}, {then}");
            for descending in [false, true] {
                let order = RosterOrder { column: RosterColumn::LastActivity, descending };
                let page = store.roster_page(app.id, &on(then), order, 0, 500).unwrap().rows;
                let mut scanned: Vec<Scanned> = Vec::new();
                store
                    .scan_members(app.id, &on(then), order, |member, key| {
                        let place = scanned.len();
                        scanned.push((
                            key.to_vec(),
                            place,
                            member.id.to_owned(),
                            member.last_activity,
                            member.activity,
                        ));
                        Ok::<(), StoreError>(())
                    })
                    .unwrap();
                scanned.sort();
                let scanned: Vec<_> = scanned.into_iter().map(|(_, _, id, last, state)| (id, last, state)).collect();
                let page: Vec<_> =
                    page.into_iter().map(|row| (row.member.id, row.last_activity, row.activity)).collect();
                assert_eq!(page, scanned, "seed {seed}, {then}, descending {descending}");
            }
        }
    }
}
