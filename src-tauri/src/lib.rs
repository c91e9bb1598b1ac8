//! The desktop shell.

/// Opens the window.
pub fn run() {
    let outcome = tauri::Builder::default().run(tauri::generate_context!());
    if let Err(error) = outcome {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
