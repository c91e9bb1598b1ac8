//! Purchases that are parts of one contract: a price that changed within its term, or seats that were added to it. Their
//! payments stay on the contract's days, and all share what tells the contract from others. Absent on purpose: storing; the
//! caller says which purchase continues which.

use jiff::civil::Date;

use crate::calendar::{days_between, nth_date, term_days, whole_months};
use crate::conditions::{Conditions, OncePolicy};
use crate::installments::terms_without_double_days;
use crate::money::{Exact, exact, ratio, whole};
use crate::payment::Charged;
use crate::purchase::{Proration, Purchase, PurchaseId, Term};
use crate::rule::Rule;
use crate::term::{cut_share, total};

/// What a purchase is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The day from which its payment periods are counted: the contract's first one, unless another frequency began later.
    pub from: Date,
    /// What comes after the purchase, where the contract goes on at another price.
    pub later: Option<Term>,
    /// What the other parts cost together; `None` where that is not known in the purchase's currency.
    pub others: Option<Exact>,
    /// What it shares with the part that the contract began with; `None` where it is that one.
    pub origin: Option<Origin>,
}

/// What all parts of a contract share, whatever each of them costs. An older contract comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The contract's first day.
    pub contract: Date,
    /// The first part; `None` for a fee.
    pub id: Option<PurchaseId>,
    /// The first part's first day, on which its first payment is due: later than the contract's for seats that were added.
    pub from: Date,
}

/// One payment period of a contract, as far as a purchase pays for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The day on which the whole period is due.
    pub start: Date,
    /// The day after the last one that is charged for: of the period, or of the contract.
    pub end: Date,
    /// The day after the period's last day, had the contract not ended.
    pub full_end: Date,
    /// The share of a payment that is charged from `start` to `end`.
    pub share: Exact,
    /// The purchase's first day in it.
    pub from: Date,
    /// The day after the purchase's last one in it.
    pub until: Date,
}

impl Part {
    /// Days that one payment is made for in full.
    pub fn whole(start: Date, end: Date) -> Self {
        Self { start, end, full_end: end, share: whole(1), from: start, until: end }
    }

    /// The share of a payment that is charged from one day of the period to another.
    pub fn between(&self, from: Date, until: Date) -> Exact {
        if from == self.start && until == self.end {
            return self.share.clone();
        }
        let days = |from, until| Exact::from(days_between(from, until).max(0));
        &self.share * ratio(&days(from, until), &days(self.start, self.end)).unwrap_or_else(|| whole(0))
    }

    /// The share that the purchase is charged with.
    pub fn own(&self) -> Exact {
        self.between(self.from, self.until)
    }

    /// Whether the purchase pays for a part of what is charged only.
    pub fn is_split(&self) -> bool {
        self.from > self.start || self.until < self.end
    }

    /// By which rule the whole period is charged.
    pub fn rule(&self, proration: Proration) -> Rule {
        if self.end < self.full_end { proration.rule() } else { Rule::Payment }
    }
}

/// The term by which payments are reckoned: the contract's, or the purchase's own.
pub(crate) fn contract_term(term: Term, conditions: &Conditions) -> Term {
    let Some(contract) = &conditions.contract else { return term };
    Term { from: contract.from.min(term.from), end: contract.later.map_or(term.end, |later| later.end) }
}

/// The first day of the contract, or of the purchase that is one by itself.
pub(crate) fn contract_day(term: Term, conditions: &Conditions) -> Date {
    let Some(contract) = &conditions.contract else { return term.from };
    contract.origin.map_or_else(|| contract.from.min(term.from), |origin| origin.contract)
}

/// The first day of the part that the contract, or the seats that were added to it, began with.
pub(crate) fn first_day(term: Term, conditions: &Conditions) -> Date {
    let origin = conditions.contract.as_ref().and_then(|contract| contract.origin);
    origin.map_or(term.from, |origin| origin.from)
}

/// The days by which a price that is paid once is reckoned. Where it is not for the days of a term there are none that are
/// left for seats that come later: they are paid in full on their own day.
pub(crate) fn once_term(term: Term, conditions: &Conditions) -> Term {
    let contract = contract_term(term, conditions);
    let for_its_term = conditions.once == OncePolicy::Term && contract.end.is_some();
    if for_its_term { contract } else { Term { from: first_day(term, conditions), ..contract } }
}

