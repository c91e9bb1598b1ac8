//! `renewals`.

use app::Seatledger;
use app::view::renewals::{RenewalRow, RenewalStage, RenewalsExportRequest, RenewalsRequest};

use super::explain::{self, Explained};
use super::spend::result;
use crate::args::RenewalArguments;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::shapes::outlook::RenewalShape;
use crate::table::Table;

/// Prints the renewals, the nearest deadline first, or writes them as an iCalendar file.
pub fn run(seatledger: &Seatledger, asked: &RenewalArguments, console: &Console) -> Outcome {
    if let Some(file) = &asked.ical {
        let folder = std::env::current_dir().map_err(|error| Failure::io("current folder", &error))?;
        let path = folder.join(file).display().to_string();
        let exported = seatledger.renewals_export(&RenewalsExportRequest { app: asked.app.clone(), path })?;
        if console.json() {
            console.document(&exported)?;
        } else {
            let events = if exported.rows == 1 { "event" } else { "events" };
            console.say(&format!("{} {events} written to {}.", exported.rows, exported.path))?;
        }
        return Ok(0);
    }
    let request = RenewalsRequest { app: asked.app.clone(), buffer: asked.buffer.clone(), as_of: None };
    let renewals = seatledger.renewals(&request)?;
    if console.json() && asked.explain {
        console.document(&renewals)?;
        return Ok(0);
    }
    if console.json() {
        console.document(&renewals.rows.iter().map(RenewalShape::from).collect::<Vec<_>>())?;
        return Ok(0);
    }
    console.say(&renewals.title)?;
    if renewals.rows.is_empty() {
        return Ok(0);
    }
    let headings = [
        "Deadline",
        "Mark",
        "App",
        "What",
        "License",
        ">Seats",
        ">Suggested",
        ">Annual",
        ">Renewed",
        "Where it stands",
        "Owner, reminder",
    ];
    let mut table = Table::new(&headings);
    renewals.rows.iter().for_each(|row| table.row(cells(row)));
    console.say(&table.text())?;
    if asked.explain {
        explain::print(&renewals.rows.iter().flat_map(explained).collect::<Vec<_>>(), console)?;
    }
    Ok(0)
}

fn seats(row: &RenewalRow) -> String {
    let now = row.seats.map_or_else(|| "unlimited".to_owned(), |seats| seats.to_string());
    row.planned_seats.map_or_else(|| now.clone(), |planned| format!("{now}, then {planned}"))
}

fn explained(row: &RenewalRow) -> Vec<Explained> {
    let key = |what: &str| format!("{} purchase {} {what}", row.app, row.purchase);
    let days = row.notice_because.iter().map(|because| Explained::count(key("deadline"), because));
    let seats = row.suggestion.iter().map(|found| Explained::count(key("suggested"), &found.because));
    let annual = row.annual.iter().map(|figure| Explained::amount(key("annual"), figure));
    let renewed = row.renewed_annual.iter().map(|figure| Explained::amount(key("renewed"), figure));
    days.chain(seats).chain(annual).chain(renewed).collect()
}

fn cells(row: &RenewalRow) -> Vec<String> {
    let mark = match (row.stage, row.within) {
        (_, Some(days)) => format!("{days} days"),
        (RenewalStage::NoticePassed, _) => "notice passed".to_owned(),
        (RenewalStage::Expired, _) => "expired".to_owned(),
        _ => String::new(),
    };
    let annual = |figure: Option<&app::view::figure::Figure>| {
        figure.map_or_else(String::new, |figure| result(figure).to_owned())
    };
    let followed = row.renewed_by.map_or_else(String::new, |id| format!("; followed by purchase {id}"));
    vec![
        row.deadline.clone(),
        mark,
        row.app.clone(),
        format!("{} {}", row.purchase, row.label),
        row.license_name.clone(),
        seats(row),
        row.suggestion.as_ref().map_or_else(String::new, |suggestion| suggestion.seats.to_string()),
        annual(row.annual.as_ref()),
        annual(row.renewed_annual.as_ref()),
        format!("{}{followed}", row.sentence),
        who(row),
    ]
}

/// "Mira Okafor, licenses@acme.example"; one address may be both.
fn who(row: &RenewalRow) -> String {
    let mut named: Vec<&str> =
        [row.owner.as_str(), row.reminder.as_str()].into_iter().filter(|who| !who.is_empty()).collect();
    named.dedup();
    named.join(", ")
}
