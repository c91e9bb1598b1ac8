//! Bounded fuzzing: a committed corpus, mutated, through every parser and into the pager. Nothing panics, nothing hangs,
//! no error repeats what it read. Deterministic enough to run with the other tests; `PROPTEST_CASES` makes it longer.

#![allow(clippy::expect_used, reason = "a test stops where its set-up fails")]

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;
use scim::{
    GroupResource, Next, PageShape, Pager, PagerLimits, Pieces, Tree, User, date_time, parse_error, parse_list,
    parse_listing, parse_records, parse_schemas, parse_service_provider_config,
};

const LIMITS: PagerLimits = PagerLimits { pages: 40, users: 500, rewalks: 2 };
/// A walk of [`LIMITS`] begins again at most so often: moved, slipped, cannot align, unconfirmed, cursor refused.
const WALKS: u64 = 10;

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz-corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(files.len() > 10, "the corpus is there");
    files.iter().map(|file| std::fs::read(file).expect("a file")).collect()
}

/// What a mutation may put in: what JSON, numbers and text break on.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "false",
    "-",
    "1e999",
    "1e-999",
    "18446744073709551616",
    "0.1",
    "\"\"",
    "{}",
    "[[[[[[[[",
    "{\"a\":",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "\u{1F600}",
    "\"totalResults\":",
    "\"Resources\":",
    "\"members\":",
    "\"$ref\":\"/Groups/\",",
    "\"attributes\":",
    "\"subAttributes\":",
    "\"nextCursor\":\"x\",",
    "\"id\":",
    "\"status\":\"1\",",
    "\n",
    " ",
];

#[derive(Debug, Clone)]
enum Mutation {
    Flip(Index, u8),
    Cut(Index),
    Remove(Index, Index),
    Insert(Index, usize),
    /// Copies a stretch to another place, so many times.
    Copy(Index, Index, Index, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, with)| Mutation::Flip(at, with)),
        any::<Index>().prop_map(Mutation::Cut),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mutation::Remove(from, to)),
        (any::<Index>(), 0..PIECES.len()).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        (any::<Index>(), any::<Index>(), any::<Index>(), 1..200_usize)
            .prop_map(|(from, to, at, times)| Mutation::Copy(from, to, at, times)),
    ]
}

fn mutate(body: &mut Vec<u8>, mutation: &Mutation) {
    if body.is_empty() {
        return;
    }
    let len = body.len();
    let stretch = |from: &Index, to: &Index| {
        let (from, to) = (from.index(len), to.index(len));
        from.min(to)..from.max(to)
    };
    match mutation {
        Mutation::Flip(at, with) => body[at.index(len)] ^= with,
        Mutation::Cut(at) => body.truncate(at.index(len)),
        Mutation::Remove(from, to) => drop(body.drain(stretch(from, to))),
        Mutation::Insert(at, piece) => {
            let at = at.index(len);
            body.splice(at..at, PIECES[*piece].bytes());
        }
        Mutation::Copy(from, to, at, times) => {
            let copy = body[stretch(from, to)].repeat((*times).min(200_000 / len.max(1)));
            let at = at.index(len);
            body.splice(at..at, copy);
        }
    }
}

#[derive(Debug, Clone)]
struct Page {
    ids: Vec<u64>,
    total: Option<u64>,
    start: Option<u64>,
    cursor: Option<String>,
}

/// Pages that mostly look as if they belonged together.
fn page() -> impl Strategy<Value = Page> {
    let id = prop_oneof![0..60_u64, any::<u64>()];
    let total = prop_oneof![4 => Just(Some(50)), 1 => Just(None), 1 => any::<u64>().prop_map(Some)];
    let start = prop_oneof![6 => Just(None), 1 => any::<u64>().prop_map(Some)];
    let cursor = prop_oneof![12 => Just(None), 1 => "[a-d]".prop_map(Some)];
    (proptest::collection::vec(id, 0..30), total, start, cursor).prop_map(|(ids, total, start, cursor)| Page {
        ids,
        total,
        start,
        cursor,
    })
}

/// The walks of the committed corpus.
fn walks() -> Vec<Vec<Page>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz-walks.txt");
    let text = std::fs::read_to_string(file).expect("the corpus");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(' ').map(recorded).collect()).collect()
}

/// A page as the corpus writes it: ids/total/start/cursor.
fn recorded(text: &str) -> Page {
    let fields: Vec<_> = text.split('/').collect();
    let [ids, total, start, cursor] = fields[..] else { panic!("{text}") };
    let number = |text: &str| (!text.is_empty()).then(|| text.parse().expect("a number"));
    let ids = ids.split_once('-').map_or_else(Vec::new, |(first, last)| {
        (number(first).expect("an id")..=number(last).expect("an id")).collect()
    });
    let cursor = Some(cursor).filter(|cursor| !cursor.is_empty()).map(str::to_owned);
    Page { ids, total: number(total), start: number(start), cursor }
}

/// A walk of the corpus, in which some pages are others.
fn walk() -> impl Strategy<Value = Vec<Page>> {
    let others = proptest::collection::vec((any::<Index>(), page()), 0..3);
    (any::<Index>(), others).prop_map(|(seed, others)| {
        let walks = walks();
        let mut pages = walks[seed.index(walks.len())].clone();
        for (at, other) in others {
            let at = at.index(pages.len());
            pages[at] = other;
        }
        pages
    })
}

/// A page user by user, as far as it can be read so.
fn apart(body: &[u8]) -> Option<(Vec<User<'_, ()>>, scim::Envelope)> {
    let mut pieces = Pieces::open(body)?;
    let mut users = Vec::new();
    while pieces.rest().is_some() {
        let mut user = User::default();
        let own = pieces.take(&mut user)?;
        assert!(own.starts_with('{') && own.ends_with('}'), "a user's own text");
        users.push(user);
    }
    Some((users, pieces.close()?))
}

