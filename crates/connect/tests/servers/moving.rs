//! A roster that changes while it is read: the roster of before or of after comes out, or an error; never a mixture.

use connect::Kind;

use crate::peers::Peer;
use crate::people::{SMALL, difference, first, id, joined};

/// Small enough that the first who join are not on page 1 where people are ordered by id.
const PAGE: u32 = 50;

/// How the servers order the same people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    ById,
    ByArrival,
    NewestFirst,
}

const ORDERS: [(Peer, Order); 3] =
    [(Peer::Scim2, Order::ById), (Peer::Express4, Order::ByArrival), (Peer::Express4, Order::NewestFirst)];

impl Order {
    fn name(self) -> &'static str {
        match self {
            Self::ById => "by-id",
            Self::ByArrival => "by-arrival",
            Self::NewestFirst => "newest-first",
        }
    }

    /// Everybody in this order.
    fn ids(self) -> Vec<String> {
        let mut ids: Vec<_> = (1..=SMALL).map(id).collect();
        match self {
            Self::ById => ids.sort_unstable(),
            Self::ByArrival => {}
            Self::NewestFirst => ids.reverse(),
        }
        ids
    }
}

/// What happens after page 1 was read and before page 2 is asked for: whoever is at one place of the list leaves, and
/// so many join. Afterwards the roster holds still.
async fn is_never_a_mixture(change: &str, leaves: Option<usize>, join: usize) {
    let before = first(SMALL);
    let mut mixtures = Vec::new();
    for (peer, order) in ORDERS {
        let account = peer.account(&format!("small-{}-{change}", order.name()));
        let leaver = leaves.map(|place| order.ids()[place].clone());
        let mut after = before.clone();
        after.retain(|id, _| Some(id) != leaver.as_ref());
        after.extend((SMALL + 1..=SMALL + join).map(|n| (id(n), joined(n))));

        let meanwhile = || {
            if let Some(id) = &leaver {
                account.remove(id);
            }
            for n in SMALL + 1..=SMALL + join {
                account.add(n);
            }
        };
        match account.read_while(PAGE, meanwhile).await {
            Ok((roster, _)) if roster == before || roster == after => {}
            Ok((roster, _)) => mixtures.push(format!("{peer:?} {order:?}: {}", difference(&roster, &after))),
            Err(error) => {
                assert_eq!(error.kind(), Kind::Network, "{error}");
                assert!(["roster-moved", "paging"].contains(&error.code()), "{peer:?} {order:?}: {error}");
            }
        }
        let (roster, _) = account.read(PAGE).await.expect("a roster");
        assert!(roster == after, "{peer:?} {order:?}, afterwards: {}", difference(&roster, &after));
    }
    assert!(mixtures.is_empty(), "a roster that never was is told as complete:\n{}", mixtures.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn a_user_who_leaves_while_paging_hides_nobody() {
    is_never_a_mixture("leaves", Some(3), 0).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn ten_users_who_join_while_paging_double_nobody() {
    is_never_a_mixture("join", None, 10).await;
}

/// `totalResults` stays the same, so only the pages themselves can tell.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn a_user_who_leaves_as_another_joins_while_paging_hides_nobody() {
    is_never_a_mixture("swap", Some(3), 1).await;
}

/// The same with the last one listed leaving: where newcomers come first, everybody else moves down by one.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn the_last_user_who_leaves_as_another_joins_while_paging_hides_nobody() {
    is_never_a_mixture("last-leaves", Some(SMALL - 1), 1).await;
}
