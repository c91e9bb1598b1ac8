//! From the HTTP library's errors to ours: typed causes where they exist. No URL and no text of theirs is passed on.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use crate::error::{ConnectError, TlsProblem};

/// Why a request failed.
pub(crate) fn diagnose(error: &reqwest::Error, host: &str, header_bytes: usize) -> ConnectError {
    let host = || host.to_owned();
    if let Some(problem) = causes(error).find_map(tls_problem) {
        return ConnectError::Tls { host: host(), problem };
    }
    if causes(error).any(|cause| says(cause, &["tunnel error", "proxy"])) {
        return ConnectError::Proxy { host: host() };
    }
    if causes(error).any(|cause| says(cause, &["message head is too large"])) {
        return ConnectError::HeadersTooLarge { limit: header_bytes };
    }
    if error.is_timeout() {
        return ConnectError::TimedOut { host: host() };
    }
    if causes(error).any(|cause| says(cause, &["dns error", "failed to lookup address"])) {
        return ConnectError::UnknownHost { host: host() };
    }
    if error.is_builder() {
        return ConnectError::TokenUnusable;
    }
    if error.is_connect() && !causes(error).any(broke_off) {
        return ConnectError::Unreachable { host: host() };
    }
    ConnectError::Interrupted
}

fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| {
        // What an `io::Error` wraps is not its source.
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)).or_else(|| cause.source())
    })
}

fn tls_problem(cause: &(dyn Error + 'static)) -> Option<TlsProblem> {
    let rustls::Error::InvalidCertificate(refusal) = cause.downcast_ref::<rustls::Error>()? else {
        return Some(TlsProblem::Other);
    };
    Some(match refusal {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsProblem::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsProblem::NotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsProblem::WrongName,
        CertificateError::UnknownIssuer => TlsProblem::UnknownIssuer,
        CertificateError::Revoked => TlsProblem::Revoked,
        _ => TlsProblem::Other,
    })
}

fn broke_off(cause: &(dyn Error + 'static)) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    cause
        .downcast_ref::<io::Error>()
        .is_some_and(|error| matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof))
}

fn says(cause: &(dyn Error + 'static), words: &[&str]) -> bool {
    let text = cause.to_string();
    words.iter().any(|word| text.contains(word))
}
