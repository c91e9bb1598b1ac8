//! Why the amounts of a table are what they are: cells, rows, periods, and all of them. Made when they are asked for, one
//! by one: a table has many cells.

use std::cell::OnceCell;

use num_traits::Zero as _;

use crate::because::{self, Because, amount_step, line};
use crate::calendar::days_between;
use crate::day::day_text;
use crate::explain::payment_step;
use crate::fiscal::Bucket;
use crate::forecast::Priced;
use crate::format::{count, counted, exact_amount, rounded_from, sentence_amount};
use crate::installments::Installment;
use crate::money::{Currency, Exact, Money, ratio};
use crate::rates::Found;
use crate::remainders::{Remainders, remainders};
use crate::rule::Rule;
use crate::table::by_accounts::ByAccounts;
use crate::table::{Basis, Line, Lines, Shown, Source, Table, Wanted, converted, lines, paid};

/// What is said of a period without any amount.
const NOTHING: &str = "Nothing in this period";

/// More periods than that are told by their number.
const MOST_TERMS: u64 = 24;

/// The reasons of one table. Amounts are those that are shown.
pub struct Reasons<'a> {
    table: &'a Table,
    shown: &'a Shown,
    wanted: &'a Wanted<'a>,
    /// What the rows are made of; found out when a cell is asked for.
    made: OnceCell<Vec<(Line<'a>, Option<ByAccounts>)>>,
    prices: Vec<Priced>,
}

impl<'a> Reasons<'a> {
    /// `wanted` is what the table was made of, `shown` what is shown of it.
    pub fn new(table: &'a Table, shown: &'a Shown, wanted: &'a Wanted<'a>) -> Self {
        Self { table, shown, wanted, made: OnceCell::new(), prices: Vec::new() }
    }

    /// With the reasons of prices that are not those of a purchase as it was entered.
    #[must_use]
    pub fn with_prices(self, prices: Vec<Priced>) -> Self {
        Self { prices, ..self }
    }

    /// Why a cell is what it is: its payments and their days.
    pub fn cell(&self, row: usize, bucket: usize) -> Option<because::Line> {
        let (rows, told) = self.column(bucket);
        let how = rows.iter().position(|known| *known == row).and_then(|at| told.parts.get(at)?.clone());
        self.cell_as_shown(row, bucket, how)
    }

    /// Why rows cost together what they do in a period: each of them.
    pub fn rows_in(&self, rows: &[usize], bucket: usize, name: &str) -> Option<because::Line> {
        let of = self.table.buckets.get(bucket)?;
        let (known, told) = self.column(bucket);
        let how = |row: usize| {
            known.iter().position(|known| *known == row).and_then(|at| told.parts.get(at).cloned().flatten())
        };
        let cells = rows.iter().filter_map(|row| Some((*row, self.shown_cell(*row, bucket)?)));
        let cells: Vec<(usize, &Exact)> = cells.collect();
        let parts = cells.iter().filter(|(_, amount)| !amount.is_zero());
        let parts = parts.filter_map(|(row, _)| self.cell_as_shown(*row, bucket, how(*row))).map(|line| line.because);
        let label = if name.is_empty() { of.label.clone() } else { format!("{name}: {}", of.label) };
        let mut sum = line(label, self.table.basis.rule(), String::new());
        sum.because.parts = parts.collect();
        sum.because.arithmetic = terms(&sum.because.parts);
        sum.caveat = self.left_out(rows);
        if let Some(currency) = self.currency_of(rows).filter(|_| !cells.is_empty()) {
            sum.set(cells.iter().map(|(_, amount)| *amount).sum(), currency);
        }
        Some(sum)
    }

    /// Why rows cost together what they do in all periods: each period.
    pub fn rows_in_all(&self, rows: &[usize], name: &str) -> Option<because::Line> {
        let of_periods: Vec<because::Line> =
            (0..self.table.buckets.len()).filter_map(|bucket| self.rows_in(rows, bucket, name)).collect();
        let mut sum = line(format!("{name}: {}", self.table.range()), self.table.basis.rule(), String::new());
        let values: Option<Vec<&Exact>> =
            of_periods.iter().map(|of| of.value.as_ref().map(|value| &value.amount)).collect();
        let amounts = values.map(|values| values.into_iter().sum::<Exact>());
        let currency = self.currency_of(rows);
        sum.because.parts = paid_parts(of_periods);
        sum.because.arithmetic = terms(&sum.because.parts);
        sum.caveat = self.left_out(rows);
        if let (Some(amount), Some(currency)) = (amounts, currency) {
            sum.set(amount, currency);
        }
        Some(sum)
    }

