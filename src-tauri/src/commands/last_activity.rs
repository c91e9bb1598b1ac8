//! When members were last active: import from files, who uses what they hold, and how accounts are counted.

use app::view::apps::{AppDayRequest, AppRequest};
use app::view::import::ImportTable;
use app::view::last_activity::{
    ActivityApplyRequest, ActivityDone, ActivityOpenRequest, ActivityPreview, ActivityPreviewRequest, ActivitySummary,
    CountingChange, CountingSaved, CountingView,
};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn activity_summary(
    shell: State<'_, Shared>,
    Request(request): Request<AppDayRequest>,
) -> Answer<ActivitySummary> {
    shell.run(move |seatledger| seatledger.activity_summary(&request)).await
}

#[tauri::command]
pub async fn activity_open(
    shell: State<'_, Shared>,
    Request(request): Request<ActivityOpenRequest>,
) -> Answer<ImportTable> {
    shell.run(move |seatledger| seatledger.activity_open(&request)).await
}

#[tauri::command]
pub async fn activity_preview(
    shell: State<'_, Shared>,
    Request(request): Request<ActivityPreviewRequest>,
) -> Answer<ActivityPreview> {
    shell.run(move |seatledger| seatledger.activity_preview(&request)).await
}

#[tauri::command]
pub async fn activity_apply(
    shell: State<'_, Shared>,
    Request(request): Request<ActivityApplyRequest>,
) -> Answer<ActivityDone> {
    shell.run(move |seatledger| seatledger.activity_apply(&request)).await
}

#[tauri::command]
pub async fn counting(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<CountingView> {
    shell.run(move |seatledger| seatledger.counting(&request)).await
}

#[tauri::command]
pub async fn counting_save(
    shell: State<'_, Shared>,
    Request(request): Request<CountingChange>,
) -> Answer<CountingSaved> {
    shell.run(move |seatledger| seatledger.counting_save(&request)).await
}
