//! What counts as a change, what is held back, and what makes a key.
#![allow(clippy::unwrap_used, reason = "everything here is a test or makes something for one")]

use proptest::prelude::*;
use roster::ChangeKind::{Downgraded, Joined, Left, Reactivated, Reclassified, Upgraded};
use roster::activity::Told;
use roster::change::{Ranks, Standing, classify};
use roster::guard::{DROP_PERCENT, Loss, Verdict, check, covers};
use roster::{Activity, FindingCode, License, LicenseKey, activity};

fn key(text: &str) -> LicenseKey {
    LicenseKey::new(text).unwrap()
}

#[allow(clippy::unnecessary_wraps, reason = "a standing may be missing")]
fn holds(license: &str) -> Option<Standing> {
    let license = if license == "?" { License::Unknown } else { License::Type(key(license)) };
    Some(Standing { present: true, license })
}

fn gone(license: &str) -> Option<Standing> {
    holds(license).map(|standing| Standing { present: false, ..standing })
}

/// View-only < can-edit; explorer and creator rank alike; legacy has no rank.
fn ranks() -> Ranks {
    [("view-only", 10), ("can-edit", 20), ("explorer", 15), ("creator", 15)]
        .map(|(name, rank)| (key(name), rank))
        .into()
}

#[test]
fn two_readings_of_a_member_make_at_most_one_change() {
    let cases = [
        (None, holds("can-edit"), Some(Joined)),
        (None, gone("can-edit"), None),
        (None, None, None),
        (holds("can-edit"), None, Some(Left)),
        (holds("can-edit"), gone("can-edit"), Some(Left)),
        (holds("can-edit"), gone("view-only"), Some(Left)),
        (gone("can-edit"), None, None),
        (gone("can-edit"), gone("view-only"), None),
        (gone("view-only"), holds("can-edit"), Some(Reactivated)),
        (holds("can-edit"), holds("can-edit"), None),
        (holds("view-only"), holds("can-edit"), Some(Upgraded)),
        (holds("can-edit"), holds("view-only"), Some(Downgraded)),
        (holds("explorer"), holds("creator"), Some(Reclassified)),
        (holds("legacy"), holds("can-edit"), Some(Reclassified)),
        (holds("can-edit"), holds("legacy"), Some(Reclassified)),
        (holds("?"), holds("can-edit"), Some(Reclassified)),
        (holds("can-edit"), holds("?"), Some(Reclassified)),
        (holds("?"), holds("?"), None),
    ];
    for (before, after, expected) in cases {
        assert_eq!(classify(before.as_ref(), after.as_ref(), &ranks()), expected, "{before:?} → {after:?}");
    }
}

fn loss(before: u64, after: u64, vanished: u64, unknown: u64) -> Loss {
    Loss { before, after, vanished, unknown }
}

fn told(until: i32, last: Option<i32>) -> Told {
    Told { until, last }
}

#[test]
fn case_25_activity_exactly_as_many_days_ago_as_the_threshold_is_inactive() {
    let today = 1_000;
    let cases = [
        (vec![told(today, Some(today - 29))], Activity::Active, "29 days ago"),
        (vec![told(today, Some(today - 30))], Activity::Inactive, "30 days ago, the threshold itself"),
        (vec![told(today, Some(today - 31))], Activity::Inactive, "31 days ago"),
        (vec![told(today, Some(today))], Activity::Active, "today"),
        (vec![told(today, Some(today + 1))], Activity::NotMonitored, "tomorrow: nobody told of today"),
        (vec![told(today, None)], Activity::Never, "no activity ever"),
        (vec![], Activity::NotMonitored, "which is not never"),
        (vec![told(today - 29, None)], Activity::Never, "told 29 days ago"),
        (vec![told(today - 30, None)], Activity::NotMonitored, "told 30 days ago: who knows since"),
        (vec![told(today - 30, Some(today - 90))], Activity::NotMonitored, "inactive as of 30 days ago"),
        (vec![told(today - 29, Some(today - 90))], Activity::Inactive, "inactive as of 29 days ago"),
        (vec![told(today, None), told(today, Some(today - 40))], Activity::Inactive, "a day beats a never"),
        (vec![told(today, Some(today - 40)), told(today, Some(today - 2))], Activity::Active, "the later day counts"),
    ];
    for (told, expected, why) in cases {
        assert_eq!(activity::on(&told, 30, today), expected, "{why}");
    }
    assert_eq!(activity::on(&[told(today, Some(today))], 1, today), Activity::Active, "the smallest threshold");
    let known = [told(today, Some(today - 5)), told(today - 10, Some(today - 20))];
    assert_eq!([activity::last(&known, today), activity::last(&known, today - 6)], [Some(today - 5), Some(today - 20)]);
}

