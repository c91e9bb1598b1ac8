//! Unlimited seats at a price per unit in a table: every day costs what its accounts cost.
//! Absent on purpose: counting; the caller says how many accounts there were when.

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::calendar::days_between;
use crate::contract::{self, Part, contract_term, once_term, period_of, shortfall};
use crate::counts::Counts;
use crate::day::day_text;
use crate::format::counted;
use crate::installments::{Installment, PerAccount, once};
use crate::money::{Exact, exact, whole};
use crate::rule::Rule;
use crate::table::Line;

/// What a purchase costs by its accounts.
pub(super) struct ByAccounts {
    pub paid: Vec<Installment>,
    /// What the days before this one cost is not known, though the purchase was in force.
    pub since: Option<Date>,
    /// What amounts rest on: counts that stand in for days that were not counted.
    pub said: Vec<String>,
}

/// One payment period with the share of the price that is charged for it.
struct Period {
    from: Date,
    end: Date,
    share: Exact,
    /// The day on which it is due.
    due: Date,
    /// The share of its days that the purchase pays for.
    own: Exact,
}

/// What is paid within `[from, until)`, or for a day in it; `None` where the purchase is none of these.
pub(super) fn paid(line: &Line, lines: &[Line], counts: &Counts, (from, until): (Date, Date)) -> Option<ByAccounts> {
    let (license_type, unit) = (line.license_type?, per_account(line)?);
    let own: Vec<&Line> = lines.iter().filter(|other| other.license_type == Some(license_type)).collect();
    let minimum = line.charged.conditions.commitment;
    let uncounted = line.term.from < counts.since;
    if uncounted && minimum.term.is_some() && line.term.end.is_some() {
        return None;
    }
    // Whether the term's minimum is reached takes all its periods.
    let range = match (minimum.term, line.term.end) {
        (Some(_), Some(end)) => (line.term.from, end),
        _ => (from, until),
    };
    let (mut paid, mut billed) = (Vec::new(), Exact::zero());
    for period in periods(line, range) {
        let spans = spans(&period, &unit, license_type, &own, counts);
        let usage: Exact = spans.iter().map(|span| &span.amount).sum();
        let known = period.from >= counts.since;
        let least = minimum.per_payment.filter(|_| known).map(|least| exact(least) * &period.own);
        let missing = least.map_or_else(Exact::zero, |least| (least - &usage).max(Exact::zero()));
        billed += usage + &missing;
        paid.extend(spans);
        if !missing.is_zero() {
            paid.push(Installment { day: period.due, ..added(period.from, period.end, missing, Rule::PaymentMinimum) });
        }
    }
    if let (Some(_), Some(end)) = (minimum.term, line.term.end) {
        let missing = shortfall(&line.charged, &billed);
        if !missing.is_zero() {
            paid.push(added(line.term.from, end, missing, Rule::TermMinimum));
        }
    }
    paid.retain(|one| (one.from < until && from < one.end) || (one.day >= from && one.day < until));
    let later = counts.last.tomorrow().unwrap_or(counts.last);
    let guessed = until > later && line.term.end.is_none_or(|end| end > later);
    let said = guessed.then(|| last_count(line, license_type, counts)).into_iter().collect();
    Some(ByAccounts { paid, since: uncounted.then(|| known_from(line, counts.since)), said })
}

/// What days to come rest on.
pub(super) fn last_count(line: &Line, license_type: &str, counts: &Counts) -> String {
    let later = counts.last.tomorrow().unwrap_or(counts.last);
    let accounts = counted(counts.on(license_type, later), "account", "accounts");
    format!("{}: from {} on with the last count, {accounts}.", line.label, day_text(later.max(line.term.from)))
}

/// A period with a minimum is not known before all of its days were counted.
fn known_from(line: &Line, since: Date) -> Date {
    let cut = periods(line, (since, since.tomorrow().unwrap_or(since))).into_iter().find(|period| period.from < since);
    cut.filter(|_| line.charged.conditions.commitment.per_payment.is_some()).map_or(since, |period| period.end)
}

/// What an account costs at each payment, for unlimited seats at a price per unit.
fn per_account(line: &Line) -> Option<Exact> {
    let open = line.charged.seats().is_none() && line.charged.payment().is_none();
    line.charged.unit().filter(|_| open)
}

