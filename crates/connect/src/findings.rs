//! Counts what is worth telling about members, with a few ids each; it does not grow with the roster.

use roster::{Finding, FindingCode, MemberRef};

const EXAMPLES: usize = 5;

#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn note(&mut self, code: FindingCode, id: &str) {
        let index = self.0.iter().position(|finding| finding.code == code).unwrap_or_else(|| {
            self.0.push(Finding { code, count: 0, examples: Vec::new() });
            self.0.len() - 1
        });
        let finding = &mut self.0[index];
        finding.count += 1;
        if finding.examples.len() < EXAMPLES && !finding.examples.iter().any(|example| example == id) {
            finding.examples.push(id.to_owned());
        }
    }

    pub(crate) fn note_member(&mut self, member: &MemberRef<'_>, disagree: bool) {
        let own = of_member(member).into_iter().chain([(disagree, FindingCode::LicenseSourcesDisagree)]);
        for (_, code) in own.filter(|(is, _)| *is) {
            self.note(code, member.id);
        }
    }

    /// In the order in which findings are told.
    pub(crate) fn into_list(self) -> Vec<Finding> {
        let mut list = self.0;
        list.sort_by_key(|finding| FindingCode::ALL.iter().position(|code| *code == finding.code));
        list
    }
}

/// Whether there is anything to tell of a member whose license sources agree.
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
