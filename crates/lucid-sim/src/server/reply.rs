//! Answers: JSON as `application/json` (Lucid's documents never say `application/scim+json`), SCIM errors, and not-JSON.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;

use crate::wire::ScimError;

/// An answer with these bytes.
pub fn bytes(status: u16, kind: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// 200 with JSON.
pub fn json(body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => bytes(200, "application/json", body),
        Err(error) => refusal(500, None, &error.to_string()),
    }
}

/// An HTML page.
pub fn html(status: u16, title: &str) -> Response {
    let page =
        format!("<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n");
    bytes(status, "text/html; charset=utf-8", page.into_bytes())
}

/// A SCIM error.
pub fn refusal(status: u16, scim_type: Option<&'static str>, detail: &str) -> Response {
    let body = serde_json::to_vec(&ScimError::new(status, scim_type, detail)).unwrap_or_default();
    bytes(status, "application/json", body)
}

/// The same answer with one more header; a value that no header can hold is left out.
pub fn with(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}
