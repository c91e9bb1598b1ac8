//! The story of a reading: its stages with what they took, also when it fails.

use std::sync::{Arc, Mutex};

use connect::{
    BaseUrl, BearerToken, Client, Connector, Journal, Mapped, Mapping, News, ReadStage, RestSource, Sources,
};
use lucid_sim::{Config, Fault, Server as Sim};
use roster::{FindingCode, LicenseKey};
use tokio_util::sync::CancellationToken;

use crate::people::honest;
use crate::raw::{Server, json, quick, status};
use crate::sim::SUITE;

fn everything(sim: &Sim) -> Sources {
    let row = |seen: &str, license| Mapped { seen: seen.to_owned(), name: None, license: LicenseKey::new(license) };
    let groups = vec![row("lucid-group-77", "can-edit"), row("lucid-group-78", "view-only")];
    let rest = RestSource {
        base: BaseUrl::parse(sim.rest_base_url()).unwrap(),
        key: BearerToken::from_pasted(sim.rest_key()).unwrap(),
        subscriptions: Mapping::new(vec![row(SUITE, "can-edit")]),
        pace: None,
    };
    Sources { groups: Some(Mapping::new(groups)), rest: Some(rest), ..Sources::of(Connector::Lucid) }
}

fn client(sim: &Sim) -> Client {
    let token = BearerToken::from_pasted(sim.token()).unwrap();
    Client::new(&BaseUrl::parse(sim.base_url()).unwrap(), &token, quick()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_stage_of_a_whole_reading_is_written_down_in_order() {
    let sim = Sim::start(Config::of(250, 3)).unwrap();
    let begun = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&begun);
    let journal = Journal::telling(move |news| told.lock().unwrap().push(news));
    let cancel = CancellationToken::new();
    let reading = client(&sim).read_roster(&everything(&sim), &mut |_| Ok(()), &journal, &cancel).await.unwrap();
    let stages = journal.stages();
    // Whether anybody is missed shows only once the roster is compared.
    let expected: Vec<_> = ReadStage::ALL.into_iter().filter(|stage| *stage != ReadStage::Missed).collect();
    assert_eq!(stages.iter().map(|stage| stage.stage).collect::<Vec<_>>(), expected);
    assert_eq!(*begun.lock().unwrap(), expected.into_iter().map(News::Begins).collect::<Vec<_>>());
    assert!(
        stages.iter().all(|stage| stage.completed && !stage.detail.is_empty() && stage.requests > 0 && stage.bytes > 0)
    );
    assert_eq!(stages.iter().map(|stage| stage.requests).sum::<u64>(), reading.requests);
    assert_eq!(stages.iter().map(|stage| stage.bytes).sum::<u64>(), reading.bytes);
    assert_eq!((reading.requests, reading.retries), (sim.requests(), 0));
    assert_eq!(stages[4].detail, "250 users on 3 pages.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeats_are_counted_where_they_happened() {
    let sim = Sim::start(Config::of(250, 3)).unwrap();
    sim.set_fault("r500".parse::<Fault>().unwrap());
    let journal = Journal::new();
    let cancel = CancellationToken::new();
    let reading = client(&sim).read_roster(&everything(&sim), &mut |_| Ok(()), &journal, &cancel).await.unwrap();
    let retries: Vec<_> = journal.stages().iter().map(|stage| stage.retries).collect();
    assert_eq!(retries[..4], [0, 0, 0, 0]);
    assert!(retries[4] >= 3);
    assert_eq!(reading.retries, retries[4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reading_that_fails_tells_how_far_it_came() {
    for (fault, ends_at) in
        [("rest_500", "licenses"), ("down:2", "users"), ("v401:2", "users"), ("rest_foreign", "licenses")]
    {
        let sim = Sim::start(Config { rest_page: 50, ..Config::of(250, 3) }).unwrap();
        sim.set_fault(fault.parse::<Fault>().unwrap());
        let journal = Journal::new();
        let cancel = CancellationToken::new();
        let error = client(&sim).read_roster(&everything(&sim), &mut |_| Ok(()), &journal, &cancel).await.unwrap_err();
        let stages = journal.stages();
        let (last, before) = stages.split_last().unwrap();
        assert_eq!((last.stage.key(), last.completed), (ends_at, false), "{fault}");
        assert!(before.iter().all(|stage| stage.completed), "{fault}");
        assert!(error.to_string().contains(last.detail.trim_end_matches('.')), "{error} / {}", last.detail);
    }
}

#[tokio::test]
async fn a_reading_that_is_dropped_leaves_its_stage_open() {
    let server = Server::start(|_| crate::raw::Reply::Silence).await;
    let journal = Journal::new();
    let (sources, cancel) = (Sources::of(Connector::Lucid), CancellationToken::new());
    let client = server.client();
    let mut sink = |_| Ok(());
    let reading = client.read_roster(&sources, &mut sink, &journal, &cancel);
    assert!(tokio::time::timeout(std::time::Duration::from_millis(200), reading).await.is_err());
    let last = journal.stages().pop().unwrap();
    assert_eq!((last.stage, last.completed, last.detail.as_str()), (ReadStage::Users, false, "It was stopped."));
}

#[tokio::test]
async fn what_the_server_says_about_itself_is_asked_once_and_used() {
    let server = Server::described(|request| {
        if request.path.ends_with("Config") {
            json(r#"{"patch":{},"filter":{"supported":true,"maxResults":40}}"#)
        } else {
            honest(request, 100, 40)
        }
    })
    .await;
    let (sources, journal, cancel) = (Sources::of(Connector::Lucid), Journal::new(), CancellationToken::new());
    let client = server.client();
    client.read_roster(&sources, &mut |_| Ok(()), &journal, &cancel).await.unwrap();
    assert_eq!(journal.stages()[0].detail, "It gives up to 40 users at a time and can filter.");
    assert_eq!(server.requests()[1].count, 40);
    client.probe(&sources, &mut |_| {}).await.unwrap();
    let again = Journal::new();
    client.read_roster(&sources, &mut |_| Ok(()), &again, &cancel).await.unwrap();
    assert_eq!(again.stages().len(), 1, "a test has asked already");
    for odd in ["500 Internal Server Error", "401 Unauthorized", "302 Found"] {
        let server =
            Server::described(
                move |request| if request.path.ends_with("Config") { status(odd) } else { honest(request, 3, 40) },
            )
            .await;
        let (journal, asked) = (Journal::new(), server.client());
        asked.read_roster(&sources, &mut |_| Ok(()), &journal, &cancel).await.unwrap();
        assert!(journal.stages()[0].completed && journal.stages()[0].detail.contains("not needed"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_tenant_shows_is_told_by_generation() {
    use lucid_sim::LicenseMode::{AllUrns, CanEdit, None, ProductLicenses};
    let words = [
        (CanEdit, "canEdit (60)"),
        (ProductLicenses, "productLicenses under lucid:2.0 (60)"),
        (AllUrns, "productLicenses under lucid:2.0 (60)"),
        (None, "no license in the user's record (60)"),
    ];
    for (license_mode, expected) in words {
        let sim = Sim::start(Config { license_mode, ..Config::of(60, 3) }).unwrap();
        let (sources, cancel) = (Sources::of(Connector::Lucid), CancellationToken::new());
        let reading = client(&sim).read_roster(&sources, &mut |_| Ok(()), &Journal::new(), &cancel).await.unwrap();
        let shows = reading.findings.iter().find(|found| found.code == FindingCode::TenantShows).unwrap();
        assert_eq!((shows.count, shows.examples.as_slice()), (60, [expected.to_owned()].as_slice()));
    }
    let sim = Sim::start(Config { fault: "unknown_license:6".parse().ok(), ..Config::of(60, 3) }).unwrap();
    let (sources, cancel) = (Sources::of(Connector::Lucid), CancellationToken::new());
    let reading = client(&sim).read_roster(&sources, &mut |_| Ok(()), &Journal::new(), &cancel).await.unwrap();
    assert_eq!(
        reading.findings[0].examples,
        ["productLicenses under lucid:2.0 (50)", "no license in the user's record (10)"]
    );
    let reading = client(&sim)
        .read_roster(&Sources::of(Connector::Scim), &mut |_| Ok(()), &Journal::new(), &cancel)
        .await
        .unwrap();
    assert!(
        reading.findings.iter().all(|found| found.code != FindingCode::TenantShows),
        "Lucid's generations are Lucid's"
    );
}