#[test]
fn most_pages_of_the_corpus_can_be_taken_apart() {
    let corpus = corpus();
    let lists = corpus.iter().filter(|body| parse_list::<()>(body).is_ok_and(|list| !list.resources.is_empty()));
    let (apart, whole): (Vec<_>, Vec<_>) = lists.partition(|body| apart(body).is_some());
    assert!(apart.len() > whole.len() && apart.len() > 3, "{} of {}", apart.len(), apart.len() + whole.len());
}

fn at_least(cases: u32) -> ProptestConfig {
    let kept = FileFailurePersistence::Direct("proptest-regressions/fuzz.txt");
    let config = ProptestConfig::default();
    let cases = config.cases.max(cases);
    ProptestConfig { cases, max_shrink_iters: 300, failure_persistence: Some(Box::new(kept)), ..config }
}

proptest! {
    #![proptest_config(at_least(3_000))]

    #[test]
    fn no_answer_breaks_a_parser(
        seed in any::<Index>(),
        mutations in proptest::collection::vec(mutation(), 0..12),
    ) {
        let corpus = corpus();
        let mut body = corpus[seed.index(corpus.len())].clone();
        for mutation in &mutations {
            mutate(&mut body, mutation);
        }
        let secret = "p1@acme.test";
        match parse_list::<()>(&body) {
            Ok(list) => {
                for user in &list.resources {
                    user.meta.created.as_deref().map(date_time);
                }
                let pager = Pager::new(100, LIMITS);
                let ids: Vec<u64> = list.resources.iter().map(|user| pager.hash(user.id.as_deref().unwrap_or(""))).collect();
                let shape = PageShape {
                    ids: &ids,
                    total_results: list.total_results,
                    start_index: list.start_index,
                    next_cursor: list.next_cursor.as_deref(),
                };
                let mut pager = pager;
                if let Err(error) = pager.accept(&shape) {
                    prop_assert!(!error.to_string().is_empty());
                }
            }
            Err(error) => prop_assert!(!format!("{error} {error:?}").contains(secret), "an error repeats a value"),
        }
        let _ = parse_service_provider_config(&body);
        let others = [
            parse_listing::<GroupResource<'_>>(&body).map(|list| list.resources.iter().flat_map(|group| &group.members).filter(|member| member.is_group() == Some(true)).count()),
            parse_listing::<Tree<'_>>(&body).map(|list| list.resources.iter().flat_map(Tree::attributes).count()),
            parse_schemas(&body).map(|schemas| schemas.iter().map(|schema| schema.attributes.len()).sum()),
            parse_records::<Tree<'_>>(&body).map(|list| list.len()),
        ];
        for error in others.into_iter().filter_map(Result::err) {
            prop_assert!(!format!("{error} {error:?}").contains(secret), "an error repeats a value");
        }
        if let Some(detail) = parse_error(&body).and_then(|error| error.detail) {
            prop_assert!(!detail.chars().any(char::is_control) && detail.chars().count() <= 301);
        }
    }

    #[test]
    fn a_page_taken_apart_is_the_page_read_as_a_whole(
        seed in any::<Index>(),
        mutations in proptest::collection::vec(mutation(), 0..4),
    ) {
        let corpus = corpus();
        let mut body = corpus[seed.index(corpus.len())].clone();
        for mutation in &mutations {
            mutate(&mut body, mutation);
        }
        if let Some((users, envelope)) = apart(&body) {
            let whole = parse_list::<()>(&body).expect("a page that can be taken apart can be read");
            prop_assert_eq!(users, whole.resources);
            prop_assert_eq!(envelope.total_results, whole.total_results);
            prop_assert_eq!(envelope.start_index, whole.start_index);
            prop_assert_eq!(envelope.next_cursor.as_deref(), whole.next_cursor.as_deref());
        }
    }

    #[test]
    fn no_pages_break_the_pager_or_keep_it_for_ever(
        pages in prop_oneof![proptest::collection::vec(page(), 1..12), walk()],
        count in any::<u32>(),
        granted in proptest::option::of(any::<u32>()),
        by_cursor in any::<bool>(),
    ) {
        let mut pager = Pager::new(count, LIMITS);
        if let Some(granted) = granted {
            pager.granted(granted);
        }
        if by_cursor {
            pager.ask_by_cursor();
        }
        let mut roster = 0;
        for (nth, page) in (1_u64..).zip(pages.iter().cycle()) {
            prop_assert!(nth <= LIMITS.pages * WALKS + 1, "it never ends");
            let Some(request) = pager.next() else { break };
            prop_assert!(request.start_index > 0 && request.count > 1);
            prop_assert!(pager.upcoming(3).len() <= 3);
            let shape = PageShape {
                ids: &page.ids,
                total_results: page.total,
                start_index: page.start,
                next_cursor: page.cursor.as_deref(),
            };
            let Ok(verdict) = pager.accept(&shape) else { break };
            prop_assert!(verdict.expected <= verdict.repeated.len());
            prop_assert!(verdict.repeated.iter().all(|position| *position < page.ids.len()));
            prop_assert!(verdict.repeated.windows(2).all(|pair| pair[0] < pair[1]));
            roster = if verdict.next == Next::Restart { 0 } else { roster + page.ids.len() - verdict.repeated.len() };
            prop_assert_eq!(pager.users(), roster as u64);
            prop_assert!(pager.users() <= LIMITS.users);
        }
    }
}
