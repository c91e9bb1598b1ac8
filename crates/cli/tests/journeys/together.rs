//! Several processes on one data folder at the same time: nobody is harmed, nobody waits without a word.

use lucid_sim::Fault;
use serde_json::{Value, json};

use app::view::apps::AppDayRequest;

use crate::desk::{APP, Desk, Told, finished, noon, server};
use crate::held::until;
use crate::truth;

#[test]
fn of_two_syncs_at_once_one_is_told_that_the_other_runs() {
    let server = server(250);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    server.set_day(jiff::civil::date(2026, 3, 2));
    server.set_fault(Fault::Latency(700));
    let asked = server.requests();
    let first = desk.start(&["sync", APP, "--json"]);
    until("the first sync reads", || server.requests() > asked);
    desk.refusal(&["sync", APP], 1, "already-syncing").says("Lucidchart is being synced already.");
    assert_eq!(desk.document(&["apps"])[0]["state"], "syncing");
    assert_eq!(desk.roster(&[]), before, "readers see the last roster while the next one comes in");
    assert_eq!(desk.document(&["runs", APP])[0]["status"], "running");
    let told = finished(Ok(first));
    assert_eq!((told.code, &told.document()["status"]), (Some(0), &json!("completed")), "{told:?}");
    assert_eq!(desk.roster(&[]), truth::roster(&server));
    assert_eq!(desk.document(&["runs", APP]).as_array().unwrap().len(), 2, "the refused one is no run");
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn purchases_of_many_processes_are_all_kept() {
    let server = server(20);
    let desk = Desk::with(&server);
    let add = |number: usize| {
        let po = format!("PO-{number}");
        let what = ["purchase", "add", APP, "--type", "can-edit", "--quantity", "1", "--cost", "10", "--per", "unit"];
        desk.start(&[&what[..], &["--every", "year", "--from", "2020-01-01", "--po", &po, "--json"]].concat())
    };
    let told: Vec<Told> = (0..8).map(add).collect::<Vec<_>>().into_iter().map(|child| finished(Ok(child))).collect();
    assert!(told.iter().all(|told| told.code == Some(0) && told.stderr.is_empty()), "{told:?}");
    let mut ids: Vec<_> = told.iter().map(|told| told.document()["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, (1..=8).collect::<Vec<_>>());
    let listed = desk.document(&["purchase", "list", APP]);
    let mut orders: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["form"]["po"].as_str().unwrap()).collect();
    orders.sort_unstable();
    assert_eq!(orders, (0..8).map(|number| format!("PO-{number}")).collect::<Vec<_>>());
    assert_eq!(desk.document(&["spend", APP])["committed_annual"], "80.00");
}

#[test]
fn many_processes_may_make_the_data_folder_at_once() {
    let desk = Desk::new();
    let started: Vec<_> = (0..6).map(|_| desk.start(&["apps", "--json"])).collect();
    for told in started.into_iter().map(|child| finished(Ok(child))) {
        assert_eq!((told.code, told.document()), (Some(0), json!([])), "{told:?}");
    }
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn an_open_application_notices_what_the_command_line_writes() {
    let server = server(40);
    let desk = Desk::with(&server);
    let window = desk.ledger_at(noon(jiff::civil::date(2026, 6, 1)));
    let spend = || window.spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap();
    assert_eq!(spend().committed_annual.value, None);
    let before = window.version().unwrap();
    assert_eq!(window.version().unwrap(), before, "nothing happened");
    let add = ["purchase", "add", APP, "--type", "can-edit", "--quantity", "10", "--cost", "12", "--per", "unit"];
    desk.says(&[&add[..], &["--every", "month", "--from", "2026-01-01"]].concat());
    assert_ne!(window.version().unwrap(), before);
    assert_eq!(spend().committed_annual.value.unwrap().amount, "1440.00");
    let before = window.version().unwrap();
    window.undo(&app::view::apps::AppRequest { app: APP.to_owned() }).unwrap();
    assert_ne!(window.version().unwrap(), before, "its own writing counts too");
    assert_eq!(desk.document(&["purchase", "list", APP]), json!([]), "and the command line sees it");
    let before = window.version().unwrap();
    server.set_day(jiff::civil::date(2026, 3, 2));
    desk.sync();
    assert_ne!(window.version().unwrap(), before);
    let page = app::view::roster::RosterPageRequest {
        query: app::view::roster::RosterQuery { app: APP.to_owned(), ..Default::default() },
        offset: 0,
        limit: 500,
    };
    let ids: Vec<Value> = window.roster_page(&page).unwrap().rows.into_iter().map(|row| json!(row.id)).collect();
    assert_eq!(ids, truth::roster(&server).into_iter().map(|member| member["id"].clone()).collect::<Vec<_>>());
}

#[test]
fn first_connections_made_at_once_share_the_vault_that_one_of_them_makes() {
    let servers = [server(20), server(20), server(20)];
    let desk = Desk::new();
    let addresses = servers.each_ref().map(|server| (server.base_url().to_owned(), server.token().to_owned()));
    let told: Vec<Told> = std::thread::scope(|scope| {
        let all = addresses.each_ref().map(|(address, token)| {
            let desk = &desk;
            scope.spawn(move || desk.connect_at(address, token))
        });
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(told.iter().all(|told| told.code == Some(0)), "{told:?}");
    let synced = desk.run(&["sync", "--all", "--json"]);
    assert_eq!((synced.code, synced.document().as_array().map(Vec::len)), (Some(0), Some(3)), "{synced:?}");
}
