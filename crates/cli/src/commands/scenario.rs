//! `scenario`.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::forecast::{
    ForecastMonthRequest, ForecastRequest, ForecastView, ScenarioChange, ScenarioForm, ScenarioRequest,
    ScenarioSaveRequest, ScenarioView,
};
use app::view::problem::FieldProblem;

use super::explain::{self, Explained};
use super::forecast::sound;
use super::spend::result;
use crate::args::{ChangeArguments, ScenarioCommand};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::shapes::outlook::{ComparisonShape, ScenarioShape};
use crate::table::Table;

/// Saves, lists, deletes and compares scenarios.
pub fn run(seatledger: &Seatledger, command: &ScenarioCommand, console: &Console) -> Outcome {
    match command {
        ScenarioCommand::Save { app, name, changes } => save(seatledger, app, form(name, changes)?, console),
        ScenarioCommand::List { app } => list(&seatledger.scenarios(&AppRequest { app: app.clone() })?, console),
        ScenarioCommand::Adopt { app, name } => adopt(seatledger, app, name, console),
        ScenarioCommand::Delete { app, name } => {
            let name = seatledger.scenario(app, name)?.name;
            seatledger.scenario_delete(&ScenarioRequest { app: app.clone(), name: name.clone() })?;
            if console.json() {
                console.document(&serde_json::json!({ "name": name, "deleted": true }))?;
            } else {
                console.say(&format!("Scenario {name} is deleted. Take it back with: seatledger undo {app}"))?;
            }
            Ok(0)
        }
        ScenarioCommand::Compare { app, names, months, explain, .. } => {
            compare(seatledger, (app, names), *months, *explain, console)
        }
    }
}

fn save(seatledger: &Seatledger, app: &str, form: ScenarioForm, console: &Console) -> Outcome {
    let name = form.name.trim().to_owned();
    let saved = seatledger.scenario_save(&ScenarioSaveRequest { app: app.to_owned(), form })?;
    if !saved.problems.is_empty() {
        return Err(app::Error::Refused(saved.problems).into());
    }
    if saved.replaced {
        console.note(&format!("Replaced the scenario {name}. Take it back with: seatledger undo {app}"));
    }
    let kept: Vec<&ScenarioView> = saved.scenarios.iter().filter(|scenario| scenario.form.name == name).collect();
    for scenario in kept {
        if console.json() {
            console.document(&ScenarioShape::from(scenario))?;
        } else {
            told(scenario, console)?;
        }
    }
    Ok(0)
}

fn adopt(seatledger: &Seatledger, app: &str, name: &str, console: &Console) -> Outcome {
    let adopted = seatledger.scenario_adopt(&ScenarioRequest { app: app.to_owned(), name: name.to_owned() })?;
    if !adopted.problems.is_empty() {
        let problem = |message| FieldProblem { field: "changes".to_owned(), message };
        return Err(app::Error::Refused(adopted.problems.into_iter().map(problem).collect()).into());
    }
    if console.json() {
        console.document(&serde_json::json!({ "name": name, "planned": adopted.planned }))?;
    } else {
        adopted.planned.iter().try_for_each(|planned| console.say(planned))?;
        console.note(&format!("Take it back with: seatledger undo {app}"));
    }
    Ok(0)
}

fn told(scenario: &ScenarioView, console: &Console) -> Result<(), Failure> {
    console.say(&scenario.form.name)?;
    for change in scenario.changes.iter().filter(|change| !change.is_empty()) {
        console.say(&format!("  {change}"))?;
    }
    if scenario.form.renewing == "all" {
        console.say("  Every term goes on")?;
    }
    for problem in &scenario.problems {
        console.warn(&format!("  {}", problem.message));
    }
    Ok(())
}

fn list(scenarios: &[ScenarioView], console: &Console) -> Outcome {
    if console.json() {
        console.document(&scenarios.iter().map(ScenarioShape::from).collect::<Vec<_>>())?;
    } else if scenarios.is_empty() {
        console.note("No scenario is saved. Save one with `seatledger scenario save`.");
    } else {
        scenarios.iter().try_for_each(|scenario| told(scenario, console))?;
    }
    Ok(0)
}

fn compare(
    seatledger: &Seatledger,
    (app, names): (&str, &[String]),
    months: u32,
    explain: bool,
    console: &Console,
) -> Outcome {
    let asked: Vec<ScenarioForm> = if names.is_empty() {
        seatledger.scenarios(&AppRequest { app: app.to_owned() })?.into_iter().map(|scenario| scenario.form).collect()
    } else {
        names.iter().map(|name| seatledger.scenario(app, name)).collect::<app::Result<_>>()?
    };
    let mut made: Vec<(String, ForecastView)> = Vec::new();
    let mut reasons: Vec<Explained> = Vec::new();
    for form in asked {
        let name = form.name.clone();
        let request = ForecastRequest {
            app: app.to_owned(),
            months: Some(months),
            basis: None,
            scenario: Some(form),
            as_of: None,
        };
        let forecast = sound(seatledger.forecast(&request)?)?;
        if explain {
            reasons.extend(explained(seatledger, &name, &request, &forecast)?);
        }
        made.push((name, forecast));
    }
    if console.json() && explain {
        let compared = made.iter().map(|(name, made)| ComparisonShape::new(name, made)).collect::<Vec<_>>();
        console.document(&serde_json::json!({ "compared": compared, "explained": reasons }))?;
    } else if console.json() {
        console.document(&made.iter().map(|(name, made)| ComparisonShape::new(name, made)).collect::<Vec<_>>())?;
    } else if made.is_empty() {
        console.note("No scenario is saved. Save one with `seatledger scenario save`.");
    } else {
        console.say(&side_by_side(&made).text())?;
        for (name, forecast) in &made {
            if let Some(from) = &forecast.compared_from {
                console.say(&format!("{name}: from {from} on. {}", forecast.compared_later.join(" ")))?;
            }
        }
        explain::print(&reasons, console)?;
    }
    Ok(0)
}

