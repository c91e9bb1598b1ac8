//! `headcount`.

use app::Seatledger;
use app::view::headcounts::{HeadcountForm, HeadcountRequest, HeadcountSaveRequest, HeadcountsView};

use super::told;
use crate::args::HeadcountCommand;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Enters, lists or deletes headcounts.
pub fn run(seatledger: &Seatledger, command: &HeadcountCommand, console: &Console) -> Outcome {
    match command {
        HeadcountCommand::List => list(&seatledger.headcounts()?, console),
        HeadcountCommand::Set { people, day } => {
            let form = HeadcountForm { day: day.clone(), people: people.clone() };
            let saved = seatledger.headcount_save(&HeadcountSaveRequest { id: None, form })?;
            let headcount = saved.headcount.ok_or_else(|| Failure::from(app::Error::Refused(saved.problems)))?;
            told(console, &headcount, &format!("{}  {}", headcount.id, headcount.sentence))
        }
        HeadcountCommand::Delete { id } => {
            seatledger.headcount_delete(&HeadcountRequest { id: *id })?;
            let document = serde_json::json!({ "id": id, "deleted": true });
            told(console, &document, &format!("Headcount {id} is deleted. Take it back with: seatledger rate undo"))
        }
    }
}

fn list(view: &HeadcountsView, console: &Console) -> Outcome {
    if console.json() {
        console.document(&view.headcounts)?;
        return Ok(0);
    }
    if view.headcounts.is_empty() {
        console.note("No headcount is entered. Enter one with `seatledger headcount set`.");
        return Ok(0);
    }
    if let Some(notice) = &view.notice {
        console.note(notice);
    }
    let mut table = Table::new(&[">No.", "From", ">Employees"]);
    for headcount in &view.headcounts {
        table.row(vec![headcount.id.to_string(), headcount.day.clone(), headcount.people.to_string()]);
    }
    console.say(&table.text())?;
    Ok(0)
}
