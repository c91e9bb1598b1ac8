//! `export`.

use app::Seatledger;

use crate::args::{ExportArguments, Format, What};
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Writes a whole filtered set to a file.
pub fn run(seatledger: &Seatledger, asked: &ExportArguments, console: &Console) -> Outcome {
    let which = &asked.which;
    let filtered = !which.license.is_empty() || !which.status.is_empty() || !which.search.is_empty();
    if filtered && asked.what != What::Roster {
        return Err(Failure::usage(
            "--license, --status and --search filter the roster only.",
            "Leave them out, or export the roster.",
        ));
    }
    let query = which.query(&asked.app);
    let what = match asked.what {
        What::Roster => app::export::What::Roster,
        What::Purchases => app::export::What::Purchases,
        What::Spend => app::export::What::Spend,
        What::Changes => app::export::What::Changes,
    };
    let format = match asked.format {
        Format::Csv => "csv",
        Format::Xlsx => "xlsx",
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
