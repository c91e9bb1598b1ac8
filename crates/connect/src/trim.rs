//! Asks a server for less than everything, where that is proved to lose nothing: the first page is asked for once more in
//! that way, and every member on it must come out the same. Nothing that was not seen to work is relied on: the needed
//! attributes are named only when each of them is on that page; else what is on it and not needed is left out.

use roster::Packed;
use scim::PageRequest;

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::licensing::Licensing;
use crate::member::{ALL_PRESENT, Told};
use crate::transport::Transport;
use crate::users::{self, Users};

/// With fewer pages to come the proof costs more than it saves.
const WORTH_IT: u64 = 10;

/// How less is asked for. Both at once are refused (RFC 7644 §3.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Less {
    /// Only these attributes.
    Only(String),
    /// All but these.
    Without(String),
}

impl Less {
    /// The parameter of the address.
    pub(crate) fn parameter(&self) -> (&'static str, &str) {
        match self {
            Self::Only(attributes) => ("attributes", attributes),
            Self::Without(attributes) => ("excludedAttributes", attributes),
        }
    }
}

/// A page read in full.
pub(crate) struct Sample {
    members: Packed,
    told: Vec<Told>,
    bytes: u64,
    /// What may be asked, best first.
    ways: Vec<Less>,
}

impl Sample {
    fn is(&self, page: &Users) -> bool {
        self.members == page.members && self.told == page.told
    }
}

/// Whether the proof was tried.
#[derive(Debug, Default)]
pub(crate) struct Trim {
    tried: bool,
}

impl Trim {
    /// Keeps the first page when it can prove something; only once in a reading.
    pub(crate) fn sample(&mut self, how: &Licensing, request: &PageRequest, page: &Users) -> Option<Sample> {
        if self.tried || !is_worth_it(request, page) {
            return None;
        }
        self.tried = true;
        let only = has_everything(&page.told).then(|| Less::Only(users::needed(how).collect::<Vec<_>>().join(",")));
        let without = (!page.spare.is_empty()).then(|| Less::Without(page.spare.join(",")));
        let ways: Vec<_> = only.into_iter().chain(without).collect();
        let (members, told) = (page.members.clone(), page.told.clone());
        (!ways.is_empty()).then_some(Sample { members, told, bytes: page.bytes, ways })
    }

    /// Asks for the same page trimmed; the first way in which nobody on it changed and it became smaller.
    pub(crate) async fn prove(
        &self,
        transport: &Transport,
        how: &Licensing,
        allowance: &Allowance<'_>,
        request: &PageRequest,
        sample: Sample,
    ) -> Result<Option<Less>, ConnectError> {
        for less in &sample.ways {
            let url = transport.users(request.start_index, request.count, None, Some(less));
            let once = allowance.without_repeats();
            let answer = transport.fetch(&url, &once, &mut Vec::new(), |body| users::read(how, 1, body, None)).await;
            allowance.add(&once);
            match answer {
                Ok(page) if page.bytes < sample.bytes && sample.is(&page) => return Ok(Some(less.clone())),
                Err(error @ (ConnectError::Cancelled | ConnectError::TookTooLong { .. })) => return Err(error),
                _ => {}
            }
        }
        Ok(None)
    }
}

/// Whether so many pages follow that it pays to ask for less.
pub(crate) fn is_worth_it(request: &PageRequest, page: &Users) -> bool {
    let first = request.page == 1 && request.cursor.is_none() && page.next_cursor.is_none();
    first && page.total.is_some_and(|total| total / WORTH_IT > page.told.len() as u64)
}

/// Whether each attribute that would be asked for is there at least once.
fn has_everything(told: &[Told]) -> bool {
    told.iter().fold(0, |present, told| present | told.present) == ALL_PRESENT
}
