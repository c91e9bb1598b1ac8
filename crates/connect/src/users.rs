//! A page's bytes to members: the only place that knows which connector has which attributes.

use std::borrow::Cow;

use scim::{ListResponse, parse_list};

use crate::connector::Connector;
use crate::error::ConnectError;
use crate::lucid::LucidUser;
use crate::member::{ATTRIBUTES, Meant, meant};
use crate::plain::PlainUser;
use crate::vendor::Vendor;

/// One page as meant; nothing in it borrows from the bytes.
pub(crate) struct Users {
    pub(crate) total: Option<u64>,
    pub(crate) start_index: Option<u64>,
    pub(crate) next_cursor: Option<String>,
    pub(crate) list: Vec<Meant>,
    /// Of the page, inflated.
    pub(crate) bytes: u64,
}

impl Users {
    /// An empty page.
    pub(crate) fn nobody() -> Self {
        Self { total: None, start_index: None, next_cursor: None, list: Vec::new(), bytes: 0 }
    }
}

/// Reads a page. `page` is for the error's sentence.
pub(crate) fn read(connector: Connector, page: u64, body: &[u8]) -> Result<Users, ConnectError> {
    let users = match connector {
        Connector::Lucid => as_meant(page, parse_list::<LucidUser<'_>>(body)?),
        Connector::Scim => as_meant(page, parse_list::<PlainUser>(body)?),
    };
    users.map(|users| Users { bytes: body.len() as u64, ..users })
}

fn as_meant<'a, X: Vendor<'a>>(page: u64, sent: ListResponse<'a, X>) -> Result<Users, ConnectError> {
    let mut list = Vec::with_capacity(sent.resources.len());
    for user in sent.resources {
        let position = list.len() as u64 + 1;
        list.push(meant(user).ok_or(ConnectError::NoId { page, position })?);
    }
    let next_cursor = sent.next_cursor.map(Cow::into_owned);
    Ok(Users { total: sent.total_results, start_index: sent.start_index, next_cursor, list, bytes: 0 })
}

/// What a page of this connector's users is made of.
pub(crate) fn attributes(connector: Connector) -> String {
    let vendor = match connector {
        Connector::Lucid => LucidUser::ATTRIBUTES,
        Connector::Scim => PlainUser::ATTRIBUTES,
    };
    [ATTRIBUTES, vendor].concat().join(",")
}
