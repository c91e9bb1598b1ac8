//! The JSON shapes of spend by whom and when, renewals, forecast and scenarios. Amounts are decimal texts.

use app::view::figure::{Figure, Money};
use app::view::forecast::{ForecastView, ScenarioForm, ScenarioView};
use app::view::over_time::SpendOverTime;
use app::view::problem::FieldProblem;
use app::view::renewals::{RenewalRow, RenewalStage};
use app::view::spend::{Basis, SpendBy};
use serde::Serialize;

fn amount(figure: &Figure) -> Option<&str> {
    plain(figure.value.as_ref())
}

fn plain(money: Option<&Money>) -> Option<&str> {
    money.map(|money| money.amount.as_str())
}

fn currency(figure: &Figure) -> Option<&str> {
    figure.value.as_ref().map(|money| money.currency.as_str())
}

/// One basis of `spend`.
#[derive(Serialize)]
pub struct BasisShape<'a> {
    key: &'a str,
    label: &'a str,
    amount: Option<&'a str>,
    currency: Option<&'a str>,
    caveat: Option<&'a str>,
    from: Option<&'a str>,
    notice_by: Option<&'a str>,
}

impl<'a> From<&'a Basis> for BasisShape<'a> {
    fn from(basis: &'a Basis) -> Self {
        Self {
            key: &basis.key,
            label: &basis.label,
            amount: amount(&basis.figure),
            currency: currency(&basis.figure),
            caveat: basis.figure.caveat.as_deref(),
            from: basis.from.as_deref(),
            notice_by: basis.notice_by.as_deref(),
        }
    }
}

/// The answer of `spend --by department|cost-center`.
#[derive(Serialize)]
pub struct SpendByShape<'a> {
    app: &'a str,
    as_of: &'a str,
    by: &'a str,
    currency: Option<&'a str>,
    accounts: u64,
    total: Option<&'a str>,
    unassigned: Option<&'a str>,
    rows: Vec<ShareShape<'a>>,
    caveat: Option<String>,
}

/// One department or cost center.
#[derive(Serialize)]
pub struct ShareShape<'a> {
    name: Option<&'a str>,
    accounts: u64,
    annual: Option<&'a str>,
}

impl<'a> From<&'a SpendBy> for SpendByShape<'a> {
    fn from(spend: &'a SpendBy) -> Self {
        let row = |row: &'a app::view::spend::SpendByRow| ShareShape {
            name: row.name.as_deref(),
            accounts: row.accounts,
            annual: amount(&row.figure),
        };
        let caveats: Vec<&str> =
            [&spend.total.caveat, &spend.caveat].into_iter().flatten().map(String::as_str).collect();
        Self {
            app: &spend.app,
            as_of: &spend.as_of,
            by: &spend.by,
            currency: currency(&spend.total),
            accounts: spend.accounts,
            total: amount(&spend.total),
            unassigned: amount(&spend.unassigned),
            rows: spend.rows.iter().map(row).collect(),
            caveat: Some(caveats.join(" ")).filter(|text| !text.is_empty()),
        }
    }
}

/// The answer of `spend --by month|quarter|fiscal-year`.
#[derive(Serialize)]
pub struct OverTimeShape<'a> {
    app: &'a str,
    by: &'a str,
    basis: &'a str,
    currency: Option<&'a str>,
    total: Option<&'a str>,
    periods: Vec<PeriodShape<'a>>,
    by_license_type: Vec<RowShape<'a>>,
    committed: Option<&'a str>,
    left: Option<&'a str>,
    caveats: &'a [String],
}

/// One period.
#[derive(Serialize)]
pub struct PeriodShape<'a> {
    label: &'a str,
    from: &'a str,
    to: &'a str,
    total: Option<&'a str>,
}

/// One license type, or the fees, in the order of the periods.
#[derive(Serialize)]
pub struct RowShape<'a> {
    license_type: Option<&'a str>,
    name: &'a str,
    amounts: Vec<Option<&'a str>>,
    total: Option<&'a str>,
}

impl<'a> From<&'a SpendOverTime> for OverTimeShape<'a> {
    fn from(spend: &'a SpendOverTime) -> Self {
        let periods = spend.periods.iter().zip(&spend.totals).map(|(period, total)| PeriodShape {
            label: &period.label,
            from: &period.from,
            to: &period.to,
            total: plain(total.as_ref()),
        });
        let row = |row: &'a app::view::over_time::PeriodRow| RowShape {
            license_type: row.license_type.as_deref(),
            name: &row.name,
            amounts: row.cells.iter().map(|cell| plain(cell.as_ref())).collect(),
            total: plain(row.total.as_ref()),
        };
        Self {
            app: &spend.app,
            by: &spend.by,
            basis: &spend.basis,
            currency: spend.currency.as_deref(),
            total: amount(&spend.total),
            periods: periods.collect(),
            by_license_type: spend.rows.iter().map(row).collect(),
            committed: spend.burn_down.as_ref().and_then(|burn| amount(&burn.committed)),
            left: spend.burn_down.as_ref().map(|burn| burn.left.amount.as_str()),
            caveats: &spend.caveats,
        }
    }
}

