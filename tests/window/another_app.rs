//! Another SCIM app: what tells its license types is suggested, previewed, saved and changed later; the spend follows.

use app::view::apps::AppRequest;
use lucid_sim::{Config, LicenseMode, Server};

use crate::axe;
use crate::desktop::elsewhere;
use crate::keyboard::reaches;
use crate::main_job::dollars;
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn another_scim_app_is_connected_mapped_and_paid_for() {
    let config = Config { license_mode: LicenseMode::UserType, ..Config::of(60, 9) };
    let server = Server::start(config).expect("the simulated server starts");
    let truth = server.truth();
    let full = truth.iter().filter(|user| user.license.key() == "can-edit").count();
    let window = Window::open().await;
    window.click("connect-scim").await;
    window.fill("connect-name", "Figma").await;
    window.fill("connect-base-url", server.base_url()).await;
    window.fill("connect-token", server.token()).await;
    axe::from_every_side(&window, "Connect another app").await;
    window.click("connect-test").await;
    window.find("license-source-userType").await;
    let chosen = window.run("return document.querySelector('[data-testid=\"license-source-userType\"]').checked").await;
    assert_eq!(chosen, true, "the attribute that tells the license type is suggested");
    window.click("count-everyone").await;
    window.reads("count-full", |text| text.ends_with(&full.to_string())).await;
    window.reads("count-viewer", |text| text.ends_with(&(60 - full).to_string())).await;
    reaches(
        &window,
        &[
            "connect-name",
            "connect-token",
            "connect-advanced",
            "license-source",
            "value",
            "count-everyone",
            "connect-save",
        ],
    )
    .await;
    axe::from_every_side(&window, "Another app tested").await;
    window.click("connect-save").await;
    window.reads("app-name", |name| name == "Figma").await;
    window
        .until("the first sync completes", || async {
            window.find("app-state").await.attr("data-state").await.ok()?.filter(|state| state == "current")
        })
        .await;

    // What it costs only people know.
    window.click("tab-licenses").await;
    for (key, cost) in [("full", "100"), ("viewer", "10")] {
        window.click("purchase-add").await;
        window.choose("field-license-type", key).await;
        window.fill("field-quantity", "60").await;
        window.fill("field-cost", cost).await;
        window.choose("field-every", "year").await;
        window.fill("field-from", "2026-01-01").await;
        window.click("purchase-save").await;
        window.is_gone("purchase-panel").await;
    }
    let active = |kind: &str| truth.iter().filter(|user| user.active && user.license.key() == kind).count();
    let spent = |full: usize, viewers: usize| dollars(u64::try_from(full * 100 + viewers * 10).expect("a sum"));
    let (editors, viewers) = (active("can-edit"), active("view-only"));
    // New types are billable until somebody says otherwise.
    window.click("tab-overview").await;
    window.reads("total-annual", |text| text.contains(&spent(editors, viewers))).await;
    window.click("tab-licenses").await;
    window.click("type-billable-full").await;
    window.click("type-billable-viewer").await;
    window.click("tab-overview").await;
    window.reads("none-billable", |text| text.contains("Mark those")).await;
    window.photograph("no-billable-type").await;
    window.click("tab-licenses").await;
    window.click("type-billable-full").await;
    window.click("type-billable-viewer").await;

    window.click("tab-integration").await;
    window.choose("value-Viewer-type", "full").await;
    axe::from_every_side(&window, "Integration of another app").await;
    reaches(
        &window,
        &[
            "license-path",
            "value-Full-type",
            "value-add",
            "values-save",
            "values-discard",
            "limits-drop-percent",
            "schedule-every",
        ],
    )
    .await;
    window.click("values-save").await;
    window.is_gone("values-unsaved").await;
    window.click("sync-now").await;
    window.click("tab-overview").await;
    window.reads("total-annual", |text| text.contains(&spent(editors + viewers, 0))).await;
    let books = elsewhere(&window.desk.data_dir());
    let details = books.license_details(&AppRequest { app: "figma".to_owned() }.into()).expect("the license types");
    let assigned: Vec<_> = details.license_types.iter().map(|one| (one.license_type.as_str(), one.assigned)).collect();
    let everyone = u64::try_from(editors + viewers).expect("a count");
    assert!(assigned.contains(&("full", everyone)), "{assigned:?}");
    window.nothing_was_blocked().await;
    window.close().await;
}
