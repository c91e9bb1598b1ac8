//! Secrets stay sealed: a sweep for canaries in every encoding, through every file and everything that is said.

use lucid_sim::{Config, Fault, Server};

use crate::desk::{APP, Desk, PASSPHRASE, Told};
use crate::folder::{contains, contents};

/// Occurs nowhere else.
const TOKEN: &str = "CANARY-7f3c9a1e5b2d8046-never-in-plain-sight";

fn guarded() -> Server {
    Server::start(Config { token: TOKEN.to_owned(), ..Config::of(60, 7) }).unwrap()
}

/// Base64 of the whole groups of three bytes after `skip` bytes, as it would stand in the middle of a longer text.
fn base64(secret: &[u8], skip: usize, alphabet: &[u8]) -> Vec<u8> {
    let groups = secret[skip..].chunks_exact(3);
    let digits = groups.flat_map(|group| {
        let bits = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
        [18, 12, 6, 0].map(|shift| alphabet[(bits >> shift & 63) as usize])
    });
    digits.collect()
}

/// A secret in every writing in which it might be found.
fn writings(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte");
    let hex: String = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    let utf16 = |order: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let alphabets = [[&letters[..], b"+/"].concat(), [&letters[..], b"-_"].concat()];
    let encoded = alphabets.iter().flat_map(|alphabet| (0..3).map(|skip| base64(bytes, skip, alphabet)));
    let plain = [
        bytes.to_vec(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
    ];
    plain.into_iter().chain(encoded).collect()
}

#[test]
fn the_sweep_knows_a_canary_when_it_sees_one() {
    assert_eq!(base64(b"Man is", 0, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), b"TWFuIGlz");
    for shout in ["TWFuIG", "4d616e"] {
        let found = writings("Man is here").iter().any(|writing| writing.starts_with(shout.as_bytes()));
        assert!(found, "{shout}");
    }
}

#[test]
fn no_file_and_no_word_holds_the_token_or_the_passphrase() {
    let server = guarded();
    let desk = Desk::new();
    let mut said: Vec<Told> = vec![desk.connect_at(server.base_url(), TOKEN), desk.run(&["sync"])];
    let pasted_into_the_address = format!("http://admin:{TOKEN}@127.0.0.1:1/scim/v2?token={TOKEN}");
    said.push(desk.connect_at(&pasted_into_the_address, TOKEN));
    said.push(desk.connect_at(server.base_url(), &format!("{TOKEN} {TOKEN}")));
    said.push(desk.connect_at(server.base_url(), &format!("{TOKEN}-wrong")));
    for fault in ["html200", "err200", "v403", "redir", "v401:1", "empty_page:1", "truncjson:1"] {
        server.set_fault(fault.parse::<Fault>().unwrap());
        if fault != "truncjson:1" {
            said.push(desk.run(&["sync"]));
            said.push(desk.run(&["sync", "--json"]));
        }
    }
    server.set_fault(None);
    for command in
        [&["apps"][..], &["apps", "--json"], &["runs", APP, "--json"], &["roster", APP], &["check"], &["--help"]]
    {
        said.push(desk.run(command));
    }
    let mut wrong = desk.command(&["sync", "--json"]);
    said.push(crate::desk::finished(wrong.env("SEATLEDGER_PASSPHRASE", format!("{PASSPHRASE}!")).spawn()));
    let files = contents(desk.home());
    assert!(files.iter().any(|(path, _)| path.ends_with("vault.v1")), "the token is sealed somewhere");
    for secret in [TOKEN, PASSPHRASE] {
        for writing in writings(secret) {
            for (path, bytes) in &files {
                assert!(!contains(bytes, &writing), "{} holds {secret}", path.display());
            }
            for told in &said {
                let spoken = [told.stdout.as_bytes(), told.stderr.as_bytes()].concat();
                assert!(!contains(&spoken, &writing), "{told:?} tells {secret}");
            }
        }
    }
    assert_eq!(desk.run(&["sync"]).code, Some(0), "the sealed token still opens the server");
}

#[cfg(unix)]
#[test]
fn files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with(&guarded());
    let target = desk.home().join("roster.csv");
    desk.says(&["export", APP, "roster", "--format", "csv", "-o", target.to_str().unwrap()]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&desk.folder()), 0o700);
    for path in crate::folder::files(&desk.folder()).into_iter().chain([target]) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_token_is_accepted_as_people_paste_it() {
    let server = guarded();
    let desk = Desk::new();
    for (number, pasted) in [
        format!("{TOKEN}\n"),
        format!("  \t{TOKEN}\r\n\r\n"),
        format!("Bearer {TOKEN}"),
        format!("bearer   {TOKEN} "),
        format!("Authorization: Bearer {TOKEN}\n"),
        format!("\"{TOKEN}\""),
        format!("\u{feff}{TOKEN}\n"),
    ]
    .iter()
    .enumerate()
    {
        let again: &[&str] = if number == 0 { &[] } else { &["--again"] };
        let told = desk.connect_with(server.base_url(), pasted, again);
        assert_eq!(told.code, Some(0), "{pasted:?}: {told:?}");
        let slug = told.document()["app"].as_str().unwrap().to_owned();
        let expected = if number == 0 { APP.to_owned() } else { format!("{APP}-{}", number + 1) };
        assert_eq!(slug, expected);
        assert_eq!(desk.document(&["sync", &slug])["members"], 60);
    }
}

#[test]
fn a_paste_that_is_no_token_is_refused_before_anything_is_sent() {
    let server = guarded();
    let desk = Desk::new();
    for (pasted, code) in [
        ("", "token-empty"),
        (" \n", "token-empty"),
        ("Bearer ", "token-empty"),
        ("two words", "token-spaces"),
        ("toké", "token-character"),
        (&"b".repeat(16_385), "token-too-long"),
        (&"b".repeat(200_000), "token-too-long"),
    ] {
        crate::desk::Refusal::of(&desk.connect_at(server.base_url(), pasted), 3, code);
    }
    assert_eq!(server.requests(), 0);
    assert_eq!(desk.document(&["apps"]), serde_json::json!([]));
}
