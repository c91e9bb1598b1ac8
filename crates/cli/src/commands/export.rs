//! `export`.

use app::Seatledger;
use app::view::roster::RosterQuery;

use crate::args::{ExportArguments, Format, What};
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Writes a whole filtered set to a file.
pub fn run(seatledger: &Seatledger, asked: &ExportArguments, console: &Console) -> Outcome {
    let filtered = !asked.license.is_empty() || !asked.status.is_empty() || !asked.search.is_empty();
    if filtered && asked.what != What::Roster {
        return Err(Failure::usage(
            "--license, --status and --search filter the roster only.",
            "Leave them out, or export the roster.",
        ));
    }
    let query = RosterQuery {
        app: asked.app.clone(),
        as_of: asked.as_of.clone(),
        license_types: asked.license.clone(),
        statuses: asked.status.clone(),
        search: asked.search.clone(),
        ..RosterQuery::default()
    };
    let what = match asked.what {
        What::Roster => app::export::What::Roster,
        What::Purchases => app::export::What::Purchases,
        What::Spend => app::export::What::Spend,
        What::Changes => app::export::What::Changes,
    };
    let format = match asked.format {
        Format::Csv => "csv",
        Format::Json => "json",
    };
    let exported = seatledger.export(what, &query, format, &asked.output)?;
    if console.json() {
        console.document(&exported)?;
    } else {
        console.note(&format!("{} rows written to {}", exported.rows, exported.path));
    }
    Ok(0)
}
