//! `rate`.

use app::Seatledger;
use app::view::problem::FieldProblem;
use app::view::rates::{RateDeleteRequest, RateForm, RatePolicyRequest, RateSaveRequest, RatesView};

use super::told;
use crate::args::{RateChanges, RateCommand, RateFields};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Enters, lists, changes or deletes exchange rates.
pub fn run(seatledger: &Seatledger, command: &RateCommand, console: &Console) -> Outcome {
    match command {
        RateCommand::List => list(&seatledger.rates()?, console),
        RateCommand::Add { fields, restate } => save(seatledger, None, typed(fields), *restate, console),
        RateCommand::Edit { id, fields, restate } => {
            let form = changed(seatledger.rate_form(*id)?, fields);
            save(seatledger, Some(*id), form, *restate, console)
        }
        RateCommand::Delete { id, restate } => {
            let deleted = seatledger.rate_delete(&RateDeleteRequest { id: *id, restate: *restate })?;
            if let Some(sentence) = deleted.restates {
                return Err(asked_back(&sentence));
            }
            let document = serde_json::json!({ "id": id, "deleted": true });
            told(console, &document, &format!("Rate {id} is deleted. Take it back with: seatledger rate undo"))
        }
        RateCommand::Policy { policy: None, .. } => {
            let policy = seatledger.rates()?.policy;
            told(console, &serde_json::json!({ "policy": policy }), &policy)
        }
        RateCommand::Policy { policy: Some(policy), restate } => choose(seatledger, policy, *restate, console),
        RateCommand::Undo => {
            let undone = seatledger.rates_undo()?;
            let sentence = undone.what.clone().unwrap_or_else(|| "There is nothing to undo.".to_owned());
            told(console, &undone, &sentence)
        }
    }
}

/// A rate that figures rest on is changed only when that is said.
fn asked_back(sentence: &str) -> Failure {
    let message = format!("{sentence}. Add --restate if that is meant");
    Failure::from(app::Error::Refused(vec![FieldProblem { field: "restate".to_owned(), message }]))
}

fn typed(fields: &RateFields) -> RateForm {
    RateForm {
        from: fields.from.clone(),
        to: fields.to.clone(),
        kind: fields.kind.clone(),
        day: fields.day.clone(),
        until: fields.until.clone(),
        rate: fields.rate.clone(),
        source: fields.source.clone(),
    }
}

/// The form with the named fields in place of what it had.
fn changed(form: RateForm, fields: &RateChanges) -> RateForm {
    let or = |given: &Option<String>, before: String| given.clone().unwrap_or(before);
    RateForm {
        from: or(&fields.from, form.from),
        to: or(&fields.to, form.to),
        kind: or(&fields.kind, form.kind),
        day: or(&fields.day, form.day),
        until: or(&fields.until, form.until),
        rate: or(&fields.rate, form.rate),
        source: or(&fields.source, form.source),
    }
}

fn save(seatledger: &Seatledger, id: Option<i64>, form: RateForm, restate: bool, console: &Console) -> Outcome {
    let saved = seatledger.rate_save(&RateSaveRequest { id, form, restate })?;
    match (saved.rate, saved.restates) {
        (Some(rate), _) => told(console, &rate, &format!("{}  {}", rate.id, rate.sentence)),
        (None, Some(sentence)) => Err(asked_back(&sentence)),
        (None, None) => Err(Failure::from(app::Error::Refused(saved.problems))),
    }
}

fn choose(seatledger: &Seatledger, policy: &str, restate: bool, console: &Console) -> Outcome {
    let chosen = seatledger.rate_policy_choose(&RatePolicyRequest { policy: policy.to_owned(), restate })?;
    if let Some(sentence) = chosen.restates {
        return Err(asked_back(&sentence));
    }
    let document = serde_json::json!({ "policy": chosen.policy });
    told(console, &document, &format!("Amounts in other currencies: {}", chosen.policy))
}

fn list(view: &RatesView, console: &Console) -> Outcome {
    if console.json() {
        console.document(view)?;
        return Ok(0);
    }
    for missing in &view.missing {
        console.note(&format!("{} Needed by {}.", missing.lack, missing.needed_by));
    }
    if view.rates.is_empty() {
        console.note("No exchange rates are entered. Add one with `seatledger rate add`.");
        return Ok(0);
    }
    let mut table = Table::new(&[">No.", "From", "To", "Kind", "Date", "Until", ">Rate", "Source"]);
    for rate in &view.rates {
        table.row(vec![
            rate.id.to_string(),
            rate.form.from.clone(),
            rate.form.to.clone(),
            rate.form.kind.clone(),
            rate.form.day.clone(),
            rate.form.until.clone(),
            rate.form.rate.clone(),
            rate.form.source.clone(),
        ]);
    }
    console.say(&table.text())?;
    Ok(0)
}
