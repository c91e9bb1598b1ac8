//! A page's bytes to members: the only place that knows which connector has which attributes.

use std::borrow::Cow;

use roster::{Mark, MemberRef, Packed};
use scim::{ListResponse, Pieces, Tree, User, parse_list};

use crate::connector::Connector;
use crate::error::ConnectError;
use crate::licensing::Licensing;
use crate::lucid::LucidUser;
use crate::member::{ATTRIBUTES, Told, pack};
use crate::plain::PlainUser;
use crate::recall::Nearby;
use crate::vendor::Vendor;

/// Bytes of a user as sent, for a first guess at how many a page holds.
const USUAL: usize = 1_500;

/// One page as meant; nothing in it borrows from the bytes.
#[derive(Default)]
pub(crate) struct Users {
    pub(crate) total: Option<u64>,
    pub(crate) start_index: Option<u64>,
    pub(crate) next_cursor: Option<String>,
    pub(crate) members: Packed,
    /// What was told of each of them beyond the member itself.
    pub(crate) told: Vec<Told>,
    /// What knows each of them again.
    pub(crate) marks: Vec<Mark>,
    /// See [`PageOfMembers::seen`](crate::PageOfMembers::seen).
    pub(crate) seen: Option<(String, String)>,
    /// The server called a changed page the same: it is believed of no other.
    pub(crate) belied: bool,
    /// What they have that is not needed, where it is worth while to ask for less; see [`spare`](crate::spare).
    pub(crate) spare: Vec<String>,
    /// Of the page, inflated.
    pub(crate) bytes: u64,
}

impl Users {
    /// Each member with what was told of them.
    pub(crate) fn list(&self) -> impl Iterator<Item = (MemberRef<'_>, &Told)> {
        self.members.iter().zip(&self.told)
    }
}

/// Reads a page. `page` is for the error's sentence; whoever is remembered is not read again.
pub(crate) fn read(how: &Licensing, page: u64, body: &[u8], nearby: Option<Nearby<'_>>) -> Result<Users, ConnectError> {
    let users = match how.connector {
        Connector::Lucid => taken_apart::<LucidUser<'_>>(how, page, body, nearby)
            .unwrap_or_else(|| as_meant(how, page, &[], parse_list::<LucidUser<'_>>(body)?)),
        Connector::Scim => taken_apart::<PlainUser>(how, page, body, nearby)
            .unwrap_or_else(|| as_meant(how, page, &how.trees(body)?, parse_list::<PlainUser>(body)?)),
    }?;
    Ok(Users { bytes: body.len() as u64, ..users })
}

/// User by user. `None`: something about the page is unusual or wrong, it has to be read as a whole to say what.
fn taken_apart<'a, X: Vendor<'a>>(
    how: &Licensing,
    page: u64,
    body: &'a [u8],
    mut nearby: Option<Nearby<'_>>,
) -> Option<Result<Users, ConnectError>> {
    let mut pieces = Pieces::open(body)?;
    let mut users = Users { members: Packed::with_capacity(body.len() / USUAL), ..Users::default() };
    while let Some(rest) = pieces.rest() {
        let known = nearby.as_mut().and_then(|nearby| nearby.find(rest.as_bytes(), |length| pieces.may_be(length)));
        if let Some((known, told)) = known.and_then(|known| Told::recalled(known.mark).map(|told| (known, told))) {
            pieces.pass(known.mark.length as usize)?;
            users.members.push_row(known.row);
            users.told.push(told);
            users.marks.push(known.mark);
            continue;
        }
        let mut user = User::<'a, X>::default();
        let own = pieces.take(&mut user)?;
        let tree = how.tree(own).ok()?;
        let Some(told) = pack(&user, tree.as_ref().map(|tree| &tree.0), how, &mut users.members) else {
            return Some(Err(ConnectError::NoId { page, position: users.told.len() as u64 + 1 }));
        };
        users.marks.push(nearby.as_mut().map_or_else(Mark::default, |nearby| nearby.read_one(&told, own)));
        users.told.push(told);
    }
    let around = pieces.close()?;
    if let Some(nearby) = nearby {
        nearby.done();
    }
    let (total, start_index, next_cursor) = (around.total_results, around.start_index, around.next_cursor);
    Some(Ok(Users { total, start_index, next_cursor, ..users }))
}

/// The trees are those of the same users, where the license stands at an attribute path.
fn as_meant<'a, X: Vendor<'a>>(
    how: &Licensing,
    page: u64,
    trees: &[Tree<'_>],
    sent: ListResponse<'a, X>,
) -> Result<Users, ConnectError> {
    let mut users = Users { members: Packed::with_capacity(sent.resources.len()), ..Users::default() };
    for (index, user) in sent.resources.iter().enumerate() {
        let packed = pack(user, trees.get(index), how, &mut users.members);
        users.told.push(packed.ok_or(ConnectError::NoId { page, position: index as u64 + 1 })?);
        users.marks.push(Mark::default());
    }
    let next_cursor = sent.next_cursor.map(Cow::into_owned);
    Ok(Users { total: sent.total_results, start_index: sent.start_index, next_cursor, ..users })
}

/// The attributes that members of this connector are made of, as `attributes` names them.
pub(crate) fn needed(how: &Licensing) -> impl Iterator<Item = &str> {
    let vendor = match how.connector {
        Connector::Lucid => LucidUser::ATTRIBUTES,
        Connector::Scim => PlainUser::ATTRIBUTES,
    };
    ATTRIBUTES.iter().chain(vendor).copied().chain(how.attribute())
}
