//! Light or dark as the desktop says. GTK 3 does not hear it, the settings portal does, so it is asked and followed.
//! Without a portal nothing happens and the window stays light unless the user chooses.

use std::thread;

use tauri::{AppHandle, Runtime, Theme};
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedValue, Value};

const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// Dresses the window as the desktop prefers, now and whenever that changes. The page sees it as
/// `prefers-color-scheme`.
pub(crate) fn follow<R: Runtime>(app: AppHandle<R>) {
    // A portal may take long to start, and a bus without one takes long to say so.
    thread::spawn(move || {
        let _ = listen(&app);
    });
}

fn listen<R: Runtime>(app: &AppHandle<R>) -> zbus::Result<()> {
    let bus = Connection::session()?;
    let portal = Proxy::new(
        &bus,
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
    )?;
    let changes = portal.receive_signal("SettingChanged")?;
    let now: OwnedValue = portal.call("Read", &(NAMESPACE, KEY))?;
    dress(app, &now);
    for change in changes {
        let body = change.body();
        let (namespace, key, value): (String, String, Value<'_>) = body.deserialize()?;
        if namespace == NAMESPACE && key == KEY {
            dress(app, &value);
        }
    }
    Ok(())
}

fn dress<R: Runtime>(app: &AppHandle<R>, answer: &Value<'_>) {
    if let Some(theme) = preference(answer) {
        app.set_theme(Some(theme));
    }
}

/// 1 is dark and 2 is light; 0 is no preference. `Read` wraps its answer twice, the signal once.
fn preference(answer: &Value<'_>) -> Option<Theme> {
    match answer {
        Value::Value(inner) => preference(inner),
        Value::U32(1) => Some(Theme::Dark),
        Value::U32(2) => Some(Theme::Light),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Theme, Value, preference};

    #[test]
    fn the_portals_answer_is_understood_however_often_it_is_wrapped() {
        let wrapped = |value| Value::Value(Box::new(Value::Value(Box::new(value))));
        assert_eq!(preference(&wrapped(Value::U32(1))), Some(Theme::Dark));
        assert_eq!(preference(&Value::U32(2)), Some(Theme::Light));
        assert_eq!(preference(&wrapped(Value::U32(0))), None, "no preference leaves the window as it is");
        assert_eq!(preference(&Value::from("dark")), None);
    }
}
