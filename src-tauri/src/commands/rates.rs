//! Exchange rates of the organisation.

use app::Seatledger;
use app::view::purchases::Undone;
use app::view::rates::{
    RateDeleteRequest, RateDeleted, RatePolicyChosen, RatePolicyRequest, RateSaveRequest, RateSaved, RatesView,
};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn rates(shell: State<'_, Shared>) -> Answer<RatesView> {
    shell.run(Seatledger::rates).await
}

#[tauri::command]
pub async fn rate_save(shell: State<'_, Shared>, Request(request): Request<RateSaveRequest>) -> Answer<RateSaved> {
    shell.run(move |seatledger| seatledger.rate_save(&request)).await
}

#[tauri::command]
pub async fn rate_delete(
    shell: State<'_, Shared>,
    Request(request): Request<RateDeleteRequest>,
) -> Answer<RateDeleted> {
    shell.run(move |seatledger| seatledger.rate_delete(&request)).await
}

#[tauri::command]
pub async fn rate_policy_choose(
    shell: State<'_, Shared>,
    Request(request): Request<RatePolicyRequest>,
) -> Answer<RatePolicyChosen> {
    shell.run(move |seatledger| seatledger.rate_policy_choose(&request)).await
}

#[tauri::command]
pub async fn rates_undo(shell: State<'_, Shared>) -> Answer<Undone> {
    shell.run(Seatledger::rates_undo).await
}
