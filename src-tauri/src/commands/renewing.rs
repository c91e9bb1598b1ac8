//! What becomes of a purchase: renewed, duplicated, extended, repriced; and its versions.

use app::view::purchases::{PurchaseRequest, PurchaseSaved};
use app::view::renewing::{
    PurchaseCoTerminateRequest, PurchasePriceChangeRequest, PurchasePriceChanged, PurchaseRenewRequest,
    PurchaseVersions,
};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn purchase_renew(
    shell: State<'_, Shared>,
    Request(request): Request<PurchaseRenewRequest>,
) -> Answer<PurchaseSaved> {
    shell.run(move |seatledger| seatledger.purchase_renew(&request)).await
}

#[tauri::command]
pub async fn purchase_duplicate(
    shell: State<'_, Shared>,
    Request(request): Request<PurchaseRequest>,
) -> Answer<PurchaseSaved> {
    shell.run(move |seatledger| seatledger.purchase_duplicate(&request)).await
}

#[tauri::command]
pub async fn purchase_co_terminate(
    shell: State<'_, Shared>,
    Request(request): Request<PurchaseCoTerminateRequest>,
) -> Answer<PurchaseSaved> {
    shell.run(move |seatledger| seatledger.purchase_co_terminate(&request)).await
}

#[tauri::command]
pub async fn purchase_price_change(
    shell: State<'_, Shared>,
    Request(request): Request<PurchasePriceChangeRequest>,
) -> Answer<PurchasePriceChanged> {
    shell.run(move |seatledger| seatledger.purchase_price_change(&request)).await
}

#[tauri::command]
pub async fn purchase_versions(
    shell: State<'_, Shared>,
    Request(request): Request<PurchaseRequest>,
) -> Answer<PurchaseVersions> {
    shell.run(move |seatledger| seatledger.purchase_versions(&request)).await
}
