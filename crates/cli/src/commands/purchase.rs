//! `purchase`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::problem::FieldProblem;
use app::view::purchases::{
    PurchaseEndRequest, PurchaseForm, PurchasePreviewRequest, PurchaseRequest, PurchaseSaveRequest, PurchaseView,
};

use crate::args::{PurchaseCommand, PurchaseFields, YesNo};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Adds, lists, changes, ends, deletes purchases, or takes an edit back.
pub fn run(seatledger: &Seatledger, command: &PurchaseCommand, console: &Console) -> Outcome {
    match command {
        PurchaseCommand::List { app } => list(&seatledger.purchases(app)?, console),
        PurchaseCommand::Add { app, fields } => {
            save(seatledger, app, None, filled(PurchaseForm::default(), fields), console)
        }
        PurchaseCommand::Edit { app, id, fields } => {
            let form = filled(seatledger.purchase_form(app, *id)?, fields);
            save(seatledger, app, Some(*id), form, console)
        }
        PurchaseCommand::End { app, id, until } => {
            let request = PurchaseEndRequest { app: app.clone(), id: *id, last_day: until.clone() };
            let saved = seatledger.purchase_end(&request)?;
            shown(saved.purchase, saved.problems, console)
        }
        PurchaseCommand::Delete { app, id } => {
            seatledger.purchase_delete(&PurchaseRequest { app: app.clone(), id: *id })?;
            told(
                console,
                &serde_json::json!({ "id": id, "deleted": true }),
                &format!("Purchase {id} is deleted. Take it back with: seatledger purchase undo {app}"),
            )
        }
        PurchaseCommand::Undo { app } => {
            let undone = seatledger.undo(&AppRequest { app: app.clone() })?;
            let sentence = undone.what.clone().unwrap_or_else(|| "There is nothing to undo.".to_owned());
            told(console, &undone, &sentence)
        }
    }
}

fn told(console: &Console, document: &impl serde::Serialize, sentence: &str) -> Outcome {
    if console.json() {
        console.document(document)?;
    } else {
        console.say(sentence)?;
    }
    Ok(0)
}

fn save(seatledger: &Seatledger, app: &str, id: Option<i64>, form: PurchaseForm, console: &Console) -> Outcome {
    let preview = PurchasePreviewRequest { app: app.to_owned(), id, form: form.clone() };
    let doubts = if console.json() { Vec::new() } else { seatledger.purchase_preview(&preview)?.warnings };
    let saved = seatledger.purchase_save(&PurchaseSaveRequest { app: app.to_owned(), id, form })?;
    let outcome = shown(saved.purchase, saved.problems, console)?;
    for doubt in &doubts {
        console.note(&doubt.message);
    }
    Ok(outcome)
}

fn shown(purchase: Option<PurchaseView>, problems: Vec<FieldProblem>, console: &Console) -> Outcome {
    match purchase {
        Some(purchase) if console.json() => console.document(&purchase)?,
        Some(purchase) => console.say(&format!("{}  {}: {}", purchase.id, purchase.license_name, purchase.sentence))?,
        None => return Err(Failure::from(app::Error::Refused(problems))),
    }
    Ok(0)
}

/// The form with the named fields in place of what it had.
fn filled(form: PurchaseForm, fields: &PurchaseFields) -> PurchaseForm {
    let or = |given: &Option<String>, before: String| given.clone().unwrap_or(before);
    let unlimited = fields.quantity.as_ref().map(|text| text.trim().eq_ignore_ascii_case("unlimited"));
    PurchaseForm {
        license_type: or(&fields.license_type, form.license_type),
        name: or(&fields.name, form.name),
        po: or(&fields.po, form.po),
        quantity: if unlimited == Some(true) { String::new() } else { or(&fields.quantity, form.quantity) },
        unlimited: unlimited.unwrap_or(form.unlimited),
        cost: or(&fields.cost, form.cost),
        per: or(&fields.per, form.per),
        currency: or(&fields.currency, form.currency),
        every: or(&fields.every, form.every),
        from: or(&fields.from, form.from),
        until: or(&fields.until, form.until),
        proration: or(&fields.proration, form.proration),
        auto_renews: fields.auto_renews.map_or(form.auto_renews, |answer| answer == YesNo::Yes),
        notice_days: or(&fields.notice_days, form.notice_days),
        note: or(&fields.note, form.note),
        ..form
    }
}

fn list(purchases: &[PurchaseView], console: &Console) -> Outcome {
    if console.json() {
        console.document(&purchases)?;
        return Ok(0);
    }
    if purchases.is_empty() {
        console.note("No purchases are entered. Add one with `seatledger purchase add`.");
        return Ok(0);
    }
    let mut table = Table::new(&[">Id", "License", ">Annual", "What", "State", "PO"]);
    for purchase in purchases {
        table.row(vec![
            purchase.id.to_string(),
            purchase.license_name.clone(),
            purchase.annual.because.result.clone(),
            purchase.sentence.clone(),
            purchase.state_sentence.clone(),
            purchase.form.po.clone(),
        ]);
    }
    console.say(&table.text())?;
    Ok(0)
}
