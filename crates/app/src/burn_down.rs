//! What is left of the committed amount of the terms in force and of the fees in their days, day by day, beside an even
//! pace. Absent on purpose: terms without an end, and a band around what is to come: every payment of a term is agreed.

use jiff::civil::Date;
use ledger::{
    Basis, Because, Bucket, Currency, Exact, Fee, FiscalYear, Grain, Line, Purchase, Reasons, Rule, Shown, Table,
    TypeNames, Wanted, display_amount, sentence_amount,
};

use ledger::format::exact_amount;

use crate::error::{Error, Result};
use crate::inputs::Inputs;
use crate::seatledger::Seatledger;
use crate::spending::figure;
use crate::view::figure::{Figure, Money};
use crate::view::over_time::{BurnDown, BurnPoint, BurnPointRequest};
use crate::words;

/// Longer terms are typing errors more often than contracts; they would make a line of thousands of points.
const LONGEST_YEARS: i16 = 50;

/// Where fees and terms are in currencies that cannot be added.
const WITHOUT_FEES: &str = "The fees are left out: they cannot be added to the terms without exchange rates.";

impl Seatledger {
    /// The burn-down as it is today.
    pub(crate) fn burn_down(&self, app: &str) -> Result<Option<BurnDown>> {
        let app = self.app(app)?;
        let inputs = self.inputs(&app)?;
        Ok(burn_down(self.today()?, &inputs))
    }

    /// Why a point of the burn-down is what it is.
    pub fn burn_point(&self, request: &BurnPointRequest) -> Result<Figure> {
        let app = self.app(&request.app)?;
        let inputs = self.inputs(&app)?;
        let day = self.day_or_today(request.date.as_deref())?;
        let refused = |value: &str, expected| Error::NotAllowed { value: value.to_owned(), expected };
        let line = match request.line.as_str() {
            "left" => Point::Left,
            "even" => Point::Even,
            "beside" => Point::Beside,
            "committed" => Point::Committed,
            other => return Err(refused(other, "one of left, even, beside and committed")),
        };
        let found = Terms::of(self.today()?, &inputs).and_then(|terms| terms.point(day, line));
        found
            .map(|line| figure(&line))
            .ok_or_else(|| refused(&day.to_string(), "a day that the burn-down has a point for"))
    }
}

/// What a point tells.
#[derive(Clone, Copy)]
enum Point {
    Left,
    Even,
    /// What is left beside an even pace.
    Beside,
    Committed,
}

/// The burn-down of the purchases in force; `None` when none of them has an end and a known price.
pub(crate) fn burn_down(today: Date, inputs: &Inputs) -> Option<BurnDown> {
    let terms = Terms::of(today, inputs)?;
    let (span, left) = (terms.span(), terms.left());
    let left_today =
        left.iter().rfind(|(day, _)| *day <= today).map_or_else(|| span.total.clone(), |(_, left)| left.clone());
    let text = |amount: &Exact| sentence_amount(amount, span.currency);
    Some(BurnDown {
        title: format!("{} of {} are left", text(&left_today), text(&span.total)),
        subtitle: format!(
            "Committed amount of the terms in force, fees included, {} to {}",
            words::day(span.first),
            words::day(span.last)
        ),
        committed: figure(&terms.committed(None)),
        left: span.money(&left_today),
        pace: span.pace(&left, &left_today),
        points: left
            .iter()
            .map(|(day, left)| BurnPoint {
                date: day.to_string(),
                left: span.money(left),
                even: span.money(&span.even(*day)),
            })
            .collect(),
    })
}

/// The terms in force that end and have a known price, and the fees in their days.
struct Terms<'a> {
    today: Date,
    first: Date,
    /// The day after the last one.
    end: Date,
    purchases: Vec<Purchase>,
    fees: &'a [Fee],
    free: Vec<&'a str>,
    names: Vec<(&'a str, &'a str)>,
    inputs: &'a Inputs,
    buckets: Vec<Bucket>,
    /// Bucket by bucket: what is left is computed with it, and rounded once.
    table: Table,
    /// The same as it is shown: then its parts add up.
    shown: Shown,
    currency: Currency,
    total: Exact,
}

