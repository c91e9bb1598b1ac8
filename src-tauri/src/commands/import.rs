//! Import of purchases from files.

use app::view::import::{
    ImportApplyRequest, ImportDone, ImportOpenRequest, ImportPreview, ImportPreviewRequest, ImportTable,
    ImportTemplateRequest,
};
use app::view::roster::Exported;
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn import_path_choose(shell: State<'_, Shared>) -> Answer<Option<String>> {
    shell.choose_table().await
}

#[tauri::command]
pub async fn import_open(
    shell: State<'_, Shared>,
    Request(request): Request<ImportOpenRequest>,
) -> Answer<ImportTable> {
    shell.run(move |seatledger| seatledger.import_open(&request)).await
}

#[tauri::command]
pub async fn import_mapping_forget(
    shell: State<'_, Shared>,
    Request(request): Request<ImportOpenRequest>,
) -> Answer<ImportTable> {
    shell.run(move |seatledger| seatledger.import_mapping_forget(&request)).await
}

#[tauri::command]
pub async fn import_preview(
    shell: State<'_, Shared>,
    Request(request): Request<ImportPreviewRequest>,
) -> Answer<ImportPreview> {
    shell.run(move |seatledger| seatledger.import_preview(&request)).await
}

#[tauri::command]
pub async fn import_apply(
    shell: State<'_, Shared>,
    Request(request): Request<ImportApplyRequest>,
) -> Answer<ImportDone> {
    shell.export(move |seatledger| seatledger.import_apply(&request), |done| done.saved.as_deref()).await
}

#[tauri::command]
pub async fn import_template_save(
    shell: State<'_, Shared>,
    Request(request): Request<ImportTemplateRequest>,
) -> Answer<Exported> {
    shell.export(move |seatledger| seatledger.import_template_save(&request), |done| Some(&done.path)).await
}
