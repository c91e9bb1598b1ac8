//! What the server knows, written as the roster must show it.

use lucid_sim::{Server, TruthUser};
use serde_json::{Value, json};

/// A member of `roster --json` as the truth has it.
pub fn member(user: &TruthUser) -> Value {
    json!({
        "id": user.id,
        "user_name": user.user_name,
        "email": user.email,
        "given_name": user.given_name,
        "middle_name": user.middle_name,
        "family_name": user.family_name,
        "license_type": user.license.key(),
        "billable": user.license.can_edit(),
        "active": user.active,
        "created": user.created.to_string(),
        "last_modified": user.last_modified.to_string(),
        "last_activity": null,
        "department": user.department,
        "cost_center": user.cost_center,
        "groups": user.groups,
    })
}

/// The whole roster, in the order in which it is listed: by e-mail address.
pub fn roster(server: &Server) -> Vec<Value> {
    let mut members: Vec<Value> = server.truth().iter().map(member).collect();
    members.sort_by_key(|member| member["email"].as_str().map(str::to_owned));
    members
}

/// How many hold Can-Edit, and how many View-Only, of those who are active.
pub fn seats(server: &Server) -> (u64, u64) {
    let truth = server.truth();
    let active = || truth.iter().filter(|user| user.active);
    let editing = active().filter(|user| user.license.can_edit()).count();
    (editing as u64, (active().count() - editing) as u64)
}

/// Whole units as an amount of a currency with two decimals.
pub fn whole(units: u64) -> String {
    format!("{units}.00")
}
