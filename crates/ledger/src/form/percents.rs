//! Percentages as people type them. Absent on purpose: what they are taken of.

use rust_decimal::Decimal;

/// The most decimals of a percentage.
const MOST_DECIMALS: usize = 6;

/// Reads "7.5", "7,5 %", "7.5%" up to `most`. An error is a predicate, to be said of the field.
pub fn parse_percent(text: &str, most: u32) -> Result<Decimal, String> {
    let bare = text.trim().trim_end_matches('%').trim();
    if bare.starts_with(['-', '\u{2212}']) {
        return Err("must not be negative".to_owned());
    }
    let (units, decimals) = bare.split_once(['.', ',']).unwrap_or((bare, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let believed = !units.is_empty() && units.len() <= 4 && decimals.len() <= MOST_DECIMALS;
    let point = if decimals.is_empty() { "" } else { "." };
    let read = format!("{units}{point}{decimals}").parse::<Decimal>().ok();
    match read.filter(|_| believed && digits(units) && digits(decimals)) {
        Some(percent) if percent > Decimal::from(most) => Err(format!("must be at most {most}%")),
        Some(percent) => Ok(percent.normalize()),
        None => Err("must be a percentage like 7.5%".to_owned()),
    }
}

/// The text that makes exactly this percentage.
pub fn percent_word(percent: Decimal) -> String {
    crate::percent::percent_text(percent)
}
