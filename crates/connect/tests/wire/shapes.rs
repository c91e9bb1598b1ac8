//! Every shape in which Lucid was seen to tell a license, and what is missing or odd around it.

use connect::{PageOfMembers, Reading};
use roster::{FindingCode, License, Member, ProductLicense};

use crate::people::list;
use crate::raw::{Server, json};

const LUCID_2: &str = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User";
const LUCID_1: &str = "urn:ietf:params:scim:schemas:extension:lucid:1.0:User";
const LUCIDCHART_1: &str = "urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User";
const LUCIDCHART_OLD: &str = "urn:lucidchart:schemas:1.0:User";

async fn read(users: Vec<String>) -> (Reading, Vec<PageOfMembers>) {
    let server = Server::start(move |request| match request.start {
        1 => json(&list(users.len() as u64, 1, &users)),
        start => json(&list(users.len() as u64, start, &[])),
    })
    .await;
    server.read().await.unwrap()
}

async fn member(attributes: &str) -> (Member, Vec<FindingCode>) {
    let comma = if attributes.is_empty() { "" } else { "," };
    let (reading, mut pages) = read(vec![format!(r#"{{"id":"lucid-1"{comma}{attributes}}}"#)]).await;
    (pages.remove(0).members.to_members().remove(0), reading.findings.iter().map(|finding| finding.code).collect())
}

async fn license(attributes: &str) -> (String, bool) {
    let (member, findings) = member(attributes).await;
    let key = member.license.key().map_or("unknown".to_owned(), ToString::to_string);
    assert_eq!(member.license == License::Unknown, findings.contains(&FindingCode::UnknownLicense));
    (key, findings.contains(&FindingCode::LicenseSourcesDisagree))
}

fn products(urn: &str, lucidchart: &str) -> String {
    format!(r#""{urn}":{{"billingCode":null,"productLicenses":{{"Lucidchart":{lucidchart}}}}}"#)
}

fn can_edit(urn: &str, value: &str) -> String {
    format!(r#""{urn}":{{"canEdit":{value},"addOns":[]}}"#)
}

#[tokio::test]
async fn each_generation_alone_tells_the_license() {
    let shapes: [fn(&str) -> String; 5] = [
        |value| products(LUCID_2, value),
        |value| products(LUCID_1, value),
        |value| can_edit(LUCIDCHART_1, value),
        |value| can_edit(LUCIDCHART_OLD, value),
        |value| format!(r#""canEdit":{value}"#),
    ];
    for shape in shapes {
        for yes in ["true", "\"true\"", "\"True\"", "1"] {
            assert_eq!(license(&shape(yes)).await, ("can-edit".to_owned(), false), "{}", shape(yes));
        }
        for no in ["false", "\"false\"", "\"False\"", "0"] {
            assert_eq!(license(&shape(no)).await, ("view-only".to_owned(), false), "{}", shape(no));
        }
        for odd in ["null", "\"Full\"", "[]", "{}", "7"] {
            assert_eq!(license(&shape(odd)).await, ("unknown".to_owned(), false), "{}", shape(odd));
        }
    }
}

#[tokio::test]
async fn no_license_anywhere_is_unknown_and_never_none() {
    assert_eq!(license("").await.0, "unknown");
    assert_eq!(license(r#""groups":[{"value":"lucid-group-1","display":"Delicensed"}],"roles":[]"#).await.0, "unknown");
    for odd in ["null", "{}", "[]", "\"yes\"", r#"{"productLicenses":null}"#, r#"{"productLicenses":{}}"#] {
        assert_eq!(license(&format!(r#""{LUCID_2}":{odd}"#)).await.0, "unknown", "{odd}");
    }
    let other_product = format!(r#""{LUCID_2}":{{"productLicenses":{{"Lucidspark":true}}}}"#);
    assert_eq!(license(&other_product).await.0, "unknown");
}

#[tokio::test]
async fn four_urns_and_can_edit_live_together() {
    let all = |first: &str, second: &str, third: &str| {
        [
            r#""canEdit":true"#.to_owned(),
            can_edit(LUCIDCHART_OLD, third),
            can_edit(LUCIDCHART_1, third),
            products(LUCID_1, second),
            products(LUCID_2, first),
        ]
        .join(",")
    };
    assert_eq!(license(&all("true", "true", "true")).await, ("can-edit".to_owned(), false));
    assert_eq!(
        license(&all("false", "true", "true")).await,
        ("view-only".to_owned(), true),
        "lucid:2.0 wins, and it is told"
    );
    assert_eq!(license(&all("true", "false", "true")).await, ("can-edit".to_owned(), true));
    assert_eq!(license(&all("true", "true", "\"False\"")).await, ("can-edit".to_owned(), true));
    assert_eq!(license(&all("null", "false", "false")).await, ("view-only".to_owned(), true), "lucid:1.0 is next");
    assert_eq!(license(&all("null", "null", "true")).await, ("can-edit".to_owned(), false), "then canEdit");
    assert_eq!(license(&all("null", "\"\"", "null")).await, ("can-edit".to_owned(), false), "the last one left");
}

#[tokio::test]
async fn urns_and_keys_are_read_in_any_case() {
    let shouted = products(LUCID_2, "true").to_ascii_uppercase().replace("TRUE", "true").replace("NULL", "null");
    assert_eq!(license(&shouted).await.0, "can-edit");
    assert_eq!(license(r#""CANEDIT":"TRUE""#).await.0, "can-edit");
}

#[tokio::test]
async fn a_list_of_product_names_tells_what_is_held() {
    let listed = format!(r#""{LUCID_2}":{{"productLicenses":["Lucidchart","Lucidspark"]}}"#);
    assert_eq!(license(&listed).await.0, "can-edit");
    let not_listed = format!(r#""{LUCID_2}":{{"productLicenses":["Lucidspark"]}}"#);
    assert_eq!(license(&not_listed).await.0, "unknown");
}

#[tokio::test]
async fn every_product_is_kept_the_unknown_ones_too() {
    let both = format!(
        r#""{LUCID_2}":{{"productLicenses":{{"Lucidchart":true,"Lucidspark":"True","CloudInsights":false,"Odd":"Full"}}}},
        "{LUCID_1}":{{"productLicenses":{{"Lucidchart":true,"LucidscaleCreator":false,"LucidscaleExplorer":1}}}}"#
    );
    let expected = [
        ("CloudInsights", false),
        ("Lucidchart", true),
        ("LucidscaleCreator", false),
        ("LucidscaleExplorer", true),
        ("Lucidspark", true),
    ];
    let expected = expected.map(|(product, granted)| ProductLicense { product: product.to_owned(), granted });
    assert_eq!(member(&both).await.0.products, expected);
}

#[tokio::test]
async fn names_and_addresses_stay_as_sent() {
    let (member, findings) = member(
        r#""userName":"Ida.NORD@Acme.test","displayName":"Ida  Nord ","active":"False","canEdit":true,
        "name":{"formatted":"Nord, Ida","givenName":"Ida","middleName":"M.","familyName":"Nørd"},
        "emails":[{"value":"a@home.test","type":"home"},{"value":"I.Nord@acme.test","type":"Work"}],
        "groups":[{"value":"g-1","display":"Design"},{"value":"g-2"},"g-3",{}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R&D","costCenter":9},
        "meta":{"created":"2022-01-12T22:51:33.5+01:00","lastModified":"not a date"}"#,
    )
    .await;
    assert_eq!(member.user_name, "Ida.NORD@Acme.test");
    assert_eq!(member.email.as_deref(), Some("I.Nord@acme.test"), "work before the first");
    assert_eq!(member.display_name.as_deref(), Some("Ida  Nord "));
    assert_eq!(member.given_name.as_deref(), Some("Ida"));
    assert_eq!(member.middle_name.as_deref(), Some("M."));
    assert_eq!(member.family_name.as_deref(), Some("Nørd"));
    assert!(!member.active);
    assert_eq!(member.groups, ["Design", "g-2", "g-3"]);
    assert_eq!(member.department.as_deref(), Some("R&D"));
    assert_eq!(member.cost_center.as_deref(), Some("9"));
    assert_eq!(member.created.map(|created| created.to_string()).as_deref(), Some("2022-01-12T21:51:33.5Z"));
    assert_eq!(member.last_modified, None);
    assert_eq!(findings, []);
}

#[tokio::test]
async fn the_address_is_chosen_sensibly() {
    let cases = [
        (r#""emails":[{"value":"a@x.test"},{"value":"b@x.test","primary":"true"}]"#, Some("b@x.test")),
        (r#""emails":[{"value":"a@x.test","primary":true},{"value":"b@x.test","primary":true}]"#, Some("a@x.test")),
        (r#""emails":[{"value":""},{"value":null},{"value":"c@x.test"}]"#, Some("c@x.test")),
        (r#""emails":"a@x.test""#, Some("a@x.test")),
        (r#""emails":[],"userName":"u@x.test""#, Some("u@x.test")),
        (r#""emails":null,"userName":"no-address""#, None),
    ];
    for (attributes, expected) in cases {
        assert_eq!(member(attributes).await.0.email.as_deref(), expected, "{attributes}");
    }
}

#[tokio::test]
async fn a_user_with_nothing_but_an_id_is_a_member_and_a_set_of_findings() {
    let (bare, findings) = member(r#""userName":"  ","name":null,"meta":null,"emails":null,"active":null"#).await;
    assert_eq!((bare.id.as_str(), bare.user_name.as_str()), ("lucid-1", "lucid-1"));
    assert!(bare.active, "listed, so active");
    assert_eq!((bare.email, bare.display_name, bare.created), (None, None, None));
    assert_eq!(
        findings,
        [FindingCode::UnknownLicense, FindingCode::NoEmail, FindingCode::NoName, FindingCode::NoActiveDate]
    );
}

#[tokio::test]
async fn what_says_neither_that_somebody_is_active_nor_that_they_are_not_is_told() {
    let cases = [
        (r#""no""#, false, false),
        (r#""Inactive""#, false, false),
        (r#""disabled""#, false, false),
        (r#"["false"]"#, false, false),
        ("0.0", false, false),
        (r#""Y""#, true, false),
        ("null", true, false),
        (r#""suspended""#, true, true),
        (r#"{"value":false}"#, true, true),
        ("-1", true, true),
    ];
    for (sent, active, told) in cases {
        let (member, findings) = member(&format!(r#""active":{sent}"#)).await;
        let found = findings.contains(&FindingCode::ActiveUnreadable);
        assert_eq!((member.active, found), (active, told), "{sent}");
    }
}

#[tokio::test]
async fn findings_are_counted_with_a_few_examples() {
    let users: Vec<_> = (1..=40).map(|number| format!(r#"{{"id":{number},"userName":"u{number}@x.test"}}"#)).collect();
    let (reading, pages) = read(users).await;
    assert_eq!(pages[0].members.to_members()[6].id, "7", "ids may be numbers");
    let unknown = &reading.findings[0];
    assert_eq!((unknown.code, unknown.count), (FindingCode::UnknownLicense, 40));
    assert_eq!(unknown.examples, ["1", "2", "3", "4", "5"]);
}
