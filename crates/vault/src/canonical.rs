//! The one way a JSON value is written in the header: keys sorted, no spaces.
//! Absent on purpose: trust in the order in which `serde_json` happens to keep keys, which depends on its features.

use serde_json::Value;

/// The one text of this value.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(object) => {
            let mut keys: Vec<&String> = object.keys().collect();
            keys.sort();
            separated(keys.into_iter(), ['{', '}'], out, |key, out| {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(&object[key], out);
            });
        }
        Value::Array(elements) => separated(elements.iter(), ['[', ']'], out, write),
        leaf => out.push_str(&leaf.to_string()),
    }
}

fn separated<T>(
    parts: impl Iterator<Item = T>,
    [open, close]: [char; 2],
    out: &mut String,
    each: impl Fn(T, &mut String),
) {
    out.push(open);
    for (index, part) in parts.enumerate() {
        if index > 0 {
            out.push(',');
        }
        each(part, out);
    }
    out.push(close);
}
