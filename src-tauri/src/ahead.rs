//! What the first screen asks, answered together with its page, so that it is painted once and whole. What cannot be had
//! in time, or at all, is asked for as usual, and why is told then.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use app::Seatledger;
use serde::Serialize;
use tauri::ipc::{InvokeResponseBody, IpcResponse};

use crate::shell::Shell;

/// A window that comes later than this is worse than one that is painted twice.
const PATIENCE: Duration = Duration::from_millis(60);
/// An answer is good for the page that comes with it, not for one that is loaded again later.
const GOOD_FOR_MS: u32 = 10_000;

/// The answers of the commands of these names.
#[derive(Debug, Serialize)]
pub struct Ahead {
    settings_get: app::view::settings::Settings,
    apps_list: Vec<app::view::apps::AppRow>,
}

impl Ahead {
    /// The answers as they are now.
    pub fn of(seatledger: &Seatledger) -> app::Result<Self> {
        Ok(Self { settings_get: seatledger.settings()?, apps_list: seatledger.apps_list()? })
    }

    /// Hands them to the page that is made now; `ui/src/ipc/ahead.ts` takes them.
    fn script(self) -> Option<String> {
        let InvokeResponseBody::Json(answers) = self.body().ok()? else { return None };
        Some(format!("window.seatledgerAhead = {{ until: Date.now() + {GOOD_FOR_MS}, answers: {answers} }};"))
    }
}

/// Answers that are on their way.
pub(crate) struct Coming(Mutex<Receiver<Ahead>>);

impl Coming {
    /// Opens what is stored, and answers, while the window's libraries are still being started.
    pub(crate) fn begin(shell: &Arc<Shell>) -> Self {
        let (told, answers) = channel();
        let shell = Arc::clone(shell);
        thread::spawn(move || {
            if let Some(ahead) = shell.ahead() {
                // Whoever waited may have gone on without.
                let _ = told.send(ahead);
            }
        });
        Self(Mutex::new(answers))
    }

    /// What the page is to begin with, when it is there in time.
    pub(crate) fn script(&self) -> Option<String> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.recv_timeout(PATIENCE).ok()?.script()
    }
}
