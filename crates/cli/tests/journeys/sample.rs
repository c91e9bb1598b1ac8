//! The sample organisation: the whole job without an account, labelled, kept only where that was asked for.

use std::fs;

use serde_json::{Value, json};

use crate::desk::{Desk, finished, has_fields};

fn is_a_spend(spend: &Value) {
    has_fields(
        spend,
        &[
            "app",
            "as_of",
            "currency",
            "billable_accounts",
            "billable_annual",
            "committed_annual",
            "waste_annual",
            "bases",
            "by_license_type",
            "unpriced_license_types",
        ],
    );
    for line in spend["by_license_type"].as_array().unwrap() {
        has_fields(
            line,
            &[
                "license_type",
                "billable",
                "purchased",
                "assigned",
                "unassigned",
                "over_assigned",
                "unit_annual",
                "billable_annual",
                "committed_annual",
            ],
        );
    }
    assert_eq!(spend["currency"], "USD");
    assert!(spend["billable_accounts"].as_u64() > Some(100), "{spend}");
    assert!(spend["billable_annual"].as_str().unwrap().parse::<f64>().unwrap() > 10_000.0, "{spend}");
    let of = |key: &str| spend["bases"].as_array().unwrap().iter().find(|basis| basis["key"] == key).unwrap();
    for key in ["used", "idle", "waste-in-all"] {
        assert!(of(key)["amount"].as_str().is_some_and(|amount| amount != "0.00"), "{}", of(key));
        assert!(of(key)["caveat"].as_str().unwrap().contains("is not monitored: between"), "{}", of(key));
    }
}

#[test]
fn the_demo_shows_a_spend_and_leaves_nothing_behind() {
    let desk = Desk::new();
    let temporary = desk.home().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let mut command = desk.command(&["demo", "--json", "--quiet"]);
    command.env_remove("SEATLEDGER_DATA_DIR").env_remove("SEATLEDGER_VAULT").env_remove("SEATLEDGER_PASSPHRASE");
    command.env("TMPDIR", &temporary);
    let told = finished(command.spawn());
    assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{told:?}");
    is_a_spend(&told.document());
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    assert_eq!(fs::read_dir(desk.home()).unwrap().count(), 1, "nothing in the home folder either");
}

#[test]
fn a_sample_that_is_kept_works_on_and_is_removed_with_one_command() {
    let desk = Desk::new();
    let mut command = desk.command(&["demo"]);
    command.env_remove("SEATLEDGER_VAULT").env_remove("SEATLEDGER_PASSPHRASE");
    let told = finished(command.spawn());
    assert_eq!(told.code, Some(0), "{told:?}");
    for part in ["2. Who holds Can-Edit", "3. What was bought", "4. What it costs, and why", "5. Who uses", "Kept in"] {
        assert!(told.stdout.contains(part), "{part:?} is missing: {told:?}");
    }
    assert!(told.stderr.contains("This is a sample"), "{told:?}");
    assert!(!desk.folder().join("vault.v1").exists(), "its token is no secret");
    let apps = desk.document(&["apps"]);
    let slug = apps[0]["app"].as_str().unwrap();
    assert_eq!(
        (apps.as_array().unwrap().len(), &apps[0]["name"], &apps[0]["state"]),
        (1, &json!("Lucidchart (sample)"), &json!("current"))
    );
    assert!(desk.says(&["apps"]).contains("Sample organisation."), "it is labelled");
    let runs = desk.document(&["runs", slug]);
    let runs = runs.as_array().unwrap();
    assert_eq!(runs.len(), 57, "thirteen months of weekly syncs");
    assert!(runs.iter().all(|run| run["status"] == "completed"));
    let changes = desk.document(&["changes", slug]);
    for kind in ["joined", "left", "upgraded", "downgraded"] {
        assert!(changes.as_array().unwrap().iter().any(|change| change["kind"] == kind), "somebody {kind}");
    }
    is_a_spend(&desk.document(&["spend", slug]));
    let used = desk.document(&["activity", "show", slug]);
    let editing = &used["by_license_type"][0];
    for state in ["active", "inactive", "never", "not_monitored"] {
        let counted = editing[state].as_u64().unwrap();
        let word = state.replace('_', "-");
        let people =
            desk.document(&["roster", slug, "--license", "can-edit", "--status", "active", "--activity", &word]);
        assert!(counted > 0 && people.as_array().unwrap().len() as u64 == counted, "{state}: {editing}");
    }
    assert_eq!(used["imports"].as_array().unwrap().len(), 7, "every eight weeks: {used}");
    let again = desk.document(&["sync", slug]);
    let moved = json!([again["status"], again["added"], again["removed"], again["changed"]]);
    assert_eq!(moved, json!(["completed", 0, 0, 0]), "a new process serves the same organisation on the same day");
    assert_eq!(desk.document(&["check"])["sound"], true);
    desk.document(&["disconnect", slug, "--confirm", "Lucidchart (sample)"]);
    assert_eq!(desk.document(&["apps"]), json!([]));
}
