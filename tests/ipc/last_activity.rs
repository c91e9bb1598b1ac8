//! Last activity as a sequence of commands: opened, previewed, kept, counted, filtered, taken back.

use lucid_sim::{Config, Server};
use serde_json::{Value, json};

use crate::page::{Page, problem};

#[test]
fn a_file_is_opened_previewed_and_kept_and_the_roster_is_filtered_by_it() {
    let server = Server::start(Config::of(40, 9)).expect("the simulated server starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let asked =
        json!({ "connector": "lucid", "name": "Lucid", "base_url": server.base_url(), "token": server.token() });
    page.answer("connect_save", &asked);
    page.answer("sync_start", &json!({ "app": "lucid", "accept_drop": false }));
    let day = json!({ "app": "lucid", "as_of": null });
    let before = page.answer("activity_summary", &day);
    assert_eq!((&before["known_until"], &before["imports"]), (&Value::Null, &json!([])));

    let user = server.truth().into_iter().find(|user| user.active).expect("somebody");
    let file = room.path().join("people.csv");
    let today = before["as_of"].as_str().expect("a day");
    std::fs::write(&file, format!("Mail;Zuletzt aktiv\n{};{today}\nx@acme.example;\n", user.email)).expect("a file");
    let path = file.display().to_string();
    let table = page.answer("activity_open", &json!({ "path": path, "options": {} }));
    assert_eq!((&table["header_row"], &table["rows"]), (&json!(1), &json!(2)));
    let reading = json!({ "options": {}, "mapping": table["mapping"], "kind": "", "until": "" });
    let asked = json!({
        "app": "lucid", "path": path, "reading": reading, "only_problems": true, "offset": 0, "limit": 10,
    });
    let preview = page.answer("activity_preview", &asked);
    assert_eq!((&preview["matched"], &preview["unmatched"], &preview["matching"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(page.answer("activity_summary", &day)["imports"], json!([]), "looking keeps nothing");

    let changes = page.changes();
    let apply =
        |fingerprint: Value| json!({ "app": "lucid", "path": path, "reading": reading, "fingerprint": fingerprint });
    let refused = page.call("activity_apply", &apply(json!("another"))).expect_err("another file");
    assert_eq!(problem(&refused), "file-changed");
    let done = page.answer("activity_apply", &apply(preview["fingerprint"].clone()));
    assert_eq!((&done["matched"], &done["newer"]), (&json!(1), &json!(1)));
    assert!(page.changes() > changes, "the window hears of it");

    let of_app = json!({ "app": "lucid" });
    let facets = page.answer("roster_facets", &of_app);
    assert_eq!(facets["activity"][0], json!({ "value": "active", "label": "Active", "count": 1 }));
    let query = json!({ "app": "lucid", "activity": ["active"], "sort": "last_activity" });
    let rows = page.answer("roster_page", &json!({ "query": query, "offset": 0, "limit": 10 }));
    assert_eq!((&rows["matching"], &rows["rows"][0]["last_activity"]), (&json!(1), &json!(today)));

    let refused = page.answer("counting_save", &json!({ "app": "lucid", "inactive_after": "0" }));
    assert_eq!((&refused["counting"], &refused["problems"][0]["field"]), (&Value::Null, &json!("inactive_after")));
    let saved = page.answer("counting_save", &json!({ "app": "lucid", "deactivated_billable": true }));
    assert_eq!(saved["counting"]["deactivated_billable"], true);
    assert_eq!(page.answer("counting", &of_app)["inactive_after"], 90);
    page.answer("undo", &of_app);
    page.answer("undo", &of_app);
    assert_eq!(page.answer("activity_summary", &day)["known_until"], Value::Null);
}