impl<'a> Terms<'a> {
    fn of(today: Date, inputs: &'a Inputs) -> Option<Self> {
        let (free, names) = (inputs.free(), inputs.names());
        let counted = |purchase: &&Purchase| {
            let fits = purchase.term.end.is_some_and(|end| end.year() - purchase.term.from.year() <= LONGEST_YEARS);
            fits && purchase.payment().is_some() && !free.contains(&purchase.license_type.as_str())
        };
        // A term that is renewed on its last day ends the day before, as in every other figure.
        let all = ledger::without_double_days(&inputs.purchases);
        let in_force: Vec<ledger::PurchaseId> =
            ledger::in_force(today, &all).into_iter().map(|purchase| purchase.id).collect();
        // Where a price changed within a term, all of the term is committed.
        let of_contract = |purchase: &Purchase| {
            let contract = purchase.conditions.contract.as_ref().and_then(|contract| contract.others.as_ref());
            contract.is_some() && purchase.contract_term().covers(today)
        };
        let wanted = |purchase: &&Purchase| in_force.contains(&purchase.id) || of_contract(purchase);
        let purchases: Vec<Purchase> = all.iter().filter(wanted).filter(counted).cloned().collect();
        let first = purchases.iter().map(|purchase| purchase.term.from).min()?;
        let end = purchases.iter().filter_map(|purchase| purchase.term.end).max()?;
        let buckets = buckets(first, end, today);
        let made = |fees| {
            let table = ledger::table(&made_of(&purchases, fees, &free, &names, inputs, &buckets));
            table.shown_totals().is_some().then_some((table, fees))
        };
        let (table, fees) = made(inputs.table_fees.as_slice()).or_else(|| made(&[]))?;
        let (shown, ledger::Money { amount: total, currency }) = (table.shown(), table.total.clone()?);
        Some(Self { today, first, end, purchases, fees, free, names, inputs, buckets, table, shown, currency, total })
    }

    fn wanted(&self) -> Wanted<'_> {
        made_of(&self.purchases, self.fees, &self.free, &self.names, self.inputs, &self.buckets)
    }

    fn span(&self) -> Span {
        let last = self.end.yesterday().unwrap_or(self.end);
        let (first, today, currency) = (self.first, self.today, self.currency);
        Span { first, last, today, currency, total: self.total.clone() }
    }

    /// The day before the terms, and what is left then and at the end of every bucket.
    fn left(&self) -> Vec<(Date, Exact)> {
        let mut left = self.total.clone();
        let mut points = vec![(self.span().before(), left.clone())];
        for (bucket, spent) in self.buckets.iter().zip(self.table.totals.iter().flatten()) {
            left -= &spent.amount;
            points.push((bucket.end.yesterday().unwrap_or(bucket.end), left.clone()));
        }
        points
    }

    /// What the terms and fees cost together: each row, on request with its months and payments.
    fn committed(&self, reasons: Option<&Reasons>) -> Line {
        let of_row = |row: usize| {
            let (name, cells) = (&self.table.rows.get(row)?.label, self.shown.cells.get(row)?);
            let amount: Exact = cells.iter().flatten().sum();
            let mut because = if let Some(reasons) = reasons {
                reasons.rows_in_all(&[row], name)?.because
            } else {
                let days = format!("From {} through {}", words::day(self.first), words::day(self.span().last));
                Because::new(name.clone(), Rule::Accrual, days, Vec::new())
            };
            because.label.clone_from(name);
            because.set(&amount, self.currency);
            Some(because)
        };
        let parts: Vec<Because> = (0..self.table.rows.len()).filter_map(of_row).collect();
        let without_fees = self.fees.len() < self.inputs.table_fees.len();
        let caveats = self.table.caveats.iter().map(String::as_str).chain(without_fees.then_some(WITHOUT_FEES));
        let caveats: Vec<&str> = caveats.collect();
        let shown: Vec<&str> = parts.iter().map(|part| part.result.as_str()).collect();
        let arithmetic = summed(&shown);
        let mut line = self.line("Committed by the terms in force", arithmetic, parts, &self.total);
        line.caveat = (!caveats.is_empty()).then(|| caveats.join(" "));
        line
    }

    fn line(&self, label: &str, arithmetic: String, parts: Vec<Because>, amount: &Exact) -> Line {
        let mut because = Because::new(label.to_owned(), Rule::BurnDown, arithmetic, parts);
        because.set(amount, self.currency);
        let value = Some(ledger::Money { amount: amount.clone(), currency: self.currency });
        Line { value, caveat: None, because }
    }

    /// A point with its reason; `None` for a day that is none.
    fn point(&self, day: Date, point: Point) -> Option<Line> {
        let span = self.span();
        let (_, left) = self.left().into_iter().rfind(|(at, _)| *at == day)?;
        let wanted = self.wanted();
        let reasons = Reasons::new(&self.table, &self.shown, &wanted);
        let committed = self.committed(Some(&reasons));
        let exactly = |amount: &Exact| exact_amount(amount, self.currency);
        let total = exactly(&self.total);
        let mut line = match point {
            Point::Committed => return Some(committed),
            Point::Even => {
                let (rest, all) =
                    (ledger::days_between(day, span.last), ledger::days_between(span.before(), span.last));
                let label = format!("Left at an even pace at the end of {}", words::day(day));
                let [rest, all] = [rest, all].map(|days| words::grouped(days.unsigned_abs()));
                self.line(&label, format!("{total} × {rest} ÷ {all} days"), vec![committed.because], &span.even(day))
            }
            Point::Beside => {
                let [one, other] = [Point::Left, Point::Even].map(|point| self.point(day, point));
                let (one, other) = (one?, other?);
                let label = format!("Beside an even pace at the end of {}", words::day(day));
                let arithmetic = format!("{} − {}", exactly(&left), other.because.arithmetic);
                self.line(&label, arithmetic, vec![one.because, other.because], &(left - span.even(day)))
            }
            Point::Left => {
                let over = self.buckets.iter().take_while(|bucket| bucket.end <= day.tomorrow().unwrap_or(day)).count();
                let spans = (0..over).filter_map(|bucket| reasons.period(bucket)).map(|line| line.because);
                let spans: Vec<Because> = spans.collect();
                let gone = &self.total - &left;
                let label = format!("Cost of the days until {}", words::day(day));
                // The months show what adds up to the whole; up to a day it is their exact amounts that do.
                let costs = self.table.totals.iter().take(over).flatten().map(|total| exactly(&total.amount));
                let costs = summed(&costs.collect::<Vec<_>>());
                let spent = self.line(&label, costs, spans, &gone);
                let arithmetic = format!("{total} − {}", exactly(&gone));
                let label = format!("Left at the end of {}", words::day(day));
                self.line(&label, arithmetic, vec![committed.because, spent.because], &left)
            }
        };
        line.caveat = committed.caveat;
        Some(line)
    }
}

