//! `apps`, `disconnect`.

use app::Seatledger;
use app::view::apps::{AppRow, RemoveRequest, RosterState};

use super::explain::{self, Explained};
use crate::args::Arguments;
use crate::console::Console;
use crate::failure::Outcome;
use crate::open;
use crate::shapes::AppShape;
use crate::table::Table;

/// Prints the connected apps.
pub fn list(seatledger: &Seatledger, explain: bool, console: &Console) -> Outcome {
    let rows = seatledger.apps_list()?;
    if console.json() && explain {
        console.document(&rows)?;
        return Ok(0);
    }
    if console.json() {
        console.document(&rows.iter().map(AppShape::from).collect::<Vec<_>>())?;
        return Ok(0);
    }
    if rows.is_empty() {
        console.note(
            "No app is connected yet. Start with `seatledger connect lucid`, or look around with `seatledger demo`.",
        );
        return Ok(0);
    }
    let mut table = Table::new(&["App", "Name", ">Members", ">Billable", ">Annual spend", "State"]);
    for row in &rows {
        table.row(vec![
            row.app.clone(),
            row.name.clone(),
            row.members.to_string(),
            row.billable_accounts.to_string(),
            spend(row),
            state(row),
        ]);
    }
    console.say(&table.text())?;
    for row in &rows {
        if let Some(caveat) = &row.billable_annual.caveat {
            console.note(&format!("* {}: {caveat}", row.app));
        }
    }
    if explain {
        let all: Vec<Explained> = rows.iter().flat_map(explained).collect();
        explain::print(&all, console)?;
    }
    Ok(0)
}

fn explained(row: &AppRow) -> [Explained; 2] {
    [
        Explained::count(format!("{} billable accounts", row.app), &row.counts.billable.because),
        Explained::amount(format!("{} annual spend", row.app), &row.billable_annual),
    ]
}

/// A star says that something is left out, which the notes below the table name.
fn spend(row: &AppRow) -> String {
    let figure = &row.billable_annual;
    let open = figure.value.is_some() && figure.caveat.is_some();
    format!("{}{}", figure.because.result, if open { " *" } else { "" })
}

fn state(row: &AppRow) -> String {
    let sample = if row.sample { "Sample organisation. " } else { "" };
    match row.state {
        RosterState::NeverSynced => format!("{sample}{} Run `seatledger sync {}`.", row.state_sentence, row.app),
        _ => format!("{sample}{}", row.state_sentence),
    }
}

/// Removes an app with everything that belongs to it.
pub fn disconnect(
    seatledger: &Seatledger,
    arguments: &Arguments,
    app: &str,
    confirm: &str,
    console: &Console,
) -> Outcome {
    open::unlock(seatledger, arguments)?;
    seatledger.connection_remove(&RemoveRequest { app: app.to_owned(), typed_name: confirm.to_owned() })?;
    if console.json() {
        console.document(&serde_json::json!({ "app": app, "removed": true }))?;
    } else {
        console.say(&format!("{app} is removed with its roster, history, purchases and token."))?;
    }
    Ok(0)
}
