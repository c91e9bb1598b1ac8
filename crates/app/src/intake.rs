//! What a sync does with the pages that it reads, and what it keeps of them for the next one.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use connect::{PageOfMembers, SinkError, Sources};
use jiff::Timestamp;
use roster::Member;
use store::{App, AppId, Staging, Store, StoreError};
use tokio::task::JoinHandle;

use crate::error::Error;
use crate::seatledger::{Rooms, Seatledger};

/// So many pages wait at most until they are staged.
const WAITING: usize = 4;

/// A staging that is filled on a thread of its own, while the next pages are on their way.
pub(crate) struct Intake {
    pages: SyncSender<PageOfMembers>,
    staging: JoinHandle<Result<Staging, StoreError>>,
}

impl Intake {
    pub(crate) fn open(ledger: &Seatledger, app: AppId) -> Self {
        let (pages, arriving) = sync_channel(WAITING);
        let ledger = ledger.clone();
        let staging = tokio::task::spawn_blocking(move || Taking::new(&ledger.store, app)?.all(&arriving));
        Self { pages, staging }
    }

    /// Hands a page over. It is refused once the staging has failed; [`Self::close`] tells why.
    pub(crate) fn add(&self, page: PageOfMembers) -> Result<(), SinkError> {
        self.pages.send(page).map_err(SinkError::new)
    }

    /// The staging with all pages, once they are in it.
    pub(crate) async fn close(self) -> crate::error::Result<Staging> {
        drop(self.pages);
        let staging = self.staging.await.map_err(|error| Error::Interrupted(error.to_string()))?;
        Ok(staging?)
    }
}

struct Taking<'a> {
    store: &'a Store,
    app: AppId,
    staging: Staging,
}

impl<'a> Taking<'a> {
    fn new(store: &'a Store, app: AppId) -> Result<Self, StoreError> {
        Ok(Self { store, app, staging: store.staging()? })
    }

    fn all(mut self, arriving: &Receiver<PageOfMembers>) -> Result<Staging, StoreError> {
        for page in arriving {
            self.take(&page)?;
        }
        Ok(self.staging)
    }

    fn take(&mut self, page: &PageOfMembers) -> Result<(), StoreError> {
        if page.restart {
            self.staging.clear()?;
        }
        if page.brief {
            self.staging.add(&self.as_before(page.members.to_members())?)?;
        } else {
            self.staging.add_packed(&page.members, &page.marks)?;
        }
        if let Some((name, seen)) = &page.seen {
            self.staging.add_page(name, seen);
        }
        Ok(())
    }

    /// Completes members of whom a source told little by what was reported of them last.
    fn as_before(&self, members: Vec<Member>) -> Result<Vec<Member>, StoreError> {
        let known = self.store.last_known(self.app, &members.iter().map(|member| member.id.as_str()).collect())?;
        let mut known: HashMap<String, Member> = known.into_iter().map(|member| (member.id.clone(), member)).collect();
        let completed = members.into_iter().map(|member| match known.remove(&member.id) {
            Some(before) => member.or_as_before(before),
            None => member,
        });
        Ok(completed.collect())
    }
}

impl Rooms {
    /// What the last reading left behind, and how this one has to be kept in turn. Other sources than the users' own
    /// records leave nothing that could be relied on.
    pub(crate) fn last_reading(
        &self,
        app: &App,
        sources: &Sources,
        at: Timestamp,
    ) -> Result<Option<(LastReading, Manner)>, StoreError> {
        let Some(text) = sources.manner() else { return Ok(None) };
        let last = self.store.recall(app.id, &text)?;
        let seed = last.seed();
        Ok(Some((LastReading { last, at }, Manner { text, seed })))
    }

    /// What was read makes the next reading short; that it cannot be kept is no failure of this one.
    pub(crate) fn remember(&self, app: &App, manner: Option<&Manner>, staging: &Staging) {
        let _ = match manner {
            Some(Manner { text, seed }) => self.store.remember(app.id, text, staging, *seed),
            None => self.store.forget(app.id),
        };
    }
}

/// How a roster is read, and what its marks are made with.
pub(crate) struct Manner {
    text: String,
    seed: u64,
}

/// A roster that was read.
pub(crate) type Read = (Staging, Option<Manner>);

/// The last reading, as the client asks for it, and when this one takes place.
pub(crate) struct LastReading {
    last: store::Recall,
    at: Timestamp,
}

impl connect::Recall for LastReading {
    fn seed(&self) -> u64 {
        self.last.seed()
    }

    fn now(&self) -> i64 {
        self.at.as_second()
    }

    fn page(&self, name: &str) -> Option<String> {
        self.last.page(name).map(str::to_owned)
    }

    fn from(&self, place: u64, most: usize) -> connect::Remembered {
        let found = self.last.users(place, most);
        found.map(|(marks, members)| connect::Remembered { marks, members }).unwrap_or_default()
    }
}
