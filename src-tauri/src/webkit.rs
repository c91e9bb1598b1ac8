//! What must be settled before GTK starts, on Linux only.

use std::os::unix::process::CommandExt;
use std::process::Command;

/// WebKitGTK draws through DMABUF by default, which leaves windows blank on some graphics drivers and in virtual
/// machines, and costs memory. Whoever wants it sets the variable to 0.
const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Ends with a sentence when there is no display; makes sure that the window will not stay blank.
pub(crate) fn prepare() {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        eprintln!("Seatledger needs a display to open its window. The command line `seatledger` works without one.");
        std::process::exit(1);
    }
    if std::env::var_os(SWITCH).is_none() {
        restart_with_switch();
    }
}

/// Setting a variable of the running process is unsafe, so the program replaces itself. It returns only when that
/// is impossible; the window then opens without the switch.
fn restart_with_switch() {
    if let Ok(program) = std::env::current_exe() {
        let error = Command::new(program).args(std::env::args_os().skip(1)).env(SWITCH, "1").exec();
        eprintln!("Seatledger goes on without {SWITCH}: {error}");
    }
}
