//! Settings. The first command of every window: when the data folder cannot be opened, this one says why.

use app::Seatledger;
use app::view::settings::{Settings, SettingsChange};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn settings_get(shell: State<'_, Shared>) -> Answer<Settings> {
    shell.run(Seatledger::settings).await
}

#[tauri::command]
pub async fn settings_change(shell: State<'_, Shared>, Request(request): Request<SettingsChange>) -> Answer<Settings> {
    shell.run(move |seatledger| seatledger.settings_change(&request)).await
}
