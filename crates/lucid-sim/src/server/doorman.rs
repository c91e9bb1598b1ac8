//! Before any endpoint: the log, the token, the rate limit, and the faults that do not depend on the page.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use super::state::Shared;
use super::{reply, rest};
use crate::fault::Fault;

/// Lets a request in, or answers it at the door.
pub async fn admit(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    shared.record(request.method().as_str(), uri.path(), uri.query().unwrap_or_default());
    let fault = shared.fault();
    if let Some(Fault::Latency(milliseconds)) = fault {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    if uri.path().starts_with("/v1/") {
        return match rest::at_the_door(&shared, request.headers(), fault) {
            Some(refusal) => refusal,
            None => next.run(request).await,
        };
    }
    if !has_token(request.headers(), &shared.config.token) {
        let refusal = reply::refusal(401, None, "The token is missing or not valid.");
        return reply::with(refusal, header::WWW_AUTHENTICATE, "Bearer");
    }
    if let Some(seconds) = shared.too_many() {
        let refusal = reply::refusal(429, None, "Too many requests.");
        return if shared.config.retry_after {
            reply::with(refusal, header::RETRY_AFTER, &seconds.to_string())
        } else {
            refusal
        };
    }
    let path_and_query = uri.path_and_query().map_or("/", |whole| whole.as_str());
    match fault.and_then(|fault| at_the_door(&shared, fault, path_and_query)) {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}

pub fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    sent.split_once(' ').is_some_and(|(scheme, sent)| scheme.eq_ignore_ascii_case("bearer") && sent.trim() == token)
}

fn at_the_door(shared: &Shared, fault: Fault, path_and_query: &str) -> Option<Response> {
    match fault {
        Fault::Forbidden => Some(reply::refusal(403, None, "This token may not read users.")),
        Fault::Html => Some(reply::html(200, "Sign in")),
        Fault::ErrorAs200 => {
            let mut answer = reply::refusal(500, None, "Something went wrong.");
            *answer.status_mut() = axum::http::StatusCode::OK;
            Some(answer)
        }
        Fault::TooManyAlways(seconds) => {
            let refusal = reply::refusal(429, None, "Too many requests.");
            Some(reply::with(refusal, header::RETRY_AFTER, &seconds.to_string()))
        }
        Fault::RedirectPort => redirect(shared, "127.0.0.1", path_and_query),
        Fault::RedirectHost => redirect(shared, "localhost", path_and_query),
        _ => None,
    }
}

fn redirect(shared: &Shared, host: &str, path_and_query: &str) -> Option<Response> {
    let port = shared.stranger.get()?.as_ref()?.port();
    let target = format!("http://{host}:{port}{path_and_query}");
    Some(reply::with(reply::bytes(307, "text/plain", Vec::new()), header::LOCATION, &target))
}
