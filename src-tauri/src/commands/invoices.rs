//! Recorded invoices.

use app::view::apps::AppDayRequest;
use app::view::invoices::{
    InvoicePreview, InvoicePreviewRequest, InvoiceRequest, InvoiceSaveRequest, InvoiceSaved, InvoicesView,
};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn invoices(shell: State<'_, Shared>, Request(request): Request<AppDayRequest>) -> Answer<InvoicesView> {
    shell.run(move |seatledger| seatledger.invoices(&request)).await
}

#[tauri::command]
pub async fn invoice_preview(
    shell: State<'_, Shared>,
    Request(request): Request<InvoicePreviewRequest>,
) -> Answer<InvoicePreview> {
    shell.run(move |seatledger| seatledger.invoice_preview(&request)).await
}

#[tauri::command]
pub async fn invoice_save(
    shell: State<'_, Shared>,
    Request(request): Request<InvoiceSaveRequest>,
) -> Answer<InvoiceSaved> {
    shell.run(move |seatledger| seatledger.invoice_save(&request)).await
}

#[tauri::command]
pub async fn invoice_delete(
    shell: State<'_, Shared>,
    Request(request): Request<InvoiceRequest>,
) -> Answer<InvoicesView> {
    shell.run(move |seatledger| seatledger.invoice_delete(&request)).await
}
