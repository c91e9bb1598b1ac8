//! `spend`.

use app::Seatledger;
use app::view::apps::AppDayRequest;
use app::view::figure::Figure;
use app::view::spend::{Basis, SpendView, TypeSpend};

use super::explain::{self, Explained};
use crate::args::SpendArguments;
use crate::commands::spend_by;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::shapes::SpendShape;
use crate::table::Table;

/// Prints spend with every basis, and on request the arithmetic; or shared out; or over time.
pub fn run(seatledger: &Seatledger, asked: &SpendArguments, console: &Console) -> Outcome {
    spend_by::check(asked)?;
    if let Some(by) = asked.by {
        return spend_by::run(seatledger, asked, by, console);
    }
    let request = AppDayRequest { app: asked.app.clone(), as_of: asked.as_of.clone() };
    let spend = seatledger.spend(&request)?;
    if console.json() && !asked.explain {
        console.document(&SpendShape::from(&spend))?;
    } else if console.json() {
        console.document(&spend)?;
    } else {
        print(&spend, asked.explain, console)?;
    }
    Ok(0)
}

/// The spend for people; the demo shows it too.
pub fn print(spend: &SpendView, explain: bool, console: &Console) -> Result<(), Failure> {
    console.say(&format!("Spend of {} as of {}", spend.app, spend.as_of))?;
    for basis in &spend.bases {
        let when = when(basis);
        console.say(&format!("  {:<38} {:>16}{when}{}", basis.label, result(&basis.figure), caveat(&basis.figure)))?;
    }
    console.say(&format!("  {:<38} {:>16}", "Billable accounts", spend.billable_accounts))?;
    console.say(&types(&spend.by_license_type).text())?;
    for finding in &spend.findings {
        console.note(&finding.message);
    }
    if explain {
        explain::print(&explained(spend), console)?;
    }
    Ok(())
}

/// Every basis, then every figure of every license type.
fn explained(spend: &SpendView) -> Vec<Explained> {
    let bases = spend.bases.iter().map(|basis| Explained::amount(basis.key.clone(), &basis.figure));
    let accounts = Explained::count("billable-accounts", &spend.counts.billable.because);
    let of_type = |of: &TypeSpend| {
        let key = |what: &str| format!("{} {what}", of.license_type);
        let counts = &of.counts;
        [
            Explained::count(key("purchased"), &counts.purchased.because),
            Explained::count(key("assigned"), &counts.assigned.because),
            Explained::count(key("unassigned"), &counts.unassigned.because),
            Explained::count(key("over"), &counts.over_assigned.because),
            Explained::amount(key("seat a year"), &of.unit_annual),
            Explained::amount(key("annual spend"), &of.billable_annual),
            Explained::amount(key("committed"), &of.committed_annual),
        ]
    };
    bases.chain([accounts]).chain(spend.by_license_type.iter().flat_map(of_type)).collect()
}

/// When waste can be realised.
fn when(basis: &Basis) -> String {
    match (&basis.from, &basis.notice_by) {
        (Some(from), Some(notice)) => format!("  from {from}, notice by {notice}"),
        (Some(from), None) => format!("  from {from}"),
        (None, _) => String::new(),
    }
}

pub(super) fn result(figure: &Figure) -> &str {
    &figure.because.result
}

pub(super) fn caveat(figure: &Figure) -> String {
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
