//! What needs a real desktop: one instance, the remembered window, its dialogs and its light or dark frame.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tauri::plugin::{self, TauriPlugin};
use tauri::{App, AppHandle, Builder, Emitter, Manager, Runtime, WebviewWindowBuilder};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use tauri_plugin_window_state::StateFlags;

use crate::ahead::Coming;
use crate::events::{self, CHANGED};
use crate::schedule;
use crate::shell::{Shell, Window};

const MAIN: &str = "main";
/// Endings of files that purchases are read from: `txt` and `tsv` too, because CSV comes under many names.
const TABLES: [&str; 5] = ["csv", "xlsx", "ods", "tsv", "txt"];

/// The plugins, the one for a single instance first: a second start must end before it does anything else.
pub(crate) fn plugins<R: Runtime>(builder: Builder<R>, shell: &Arc<Shell>) -> Builder<R> {
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    builder
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| come_forward(app)))
        .plugin(opening(shell))
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remembered).build())
        .plugin(tauri_plugin_dialog::init())
}

/// Opens what is stored while the window is still being made.
fn opening<R: Runtime>(shell: &Arc<Shell>) -> TauriPlugin<R> {
    let shell = Arc::clone(shell);
    plugin::Builder::new("opening")
        .setup(move |app, _| {
            app.manage(Arc::new(Coming::begin(&shell)));
            Ok(())
        })
        .build()
}

/// Opens the configured window, with what its first screen asks.
pub(crate) fn open_window<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    for config in &app.config().app.windows {
        let coming = Arc::clone(&app.state::<Arc<Coming>>());
        WebviewWindowBuilder::from_config(app, config)?
            .on_web_resource_request(move |_, response| coming.join(response))
            .build()?;
    }
    Ok(())
}

/// Ties the shell to its window.
pub(crate) fn attach<R: Runtime>(app: &AppHandle<R>, shell: &Arc<Shell>) {
    shell.attach(Box::new(MainWindow(app.clone())));
    events::watch(shell);
    schedule::watch(shell);
    #[cfg(target_os = "linux")]
    crate::color_scheme::follow(app.clone());
}

fn come_forward<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // Whatever the desktop refuses here, the window is open all the same.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

struct MainWindow<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Window for MainWindow<R> {
    fn announce_change(&self) {
        // It fails only while the window is closing.
        let _ = self.0.emit_to(MAIN, CHANGED, ());
    }

    fn choose_path(&self, suggested: PathBuf) -> Option<PathBuf> {
        let mut dialog = self.dialog("Export", &suggested);
        if let Some(name) = suggested.file_name() {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        dialog.blocking_save_file()?.into_path().ok()
    }

    fn choose_certificate(&self, suggested: PathBuf) -> Option<PathBuf> {
        let dialog = self.dialog("Certificate authority", &suggested);
        let dialog = dialog.add_filter("Certificates (PEM)", &["pem", "crt", "cer"]).add_filter("All files", &["*"]);
        dialog.blocking_pick_file()?.into_path().ok()
    }

    fn choose_table(&self) -> Option<PathBuf> {
        let dialog = self.dialog("Import purchases", Path::new("")).add_filter("CSV files and workbooks", &TABLES);
        dialog.blocking_pick_file()?.into_path().ok()
    }

    fn show_in_folder(&self, file: &Path) -> Result<(), String> {
        // Only this function of the plugin: registered, it would bring commands that open anything.
        tauri_plugin_opener::reveal_item_in_dir(file).map_err(|error| error.to_string())
    }
}

impl<R: Runtime> MainWindow<R> {
    /// A dialog over the window that begins in the suggested file's folder.
    fn dialog(&self, title: &str, suggested: &Path) -> FileDialogBuilder<R> {
        let mut dialog = self.0.dialog().file().set_title(title);
        if let Some(window) = self.0.get_webview_window(MAIN) {
            dialog = dialog.set_parent(&window);
        }
        if let Some(folder) = suggested.parent().filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        dialog
    }
}
