//! Refused rows by the repair that they need: many rows are often refused for one reason, and one choice mends them all.

use std::collections::BTreeMap;

use super::fields::{self, label};
use super::rows::Understood;
use crate::view::import::{ImportMapping, ImportRemedy, ImportRepair};
use crate::words::{counted, grouped};

/// Rows of a repair that are told by their numbers.
const MOST_NUMBERS: usize = 500;
/// Runs of rows ("7–12") that a sentence tells.
const MOST_RUNS: usize = 12;

/// What mends what is wrong with a field, in the order in which people can do most about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Repair {
    /// Nothing stands where something is needed: a column, or one value for all rows.
    Fill,
    /// Days that can be read in two ways: the order of their parts.
    DateOrder,
    /// A formula whose result was not saved.
    SaveResults,
    /// A number that is merged over several rows.
    Unmerge,
    /// An error of a formula.
    MendFault,
    /// A row of totals.
    TakeOut,
    /// Several purchases, or several rows, of one identity.
    TellApart,
    /// Anything else is wrong with the cell itself.
    Correct,
}

impl Repair {
    /// The name in requests, with the field's after a colon.
    fn name(self, field: &str) -> String {
        let word = match self {
            Self::Fill => "fill",
            Self::DateOrder => "date-order",
            Self::SaveResults => "save-results",
            Self::Unmerge => "unmerge",
            Self::MendFault => "mend-fault",
            Self::TakeOut => "take-out",
            Self::TellApart => "tell-apart",
            Self::Correct => "correct",
        };
        format!("{word}:{field}")
    }

    /// What is the matter, and what to do about it.
    fn sentence(self, label: &str, mapped: bool) -> String {
        match self {
            Self::Fill if mapped => {
                format!("{label} is missing – fill in the empty cells, or choose one value for them all")
            }
            Self::Fill => format!("{label} is missing – choose a column for it, or one value for all rows"),
            Self::DateOrder => {
                format!("{label} can be read in two ways – choose whether the day or the month comes first")
            }
            Self::SaveResults => format!(
                "{label} is a formula whose result was not saved – open the file in a spreadsheet program and save it"
            ),
            Self::Unmerge => {
                format!("{label} stands in a cell merged over several rows – write into each row what it has")
            }
            Self::MendFault => format!("{label} holds an error of a formula – correct it in the file"),
            Self::TakeOut => "it looks like a row of totals – take it out of the file".to_owned(),
            Self::TellApart => {
                "it cannot be told which purchase changes – give each its own purchase identifier".to_owned()
            }
            Self::Correct => format!("{label} cannot be used as it is – correct the cells"),
        }
    }

    fn remedy(self) -> ImportRemedy {
        match self {
            Self::Fill => ImportRemedy::Value,
            Self::DateOrder => ImportRemedy::DateOrder,
            _ => ImportRemedy::File,
        }
    }
}

/// The name of the repair that a problem needs.
pub(super) fn named(repair: Repair, field: &str) -> String {
    repair.name(field)
}

/// The repairs that the refused rows need, those that most rows need first.
pub(super) fn of(rows: &[Understood], mapping: &[ImportMapping]) -> Vec<ImportRepair> {
    let mut found: BTreeMap<(Repair, usize), Vec<u64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.purchase.is_none()) {
        for problem in &row.problems {
            let place = fields::TARGETS.iter().position(|target| target.name == problem.field);
            let Some(place) = place else { continue };
            let numbers = found.entry((problem.repair, place)).or_default();
            // A row may have two problems of one kind.
            if numbers.last() != Some(&row.number) {
                numbers.push(row.number);
            }
        }
    }
    let view = |((repair, place), numbers): ((Repair, usize), Vec<u64>)| {
        let target = fields::TARGETS.get(place)?;
        let mapped = mapping.iter().any(|one| one.field == target.name && one.column.is_some());
        let rows = numbers.len() as u64;
        let sentence = repair.sentence(label(target), mapped);
        Some(ImportRepair {
            repair: repair.name(target.name),
            field: target.name.to_owned(),
            remedy: repair.remedy(),
            rows,
            sentence: format!("{}: {sentence}.", counted(rows, "row", "rows")),
            told: told(&numbers),
            numbers: numbers.into_iter().take(MOST_NUMBERS).collect(),
        })
    };
    let mut repairs: Vec<ImportRepair> = found.into_iter().filter_map(view).collect();
    repairs.sort_by_key(|repair| std::cmp::Reverse(repair.rows));
    repairs
}

/// "Row 5", "Rows 5, 7–12 and 20", "Rows 5, 7, … and 88 more".
fn told(numbers: &[u64]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let said = runs.iter().take(MOST_RUNS).map(|(first, last)| match last - first {
        0 => grouped(*first),
        1 => format!("{}, {}", grouped(*first), grouped(*last)),
        _ => format!("{}–{}", grouped(*first), grouped(*last)),
    });
    let left: u64 = runs.iter().skip(MOST_RUNS).map(|(first, last)| last - first + 1).sum();
    let more = if left > 0 { format!(" and {} more", grouped(left)) } else { String::new() };
    let which = if numbers.len() == 1 { "Row" } else { "Rows" };
    format!("{which} {}{more}", said.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn rows_are_told_in_runs_and_many_of_them_are_counted() {
        assert_eq!(told(&[5]), "Row 5");
        assert_eq!(told(&[5, 7, 8, 9, 20, 21]), "Rows 5, 7–9, 20, 21");
        let odd: Vec<u64> = (0..20).map(|one| one * 2 + 1).collect();
        assert_eq!(told(&odd), "Rows 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 8 more");
    }
}
