//! Any SCIM app: licenses out of an attribute path, suggestions, a preview, and words that name no vendor.

use std::collections::BTreeMap;

use connect::{
    BaseUrl, BearerToken, Client, Connector, LicensePath, Mapped, Mapping, Preview, Probe, SinkError, Sources,
    StageState, TokenError,
};
use lucid_sim::{Config, LicenseMode, Server as Sim};
use roster::{FindingCode, LicenseKey};
use tokio_util::sync::CancellationToken;

use crate::people::list;
use crate::raw::{Server, json, quick, status};

fn sources(path: &str) -> Sources {
    Sources { license_from: Some(LicensePath::parse(path).unwrap()), ..Sources::of(Connector::Scim) }
}

fn mapped(seen: &str, license: Option<&str>) -> Mapped {
    Mapped { seen: seen.to_owned(), name: None, license: license.and_then(LicenseKey::new) }
}

fn client(sim: &Sim) -> Client {
    let token = BearerToken::from_pasted(sim.token()).unwrap();
    Client::new(&BaseUrl::parse(sim.base_url()).unwrap(), &token, quick()).unwrap()
}

/// The licenses of the users of one page, by their id; and the codes of what there is to tell.
async fn licenses(users: &[&str], sources: &Sources) -> (BTreeMap<String, String>, Vec<&'static str>) {
    let users: Vec<String> =
        users.iter().zip(1..).map(|(user, n)| format!(r#"{{"id":"{n}","userName":"u{n}@a.test",{user}}}"#)).collect();
    let server = Server::start(move |request| match request.start {
        1 => json(&list(users.len() as u64, 1, &users)),
        start => json(&list(users.len() as u64, start, &users[users.len() - 1..])),
    })
    .await;
    let mut seen = BTreeMap::new();
    let mut sink = |page: connect::PageOfMembers| -> Result<(), SinkError> {
        seen.extend(
            page.members
                .to_members()
                .into_iter()
                .map(|member| (member.id, member.license.key().map_or("unknown", LicenseKey::as_str).to_owned())),
        );
        Ok(())
    };
    let journal = connect::Journal::new();
    let reading = server.client().read_roster(sources, &mut sink, &journal, &CancellationToken::new()).await.unwrap();
    (seen, reading.findings.iter().map(|found| found.code.code()).collect())
}

async fn license(user: &str, path: &str) -> String {
    licenses(&[user], &sources(path)).await.0.remove("1").unwrap()
}

#[tokio::test]
async fn a_path_reaches_every_kind_of_attribute() {
    const ACME: &str = r#""urn:example:acme:2.0:User":{"plan":"Pro Plus","paid":true,"seats":7,"tiers":[{"type":"a","value":"gold"}],"box":{"lid":"red"}}"#;
    const ENTITLED: &str = r#""entitlements":[{"type":"feature","value":"beta"},{"value":"full","type":"License","primary":true},{"display":"Shown"}]"#;
    let cases = [
        (r#""userType":"Full""#, "userType", "full"),
        (r#""USERTYPE":" Full ""#, "usertype", "full"),
        (r#""userType":"Full""#, "urn:ietf:params:scim:schemas:core:2.0:User:userType", "full"),
        (r#""title":"Editor""#, "title", "editor"),
        (r#""name":{"honorificSuffix":"Pro"}"#, "name.honorificSuffix", "pro"),
        (ACME, "urn:example:acme:2.0:User:plan", "pro-plus"),
        (ACME, "URN:EXAMPLE:ACME:2.0:USER.PLAN", "pro-plus"),
        (ACME, "urn:example:acme:2.0:User:paid", "true"),
        (ACME, "urn:example:acme:2.0:User:seats", "7"),
        (ACME, "urn:example:acme:2.0:User:tiers", "gold"),
        (ACME, "urn:example:acme:2.0:User:tiers[type eq \"A\"].value", "gold"),
        (ACME, "urn:example:acme:2.0:User:tiers[type eq \"b\"].value", "unknown"),
        (ACME, "urn:example:acme:2.0:User.box.lid", "red"),
        (ACME, "urn:example:acme:2.0:User", "unknown"),
        (ACME, "plan", "unknown"),
        (ENTITLED, "entitlements[type eq \"license\"].value", "full"),
        (ENTITLED, "entitlements[type eq \"license\"]", "full"),
        (ENTITLED, "entitlements[primary eq true]", "full"),
        (ENTITLED, "entitlements[display eq \"shown\"]", "shown"),
        (ENTITLED, "entitlements", "beta"),
        (r#""roles":["Viewer"]"#, "roles", "viewer"),
        (r#""roles":["Viewer"]"#, "roles.value", "viewer"),
        (r#""roles":"Viewer""#, "roles", "viewer"),
        (r#""roles":[{"display":"Viewer"}]"#, "roles", "viewer"),
        (r#""roles":[null,{"value":null,"display":"Viewer"}]"#, "roles", "viewer"),
        (r#""groups":[{"value":"7","display":"Editors"}]"#, "groups.display", "editors"),
        (r#""groups":[{"value":"7","display":"Editors"}]"#, "groups", "7"),
        (
            r#""urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"D","division":"Gold"}"#,
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division",
            "gold",
        ),
        (r#""userType":null"#, "userType", "unknown"),
        (r#""userType":"""#, "userType", "unknown"),
        (r#""userType":{"a":1}"#, "userType", "unknown"),
        (r#""userType":[]"#, "userType", "unknown"),
    ];
    for (user, path, expected) in cases {
        assert_eq!(license(user, path).await, expected, "{path} in {user}");
    }
}

#[tokio::test]
async fn the_first_row_of_the_mapping_with_a_license_wins() {
    let mut sources = sources("roles");
    let rows = [("Auditor", None), ("Admin", Some("full")), ("Reader", Some("view"))];
    sources.values = rows.into_iter().map(|(seen, license)| mapped(seen, license)).collect();
    let users = [
        r#""roles":["Reader","Admin"]"#,
        r#""roles":["Auditor","Reader"]"#,
        r#""roles":["Auditor"]"#,
        r#""roles":["Guest"]"#,
        r#""roles":[]"#,
    ];
    let (seen, told) = licenses(&users, &sources).await;
    assert_eq!(seen.into_values().collect::<Vec<_>>(), ["full", "view", "unknown", "guest", "unknown"]);
    let codes = [FindingCode::UnknownLicense, FindingCode::NoLicenseValue, FindingCode::SeveralValues];
    for code in codes {
        assert!(told.contains(&code.code()), "{told:?}");
    }
}

#[tokio::test]
async fn values_without_end_are_cut_and_told() {
    let user = format!(r#""userType":"{}""#, "ü".repeat(300));
    let (seen, told) = licenses(&[&user], &sources("userType")).await;
    assert_eq!(seen["1"].chars().count(), 200);
    assert!(told.contains(&"value-cut"));
    let many: Vec<String> = (0..5_000).map(|n| format!("\"r{n}\"")).collect();
    let (seen, told) = licenses(&[&format!(r#""roles":[{}]"#, many.join(","))], &sources("roles")).await;
    assert_eq!((seen["1"].as_str(), told.contains(&"value-cut")), ("r0", true));
}

#[tokio::test]
async fn the_value_that_decides_may_be_the_last_of_many() {
    let mut sources = sources("groups.display");
    sources.values =
        [mapped("Staff", None), mapped("Licensed", Some("full")), mapped("Guests", Some("view"))].into_iter().collect();
    let groups = |names: &[&str]| {
        let teams = (0..25).map(|n| format!(r#"{{"value":"g{n}","display":"Team {n}"}}"#));
        let named = names.iter().map(|name| format!(r#"{{"value":"x","display":"{name}"}}"#));
        format!(r#""groups":[{}]"#, teams.chain(named).collect::<Vec<_>>().join(","))
    };
    let users = [
        groups(&["Licensed"]),
        groups(&["Guests", "Staff", "Licensed"]),
        groups(&["Staff", "Guests"]),
        groups(&["Staff"]),
    ];
    let (seen, told) = licenses(&users.each_ref().map(String::as_str), &sources).await;
    assert_eq!(seen.into_values().collect::<Vec<_>>(), ["full", "full", "view", "team-0"]);
    assert!(told.contains(&"value-cut"), "25 names are not all shown: {told:?}");
    let teams = (0..25).map(|n| mapped(&format!("Team {n}"), None));
    let values = teams.chain([mapped("Licensed", Some("full"))]).collect();
    let (seen, _) = licenses(&[&groups(&["Own"])], &Sources { values, ..sources }).await;
    assert_eq!(seen["1"], "own", "the first that nobody mapped, wherever it stands");
}

#[tokio::test]
async fn a_license_behind_hundreds_of_attributes_or_values_is_found() {
    let attributes: Vec<String> = (0..300).map(|n| format!(r#""custom{n}":"v""#)).collect();
    let user = format!(r#"{},"userType":"Full""#, attributes.join(","));
    let (seen, told) = licenses(&[&user], &sources("userType")).await;
    assert_eq!((seen["1"].as_str(), told.contains(&"no-license-value")), ("full", false));

    let many = |rights: usize| {
        let apps = (0..rights).map(|n| format!(r#"{{"type":"app","value":"a{n}"}}"#));
        let rights: Vec<_> = apps.chain([r#"{"type":"license","value":"Full"}"#.to_owned()]).collect();
        format!(r#""entitlements":[{}]"#, rights.join(","))
    };
    let path = "entitlements[type eq \"license\"].value";
    assert_eq!(license(&many(2_500), path).await, "full");
    let (seen, told) = licenses(&[&many(12_000)], &sources(path)).await;
    assert_eq!(seen["1"], "unknown");
    assert!(told.contains(&"record-cut") && !told.contains(&"no-license-value"), "{told:?}");
}

#[tokio::test]
async fn without_a_path_every_license_is_unknown() {
    let (seen, told) = licenses(&[r#""userType":"Full""#], &Sources::of(Connector::Scim)).await;
    assert_eq!((seen["1"].as_str(), told[0]), ("unknown", "unknown-license"));
}

const MODES: [(LicenseMode, &str); 4] = [
    (LicenseMode::UserType, "userType"),
    (LicenseMode::Entitlements, "entitlements[type eq \"license\"].value"),
    (LicenseMode::Roles, "roles[type eq \"license\"].value"),
    (LicenseMode::Extension, "urn:example:params:scim:schemas:extension:acme:2.0:User:plan"),
];

async fn probe(sim: &Sim, sources: &Sources) -> (Probe, StageState, String) {
    let mut last = None;
    let probe = client(sim).probe(sources, &mut |stage| last = Some((stage.state, stage.detail))).await.unwrap();
    let (state, detail) = last.unwrap();
    (probe, state, detail)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_attribute_that_tells_is_suggested_from_the_first_pages() {
    for (license_mode, path) in MODES {
        let sim = Sim::start(Config { license_mode, ..Config::of(320, 5) }).unwrap();
        let (probe, state, detail) = probe(&sim, &Sources::of(Connector::Scim)).await;
        assert_eq!((probe.sampled, probe.complete, state), (320, true, StageState::Passed));
        let editors = sim.truth().iter().filter(|user| user.license.can_edit()).count() as u64;
        let found = probe.suggestions.iter().find(|found| found.path.as_str() == path);
        let found = found.unwrap_or_else(|| panic!("{path} is not among {:#?}", probe.suggestions));
        assert_eq!((found.of, found.with_value, found.distinct), (320, 320, 2));
        let mut expected = vec![("Full".to_owned(), editors), ("Viewer".to_owned(), 320 - editors)];
        expected.sort_by_key(|(_, members)| std::cmp::Reverse(*members));
        assert_eq!(found.values, expected);
        let best = probe.suggestions[0].path.as_str();
        let attribute = path.split('[').next().unwrap();
        assert!(best.starts_with(attribute), "{best} came before {path}");
        assert!(detail.contains("Of all 320 users"), "{detail}");
        for never in ["userName", "emails", "meta", "externalId", "employeeNumber", "displayName"] {
            assert!(probe.suggestions.iter().all(|found| !found.path.as_str().contains(never)), "{never}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sample_is_bounded_and_says_so() {
    let sim = Sim::start(Config { license_mode: LicenseMode::UserType, ..Config::of(3_000, 5) }).unwrap();
    let (probe, _, _) = probe(&sim, &sources("userType")).await;
    assert!((400..=1_000).contains(&probe.sampled) && !probe.complete, "{}", probe.sampled);
    assert!(probe.licenses_sentence.starts_with("userType: "), "{}", probe.licenses_sentence);
    assert!(sim.requests() <= 8, "{}", sim.requests());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_path_that_nobody_has_is_a_warning() {
    let sim = Sim::start(Config { license_mode: LicenseMode::None, ..Config::of(50, 5) }).unwrap();
    let (_, state, detail) = probe(&sim, &sources("urn:example:nobody:User:plan")).await;
    assert_eq!(state, StageState::Warned);
    assert!(detail.contains("0 of all 50 users"), "{detail}");
}

async fn preview(sim: &Sim, sources: &Sources) -> Preview {
    let mut last = (0, None);
    let mut count = |users, total| last = (users, total);
    let preview = client(sim).preview(sources, &mut count, &CancellationToken::new()).await.unwrap();
    assert_eq!(last, (preview.users, Some(preview.users)), "progress ends at everybody");
    preview
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_counts_everybody_once() {
    for fault in ["overlap", "swap", "r500", "short_pages:33"] {
        for (license_mode, path) in MODES {
            let sim = Sim::start(Config { license_mode, ..Config::of(250, 5) }).unwrap();
            sim.set_fault(fault.parse::<lucid_sim::Fault>().unwrap());
            let seen = preview(&sim, &sources(path)).await;
            let editors = sim.truth().iter().filter(|user| user.license.can_edit()).count() as u64;
            let told: BTreeMap<_, _> =
                seen.types.iter().map(|(key, name, n)| (key.as_str(), (name.as_str(), *n))).collect();
            assert_eq!(told["full"], ("Full", editors), "{fault} {path}");
            assert_eq!(told["viewer"], ("Viewer", 250 - editors));
            assert_eq!((seen.users, seen.without, seen.several), (250, 0, 0));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_follows_the_mapping() {
    let sim = Sim::start(Config { license_mode: LicenseMode::UserType, ..Config::of(250, 5) }).unwrap();
    let mut sources = sources("userType");
    sources.values = Mapping::new(vec![mapped("Full", Some("professional")), mapped("Viewer", None)]);
    let seen = preview(&sim, &sources).await;
    let editors = sim.truth().iter().filter(|user| user.license.can_edit()).count() as u64;
    assert_eq!(seen.types, [(LicenseKey::new("professional").unwrap(), "professional".to_owned(), editors)]);
    assert_eq!((seen.without, seen.values.len()), (250 - editors, 2));
}

#[tokio::test]
async fn advice_names_no_vendor_that_is_not_known() {
    let answers: [fn() -> crate::raw::Reply; 5] = [
        || status("401 Unauthorized"),
        || status("403 Forbidden"),
        || status("404 Not Found"),
        || json("<html>"),
        || json("[]"),
    ];
    for answer in answers {
        let server = Server::start(move |_| answer()).await;
        let sources = Sources::of(Connector::Scim);
        let (journal, cancel, client) = (connect::Journal::new(), CancellationToken::new(), server.client());
        let read = client.read_roster(&sources, &mut |_| Ok(()), &journal, &cancel).await.unwrap_err();
        let tested = client.probe(&sources, &mut |_| {}).await.unwrap_err();
        for error in [read, tested] {
            assert!(!format!("{error} {}", error.hint()).contains("Lucid"), "{}", error.hint());
            assert!(!error.hint().is_empty());
        }
        assert!(!server.read().await.unwrap_err().hint().is_empty());
    }
    let empty = BearerToken::from_pasted("").unwrap_err();
    assert_eq!(empty, TokenError::Empty);
    assert!(!empty.hint_for(Connector::Scim).contains("Lucid") && empty.hint().contains("Lucid"));
    for odd in ["", "ftp://x", "https://a.test/?q", "https://a.test/#f", "https://u@a.test/", "http://a.test"] {
        let hint = BaseUrl::parse(odd).unwrap_err().hint_for(Connector::Scim);
        assert!(!hint.contains("Lucid") && !hint.is_empty(), "{hint}");
    }
}

/// What is suggested for users of which each has these attributes.
async fn suggested(users: &[&str]) -> Vec<String> {
    let users: Vec<String> =
        users.iter().zip(1..).map(|(user, n)| format!(r#"{{"id":"{n}","userName":"u{n}@a.test",{user}}}"#)).collect();
    let server = Server::start(move |request| {
        if !request.path.contains("/Users") {
            return status("404 Not Found");
        }
        json(&list(users.len() as u64, request.start, if request.start == 1 { &users } else { &[] }))
    })
    .await;
    let probe = server.client().probe(&Sources::of(Connector::Scim), &mut |_| {}).await.unwrap();
    probe.suggestions.into_iter().map(|found| found.path.as_str().to_owned()).collect()
}

#[tokio::test]
async fn what_people_call_a_value_is_suggested_before_its_id() {
    const SALES: &str = r#""groups":[{"value":"00g1abc","display":"Licensed"}]"#;
    const OTHERS: &str = r#""groups":[{"value":"00g2def","display":"Guests"}]"#;
    assert_eq!(suggested(&[SALES, OTHERS, SALES]).await, ["groups.display", "groups"]);
    let role = r#""roles":[{"value":"7","display":"Editor","primary":true}]"#;
    assert_eq!(suggested(&[role, role]).await[..2], ["roles.display", "roles"]);
    let named = r#""roles":[{"value":"editor","display":"editor"}]"#;
    assert_eq!(suggested(&[named, named]).await, ["roles"], "one name is enough");
    let path = sources("groups.display");
    assert_eq!(licenses(&[SALES, OTHERS], &path).await.0["1"], "licensed");
}

#[tokio::test]
async fn a_list_that_mixes_licenses_with_other_things_is_suggested_after_its_part() {
    const FULL: &str = r#""entitlements":[{"type":"license","value":"full"},{"type":"feature","value":"beta"}]"#;
    const LITE: &str = r#""entitlements":[{"type":"license","value":"lite"},{"type":"feature","value":"beta"}]"#;
    let paths = suggested(&[FULL, LITE, FULL]).await;
    assert_eq!(paths.first().map(String::as_str), Some(r#"entitlements[type eq "license"].value"#), "{paths:?}");
    assert!(paths.contains(&"entitlements".to_owned()), "{paths:?}");
}

#[tokio::test]
async fn a_plus_makes_another_license_type_in_a_preview_as_in_a_reading() {
    let users = [r#""userType":"Pro""#, r#""userType":"Pro+""#, r#""userType":"Pro+""#];
    let (held, _) = licenses(&users, &sources("userType")).await;
    assert_eq!(held.into_values().collect::<Vec<_>>(), ["pro", "pro-plus", "pro-plus"]);
}
