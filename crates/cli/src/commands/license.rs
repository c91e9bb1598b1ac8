//! `license`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::purchases::{LicenseDetails, LicenseTypeChange, LicenseTypeVersionView};

use crate::args::{LicenseCommand, YesNo};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Lists or changes license types.
pub fn run(seatledger: &Seatledger, command: &LicenseCommand, console: &Console) -> Outcome {
    let details = match command {
        LicenseCommand::List { app } => seatledger.license_details(&AppRequest { app: app.clone() }.into())?,
        LicenseCommand::Set { billable: None, free: None, name: None, .. } => {
            return Err(Failure::usage(
                "Nothing was named that should change.",
                "See seatledger license set --help for what can be set.",
            ));
        }
        LicenseCommand::Set { app, license_type, billable, free, name } => {
            seatledger.license_type_change(&LicenseTypeChange {
                app: app.clone(),
                license_type: license_type.clone(),
                name: name.clone(),
                billable: billable.map(|answer| answer == YesNo::Yes),
                free: free.map(|answer| answer == YesNo::Yes),
            })?
        }
        LicenseCommand::History { app, license_type } => {
            return history(&seatledger.license_type_versions(app, license_type)?, console);
        }
    };
    print(&details, console)
}

fn history(versions: &[LicenseTypeVersionView], console: &Console) -> Outcome {
    if console.json() {
        console.document(&versions)?;
        return Ok(0);
    }
    if versions.is_empty() {
        console.say("Nobody changed it: it is as the app reported it.")?;
    }
    for version in versions {
        console.say(&format!("{}  {}", version.at, version.what))?;
    }
    Ok(0)
}

fn print(details: &LicenseDetails, console: &Console) -> Outcome {
    if console.json() {
        console.document(&details.license_types)?;
        return Ok(0);
    }
    let mut table = Table::new(&["Key", "Name", "Billable", "Free", ">Assigned"]);
    let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    for known in &details.license_types {
        table.row(vec![
            known.license_type.clone(),
            known.name.clone(),
            word(known.billable),
            word(known.free),
            known.assigned.to_string(),
        ]);
    }
    console.say(&table.text())?;
    details.license_types.iter().filter_map(|known| known.warning.as_deref()).for_each(|warning| console.note(warning));
    Ok(0)
}
