//! The door of this crate: one connection, tested or read. It sends GET requests only.

use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::address::BaseUrl;
use crate::allowance::Allowance;
use crate::error::{ConnectError, SinkError};
use crate::groups::{self, GroupSeen};
use crate::hints::Hints;
use crate::journal::Journal;
use crate::limits::Limits;
use crate::missed::{self, Standing};
use crate::pace::Pace;
use crate::page::{PageOfMembers, Reading};
use crate::preview::Preview;
use crate::probe::{Probe, Stage};
use crate::probing;
use crate::recall::Recall;
use crate::retry::Patience;
use crate::sources::Sources;
use crate::token::BearerToken;
use crate::transport::Transport;
use crate::whole::{self, Errand};

/// One connection to a SCIM service.
pub struct Client {
    transport: Transport,
    /// What the last test found about the server.
    hints: Mutex<Option<Hints>>,
    recall: Option<Arc<dyn Recall>>,
}

impl Client {
    /// Makes a client; nothing is sent yet.
    pub fn new(base: &BaseUrl, token: &BearerToken, limits: Limits) -> Result<Self, ConnectError> {
        Ok(Self { transport: Transport::new(base, token, limits)?, hints: Mutex::default(), recall: None })
    }

    /// The same, at a pace that other clients of the connection share.
    #[must_use]
    pub fn paced(self, pace: Pace) -> Self {
        Self { transport: self.transport.paced(pace), ..self }
    }

    /// The same, with the memory of an earlier reading: of the same roster, in the same manner ([`Sources::manner`]).
    /// Only then members get marks.
    #[must_use]
    pub fn recalling(self, recall: Box<dyn Recall>) -> Self {
        Self { recall: Some(Arc::from(recall)), ..self }
    }

    /// Tests the connection stage by stage. Fails with the error of the stage that failed.
    pub async fn probe(
        &self,
        sources: &Sources,
        on_stage: &mut (dyn FnMut(Stage) + Send),
    ) -> Result<Probe, ConnectError> {
        let outcome = probing::probe(&self.transport, sources, on_stage).await;
        let (probe, hints) = outcome.map_err(|error| error.at(sources.connector))?;
        *self.hints.lock().unwrap_or_else(PoisonError::into_inner) = Some(hints);
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
        let allowance = whole::allowance(&self.transport, cancel).told_in(journal);
        let outcome =
            whole::read(&Errand { recall: self.recall.clone(), ..self.errand(journal, &allowance) }, sources, on_page)
                .await;
        outcome.map_err(|error| error.at(sources.connector))
    }

    /// What the server says of each of these people, whom its list has no more. `listed` is somebody whom it lists: a
    /// server that knows nobody by that id either cannot tell who was deleted.
    pub async fn look_up(
        &self,
        ids: &[String],
        listed: Option<&str>,
        journal: &Journal,
        cancel: &CancellationToken,
    ) -> Result<Vec<Standing>, ConnectError> {
        let limits = self.transport.limits();
        let allowance = Allowance::new(Patience::asking(limits), limits, cancel).told_in(journal);
        missed::look_up(&self.errand(journal, &allowance), ids, listed).await
    }

    /// Reads everybody and keeps counts only: how many members fall under each license type.
    pub async fn preview(
        &self,
        sources: &Sources,
        on_page_count: &mut (dyn FnMut(u64, Option<u64>) + Send),
        cancel: &CancellationToken,
    ) -> Result<Preview, ConnectError> {
        let limits = self.transport.limits();
        let (journal, allowance) = (Journal::new(), Allowance::new(Patience::counting(limits), limits, cancel));
        let outcome = whole::preview(&self.errand(&journal, &allowance), sources, on_page_count).await;
        outcome.map_err(|error| error.at(sources.connector))
    }

    /// The groups with how many members each has, subgroups included.
    pub async fn groups(&self, cancel: &CancellationToken) -> Result<Vec<GroupSeen>, ConnectError> {
        let allowance = whole::allowance(&self.transport, cancel);
        match groups::read(&self.transport, self.hints().unwrap_or_default(), &allowance).await? {
            Ok(tree) => Ok(tree.seen()),
            Err(groups::NotOffered(status)) => Err(ConnectError::GroupsNotOffered { status }),
        }
    }

    fn errand<'a>(&'a self, journal: &'a Journal, allowance: &'a Allowance<'a>) -> Errand<'a> {
        Errand { transport: &self.transport, hints: self.hints(), journal, allowance, recall: None }
    }

    fn hints(&self) -> Option<Hints> {
        *self.hints.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
