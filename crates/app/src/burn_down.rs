//! What is left of the committed amount of the terms in force, day by day. Absent on purpose: terms without an end.

use jiff::civil::Date;
use ledger::{
    Basis, Bucket, Exact, FiscalYear, Grain, PurchaseFacts, TypeNames, Wanted, display_amount, sentence_amount,
    term_line,
};

use crate::error::Result;
use crate::inputs::Inputs;
use crate::seatledger::Seatledger;
use crate::spending::explanation;
use crate::view::figure::{Explanation, Figure, Money, Steps};
use crate::view::over_time::{BurnDown, BurnPoint};
use crate::words;

/// Longer terms are typing errors more often than contracts; they would make a line of thousands of points.
const LONGEST_YEARS: i16 = 50;

impl Seatledger {
    /// The burn-down as it is today.
    pub(crate) fn burn_down(&self, app: &str) -> Result<Option<BurnDown>> {
        let app = self.app(app)?;
        let inputs = self.inputs(&app)?;
        Ok(burn_down(self.today()?, &inputs))
    }
}

/// The burn-down of the purchases in force; `None` when none of them has an end and a known price.
pub(crate) fn burn_down(today: Date, inputs: &Inputs) -> Option<BurnDown> {
    let (free, names) = (inputs.free(), inputs.names());
    let counted = |purchase: &&ledger::Purchase| {
        let fits = purchase.term.end.is_some_and(|end| end.year() - purchase.term.from.year() <= LONGEST_YEARS);
        fits && purchase.payment().is_some() && !free.contains(&purchase.license_type.as_str())
    };
    // A term that is renewed on its last day ends the day before, as in every other figure.
    let all = ledger::without_double_days(&inputs.purchases);
    let in_force: Vec<ledger::PurchaseId> =
        ledger::in_force(today, &all).into_iter().map(|purchase| purchase.id).collect();
    // Where a price changed within a term, all of the term is committed.
    let of_contract = |purchase: &ledger::Purchase| {
        let contract = purchase.conditions.contract.as_ref().and_then(|contract| contract.others.as_ref());
        contract.is_some() && purchase.contract_term().covers(today)
    };
    let wanted = |purchase: &&ledger::Purchase| in_force.contains(&purchase.id) || of_contract(purchase);
    let purchases: Vec<ledger::Purchase> = all.iter().filter(wanted).filter(counted).cloned().collect();
    let first = purchases.iter().map(|purchase| purchase.term.from).min()?;
    let end = purchases.iter().filter_map(|purchase| purchase.term.end).max()?;
    let buckets = buckets(first, end, today);
    let exchange = inputs.exchange();
    let wanted = Wanted {
        basis: Basis::Accrual,
        purchases: &purchases,
        fees: &[],
        free: &free,
        names: TypeNames(&names),
        buckets: &buckets,
        exchange,
        counts: None,
    };
    let table = ledger::table(&wanted);
    let (spent, currency) = (table.shown_totals()?, table.total.as_ref()?.currency);
    let total: Exact = spent.iter().sum();
    let money =
        |amount: &Exact| Money { amount: display_amount(amount, currency), currency: currency.code().to_owned() };
    let mut left = total.clone();
    let before = first.yesterday().unwrap_or(first);
    let mut points = vec![BurnPoint { date: before.to_string(), left: money(&left) }];
    let mut left_today = left.clone();
    for (bucket, spent) in buckets.iter().zip(&spent) {
        left -= spent;
        let last = bucket.end.yesterday().unwrap_or(bucket.end);
        if last <= today {
            left_today.clone_from(&left);
        }
        points.push(BurnPoint { date: last.to_string(), left: money(&left) });
    }
    let last = end.yesterday().unwrap_or(end);
    Some(BurnDown {
        title: format!("{} of {} are left", sentence_amount(&left_today, currency), sentence_amount(&total, currency)),
        subtitle: format!("Committed amount of the terms in force, {} to {}", words::day(first), words::day(last)),
        committed: Figure {
            value: Some(money(&total)),
            caveat: (!table.caveats.is_empty()).then(|| table.caveats.join(" ")),
            because: committed(&purchases, sentence_amount(&total, currency)),
        },
        left: money(&left_today),
        points,
    })
}

fn committed(purchases: &[ledger::Purchase], result: String) -> Explanation {
    let lines = purchases.iter().filter_map(|purchase| term_line(&PurchaseFacts::from(purchase)));
    let parts: Steps = lines.map(|line| explanation(&line.because)).collect();
    let terms: Vec<&str> = parts.iter().map(|part| part.result.as_str()).collect();
    Explanation {
        label: "Committed by the terms in force".to_owned(),
        result,
        rule: ledger::Rule::Tcv.law(),
        arithmetic: terms.join(" + "),
        purchase: None,
        parts,
    }
}

/// The months of all terms, cut off at their first and last day, and after today, so that today is a point.
fn buckets(first: Date, end: Date, today: Date) -> Vec<Bucket> {
    let tomorrow = today.tomorrow().unwrap_or(today);
    let months = FiscalYear::default().buckets(Grain::Month, first, end);
    let cut = |month: Bucket| {
        let (from, end) = (month.from.max(first), month.end.min(end));
        let split = Some(tomorrow).filter(|day| from < *day && *day < end);
        let days: Vec<Date> = [from].into_iter().chain(split).chain([end]).collect();
        let spans = days.iter().zip(days.iter().skip(1));
        spans.map(|(from, end)| Bucket { label: month.label.clone(), from: *from, end: *end }).collect::<Vec<_>>()
    };
    months.into_iter().flat_map(cut).collect()
}
