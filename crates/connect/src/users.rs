//! A page's bytes to members: the only place that knows which connector has which attributes.

use std::borrow::Cow;

use roster::{MemberRef, Packed};
use scim::{ListResponse, Tree, parse_list};

use crate::connector::Connector;
use crate::error::ConnectError;
use crate::licensing::Licensing;
use crate::lucid::LucidUser;
use crate::member::{ATTRIBUTES, Told, pack};
use crate::plain::PlainUser;
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
pub(crate) fn read(how: &Licensing<'_>, page: u64, body: &[u8]) -> Result<Users, ConnectError> {
    let users = match how.connector {
        Connector::Lucid => as_meant(how, page, &[], parse_list::<LucidUser<'_>>(body)?),
        Connector::Scim => as_meant(how, page, &how.trees(body)?, parse_list::<PlainUser>(body)?),
    }?;
    Ok(Users { bytes: body.len() as u64, ..users })
}

/// The trees are those of the same users, where the license stands at an attribute path.
fn as_meant<'a, X: Vendor<'a>>(
    how: &Licensing<'_>,
    page: u64,
    trees: &[Tree<'_>],
    sent: ListResponse<'a, X>,
) -> Result<Users, ConnectError> {
    let mut members = Packed::with_capacity(sent.resources.len());
    let mut told = Vec::with_capacity(sent.resources.len());
    for (index, user) in sent.resources.iter().enumerate() {
        let packed = pack(user, trees.get(index), how, &mut members);
        told.push(packed.ok_or(ConnectError::NoId { page, position: index as u64 + 1 })?);
    }
    let next_cursor = sent.next_cursor.map(Cow::into_owned);
    Ok(Users { total: sent.total_results, start_index: sent.start_index, next_cursor, members, told, bytes: 0 })
}

/// What a page of this connector's users is made of.
pub(crate) fn attributes(how: &Licensing<'_>) -> String {
    let vendor = match how.connector {
        Connector::Lucid => LucidUser::ATTRIBUTES,
        Connector::Scim => PlainUser::ATTRIBUTES,
    };
    let names = ATTRIBUTES.iter().chain(vendor).copied().chain(how.attribute());
    names.collect::<Vec<_>>().join(",")
}
