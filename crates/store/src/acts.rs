//! The one log of what people did to purchases, license types, fees, invoices, rates, headcounts, scenarios and last activity. An act writes all of its rows or none, and is
//! taken back as a whole (`undo`). Absent on purpose: overwriting; every row is one more version.

use jiff::Timestamp;
use ledger::{Fee, FeeId, Headcount, Invoice, InvoiceId, Purchase, PurchaseId, Rate, RateKind, RatePolicy, day_text};
use rusqlite::{Connection, params};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::counting::{self, Counting};
use crate::headcounts::HeadcountId;
use crate::license_types::LicenseType;
use crate::rates::RateId;
use crate::{Store, StoreError, fees, headcounts, invoices, license_types, purchases, rate_policy, rates, scenarios};

/// What kind of act it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// Something new was entered.
    Add,
    /// Something was typed anew: a mistake was corrected.
    Edit,
    /// A purchase was given its last day.
    End,
    /// Something was deleted.
    Delete,
    /// A purchase was continued at its end.
    Renew,
    /// A purchase was entered once more.
    Duplicate,
    /// Seats were added that end with a purchase.
    CoTerminate,
    /// A purchase or a fee was ended and continued at another price.
    PriceChange,
    /// Many were taken from a file.
    Import,
    /// A rate was changed that figures rest on.
    Restate,
}

/// Why a version of a purchase or a fee was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A mistake was corrected.
    Correction,
    /// The price changed on a day.
    PriceChange,
}

/// An act about to be done.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// The app; `None` for the organisation's own: its rates and headcounts.
    pub app: Option<AppId>,
    /// Its kind.
    pub kind: ActKind,
    /// What is said of it after its verb; `None` for what its last entry is called.
    pub words: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// One thing that an act writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A purchase under a new id, and the one that it continues.
    AddPurchase(Purchase, Option<PurchaseId>),
    /// The purchase that has this one's id.
    ReplacePurchase(Purchase),
    /// A purchase goes.
    DeletePurchase(PurchaseId),
    /// A fee under a new id, and the one that it continues.
    AddFee(Fee, Option<FeeId>),
    /// The fee that has this one's id.
    ReplaceFee(Fee),
    /// A fee goes.
    DeleteFee(FeeId),
    /// An invoice under a new id.
    AddInvoice(Invoice),
    /// The invoice that has this one's id.
    ReplaceInvoice(Invoice),
    /// An invoice goes.
    DeleteInvoice(InvoiceId),
    /// A rate under a new id.
    AddRate(Rate),
    /// The rate of this id.
    ReplaceRate(RateId, Rate),
    /// A rate goes.
    DeleteRate(RateId),
    /// Which rates serve figures.
    ChooseRates(RatePolicy),
    /// A headcount under a new id.
    AddHeadcount(Headcount),
    /// The headcount of this id.
    ReplaceHeadcount(HeadcountId, Headcount),
    /// A headcount goes.
    DeleteHeadcount(HeadcountId),
    /// A license type, unless there is one of its key.
    AddLicenseType(LicenseType),
    /// What a person says of the license type of this key, in place of what the roster or the connector said.
    ChangeLicenseType(LicenseType),
    /// A scenario by its name, in place of the one of that name.
    SaveScenario {
        /// In whatever case; the last one stays.
        name: String,
        /// What it says; the caller knows how.
        body: String,
    },
    /// The scenario of this name goes.
    DeleteScenario(String),
    /// How the app's accounts are counted.
    ChooseCounting(Counting),
}

/// The act that rows are being written for.
pub(crate) struct Acting {
    pub(crate) act: i64,
    pub(crate) app: Option<AppId>,
    pub(crate) kind: ActKind,
}

impl ActKind {
    const WORDS: [(Self, &'static str, &'static str); 10] = [
        (Self::Add, "add", "Add"),
        (Self::Edit, "edit", "Edit"),
        (Self::End, "end", "End"),
        (Self::Delete, "delete", "Delete"),
        (Self::Renew, "renew", "Renew"),
        (Self::Duplicate, "duplicate", "Duplicate"),
        (Self::CoTerminate, "co-terminate", "Co-terminate"),
        (Self::PriceChange, "price-change", "Change the price of"),
        (Self::Import, "import", "Import"),
        (Self::Restate, "restate", "Restate"),
    ];

    fn words(self) -> (&'static str, &'static str) {
        let found = Self::WORDS.iter().find(|(kind, ..)| *kind == self);
        found.map_or(("edit", "Edit"), |(_, word, verb)| (word, verb))
    }

    /// Why an act of this kind writes a version of a purchase or a fee, where that is more than its kind.
    pub(crate) fn reason(self) -> Option<Reason> {
        match self {
            Self::Edit => Some(Reason::Correction),
            Self::PriceChange => Some(Reason::PriceChange),
            _ => None,
        }
    }
}

impl Reason {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::PriceChange => "price-change",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Correction, Self::PriceChange].into_iter().find(|reason| reason.word() == word)
    }
}

impl Acting {
    /// The app, for rows that belong to one.
    pub(crate) fn own_app(&self) -> Result<AppId, StoreError> {
        self.app.ok_or(StoreError::NoSuchApp)
    }
}

impl Store {
    /// Does an act: all of its entries or none. Gives the id of each, in their order.
    pub fn act(&self, act: &Act<'_>, entries: &[Entry]) -> Result<Vec<i64>, StoreError> {
        self.write(|writing| perform(writing, act, entries))
    }
}

