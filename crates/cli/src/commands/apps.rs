//! `apps`, `disconnect`.

use app::Seatledger;
use app::view::apps::{AppDayRequest, AppRow, RemoveRequest, RosterState};

use super::explain::{self, Explained, WithReasons};
use crate::args::Arguments;
use crate::console::Console;
use crate::failure::Outcome;
use crate::open;
use crate::shapes::AppShape;
use crate::table::Table;

/// Prints the connected apps.
pub fn list(seatledger: &Seatledger, explain: bool, console: &Console) -> Outcome {
    let rows = seatledger.apps_list()?;
    let shapes = || rows.iter().map(AppShape::from);
    let explained = || rows.iter().map(|row| explained(seatledger, row)).collect::<app::Result<Vec<_>>>();
    if console.json() && explain {
        let rows = shapes().zip(explained()?).map(|(answer, explained)| WithReasons { answer, explained });
        console.document(&rows.collect::<Vec<_>>())?;
        return Ok(0);
    }
    if console.json() {
        console.document(&shapes().collect::<Vec<_>>())?;
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
        explain::print(&explained()?.concat(), console)?;
    }
    Ok(0)
}

/// Lists tell no reasons; the app's spend does.
fn explained(seatledger: &Seatledger, row: &AppRow) -> app::Result<Vec<Explained>> {
    let spend = seatledger.spend(&AppDayRequest { app: row.app.clone(), as_of: None })?;
    Ok(vec![
        Explained::count(format!("{} billable accounts", row.app), &spend.counts.billable.because),
        Explained::amount(format!("{} annual spend", row.app), &spend.billable_annual),
    ])
}

/// A star says that something is left out, which the notes below the table name.
fn spend(row: &AppRow) -> String {
    let spend = &row.billable_annual;
    let open = spend.value.is_some() && spend.caveat.is_some();
    format!("{}{}", spend.text, if open { " *" } else { "" })
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
