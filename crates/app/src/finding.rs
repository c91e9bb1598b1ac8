//! Findings of a roster, in words.

use roster::{Finding, FindingCode};

use crate::view::problem::FindingView;
use crate::words::counted;

/// A finding as every shell shows it.
pub(crate) fn view(finding: &Finding) -> FindingView {
    let who = counted(finding.count, "member", "members");
    let message = match finding.code {
        FindingCode::UnknownLicense => format!(
            "{who}: the server tells no license in a known form, or the mapping makes none of it. They are listed as Unknown and are not billable."
        ),
        FindingCode::LicenseSourcesDisagree => {
            format!("{who}: the server tells different licenses in different places. The newest form was used.")
        }
        FindingCode::ActiveUnreadable => format!(
            "{who}: the server says neither yes nor no to whether they are active. They count as active; look at them there."
        ),
        FindingCode::DuplicateId => format!("{who}: listed more than once by the server, counted once."),
        FindingCode::DuplicateDiffers => format!(
            "{who}: listed more than once by the server, each time differently. The first record was used; where the licenses differ, the license is listed as Unknown. Ask the vendor which one is right."
        ),
        FindingCode::SeveralPrimaryEmails => {
            format!("{who}: with several primary e-mail addresses. The first one was used.")
        }
        FindingCode::NoEmail => format!("{who}: without an e-mail address."),
        FindingCode::NoName => format!("{who}: without a name."),
        FindingCode::NoActiveDate => format!("{who}: without an Active date."),
        FindingCode::TenantShows => format!("How this tenant shows licenses: {}.", finding.examples.join(", ")),
        FindingCode::SourcesDisagree => {
            format!(
                "{who}: the member's record, the groups and the REST API do not tell the same. The REST API was believed first, then the record."
            )
        }
        FindingCode::RestNotOffered => {
            format!(
                "The REST API does not offer {} with this key, so that source was left out.",
                finding.examples.join(", ")
            )
        }
        FindingCode::SubscriptionUnmapped => {
            format!(
                "{}: without a license type. Map them to let them count.",
                counted(finding.count, "subscription", "subscriptions")
            )
        }
        FindingCode::GroupUnmapped => {
            format!(
                "{}: without a license type. Map them to let them count.",
                counted(finding.count, "group", "groups")
            )
        }
        FindingCode::GroupCycle => {
            format!(
                "{}: inside itself by way of its subgroups. Its members were counted once.",
                counted(finding.count, "group", "groups")
            )
        }
        FindingCode::SubgroupNotRead => format!(
            "{}: with subgroups that the server does not list. Whoever is in these alone has no license by a group.",
            counted(finding.count, "group", "groups")
        ),
        FindingCode::GroupsNotRead => {
            "The server does not let this token read groups; only what users tell of their groups was used.".to_owned()
        }
        FindingCode::MappingNotSeen => format!(
            "{}: mapped, but no longer there. Perhaps they were deleted, or the token is one that sees other groups.",
            counted(finding.count, "group or subscription", "groups or subscriptions")
        ),
        FindingCode::DeactivatedAdded => format!("{who}: deactivated and not listed by SCIM; added from the REST API."),
        FindingCode::GoneDeactivated => {
            format!("{who}: no longer listed, and deactivated when asked for by id. They count as having left.")
        }
        FindingCode::GoneDeleted => {
            format!("{who}: no longer listed, and nobody has their id any more: they were deleted.")
        }
        FindingCode::GoneUnconfirmed => format!(
            "{who}: no longer listed. What became of them is not known: the server did not tell when asked for them by id, or they were too many to ask for each. They count as having left."
        ),
        FindingCode::SeveralValues => format!("{who}: several license values. The first one of the mapping was used."),
        FindingCode::SeveralGroups => {
            format!("{who}: in groups that stand for different license types. The first one of the mapping was used.")
        }
        FindingCode::NoLicenseValue => format!("{who}: without a license value. They are listed as Unknown."),
        FindingCode::NewValue => format!(
            "{}: seen for the first time, so {} of its own.",
            counted(finding.count, "license value", "license values"),
            if finding.count == 1 { "it is a license type" } else { "each is a license type" }
        ),
        FindingCode::ValuesAlike => format!(
            "{}: each means the same license type as another one, for they differ in case, spaces or signs alone. Map them if they should not.",
            counted(finding.count, "license value", "license values")
        ),
        FindingCode::ValueCut => format!(
            "{who}: more than 20 license values, or one of more than 200 characters. All of them were compared with the mapping; 20 are shown, and of each the first 200 characters."
        ),
        FindingCode::RecordCut => format!(
            "{who}: a record with more than 10,000 attributes or values in one place. The license was looked for among the first 10,000; where none was found there, it is Unknown."
        ),
    };
    FindingView {
        code: finding.code.code().to_owned(),
        message,
        count: finding.count,
        examples: finding.examples.clone(),
    }
}

/// Which form of license a reading saw, a sentence.
pub(crate) fn tenant_shows(findings: &[Finding]) -> Option<String> {
    findings.iter().find(|finding| finding.code == FindingCode::TenantShows).map(|finding| view(finding).message)
}

/// All that want somebody's attention. What the tenant shows is no oddity: it is kept with the run, and shown apart.
pub(crate) fn views(findings: &[Finding]) -> Vec<FindingView> {
    findings.iter().filter(|finding| finding.code != FindingCode::TenantShows).map(view).collect()
}
