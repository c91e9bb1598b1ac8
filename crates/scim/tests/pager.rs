//! The pager against servers that behave and servers that lie, page by page.

mod model;

use model::{Behaviour, Server, walk};
use scim::{PageShape, Pager, PagerError, PagerLimits};

const LIMITS: PagerLimits = PagerLimits { pages: 20_000, users: 2_000_000, rewalks: 2 };

fn server(users: u64, cap: u64, behaviour: Behaviour) -> Server {
    Server::new(users, cap, behaviour)
}

fn starts(server: &Server) -> Vec<u64> {
    server.asked.iter().map(|(start, _)| *start).collect()
}

#[test]
fn a_walk_advances_by_what_came_back() {
    let mut server = server(250, 100, Behaviour::Honest);
    let ids = walk(&mut server, 500, LIMITS).expect("a roster");
    assert_eq!(ids.len(), 250);
    assert_eq!(starts(&server), [1, 101, 201]);
    assert_eq!(server.asked[1].1, 100, "the granted size is asked for once it is known");
}

#[test]
fn thirty_two_pages_are_thirty_two_requests_and_a_look_behind_a_full_last_one() {
    for (users, requests) in [(3_199, 32), (3_200, 33)] {
        let mut server = server(users, 100, Behaviour::Honest);
        assert_eq!(walk(&mut server, 100, LIMITS).expect("a roster").len() as u64, users);
        assert_eq!(server.asked.len(), requests);
    }
}

#[test]
fn nobody_is_a_complete_roster() {
    let mut server = server(0, 100, Behaviour::Honest);
    assert_eq!(walk(&mut server, 100, LIMITS).expect("a roster").len(), 0);
    assert_eq!(server.asked.len(), 1);
}

#[test]
fn a_single_page_is_trusted_only_after_a_look_behind_it() {
    let mut honest = server(57, 100, Behaviour::Honest);
    assert_eq!(walk(&mut honest, 500, LIMITS).expect("a roster").len(), 57);
    assert_eq!(starts(&honest), [1, 58]);
    let mut cut = server(250, 100, Behaviour::TotalIsPage);
    let error = walk(&mut cut, 500, LIMITS).expect_err("a total that is the size of the page");
    assert_eq!(error, PagerError::MoreThanTotal { page: 2, received: 200, total: 100 });
}

#[test]
fn a_documented_page_size_saves_the_look() {
    let mut pager = Pager::new(500, LIMITS);
    pager.granted(100);
    assert_eq!(pager.next().map(|request| request.count), Some(100));
    let ids: Vec<u64> = (0..57).map(|id| pager.hash(&id.to_string())).collect();
    pager.accept(&PageShape { ids: &ids, total_results: Some(57), start_index: Some(1) }).expect("a page");
    assert_eq!(pager.next(), None);
}

#[test]
fn an_empty_page_before_the_end_names_the_page_and_the_numbers() {
    let error = walk(&mut server(250, 100, Behaviour::EmptyFrom(150)), 100, LIMITS).expect_err("too early");
    assert_eq!(error, PagerError::EmptyPage { page: 3, received: 150, total: 250 });
    assert_eq!(error.to_string(), "Page 3 of the roster came back empty after 150 of 250 users.");
}

#[test]
fn a_server_that_ignores_where_to_start_is_caught_at_once() {
    let mut ignoring = server(250, 20, Behaviour::IgnoresStart);
    let error = walk(&mut ignoring, 100, LIMITS).expect_err("the same page again");
    assert_eq!(error, PagerError::NothingNew { page: 2, start_index: 21, received: 20 });
    assert_eq!(ignoring.asked.len(), 2);
    let mut everybody = server(57, 1_000, Behaviour::IgnoresStart);
    assert_eq!(walk(&mut everybody, 500, LIMITS).expect("everybody on every page").len(), 57);
    let error = walk(&mut server(20, 20, Behaviour::IgnoresStart), 500, LIMITS).expect_err("may be a cut");
    assert!(matches!(error, PagerError::NothingNew { page: 2, .. }));
}

