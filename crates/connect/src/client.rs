//! The door of this crate: one connection, tested or read. It sends GET requests only.

use std::sync::{Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::address::BaseUrl;
use crate::error::{ConnectError, SinkError};
use crate::groups::GroupSeen;
use crate::hints::Hints;
use crate::journal::Journal;
use crate::limits::Limits;
use crate::page::{PageOfMembers, Reading};
use crate::preview::Preview;
use crate::probe::{Probe, Stage};
use crate::sources::Sources;
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
        sources: &Sources,
        on_stage: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Probe, ConnectError> {
        let (probe, hints) = probing::probe(&self.transport, sources.connector, on_stage).await?;
        *self.hints.lock().unwrap_or_else(PoisonError::into_inner) = hints;
        Ok(probe)
    }

    /// Reads the whole roster, page by page. An error means that the pages handed over are no roster.
    pub async fn read_roster(
        &self,
        sources: &Sources,
        on_page: &mut (dyn FnMut(PageOfMembers) -> Result<(), SinkError> + Send),
        journal: &Journal,
        cancel: &CancellationToken,
    ) -> Result<Reading, ConnectError> {
        let hints = *self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        reading::read(&self.transport, sources.connector, hints, on_page, journal, cancel).await
    }

    /// Reads everybody and keeps counts only: how many members fall under each license type.
    #[expect(clippy::unused_async, reason = "the reading of it comes with the next change")]
    pub async fn preview(
        &self,
        _sources: &Sources,
        _on_page_count: &mut (dyn FnMut(u64, Option<u64>) + Send),
        _cancel: &CancellationToken,
    ) -> Result<Preview, ConnectError> {
        Err(ConnectError::NotFound { base: self.transport.base().as_str().to_owned() })
    }

    /// The groups with how many members each has, subgroups included.
    #[expect(clippy::unused_async, reason = "the reading of it comes with the next change")]
    pub async fn groups(&self, _cancel: &CancellationToken) -> Result<Vec<GroupSeen>, ConnectError> {
        Err(ConnectError::NotFound { base: self.transport.base().as_str().to_owned() })
    }
}
