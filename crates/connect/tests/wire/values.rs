//! What people paste: addresses and tokens.

use connect::{AddressError, BaseUrl, BearerToken, Connector, TokenError};
use secrecy::ExposeSecret;

#[test]
fn addresses_are_cleaned() {
    let cases = [
        ("https://users.lucid.app/scim/v2", "https://users.lucid.app/scim/v2"),
        ("  https://users.lucid.app/scim/v2/ \n", "https://users.lucid.app/scim/v2"),
        ("users.lucid.app/scim/v2", "https://users.lucid.app/scim/v2"),
        ("HTTPS://Users.Lucid.App/scim/v2///", "https://users.lucid.app/scim/v2"),
        ("https://users.lucid.app/scim/v2/Users", "https://users.lucid.app/scim/v2"),
        ("https://users.lucid.app/scim/v2/users/", "https://users.lucid.app/scim/v2"),
        ("https://users.lucid.app:443/scim/v2/ServiceProviderConfig", "https://users.lucid.app/scim/v2"),
        ("https://acme.test", "https://acme.test"),
        ("localhost:8080/scim/v2", "https://localhost:8080/scim/v2"),
        ("http://127.0.0.1:9000/scim/v2/", "http://127.0.0.1:9000/scim/v2"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("http://[::1]:9000/x", "http://[::1]:9000/x"),
        ("https://bücher.example/scim", "https://xn--bcher-kva.example/scim"),
    ];
    for (pasted, expected) in cases {
        assert_eq!(BaseUrl::parse(pasted).unwrap().as_str(), expected, "{pasted}");
    }
}

#[test]
fn an_origin_names_its_port() {
    let origin = |text: &str| BaseUrl::parse(text).unwrap().origin();
    assert_eq!(origin("https://users.lucid.app/scim/v2"), "https://users.lucid.app:443");
    assert_eq!(origin("https://acme.test:8443/x"), "https://acme.test:8443");
    assert_eq!(origin("http://[::1]:9000/x"), "http://[::1]:9000");
}

#[test]
fn addresses_that_would_harm_are_refused_in_words() {
    let cases = [
        ("", "address-empty"),
        (" \n", "address-empty"),
        ("not an address", "address-invalid"),
        ("https://", "address-invalid"),
        ("https://a.test/x\ny", "address-invalid"),
        ("http://users.lucid.app/scim/v2", "address-not-encrypted"),
        ("http://127.0.0.1.example.test/", "address-not-encrypted"),
        ("ftp://a.test/", "address-scheme"),
        ("file:///etc/passwd", "address-scheme"),
        ("mailto:ida@a.test", "address-scheme"),
        ("javascript:alert(1)", "address-scheme"),
        ("https://token@a.test/", "address-user-info"),
        ("https://u:p@a.test/", "address-user-info"),
        ("https://a.test/scim?token=x", "address-query"),
        ("https://a.test/scim#x", "address-fragment"),
        ("https://a.test:0/", "address-port"),
    ];
    for (pasted, code) in cases {
        let error = BaseUrl::parse(pasted).unwrap_err();
        assert_eq!(error.code(), code, "{pasted}");
        assert!(!error.hint().is_empty());
    }
    assert_eq!(BaseUrl::parse(&format!("https://a.test/{}", "x".repeat(70_000))), Err(AddressError::NotAnAddress));
}

#[test]
fn tokens_are_cleaned() {
    let pasted = [
        "abc.DEF-123_~+/=",
        "  abc.DEF-123_~+/=\r\n",
        "Bearer abc.DEF-123_~+/=",
        "bearer\tabc.DEF-123_~+/= ",
        "\"abc.DEF-123_~+/=\"",
        "Authorization: Bearer abc.DEF-123_~+/=",
        "'Bearer abc.DEF-123_~+/='",
        "\u{feff}abc.DEF-123_~+/=\u{200b}",
    ];
    for text in pasted {
        let token = BearerToken::from_pasted(text).unwrap();
        assert_eq!(token.into_secret().expose_secret(), "abc.DEF-123_~+/=", "{text:?}");
    }
    assert_eq!(BearerToken::from_pasted("bearerabc").unwrap().into_secret().expose_secret(), "bearerabc");
}

#[test]
fn what_is_no_token_is_refused_without_repeating_it() {
    let refused = |text: &str| BearerToken::from_pasted(text).unwrap_err();
    assert_eq!(refused(""), TokenError::Empty);
    assert_eq!(refused(" \" \" "), TokenError::Empty);
    assert_eq!(refused("Bearer "), TokenError::Empty);
    assert_eq!(refused("abc def"), TokenError::InnerSpace);
    assert_eq!(refused("abc\ndef"), TokenError::InnerSpace);
    assert_eq!(refused("abc…"), TokenError::Character);
    assert_eq!(refused("abc\u{7}"), TokenError::Character);
    assert_eq!(refused(&"x".repeat(20_000)), TokenError::TooLong);
}

#[test]
fn a_token_cannot_be_printed() {
    assert_eq!(format!("{:?}", BearerToken::from_pasted("abc").unwrap()), "BearerToken");
}

#[test]
fn lucid_is_known_by_name() {
    let lucid = Connector::parse("lucid").unwrap();
    assert_eq!((lucid.key(), lucid.vendor(), lucid.app_name()), ("lucid", "Lucid", "Lucidchart"));
    assert!(BaseUrl::parse(lucid.default_base_url().unwrap()).is_ok());
    assert_eq!(Connector::Scim.default_base_url(), None);
    let licenses = lucid.known_licenses();
    let told: Vec<_> = licenses.iter().map(|l| (l.key.as_str(), l.name.as_str(), l.billable, l.rank)).collect();
    assert_eq!(told, [("can-edit", "Can-Edit", true, 20), ("view-only", "View-Only", false, 10)]);
    assert_eq!(Connector::parse("Lucid"), None);
}
