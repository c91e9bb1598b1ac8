//! A data folder with a passphrase vault, opened as on a day that the test chooses.

use std::sync::Arc;

use app::clock::StillClock;
use app::view::apps::AppRequest;
use app::view::connect::ConnectRequest;
use app::view::sync::{SyncReport, SyncRequest};
use app::{KeeperChoice, Options, Seatledger};
use jiff::civil::{Date, date};
use jiff::{ToSpan, tz::TimeZone};
use lucid_sim::{Config, Server};

/// The slug of the app that [`Desk::connected`] makes.
pub const APP: &str = "lucidchart";
/// The passphrase of every vault.
pub const PASSPHRASE: &str = "four quinces and a pear";

/// A data folder; it goes away with the test.
pub struct Desk(tempfile::TempDir);

/// So many days after the first one.
pub fn days(number: i64) -> Date {
    date(2025, 10, 27).saturating_add(number.days())
}

/// A server with so many users.
pub fn server(users: u32) -> Server {
    Server::start(Config::of(users, 7)).expect("the server starts")
}

/// Asks for the app.
pub fn of_app() -> AppRequest {
    AppRequest { app: APP.to_owned() }
}

/// Asks to connect to the server with this token.
pub fn request(server: &Server, token: &str) -> ConnectRequest {
    ConnectRequest {
        connector: "lucid".to_owned(),
        name: "Lucidchart".to_owned(),
        base_url: server.base_url().to_owned(),
        token: token.to_owned(),
        ..ConnectRequest::default()
    }
}

/// Reads the roster, however many are missing.
pub async fn sync(window: &Seatledger) -> app::Result<SyncReport> {
    window.sync(&SyncRequest { app: APP.to_owned(), accept_drop: true }, Box::new(|_| {})).await
}

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn open(&self, day: Date) -> Seatledger {
        self.opened(day, Some(PASSPHRASE))
    }

    pub fn open_without_passphrase(&self, day: Date) -> Seatledger {
        self.opened(day, None)
    }

    fn opened(&self, day: Date, passphrase: Option<&str>) -> Seatledger {
        let noon = day.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).expect("a day of this century");
        let options = Options {
            data_dir: self.0.path().join("ledger"),
            keeper: KeeperChoice::File,
            passphrase: passphrase.map(Into::into),
            clock: Arc::new(StillClock(noon.timestamp())),
        };
        Seatledger::open(options).expect("the data folder opens")
    }

    /// The application on the first day with the server's app connected.
    pub async fn connected(&self, server: &Server) -> Seatledger {
        let window = self.open(days(0));
        window.connect_save(&request(server, server.token()), Box::new(|_| {})).await.expect("it connects");
        window
    }
}
