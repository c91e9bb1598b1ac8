//! The vault: its state, and where its key is kept. A passphrase goes in and never comes back.

use app::Seatledger;
use app::view::settings::{PassphraseRequest, VaultView};
use secrecy::SecretString;
use tauri::State;

use super::Shared;
use super::request::Request;
use crate::ipc_error::Answer;

#[tauri::command]
pub async fn vault_status(shell: State<'_, Shared>) -> Answer<VaultView> {
    shell.run(|seatledger| Ok(seatledger.vault_status())).await
}

#[tauri::command]
pub async fn vault_unlock(shell: State<'_, Shared>, Request(request): Request<PassphraseRequest>) -> Answer<VaultView> {
    let passphrase = SecretString::from(request.passphrase);
    shell.run(move |seatledger| seatledger.vault_unlock(&passphrase)).await
}

#[tauri::command]
pub async fn vault_use_passphrase(
    shell: State<'_, Shared>,
    Request(request): Request<PassphraseRequest>,
) -> Answer<VaultView> {
    let passphrase = SecretString::from(request.passphrase);
    shell.run(move |seatledger| seatledger.vault_use_passphrase(&passphrase)).await
}

#[tauri::command]
pub async fn vault_use_keychain(shell: State<'_, Shared>) -> Answer<VaultView> {
    shell.run(Seatledger::vault_use_keychain).await
}
