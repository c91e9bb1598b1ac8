//! Why a cell or a total of a table is what it is. Made when it is asked for: a table has many cells.

use num_traits::Zero as _;

use crate::because::{self, Because, line, step};
use crate::calendar::days_between;
use crate::day::day_text;
use crate::fiscal::Bucket;
use crate::format::{count, counted, exact_amount, sentence_amount};
use crate::installments::Installment;
use crate::money::{Currency, Exact};
use crate::rates::Found;
use crate::table::{Basis, Lines, Row, Source, Table, Wanted, converted, lines, paid};

impl Table {
    /// Why a period costs what it costs: its rows.
    pub fn total_line(&self, bucket: usize) -> Option<because::Line> {
        let mut line = self.total_in_short(bucket)?;
        let of = self.buckets.get(bucket)?;
        line.because.parts = self
            .paid_in(bucket)
            .map(|(row, cell)| {
                let amount = sentence_amount(cell, row.currency);
                let mut part = step(row.label.clone(), amount, self.basis.rule(), of.label.clone());
                if let Source::Purchase(id) = row.source {
                    part.purchase = Some(id);
                }
                part
            })
            .collect();
        Some(line)
    }

    /// The rows that cost something in the period.
    fn paid_in(&self, bucket: usize) -> impl Iterator<Item = (&Row, &Exact)> {
        let cells = self.rows.iter().filter_map(move |row| Some((row, row.cells.get(bucket)?.as_ref()?)));
        cells.filter(|(_, cell)| !cell.is_zero())
    }

    /// The same without its rows, beyond their amounts.
    pub fn total_in_short(&self, bucket: usize) -> Option<because::Line> {
        let (of, total) = (self.buckets.get(bucket)?, self.totals.get(bucket)?);
        let mut line = line(of.label.clone(), self.basis.rule(), String::new());
        let terms: Vec<String> = self.paid_in(bucket).map(|(row, cell)| sentence_amount(cell, row.currency)).collect();
        line.because.arithmetic =
            if terms.is_empty() { "Nothing in this period".to_owned() } else { terms.join(" + ") };
        if let Some(total) = total {
            line.set(total.amount.clone(), total.currency);
        }
        line.caveat = (!self.caveats.is_empty()).then(|| self.caveats.join(" "));
        Some(line)
    }

    /// Why a cell is what it is: the payments and their days. `wanted` is what the table was made of.
    pub fn cell_line(&self, row: usize, bucket: usize, wanted: &Wanted) -> Option<because::Line> {
        let (of, row) = (self.buckets.get(bucket)?, self.rows.get(row)?);
        let lines = Lines::new(lines(wanted));
        let found = lines.all.iter().find(|line| line.source == row.source && line.label == row.label)?;
        let mut line = line(format!("{}: {}", row.label, of.label), self.basis.rule(), String::new());
        line.caveat.clone_from(&row.caveat);
        let mut made: Vec<Made> = Vec::new();
        let spans = converted::spans(found, of, wanted);
        for one in &paid(found, &lines, wanted)?.paid {
            let label = match &one.accounts {
                None => format!("Payment of {}", day_text(one.day)),
                Some(of) => format!("{} from {}", counted(of.accounts, "account", "accounts"), day_text(one.from)),
            };
            for span in &spans {
                let Some((amount, arithmetic)) = part(self.basis, one, span, found.currency) else { continue };
                let rate = converted::found(found, one, span, wanted).filter(|_| !amount.is_zero());
                let text = sentence_amount(&amount, found.currency);
                made.push(Made { step: step(label.clone(), text, one.rule, arithmetic), amount, rate });
            }
        }
        let each = !one_rate(&made);
        line.because.parts = made.iter().map(|made| made.told(each)).collect();
        let terms: Vec<&str> = line.because.parts.iter().map(|part| part.result.as_str()).collect();
        line.because.arithmetic =
            if terms.is_empty() { "Nothing in this period".to_owned() } else { terms.join(" + ") };
        if let Some(cell) = row.cells.get(bucket)?.clone() {
            line.set(cell, row.currency);
        }
        if let Some(rate) = made.iter().find_map(|made| made.rate.as_ref()).filter(|_| !each && line.value.is_some()) {
            in_base(&mut line, rate, &made, found.currency);
        }
        if let Source::Purchase(id) = row.source {
            line.because.purchase = Some(id);
        }
        Some(line)
    }
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
    inner.result = sentence_amount(&own, currency);
    line.because = rate.because(label, &own, vec![inner]);
}