/// One line of `renewals`.
#[derive(Serialize)]
pub struct RenewalShape<'a> {
    app: &'a str,
    purchase: i64,
    license_type: &'a str,
    label: &'a str,
    seats: Option<u64>,
    last_day: &'a str,
    notice_by: Option<&'a str>,
    deadline: &'a str,
    days_left: i64,
    stage: RenewalStage,
    within: Option<u16>,
    auto_renews: bool,
    renewed_by: Option<i64>,
    sentence: &'a str,
    annual: Option<&'a str>,
    renewed_annual: Option<&'a str>,
    currency: Option<&'a str>,
    suggested_seats: Option<u64>,
    /// The seats that are planned for the term that follows, where that changes them.
    planned_seats: Option<u32>,
    owner: &'a str,
    reminder: &'a str,
}

impl<'a> From<&'a RenewalRow> for RenewalShape<'a> {
    fn from(row: &'a RenewalRow) -> Self {
        Self {
            app: &row.app,
            purchase: row.purchase,
            license_type: &row.license_type,
            label: &row.label,
            seats: row.seats,
            last_day: &row.last_day,
            notice_by: row.notice_by.as_deref(),
            deadline: &row.deadline,
            days_left: row.days_left,
            stage: row.stage,
            within: row.within,
            auto_renews: row.auto_renews,
            renewed_by: row.renewed_by,
            sentence: &row.sentence,
            annual: row.annual.as_ref().and_then(amount),
            renewed_annual: row.renewed_annual.as_ref().and_then(amount),
            currency: row.annual.as_ref().and_then(currency),
            planned_seats: row.planned_seats,
            suggested_seats: row.suggestion.as_ref().map(|suggestion| suggestion.seats),
            owner: &row.owner,
            reminder: &row.reminder,
        }
    }
}

/// The answer of `forecast`.
#[derive(Serialize)]
pub struct ForecastShape<'a> {
    app: &'a str,
    basis: &'a str,
    currency: Option<&'a str>,
    low: Option<&'a str>,
    expected: Option<&'a str>,
    high: Option<&'a str>,
    present: Option<&'a str>,
    difference: Option<&'a str>,
    months: Vec<MonthShape<'a>>,
    compared: Vec<ComparedShape<'a>>,
    compared_from: Option<&'a str>,
    compared_later: &'a [String],
    caveats: &'a [String],
}

/// One month to come.
#[derive(Serialize)]
pub struct MonthShape<'a> {
    label: &'a str,
    from: &'a str,
    to: &'a str,
    low: Option<&'a str>,
    expected: Option<&'a str>,
    high: Option<&'a str>,
    present: Option<&'a str>,
}

/// A figure beside the present one.
#[derive(Serialize)]
pub struct ComparedShape<'a> {
    label: &'a str,
    present: Option<&'a str>,
    scenario: Option<&'a str>,
    difference: Option<&'a str>,
}

fn compared(forecast: &ForecastView) -> Vec<ComparedShape<'_>> {
    let figures = forecast.compared.iter().map(|one| ComparedShape {
        label: &one.label,
        present: amount(&one.present),
        scenario: amount(&one.scenario),
        difference: amount(&one.difference),
    });
    figures.collect()
}

impl<'a> From<&'a ForecastView> for ForecastShape<'a> {
    fn from(forecast: &'a ForecastView) -> Self {
        let month = |month: &'a app::view::forecast::ForecastMonth| MonthShape {
            label: &month.period.label,
            from: &month.period.from,
            to: &month.period.to,
            low: plain(month.low.as_ref()),
            expected: plain(month.expected.as_ref()),
            high: plain(month.high.as_ref()),
            present: plain(month.present.as_ref()),
        };
        Self {
            app: &forecast.app,
            basis: &forecast.basis,
            currency: forecast.currency.as_deref(),
            low: amount(&forecast.low),
            expected: amount(&forecast.expected),
            high: amount(&forecast.high),
            present: forecast.present.as_ref().and_then(amount),
            difference: forecast.difference.as_ref().and_then(amount),
            months: forecast.months.iter().map(month).collect(),
            compared: compared(forecast),
            compared_from: forecast.compared_from.as_deref(),
            compared_later: &forecast.compared_later,
            caveats: &forecast.caveats,
        }
    }
}

/// One scenario of `scenario list`, and what `scenario save` kept.
#[derive(Serialize)]
pub struct ScenarioShape<'a> {
    name: &'a str,
    changes: &'a [String],
    form: &'a ScenarioForm,
    problems: &'a [FieldProblem],
}

impl<'a> From<&'a ScenarioView> for ScenarioShape<'a> {
    fn from(scenario: &'a ScenarioView) -> Self {
        Self {
            name: &scenario.form.name,
            changes: &scenario.changes,
            form: &scenario.form,
            problems: &scenario.problems,
        }
    }
}

/// One scenario of `scenario compare`.
#[derive(Serialize)]
pub struct ComparisonShape<'a> {
    name: &'a str,
    currency: Option<&'a str>,
    expected: Option<&'a str>,
    present: Option<&'a str>,
    difference: Option<&'a str>,
    compared: Vec<ComparedShape<'a>>,
    compared_from: Option<&'a str>,
    compared_later: &'a [String],
}

impl<'a> ComparisonShape<'a> {
    /// The scenario of that name.
    pub fn new(name: &'a str, forecast: &'a ForecastView) -> Self {
        Self {
            name,
            currency: forecast.currency.as_deref(),
            expected: amount(&forecast.expected),
            present: forecast.present.as_ref().and_then(amount),
            difference: forecast.difference.as_ref().and_then(amount),
            compared: compared(forecast),
            compared_from: forecast.compared_from.as_deref(),
            compared_later: &forecast.compared_later,
        }
    }
}