    /// Why a period costs what it costs: its rows, with their payments.
    pub fn period(&self, bucket: usize) -> Option<because::Line> {
        self.period_of(bucket, true, self.table.how(self.shown, bucket))
    }

    /// The same without their payments.
    pub fn period_in_short(&self, bucket: usize) -> Option<because::Line> {
        self.period_of(bucket, false, self.table.how(self.shown, bucket))
    }

    /// Why all periods together cost what they cost: each of them, with its rows.
    pub fn all(&self) -> because::Line {
        let told = self.table.over_periods(self.shown);
        let periods = (0..self.table.buckets.len()).filter_map(|bucket| {
            let how = told.parts.get(bucket).cloned().flatten();
            self.period_of(bucket, false, how)
        });
        self.table.all_of(self.shown, periods.collect(), told.whole)
    }

    fn period_of(&self, bucket: usize, deep: bool, how: Option<String>) -> Option<because::Line> {
        let of = self.table.buckets.get(bucket)?;
        let (rows, told) = self.column(bucket);
        let rows: Vec<usize> = if rows.is_empty() { (0..self.table.rows.len()).collect() } else { rows };
        let mut sum = line(of.label.clone(), self.table.basis.rule(), String::new());
        let paid = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| self.shown_cell(**row, bucket).is_some_and(|cell| !cell.is_zero()));
        let parts = paid.filter_map(|(at, row)| {
            let how = told.parts.get(at).cloned().flatten();
            let whole =
                if deep { self.cell_as_shown(*row, bucket, how)? } else { self.cell_in_short(*row, bucket, how)? };
            Some(whole.because)
        });
        sum.because.parts = parts.collect();
        sum.because.arithmetic = terms(&sum.because.parts);
        sum.caveat = self.table.left_out_in_all();
        if let (Some(Some(total)), Some(Some(exact))) = (self.shown.totals.get(bucket), self.table.totals.get(bucket)) {
            sum.set(total.clone(), exact.currency);
            sum.because.rounding = how;
            sum.because.also_rounded(told.whole);
        }
        Some(sum)
    }

    fn made_of(&self, row: usize) -> Option<&(Line<'a>, Option<ByAccounts>)> {
        let made = self.made.get_or_init(|| {
            let lines = Lines::new(lines(self.wanted));
            let paid: Vec<Option<ByAccounts>> = lines.all.iter().map(|line| paid(line, &lines, self.wanted)).collect();
            lines.all.into_iter().zip(paid).collect()
        });
        made.get(row)
    }

    /// A cell with nothing below it.
    fn cell_in_short(&self, row: usize, bucket: usize, how: Option<String>) -> Option<because::Line> {
        let (of, found) = (self.table.buckets.get(bucket)?, self.table.rows.get(row)?);
        let exact = found.cells.get(bucket)?.as_ref()?;
        let arithmetic = format!("{} in {}", exact_amount(exact, found.currency), of.label);
        let mut short = line(found.label.clone(), self.table.basis.rule(), arithmetic);
        short.caveat.clone_from(&found.caveat);
        self.set_as_shown(&mut short, (row, bucket), exact, how);
        Some(short)
    }

    fn cell_as_shown(&self, row: usize, bucket: usize, how: Option<String>) -> Option<because::Line> {
        let (of, table_row) = (self.table.buckets.get(bucket)?, self.table.rows.get(row)?);
        let (found, paid) = self.made_of(row)?;
        let paid = paid.as_ref()?;
        let mut line = line(format!("{}: {}", table_row.label, of.label), self.table.basis.rule(), String::new());
        line.caveat.clone_from(&table_row.caveat);
        let made = self.made(found, paid, of);
        let each = !one_rate(&made);
        line.because.parts = made.iter().map(|made| made.told(each)).collect();
        let own = |made: &Made| match &made.rate {
            Some(rate) if each => exact_amount(&(&made.amount * &rate.factor), table_row.currency),
            _ => exact_amount(&made.amount, found.currency),
        };
        let sums: Vec<String> = made.iter().map(own).collect();
        line.because.arithmetic = if sums.is_empty() { NOTHING.to_owned() } else { sums.join(" + ") };
        let exact = table_row.cells.get(bucket)?.as_ref();
        if let Some(exact) = exact {
            line.set(exact.clone(), table_row.currency);
        }
        if let Some(rate) = made.iter().find_map(|made| made.rate.as_ref()).filter(|_| !each && line.value.is_some()) {
            in_base(&mut line, rate, &made, found.currency);
        }
        if let Some(exact) = exact {
            self.set_as_shown(&mut line, (row, bucket), exact, how);
        }
        if let Source::Purchase(id) = table_row.source {
            line.because.purchase = Some(id);
        }
        Some(line)
    }

    /// The payments' shares of a period, span by span in which one rate serves.
    fn made(&self, found: &Line, paid: &ByAccounts, of: &Bucket) -> Vec<Made> {
        let mut made: Vec<Made> = Vec::new();
        let spans = converted::spans(found, of, self.wanted);
        for one in &paid.paid {
            let label = match &one.accounts {
                None => format!("Payment of {}", day_text(one.day)),
                Some(of) => format!("{} from {}", counted(of.accounts, "account", "accounts"), day_text(one.from)),
            };
            for span in &spans {
                let Some((amount, arithmetic)) = part(self.table.basis, one, span, found.currency) else { continue };
                let rate = converted::found(found, one, span, self.wanted).filter(|_| !amount.is_zero());
                let mut step = amount_step(label.clone(), &amount, found.currency, one.rule, arithmetic);
                step.parts = self.payment(found, one).into_iter().collect();
                made.push(Made { step, amount, rate });
            }
        }
        made
    }

    /// How the payment itself is made.
    fn payment(&self, found: &Line, one: &Installment) -> Option<Because> {
        let minimum = matches!(one.rule, Rule::TermMinimum | Rule::Overage);
        let facts = (one.accounts.is_none() && !minimum).then(|| found.facts())?;
        let mut whole = payment_step(&facts, found.currency)?;
        let priced = self.prices.iter().find(|priced| priced.label == found.label && priced.from == found.term.from);
        whole.parts.extend(priced.map(|priced| priced.because.clone()));
        let amount = facts.charged()?.payment()?.amount;
        if one.amount == amount {
            return Some(whole);
        }
        // A period that is cut short, or what is credited within one.
        let share = ratio(&one.amount, &amount)?;
        let (parts, of) = share.native()?;
        let sign = if parts < 0 { "−" } else { "" };
        let [parts, of] = [parts, of].map(|number| count(number.unsigned_abs()));
        let arithmetic = format!("{} × {sign}{parts} ÷ {of}", exact_amount(&amount, found.currency));
        let label = format!("{}: share of a payment", found.label);
        let mut cut = amount_step(label, &one.amount, found.currency, one.rule, arithmetic);
        cut.parts.push(whole);
        Some(cut)
    }

    fn set_as_shown(&self, line: &mut because::Line, cell: (usize, usize), exact: &Exact, how: Option<String>) {
        let (Some(shown), Some(row)) = (self.shown_cell(cell.0, cell.1), self.table.rows.get(cell.0)) else { return };
        let how = how.or_else(|| rounded_from(exact, row.currency));
        line.because.set_share(shown, row.currency, how);
        line.value = Some(Money { amount: shown.clone(), currency: row.currency });
    }

    fn shown_cell(&self, row: usize, bucket: usize) -> Option<&Exact> {
        self.shown.cells.get(row)?.get(bucket)?.as_ref()
    }

    /// The rows that have an amount in a period, and how each came to its share.
    fn column(&self, bucket: usize) -> (Vec<usize>, Remainders) {
        let none = (Vec::new(), Remainders { parts: Vec::new(), whole: None });
        let Some(total) = self.table.total.as_ref().filter(|_| self.shown.total.is_some()) else { return none };
        let exact = |row: usize| self.table.rows.get(row)?.cells.get(bucket)?.as_ref();
        let rows = (0..self.table.rows.len()).filter_map(|row| Some((row, exact(row)?, self.shown_cell(row, bucket)?)));
        let rows: Vec<(usize, &Exact, &Exact)> = rows.collect();
        let exact: Vec<&Exact> = rows.iter().map(|(_, exact, _)| *exact).collect();
        let shown: Vec<Exact> = rows.iter().map(|(_, _, shown)| (*shown).clone()).collect();
        let name = |at: usize| {
            let row = rows.get(at).and_then(|(row, _, _)| self.table.rows.get(*row));
            row.map_or("", |row| row.label.as_str())
        };
        let told = remainders(&exact, &shown, total.currency, name);
        (rows.iter().map(|(row, _, _)| *row).collect(), told)
    }

    fn currency_of(&self, rows: &[usize]) -> Option<Currency> {
        let mut currencies = rows.iter().filter_map(|row| self.table.rows.get(*row)).map(|row| row.currency);
        let first = currencies.next()?;
        currencies.all(|other| other == first).then_some(first)
    }

    /// What some rows leave out of the totals.
    fn left_out(&self, rows: &[usize]) -> Option<String> {
        let caveats = rows.iter().filter_map(|row| self.table.rows.get(*row)?.caveat.clone());
        let mut caveats: Vec<String> = caveats.filter(|caveat| self.table.caveats.contains(caveat)).collect();
        caveats.dedup();
        (!caveats.is_empty()).then(|| caveats.join(" "))
    }
}

