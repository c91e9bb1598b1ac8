//! Spend over time: the ledger's table by license type, in the screens' words.
//! Absent on purpose: arithmetic beyond adding what is shown.

use ledger::{Basis, Bucket, Currency, Exact, Grain, Reasons, Shown, Source, Table, TypeNames, Wanted, display_amount};

use crate::activity::Types;
use crate::burn_down::burn_down;
use crate::error::{Error, Result};
use crate::inputs::Inputs;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::figure;
use crate::tone;
use crate::view::figure::{Figure, Money};
use crate::view::over_time::{Period, PeriodRow, SpendCellRequest, SpendOverTime, SpendOverTimeRequest};

/// Periods beyond this are no table that anybody reads.
const MOST_PERIODS: usize = 600;

/// The row of the fees.
const FEES: &str = "fees";

/// What was asked for, understood.
struct Asked {
    basis: Basis,
    buckets: Vec<Bucket>,
}

impl Seatledger {
    /// Spend by month, quarter or fiscal year.
    pub fn spend_over_time(&self, request: &SpendOverTimeRequest) -> Result<SpendOverTime> {
        let app = self.app(&request.app)?;
        let (inputs, types) = (self.inputs(&app)?, self.types(&app)?);
        let asked = self.asked(request, &inputs)?;
        let (free, names) = (inputs.free(), inputs.names());
        let table = with_known_zeros(ledger::table(&wanted(&asked, &inputs, &free, &names)), inputs.base);
        let shown = table.shown();
        let total = total(&table, &shown);
        let range = range(&asked.buckets);
        Ok(SpendOverTime {
            app: app.slug,
            by: request.by.clone(),
            basis: request.basis.clone(),
            title: title(&table, &shown, &total, &range),
            subtitle: format!("Spend by license type, {}, {range}", basis_words(asked.basis)),
            currency: currency(&table).map(|currency| currency.code().to_owned()),
            periods: asked.buckets.iter().map(period).collect(),
            rows: rows(&table, &shown, &types),
            others: others(&table, &shown, &types),
            totals: shown.totals.iter().map(|total| amount(total.as_ref(), currency(&table))).collect(),
            total,
            burn_down: burn_down(self.today()?, &inputs),
            caveats: table.caveats,
        })
    }

    /// Why a cell, or the total of a period, of a row or of all, is what it is.
    pub fn spend_cell(&self, request: &SpendCellRequest) -> Result<Figure> {
        let app = self.app(&request.table.app)?;
        let (inputs, types) = (self.inputs(&app)?, self.types(&app)?);
        let asked = self.asked(&request.table, &inputs)?;
        let (free, names) = (inputs.free(), inputs.names());
        let wanted = wanted(&asked, &inputs, &free, &names);
        let table = with_known_zeros(ledger::table(&wanted), inputs.base);
        let shown = table.shown();
        let reasons = Reasons::new(&table, &shown, &wanted);
        let refused = |value: String, expected| Error::NotAllowed { value, expected };
        let no_period = |period: u32| refused(period.to_string(), "a period of this table, from 0");
        let bucket = match request.period {
            None => None,
            Some(period) => Some(
                usize::try_from(period)
                    .ok()
                    .filter(|period| *period < table.buckets.len())
                    .ok_or_else(|| no_period(period))?,
            ),
        };
        let named = match request.row.as_deref() {
            None => None,
            Some(FEES) => Some((own(&table, None).collect::<Vec<usize>>(), "Fees".to_owned())),
            Some(asked) => {
                let known = types.find(asked).ok_or_else(|| types.refused(&app, asked))?;
                Some((own(&table, Some(known.key.as_str())).collect(), known.name.clone()))
            }
        };
        let line = match (named, bucket) {
            (None, None) => Some(reasons.all()),
            (None, Some(bucket)) => reasons.period(bucket),
            (Some((rows, name)), None) => reasons.rows_in_all(&rows, &name),
            (Some((rows, name)), Some(bucket)) => reasons.rows_in(&rows, bucket, &name),
        };
        line.map(|line| figure(&line)).ok_or_else(|| no_period(request.period.unwrap_or_default()))
    }
}

