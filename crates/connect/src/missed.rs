//! Asks by id for people who are listed no more: whoever is there all the same shows that the list leaves people out.
//! A server that does not answer such questions loses nothing by it.

use scim::User;

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
pub(crate) async fn look_up(
    errand: &Errand<'_>,
    ids: &[String],
    listed: Option<&str>,
) -> Result<Vec<Standing>, ConnectError> {
    let stage = errand.journal.begin(ReadStage::Missed, errand.allowance);
    match ask_all(errand, ids, listed).await {
        Ok(standings) => {
            stage.completed(sentence(&standings));
            Ok(standings)
        }
        Err(error) => {
            stage.failed(&error);
            Err(error)
        }
    }
}

async fn ask_all(errand: &Errand<'_>, ids: &[String], listed: Option<&str>) -> Result<Vec<Standing>, ConnectError> {
    let Errand { transport, allowance, .. } = *errand;
    let mut standings = Vec::with_capacity(ids.len());
    for id in ids {
        standings.push(ask(transport, allowance, id).await?);
    }
    if let Some(listed) = listed.filter(|_| standings.contains(&Standing::Deleted))
        && ask(transport, allowance, listed).await? == Standing::Deleted
    {
        let deleted = standings.iter_mut().filter(|standing| **standing == Standing::Deleted);
        deleted.for_each(|standing| *standing = Standing::Untold);
    }
    Ok(standings)
}

/// An error only where the whole reading has to end.
async fn ask(transport: &Transport, allowance: &Allowance<'_>, id: &str) -> Result<Standing, ConnectError> {
    let url = transport.base().below(&["Users", id]);
    let read = |body: &[u8]| standing(body, id);
    match transport.fetch(&url, allowance, &mut Vec::new(), read).await {
        Ok(standing) => Ok(standing),
        Err(ConnectError::NotFound { .. } | ConnectError::Status { status: 410, .. }) => Ok(Standing::Deleted),
        Err(error @ (ConnectError::Cancelled | ConnectError::TookTooLong { .. })) => Err(error),
        Err(_) => Ok(Standing::Untold),
    }
}

/// Of a user as sent. One with another id says nothing; one who tells no `active` is, as in a list.
fn standing(body: &[u8], id: &str) -> Result<Standing, ConnectError> {
    let user: User<'_, PlainUser> = scim::parse_record(body)?;
    Ok(match user.active {
        _ if user.id.as_deref() != Some(id) => Standing::Untold,
        Some(false) => Standing::Deactivated,
        Some(true) | None => Standing::Active,
    })
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