impl Table {
    /// Why all periods together cost what they cost: each of them, and nothing below. `shown` is what is shown of the table.
    pub fn all_in_short(&self, shown: &Shown) -> because::Line {
        let told = self.over_periods(shown);
        let periods = self.buckets.iter().enumerate().map(|(bucket, of)| {
            let rule = self.basis.rule();
            let mut period = line(of.label.clone(), rule, self.terms_of(shown, bucket));
            let total = |totals: &[Option<Exact>]| totals.get(bucket).cloned().flatten();
            if let Some((total, exact)) = total(&shown.totals).zip(self.totals.get(bucket).and_then(Option::as_ref)) {
                period.set(total, exact.currency);
                period.because.rounding = told.parts.get(bucket).cloned().flatten();
            }
            period
        });
        self.all_of(shown, periods.collect(), told.whole.clone())
    }

    fn all_of(&self, shown: &Shown, periods: Vec<because::Line>, who: Option<String>) -> because::Line {
        let mut sum = line(self.range(), self.basis.rule(), String::new());
        sum.because.parts = paid_parts(periods);
        let many = sum.because.parts.len();
        sum.because.arithmetic = match u64::try_from(many) {
            Ok(many) if many > MOST_TERMS => format!("The sum of {} periods", count(many)),
            _ => terms(&sum.because.parts),
        };
        sum.caveat = self.left_out_in_all();
        if let (Some(total), Some(exact)) = (&shown.total, &self.total) {
            sum.set(total.clone(), exact.currency);
            sum.because.rounding = rounded_from(&exact.amount, exact.currency);
            sum.because.also_rounded(who);
        }
        sum
    }

