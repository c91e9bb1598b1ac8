//! The Overview: spend with its reasons, and what the charts draw.

use app::view::apps::{AppDayRequest, AppRequest};
use app::view::charts::Charts;
use app::view::spend::SpendView;
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn spend(shell: State<'_, Shared>, Request(request): Request<AppDayRequest>) -> Answer<SpendView> {
    shell.run(move |seatledger| seatledger.spend(&request)).await
}

#[tauri::command]
pub async fn charts(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<Charts> {
    shell.run(move |seatledger| seatledger.charts(&request)).await
}
