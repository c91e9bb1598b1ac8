//! `Link: <…>; rel="next"` (RFC 8288): where a list goes on. Only on the same origin: the key stays where it belongs.

use reqwest::Url;
use reqwest::header::{HeaderMap, LINK};

use crate::error::ConnectError;

/// The next page, when there is one.
pub(super) fn next(headers: &HeaderMap, at: &Url) -> Result<Option<Url>, ConnectError> {
    let lines = headers.get_all(LINK).iter().filter_map(|line| line.to_str().ok());
    let Some(target) = lines.flat_map(targets).find_map(|(target, rest)| is_next(rest).then_some(target)) else {
        return Ok(None);
    };
    let elsewhere = |to| ConnectError::LinkElsewhere { to };
    let next = at.join(target).map_err(|_| elsewhere(None))?;
    if next.origin() != at.origin() || !next.username().is_empty() || next.password().is_some() {
        return Err(elsewhere(next.host_str().map(str::to_owned)));
    }
    Ok(Some(next))
}

/// Each target with its parameters. A comma inside `<…>` or quotes does not end one.
fn targets(line: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else { break };
        let mut quoted = false;
        let end = after.find(|c: char| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        let (parameters, more) = after.split_at_checked(end.unwrap_or(after.len())).unwrap_or((after, ""));
        found.push((target.trim(), parameters));
        rest = more;
    }
    found
}

fn is_next(parameters: &str) -> bool {
    let relations = parameters.split(';').filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("rel").then(|| value.trim().trim_matches('"'))
    });
    // Of several only the first counts (RFC 8288 §3.3).
    relations.take(1).flat_map(str::split_whitespace).any(|relation| relation.eq_ignore_ascii_case("next"))
}
