//! What only the window asks: the wizard's stages, pages of the roster, one member's history, charts, the live form,
//! settings, and who keeps the vault. What the command line asks too is tested there.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its set-up fails")]

mod books;
mod desk;

use std::collections::BTreeMap;

use app::view::apps::AppRequest;
use app::view::connect::{ConnectReport, ReplaceTokenRequest, StageState};
use app::view::purchases::{PurchaseForm, PurchasePreviewRequest, PurchaseSaveRequest};
use app::view::roster::{MemberRequest, RosterPageRequest, RosterQuery, RosterSort as By};
use app::view::settings::SettingsChange;
use desk::{APP, Desk, days, of_app, request, server, sync};
use lucid_sim::Fault;

fn stages(report: &ConnectReport) -> Vec<(&str, StageState)> {
    report.stages.iter().map(|stage| (stage.key.as_str(), stage.state)).collect()
}

#[tokio::test]
async fn the_test_of_a_connection_tells_its_stages_and_keeps_nothing() {
    let server = server(40);
    let desk = Desk::new();
    let window = desk.open(days(0));
    let told = std::sync::Arc::new(std::sync::Mutex::new(0));
    let counter = std::sync::Arc::clone(&told);
    let asked = request(&server, server.token());
    let report = window.connect_test(&asked, Box::new(move |_| *counter.lock().unwrap() += 1)).await;
    let all = ["address", "tls", "service-provider-config", "users", "licenses"];
    assert_eq!(stages(&report), all.map(|key| (key, StageState::Passed)));
    assert_eq!((report.users, report.problem), (Some(40), None));
    assert!(report.licenses.unwrap().contains("productLicenses"));
    assert_eq!(*told.lock().unwrap(), 10, "each stage is told twice: when it starts and when it ends");
    let refused = window.connect_test(&request(&server, "wrong"), Box::new(|_| {})).await;
    assert_eq!(stages(&refused).last(), Some(&("users", StageState::Failed)));
    assert_eq!(refused.problem.unwrap().code, "token-rejected");
    let nonsense = window.connect_test(&request(&server, "two words"), Box::new(|_| {})).await;
    assert_eq!((nonsense.stages, nonsense.problem.unwrap().code), (Vec::new(), "token-spaces".to_owned()));
    assert!(window.apps_list().unwrap().is_empty());
    assert_eq!(window.vault_status().state, "absent", "a test seals nothing");
}

#[tokio::test]
async fn a_count_that_is_cancelled_stops_reading() {
    let server = server(3_000);
    let desk = Desk::new();
    let window = desk.open(days(0));
    let asked = request(&server, server.token());
    let cancelling = window.clone();
    let first = Box::new(move |_| cancelling.license_preview_cancel());
    let stopped = window.license_preview(&asked, first).await;
    assert_eq!(stopped.problem.map(|problem| problem.code), Some("cancelled".to_owned()));
    let whole = window.license_preview(&asked, Box::new(|_| {})).await;
    assert_eq!((whole.problem, whole.users), (None, 3_000), "a later count is not stopped by it");
}

#[tokio::test]
async fn a_token_is_replaced_only_by_one_that_works() {
    let server = server(20);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    let replace = |token: &str| ReplaceTokenRequest { app: APP.to_owned(), token: token.to_owned() };
    let refused = window.token_replace(&replace("worn-out"), Box::new(|_| {})).await.unwrap();
    assert_eq!(refused.problem.unwrap().code, "token-rejected");
    sync(&window).await.expect("the old token is still there");
    let token = format!("Bearer {}", server.token());
    let report = window.token_replace(&replace(&token), Box::new(|_| {})).await.unwrap();
    assert_eq!(report.problem, None);
    sync(&window).await.expect("the new token works");
}

#[tokio::test]
async fn pages_of_the_roster_add_up_in_every_order() {
    let server = server(130);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    sync(&window).await.unwrap();
    let orders = [By::Id, By::UserName, By::Email, By::GivenName, By::MiddleName, By::FamilyName, By::LicenseType];
    let rest = [By::Status, By::Created, By::LastChanged, By::Department, By::CostCenter];
    for sort in orders.into_iter().chain(rest) {
        let read = |descending| {
            let query = RosterQuery { app: APP.to_owned(), sort, descending, ..RosterQuery::default() };
            let page = |offset| {
                let request = RosterPageRequest { query: query.clone(), offset, limit: 50 };
                let page = window.roster_page(&request).unwrap();
                assert_eq!((page.matching, page.total), (130, 130));
                page.rows.into_iter().map(|row| row.id)
            };
            [0, 50, 100, 150].into_iter().flat_map(page).collect::<Vec<_>>()
        };
        let mut rows = read(false);
        assert_eq!(rows.len(), 130, "{sort:?}");
        rows.sort();
        rows.dedup();
        assert_eq!(rows.len(), 130, "{sort:?}: nobody twice");
        let mut backwards = read(true);
        backwards.sort();
        assert_eq!(rows, backwards, "{sort:?}");
    }
}

