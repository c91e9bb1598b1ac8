//! Cost by month, quarter or fiscal year, by days (accrual) or by payments (cash); parts equal the whole exactly.
//! Absent on purpose: drawing it.

use std::collections::HashMap;

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::adding::{Total, sum};
use crate::beyond::Beyond;
use crate::counts::Counts;
use crate::facts::PurchaseFacts;
use crate::fee::{Fee, FeeId};
use crate::fiscal::Bucket;
use crate::installments::{installments, terms_without_double_days};
use crate::money::{Currency, Exact, Money};
use crate::payment::Charged;
use crate::purchase::{Purchase, PurchaseId, Term};
use crate::rates::{Exchange, MissingRate};
use crate::rule::Rule;
use crate::spend::listed;
use crate::type_names::TypeNames;

mod beyond_seats;
mod by_accounts;
mod converted;
mod explain;
mod payments;
mod shown;
mod spread;

pub use explain::Reasons;
pub use payments::Payments;
pub use shown::Shown;

use by_accounts::ByAccounts;
use converted::RatesInUse;

/// What a period is charged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The days of a payment's service that lie in it.
    Accrual,
    /// The payments that are due in it.
    Cash,
}

impl Basis {
    /// Its rule.
    pub fn rule(self) -> Rule {
        match self {
            Self::Accrual => Rule::Accrual,
            Self::Cash => Rule::Cash,
        }
    }
}

/// What a table is made of.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// By days or by payments.
    pub basis: Basis,
    /// All purchases of the app.
    pub purchases: &'a [Purchase],
    /// The fees to include.
    pub fees: &'a [Fee],
    /// Keys of the license types that are marked free: their purchases cost nothing.
    pub free: &'a [&'a str],
    /// What license types are called.
    pub names: TypeNames<'a>,
    /// The periods, in order and without holes.
    pub buckets: &'a [Bucket],
    /// How amounts are brought into the base currency; without it they stay in their own.
    pub exchange: Option<Exchange<'a>>,
    /// The accounts that unlimited seats at a price per unit are paid for, without which such purchases are left out, and
    /// that seats beyond the purchased ones are charged for, where that is agreed.
    pub counts: Option<&'a Counts>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// A purchase.
    Purchase(PurchaseId),
    /// A fee.
    Fee(FeeId),
}

/// A purchase or a fee, period by period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub source: Source,
    /// What to call it.
    pub label: String,
    /// Key of the license type; `None` for a fee.
    pub license_type: Option<String>,
    /// The currency of its cells.
    pub currency: Currency,
    /// What it costs in each period, exactly; `None` where that cannot be known.
    pub cells: Vec<Option<Exact>>,
    /// Why cells have no amount.
    pub caveat: Option<String>,
    /// The last rate that would have been needed: the periods without an amount have no total then.
    pub missing: Option<MissingRate>,
}

/// Cost by period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// By days or by payments.
    pub basis: Basis,
    /// The periods.
    pub buckets: Vec<Bucket>,
    /// Purchases by license type and first day, then fees.
    pub rows: Vec<Row>,
    /// What each period costs; `None` where a rate is missing or currencies cannot be added.
    pub totals: Vec<Option<Money>>,
    /// What all of them cost together.
    pub total: Option<Money>,
    /// What the totals leave out, or why there are none.
    pub caveats: Vec<String>,
}

/// One purchase or fee with the term that counts.
struct Line<'a> {
    source: Source,
    label: String,
    license_type: Option<&'a str>,
    currency: Currency,
    charged: Charged<'a>,
    term: Term,
    of: Entered<'a>,
}

/// What a line was made of.
#[derive(Clone, Copy)]
enum Entered<'a> {
    Purchase(&'a Purchase),
    Fee(&'a Fee),
}

impl Line<'_> {
    /// The facts of the purchase or the fee, called as the line is.
    fn facts(&self) -> PurchaseFacts {
        let facts = match self.of {
            Entered::Purchase(purchase) => PurchaseFacts::from(purchase),
            Entered::Fee(fee) => fee.facts(),
        };
        PurchaseFacts { label: self.label.clone(), ..facts }
    }
}

