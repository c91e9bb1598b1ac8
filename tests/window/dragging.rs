//! Files dragged over the app's window and dropped on it, as a file manager does it: the drag-and-drop protocol of X11 (XDND 5).

use std::path::Path;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::window::Window;

const VERSION: u32 = 5;
const NOW: u32 = x11rb::CURRENT_TIME;

/// Somebody who drags files.
pub struct Drag {
    connection: RustConnection,
    source: u32,
    target: u32,
    uris: String,
}

impl Drag {
    /// Drags files over the middle of the window.
    pub fn over(window: &Window, paths: &[&Path]) -> Self {
        let display = window.desk.place("DISPLAY");
        let (connection, screen) = RustConnection::connect(display.to_str()).expect("the display");
        let root = connection.setup().roots[screen].root;
        let source = connection.generate_id().expect("an id");
        let own = CreateWindowAux::new();
        connection
            .create_window(0, source, root, -10, -10, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &own)
            .expect("a window to drag from");
        let mut uris = String::new();
        for path in paths {
            uris.push_str("file://");
            uris.push_str(&path.display().to_string());
            uris.push_str("\r\n");
        }
        let drag = Self { target: of_the_app(&connection, root), connection, source, uris };
        drag.connection.set_selection_owner(source, drag.atom("XdndSelection"), NOW).expect("the selection");
        drag.say("XdndEnter", [source, VERSION << 24, drag.atom("text/uri-list"), 0, 0]);
        for step in 0..4 {
            let (across, down) = (600 + step, 400);
            drag.say("XdndPosition", [source, 0, (across << 16) | down, NOW, drag.atom("XdndActionCopy")]);
            drag.serve(Duration::from_millis(150), "XdndStatus");
        }
        drag
    }

    /// Lets them fall.
    pub fn fall(self) {
        self.say("XdndDrop", [self.source, 0, NOW, 0, 0]);
        self.serve(Duration::from_secs(5), "XdndFinished");
    }

    fn atom(&self, name: &str) -> Atom {
        atom(&self.connection, name)
    }

    fn say(&self, what: &str, words: [u32; 5]) {
        let message = ClientMessageEvent::new(32, self.target, self.atom(what), words);
        self.connection.send_event(false, self.target, EventMask::NO_EVENT, message).expect("it is said");
        self.connection.flush().expect("it is sent");
    }

    /// Answers whoever asks for the files, until the window has said this or the time is over.
    fn serve(&self, most: Duration, until: &str) {
        let (started, until) = (Instant::now(), self.atom(until));
        while started.elapsed() < most {
            match self.connection.poll_for_event().expect("the display answers") {
                Some(Event::SelectionRequest(asked)) => self.answer(&asked),
                Some(Event::ClientMessage(said)) if said.type_ == until => return,
                Some(_) => {}
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    fn answer(&self, asked: &SelectionRequestEvent) {
        let list = self.atom("text/uri-list");
        let property = if asked.target == list {
            let bytes = self.uris.as_bytes();
            self.connection
                .change_property8(PropMode::REPLACE, asked.requestor, asked.property, list, bytes)
                .expect("the files are told");
            asked.property
        } else {
            x11rb::NONE
        };
        let told = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property,
        };
        self.connection.send_event(false, asked.requestor, EventMask::NO_EVENT, told).expect("it is said");
        self.connection.flush().expect("it is sent");
    }
}

fn atom(connection: &RustConnection, name: &str) -> Atom {
    connection.intern_atom(false, name.as_bytes()).expect("asked").reply().expect("an atom").atom
}

/// The one window of the app that takes drops and is shown.
fn of_the_app(connection: &RustConnection, root: u32) -> u32 {
    let aware = atom(connection, "XdndAware");
    let children = connection.query_tree(root).expect("asked").reply().expect("the windows").children;
    let takes = |window: &u32| {
        let property = connection.get_property(false, *window, aware, AtomEnum::ANY, 0, 1);
        let found = property.ok().and_then(|asked| asked.reply().ok()).is_some_and(|found| found.value_len > 0);
        let wide = connection.get_geometry(*window).ok().and_then(|asked| asked.reply().ok());
        found && wide.is_some_and(|place| place.width > 600)
    };
    children.into_iter().find(takes).expect("a window that takes drops")
}
