//! The command line against servers that others wrote: connect, sync, and the roster as a script would read it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::peers::{Peer, told};
use crate::people::{everybody, people};

fn seatledger(home: &Path, arguments: &[&str], stdin: &str) -> Output {
    let mut command = Command::new(told("SEATLEDGER_COMMAND"));
    command.args(arguments).arg("--json").env_clear().env("HOME", home).env("TZ", "UTC");
    command.env("SEATLEDGER_DATA_DIR", home.join("ledger")).env("SEATLEDGER_VAULT", "file");
    command.env("SEATLEDGER_PASSPHRASE", "medlar jelly on toast, thrice");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    // One that ends without reading it is no mistake.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    child.wait_with_output().expect("the command ends")
}

fn document(output: &Output, exit: i32) -> Value {
    assert_eq!(output.status.code(), Some(exit), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

#[test]
#[ignore = "needs scripts/others.sh"]
fn the_command_line_syncs_a_server_of_others_and_lists_everybody() {
    for peer in [Peer::Scim2, Peer::Express4] {
        let home = tempfile::tempdir().expect("a folder");
        let base = peer.account("whole").base;
        let connect = ["connect", "lucid", "--base-url", &base, "--token-stdin"];
        document(&seatledger(home.path(), &connect, &told("SCIM_TOKEN")), 0);
        let synced = document(&seatledger(home.path(), &["sync", "lucidchart"], ""), 0);
        assert_eq!(synced["members"], people(), "{peer:?}: {synced}");

        let roster = document(&seatledger(home.path(), &["roster", "lucidchart"], ""), 0);
        let listed: BTreeMap<_, _> =
            roster.as_array().expect("a list").iter().map(|row| (row["id"].as_str().expect("an id"), row)).collect();
        let truth = everybody();
        assert!(listed.keys().copied().eq(truth.keys().map(String::as_str)), "{peer:?}: {} listed", listed.len());
        for (id, member) in &truth {
            let row = listed[id.as_str()];
            let license = member.license.key().map(roster::LicenseKey::as_str);
            assert_eq!(row["license_type"].as_str(), license, "{peer:?}: {row}");
            assert_eq!(row["email"].as_str(), member.email.as_deref(), "{peer:?}: {row}");
            assert_eq!(row["family_name"].as_str(), member.family_name.as_deref(), "{peer:?}: {row}");
            assert_eq!(row["active"].as_bool(), Some(member.active), "{peer:?}: {row}");
        }

        let again = document(&seatledger(home.path(), &["sync", "lucidchart"], ""), 0);
        let counts = ["members", "added", "removed", "changed"].map(|count| again[count].as_u64());
        assert_eq!(counts, [people() as u64, 0, 0, 0].map(Some), "{peer:?}: {again}");
        assert_eq!(document(&seatledger(home.path(), &["roster", "lucidchart"], ""), 0), roster, "{peer:?}");
        let runs = document(&seatledger(home.path(), &["runs", "lucidchart"], ""), 0);
        let [second, first] = [0, 1].map(|run| runs[run]["bytes"].as_u64().expect("bytes"));
        // Express names the state of every answer, so that only the first page is sent again.
        match peer {
            Peer::Express4 => assert!(second * 3 < first * 2, "{second} bytes after {first}"),
            _ => assert_eq!(second, first, "{peer:?}"),
        }
    }
}

#[test]
#[ignore = "needs scripts/others.sh"]
fn the_command_line_keeps_nothing_of_a_server_that_repeats_its_first_page() {
    let home = tempfile::tempdir().expect("a folder");
    let base = Peer::Express5.account("command").base;
    let connect = ["connect", "lucid", "--base-url", &base, "--token-stdin"];
    document(&seatledger(home.path(), &connect, &told("SCIM_TOKEN")), 0);
    let refused = document(&seatledger(home.path(), &["sync", "lucidchart"], ""), 4);
    assert_eq!(refused["error"]["code"], "paging", "{refused}");
    let roster = document(&seatledger(home.path(), &["roster", "lucidchart"], ""), 0);
    assert_eq!(roster.as_array().map(Vec::len), Some(0), "20 of 1,000 are no roster");
}