/// All of them, and for accounts beyond the seats what is in force when.
struct Lines<'a> {
    all: Vec<Line<'a>>,
    /// By license type, with the places of its purchases in their order there.
    beyond: HashMap<&'a str, (Vec<usize>, Beyond)>,
}

impl<'a> Lines<'a> {
    fn new(all: Vec<Line<'a>>) -> Self {
        Self { beyond: beyond_seats::by_type(&all), all }
    }

    /// The line among those of its license type; terms to come have no identity of their own.
    fn beyond(&self, line: &Line) -> Option<(usize, &Beyond)> {
        let (places, beyond) = self.beyond.get(line.license_type?)?;
        let own = |place: &usize| self.all.get(*place).is_some_and(|other| std::ptr::eq(other, line));
        Some((places.iter().position(own)?, beyond))
    }
}

/// Makes the table. The order of the purchases does not matter.
pub fn table(wanted: &Wanted) -> Table {
    let mut caveats = Vec::new();
    let mut rates = RatesInUse::new(wanted.exchange);
    let lines = Lines::new(lines(wanted));
    let rows: Vec<Row> = lines.all.iter().map(|line| row(line, &lines, wanted, &mut rates, &mut caveats)).collect();
    let totals = totals(&rows, wanted.buckets.len(), wanted.exchange.map(|exchange| exchange.base));
    if let currencies @ [_, _, ..] = paid_in(&rows).as_slice() {
        let names: Vec<&str> = currencies.iter().map(|currency| currency.code()).collect();
        caveats.push(format!("Amounts are in {}: without an exchange rate they cannot be added.", listed(&names)));
    }
    caveats.sort();
    caveats.dedup();
    let total = totals.iter().cloned().collect::<Option<Vec<Money>>>().and_then(|totals| {
        let currency = totals.first()?.currency;
        Some(Money { amount: sum(totals.iter().map(|total| &total.amount)), currency })
    });
    Table { basis: wanted.basis, buckets: wanted.buckets.to_vec(), rows, totals, total, caveats }
}

fn lines<'a>(wanted: &Wanted<'a>) -> Vec<Line<'a>> {
    let mut lines = of_purchases(wanted.purchases, wanted.names);
    lines.retain(|line| line.license_type.is_none_or(|key| !wanted.free.contains(&key)));
    lines.sort_by(|one, other| {
        (one.license_type, one.term.from, one.source).cmp(&(other.license_type, other.term.from, other.source))
    });
    let mut fees: Vec<&Fee> = wanted.fees.iter().collect();
    fees.sort_by_key(|fee| fee.id);
    lines.extend(fees.into_iter().map(of_fee));
    lines
}

fn of_purchases<'a>(purchases: &'a [Purchase], names: TypeNames) -> Vec<Line<'a>> {
    let terms = terms_without_double_days(purchases);
    purchases.iter().zip(terms).map(|(purchase, term)| of_purchase(purchase, term, names)).collect()
}

fn of_purchase<'a>(purchase: &'a Purchase, term: Term, names: TypeNames) -> Line<'a> {
    let named = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
    let label = named.map_or_else(|| format!("Purchase of {}", names.of(&purchase.license_type)), Clone::clone);
    Line {
        source: Source::Purchase(purchase.id),
        label,
        license_type: Some(&purchase.license_type),
        currency: purchase.currency,
        charged: Charged { term: Some(term), ..Charged::from(purchase) },
        term,
        of: Entered::Purchase(purchase),
    }
}

fn of_fee(fee: &Fee) -> Line<'_> {
    Line {
        source: Source::Fee(fee.id),
        label: fee.name.clone(),
        license_type: None,
        currency: fee.currency,
        charged: fee.charged(),
        term: fee.term,
        of: Entered::Fee(fee),
    }
}

