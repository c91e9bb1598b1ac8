//! The main job from end to end: connect, read, price, spend, export, look back, disconnect; each answer against the truth.

use serde_json::{Value, json};

use crate::desk::{APP, Desk, PASSPHRASE, has_fields, server};
use crate::folder::holds;
use crate::truth::{self, whole};

const SEATS: &[&str] = &["--type", "can-edit", "--quantity", "100", "--cost", "9.00", "--per", "unit"];
const SEATS_PAID: &[&str] = &["--currency", "USD", "--every", "month", "--from", "2020-01-01", "--until", "2099-12-31"];
const LOT: &[&str] = &["--type", "Can-Edit", "--quantity", "50", "--cost", "$4,800.00", "--per", "lot"];
const LOT_PAID: &[&str] = &["--currency", "usd", "--every", "year", "--from", "1 Mar 2021", "--po", "PO-7"];

/// Two purchases of Can-Edit: 100 seats for $9.00 monthly and 50 for $4,800.00 a year, so that a seat costs
/// (10,800 + 4,800) ÷ 150 = $104.00 a year.
fn buy(desk: &Desk) {
    desk.says(&[&["purchase", "add", APP], SEATS, SEATS_PAID].concat());
    desk.says(&[&["purchase", "add", APP], LOT, LOT_PAID].concat());
}

#[test]
fn connecting_tells_the_slug_the_name_and_how_many_users_there_are() {
    let server = server(250);
    let desk = Desk::new();
    let connected = desk.connect(&server);
    assert_eq!(connected, json!({"app": APP, "name": "Lucidchart", "users": 250, "findings": []}));
    let again = desk
        .run_with(&["connect", "lucid", "--base-url", server.base_url(), "--token-stdin", "--again"], server.token());
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), "lucidchart-2\n"), "{again:?}");
    assert!(again.stderr.contains("Next: seatledger sync lucidchart-2"), "{again:?}");
}

#[test]
fn the_roster_is_the_servers_truth_field_for_field() {
    let server = server(250);
    let desk = Desk::new();
    desk.connect(&server);
    let synced = desk.sync();
    has_fields(&synced, &["app", "status", "members", "added", "removed", "changed", "pages", "seconds", "findings"]);
    let counts = ["members", "added", "removed", "changed", "pages"].map(|field| synced[field].as_u64());
    assert_eq!(counts, [250, 250, 0, 0, 3].map(Some), "{synced}");
    assert_eq!(
        (&synced["app"], &synced["status"], &synced["findings"]),
        (&json!(APP), &json!("completed"), &json!([]))
    );
    assert!(synced["seconds"].is_f64(), "{synced}");
    assert_eq!(desk.roster(&[]), truth::roster(&server));
}

#[test]
fn filters_and_searches_find_who_they_should() {
    let server = server(250);
    let desk = Desk::with(&server);
    let all = truth::roster(&server);
    let only = |keep: &dyn Fn(&Value) -> bool| all.iter().filter(|member| keep(member)).cloned().collect::<Vec<_>>();
    assert_eq!(desk.roster(&["--license", "can-edit"]), only(&|member| member["license_type"] == "can-edit"));
    assert_eq!(desk.roster(&["--license", "can-edit", "--license", "view-only"]), all);
    assert_eq!(desk.roster(&["--status", "active"]), all);
    assert_eq!(desk.roster(&["--status", "left"]), Vec::<Value>::new());
    let sought = &all[17];
    let email = sought["email"].as_str().unwrap();
    assert_eq!(desk.roster(&["--search", &email.to_uppercase()]), only(&|member| member["email"] == email));
    let nobody = desk.run(&["roster", APP, "--search", "nobody at all"]);
    assert_eq!((nobody.code, nobody.stdout.as_str(), nobody.stderr.as_str()), (Some(0), "", "No member matches.\n"));
}

#[test]
fn people_who_are_deactivated_are_listed_and_not_charged_for() {
    let first = jiff::civil::date(2025, 10, 27);
    let config = lucid_sim::Config {
        include_inactive: true,
        day: Some(first.saturating_add(jiff::Span::new().days(300))),
        ..lucid_sim::Config::of(250, 7)
    };
    let server = lucid_sim::Server::start(config).unwrap();
    let desk = Desk::with(&server);
    let all = desk.roster(&[]);
    assert!(server.truth().iter().any(|user| !user.active && user.license.can_edit()), "some are deactivated");
    let stripped = |members: Vec<Value>| -> Vec<Value> {
        let without = |mut member: Value| {
            member.as_object_mut().unwrap().remove("billable");
            member
        };
        members.into_iter().map(without).collect()
    };
    let charged = all.iter().filter(|member| member["billable"] == true && member["active"] == true).count();
    assert_eq!(stripped(all), stripped(truth::roster(&server)));
    let (editing, _) = truth::seats(&server);
    assert_eq!(charged as u64, editing);
    let spend = desk.document(&["spend", APP]);
    assert_eq!(spend["billable_accounts"], editing);
    let held = server.truth().iter().filter(|user| user.license.can_edit()).count();
    assert_eq!(spend["by_license_type"][0]["assigned"], held, "their seats are still taken");
}

