//! Each row as the purchase form would understand it, and why not. The ledger's form decides; this only fills it in.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use ledger::form::{self, Parsed};
use ledger::{Currency, DateError, Field, OverageFrom, Purchase, PurchaseFacts, PurchaseInput, Term, parse_day};
use roster::LicenseKey;
use store::LicenseType;

use super::called;
use super::error::ImportError;
use super::fields::{self, Target};
use super::grid::{Cell, Kind, Row};
use super::matching::{self, Entered, Said};
use super::reading::Reading;
use super::repairs::Repair;
use super::words::{self, Habits, Refusal};
use crate::activity::Types;
use crate::view::import::ImportMapping;

/// A row does not tell the contract that it is a part of.
const ALWAYS: Term = Term { from: Date::MIN, end: None };

/// What rows of totals begin with, as [`called::plain`] leaves it.
const TOTALS: [&str; 14] = [
    "total",
    "totals",
    "grandtotal",
    "subtotal",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "zwischensumme",
    "endsumme",
    "somme",
    "totalgeneral",
    "soustotal",
];

/// Where the text of a field comes from.
struct Origin {
    target: &'static Target,
    column: Option<usize>,
    otherwise: Cell,
}

impl Origin {
    fn cell<'a>(&'a self, row: &'a Row) -> &'a Cell {
        self.column.and_then(|column| row.cell(column)).unwrap_or(&self.otherwise)
    }

    fn text<'a>(&'a self, row: &'a Row) -> &'a str {
        self.cell(row).text.trim()
    }
}

/// What is wrong or doubtful about a field: its name, its column, a sentence, and what mends it where it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) field: &'static str,
    pub(super) column: Option<usize>,
    pub(super) message: String,
    pub(super) repair: Repair,
}

/// A row as understood.
pub(super) struct Understood {
    pub(super) number: u64,
    pub(super) input: PurchaseInput,
    /// What could be read: enough for a sentence, which only the rows that are shown need.
    pub(super) facts: PurchaseFacts,
    /// With the key of its license type, unless there are problems.
    pub(super) purchase: Option<Purchase>,
    /// The purchase that it is found to be.
    pub(super) entered: Entered,
    pub(super) problems: Vec<Remark>,
    pub(super) warnings: Vec<Remark>,
}

