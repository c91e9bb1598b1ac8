//! Miscellaneous fees: the form as typed, its preview, and the acts on them. The ledger decides what is right.

use jiff::civil::Date;
use ledger::form::{Read, parse_fee, to_fee_input};
use ledger::sentence::adverb;
use ledger::{Fee, FeeId, FeeInput, Frequency};
use store::{Act, ActKind, App, Entry};

use crate::error::{Error, Result};
use crate::purchases::problems;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::{figure, not_known};
use crate::view::apps::AppRequest;
use crate::view::fees::{
    FeeForm, FeePreview, FeePreviewRequest, FeeRequest, FeeSaveRequest, FeeSaved, FeeView, FeesView,
};
use crate::view::purchases::PurchaseState;
use crate::words;

fn input(form: &FeeForm) -> FeeInput {
    FeeInput {
        name: form.name.clone(),
        amount: form.amount.clone(),
        currency: form.currency.clone(),
        every: form.every.clone(),
        from: form.from.clone(),
        until: form.until.clone(),
        proration: form.proration.clone(),
        in_annual_spend: form.in_annual_spend,
        in_cost_per_account: form.in_cost_per_account,
        note: form.note.clone(),
    }
}

fn form(input: FeeInput) -> FeeForm {
    FeeForm {
        name: input.name,
        amount: input.amount,
        currency: input.currency,
        every: input.every,
        from: input.from,
        until: input.until,
        proration: input.proration,
        in_annual_spend: input.in_annual_spend,
        in_cost_per_account: input.in_cost_per_account,
        note: input.note,
    }
}

impl Seatledger {
    /// The fees of an app.
    pub fn fees(&self, request: &AppRequest) -> Result<FeesView> {
        self.fees_of(&self.app(&request.app)?)
    }

    /// What a form means so far, without keeping it.
    pub fn fee_preview(&self, request: &FeePreviewRequest) -> Result<FeePreview> {
        self.app(&request.app)?;
        let Read { found, problems: wrong, warnings } = parse_fee(&input(&request.form), self.default_currency()?);
        Ok(FeePreview {
            sentence: found.as_ref().map(sentence),
            annual: found.as_ref().and_then(Fee::annual_line).map(|line| figure(&line)),
            problems: problems(&wrong),
            warnings: problems(&warnings),
        })
    }

    /// Adds or edits a fee; a refused form comes back with its problems and changes nothing.
    pub fn fee_save(&self, request: &FeeSaveRequest) -> Result<FeeSaved> {
        let app = self.app(&request.app)?;
        let read = parse_fee(&input(&request.form), self.default_currency()?);
        let Some(mut fee) = read.found else {
            return Ok(FeeSaved { fee: None, problems: problems(&read.problems) });
        };
        let (kind, entry) = match request.id {
            None => (ActKind::Add, Entry::AddFee(fee.clone())),
            Some(id) => {
                fee.id = self.fee(&app, id)?.id;
                (ActKind::Edit, Entry::ReplaceFee(fee.clone()))
            }
        };
        let ids = self.store.act(&Act { app: Some(app.id), kind, words: None, at: self.now() }, &[entry])?;
        fee.id = ids.first().map_or(fee.id, |id| FeeId(*id));
        Ok(FeeSaved { fee: Some(view(&fee, self.today()?)), problems: Vec::new() })
    }

    /// Deletes a fee; Undo brings it back.
    pub fn fee_delete(&self, request: &FeeRequest) -> Result<FeesView> {
        let app = self.app(&request.app)?;
        let fee = self.fee(&app, request.id)?;
        let act = Act { app: Some(app.id), kind: ActKind::Delete, words: None, at: self.now() };
        self.store.act(&act, &[Entry::DeleteFee(fee.id)])?;
        self.fees_of(&app)
    }

    /// One fee as a form, to edit some of its fields.
    pub fn fee_form(&self, app: &str, id: i64) -> Result<FeeForm> {
        Ok(form(to_fee_input(&self.fee(&self.app(app)?, id)?)))
    }
}

impl Rooms {
    fn fee(&self, app: &App, id: i64) -> Result<Fee> {
        let found = self.fees_entered(app.id)?.into_iter().find(|fee| fee.id == FeeId(id));
        found.ok_or(Error::UnknownEntry { noun: "fee", id })
    }

    fn fees_of(&self, app: &App) -> Result<FeesView> {
        let today = self.today()?;
        let mut fees = self.fees_entered(app.id)?;
        fees.sort_by_key(|fee| (fee.name.to_lowercase(), std::cmp::Reverse(fee.term.from), std::cmp::Reverse(fee.id)));
        Ok(FeesView {
            fees: fees.iter().map(|fee| view(fee, today)).collect(),
            undo: self.last_act(app.id.into())?,
            currencies: self.currencies(fees.iter().map(|fee| fee.currency))?,
        })
    }
}

fn view(fee: &Fee, today: Date) -> FeeView {
    let state = if fee.in_force(today) {
        PurchaseState::InForce
    } else if today < fee.term.from {
        PurchaseState::Future
    } else {
        PurchaseState::Ended
    };
    FeeView {
        id: fee.id.0,
        form: form(to_fee_input(fee)),
        annual: fee.annual_line().map_or_else(not_known, |line| figure(&line)),
        state,
        sentence: sentence(fee),
    }
}

/// "$500.00 quarterly = $2,000.00 a year until 31 Mar 2027".
fn sentence(fee: &Fee) -> String {
    let paid = ledger::price_amount(fee.amount, fee.currency);
    let yearly = fee.annual_line().filter(|line| line.value.is_some() && fee.frequency != Frequency::Once);
    let yearly = yearly.map(|line| format!(" = {} a year", line.because.result)).unwrap_or_default();
    let from =
        if fee.frequency == Frequency::Once { format!(" on {}", words::day(fee.term.from)) } else { String::new() };
    let last = ledger::last_day(&fee.term).filter(|_| fee.frequency != Frequency::Once);
    let until = last.map(|last| format!(" until {}", words::day(last))).unwrap_or_default();
    format!("{paid} {}{from}{yearly}{until}", adverb(fee.frequency))
}
