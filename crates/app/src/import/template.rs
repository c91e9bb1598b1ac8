//! A file to start from: the headings that are understood without a mapping, and one row as an example.

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;

use super::fields::named;
use crate::condition_rows::{CONDITION_COLUMNS, PAPERWORK_COLUMNS};
use crate::error::Result;
use crate::export::{Cell, Tabular, template};
use crate::joined::joined;
use crate::view::roster::Exported;

/// What each field may hold, for the sheet that explains.
const ABOUT: &[(&str, &str)] = &[
    ("license_type", "Key or name of a license type; one that does not exist yet is added."),
    ("quantity", "Seats: a whole number, or unlimited."),
    ("cost", "What is paid each time. Empty: not known, which is not 0."),
    ("per", "unit: each seat. lot: all seats together."),
    ("currency", "ISO 4217 code. Empty: the default currency of the settings."),
    ("every", "once, month, quarter, 6months, year, 18months, 2years, 3years."),
    ("from", "First day, like 2026-04-01."),
    ("until", "Last day, included. Empty: open-ended."),
    ("proration", "none, daily, whole-month-up, whole-month-down. Empty: none."),
    ("auto_renews", "yes or no."),
    ("notice_days", "Days before the end by which notice must be given."),
    ("shape", "flat, graduated, volume or base-fee. Empty: flat."),
    ("tiers", "For graduated and volume, in place of a cost: 1-10: 9.00; 11+: 8.00."),
    ("included", "Seats that a base fee includes."),
    ("extra", "Price of a seat beyond the included ones."),
    ("packs", "In which numbers seats are sold: 10, or 3, 5, 10, then +10."),
    ("discounts", "One after the other: 25% partner; 5% of list; 100.00 goodwill."),
    ("tax", "Percent, like 19%."),
    ("minimum_payment", "The least that each payment is."),
    ("minimum_term", "The least that the whole term costs."),
    ("overage", "Seats beyond the purchased ones: contract, or a price of one. Empty: not agreed."),
    ("true_up", "The day from which they are charged. Empty: from when they are held."),
    ("overage_proration", "none, daily, whole-month-up, whole-month-down. Empty: daily."),
    ("uplift", "Percent by which the price rises at a renewal."),
    ("cap", "Percent by which it may rise at most."),
    ("renewal_seats", "Seats that are planned for the term that follows. Empty: as many as now."),
    ("once", "What a price paid once is spread over: term, date, or 36 months. Empty: term."),
    ("pays_for", "Whom it pays for: department: Sales; cost center: 4711; group: Labs; email: @lab.example."),
    ("fallback", "yes: it also pays for everybody whom no purchase names."),
    ("owner", "Name or e-mail address of who is responsible."),
    ("reminder", "The e-mail address that is reminded of the renewal."),
    (
        "documents",
        "Links or paths, each with a name: Order form = https://acme.example/order.pdf; Terms = S:\\terms.pdf.",
    ),
];

/// Saves it as what the path ends in.
pub(super) fn save(path: &Path, made: Timestamp) -> Result<Exported> {
    let workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let about = ABOUT.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
    template((path, made), if workbook { "xlsx" } else { "csv" }, about, &Example)
}

struct Example;

/// What every purchase has, before its conditions.
const OWN: [&str; 14] = [
    "license_type",
    "name",
    "po",
    "quantity",
    "cost",
    "per",
    "currency",
    "every",
    "from",
    "until",
    "proration",
    "auto_renews",
    "notice_days",
    "note",
];

impl Tabular for Example {
    const COLUMNS: &'static [&'static str] =
        &joined::<_, 32, 3, 35>(&joined::<_, 14, 18, 32>(&OWN, &CONDITION_COLUMNS), &PAPERWORK_COLUMNS);

    fn cell(&self, column: &str) -> Cell<'_> {
        let example = named(column).map_or("", |target| target.example);
        let text = Cow::Borrowed(example);
        match column {
            _ if example.is_empty() => Cell::Null,
            "quantity" | "notice_days" => Cell::Digits(text),
            "cost" => Cell::Amount(text, Cow::Borrowed("USD")),
            "from" | "until" => Cell::Day(text),
            _ => Cell::Plain(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::TARGETS;
    use super::*;

    #[test]
    fn the_template_has_a_column_for_every_field_but_unlimited() {
        let fields: Vec<_> = TARGETS.iter().map(|target| target.name).filter(|name| *name != "unlimited").collect();
        assert_eq!(Example::COLUMNS, fields);
    }
}