#[tokio::test]
async fn filters_are_offered_with_their_counts() {
    let server = server(130);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    sync(&window).await.unwrap();
    let facets = window.roster_facets(&of_app()).unwrap();
    let counted = |values: Vec<String>| {
        values.into_iter().fold(BTreeMap::new(), |mut counts, value| {
            *counts.entry(value).or_insert(0_u64) += 1;
            counts
        })
    };
    let offered = |values: &[app::view::roster::FacetValue]| -> BTreeMap<String, u64> {
        values.iter().map(|facet| (facet.value.clone(), facet.count)).collect()
    };
    let truth = server.truth();
    let licenses = counted(truth.iter().map(|user| user.license.key().to_owned()).collect());
    assert_eq!(offered(&facets.license_types), licenses);
    assert_eq!(offered(&facets.departments), counted(truth.iter().map(|user| user.department.to_owned()).collect()));
    assert_eq!(offered(&facets.cost_centers), counted(truth.iter().map(|user| user.cost_center.to_owned()).collect()));
    let groups = truth.iter().flat_map(|user| user.groups.iter().map(|group| (*group).to_owned())).collect();
    assert_eq!(offered(&facets.groups), counted(groups));
    for department in &facets.departments {
        let departments = vec![department.value.clone()];
        let query = RosterQuery { app: APP.to_owned(), departments, ..RosterQuery::default() };
        let page = window.roster_page(&RosterPageRequest { query, offset: 0, limit: 1 }).unwrap();
        assert_eq!(page.matching, department.count, "{}", department.label);
    }
}

#[tokio::test]
async fn a_members_history_and_the_charts_tell_what_was_read_when() {
    let server = server(200);
    let desk = Desk::new();
    desk.connected(&server).await;
    let mut seats = Vec::new();
    for day in [0, 120, 240] {
        server.set_day(days(day));
        sync(&desk.open(days(day))).await.unwrap();
        let editing = server.truth().iter().filter(|user| user.license.can_edit()).count() as u64;
        seats.push((days(day).to_string(), Some(editing)));
    }
    let window = desk.open(days(240));
    let changes = window.changes(APP, None, None).unwrap();
    let upgraded = changes.iter().find(|change| change.kind == "upgraded").expect("somebody was upgraded");
    let request = MemberRequest { app: APP.to_owned(), member: upgraded.member.clone() };
    let history = window.member_history(&request).unwrap();
    let newest = &history.assignments.iter().find(|held| held.license.license_type == "can-edit").unwrap();
    assert_eq!(newest.from, upgraded.at.split('T').next().unwrap(), "{history:?}");
    assert!(history.changes.iter().any(|change| change == upgraded), "{history:?}");
    assert!(history.products.iter().any(|product| product.product == "Lucidspark"), "{history:?}");
    let charts = window.charts(&of_app()).unwrap();
    let chart = charts.seats.expect("a chart");
    let band = chart.bands.iter().find(|band| band.license_type == "can-edit").unwrap();
    let points: Vec<_> = band.points.iter().map(|point| (point.date.clone(), point.seats)).collect();
    for point in &seats {
        assert!(points.contains(point), "{point:?} is missing in {points:?}");
    }
    assert_eq!(chart.gaps.len(), 2, "two spans of 120 days without a reading: {:?}", chart.gaps);
    let months = charts.active_dates.expect("a chart");
    let counted: u64 = months.months.iter().flat_map(|month| &month.counts).sum();
    assert_eq!((counted, months.undated), (server.truth().len() as u64, 0));
    let left: u64 = charts.changes.iter().map(|month| month.left).sum();
    assert_eq!(left, changes.iter().filter(|change| change.kind == "left").count() as u64);
    let nobody = window.member_history(&MemberRequest { app: APP.to_owned(), member: "lucid-1".to_owned() });
    assert_eq!(nobody.unwrap_err().code(), "unknown-member");
}