fn made_of<'a>(
    purchases: &'a [Purchase],
    fees: &'a [Fee],
    free: &'a [&'a str],
    names: &'a [(&'a str, &'a str)],
    inputs: &'a Inputs,
    buckets: &'a [Bucket],
) -> Wanted<'a> {
    let (exchange, names) = (inputs.exchange(), TypeNames(names));
    Wanted { basis: Basis::Accrual, purchases, fees, free, names, buckets, exchange, counts: None }
}

/// "$365.00 + $146.00".
fn summed(terms: &[impl AsRef<str>]) -> String {
    let terms: Vec<&str> = terms.iter().map(AsRef::as_ref).collect();
    if terms.is_empty() { "Nothing to add".to_owned() } else { terms.join(" + ") }
}

/// All terms together.
struct Span {
    first: Date,
    last: Date,
    today: Date,
    currency: Currency,
    total: Exact,
}

impl Span {
    fn money(&self, amount: &Exact) -> Money {
        Money { amount: display_amount(amount, self.currency), currency: self.currency.code().to_owned() }
    }

    fn before(&self) -> Date {
        self.first.yesterday().unwrap_or(self.first)
    }

    /// What would be left at the end of the day if every day cost the same.
    fn even(&self, day: Date) -> Exact {
        let days = |from, to| Exact::from_integer(ledger::days_between(from, to));
        let share = ledger::money::ratio(&days(day, self.last), &days(self.before(), self.last));
        &self.total * &share.unwrap_or_default()
    }

    fn pace(&self, left: &[(Date, Exact)], left_today: &Exact) -> String {
        let ahead = ledger::format::rounded(&(left_today - &self.even(self.today)), self.currency);
        let zero = ledger::money::whole(0);
        let beside = match (ahead == zero, ahead.is_negative()) {
            (true, _) => "As much as at an even pace is left".to_owned(),
            (_, true) => format!("{} less than at an even pace is left", sentence_amount(&ahead.abs(), self.currency)),
            _ => format!("{} more than at an even pace is left", sentence_amount(&ahead, self.currency)),
        };
        let days = u64::try_from(ledger::days_between(self.today, self.last)).unwrap_or_default();
        let ends = match days {
            0 => "today".to_owned(),
            days => format!("on {}, in {}", words::day(self.last), words::counted(days, "day", "days")),
        };
        let nothing = |left: &Exact| ledger::format::rounded(left, self.currency) == zero;
        let out = left.iter().find(|(_, left)| nothing(left)).map(|(day, _)| *day).filter(|day| *day < self.last);
        let out = out.map_or_else(
            || "nothing is left then".to_owned(),
            |day| format!("nothing is left from {} on", words::day(day)),
        );
        format!("{beside}. The last term ends {ends}; {out}.")
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