/// What rows are compared with, and what they add.
pub(super) struct Reader<'a> {
    origins: Vec<Origin>,
    /// What the file tells of a purchase.
    pub(super) said: Said,
    habits: Habits,
    default: Currency,
    types: &'a Types,
    seen: HashMap<String, u64>,
    /// License types that accepted rows name and that do not exist yet.
    pub(super) new_types: Vec<LicenseType>,
    new_keys: HashSet<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        reading: &Reading,
        mapping: &[ImportMapping],
        types: &'a Types,
        default: Currency,
    ) -> Result<Self, ImportError> {
        let columns = reading.headings()?.columns.len();
        let origins: Vec<Origin> = mapping.iter().map(|one| origin(one, columns)).collect::<Result<_, _>>()?;
        let filled = |origin: &&Origin| origin.column.is_some() || !origin.otherwise.text.is_empty();
        let said = Said::of(origins.iter().filter(filled).map(|origin| origin.target.name));
        Ok(Self {
            origins,
            said,
            habits: reading.habits,
            default,
            types,
            seen: HashMap::new(),
            new_types: Vec::new(),
            new_keys: HashSet::new(),
        })
    }

    /// Understands the next row.
    pub(super) fn read(&mut self, row: &Row) -> Understood {
        let mut input = PurchaseInput::default();
        let mut problems = Vec::new();
        for origin in &self.origins {
            let cell = origin.cell(row);
            let target = origin.target;
            match words::value(target.name, target.field, cell, self.habits) {
                Ok(text) => (target.fill)(&mut input, text),
                Err(Refusal { predicate, repair }) => problems.push(Remark {
                    field: target.name,
                    column: origin.column,
                    message: format!("{} {predicate}", target.field.label()),
                    repair,
                }),
            }
        }
        let parsed = form::parse_part(&input, self.default, Some(ALWAYS));
        let stopped: Vec<Field> =
            problems.iter().filter_map(|remark| fields::named(remark.field)).map(|target| target.field).collect();
        let remarks = |found: &[(Field, String)]| {
            let told = found.iter().filter(|(field, _)| !stopped.contains(field));
            told.map(|(field, message)| self.remark(*field, message.clone(), self.repair(*field, row)))
                .collect::<Vec<_>>()
        };
        problems.extend(remarks(&parsed.problems));
        let mut warnings = remarks(&parsed.warnings);
        if is_elsewhere(&parsed.facts) {
            let why = "No day of this term: right only for a contract whose price changed within it.".to_owned();
            warnings.push(self.remark(Field::TrueUp, why, Repair::Correct));
        }
        let facts = parsed.facts.clone();
        let purchase =
            if problems.is_empty() { self.accepted(row, parsed, &mut problems, &mut warnings) } else { None };
        Understood { number: row.number, input, facts, purchase, entered: Entered::Not, problems, warnings }
    }

    fn remark(&self, field: Field, message: String, repair: Repair) -> Remark {
        let origin = self.origins.iter().find(|origin| origin.target.field == field && origin.column.is_some());
        Remark { field: field.name(), column: origin.and_then(|origin| origin.column), message, repair }
    }

    /// What mends a field that the form refuses.
    fn repair(&self, field: Field, row: &Row) -> Repair {
        // Whether it is unlimited is no quantity: a field beside this one fills nothing.
        let own = self.origins.iter().find(|origin| origin.target.name == field.name());
        match own.map_or("", |origin| origin.text(row)) {
            "" => Repair::Fill,
            day if matches!(parse_day(day), Err(DateError::Ambiguous { .. })) => Repair::DateOrder,
            _ => Repair::Correct,
        }
    }

    /// The purchase with its license type settled.
    fn accepted(
        &mut self,
        row: &Row,
        parsed: Parsed,
        problems: &mut Vec<Remark>,
        warnings: &mut Vec<Remark>,
    ) -> Option<Purchase> {
        let mut purchase = parsed.purchase?;
        let typed = std::mem::take(&mut purchase.license_type);
        let known = self.types.find(&typed).map(|known| known.key.clone());
        if known.is_none() && TOTALS.contains(&called::plain(&typed).as_str()) {
            let why = format!(
                "\"{}\" looks like a row of totals, which would count the rows above once more: take it out of the file. If it \
                 is a license type, add a purchase of it first",
                typed.trim()
            );
            problems.push(self.remark(Field::LicenseType, why, Repair::TakeOut));
            return None;
        }
        let Some(key) = known.clone().or_else(|| LicenseKey::new(&typed)) else {
            let why = "Name the license type with letters or digits".to_owned();
            problems.push(self.remark(Field::LicenseType, why, Repair::Correct));
            return None;
        };
        purchase.license_type = key.to_string();
        if let Some(before) = self.seen.insert(matching::likeness(&purchase, &self.said), row.number) {
            let same = format!("The row says the same as row {before}.");
            warnings.push(self.remark(Field::LicenseType, same, Repair::Correct));
        }
        if known.is_none() {
            let message = "No member holds this license type. Importing adds it.".to_owned();
            warnings.push(self.remark(Field::LicenseType, message, Repair::Correct));
            if self.new_keys.insert(key.to_string()) {
                let name = typed.trim().to_owned();
                self.new_types.push(LicenseType { key, name, billable: true, free: false, rank: None });
            }
        }
        Some(purchase)
    }
}

/// Whether a true-up lies outside of the term.
fn is_elsewhere(facts: &PurchaseFacts) -> bool {
    let charged = facts.conditions.overage.map(|overage| overage.charged);
    let Some((OverageFrom::TrueUp(day), term)) = charged.zip(facts.term()) else { return false };
    !term.covers(day)
}

fn origin(mapping: &ImportMapping, columns: usize) -> Result<Origin, ImportError> {
    let unknown = || ImportError::Mapping(format!("There is no field called \"{}\"", mapping.field));
    let target = fields::named(&mapping.field).ok_or_else(unknown)?;
    let column = mapping.column.map(|column| column as usize);
    if let Some(column) = column.filter(|column| *column >= columns) {
        return Err(ImportError::Mapping(format!(
            "The file has no column {} for {}",
            column + 1,
            target.field.label()
        )));
    }
    let otherwise = Cell { text: mapping.value.trim().into(), kind: Kind::Text };
    Ok(Origin { target, column, otherwise })
}
