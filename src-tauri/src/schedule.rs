//! Schedules while the window is open: looks once a minute which apps are due and reads them one after another.
//! What a failed one means is told by the history, never by a pop-up.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use app::view::sync::SyncRequest;

use crate::shell::Shell;

const TICK: Duration = Duration::from_mins(1);

/// Reads what is due for as long as the shell lives.
pub(crate) fn watch(shell: &Arc<Shell>) {
    let shell = Arc::downgrade(shell);
    thread::spawn(move || {
        loop {
            thread::sleep(TICK);
            let Some(shell) = Weak::upgrade(&shell) else { return };
            tauri::async_runtime::block_on(sync_due(&shell));
        }
    });
}

/// Reads every app whose schedule is due now, one after another; gives how many were tried.
pub async fn sync_due(shell: &Arc<Shell>) -> usize {
    // A data folder that cannot be opened is told by the window's own commands.
    let Ok(seatledger) = shell.open().await else { return 0 };
    let Ok(due) = shell.run(app::Seatledger::due).await else { return 0 };
    let mut tried = 0;
    for app in due {
        // A drop is held and waits for a person. A failure is in the history, and waits its whole interval.
        let asked = SyncRequest { app, accept_drop: false };
        let _ = seatledger.sync(&asked, Box::new(|_| {})).await;
        shell.written().await;
        tried += 1;
    }
    tried
}
