//! Lists as of a past day: what was in force then, what was ahead then, and a day that is none.

use crate::desk::{APP, Desk, server};

const THEN: &str = "2024-06-15";

fn bought() -> (lucid_sim::Server, Desk) {
    let server = server(20);
    let desk = Desk::with(&server);
    desk.says(&[
        "purchase",
        "add",
        APP,
        "--type",
        "can-edit",
        "--quantity",
        "10",
        "--cost",
        "9",
        "--per",
        "unit",
        "--currency",
        "USD",
        "--every",
        "month",
        "--from",
        "2024-01-01",
        "--until",
        "2024-12-31",
    ]);
    (server, desk)
}

#[test]
fn purchases_and_fees_are_listed_as_they_stood_on_a_day() {
    let (_server, desk) = bought();
    desk.says(&[
        "fee",
        "add",
        APP,
        "--name",
        "Support",
        "--amount",
        "50",
        "--every",
        "year",
        "--from",
        "2024-01-01",
        "--until",
        "2024-12-31",
    ]);
    for what in ["purchase", "fee"] {
        let state = |day: &str| desk.document(&[what, "list", APP, "--as-of", day])[0]["state"].clone();
        assert_eq!([state("2023-12-31"), state(THEN), state("2025-01-01")], ["future", "in-force", "ended"], "{what}");
        assert_eq!(desk.document(&[what, "list", APP])[0]["state"], "ended", "{what}: today");
    }
}

#[test]
fn a_file_of_a_past_day_holds_what_was_so_then() {
    let (_server, desk) = bought();
    let target = desk.home().join("then.csv");
    let target = target.to_str().unwrap();
    let written = |what: &str, day: &[&str]| {
        desk.says(&[&["export", APP, what, "--format", "csv", "-o", target][..], day].concat());
        std::fs::read_to_string(target).unwrap()
    };
    assert!(written("purchases", &["--as-of", THEN]).contains(",in-force,"));
    assert!(written("purchases", &[]).contains(",ended,"));
    assert!(written("renewals", &["--as-of", THEN]).contains(",199,"));
}

#[test]
fn renewals_and_forecast_look_ahead_from_a_day() {
    let (_server, desk) = bought();
    let renewals = desk.document(&["renewals", APP, "--as-of", THEN]);
    assert_eq!(renewals[0]["days_left"], 199, "{renewals}");
    let months = desk.document(&["forecast", APP, "--as-of", THEN, "--months", "3"])["months"].clone();
    let told = |at: usize| (months[at]["from"].clone(), months[at]["expected"].clone());
    assert_eq!(told(1), ("2024-07-01".into(), "90.00".into()), "{months}");
}

#[test]
fn a_day_that_is_none_is_refused() {
    let (_server, desk) = bought();
    for command in
        [&["purchase", "list", APP][..], &["renewals", APP], &["forecast", APP], &["scenario", "compare", APP]]
    {
        let asked = [command, &["--as-of", "2024-02-30"]].concat();
        desk.refusal(&asked, 2, "not-a-date").says("February 2024 has 29 days");
    }
}
