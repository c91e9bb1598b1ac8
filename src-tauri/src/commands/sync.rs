//! Syncs: starting one, stopping it, and those that were.

use app::view::apps::AppRequest;
use app::view::sync::{CaseView, CasesRequest, RunView, SyncProgress, SyncReport, SyncRequest};
use tauri::State;
use tauri::ipc::Channel;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn sync_start(
    shell: State<'_, Shared>,
    Request(request): Request<SyncRequest>,
    channel: Channel<SyncProgress>,
) -> Answer<SyncReport> {
    let outcome = shell.open().await?.sync(&request, super::telling(channel)).await;
    shell.written().await;
    Ok(outcome?)
}

#[tauri::command]
pub async fn sync_cancel(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<()> {
    shell.open().await?.sync_cancel(&request.app);
    Ok(())
}

#[tauri::command]
pub async fn runs(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<Vec<RunView>> {
    shell.run(move |seatledger| seatledger.runs(&request)).await
}

#[tauri::command]
pub async fn finding_cases(shell: State<'_, Shared>, Request(request): Request<CasesRequest>) -> Answer<Vec<CaseView>> {
    shell.run(move |seatledger| seatledger.finding_cases(&request)).await
}
