//! License Details: license types, purchases, and taking the last change back.

use app::view::apps::{AppDayRequest, AppRequest};
use app::view::purchases::{
    LicenseDetails, LicenseTypeChange, PurchaseEndRequest, PurchasePreview, PurchasePreviewRequest, PurchaseRequest,
    PurchaseSaveRequest, PurchaseSaved, Undoable, Undone,
};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn license_details(
    shell: State<'_, Shared>,
    Request(request): Request<AppDayRequest>,
) -> Answer<LicenseDetails> {
    shell.run(move |seatledger| seatledger.license_details(&request)).await
}

#[tauri::command]
pub async fn license_type_change(
    shell: State<'_, Shared>,
    Request(request): Request<LicenseTypeChange>,
) -> Answer<LicenseDetails> {
    shell.run(move |seatledger| seatledger.license_type_change(&request)).await
}

#[tauri::command]
pub async fn purchase_preview(
    shell: State<'_, Shared>,
    Request(request): Request<PurchasePreviewRequest>,
) -> Answer<PurchasePreview> {
    shell.run(move |seatledger| seatledger.purchase_preview(&request)).await
}

#[tauri::command]
pub async fn purchase_save(
    shell: State<'_, Shared>,
    Request(request): Request<PurchaseSaveRequest>,
) -> Answer<PurchaseSaved> {
    shell.run(move |seatledger| seatledger.purchase_save(&request)).await
}

#[tauri::command]
pub async fn purchase_end(
    shell: State<'_, Shared>,
    Request(request): Request<PurchaseEndRequest>,
) -> Answer<PurchaseSaved> {
    shell.run(move |seatledger| seatledger.purchase_end(&request)).await
}

#[tauri::command]
pub async fn purchase_delete(
    shell: State<'_, Shared>,
    Request(request): Request<PurchaseRequest>,
) -> Answer<LicenseDetails> {
    shell.run(move |seatledger| seatledger.purchase_delete(&request)).await
}

#[tauri::command]
pub async fn undo(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<Undone> {
    shell.run(move |seatledger| seatledger.undo(&request)).await
}

#[tauri::command]
pub async fn redo(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<Undone> {
    shell.run(move |seatledger| seatledger.redo(&request)).await
}

#[tauri::command]
pub async fn undoable(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<Undoable> {
    shell.run(move |seatledger| seatledger.undoable(&request)).await
}
