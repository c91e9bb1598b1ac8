//! Adds figures to one: in one currency only, rounded so that the parts add up, with what it leaves out.

use crate::adding;
use crate::because::{Because, Line, line};
use crate::format::{rounded, share_out_to};
use crate::money::{Currency, Exact, Money};
use crate::remainders::remainders;
use crate::rule::Rule;

/// A figure in the making.
#[derive(Debug)]
pub struct Sum {
    label: String,
    rule: Rule,
    amounts: Vec<Money>,
    /// The reasons of the amounts, then of what has none.
    parts: Vec<Because>,
    without: Vec<Because>,
    caveats: Vec<String>,
    blocked: Option<(Rule, String)>,
}

impl Sum {
    /// Nothing yet, under this name.
    pub fn new(label: impl Into<String>, rule: Rule) -> Self {
        let (label, amounts, parts) = (label.into(), Vec::new(), Vec::new());
        Self { label, rule, amounts, parts, without: Vec::new(), caveats: Vec::new(), blocked: None }
    }

    /// Adds a figure; one without an amount is named by its caveat.
    pub fn add(&mut self, line: Line) {
        match line.value {
            Some(value) => {
                self.amounts.push(value);
                self.parts.push(line.because);
            }
            None => self.without.push(line.because),
        }
        self.caveats.extend(line.caveat);
    }

    /// Says what is left out.
    pub fn without(&mut self, caveat: String) {
        self.caveats.push(caveat);
    }

    /// There is no such figure, and why.
    pub fn block(&mut self, rule: Rule, why: String) {
        match &mut self.blocked {
            Some((_, sentences)) if sentences.contains(&why) => {}
            Some((_, sentences)) => {
                sentences.push(' ');
                sentences.push_str(&why);
            }
            None => self.blocked = Some((rule, why)),
        }
    }

    /// The figure; where nothing was added and nothing is left out it is a known 0 in `default`.
    pub fn into_line(mut self, default: Option<Currency>) -> Line {
        let mut codes: Vec<&str> = self.amounts.iter().map(|amount| amount.currency.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.len() > 1 {
            let names = super::listed(&codes);
            let why = format!("Amounts are in {names}: without an exchange rate they cannot be added.");
            self.blocked.get_or_insert((Rule::MixedCurrencies, why));
        }
        let unknown = self.amounts.is_empty() && !self.caveats.is_empty();
        let currency = self.amounts.first().map(|amount| amount.currency).or(default);
        let rule = self.blocked.as_ref().map_or(self.rule, |(rule, _)| *rule);
        let mut sum = line(self.label, rule, String::new());
        if let (None, false, Some(currency)) = (&self.blocked, unknown, currency) {
            let exact: Vec<Exact> = self.amounts.iter().map(|amount| amount.amount.clone()).collect();
            let total = adding::sum(&exact);
            let exact: Vec<&Exact> = exact.iter().collect();
            let shares = share_out_to(&exact, &rounded(&total, currency), currency);
            let told = remainders(&exact, &shares, currency, |index| {
                self.parts.get(index).map_or("", |part| part.label.as_str())
            });
            for ((part, share), how) in self.parts.iter_mut().zip(&shares).zip(told.parts) {
                // What is whole already keeps what is said of it.
                if how.is_some() {
                    part.set_share(share, currency, how);
                }
            }
            sum.set(total, currency);
            sum.because.also_rounded(told.whole);
        }
        let terms: Vec<&str> = self.parts.iter().map(|part| part.result.as_str()).collect();
        sum.because.arithmetic = if terms.is_empty() { "Nothing to add".to_owned() } else { terms.join(" + ") };
        self.parts.extend(self.without);
        sum.because.parts = self.parts.into();
        let caveats = self.blocked.map(|(_, why)| vec![why]).unwrap_or(self.caveats);
        sum.caveat = (!caveats.is_empty()).then(|| caveats.join(" "));
        sum
    }
}