/// The payments of all months, and every figure that is compared: the present one, the scenario's, and what differs.
fn explained(
    seatledger: &Seatledger,
    name: &str,
    request: &ForecastRequest,
    forecast: &ForecastView,
) -> Result<Vec<Explained>, Failure> {
    let mut all = Vec::new();
    for line in ["present", "expected"] {
        let request = ForecastMonthRequest { forecast: request.clone(), month: None, line: line.to_owned() };
        all.push(Explained::amount(format!("{name}: {line}"), &seatledger.forecast_month(&request)?));
    }
    all.extend(forecast.difference.iter().map(|figure| Explained::amount(format!("{name}: difference"), figure)));
    for one in &forecast.compared {
        for (whose, figure) in [("present", &one.present), ("scenario", &one.scenario), ("difference", &one.difference)]
        {
            all.push(Explained::amount(format!("{name}: {}, {whose}", one.label), figure));
        }
    }
    Ok(all)
}

/// A line for each figure; the present, then each scenario.
fn side_by_side(made: &[(String, ForecastView)]) -> Table {
    let names = made.iter().map(|(name, _)| format!(">{name}"));
    let headings: Vec<String> = ["Figure".to_owned(), ">Present".to_owned()].into_iter().chain(names).collect();
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    let Some((_, first)) = made.first() else { return table };
    let months = first.months.len();
    let present = first.present.as_ref().map_or_else(String::new, |present| result(present).to_owned());
    let expected = made.iter().map(|(_, forecast)| result(&forecast.expected).to_owned());
    table.row([format!("Expected in {months} months"), present].into_iter().chain(expected).collect());
    for (index, one) in first.compared.iter().enumerate() {
        let scenarios = made.iter().map(|(_, forecast)| {
            forecast.compared.get(index).map_or_else(String::new, |one| result(&one.scenario).to_owned())
        });
        table.row([one.label.clone(), result(&one.present).to_owned()].into_iter().chain(scenarios).collect());
    }
    table
}

fn form(name: &str, asked: &ChangeArguments) -> Result<ScenarioForm, Failure> {
    let mut changes = Vec::new();
    for text in &asked.seats {
        let (purchase, rest) = split(text, '=', "--seats", "1=-10 or 1=+5@2027-01-01")?;
        let (seats, day) = rest.split_once('@').unwrap_or((rest, ""));
        changes.push(ScenarioChange { seats: seats.to_owned(), day: day.to_owned(), ..change("seats", purchase) });
    }
    for text in &asked.price {
        let (purchase, rest) = split(text, '=', "--price", "1=95")?;
        let (cost, day) = rest.split_once('@').unwrap_or((rest, ""));
        changes.push(ScenarioChange { cost: cost.to_owned(), day: day.to_owned(), ..change("price", purchase) });
    }
    for text in &asked.every {
        let (purchase, rest) = split(text, '=', "--every", "1=month:9.50")?;
        let (every, cost) = split(rest, ':', "--every", "1=month:9.50")?;
        let (cost, day) = cost.split_once('@').unwrap_or((cost, ""));
        let (every, cost, day) = (every.to_owned(), cost.to_owned(), day.to_owned());
        changes.push(ScenarioChange { every, cost, day, ..change("frequency", purchase) });
    }
    for text in &asked.currency {
        let (purchase, rest) = split(text, '=', "--currency", "1=EUR:95")?;
        let (currency, cost) = split(rest, ':', "--currency", "1=EUR:95")?;
        let (cost, day) = cost.split_once('@').unwrap_or((cost, ""));
        let (currency, cost, day) = (currency.to_owned(), cost.to_owned(), day.to_owned());
        changes.push(ScenarioChange { currency, cost, day, ..change("currency", purchase) });
    }
    for text in &asked.downgrade {
        let (types, seats) = split(text, '=', "--downgrade", "can-edit:view-only=8")?;
        let (from, to) = split(types, ':', "--downgrade", "can-edit:view-only=8")?;
        let (license_type, to, seats) = (from.to_owned(), to.to_owned(), seats.to_owned());
        changes.push(ScenarioChange { license_type, to, seats, ..change("downgrade", "") });
    }
    for text in &asked.last_day {
        let (purchase, day) = split(text, '=', "--last-day", "1=2027-06-30")?;
        changes.push(ScenarioChange { day: day.to_owned(), ..change("renewal-date", purchase) });
    }
    let renewing = if asked.renew_all { "all" } else { "" };
    Ok(ScenarioForm { name: name.to_owned(), renewing: renewing.to_owned(), changes })
}

fn change(kind: &str, purchase: &str) -> ScenarioChange {
    ScenarioChange { kind: kind.to_owned(), purchase: purchase.to_owned(), ..ScenarioChange::default() }
}

fn split<'a>(text: &'a str, at: char, option: &str, example: &str) -> Result<(&'a str, &'a str), Failure> {
    let refused = || Failure::usage(&format!("{option} {text} cannot be read."), &format!("Write it like {example}."));
    text.split_once(at).ok_or_else(refused)
}
