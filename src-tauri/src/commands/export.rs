//! Tables and cost records to files, and a file shown in its folder.

use app::view::export::TableExportRequest;
use app::view::focus::{FocusExported, FocusRequest};
use app::view::roster::Exported;
use tauri::State;

use super::Shared;
use super::request::{Request, ShowRequest};
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn table_export(shell: State<'_, Shared>, Request(request): Request<TableExportRequest>) -> Answer<Exported> {
    shell.export(move |seatledger| seatledger.table_export(&request), |done| Some(&done.path)).await
}

#[tauri::command]
pub async fn focus_export(shell: State<'_, Shared>, Request(request): Request<FocusRequest>) -> Answer<FocusExported> {
    shell.export(move |seatledger| seatledger.focus_export(&request), |done| Some(&done.path)).await
}

#[tauri::command]
pub async fn exported_show(shell: State<'_, Shared>, Request(request): Request<ShowRequest>) -> Answer<()> {
    shell.show_in_folder(request.path).await
}