/// Whether a price changed within the contract, so that the purchase is one of several parts.
pub(crate) fn goes_on(conditions: &Conditions) -> bool {
    conditions.contract.as_ref().is_some_and(|contract| contract.later.is_some())
}

/// The period of `months` into which a day falls, counted from the contract's first one.
pub(crate) fn period_of(contract: Term, months: u8, day: Date) -> u32 {
    whole_months(contract.from, day.max(contract.from)).checked_div(months.into()).unwrap_or_default()
}

/// The purchase's part of the contract's `k`-th period; `None` where it has no day in it.
pub(crate) fn part(term: Term, contract: Term, months: u8, k: u32, proration: Proration) -> Option<Part> {
    let (start, full_end) = (nth_date(contract.from, months, k), nth_date(contract.from, months, k.saturating_add(1)));
    let end = contract.end.map_or(full_end, |end| end.min(full_end));
    let share = if end < full_end { cut_share(contract.from, months, k, end, proration) } else { whole(1) };
    clipped(term, contract, Part { start, end, full_end, share, from: start, until: end })
}

/// The purchase's part of days that are charged together.
pub(crate) fn clipped(term: Term, contract: Term, all: Part) -> Option<Part> {
    let from = all.from.max(term.from);
    let until = term.end.filter(|end| contract.end != Some(*end)).map_or(all.until, |end| end.min(all.until));
    (from < until).then_some(Part { from, until, ..all })
}

/// What the term's minimum adds to the purchase's payments: the last part of a contract settles it for all. Where the other
/// parts are not known in its currency, every part has its share of the minimum by days.
pub(crate) fn shortfall(charged: &Charged, payments: &Exact) -> Exact {
    let minimum = charged.conditions.commitment;
    match &charged.conditions.contract {
        None => minimum.missing_in_term(payments),
        Some(Contract { later: Some(_), others: Some(_), .. }) => whole(0),
        Some(Contract { others: Some(others), .. }) => minimum.missing_in_term(&(payments + others)),
        Some(_) => own_minimum(charged).map_or_else(|| whole(0), |least| (least - payments).max(whole(0))),
    }
}

/// The purchase's share by days of its contract's minimum.
pub(crate) fn own_minimum(charged: &Charged) -> Option<Exact> {
    let (least, term) = (charged.conditions.commitment.term?, charged.term?);
    let share = ratio(&whole(term_days(&term)?), &whole(term_days(&contract_term(term, charged.conditions))?))?;
    Some(exact(least) * share)
}

/// The purchases, those together that one contract went on with at another price: `continued` has the later one first.
/// Only purchases of a type that meet are parts of one contract.
pub fn joined(mut purchases: Vec<Purchase>, continued: &[(PurchaseId, PurchaseId)]) -> Vec<Purchase> {
    let next = |purchases: &[Purchase], old: usize| {
        let old = purchases.get(old)?;
        let (id, _) = continued.iter().find(|(_, before)| *before == old.id)?;
        let meets = |new: &Purchase| Some(new.term.from) == old.term.end && new.license_type == old.license_type;
        purchases.iter().position(|new| new.id == *id && meets(new))
    };
    // A day that the whole contract shares with what follows it is not its own.
    let terms = terms_without_double_days(&purchases);
    for chain in chains(purchases.len(), |old| next(&purchases, old)) {
        let end = chain.last().and_then(|last| terms.get(*last)).and_then(|term| term.end);
        join(&mut purchases, &chain, end);
    }
    purchases
}

/// Those of so many that go on with one another, by their places: `next` tells which one goes on with one.
pub(crate) fn chains(all: usize, next: impl Fn(usize) -> Option<usize>) -> Vec<Vec<usize>> {
    let follows: Vec<Option<usize>> = (0..all).map(next).collect();
    let heads = (0..all).filter(|place| !follows.contains(&Some(*place)));
    let chain =
        |head| std::iter::successors(Some(head), |place: &usize| follows.get(*place).copied().flatten()).collect();
    heads.map(chain).filter(|chain: &Vec<usize>| chain.len() > 1).collect()
}

