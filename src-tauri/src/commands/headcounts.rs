//! Headcounts of the organisation.

use app::Seatledger;
use app::view::headcounts::{HeadcountRequest, HeadcountSaveRequest, HeadcountSaved, HeadcountsView};
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn headcounts(shell: State<'_, Shared>) -> Answer<HeadcountsView> {
    shell.run(Seatledger::headcounts).await
}

#[tauri::command]
pub async fn headcount_save(
    shell: State<'_, Shared>,
    Request(request): Request<HeadcountSaveRequest>,
) -> Answer<HeadcountSaved> {
    shell.run(move |seatledger| seatledger.headcount_save(&request)).await
}

#[tauri::command]
pub async fn headcount_delete(
    shell: State<'_, Shared>,
    Request(request): Request<HeadcountRequest>,
) -> Answer<HeadcountsView> {
    shell.run(move |seatledger| seatledger.headcount_delete(&request)).await
}
