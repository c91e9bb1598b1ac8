//! `/ServiceProviderConfig` and `/Schemas`.

use axum::response::Response;

use super::reply;
use super::state::Shared;
use crate::fault::Fault;
use crate::wire::discovery;
use crate::wire::list::List;

pub fn provider(shared: &Shared) -> Response {
    let most = match shared.fault() {
        Some(Fault::DocumentsMore(most)) => u32::try_from(most).unwrap_or(u32::MAX),
        _ => shared.config.max_count,
    };
    reply::json(&discovery::service_provider_config(most))
}

pub fn schemas(shared: &Shared) -> Response {
    let schemas = discovery::schemas(shared.config.license_mode);
    reply::json(&List::page(schemas.len(), 1, schemas))
}

pub fn schema(shared: &Shared, id: &str) -> Response {
    let wanted = |schema: &serde_json::Value| schema["id"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(id));
    match discovery::schemas(shared.config.license_mode).into_iter().find(wanted) {
        Some(schema) => reply::json(&schema),
        None => reply::refusal(404, None, "There is no such schema."),
    }
}