/// Does an act within a transaction that does more.
pub(crate) fn perform(writing: &Connection, act: &Act<'_>, entries: &[Entry]) -> Result<Vec<i64>, StoreError> {
    let Some(last) = entries.last() else { return Ok(Vec::new()) };
    let (kind, verb) = act.kind.words();
    let words = match act.words {
        Some(words) => format!("{verb} {words}"),
        None => format!("{verb} {}", called(writing, act.app, last, entries)?),
    };
    let number = record(writing, act.app, act.at, kind, &words, None)?;
    let acting = Acting { act: number, app: act.app, kind: act.kind };
    entries.iter().map(|entry| keep(writing, &acting, entry)).collect()
}

/// Adds the act to the log and gives its number.
pub(crate) fn record(
    writing: &Connection,
    app: Option<AppId>,
    at: Timestamp,
    kind: &str,
    words: &str,
    undoes: Option<i64>,
) -> Result<i64, StoreError> {
    writing
        .prepare_cached("INSERT INTO act (app, at, kind, words, undoes) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![app.map(|app| app.0), Instant(at), kind, words, undoes])?;
    Ok(writing.last_insert_rowid())
}

fn keep(writing: &Connection, acting: &Acting, entry: &Entry) -> Result<i64, StoreError> {
    match entry {
        Entry::AddPurchase(purchase, succeeds) => purchases::add(writing, acting, purchase, *succeeds),
        Entry::ReplacePurchase(purchase) => purchases::replace(writing, acting, purchase),
        Entry::DeletePurchase(id) => purchases::delete(writing, acting, *id),
        Entry::AddFee(fee, succeeds) => fees::add(writing, acting, fee, *succeeds),
        Entry::ReplaceFee(fee) => fees::replace(writing, acting, fee),
        Entry::DeleteFee(id) => fees::delete(writing, acting, *id),
        Entry::AddInvoice(invoice) => invoices::add(writing, acting, invoice),
        Entry::ReplaceInvoice(invoice) => invoices::replace(writing, acting, invoice),
        Entry::DeleteInvoice(id) => invoices::delete(writing, acting, *id),
        Entry::AddRate(rate) => rates::add(writing, acting, rate),
        Entry::ReplaceRate(id, rate) => rates::replace(writing, acting, *id, rate),
        Entry::DeleteRate(id) => rates::delete(writing, acting, *id),
        Entry::ChooseRates(policy) => rate_policy::set(writing, acting, *policy),
        Entry::AddHeadcount(headcount) => headcounts::add(writing, acting, *headcount),
        Entry::ReplaceHeadcount(id, headcount) => headcounts::replace(writing, acting, *id, *headcount),
        Entry::DeleteHeadcount(id) => headcounts::delete(writing, acting, *id),
        Entry::AddLicenseType(new) => license_types::add(writing, acting, new),
        Entry::ChangeLicenseType(changed) => license_types::change(writing, acting, changed),
        Entry::SaveScenario { name, body } => scenarios::save(writing, acting, name, body),
        Entry::DeleteScenario(name) => scenarios::delete(writing, acting, name),
        Entry::ChooseCounting(counting) => counting::set(writing, acting, *counting),
    }
}

/// What the log calls the thing that an entry writes.
fn called(writing: &Connection, app: Option<AppId>, entry: &Entry, entries: &[Entry]) -> Result<String, StoreError> {
    let own = || app.ok_or(StoreError::NoSuchApp);
    Ok(match entry {
        Entry::AddPurchase(purchase, _) | Entry::ReplacePurchase(purchase) => {
            // A license type that comes with it is not there yet.
            let new = entries.iter().find_map(|entry| match entry {
                Entry::AddLicenseType(new) if new.key.as_str() == purchase.license_type => Some(new.name.as_str()),
                _ => None,
            });
            match new {
                Some(name) => purchases::called_as(name, purchase),
                None => purchases::called(writing, own()?, purchase)?,
            }
        }
        Entry::DeletePurchase(id) => purchases::called(writing, own()?, &purchases::current(writing, own()?, *id)?.0)?,
        Entry::AddFee(fee, _) | Entry::ReplaceFee(fee) => format!("fee {}", fee.name),
        Entry::DeleteFee(id) => format!("fee {}", fees::current(writing, own()?, *id)?.name),
        Entry::AddInvoice(invoice) | Entry::ReplaceInvoice(invoice) => format!("invoice {}", invoice.number),
        Entry::DeleteInvoice(id) => format!("invoice {}", invoices::current(writing, own()?, *id)?.number),
        Entry::AddRate(rate) | Entry::ReplaceRate(_, rate) => rate_called(rate),
        Entry::DeleteRate(id) => rate_called(&rates::current(writing, *id)?),
        Entry::ChooseRates(_) => "the choice of exchange rates".to_owned(),
        Entry::AddHeadcount(headcount) | Entry::ReplaceHeadcount(_, headcount) => headcount_called(*headcount),
        Entry::DeleteHeadcount(id) => headcount_called(headcounts::current(writing, *id)?),
        Entry::AddLicenseType(license) | Entry::ChangeLicenseType(license) => format!("license type {}", license.name),
        Entry::SaveScenario { name, .. } | Entry::DeleteScenario(name) => format!("scenario {name}"),
        Entry::ChooseCounting(_) => "how accounts are counted".to_owned(),
    })
}

fn rate_called(rate: &Rate) -> String {
    let of = if rate.kind == RateKind::Day { "of " } else { "" };
    format!("rate {} to {} {of}{}", rate.from, rate.to, rate.when())
}

/// "headcount 250 of 1 Nov 2026".
fn headcount_called(headcount: Headcount) -> String {
    format!("headcount {} of {}", ledger::format::count(headcount.people.into()), day_text(headcount.day))
}
