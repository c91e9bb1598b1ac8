//! The forms of a fee, a rate and an invoice: from everything as typed to the thing, or to what is wrong with each field.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::amount::parse_amount;
use crate::calendar::{end_after, last_day};
use crate::conditions::Conditions;
use crate::day::{DateError, iso, parse_day};
use crate::fee::{Fee, FeeId};
use crate::fiscal::{FiscalYear, Grain};
use crate::form::read::Reader;
use crate::form::words::{amount_text, every_word, parse_rate_kind, proration_word, rate_kind_word};
use crate::form::{Field, PurchaseInput};
use crate::invoice::{Invoice, InvoiceId};
use crate::money::Currency;
use crate::purchase::{PurchaseId, Term};
use crate::rates::{Rate, RateError, RateKind};

/// What another form means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The thing, when nothing is wrong.
    pub found: Option<T>,
    /// What must be changed, in the order of the fields.
    pub problems: Vec<(Field, String)>,
    /// How an ambiguous entry was understood.
    pub warnings: Vec<(Field, String)>,
}

impl<T> Read<T> {
    fn new(found: Option<T>, reader: Reader) -> Self {
        let Reader { problems, warnings } = reader;
        Self { found: found.filter(|_| problems.is_empty()), problems, warnings }
    }
}

/// Every field of the fee form as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeeInput {
    /// What it is for.
    pub name: String,
    /// Amount.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
    /// As for a purchase.
    pub every: String,
    /// First day.
    pub from: String,
    /// Last day, inclusive; empty for open-ended.
    pub until: String,
    /// As for a purchase.
    pub proration: String,
    /// Part of the annual spend.
    pub in_annual_spend: bool,
    /// Part of the cost per account.
    pub in_cost_per_account: bool,
    /// Notes.
    pub note: String,
}

/// Reads the fee form; an empty currency means `default`. The fee's id is 0.
pub fn parse_fee(input: &FeeInput, default: Currency) -> Read<Fee> {
    let mut reader = Reader::default();
    let name = reader.text(Field::Name, &input.name);
    if name.is_empty() {
        reader.refuse(Field::Name, "must not be empty: say what the fee is for");
    }
    let currency = reader.currency(&input.currency, default);
    let amount = currency.and_then(|currency| amount(&mut reader, &input.amount, currency));
    let frequency = reader.frequency(&input.every);
    let dates = PurchaseInput { from: input.from.clone(), until: input.until.clone(), ..PurchaseInput::default() };
    let term = reader.term(&dates);
    let proration = reader.proration(&input.proration);
    let note = reader.note(&input.note);
    let fee = || {
        Some(Fee {
            id: FeeId(0),
            name,
            amount: amount?,
            currency: currency?,
            frequency: frequency?,
            term: term?,
            proration: proration?,
            in_annual_spend: input.in_annual_spend,
            in_cost_per_account: input.in_cost_per_account,
            note,
            conditions: Conditions::default(),
        })
    };
    Read::new(fee(), reader)
}

/// The form that makes exactly this fee.
pub fn to_fee_input(fee: &Fee) -> FeeInput {
    FeeInput {
        name: fee.name.clone(),
        amount: amount_text(fee.amount, fee.currency),
        currency: fee.currency.code().to_owned(),
        every: every_word(fee.frequency).to_owned(),
        from: iso(fee.term.from),
        until: last_day(&fee.term).map(iso).unwrap_or_default(),
        proration: proration_word(fee.proration).to_owned(),
        in_annual_spend: fee.in_annual_spend,
        in_cost_per_account: fee.in_cost_per_account,
        note: fee.note.clone(),
    }
}

fn amount(reader: &mut Reader, text: &str, currency: Currency) -> Option<Decimal> {
    let read = reader.read(Field::Amount, parse_amount(text, currency))?;
    if let Some(echo) = &read.echo {
        reader.doubt(Field::Amount, format!("Amount is understood as {echo}."));
    }
    Some(read.value)
}

/// Every field of the rate form as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RateInput {
    /// ISO 4217 code.
    pub from: String,
    /// ISO 4217 code.
    pub to: String,
    /// `day`, `month-average` or `budget`; empty for `day`.
    pub kind: String,
    /// Its day; for a month's average any day of the month, or `2026-11`; for a budget rate its first day.
    pub day: String,
    /// The last day of a budget rate; empty for the end of its fiscal year.
    pub until: String,
    /// How many units of `to` one unit of `from` is worth.
    pub rate: String,
    /// Where it comes from.
    pub source: String,
}

