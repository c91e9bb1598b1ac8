//! The list envelope (RFC 7644 §3.4.2), with every part optional because faults leave parts out.

use serde::Serialize;

/// A number, or the text of one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Number {
    Plain(usize),
    Text(String),
}

/// A page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List<R> {
    pub schemas: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_results: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_index: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items_per_page: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    #[serde(rename = "Resources", skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<R>>,
}

impl<R> List<R> {
    /// A well-behaved page.
    pub fn page(total: usize, start: usize, resources: Vec<R>) -> Self {
        Self {
            schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            total_results: Some(Number::Plain(total)),
            start_index: Some(Number::Plain(start)),
            items_per_page: Some(Number::Plain(resources.len())),
            next_cursor: None,
            resources: Some(resources),
        }
    }

    /// The same envelope around other resources.
    pub fn with<S>(self, resources: Option<Vec<S>>) -> List<S> {
        List {
            schemas: self.schemas,
            total_results: self.total_results,
            start_index: self.start_index,
            items_per_page: self.items_per_page,
            next_cursor: self.next_cursor,
            resources,
        }
    }
}
