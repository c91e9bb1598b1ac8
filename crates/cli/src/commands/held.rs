//! `held`.

use app::Seatledger;
use app::view::integration::{HeldRequest, HeldView};

use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

const PAGE: u64 = 50_000;

/// Prints who would go if the roster that waits were accepted.
pub fn run(seatledger: &Seatledger, app: &str, console: &Console) -> Outcome {
    let held = everybody(seatledger, app)?;
    if console.json() {
        console.document(&held)?;
        return Ok(0);
    }
    console.say(&held.sentence)?;
    let mut table = Table::new(&["Id", "Name", "Email", "License type"]);
    for row in &held.rows {
        table.row(vec![
            row.id.clone(),
            row.name.clone(),
            row.email.clone().unwrap_or_default(),
            row.license_type.clone(),
        ]);
    }
    if !table.is_empty() {
        console.say(&table.text())?;
    }
    console.note(&format!("Accept it with: seatledger sync {app} --accept-drop"));
    Ok(0)
}

fn everybody(seatledger: &Seatledger, app: &str) -> Result<HeldView, Failure> {
    let page = |offset| seatledger.held_roster(&HeldRequest { app: app.to_owned(), offset, limit: PAGE });
    let mut held = page(0)?;
    while (held.rows.len() as u64) < held.would_go {
        let more = page(held.rows.len() as u64)?;
        // Another sync may take the roster's place while it is printed.
        if more.run != held.run || more.rows.is_empty() {
            break;
        }
        held.rows.extend(more.rows);
    }
    Ok(held)
}
