//! The purchase form: from everything as typed to a purchase, or to what is wrong with each field, in words; and back.
//! Absent on purpose: which license types exist, other purchases, today.

use jiff::civil::Date;

use crate::facts::{Cost, PurchaseFacts};
use crate::money::Currency;
use crate::paperwork::Paperwork;
use crate::purchase::{Purchase, PurchaseId, Quantity, Term};

mod conditions;
mod doubts;
mod field;
mod input;
mod others;
mod paperwork;
mod percents;
mod read;
mod rows;
mod words;

pub use conditions::{ConditionsInput, MOST_LIFE_MONTHS, MOST_UPLIFT, to_conditions_input};
pub use field::Field;
pub use input::{PurchaseInput, to_input};
pub use others::{
    FeeInput, InvoiceInput, RateInput, Read, parse_fee, parse_invoice, parse_rate, to_fee_input, to_rate_input,
};
pub use paperwork::{
    MOST_DOCUMENTS, PaperworkInput, documents_text, parse_address, parse_documents, to_paperwork_input,
};
pub use percents::{parse_percent, percent_word};
pub use rows::{
    discounts_text, matches_text, packs_text, parse_discounts, parse_matches, parse_packs, parse_tiers, tiers_text,
};
pub use words::{
    every_word, parse_every, parse_per, parse_proration, parse_rate_kind, parse_rate_policy, per_word, proration_word,
    rate_kind_word, rate_policy_word,
};

use read::Reader;

/// A term longer than this many years is doubted.
pub const LONG_TERM_YEARS: u8 = 5;

/// The longest notice period that is believed, in days.
pub const MOST_NOTICE_DAYS: u16 = 3650;

/// What a form means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The purchase, when nothing is wrong. Its id is 0, and its license type is the text as typed.
    pub purchase: Option<Purchase>,
    /// What must be changed, in the order of the fields.
    pub problems: Vec<(Field, String)>,
    /// What is allowed but doubtful, or how an ambiguous entry was understood.
    pub warnings: Vec<(Field, String)>,
    /// What could be read so far: enough for a live sentence while other fields are still wrong.
    pub facts: PurchaseFacts,
}

/// Reads the form; an empty currency means `default`.
pub fn parse(input: &PurchaseInput, default: Currency) -> Parsed {
    parse_part(input, default, None)
}

/// The same of a part of a contract: its true-up may be any day of the whole.
pub fn parse_part(input: &PurchaseInput, default: Currency, contract: Option<Term>) -> Parsed {
    let mut reader = Reader::default();
    let license_type = reader.needed_text(Field::LicenseType, &input.license_type);
    let name = reader.text(Field::Name, &input.name);
    let po = reader.text(Field::Po, &input.po);
    let quantity = reader.quantity(input);
    let currency = reader.currency(&input.currency, default);
    let cost = reader.cost(input, currency);
    let frequency = reader.frequency(&input.every);
    let term = reader.term(input);
    let proration = reader.proration(&input.proration);
    let notice_days = reader.notice_days(&input.notice_days);
    let note = reader.note(&input.note);
    let conditions = conditions::read(&input.conditions, currency, &mut reader);
    let paperwork = paperwork::read(&input.paperwork, &mut reader);
    let facts = PurchaseFacts {
        id: None,
        label: if name.is_empty() { po.clone() } else { name.clone() },
        quantity,
        cost,
        currency,
        frequency,
        from: term.map(|term| term.from),
        end: term.and_then(|term| term.end),
        proration: proration.unwrap_or_default(),
        notice_days,
        conditions,
    };
    conditions::check(&facts, contract, &mut reader);
    doubts::find(&facts, input.auto_renews, &mut reader);
    let Reader { problems, warnings } = reader;
    let whole = Whole { license_type, name, po, note, auto_renews: input.auto_renews, paperwork };
    let purchase = if problems.is_empty() { whole.purchase(&facts) } else { None };
    Parsed { purchase, problems, warnings, facts }
}

/// The parts of a purchase that say nothing about its cost.
struct Whole {
    license_type: String,
    name: String,
    po: String,
    note: String,
    auto_renews: bool,
    paperwork: Paperwork,
}

impl Whole {
    fn purchase(self, facts: &PurchaseFacts) -> Option<Purchase> {
        let price = match facts.cost {
            Cost::Missing => return None,
            Cost::Unknown => None,
            Cost::Known(price) => Some(price),
        };
        Some(Purchase {
            id: PurchaseId(0),
            license_type: self.license_type,
            name: self.name,
            po: self.po,
            quantity: facts.quantity?,
            price,
            currency: facts.currency?,
            frequency: facts.frequency?,
            term: facts.term()?,
            proration: facts.proration,
            auto_renews: self.auto_renews,
            notice_days: facts.notice_days,
            note: self.note,
            conditions: facts.conditions.clone(),
            paperwork: self.paperwork,
        })
    }
}

/// Reads the last day with which a purchase is to end: the term that it then has, or what is wrong with the day.
pub fn parse_last_day(text: &str, from: Date) -> Result<Term, String> {
    let mut reader = Reader::default();
    let end = reader.needed_last_day(text, from);
    match reader.problems.into_iter().next() {
        Some((_, problem)) => Err(problem),
        None => Ok(Term { from, end }),
    }
}

/// Seats as typed: "unlimited" may be said in the field or beside it.
fn says_unlimited(input: &PurchaseInput) -> Option<Quantity> {
    let said = matches!(input.quantity.trim().to_lowercase().as_str(), "unlimited" | "∞");
    (input.unlimited || said).then_some(Quantity::Unlimited)
}
