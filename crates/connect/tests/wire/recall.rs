//! What an earlier reading remembers: it saves work and changes nothing.

use std::collections::HashMap;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex};

use connect::{Connector, Journal, PageOfMembers, Reading, Recall, Remembered, SinkError, Sources};
use proptest::prelude::*;
use proptest::sample::Index;
use roster::{Mark, Member, Packed};
use tokio_util::sync::CancellationToken;

use crate::people::{list, person};
use crate::raw::{Reply, Request, Server, http, json, quick};

const TODAY: i64 = 1_795_000_000;
const A_DAY: i64 = 24 * 60 * 60;

/// A reading, kept as it was handed over.
#[derive(Default, Clone)]
struct Kept {
    marks: Vec<Mark>,
    members: Vec<Member>,
    pages: HashMap<String, String>,
    now: i64,
}

impl Kept {
    fn of(pages: &[PageOfMembers]) -> Self {
        let marks = pages.iter().flat_map(|page| page.marks.iter().copied()).collect();
        let members = pages.iter().flat_map(|page| page.members.to_members()).collect();
        let pages = pages.iter().filter_map(|page| page.seen.clone()).collect();
        Self { marks, members, pages, now: TODAY }
    }
}

impl Recall for Kept {
    fn seed(&self) -> u64 {
        7
    }

    fn now(&self) -> i64 {
        self.now
    }

    fn page(&self, name: &str) -> Option<String> {
        self.pages.get(name).cloned()
    }

    fn from(&self, place: u64, most: usize) -> Remembered {
        let start = usize::try_from(place).unwrap().min(self.marks.len());
        let end = (start + most).min(self.marks.len());
        Remembered { marks: self.marks[start..end].to_vec(), members: Packed::of(&self.members[start..end]) }
    }
}

fn page_of(users: &[String], request: &Request, granted: usize) -> String {
    let start = usize::try_from(request.start).unwrap() - 1;
    let most = usize::try_from(request.count).unwrap().min(granted);
    let page = users.get(start.min(users.len())..(start + most).min(users.len())).unwrap();
    list(users.len() as u64, request.start, page)
}

/// Nothing is remembered yet.
fn fresh() -> Kept {
    Kept { now: TODAY, ..Kept::default() }
}

/// Pages without what is kept of them, which tells how often the server was believed.
fn plain(pages: &[PageOfMembers]) -> Vec<PageOfMembers> {
    pages.iter().map(|page| PageOfMembers { seen: None, ..page.clone() }).collect()
}

/// A server whose users can be exchanged.
struct Users(Arc<Mutex<Vec<String>>>, Server);

impl Users {
    async fn serve(users: Vec<String>, granted: usize) -> Self {
        let shared = Arc::new(Mutex::new(users));
        let listed = Arc::clone(&shared);
        let answer = move |request: &Request| json(&page_of(&listed.lock().unwrap(), request, granted));
        Self(shared, Server::start(answer).await)
    }

    async fn read(&self, recall: Option<Kept>) -> (Reading, Vec<PageOfMembers>) {
        let client = self.1.client_with(quick());
        let client = match recall {
            Some(recall) => client.recalling(Box::new(recall)),
            None => client,
        };
        let mut pages = Vec::new();
        let mut sink = |page: PageOfMembers| -> Result<(), SinkError> {
            if page.restart {
                pages.clear();
            }
            pages.push(page);
            Ok(())
        };
        let sources = Sources::of(Connector::Lucid);
        let reading =
            client.read_roster(&sources, &mut sink, &Journal::new(), &CancellationToken::new()).await.unwrap();
        (reading, pages)
    }
}

/// A server that names the state of each page, and its count of answers that had no body.
struct Stateful {
    users: Users,
    spared: Arc<AtomicUsize>,
    /// It says so whatever was changed.
    stubborn: Arc<AtomicBool>,
}

