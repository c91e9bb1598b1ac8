//! `purchase`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::figure::Figure;
use app::view::problem::FieldProblem;
use app::view::purchases::{
    PurchaseEndRequest, PurchaseForm, PurchasePreviewRequest, PurchaseRequest, PurchaseSaveRequest, PurchaseView,
};
use app::view::renewing::{
    PurchaseCoTerminateRequest, PurchasePriceChangeRequest, PurchaseRenewRequest, PurchaseVersionView,
};

use super::explain::{self, Explained};
use super::told;
use crate::args::{PurchaseCommand, PurchaseFields, Why, YesNo};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Adds, lists, changes, ends, deletes purchases, or takes an edit back.
pub fn run(seatledger: &Seatledger, command: &PurchaseCommand, console: &Console) -> Outcome {
    match command {
        PurchaseCommand::List { app, explain, .. } => list(&seatledger.purchases(app)?, *explain, console),
        PurchaseCommand::Add { app, fields } => {
            save(seatledger, app, None, filled(PurchaseForm::default(), fields), console)
        }
        PurchaseCommand::Edit { app, id, reason, on, fields } => {
            let form = filled(seatledger.purchase_form(app, *id)?, fields);
            match (reason, on) {
                (Why::Correction, None) => save(seatledger, app, Some(*id), form, console),
                (Why::Correction, Some(_)) => Err(no_day()),
                (Why::PriceChange, on) => {
                    let on = on.clone().unwrap_or_default();
                    price_change(
                        seatledger,
                        &PurchasePriceChangeRequest { app: app.clone(), id: *id, on, form },
                        console,
                    )
                }
            }
        }
        PurchaseCommand::Renew { app, id, uplift, preview } => {
            let (app, uplift) = (app.clone(), uplift.clone());
            let request = PurchaseRenewRequest { app, id: *id, uplift, preview: *preview };
            let saved = seatledger.purchase_renew(&request)?;
            shown(saved.purchase, saved.problems, console)
        }
        PurchaseCommand::Duplicate { app, id } => {
            let saved = seatledger.purchase_duplicate(&PurchaseRequest { app: app.clone(), id: *id })?;
            shown(saved.purchase, saved.problems, console)
        }
        PurchaseCommand::CoTerminate { app, id, quantity, from, preview } => {
            let (app, from, quantity) = (app.clone(), from.clone(), quantity.clone());
            let request = PurchaseCoTerminateRequest { app, id: *id, from, quantity, preview: *preview };
            let saved = seatledger.purchase_co_terminate(&request)?;
            shown(saved.purchase, saved.problems, console)
        }
        PurchaseCommand::History { app, id } => {
            let told = seatledger.purchase_versions(&PurchaseRequest { app: app.clone(), id: *id })?;
            let version = |version: &PurchaseVersionView| Version {
                number: version.number,
                at: version.at.clone(),
                what: version.what.clone(),
                sentence: version.sentence.clone(),
                changes: version.changes.clone(),
            };
            history(&told.versions, version, console)
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
                &format!("Purchase {id} is deleted. Take it back with: seatledger undo {app}"),
            )
        }
        PurchaseCommand::Undo { app } => undo(seatledger, app, console),
    }
}

/// Takes back the last change, whatever its noun.
pub fn undo(seatledger: &Seatledger, app: &str, console: &Console) -> Outcome {
    let undone = seatledger.undo(&AppRequest { app: app.to_owned() })?;
    let sentence = undone.what.clone().unwrap_or_else(|| "There is nothing to undo.".to_owned());
    told(console, &undone, &sentence)
}

/// Does the change once more that was taken back last, whatever its noun.
pub fn redo(seatledger: &Seatledger, app: &str, console: &Console) -> Outcome {
    let redone = seatledger.redo(&AppRequest { app: app.to_owned() })?;
    let sentence = redone.what.clone().unwrap_or_else(|| "There is nothing to redo.".to_owned());
    told(console, &redone, &sentence)
}

fn price_change(seatledger: &Seatledger, request: &PurchasePriceChangeRequest, console: &Console) -> Outcome {
    let changed = seatledger.purchase_price_change(request)?;
    if console.json() && changed.purchase.is_some() {
        console.document(&changed)?;
        return Ok(0);
    }
    if let Some(purchase) = changed.ended {
        console.say(&format!("{}  {}: {}", purchase.id, purchase.license_name, purchase.sentence))?;
    }
    shown(changed.purchase, changed.problems, console)
}