#[test]
fn an_echo_of_another_start_is_refused() {
    let error = walk(&mut server(250, 100, Behaviour::EchoesOne), 100, LIMITS).expect_err("a wrong echo");
    assert_eq!(error, PagerError::WrongStart { page: 2, asked: 101, echoed: 1 });
}

#[test]
fn a_roster_that_moves_is_read_again_and_given_up_in_the_end() {
    let mut once = server(250, 100, Behaviour::GrowsAfter(1));
    assert_eq!(walk(&mut once, 100, LIMITS).expect("a roster").len(), 251);
    assert_eq!(starts(&once), [1, 101, 1, 101, 201]);
    let mut always = server(250, 100, Behaviour::GrowsAlways);
    let error = walk(&mut always, 100, LIMITS).expect_err("it never holds still");
    assert_eq!(error, PagerError::RosterMoved { first: 254, then: 255 });
    assert_eq!(always.asked.len(), 6);
}

#[test]
fn users_listed_twice_are_counted_once() {
    for rows_are_counted in [false, true] {
        // 7 and 8 are neighbours on a page; 3 comes again on the last one.
        for twice in [vec![(7, 8)], vec![(3, 230)], vec![(7, 8), (3, 230), (120, 121)]] {
            let mut double = server(250, 100, Behaviour::Doubles { twice: twice.clone(), rows_are_counted });
            let ids = walk(&mut double, 100, LIMITS).expect("a roster");
            assert_eq!(ids, double.truth(), "{twice:?} {rows_are_counted}");
        }
    }
}

#[test]
fn a_repetition_is_told_once_and_not_where_pages_overlap() {
    let mut pager = Pager::new(3, LIMITS);
    let hash = |pager: &Pager, ids: &[&str]| ids.iter().map(|id| pager.hash(id)).collect::<Vec<_>>();
    let first = hash(&pager, &["a", "a", "b"]);
    let verdict =
        pager.accept(&PageShape { ids: &first, total_results: Some(4), start_index: Some(1) }).expect("a page");
    assert_eq!((verdict.repeated, verdict.expected), (vec![1], 0));
    assert_eq!(pager.next().map(|request| request.start_index), Some(3));
    let second = hash(&pager, &["b", "c"]);
    let verdict =
        pager.accept(&PageShape { ids: &second, total_results: Some(4), start_index: Some(3) }).expect("a page");
    assert_eq!((verdict.repeated, verdict.expected), (vec![0], 1));
    assert_eq!(pager.next(), None);
}

#[test]
fn no_total_means_until_an_empty_page() {
    let mut server = server(250, 100, Behaviour::NoTotal);
    assert_eq!(walk(&mut server, 100, LIMITS).expect("a roster").len(), 250);
    assert_eq!(server.asked.len(), 4);
}

#[test]
fn pages_and_users_are_bounded() {
    let few = PagerLimits { pages: 2, users: 1_000, rewalks: 2 };
    assert_eq!(walk(&mut server(250, 100, Behaviour::Honest), 100, few), Err(PagerError::TooManyPages { limit: 2 }));
    let small = PagerLimits { pages: 100, users: 150, rewalks: 2 };
    assert_eq!(
        walk(&mut server(250, 100, Behaviour::Honest), 100, small),
        Err(PagerError::TooManyUsers { limit: 150 })
    );
    assert_eq!(walk(&mut server(50, 1, Behaviour::NoEnd), 100, few), Err(PagerError::TooManyPages { limit: 2 }));
}

#[test]
fn progress_knows_the_pages_to_come() {
    let mut pager = Pager::new(100, LIMITS);
    assert_eq!(pager.pages(), None);
    let ids: Vec<u64> = (0..100).map(|id| pager.hash(&id.to_string())).collect();
    pager.accept(&PageShape { ids: &ids, total_results: Some(250), start_index: None }).expect("a page");
    assert_eq!((pager.users(), pager.pages()), (100, Some(3)));
}
