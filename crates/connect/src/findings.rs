//! Counts what is worth telling about members, with a few examples each; it does not grow with the roster.

use roster::{Finding, FindingCode, License};

use crate::connector::Connector;
use crate::member::Meant;
use crate::probe::LicenseShape;
use crate::tally::Tally;

const EXAMPLES: usize = 5;

#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    /// How many members showed each shape of licenses.
    shapes: [u64; SHAPES.len()],
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

    pub(crate) fn note_member(&mut self, user: &Meant) {
        let member = &user.member;
        let nameless = member.given_name.is_none() && member.family_name.is_none() && member.display_name.is_none();
        let found = [
            (member.license == License::Unknown, FindingCode::UnknownLicense),
            (member.email.is_none(), FindingCode::NoEmail),
            (nameless, FindingCode::NoName),
            (member.created.is_none(), FindingCode::NoActiveDate),
        ];
        for (_, code) in found.into_iter().filter(|(is, _)| *is) {
            self.note(code, &member.id);
        }
        for code in user.remarks.codes() {
            self.note(code, if code == FindingCode::SourcesDisagree { &member.user_name } else { &member.id });
        }
        if let Some(shape) = SHAPES.iter().position(|(shape, _)| *shape == user.shape) {
            self.shapes[shape] += 1;
        }
        if let Some(tally) = &mut self.tally {
            tally.add(&member.license, &user.values);
        }
    }

    /// In the order in which findings are told. Only the whole roster of a connector shows what its tenant shows.
    pub(crate) fn into_list(self, whole: Option<Connector>, others: Vec<Finding>) -> Vec<Finding> {
        let shows = (whole == Some(Connector::Lucid)).then(|| self.tenant_shows()).flatten();
        let mut list: Vec<Finding> = self.list.into_iter().chain(others).chain(shows).collect();
        list.sort_by_key(|finding| FindingCode::ALL.iter().position(|code| *code == finding.code));
        list
    }

    fn tenant_shows(&self) -> Option<Finding> {
        let shown = SHAPES.iter().zip(self.shapes).filter(|(_, members)| *members > 0);
        let examples: Vec<_> = shown.map(|((_, words), members)| format!("{words} ({members})")).collect();
        let count = self.shapes.iter().sum();
        (count > 0).then_some(Finding { code: FindingCode::TenantShows, count, examples })
    }
}
