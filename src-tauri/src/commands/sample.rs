//! The sample organisation. It is removed like any other app.

use app::view::apps::AppRow;
use app::view::sync::SampleProgress;
use tauri::State;
use tauri::ipc::Channel;

use super::Shared;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn sample_start(shell: State<'_, Shared>, channel: Channel<SampleProgress>) -> Answer<AppRow> {
    let outcome = shell.open().await?.sample_start(super::telling(channel)).await;
    shell.written().await;
    Ok(outcome?)
}