proptest! {
    /// The steps say on every day what is said of that day alone.
    #[test]
    fn steps_of_activity_are_what_is_said_of_each_day(
        told in proptest::collection::vec((0_i32..60, proptest::option::of(0_i32..60)), 0..4),
        threshold in 1_u32..25,
    ) {
        let told: Vec<Told> = told.into_iter().map(|(until, last)| Told { until, last }).collect();
        let mut steps = Vec::new();
        activity::steps(&told, threshold, &mut steps);
        for day in -10..120 {
            let step = steps.iter().rev().find(|(from, _)| *from <= day).map_or(Activity::NotMonitored, |step| step.1);
            prop_assert_eq!(step, activity::on(&told, threshold, day), "{} of {:?}", day, told);
        }
        prop_assert!(steps.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1), "{:?}", steps);
    }
}

#[test]
fn case_27_a_roster_is_held_when_it_is_empty_or_loses_more_than_the_threshold() {
    let cases = [
        (0, 0, 0, Verdict::HoldEmpty),
        (100, 0, 100, Verdict::HoldEmpty),
        (0, 1, 0, Verdict::Accept),
        (100, 100, 0, Verdict::Accept),
        (100, 500, 0, Verdict::Accept),
        (100, 80, 20, Verdict::Accept),
        (100, 79, 21, Verdict::HoldDrop),
        (100, 100, 100, Verdict::HoldDrop),
        (100, 500, 21, Verdict::HoldDrop),
        (5, 4, 1, Verdict::Accept),
        (4, 3, 1, Verdict::HoldDrop),
        (u64::MAX, u64::MAX - 1, 1, Verdict::Accept),
        (u64::MAX, 1, u64::MAX - 1, Verdict::HoldDrop),
    ];
    for (before, after, vanished, expected) in cases {
        assert_eq!(
            check(&loss(before, after, vanished, 0), DROP_PERCENT),
            expected,
            "{before} → {after}, {vanished} gone"
        );
    }
    assert_eq!(check(&loss(100, 1, 99, 0), 100), Verdict::Accept, "a threshold of 100 % holds only the empty roster");
    assert_eq!(check(&loss(100, 99, 1, 0), 0), Verdict::HoldDrop, "a threshold of 0 % holds every loss");
}

#[test]
fn a_roster_whose_license_types_became_unknown_is_held() {
    for (unknown, expected) in [(0, Verdict::Accept), (20, Verdict::Accept), (21, Verdict::HoldUnknown)] {
        assert_eq!(check(&loss(100, 100, 0, unknown), DROP_PERCENT), expected, "{unknown}");
    }
    assert_eq!(check(&loss(100, 60, 40, 60), DROP_PERCENT), Verdict::HoldDrop, "who is gone matters more");
}

