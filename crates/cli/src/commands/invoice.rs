//! `invoice`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::figure::Figure;
use app::view::invoices::{
    InvoiceForm, InvoicePreviewRequest, InvoiceRequest, InvoiceSaveRequest, InvoicesCompared, InvoicesView,
};

use super::explain::{self, Explained};
use super::told;
use crate::args::{InvoiceChanges, InvoiceCommand, InvoiceFields};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Records, lists, changes or deletes invoices.
pub fn run(seatledger: &Seatledger, command: &InvoiceCommand, console: &Console) -> Outcome {
    match command {
        InvoiceCommand::List { app, explain, .. } => {
            list(&seatledger.invoices(&AppRequest { app: app.clone() }.into())?, *explain, console)
        }
        InvoiceCommand::Add { app, fields } => save(seatledger, app, None, typed(fields), console),
        InvoiceCommand::Edit { app, id, fields } => {
            let form = changed(seatledger.invoice_form(app, *id)?, fields);
            save(seatledger, app, Some(*id), form, console)
        }
        InvoiceCommand::Delete { app, id } => {
            seatledger.invoice_delete(&InvoiceRequest { app: app.clone(), id: *id })?;
            let document = serde_json::json!({ "id": id, "deleted": true });
            told(console, &document, &format!("Invoice {id} is deleted. Take it back with: seatledger undo {app}"))
        }
    }
}

fn typed(fields: &InvoiceFields) -> InvoiceForm {
    InvoiceForm {
        number: fields.number.clone(),
        day: fields.day.clone(),
        amount: fields.amount.clone(),
        currency: fields.currency.clone(),
        from: fields.from.clone(),
        until: fields.until.clone(),
        purchase: Some(fields.purchase),
    }
}

/// The form with the named fields in place of what it had.
fn changed(form: InvoiceForm, fields: &InvoiceChanges) -> InvoiceForm {
    let or = |given: &Option<String>, before: String| given.clone().unwrap_or(before);
    InvoiceForm {
        number: or(&fields.number, form.number),
        day: or(&fields.day, form.day),
        amount: or(&fields.amount, form.amount),
        currency: or(&fields.currency, form.currency),
        from: or(&fields.from, form.from),
        until: or(&fields.until, form.until),
        purchase: fields.purchase.or(form.purchase),
    }
}

fn save(seatledger: &Seatledger, app: &str, id: Option<i64>, form: InvoiceForm, console: &Console) -> Outcome {
    let preview = seatledger.invoice_preview(&InvoicePreviewRequest { app: app.to_owned(), id, form: form.clone() })?;
    let saved = seatledger.invoice_save(&InvoiceSaveRequest { app: app.to_owned(), id, form })?;
    let Some(invoice) = saved.invoice else { return Err(Failure::from(app::Error::Refused(saved.problems))) };
    let said = format!(
        "{}  Invoice {}: {} {}",
        invoice.id, invoice.form.number, invoice.amount.amount, invoice.amount.currency
    );
    let outcome = told(console, &invoice, &said)?;
    preview.warnings.iter().for_each(|doubt| console.note(&doubt.message));
    let variance = preview.compared.and_then(|compared| compared.variance.caveat);
    if let Some(caveat) = variance {
        console.note(&caveat);
    }
    Ok(outcome)
}

fn explained(compared: &InvoicesCompared) -> [Explained; 3] {
    let named =
        |what: &str, figure: &Figure| Explained::amount(format!("purchase {} {what}", compared.purchase), figure);
    [
        named("recorded", &compared.recorded),
        named("computed", &compared.computed),
        named("variance", &compared.variance),
    ]
}

fn list(view: &InvoicesView, explain: bool, console: &Console) -> Outcome {
    if console.json() {
        console.document(view)?;
        return Ok(0);
    }
    if view.invoices.is_empty() {
        console.note("No invoices are recorded. Add one with `seatledger invoice add`.");
        return Ok(0);
    }
    let mut table = Table::new(&[">No.", "Number", "Date", ">Amount", "Currency", "Bills from", "To", "Purchase"]);
    for invoice in &view.invoices {
        table.row(vec![
            invoice.id.to_string(),
            invoice.form.number.clone(),
            invoice.form.day.clone(),
            invoice.amount.amount.clone(),
            invoice.amount.currency.clone(),
            invoice.form.from.clone(),
            invoice.form.until.clone(),
            invoice.purchase_name.clone(),
        ]);
    }
    console.say(&table.text())?;
    let mut variances = Table::new(&[">Purchase", "Name", ">Recorded", ">Computed", ">Variance"]);
    for compared in &view.compared {
        variances.row(vec![
            compared.purchase.to_string(),
            compared.purchase_name.clone(),
            compared.recorded.because.result.clone(),
            compared.computed.because.result.clone(),
            compared.variance.because.result.clone(),
        ]);
    }
    console.say("")?;
    console.say(&variances.text())?;
    view.compared
        .iter()
        .filter_map(|compared| compared.variance.caveat.as_deref())
        .for_each(|caveat| console.note(caveat));
    if explain {
        explain::print(&view.compared.iter().flat_map(explained).collect::<Vec<_>>(), console)?;
    }
    Ok(0)
}
