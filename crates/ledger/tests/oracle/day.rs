//! The figures of a random book on its day, against the naive ones.

use jiff::civil::Date;
use ledger::{
    Bases, By, Currency, Exact, Fee, Line, Purchase, RatePolicy, Rates, Setting, TypeSpend, bases, chargeback,
    display_amount, tax_line,
};

use crate::books::{Book, DEPARTMENTS, book};
use crate::days::Day;
use crate::figures::{OfType, fee_annual, fees, in_force, is_priced, is_recurring, largest_remainder, of_type, when};
use crate::frac::Frac;
use crate::naive;
use crate::rates::{When, factor};

/// A sum in the making: what is known, whether something has no price, and whether a rate is missing.
#[derive(Default)]
struct Sum {
    known: Vec<Frac>,
    unknown: bool,
    blocked: bool,
}

impl Sum {
    /// An amount in dollars; nothing where its rate is missing.
    fn add(&mut self, amount: Option<Frac>) {
        match amount {
            Some(amount) => self.known.push(amount),
            None => self.blocked = true,
        }
    }

    fn value(&self) -> Option<Frac> {
        let nothing = self.known.is_empty() && self.unknown;
        (!self.blocked && !nothing).then(|| self.known.iter().fold(Frac::ZERO, |sum, one| sum.plus(*one)))
    }
}

fn amount(line: &Line) -> Option<Exact> {
    line.value.as_ref().map(|value| {
        assert_eq!(value.currency.code(), "USD", "{line:?}");
        value.amount.clone()
    })
}

/// Compares every figure of a book on its day; tells how many that are known and not 0 were compared.
pub fn compare(seed: u64) -> usize {
    let book = book(seed);
    let rates = Rates::new(book.rates.clone()).unwrap();
    let headcounts = book.headcounts();
    let setting = Setting {
        default: Some(Currency::USD),
        exchange: Some(book.exchange(&rates)),
        fees: &book.fees,
        headcounts: &headcounts,
        counts: None,
    };
    let found = bases(book.day, &book.types, &book.purchases, setting);
    let types: Option<Vec<OfType>> = (0..book.types.len()).map(|index| of_type(&book, index)).collect();
    let mut check = Check { seed, book: &book, figures: 0 };
    let totals = check.license_types(types.as_deref(), &found);
    check.sums(types.as_deref(), totals, &found);
    check.departments(types.as_deref(), totals, setting);
    for purchase in &book.purchases {
        check.tax(purchase);
    }
    check.figures
}

struct Check<'a> {
    seed: u64,
    book: &'a Book,
    figures: usize,
}

