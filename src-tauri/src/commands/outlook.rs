//! Looking ahead and back: who spend is for, spend over time, renewals, forecast and what-if scenarios.

use app::view::apps::AppRequest;
use app::view::figure::Figure;
use app::view::forecast::{
    ForecastMonthRequest, ForecastRequest, ForecastView, ScenarioAdopted, ScenarioRequest, ScenarioSaveRequest,
    ScenarioSaved, ScenarioView,
};
use app::view::over_time::{BurnPointRequest, SpendCellRequest, SpendOverTime, SpendOverTimeRequest};
use app::view::renewals::{RenewalsExportRequest, RenewalsRequest, RenewalsView};
use app::view::roster::Exported;
use app::view::spend::{SpendBy, SpendByRequest};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn spend_by(shell: State<'_, Shared>, Request(request): Request<SpendByRequest>) -> Answer<SpendBy> {
    shell.run(move |seatledger| seatledger.spend_by(&request)).await
}

#[tauri::command]
pub async fn spend_over_time(
    shell: State<'_, Shared>,
    Request(request): Request<SpendOverTimeRequest>,
) -> Answer<SpendOverTime> {
    shell.run(move |seatledger| seatledger.spend_over_time(&request)).await
}

#[tauri::command]
pub async fn spend_cell(shell: State<'_, Shared>, Request(request): Request<SpendCellRequest>) -> Answer<Figure> {
    shell.run(move |seatledger| seatledger.spend_cell(&request)).await
}

#[tauri::command]
pub async fn burn_point(shell: State<'_, Shared>, Request(request): Request<BurnPointRequest>) -> Answer<Figure> {
    shell.run(move |seatledger| seatledger.burn_point(&request)).await
}

#[tauri::command]
pub async fn forecast(shell: State<'_, Shared>, Request(request): Request<ForecastRequest>) -> Answer<ForecastView> {
    shell.run(move |seatledger| seatledger.forecast(&request)).await
}

#[tauri::command]
pub async fn forecast_month(
    shell: State<'_, Shared>,
    Request(request): Request<ForecastMonthRequest>,
) -> Answer<Figure> {
    shell.run(move |seatledger| seatledger.forecast_month(&request)).await
}

#[tauri::command]
pub async fn scenarios(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<Vec<ScenarioView>> {
    shell.run(move |seatledger| seatledger.scenarios(&request)).await
}

#[tauri::command]
pub async fn scenario_save(
    shell: State<'_, Shared>,
    Request(request): Request<ScenarioSaveRequest>,
) -> Answer<ScenarioSaved> {
    shell.run(move |seatledger| seatledger.scenario_save(&request)).await
}

#[tauri::command]
pub async fn scenario_delete(
    shell: State<'_, Shared>,
    Request(request): Request<ScenarioRequest>,
) -> Answer<Vec<ScenarioView>> {
    shell.run(move |seatledger| seatledger.scenario_delete(&request)).await
}

#[tauri::command]
pub async fn scenario_adopt(
    shell: State<'_, Shared>,
    Request(request): Request<ScenarioRequest>,
) -> Answer<ScenarioAdopted> {
    shell.run(move |seatledger| seatledger.scenario_adopt(&request)).await
}

#[tauri::command]
pub async fn renewals(shell: State<'_, Shared>, Request(request): Request<RenewalsRequest>) -> Answer<RenewalsView> {
    shell.run(move |seatledger| seatledger.renewals(&request)).await
}

#[tauri::command]
pub async fn renewals_export(
    shell: State<'_, Shared>,
    Request(request): Request<RenewalsExportRequest>,
) -> Answer<Exported> {
    shell.export(move |seatledger| seatledger.renewals_export(&request), |done| Some(&done.path)).await
}