impl Stateful {
    async fn serve(count: u64) -> Self {
        let (users, spared) = (Arc::new(Mutex::new(people(count))), Arc::new(AtomicUsize::new(0)));
        let stubborn = Arc::new(AtomicBool::new(false));
        let (listed, unsent, always) = (Arc::clone(&users), Arc::clone(&spared), Arc::clone(&stubborn));
        let answer = move |request: &Request| {
            let page = page_of(&listed.lock().unwrap(), request, 100);
            let etag =
                format!("W/\"{}\"", page.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte)));
            let asked = request.head.lines().find_map(|line| line.strip_prefix("if-none-match: "));
            if asked.is_some_and(|asked| asked == etag || always.load(Relaxed)) {
                unsent.fetch_add(1, Relaxed);
                return Reply::Bytes(http("304 Not Modified", &format!("ETag: {etag}\r\n"), b""));
            }
            Reply::Bytes(http("200 OK", &format!("ETag: {etag}\r\n"), page.as_bytes()))
        };
        Self { users: Users(users, Server::start(answer).await), spared, stubborn }
    }

    async fn read(&self, recall: &Kept) -> (Reading, Vec<PageOfMembers>, usize) {
        self.spared.store(0, Relaxed);
        let (reading, pages) = self.users.read(Some(recall.clone())).await;
        (reading, pages, self.spared.load(Relaxed))
    }
}

#[tokio::test]
async fn rfc7644_3_14_a_page_that_the_server_says_is_the_same_is_not_sent_again() {
    let server = Stateful::serve(1_000).await;
    let (first, pages, spared) = server.read(&fresh()).await;
    assert_eq!((spared, pages.iter().filter(|page| page.seen.is_some()).count()), (0, pages.len()));
    let kept = Kept::of(&pages);
    let (second, again, spared) = server.read(&kept).await;
    let as_read = (plain(&again), spared, second.users);
    assert_eq!(as_read, (plain(&pages), pages.len() - 1, 1_000), "all but the first page");
    assert_eq!((second.requests, &second.findings), (first.requests, &first.findings));
    assert!(second.bytes < first.bytes / 5, "{} of {}", second.bytes, first.bytes);
    server.users.0.lock().unwrap()[555] = person(555).replace("Pat", "Kim");
    let (_, changed, spared) = server.read(&Kept::of(&again)).await;
    assert_eq!(spared, pages.len() - 2, "the page with a change is sent");
    assert_eq!(changed.iter().flat_map(|page| page.members.to_members()).nth(555).unwrap().given_name.unwrap(), "Kim");
}

#[tokio::test]
async fn a_page_that_cannot_be_made_again_is_asked_for_without_a_condition() {
    let server = Stateful::serve(500).await;
    let (_, pages, _) = server.read(&fresh()).await;
    let kept = Kept::of(&pages);
    let mut holed = kept.clone();
    holed.marks[250] = Mark::default();
    let mut moved = kept.clone();
    moved.marks.rotate_left(1);
    moved.members.rotate_left(1);
    let short = Kept { marks: kept.marks[..150].to_vec(), members: kept.members[..150].to_vec(), ..kept.clone() };
    let garbled = Kept { pages: kept.pages.keys().map(|name| (name.clone(), "3:odd".to_owned())).collect(), ..kept };
    for (recall, expected) in [(holed, pages.len() - 2), (moved, 0), (short, 0), (garbled, 0)] {
        let (_, again, spared) = server.read(&recall).await;
        assert_eq!((plain(&again), spared), (plain(&pages), expected));
    }
}

#[tokio::test]
async fn a_server_that_says_the_same_of_what_changed_is_found_out_by_its_own_total() {
    let server = Stateful::serve(600).await;
    let (_, pages, _) = server.read(&fresh()).await;
    server.users.0.lock().unwrap().remove(300);
    server.stubborn.store(true, Relaxed);
    let (reading, again, spared) = server.read(&Kept::of(&pages)).await;
    assert!(spared > 0);
    assert_eq!(reading.users, 599);
    let listed: Vec<String> = again.iter().flat_map(|page| page.members.to_members()).map(|member| member.id).collect();
    assert!(!listed.contains(&"lucid-300".to_owned()) && listed.len() == 599);
}

/// What the member at place 300 is called, and how many pages were not sent.
async fn name_of_300(server: &Stateful, kept: &mut Kept) -> (String, usize) {
    let (_, pages, spared) = server.read(kept).await;
    let named = pages.iter().flat_map(|page| page.members.to_members()).nth(300).unwrap().given_name.unwrap();
    *kept = Kept { now: kept.now, ..Kept::of(&pages) };
    (named, spared)
}

