//! The rate limit, as far as it can be seen without waiting a minute.

use lucid_sim::Config;

use crate::reader::Reader;

#[tokio::test]
async fn above_the_rate_limit_comes_a_429_without_a_hint() {
    let reader = Reader::of(Config { rate_per_min: Some(3), ..Config::default() });
    for _ in 0..3 {
        assert_eq!(reader.page(1, 1).await.status, 200);
    }
    let refused = reader.page(1, 1).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, None));
    assert_eq!(refused.json()["status"], "429");
}

#[tokio::test]
async fn the_hint_says_when_the_minute_is_over() {
    let reader = Reader::of(Config { rate_per_min: Some(1), retry_after: true, ..Config::default() });
    reader.page(1, 1).await;
    let refused = reader.page(1, 1).await;
    let seconds: u64 = refused.header("retry-after").expect("a hint").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
}
