//! From a user as sent to a member as meant. Text stays as sent; blank text counts as absent.

use std::borrow::Cow;

use roster::Member;
use scim::{Email, Group, User, date_time};

use crate::vendor::{Holding, Vendor};

/// A member, and what is known about its license beyond the member itself.
pub(crate) struct Meant {
    pub(crate) member: Member,
    pub(crate) shape: crate::probe::LicenseShape,
    pub(crate) disagree: bool,
}

/// `None` when the user has no id: nothing can be kept of somebody who cannot be recognised again.
pub(crate) fn meant<'a, X: Vendor<'a>>(user: User<'a, X>) -> Option<Meant> {
    let Holding { license, products, shape, disagree } = user.extras.holding();
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
    Some(Meant { member, shape, disagree })
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
