//! Opens a window that shows one line, with no plugin, no command and no state: the floor of every start.

use std::process::ExitCode;

fn main() -> ExitCode {
    match tauri::Builder::default().run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("blank: {error}");
            ExitCode::FAILURE
        }
    }
}