#[test]
fn spend_is_what_one_computes_by_hand() {
    let server = server(250);
    let desk = Desk::with(&server);
    buy(&desk);
    let (editing, viewing) = truth::seats(&server);
    assert!(editing < 150, "some seats are spare");
    let mut spend = desk.document(&["spend", APP]);
    spend.as_object_mut().unwrap().remove("bases").expect("every basis, tested apart");
    let today = spend["as_of"].as_str().unwrap().to_owned();
    assert!(today.parse::<jiff::civil::Date>().is_ok());
    let expected = json!({
        "app": APP,
        "as_of": today,
        "currency": "USD",
        "billable_accounts": editing,
        "billable_annual": whole(editing * 104),
        "committed_annual": "15600.00",
        "waste_annual": whole((150 - editing) * 104),
        "by_license_type": [
            {
                "license_type": "can-edit",
                "billable": true,
                "purchased": 150,
                "assigned": editing,
                "unassigned": 150 - editing,
                "over_assigned": 0,
                "unit_annual": "104.00",
                "billable_annual": whole(editing * 104),
                "committed_annual": "15600.00",
            },
            {
                "license_type": "view-only",
                "billable": false,
                "purchased": 0,
                "assigned": viewing,
                "unassigned": 0,
                "over_assigned": viewing,
                "unit_annual": null,
                "billable_annual": "0.00",
                "committed_annual": "0.00",
            },
        ],
        "unpriced_license_types": [],
    });
    assert_eq!(spend, expected);
    let explained = desk.says(&["spend", APP, "--explain"]);
    for step in [
        "100 seats × $9.00 × 12",
        "$4,800.00 for 50 seats",
        "$15,600.00 ÷ 150 seats",
        &format!("{editing} accounts × $104.00"),
    ] {
        assert!(explained.contains(step), "{step:?} is missing in:\n{explained}");
    }
    let apps = desk.document(&["apps"]);
    let fields =
        ["app", "name", "connector", "base_url", "members", "billable_accounts", "billable_annual", "currency"];
    has_fields(&apps[0], &[&fields[..], &["last_sync", "state"]].concat());
    assert_eq!(apps[0]["billable_annual"], whole(editing * 104));
    let known = json!([APP, "Lucidchart", "lucid", server.base_url(), 250, editing, "USD", "current"]);
    let told = ["app", "name", "connector", "base_url", "members", "billable_accounts", "currency", "state"];
    assert_eq!(json!(told.map(|field| apps[0][field].clone())), known);
    assert!(apps[0]["last_sync"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{apps}");
}

#[test]
fn purchases_are_added_edited_ended_deleted_and_brought_back() {
    let desk = Desk::with(&server(30));
    let added = desk.says(&[&["purchase", "add", APP], SEATS, SEATS_PAID].concat());
    assert_eq!(added, "1  Can-Edit: 100 seats × $9.00 monthly = $10,800.00 a year until 31 Dec 2099\n");
    let edited = desk.document(&["purchase", "edit", APP, "1", "--cost", "10.00", "--note", "new price"]);
    assert_eq!(edited["form"]["quantity"], "100", "what is not named stays: {edited}");
    assert_eq!((&edited["cost"], &edited["form"]["note"]), (&json!("10.00"), &json!("new price")));
    assert_eq!(edited["annual"]["value"], json!({"amount": "12000.00", "currency": "USD"}));
    let ended = desk.document(&["purchase", "end", APP, "1", "--until", "2021-06-30"]);
    assert_eq!((&ended["form"]["until"], &ended["state"]), (&json!("2021-06-30"), &json!("ended")));
    assert_eq!(desk.document(&["purchase", "delete", APP, "1"]), json!({"id": 1, "deleted": true}));
    assert_eq!(desk.document(&["purchase", "list", APP]), json!([]));
    desk.refusal(&["purchase", "edit", APP, "1", "--cost", "1"], 2, "unknown-purchase").says("no purchase 1");
    for back in ["2021-06-30", "2099-12-31"] {
        let undone = desk.document(&["purchase", "undo", APP]);
        assert!(undone["what"].as_str().unwrap().starts_with("Undone: "), "{undone}");
        assert_eq!(desk.document(&["purchase", "list", APP])[0]["form"]["until"], back);
    }
    desk.says(&["purchase", "undo", APP]);
    assert_eq!(desk.document(&["purchase", "list", APP])[0]["cost"], "9.00", "the price of the beginning");
    desk.says(&["purchase", "undo", APP]);
    assert_eq!(desk.document(&["purchase", "list", APP]), json!([]));
    assert_eq!(desk.document(&["purchase", "undo", APP]), json!({"what": null}));
}

#[test]
fn license_types_are_listed_and_changed() {
    let server = server(60);
    let desk = Desk::with(&server);
    let (editing, viewing) = truth::seats(&server);
    let types = desk.document(&["license", "list", APP]);
    has_fields(&types[0], &["license_type", "name", "billable", "free", "assigned", "warning"]);
    let brief = |types: &Value| -> Vec<Value> {
        let fields = ["license_type", "name", "billable", "free", "assigned"];
        types.as_array().unwrap().iter().map(|one| json!(fields.map(|field| one[field].clone()))).collect()
    };
    let rows = [
        json!(["can-edit", "Can-Edit", true, false, editing]),
        json!(["view-only", "View-Only", false, false, viewing]),
    ];
    assert_eq!(brief(&types), rows);
    assert!(types[0]["warning"].as_str().unwrap().contains("no price") && types[1]["warning"].is_null(), "{types}");
    let changed = desk.document(&["license", "set", APP, "view-only", "--billable", "yes", "--name", "Viewer"]);
    assert_eq!(brief(&changed)[1], json!(["view-only", "Viewer", true, false, viewing]));
    assert_eq!(desk.document(&["spend", APP])["billable_accounts"], 60, "both types are charged for now");
    let free = desk.document(&["license", "set", APP, "Viewer", "--free"]);
    assert_eq!(brief(&free)[1], json!(["view-only", "Viewer", true, true, viewing]), "found by its name");
}

#[test]
fn runs_and_changes_tell_what_happened() {
    let server = server(40);
    let desk = Desk::with(&server);
    let runs = desk.document(&["runs", APP]);
    let counts = ["members", "added", "removed", "changed", "pages", "bytes", "requests", "retries"];
    let rest = ["id", "started", "finished", "status", "seconds", "problem", "findings", "stages", "tenant_shows"];
    has_fields(&runs[0], &[&counts[..], &rest].concat());
    assert_eq!(runs.as_array().unwrap().len(), 1);
    assert_eq!(
        json!([runs[0]["status"], runs[0]["members"], runs[0]["added"], runs[0]["problem"]]),
        json!(["completed", 40, 40, null])
    );
    assert!(runs[0]["bytes"].as_u64() > Some(10_000), "{runs}");
    let changes = desk.document(&["changes", APP]);
    let changes = changes.as_array().unwrap();
    assert_eq!(changes.len(), 40);
    has_fields(&changes[0], &["at", "member", "who", "kind", "from", "to"]);
    let mut who: Vec<_> = changes.iter().map(|change| change["who"].as_str().unwrap().to_owned()).collect();
    let mut truth: Vec<_> = server.truth().into_iter().map(|user| user.email).collect();
    who.sort();
    truth.sort();
    assert_eq!(who, truth);
    assert!(changes.iter().all(|change| change["kind"] == "joined" && change["from"].is_null()));
    assert_eq!(desk.document(&["changes", APP, "--to", "2020-01-01"]), json!([]));
}

#[test]
fn disconnecting_asks_for_the_name_and_leaves_no_trace() {
    let server = server(30);
    let desk = Desk::with(&server);
    buy(&desk);
    let email = server.truth()[3].email.clone();
    assert!(holds(&desk.folder(), email.as_bytes()), "the sweep finds what is there");
    desk.refusal(&["disconnect", APP, "--confirm", "Lucid"], 2, "name-does-not-match").says("nothing was removed");
    assert_eq!(desk.roster(&[]).len(), 30);
    assert_eq!(desk.document(&["disconnect", APP, "--confirm", "Lucidchart"]), json!({"app": APP, "removed": true}));
    assert_eq!(desk.document(&["apps"]), json!([]));
    desk.refusal(&["roster", APP], 2, "unknown-app").says("seatledger connect lucid");
    for gone in [email.as_str(), "PO-7", server.token(), PASSPHRASE] {
        assert!(!holds(&desk.folder(), gone.as_bytes()), "{gone} is still in the data folder");
    }
    assert_eq!(desk.document(&["check"]), json!({"sound": true, "broken": []}));
}

#[test]
fn everything_that_is_stored_is_sound_after_the_whole_job() {
    let server = server(250);
    let desk = Desk::with(&server);
    buy(&desk);
    server.set_day(jiff::civil::date(2026, 3, 2));
    desk.sync();
    desk.says(&["license", "set", APP, "view-only", "--free", "yes"]);
    desk.says(&["purchase", "delete", APP, "1"]);
    desk.says(&["purchase", "undo", APP]);
    assert_eq!(desk.says(&["check"]), "Everything that is stored is sound.\n");
    assert_eq!(desk.roster(&[]), truth::roster(&server));
}
