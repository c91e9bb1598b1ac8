//! Exchange rates of the organisation. A rate that figures rest on is changed deliberately, and the log keeps the change.

use ledger::form::{parse_rate, parse_rate_policy, rate_policy_word, to_rate_input};
use ledger::{Exchange, Rate, RateError, RateInput, RateKind, RatePolicy, Rates, When};
use store::{Act, ActKind, Entry, RateId, Whose};

use crate::error::{Error, Result};
use crate::seatledger::{Rooms, Seatledger};
use crate::view::problem::FieldProblem;
use crate::view::purchases::Undone;
use crate::view::rates::{
    RateAct, RateDeleteRequest, RateDeleted, RateForm, RatePolicyChosen, RatePolicyRequest, RateSaveRequest, RateSaved,
    RateView, RatesView,
};
use crate::words;

fn view(id: RateId, rate: &Rate) -> RateView {
    RateView { id: id.0, form: form(rate), sentence: sentence(rate) }
}

fn form(rate: &Rate) -> RateForm {
    let RateInput { from, to, kind, day, until, rate, source } = to_rate_input(rate);
    RateForm { from, to, kind, day, until, rate, source }
}

/// "1 EUR = 1.08 USD on 1 Nov 2026 (ECB)", "1 EUR = 1.08 USD, average of Nov 2026 (ECB)".
pub(crate) fn sentence(rate: &Rate) -> String {
    let source = if rate.source.is_empty() { String::new() } else { format!(" ({})", rate.source) };
    let on = if rate.kind == RateKind::Day { " on" } else { "," };
    format!("1 {} = {} {}{on} {}{source}", rate.from, rate.rate.normalize(), rate.to, rate.when())
}

/// The fields of this form are called without "rate", which the ledger needs to tell them from others.
fn problems(found: &[(ledger::Field, String)]) -> Vec<FieldProblem> {
    let mut problems = crate::purchases::problems(found);
    for problem in &mut problems {
        if let Some(plain) = problem.field.strip_prefix("rate_") {
            problem.field = plain.to_owned();
        }
    }
    problems
}

impl Seatledger {
    /// The rates, and every act on them.
    pub fn rates(&self) -> Result<RatesView> {
        let mut rates = self.rates_entered()?;
        rates.sort_by_key(|(id, rate)| (rate.from.code(), rate.to.code(), rate.kind, std::cmp::Reverse(rate.day), *id));
        let log = self.store.rate_acts()?;
        let base = self.default_currency()?;
        Ok(RatesView {
            base: base.code().to_owned(),
            policy: rate_policy_word(self.rate_policy()?).to_owned(),
            missing: self.missing_rates(base, &rates)?,
            rates: rates.iter().map(|(id, rate)| view(*id, rate)).collect(),
            log: log.into_iter().map(|act| RateAct { at: act.at.to_string(), what: act.what }).collect(),
            undo: self.last_act(Whose::Organisation)?,
            currencies: self.currencies(rates.iter().map(|(_, rate)| rate.from))?,
        })
    }

    /// Records or edits a rate; where figures that were shown before would change, only when that is wanted.
    pub fn rate_save(&self, request: &RateSaveRequest) -> Result<RateSaved> {
        let refused = |problems| Ok(RateSaved { rate: None, problems, restates: None });
        let read = parse_rate(&self.typed_rate(&request.form)?, self.fiscal_year()?);
        let Some(rate) = read.found else { return refused(problems(&read.problems)) };
        let mut others = self.rates_entered()?;
        let before = match request.id {
            None => None,
            Some(id) => Some(self.rate(id)?),
        };
        others.retain(|(id, _)| Some(id.0) != request.id);
        let all = others.iter().map(|(_, rate)| rate).chain([&rate]).cloned();
        if let Err(why @ RateError::Twice(..)) = Rates::new(all) {
            return refused(vec![FieldProblem { field: "day".to_owned(), message: format!("Rate {why}") }]);
        }
        let restates = self.restates(before.as_ref(), &rate, &others)?;
        if restates.is_some() && !request.restate {
            return Ok(RateSaved { rate: None, problems: Vec::new(), restates });
        }
        let (plain, entry) = match request.id {
            None => (ActKind::Add, Entry::AddRate(rate.clone())),
            Some(id) => (ActKind::Edit, Entry::ReplaceRate(RateId(id), rate.clone())),
        };
        let kind = if restates.is_some() { ActKind::Restate } else { plain };
        let said = before.as_ref().map(|before| format!("{}; was {}", sentence(&rate), sentence(before)));
        let words = said.unwrap_or_else(|| sentence(&rate));
        let act = Act { app: None, kind, words: restates.is_some().then_some(&words), at: self.now() };
        let ids = self.store.act(&act, &[entry])?;
        let id = ids.first().map_or(RateId(0), |id| RateId(*id));
        Ok(RateSaved { rate: Some(view(id, &rate)), problems: Vec::new(), restates: None })
    }

