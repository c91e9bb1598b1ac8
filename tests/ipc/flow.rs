//! The main job as a sequence of commands against a real server.

use lucid_sim::{Config, Server};
use serde_json::{Value, json};

use crate::page::{Page, problem};

fn purchase(quantity: u64) -> Value {
    json!({
        "license_type": "can-edit", "quantity": quantity.to_string(), "cost": "9.00", "per": "unit",
        "currency": "USD", "every": "month", "from": "2026-01-01",
    })
}

#[test]
fn connecting_syncing_and_pricing_gives_the_total() {
    let server = Server::start(Config::of(150, 9)).expect("the simulated server starts");
    let truth = server.truth();
    let editors = truth.iter().filter(|user| user.active && user.license.key() == "can-edit").count();
    let editors = u64::try_from(editors).expect("a count");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());

    let asked =
        json!({ "connector": "lucid", "name": "Lucid", "base_url": server.base_url(), "token": server.token() });
    let connected = page.answer("connect_save", &asked);
    assert_eq!(connected["app"], "lucid");
    assert_eq!(connected["users"], truth.len());
    let of_app = json!({ "app": "lucid" });

    let report = page.answer("sync_start", &json!({ "app": "lucid", "accept_drop": false }));
    assert_eq!((&report["status"], &report["members"]), (&json!("completed"), &json!(truth.len())));
    let query = json!({ "app": "lucid", "license_types": ["can-edit"] });
    let rows = page.answer("roster_page", &json!({ "query": query, "offset": 0, "limit": 20 }));
    assert_eq!((&rows["matching"], &rows["total"]), (&json!(editors), &json!(truth.len())));
    assert_eq!(rows["rows"].as_array().map(Vec::len), Some(20), "a page, not the roster");

    let unpriced = page.answer("spend", &json!({ "app": "lucid", "as_of": null }));
    assert_eq!(unpriced["billable_annual"]["value"], Value::Null, "a price that nobody entered is unknown, not 0");
    assert_eq!(unpriced["unpriced_license_types"], json!(["can-edit"]));

    let mut wrong = purchase(editors + 5);
    wrong["cost"] = json!("-9");
    let refused = page.answer("purchase_save", &json!({ "app": "lucid", "id": null, "form": wrong }));
    assert_eq!((&refused["purchase"], &refused["problems"][0]["field"]), (&Value::Null, &json!("cost")));
    let before = page.changes();
    let saved = page.answer("purchase_save", &json!({ "app": "lucid", "id": null, "form": purchase(editors + 5) }));
    assert_eq!(saved["problems"], json!([]), "{saved}");
    assert!(page.changes() > before, "the window hears at once that something was written");

    let spend = page.answer("spend", &json!({ "app": "lucid", "as_of": null }));
    assert_eq!(spend["billable_accounts"], editors);
    assert_eq!(
        spend["billable_annual"]["value"],
        json!({ "amount": format!("{}.00", editors * 108), "currency": "USD" })
    );
    let because = spend["billable_annual"]["because"].to_string();
    assert!(because.contains("9.00"), "the total says how it is made: {because}");

    assert_eq!(page.answer("undo", &of_app)["what"].as_str().map(str::is_empty), Some(false));
    assert_eq!(page.answer("license_details", &of_app)["purchases"], json!([]));
    assert_eq!(page.answer("runs", &of_app).as_array().map(Vec::len), Some(1));
    let ahead = page.ahead();
    assert_eq!(ahead.as_object().map(serde_json::Map::len), Some(2));
    for (command, told) in ahead.as_object().into_iter().flatten() {
        assert_eq!(*told, page.answer(command, &Value::Null), "what comes with the page is what {command} answers");
    }
    let everything = [page.answer("apps_list", &Value::Null), page.answer("settings_get", &Value::Null), spend];
    assert!(everything.iter().all(|answer| !answer.to_string().contains(server.token())), "the token never comes back");

    let mistyped = page.call("connection_remove", &json!({ "app": "lucid", "typed_name": "lucid?" }));
    assert_eq!(problem(&mistyped.expect_err("the name must match")), "name-does-not-match");
    page.answer("connection_remove", &json!({ "app": "lucid", "typed_name": "Lucid" }));
    assert_eq!(page.answer("apps_list", &Value::Null), json!([]));
}

#[test]
fn a_place_to_save_is_chosen_or_not() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    assert_eq!(
        page.answer("export_path_choose", &json!({ "suggested": "/home/ada/roster.csv" })),
        "/chosen/roster.csv"
    );
    assert_eq!(page.answer("export_path_choose", &json!({ "suggested": "never mind.csv" })), Value::Null);
    assert_eq!(page.answer("certificate_path_choose", &json!({ "suggested": "old.pem" })), "/chosen/company.pem");
    assert_eq!(page.answer("certificate_path_choose", &json!({ "suggested": "never mind.pem" })), Value::Null);
}