#[test]
fn a_word_on_what_was_shown_covers_no_more_than_that() {
    let half = loss(100, 50, 50, 0);
    let covered = |now: Loss, unseen| covers(&half, &now, unseen, DROP_PERCENT);
    assert!(covered(half, 0), "the same people");
    assert!(covered(loss(100, 60, 40, 0), 0), "fewer of them");
    assert!(covered(loss(100, 100, 0, 0), 0), "nobody after all");
    assert!(covered(loss(100, 50, 50, 0), 20), "some others, as on any day");
    assert!(!covered(loss(100, 50, 50, 0), 50), "as many, but others");
    assert!(!covered(loss(100, 49, 51, 0), 1), "more");
    assert!(!covered(loss(100, 0, 100, 0), 50), "nobody is left");
    assert!(!covered(loss(100, 50, 50, 50), 0), "and the license types are lost too");
    assert!(covers(&loss(100, 0, 100, 0), &loss(100, 0, 100, 0), 0, DROP_PERCENT), "it was shown empty");
    let lost = loss(100, 100, 0, 60);
    assert!(covers(&lost, &loss(100, 99, 1, 60), 1, DROP_PERCENT), "somebody leaves on any day");
    assert!(!covers(&lost, &loss(100, 99, 1, 61), 1, DROP_PERCENT));
}

#[test]
fn a_key_is_lower_case_letters_and_digits_joined_by_single_hyphens() {
    for (text, expected) in [
        ("Can-Edit", "can-edit"),
        ("can-edit", "can-edit"),
        ("  View Only  ", "view-only"),
        ("Lucidscale: Creator (2)", "lucidscale-creator-2"),
        ("a__--__b", "a-b"),
        ("Pro", "pro"),
        ("Pro+", "pro-plus"),
        ("Pro Plus", "pro-plus"),
        ("Pro ++ (EU)", "pro-plus-plus-eu"),
        ("Größe", "größe"),
        ("ŞİŞ", "şiş"),
        ("編集可", "編集可"),
    ] {
        assert_eq!(LicenseKey::new(text).as_ref().map(LicenseKey::as_str), Some(expected), "{text}");
    }
}

#[test]
fn text_without_a_letter_or_digit_has_no_key() {
    for text in ["", "  ", "---", "(!)", "+", "\u{200b}"] {
        assert_eq!(LicenseKey::new(text), None, "{text:?}");
    }
}

#[test]
fn an_unknown_license_has_no_key_and_is_not_the_absence_of_one() {
    assert_eq!(License::Unknown.key(), None);
    assert_eq!(License::Type(key("can-edit")).key().map(ToString::to_string).as_deref(), Some("can-edit"));
}

#[test]
fn every_finding_is_listed_once_under_its_own_code() {
    let codes: std::collections::HashSet<&str> = FindingCode::ALL.iter().map(|finding| finding.code()).collect();
    assert_eq!(codes.len(), FindingCode::ALL.len());
    assert!(codes.iter().all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
}

fn any_standing() -> impl Strategy<Value = Option<Standing>> {
    let license = prop_oneof![Just("?"), Just("can-edit"), Just("view-only"), Just("legacy"), Just("explorer")];
    proptest::option::of((license, any::<bool>()).prop_map(|(license, present)| {
        let license = if license == "?" { License::Unknown } else { License::Type(key(license)) };
        Standing { present, license }
    }))
}

proptest! {
    #[test]
    fn a_key_is_its_own_key(text in "\\PC{0,40}") {
        if let Some(made) = LicenseKey::new(&text) {
            prop_assert_eq!(LicenseKey::new(made.as_str()), Some(made));
        }
    }

    #[test]
    fn a_change_tells_who_is_present_afterwards(before in any_standing(), after in any_standing()) {
        let present = after.as_ref().is_some_and(|standing| standing.present);
        match classify(before.as_ref(), after.as_ref(), &ranks()) {
            Some(Left) => prop_assert!(!present),
            Some(_) => prop_assert!(present),
            None => prop_assert_eq!(present, before.as_ref().is_some_and(|standing| standing.present)),
        }
    }

    #[test]
    fn an_upgrade_read_backwards_is_a_downgrade(before in any_standing(), after in any_standing()) {
        let there = classify(before.as_ref(), after.as_ref(), &ranks());
        let back = classify(after.as_ref(), before.as_ref(), &ranks());
        prop_assert_eq!(there == Some(Upgraded), back == Some(Downgraded));
    }
}
