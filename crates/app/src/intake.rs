//! What a sync does with the pages that it reads, and what it keeps of them for the next one.

use std::collections::HashMap;

use connect::{PageOfMembers, Sources};
use roster::Member;
use store::{App, AppId, Staging, Store, StoreError};

use crate::seatledger::Rooms;

/// Where pages go.
pub(crate) struct Intake<'a> {
    pub(crate) store: &'a Store,
    pub(crate) app: AppId,
    pub(crate) staging: &'a mut Staging,
}

impl Intake<'_> {
    pub(crate) fn take(&mut self, page: &PageOfMembers) -> Result<(), StoreError> {
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
    ) -> Result<Option<(LastReading, Manner)>, StoreError> {
        let Some(text) = sources.manner() else { return Ok(None) };
        let last = self.store.recall(app.id, &text)?;
        let seed = last.seed();
        Ok(Some((LastReading(last), Manner { text, seed })))
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

/// The last reading, as the client asks for it.
pub(crate) struct LastReading(store::Recall);

impl connect::Recall for LastReading {
    fn seed(&self) -> u64 {
        self.0.seed()
    }

    fn page(&self, name: &str) -> Option<String> {
        self.0.page(name).map(str::to_owned)
    }

    fn from(&self, place: u64, most: usize) -> connect::Remembered {
        let found = self.0.users(place, most);
        found.map(|(marks, members)| connect::Remembered { marks, members }).unwrap_or_default()
    }
}