/// One who says "as it was" of a page on which somebody changed their name: totals, ids and seams are as they were.
async fn liar() -> (Stateful, Kept, usize) {
    let server = Stateful::serve(600).await;
    let (_, pages, _) = server.read(&fresh()).await;
    server.users.0.lock().unwrap()[300] = person(300).replace("Pat", "Kim");
    server.stubborn.store(true, Relaxed);
    (server, Kept::of(&pages), pages.len() - 1)
}

#[tokio::test]
async fn a_server_that_calls_a_changed_page_the_same_is_believed_six_times_and_not_a_seventh() {
    let (server, mut kept, pages) = liar().await;
    for _ in 0..6 {
        assert_eq!(name_of_300(&server, &mut kept).await, ("Pat".to_owned(), pages));
    }
    assert_eq!(name_of_300(&server, &mut kept).await, ("Kim".to_owned(), 0), "every page is asked for in full");
    assert_eq!(name_of_300(&server, &mut kept).await, ("Kim".to_owned(), pages), "and then believed again");
}

#[tokio::test]
async fn a_server_that_calls_a_changed_first_page_the_same_is_believed_of_no_page() {
    let (users, spared) = (Arc::new(Mutex::new(people(600))), Arc::new(AtomicUsize::new(0)));
    let (listed, unsent) = (Arc::clone(&users), Arc::clone(&spared));
    let answer = move |request: &Request| {
        // One state for all pages at all times.
        if request.head.lines().any(|line| line == "if-none-match: \"v1\"") {
            unsent.fetch_add(1, Relaxed);
            return Reply::Bytes(http("304 Not Modified", "ETag: \"v1\"\r\n", b""));
        }
        Reply::Bytes(http("200 OK", "ETag: \"v1\"\r\n", page_of(&listed.lock().unwrap(), request, 100).as_bytes()))
    };
    let server = Users(users, Server::start(answer).await);
    let (_, pages) = server.read(Some(fresh())).await;
    let mut kept = Kept::of(&pages);
    for (changed, later, name, unsent) in [
        (None, 0, "Pat", pages.len() - 1),
        (Some([5, 300]), 0, "Kim", 0),
        // Found out, for a week and whatever it says.
        (None, 0, "Kim", 0),
        (None, 7 * A_DAY - 1, "Kim", 0),
        (None, 7 * A_DAY, "Kim", 0),
        (None, 7 * A_DAY, "Kim", pages.len() - 1),
    ] {
        for place in changed.into_iter().flatten() {
            server.0.lock().unwrap()[place] = person(place as u64).replace("Pat", "Kim");
        }
        spared.store(0, Relaxed);
        kept.now = TODAY + later;
        let (_, pages) = server.read(Some(kept.clone())).await;
        let named = pages.iter().flat_map(|page| page.members.to_members()).nth(300).unwrap().given_name.unwrap();
        assert_eq!((named.as_str(), spared.load(Relaxed)), (name, unsent), "{changed:?} {later} seconds later");
        kept = Kept { now: kept.now, ..Kept::of(&pages) };
    }
}

#[tokio::test]
async fn a_server_is_believed_for_seven_days_and_never_by_a_clock_that_went_back() {
    for (later, believed) in
        [(A_DAY, true), (7 * A_DAY - 1, true), (7 * A_DAY, false), (400 * A_DAY, false), (-1, false)]
    {
        let (server, mut kept, pages) = liar().await;
        kept.now = TODAY + later;
        let expected = if believed { ("Pat".to_owned(), pages) } else { ("Kim".to_owned(), 0) };
        assert_eq!(name_of_300(&server, &mut kept).await, expected, "{later} seconds later");
    }
}

#[tokio::test]
async fn a_list_by_cursor_is_walked_twice_where_its_roster_is_new_or_somebody_is_missed() {
    let answer = |request: &Request| {
        let from =
            request.path.split("cursor=p").nth(1).map_or(0, |rest| rest.split('&').next().unwrap().parse().unwrap());
        let next = if from < 4 {
            format!("\"nextCursor\":\"p{}\",\"Resources\"", from + 2)
        } else {
            "\"Resources\"".to_owned()
        };
        json(&list(6, 1, &[person(from), person(from + 1)]).replace("\"Resources\"", &next))
    };
    let server = Users(Arc::default(), Server::start(answer).await);
    let (first, pages) = server.read(Some(fresh())).await;
    let mut kept = Kept::of(&pages);
    let (again, _) = server.read(Some(kept.clone())).await;
    // Somebody was there who is no more.
    kept.members.push(Member { id: "lucid-99".to_owned(), ..kept.members[0].clone() });
    kept.marks.push(Mark::default());
    let (missed, _) = server.read(Some(kept)).await;
    assert_eq!((missed.users, missed.requests), (6, 1 + 6));
    // One asks what the server says of itself.
    assert_eq!((first.users, first.requests, again.users, again.requests), (6, 1 + 6, 6, 1 + 3));
}

