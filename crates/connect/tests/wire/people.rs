//! Users and pages made up for these tests, in the shapes of lucid.md §2.3.

use crate::raw::{Reply, Request, json};

/// A user of the current shape with a license.
pub fn person(number: u64) -> String {
    let edit = number.is_multiple_of(3);
    format!(
        r#"{{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"lucid-{number}","userName":"p{number}@acme.test",
        "displayName":"p{number}@acme.test","name":{{"formatted":"Pat {number}","givenName":"Pat","familyName":"N{number}"}},
        "emails":[{{"value":"p{number}@acme.test","primary":true}}],"active":true,
        "urn:ietf:params:scim:schemas:extension:lucid:2.0:User":{{"productLicenses":{{"Lucidchart":{edit},"Lucidspark":true}}}},
        "meta":{{"resourceType":"User","created":"2024-02-05T09:14:02Z","lastModified":"2025-11-20T16:40:10Z"}}}}"#
    )
}

/// A page of these users.
pub fn list(total: u64, start: u64, users: &[String]) -> String {
    format!(
        r#"{{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":{total},"startIndex":{start},
        "itemsPerPage":{},"Resources":[{}]}}"#,
        users.len(),
        users.join(",")
    )
}

/// The page that an honest server with this many users, at most `cap` at a time, answers with.
pub fn page(request: &Request, users: u64, cap: u64) -> String {
    let last = (request.start + cap.min(request.count)).min(users + 1);
    let people: Vec<_> = (request.start..last).map(person).collect();
    list(users, request.start, &people)
}

/// The same as an answer.
pub fn honest(request: &Request, users: u64, cap: u64) -> Reply {
    json(&page(request, users, cap))
}
