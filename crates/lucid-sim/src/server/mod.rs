//! The server and its handle. It runs on its own small runtime, so that it works from plain code as well as inside
//! another runtime, and stops when the handle is dropped.

mod accident;
mod discovery;
mod doorman;
mod filter;
mod gate;
mod groups;
mod paging;
mod query;
mod reply;
mod rest;
mod routes;
mod state;
mod stranger;
mod users;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use jiff::civil::Date;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::config::Config;
use crate::fault::Fault;
use crate::organisation::TruthUser;
use gate::{Gate, Valve};
pub use state::RequestLine;
use state::Shared;
use stranger::Stranger;

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct Server {
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
    stop: Option<oneshot::Sender<()>>,
    stopped: mpsc::Receiver<()>,
}

/// Why no server came up.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// No threads to run on.
    #[error("cannot start the server's threads: {0}")]
    Threads(#[source] std::io::Error),
}

impl Server {
    /// Starts a server on 127.0.0.1. Returns as soon as connections are accepted; never waits for anything.
    pub fn start(config: Config) -> Result<Self, StartError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("lucid-sim")
            .enable_all()
            .build()
            .map_err(StartError::Threads)?;
        let wanted = config.port;
        let listening = {
            let _inside = runtime.enter();
            listen(wanted)
        };
        let (gate, port) = match listening {
            Ok(listening) => listening,
            Err(source) => {
                // Dropping a runtime waits for it, which panics inside another one.
                runtime.shutdown_background();
                return Err(StartError::Listen { port: wanted, source });
            }
        };
        let (stop, told_to_stop) = oneshot::channel();
        let (has_stopped, stopped) = mpsc::channel();
        let fault = config.fault;
        let shared = Arc::new(Shared::new(config, port));
        let routes = routes::all(Arc::clone(&shared)).into_make_service_with_connect_info::<Valve>();
        runtime.spawn(async move {
            tokio::select! {
                _ = axum::serve(gate, routes) => {}
                _ = told_to_stop => {}
            }
            // The receiver is gone only when the handle is, and then nobody waits.
            has_stopped.send(()).ok();
        });
        let server = Self { shared, runtime: Some(runtime), stop: Some(stop), stopped };
        server.set_fault(fault);
        Ok(server)
    }

    /// `http://127.0.0.1:PORT/scim/v2`.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// `http://127.0.0.1:PORT`: where the REST API (`/v1`) lives.
    pub fn rest_base_url(&self) -> &str {
        &self.shared.rest_base_url
    }

    /// The API key that the REST API accepts.
    pub fn rest_key(&self) -> &str {
        &self.shared.config.rest_key
    }

    /// Everybody whom only the REST API lists, in its order: those who are deactivated.
    pub fn deactivated(&self) -> Vec<TruthUser> {
        rest::everybody(&self.shared, 0).map(|(_, user)| user).filter(|user| !user.active).collect()
    }

    /// The token that is accepted.
    pub fn token(&self) -> &str {
        &self.shared.config.token
    }

    /// Moves to another day, in either direction; what faults did to the roster is undone.
    pub fn set_day(&self, day: Date) {
        self.shared.set_day(day);
    }

    /// The day whose roster is shown.
    pub fn day(&self) -> Date {
        self.shared.day()
    }

    /// Misbehaves like this from the next request on; `None` ends it. People who came or went by a fault stay so.
    pub fn set_fault(&self, fault: impl Into<Option<Fault>>) {
        let fault = fault.into();
        if matches!(fault, Some(Fault::RedirectPort | Fault::RedirectHost)) {
            self.start_stranger();
        }
        self.shared.set_fault(fault);
    }

    fn start_stranger(&self) {
        let Some(runtime) = &self.runtime else { return };
        let _inside = runtime.enter();
        self.shared.stranger.get_or_init(|| Stranger::start(&self.shared.config).ok());
    }

    /// Requests so far, refused ones too.
    pub fn requests(&self) -> u64 {
        self.shared.requests()
    }

    /// The last requests, oldest first; at most ten thousand are kept, none with its token.
    pub fn request_log(&self) -> Vec<RequestLine> {
        self.shared.request_log()
    }

    /// Requests that a redirect brought to the other origin, and how many of them carried an `Authorization` header.
    pub fn stranger_saw(&self) -> (u64, u64) {
        self.shared.stranger.get().and_then(Option::as_ref).map_or((0, 0), Stranger::saw)
    }

    /// What an administrator of the account could export of everybody's last activity on the day that is shown.
    pub fn activity_export(&self) -> String {
        self.shared.organisation.activity_export(self.day())
    }

    /// What a right reading of the current roster finds, in the server's order.
    pub fn truth(&self) -> Vec<TruthUser> {
        self.shared.truth()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        // The port is free when the listener is dropped, which takes no longer than a turn of the runtime.
        self.stopped.recv_timeout(Duration::from_millis(500)).ok();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Listens on loopback; must be called inside a runtime.
fn listen(port: u16) -> std::io::Result<(Gate, u16)> {
    let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    Ok((Gate::new(tokio::net::TcpListener::from_std(listener)?), port))
}
