//! A user as JSON, in each of the four generations of license shapes.

use serde::Serialize;

use super::{ACME, ENTERPRISE, LUCID_1, LUCID_2, LUCIDCHART, LUCIDCHART_BARE, USER};
use crate::config::{LicenseMode, LicenseValueType, RolesShape};
use crate::organisation::{Products, TEAMS, TruthUser};

/// How users are written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub licenses: LicenseMode,
    pub values: LicenseValueType,
    pub roles: RolesShape,
    /// `groups` are teams.
    pub teams: bool,
}

/// A user as written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireUser<'a> {
    schemas: &'static [&'static str],
    id: &'a str,
    external_id: &'a str,
    user_name: &'a str,
    display_name: &'a str,
    name: Name<'a>,
    emails: [Email<'a>; 1],
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    can_edit: Option<bool>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entitlements: Vec<Right>,
    roles: Vec<Role<'a>>,
    groups: Vec<GroupRef<'a>>,
    #[serde(rename = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    enterprise: Enterprise<'a>,
    #[serde(rename = "urn:lucidchart:schemas:1.0:User", skip_serializing_if = "Option::is_none")]
    lucidchart_bare: Option<CanEdit>,
    #[serde(
        rename = "urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User",
        skip_serializing_if = "Option::is_none"
    )]
    lucidchart: Option<CanEdit>,
    #[serde(rename = "urn:ietf:params:scim:schemas:extension:lucid:1.0:User", skip_serializing_if = "Option::is_none")]
    lucid_1: Option<Lucid>,
    #[serde(rename = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User", skip_serializing_if = "Option::is_none")]
    lucid_2: Option<Lucid>,
    #[serde(
        rename = "urn:example:params:scim:schemas:extension:acme:2.0:User",
        skip_serializing_if = "Option::is_none"
    )]
    acme: Option<Acme>,
    meta: Meta,
}

/// One of `entitlements`, or of `roles` with a type.
#[derive(Debug, Clone, Copy, Serialize)]
struct Right {
    value: &'static str,
    display: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    primary: bool,
}

#[derive(Debug, Serialize)]
struct Acme {
    plan: &'static str,
    seats: u32,
}

#[derive(Debug, Serialize)]
struct Name<'a> {
    formatted: String,
    #[serde(rename = "givenName")]
    given: &'a str,
    #[serde(rename = "middleName", skip_serializing_if = "Option::is_none")]
    middle: Option<&'a str>,
    #[serde(rename = "familyName")]
    family: &'a str,
}

#[derive(Debug, Serialize)]
struct Email<'a> {
    value: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    primary: bool,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Role<'a> {
    Object { value: &'a str },
    Text(&'a str),
    Right(Right),
}

#[derive(Debug, Serialize)]
struct GroupRef<'a> {
    value: &'a str,
    display: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Enterprise<'a> {
    employee_number: &'a str,
    cost_center: &'a str,
    department: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<ManagerRef<'a>>,
}

