//! The months to come, and a what-if scenario beside the present. The ledger knows what is paid when.

use jiff::civil::Date;
use ledger::{
    Ahead, Basis, Comparison, Difference, Forecast, Outlook, Priced, Reasons, Repriced, Rule, SeatChange, Shown, Table,
    TypeNames, Uplift, sentence_amount,
};
use store::App;

use crate::error::{Error, Result};
use crate::inputs::Inputs;
use crate::over_time::{amount, basis, basis_words, currency, period, range, total, with_known_zeros};
use crate::scenario_form::Understood;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::figure;
use crate::view::figure::{Explanation, Figure, Money};
use crate::view::forecast::{ComparedFigure, ForecastMonth, ForecastMonthRequest, ForecastRequest, ForecastView};
use crate::words::counted;

/// Nobody knows what is paid later than that.
const MOST_MONTHS: u32 = 120;

/// The months as they are, and as they would be.
struct Made {
    basis: Basis,
    forecast: Forecast,
    present: Option<Forecast>,
    understood: Option<Understood>,
}

impl Seatledger {
    /// What is to be paid in the months to come. A scenario that is refused leaves the present, with what is wrong.
    pub fn forecast(&self, request: &ForecastRequest) -> Result<ForecastView> {
        let then = self.then(request.as_of.as_deref())?;
        let app = then.app(&request.app)?;
        let inputs = then.inputs(&app)?;
        let made = then.made(&app, request, &inputs)?;
        let compared = match &made.understood {
            Some(understood) if understood.problems.is_empty() => then.beside_present(&app, &inputs, understood)?,
            _ => None,
        };
        Ok(view(&app.slug, then.today()?, made, compared))
    }

    /// Why a month, or all of them, is what it is.
    pub fn forecast_month(&self, request: &ForecastMonthRequest) -> Result<Figure> {
        let then = self.then(request.forecast.as_of.as_deref())?;
        let app = then.app(&request.forecast.app)?;
        let inputs = then.inputs(&app)?;
        let refused = |value: String, expected| Error::NotAllowed { value, expected };
        let uplift = match request.line.as_str() {
            "low" => Uplift::None,
            "high" => Uplift::Most,
            _ => Uplift::Expected,
        };
        let line = then.with_outlooks(&app, &request.forecast, &inputs, |present, with, _| {
            let outlook = match request.line.as_str() {
                "low" | "expected" | "high" => with.unwrap_or(present),
                "present" if with.is_some() => present,
                _ => {
                    return Err(refused(
                        request.line.clone(),
                        "one of low, expected, high and, with a scenario, present",
                    ));
                }
            };
            let ahead = Ahead::of(outlook, uplift);
            let wanted = ahead.wanted(outlook);
            let table = with_known_zeros(ledger::table(&wanted), inputs.base);
            let shown = table.shown();
            let reasons = Reasons::new(&table, &shown, &wanted).with_prices(Priced::all(outlook, uplift));
            Ok(match request.month {
                None => Some(reasons.all()),
                Some(month) => usize::try_from(month).ok().and_then(|month| reasons.period(month)),
            })
        })??;
        let month = request.month.unwrap_or_default();
        line.map(|line| figure(&line)).ok_or_else(|| refused(month.to_string(), "a month of this forecast, from 0"))
    }
}

impl Rooms {
    fn made(&self, app: &App, request: &ForecastRequest, inputs: &Inputs) -> Result<Made> {
        let made = |outlook: &Outlook| {
            let Forecast { low, expected, high } = ledger::forecast(outlook);
            let [low, expected, high] = [low, expected, high].map(|table| with_known_zeros(table, inputs.base));
            Forecast { low, expected, high }
        };
        self.with_outlooks(app, request, inputs, |present, with, understood| {
            let (forecast, beside) = match with {
                Some(with) => (made(with), Some(made(present))),
                None => (made(present), None),
            };
            Made { basis: present.basis, forecast, present: beside, understood }
        })
    }

    /// Gives what the forecast is made of, and what it is with the scenario, unless that is refused.
    fn with_outlooks<T>(
        &self,
        app: &App,
        request: &ForecastRequest,
        inputs: &Inputs,
        then: impl FnOnce(&Outlook, Option<&Outlook>, Option<Understood>) -> T,
    ) -> Result<T> {
        let months = request.months.unwrap_or(ledger::forecast::USUAL_MONTHS);
        if !(1..=MOST_MONTHS).contains(&months) {
            return Err(Error::NotAllowed { value: months.to_string(), expected: "a number of months from 1 to 120" });
        }
        let basis = request.basis.as_deref().map_or(Ok(Basis::Cash), basis)?;
        let (free, names) = (inputs.free(), inputs.names());
        let outlook = Outlook {
            from: self.today()?,
            months,
            basis,
            purchases: &inputs.purchases,
            fees: &inputs.table_fees,
            free: &free,
            names: TypeNames(&names),
            changes: &[],
            repriced: &[],
            renewing: ledger::Renewing::Automatic,
            continued: &inputs.continued,
            exchange: inputs.exchange(),
            counts: inputs.counts.as_ref(),
        };
        let understood = request.scenario.as_ref().map(|form| self.understood(app, form)).transpose()?;
        let Some(accepted) = understood.clone().filter(|understood| understood.problems.is_empty()) else {
            return Ok(then(&outlook, None, understood));
        };
        let changes: &[SeatChange] = &accepted.seats;
        let repriced: Vec<Repriced> = accepted.scenario.changes.iter().filter_map(Repriced::of).collect();
        let counts = inputs.counts.as_ref().map(|counts| counts.moved(outlook.from, &accepted.moved));
        let (purchases, renewing) = (accepted.purchases.as_slice(), accepted.renewing);
        let with = Outlook { purchases, changes, repriced: &repriced, renewing, counts: counts.as_ref(), ..outlook };
        Ok(then(&outlook, Some(&with), understood))
    }

