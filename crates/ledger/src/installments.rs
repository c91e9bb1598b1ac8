//! The payments of a purchase or a fee, each with its day and the days that it pays for: cash and accrual rest on them.
//! Absent on purpose: buckets, currencies.

use jiff::civil::Date;

use crate::calendar::{end_after, months_after};
use crate::conditions::OncePolicy;
use crate::contract::{self, Part, contract_term, once_term, period_of};
use crate::format::counted;
use crate::money::{Exact, whole};
use crate::payment::Charged;
use crate::purchase::{Purchase, Term};
use crate::rule::Rule;
use crate::term::total;

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installment {
    /// The day on which it is paid.
    pub day: Date,
    /// The first day that it pays for.
    pub from: Date,
    /// The day after the last one that it pays for.
    pub end: Date,
    /// What is paid, exactly.
    pub amount: Exact,
    /// Why that much: a full payment, a cut period, or what a minimum adds.
    pub rule: Rule,
    /// For unlimited seats at a price per unit, whom it pays for.
    pub accounts: Option<PerAccount>,
    /// Where it takes back what was paid for these days: the day of that payment.
    pub credits: Option<Date>,
}

/// Accounts that are paid for at a price per unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerAccount {
    /// How many.
    pub accounts: u64,
    /// What each costs in the whole period.
    pub price: Exact,
    /// The days of that period.
    pub days: i64,
}

impl Installment {
    /// "12 accounts × $9.00 × 17 ÷ 30 days", where it is paid for so many accounts.
    pub(crate) fn by_accounts(&self, days: i64, amount: impl Fn(&Exact) -> String) -> Option<String> {
        let of = self.accounts.as_ref()?;
        let all = format!("{} × {}", counted(of.accounts, "account", "accounts"), amount(&of.price));
        Some(if days == of.days { all } else { format!("{all} × {days} ÷ {} days", of.days) })
    }
}

/// The payments that are paid, or that pay for a day, within `[from, until)`; by day. `None` while the price is unknown
/// or depends on the accounts.
pub fn installments(charged: &Charged, from: Date, until: Date) -> Option<Vec<Installment>> {
    let term = charged.term?;
    let amount = charged.payment()?.amount;
    let mut paid = match charged.frequency.months() {
        Some(months) => recurring(charged, term, months, &amount, from, until),
        None => paid_once(charged, term, &amount),
    };
    paid.extend(shortfall(charged, term));
    let touches = |paid: &Installment| (paid.from < until && from < paid.end) || (paid.day >= from && paid.day < until);
    paid.retain(touches);
    paid.sort_by_key(|paid| paid.day);
    Some(paid)
}

fn recurring(charged: &Charged, term: Term, months: u8, amount: &Exact, from: Date, until: Date) -> Vec<Installment> {
    let contract = contract_term(term, charged.conditions);
    let mut paid = Vec::new();
    for k in period_of(contract, months, from.max(term.from)).. {
        // The days of a period may be over where what was paid for them is credited.
        let Some(part) = contract::part(term, contract, months, k, charged.proration) else { break };
        if part.start >= until || part.start >= part.full_end {
            break;
        }
        paid.extend(of_part(&part, amount, part.rule(charged.proration)));
    }
    paid
}

/// What is paid from the purchase's first day of a period on; where the price changes in it, what was paid for the days
/// from then on is credited.
fn of_part(part: &Part, amount: &Exact, rule: Rule) -> impl Iterator<Item = Installment> {
    let made = |day, rule, amount, credits| Installment {
        day,
        from: day,
        end: part.end,
        amount,
        rule,
        accounts: None,
        credits,
    };
    let share = part.between(part.from, part.end);
    let charged = if share == whole(1) { amount.clone() } else { amount * share };
    let rule = if part.from > part.start { Rule::WithinPeriod } else { rule };
    let credit = (part.until < part.end).then(|| {
        let rest = whole(0) - amount * part.between(part.until, part.end);
        made(part.until, Rule::WithinPeriod, rest, Some(part.from))
    });
    std::iter::once(made(part.from, rule, charged, None)).chain(credit)
}

fn paid_once(charged: &Charged, term: Term, amount: &Exact) -> Vec<Installment> {
    let contract = once_term(term, charged.conditions);
    let all = once(charged.once(), contract, amount.clone());
    let part = contract::clipped(term, contract, Part::whole(all.from, all.end));
    part.map(|part| of_part(&part, amount, all.rule).collect()).unwrap_or_default()
}

pub(crate) fn once(policy: OncePolicy, term: Term, amount: Exact) -> Installment {
    let day = term.from;
    let (end, rule) = match (policy, term.end) {
        (OncePolicy::Term, Some(end)) => (end, Rule::AnnualOnceOverTerm),
        (OncePolicy::Term, None) => (end_after(day), Rule::AnnualOnceOpenEnded),
        (OncePolicy::DateOnly, _) => (end_after(day), Rule::AnnualOnceDated),
        (OncePolicy::Life(months), _) => (months_after(day, months.max(1).into()), Rule::AnnualOnceOverLife),
    };
    Installment { day, from: day, end, amount, rule, accounts: None, credits: None }
}

/// What the term's minimum adds: due on its last day, for all days of the contract.
fn shortfall(charged: &Charged, term: Term) -> Option<Installment> {
    charged.conditions.commitment.term?;
    let end = term.end?;
    let amount = total(charged)?.shortfall;
    let day = end.yesterday().unwrap_or(end);
    (amount != whole(0)).then_some(Installment {
        day,
        from: contract_term(term, charged.conditions).from,
        end,
        amount,
        rule: Rule::TermMinimum,
        accounts: None,
        credits: None,
    })
}

/// The purchases with the terms for which they cost something: see [`terms_without_double_days`].
pub fn without_double_days(purchases: &[Purchase]) -> Vec<Purchase> {
    let terms = terms_without_double_days(purchases);
    purchases.iter().zip(terms).map(|(purchase, term)| Purchase { term, ..purchase.clone() }).collect()
}

/// The terms for which the purchases cost something, in their order: where a newer purchase of the type starts on the last
/// day of an older one and goes on, the older one ends the day before, so that no day is paid twice. Another price of a
/// contract, or seats added to one, are neither.
pub fn terms_without_double_days(purchases: &[Purchase]) -> Vec<Term> {
    let mut starts: std::collections::HashMap<(&str, Date), Option<Date>> = std::collections::HashMap::new();
    for purchase in purchases.iter().filter(|purchase| purchase.begins()) {
        let last = starts.entry((&purchase.license_type, purchase.term.from)).or_insert(purchase.term.end);
        *last = last.zip(purchase.term.end).map(|(one, other)| one.max(other));
    }
    let shortened = |old: &Purchase| {
        let last = old.last_day().filter(|last| *last > old.term.from && !old.goes_on())?;
        let newer = starts.get(&(old.license_type.as_str(), last))?;
        newer.is_none_or(|end| Some(end) > old.term.end).then_some(Term { end: Some(last), ..old.term })
    };
    purchases.iter().map(|old| shortened(old).unwrap_or(old.term)).collect()
}
