//! Asks by id for people who are listed no more: whoever is there all the same shows that the list leaves people out.
//! A server that does not answer such questions loses nothing by it.

use reqwest::header::HeaderMap;
use scim::{Lenient, User};

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::journal::ReadStage;
use crate::plain::PlainUser;
use crate::transport::Transport;
use crate::whole::{Errand, counted};

/// What the server says of a person who is listed no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// There and active.
    Active,
    /// There, and deactivated.
    Deactivated,
    /// Nobody has this id.
    Deleted,
    /// Nothing that could be relied on.
    Untold,
}

/// Asks for each of them, one after another (RFC 7644 §3.4.1).
pub(crate) async fn look_up(errand: &Errand<'_>, ids: &[String]) -> Result<Vec<Standing>, ConnectError> {
    let Errand { transport, allowance, journal, .. } = *errand;
    let stage = journal.begin(ReadStage::Missed, allowance);
    let mut standings = Vec::with_capacity(ids.len());
    for id in ids {
        match ask(transport, allowance, id).await {
            Ok(standing) => standings.push(standing),
            Err(error) => {
                stage.failed(&error);
                return Err(error);
            }
        }
    }
    stage.completed(sentence(&standings));
    Ok(standings)
}

/// An error only where the whole reading has to end.
async fn ask(transport: &Transport, allowance: &Allowance<'_>, id: &str) -> Result<Standing, ConnectError> {
    let url = transport.base().below(&["Users", id]);
    let once = allowance.without_repeats();
    let read = |_: &HeaderMap, body: &[u8]| Ok(standing(body, id));
    let answer = transport.fetch_with_headers(&url, &once, &mut Vec::new(), read).await;
    allowance.add(&once);
    match answer {
        Ok(standing) => Ok(standing),
        Err(ConnectError::NotFound { .. } | ConnectError::Status { status: 410, .. }) => Ok(Standing::Deleted),
        Err(error @ (ConnectError::Cancelled | ConnectError::TookTooLong { .. })) => Err(error),
        Err(_) => Ok(Standing::Untold),
    }
}

/// Of a user as sent. One with another id, or who is neither active nor deactivated, says nothing.
fn standing(body: &[u8], id: &str) -> Standing {
    let user =
        std::str::from_utf8(body).ok().and_then(|text| serde_json::from_str::<Lenient<User<'_, PlainUser>>>(text).ok());
    match user {
        Some(Lenient(user)) if user.id.as_deref() == Some(id) => match user.active {
            Some(true) => Standing::Active,
            Some(false) => Standing::Deactivated,
            None => Standing::Untold,
        },
        _ => Standing::Untold,
    }
}

fn sentence(standings: &[Standing]) -> String {
    let of = |standing, words: &str| {
        let count = standings.iter().filter(|each| **each == standing).count();
        (count > 0).then(|| format!("{count} {words}"))
    };
    let parts = [
        of(Standing::Active, "there and active"),
        of(Standing::Deactivated, "deactivated"),
        of(Standing::Deleted, "deleted"),
        of(Standing::Untold, "not told"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    format!("{} asked for by id: {}.", counted(standings.len() as u64, "user", "users"), parts.join(", "))
}