/// Reads the rate form.
pub fn parse_rate(input: &RateInput, fiscal: FiscalYear) -> Read<Rate> {
    let mut reader = Reader::default();
    let from = code(&mut reader, Field::RateFrom, &input.from);
    let to = code(&mut reader, Field::RateTo, &input.to);
    let one_of = "must be one of day, month-average, budget";
    let kind = reader.read(Field::Kind, parse_rate_kind(&input.kind).ok_or(one_of));
    let day = reader.read(Field::Day, rate_day(kind, &input.day));
    let end = match (kind, day) {
        (Some(RateKind::Budget), Some(day)) if input.until.trim().is_empty() => fiscal_end(fiscal, day),
        (Some(RateKind::Budget), Some(day)) => reader.last_day(&input.until, Some(day)),
        _ => None,
    };
    let number = reader.read(Field::Rate, rate_number(&input.rate));
    let source = reader.text(Field::Source, &input.source);
    let rate = || Some(Rate { from: from?, to: to?, kind: kind?, day: day?, end, rate: number?, source });
    let rate = rate();
    match rate.as_ref().map(Rate::check) {
        Some(Err(error @ RateError::SameCurrency(_))) => reader.refuse(Field::RateTo, error),
        // A last day that cannot be read was refused already.
        Some(Err(RateError::OtherDays)) if !reader.problems.is_empty() => {}
        Some(Err(error)) => reader.refuse(Field::Rate, error),
        Some(Ok(())) | None => {}
    }
    Read::new(rate, reader)
}

/// The form that makes exactly this rate.
pub fn to_rate_input(rate: &Rate) -> RateInput {
    RateInput {
        from: rate.from.code().to_owned(),
        to: rate.to.code().to_owned(),
        kind: rate_kind_word(rate.kind).to_owned(),
        day: iso(rate.day),
        until: rate.end.map(|end| iso(end.yesterday().unwrap_or(end))).unwrap_or_default(),
        rate: rate.rate.to_string(),
        source: rate.source.clone(),
    }
}

/// A month may be typed without a day; its average is of its first day.
fn rate_day(kind: Option<RateKind>, text: &str) -> Result<Date, DateError> {
    if kind != Some(RateKind::MonthAverage) {
        return parse_day(text);
    }
    let text = text.trim();
    let whole = parse_day(&format!("{text}-01")).or_else(|_| parse_day(&format!("1 {text}")));
    whole.or_else(|_| parse_day(text)).map(Date::first_of_month)
}

/// The end of the fiscal year that holds the day.
fn fiscal_end(fiscal: FiscalYear, day: Date) -> Option<Date> {
    fiscal.buckets(Grain::FiscalYear, day, end_after(day)).first().map(|year| year.end)
}

fn code(reader: &mut Reader, field: Field, text: &str) -> Option<Currency> {
    let unknown = format!("\"{}\" is not known: use a code of three letters like USD or EUR", text.trim());
    reader.read(field, Currency::from_code(text).ok_or(unknown))
}

/// Digits with one decimal point or comma; a rate of 0 is refused by the rate itself.
fn rate_number(text: &str) -> Result<Decimal, String> {
    let text = text.trim();
    let (units, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let believed = !(units.is_empty() && decimals.is_empty()) && units.len() <= 9 && decimals.len() <= 12;
    if !believed || !digits(units) || !digits(decimals) {
        let negative = text.starts_with(['-', '\u{2212}']);
        return Err(if negative {
            RateError::NotPositive.to_string()
        } else {
            "must be a number like 1.0842".to_owned()
        });
    }
    // A lone comma before three digits separates thousands in an amount: it does not quietly mean another thing here.
    if text.contains(',') && decimals.len() == 3 && (1..=3).contains(&units.len()) && !units.starts_with('0') {
        return Err(format!("could be {units}.{decimals} or {units}{decimals}: write one of the two, without a comma"));
    }
    let point = if decimals.is_empty() { "" } else { "." };
    format!("0{units}{point}{decimals}").parse::<Decimal>().map_err(|_| "must be a number like 1.0842".to_owned())
}

/// Every field of the invoice form as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvoiceInput {
    /// The vendor's number.
    pub number: String,
    /// Its day.
    pub day: String,
    /// Amount before tax; with a minus for a credit note.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
    /// First day that it bills; empty for its day.
    pub from: String,
    /// Last day that it bills, inclusive; empty for its first day.
    pub until: String,
}

/// Reads the form of an invoice of the purchase; an empty currency means `default`. The invoice's id is 0.
pub fn parse_invoice(input: &InvoiceInput, purchase: PurchaseId, default: Currency) -> Read<Invoice> {
    let mut reader = Reader::default();
    let number = reader.text(Field::Number, &input.number);
    if number.is_empty() {
        reader.refuse(Field::Number, "must not be empty: copy it from the invoice");
    }
    let day = reader.read(Field::Day, parse_day(&input.day));
    let currency = reader.currency(&input.currency, default);
    let amount = currency.and_then(|currency| signed(&mut reader, &input.amount, currency));
    let from = if input.from.trim().is_empty() { day } else { reader.read(Field::From, parse_day(&input.from)) };
    let end = from.and_then(|from| reader.last_day(&input.until, Some(from)));
    let period = |from: Date| Term { from, end };
    let invoice = || {
        let (period, id) = (period(from?), InvoiceId(0));
        Some(Invoice { id, number, day: day?, amount: amount?, currency: currency?, period, purchase })
    };
    Read::new(invoice(), reader)
}

fn signed(reader: &mut Reader, text: &str, currency: Currency) -> Option<Decimal> {
    match text.trim().strip_prefix(['-', '\u{2212}']) {
        Some(credit) => amount(reader, credit, currency).and_then(|amount| Decimal::ZERO.checked_sub(amount)),
        None => amount(reader, text, currency),
    }
}
