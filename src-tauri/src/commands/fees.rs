//! Miscellaneous fees.

use app::view::apps::AppDayRequest;
use app::view::fees::{
    FeePreview, FeePreviewRequest, FeePriceChangeRequest, FeePriceChanged, FeeRequest, FeeSaveRequest, FeeSaved,
    FeeVersions, FeesView,
};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn fees(shell: State<'_, Shared>, Request(request): Request<AppDayRequest>) -> Answer<FeesView> {
    shell.run(move |seatledger| seatledger.fees(&request)).await
}

#[tauri::command]
pub async fn fee_preview(shell: State<'_, Shared>, Request(request): Request<FeePreviewRequest>) -> Answer<FeePreview> {
    shell.run(move |seatledger| seatledger.fee_preview(&request)).await
}

#[tauri::command]
pub async fn fee_save(shell: State<'_, Shared>, Request(request): Request<FeeSaveRequest>) -> Answer<FeeSaved> {
    shell.run(move |seatledger| seatledger.fee_save(&request)).await
}

#[tauri::command]
pub async fn fee_delete(shell: State<'_, Shared>, Request(request): Request<FeeRequest>) -> Answer<FeesView> {
    shell.run(move |seatledger| seatledger.fee_delete(&request)).await
}

#[tauri::command]
pub async fn fee_price_change(
    shell: State<'_, Shared>,
    Request(request): Request<FeePriceChangeRequest>,
) -> Answer<FeePriceChanged> {
    shell.run(move |seatledger| seatledger.fee_price_change(&request)).await
}

#[tauri::command]
pub async fn fee_versions(shell: State<'_, Shared>, Request(request): Request<FeeRequest>) -> Answer<FeeVersions> {
    shell.run(move |seatledger| seatledger.fee_versions(&request)).await
}
