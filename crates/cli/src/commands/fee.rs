//! `fee`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::fees::{
    FeeForm, FeePreviewRequest, FeePriceChangeRequest, FeeRequest, FeeSaveRequest, FeeVersionView, FeeView, FeesView,
};

use super::explain::{self, Explained};
use super::purchase::Version;
use super::told;
use crate::args::{FeeCommand, FeeFields, Why, YesNo};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Adds, lists, changes or deletes fees.
pub fn run(seatledger: &Seatledger, command: &FeeCommand, console: &Console) -> Outcome {
    match command {
        FeeCommand::List { app, explain, .. } => {
            list(&seatledger.fees(&AppRequest { app: app.clone() }.into())?, *explain, console)
        }
        FeeCommand::Add { app, fields } => save(seatledger, app, None, filled(FeeForm::default(), fields), console),
        FeeCommand::Edit { app, id, reason, on, fields } => {
            let form = filled(seatledger.fee_form(app, *id)?, fields);
            match (reason, on) {
                (Why::Correction, None) => save(seatledger, app, Some(*id), form, console),
                (Why::Correction, Some(_)) => Err(super::purchase::no_day()),
                (Why::PriceChange, on) => {
                    let (app, on) = (app.clone(), on.clone().unwrap_or_default());
                    price_change(seatledger, &FeePriceChangeRequest { app, id: *id, on, form }, console)
                }
            }
        }
        FeeCommand::History { app, id } => {
            let told = seatledger.fee_versions(&FeeRequest { app: app.clone(), id: *id })?;
            let version = |version: &FeeVersionView| Version {
                number: version.number,
                at: version.at.clone(),
                what: version.what.clone(),
                sentence: version.sentence.clone(),
                changes: version.changes.clone(),
            };
            super::purchase::history(&told.versions, version, console)
        }
        FeeCommand::Delete { app, id } => {
            seatledger.fee_delete(&FeeRequest { app: app.clone(), id: *id })?;
            let document = serde_json::json!({ "id": id, "deleted": true });
            told(console, &document, &format!("Fee {id} is deleted. Take it back with: seatledger undo {app}"))
        }
    }
}

fn price_change(seatledger: &Seatledger, request: &FeePriceChangeRequest, console: &Console) -> Outcome {
    let changed = seatledger.fee_price_change(request)?;
    let (Some(ended), Some(fee)) = (&changed.ended, &changed.fee) else {
        return Err(Failure::from(app::Error::Refused(changed.problems)));
    };
    let line = |fee: &FeeView| format!("{}  {}: {}", fee.id, fee.form.name, fee.sentence);
    told(console, &changed, &format!("{}\n{}", line(ended), line(fee)))
}

fn save(seatledger: &Seatledger, app: &str, id: Option<i64>, form: FeeForm, console: &Console) -> Outcome {
    let preview = seatledger.fee_preview(&FeePreviewRequest { app: app.to_owned(), form: form.clone() })?;
    let saved = seatledger.fee_save(&FeeSaveRequest { app: app.to_owned(), id, form })?;
    let Some(fee) = saved.fee else { return Err(Failure::from(app::Error::Refused(saved.problems))) };
    let outcome = told(console, &fee, &format!("{}  {}: {}", fee.id, fee.form.name, fee.sentence))?;
    preview.warnings.iter().for_each(|doubt| console.note(&doubt.message));
    Ok(outcome)
}

/// The form with the named fields in place of what it had.
fn filled(form: FeeForm, fields: &FeeFields) -> FeeForm {
    let or = |given: &Option<String>, before: String| given.clone().unwrap_or(before);
    let yes = |given: Option<YesNo>, before: bool| given.map_or(before, |answer| answer == YesNo::Yes);
    FeeForm {
        name: or(&fields.name, form.name),
        amount: or(&fields.amount, form.amount),
        currency: or(&fields.currency, form.currency),
        every: or(&fields.every, form.every),
        from: or(&fields.from, form.from),
        until: or(&fields.until, form.until),
        proration: or(&fields.proration, form.proration),
        in_annual_spend: yes(fields.in_annual_spend, form.in_annual_spend),
        in_cost_per_account: yes(fields.in_cost_per_account, form.in_cost_per_account),
        note: or(&fields.note, form.note),
    }
}

fn list(view: &FeesView, explain: bool, console: &Console) -> Outcome {
    if console.json() {
        console.document(&view.fees)?;
        return Ok(0);
    }
    if view.fees.is_empty() {
        console.note("No fees are entered. Add one with `seatledger fee add`.");
        return Ok(0);
    }
    let mut table = Table::new(&[">No.", "Name", "Fee", ">A year", "First day", "Last day"]);
    for fee in &view.fees {
        table.row(vec![
            fee.id.to_string(),
            fee.form.name.clone(),
            fee.sentence.clone(),
            fee.annual.because.result.clone(),
            fee.form.from.clone(),
            fee.form.until.clone(),
        ]);
    }
    console.say(&table.text())?;
    if explain {
        let explained = view.fees.iter().map(|fee| Explained::amount(format!("fee {} a year", fee.id), &fee.annual));
        explain::print(&explained.collect::<Vec<_>>(), console)?;
    }
    Ok(0)
}
