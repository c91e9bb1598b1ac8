//! A list of texts in one column, each preceded by its length: no text can break the list, no escaping is needed.

/// Writes the texts one after the other: `5:Sales4:EMEA`.
pub(crate) fn join<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut joined = String::new();
    for text in texts {
        let text = text.as_ref();
        joined.push_str(&text.len().to_string());
        joined.push(':');
        joined.push_str(text);
    }
    joined
}

/// Reads what [`join`] wrote; `None` when it was written by something else.
pub(crate) fn split(joined: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    let mut rest = joined;
    while !rest.is_empty() {
        let (length, after) = rest.split_once(':')?;
        let (text, remainder) = after.split_at_checked(length.parse().ok()?)?;
        texts.push(text.to_owned());
        rest = remainder;
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_texts_come_back_as_they_were() {
        for texts in [vec![], vec![""], vec!["Sales", "5:EMEA", "Ünïcode", "a\u{1f}b\n", ""]] {
            assert_eq!(
                split(&join(&texts)).as_deref(),
                Some(&texts.iter().map(ToString::to_string).collect::<Vec<_>>()[..])
            );
        }
    }

    #[test]
    fn a_damaged_list_is_refused() {
        for damaged in ["5", "5:abc", "x:abc", "1:é"] {
            assert_eq!(split(damaged), None, "{damaged}");
        }
    }
}
