//! The same servers as if nobody knew their vendor: licenses out of the enterprise extension and another one.

use std::collections::BTreeMap;

use connect::{Connector, LicensePath, Limits, Preview, Sources};
use tokio_util::sync::CancellationToken;

use crate::peers::Peer;
use crate::people::{DEPARTMENTS, people};

const DEPARTMENT: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
const LUCIDCHART: &str = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User:productLicenses.Lucidchart";

async fn preview(peer: Peer, path: &str) -> Preview {
    let license_from = Some(LicensePath::parse(path).expect("a path"));
    let sources = Sources { license_from, ..Sources::of(Connector::Scim) };
    let client = peer.account("whole").client(Limits::default());
    client.preview(&sources, &mut |_, _| {}, &CancellationToken::new()).await.expect("a preview")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn a_preview_counts_the_values_of_extensions() {
    for peer in [Peer::Scim2, Peer::Express4] {
        let seen = preview(peer, DEPARTMENT).await;
        let told: BTreeMap<_, _> = seen.values.iter().map(|(name, users)| (name.as_str(), *users)).collect();
        for (rest, name) in DEPARTMENTS.iter().enumerate() {
            let expected = (1..=people()).filter(|n| n % 4 == rest).count() as u64;
            assert_eq!(told[name], expected, "{peer:?}: {name}");
        }
        assert_eq!((seen.users, seen.without, seen.several), (people() as u64, 0, 0), "{peer:?}");

        let seen = preview(peer, LUCIDCHART).await;
        let told = |n: &usize| !n.is_multiple_of(45);
        let editors = (1..=people()).filter(told).filter(|n| !n.is_multiple_of(3)).count() as u64;
        let types: BTreeMap<_, _> = seen.types.iter().map(|(key, _, users)| (key.as_str(), *users)).collect();
        assert_eq!(types["true"], editors, "{peer:?}");
        assert_eq!(types["true"] + types["false"] + seen.without, people() as u64, "{peer:?}");
        assert_eq!(seen.without, people() as u64 / 45, "{peer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs scripts/others.sh"]
async fn the_products_of_the_extension_are_suggested_first() {
    for peer in [Peer::Scim2, Peer::Express4] {
        let client = peer.account("whole").client(Limits::default());
        let probe = client.probe(&Sources::of(Connector::Scim), &mut |_| {}).await.expect("the test passes");
        let paths: Vec<_> = probe.suggestions.iter().map(|found| found.path.as_str().to_ascii_lowercase()).collect();
        assert!(paths[0].contains("productlicenses."), "{peer:?}: {paths:?}");
        assert!(paths.contains(&DEPARTMENT.to_ascii_lowercase()), "{peer:?}: {paths:?}");
        assert!(probe.sampled >= 100 && probe.sampled <= 1_000, "{peer:?}: {}", probe.sampled);
        let department = probe.suggestions.iter().find(|found| found.path.as_str().ends_with("department"));
        assert_eq!(department.map(|found| found.distinct), Some(4), "{peer:?}");
    }
}