impl Rooms {
    /// The whole periods that hold the days; without days those of the current fiscal year.
    fn asked(&self, request: &SpendOverTimeRequest, inputs: &Inputs) -> Result<Asked> {
        let basis = basis(&request.basis)?;
        let grain = grain(&request.by)?;
        let year = self.today()?;
        let whole = inputs.fiscal.buckets(Grain::FiscalYear, year, year.saturating_add(jiff::Span::new().days(1)));
        let whole = whole.first().map_or((year, year), |whole| (whole.from, whole.end.yesterday().unwrap_or(year)));
        let from = request.from.as_deref().map_or(Ok(None), |text| crate::activity::day(text).map(Some))?;
        let to = request.to.as_deref().map_or(Ok(None), |text| crate::activity::day(text).map(Some))?;
        let (from, to) = match (from, to) {
            (None, None) => whole,
            (Some(from), None) => (from, from.max(whole.1)),
            (None, Some(to)) => (whole.0.min(to), to),
            (Some(from), Some(to)) => (from, to),
        };
        let refused = |expected| Err(Error::NotAllowed { value: to.to_string(), expected });
        if to < from {
            return refused("on or after the first day");
        }
        if i64::from(to.year()) - i64::from(from.year()) > 50 {
            return refused("within 50 years of the first day");
        }
        let buckets = inputs.fiscal.buckets(grain, from, to.tomorrow().unwrap_or(to));
        if buckets.len() > MOST_PERIODS + 12 {
            return refused("within 50 years of the first day");
        }
        Ok(Asked { basis, buckets })
    }
}

fn wanted<'a>(
    asked: &'a Asked,
    inputs: &'a Inputs,
    free: &'a [&'a str],
    names: &'a [(&'a str, &'a str)],
) -> Wanted<'a> {
    Wanted {
        basis: asked.basis,
        purchases: &inputs.purchases,
        fees: &inputs.table_fees,
        free,
        names: TypeNames(names),
        buckets: &asked.buckets,
        exchange: inputs.exchange(),
        counts: inputs.counts.as_ref(),
    }
}

/// Where nothing at all is paid, and nothing is unknown, no purchase tells the currency of the 0: it is known all the same.
pub(crate) fn with_known_zeros(mut table: Table, base: Currency) -> Table {
    let zero = ledger::money::whole(0);
    let known = |row: &ledger::Row| row.cells.iter().all(|cell| cell.as_ref() == Some(&zero));
    if table.totals.iter().all(Option::is_none) && table.rows.iter().all(known) {
        let currency = currency(&table).unwrap_or(base);
        let nothing = ledger::Money { amount: zero, currency };
        table.totals.fill(Some(nothing.clone()));
        table.total = Some(nothing);
    }
    table
}

pub(crate) fn basis(word: &str) -> Result<Basis> {
    match word {
        "accrual" => Ok(Basis::Accrual),
        "cash" => Ok(Basis::Cash),
        _ => Err(Error::NotAllowed { value: word.to_owned(), expected: "one of accrual and cash" }),
    }
}

pub(crate) fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Accrual => "by days of service",
        Basis::Cash => "by payment dates",
    }
}

fn grain(word: &str) -> Result<Grain> {
    match word {
        "month" => Ok(Grain::Month),
        "quarter" => Ok(Grain::Quarter),
        "fiscal-year" => Ok(Grain::FiscalYear),
        _ => Err(Error::NotAllowed { value: word.to_owned(), expected: "one of month, quarter and fiscal-year" }),
    }
}

pub(crate) fn period(bucket: &Bucket) -> Period {
    Period {
        label: bucket.label.clone(),
        from: bucket.from.to_string(),
        to: bucket.end.yesterday().unwrap_or(bucket.end).to_string(),
    }
}

/// "Jan 2026 to Dec 2026", "2026".
pub(crate) fn range(buckets: &[Bucket]) -> String {
    match (buckets.first(), buckets.last()) {
        (Some(first), Some(last)) if first.label != last.label => format!("{} to {}", first.label, last.label),
        (Some(only), _) => only.label.clone(),
        (None, _) => String::new(),
    }
}

/// The one currency of the rows.
pub(crate) fn currency(table: &Table) -> Option<Currency> {
    let known = table.totals.iter().flatten().next().map(|total| total.currency);
    known.or_else(|| {
        let first = table.rows.first()?.currency;
        table.rows.iter().all(|row| row.currency == first).then_some(first)
    })
}

pub(crate) fn amount(amount: Option<&Exact>, currency: Option<Currency>) -> Option<Money> {
    let currency = currency?;
    Some(Money { amount: display_amount(amount?, currency), currency: currency.code().to_owned() })
}

/// All periods together, with each of them as a part. The parts of a period are told when it is asked for.
pub(crate) fn total(table: &Table, shown: &Shown) -> Figure {
    figure(&table.all_in_short(shown))
}

