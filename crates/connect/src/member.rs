//! From a user as sent to a member as meant. Text stays as sent; blank text counts as absent.

use std::borrow::Cow;

use roster::{FindingCode, Member};
use scim::{Email, Group, User, date_time};

use crate::remarks::Remarks;
use crate::vendor::{Holding, Vendor};

/// The attributes that a member is made of, as `attributes` names them (RFC 7644 §3.10); `id` always comes.
pub(crate) const ATTRIBUTES: &[&str] = &[
    "userName",
    "displayName",
    "name",
    "emails",
    "active",
    "groups",
    "meta",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter",
];

/// A member, and what is known about its license beyond the member itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meant {
    pub(crate) member: Member,
    pub(crate) shape: crate::probe::LicenseShape,
    pub(crate) remarks: Remarks,
    /// What stands at the attribute path, where the connection has one.
    pub(crate) values: Vec<String>,
    /// Which of the attributes were there: a bit for each, the vendor's own together.
    pub(crate) present: u16,
}

/// The vendor's own of [`Meant::present`], or what stands at the attribute path.
pub(crate) const LICENSE_PRESENT: u16 = 0b10_0000_0000;

/// All of [`Meant::present`].
pub(crate) const ALL_PRESENT: u16 = 0b11_1111_1111;

/// `None` when the user has no id: nothing can be kept of somebody who cannot be recognised again.
pub(crate) fn meant<'a, X: Vendor<'a>>(user: User<'a, X>) -> Option<Meant> {
    let Holding { license, products, shape, disagree, everywhere } = user.extras.holding();
    let present = present(&user, everywhere);
    let id = text(user.id)?;
    let user_name = text(user.user_name);
    let email = address(user.emails).or_else(|| user_name.clone().filter(|name| name.contains('@')));
    let member = Member {
        user_name: user_name.or_else(|| email.clone()).unwrap_or_else(|| id.clone()),
        id,
        email,
        given_name: text(user.name.given),
        middle_name: text(user.name.middle),
        family_name: text(user.name.family),
        display_name: text(user.display_name).or_else(|| text(user.name.formatted)),
        active: user.active.unwrap_or(true),
        created: user.meta.created.as_deref().and_then(date_time),
        last_modified: user.meta.last_modified.as_deref().and_then(date_time),
        license,
        products,
        department: text(user.department),
        cost_center: text(user.cost_center),
        groups: user.groups.into_iter().filter_map(group).collect(),
    };
    let remarks = Remarks::of(FindingCode::LicenseSourcesDisagree, disagree);
    Some(Meant { member, shape, remarks, values: Vec::new(), present })
}

fn present<X>(user: &User<'_, X>, everywhere: bool) -> u16 {
    let there = [
        user.user_name.is_some(),
        user.display_name.is_some(),
        user.name.given.is_some() && user.name.family.is_some(),
        !user.emails.is_empty(),
        user.active.is_some(),
        !user.groups.is_empty(),
        user.meta.created.is_some() && user.meta.last_modified.is_some(),
        user.department.is_some(),
        user.cost_center.is_some(),
        everywhere,
    ];
    there.iter().enumerate().fold(0, |present, (bit, there)| present | u16::from(*there) << bit)
}

/// The primary address, else the one at work, else the first.
fn address(emails: Vec<Email<'_>>) -> Option<String> {
    let rank = |email: &Email<'_>| {
        let at_work = email.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("work"));
        if email.primary { 0 } else { 1 + u8::from(!at_work) }
    };
    let told = emails.into_iter().filter(|email| email.value.as_deref().is_some_and(|value| !value.trim().is_empty()));
    told.min_by_key(rank).and_then(|email| text(email.value))
}

fn group(group: Group<'_>) -> Option<String> {
    text(group.display).or_else(|| text(group.value))
}

fn text(text: Option<Cow<'_, str>>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).map(Cow::into_owned)
}
