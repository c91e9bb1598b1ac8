//! Bends well-formed JSON into the shapes that faults stand for.

use serde_json::{Map, Value, json};

use super::{LUCID_1, LUCID_2, LUCIDCHART, LUCIDCHART_BARE};
use crate::fault::Fault;

/// Whether a fault changes JSON that is otherwise right, so that the page must go through a tree of values.
pub fn bends(fault: Fault) -> bool {
    use Fault as F;
    let a_user = matches!(
        fault,
        F::NoEmail(_)
            | F::SeveralPrimary(_)
            | F::NoName(_)
            | F::NoMeta(_)
            | F::Nulls(_)
            | F::UnknownLicense(_)
            | F::LicensesDisagree(_)
    );
    a_user || matches!(fault, F::Casing | F::StringBooleans | F::LateTotal)
}

/// Bends one user; `index` is the person's, so that the same people are struck on every page and every day.
pub fn user(fault: Fault, index: u32, user: &mut Value) {
    let Some(every) = fault.argument() else { return };
    let Value::Object(attributes) = user else { return };
    if !(u64::from(index) + 1).is_multiple_of(every.max(1)) {
        return;
    }
    match fault {
        Fault::NoEmail(_) => {
            attributes.remove("emails");
            for key in ["userName", "displayName"] {
                attributes.insert(key.to_owned(), json!(format!("user-{index}")));
            }
        }
        Fault::SeveralPrimary(_) => {
            if let Some(emails) = attributes.get_mut("emails").and_then(Value::as_array_mut) {
                emails.push(json!({"value": format!("second-{index}@acme.test"), "primary": true}));
            }
        }
        Fault::NoName(_) => {
            attributes.remove("name");
        }
        Fault::NoMeta(_) => {
            attributes.remove("meta");
        }
        Fault::Nulls(_) => nulls(attributes),
        Fault::UnknownLicense(_) => unknown_license(attributes),
        Fault::LicensesDisagree(_) => disagree(attributes),
        _ => {}
    }
}

fn nulls(attributes: &mut Map<String, Value>) {
    for key in ["title", "externalId", "phoneNumbers", "addresses", "locale", "password"] {
        attributes.insert(key.to_owned(), Value::Null);
    }
    if attributes.get("roles").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        attributes.insert("roles".to_owned(), Value::Null);
    }
    if let Some(name) = attributes.get_mut("name").and_then(Value::as_object_mut) {
        name.entry("middleName").or_insert(Value::Null);
        name.insert("honorificPrefix".to_owned(), Value::Null);
    }
}

fn unknown_license(attributes: &mut Map<String, Value>) {
    for key in ["canEdit", LUCIDCHART_BARE, LUCIDCHART, LUCID_1, LUCID_2] {
        attributes.remove(key);
    }
    attributes.insert(LUCID_2.to_owned(), json!({"productLicenses": {"Suite": {"tier": "enterprise-plus"}}}));
}

fn disagree(attributes: &mut Map<String, Value>) {
    let flip = |value: &mut Value| *value = json!(!value.as_bool().unwrap_or_default());
    if let Some(value) = attributes.get_mut("canEdit") {
        flip(value);
    }
    for urn in [LUCIDCHART_BARE, LUCIDCHART] {
        if let Some(value) = attributes.get_mut(urn).and_then(|extension| extension.get_mut("canEdit")) {
            flip(value);
        }
    }
}

/// Bends a whole answer.
pub fn whole(fault: Fault, answer: Value) -> Value {
    match fault {
        Fault::Casing => odd_case(answer),
        Fault::StringBooleans => string_booleans(answer),
        Fault::LateTotal => by_name(answer),
        _ => answer,
    }
}

/// The attributes of the envelope by name, which puts `Resources` before `totalResults`, however maps are built.
fn by_name(answer: Value) -> Value {
    let Value::Object(attributes) = answer else { return answer };
    let mut attributes: Vec<(String, Value)> = attributes.into_iter().collect();
    attributes.sort_by(|(one, _), (other, _)| one.cmp(other));
    Value::Object(attributes.into_iter().collect())
}

fn odd_case(value: Value) -> Value {
    match value {
        Value::Object(attributes) => {
            Value::Object(attributes.into_iter().map(|(key, value)| (flip_case(&key), odd_case(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(odd_case).collect()),
        other => other,
    }
}

/// Every other letter in the other case: `userName` becomes `UsErnaMe`.
fn flip_case(key: &str) -> String {
    let flip = |(place, letter): (usize, char)| match (place % 2, letter.is_ascii_lowercase()) {
        (0, true) => letter.to_ascii_uppercase(),
        (0, false) => letter.to_ascii_lowercase(),
        _ => letter,
    };
    key.chars().enumerate().map(flip).collect()
}

fn string_booleans(value: Value) -> Value {
    match value {
        Value::Bool(true) => json!("True"),
        Value::Bool(false) => json!("False"),
        Value::Object(attributes) => {
            Value::Object(attributes.into_iter().map(|(key, value)| (key, string_booleans(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(string_booleans).collect()),
        other => other,
    }
}
