//! `export`.

use app::Seatledger;
use app::view::focus::FocusRequest;

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
    let focused = asked.focus_version.is_some() || asked.from.is_some() || asked.to.is_some();
    if focused && asked.what != What::Focus {
        return Err(Failure::usage(
            "--focus-version, --from and --to go with cost records only.",
            "Leave them out, or export focus.",
        ));
    }
    let query = which.query(&asked.app);
    let what = match asked.what {
        What::Focus => return focus(seatledger, asked, console),
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

/// Writes the cost records of an app.
fn focus(seatledger: &Seatledger, asked: &ExportArguments, console: &Console) -> Outcome {
    if asked.format != Format::Csv || asked.which.as_of.is_some() {
        return Err(Failure::usage(
            "Cost records are written as CSV, for the days from --from to --to.",
            "Say --format csv and leave --as-of out.",
        ));
    }
    let exported = seatledger.focus_export(&FocusRequest {
        app: asked.app.clone(),
        version: asked.focus_version.clone().unwrap_or_else(|| "1.2".to_owned()),
        from: asked.from.clone(),
        to: asked.to.clone(),
        path: asked.output.display().to_string(),
    })?;
    if console.json() {
        console.document(&exported)?;
        return Ok(0);
    }
    console.note(&format!("{} rows of FOCUS {} written to {}", exported.rows, exported.version, exported.path));
    for why in &exported.left_out {
        console.warn(&format!("Left out: {why}"));
    }
    Ok(0)
}
