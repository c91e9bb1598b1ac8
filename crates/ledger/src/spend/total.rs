//! The totals over license types, with what they leave out.

use crate::because::{Line, Parts, line};
use crate::format::counted;
use crate::rule::Rule;
use crate::spend::TypeSpend;
use crate::spend::currencies::{Currencies, listed};
use crate::spend::settle::Whole;
use crate::spend::type_spend::Computed;

pub(super) fn billable(types: &[Computed], currencies: &Currencies, priced: bool, whole: Whole) -> Line {
    let label = "Annual spend for billable accounts";
    Total { label, figure: |spend| &spend.billable_annual, types, currencies, priced, whole }.line()
}

pub(super) fn committed(types: &[Computed], currencies: &Currencies, priced: bool, whole: Whole) -> Line {
    let label = "Committed annual spend";
    Total { label, figure: |spend| &spend.committed_annual, types, currencies, priced, whole }.line()
}

pub(super) fn waste(types: &[Computed], currencies: &Currencies, priced: bool, whole: Whole) -> Line {
    let label = "Unassigned seats a year";
    Total { label, figure: |spend| &spend.waste_annual, types, currencies, priced, whole }.line()
}

struct Total<'a> {
    label: &'a str,
    figure: fn(&TypeSpend) -> &Line,
    types: &'a [Computed],
    currencies: &'a Currencies,
    /// Whether any purchase in force has a price.
    priced: bool,
    whole: Whole,
}

impl Total<'_> {
    fn line(self) -> Line {
        if self.currencies.mixed() {
            return self.mixed();
        }
        let known: Vec<&Line> = self.lines().filter(|line| line.value.is_some()).collect();
        let mut total = line(self.label.to_owned(), Rule::Total, arithmetic(&known));
        let missing = self.missing();
        if let Some(currency) = self.currencies.total()
            && (self.priced || !self.types.iter().any(|one| one.unpriced))
        {
            total.set(self.whole.exact.clone(), currency);
            total.because.also_rounded(self.whole.told.clone());
        }
        total.caveat = self.caveat(&missing, total.value.is_some());
        total.because.parts = self.parts();
        total
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.types.iter().map(|one| (self.figure)(&one.spend))
    }

    fn parts(&self) -> Parts {
        self.lines().map(|line| line.because.clone()).collect()
    }

    fn mixed(&self) -> Line {
        let names = self.currencies.names();
        let (rule, why) = self.currencies.blocked();
        let mut mixed = line(self.label.to_owned(), rule, format!("Prices in {names}"));
        mixed.caveat = Some(why);
        mixed.because.parts = self.parts();
        mixed
    }

    /// Names of the types whose figure is not known.
    fn missing(&self) -> Vec<&str> {
        let unknown = self.types.iter().filter(|one| one.unpriced && (self.figure)(&one.spend).value.is_none());
        unknown.map(|one| one.spend.name.as_str()).collect()
    }

    fn caveat(&self, missing: &[&str], has_value: bool) -> Option<String> {
        let mut sentences = Vec::new();
        if let Ok(number @ 1..) = u64::try_from(missing.len()) {
            let types = counted(number, "license type has", "license types have");
            sentences.push(format!("{types} no price: {}.", listed(missing)));
        } else if !has_value {
            sentences.push("No purchase has been entered yet.".to_owned());
        }
        let partly = self.lines().filter(|line| line.value.is_some()).filter_map(|line| line.caveat.clone());
        sentences.extend(partly);
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

fn arithmetic(known: &[&Line]) -> String {
    match known {
        [] => "Nothing is known yet".to_owned(),
        _ => known.iter().map(|line| line.because.result.as_str()).collect::<Vec<_>>().join(" + "),
    }
}
