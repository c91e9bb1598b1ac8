//! The door of this crate: one connection, tested or read. It sends GET requests only.

use std::sync::{Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::address::BaseUrl;
use crate::connector::Connector;
use crate::error::{ConnectError, SinkError};
use crate::hints::Hints;
use crate::limits::Limits;
use crate::page::{PageOfMembers, Reading};
use crate::probe::{Probe, Stage};
use crate::token::BearerToken;
use crate::transport::Transport;
use crate::{probing, reading};

/// One connection to a SCIM service.
pub struct Client {
    transport: Transport,
    /// What the last test found about the server.
    hints: Mutex<Hints>,
}

impl Client {
    /// Makes a client; nothing is sent yet.
    pub fn new(base: &BaseUrl, token: &BearerToken, limits: Limits) -> Result<Self, ConnectError> {
        Ok(Self { transport: Transport::new(base, token, limits)?, hints: Mutex::default() })
    }

    /// Tests the connection stage by stage. Fails with the error of the stage that failed.
    pub async fn probe(
        &self,
        connector: Connector,
        on_stage: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Probe, ConnectError> {
        let (probe, hints) = probing::probe(&self.transport, connector, on_stage).await?;
        *self.hints.lock().unwrap_or_else(PoisonError::into_inner) = hints;
        Ok(probe)
    }

    /// Reads the whole roster, page by page. An error means that the pages handed over are no roster.
    pub async fn read_roster(
        &self,
        connector: Connector,
        on_page: &mut (dyn FnMut(PageOfMembers) -> Result<(), SinkError> + Send),
        cancel: &CancellationToken,
    ) -> Result<Reading, ConnectError> {
        let hints = *self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        reading::read(&self.transport, connector, hints, on_page, cancel).await
    }
}
