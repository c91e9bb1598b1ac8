//! The query of a list: parsed once, refused in words.

use axum::extract::Query as Pairs;
use axum::http::Uri;

use super::filter::Filter;
use crate::wire::select::Selection;

/// A list request.
#[derive(Debug)]
pub struct Query {
    pub start_index: Option<i64>,
    pub count: Option<i64>,
    pub cursor: Option<usize>,
    pub filter: Option<Filter>,
    pub selection: Selection,
}

/// Why a query is refused: always 400.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    pub scim_type: &'static str,
    pub detail: String,
}

impl Refused {
    pub fn new(scim_type: &'static str, detail: impl Into<String>) -> Self {
        Self { scim_type, detail: detail.into() }
    }
}

impl Query {
    pub fn of(uri: &Uri) -> Result<Self, Refused> {
        let pairs: Pairs<Vec<(String, String)>> =
            Pairs::try_from_uri(uri).map_err(|_| Refused::new("invalidSyntax", "The query cannot be read."))?;
        let get = |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let selection = Selection::of(get("attributes"), get("excludedAttributes")).ok_or_else(|| {
            Refused::new("invalidValue", "attributes and excludedAttributes cannot be used together.")
        })?;
        Ok(Self {
            start_index: get("startIndex").map(|text| number("startIndex", text)).transpose()?,
            count: get("count").map(|text| number("count", text)).transpose()?,
            cursor: get("cursor").and_then(|text| text.strip_prefix('c')?.parse().ok()),
            filter: get("filter").map(Filter::parse).transpose()?,
            selection,
        })
    }

    /// 1-based; what is below 1 is 1.
    pub fn start(&self) -> usize {
        usize::try_from(self.start_index.unwrap_or(1)).unwrap_or(0).max(1)
    }

    /// Never negative, never above the most that the server gives.
    pub fn count(&self, default: u32, most: u32) -> usize {
        let most = most as usize;
        let asked = self.count.map_or(default as usize, |count| usize::try_from(count).unwrap_or(0));
        asked.min(most)
    }
}

fn number(name: &str, text: &str) -> Result<i64, Refused> {
    text.parse().map_err(|_| Refused::new("invalidValue", format!("{name} is not a whole number.")))
}
