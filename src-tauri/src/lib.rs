//! The desktop shell: builds the window's application from state, plugins and commands.
//! The only code that knows Tauri. What is computed, stored or fetched is `app`'s.

use std::sync::Arc;

use tauri::{Builder, Context, Runtime};

mod ahead;
pub mod bindings;
#[cfg(target_os = "linux")]
mod color_scheme;
mod commands;
mod desktop;
mod events;
mod ipc_error;
mod navigation;
mod schedule;
mod shell;
#[cfg(target_os = "linux")]
mod webkit;

pub use ahead::Ahead;
pub use commands::{COMMANDS, Command};
pub use schedule::sync_due;
pub use shell::{Shell, Window};

/// Opens the window and stays until it is closed.
pub fn run() {
    #[cfg(target_os = "linux")]
    webkit::prepare();
    let shell = Arc::new(Shell::from_environment());
    let builder = wire(desktop::plugins(Builder::default(), &shell), &shell).setup(move |app| {
        desktop::open_window(app)?;
        desktop::attach(app.handle(), &shell);
        Ok(())
    });
    if let Err(error) = builder.run(context()) {
        eprintln!("Seatledger could not open its window: {error}");
        std::process::exit(1);
    }
}

/// Adds everything that does not depend on a real desktop. Generic, so that tests drive it with a mock runtime.
pub fn wire<R: Runtime>(builder: Builder<R>, shell: &Arc<Shell>) -> Builder<R> {
    builder.plugin(navigation::plugin()).manage(Arc::clone(shell)).invoke_handler(commands::handler())
}

/// The configuration, the permissions and the UI, as embedded at compile time.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}
