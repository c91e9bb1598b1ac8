//! What cannot be read is refused in words: a wrong token, and servers whose pages are no roster.

use connect::{Connector, Journal, Kind, Limits, Sources};
use tokio_util::sync::CancellationToken;

use crate::peers::Peer;

const WRONG: &str = "ffffffffffffffffffffffffffffffff";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn a_token_that_the_server_rejects_is_told_as_that() {
    for peer in [Peer::Scim2, Peer::Express4, Peer::Express5] {
        let client = peer.account("rejected").client_with(Limits::default(), WRONG);
        let mut pages = 0;
        let mut count = |_| {
            pages += 1;
            Ok(())
        };
        let read = client
            .read_roster(&Sources::of(Connector::Lucid), &mut count, &Journal::new(), &CancellationToken::new())
            .await;
        let error = read.expect_err("no roster");
        assert_eq!((error.code(), error.kind(), pages), ("token-rejected", Kind::Token, 0), "{peer:?}: {error}");
        let tested = client.probe(&Sources::of(Connector::Lucid), &mut |_| {}).await.expect_err("no connection");
        assert_eq!((tested.code(), tested.kind()), ("token-rejected", Kind::Token), "{peer:?}: {tested}");
        assert!(!format!("{error} {error:?} {}", error.hint()).contains(WRONG), "the token stays out of words");
    }
}

/// scimmy-routers 1.3.2 on Express 5 lists the first 20 users, whatever `startIndex` and `count` are.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn a_server_that_repeats_its_first_page_for_ever_ends_in_a_clear_error_after_a_few_requests() {
    for page_size in [500, 100, 20] {
        let account = Peer::Express5.account(&format!("repeats-{page_size}"));
        let error = account.read(page_size).await.expect_err("the first 20 of 1,000 users are no roster");
        assert_eq!((error.code(), error.kind()), ("paging", Kind::Network), "{error}");
        assert!(error.to_string().contains("Page 2 of the roster"), "it says where: {error}");
        assert!(error.hint().contains("Nothing was changed"), "it says what that means: {}", error.hint());
        let requests = account.requests();
        assert!(requests <= 12, "{requests} requests");
    }
}
