//! What must be settled before GTK starts, on Linux only.

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
        // The first statement of the program: no other thread reads the environment yet. Starting the program anew with
        // the variable would load every library a second time.
        if let Err(error) = glib::setenv(SWITCH, "1", true) {
            eprintln!("Seatledger goes on without {SWITCH}: {error}");
        }
    }
}
