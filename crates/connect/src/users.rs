//! A page's bytes to members: the only place that knows which connector has which attributes.

use std::borrow::Cow;

use roster::{MemberRef, Packed};
use scim::{ListResponse, parse_list};

use crate::connector::Connector;
use crate::error::ConnectError;
use crate::lucid::LucidUser;
use crate::member::{ATTRIBUTES, Told, pack};
use crate::vendor::Vendor;

/// One page as meant; nothing in it borrows from the bytes.
#[derive(Default)]
pub(crate) struct Users {
    pub(crate) total: Option<u64>,
    pub(crate) start_index: Option<u64>,
    pub(crate) next_cursor: Option<String>,
    pub(crate) members: Packed,
    /// What was told of each of them beyond the member itself.
    pub(crate) told: Vec<Told>,
    /// Of the page, inflated.
    pub(crate) bytes: u64,
}

impl Users {
    /// Each member with what was told of them.
    pub(crate) fn list(&self) -> impl Iterator<Item = (MemberRef<'_>, &Told)> {
        self.members.iter().zip(&self.told)
    }
}

/// Reads a page. `page` is for the error's sentence.
pub(crate) fn read(connector: Connector, page: u64, body: &[u8]) -> Result<Users, ConnectError> {
    let users = match connector {
        Connector::Lucid => as_meant(page, parse_list::<LucidUser<'_>>(body)?),
    };
    users.map(|users| Users { bytes: body.len() as u64, ..users })
}

fn as_meant<'a, X: Vendor<'a>>(page: u64, sent: ListResponse<'a, X>) -> Result<Users, ConnectError> {
    let mut members = Packed::with_capacity(sent.resources.len());
    let mut told = Vec::with_capacity(sent.resources.len());
    for user in &sent.resources {
        let position = told.len() as u64 + 1;
        told.push(pack(user, &mut members).ok_or(ConnectError::NoId { page, position })?);
    }
    let next_cursor = sent.next_cursor.map(Cow::into_owned);
    Ok(Users { total: sent.total_results, start_index: sent.start_index, next_cursor, members, told, bytes: 0 })
}

/// What a page of this connector's users is made of.
pub(crate) fn attributes(connector: Connector) -> String {
    let vendor = match connector {
        Connector::Lucid => LucidUser::ATTRIBUTES,
    };
    [ATTRIBUTES, vendor].concat().join(",")
}