/// What is printed of a version of a purchase or a fee.
pub struct Version {
    /// 1 for the first one.
    pub number: u32,
    /// When it was written.
    pub at: String,
    /// The act that wrote it.
    pub what: String,
    /// What it says.
    pub sentence: String,
    /// What differs from the version before.
    pub changes: Vec<String>,
}

/// Whoever corrects a mistake says no day.
pub fn no_day() -> Failure {
    Failure::from(app::Error::Refused(vec![FieldProblem {
        field: "on".to_owned(),
        message: "A correction has no day: leave --on out, or say --reason price-change".to_owned(),
    }]))
}

/// Every version with what differs from the one before, newest first.
pub fn history<T: serde::Serialize>(versions: &[T], told: impl Fn(&T) -> Version, console: &Console) -> Outcome {
    if console.json() {
        console.document(&versions)?;
        return Ok(0);
    }
    for version in versions.iter().map(told) {
        let at = version.at.split('.').next().unwrap_or_default().trim_end_matches('Z');
        console.say(&format!("{}  {at}  {}", version.number, version.what))?;
        console.say(&format!("    {}", version.sentence))?;
        for change in &version.changes {
            console.say(&format!("    {change}"))?;
        }
    }
    Ok(0)
}

fn save(seatledger: &Seatledger, app: &str, id: Option<i64>, form: PurchaseForm, console: &Console) -> Outcome {
    let preview = PurchasePreviewRequest { app: app.to_owned(), id, form: form.clone() };
    let doubts = seatledger.purchase_preview(&preview)?.warnings;
    let saved = seatledger.purchase_save(&PurchaseSaveRequest { app: app.to_owned(), id, form })?;
    if let (true, Some(purchase)) = (console.json(), &saved.purchase) {
        console.document(&Saved { purchase, doubts: &doubts })?;
        return Ok(0);
    }
    let outcome = shown(saved.purchase, saved.problems, console)?;
    for doubt in &doubts {
        console.note(&doubt.message);
    }
    Ok(outcome)
}

/// A purchase as it was saved, with what may not have been meant.
#[derive(serde::Serialize)]
struct Saved<'a> {
    #[serde(flatten)]
    purchase: &'a PurchaseView,
    doubts: &'a [FieldProblem],
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
        shape: or(&fields.shape, form.shape),
        tiers: rows(&fields.tiers, form.tiers),
        included: or(&fields.included, form.included),
        extra: or(&fields.extra, form.extra),
        packs: or(&fields.packs, form.packs),
        discounts: rows(&fields.discount, form.discounts),
        tax: or(&fields.tax, form.tax),
        minimum_payment: or(&fields.commitment, form.minimum_payment),
        minimum_term: or(&fields.commitment_term, form.minimum_term),
        overage: or(&fields.overage, form.overage),
        true_up: or(&fields.overage_true_up, form.true_up),
        overage_proration: or(&fields.overage_proration, form.overage_proration),
        uplift: or(&fields.uplift, form.uplift),
        cap: or(&fields.cap, form.cap),
        renewal_seats: or(&fields.renewal_seats, form.renewal_seats),
        once: fields.life.clone().unwrap_or_else(|| or(&fields.once, form.once)),
        pays_for: rows(&fields.pays_for, form.pays_for),
        fallback: fields.fallback.map_or(form.fallback, |answer| answer == YesNo::Yes),
        owner: or(&fields.owner, form.owner),
        reminder: or(&fields.reminder, form.reminder),
        documents: rows(&fields.document, form.documents),
    }
}

/// A table is given anew as a whole: one option for each row.
fn rows(given: &[String], before: String) -> String {
    if given.is_empty() { before } else { given.join("\n") }
}

fn list(purchases: &[PurchaseView], explain: bool, console: &Console) -> Outcome {
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
    if explain {
        explain::print(&purchases.iter().flat_map(explained).collect::<Vec<_>>(), console)?;
    }
    Ok(0)
}

/// What it costs in a year and over its term, and the tax of a payment, where there are any.
fn explained(purchase: &PurchaseView) -> Vec<Explained> {
    let figures = [
        ("a year", Some(&purchase.annual)),
        ("whole term", purchase.term_total.as_ref()),
        ("tax", purchase.tax.as_ref()),
    ];
    let named = |what: &str, figure: &Figure| Explained::amount(format!("purchase {} {what}", purchase.id), figure);
    figures.into_iter().filter_map(|(what, figure)| Some(named(what, figure?))).collect()
}
