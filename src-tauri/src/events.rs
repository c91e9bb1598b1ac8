//! The `changed` event: the window reads again whenever anyone, the command line too, has changed what is stored.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use crate::shell::Shell;

/// Its name in the UI.
pub(crate) const CHANGED: &str = "changed";

const TICK: Duration = Duration::from_secs(1);

/// Watches for changes for as long as the shell lives.
pub(crate) fn watch(shell: &Arc<Shell>) {
    let shell = Arc::downgrade(shell);
    thread::spawn(move || {
        while let Some(shell) = Weak::upgrade(&shell) {
            shell.notice_changes();
            drop(shell);
            thread::sleep(TICK);
        }
    });
}
