//! `spend`.

use app::Seatledger;
use app::view::apps::AppDayRequest;
use app::view::figure::{Explanation, Figure};
use app::view::spend::{SpendView, TypeSpend};

use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::shapes::SpendShape;
use crate::table::Table;

/// Prints spend with every basis, and on request the arithmetic.
pub fn run(seatledger: &Seatledger, app: &str, as_of: Option<&str>, explain: bool, console: &Console) -> Outcome {
    let request = AppDayRequest { app: app.to_owned(), as_of: as_of.map(str::to_owned) };
    let spend = seatledger.spend(&request)?;
    if console.json() && !explain {
        console.document(&SpendShape::from(&spend))?;
    } else if console.json() {
        console.document(&spend)?;
    } else {
        print(&spend, explain, console)?;
    }
    Ok(0)
}

/// The spend for people; the demo shows it too.
pub fn print(spend: &SpendView, explain: bool, console: &Console) -> Result<(), Failure> {
    console.say(&format!("Spend of {} as of {}", spend.app, spend.as_of))?;
    let note = spend.waste_note.as_deref().map_or_else(String::new, |note| format!(" ({note})"));
    let headline = [
        ("Annual spend for billable accounts", &spend.billable_annual, String::new()),
        ("Committed by contract, a year", &spend.committed_annual, String::new()),
        ("Unassigned seats, a year", &spend.waste_annual, note),
    ];
    for (label, figure, note) in headline {
        console.say(&format!("  {label:<36} {:>16}{note}{}", result(figure), caveat(figure)))?;
    }
    console.say(&format!("  {:<36} {:>16}", "Billable accounts", spend.billable_accounts))?;
    console.say(&types(&spend.by_license_type).text())?;
    for finding in &spend.findings {
        console.note(&finding.message);
    }
    if explain {
        for figure in [&spend.billable_annual, &spend.committed_annual, &spend.waste_annual] {
            console.say("")?;
            console.say(&tree(&figure.because, 0))?;
        }
    }
    Ok(())
}

fn result(figure: &Figure) -> &str {
    &figure.because.result
}

fn caveat(figure: &Figure) -> String {
    figure.caveat.as_deref().map_or_else(String::new, |caveat| format!("  {caveat}"))
}

fn types(lines: &[TypeSpend]) -> Table {
    let mut table = Table::new(&[
        "License type",
        "Billable",
        ">Purchased",
        ">Assigned",
        ">Unassigned",
        ">Over",
        ">Seat a year",
        ">Annual spend",
        ">Committed",
    ]);
    let count = |value: Option<u64>| value.map_or_else(|| "n/a".to_owned(), |value| value.to_string());
    for line in lines {
        let purchased = if line.unlimited { "unlimited".to_owned() } else { count(line.purchased) };
        table.row(vec![
            line.name.clone(),
            if line.billable { "yes" } else { "no" }.to_owned(),
            purchased,
            line.assigned.to_string(),
            count(line.unassigned),
            // A type that nobody charges for and nobody bought has no seats to be over.
            count(line.over_assigned.filter(|_| line.billable || line.purchased != Some(0))),
            result(&line.unit_annual).to_owned(),
            result(&line.billable_annual).to_owned(),
            result(&line.committed_annual).to_owned(),
        ]);
    }
    table
}

/// An explanation as indented lines: label = result, then the arithmetic and the rule.
fn tree(step: &Explanation, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let mut lines = vec![format!("{indent}{} = {}", step.label, step.result)];
    if !step.arithmetic.is_empty() {
        lines.push(format!("{indent}    {}", step.arithmetic));
    }
    lines.push(format!("{indent}    {}", step.rule));
    lines.extend(step.parts.iter().map(|part| tree(part, depth + 1)));
    lines.join("\n")
}
