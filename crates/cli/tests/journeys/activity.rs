//! Last activity from files: whom a row means, what it tells, what the others cost, and that nothing is claimed of whom nobody
//! knows. Each file is one that an administrator would have.

use std::fs;

use jiff::ToSpan;
use jiff::civil::Date;
use lucid_sim::{Config, Server, TruthUser};
use serde_json::{Value, json};

use crate::desk::{APP, Desk, has_fields, server};

/// Active users who may edit, and today as the books have it.
fn room(server: &Server) -> (Desk, Vec<TruthUser>, Date) {
    let desk = Desk::with(server);
    let editors = server.truth().into_iter().filter(|user| user.active && user.license.can_edit()).collect();
    let today = desk.document(&["spend", APP])["as_of"].as_str().unwrap().parse().unwrap();
    (desk, editors, today)
}

fn file(desk: &Desk, name: &str, text: &str) -> String {
    let path = desk.home().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn last_activity(desk: &Desk, id: &str) -> Value {
    desk.roster(&[]).into_iter().find(|row| row["id"] == id).unwrap()["last_activity"].clone()
}

fn counts(desk: &Desk, more: &[&str]) -> Value {
    let shown = desk.document(&[&["activity", "show", APP], more].concat());
    let one = shown["by_license_type"].as_array().unwrap().iter().find(|one| one["license_type"] == "can-edit");
    let one = one.unwrap();
    json!([one["active"], one["inactive"], one["never"], one["not_monitored"]])
}

#[test]
fn a_list_of_people_tells_who_uses_what_they_hold_and_what_the_others_cost() {
    let server = server(40);
    let (desk, editors, today) = room(&server);
    let accounts = editors.len() as u64;
    let day = |ago: i64| today.saturating_sub(ago.days());
    let list = format!(
        "User ID;User name;Email;Last login\n\
         {};;;{}\n;{};;{}\n;;{};{}\n;;{};\n;;nobody@acme.example;{}\n;;{};next week\n",
        editors[0].id,
        today,
        editors[1].user_name.to_uppercase(),
        day(89),
        editors[2].email.to_uppercase(),
        day(90),
        editors[3].email,
        day(3),
        editors[4].email,
    );
    let list = file(&desk, "people.csv", &list);
    desk.says(&[
        "purchase",
        "add",
        APP,
        "--type",
        "can-edit",
        "--quantity",
        "100",
        "--cost",
        "120",
        "--per",
        "unit",
        "--currency",
        "USD",
        "--every",
        "year",
        "--from",
        &day(100).to_string(),
    ]);
    let ask = ["activity", "import", APP, &list, "--json"];
    let looked = desk.run(&[&ask[..], &["--dry-run"]].concat()).document();
    has_fields(
        &looked,
        &[
            "dry_run",
            "kind",
            "until",
            "rows",
            "matched",
            "newer",
            "unmatched",
            "unmatched_names",
            "refused",
            "passed_over",
            "active",
            "inactive",
            "never",
            "not_in_file",
            "inactive_after",
            "warnings",
            "notes",
            "mapping",
            "problems",
        ],
    );
    assert_eq!(desk.document(&["activity", "imports", APP]), json!([]), "looking changes nothing");
    let told = desk.run(&ask);
    assert_eq!(told.code, Some(1), "a row was refused: {told:?}");
    let done = told.document();
    let tally = ["kind", "rows", "matched", "unmatched", "refused", "active", "inactive", "never"];
    assert_eq!(
        tally.map(|key| done[key].clone()),
        [json!("list"), json!(6), json!(4), json!(1), json!(1), json!(2), json!(1), json!(1)]
    );
    assert_eq!(done["unmatched_names"], json!(["nobody@acme.example"]));
    assert!(done["problems"].to_string().contains("next week"), "{done}");
    assert_eq!(last_activity(&desk, &editors[2].id), day(90).to_string());
    assert_eq!(last_activity(&desk, &editors[3].id), Value::Null);
    let never = desk.roster(&["--activity", "never"]);
    assert_eq!((never.len(), &never[0]["id"]), (1, &json!(editors[3].id)));
    assert_eq!(counts(&desk, &[]), json!([2, 1, 1, accounts - 4]), "day 90 is inactive, day 89 is not");

    let spend = desk.document(&["spend", APP]);
    let of = |key: &str| spend["bases"].as_array().unwrap().iter().find(|basis| basis["key"] == key).unwrap().clone();
    assert_eq!([&of("used")["amount"], &of("idle")["amount"]], [&json!("240.00"), &json!("240.00")]);
    let open =
        format!("Activity of {} of {accounts} Can-Edit accounts is not monitored: between $240.00 and", accounts - 4);
    assert!(of("used")["caveat"].as_str().unwrap().starts_with(&open), "{}", of("used"));
    assert_eq!(of("cost-per-active")["amount"], Value::Null);
    assert!(of("cost-per-active")["caveat"].as_str().unwrap().contains("between"), "{}", of("cost-per-active"));

    desk.document(&["activity", "set", APP, "--inactive-after", "91"]);
    assert_eq!(counts(&desk, &[]), json!([3, 0, 1, accounts - 4]));
    let undone = desk.document(&["undo", APP]);
    assert_eq!(undone["what"], "Undone: Edit how accounts are counted: inactive after 91 days, before 90.");
    let undone = desk.document(&["undo", APP]);
    assert_eq!(undone["what"], "Undone: Import last activity of 4 people from people.csv.");
    assert_eq!(counts(&desk, &[]), json!([0, 0, 0, accounts]));
    desk.says(&["redo", APP]);
    assert_eq!(counts(&desk, &[]), json!([2, 1, 1, accounts - 4]));
    let past = desk.document(&["activity", "show", APP, "--as-of", &day(30).to_string()]);
    assert_eq!(past["by_license_type"], json!([]), "nobody was on the roster then");
    let saved = desk.home().join("roster.csv");
    desk.says(&["export", APP, "roster", "--format", "csv", "-o", saved.to_str().unwrap(), "--activity", "inactive"]);
    let saved = fs::read_to_string(saved).unwrap();
    assert!(saved.contains(&editors[2].email) && saved.contains(&day(90).to_string()), "{saved}");
    assert_eq!(saved.lines().count(), 2, "{saved}");
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn lucids_audit_log_tells_of_logins_and_content_and_of_nobody_else() {
    let server = server(40);
    let (desk, editors, today) = room(&server);
    let day = |ago: i64| today.saturating_sub(ago.days());
    let log = format!(
        "eventTimestamp,actor.actorType,actor.actorUserId,actor.actorEmail,event.eventType\n\
         {a}T08:00:00.124436108Z,user,{one},{one_mail},login.user.successfulUserLogin\n\
         {b}T08:00:00Z,user,{one},{one_mail},content.document.documentOpened\n\
         {b}T09:00:00Z,token,{two},{two_mail},content.document.documentOpened\n\
         {b}T10:00:00Z,user,{two},{two_mail},administration.user.updateUserRole\n\
         {c}T10:00:00Z,Normal User,{two},{two_mail},content.document.documentOpened\n",
        a = day(20),
        b = day(2),
        c = day(120),
        one = editors[0].id,
        one_mail = editors[0].email,
        two = editors[1].id,
        two_mail = editors[1].email,
    );
    let log = file(&desk, "audit.csv", &log);
    let told = desk.document(&["activity", "import", APP, &log]);
    let tally = ["kind", "until", "matched", "passed_over", "never"].map(|key| told[key].clone());
    assert_eq!(tally, [json!("log"), json!(day(2).to_string()), json!(2), json!(2), json!(0)]);
    assert_eq!(last_activity(&desk, &editors[0].id), day(2).to_string());
    assert_eq!(last_activity(&desk, &editors[1].id), day(120).to_string());
    let rest = editors.len() - 2;
    assert_eq!(counts(&desk, &[]), json!([1, 1, 0, rest]), "who is not in the log is not known, which is not never");
    // An older list must not lower what the log told.
    let list = format!("Email,Last login\n{},{}\n", editors[0].email, day(60));
    let list = file(&desk, "list.csv", &list);
    let told = desk.document(&["activity", "import", APP, &list]);
    assert_eq!((&told["matched"], &told["newer"]), (&json!(1), &json!(0)));
    assert_eq!(last_activity(&desk, &editors[0].id), day(2).to_string());
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn what_cannot_be_understood_is_refused_in_words_and_changes_nothing() {
    let server = server(10);
    let (desk, editors, today) = room(&server);
    let without = file(&desk, "without.csv", "Name,Department\nAnn,Sales\n");
    let refused = desk.refusal(&["activity", "import", APP, &without], 2, "no-headings");
    refused.says("headings");
    let nobody = file(&desk, "nobody.csv", &format!("Email,Last login\nx@elsewhere.example,{today}\n"));
    desk.refusal(&["activity", "import", APP, &nobody], 2, "nobody-matched").says("Nobody whom the file names");
    let list = file(&desk, "list.csv", &format!("Email,Last login\n{},{today}\n", editors[0].email));
    desk.refusal(&["activity", "import", APP, &list, "--map", "when=B"], 2, "wrong-mapping").says("last_activity");
    desk.refusal(&["activity", "import", APP, &list, "--until", "2001-01-01"], 2, "not-a-date").says("newest day");
    for (days, words) in [("0", "At least 1"), ("-3", "cannot be below 1"), ("soon", "not a whole number")] {
        desk.refusal(&["activity", "set", APP, "--inactive-after", days], 2, "refused").says(words);
    }
    desk.refusal(&["roster", APP, "--activity", "idle"], 2, "not-allowed").says("not-monitored");
    let log = desk.document(&["activity", "imports", APP]);
    assert_eq!((log, desk.document(&["activity", "set", APP])["inactive_after"].clone()), (json!([]), json!(90)));
}

#[test]
fn deactivated_accounts_are_billable_only_where_the_contract_charges_for_them() {
    let mut config = Config { include_inactive: true, ..Config::of(60, 7) };
    config.day = Some(config.first_day.saturating_add(200.days()));
    let server = Server::start(config).unwrap();
    let desk = Desk::with(&server);
    let editing = |active: bool| {
        let truth = server.truth();
        truth.iter().filter(|user| user.license.can_edit() && user.active == active).count() as u64
    };
    let (active, gone) = (editing(true), editing(false));
    assert!(gone > 0, "the account keeps deactivated users");
    let accounts = || desk.document(&["spend", APP])["billable_accounts"].as_u64().unwrap();
    assert_eq!(accounts(), active, "not billable until somebody says so");
    let set = desk.document(&["activity", "set", APP, "--deactivated-billable", "yes"]);
    assert_eq!((&set["deactivated_billable"], &set["deactivated"]), (&json!(true), &json!(gone)));
    assert_eq!(accounts(), active + gone);
    let today = desk.document(&["spend", APP])["as_of"].as_str().unwrap().to_owned();
    desk.says(&[
        "purchase",
        "add",
        APP,
        "--type",
        "can-edit",
        "--quantity",
        "500",
        "--cost",
        "10",
        "--per",
        "unit",
        "--currency",
        "USD",
        "--every",
        "year",
        "--from",
        &today,
    ]);
    let explained = desk.says(&["spend", APP, "--explain"]);
    assert!(explained.contains(&format!("{active} active + {gone} deactivated")), "{explained}");
    let by = desk.document(&["spend", APP, "--by", "department"]);
    assert_eq!(by["accounts"], active + gone, "shared out over the same accounts");
    let billable = desk.roster(&["--license", "can-edit"]);
    assert!(billable.iter().all(|row| row["billable"] == true), "{billable:?}");
    desk.says(&["undo", APP]);
    desk.says(&["undo", APP]);
    assert_eq!(accounts(), active);
    assert_eq!(desk.document(&["check"])["sound"], true);
}