#[test]
fn a_file_to_import_is_chosen_by_the_system_and_one_that_is_not_there_is_refused_in_words() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let chosen = page.answer("import_path_choose", &Value::Null);
    assert_eq!(chosen, "/chosen/purchases.xlsx");
    let asked = json!({ "app": "lucidchart", "path": chosen, "options": {} });
    let refusal = page.call("import_open", &asked).expect_err("there is no such app");
    assert_eq!(problem(&refusal), "unknown-app");
}

#[test]
fn a_file_that_was_written_is_shown_in_its_folder_and_no_other_one_is() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let file = room.path().join("start.csv").display().to_string();
    std::fs::write(room.path().join("other.csv"), "").expect("a file");
    let show = |path: &str| page.call("exported_show", &json!({ "path": path }));
    assert_eq!(problem(&show(&file).expect_err("not written yet")), "not-shown");
    page.answer("import_template_save", &json!({ "path": file }));
    assert_eq!(show(&file), Ok(Value::Null));
    let other = room.path().join("other.csv").display().to_string();
    assert_eq!(problem(&show(&other).expect_err("somebody else's")), "not-shown");
    std::fs::remove_file(&file).expect("it is there");
    let gone = show(&file).expect_err("the system says so");
    assert!(gone["message"].as_str().is_some_and(|text| text.contains("there is no such file")), "{gone}");
}

#[test]
fn a_draft_is_kept_without_making_every_screen_read_again() {
    let server = Server::start(Config::of(20, 9)).expect("the simulated server starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let asked =
        json!({ "connector": "lucid", "name": "Lucid", "base_url": server.base_url(), "token": server.token() });
    page.answer("connect_save", &asked);
    let key = json!({ "app": "lucid", "key": "purchase-new" });
    let before = page.changes();
    page.answer("draft_save", &json!({ "app": "lucid", "key": "purchase-new", "body": "half typed" }));
    assert_eq!(page.answer("draft_get", &key), "half typed");
    page.answer("draft_clear", &key);
    assert_eq!(page.changes(), before, "no screen shows a draft but the form itself");
    page.answer("purchase_save", &json!({ "app": "lucid", "id": null, "form": purchase(5) }));
    assert!(page.changes() > before, "what is saved is heard");
}

#[test]
fn a_table_is_exported_by_the_window() {
    let server = Server::start(Config::of(20, 9)).expect("the simulated server starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let asked =
        json!({ "connector": "lucid", "name": "Lucid", "base_url": server.base_url(), "token": server.token() });
    page.answer("connect_save", &asked);
    page.answer("purchase_save", &json!({ "app": "lucid", "id": null, "form": purchase(5) }));
    let path = room.path().join("spend.csv");
    let table = json!({ "what": "over-time", "app": "lucid", "from": "2026-01-01", "to": "2026-12-31", "by": "quarter", "basis": "cash" });
    let written = page.answer("table_export", &json!({ "table": table, "format": "csv", "path": path }));
    assert_eq!(written["rows"], 4);
    let text = std::fs::read_to_string(&path).expect("the file is there");
    assert!(text.starts_with("period,from,to,license_type,name,amount,currency\r\n"), "{text}");
    assert!(text.contains("can-edit,Can-Edit,135.00,USD"), "{text}");
    let wrong = json!({ "table": { "what": "horoscope" }, "format": "csv", "path": path });
    assert_eq!(problem(&page.call("table_export", &wrong).expect_err("no such table")), "misunderstood");
}

#[test]
fn what_people_named_cannot_end_the_element_that_hands_it_to_the_page() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let named = "R&D </script><!-- <script> \u{2028} \"x\"";
    page.answer("settings_change", &json!({ "organisation": named }));
    let whole = page.opened("<html><body><p></p></body></html>").expect("a page");
    let (before, rest) = whole.split_once(r#"<script type="application/json" id="ahead">"#).expect("the element");
    assert_eq!(before, "<html><body><p></p>");
    let (answers, after) = rest.split_once('<').expect("an end");
    assert_eq!(after, "/script></body></html>", "nothing in it looks like the end of it");
    let answers: Value = serde_json::from_str(answers).expect("what is handed over is JSON");
    assert_eq!(answers["settings_get"]["organisation"], named);
    assert_eq!(answers, page.ahead());
    assert_eq!(page.opened("no page"), None, "what is not a page stays as it is");
}
