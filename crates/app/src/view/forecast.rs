//! What is to be paid in the months to come, and what-if scenarios as they were typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::{Figure, Money};
use super::over_time::Period;
use super::problem::FieldProblem;

/// A what-if exactly as typed: nothing is lost when it is refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ScenarioForm {
    /// Its name; only needed to save it.
    pub name: String,
    /// `automatic` (terms that renew by themselves go on) or `all` (every term goes on); empty for `automatic`.
    pub renewing: String,
    /// What is different.
    pub changes: Vec<ScenarioChange>,
}

/// One difference. Which fields count depends on the kind; the others may stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ScenarioChange {
    /// `seats` (purchase, seats, day; an empty day is today), `price` (purchase, cost, day: from the first renewal or payment
    /// on it or later), `frequency` (purchase, every, cost at that frequency, day), `currency` (purchase, currency, cost in it,
    /// day), `downgrade` (license type, seats, to), `renewal-date` (purchase, day: its new last day).
    pub kind: String,
    /// The purchase's number.
    pub purchase: String,
    /// The license type that members leave: key or name.
    pub license_type: String,
    /// The license type that they get: key or name.
    pub to: String,
    /// How many more (`10`) or fewer (`-10`) seats; for `downgrade`, how many members.
    pub seats: String,
    /// The new amount of each payment, per unit or lot as the purchase has it.
    pub cost: String,
    /// The new payment frequency, in the words of the purchase form.
    pub every: String,
    /// The new currency: ISO 4217 code.
    pub currency: String,
    /// From this day; for `renewal-date`, the new last day.
    pub day: String,
}

/// Asks for a forecast.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ForecastRequest {
    /// The slug.
    pub app: String,
    /// How many months, at most 120; `null` for 24.
    pub months: Option<u32>,
    /// `cash` or `accrual`; `null` for `cash`.
    pub basis: Option<String>,
    /// A what-if; the present stands beside it.
    pub scenario: Option<ScenarioForm>,
    /// The day from which it looks ahead, `YYYY-MM-DD`; `null` for today.
    #[serde(default)]
    pub as_of: Option<String>,
}

/// The months to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ForecastView {
    /// The day from which it looks ahead.
    pub as_of: String,
    /// The slug.
    pub app: String,
    /// `cash` or `accrual`.
    pub basis: String,
    /// The finding ("$129,600.00 in 24 months, at most $136,080.00").
    pub title: String,
    /// Measure, unit and range.
    pub subtitle: String,
    /// The currency of the amounts; `null` where there is none.
    pub currency: Option<String>,
    /// This month first.
    pub months: Vec<ForecastMonth>,
    /// At today's prices.
    pub low: Figure,
    /// With the expected uplifts.
    pub expected: Figure,
    /// With the most that the contracts allow.
    pub high: Figure,
    /// What is expected without the scenario; `null` when none was asked for.
    pub present: Option<Figure>,
    /// What the scenario expects less what the present does; negative when it saves.
    pub difference: Option<Figure>,
    /// The annual figures that the scenario changes, beside the present ones; empty when no scenario was asked for.
    pub compared: Vec<ComparedFigure>,
    /// The day from which they are so; `null` when they are today.
    pub compared_from: Option<String>,
    /// What is kept until then: a term that was agreed keeps its seats.
    pub compared_later: Vec<String>,
    /// What is wrong with the scenario: then the months are those of the present.
    pub problems: Vec<FieldProblem>,
    /// What the amounts leave out, or why there are none.
    pub caveats: Vec<String>,
}

/// A figure now and in the scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ComparedFigure {
    /// What is compared ("Committed annual spend").
    pub label: String,
    /// As it is.
    pub present: Figure,
    /// As it would be.
    pub scenario: Figure,
    /// Scenario less present.
    pub difference: Figure,
}

/// One month to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ForecastMonth {
    /// Which.
    pub period: Period,
    /// At today's prices.
    pub low: Option<Money>,
    /// With the expected uplifts.
    pub expected: Option<Money>,
    /// With the most that the contracts allow.
    pub high: Option<Money>,
    /// What is expected without the scenario; `null` when none was asked for.
    pub present: Option<Money>,
}

/// Asks why a month is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ForecastMonthRequest {
    /// The forecast.
    pub forecast: ForecastRequest,
    /// Which month, from 0; `null` for all of them.
    pub month: Option<u32>,
    /// `low`, `expected`, `high` or `present`.
    pub line: String,
}

/// Saves a scenario under its name; one of the same name is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ScenarioSaveRequest {
    /// The slug.
    pub app: String,
    /// As typed.
    pub form: ScenarioForm,
}

/// Saved, or refused with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ScenarioSaved {
    /// Why it was refused; empty when it is saved. Fields are called `name` or `changes.0.day`.
    pub problems: Vec<FieldProblem>,
    /// Whether one of that name was saved before.
    pub replaced: bool,
    /// All that are saved, by name.
    pub scenarios: Vec<ScenarioView>,
}

/// A saved scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ScenarioView {
    /// As it was typed.
    pub form: ScenarioForm,
    /// What each change means today ("Purchase 1: 10 more seats from 1 Jan 2027"), or why it no longer means anything.
    pub changes: Vec<String>,
    /// What would be refused today: a purchase may be gone.
    pub problems: Vec<FieldProblem>,
}

/// A scenario that was taken as the plan, or why it was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ScenarioAdopted {
    /// What is planned now ("Purchase 1 (Can-Edit): 40 seats from 1 Apr 2027 on").
    pub planned: Vec<String>,
    /// Why nothing was planned, sentences.
    pub problems: Vec<String>,
}

/// Names one scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ScenarioRequest {
    /// The slug.
    pub app: String,
    /// Its name.
    pub name: String,
}
