//! The pager against servers that behave and servers that lie, page by page.

mod model;

use model::{Behaviour, Server, walk, walk_granted, walk_with};
use scim::{Next, PageShape, Pager, PagerError, PagerLimits};

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
    assert_eq!(starts(&server), [1, 100, 198], "each page begins with the last user of the one before");
    assert_eq!(server.asked[2].1, 100, "the granted size is asked for once it is known");
}

#[test]
fn thirty_two_pages_are_thirty_two_requests_and_a_look_behind_a_full_last_one() {
    // 100 + 98 + 30 × 99
    for (users, requests) in [(3_167, 32), (3_168, 33)] {
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
    assert_eq!(starts(&honest), [1, 57]);
    let mut cut = server(250, 100, Behaviour::TotalIsPage);
    let error = walk(&mut cut, 500, LIMITS).expect_err("a total that is the size of the page");
    assert_eq!(error, PagerError::MoreThanTotal { page: 2, received: 198, total: 99 });
}

#[test]
fn a_documented_page_size_is_asked_for_and_no_proof() {
    // Documents 200, gives 100, and tells the size of the page for the total.
    let mut cut = server(250, 100, Behaviour::TotalIsPage);
    let error = walk_granted(&mut cut, 500, Some(200), LIMITS).expect_err("100 of 250 are no roster");
    assert_eq!(error, PagerError::MoreThanTotal { page: 2, received: 198, total: 99 });
    assert_eq!(cut.asked, [(1, 200), (100, 99)]);
    let mut honest = server(57, 100, Behaviour::Honest);
    assert_eq!(walk_granted(&mut honest, 500, Some(100), LIMITS).expect("a roster").len(), 57);
    assert_eq!(honest.asked, [(1, 100), (57, 56)], "looked behind all the same");
}

#[test]
fn larger_pages_are_asked_for_where_they_are_documented_and_fewer_where_refused() {
    for (documented, asked) in [(1_000, 1_000), (5_000, 1_000), (700, 700), (100, 100), (1, 2), (0, 500)] {
        let mut pager = Pager::new(500, LIMITS);
        pager.granted(documented);
        assert_eq!(pager.next().map(|request| request.count), Some(asked), "{documented}");
    }
    let mut pager = Pager::new(500, LIMITS);
    let mut asked = Vec::new();
    while pager.ask_less() {
        asked.extend(pager.next().map(|request| request.count));
    }
    assert_eq!(asked, [100, 50, 20, 10]);
}

#[test]
fn a_total_that_comes_with_one_page_alone_is_not_told_by_the_others() {
    for behaviour in [Behaviour::TotalOnce, Behaviour::TotalLater] {
        for users in [1, 57, 100, 199, 250] {
            let mut partly = server(users, 100, behaviour.clone());
            assert_eq!(walk(&mut partly, 100, LIMITS), Ok(partly.truth()), "{behaviour:?} {users}");
        }
    }
}

#[test]
fn an_empty_page_before_the_end_names_the_page_and_the_numbers() {
    let error = walk(&mut server(250, 100, Behaviour::EmptyFrom(150)), 100, LIMITS).expect_err("too early");
    assert_eq!(error, PagerError::EmptyPage { page: 4, received: 150, total: 250 });
    assert_eq!(error.to_string(), "Page 4 of the roster came back empty after 150 of 250 users.");
}

#[test]
fn a_server_that_ignores_where_to_start_is_caught_at_once() {
    let mut ignoring = server(250, 20, Behaviour::IgnoresStart);
    let error = walk(&mut ignoring, 100, LIMITS).expect_err("the same page again");
    assert_eq!(error, PagerError::NothingNew { page: 2, start_index: 21, received: 20 });
    assert_eq!(starts(&ignoring), [1, 20, 1, 21], "perhaps it can begin where a page ended");
    let mut everybody = server(57, 1_000, Behaviour::IgnoresStart);
    assert_eq!(walk(&mut everybody, 500, LIMITS).expect("everybody on every page").len(), 57);
    assert_eq!(starts(&everybody), [1, 57, 1, 57], "seen twice");
    let error = walk(&mut server(20, 20, Behaviour::IgnoresStart), 500, LIMITS).expect_err("may be a cut");
    assert!(matches!(error, PagerError::NothingNew { page: 2, .. }));
}

#[test]
fn a_first_page_that_comes_for_ever_is_no_roster_whatever_its_size_and_total() {
    // Where fewer come when fewer are asked for, `startIndex` alone is ignored: any size may be a cut.
    for (cap, count_is_honoured) in [50, 128, 150, 250, 300]
        .map(|cap| (cap, false))
        .into_iter()
        .chain([3, 7, 12, 19, 20, 57, 73, 100, 249, 250].map(|cap| (cap, true)))
    {
        let mut first = server(400, cap, Behaviour::OnlyFirst { count_is_honoured });
        let error = walk(&mut first, 500, LIMITS).expect_err("a part of 400");
        assert_eq!(error, PagerError::NothingNew { page: 2, start_index: cap + 1, received: cap }, "{cap}");
        assert_eq!(first.asked.len(), 4, "{cap}");
    }
}

#[test]
fn an_echo_of_another_start_is_refused() {
    let error = walk(&mut server(250, 1, Behaviour::EchoesOne), 100, LIMITS).expect_err("a wrong echo");
    assert_eq!(error, PagerError::WrongStart { page: 2, asked: 2, echoed: 1 });
}

#[test]
fn an_echo_of_another_start_means_nothing_where_the_pages_meet() {
    let mut wrong = server(250, 100, Behaviour::EchoesOne);
    assert_eq!(walk(&mut wrong, 100, LIMITS), Ok(wrong.truth()));
    assert_eq!(starts(&wrong), [1, 100, 198]);
}

#[test]
fn a_roster_that_moves_is_read_again_and_given_up_in_the_end() {
    let mut once = server(250, 100, Behaviour::GrowsAfter(1));
    assert_eq!(walk(&mut once, 100, LIMITS).expect("a roster").len(), 251);
    assert_eq!(starts(&once), [1, 100, 1, 100, 198]);
    let mut always = server(250, 100, Behaviour::GrowsAlways);
    let error = walk(&mut always, 100, LIMITS).expect_err("it never holds still");
    assert_eq!(error, PagerError::RosterMoved { first: 254, then: 255 });
    assert_eq!(always.asked.len(), 6);
}

#[test]
fn users_listed_twice_are_counted_once() {
    // 7 and 8 are neighbours on a page; 3 comes again on the last one.
    let listed = |twice: &[(usize, usize)], rows_are_counted| {
        let mut double = server(250, 100, Behaviour::Doubles { twice: twice.to_vec(), rows_are_counted });
        (walk(&mut double, 100, LIMITS), double.truth())
    };
    for twice in [vec![(7, 8)], vec![(3, 230)], vec![(7, 8), (3, 230), (120, 121)]] {
        let (ids, truth) = listed(&twice, false);
        assert_eq!(ids, Ok(truth), "{twice:?}");
    }
    for users in [60, 250, 1_000] {
        let mut joined = server(users, 100, Behaviour::Joins { every: 25, is_cut: false });
        assert_eq!(
            walk(&mut joined, 500, LIMITS),
            Ok(joined.truth()),
            "asked on behind as many rows as there are users"
        );
    }
}

#[test]
fn as_many_rows_as_users_are_counted_may_leave_somebody_out() {
    for (users, received) in [(60, 57), (250, 240), (1_000, 961)] {
        let mut joined = server(users, 100, Behaviour::Joins { every: 25, is_cut: true });
        let error = walk(&mut joined, 500, LIMITS).expect_err("the last rows are never sent");
        assert_eq!(error, PagerError::Uncertain { received, total: users });
    }
    // Nothing tells that one from a server that counts the rows of a list that it sends whole.
    let twice = vec![(7, 8), (120, 121)];
    let mut counts_rows = server(250, 100, Behaviour::Doubles { twice, rows_are_counted: true });
    let error = walk(&mut counts_rows, 100, LIMITS).expect_err("248 of 250");
    assert_eq!(error, PagerError::Uncertain { received: 248, total: 250 });
}

#[test]
fn a_server_that_gives_nobody_where_many_are_asked_for_is_asked_for_fewer() {
    for cap in [100, 99, 10] {
        let mut server = server(250, cap, Behaviour::AllOrNone);
        assert_eq!(walk(&mut server, 500, LIMITS), Ok(server.truth()), "{cap}");
    }
    let error = walk(&mut server(250, 9, Behaviour::AllOrNone), 500, LIMITS).expect_err("250 are counted");
    assert_eq!(error, PagerError::EmptyPage { page: 1, received: 0, total: 250 });
}

#[test]
fn a_cursor_that_is_asked_for_and_ignored_is_only_a_hint() {
    // 100 at a time by index, whatever is said of cursors.
    for total in [true, false] {
        let mut honest = server(250, 100, if total { Behaviour::Honest } else { Behaviour::NoTotal });
        let mut pager = Pager::new(500, LIMITS);
        assert!(pager.ask_by_cursor());
        assert_eq!(walk_with(&mut pager, &mut honest), Ok(honest.truth()));
        assert_eq!(starts(&honest)[..3], [1, 1, 100]);
    }
    // Nobody follows a page of 57 that counts 57.
    let mut few = server(57, 100, Behaviour::Honest);
    let mut pager = Pager::new(500, LIMITS);
    pager.ask_by_cursor();
    assert_eq!(walk_with(&mut pager, &mut few), Ok(few.truth()));
    assert_eq!(few.asked.len(), 1);
}

#[test]
fn a_doubted_cursor_is_believed_where_the_index_is_refused() {
    let mut pager = Pager::new(100, LIMITS);
    assert!(pager.ask_by_cursor() && !pager.ask_by_cursor());
    let ids: Vec<u64> = (0..100).map(|id: u64| pager.hash(&id.to_string())).collect();
    let shape = PageShape { ids: &ids, total_results: Some(100), start_index: None, next_cursor: None };
    assert_eq!(pager.accept(&shape).map(|verdict| verdict.next), Ok(Next::Restart));
    assert_eq!(pager.next().map(|request| request.cursor), Some(None));
    assert!(pager.ask_by_cursor() && !pager.ask_by_cursor(), "once more and not for ever");
    assert_eq!(pager.next().map(|request| request.cursor), Some(Some(String::new())));
    assert_eq!(pager.accept(&shape).map(|verdict| verdict.next), Ok(Next::Done));
}

#[test]
fn whoever_slips_through_between_two_cursors_is_found_by_a_second_walk() {
    // The cursor is a row number: 1 leaves and 6 joins behind the first page, and 3 is never sent.
    let moved: [(&[u64], _); 3] = [(&[1, 2], Some("2")), (&[4, 5], Some("4")), (&[6], None)];
    let still: [(&[u64], _); 3] = [(&[2, 3], Some("2")), (&[4, 5], Some("4")), (&[6], None)];
    let (users, asked) = by_cursor(Some(5), &[moved, still, still].concat());
    assert_eq!((users, asked.len()), (Ok(5), 9));
    let again: [(&[u64], _); 3] = [(&[2, 3], Some("2")), (&[5, 6], Some("4")), (&[7], None)];
    let (users, _) = by_cursor(Some(5), &[moved, still, again].concat());
    assert_eq!(users, Err(PagerError::NeverTheSame));
}

#[test]
fn a_known_roster_is_walked_once_by_cursor_unless_somebody_is_missed() {
    for (before, next) in [(vec!["1", "2"], Next::Done), (vec!["2"], Next::Done), (vec!["1", "9"], Next::Restart)] {
        let mut pager = Pager::new(100, LIMITS);
        pager.roster_was(before.iter().map(|id| pager.hash(id)).collect());
        let mut last = Next::More;
        for (id, cursor) in [("1", Some("a")), ("2", None)] {
            let ids = [pager.hash(id)];
            let shape = PageShape { ids: &ids, total_results: Some(2), start_index: None, next_cursor: cursor };
            last = pager.accept(&shape).expect("a page").next;
        }
        assert_eq!(last, next, "{before:?}");
    }
}

#[test]
fn rfc9865_2_as_many_rows_by_cursor_as_users_are_counted_may_leave_somebody_out() {
    let pages: [(&[u64], _); 2] = [(&[1, 2, 2], Some("a")), (&[3, 4], None)];
    let (users, _) = by_cursor(Some(5), &pages.repeat(3));
    assert_eq!(users, Err(PagerError::Uncertain { received: 4, total: 5 }));
    assert_eq!(by_cursor(Some(4), &pages.repeat(2)).0, Ok(4));
}

#[test]
fn users_on_two_pages_may_hide_others_where_the_total_counts_rows() {
    let mut double = server(250, 100, Behaviour::Doubles { twice: vec![(3, 230)], rows_are_counted: true });
    let error = walk(&mut double, 100, LIMITS).expect_err("249 of 250");
    assert_eq!(error, PagerError::Uncertain { received: 249, total: 250 });
    // The same is seen of a server whose pages are cut from different orders: somebody is missing there.
    let mut somebody_missed = 0;
    for seed in 0..80 {
        let mut ties = server(250, 100, Behaviour::Ties { ties: 7, seed, total: seed % 2 == 0 });
        match walk(&mut ties, 100, LIMITS) {
            Ok(ids) => assert_eq!(ids, ties.truth(), "{seed}"),
            Err(_) => somebody_missed += 1,
        }
    }
    assert!(somebody_missed > 0, "the orders differ where pages meet");
}

#[test]
fn a_repetition_is_told_once_and_not_where_pages_overlap() {
    let mut pager = Pager::new(3, LIMITS);
    let hash = |pager: &Pager, ids: &[&str]| ids.iter().map(|id| pager.hash(id)).collect::<Vec<_>>();
    let first = hash(&pager, &["a", "a", "b"]);
    let verdict = pager
        .accept(&PageShape { ids: &first, total_results: Some(4), start_index: Some(1), next_cursor: None })
        .expect("a page");
    assert_eq!((verdict.repeated, verdict.expected), (vec![1], 0));
    assert_eq!(pager.next().map(|request| request.start_index), Some(2));
    let second = hash(&pager, &["b", "c", "d"]);
    let verdict = pager
        .accept(&PageShape { ids: &second, total_results: Some(4), start_index: Some(2), next_cursor: None })
        .expect("a page");
    assert_eq!((verdict.repeated, verdict.expected), (vec![0], 1));
}

#[test]
fn no_total_means_until_an_empty_page() {
    let mut server = server(250, 100, Behaviour::NoTotal);
    assert_eq!(walk(&mut server, 100, LIMITS).expect("a roster").len(), 250);
    assert_eq!(server.asked.len(), 5);
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
    pager
        .accept(&PageShape { ids: &ids, total_results: Some(250), start_index: None, next_cursor: None })
        .expect("a page");
    assert_eq!((pager.users(), pager.pages()), (100, Some(3)));
}

#[test]
fn one_leaving_and_one_joining_do_not_hide_behind_equal_totals() {
    // The first leaves and somebody joins at the end, right after page 1: the totals stay 250.
    let mut once = server(250, 100, Behaviour::Churn(vec![(1, 0, 249)]));
    assert_eq!(walk(&mut once, 100, LIMITS), Ok(once.truth()));
    assert_eq!(starts(&once), [1, 100, 1, 100, 198], "seen on page 2, read again");
    let for_ever = (1..1_000).map(|request| (request, 0, 249)).collect();
    let error = walk(&mut server(250, 100, Behaviour::Churn(for_ever)), 100, LIMITS).expect_err("never the same");
    assert_eq!(error, PagerError::NeverTheSame);
}

#[test]
fn one_joining_in_front_and_the_last_one_leaving_is_read_again() {
    let mut moves = server(250, 100, Behaviour::Churn(vec![(1, 249, 0)]));
    assert_eq!(walk(&mut moves, 100, LIMITS), Ok(moves.truth()));
}

#[test]
fn servers_that_cannot_begin_a_page_anywhere_are_read_whole_all_the_same() {
    for behaviour in [Behaviour::CutsTwice, Behaviour::WholePages, Behaviour::WholeCaps] {
        for (users, cap, count) in [(250, 100, 100), (250, 100, 500), (61, 20, 20), (1_000, 1_000, 500)] {
            // Whoever begins at multiples of more than is asked for gives the first half of each for ever.
            let cap = if behaviour == Behaviour::WholeCaps { cap.min(u64::from(count)) } else { cap };
            let mut odd = server(users, cap, behaviour.clone());
            assert_eq!(walk(&mut odd, count, LIMITS), Ok(odd.truth()), "{behaviour:?} {users} {cap} {count}");
        }
    }
}

#[test]
fn a_walk_without_common_users_counts_only_when_a_second_one_agrees() {
    let mut single = server(7, 1, Behaviour::Honest);
    assert_eq!(walk(&mut single, 100, LIMITS), Ok(single.truth()));
    assert_eq!(starts(&single), [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8]);
    let moving = Behaviour::Churn(vec![(3, 0, 6), (9, 0, 6), (17, 0, 6), (25, 0, 6)]);
    assert!(matches!(walk(&mut server(7, 1, moving), 100, LIMITS), Err(PagerError::NeverTheSame)));
}

#[test]
fn the_requests_to_come_are_foretold_once_two_pages_proved_the_way() {
    let mut pager = Pager::new(100, LIMITS);
    let mut ahead = Vec::new();
    for (from, to) in [(1, 100), (100, 198), (198, 297)] {
        ahead.push(pager.upcoming(3).iter().map(|request| request.start_index).collect::<Vec<_>>());
        let ids: Vec<u64> = (from..=to).map(|id: u64| pager.hash(&id.to_string())).collect();
        let shape = PageShape { ids: &ids, total_results: Some(600), start_index: Some(from), next_cursor: None };
        pager.accept(&shape).expect("a page");
    }
    ahead.push(pager.upcoming(3).iter().map(|request| request.start_index).collect());
    assert_eq!(ahead, [vec![], vec![], vec![297, 396, 495], vec![396, 495, 594]]);
    assert_eq!(pager.next().map(|request| request.start_index), Some(297));
}

/// Pages by cursor: each is a list of ids and the cursor behind it.
fn by_cursor(total: Option<u64>, pages: &[(&[u64], Option<&str>)]) -> (Result<u64, PagerError>, Vec<Option<String>>) {
    let mut pager = Pager::new(100, LIMITS);
    let mut asked = Vec::new();
    for (page, next_cursor) in pages {
        let Some(request) = pager.next() else { break };
        asked.push(request.cursor);
        let ids: Vec<u64> = page.iter().map(|id| pager.hash(&id.to_string())).collect();
        let shape = PageShape { ids: &ids, total_results: total, start_index: None, next_cursor: *next_cursor };
        if let Err(error) = pager.accept(&shape) {
            return (Err(error), asked);
        }
    }
    assert_eq!(pager.next(), None, "done");
    (Ok(pager.users()), asked)
}

#[test]
fn rfc9865_2_3_a_cursor_in_answer_to_an_index_request_is_followed() {
    let pages: [(&[u64], _); 3] = [(&[1, 2], Some("a")), (&[3, 4], Some("b")), (&[5], None)];
    for total in [Some(5), None] {
        let (users, asked) = by_cursor(total, &pages.repeat(2));
        assert_eq!(users, Ok(5));
        let once = [None, Some("a".to_owned()), Some("b".to_owned())];
        assert_eq!(asked, [once.clone(), once].concat(), "twice, because pages by cursor cannot overlap");
    }
}

#[test]
fn rfc9865_2_the_same_cursor_twice_is_no_list() {
    let (users, _) = by_cursor(None, &[(&[1], Some("a")), (&[2], Some("b")), (&[3], Some("a"))]);
    assert_eq!(users, Err(PagerError::SameCursor { page: 3 }));
    let repeats: [(&[u64], _); 4] = [(&[1], Some("a")), (&[1], Some("b")), (&[1], Some("c")), (&[1], Some("d"))];
    // Users that come again may have moved: it is read again before it is given up.
    let (users, asked) = by_cursor(None, &repeats.repeat(5));
    assert_eq!(asked.len(), 12);
    assert_eq!(users, Err(PagerError::NothingNew { page: 4, start_index: 2, received: 1 }));
}

#[test]
fn rfc9865_2_pages_without_users_are_followed_as_long_as_they_lead_on() {
    let cursors: Vec<String> = (0..40).map(|page| format!("c{page}")).collect();
    let first: (&[u64], _) = (&[1, 2], Some("a"));
    let empty = |pages: usize| cursors.iter().take(pages).map(|cursor| (&[][..], Some(cursor.as_str())));
    let gap: Vec<_> = [first].into_iter().chain(empty(20)).chain([(&[3][..], None)]).collect();
    let (users, asked) = by_cursor(Some(3), &gap.repeat(2));
    assert_eq!((users, asked.len()), (Ok(3), 44));
    let endless: Vec<_> = [first].into_iter().chain(empty(40)).collect();
    let (users, asked) = by_cursor(Some(3), &endless);
    let error = users.expect_err("it never ends");
    assert_eq!((error, asked.len()), (PagerError::OnlyEmptyPages { page: 22, empty: 21, received: 2 }, 22));
    assert_eq!(
        error.to_string(),
        "The last 21 pages of the roster, up to page 22, came back empty after 2 users, and the server still says that more follow."
    );
}

#[test]
fn rfc9865_2_cursors_that_end_before_the_total_are_no_roster() {
    let (users, _) = by_cursor(Some(5), &[(&[1, 2], Some("a")), (&[3, 4], None)]);
    assert_eq!(users, Err(PagerError::EndsEarly { received: 4, total: 5 }));
    let (users, _) = by_cursor(Some(3), &[(&[1, 2], Some("a")), (&[3, 4], None)]);
    assert_eq!(users, Err(PagerError::MoreThanTotal { page: 2, received: 4, total: 3 }));
}

#[test]
fn rfc9865_2_1_a_refused_cursor_begins_again_once() {
    let mut pager = Pager::new(100, LIMITS);
    assert!(!pager.cursor_refused(), "no cursor was sent");
    for again in [true, false] {
        let ids = [pager.hash("1"), pager.hash("2")];
        let shape = PageShape { ids: &ids, total_results: None, start_index: None, next_cursor: Some("a") };
        pager.accept(&shape).expect("a page");
        assert_eq!(pager.cursor_refused(), again);
    }
}
