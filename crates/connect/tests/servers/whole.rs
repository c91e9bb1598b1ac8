//! A roster that holds still is read completely: everybody, with every attribute.

use connect::{Connector, LicenseShape, Limits, Sources};
use roster::FindingCode;

use crate::peers::Peer;
use crate::people::{SMALL, assert_same, first, people};

async fn is_read_completely(peer: Peer, account: &str) {
    is_read(peer, account, people(), 500).await;
    is_read(peer, account, people(), 100).await;
    is_read(peer, &format!("small-{account}"), SMALL, 70).await;
}

async fn is_read(peer: Peer, account: &str, people: usize, page_size: u32) {
    let (roster, reading) = peer.account(account).read(page_size).await.expect("a roster");
    assert_same(&roster, &first(people), &format!("{peer:?}, {page_size} at a time"));
    let unknown = reading.findings.iter().find(|finding| finding.code == FindingCode::UnknownLicense);
    assert_eq!(unknown.map(|finding| finding.count), Some(people as u64 / 45), "{:?}", reading.findings);
    assert_eq!(reading.findings.len(), 1, "{peer:?}, {page_size} at a time, nothing is odd: {:?}", reading.findings);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn scim2_server_is_read_completely() {
    is_read_completely(Peer::Scim2, "whole").await;
}

/// RFC 9865 §2.3 and §4: it answers 501 where it pages by cursor only and is asked by index.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn scim2_server_is_read_completely_by_its_cursors() {
    is_read_completely(Peer::Scim2, "cursor").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn scimmy_is_read_completely_although_it_echoes_the_asked_count_as_the_page() {
    is_read_completely(Peer::Express4, "whole").await;
}

/// When the handler cuts the page, scimmy cuts it once more wherever `startIndex` is not beyond the page's length.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn scimmy_is_read_completely_where_a_page_that_overlaps_the_first_would_be_cut_twice() {
    is_read_completely(Peer::Express4, "own-pages").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn the_deactivated_are_listed_as_deactivated_where_the_server_lists_them() {
    for peer in [Peer::Scim2, Peer::Express4] {
        let (roster, _) = peer.account("small").read(500).await.expect("a roster");
        let deactivated = roster.values().filter(|member| !member.active).count();
        assert_eq!(deactivated, SMALL / 10, "{peer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn the_connection_test_sees_the_users_and_where_their_licenses_are() {
    for peer in [Peer::Scim2, Peer::Express4] {
        let client = peer.account("whole").client(Limits::default());
        let probe = client.probe(&Sources::of(Connector::Lucid), &mut |_| {}).await.expect("the test passes");
        assert_eq!((probe.users, probe.licenses), (Some(people() as u64), LicenseShape::ProductLicenses2), "{peer:?}");
    }
}
