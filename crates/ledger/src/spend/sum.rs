//! Adds figures to one: in one currency only, rounded so that the parts add up, with what it leaves out.

use crate::adding;
use crate::because::{Because, Line, line};
use crate::format::{exact_amount, rounded, share_out_to};
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
    /// Whether its parts are figures of their own.
    of_figures: bool,
}

impl Sum {
    /// Nothing yet, under this name.
    pub fn new(label: impl Into<String>, rule: Rule) -> Self {
        let (label, amounts, parts) = (label.into(), Vec::new(), Vec::new());
        let (without, caveats) = (Vec::new(), Vec::new());
        Self { label, rule, amounts, parts, without, caveats, blocked: None, of_figures: false }
    }

    /// Nothing yet, of figures that are shown elsewhere too: each keeps what it shows there, and what is added is what they
    /// are exactly.
    pub fn of_figures(label: impl Into<String>, rule: Rule) -> Self {
        Self { of_figures: true, ..Self::new(label, rule) }
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
        let mut sum = line(self.label.clone(), rule, String::new());
        if let (None, false, Some(currency)) = (&self.blocked, unknown, currency) {
            sum.set(adding::sum(self.amounts.iter().map(|amount| &amount.amount)), currency);
            if !self.of_figures {
                let told = self.share_out(currency);
                sum.because.also_rounded(told);
            }
        }
        let exactly = self.amounts.iter().filter(|_| self.of_figures);
        let exactly: Vec<String> = exactly.map(|amount| exact_amount(&amount.amount, amount.currency)).collect();
        let shown = self.parts.iter().skip(exactly.len()).map(|part| part.result.as_str());
        let terms: Vec<&str> = exactly.iter().map(String::as_str).chain(shown).collect();
        sum.because.arithmetic = if terms.is_empty() { "Nothing to add".to_owned() } else { terms.join(" + ") };
        self.parts.extend(self.without);
        sum.because.parts = self.parts.into();
        let caveats = self.blocked.map(|(_, why)| vec![why]).unwrap_or(self.caveats);
        sum.caveat = (!caveats.is_empty()).then(|| caveats.join(" "));
        sum
    }

    /// Rounds the parts so that they add up to the rounded sum; who got what that left over.
    fn share_out(&mut self, currency: Currency) -> Option<String> {
        let exact: Vec<&Exact> = self.amounts.iter().map(|amount| &amount.amount).collect();
        let total = adding::sum(exact.iter().copied());
        let shares = share_out_to(&exact, &rounded(&total, currency), currency);
        let told =
            remainders(&exact, &shares, currency, |index| self.parts.get(index).map_or("", |part| part.label.as_str()));
        for ((part, share), how) in self.parts.iter_mut().zip(&shares).zip(told.parts) {
            // What is whole already keeps what is said of it.
            if how.is_some() {
                part.set_share(share, currency, how);
            }
        }
        told.whole
    }
}
