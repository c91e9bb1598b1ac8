//! Values as spreadsheets write them, put into the words that the form understands. What is not known is left as it is,
//! so that the form refuses it in its own sentence.

use ledger::Field;

use super::called::plain;
use super::grid::{Cell, Kind};
use super::repairs::Repair;

/// How a yes is told to the form.
pub(super) const YES: &str = "yes";
/// How a no is told to the form.
pub(super) const NO: &str = "no";

/// How people of a file write dates and numbers, where they said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Habits {
    pub(super) day_first: Option<bool>,
    pub(super) comma: Option<bool>,
}

const EVERY: &[(&str, &str)] = &[
    ("einmalig", "once"),
    ("einmal", "once"),
    ("unique", "once"),
    ("monatlich", "month"),
    ("monat", "month"),
    ("mensuel", "month"),
    ("mensuelle", "month"),
    ("mois", "month"),
    ("vierteljahrlich", "quarter"),
    ("quartal", "quarter"),
    ("quartalsweise", "quarter"),
    ("trimestriel", "quarter"),
    ("halbjahrlich", "6months"),
    ("semestriel", "6months"),
    ("jahrlich", "year"),
    ("jahr", "year"),
    ("annuel", "year"),
    ("annuelle", "year"),
    ("annual", "year"),
    ("1monat", "month"),
    ("1month", "month"),
    ("3monate", "quarter"),
    ("3months", "quarter"),
    ("6monate", "6months"),
    ("12monate", "year"),
    ("12months", "year"),
    ("1jahr", "year"),
    ("1year", "year"),
    ("18monate", "18months"),
    ("24monate", "2years"),
    ("24months", "2years"),
    ("2jahre", "2years"),
    ("36monate", "3years"),
    ("36months", "3years"),
    ("3jahre", "3years"),
    ("alle18monate", "18months"),
    ("alle2jahre", "2years"),
    ("zweijahrlich", "2years"),
    ("alle3jahre", "3years"),
    ("dreijahrlich", "3years"),
];
const PER: &[(&str, &str)] = &[
    ("user", "unit"),
    ("peruser", "unit"),
    ("license", "unit"),
    ("stuck", "unit"),
    ("platz", "unit"),
    ("lizenz", "unit"),
    ("prostuck", "unit"),
    ("prolizenz", "unit"),
    ("jelizenz", "unit"),
    ("unite", "unit"),
    ("siege", "unit"),
    ("parunite", "unit"),
    ("total", "lot"),
    ("gesamt", "lot"),
    ("pauschal", "lot"),
    ("alle", "lot"),
    ("global", "lot"),
    ("forfait", "lot"),
];
const PRORATION: &[(&str, &str)] = &[
    ("keine", "none"),
    ("aucun", "none"),
    ("aucune", "none"),
    ("taglich", "daily"),
    ("taggenau", "daily"),
    ("parjour", "daily"),
];
const UNLIMITED: &[&str] = &["unbegrenzt", "unlimitiert", "illimite"];
const SAID_YES: &[&str] = &["yes", "y", "true", "1", "x", "ja", "j", "wahr", "oui", "o", "vrai"];
const SAID_NO: &[&str] = &["", "no", "n", "false", "0", "nein", "falsch", "non", "faux"];

/// What is wrong with a cell, a predicate, and what mends it.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) predicate: String,
    pub(super) repair: Repair,
}

fn refused<T>(repair: Repair, predicate: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { predicate: predicate.into(), repair })
}

