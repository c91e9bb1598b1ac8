//! Tables over time as rows, and the charts that a workbook draws of them. No row is a sum of others: whoever adds a
//! column up must not count anything twice.

use std::borrow::Cow;

use super::cells::{Cell, Tabular, price};
use super::workbook::{Kind, Picture, Series};
use crate::activity::Types;
use crate::tone;
use crate::view::figure::Money;
use crate::view::forecast::{ForecastMonth, ForecastView};
use crate::view::over_time::{BurnDown, BurnPoint, Period, PeriodRow, SpendOverTime};
use crate::view::spend::SpendBy;

/// What a license type, or the fees, cost in a period.
pub(super) struct PeriodAmount<'a> {
    period: &'a Period,
    row: &'a PeriodRow,
    amount: Option<&'a Money>,
}

impl<'a> PeriodAmount<'a> {
    /// By license type, then by period, so that a chart finds each type's periods one after the other.
    pub(super) fn all(spend: &'a SpendOverTime) -> Vec<Self> {
        let cells = |row: &'a PeriodRow| {
            let amounts = row.cells.iter().map(Option::as_ref);
            spend.periods.iter().zip(amounts).map(move |(period, amount)| Self { period, row, amount })
        };
        spend.rows.iter().flat_map(cells).collect()
    }
}

fn word(text: &str) -> Cell<'_> {
    Cell::Plain(Cow::Borrowed(text))
}

fn paid(amount: Option<&Money>) -> Cell<'_> {
    amount.map_or(Cell::Null, |money| price(Some(&money.amount), &money.currency))
}

impl Tabular for PeriodAmount<'_> {
    const COLUMNS: &'static [&'static str] = &["period", "from", "to", "license_type", "name", "amount", "currency"];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "period" => word(&self.period.label),
            "from" => Cell::Day(Cow::Borrowed(&self.period.from)),
            "to" => Cell::Day(Cow::Borrowed(&self.period.to)),
            "license_type" => self.row.license_type.as_deref().map_or(Cell::Null, word),
            "name" => Cell::Text(Cow::Borrowed(&self.row.name)),
            "amount" => paid(self.amount),
            "currency" => self.amount.map_or(Cell::Null, |money| word(&money.currency)),
            _ => Cell::Null,
        }
    }
}

/// A month to come.
pub(super) struct ForecastRow<'a>(pub(super) &'a ForecastMonth);

impl Tabular for ForecastRow<'_> {
    const COLUMNS: &'static [&'static str] = &["month", "from", "to", "low", "expected", "high", "present", "currency"];

    fn cell(&self, column: &str) -> Cell<'_> {
        let month = self.0;
        match column {
            "month" => word(&month.period.label),
            "from" => Cell::Day(Cow::Borrowed(&month.period.from)),
            "to" => Cell::Day(Cow::Borrowed(&month.period.to)),
            "low" => paid(month.low.as_ref()),
            "expected" => paid(month.expected.as_ref()),
            "high" => paid(month.high.as_ref()),
            "present" => paid(month.present.as_ref()),
            "currency" => month.expected.as_ref().map_or(Cell::Null, |money| word(&money.currency)),
            _ => Cell::Null,
        }
    }
}

impl Tabular for BurnPoint {
    const COLUMNS: &'static [&'static str] = &["day", "left", "even", "currency"];

    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "day" => Cell::Day(Cow::Borrowed(&self.date)),
            "left" => paid(Some(&self.left)),
            "even" => paid(Some(&self.even)),
            "currency" => word(&self.left.currency),
            _ => Cell::Null,
        }
    }
}

/// What is left, as a line that ends with the last term, beside an even pace.
pub(super) fn burn_picture(burn: &BurnDown) -> Picture {
    let (title, unit) = (burn.subtitle.clone(), burn.left.currency.clone());
    let series = vec![
        Series::all("left", "Left").colored(tone::TONES[1]),
        Series::all("even", "At an even pace").colored(tone::OTHER).dashed(),
    ];
    Picture { title, unit, names: "day", series, kind: Kind::Lines }
}

/// Spend by period, the license types on each other; amounts in several currencies have no common axis.
pub(super) fn spend_pictures(spend: &SpendOverTime, types: &Types) -> Vec<Picture> {
    let (Some(currency), Ok(periods)) = (&spend.currency, u32::try_from(spend.periods.len())) else {
        return Vec::new();
    };
    let series = (0..).zip(&spend.rows).map(|(at, row)| {
        let first = at * periods;
        let rows = Some((first, (first + periods).saturating_sub(1)));
        let one = Series { rows, ..Series::all("amount", &row.name) };
        one.colored(tone::tone(types, row.license_type.as_deref()))
    });
    let (title, unit) = (spend.subtitle.clone(), currency.clone());
    vec![Picture { title, unit, names: "period", series: series.collect(), kind: Kind::Stacked }]
}

/// The months to come: what is expected, between the dashed lines of the low and the high amount.
pub(super) fn forecast_pictures(forecast: &ForecastView) -> Vec<Picture> {
    let Some(currency) = &forecast.currency else { return Vec::new() };
    let mut series = vec![
        Series::all("low", "Low").colored(tone::TONES[1]).dashed(),
        Series::all("expected", "Expected").colored(tone::TONES[0]),
        Series::all("high", "High").colored(tone::TONES[1]).dashed(),
    ];
    series.extend(forecast.present.is_some().then(|| Series::all("present", "Present").colored(tone::TONES[2])));
    let (title, unit) = (forecast.subtitle.clone(), currency.clone());
    vec![Picture { title, unit, names: "month", series, kind: Kind::Lines }]
}

/// What departments or cost centers cost in a year.
pub(super) fn share_picture(spend: &SpendBy) -> Option<Picture> {
    let currency = &spend.total.value.as_ref()?.currency;
    let by = if spend.by == "cost-center" { "cost center" } else { "department" };
    Some(Picture {
        title: format!("Annual spend by {by}, {}", spend.as_of),
        unit: format!("{currency} a year"),
        names: "name",
        series: vec![Series::all("annual", "A year")],
        kind: Kind::Columns,
    })
}
