//! Cells in the base currency. Where the rate changes within a period, its spans are converted one by one, so that a
//! quarter is the sum of its months.

use std::collections::HashMap;

use num_traits::Zero as _;

use crate::contract::contract_day;
use crate::fiscal::Bucket;
use crate::installments::Installment;
use crate::money::{Currency, Exact};
use crate::rates::{Exchange, Found, MissingRate, RatePolicy, When};
use crate::table::spread::spread;
use crate::table::{Line, Wanted};

/// A cell, or the rate that it lacks.
type Cell = Result<Exact, MissingRate>;

/// Rates, each looked up once.
pub(super) struct RatesInUse<'a> {
    exchange: Option<Exchange<'a>>,
    known: HashMap<(Currency, When), Result<Option<Exact>, MissingRate>>,
}

impl<'a> RatesInUse<'a> {
    pub fn new(exchange: Option<Exchange<'a>>) -> Self {
        Self { exchange, known: HashMap::new() }
    }

    /// What falls into each period.
    pub fn cells(&mut self, line: &Line, paid: &[Installment], wanted: &Wanted) -> Vec<Cell> {
        let Some(exchange) = self.exchange.filter(|exchange| exchange.base != line.currency) else {
            return spread(wanted.basis, paid, wanted.buckets).into_iter().map(Ok).collect();
        };
        let mut cells: Vec<Cell> = vec![Ok(Exact::zero()); wanted.buckets.len()];
        let spans: Vec<(usize, Bucket)> = wanted
            .buckets
            .iter()
            .enumerate()
            .flat_map(|(index, bucket)| exchange.cuts(line.currency, bucket).into_iter().map(move |cut| (index, cut)))
            .collect();
        let buckets: Vec<Bucket> = spans.iter().map(|(_, span)| span.clone()).collect();
        for paid in alike(exchange.policy, paid) {
            for ((index, span), amount) in spans.iter().zip(spread(wanted.basis, paid, &buckets)) {
                if let (Some(cell), false) = (cells.get_mut(*index), amount.is_zero()) {
                    self.add(cell, amount, exchange, line.currency, when(line, paid, span));
                }
            }
        }
        cells
    }

    fn add(&mut self, cell: &mut Cell, amount: Exact, exchange: Exchange, from: Currency, when: When) {
        let found = self.known.entry((from, when)).or_insert_with(|| {
            let found = exchange.found(from, when);
            found.map(|found| found.map(|found| found.factor))
        });
        match (cell.as_mut(), found) {
            (Ok(sum), Ok(Some(factor))) => *sum += amount * &*factor,
            (Ok(sum), Ok(None)) => *sum += amount,
            (Ok(_), Err(missing)) => *cell = Err(*missing),
            (Err(_), _) => {}
        }
    }
}

/// Payments that are converted together within a span.
fn alike(policy: RatePolicy, paid: &[Installment]) -> std::slice::Chunks<'_, Installment> {
    paid.chunks(if policy == RatePolicy::InvoiceDay { 1 } else { paid.len().max(1) })
}

/// The days that decide on the rate of a span: its last day, and the first payment's.
fn when(line: &Line, paid: &[Installment], span: &Bucket) -> When {
    let payment = paid.first().map_or(line.term.from, |one| one.day);
    let contract = contract_day(line.term, line.charged.conditions);
    When { figure: span.end.yesterday().unwrap_or(span.end), contract, payment }
}

/// The rate of one payment's share of a span; `None` for the base currency, or where it is missing.
pub(super) fn found(line: &Line, one: &Installment, span: &Bucket, wanted: &Wanted) -> Option<Found> {
    wanted.exchange?.found(line.currency, when(line, std::slice::from_ref(one), span)).ok()?
}

/// The spans of a period in each of which one rate serves.
pub(super) fn spans(line: &Line, bucket: &Bucket, wanted: &Wanted) -> Vec<Bucket> {
    let exchange = wanted.exchange.filter(|exchange| exchange.base != line.currency);
    exchange.map_or_else(|| vec![bucket.clone()], |exchange| exchange.cuts(line.currency, bucket))
}
