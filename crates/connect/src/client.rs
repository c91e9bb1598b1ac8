//! The door of this crate: one connection, tested or read. It sends GET requests only.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_util::sync::CancellationToken;

use crate::address::BaseUrl;
use crate::connector::Connector;
use crate::error::{ConnectError, SinkError};
use crate::limits::Limits;
use crate::page::{PageOfMembers, Reading};
use crate::probe::{Probe, Stage};
use crate::token::BearerToken;
use crate::transport::Transport;
use crate::{probing, reading};

/// One connection to a SCIM service.
pub struct Client {
    transport: Transport,
    /// The largest page that the server documents; 0 while nothing is known.
    granted: AtomicU32,
}

impl Client {
    /// Makes a client; nothing is sent yet.
    pub fn new(base: &BaseUrl, token: &BearerToken, limits: Limits) -> Result<Self, ConnectError> {
        Ok(Self { transport: Transport::new(base, token, limits)?, granted: AtomicU32::new(0) })
    }

    /// Tests the connection stage by stage. Fails with the error of the stage that failed.
    pub async fn probe(
        &self,
        connector: Connector,
        on_stage: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Probe, ConnectError> {
        let (probe, granted) = probing::probe(&self.transport, connector, on_stage).await?;
        self.granted.store(granted.unwrap_or_default(), Ordering::Relaxed);
        Ok(probe)
    }

    /// Reads the whole roster, page by page. An error means that the pages handed over are no roster.
    pub async fn read_roster(
        &self,
        connector: Connector,
        on_page: &mut (dyn FnMut(PageOfMembers) -> Result<(), SinkError> + Send),
        cancel: &CancellationToken,
    ) -> Result<Reading, ConnectError> {
        let granted = Some(self.granted.load(Ordering::Relaxed)).filter(|most| *most > 0);
        reading::read(&self.transport, connector, granted, on_page, cancel).await
    }
}
