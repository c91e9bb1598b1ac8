//! The members of a roster: a page, the filters, one member's history, and the whole filtered set as a file.

use std::path::PathBuf;

use app::view::apps::AppRequest;
use app::view::roster::{ExportRequest, Exported, Facets, MemberHistory, MemberRequest, RosterPage, RosterPageRequest};
use tauri::State;

use super::Shared;
use super::request::{PathRequest, Request};
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn roster_page(shell: State<'_, Shared>, Request(request): Request<RosterPageRequest>) -> Answer<RosterPage> {
    shell.run(move |seatledger| seatledger.roster_page(&request)).await
}

#[tauri::command]
pub async fn roster_facets(shell: State<'_, Shared>, Request(request): Request<AppRequest>) -> Answer<Facets> {
    shell.run(move |seatledger| seatledger.roster_facets(&request)).await
}

#[tauri::command]
pub async fn member_history(
    shell: State<'_, Shared>,
    Request(request): Request<MemberRequest>,
) -> Answer<MemberHistory> {
    shell.run(move |seatledger| seatledger.member_history(&request)).await
}

#[tauri::command]
pub async fn roster_export(shell: State<'_, Shared>, Request(request): Request<ExportRequest>) -> Answer<Exported> {
    shell.export(move |seatledger| seatledger.roster_export(&request), |done| Some(&done.path)).await
}

#[tauri::command]
pub async fn export_path_choose(
    shell: State<'_, Shared>,
    Request(request): Request<PathRequest>,
) -> Answer<Option<String>> {
    shell.choose(move |window| window.choose_path(PathBuf::from(request.suggested))).await
}