/// `None` while the price is unknown, or depends on accounts that nobody counted.
fn paid(line: &Line, lines: &Lines, wanted: &Wanted) -> Option<ByAccounts> {
    let (first, last) = (wanted.buckets.first()?, wanted.buckets.last()?);
    paid_within(line, lines, wanted.counts, (first.from, last.end))
}

fn paid_within(line: &Line, lines: &Lines, counts: Option<&Counts>, range: (Date, Date)) -> Option<ByAccounts> {
    let Some(mut known) = installments(&line.charged, range.0, range.1).map(ByAccounts::known) else {
        return by_accounts::paid(line, &lines.all, counts?, range);
    };
    if let Some(counts) = counts {
        beyond_seats::add(&mut known, line, lines, counts, range);
    }
    Some(known)
}

fn row(line: &Line, lines: &Lines, wanted: &Wanted, rates: &mut RatesInUse, caveats: &mut Vec<String>) -> Row {
    let mut row = Row {
        source: line.source,
        label: line.label.clone(),
        license_type: line.license_type.map(str::to_owned),
        currency: line.currency,
        cells: vec![None; wanted.buckets.len()],
        caveat: None,
        missing: None,
    };
    let touched = wanted
        .buckets
        .first()
        .zip(wanted.buckets.last())
        .is_some_and(|(first, last)| line.term.from < last.end && line.term.end.is_none_or(|end| first.from < end));
    let Some(paid) = paid(line, lines, wanted) else {
        let why = if line.charged.is_priced() { "depends on the accounts" } else { "has no price" };
        let caveat = format!("{} {why}: not included.", line.label);
        if touched {
            caveats.push(caveat.clone());
        }
        row.caveat = Some(caveat);
        return row;
    };
    let uncounted = |bucket: &Bucket| paid.is_uncounted(line, bucket, wanted.basis == Basis::Cash);
    let left_out = paid.uncounted(&row.label).filter(|_| wanted.buckets.iter().any(&uncounted));
    let said: Vec<String> = left_out.into_iter().chain(paid.said.iter().filter(|_| touched).cloned()).collect();
    if !said.is_empty() {
        row.caveat = Some(said.join(" "));
        caveats.extend(row.caveat.clone());
    }
    if let Some(exchange) = wanted.exchange {
        row.currency = exchange.base;
    }
    let cells = rates.cells(line, &paid.paid, wanted);
    for ((cell, amount), bucket) in row.cells.iter_mut().zip(cells).zip(wanted.buckets) {
        if uncounted(bucket) {
            continue;
        }
        match amount {
            Ok(amount) => *cell = Some(amount),
            Err(missing) => {
                caveats.push(missing.to_string());
                row.caveat = Some(missing.to_string());
                row.missing = Some(missing);
            }
        }
    }
    row
}

/// A cell that is not known because its price is not is left out; one whose rate is missing blocks its total.
fn totals(rows: &[Row], buckets: usize, base: Option<Currency>) -> Vec<Option<Money>> {
    let mut currencies = paid_in(rows);
    let currency = base.or(currencies.pop()).filter(|_| currencies.is_empty());
    let total = |index: usize| {
        let mut sum = Total::default();
        for row in rows {
            match row.cells.get(index)? {
                Some(cell) => sum.add(cell),
                None if row.missing.is_some() => return None,
                None => {}
            }
        }
        Some(Money { amount: sum.into_exact(), currency: currency? })
    };
    (0..buckets).map(total).collect()
}

/// The currencies in which something is to be paid.
fn paid_in(rows: &[Row]) -> Vec<Currency> {
    let paid = rows.iter().filter(|row| row.cells.iter().flatten().any(|cell| !cell.is_zero()));
    let mut currencies: Vec<Currency> = paid.map(|row| row.currency).collect();
    currencies.sort_unstable_by_key(|currency| currency.code());
    currencies.dedup();
    currencies
}
