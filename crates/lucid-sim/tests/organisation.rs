//! The invented organisation: the same for the same seed, and consistent from day to day.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::Offset;
use lucid_sim::{Config, Happening, Organisation, SAMPLE_WEEKS, Seat, TruthUser};

fn first_day() -> Date {
    Config::default().first_day
}

fn week(number: u32) -> Date {
    first_day() + i64::from(number * 7).days()
}

fn users(organisation: &Organisation, day: Date) -> Vec<TruthUser> {
    organisation.on(day).users().collect()
}

fn by_id(users: Vec<TruthUser>) -> BTreeMap<String, TruthUser> {
    users.into_iter().map(|user| (user.id.clone(), user)).collect()
}

#[test]
fn the_same_seed_gives_the_same_people_and_another_gives_others() {
    let one = Organisation::new(&Config::of(300, 7));
    let same = Organisation::new(&Config::of(300, 7));
    let other = Organisation::new(&Config::of(300, 8));
    for number in [0, 20, 56] {
        assert_eq!(users(&one, week(number)), users(&same, week(number)));
    }
    assert_ne!(users(&one, week(0)), users(&other, week(0)));
}

#[test]
fn exactly_as_many_as_asked_are_there_on_the_first_day() {
    for size in [1, 2, 50, 1000, 20_000] {
        assert_eq!(Organisation::new(&Config::of(size, 3)).on(first_day()).len(), size as usize);
    }
    assert!(Organisation::new(&Config::of(0, 3)).on(first_day()).is_empty());
}

#[test]
fn the_sample_grows_as_promised_and_its_waves_show() {
    let organisation = Organisation::new(&Config::sample(first_day()));
    let counts: Vec<usize> = (0..=SAMPLE_WEEKS).map(|number| organisation.on(week(number)).len()).collect();
    let editors: Vec<usize> = (0..=SAMPLE_WEEKS)
        .map(|number| users(&organisation, week(number)).iter().filter(|user| user.license.can_edit()).count())
        .collect();
    assert_eq!(counts[0], 240);
    assert!((305..=335).contains(&counts[SAMPLE_WEEKS as usize]), "{counts:?}");
    assert!((50..=60).contains(&(editors[0] * 100 / counts[0])), "{editors:?} of {counts:?}");
    let onboarding = counts.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).max();
    assert!(onboarding.is_some_and(|joined| joined >= 25), "no onboarding wave in {counts:?}");
    let delicensing = editors.windows(2).map(|pair| pair[0].saturating_sub(pair[1])).max();
    assert!(delicensing.is_some_and(|lost| lost >= 15), "no downgrade wave in {editors:?}");
}

#[test]
fn a_usual_week_changes_one_or_two_people_in_a_hundred() {
    let organisation = Organisation::new(&Config::of(3000, 11));
    let ids = |day| organisation.on(day).users().map(|user| user.id).collect::<HashSet<String>>();
    let mut before = ids(week(0));
    for number in 1..SAMPLE_WEEKS {
        let after = ids(week(number));
        let changed = before.symmetric_difference(&after).count();
        assert!((6..=60).contains(&changed), "week {number}: {changed} came or went");
        before = after;
    }
}

#[test]
fn every_weeks_total_follows_from_the_histories() {
    let organisation = Organisation::new(&Config { grow_to: Some(700), ..Config::of(500, 5) });
    let mut everybody: HashMap<String, Vec<(Date, Happening)>> = HashMap::new();
    for number in 0..90 {
        for user in users(&organisation, week(number)) {
            everybody.entry(user.id.clone()).or_insert_with(|| organisation.history(&user.id));
        }
    }
    for number in 0..90 {
        let day = week(number);
        let listed = by_id(users(&organisation, day));
        for (id, history) in &everybody {
            let (mut active, mut seat) = (false, None);
            for (_, happening) in history.iter().filter(|(at, _)| *at <= day) {
                match happening {
                    Happening::Joined(first) | Happening::Returned(first) => (active, seat) = (true, Some(*first)),
                    Happening::Left => active = false,
                    Happening::Upgraded => seat = Some(Seat::CanEdit),
                    Happening::Downgraded => seat = Some(Seat::ViewOnly),
                    Happening::Moved => {}
                }
            }
            assert_eq!(listed.contains_key(id), active, "{id} on {day}: listed exactly while active");
            if let Some(user) = listed.get(id) {
                assert_eq!(Some(user.license), seat, "{id} on {day}");
            }
        }
    }
}

