//! Bounded fuzzing of what servers send: a committed corpus, mutated, through the reading of users and of the REST API.
//! Nothing panics, no error repeats what it read, and every user comes out whole. `PROPTEST_CASES` makes it longer.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderValue, LINK};

use crate::connector::Connector;
use crate::error::ConnectError;
use crate::license_path::LicensePath;
use crate::licensing::Licensing;
use crate::rest::{listed_of, next_of};
use crate::sources::Sources;
use crate::users::{self, Users};

/// What no error may repeat.
const SECRET: &str = "p1@acme.test";
/// What a mutation may put in.
const PIECES: [&str; 16] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\ud800",
    "null",
    "true",
    "\"True\"",
    "1e999",
    "\"id\":",
    "\"canEdit\":",
    "\"productLicenses\":{",
    "; rel=next, <",
];

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz-corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let named = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (named(path), std::fs::read(path).unwrap())).collect()
}

fn of_users() -> Vec<Vec<u8>> {
    let all = corpus().into_iter();
    all.filter(|(name, _)| !name.starts_with("rest-") && name != "links.txt").map(|(_, body)| body).collect()
}

#[derive(Debug, Clone)]
enum Mutation {
    Flip(Index, u8),
    Cut(Index),
    Insert(Index, usize),
    /// Copies a stretch to another place.
    Copy(Index, Index, Index),
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let one = prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, with)| Mutation::Flip(at, with)),
        any::<Index>().prop_map(Mutation::Cut),
        (any::<Index>(), 0..PIECES.len()).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        (any::<Index>(), any::<Index>(), any::<Index>()).prop_map(|(from, to, at)| Mutation::Copy(from, to, at)),
    ];
    proptest::collection::vec(one, 0..8)
}

fn mutated(body: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut body = body.to_vec();
    for mutation in mutations {
        let Some(len) = Some(body.len()).filter(|len| *len > 0) else { break };
        match mutation {
            Mutation::Flip(at, with) => body[at.index(len)] ^= with,
            Mutation::Cut(at) => body.truncate(at.index(len)),
            Mutation::Insert(at, piece) => {
                let at = at.index(len);
                body.splice(at..at, PIECES[*piece].bytes());
            }
            Mutation::Copy(from, to, at) => {
                let (from, to, at) = (from.index(len), to.index(len), at.index(len));
                let copy = body[from.min(to)..from.max(to)].to_vec();
                body.splice(at..at, copy);
            }
        }
    }
    body
}

/// Every way in which licenses are looked for in a user.
fn every_source() -> Vec<Sources> {
    let at = |path: &str| {
        let license_from = Some(LicensePath::parse(path).unwrap());
        Sources { license_from, ..Sources::of(Connector::Scim) }
    };
    let paths =
        ["userType", r#"entitlements[type eq "license"].value"#, "urn:example:2.0:User:plan.value", "emails.value"];
    [Connector::Lucid, Connector::Scim].map(Sources::of).into_iter().chain(paths.map(at)).collect()
}

fn ids(users: &Users) -> Vec<String> {
    users.members.iter().map(|member| member.id.to_owned()).collect()
}

/// Without backtraces and sources: what people get to read, and what a log would show.
fn tells_no_secret(error: &ConnectError) -> bool {
    !format!("{error} {error:?} {}", error.hint()).contains(SECRET)
}

fn at_least(cases: u32) -> ProptestConfig {
    let kept = FileFailurePersistence::Direct("proptest-regressions/fuzz.txt");
    let config = ProptestConfig::default();
    let cases = config.cases.max(cases);
    ProptestConfig { cases, max_shrink_iters: 300, failure_persistence: Some(Box::new(kept)), ..config }
}

#[test]
fn the_corpus_is_read_as_it_is() {
    for body in of_users() {
        for sources in every_source() {
            let read = users::read(&Licensing::of(&sources), 1, &body, None);
            let mended = read.or_else(|error| {
                let mut body = body.clone();
                if scim::mend(&mut body) { users::read(&Licensing::of(&sources), 1, &body, None) } else { Err(error) }
            });
            assert!(mended.unwrap().told.len() > 1);
        }
    }
}

proptest! {
    #![proptest_config(at_least(1_500))]

    #[test]
    fn no_page_breaks_the_reading_of_users(seed in any::<Index>(), mutations in mutations()) {
        let corpus = of_users();
        let mut body = mutated(&corpus[seed.index(corpus.len())], &mutations);
        for sources in every_source() {
            let how = Licensing::of(&sources);
            match users::read(&how, 7, &body, None) {
                Ok(users) => {
                    let rows = users.members.iter().count();
                    prop_assert_eq!((users.told.len(), users.marks.len()), (rows, rows));
                    prop_assert_eq!(users.bytes, body.len() as u64);
                    prop_assert!(users.members.iter().all(|member| !member.id.is_empty()));
                    let again = users::read(&how, 7, &body, None).unwrap();
                    prop_assert_eq!(ids(&again), ids(&users));
                }
                Err(error) => prop_assert!(tells_no_secret(&error), "{error}"),
            }
        }
        if scim::mend(&mut body) {
            let sources = Sources::of(Connector::Lucid);
            let _ = users::read(&Licensing::of(&sources), 7, &body, None);
        }
    }

    #[test]
    fn no_answer_of_the_rest_api_breaks_it_or_leads_elsewhere(
        seed in any::<Index>(),
        mutations in mutations(),
        line in any::<Index>(),
        link_mutations in mutations(),
    ) {
        let corpus = corpus();
        let body = mutated(&corpus[seed.index(corpus.len())].1, &mutations);
        let links = corpus.iter().find(|(name, _)| name == "links.txt").unwrap();
        let links: Vec<_> = links.1.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        let link = mutated(links[line.index(links.len())], &link_mutations);
        let mut headers = HeaderMap::new();
        headers.extend(HeaderValue::from_bytes(&link).ok().map(|value| (LINK, value)));
        let at = Url::parse("https://api.example.test/v1/users?pageSize=200").unwrap();
        match next_of(&headers, &at) {
            Ok(next) => prop_assert!(next.is_none_or(|next| next.origin() == at.origin())),
            Err(error) => {
                // The host that is named may have become the word itself; before the "@" it is a password.
                let link = String::from_utf8_lossy(&link);
                let moved = link.rsplit('@').next().is_some_and(|host| host.contains("secret"));
                prop_assert!(moved || !error.to_string().contains("secret"), "{error}");
            }
        }
        for error in listed_of(&body).into_iter().filter_map(Result::err) {
            prop_assert!(tells_no_secret(&error), "{error}");
        }
    }
}
