//! The four generations of license shapes, as booleans and as strings: one and the same roster.

use lucid_sim::{Config, LicenseMode, LicenseValueType, RolesShape, Server};
use serde_json::{Value, json};

use crate::desk::{APP, Desk};
use crate::truth;

fn account(license_mode: LicenseMode, license_value_type: LicenseValueType) -> Server {
    let config = Config { license_mode, license_value_type, roles_shape: RolesShape::Strings, ..Config::of(130, 7) };
    Server::start(config).unwrap()
}

#[test]
fn every_generation_of_license_shapes_gives_the_same_roster() {
    let mut rosters: Vec<Vec<Value>> = Vec::new();
    for mode in [LicenseMode::CanEdit, LicenseMode::ProductLicenses, LicenseMode::AllUrns] {
        for values in [LicenseValueType::Bool, LicenseValueType::String] {
            let server = account(mode, values);
            let desk = Desk::new();
            assert_eq!(desk.connect(&server)["findings"], json!([]), "{mode:?} {values:?}");
            assert_eq!(desk.sync()["findings"], json!([]), "{mode:?} {values:?}");
            rosters.push(desk.roster(&[]));
            assert_eq!(rosters.last(), Some(&truth::roster(&server)), "{mode:?} {values:?}");
        }
    }
    assert!(rosters.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn an_account_that_tells_no_licenses_is_said_at_once_and_everybody_is_unknown() {
    let server = account(LicenseMode::None, LicenseValueType::Bool);
    let desk = Desk::new();
    let connected = desk.connect(&server);
    assert_eq!(connected["findings"][0]["code"], "unknown-license", "{connected}");
    let synced = desk.sync();
    assert_eq!(
        (&synced["findings"][0]["code"], &synced["findings"][0]["count"]),
        (&json!("unknown-license"), &json!(130))
    );
    let roster = desk.roster(&[]);
    assert_eq!(roster.len(), 130);
    assert!(roster.iter().all(|member| member["license_type"].is_null() && member["billable"] == false));
    assert_eq!(desk.roster(&["--license", "can-edit"]), Vec::<Value>::new());
    let spend = desk.document(&["spend", APP]);
    assert_eq!(spend["billable_accounts"], 0);
    assert!(spend["by_license_type"].as_array().unwrap().iter().all(|line| line["assigned"] == 0), "{spend}");
}
