//! The months of a random book, by payments and by days, in dollars: each payment, or each day, with the rate that serves it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::{
    Basis, Bucket, Currency, Exact, FiscalYear, Grain, Purchase, RatePolicy, Rates, Source, TypeNames, Wanted, table,
};

use crate::books::{Book, UNTIL, book};
use crate::day::cut;
use crate::days::Day;
use crate::figures::{as_purchase, is_priced};
use crate::frac::Frac;
use crate::naive::{self, Paid};
use crate::rates::{When, factor};

/// Amounts in the line's own currency that are converted together, by the days that decide on their rate.
type Amounts = BTreeMap<(Date, Date), Frac>;

/// What falls into the month, or nothing where a rate is missing.
fn cell(book: &Book, lot: &Purchase, paid: &[Paid], basis: Basis, month: &Bucket) -> Option<Frac> {
    let (from, end) = (Day::of(month.from), Day::of(month.end));
    let last = month.end.yesterday().unwrap();
    let mut amounts = Amounts::new();
    let mut add = |day: Day, paid_on: Day, amount: Frac| {
        let figure = if book.policy == RatePolicy::Budget { day.date() } else { last };
        // Only by invoice days each payment has a rate of its own.
        let payment = if book.policy == RatePolicy::InvoiceDay { paid_on.date() } else { last };
        let sum = amounts.entry((figure, payment)).or_insert(Frac::ZERO);
        *sum = sum.plus(amount);
    };
    for one in paid {
        match basis {
            Basis::Cash if from <= one.due && one.due < end => add(one.due, one.due, one.amount),
            Basis::Cash => {}
            Basis::Accrual => {
                let days = one.from.until(one.end);
                let mut day = one.from.max(from);
                while day < one.end.min(end) {
                    add(day, one.due, one.amount.share(1, days));
                    day = day.next();
                }
            }
        }
    }
    amounts.into_iter().filter(|(_, amount)| *amount != Frac::ZERO).try_fold(
        Frac::ZERO,
        |sum, ((figure, payment), amount)| {
            let when = When { figure, contract: lot.term.from, payment };
            Some(sum.plus(amount.times(factor(book, lot.currency, when)?)))
        },
    )
}

/// Compares every cell of a book's tables; tells how many that are known and not 0 were compared.
pub fn compare(seed: u64) -> usize {
    let book = book(seed);
    let rates = Rates::new(book.rates.clone()).unwrap();
    let (from, until): (Date, Date) = ("2024-02-01".parse().unwrap(), UNTIL.parse().unwrap());
    let buckets = FiscalYear::default().buckets(Grain::Month, from, until);
    let free: Vec<&str> =
        book.types.iter().filter(|facts| facts.free).map(|facts| facts.license_type.as_str()).collect();
    let end = Day::of(until);
    let mut lots: BTreeMap<Source, (Purchase, Vec<Paid>)> = BTreeMap::new();
    for purchase in book.purchases.iter().filter(|one| !free.contains(&one.license_type.as_str())) {
        let own: Vec<Purchase> = book.own(&purchase.license_type).cloned().collect();
        let lot = cut(purchase, &own);
        let paid = if is_priced(&lot) { naive::paid(&lot, lot.term.end.map(Day::of), end) } else { Vec::new() };
        lots.insert(Source::Purchase(purchase.id), (lot, paid));
    }
    for fee in &book.fees {
        let lot = as_purchase(fee);
        let paid = naive::paid(&lot, lot.term.end.map(Day::of), end);
        lots.insert(Source::Fee(fee.id), (lot, paid));
    }
    let mut figures = 0;
    for basis in [Basis::Cash, Basis::Accrual] {
        let made = table(&Wanted {
            basis,
            purchases: &book.purchases,
            fees: &book.fees,
            free: &free,
            names: TypeNames::default(),
            buckets: &buckets,
            exchange: Some(book.exchange(&rates)),
            counts: None,
        });
        assert_eq!(made.rows.len(), lots.len(), "book {seed}: a row for each");
        let mut blocked = vec![false; buckets.len()];
        for row in &made.rows {
            let (lot, paid) = &lots[&row.source];
            for ((month, found), blocked) in buckets.iter().zip(&row.cells).zip(&mut blocked) {
                let told = || {
                    let (rates, policy) = (&book.rates, book.policy);
                    format!("book {seed} of {}, {basis:?} of {}: {lot:#?} {rates:#?} {policy:?}", book.day, month.label)
                };
                if !is_priced(lot) {
                    assert_eq!(*found, None, "{}", told());
                    continue;
                }
                let expected = cell(&book, lot, paid, basis, month);
                *blocked |= expected.is_none();
                figures += usize::from(expected.is_some_and(|expected| expected != Frac::ZERO));
                let text = found.as_ref().map(ToString::to_string);
                assert_eq!(expected.map(Frac::text), text, "exactly, {}", told());
            }
        }
        for (index, (total, blocked)) in made.totals.iter().zip(blocked).enumerate() {
            let cells: Exact = made.rows.iter().filter_map(|row| row.cells[index].as_ref()).sum();
            let expected = (!blocked).then_some((cells, Currency::USD));
            let found = total.as_ref().map(|total| (total.amount.clone(), total.currency));
            assert_eq!(found, expected, "book {seed}, {basis:?} of {}: all rows, or none", buckets[index].label);
        }
    }
    figures
}
