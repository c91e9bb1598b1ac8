//! Whatever a server does, a walk ends with exactly its users or with an error: never with a wrong roster.

mod model;

use model::{Behaviour, Server, walk_granted};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scim::PagerLimits;

const LIMITS: PagerLimits = PagerLimits { pages: 3_000, users: 100_000, rewalks: 2 };

fn honest() -> impl Strategy<Value = Behaviour> {
    prop_oneof![
        Just(Behaviour::Honest),
        any::<u64>().prop_map(Behaviour::Uneven),
        Just(Behaviour::NoTotal),
        Just(Behaviour::TotalOnce),
        Just(Behaviour::TotalLater),
        (0..6_usize).prop_map(Behaviour::GrowsAfter),
        (0..6_usize).prop_map(Behaviour::ShrinksAfter),
    ]
}

fn liar(users: u64) -> impl Strategy<Value = Behaviour> {
    let rows = users.max(1);
    let places = (0..usize::try_from(rows).unwrap_or(1), 0..usize::try_from(rows).unwrap_or(1));
    prop_oneof![
        Just(Behaviour::TotalIsPage),
        Just(Behaviour::TotalTooHigh),
        Just(Behaviour::TotalTooLow),
        Just(Behaviour::IgnoresStart),
        Just(Behaviour::OnlyFirst { count_is_honoured: true }),
        Just(Behaviour::WholeCaps),
        Just(Behaviour::AllOrNone),
        Just(Behaviour::EchoesOne),
        Just(Behaviour::ZeroBased),
        Just(Behaviour::Overlaps),
        Just(Behaviour::CutsTwice),
        Just(Behaviour::WholePages),
        proptest::collection::btree_set(1..=rows, 1..6).prop_map(Behaviour::Hides),
        (0..rows).prop_map(Behaviour::EmptyFrom),
        Just(Behaviour::GrowsAlways),
        Just(Behaviour::NoEnd),
        any::<u64>().prop_map(Behaviour::Unstable),
        (2..60_usize, any::<u64>(), any::<bool>()).prop_map(|(ties, seed, total)| Behaviour::Ties {
            ties,
            seed,
            total
        }),
        (4..40_usize, any::<bool>()).prop_map(|(every, is_cut)| Behaviour::Joins { every, is_cut }),
        (proptest::collection::vec(places, 1..5), any::<bool>())
            .prop_map(|(twice, rows_are_counted)| Behaviour::Doubles { twice, rows_are_counted }),
    ]
}

/// What the server documents as its largest page: nothing, the truth, or anything.
fn granted() -> impl Strategy<Value = Option<u32>> {
    proptest::option::of(0..300_u32)
}

fn at_least(cases: u32) -> ProptestConfig {
    let kept = FileFailurePersistence::Direct("proptest-regressions/pager_model.txt");
    let config = ProptestConfig::default();
    let cases = config.cases.max(cases);
    ProptestConfig { cases, max_shrink_iters: 200, failure_persistence: Some(Box::new(kept)), ..config }
}

proptest! {
    #![proptest_config(at_least(1_000))]

    #[test]
    fn a_well_behaved_server_gives_exactly_its_users(
        users in 0..400_u64,
        cap in 1..150_u64,
        count in 1..200_u32,
        granted in granted(),
        behaviour in honest(),
    ) {
        // The only user leaving behind a complete walk looks like a server that counts nobody past the end.
        prop_assume!(users != 1 || !matches!(behaviour, Behaviour::ShrinksAfter(_)));
        let mut server = Server::new(users, cap, behaviour);
        let roster = walk_granted(&mut server, count, granted, LIMITS);
        prop_assert_eq!(roster, Ok(server.truth()));
    }

    #[test]
    fn a_liar_gives_its_users_or_an_error(
        (users, behaviour) in (0..400_u64).prop_flat_map(|users| (Just(users), liar(users))),
        cap in 1..150_u64,
        count in 1..200_u32,
        granted in granted(),
    ) {
        // Whoever gives the same one or two for ever, and counts no more, looks like one who has no more.
        prop_assume!(cap > 2 || !matches!(behaviour, Behaviour::OnlyFirst { .. }));
        let mut server = Server::new(users, cap, behaviour);
        if let Ok(roster) = walk_granted(&mut server, count, granted, LIMITS) {
            prop_assert_eq!(roster, server.truth());
        }
    }

    #[test]
    fn joining_and_leaving_behind_equal_totals_loses_nobody(
        users in 0..400_u64,
        cap in 1..150_u64,
        count in 1..200_u32,
        granted in granted(),
        changes in proptest::collection::vec((0..12_usize, 0..400_usize, 0..400_usize), 1..8),
        by_cursor in any::<bool>(),
    ) {
        let mut server = Server::new(users, cap, Behaviour::Churn(changes));
        server.by_cursor = by_cursor;
        if let Ok(roster) = walk_granted(&mut server, count, granted, LIMITS) {
            prop_assert!(server.always.is_subset(&roster), "somebody who was there all the time is missing");
            prop_assert!(roster.is_subset(&server.ever), "somebody is listed who was never there");
        }
    }
}