fn periods(line: &Line, (from, until): (Date, Date)) -> Vec<Period> {
    let (charged, term) = (&line.charged, line.term);
    let contract = contract_term(term, charged.conditions);
    let Some(months) = charged.frequency.months() else {
        let contract = once_term(term, charged.conditions);
        let all = once(charged.once(), contract, Exact::zero());
        let due = all.end.yesterday().unwrap_or(all.end);
        let part = contract::clipped(term, contract, Part::whole(all.from, all.end));
        let period = |part: Part| Period { from: part.from, end: part.until, share: part.own(), due, own: part.own() };
        return part.map(period).into_iter().collect();
    };
    let mut periods = Vec::new();
    for k in period_of(contract, months, from.max(term.from)).. {
        let Some(part) = contract::part(term, contract, months, k, charged.proration) else { break };
        if part.from >= until || part.start >= part.full_end {
            break;
        }
        periods.push(Period {
            from: part.from,
            end: part.until,
            share: part.own(),
            due: part.end.yesterday().unwrap_or(part.end),
            own: Part { share: whole(1), ..part }.own(),
        });
    }
    periods
}

/// The days of the period with the same number of accounts that no counted seat takes.
fn spans(period: &Period, unit: &Exact, license_type: &str, own: &[&Line], counts: &Counts) -> Vec<Installment> {
    let steps = counts.steps.get(license_type).into_iter().flatten().map(|(day, _)| *day);
    let terms = own.iter().flat_map(|line| [Some(line.term.from), line.term.end]).flatten();
    let inside = |day: &Date| period.from < *day && *day < period.end;
    let mut days: Vec<Date> = steps.chain(terms).chain([counts.since]).filter(inside).collect();
    days.extend([period.from, period.end]);
    days.sort_unstable();
    days.dedup();
    let whole_days = days_between(period.from, period.end).max(1);
    let mut spans: Vec<Installment> = Vec::new();
    for (from, end) in days.iter().zip(days.iter().skip(1)) {
        let in_force = || own.iter().filter(|line| line.term.covers(*from));
        let seats = in_force().filter_map(|line| line.charged.seats()).fold(0, u64::saturating_add);
        let open = u64::try_from(in_force().filter(|line| per_account(line).is_some()).count()).unwrap_or(1).max(1);
        let accounts = counts.on(license_type, *from).saturating_sub(seats);
        let price = unit * &period.share / whole(open);
        let days = Exact::new(days_between(*from, *end), whole_days);
        let span = Installment {
            day: period.due,
            from: *from,
            end: *end,
            amount: &price * whole(accounts) * days,
            rule: Rule::ByAccounts,
            accounts: Some(PerAccount { accounts, price, days: whole_days }),
            credits: None,
        };
        match spans.last_mut() {
            Some(before) if before.accounts == span.accounts && *from != counts.since => {
                before.end = span.end;
                before.amount += &span.amount;
            }
            _ => spans.push(span),
        }
    }
    spans.retain(|span| !span.amount.is_zero());
    spans
}

fn added(from: Date, end: Date, amount: Exact, rule: Rule) -> Installment {
    Installment { day: end.yesterday().unwrap_or(end), from, end, amount, rule, accounts: None, credits: None }
}

impl ByAccounts {
    /// Where all is known beforehand.
    pub fn known(paid: Vec<Installment>) -> Self {
        Self { paid, since: None, said: Vec::new() }
    }

    /// What a row with such a period leaves out.
    pub fn uncounted(&self, label: &str) -> Option<String> {
        self.since
            .map(|since| format!("{label}: accounts were counted from {} on: not included before.", day_text(since)))
    }

    /// Whether the period rests on days that were not counted.
    pub fn is_uncounted(&self, line: &Line, bucket: &crate::fiscal::Bucket, cash: bool) -> bool {
        let Some(since) = self.since else { return false };
        if !cash {
            return bucket.from < since && line.term.from < bucket.end;
        }
        let due = self.uncounted_days(line, (bucket.from, bucket.end));
        due.iter().any(|day| bucket.from <= *day && *day < bucket.end)
    }

    /// The days on which payments are due that pay for days that nobody counted.
    pub fn uncounted_days(&self, line: &Line, range: (Date, Date)) -> Vec<Date> {
        let Some(since) = self.since else { return Vec::new() };
        let before = periods(line, range).into_iter().filter(|period| period.from < since);
        before.map(|period| period.end.yesterday().unwrap_or(period.end)).collect()
    }
}