    /// What a period adds up from, row by row.
    fn terms_of(&self, shown: &Shown, bucket: usize) -> String {
        let cells = self.rows.iter().zip(&shown.cells).filter_map(|(row, cells)| {
            let cell = cells.get(bucket)?.as_ref().filter(|cell| !cell.is_zero())?;
            Some(sentence_amount(cell, row.currency))
        });
        let terms: Vec<String> = cells.collect();
        if terms.is_empty() { NOTHING.to_owned() } else { terms.join(" + ") }
    }

    /// How a period's total came to what is shown of it.
    fn how(&self, shown: &Shown, bucket: usize) -> Option<String> {
        if shown.total.is_some() {
            return self.over_periods(shown).parts.get(bucket).cloned().flatten();
        }
        let exact = self.totals.get(bucket)?.as_ref()?;
        rounded_from(&exact.amount, exact.currency)
    }

    /// How each period came to its share of all.
    fn over_periods(&self, shown: &Shown) -> Remainders {
        let exact: Option<Vec<&Exact>> =
            self.totals.iter().map(|total| total.as_ref().map(|total| &total.amount)).collect();
        let shares: Option<Vec<Exact>> = shown.totals.iter().cloned().collect();
        let (Some(exact), Some(shares), Some(total)) = (exact, shares, &self.total) else {
            return Remainders { parts: Vec::new(), whole: None };
        };
        let name = |at: usize| self.buckets.get(at).map_or("", |bucket| bucket.label.as_str());
        remainders(&exact, &shares, total.currency, name)
    }

