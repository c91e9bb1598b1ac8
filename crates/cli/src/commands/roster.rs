//! `roster`.

use app::Seatledger;
use app::view::roster::{RosterQuery, RosterRow};

use crate::args::RosterArguments;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::shapes::MemberShape;
use crate::table::Table;

/// Prints the roster, row by row in JSON so that its size does not matter.
pub fn list(seatledger: &Seatledger, asked: &RosterArguments, console: &Console) -> Outcome {
    let query = asked.which.query(&asked.app);
    if console.json() {
        return document(seatledger, &query, console);
    }
    let mut table =
        Table::new(&["E-mail", "Name", "License", "Billable", "Status", "Active date", "Last activity", "Department"]);
    let rows = seatledger.roster_rows(&query, |row| {
        table.row(line(&row));
        Ok::<(), Failure>(())
    })?;
    let caveat = seatledger.roster_caveat(&query)?;
    if !table.is_empty() {
        console.say(&table.text())?;
        console.note(&format!("{rows} {}", if rows == 1 { "member" } else { "members" }));
    } else if caveat.is_none() {
        console.note("No member matches.");
    }
    if let Some(caveat) = caveat {
        console.note(&caveat);
    }
    Ok(0)
}

fn line(row: &RosterRow) -> Vec<String> {
    let names = [&row.given_name, &row.middle_name, &row.family_name];
    let name = names.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let created = row.created.as_deref().and_then(|instant| instant.split('T').next());
    vec![
        row.email.clone().unwrap_or_else(|| row.user_name.clone()),
        name,
        row.license_name.clone(),
        if row.billable { "yes" } else { "no" }.to_owned(),
        row.status.clone(),
        created.unwrap_or_default().to_owned(),
        last_activity(row),
        row.department.clone().unwrap_or_default(),
    ]
}

/// The day, or which of the two ways in which there is none.
fn last_activity(row: &RosterRow) -> String {
    let without = if row.activity == "never" { "never" } else { "not monitored" };
    row.last_activity.clone().unwrap_or_else(|| without.to_owned())
}

fn document(seatledger: &Seatledger, query: &RosterQuery, console: &Console) -> Outcome {
    let mut lead = "[\n";
    let rows = seatledger.roster_rows(query, |row| {
        let member =
            serde_json::to_string(&MemberShape::from(&row)).map_err(|error| Failure::io("stdout", &error.into()))?;
        console.write(&format!("{lead}{member}"))?;
        lead = ",\n";
        Ok::<(), Failure>(())
    })?;
    console.write(if rows == 0 { "[]\n" } else { "\n]\n" })?;
    Ok(0)
}
