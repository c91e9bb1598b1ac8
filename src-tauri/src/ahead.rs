//! What the first screen asks, answered together with its page, so that it is painted once and whole. What cannot be had
//! in time, or at all, is asked for as usual, and why is told then.

use std::borrow::Cow;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use app::Seatledger;
use serde::Serialize;
use tauri::http::Response;
use tauri::http::header::CONTENT_TYPE;
use tauri::ipc::{InvokeResponseBody, IpcResponse};

use crate::shell::Shell;

/// A page that comes later than this is worse than one that is painted twice.
const PATIENCE: Duration = Duration::from_millis(60);
/// Where the answers go in the page.
const END: &str = "</body>";

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

    /// The page with them in it, as text that is never run; `ui/src/ipc/ahead.ts` takes them.
    pub fn within(self, page: &str) -> Option<String> {
        let InvokeResponseBody::Json(answers) = self.body().ok()? else { return None };
        // Nothing that somebody named may end the element or begin a comment in it (HTML §13.2.5.4).
        let answers = answers.replace('<', r"\u003c");
        let (before, after) = page.rsplit_once(END)?;
        Some(format!(r#"{before}<script type="application/json" id="ahead">{answers}</script>{END}{after}"#))
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

    /// Puts them into the first page that is asked for; one that is loaded again asks for itself.
    pub(crate) fn join(&self, response: &mut Response<Cow<'static, [u8]>>) {
        let html = |kind: &[u8]| kind.starts_with(b"text/html");
        if !response.headers().get(CONTENT_TYPE).is_some_and(|kind| html(kind.as_bytes())) {
            return;
        }
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(PATIENCE);
        let page = std::str::from_utf8(response.body()).ok();
        if let Some(whole) = answers.ok().zip(page).and_then(|(answers, page)| answers.within(page)) {
            *response.body_mut() = Cow::Owned(whole.into_bytes());
        }
    }
}
