//! Faults that strike a page of users instead of, or after, its content.

use axum::http::header;
use axum::response::Response;

use super::gate::Valve;
use super::paging::{Asked, is_page};
use super::reply;
use super::state::Shared;
use crate::fault::Fault;

/// The answer that comes instead of the page, if any.
pub fn instead(shared: &Shared, valve: &Valve, asked: Asked, fault: Fault) -> Option<Response> {
    let page = u64::try_from(asked.page()).unwrap_or(u64::MAX);
    match fault {
        Fault::DownFrom(from) => (page >= from).then(|| reply::refusal(503, None, "Unavailable.")),
        Fault::Expired(from) => (page >= from).then(|| reply::refusal(401, None, "The token expired.")),
        Fault::Flood(megabytes) => Some(flood(megabytes)),
        _ => is_once_per_page(fault).then(|| shared.first_time(asked.start))?.then(|| once(valve, fault)),
    }
}

fn is_once_per_page(fault: Fault) -> bool {
    use Fault as F;
    let rate = matches!(fault, F::TooMany(_) | F::TooManyDate(_) | F::TooManySilent | F::RateAs500);
    rate || matches!(fault, F::ServerError | F::Unavailable | F::Reset)
}

fn once(valve: &Valve, fault: Fault) -> Response {
    let too_many = || reply::refusal(429, None, "Too many requests.");
    match fault {
        Fault::TooMany(seconds) => reply::with(too_many(), header::RETRY_AFTER, &seconds.to_string()),
        Fault::TooManyDate(seconds) => reply::with(too_many(), header::RETRY_AFTER, &long_past(seconds)),
        Fault::TooManySilent => too_many(),
        Fault::RateAs500 => reply::refusal(500, None, "REQUEST_LIMIT_EXCEEDED: token bucket is empty"),
        Fault::Unavailable => reply::html(503, "503 Service Unavailable"),
        Fault::Reset => {
            valve.close_after(0);
            reply::bytes(200, "application/json", Vec::new())
        }
        _ => reply::refusal(500, None, "Something went wrong."),
    }
}

/// An HTTP date (RFC 9110 §5.6.7) in 2025: always past, for the server has no clock.
fn long_past(seconds: u64) -> String {
    format!("Wed, 01 Jan 2025 00:00:{:02} GMT", seconds.min(59))
}

fn flood(megabytes: u64) -> Response {
    let mut body = br#"{"totalResults":1,"Resources":["#.to_vec();
    let padding = usize::try_from(megabytes.saturating_mul(1 << 20)).unwrap_or(usize::MAX);
    body.resize(body.len().saturating_add(padding), b' ');
    body.extend_from_slice(b"]}");
    reply::bytes(200, "application/json", body)
}

/// Spoils the bytes of a page.
pub fn spoil(shared: &Shared, valve: &Valve, asked: Asked, fault: Fault, body: &mut Vec<u8>) {
    match fault {
        Fault::Bom => drop(body.splice(0..0, [0xEF, 0xBB, 0xBF])),
        Fault::Truncated(page) if is_page(asked, page) => body.truncate(body.len() * 2 / 3),
        Fault::Cut(page) if is_page(asked, page) && shared.first_time(0) => valve.close_after(body.len() / 2),
        _ => {}
    }
}
