//! Asks a server for less than everything, where that is proved to lose nothing: the first page is asked for once more in
//! that way, and every member on it must come out the same. Nothing that was not seen to work is relied on: the needed
//! attributes are named only when each of them is on that page; else what is on it and not needed is left out. A later page
//! that lacks what that one had is asked for once more in full.

use roster::Packed;
use scim::PageRequest;

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::licensing::Licensing;
use crate::member::{ALL_PRESENT, DECISIVE, LICENSE_PRESENT, Told};
use crate::transport::Transport;
use crate::users::{self, Users};

/// With fewer pages to come the proof costs more than it saves.
const WORTH_IT: u64 = 10;

/// So many doubtful pages may turn out to be right; a roster with more is read in full.
const DOUBTS: u8 = 5;

/// How less is asked for, and what was there when it was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Less {
    way: Way,
    proof: Presence,
    /// Pages that were asked for once more, and had nothing else.
    doubts: u8,
}

/// Both at once are refused (RFC 7644 §3.9).
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// Only these attributes.
    Only(String),
    /// All but these.
    Without(String),
}

/// Which attributes the users of a page have, as [`Told::present`] has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Presence {
    anybody: u16,
    everybody: u16,
}

impl Presence {
    fn of(told: &[Told]) -> Self {
        let none = Self { anybody: 0, everybody: u16::MAX };
        told.iter().fold(none, |all, told| Self {
            anybody: all.anybody | told.present,
            everybody: all.everybody & told.present,
        })
    }
}

impl Less {
    /// The parameter of the address.
    pub(crate) fn parameter(&self) -> (&'static str, &str) {
        match &self.way {
            Way::Only(attributes) => ("attributes", attributes),
            Way::Without(attributes) => ("excludedAttributes", attributes),
        }
    }

    /// Whether the server may have left out what it was not told to: something is missing that everybody had, or that
    /// decides and somebody had.
    pub(crate) fn is_doubtful(&self, page: &Users) -> bool {
        let (proof, here) = (self.proof, Presence::of(&page.told));
        let gone = (proof.everybody | proof.anybody & DECISIVE) & !here.anybody;
        let partly = proof.everybody & DECISIVE & !here.everybody;
        !page.told.is_empty() && gone | partly != 0
    }

    /// The doubtful page is the same in full: what it lacks may be missing elsewhere too. `false`: no more of this.
    pub(crate) fn is_right_about(&mut self, page: &Users) -> bool {
        self.proof.everybody &= Presence::of(&page.told).everybody;
        self.doubts += 1;
        self.doubts < DOUBTS
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
        let proof = Presence::of(&page.told);
        // Nothing is proved about an attribute that nobody has, and this one decides.
        if how.attribute().is_some() && proof.anybody & LICENSE_PRESENT == 0 {
            return None;
        }
        let only = (proof.anybody & ALL_PRESENT == ALL_PRESENT)
            .then(|| Way::Only(users::needed(how).collect::<Vec<_>>().join(",")));
        let without = (!page.spare.is_empty()).then(|| Way::Without(page.spare.join(",")));
        let ways: Vec<_> = only.into_iter().chain(without).map(|way| Less { way, proof, doubts: 0 }).collect();
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
