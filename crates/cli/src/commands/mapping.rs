//! `mapping`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::integration::{IntegrationView, MappingChoice, MappingRow, MappingSaveRequest};

use crate::args::{Arguments, MappingCommand, MappingSet, Source};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::open;
use crate::shapes::MappingShape;
use crate::table::Table;

/// Prints, changes or reads anew what things seen at the vendor mean.
pub async fn run(
    seatledger: &Seatledger,
    arguments: &Arguments,
    command: &MappingCommand,
    console: &Console,
) -> Outcome {
    let view = match command {
        MappingCommand::List { app } => seatledger.integration(&AppRequest { app: app.clone() })?,
        MappingCommand::Set(asked) => set(seatledger, asked)?,
        MappingCommand::Read { app } => {
            open::unlock(seatledger, arguments)?;
            seatledger.groups_look(&AppRequest { app: app.clone() }).await?
        }
    };
    shown(&view, console)
}

fn set(seatledger: &Seatledger, asked: &MappingSet) -> Result<IntegrationView, Failure> {
    let MappingSet { app, source, seen, .. } = asked;
    let view = seatledger.integration(&AppRequest { app: app.clone() })?;
    let license_type = Some(asked.license_type.as_str()).filter(|asked| !asked.eq_ignore_ascii_case("none"));
    if let Some(license_type) = license_type.filter(|_| !asked.new_type) {
        seatledger.known_license_type(app, license_type)?;
    }
    let mut rows: Vec<MappingChoice> = rows(&view, *source).iter().map(kept).collect();
    let place = place(&rows, seen, *source)?.unwrap_or_else(|| {
        // A value may be told by nobody yet and still be expected.
        rows.push(MappingChoice { seen: seen.clone(), name: seen.clone(), license_type: None });
        rows.len() - 1
    });
    rows[place].license_type = license_type.map(str::to_owned);
    if let Some(order) = asked.place {
        let row = rows.remove(place);
        let before = |(_, row): &(usize, &MappingChoice)| row.license_type.is_some();
        let at = rows.iter().enumerate().filter(before).nth(order.get() - 1).map_or(rows.len(), |(at, _)| at);
        rows.insert(at, row);
    }
    let request =
        MappingSaveRequest { app: app.clone(), source: source.key().to_owned(), license_from: view.license_from, rows };
    Ok(seatledger.mapping_save(&request)?)
}

fn rows(view: &IntegrationView, source: Source) -> &[MappingRow] {
    match source {
        Source::Value => &view.values,
        Source::Group => &view.groups.rows,
        Source::Subscription => &view.rest.rows,
    }
}

fn kept(row: &MappingRow) -> MappingChoice {
    MappingChoice { seen: row.seen.clone(), name: row.name.clone(), license_type: row.license_type.clone() }
}

/// The row with this id, else the only one with this name. A group or subscription that was never seen is a misspelling.
fn place(rows: &[MappingChoice], seen: &str, source: Source) -> Result<Option<usize>, Failure> {
    if let Some(place) = rows.iter().position(|row| row.seen == seen) {
        return Ok(Some(place));
    }
    let named: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.name.eq_ignore_ascii_case(seen))
        .map(|(place, _)| place)
        .collect();
    match (named.as_slice(), source) {
        ([only], _) => Ok(Some(*only)),
        ([], Source::Value) => Ok(None),
        ([], _) => Err(Failure::usage(
            &format!("No {} called \"{seen}\" was seen.", source.key()),
            "See `seatledger mapping list` for those that were, or ask the vendor again with `seatledger mapping read`.",
        )),
        _ => Err(Failure::usage(
            &format!("More than one {} is called \"{seen}\".", source.key()),
            "Use its id, as `seatledger mapping list` shows it.",
        )),
    }
}

fn shown(view: &IntegrationView, console: &Console) -> Outcome {
    if console.json() {
        console.document(&MappingShape::from(view))?;
        return Ok(0);
    }
    let mut table = Table::new(&["Source", ">Order", "Seen", "Name", ">Members", "License type", "Suggested", "Note"]);
    for source in [Source::Value, Source::Group, Source::Subscription] {
        let mut order = 0;
        for row in rows(view, source) {
            order += usize::from(row.license_type.is_some());
            table.row(vec![
                source.key().to_owned(),
                row.license_type.as_ref().map_or_else(String::new, |_| order.to_string()),
                row.seen.clone(),
                row.name.clone(),
                row.members.map_or_else(String::new, |members| members.to_string()),
                row.license_type.clone().unwrap_or_else(|| "none".to_owned()),
                row.suggested.clone().unwrap_or_default(),
                row.note.clone(),
            ]);
        }
    }
    if table.is_empty() {
        console.note("Nothing was seen yet. Ask the vendor with `seatledger mapping read`.");
        return Ok(0);
    }
    console.say(&table.text())?;
    Ok(0)
}