    /// The annual figures as they are, and as they would be once all changes count.
    fn beside_present(&self, app: &App, inputs: &Inputs, understood: &Understood) -> Result<Option<Comparison>> {
        let facts = self.facts_on(app, self.today()?, inputs)?;
        let scenarios = std::slice::from_ref(&understood.scenario);
        let found = ledger::compared(self.today()?, &facts, &inputs.purchases, inputs.setting(), scenarios);
        let (_, compared) = found.map_err(|error| Error::Interrupted(error.to_string()))?;
        Ok(compared.into_iter().next())
    }
}

fn compared_figure(difference: &Difference) -> ComparedFigure {
    ComparedFigure {
        label: difference.label.to_owned(),
        present: figure(&difference.present),
        scenario: figure(&difference.scenario),
        difference: figure(&difference.difference),
    }
}

fn view(app: &str, as_of: Date, made: Made, compared: Option<Comparison>) -> ForecastView {
    let Made { basis, forecast, present, understood } = made;
    let [low, expected, high] = [&forecast.low, &forecast.expected, &forecast.high].map(Drawn::new);
    let present = present.as_ref().map(|present| Drawn::new(&present.expected));
    let months = expected.table.buckets.iter().enumerate().map(|(index, bucket)| ForecastMonth {
        period: period(bucket),
        low: low.month(index),
        expected: expected.month(index),
        high: high.month(index),
        present: present.as_ref().and_then(|present| present.month(index)),
    });
    ForecastView {
        as_of: as_of.to_string(),
        app: app.to_owned(),
        basis: match basis {
            Basis::Accrual => "accrual",
            Basis::Cash => "cash",
        }
        .to_owned(),
        title: title(&expected, &high),
        subtitle: format!("Expected spend, {}, {}", basis_words(basis), range(&expected.table.buckets)),
        currency: currency(expected.table).map(|currency| currency.code().to_owned()),
        months: months.collect(),
        difference: present.as_ref().map(|present| difference(&expected, present)),
        low: low.total(),
        high: high.total(),
        expected: expected.total(),
        present: present.as_ref().map(Drawn::total),
        compared: compared.iter().flat_map(|one| one.differences.iter().map(compared_figure)).collect(),
        compared_from: compared.as_ref().and_then(|one| one.from).map(|from| from.to_string()),
        compared_later: compared.map(|one| one.later).unwrap_or_default(),
        problems: understood.map(|understood| understood.problems).unwrap_or_default(),
        caveats: forecast.high.caveats.clone(),
    }
}

/// A table with its amounts as they are shown.
struct Drawn<'a> {
    table: &'a Table,
    shown: Shown,
}

impl<'a> Drawn<'a> {
    fn new(table: &'a Table) -> Self {
        Self { table, shown: table.shown() }
    }

    fn month(&self, index: usize) -> Option<Money> {
        amount(self.shown.totals.get(index)?.as_ref(), currency(self.table))
    }

    fn total(&self) -> Figure {
        total(self.table, &self.shown)
    }
}

fn title(expected: &Drawn, high: &Drawn) -> String {
    let months = counted(u64::try_from(expected.table.buckets.len()).unwrap_or_default(), "month", "months");
    let (expected, most) = (expected.total(), high.total());
    match (&expected.value, &most.value) {
        (None, _) => format!("What is paid in the next {months} cannot be told"),
        (Some(value), Some(at_most)) if value != at_most => {
            format!("{} in {months}, at most {}", expected.because.result, most.because.result)
        }
        (Some(_), _) => format!("{} in {months}", expected.because.result),
    }
}

fn named((whose, because): (&str, Explanation)) -> Explanation {
    Explanation { label: format!("{whose}: {}", because.label), ..because }
}

/// Scenario less present.
fn difference(then: &Drawn, now: &Drawn) -> Figure {
    let (one, other) = (then.total(), now.total());
    let same = currency(then.table).filter(|found| currency(now.table).is_none_or(|now| now == *found));
    let known = then.shown.total.as_ref().zip(now.shown.total.as_ref());
    let amounts = same.zip(known).map(|(currency, (then, now))| (then - now, currency));
    let result = amounts.as_ref().map(|(amount, currency)| sentence_amount(amount, *currency));
    Figure {
        value: amounts.as_ref().and_then(|(value, currency)| amount(Some(value), Some(*currency))),
        caveat: amounts.is_none().then(|| "One of the two is not known in the same currency.".to_owned()),
        because: Explanation {
            label: "Scenario less present".to_owned(),
            result: result.unwrap_or_else(|| ledger::because::NOT_KNOWN.to_owned()),
            rule: Rule::Scenario.law(),
            arithmetic: format!("{} − {}", one.because.result, other.because.result),
            rounding: None,
            purchase: None,
            parts: [("Scenario", one.because), ("Present", other.because)].into_iter().map(named).collect(),
        },
    }
}
