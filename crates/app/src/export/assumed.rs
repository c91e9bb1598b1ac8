//! What the figures of a file rest on beside the purchases: exchange rates and uplifts.

use std::collections::BTreeSet;

use ledger::{Currency, Rate, RateKind, RatePolicy};

use super::about::{Lines, line};
use crate::error::Result;
use crate::rates::sentence;
use crate::seatledger::Seatledger;

impl Seatledger {
    /// The recorded rates, of the kind that is chosen, between the base currency and those that the app is paid in.
    pub(super) fn rates_in_use(&self, app: &str) -> Result<Lines> {
        let app = self.app(app)?;
        let (inputs, policy) = (self.inputs(&app)?, self.rate_policy()?);
        let paid = inputs.purchases.iter().map(|purchase| purchase.currency);
        let foreign: BTreeSet<&str> = paid
            .chain(inputs.fees.iter().map(|fee| fee.currency))
            .filter(|currency| *currency != inputs.base)
            .map(Currency::code)
            .collect();
        let serves = |rate: &Rate| {
            let other = if rate.to == inputs.base { rate.from } else { rate.to };
            let pair = rate.to == inputs.base || rate.from == inputs.base;
            pair && rate.kind == kind(policy) && foreign.contains(other.code())
        };
        let recorded = self.rates_entered()?;
        let mut rates: Vec<&Rate> = recorded.iter().map(|(_, rate)| rate).filter(|rate| serves(rate)).collect();
        rates.sort_by_key(|rate| (rate.from.code(), rate.to.code(), rate.day));
        let mut lines: Lines = rates.iter().map(|rate| line("Exchange rate", format!("{}.", sentence(rate)))).collect();
        if !lines.is_empty() {
            lines.insert(0, line("Exchange rates", format!("{} {}", which(policy), ledger::Rule::Converted.law())));
        }
        Ok(lines)
    }

    /// By how much renewals are expected to cost more.
    pub(super) fn uplifts(&self, app: &str) -> Result<Lines> {
        let inputs = self.inputs(&self.app(app)?)?;
        let told = |purchase: &ledger::Purchase| {
            let terms = &purchase.conditions.renewal;
            let most = terms.cap.map(|cap| format!(", at most {}%", cap.normalize())).unwrap_or_default();
            (terms.uplift.is_some() || terms.cap.is_some()).then(|| {
                let named = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
                let name = named.cloned().unwrap_or_else(|| format!("Purchase {}", purchase.id.0));
                line("Uplift", format!("{name}: {}% expected{most}.", terms.expected().normalize()))
            })
        };
        let lines: Lines = inputs.purchases.iter().filter_map(told).collect();
        let none = || vec![line("Uplift", "No purchase expects one: low, expected and high are the same.")];
        Ok(if lines.is_empty() { none() } else { lines })
    }
}

fn kind(policy: RatePolicy) -> RateKind {
    match policy {
        RatePolicy::FigureDay | RatePolicy::ContractDay | RatePolicy::InvoiceDay => RateKind::Day,
        RatePolicy::MonthAverage => RateKind::MonthAverage,
        RatePolicy::Budget => RateKind::Budget,
    }
}

fn which(policy: RatePolicy) -> &'static str {
    match policy {
        RatePolicy::FigureDay => "The rate of each figure's day is chosen.",
        RatePolicy::ContractDay => "The rate of each contract's first day is chosen.",
        RatePolicy::InvoiceDay => "The rate of each payment's day is chosen.",
        RatePolicy::MonthAverage => "Month averages are chosen.",
        RatePolicy::Budget => "Budget rates are chosen.",
    }
}
