//! Which separator of a typed number is the decimal one. Absent on purpose: currencies.

/// A number taken apart: digits only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Digits before the decimal separator.
    pub units: String,
    /// Digits after it.
    pub fraction: String,
}

/// A number, and whether it could have been read otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// As understood.
    pub number: Number,
    /// Whether a point or comma could have meant the other thing.
    pub ambiguous: bool,
}

/// Reads digits with separators; `None` when they make no number. A lone point is a decimal one: taken for thousands,
/// a script's 9.999 would cost a thousand times too much.
pub(super) fn read(text: &str) -> Option<Reading> {
    if !text.chars().all(|c| c.is_ascii_digit() || is_point(c) || is_gap(c)) {
        return None;
    }
    let points: Vec<char> = text.chars().filter(|&c| is_point(c)).collect();
    match points.as_slice() {
        [] => Some(sure(grouped(text, is_gap)?, "")),
        &[point] => {
            let (units, fraction) = text.split_once(point)?;
            if thousands(units, fraction) {
                Some(ambiguous(units, fraction, point == '.'))
            } else {
                decimal(units, fraction, is_gap)
            }
        }
        [first, .., last] if first == last => Some(sure(grouped(text, |c| c == *first)?, "")),
        &[group, .., point] => {
            let (units, fraction) = text.rsplit_once(point)?;
            decimal(units, fraction, |c| c == group)
        }
    }
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | ',')
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\'' | '\u{2019}')
}

/// Whether a lone separator stands where one between thousands would: "1,234", not "0,234" nor "1 234,567".
fn thousands(units: &str, fraction: &str) -> bool {
    fraction.len() == 3
        && (1..=3).contains(&units.len())
        && !units.starts_with('0')
        && units.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit())
}

fn ambiguous(units: &str, fraction: &str, as_decimal: bool) -> Reading {
    let number = if as_decimal {
        Number { units: units.to_owned(), fraction: fraction.to_owned() }
    } else {
        Number { units: format!("{units}{fraction}"), fraction: String::new() }
    };
    Reading { number, ambiguous: true }
}

fn decimal(units: &str, fraction: &str, separates: impl Fn(char) -> bool) -> Option<Reading> {
    let units = if units.is_empty() { String::new() } else { grouped(units, separates)? };
    let digits = fraction.chars().all(|c| c.is_ascii_digit());
    let some = !units.is_empty() || !fraction.is_empty();
    (digits && some).then(|| sure(units, fraction))
}

/// Digits in groups of three, or without groups.
fn grouped(text: &str, separates: impl Fn(char) -> bool) -> Option<String> {
    let mut groups = text.split(separates);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let fits = rest.is_empty() || first.len() <= 3;
    let whole = digits(&first) && fits && rest.iter().all(|group| digits(group) && group.len() == 3);
    whole.then(|| format!("{first}{}", rest.concat()))
}

fn sure(units: String, fraction: &str) -> Reading {
    Reading { number: Number { units, fraction: fraction.to_owned() }, ambiguous: false }
}
