//! Asks a server for the needed attributes alone, where that is proved to lose nothing: the first page is asked for once
//! more in that way, and every member on it must come out the same. Nothing that was not seen to work is relied on, so
//! each of the attributes has to be on that page.

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

/// A page read in full.
pub(crate) struct Sample {
    members: Packed,
    told: Vec<Told>,
    bytes: u64,
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
    pub(crate) fn sample(&mut self, request: &PageRequest, page: &Users) -> Option<Sample> {
        let first = request.page == 1 && request.cursor.is_none() && page.next_cursor.is_none();
        let many = page.total.is_some_and(|total| total / WORTH_IT > page.told.len() as u64);
        if self.tried || !first || !many || !has_everything(&page.told) {
            return None;
        }
        self.tried = true;
        Some(Sample { members: page.members.clone(), told: page.told.clone(), bytes: page.bytes })
    }

    /// Asks for the same page trimmed; the attributes to ask for when nobody on it changed and it became smaller.
    pub(crate) async fn prove(
        &self,
        transport: &Transport,
        how: &Licensing<'_>,
        allowance: &Allowance<'_>,
        request: &PageRequest,
        sample: &Sample,
    ) -> Result<Option<String>, ConnectError> {
        let attributes = users::attributes(how);
        let url = transport.users(request.start_index, request.count, None, Some(&attributes));
        let once = allowance.without_repeats();
        let answer = transport.fetch(&url, &once, &mut Vec::new(), |body| users::read(how, 1, body, None)).await;
        allowance.add(&once);
        match answer {
            Ok(page) if page.bytes < sample.bytes && sample.is(&page) => Ok(Some(attributes)),
            Err(error @ (ConnectError::Cancelled | ConnectError::TookTooLong { .. })) => Err(error),
            _ => Ok(None),
        }
    }
}

/// Whether each attribute that would be asked for is there at least once.
fn has_everything(told: &[Told]) -> bool {
    told.iter().fold(0, |present, told| present | told.present) == ALL_PRESENT
}
