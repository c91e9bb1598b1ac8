//! `spend --by`: who spend is for, and when it falls.

use app::Seatledger;
use app::view::figure::Money;
use app::view::over_time::{BurnPointRequest, SpendCellRequest, SpendOverTime, SpendOverTimeRequest};
use app::view::spend::{SpendBy, SpendByRequest};

use super::explain::{self, Explained, WithReasons};
use super::spend::{caveat, result};
use crate::args::{Basis, By, SpendArguments};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::shapes::outlook::{OverTimeShape, SpendByShape};
use crate::table::Table;

/// Refuses questions that mean nothing together: an option that is not heeded would look as if it were.
pub fn check(asked: &SpendArguments) -> Result<(), Failure> {
    let over_time = asked.by.is_some_and(By::is_time);
    let timed = asked.basis.is_some() || asked.from.is_some() || asked.to.is_some();
    if timed && !over_time {
        return Err(Failure::usage(
            "--basis, --from and --to are for spend over time.",
            "Add --by month, --by quarter or --by fiscal-year.",
        ));
    }
    if over_time && asked.as_of.is_some() {
        return Err(Failure::usage("--as-of is for spend on one day.", "Use --from and --to to choose the periods."));
    }
    Ok(())
}

/// Prints spend by whom or by when.
pub fn run(seatledger: &Seatledger, asked: &SpendArguments, by: By, console: &Console) -> Outcome {
    if by.is_time() {
        return over_time(seatledger, asked, by, console);
    }
    let request = SpendByRequest { app: asked.app.clone(), as_of: asked.as_of.clone(), by: by.word().to_owned() };
    let spend = seatledger.spend_by(&request)?;
    match (console.json(), asked.explain) {
        (true, true) => console.document(&spend)?,
        (true, false) => console.document(&SpendByShape::from(&spend))?,
        (false, explain) => shared(&spend, by, explain, console)?,
    }
    Ok(0)
}

fn shared(spend: &SpendBy, by: By, explain: bool, console: &Console) -> Result<(), Failure> {
    let (heading, nothing) = match by {
        By::CostCenter => ("Cost center", "No cost center"),
        _ => ("Department", "No department"),
    };
    console.say(&format!("Spend of {} by {} as of {}", spend.app, heading.to_lowercase(), spend.as_of))?;
    let mut table = Table::new(&[heading, ">Accounts", ">Annual spend"]);
    for row in &spend.rows {
        let name = row.name.clone().unwrap_or_else(|| nothing.to_owned());
        table.row(vec![name, row.accounts.to_string(), result(&row.figure).to_owned()]);
    }
    table.row(vec!["Unassigned seats".to_owned(), String::new(), result(&spend.unassigned).to_owned()]);
    table.row(vec!["Total".to_owned(), spend.accounts.to_string(), result(&spend.total).to_owned()]);
    console.say(&table.text())?;
    console.note(caveat(&spend.total).trim());
    if let Some(caveat) = &spend.caveat {
        console.note(caveat);
    }
    if explain {
        let rows = spend.rows.iter().map(|row| (row.name.clone().unwrap_or_else(|| nothing.to_owned()), &row.figure));
        let rest = [("Unassigned seats".to_owned(), &spend.unassigned), ("Total".to_owned(), &spend.total)];
        let all = rows.chain(rest).map(|(name, figure)| Explained::amount(name, figure));
        let counts = spend.rows.iter().map(|row| &row.accounts_because).chain([&spend.accounts_because]);
        let counts = counts.map(|because| Explained::count(because.label.clone(), because));
        explain::print(&all.chain(counts).collect::<Vec<_>>(), console)?;
    }
    Ok(())
}

fn over_time(seatledger: &Seatledger, asked: &SpendArguments, by: By, console: &Console) -> Outcome {
    let request = SpendOverTimeRequest {
        app: asked.app.clone(),
        from: asked.from.clone(),
        to: asked.to.clone(),
        by: by.word().to_owned(),
        basis: asked.basis.unwrap_or(Basis::Accrual).word().to_owned(),
    };
    let spend = seatledger.spend_over_time(&request)?;
    let explained = if asked.explain { reasons(seatledger, &request, &spend)? } else { Vec::new() };
    match (console.json(), asked.explain) {
        (true, true) => console.document(&WithReasons { answer: &spend, explained })?,
        (true, false) => console.document(&OverTimeShape::from(&spend))?,
        (false, _) => {
            periods(&spend, console)?;
            explain::print(&explained, console)?;
        }
    }
    Ok(0)
}

fn periods(spend: &SpendOverTime, console: &Console) -> Result<(), Failure> {
    console.say(&spend.title)?;
    console.say(&spend.subtitle)?;
    let mut headings = vec!["Period".to_owned()];
    headings.extend(spend.rows.iter().map(|row| format!(">{}", row.name)));
    headings.push(">Total".to_owned());
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    let shown = |money: Option<&Money>| money.map_or_else(|| "not known".to_owned(), |money| money.amount.clone());
    for (index, period) in spend.periods.iter().enumerate() {
        let mut cells = vec![period.label.clone()];
        cells.extend(spend.rows.iter().map(|row| shown(row.cells.get(index).and_then(Option::as_ref))));
        cells.push(shown(spend.totals.get(index).and_then(Option::as_ref)));
        table.row(cells);
    }
    let mut last = vec!["Total".to_owned()];
    last.extend(spend.rows.iter().map(|row| shown(row.total.as_ref())));
    last.push(shown(spend.total.value.as_ref()));
    table.row(last);
    console.say(&table.text())?;
    if let Some(burn) = &spend.burn_down {
        console.say(&format!("{} of what the terms in force commit to. {}", burn.title, burn.pace))?;
    }
    for left_out in &spend.caveats {
        console.note(left_out);
    }
    Ok(())
}

/// Every cell and every total, and what is left of the terms in force.
fn reasons(
    seatledger: &Seatledger,
    request: &SpendOverTimeRequest,
    spend: &SpendOverTime,
) -> Result<Vec<Explained>, Failure> {
    let rows = spend.rows.iter().map(|row| Some(row.license_type.clone().unwrap_or_else(|| "fees".to_owned())));
    let rows: Vec<Option<String>> = rows.chain([None]).collect();
    let periods = spend.periods.iter().map(|period| period.from.as_str()).zip((0..).map(Some));
    let mut all = Vec::new();
    for (from, period) in periods.chain([("total", None)]) {
        for row in &rows {
            let request = SpendCellRequest { table: request.clone(), period, row: row.clone() };
            let key = format!("{from} {}", row.as_deref().unwrap_or("total"));
            all.push(Explained::amount(key, &seatledger.spend_cell(&request)?));
        }
    }
    for line in ["committed", "left", "even", "beside"].into_iter().filter(|_| spend.burn_down.is_some()) {
        let request = BurnPointRequest { app: request.app.clone(), date: None, line: line.to_owned() };
        all.push(Explained::amount(line, &seatledger.burn_point(&request)?));
    }
    Ok(all)
}
