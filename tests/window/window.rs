//! The app's window as a person uses it: look for something, click it, type into it, read it.
//! Things are found by their `data-testid`; whatever is not there yet is waited for.

use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::Capabilities;
use thirtyfour::prelude::*;

use crate::desk::{Desk, Furniture};

const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(60);

/// Collects what the content security policy blocked.
const WATCH: &str = "
    window.__blocked = [];
    document.addEventListener('securitypolicyviolation', (event) =>
        window.__blocked.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ''}`));
    window.__born = Math.random();";

/// Calls back once the page has its new width and had time to lay itself out; after two seconds in any case.
const SETTLED: &str = "
    const done = arguments[arguments.length - 1], until = performance.now() + 2000;
    const look = () => innerWidth === WIDTH || performance.now() > until
        ? setTimeout(() => done(null), 100)
        : setTimeout(look, 10);
    look();";

const FLICKER: &str = "
    const mote = document.body.appendChild(document.createElement('i'));
    mote.className = 'flicker';
    mote.textContent = '.';
    mote.style.position = 'fixed';
    mote.style.opacity = 0.01;
    let at = 0;
    window.__flicker = setInterval(() => (mote.style.left = `${at++ % 5}px`), 16);";

pub struct Window {
    // First, so that the session ends before the desk is cleared.
    driver: WebDriver,
    pub desk: Desk,
}

impl Window {
    pub async fn open() -> Self {
        Self::open_at(Desk::new(Furniture::default())).await
    }

    pub async fn open_at(desk: Desk) -> Self {
        let app = std::env::var("SEATLEDGER_TEST_APP");
        let app = app.unwrap_or_else(|_| env!("CARGO_BIN_EXE_seatledger-desktop").to_owned());
        let mut wanted = Capabilities::new();
        wanted.set("webkitgtk:browserOptions", json!({ "binary": app, "args": [] })).expect("capabilities");
        let driver = WebDriver::new(desk.driver(), wanted).await.expect("the window opens");
        driver.set_script_timeout(PATIENCE).await.expect("a time limit for scripts");
        let window = Self { driver, desk };
        window.run(WATCH).await;
        window.resize(1280, 800).await;
        window
    }

    /// Closes the window and starts the app again at the same desk.
    pub async fn reopen(self) -> Self {
        let Self { driver, desk } = self;
        driver.quit().await.expect("the window closes");
        Self::open_at(desk).await
    }

    pub async fn close(self) {
        self.driver.quit().await.expect("the window closes");
    }

    pub async fn resize(&self, width: u32, height: u32) {
        self.driver.set_window_rect(0, 0, width, height).await.expect("the window is resized");
        // The page hears of it later, and whoever clicks before that clicks where things were.
        self.run_async(&SETTLED.replace("WIDTH", &width.to_string())).await;
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// Runs a script that calls back with its answer.
    pub async fn run_async(&self, script: &str) -> Value {
        let answer = self.driver.execute_async(script, Vec::new()).await;
        answer.expect("the script answers").json().clone()
    }

    /// What carries this test id; waits until it is shown.
    ///
    /// The driver's own idea of "displayed" is not used: it denies text in a box that clips its overflow.
    pub async fn find(&self, id: &str) -> WebElement {
        let shown = format!("return document.querySelector(\"[data-testid='{id}']\")?.checkVisibility() ?? false");
        self.until(&format!("\"{id}\" is shown"), || async {
            let shown = self.run(&shown).await == true;
            if shown { self.driver.find(By::Css(format!("[data-testid='{id}']"))).await.ok() } else { None }
        })
        .await
    }

    pub async fn is_shown(&self, id: &str) -> bool {
        let found = self.driver.find_all(By::Css(format!("[data-testid='{id}']"))).await;
        found.is_ok_and(|found| !found.is_empty())
    }

    pub async fn is_gone(&self, id: &str) {
        self.until(&format!("\"{id}\" is gone"), || async { (!self.is_shown(id).await).then_some(()) }).await;
    }

    pub async fn click(&self, id: &str) {
        // A button may be there before it can be used, and what lies over it may still be on its way out.
        self.until(&format!("\"{id}\" can be clicked"), || async {
            let element = self.find(id).await;
            let usable = element.is_enabled().await.unwrap_or(false);
            if usable && element.click().await.is_ok() {
                return Some(());
            }
            // What stands over the end of a page is scrolled away, as a person would.
            element.scroll_into_view().await.ok().and(None)
        })
        .await;
    }

    /// Ticks a box. A hint that comes up under another field may push the box away from under the pointer, so it is
    /// asked afterwards whether it took the tick.
    pub async fn tick(&self, id: &str) {
        self.until(&format!("\"{id}\" is ticked"), || async {
            let tick = self.find(id).await;
            if !tick.is_selected().await.unwrap_or(false) {
                self.click(id).await;
            }
            tick.is_selected().await.unwrap_or(false).then_some(())
        })
        .await;
    }

    /// Replaces what a field holds.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.expect("the field is emptied");
        field.send_keys(text).await.expect("the field takes text");
    }

    pub async fn choose(&self, id: &str, value: &str) {
        let list = self.find(id).await;
        let option = list.find(By::Css(format!("option[value='{value}']"))).await;
        let option = option.expect("the choice is offered");
        // Who chooses has the list in focus; the driver would choose without.
        list.focus().await.expect("the list takes the focus");
        // What lies over the list may still be on its way out; what stands over the end of a page is scrolled away.
        self.until(&format!("\"{value}\" of \"{id}\" can be chosen"), || async {
            if option.click().await.is_ok() {
                return Some(());
            }
            list.scroll_into_view().await.ok().and(None)
        })
        .await;
    }

    /// Chooses one of a segmented control: its radio is out of sight, what a person clicks is the label around it.
    pub async fn pick(&self, id: &str) {
        self.until(&format!("\"{id}\" can be chosen"), || async {
            let radio = self.driver.find(By::Css(format!("[data-testid='{id}']"))).await.ok()?;
            let label = radio.find(By::XPath("..")).await.ok()?;
            label.click().await.ok()
        })
        .await;
    }

    pub async fn press(&self, keys: impl AsRef<str>) {
        let keys = keys.as_ref();
        self.driver.action_chain().send_keys(keys).perform().await.expect("the keys are pressed");
    }

    /// Presses a key while holding Control.
    pub async fn control(&self, key: char) {
        let chain = self.driver.action_chain().key_down(Key::Control).key_down(key).key_up(key).key_up(Key::Control);
        chain.perform().await.expect("the keys are pressed");
    }

    pub async fn text(&self, id: &str) -> String {
        self.find(id).await.prop("innerText").await.ok().flatten().unwrap_or_default().trim().to_owned()
    }

    pub async fn value(&self, id: &str) -> String {
        self.find(id).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Waits until something reads as wanted and gives what it reads.
    pub async fn reads(&self, id: &str, wanted: impl Fn(&str) -> bool) -> String {
        let mut last = String::new();
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            last = self.text(id).await;
            if wanted(&last) {
                return last;
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.give_up(&format!("\"{id}\" does not read as expected"), &last).await
    }

    /// Asks again until there is an answer.
    pub async fn until<T, F: Future<Output = Option<T>>>(&self, what: &str, ask: impl Fn() -> F) -> T {
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.give_up(what, "it never happened").await
    }

    /// A picture of the page for people to look at.
    pub async fn photograph(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        fs::create_dir_all(&folder).expect("a folder for pictures");
        // The engine answers with its next frame, and an idle page paints none: something unseen moves meanwhile.
        self.run(FLICKER).await;
        let taken = self.driver.screenshot(&folder.join(format!("{name}.png"))).await;
        self.run("clearInterval(window.__flicker); document.querySelector('i.flicker')?.remove()").await;
        taken.expect("the picture is taken");
    }

    /// Fails when the content security policy had to block anything since the window opened.
    pub async fn nothing_was_blocked(&self) {
        assert_eq!(self.run("return window.__blocked").await, json!([]), "the page stays within its own policy");
    }

    /// A number that the page keeps only as long as it is not loaded again.
    pub async fn born(&self) -> Value {
        self.run("return window.__born").await
    }

    async fn give_up(&self, what: &str, why: &str) -> ! {
        self.photograph(&format!("failed-{}", what.replace(|c: char| !c.is_alphanumeric(), "-"))).await;
        let page = self.run("return location.hash + '\\n' + document.body.innerText").await;
        panic!("{what}: {why}\n{}", page.as_str().unwrap_or_default())
    }
}
