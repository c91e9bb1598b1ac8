//! The other origin that redirects lead to: it lists other people to anybody and counts the tokens that were brought to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::{self, Next};

use super::gate::Valve;
use super::state::Shared;
use super::{listen, routes};
use crate::config::Config;

/// A running stranger; it ends with the runtime that it runs on.
#[derive(Debug)]
pub struct Stranger {
    port: u16,
    requests: Arc<AtomicU64>,
    tokens: Arc<AtomicU64>,
}

impl Stranger {
    /// Starts it on a free port; must be called inside a runtime.
    pub fn start(config: &Config) -> std::io::Result<Self> {
        let (gate, port) = listen(0)?;
        let (requests, tokens) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let counters = (Arc::clone(&requests), Arc::clone(&tokens));
        let count = move |request: Request, next: Next| {
            counters.0.fetch_add(1, Ordering::SeqCst);
            if request.headers().contains_key(header::AUTHORIZATION) {
                counters.1.fetch_add(1, Ordering::SeqCst);
            }
            next.run(request)
        };
        let others = Config { seed: config.seed.wrapping_add(1), fault: None, ..config.clone() };
        let routes = Router::new()
            .nest("/scim/v2", routes::list_of_users())
            .layer(middleware::from_fn(count))
            .with_state(Arc::new(Shared::new(others, port)))
            .into_make_service_with_connect_info::<Valve>();
        tokio::spawn(async move { axum::serve(gate, routes).await });
        Ok(Self { port, requests, tokens })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Requests, and how many of them carried a token.
    pub fn saw(&self) -> (u64, u64) {
        (self.requests.load(Ordering::SeqCst), self.tokens.load(Ordering::SeqCst))
    }
}
