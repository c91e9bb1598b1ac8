//! Attribute paths: which are valid, what is said of the others, and that a path is kept as it was written.

use connect::{LicensePath, LicensePathError};
use proptest::prelude::*;

#[test]
fn paths_of_every_form_are_valid() {
    let valid = [
        "userType",
        "title",
        "entitlements",
        "roles.value",
        "groups.display",
        "name.honorificSuffix",
        "x-custom_attribute",
        "entitlements[type eq \"license\"].value",
        "entitlements[type EQ \"license\"]",
        "roles[primary eq true].display",
        "roles[value eq \"a]b\"].value",
        "urn:ietf:params:scim:schemas:core:2.0:User:userType",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName",
        "urn:ietf:params:scim:schemas:extension:lucid:1.0:User.productLicenses.Lucidchart",
        "urn:okta:acme_app:1.0:user:custom:plan",
        "URN:example:acme:User:seats[type eq \"paid\"].value",
    ];
    for text in valid {
        let path = LicensePath::parse(&format!("  {text}\n")).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(path.as_str(), text);
        assert_eq!(path.to_string(), text);
    }
}

#[test]
fn what_is_no_path_is_refused_in_a_sentence() {
    let refused = [
        ("", "The attribute path is empty."),
        (" \t", "The attribute path is empty."),
        ("user type", "\"user type\" cannot be the name of an attribute."),
        ("a..b", "\"\" cannot be the name of an attribute."),
        ("a.b.c", "The attribute path goes deeper than attribute.subAttribute."),
        ("lizenz§", "\"lizenz§\" cannot be the name of an attribute."),
        ("roles[", "The filter of the attribute path is not closed: it must end with one \"]\"."),
        ("roles]", "The filter of the attribute path is not closed: it must end with one \"]\"."),
        ("roles[type eq \"x\"]value", "The filter of the attribute path is not closed: it must end with one \"]\"."),
        ("roles[type eq \"x\"][a eq 1]", "The filter of the attribute path is not closed: it must end with one \"]\"."),
        ("roles[type]", "The filter of the attribute path is not of the form [attribute eq \"value\"]."),
        ("roles[type eq]", "The filter of the attribute path is not of the form [attribute eq \"value\"]."),
        ("roles[type eq x]", "The filter of the attribute path is not of the form [attribute eq \"value\"]."),
        ("roles[type co \"x\"]", "The filter of the attribute path uses \"co\"; only eq can be used here."),
        ("roles[type pr]", "The filter of the attribute path uses \"pr\"; only eq can be used here."),
        ("urn:x", "The attribute path names a schema but no attribute of it."),
        ("urn:x:y:", "The attribute path names a schema but no attribute of it."),
        ("urn:x::y", "The attribute path names a schema but no attribute of it."),
        ("urn:x y:z:plan", "\" \" cannot be the name of an attribute."),
    ];
    for (text, sentence) in refused {
        let error = LicensePath::parse(text).expect_err(text);
        assert_eq!(error.to_string(), sentence, "{text}");
        assert_eq!(error.code(), "license-path");
        assert!(error.hint().contains("urn:"));
    }
    assert_eq!(LicensePath::parse(&"x".repeat(600)), Err(LicensePathError::TooLong));
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z$][A-Za-z0-9_-]{0,12}"
}

fn written() -> impl Strategy<Value = String> {
    let literal = prop_oneof![
        any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        any::<i32>().prop_map(|number| number.to_string()),
    ];
    let filter = (name(), literal, proptest::option::of(name())).prop_map(|(name, value, sub)| {
        format!("[{name} eq {value}]{}", sub.map(|sub| format!(".{sub}")).unwrap_or_default())
    });
    let schema =
        proptest::collection::vec("[A-Za-z0-9._-]{1,8}", 1..5).prop_map(|parts| format!("urn:{}:", parts.join(":")));
    let names = proptest::collection::vec(name(), 1..=2).prop_map(|names| names.join("."));
    (proptest::option::of(schema), names, proptest::option::of(filter)).prop_map(|(schema, names, filter)| {
        format!("{}{names}{}", schema.unwrap_or_default(), filter.unwrap_or_default())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_path_reads_back_as_itself(text in written()) {
        prop_assume!(text.len() <= 512);
        let path = LicensePath::parse(&text).unwrap();
        prop_assert_eq!(path.as_str(), text.as_str());
        prop_assert_eq!(LicensePath::parse(path.as_str()), Ok(path));
    }

    #[test]
    fn no_text_breaks_the_parser(text in "\\PC{0,60}|(urn:)?[a-z:.\\[\\]\" ]{0,40}") {
        match LicensePath::parse(&text) {
            Ok(path) => prop_assert_eq!(LicensePath::parse(path.as_str()), Ok(path)),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
