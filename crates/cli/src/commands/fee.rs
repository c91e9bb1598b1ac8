//! `fee`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::fees::{FeeForm, FeePreviewRequest, FeeRequest, FeeSaveRequest, FeesView};

use super::explain::{self, Explained};
use super::told;
use crate::args::{FeeCommand, FeeFields, YesNo};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Adds, lists, changes or deletes fees.
pub fn run(seatledger: &Seatledger, command: &FeeCommand, console: &Console) -> Outcome {
    match command {
        FeeCommand::List { app, explain, .. } => {
            list(&seatledger.fees(&AppRequest { app: app.clone() })?, *explain, console)
        }
        FeeCommand::Add { app, fields } => save(seatledger, app, None, filled(FeeForm::default(), fields), console),
        FeeCommand::Edit { app, id, fields } => {
            save(seatledger, app, Some(*id), filled(seatledger.fee_form(app, *id)?, fields), console)
        }
        FeeCommand::Delete { app, id } => {
            seatledger.fee_delete(&FeeRequest { app: app.clone(), id: *id })?;
            let document = serde_json::json!({ "id": id, "deleted": true });
            told(console, &document, &format!("Fee {id} is deleted. Take it back with: seatledger undo {app}"))
        }
    }
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
