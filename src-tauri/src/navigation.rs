//! The window shows this app and nothing else: no link, script or redirect leads it elsewhere.

use tauri::plugin::{Builder, TauriPlugin};
use tauri::{Manager, Runtime, Url};

/// Denies every navigation that leaves the app's own origin.
pub(crate) fn plugin<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("navigation")
        .on_navigation(|webview, url| {
            let dev_server = webview.config().build.dev_url.as_ref().filter(|_| cfg!(debug_assertions));
            is_own(url) || dev_server.is_some_and(|dev| dev.origin() == url.origin())
        })
        .build()
}

/// `tauri://localhost`, or where the platform cannot have that scheme, `http(s)://tauri.localhost`.
fn is_own(url: &Url) -> bool {
    let no_port = url.port().is_none();
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => no_port,
        ("http" | "https", Some("tauri.localhost")) => no_port && cfg!(any(windows, target_os = "android")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_the_apps_own_pages_may_be_shown() {
        let is_own = |url: &str| is_own(&url.parse().expect("a URL"));
        assert!(is_own("tauri://localhost/"));
        assert!(is_own("tauri://localhost/index.html#/apps/lucidchart"));
        for elsewhere in [
            "https://lucid.app/",
            "http://localhost:5173/",
            "http://tauri.evil.example/",
            "http://app.evil.example/",
            "tauri://localhost.evil.example/",
            "tauri://localhost:81/",
            "about:blank",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,hello",
        ] {
            assert!(!is_own(elsewhere), "{elsewhere} must not be shown");
        }
    }
}
