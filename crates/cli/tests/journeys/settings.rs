//! How an app is read: limits and schedule are kept or refused in words; `sync --all` for schedulers.

use lucid_sim::{Config, Fault, Server};
use serde_json::{Value, json};

use crate::desk::{APP, Desk, finished, server};
use crate::held::until;

fn limits(desk: &Desk) -> Value {
    desk.document(&["connection", "show", APP])["limits"].clone()
}

#[test]
fn limits_and_schedule_are_kept_until_they_are_the_usual_again() {
    let server = server(30);
    let desk = Desk::with(&server);
    let usual = desk.document(&["connection", "show", APP]);
    assert_eq!(usual["limits"]["requests_per_minute"], "");
    assert_eq!(
        usual["schedule"],
        json!({ "every_hours": null, "next": null, "sentence": usual["schedule"]["sentence"] })
    );
    let set =
        ["connection", "set", APP, "--requests-per-minute", "600", "--pages-in-flight", "1", "--drop-percent", "50"];
    let view = desk.document(&[&set[..], &["--sync-every", "6"]].concat());
    assert_eq!(view["schedule"]["every_hours"], 6);
    assert!(view["schedule"]["next"].is_string());
    assert_eq!(desk.sync()["status"], "completed", "it is read within these limits");
    desk.document(&["connection", "set", APP, "--requests-per-minute", "none"]);
    let kept = limits(&desk);
    assert_eq!(
        [&kept["requests_per_minute"], &kept["pages_in_flight"], &kept["drop_percent"]],
        ["0", "1", "50"],
        "what was not named stays"
    );
    let back = ["connection", "set", APP, "--requests-per-minute", "usual", "--pages-in-flight", "usual"];
    let view = desk.document(&[&back[..], &["--drop-percent", "usual", "--sync-every", "never"]].concat());
    assert_eq!(view, usual);
    let said = desk.says(&["connection", "show", APP]);
    for words in ["Requests a minute", "20 % (usual)", "Read only when somebody"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn refused_limits_change_nothing_not_even_those_that_were_right() {
    let server = server(10);
    let desk = Desk::with(&server);
    let before = desk.document(&["connection", "show", APP]);
    let garbage = desk.home().join("garbage.pem");
    std::fs::write(&garbage, "not a certificate").unwrap();
    let garbage = garbage.to_str().unwrap();
    for (wrong, told) in [
        (&["--requests-per-minute", "0.5"][..], "not a whole number"),
        (&["--requests-per-minute", "-4"], "cannot be below 0"),
        (&["--requests-per-minute", "1000000000000"], "At most 100000"),
        (&["--pages-in-flight", "0"], "At least 1"),
        (&["--pages-in-flight", "1000"], "At most 16"),
        (&["--drop-percent", "101"], "At most 100"),
        (&["--ca-file", "/no/such/company.pem"], "/no/such/company.pem cannot be read"),
        (&["--ca-file", garbage], "holds no certificate"),
    ] {
        let asked = [&["connection", "set", APP, "--sync-every", "3"][..], wrong].concat();
        desk.refusal(&asked, 2, "refused").says(told);
    }
    for wrong in [&["--sync-every", "0"][..], &["--sync-every", "169"], &["--sync-every", "soon"], &[]] {
        desk.refusal(&[&["connection", "set", APP][..], wrong].concat(), 2, "usage");
    }
    desk.refusal(&["connection", "set", APP, "--license-from", "userType"], 2, "not-for-app");
    assert_eq!(desk.document(&["connection", "show", APP]), before);
}

#[test]
fn a_certificate_file_that_went_away_fails_the_sync_in_words_and_can_be_taken_back() {
    let server = server(10);
    let desk = Desk::with(&server);
    let file = desk.home().join("company.pem");
    std::fs::write(&file, AUTHORITY).unwrap();
    let view = desk.document(&["connection", "set", APP, "--ca-file", file.to_str().unwrap()]);
    assert_eq!(view["limits"]["authority"], file.to_str().unwrap());
    assert_eq!(desk.sync()["status"], "completed");
    std::fs::remove_file(&file).unwrap();
    desk.refusal(&["sync", APP], 4, "certificate-file").says("company.pem cannot be read");
    assert_eq!(desk.document(&["runs", APP])[0]["status"], "failed");
    desk.document(&["connection", "set", APP, "--drop-percent", "30"]);
    assert_eq!(limits(&desk)["authority"], file.to_str().unwrap(), "another change leaves it alone");
    desk.document(&["connection", "set", APP, "--ca-file", "none"]);
    assert_eq!(desk.sync()["status"], "completed");
}

#[test]
fn of_all_apps_one_that_fails_does_not_stop_the_others_and_sets_the_exit_status() {
    let (first, second, third) = (server(10), server(20), server(30));
    let desk = Desk::new();
    for server in [&first, &second, &third] {
        desk.connect(server);
    }
    second.set_fault("v403".parse::<Fault>().unwrap());
    let told = desk.run(&["sync", "--all", "--json"]);
    assert_eq!(told.stderr, "", "{told:?}");
    let failing = told.code;
    let all = told.document();
    let status = |app: &str| {
        let found = all.as_array().unwrap().iter().find(|one| one["app"] == app);
        found.map(|one| one["status"].clone()).unwrap_or_default()
    };
    assert_eq!(
        ["lucidchart", "lucidchart-2", "lucidchart-3"].map(status),
        ["completed", "failed", "completed"],
        "{all}"
    );
    assert_eq!(failing, Some(3), "a token that may not read is for a person to mend");
    let told = desk.run(&["sync", "--all", "--quiet"]);
    assert_eq!(told.code, Some(3));
    assert!(told.stderr.contains("lucidchart-2: "), "which one failed is told though quiet: {told:?}");
    drop(third);
    assert_eq!(desk.run(&["sync", "--all", "--quiet"]).code, Some(3), "the worst counts, not the last");
    second.set_fault(None);
    assert_eq!(desk.run(&["sync", "--all", "--quiet"]).code, Some(4));
    desk.refusal(&["sync", "--all", APP], 2, "usage");
    let nothing = Desk::new();
    nothing.refusal(&["sync", "--all"], 2, "usage");
}

#[test]
fn two_processes_never_read_one_app_at_the_same_time() {
    let server = Server::start(Config::of(450, 7)).unwrap();
    let desk = Desk::with(&server);
    server.set_fault(Fault::Latency(300));
    let before = server.requests();
    let first = desk.start(&["sync", "--all", "--json"]);
    until("the first one reads", || server.requests() > before);
    let refused = desk.run(&["sync", "--all", "--json"]);
    assert_eq!((refused.code, &refused.document()[0]["error"]["code"]), (Some(1), &json!("already-syncing")));
    let told: crate::desk::Told = finished(Ok(first));
    assert_eq!(told.code, Some(0), "{told:?}");
    assert_eq!(desk.document(&["runs", APP]).as_array().unwrap().len(), 2, "the one that was refused left no run");
}

/// A certificate authority that signed nothing: made for this test, its key thrown away.
const AUTHORITY: &str = "-----BEGIN CERTIFICATE-----
MIIBkzCCATmgAwIBAgIUCWeuuObHq/YSJlODGXVOM2fc0fUwCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTQWNtZSBUZXN0IEF1dGhvcml0eTAgFw0yNjExMjMyMjUwNDNa
GA8yMTI2MTAzMDIyNTA0M1owHjEcMBoGA1UEAwwTQWNtZSBUZXN0IEF1dGhvcml0
eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABP5ZgrmlPCsibsKGQIrqpA9J7JWL
G6khd6Sj/p1u9MK9s1wAmKmhpSat99hd6rnBTawD7vaVlaT9Nn1nvHXFJuWjUzBR
MB0GA1UdDgQWBBRwHHEKWsQ+tCo254rX4Nq4MZ45wzAfBgNVHSMEGDAWgBRwHHEK
WsQ+tCo254rX4Nq4MZ45wzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gA
MEUCIQCN0n4tNxhCizQiT/z4xhYh6Jh7NkWzW5N4enm0YRve3gIgGmYLQe8/9eHw
4enghLuq27Wpm/1MHBYW5CFA2UKPp1Q=
-----END CERTIFICATE-----";

#[test]
fn what_would_change_nothing_or_mean_nothing_is_refused() {
    let server = crate::desk::server(20);
    let desk = Desk::new();
    desk.connect(&server);
    let told = desk.run(&["roster", APP, "--as-of", "2026-01-01"]);
    assert!(told.stderr.contains("The roster has not been read for this day."), "{told:?}");
    desk.refusal(&["mapping", "set", APP, "value", "x", "can-edit"], 2, "not-for-app").says("values to map");
    desk.refusal(&["license", "set", APP, "can-edit"], 2, "usage").says("Nothing was named");
    desk.refusal(&["changes", APP, "--from", "2026-03-01", "--to", "2026-02-01"], 2, "not-a-date")
        .says("lies before the first day, 2026-03-01");
    desk.sync();
    assert!(desk.says(&["runs", APP, "--stages"]).contains("How this tenant shows licenses:"));
    assert!(desk.document(&["runs", APP])[0]["tenant_shows"].is_string());
}