#[tokio::test]
async fn the_form_says_what_it_means_while_it_is_typed() {
    let server = server(40);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    sync(&window).await.unwrap();
    let form = |quantity: &str, cost: &str| PurchaseForm {
        license_type: "Can-Edit".to_owned(),
        quantity: quantity.to_owned(),
        cost: cost.to_owned(),
        per: "unit".to_owned(),
        every: "month".to_owned(),
        from: "2025-04-01".to_owned(),
        until: "31 Mar 2027".to_owned(),
        ..PurchaseForm::default()
    };
    let preview = |form: PurchaseForm| {
        window.purchase_preview(&PurchasePreviewRequest { app: APP.to_owned(), id: None, form }).unwrap()
    };
    let fine = preview(form("50", "9"));
    assert_eq!(fine.sentence.as_deref(), Some("50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027"));
    assert_eq!((fine.problems, fine.warnings), (Vec::new(), Vec::new()));
    let next = fine.next_payment.expect("a month is paid again and again");
    assert_eq!((next.day.as_str(), next.figure.because.result.as_str()), ("2025-11-01", "$450.00"));
    let types = window.license_details(&of_app().into()).unwrap().license_types;
    let seats = types.iter().find(|known| known.license_type == "can-edit").unwrap().assigned.min(50);
    let per_held = fine.per_held.expect("the purchase is in force and the roster was read");
    assert_eq!(per_held.because.arithmetic, format!("$5,400.00 ÷ {seats} assigned seats"));
    assert_eq!(fine.notice_because, None, "there is no notice period");
    let noticed =
        preview(PurchaseForm { notice_days: "60".to_owned(), until: "+2y".to_owned(), ..form("50", "=4.5*2") });
    assert_eq!(noticed.annual.unwrap().because.result, "$5,400.00");
    assert_eq!(noticed.notice_because.unwrap().arithmetic, "31 Mar 2027 − 60 days");
    let understood: Vec<_> = noticed.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(understood, ["Cost is understood as $9.00.", "End date is understood as 31 Mar 2027."]);
    let few = preview(form("1", "9"));
    assert!(few.warnings.iter().any(|warning| warning.field == "quantity" && warning.message.contains("would hold")));
    let wrong = preview(form("50", "-9"));
    assert_eq!(wrong.problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["cost"]);
    let saved =
        window.purchase_save(&PurchaseSaveRequest { app: APP.to_owned(), id: None, form: form("50", "-9") }).unwrap();
    assert!(saved.purchase.is_none() && saved.problems == wrong.problems, "{saved:?}");
    assert!(window.license_details(&of_app().into()).unwrap().purchases.is_empty());
}

#[tokio::test]
async fn settings_are_kept_and_nonsense_is_refused() {
    let desk = Desk::new();
    let window = desk.open(days(0));
    let change = SettingsChange {
        organisation: Some(" Meridian ".to_owned()),
        time_zone: Some("Pacific/Kiritimati".to_owned()),
        currency: Some("eur".to_owned()),
        theme: Some("dark".to_owned()),
        density: Some("compact".to_owned()),
        fiscal_year_start: Some(4),
        rounding: Some("half-even".to_owned()),
    };
    window.settings_change(&change).unwrap();
    let kept = desk.open(days(0)).settings().unwrap();
    let told = (kept.organisation.as_str(), kept.currency.as_str(), kept.theme.as_str(), kept.time_zone.as_str());
    assert_eq!(told, ("Meridian", "EUR", "dark", "Pacific/Kiritimati"));
    assert_eq!((kept.fiscal_year_start, kept.rounding.as_str()), (4, "half-even"));
    assert_eq!(kept.density, "compact");
    assert_eq!(kept.today, days(1).to_string(), "noon UTC is the next day there");
    for nonsense in [
        SettingsChange { time_zone: Some("Mars/Olympus".to_owned()), ..SettingsChange::default() },
        SettingsChange {
            currency: Some("XQQ".to_owned()),
            theme: Some("light".to_owned()),
            ..SettingsChange::default()
        },
        SettingsChange { theme: Some("neon".to_owned()), ..SettingsChange::default() },
        SettingsChange { density: Some("airy".to_owned()), ..SettingsChange::default() },
        SettingsChange { fiscal_year_start: Some(13), ..SettingsChange::default() },
        SettingsChange { rounding: Some("up".to_owned()), ..SettingsChange::default() },
    ] {
        assert_eq!(window.settings_change(&nonsense).unwrap_err().code(), "not-allowed");
    }
    assert_eq!(window.settings().unwrap().theme, "dark", "nothing of a refused change is kept");
}

#[tokio::test]
async fn a_vault_changes_its_passphrase_and_keeps_its_tokens() {
    let server = server(20);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    assert_eq!((window.vault_status().keeper.as_str(), window.vault_status().state.as_str()), ("passphrase", "ready"));
    window.vault_use_passphrase(&"another set of words".into()).unwrap();
    let locked = desk.open_without_passphrase(days(0));
    assert_eq!(locked.vault_status().state, "locked");
    assert_eq!(sync(&locked).await.unwrap_err().code(), "vault_locked");
    assert_eq!(locked.vault_unlock(&desk::PASSPHRASE.into()).unwrap_err().code(), "vault_wrong_passphrase");
    assert_eq!(locked.vault_unlock(&"another set of words".into()).unwrap().state, "ready");
    assert_eq!(sync(&locked).await.unwrap().members, 20);
}

#[tokio::test]
async fn an_app_that_failed_to_sync_is_never_shown_as_current() {
    let server = server(20);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    server.set_fault(Fault::Html);
    assert_eq!(sync(&window).await.unwrap_err().code(), "web-page");
    let row = window.app_row(&AppRequest { app: APP.to_owned() }).unwrap();
    assert_eq!(row.state_sentence, "The first sync has not succeeded yet.");
    assert_eq!((row.members, row.last_sync), (0, None));
}