    /// Deletes a rate; Undo brings it back.
    pub fn rate_delete(&self, request: &RateDeleteRequest) -> Result<RateDeleted> {
        let rate = self.rate(request.id)?;
        let serves = self.serves(rate.kind)?;
        if serves && !request.restate {
            let restates = Some(restating(&rate));
            return Ok(RateDeleted { deleted: false, restates });
        }
        let words = format!("{}: deleted", sentence(&rate));
        let (kind, words) = if serves { (ActKind::Restate, Some(words.as_str())) } else { (ActKind::Delete, None) };
        let act = Act { app: None, kind, words, at: self.now() };
        self.store.act(&act, &[Entry::DeleteRate(RateId(request.id))])?;
        Ok(RateDeleted { deleted: true, restates: None })
    }

    /// One rate as a form, to edit some of its fields.
    pub fn rate_form(&self, id: i64) -> Result<RateForm> {
        Ok(form(&self.rate(id)?))
    }

    /// Chooses which recorded rates serve figures; where amounts are converted, only when a restatement is wanted.
    pub fn rate_policy_choose(&self, request: &RatePolicyRequest) -> Result<RatePolicyChosen> {
        let chosen = parse_rate_policy(&request.policy).ok_or_else(|| Error::NotAllowed {
            value: request.policy.clone(),
            expected: "one of figure-day, contract-day, invoice-day, month-average and budget",
        })?;
        let before = self.rate_policy()?;
        let told = |policy, restates| Ok(RatePolicyChosen { policy: rate_policy_word(policy).to_owned(), restates });
        if chosen == before {
            return told(before, None);
        }
        let words = format!("amounts in other currencies: {}, was {}", basis(chosen), basis(before));
        let restating = !self.rates_entered()?.is_empty();
        if restating && !request.restate {
            let asked = format!("This restates {words}, for every day, so nothing was changed yet");
            return told(before, Some(asked));
        }
        let kind = if restating { ActKind::Restate } else { ActKind::Edit };
        let act = Act { app: None, kind, words: Some(&words), at: self.now() };
        self.store.act(&act, &[Entry::ChooseRates(chosen)])?;
        told(chosen, None)
    }

    /// Takes back the organisation's last act: on its rates, the choice among them, or its headcounts.
    pub fn rates_undo(&self) -> Result<Undone> {
        Ok(Undone { what: self.undone(Whose::Organisation)? })
    }
}

impl Rooms {
    fn rate(&self, id: i64) -> Result<Rate> {
        let found = self.rates_entered()?.into_iter().find(|(known, _)| known.0 == id);
        found.map(|(_, rate)| rate).ok_or(Error::UnknownEntry { noun: "rate", id })
    }

    fn typed_rate(&self, form: &RateForm) -> Result<RateInput> {
        let base = self.default_currency()?.code();
        Ok(RateInput {
            from: form.from.clone(),
            to: if form.to.trim().is_empty() { base.to_owned() } else { form.to.clone() },
            kind: form.kind.clone(),
            day: form.day.clone(),
            until: form.until.clone(),
            rate: form.rate.clone(),
            source: form.source.clone(),
        })
    }

    /// Whether figures rest on rates of the kind: invoices always do on those of their day.
    fn serves(&self, kind: RateKind) -> Result<bool> {
        Ok(kind == RateKind::Day || kind == self.rate_policy()?.kind())
    }

    /// Which figures would be told otherwise than before: those that rest on a rate that is changed, or on another one
    /// where one is entered for past days. Where there was no rate, nothing was told.
    fn restates(&self, before: Option<&Rate>, rate: &Rate, others: &[(RateId, Rate)]) -> Result<Option<String>> {
        if let Some(before) = before {
            let changed = Rate { source: before.source.clone(), ..rate.clone() } != *before;
            let first = if before.day < rate.day { before } else { rate };
            let serves = self.serves(before.kind)? || self.serves(rate.kind)?;
            return Ok((changed && serves).then(|| restating(first)));
        }
        let today = self.today()?;
        let policy = self.rate_policy()?;
        let found = |rates: Rates| match rate.kind {
            RateKind::Day => rates.on(rate.from, rate.to, rate.day).is_ok(),
            kind => {
                let exchange = Exchange { base: rate.to, rates: &rates, policy, today };
                let day = When { figure: rate.day, contract: rate.day, payment: rate.day };
                exchange.policy.kind() == kind && exchange.found(rate.from, day).is_ok()
            }
        };
        let known = Rates::new(others.iter().map(|(_, rate)| rate.clone()));
        Ok((known.is_ok_and(found) && rate.day < today).then(|| restating(rate)))
    }
}

/// "month averages".
fn basis(policy: RatePolicy) -> &'static str {
    match policy {
        RatePolicy::FigureDay => "the rate of the figure's day",
        RatePolicy::ContractDay => "the rate of the contract's first day",
        RatePolicy::InvoiceDay => "the rate of the payment's day",
        RatePolicy::MonthAverage => "month averages",
        RatePolicy::Budget => "budget rates",
    }
}

fn restating(rate: &Rate) -> String {
    let days = match (rate.kind, rate.end) {
        (RateKind::MonthAverage, _) => format!("of {}", rate.day.strftime("%b %Y")),
        (RateKind::Budget, Some(end)) => {
            format!("from {} to {}", words::day(rate.day), words::day(end.yesterday().unwrap_or(end)))
        }
        (RateKind::Budget, None) | (RateKind::Day, _) => format!("from {} on", words::day(rate.day)),
    };
    format!("This restates figures in {} and {} {days}, so nothing was changed yet", rate.from, rate.to)
}
