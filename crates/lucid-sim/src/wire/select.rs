//! `attributes` and `excludedAttributes` (RFC 7644 §3.9): names in any case, one level of sub-attributes, `id` always there.

use serde_json::{Map, Value};

use super::{GROUP, USER};

/// Which attributes a reader wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Everything.
    All,
    /// Only these.
    Only(Vec<String>),
    /// All but these.
    Without(Vec<String>),
}

impl Selection {
    /// The selection that two parameters ask for; both at once are refused.
    pub fn of(attributes: Option<&str>, excluded: Option<&str>) -> Option<Self> {
        match (attributes.map(paths), excluded.map(paths)) {
            (Some(_), Some(_)) => None,
            (Some(only), None) => Some(Self::Only(only)),
            (None, Some(without)) => Some(Self::Without(without)),
            (None, None) => Some(Self::All),
        }
    }

    /// Applies it to a resource.
    pub fn apply(&self, resource: &mut Value) {
        let Value::Object(attributes) = resource else { return };
        match self {
            Self::All => {}
            Self::Only(paths) => *attributes = only(attributes, paths),
            Self::Without(paths) => without(attributes, paths),
        }
    }
}

fn paths(list: &str) -> Vec<String> {
    list.split(',').map(|path| plain(path.trim()).to_lowercase()).filter(|path| !path.is_empty()).collect()
}

/// Without the URN of the core schemas, which may stand before any core attribute.
fn plain(path: &str) -> &str {
    [USER, GROUP]
        .into_iter()
        .find_map(|urn| path.get(urn.len()..).filter(|_| path.to_lowercase().starts_with(&urn.to_lowercase())))
        .and_then(|rest| rest.strip_prefix(':'))
        .unwrap_or(path)
}

fn is_always_there(key: &str) -> bool {
    key == "id" || key == "schemas"
}

/// What a path says about a key: all of it, or a sub-attribute of it.
enum Touch<'a> {
    Not,
    Whole,
    Part(&'a str),
}

fn touch<'a>(path: &'a str, key: &str) -> Touch<'a> {
    match path.strip_prefix(key.to_lowercase().as_str()) {
        Some("") => Touch::Whole,
        Some(rest) => rest.strip_prefix(['.', ':']).map_or(Touch::Not, Touch::Part),
        None => Touch::Not,
    }
}

fn only(attributes: &Map<String, Value>, paths: &[String]) -> Map<String, Value> {
    let mut kept = Map::new();
    for (key, value) in attributes {
        let touches: Vec<_> = paths.iter().map(|path| touch(path, key)).collect();
        if is_always_there(key) || touches.iter().any(|touch| matches!(touch, Touch::Whole)) {
            kept.insert(key.clone(), value.clone());
            continue;
        }
        let parts: Vec<&str> =
            touches.iter().filter_map(|touch| if let Touch::Part(part) = touch { Some(*part) } else { None }).collect();
        if !parts.is_empty() {
            kept.insert(key.clone(), keep_parts(value, &parts));
        }
    }
    kept
}

fn keep_parts(value: &Value, parts: &[&str]) -> Value {
    match value {
        Value::Object(inner) => {
            let wanted = |key: &str| parts.iter().any(|part| !matches!(touch(part, key), Touch::Not));
            Value::Object(inner.iter().filter(|(key, _)| wanted(key)).map(|(k, v)| (k.clone(), v.clone())).collect())
        }
        Value::Array(values) => Value::Array(values.iter().map(|value| keep_parts(value, parts)).collect()),
        other => other.clone(),
    }
}

fn without(attributes: &mut Map<String, Value>, paths: &[String]) {
    attributes.retain(|key, value| {
        for path in paths {
            match touch(path, key) {
                Touch::Whole if !is_always_there(key) => return false,
                Touch::Part(part) => drop_part(value, part),
                _ => {}
            }
        }
        true
    });
}

fn drop_part(value: &mut Value, part: &str) {
    match value {
        Value::Object(inner) => inner.retain(|key, _| !matches!(touch(part, key), Touch::Whole)),
        Value::Array(values) => values.iter_mut().for_each(|value| drop_part(value, part)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn selected(attributes: Option<&str>, excluded: Option<&str>) -> Value {
        let mut user = json!({
            "schemas": ["x"], "id": "1", "userName": "u", "name": {"givenName": "G", "familyName": "F"},
            "emails": [{"value": "e", "primary": true}], "urn:a:2.0:User": {"department": "D", "costCenter": "C"},
        });
        Selection::of(attributes, excluded).expect("a possible selection").apply(&mut user);
        user
    }

    #[test]
    fn only_what_was_asked_for_is_left() {
        let path = "USERNAME, name.givenName,emails.value,urn:a:2.0:User:department";
        let expected = json!({
            "schemas": ["x"], "id": "1", "userName": "u", "name": {"givenName": "G"},
            "emails": [{"value": "e"}], "urn:a:2.0:User": {"department": "D"},
        });
        assert_eq!(selected(Some(path), None), expected);
        let long = format!("{USER}:userName");
        assert_eq!(selected(Some(&long), None), json!({"schemas": ["x"], "id": "1", "userName": "u"}));
    }

    #[test]
    fn what_was_excluded_is_gone_but_the_id_stays() {
        let user = selected(None, Some("id,emails,name.familyname,urn:a:2.0:User"));
        let expected = json!({"schemas": ["x"], "id": "1", "userName": "u", "name": {"givenName": "G"}});
        assert_eq!(user, expected);
    }

    #[test]
    fn both_at_once_are_no_selection() {
        assert_eq!(Selection::of(Some("a"), Some("b")), None);
    }
}
