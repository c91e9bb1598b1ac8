//! Counts what is worth telling about members, and names those whom it concerns up to a limit: it does not grow with the
//! roster.

use std::collections::HashMap;

use roster::{Case, Finding, FindingCode, MOST_CASES, MemberRef};

use crate::connector::Connector;
use crate::member::Told;
use crate::page::in_order;
use crate::probe::LicenseShape;
use crate::tally::{Tally, count, most_frequent};

const EXAMPLES: usize = 5;
/// So many values are handed over: an attribute with more tells no licenses.
const VALUES: usize = 1_000;

#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    cases: Vec<Case>,
    /// How many members showed each shape of licenses.
    shapes: [u64; SHAPES.len()],
    /// How many members have each value that was read anew.
    values: HashMap<String, u64>,
    /// For a preview.
    tally: Option<Tally>,
}

/// What a tenant of Lucid's can show, in words.
const SHAPES: [(LicenseShape, &str); 4] = [
    (LicenseShape::ProductLicenses2, "productLicenses under lucid:2.0"),
    (LicenseShape::ProductLicenses1, "productLicenses under lucid:1.0"),
    (LicenseShape::CanEdit, "canEdit"),
    (LicenseShape::NotVisible, "no license in the user's record"),
];

/// Their cases say what each source told.
const TELL_SOURCES: [FindingCode; 3] =
    [FindingCode::SourcesDisagree, FindingCode::SeveralValues, FindingCode::SeveralGroups];

impl Findings {
    /// Also counts license types and values.
    pub(crate) fn tallying() -> Self {
        Self { tally: Some(Tally::default()), ..Self::default() }
    }

    pub(crate) fn into_tally(self) -> Tally {
        self.tally.unwrap_or_default()
    }

    /// The same, empty again.
    pub(crate) fn again(&self) -> Self {
        Self { tally: self.tally.as_ref().map(|_| Tally::default()), ..Self::default() }
    }

    /// Whom the findings concern.
    pub(crate) fn take_cases(&mut self) -> Vec<Case> {
        std::mem::take(&mut self.cases)
    }

    /// The values that were read, the most frequent first.
    pub(crate) fn take_values(&mut self) -> Vec<String> {
        let values = most_frequent(std::mem::take(&mut self.values), VALUES);
        values.into_iter().map(|(value, _)| value).collect()
    }

    /// Notes a finding of a member, and the member by name while there is room.
    fn note_case(&mut self, code: FindingCode, member: &MemberRef<'_>, told: &[(String, String)]) {
        self.note(code, if code == FindingCode::SourcesDisagree { member.user_name } else { member.id });
        let count = self.list.iter().find(|finding| finding.code == code).map_or(0, |finding| finding.count);
        if count <= MOST_CASES {
            self.cases.push(Case {
                code,
                id: member.id.to_owned(),
                user_name: member.user_name.to_owned(),
                email: member.email.map(str::to_owned),
                told: told.to_vec(),
            });
        }
    }

    pub(crate) fn note(&mut self, code: FindingCode, example: &str) {
        let index = self.list.iter().position(|finding| finding.code == code).unwrap_or_else(|| {
            self.list.push(Finding { code, count: 0, examples: Vec::new() });
            self.list.len() - 1
        });
        let finding = &mut self.list[index];
        finding.count += 1;
        if finding.examples.len() < EXAMPLES && !finding.examples.iter().any(|known| known == example) {
            finding.examples.push(example.to_owned());
        }
    }

    /// Counts a member, which is looked at only when there is something to tell of it.
    pub(crate) fn note_member<'m>(&mut self, told: &Told, member: impl FnOnce() -> Option<MemberRef<'m>>) {
        if let Some(shape) = SHAPES.iter().position(|(shape, _)| *shape == told.shape) {
            self.shapes[shape] += 1;
        }
        for value in &told.values {
            count(&mut self.values, value);
        }
        if !told.notable && self.tally.is_none() {
            return;
        }
        let Some(member) = member() else { return };
        for (_, code) in of_member(&member).into_iter().filter(|(is, _)| *is) {
            self.note_case(code, &member, &[]);
        }
        for code in told.remarks.codes() {
            self.note_case(code, &member, if TELL_SOURCES.contains(&code) { &told.sources } else { &[] });
        }
        if let Some(tally) = &mut self.tally {
            tally.add(member.license, &told.values);
        }
    }

    /// In the order in which findings are told. Only the whole roster of a connector shows what its tenant shows.
    pub(crate) fn into_list(self, whole: Option<Connector>, others: Vec<Finding>) -> Vec<Finding> {
        let shows = (whole == Some(Connector::Lucid)).then(|| self.tenant_shows()).flatten();
        let mut list: Vec<Finding> = self.list.into_iter().chain(others).chain(shows).collect();
        in_order(&mut list);
        list
    }

    fn tenant_shows(&self) -> Option<Finding> {
        let shown = SHAPES.iter().zip(self.shapes).filter(|(_, members)| *members > 0);
        let examples: Vec<_> = shown.map(|((_, words), members)| format!("{words} ({members})")).collect();
        let count = self.shapes.iter().sum();
        (count > 0).then_some(Finding { code: FindingCode::TenantShows, count, examples })
    }
}

/// Whether a member itself shows anything that is told.
pub(crate) fn is_notable(member: &MemberRef<'_>) -> bool {
    of_member(member).iter().any(|(is, _)| *is)
}

fn of_member(member: &MemberRef<'_>) -> [(bool, FindingCode); 4] {
    [
        (member.license.is_none(), FindingCode::UnknownLicense),
        (member.email.is_none(), FindingCode::NoEmail),
        (member.is_nameless(), FindingCode::NoName),
        (member.created.is_none(), FindingCode::NoActiveDate),
    ]
}
