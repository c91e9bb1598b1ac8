//! How an app is connected: where its license types come from, its limits, its schedule, and the roster that waits.

use std::path::PathBuf;

use app::view::apps::AppRequest;
use app::view::integration::{
    HeldRequest, HeldView, IntegrationView, LimitsSaveRequest, LimitsSaved, MappingSaveRequest, RestConnectRequest,
    ScheduleRequest,
};
use tauri::State;

use super::Shared;
use super::request::{PathRequest, Request};
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn integration(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<IntegrationView> {
    shell.run(move |seatledger| seatledger.integration(&request)).await
}

#[tauri::command]
pub async fn groups_look(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<IntegrationView> {
    let outcome = shell.open().await?.groups_look(&request).await;
    shell.written().await;
    Ok(outcome?)
}

#[tauri::command]
pub async fn mapping_save(
    shell: State<'_, Shared>,
    Request(request): Request<MappingSaveRequest>,
) -> Answer<IntegrationView> {
    shell.run(move |seatledger| seatledger.mapping_save(&request)).await
}

#[tauri::command]
pub async fn rest_connect(
    shell: State<'_, Shared>,
    Request(request): Request<RestConnectRequest>,
) -> Answer<IntegrationView> {
    let outcome = shell.open().await?.rest_connect(&request).await;
    shell.written().await;
    Ok(outcome?)
}

#[tauri::command]
pub async fn rest_remove(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<IntegrationView> {
    shell.run(move |seatledger| seatledger.rest_remove(&request)).await
}

#[tauri::command]
pub async fn limits_save(
    shell: State<'_, Shared>,
    Request(request): Request<LimitsSaveRequest>,
) -> Answer<LimitsSaved> {
    shell.run(move |seatledger| seatledger.limits_save(&request)).await
}

#[tauri::command]
pub async fn schedule_save(
    shell: State<'_, Shared>,
    Request(request): Request<ScheduleRequest>,
) -> Answer<IntegrationView> {
    shell.run(move |seatledger| seatledger.schedule_save(&request)).await
}

#[tauri::command]
pub async fn held_roster(shell: State<'_, Shared>, Request(request): Request<HeldRequest>) -> Answer<HeldView> {
    shell.run(move |seatledger| seatledger.held_roster(&request)).await
}

#[tauri::command]
pub async fn certificate_path_choose(
    shell: State<'_, Shared>,
    Request(request): Request<PathRequest>,
) -> Answer<Option<String>> {
    shell.choose(move |window| window.choose_certificate(PathBuf::from(request.suggested))).await
}
