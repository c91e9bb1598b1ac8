//! The `request` argument of a command. Unlike Tauri's own arguments it fails with a problem that can be shown.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tauri::Runtime;
use tauri::ipc::{CommandArg, CommandItem, InvokeError};
use ts_rs::TS;

use crate::ipc_error::IpcError;

/// What the window sent, understood.
pub struct Request<T>(pub T);

impl<'de, R: Runtime, T: DeserializeOwned> CommandArg<'de, R> for Request<T> {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let name = command.name;
        T::deserialize(command).map(Self).map_err(|_| IpcError::misunderstood(name).into())
    }
}

/// Asks where to save a file, or which file to take.
#[derive(Deserialize, TS)]
pub struct PathRequest {
    /// An absolute path, or only a file name.
    pub suggested: String,
}

/// Asks to show a file in its folder.
#[derive(Deserialize, TS)]
pub struct ShowRequest {
    /// The absolute path of a file that was written for this window.
    pub path: String,
}