/// Takes one figure of a license type out of all.
type Figures = (&'static str, fn(&OfType) -> Option<Frac>, fn(&TypeSpend) -> &Line, fn(&Bases) -> &Line);

const FIGURES: [Figures; 3] = [
    ("billable", |of| of.billable, |of| &of.billable_annual, |all| &all.spend.billable_annual),
    ("committed", |of| of.committed, |of| &of.committed_annual, |all| &all.spend.committed_annual),
    ("waste", |of| of.waste, |of| &of.waste_annual, |all| &all.spend.waste_annual),
];

impl Check<'_> {
    fn same(&mut self, expected: Option<Frac>, found: Option<Exact>, what: &str) {
        self.figures += usize::from(expected.is_some_and(|expected| expected != Frac::ZERO));
        let Book { day, types, purchases, fees, rates, policy, .. } = self.book;
        let told = || {
            format!("book {} on {day}, {what}: {types:#?} {purchases:#?} {fees:#?} {rates:#?} {policy:?}", self.seed)
        };
        let text = found.as_ref().map(ToString::to_string);
        assert_eq!(expected.map(Frac::text), text, "exactly, {}", told());
        let cents = found.map(|found| display_amount(&found, Currency::USD));
        assert_eq!(expected.map(Frac::cents), cents, "to the last cent, {}", told());
    }

    /// Billable, committed and waste in total, exactly; what their license types show adds up to what they show.
    fn license_types(&mut self, types: Option<&[OfType]>, found: &Bases) -> [Option<Frac>; 3] {
        FIGURES.map(|(what, naive, of_type, total)| {
            let Some(types) = types else {
                self.same(None, amount(total(found)), &format!("{what} without a rate"));
                return None;
            };
            let exact: Vec<Frac> = types.iter().filter_map(naive).collect();
            let sum = exact.iter().fold(Frac::ZERO, |sum, one| sum.plus(*one));
            let mut shown = largest_remainder(&exact, sum.to_cents()).into_iter();
            for (of, found) in types.iter().zip(&found.spend.by_type) {
                let expected = naive(of).and_then(|_| shown.next());
                self.same(expected, amount(of_type(found)), &format!("{what} of {}", found.license_type));
            }
            let known = types.iter().any(|of| of.priced) || !types.iter().any(|of| of.unpriced);
            let expected = known.then_some(sum);
            self.same(expected, amount(total(found)), what);
            expected
        })
    }

    fn lots(&self) -> Vec<(Purchase, &Purchase)> {
        let charged = self.book.types.iter().filter(|facts| !facts.free);
        let own = charged.flat_map(|facts| {
            let all: Vec<Purchase> = self.book.own(&facts.license_type).cloned().collect();
            let in_force = in_force(self.book, &facts.license_type).into_iter();
            in_force.map(move |one| (cut(one, &all), one)).collect::<Vec<_>>()
        });
        own.collect()
    }

    fn in_dollars(&self, lot: &Purchase, own: Frac) -> Option<Frac> {
        Some(own.times(factor(self.book, lot.currency, when(lot, self.book.day))?))
    }

    /// The value of a term in dollars: by invoice days every payment at the rate of its own day.
    fn whole_term(&self, cut: &Purchase, end: Date) -> Option<Frac> {
        if self.book.policy != RatePolicy::InvoiceDay {
            return self.in_dollars(cut, naive::term_total(cut).unwrap());
        }
        let paid = naive::paid(cut, Some(Day::of(end)), naive::far());
        paid.iter().filter(|one| one.amount != Frac::ZERO).try_fold(Frac::ZERO, |sum, one| {
            let day = one.due.date();
            let when = When { figure: day, contract: day, payment: day };
            Some(sum.plus(one.amount.times(factor(self.book, cut.currency, when)?)))
        })
    }

    fn fees(&self, wanted: impl Fn(&Fee) -> bool) -> Sum {
        let mut sum = Sum::default();
        fees(self.book, wanted).for_each(|fee| sum.add(fee_annual(self.book, fee)));
        sum
    }

    fn sums(&mut self, types: Option<&[OfType]>, [billable, committed, waste]: [Option<Frac>; 3], found: &Bases) {
        let (mut run_rate, mut tcv, mut acv) = (Sum::default(), Sum::default(), Sum::default());
        for (cut, whole) in self.lots() {
            if is_recurring(whole.frequency) && is_priced(whole) {
                run_rate.add(self.in_dollars(whole, naive::annual(whole)));
            }
            run_rate.unknown |= is_recurring(whole.frequency) && !is_priced(whole);
            match cut.term.end.filter(|_| is_priced(whole)) {
                None => (tcv.unknown, acv.unknown) = (true, true),
                Some(end) => {
                    let value = self.whole_term(&cut, end);
                    let months = naive::months_between(Day::of(cut.term.from), Day::of(end));
                    tcv.add(value);
                    acv.add(value.map(|value| value.share(12, 1).over(months)));
                }
            }
        }
        for fee in fees(self.book, |fee| fee.in_annual_spend && is_recurring(fee.frequency)) {
            run_rate.add(fee_annual(self.book, fee));
        }
        self.same(run_rate.value(), amount(&found.run_rate), "run-rate");
        self.same(tcv.value(), amount(&found.total_contract_value), "total contract value");
        self.same(acv.value(), amount(&found.annual_contract_value), "annual contract value");
        let annual = self.fees(|fee| fee.in_annual_spend);
        self.same(annual.value(), amount(&found.fees_annual), "fees");
        let all = committed.and_then(|committed| Some(committed.plus(annual.value()?)));
        self.same(all, amount(&found.committed_annual), "committed with fees");
        let people = i128::from(self.book.people);
        self.same(all.map(|all| all.share(1, people)), amount(&found.cost_per_employee), "for an employee");
        let accounts = self.book.accounts.len() as i128;
        let with_fees = billable.and_then(|all| Some(all.plus(self.fees(|fee| fee.in_cost_per_account).value()?)));
        let each = with_fees.filter(|_| accounts > 0).map(|all| all.share(1, accounts));
        self.same(each, amount(&found.cost_per_billable), "for an account");
        self.by_activity(types, waste, found);
    }

    /// Active and inactive accounts × a seat; whoever is not monitored is in neither. Where nobody is, or a rate is
    /// missing, there is no such figure.
    fn by_activity(&mut self, types: Option<&[OfType]>, waste: Option<Frac>, found: &Bases) {
        let (mut used, mut idle) = (Sum::default(), Sum::default());
        for (index, facts) in self.book.types.iter().enumerate() {
            if !facts.billable || facts.billable_accounts == 0 || facts.free {
                continue;
            }
            let (active, idle_accounts) = (facts.activity.active, facts.activity.inactive + facts.activity.never);
            if active + idle_accounts == 0 {
                (used.blocked, idle.blocked) = (true, true);
                continue;
            }
            let of = of_type(self.book, index);
            let Some(of) = of else {
                (used.blocked, idle.blocked) = (true, true);
                continue;
            };
            match of.unit {
                None => (used.unknown, idle.unknown) = (true, true),
                Some(unit) => {
                    used.add(Some(unit.share(active.into(), 1)));
                    idle.add(Some(unit.share(idle_accounts.into(), 1)));
                }
            }
        }
        self.same(used.value(), amount(&found.used_annual), "used");
        self.same(idle.value(), amount(&found.idle_annual), "inactive");
        let in_all = waste.and_then(|waste| Some(waste.plus(idle.value()?)));
        self.same(in_all, amount(&found.waste_in_all), "waste in all");
        for (of, found) in types.into_iter().flatten().zip(&found.spend.by_type) {
            self.same(of.unit, amount(&found.unit_annual), &format!("a seat of {}", found.license_type));
        }
    }

    /// What departments cost adds up to what the whole shows, cent by cent; those without one come last.
    fn departments(&mut self, types: Option<&[OfType]>, totals: [Option<Frac>; 3], setting: Setting) {
        let totals = totals.map(|total| total.map(Frac::to_cents));
        let Book { day, types: facts, purchases, .. } = self.book;
        let found = chargeback(*day, By::Department, facts, purchases, self.book.known_accounts(), setting);
        let mut names: Vec<usize> = (0..DEPARTMENTS.len()).collect();
        names.sort_by_key(|name| (DEPARTMENTS[*name].is_none(), DEPARTMENTS[*name]));
        names.retain(|name| self.book.accounts.iter().any(|(_, department)| *department == DEPARTMENTS[*name]));
        let of = |name: &usize| {
            let types = types.unwrap_or_default().iter();
            types.fold(Frac::ZERO, |sum, of| sum.plus(of.by_department[*name]))
        };
        let exact: Vec<Frac> = names.iter().map(of).collect();
        let shown = totals[0].map(|total| largest_remainder(&exact, total));
        let found_names: Vec<Option<&str>> = found.rows.iter().map(|row| row.name.as_deref()).collect();
        assert_eq!(found_names, names.iter().map(|name| DEPARTMENTS[*name]).collect::<Vec<_>>(), "book {}", self.seed);
        for (index, row) in found.rows.iter().enumerate() {
            let expected = shown.as_ref().map(|shown| shown[index]);
            self.same(expected, amount(&row.annual), &format!("department {:?}", row.name));
        }
        self.same(totals[2], amount(&found.unassigned), "unassigned seats");
        let whole = totals[0].and_then(|all| Some(all.plus(totals[2]?)));
        self.same(whole, amount(&found.total), "all departments and unassigned seats");
    }

    fn tax(&mut self, purchase: &Purchase) {
        let Some(percent) = purchase.conditions.tax.filter(|_| is_priced(purchase)) else { return };
        let expected = naive::payment(purchase).times(Frac::of(percent)).share(1, 100);
        let found = tax_line(&purchase.into()).and_then(|line| line.value).map(|value| value.amount);
        self.same(Some(expected), found, "tax");
    }
}

/// The purchase with the days that count: one that a newer purchase takes over is not its own.
pub fn cut(purchase: &Purchase, own: &[Purchase]) -> Purchase {
    let end = naive::end_of(purchase, own).map(Day::date);
    Purchase { term: ledger::Term { end, ..purchase.term }, ..purchase.clone() }
}