    /// "Jan 2026 to Dec 2026", "2026".
    fn range(&self) -> String {
        match self.buckets.as_slice() {
            [first, .., last] if first.label != last.label => format!("{} to {}", first.label, last.label),
            [only, ..] => only.label.clone(),
            [] => String::new(),
        }
    }

    fn left_out_in_all(&self) -> Option<String> {
        (!self.caveats.is_empty()).then(|| self.caveats.join(" "))
    }

    /// Why a cell is what it is: its payments and their days. `wanted` is what the table was made of.
    pub fn cell_line(&self, row: usize, bucket: usize, wanted: &Wanted) -> Option<because::Line> {
        Reasons::new(self, &self.shown(), wanted).cell(row, bucket)
    }
}

/// "$1.00 + $2.00".
fn terms(parts: &[Because]) -> String {
    let terms: Vec<&str> = parts.iter().map(|part| part.result.as_str()).collect();
    if terms.is_empty() { NOTHING.to_owned() } else { terms.join(" + ") }
}

/// Those that cost something, or of which that is not known.
fn paid_parts(lines: Vec<because::Line>) -> because::Parts {
    let costs = |line: &because::Line| line.value.as_ref().is_none_or(|value| !value.amount.is_zero());
    lines.into_iter().filter(costs).map(|line| line.because).collect()
}

fn part(basis: Basis, one: &Installment, bucket: &Bucket, currency: Currency) -> Option<(Exact, String)> {
    let all = || exact_amount(&one.amount, currency);
    let by_accounts = |days| one.by_accounts(days, |amount| exact_amount(amount, currency));
    match basis {
        Basis::Cash => (bucket.from <= one.day && one.day < bucket.end).then(|| {
            let arithmetic = by_accounts(days_between(one.from, one.end)).unwrap_or_else(all);
            (one.amount.clone(), arithmetic)
        }),
        Basis::Accrual => {
            let (from, end) = (bucket.from.max(one.from), bucket.end.min(one.end));
            let (days, whole) = (days_between(from, end), days_between(one.from, one.end).max(1));
            let share = Exact::new(days, whole);
            let text = |days: i64| count(days.unsigned_abs());
            let by_days = || format!("{} × {} ÷ {} days", all(), text(days), text(whole));
            (days > 0).then(|| (&one.amount * share, by_accounts(days).unwrap_or_else(by_days)))
        }
    }
}

/// A payment's share of a span in which one rate serves.
struct Made {
    step: Because,
    amount: Exact,
    rate: Option<Found>,
}

impl Made {
    fn told(&self, converted: bool) -> Because {
        match &self.rate {
            Some(rate) if converted => rate.because(self.step.label.clone(), &self.amount, vec![self.step.clone()]),
            _ => self.step.clone(),
        }
    }
}

/// Whether the same rate serves all: then their sum is converted, once.
fn one_rate(made: &[Made]) -> bool {
    let mut rates = made.iter().filter(|made| !made.amount.is_zero()).map(|made| made.rate.as_ref());
    rates.next().is_none_or(|first| rates.all(|other| other == first))
}

/// Wraps the reason into the rate that brought the amount into the base currency.
fn in_base(line: &mut because::Line, rate: &Found, made: &[Made], currency: Currency) {
    let own: Exact = made.iter().map(|made| &made.amount).sum();
    let label = line.because.label.clone();
    let mut inner = line.because.clone();
    inner.set(&own, currency);
    line.because = rate.because(label, &own, vec![inner]);
}
