//! Tables and cost records to files.

use app::view::export::TableExportRequest;
use app::view::focus::{FocusExported, FocusRequest};
use app::view::roster::Exported;
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn table_export(shell: State<'_, Shared>, Request(request): Request<TableExportRequest>) -> Answer<Exported> {
    shell.run(move |seatledger| seatledger.table_export(&request)).await
}

#[tauri::command]
pub async fn focus_export(shell: State<'_, Shared>, Request(request): Request<FocusRequest>) -> Answer<FocusExported> {
    shell.run(move |seatledger| seatledger.focus_export(&request)).await
}