/// The rows of a license type, or of the fees.
fn own<'a>(table: &'a Table, license_type: Option<&'a str>) -> impl Iterator<Item = usize> + 'a {
    let is_own = move |index: &usize| {
        table.rows.get(*index).is_some_and(|row| match license_type {
            Some(key) => row.license_type.as_deref() == Some(key),
            None => matches!(row.source, Source::Fee(_)),
        })
    };
    (0..table.rows.len()).filter(is_own)
}

fn rows(table: &Table, shown: &Shown, types: &Types) -> Vec<PeriodRow> {
    let mut keys: Vec<Option<&str>> = table.rows.iter().map(|row| row.license_type.as_deref()).collect();
    let place = |key: &str| types.0.iter().position(|known| known.key.as_str() == key).unwrap_or(usize::MAX);
    keys.sort_by_key(|key| key.map_or((true, 0, ""), |key| (false, place(key), key)));
    keys.dedup();
    keys.into_iter().filter_map(|key| row(table, shown, types, key)).collect()
}

/// The rows of license types without a color of their own, added up; `None` where at most one of them costs something.
fn others(table: &Table, shown: &Shown, types: &Types) -> Option<PeriodRow> {
    let colored = tone::colored(types);
    let other =
        |license_type: &Option<String>| license_type.as_ref().is_some_and(|key| !colored.contains(&key.as_str()));
    let rows = rows(table, shown, types);
    let several = rows.iter().filter(|row| other(&row.license_type)).count();
    if several < 2 {
        return None;
    }
    let of_others = |index: &usize| table.rows.get(*index).is_some_and(|row| other(&row.license_type));
    let own: Vec<usize> = (0..table.rows.len()).filter(of_others).collect();
    let added = added(table, shown, &own)?;
    Some(PeriodRow { name: format!("Other ({several})"), ..added })
}

/// A license type's purchases added up; `None` when they cost nothing in any period.
fn row(table: &Table, shown: &Shown, types: &Types, license_type: Option<&str>) -> Option<PeriodRow> {
    let own: Vec<usize> = own(table, license_type).collect();
    let name = license_type.map_or_else(|| "Fees".to_owned(), |key| named(types, key));
    Some(PeriodRow { license_type: license_type.map(str::to_owned), name, ..added(table, shown, &own)? })
}

/// Rows of the table added up, still without a name; `None` when they cost nothing in any period.
fn added(table: &Table, shown: &Shown, own: &[usize]) -> Option<PeriodRow> {
    let mut currencies = own.iter().filter_map(|index| table.rows.get(*index)).map(|row| row.currency);
    let first = currencies.next()?;
    let currency = currencies.all(|other| other == first).then_some(first);
    let cell = |bucket: usize| {
        let amounts = own.iter().filter_map(|index| shown.cells.get(*index)?.get(bucket)?.as_ref());
        amounts.fold(None, |sum: Option<Exact>, amount| Some(sum.map_or_else(|| amount.clone(), |sum| sum + amount)))
    };
    let cells: Vec<Option<Exact>> = (0..table.buckets.len()).map(cell).collect();
    let caveats = own.iter().filter_map(|index| table.rows.get(*index)?.caveat.clone());
    let mut caveats: Vec<String> = caveats.filter(|caveat| table.caveats.contains(caveat)).collect();
    caveats.dedup();
    let zero = ledger::money::whole(0);
    if caveats.is_empty() && cells.iter().all(|cell| cell.as_ref().is_none_or(|cell| *cell == zero)) {
        return None;
    }
    let total = cells.iter().all(Option::is_some).then(|| cells.iter().flatten().sum::<Exact>());
    Some(PeriodRow {
        license_type: None,
        name: String::new(),
        cells: cells.iter().map(|cell| amount(cell.as_ref(), currency)).collect(),
        total: amount(total.as_ref(), currency),
        caveats,
    })
}

fn named(types: &Types, key: &str) -> String {
    types.0.iter().find(|known| known.key.as_str() == key).map_or_else(|| key.to_owned(), |known| known.name.clone())
}

fn title(table: &Table, shown: &Shown, total: &Figure, range: &str) -> String {
    let zero = ledger::money::whole(0);
    let most = shown.totals.iter().zip(&table.buckets).filter_map(|(total, bucket)| Some((total.as_ref()?, bucket)));
    // The first of several that cost the same.
    let most = most.rev().max_by(|(one, _), (other, _)| one.cmp(other));
    match (&shown.total, most) {
        (None, _) => format!("The spend from {range} cannot be told"),
        (Some(total), _) if *total == zero => format!("Nothing is spent in {range}"),
        (Some(_), Some((_, bucket))) if table.buckets.len() > 1 => {
            format!("{} in {range}, the most in {}", total.because.result, bucket.label)
        }
        (Some(_), _) => format!("{} in {range}", total.because.result),
    }
}
