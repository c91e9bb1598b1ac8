//! The JSON shapes that scripts may rely on (product.md), field for field.

use app::view::apps::{AppRow, RosterState};
use app::view::connect::{Connected, LicensePreview, LicenseSuggestion, TypeCount};
use app::view::figure::Figure;
use app::view::integration::{IntegrationView, MappingRow};
use app::view::problem::FindingView;
use app::view::roster::RosterRow;
use app::view::spend::SpendView;
use app::view::sync::{SyncReport, SyncStatus};
use serde::Serialize;

pub mod outlook;

use outlook::BasisShape;

fn amount(figure: &Figure) -> Option<&str> {
    figure.value.as_ref().map(|money| money.amount.as_str())
}

/// The answer of `connect`.
#[derive(Serialize)]
pub struct ConnectedShape<'a> {
    app: &'a str,
    name: &'a str,
    users: Option<u64>,
    findings: &'a [FindingView],
    /// Only of `connect scim`.
    #[serde(flatten)]
    licenses: Option<LicensesShape<'a>>,
}

/// Where the license types of a generic app come from.
#[derive(Serialize)]
pub struct LicensesShape<'a> {
    license_from: Option<&'a str>,
    license_types: &'a [TypeCount],
    without_license: Option<u64>,
    suggestions: &'a [LicenseSuggestion],
}

impl<'a> ConnectedShape<'a> {
    /// With the licenses where the app is a generic one.
    pub fn of(
        connected: &'a Connected,
        generic: bool,
        license_from: Option<&'a str>,
        counts: Option<&'a LicensePreview>,
    ) -> Self {
        let licenses = LicensesShape {
            license_from,
            license_types: counts.map(|counts| counts.types.as_slice()).unwrap_or_default(),
            without_license: counts.map(|counts| counts.without),
            suggestions: &connected.suggestions,
        };
        Self {
            app: &connected.app,
            name: &connected.name,
            users: connected.users,
            findings: &connected.findings,
            licenses: generic.then_some(licenses),
        }
    }
}

/// The answer of `mapping`.
#[derive(Serialize)]
pub struct MappingShape<'a> {
    app: &'a str,
    license_from: Option<&'a str>,
    values: &'a [MappingRow],
    groups: &'a [MappingRow],
    groups_read: Option<&'a str>,
    subscriptions: &'a [MappingRow],
}

impl<'a> From<&'a IntegrationView> for MappingShape<'a> {
    fn from(view: &'a IntegrationView) -> Self {
        Self {
            app: &view.app,
            license_from: view.license_from.as_deref(),
            values: &view.values,
            groups: &view.groups.rows,
            groups_read: view.groups.read.as_deref(),
            subscriptions: &view.rest.rows,
        }
    }
}

/// One line of `apps`.
#[derive(Serialize)]
pub struct AppShape<'a> {
    app: &'a str,
    name: &'a str,
    connector: &'a str,
    base_url: &'a str,
    members: u64,
    billable_accounts: u64,
    billable_annual: Option<&'a str>,
    currency: Option<&'a str>,
    last_sync: Option<&'a str>,
    state: RosterState,
}

impl<'a> From<&'a AppRow> for AppShape<'a> {
    fn from(row: &'a AppRow) -> Self {
        Self {
            app: &row.app,
            name: &row.name,
            connector: &row.connector,
            base_url: &row.base_url,
            members: row.members,
            billable_accounts: row.billable_accounts,
            billable_annual: row.billable_annual.value.as_ref().map(|money| money.amount.as_str()),
            currency: row.billable_annual.value.as_ref().map(|money| money.currency.as_str()),
            last_sync: row.last_sync.as_deref(),
            state: row.state,
        }
    }
}

/// The outcome of `sync`.
#[derive(Serialize)]
pub struct SyncShape<'a> {
    app: &'a str,
    status: SyncStatus,
    members: u64,
    added: u64,
    removed: u64,
    changed: u64,
    pages: u64,
    seconds: f64,
    findings: &'a [FindingView],
}

impl<'a> From<&'a SyncReport> for SyncShape<'a> {
    fn from(report: &'a SyncReport) -> Self {
        Self {
            app: &report.app,
            status: report.status,
            members: report.members,
            added: report.added,
            removed: report.removed,
            changed: report.changed,
            pages: report.pages,
            seconds: report.seconds,
            findings: &report.findings,
        }
    }
}

/// One member of `roster`.
#[derive(Serialize)]
pub struct MemberShape<'a> {
    id: &'a str,
    user_name: &'a str,
    email: Option<&'a str>,
    given_name: Option<&'a str>,
    middle_name: Option<&'a str>,
    family_name: Option<&'a str>,
    license_type: Option<&'a str>,
    billable: bool,
    active: bool,
    created: Option<&'a str>,
    last_modified: Option<&'a str>,
    last_activity: Option<&'a str>,
    department: Option<&'a str>,
    cost_center: Option<&'a str>,
    groups: &'a [String],
}

impl<'a> From<&'a RosterRow> for MemberShape<'a> {
    fn from(row: &'a RosterRow) -> Self {
        Self {
            id: &row.id,
            user_name: &row.user_name,
            email: row.email.as_deref(),
            given_name: row.given_name.as_deref(),
            middle_name: row.middle_name.as_deref(),
            family_name: row.family_name.as_deref(),
            license_type: row.license_type.as_deref(),
            billable: row.billable,
            active: row.active,
            created: row.created.as_deref(),
            last_modified: row.last_modified.as_deref(),
            last_activity: row.last_activity.as_deref(),
            department: row.department.as_deref(),
            cost_center: row.cost_center.as_deref(),
            groups: &row.groups,
        }
    }
}

/// The answer of `spend`.
#[derive(Serialize)]
pub struct SpendShape<'a> {
    app: &'a str,
    as_of: &'a str,
    currency: Option<&'a str>,
    billable_accounts: u64,
    billable_annual: Option<&'a str>,
    committed_annual: Option<&'a str>,
    waste_annual: Option<&'a str>,
    bases: Vec<BasisShape<'a>>,
    by_license_type: Vec<TypeShape<'a>>,
    unpriced_license_types: &'a [String],
}

/// One license type of `spend`.
#[derive(Serialize)]
pub struct TypeShape<'a> {
    license_type: &'a str,
    billable: bool,
    purchased: Option<u64>,
    assigned: u64,
    unassigned: Option<u64>,
    over_assigned: Option<u64>,
    unit_annual: Option<&'a str>,
    billable_annual: Option<&'a str>,
    committed_annual: Option<&'a str>,
}

impl<'a> From<&'a SpendView> for SpendShape<'a> {
    fn from(spend: &'a SpendView) -> Self {
        let types = spend.by_license_type.iter().map(|line| TypeShape {
            license_type: &line.license_type,
            billable: line.billable,
            purchased: line.purchased,
            assigned: line.assigned,
            unassigned: line.unassigned,
            over_assigned: line.over_assigned,
            unit_annual: amount(&line.unit_annual),
            billable_annual: amount(&line.billable_annual),
            committed_annual: amount(&line.committed_annual),
        });
        Self {
            app: &spend.app,
            as_of: &spend.as_of,
            currency: spend.currency.as_deref(),
            billable_accounts: spend.billable_accounts,
            billable_annual: amount(&spend.billable_annual),
            committed_annual: amount(&spend.committed_annual),
            waste_annual: amount(&spend.waste_annual),
            bases: spend.bases.iter().map(BasisShape::from).collect(),
            by_license_type: types.collect(),
            unpriced_license_types: &spend.unpriced_license_types,
        }
    }
}