#[derive(Debug, Serialize)]
struct ManagerRef<'a> {
    value: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CanEdit {
    can_edit: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    add_ons: Option<[&'static str; 0]>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Lucid {
    billing_code: Option<&'static str>,
    office_id_at_print_vendor: Option<&'static str>,
    user_id_at_print_vendor: Option<&'static str>,
    product_licenses: ProductLicenses,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ProductLicenses {
    lucidchart: Value,
    lucidspark: Value,
    lucidscale_creator: Value,
    lucidscale_explorer: Value,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
enum Value {
    Bool(bool),
    Text(&'static str),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    resource_type: &'static str,
    created: String,
    last_modified: String,
    version: String,
    location: String,
}

/// The weak `ETag`: the milliseconds of the last change.
pub fn version(user: &TruthUser) -> String {
    format!("W/\"{}\"", user.last_modified.as_millisecond())
}

impl<'a> WireUser<'a> {
    pub fn new(user: &'a TruthUser, style: Style, base_url: &str) -> Self {
        let can_edit = user.license.can_edit();
        let mode = style.licenses;
        let all = mode == LicenseMode::AllUrns;
        let lucid = Lucid::new(user.products, style.values);
        Self {
            schemas: schemas(mode),
            id: &user.id,
            external_id: &user.external_id,
            user_name: &user.user_name,
            display_name: &user.email,
            name: Name {
                formatted: user.full_name(),
                given: user.given_name,
                middle: user.middle_name,
                family: user.family_name,
            },
            // Captured traffic has no `type`; the current documentation does.
            emails: [Email { value: &user.email, kind: (!all).then_some("work"), primary: true }],
            active: user.active,
            can_edit: all.then_some(can_edit),
            title: user.title,
            user_type: (mode == LicenseMode::UserType).then_some(plan(can_edit)),
            entitlements: if mode == LicenseMode::Entitlements { rights(can_edit) } else { Vec::new() },
            roles: roles(user, style),
            groups: groups(user, style),
            enterprise: Enterprise {
                employee_number: &user.employee_number,
                cost_center: user.cost_center,
                department: user.department,
                manager: user.manager_id.as_deref().map(|value| ManagerRef { value }),
            },
            lucidchart_bare: all.then_some(CanEdit { can_edit, add_ons: Some([]) }),
            lucidchart: (all || mode == LicenseMode::CanEdit)
                .then_some(CanEdit { can_edit, add_ons: all.then_some([]) }),
            lucid_1: all.then_some(lucid),
            lucid_2: (all || mode == LicenseMode::ProductLicenses).then_some(lucid),
            acme: (mode == LicenseMode::Extension).then(|| Acme { plan: plan(can_edit), seats: u32::from(can_edit) }),
            meta: Meta {
                resource_type: "User",
                created: user.created.to_string(),
                last_modified: user.last_modified.to_string(),
                version: version(user),
                location: location(base_url, &user.id, all),
            },
        }
    }
}

/// The license in the words of an app that is not Lucid's.
fn plan(can_edit: bool) -> &'static str {
    if can_edit { "Full" } else { "Viewer" }
}

/// A license, and a right that is none.
fn rights(can_edit: bool) -> Vec<Right> {
    let display = if can_edit { "Full seat" } else { "Viewer seat" };
    let license = Right { value: plan(can_edit), display, kind: "license", primary: true };
    vec![Right { value: "beta", display: "Beta features", kind: "feature", primary: false }, license]
}

fn roles<'a>(user: &TruthUser, style: Style) -> Vec<Role<'a>> {
    let license = (style.licenses == LicenseMode::Roles).then(|| rights(user.license.can_edit()).pop()).flatten();
    license.map(Role::Right).into_iter().chain(user.roles.iter().map(|role| Role::new(role, style.roles))).collect()
}

/// The organizational group, or the teams.
fn groups(user: &TruthUser, style: Style) -> Vec<GroupRef<'_>> {
    if style.teams {
        let mine = TEAMS.iter().filter(|team| team.holds(&user.id));
        return mine.map(|team| GroupRef { value: team.id, display: team.name }).collect();
    }
    vec![GroupRef { value: user.group_id, display: user.groups.first().copied().unwrap_or_default() }]
}

/// The captured `location` is on another path than the list: whoever builds requests from it gets a 404.
fn location(base_url: &str, id: &str, captured: bool) -> String {
    let path = if captured { "/chart/Users/" } else { "/Users/" };
    [base_url, path, id].concat()
}

fn schemas(mode: LicenseMode) -> &'static [&'static str] {
    match mode {
        LicenseMode::CanEdit => &[USER, ENTERPRISE, LUCIDCHART],
        LicenseMode::ProductLicenses => &[USER, ENTERPRISE, LUCID_2],
        LicenseMode::AllUrns => &[USER, ENTERPRISE, LUCIDCHART_BARE, LUCIDCHART, LUCID_1, LUCID_2],
        LicenseMode::Extension => &[USER, ENTERPRISE, ACME],
        LicenseMode::None | LicenseMode::UserType | LicenseMode::Entitlements | LicenseMode::Roles => {
            &[USER, ENTERPRISE]
        }
    }
}

impl<'a> Role<'a> {
    fn new(role: &'a str, shape: RolesShape) -> Self {
        match shape {
            RolesShape::Objects => Self::Object { value: role },
            RolesShape::Strings => Self::Text(role),
        }
    }
}

impl Lucid {
    fn new(products: Products, values: LicenseValueType) -> Self {
        let value = |granted| match (values, granted) {
            (LicenseValueType::Bool, _) => Value::Bool(granted),
            (LicenseValueType::String, true) => Value::Text("true"),
            (LicenseValueType::String, false) => Value::Text("false"),
        };
        Self {
            billing_code: None,
            office_id_at_print_vendor: None,
            user_id_at_print_vendor: None,
            product_licenses: ProductLicenses {
                lucidchart: value(products.lucidchart),
                lucidspark: value(products.lucidspark),
                lucidscale_creator: value(products.lucidscale_creator),
                lucidscale_explorer: value(products.lucidscale_explorer),
            },
        }
    }
}
