//! A redirect moves neither the token nor the roster.

use connect::Kind;

use crate::people::honest;
use crate::raw::{Reply, Server, http};

/// Makes a `Location` from the stranger's port.
type Target = fn(&str) -> String;

async fn redirected(status: &'static str, to: impl Fn(&str) -> String) -> (String, usize) {
    let stranger = Server::start(|request| honest(request, 3, 100)).await;
    let location = format!("Location: {}\r\n", to(&stranger.address.port().to_string()));
    let server = Server::start(move |_| Reply::Bytes(http(status, &location, b""))).await;
    let error = server.read().await.unwrap_err();
    assert_eq!((error.code(), error.kind()), ("redirected", Kind::Address));
    assert_eq!(server.requests().len(), 1);
    (error.to_string(), stranger.requests().len())
}

#[tokio::test]
async fn no_redirect_is_followed_and_the_target_is_named() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let (sentence, followed) = redirected(status, |port| format!("http://localhost:{port}/scim/v2/Users")).await;
        assert_eq!(followed, 0, "{status}");
        assert!(sentence.starts_with("The server redirects to localhost. It was not followed"), "{sentence}");
    }
}

#[tokio::test]
async fn odd_targets_are_errors_as_well() {
    let targets: [(&str, Target); 5] = [
        ("127.0.0.1", |port| format!("http://127.0.0.1:{port}/")),
        ("127.0.0.1", |_| "/login".to_owned()),
        ("169.254.169.254", |_| "http://169.254.169.254/latest".to_owned()),
        ("sso.acme.test", |_| "//sso.acme.test/x?user=ida@acme.test".to_owned()),
        ("another address", |_| "file:///etc/passwd".to_owned()),
    ];
    for (named, to) in targets {
        let (sentence, followed) = redirected("302 Found", to).await;
        assert_eq!(followed, 0);
        assert!(sentence.contains(&format!("redirects to {named}.")), "{sentence}");
        assert!(!sentence.contains("ida@acme.test"));
    }
}

#[tokio::test]
async fn a_location_on_a_good_answer_means_nothing() {
    let server = Server::start(|request| {
        let body = crate::people::page(request, 3, 100);
        Reply::Bytes(http("200 OK", "Location: http://localhost:1/\r\n", body.as_bytes()))
    })
    .await;
    assert_eq!(server.read().await.unwrap().0.users, 3);
}
