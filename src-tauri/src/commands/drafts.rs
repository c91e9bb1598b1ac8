//! Half-typed forms that survive a restart.

use app::view::drafts::{DraftKey, DraftRequest};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn draft_save(shell: State<'_, Shared>, Request(request): Request<DraftRequest>) -> Answer<()> {
    shell.run(move |seatledger| seatledger.draft_save(&request)).await
}

#[tauri::command]
pub async fn draft_get(shell: State<'_, Shared>, Request(request): Request<DraftKey>) -> Answer<Option<String>> {
    shell.run(move |seatledger| seatledger.draft_get(&request)).await
}

#[tauri::command]
pub async fn draft_clear(shell: State<'_, Shared>, Request(request): Request<DraftKey>) -> Answer<()> {
    shell.run(move |seatledger| seatledger.draft_clear(&request)).await
}
