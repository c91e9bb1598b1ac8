//! The managed apps: the list, connecting one, removing one.

use app::Seatledger;
use app::view::apps::{AppRequest, AppRow, RemoveRequest};
use app::view::connect::{
    ConnectReport, ConnectRequest, ConnectStage, Connected, LicensePreview, PreviewProgress, ReplaceTokenRequest,
};
use tauri::State;
use tauri::ipc::Channel;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn apps_list(shell: State<'_, Shared>) -> Answer<Vec<AppRow>> {
    shell.run(Seatledger::apps_list).await
}

#[tauri::command]
pub async fn app_row(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<AppRow> {
    shell.run(move |seatledger| seatledger.app_row(&request)).await
}

#[tauri::command]
pub async fn connect_test(
    shell: State<'_, Shared>,
    Request(request): Request<ConnectRequest>,
    channel: Channel<ConnectStage>,
) -> Answer<ConnectReport> {
    Ok(shell.open().await?.connect_test(&request, super::telling(channel)).await)
}

#[tauri::command]
pub async fn connect_save(
    shell: State<'_, Shared>,
    Request(request): Request<ConnectRequest>,
    channel: Channel<ConnectStage>,
) -> Answer<Connected> {
    let outcome = shell.open().await?.connect_save(&request, super::telling(channel)).await;
    shell.written().await;
    Ok(outcome?)
}

#[tauri::command]
pub async fn token_replace(
    shell: State<'_, Shared>,
    Request(request): Request<ReplaceTokenRequest>,
    channel: Channel<ConnectStage>,
) -> Answer<ConnectReport> {
    Ok(shell.open().await?.token_replace(&request, super::telling(channel)).await?)
}

#[tauri::command]
pub async fn license_preview(
    shell: State<'_, Shared>,
    Request(request): Request<ConnectRequest>,
    channel: Channel<PreviewProgress>,
) -> Answer<LicensePreview> {
    Ok(shell.open().await?.license_preview(&request, super::telling(channel)).await)
}

#[tauri::command]
pub async fn license_preview_cancel(shell: State<'_, Shared>) -> Answer<()> {
    shell.open().await?.license_preview_cancel();
    Ok(())
}

#[tauri::command]
pub async fn connection_remove(shell: State<'_, Shared>, Request(request): Request<RemoveRequest>) -> Answer<()> {
    shell.run(move |seatledger| seatledger.connection_remove(&request)).await
}
