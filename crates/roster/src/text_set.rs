//! A list of texts in one text, each preceded by its length: no text can break the list, no escaping is needed.

/// Writes the texts one after the other: `5:Sales4:EMEA`.
pub fn join<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut joined = String::new();
    for text in texts {
        push(&mut joined, "", text.as_ref());
    }
    joined
}

/// Reads what [`join`] wrote; `None` when it was written by something else.
pub fn split(joined: &str) -> Option<Vec<String>> {
    split_ref(joined).map(|texts| texts.into_iter().map(str::to_owned).collect())
}

/// The same, borrowed.
pub fn split_ref(joined: &str) -> Option<Vec<&str>> {
    let mut texts = Vec::new();
    let mut rest = joined;
    while !rest.is_empty() {
        let (length, after) = rest.split_once(':')?;
        let (text, remainder) = after.split_at_checked(length.parse().ok()?)?;
        texts.push(text);
        rest = remainder;
    }
    Some(texts)
}

/// Groups as one text, whatever order they come in; `None` when there is none.
pub fn of_groups(groups: &mut Vec<&str>) -> Option<String> {
    groups.sort_unstable();
    groups.dedup();
    let length = groups.iter().map(|group| group.len() + 6).sum();
    let mut joined = String::with_capacity(length);
    for group in groups.iter() {
        push(&mut joined, "", group);
    }
    (!groups.is_empty()).then_some(joined)
}

/// Products with whether they are held as one text (`+Lucidchart`, `-Lucidspark`), whatever order they come in.
pub fn of_products(products: &mut Vec<(&str, bool)>) -> Option<String> {
    products.sort_unstable();
    products.dedup();
    let length = products.iter().map(|(product, _)| product.len() + 6).sum();
    let mut joined = String::with_capacity(length);
    for (product, granted) in products.iter() {
        push(&mut joined, if *granted { "+" } else { "-" }, product);
    }
    (!products.is_empty()).then_some(joined)
}

/// Reads one text of [`of_products`].
pub fn product(signed: &str) -> Option<(&str, bool)> {
    match signed.strip_prefix('+') {
        Some(product) => Some((product, true)),
        None => signed.strip_prefix('-').map(|product| (product, false)),
    }
}

fn push(joined: &mut String, sign: &str, text: &str) {
    let mut digits = [0_u8; 20];
    let mut left = sign.len() + text.len();
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(left % 10).unwrap_or_default();
        left /= 10;
        if left == 0 {
            break;
        }
    }
    joined.extend(digits[at..].iter().map(|digit| char::from(*digit)));
    joined.push(':');
    joined.push_str(sign);
    joined.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_texts_come_back_as_they_were() {
        let long = "x".repeat(1_234);
        for texts in [vec![], vec![""], vec!["Sales", "5:EMEA", "Ünïcode", "a\u{1f}b\n", ""], vec![long.as_str()]] {
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

    #[test]
    fn sets_do_not_depend_on_the_order_or_on_repetitions() {
        assert_eq!(of_groups(&mut vec!["b", "a", "b"]).as_deref(), Some("1:a1:b"));
        assert_eq!(of_groups(&mut Vec::new()), None);
        let products = of_products(&mut vec![("Spark", false), ("Chart", true), ("Chart", true)]).unwrap();
        assert_eq!(products, "6:+Chart6:-Spark");
        let back: Vec<_> = split_ref(&products).unwrap().into_iter().filter_map(product).collect();
        assert_eq!(back, [("Chart", true), ("Spark", false)]);
    }
}