#[test]
fn histories_make_sense_step_by_step() {
    let organisation = Organisation::new(&Config { include_inactive: true, ..Config::of(2000, 9) });
    let mut kinds = HashSet::new();
    for user in organisation.on(week(100)).users() {
        let history = organisation.history(&user.id);
        assert!(matches!(history[0].1, Happening::Joined(_)));
        assert!(history.windows(2).all(|pair| pair[0].0 < pair[1].0), "one thing a day, in order: {history:?}");
        let mut active = true;
        for (_, happening) in &history[1..] {
            kinds.insert(std::mem::discriminant(happening));
            match happening {
                Happening::Returned(_) => assert!(!std::mem::replace(&mut active, true), "{history:?}"),
                Happening::Left => assert!(std::mem::replace(&mut active, false), "{history:?}"),
                _ => assert!(active, "nothing happens to who is deactivated: {history:?}"),
            }
        }
    }
    assert_eq!(kinds.len(), 5, "leaving, returning, upgrades, downgrades and moves all happen");
}

#[test]
fn timestamps_follow_the_history() {
    let organisation = Organisation::new(&Config { include_inactive: true, ..Config::of(600, 2) });
    let civil = |stamp: jiff::Timestamp| Offset::UTC.to_datetime(stamp).date();
    let day = week(40);
    for user in organisation.on(day).users() {
        let history = organisation.history(&user.id);
        let last = history.iter().rev().find(|(at, _)| *at <= day).expect("whoever is listed has joined");
        assert_eq!(civil(user.created), history[0].0);
        assert_eq!(civil(user.last_modified), last.0);
        assert!(user.created <= user.last_modified);
        assert_eq!(user.active, !matches!(last.1, Happening::Left));
    }
}

#[test]
fn created_never_moves_and_last_modified_moves_only_with_a_change() {
    let organisation = Organisation::new(&Config::of(400, 6));
    let mut before = by_id(users(&organisation, week(0)));
    for number in 1..60 {
        let after = by_id(users(&organisation, week(number)));
        for (id, user) in &after {
            let Some(earlier) = before.get(id) else { continue };
            assert_eq!(user.created, earlier.created);
            assert_eq!(user == earlier, user.last_modified == earlier.last_modified, "{id} in week {number}");
        }
        before = after;
    }
}

#[test]
fn ids_and_addresses_are_unique_and_cannot_belong_to_anybody() {
    let organisation = Organisation::new(&Config::of(40_000, 4));
    let everybody = users(&organisation, first_day());
    let ids: HashSet<&str> = everybody.iter().map(|user| user.id.as_str()).collect();
    let emails: HashSet<&str> = everybody.iter().map(|user| user.email.as_str()).collect();
    assert_eq!((ids.len(), emails.len()), (40_000, 40_000));
    assert!(emails.iter().all(|email| email.is_ascii() && email.ends_with(".example")));
    assert!(ids.iter().all(|id| id.strip_prefix("lucid-").is_some_and(|number| number.parse::<u64>().is_ok())));
}

#[test]
fn people_are_believable() {
    let everybody = users(&Organisation::new(&Config::sample(first_day())), first_day());
    let departments: HashSet<&str> = everybody.iter().map(|user| user.department).collect();
    let cost_centers: HashSet<&str> = everybody.iter().map(|user| user.cost_center).collect();
    assert!((8..=10).contains(&departments.len()), "{departments:?}");
    assert!(cost_centers.len() > departments.len());
    assert!(everybody.iter().any(|user| !user.full_name().is_ascii()));
    let middle = everybody.iter().filter(|user| user.middle_name.is_some()).count();
    assert!((20..=100).contains(&middle), "{middle} have a middle name");
    assert!(everybody.iter().all(|user| user.groups.len() == 1), "everybody is in exactly one organizational group");
    assert!(everybody.iter().any(|user| !user.roles.is_empty()));
    let oldest = everybody.iter().map(|user| user.created).min().expect("somebody");
    let oldest = Offset::UTC.to_datetime(oldest).date();
    assert!(oldest < first_day() - 1.year(), "some are there for years");
}
