//! Findings of a roster, in words.

use roster::{Finding, FindingCode};

use crate::view::problem::FindingView;
use crate::words::counted;

/// A finding as every shell shows it.
pub(crate) fn view(finding: &Finding) -> FindingView {
    let who = counted(finding.count, "member", "members");
    let message = match finding.code {
        FindingCode::UnknownLicense => format!(
            "{who}: the server tells no license in a known form. They are listed as Unknown and are not billable."
        ),
        FindingCode::LicenseSourcesDisagree => {
            format!("{who}: the server tells different licenses in different places. The newest form was used.")
        }
        FindingCode::DuplicateId => format!("{who}: listed more than once by the server, counted once."),
        FindingCode::NoEmail => format!("{who}: without an e-mail address."),
        FindingCode::NoName => format!("{who}: without a name."),
        FindingCode::NoActiveDate => format!("{who}: without an Active date."),
    };
    FindingView {
        code: finding.code.code().to_owned(),
        message,
        count: finding.count,
        examples: finding.examples.clone(),
    }
}

/// All of them.
pub(crate) fn views(findings: &[Finding]) -> Vec<FindingView> {
    findings.iter().map(view).collect()
}
