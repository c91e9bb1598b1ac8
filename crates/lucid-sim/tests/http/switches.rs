//! The choices that Lucid's documentation leaves open.

use lucid_sim::{Config, LicenseMode, LicenseValueType, PastEnd, RolesShape};
use serde_json::{Value, json};

use crate::reader::{LUCID_2, LUCIDCHART, Reader};

async fn first_user(config: Config) -> (Value, bool) {
    let reader = Reader::of(config);
    let can_edit = reader.server.truth()[0].license.can_edit();
    (reader.page(1, 1).await.resources().remove(0), can_edit)
}

fn mode(license_mode: LicenseMode) -> Config {
    Config { license_mode, ..Config::default() }
}

#[tokio::test]
async fn licenses_show_in_the_generation_asked_for() {
    let (user, can_edit) = first_user(mode(LicenseMode::CanEdit)).await;
    assert_eq!(user[LUCIDCHART], json!({"canEdit": can_edit}));
    assert!(user.get(LUCID_2).is_none() && user.get("canEdit").is_none());

    let (user, can_edit) = first_user(mode(LicenseMode::ProductLicenses)).await;
    assert_eq!(user[LUCID_2]["productLicenses"]["Lucidchart"], can_edit);
    assert!(user.get(LUCIDCHART).is_none() && user.get("canEdit").is_none());

    let (user, can_edit) = first_user(mode(LicenseMode::AllUrns)).await;
    assert_eq!(user["canEdit"], can_edit);
    assert_eq!(user["schemas"].as_array().map(Vec::len), Some(6));

    let (user, _) = first_user(mode(LicenseMode::None)).await;
    let text = user.to_string();
    assert!(!text.contains("canEdit") && !text.contains("productLicenses"), "{text}");
}

#[tokio::test]
async fn product_licenses_can_be_texts() {
    let config = Config { license_value_type: LicenseValueType::String, ..Config::default() };
    let (user, can_edit) = first_user(config).await;
    assert_eq!(user[LUCID_2]["productLicenses"]["Lucidchart"], can_edit.to_string());
}

#[tokio::test]
async fn roles_are_objects_or_texts() {
    let (user, _) = first_user(Config::default()).await;
    assert_eq!(user["roles"], json!([{"value": "AccountAdmin"}, {"value": "BillingAdmin"}]));
    let (user, _) = first_user(Config { roles_shape: RolesShape::Strings, ..Config::default() }).await;
    assert_eq!(user["roles"], json!(["AccountAdmin", "BillingAdmin"]));
}

#[tokio::test]
async fn counts_have_a_default_and_a_limit() {
    let reader = Reader::of(Config { max_count: 60, default_count: 40, ..Config::default() });
    assert_eq!(reader.get("/Users").await.ids().len(), 40);
    assert_eq!(reader.page(1, 500).await.ids().len(), 60);
    assert_eq!(reader.walk().await, reader.true_ids());
}

#[tokio::test]
async fn past_the_end_is_empty_or_absent() {
    let page = Reader::plain().page(251, 100).await.json();
    assert_eq!((page["totalResults"].as_u64(), &page["Resources"]), (Some(250), &json!([])));
    let reader = Reader::of(Config { past_end: PastEnd::Absent, ..Config::default() });
    let page = reader.page(251, 100).await.json();
    assert_eq!((page["totalResults"].as_u64(), page.get("Resources")), (Some(250), None));
    assert_eq!(reader.page(250, 100).await.ids().len(), 1);
}

#[tokio::test]
async fn deactivated_users_are_listed_only_on_demand() {
    let config = Config::default();
    let day = config.first_day + jiff::ToSpan::weeks(40);
    let usual = Reader::of(Config { day: Some(day), ..config.clone() });
    let with = Reader::of(Config { day: Some(day), include_inactive: true, ..config });
    assert!(usual.server.truth().iter().all(|user| user.active));
    let inactive = with.server.truth().iter().filter(|user| !user.active).count();
    assert!(inactive > 0);
    let walked = with.walk().await;
    assert_eq!(walked.len(), usual.walk().await.len() + inactive);
    let filtered = with.get("/Users?filter=active%20eq%20false").await;
    assert_eq!(filtered.json()["totalResults"], inactive);
}

#[tokio::test]
async fn a_missing_user_can_be_403() {
    let reader = Reader::of(Config { missing_user_status: 403, ..Config::default() });
    assert_eq!(reader.get("/Users/lucid-1").await.status, 403);
}
