//! What an earlier reading remembers: it saves work and changes nothing.

use std::sync::{Arc, Mutex};

use connect::{Connector, Journal, PageOfMembers, Reading, Recall, Remembered, SinkError, Sources};
use proptest::prelude::*;
use proptest::sample::Index;
use roster::{Mark, Member, Packed};
use tokio_util::sync::CancellationToken;

use crate::people::{list, person};
use crate::raw::{Request, Server, json, quick};

/// A reading, kept as it was handed over.
#[derive(Default, Clone)]
struct Kept {
    marks: Vec<Mark>,
    members: Vec<Member>,
}

impl Kept {
    fn of(pages: &[PageOfMembers]) -> Self {
        let marks = pages.iter().flat_map(|page| page.marks.iter().copied()).collect();
        Self { marks, members: pages.iter().flat_map(|page| page.members.to_members()).collect() }
    }
}

impl Recall for Kept {
    fn seed(&self) -> u64 {
        7
    }

    fn from(&self, place: u64, most: usize) -> Remembered {
        let start = usize::try_from(place).unwrap().min(self.marks.len());
        let end = (start + most).min(self.marks.len());
        Remembered { marks: self.marks[start..end].to_vec(), members: Packed::of(&self.members[start..end]) }
    }
}

/// A server whose users can be exchanged.
struct Users(Arc<Mutex<Vec<String>>>, Server);

impl Users {
    async fn serve(users: Vec<String>, granted: usize) -> Self {
        let shared = Arc::new(Mutex::new(users));
        let listed = Arc::clone(&shared);
        let answer = move |request: &Request| {
            let users = listed.lock().unwrap();
            let start = usize::try_from(request.start).unwrap() - 1;
            let most = usize::try_from(request.count).unwrap().min(granted);
            let page = users.get(start.min(users.len())..(start + most).min(users.len())).unwrap();
            json(&list(users.len() as u64, request.start, page))
        };
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
    let others = Kept {
        marks: kept.marks.iter().map(|mark| Mark { hash: mark.hash ^ 1, ..*mark }).collect(),
        members: kept.members.clone(),
    };
    let foreign = Kept {
        marks: kept.marks.iter().map(|mark| Mark { note: 0x7F, ..*mark }).collect(),
        members: kept.members.clone(),
    };
    let empty = Kept { marks: vec![Mark::default(); 300], members: kept.members.clone() };
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
