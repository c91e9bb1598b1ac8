//! `ServiceProviderConfig` and `Schemas`. As with the real server, the published schemas know nothing of `canEdit` at the top.

use serde_json::{Value, json};

use super::{ACME, ENTERPRISE, GROUP, LUCID_2, USER};
use crate::config::LicenseMode;

/// What the server says it can do: filter, patch and `ETag`s; no sort, no bulk.
pub fn service_provider_config(max_count: u32) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": {"supported": true},
        "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": true, "maxResults": max_count},
        "changePassword": {"supported": false},
        "sort": {"supported": false},
        "etag": {"supported": true},
        "authenticationSchemes": [{
            "type": "oauthbearertoken", "name": "Bearer token", "description": "A token from the admin panel",
            "primary": true,
        }],
        "meta": {"resourceType": "ServiceProviderConfig"},
    })
}

/// All schemas, with what this kind of account has.
pub fn schemas(mode: LicenseMode) -> Vec<Value> {
    let text = |name: &str| attribute(name, "string", false, &[]);
    let mut user = vec![
        attribute("userName", "string", false, &[]),
        attribute("name", "complex", false, &["formatted", "givenName", "middleName", "familyName"]),
        text("displayName"),
        attribute("emails", "complex", true, &["value", "type", "primary"]),
        attribute("active", "boolean", false, &[]),
        text("title"),
        attribute("roles", "complex", true, &["value"]),
        attribute("groups", "complex", true, &["value", "display"]),
    ];
    match mode {
        LicenseMode::UserType => user.push(text("userType")),
        LicenseMode::Entitlements => {
            user.push(attribute("entitlements", "complex", true, &["value", "display", "type", "primary"]));
        }
        _ => {}
    }
    let group = vec![text("displayName"), attribute("members", "complex", true, &["value", "display"])];
    let enterprise = vec![
        text("employeeNumber"),
        text("costCenter"),
        text("department"),
        attribute("manager", "complex", false, &["value"]),
    ];
    let products = ["Lucidchart", "Lucidspark", "LucidscaleCreator", "LucidscaleExplorer"];
    let lucid = vec![text("billingCode"), attribute("productLicenses", "complex", false, &products)];
    let mut all = vec![
        schema(USER, "User", &user),
        schema(GROUP, "Group", &group),
        schema(ENTERPRISE, "EnterpriseUser", &enterprise),
    ];
    match mode {
        LicenseMode::Extension => {
            all.push(schema(ACME, "AcmeUser", &[text("plan"), attribute("seats", "integer", false, &[])]));
        }
        LicenseMode::UserType | LicenseMode::Entitlements | LicenseMode::Roles => {}
        _ => all.push(schema(LUCID_2, "LucidUser", &lucid)),
    }
    all
}

fn schema(id: &str, name: &str, attributes: &[Value]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": id, "name": name, "description": name,
        "attributes": attributes, "meta": {"resourceType": "Schema"},
    })
}

fn attribute(name: &str, kind: &str, many: bool, parts: &[&str]) -> Value {
    let mut attribute = json!({
        "name": name, "type": kind, "multiValued": many, "description": name, "required": name == "userName",
        "caseExact": false, "mutability": if name == "groups" { "readOnly" } else { "readWrite" },
        "returned": "default", "uniqueness": if name == "userName" { "server" } else { "none" },
    });
    if !parts.is_empty() {
        let type_of =
            |part: &str| if matches!(part, "primary") || part.starts_with("Lucid") { "boolean" } else { "string" };
        attribute["subAttributes"] =
            parts.iter().map(|part| self::attribute(part, type_of(part), false, &[])).collect();
    }
    attribute
}