fn people(count: u64) -> Vec<String> {
    // Somebody without a date, so that there are findings to lose.
    (0..count)
        .map(|number| if number % 50 == 7 { person(number).replace("created", "made") } else { person(number) })
        .collect()
}

#[tokio::test]
async fn a_user_with_the_same_bytes_is_not_read_again() {
    let server = Users::serve(people(900), 100).await;
    let mut kept = Kept::of(&server.read(Some(Kept::default())).await.1);
    assert!(server.read(None).await.1.iter().flat_map(|page| &page.marks).all(|mark| *mark == Mark::default()));
    assert_eq!(kept.marks.len(), 900);
    assert!(kept.marks.iter().all(|mark| mark.length > 0));
    for member in &mut kept.members {
        member.department = Some("remembered".to_owned());
    }
    server.0.lock().unwrap()[500] = person(500).replace("Pat", "Kim");
    let (_, pages) = server.read(Some(kept)).await;
    let members: Vec<Member> = pages.iter().flat_map(|page| page.members.to_members()).collect();
    let read: Vec<usize> = (0..900).filter(|index| members[*index].department.is_none()).collect();
    let first_page_and_the_changed: Vec<usize> = (0..100).chain([500]).collect();
    assert_eq!(read, first_page_and_the_changed);
    assert_eq!(members[500].given_name.as_deref(), Some("Kim"));
}

#[tokio::test]
async fn a_mark_of_other_bytes_or_of_nobody_is_no_use() {
    let server = Users::serve(people(300), 100).await;
    let (_, pages) = server.read(Some(Kept::default())).await;
    let kept = Kept::of(&pages);
    let others =
        Kept { marks: kept.marks.iter().map(|mark| Mark { hash: mark.hash ^ 1, ..*mark }).collect(), ..kept.clone() };
    let foreign = Kept { marks: kept.marks.iter().map(|mark| Mark { note: 0x7F, ..*mark }).collect(), ..kept.clone() };
    let empty = Kept { marks: vec![Mark::default(); 300], ..kept.clone() };
    for useless in [others, foreign, empty, Kept::default()] {
        assert_eq!(server.read(Some(useless)).await.1, pages);
    }
}

/// Somebody comes, goes, changes or moves.
#[derive(Debug, Clone)]
enum Edit {
    Insert(Index),
    Remove(Index, usize),
    Change(Index),
    Swap(Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        any::<Index>().prop_map(Edit::Insert),
        (any::<Index>(), 1..80_usize).prop_map(|(at, count)| Edit::Remove(at, count)),
        any::<Index>().prop_map(Edit::Change),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Edit::Swap(one, other)),
    ]
}

fn apply(users: &mut Vec<String>, nth: u64, edit: &Edit) {
    match edit {
        Edit::Insert(at) => users.insert(at.index(users.len()), person(10_000 + nth)),
        Edit::Remove(at, count) => {
            let start = at.index(users.len());
            users.drain(start..(start + count).min(users.len() - 1).max(start));
        }
        Edit::Change(at) => {
            let at = at.index(users.len());
            users[at] = users[at].replace("\"active\":true", "\"active\":false");
        }
        Edit::Swap(one, other) => {
            let (one, other) = (one.index(users.len()), other.index(users.len()));
            users.swap(one, other);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_changed_in_between_a_reading_with_memory_reads_the_same(
        edits in proptest::collection::vec(edit(), 0..12),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Users::serve(people(400), 60).await;
            let kept = Kept::of(&server.read(Some(Kept::default())).await.1);
            for (nth, edit) in (0..).zip(&edits) {
                apply(&mut server.0.lock().unwrap(), nth, edit);
            }
            let (plain, with) = (server.read(Some(Kept::default())).await, server.read(Some(kept)).await);
            prop_assert_eq!(&plain.1, &with.1);
            prop_assert_eq!(plain.0, with.0);
            Ok(())
        })?;
    }
}
