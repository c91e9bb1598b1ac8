//! Starting, watching and stopping a server, and the command.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use lucid_sim::{Config, RequestLine, Server, StartError};

use crate::reader::Reader;

#[test]
fn it_starts_from_plain_code_and_its_port_is_free_when_it_stops() {
    let server = Server::start(Config::default()).expect("a free port");
    let port: u16 = server
        .base_url()
        .rsplit(':')
        .next()
        .and_then(|rest| rest.split('/').next())
        .expect("a port")
        .parse()
        .expect("a number");
    assert_eq!(server.base_url(), format!("http://127.0.0.1:{port}/scim/v2"));
    let taken = Server::start(Config { port, ..Config::default() });
    assert!(matches!(taken, Err(StartError::Listen { port: refused, .. }) if refused == port));
    drop(server);
    Server::start(Config { port, ..Config::default() }).expect("the port is free again");
}

#[tokio::test]
async fn it_starts_stops_and_fails_to_start_inside_a_runtime() {
    let reader = Reader::plain();
    let (_, rest) = reader.server.base_url().split_at("http://127.0.0.1:".len());
    let port = rest.trim_end_matches("/scim/v2").parse().expect("a port");
    assert!(Server::start(Config { port, ..Config::default() }).is_err());
    assert_eq!(reader.page(1, 1).await.status, 200);
}

#[tokio::test]
async fn it_counts_and_logs_requests_but_no_token() {
    let reader = Reader::plain();
    reader.page(1, 10).await;
    reader.send("/Nothing", None).await.expect("an answer");
    assert_eq!(reader.server.requests(), 2);
    let log = reader.server.request_log();
    let line = |path: &str, query: &str| RequestLine { method: "GET".into(), path: path.into(), query: query.into() };
    assert_eq!(log, [line("/scim/v2/Users", "startIndex=1&count=10"), line("/scim/v2/Nothing", "")]);
    assert!(!format!("{log:?}").contains(reader.server.token()));
}

#[test]
fn the_command_says_what_it_is_and_where() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lucid-sim"))
        .args(["--users", "30", "--seed", "5", "--license-mode", "can_edit", "--fault", "latency:1"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines().take(3);
    let lines: Vec<String> = lines.map(|line| line.expect("text")).collect();
    child.kill().expect("it runs until it is ended");
    child.wait().expect("it ends");
    assert!(lines[0].contains("development and demo tool") && lines[0].contains("30 invented people"), "{lines:?}");
    assert!(lines[2].starts_with("base URL: http://127.0.0.1:") && lines[2].ends_with("/scim/v2"), "{lines:?}");
}

#[test]
fn the_command_refuses_what_it_does_not_know() {
    for arguments in [["--fault", "gremlin"], ["--license-mode", "full"], ["--day", "tomorrow"]] {
        let run = Command::new(env!("CARGO_BIN_EXE_lucid-sim")).args(arguments).output().expect("the command starts");
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
    }
    let help = Command::new(env!("CARGO_BIN_EXE_lucid-sim")).arg("--help").output().expect("the command starts");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    for known in lucid_sim::known_faults() {
        assert!(help.contains(known.name) && help.contains(known.about), "{} is in the help", known.name);
    }
}