/// Joins the parts to a contract that ends on the day before `end`.
fn join(purchases: &mut [Purchase], chain: &[usize], end: Option<Date>) {
    let of = |purchases: &[Purchase], index: Option<&usize>| index.and_then(|index| purchases.get(*index)).cloned();
    let (Some(first), Some(last)) = (of(purchases, chain.first()), of(purchases, chain.last())) else { return };
    let (from, origin) = (first.contract_term().from, Some(first.origin()));
    for index in chain {
        let Some(part) = purchases.get_mut(*index) else { continue };
        let until = part.term.end.filter(|_| part.id != last.id);
        let later = until.map(|from| Term { from, end });
        part.conditions.contract = Some(Contract { from, later, others: None, origin });
    }
    let Some((tail, before)) = chain.split_last() else { return };
    let own_term = |part: &Purchase| Term { end: if part.id == last.id { end } else { part.term.end }, ..part.term };
    let known = |purchases: &[Purchase], index: &usize| {
        let part = purchases.get(*index).filter(|part| part.currency == first.currency)?;
        let minimum_left_out = crate::commitment::Commitment { term: None, ..part.conditions.commitment };
        let conditions = Conditions { commitment: minimum_left_out, ..part.conditions.clone() };
        let payments = Charged { conditions: &conditions, term: Some(own_term(part)), ..Charged::from(part) };
        total(&payments).map(|total| total.total)
    };
    let costs: Option<Vec<Exact>> = before.iter().map(|index| known(purchases, index)).collect();
    let (Some(costs), Some(_)) = (costs, known(purchases, tail)) else { return };
    settle(purchases, *tail, &costs.iter().sum());
    let whole_tail = |part: &Purchase| total(&Charged { term: Some(own_term(part)), ..Charged::from(part) });
    let Some(rest) = purchases.get(*tail).and_then(whole_tail) else { return };
    let all: Exact = costs.iter().sum::<Exact>() + rest.total;
    for (index, own) in before.iter().zip(&costs) {
        settle(purchases, *index, &(&all - own));
    }
}

fn settle(purchases: &mut [Purchase], index: usize, others: &Exact) {
    if let Some(contract) = purchases.get_mut(index).and_then(|part| part.conditions.contract.as_mut()) {
        contract.others = Some(others.clone());
    }
}

impl Purchase {
    /// The term by which its payments are reckoned: that of the contract that it is a part of, or its own.
    pub fn contract_term(&self) -> Term {
        contract_term(self.term, &self.conditions)
    }

    /// What it shares with all other parts of its contract.
    pub fn origin(&self) -> Origin {
        let shared = self.conditions.contract.as_ref().and_then(|contract| contract.origin);
        shared.unwrap_or_else(|| Origin {
            contract: contract_day(self.term, &self.conditions),
            id: Some(self.id),
            from: self.term.from,
        })
    }

    /// Whether it is where its contract begins: neither another price of it nor seats that were added to it.
    pub fn begins(&self) -> bool {
        contract_day(self.term, &self.conditions) >= self.term.from
    }

    /// The part from a day on that continues this one: paid on the contract's days, or, with another frequency, from its own
    /// first day on.
    pub(crate) fn continued_by(&self, next: Self, from: Date) -> Self {
        let same = next.frequency == self.frequency;
        let anchor = if same { self.contract_term().from } else { from };
        let contract = Contract { from: anchor, later: None, others: None, origin: Some(self.origin()) };
        let conditions = Conditions { contract: Some(contract), ..next.conditions };
        Self { term: Term { from, end: None }, conditions, ..next }
    }

    /// The part before a day on which its contract goes on without an end.
    pub(crate) fn continued_on(mut self, day: Date) -> Self {
        let (from, origin) = (self.contract_term().from, Some(self.origin()));
        let later = Some(Term { from: day, end: None });
        self.conditions.contract = Some(Contract { from, later, others: None, origin });
        self.term.end = Some(day);
        self
    }

    /// Whether the contract goes on after it at another price: then it is not over with its last day.
    pub fn goes_on(&self) -> bool {
        goes_on(&self.conditions)
    }
}
