//! What a reading hands over: members page by page, and a summary at the end.

use roster::{Case, Finding, FindingCode, Mark, Packed};

/// One page of the roster, as meant. The page's bytes are gone when this exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOfMembers {
    /// The members that were not on an earlier page of this walk.
    pub members: Packed,
    /// What knows each of them again, as far as a later reading may rely on it; see [`Recall`](crate::Recall).
    pub marks: Vec<Mark>,
    /// What to keep of the page, under which name, so that the server can be asked whether it is as it was.
    pub seen: Option<(String, String)>,
    /// Little is told of these members: what was known of them before still holds.
    pub brief: bool,
    /// The number of this page in this walk, from 1.
    pub page: u64,
    /// How many pages the walk will have, as far as that can be told.
    pub pages: Option<u64>,
    /// Members so far in this walk, this page and those included who come with its last page only.
    pub users: u64,
    /// `totalResults`, when the server told.
    pub total: Option<u64>,
    /// The walk began again (the roster changed under it): forget all earlier pages.
    pub restart: bool,
}

/// A roster that was read completely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Pages of the walk that counted.
    pub pages: u64,
    /// Requests sent, repeats included.
    pub requests: u64,
    /// Bytes received, once inflated.
    pub bytes: u64,
    /// Requests that were repeats.
    pub retries: u64,
    /// Members handed over.
    pub users: u64,
    /// What is worth telling about them.
    pub findings: Vec<Finding>,
    /// Whom it concerns.
    pub cases: Vec<Case>,
    /// What stands at the attribute path, the most frequent first: of everybody who was read anew, for whoever came as
    /// before brings nothing new.
    pub values: Vec<String>,
}

impl Reading {
    /// The same with more to tell, in the order in which findings are told.
    #[must_use]
    pub fn and(mut self, more: Vec<Finding>) -> Self {
        self.findings.extend(more);
        in_order(&mut self.findings);
        self
    }
}

pub(crate) fn in_order(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| FindingCode::ALL.iter().position(|code| *code == finding.code));
}
