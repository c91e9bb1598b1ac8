//! `forecast`.

use app::Seatledger;
use app::view::figure::Money;
use app::view::forecast::{ForecastMonth, ForecastMonthRequest, ForecastRequest, ForecastView, ScenarioForm};

use super::explain::{self, Explained, WithReasons};
use super::spend::result;
use crate::args::ForecastArguments;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::shapes::outlook::ForecastShape;
use crate::table::Table;

/// Prints the months to come, beside the present when a scenario is asked for.
pub fn run(seatledger: &Seatledger, asked: &ForecastArguments, console: &Console) -> Outcome {
    let scenario = match &asked.scenario {
        Some(name) => Some(seatledger.scenario(&asked.app, name)?),
        None => asked.renew_all.then(|| ScenarioForm { renewing: "all".to_owned(), ..ScenarioForm::default() }),
    };
    let request = ForecastRequest {
        app: asked.app.clone(),
        months: Some(asked.months),
        basis: Some(asked.basis.word().to_owned()),
        scenario,
        as_of: None,
    };
    let forecast = sound(seatledger.forecast(&request)?)?;
    let explained = if asked.explain { reasons(seatledger, &request, &forecast)? } else { Vec::new() };
    match (console.json(), asked.explain) {
        (true, true) => console.document(&WithReasons { answer: &forecast, explained })?,
        (true, false) => console.document(&ForecastShape::from(&forecast))?,
        (false, _) => {
            print(&forecast, console)?;
            explain::print(&explained, console)?;
        }
    }
    Ok(0)
}

/// A scenario that no longer fits is a failure here: nobody would see that the months are those of the present.
pub fn sound(forecast: ForecastView) -> Result<ForecastView, Failure> {
    if forecast.problems.is_empty() { Ok(forecast) } else { Err(app::Error::Refused(forecast.problems).into()) }
}

fn print(forecast: &ForecastView, console: &Console) -> Result<(), Failure> {
    console.say(&forecast.title)?;
    console.say(&forecast.subtitle)?;
    let beside = forecast.present.is_some();
    let mut headings = vec!["Month", ">Low", ">Expected", ">High"];
    headings.extend(beside.then_some(">Present"));
    let mut table = Table::new(&headings);
    let shown =
        |money: &Option<Money>| money.as_ref().map_or_else(|| "not known".to_owned(), |money| money.amount.clone());
    for month in &forecast.months {
        let mut cells = vec![month.period.label.clone(), shown(&month.low), shown(&month.expected), shown(&month.high)];
        cells.extend(beside.then(|| shown(&month.present)));
        table.row(cells);
    }
    let totals = [Some(&forecast.low), Some(&forecast.expected), Some(&forecast.high), forecast.present.as_ref()];
    let totals = totals.into_iter().flatten().map(|figure| shown(&figure.value));
    table.row(["Total".to_owned()].into_iter().chain(totals).collect());
    console.say(&table.text())?;
    if let Some(difference) = &forecast.difference {
        console.say(&format!("Scenario less present: {}", result(difference)))?;
    }
    if !forecast.compared.is_empty() {
        let figure = since(forecast.compared_from.as_deref());
        let mut table = Table::new(&[figure.as_str(), ">Present", ">Scenario", ">Difference"]);
        for one in &forecast.compared {
            let figures = [&one.present, &one.scenario, &one.difference].map(|figure| result(figure).to_owned());
            table.row([one.label.clone()].into_iter().chain(figures).collect());
        }
        console.say(&table.text())?;
    }
    for later in &forecast.compared_later {
        console.say(later)?;
    }
    for caveat in &forecast.caveats {
        console.note(caveat);
    }
    Ok(())
}

/// From when the figures of a scenario are so.
pub fn since(from: Option<&str>) -> String {
    from.map_or_else(|| "Today, a year".to_owned(), |from| format!("From {from} on, a year"))
}

/// Takes one amount out of a month.
type Amount = fn(&ForecastMonth) -> &Option<Money>;

/// Every month of every line, and its total; a month at today's prices, or at the most, where it is not what is expected.
fn reasons(
    seatledger: &Seatledger,
    request: &ForecastRequest,
    forecast: &ForecastView,
) -> Result<Vec<Explained>, Failure> {
    let ask = |line: &str, month: Option<u32>| {
        let request = ForecastMonthRequest { forecast: request.clone(), month, line: line.to_owned() };
        seatledger.forecast_month(&request)
    };
    let mut all = Vec::new();
    let lines: [(&str, Amount); 4] = [
        ("expected", |month| &month.expected),
        ("low", |month| &month.low),
        ("high", |month| &month.high),
        ("present", |month| &month.present),
    ];
    for (line, amount) in lines {
        if line == "present" && forecast.present.is_none() {
            continue;
        }
        for (index, month) in (0..).zip(&forecast.months) {
            if line == "expected" || amount(month) != &month.expected {
                all.push(Explained::amount(format!("{} {line}", month.period.from), &ask(line, Some(index))?));
            }
        }
        all.push(Explained::amount(format!("total {line}"), &ask(line, None)?));
    }
    all.extend(forecast.difference.iter().map(|figure| Explained::amount("difference", figure)));
    for one in &forecast.compared {
        for (whose, figure) in [("present", &one.present), ("scenario", &one.scenario), ("difference", &one.difference)]
        {
            all.push(Explained::amount(format!("{}, {whose}", one.label), figure));
        }
    }
    Ok(all)
}
