//! Miscellaneous fees: the form as typed, its preview, and the acts on them. The ledger decides what is right.

use jiff::civil::Date;
use ledger::form::{Field, Read, parse_fee, to_fee_input};
use ledger::sentence::adverb;
use ledger::{Fee, FeeId, FeeInput, Frequency, Term};
use store::{Act, ActKind, App, Entry, FeeVersion};

use crate::error::{Error, Result};
use crate::purchases::problems;
use crate::renewing::{ChangeWords, change_day};
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::{figure, not_known};
use crate::versions::{differing, reason};
use crate::view::apps::AppDayRequest;
use crate::view::fees::{
    FeeForm, FeePreview, FeePreviewRequest, FeePriceChangeRequest, FeePriceChanged, FeeRequest, FeeSaveRequest,
    FeeSaved, FeeVersionView, FeeVersions, FeeView, FeesView,
};
use crate::view::problem::FieldProblem;
use crate::view::purchases::PurchaseState;
use crate::words;

const OF_FEES: ChangeWords = ChangeWords {
    first: "first day",
    last: "last day",
    from_the_start: "correct the fee if the amount was wrong from the start",
    after_the_end: "add a fee instead",
};

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
    pub fn fees(&self, request: &AppDayRequest) -> Result<FeesView> {
        let then = self.then(request.as_of.as_deref())?;
        then.fees_of(&then.app(&request.app)?)
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
            None => (ActKind::Add, Entry::AddFee(fee.clone(), None)),
            Some(id) => {
                fee.id = self.fee(&app, id)?.id;
                (ActKind::Edit, Entry::ReplaceFee(fee.clone()))
            }
        };
        let ids = self.store.act(&Act { app: Some(app.id), kind, words: None, at: self.now() }, &[entry])?;
        let id = ids.first().map_or(fee.id.0, |id| *id);
        Ok(FeeSaved { fee: Some(self.fee_shown(&app, id)?), problems: Vec::new() })
    }

    /// Ends a fee the day before, and continues it from the day on as the form says: one act.
    pub fn fee_price_change(&self, request: &FeePriceChangeRequest) -> Result<FeePriceChanged> {
        let app = self.app(&request.app)?;
        let old = self.fee(&app, request.id)?;
        let refused = |problems| Ok(FeePriceChanged { ended: None, fee: None, problems });
        let wrong_day = |message| refused(vec![FieldProblem { field: "on".to_owned(), message }]);
        let on = match change_day(&request.on, &old.term, &OF_FEES) {
            Ok(on) => on,
            Err(why) => return wrong_day(why),
        };
        if let Some((next, _)) = self.store.fee_changes(app.id)?.iter().find(|(_, before)| *before == old.id) {
            return wrong_day(format!("Fee {} continues it already: change that one, or delete it first", next.0));
        }
        let typed = FeeForm { from: on.to_string(), ..request.form.clone() };
        let read = parse_fee(&input(&typed), self.default_currency()?);
        let Some(new) = read.found else { return refused(problems(&read.problems)) };
        let ended = Fee { term: Term { end: Some(on), ..old.term }, ..old.clone() };
        let act = Act { app: Some(app.id), kind: ActKind::PriceChange, words: None, at: self.now() };
        let ids = self.store.act(&act, &[Entry::ReplaceFee(ended), Entry::AddFee(new, Some(old.id))])?;
        let shown = |id: Option<&i64>| id.map(|id| self.fee_shown(&app, *id)).transpose();
        Ok(FeePriceChanged { ended: shown(ids.first())?, fee: shown(ids.last())?, problems: Vec::new() })
    }

    /// Every version of a fee, newest first; of a deleted one too.
    pub fn fee_versions(&self, request: &FeeRequest) -> Result<FeeVersions> {
        let app = self.app(&request.app)?;
        let mut kept = self.store.fee_versions(app.id, FeeId(request.id))?;
        if kept.is_empty() {
            return Err(Error::UnknownEntry { noun: "fee", id: request.id });
        }
        let rounding = self.rounding()?;
        for version in &mut kept {
            version.fee.currency = version.fee.currency.rounding(rounding);
        }
        let inputs: Vec<FeeInput> = kept.iter().map(|version| to_fee_input(&version.fee)).collect();
        let before = std::iter::once(None).chain(inputs.iter().map(Some));
        let versions = kept.iter().zip(&inputs).zip(before).zip(1..).map(|(((version, input), before), number)| {
            let changes = before.map(|before| differing(entries(before), entries(input))).unwrap_or_default();
            version_view(version, number, input, changes)
        });
        let mut versions: Vec<FeeVersionView> = versions.collect();
        versions.reverse();
        Ok(FeeVersions { id: request.id, versions })
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

    fn fee_shown(&self, app: &App, id: i64) -> Result<FeeView> {
        Ok(view(&self.fee(app, id)?, &self.store.fee_changes(app.id)?, self.today()?))
    }

    fn fees_of(&self, app: &App) -> Result<FeesView> {
        let today = self.today()?;
        let (mut fees, changes) = (self.fees_entered(app.id)?, self.store.fee_changes(app.id)?);
        fees.sort_by_key(|fee| (fee.name.to_lowercase(), std::cmp::Reverse(fee.term.from), std::cmp::Reverse(fee.id)));
        Ok(FeesView {
            fees: fees.iter().map(|fee| view(fee, &changes, today)).collect(),
            undo: self.last_act(app.id.into())?,
            currencies: self.currencies(fees.iter().map(|fee| fee.currency))?,
        })
    }
}

/// `changes` tells which fees continue which, the later one first.
fn view(fee: &Fee, changes: &[(FeeId, FeeId)], today: Date) -> FeeView {
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
        succeeds: changes.iter().find(|(next, _)| *next == fee.id).map(|(_, before)| before.0),
        succeeded_by: changes.iter().find(|(_, before)| *before == fee.id).map(|(next, _)| next.0),
    }
}

fn version_view(version: &FeeVersion, number: u32, typed: &FeeInput, changes: Vec<String>) -> FeeVersionView {
    FeeVersionView {
        number,
        at: version.at.to_string(),
        what: version.what.clone(),
        reason: version.reason.map(reason),
        deleted: version.deleted,
        form: form(typed.clone()),
        sentence: sentence(&version.fee),
        changes,
    }
}

/// Every entry of the form beside what it is called.
fn entries(input: &FeeInput) -> Vec<(&'static str, String)> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    vec![
        (Field::Name.label(), input.name.clone()),
        (Field::Amount.label(), input.amount.clone()),
        (Field::Currency.label(), input.currency.clone()),
        (Field::Every.label(), input.every.clone()),
        ("First day", input.from.clone()),
        ("Last day", input.until.clone()),
        (Field::Proration.label(), input.proration.clone()),
        ("Part of the annual spend", yes_no(input.in_annual_spend)),
        ("Part of the cost per account", yes_no(input.in_cost_per_account)),
        (Field::Note.label(), input.note.clone()),
    ]
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
