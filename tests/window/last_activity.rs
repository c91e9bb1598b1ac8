//! Last activity from a file: what it tells is seen before it is kept, and every number leads to the people behind it.

use std::fs;

use app::view::apps::AppDayRequest;
use jiff::ToSpan;
use jiff::civil::Date;
use lucid_sim::{Config, Server};

use crate::axe;
use crate::desktop::elsewhere;
use crate::keyboard::reaches;
use crate::main_job::connect;
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_people_is_previewed_kept_and_leads_to_who_does_not_use_what_they_hold() {
    let server = Server::start(Config::of(40, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    let books = elsewhere(&window.desk.data_dir());
    let summary =
        || books.activity_summary(&AppDayRequest { app: "lucidchart".to_owned(), as_of: None }).expect("the summary");
    let today: Date = summary().as_of.parse().expect("a day");
    let editors: Vec<_> = server.truth().into_iter().filter(|user| user.active && user.license.can_edit()).collect();
    let day = |ago: i64| today.saturating_sub(ago.days());
    let list = format!(
        "Email,Last login\n{},{today}\n{},{}\n{},\nnobody@acme.example,{today}\n",
        editors[0].email,
        editors[1].email,
        day(200),
        editors[2].email
    );
    let file = window.desk.room().join("people.csv");
    fs::write(&file, list).expect("a file to import");

    window.click("tab-integration").await;
    window.reads("activity-sentence", |text| text.contains("Nobody knows yet")).await;
    window.click("activity-import").await;
    window.fill("activity-path", &file.display().to_string()).await;
    window.click("activity-open").await;
    window.find("activity-mapping").await;
    axe::dialog_from_every_side(&window, "Last activity file").await;
    reaches(&window, &["activity-path", "activity-browse", "activity-kind", "activity-until", "activity-next"]).await;
    window.click("activity-next").await;
    window
        .reads("activity-outcome", |text| text.contains("3 of 4 people") && text.contains("nobody@acme.example"))
        .await;
    axe::dialog_from_every_side(&window, "Last activity rows").await;
    assert_eq!(summary().imports, [], "nothing is kept before the last button");
    window.click("activity-finish").await;
    window.is_gone("activity-dialog").await;
    window.reads("toaster", |text| text.contains("Last activity of 3 members was imported")).await;
    window.reads("activity-imports", |text| text.contains("people.csv")).await;
    axe::from_every_side(&window, "Integration with last activity").await;

    window.fill("counting-days", "0").await;
    window.click("counting-save").await;
    window.reads("counting", |text| text.contains("everybody would be inactive")).await;
    window.fill("counting-days", "300").await;
    window.click("counting-save").await;
    window.reads("activity-sentence", |text| text.contains("not active for 300 days")).await;
    assert_eq!(summary().by_license_type[0].active, 2);
    window.click("toast-action").await;
    window.reads("activity-sentence", |text| text.contains("not active for 90 days")).await;

    window.click("tab-overview").await;
    window.reads("reclaim-sentence", |text| text.contains("2 billable accounts were not active")).await;
    axe::from_every_side(&window, "Overview with last activity").await;
    window.click("reclaim-can-edit-inactive").await;
    window.reads("matching", |text| text.starts_with("1 of ")).await;
    window.reads("roster-grid", |text| text.contains(&editors[1].email)).await;
    window.photograph("activity-inactive-1280-dark").await;
    axe::from_every_side(&window, "Activity of inactive members").await;
    window.click("tab-overview").await;
    window.click("reclaim-can-edit-never").await;
    window.reads("roster-grid", |text| text.contains(&editors[2].email) && text.contains("Never")).await;
    window.nothing_was_blocked().await;
    window.close().await;
}