/// The value for a field of the form, or what is wrong with it.
pub(super) fn value(name: &str, field: Field, cell: &Cell, habits: Habits) -> Result<String, Refusal> {
    match cell.kind {
        Kind::NoResult => {
            return refused(
                Repair::SaveResults,
                "holds a formula whose result was not saved: open the file in a spreadsheet program and save it, or write \
                 the value",
            );
        }
        Kind::Merged if matches!(field, Field::Quantity | Field::Cost) && name != "unlimited" => {
            return refused(
                Repair::Unmerge,
                "stands in a cell that is merged over several rows: write into each row what it has",
            );
        }
        Kind::Fault => {
            return refused(Repair::MendFault, format!("holds the error {}: correct it in the file", cell.text));
        }
        Kind::Text | Kind::Stored | Kind::Merged => {}
    }
    let text = unescaped(&cell.text);
    let typed = cell.kind == Kind::Text;
    let worded = name == "fallback"
        || matches!(field, Field::Quantity | Field::Every | Field::Per | Field::Proration | Field::AutoRenews);
    let short = if worded { plain(text) } else { String::new() };
    let known = |words: &[(&str, &'static str)]| {
        let found = words.iter().find(|(word, _)| *word == short).map(|(_, meant)| *meant);
        found.map_or_else(|| text.to_owned(), str::to_owned)
    };
    Ok(match field {
        _ if matches!(name, "unlimited" | "auto_renews" | "fallback") => return said(&short),
        Field::Quantity if UNLIMITED.contains(&short.as_str()) => "unlimited".to_owned(),
        Field::Every => known(EVERY),
        Field::Per => known(PER),
        Field::Proration => known(PRORATION),
        Field::Cost | Field::Extra | Field::MinimumPayment | Field::MinimumTerm if typed => {
            habits.comma.map_or_else(|| text.to_owned(), |comma| amount(text, comma))
        }
        Field::From | Field::Until | Field::TrueUp if typed => {
            habits.day_first.and_then(|first| day(text, first)).unwrap_or_else(|| text.to_owned())
        }
        _ => text.to_owned(),
    })
}

fn said(short: &str) -> Result<String, Refusal> {
    if SAID_YES.contains(&short) {
        Ok(YES.to_owned())
    } else if SAID_NO.contains(&short) {
        Ok(NO.to_owned())
    } else {
        refused(Repair::Correct, "must be yes or no")
    }
}

/// Our own CSV files put an apostrophe before what a spreadsheet would run; it is no part of the text.
fn unescaped(text: &str) -> &str {
    let bare = text.strip_prefix('\'');
    bare.filter(|bare| crate::export::harmless(std::borrow::Cow::Borrowed(bare)) == text).unwrap_or(text)
}

/// A number whose decimal separator is known, written so that no doubt remains.
fn amount(text: &str, comma: bool) -> String {
    let (point, group) = if comma { (',', '.') } else { ('.', ',') };
    let kept: String = text.chars().filter(|c| *c != group).map(|c| if c == point { '.' } else { c }).collect();
    undoubted(&kept)
}

/// Three decimals look like thousands: a fourth settles it.
pub(super) fn undoubted(number: &str) -> String {
    let decimals = number.rsplit_once('.').map(|(_, decimals)| decimals);
    let three = decimals.is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if three { format!("{number}0") } else { number.to_owned() }
}

/// A date of three numbers whose order is known, as `YYYY-MM-DD`.
pub(super) fn day(text: &str, day_first: bool) -> Option<String> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let &[first, second, year] = parts.as_slice() else { return None };
    let digits = |part: &str, most: usize| part.len() <= most && part.parse::<u16>().is_ok();
    if year.len() != 4 || !digits(year, 4) || !digits(first, 2) || !digits(second, 2) {
        return None;
    }
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, field: Field, text: &str, habits: Habits) -> String {
        value(name, field, &Cell::text(text), habits).unwrap()
    }

    #[test]
    fn words_of_other_languages_become_those_of_the_form_and_others_stay() {
        let habits = Habits::default();
        for (field, text, expected) in [
            (Field::Every, "jährlich", "year"),
            (Field::Every, "Trimestriel", "quarter"),
            (Field::Every, "fortnightly", "fortnightly"),
            (Field::Per, "pro Lizenz", "unit"),
            (Field::Per, "pauschal", "lot"),
            (Field::Quantity, "unbegrenzt", "unlimited"),
            (Field::Quantity, "1.200", "1.200"),
            (Field::Note, "'=1+1", "=1+1"),
            (Field::Note, "'tis", "'tis"),
        ] {
            assert_eq!(told("", field, text, habits), expected, "{text}");
        }
        assert_eq!(told("auto_renews", Field::AutoRenews, "Oui", habits), YES);
        assert_eq!(told("auto_renews", Field::AutoRenews, "", habits), NO);
        assert!(value("unlimited", Field::Quantity, &Cell::text("maybe"), habits).is_err());
    }

    #[test]
    fn a_known_habit_leaves_no_doubt() {
        let comma = Habits { comma: Some(true), day_first: Some(true) };
        assert_eq!(told("", Field::Cost, "1.234", comma), "1234");
        assert_eq!(told("", Field::Cost, "1.234,50", comma), "1234.50");
        assert_eq!(told("", Field::Cost, "€ 0,125", comma), "€ 0.1250");
        assert_eq!(told("", Field::From, "1.4.2026", comma), "2026-04-01");
        assert_eq!(told("", Field::From, "2026-04-01", comma), "2026-04-01");
        let point = Habits { comma: Some(false), day_first: Some(false) };
        assert_eq!(told("", Field::Cost, "1,234.50", point), "1234.50");
        assert_eq!(told("", Field::Until, "04/01/2026", point), "2026-04-01");
    }
}
