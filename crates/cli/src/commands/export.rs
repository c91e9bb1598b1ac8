//! `export`.

use app::Seatledger;
use app::view::apps::{AppDayRequest, AppRequest};
use app::view::export::{CsvDialect, TableChoice, TableExportRequest};
use app::view::focus::FocusRequest;
use app::view::forecast::ForecastRequest;
use app::view::over_time::SpendOverTimeRequest;
use app::view::renewals::RenewalsRequest;
use app::view::roster::ExportRequest;
use app::view::spend::SpendByRequest;

use crate::args::{Basis, By, ExportArguments, Format, What};
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Writes a table to a file.
pub fn run(seatledger: &Seatledger, asked: &ExportArguments, console: &Console) -> Outcome {
    check(asked)?;
    let (format, path) = (asked.format.word().to_owned(), asked.output.display().to_string());
    let csv = CsvDialect { bom: asked.bom, separator: asked.separator.clone().unwrap_or_default() };
    let exported = match asked.what {
        What::Focus => return focus(seatledger, asked, console),
        What::Roster => {
            let query = asked.which.query(&asked.app);
            seatledger.roster_export(&ExportRequest { query, format, csv, columns: Vec::new(), path })?
        }
        _ => seatledger.table_export(&TableExportRequest { table: table(seatledger, asked)?, format, csv, path })?,
    };
    if console.json() {
        console.document(&exported)?;
    } else {
        console.note(&format!("{} rows written to {}", exported.rows, exported.path));
    }
    Ok(0)
}

/// The tables that an option goes with: one that is not heeded would look as if it were.
fn check(asked: &ExportArguments) -> Result<(), Failure> {
    use What::{Changes, Chargeback, Fees, Focus, Forecast, Invoices, OverTime, Purchases, Renewals, Roster, Spend};
    const OF_A_DAY: &[What] = &[Roster, Purchases, Spend, Changes, Chargeback, Forecast, Renewals, Fees, Invoices];
    let which = &asked.which;
    let filtered = !which.license.is_empty() || !which.status.is_empty() || !which.search.is_empty();
    let given: [(bool, &str, &[What]); 7] = [
        (filtered, "--license, --status and --search go", &[Roster]),
        (asked.focus_version.is_some(), "--focus-version goes", &[Focus]),
        (asked.from.is_some() || asked.to.is_some(), "--from and --to go", &[OverTime, Focus]),
        (which.as_of.is_some(), "--as-of goes", OF_A_DAY),
        (asked.by.is_some(), "--by goes", &[OverTime, Chargeback]),
        (asked.basis.is_some(), "--basis goes", &[OverTime, Forecast]),
        (asked.months.is_some() || asked.scenario.is_some(), "--months and --scenario go", &[Forecast]),
    ];
    let misplaced = given.iter().find(|(given, _, with)| *given && !with.contains(&asked.what));
    if let Some((_, options, with)) = misplaced {
        let with: Vec<_> = with.iter().map(|what| what.word()).collect();
        return Err(Failure::usage(
            &format!("{options} with {} only.", with.join(", ")),
            &format!("Leave it out, or export something else than {}.", asked.what.word()),
        ));
    }
    if asked.what == Focus && asked.format != Format::Csv {
        return Err(Failure::usage("Cost records are written as CSV.", "Say --format csv."));
    }
    if (asked.bom || asked.separator.is_some()) && (asked.format != Format::Csv || asked.what == Focus) {
        return Err(Failure::usage(
            "--bom and --separator go with --format csv only, and not with focus.",
            "Leave them out: cost records have one form, and other formats have no separator.",
        ));
    }
    match asked.by {
        Some(by) if by.is_time() != (asked.what == OverTime) => Err(Failure::usage(
            &format!("{} cannot be told by {}.", asked.what.word(), by.word()),
            "over-time is told by month, quarter or fiscal-year, chargeback by department or cost-center.",
        )),
        _ => Ok(()),
    }
}

/// The table, asked for as the command of its own asks.
fn table(seatledger: &Seatledger, asked: &ExportArguments) -> Result<TableChoice, Failure> {
    let app = || asked.app.clone();
    let of = || AppRequest { app: app() };
    let on = || AppDayRequest { app: app(), as_of: asked.which.as_of.clone() };
    let by = |usual: By| asked.by.unwrap_or(usual).word().to_owned();
    Ok(match asked.what {
        What::Spend => TableChoice::Spend(on()),
        What::Changes => TableChoice::Changes(on()),
        What::OverTime => TableChoice::OverTime(SpendOverTimeRequest {
            app: app(),
            from: asked.from.clone(),
            to: asked.to.clone(),
            by: by(By::Month),
            basis: asked.basis.unwrap_or(Basis::Accrual).word().to_owned(),
        }),
        What::BurnDown => TableChoice::BurnDown(of()),
        What::Forecast => TableChoice::Forecast(ForecastRequest {
            app: app(),
            months: asked.months,
            basis: asked.basis.map(|basis| basis.word().to_owned()),
            scenario: asked.scenario.as_ref().map(|name| seatledger.scenario(&asked.app, name)).transpose()?,
            as_of: asked.which.as_of.clone(),
        }),
        What::Renewals => TableChoice::Renewals(RenewalsRequest {
            app: Some(app()),
            buffer: String::new(),
            as_of: asked.which.as_of.clone(),
        }),
        What::Chargeback => TableChoice::Chargeback(SpendByRequest {
            app: app(),
            as_of: asked.which.as_of.clone(),
            by: by(By::Department),
        }),
        What::Fees => TableChoice::Fees(on()),
        What::Invoices => TableChoice::Invoices(on()),
        What::Rates => TableChoice::Rates,
        What::Roster | What::Focus | What::Purchases => TableChoice::Purchases(on()),
    })
}

/// Writes the cost records of an app.
fn focus(seatledger: &Seatledger, asked: &ExportArguments, console: &Console) -> Outcome {
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
    if let Some(caveat) = &exported.caveat {
        console.warn(caveat);
    }
    Ok(0)
}
