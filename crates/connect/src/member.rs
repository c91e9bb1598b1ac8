//! From a user as sent to a member as meant, packed. Text stays as sent; blank text counts as absent.

use std::borrow::Cow;

use roster::{FindingCode, LicenseKey, MemberRef, Packed, text_set};
use scim::{Email, Group, Tree, User, date_time};

use crate::findings;
use crate::licensing::{Known, Licensing};
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

/// What is known of a user beyond the member itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) shape: crate::probe::LicenseShape,
    pub(crate) remarks: Remarks,
    /// What stands at the attribute path, where the connection has one.
    pub(crate) values: Vec<String>,
    /// What each source told, where that is not the same.
    pub(crate) sources: Vec<(String, String)>,
    /// Something about the member is worth telling, so that it has to be looked at.
    pub(crate) notable: bool,
    /// Which of the attributes were there: a bit for each, the vendor's own together.
    pub(crate) present: u16,
}

/// The vendor's own of [`Told::present`], or what stands at the attribute path.
pub(crate) const LICENSE_PRESENT: u16 = 0b10_0000_0000;

/// Everything that would be asked for, of [`Told::present`].
pub(crate) const ALL_PRESENT: u16 = 0b11_1111_1111;

/// The record tells a license, in whichever of the places where one can be.
const TELLS_LICENSE: u16 = 0b100_0000_0000;

/// What decides about a member: `userName`, `active` and the license.
pub(crate) const DECISIVE: u16 = 0b1_0001 | LICENSE_PRESENT | TELLS_LICENSE;

/// Of somebody who came with the bytes of an earlier reading: nothing went missing.
pub(crate) const AS_BEFORE: u16 = u16::MAX;

/// Packs the member that a user is meant to be. `None` when the user has no id: nothing can be kept of somebody who
/// cannot be recognised again.
pub(crate) fn pack<'a, X: Vendor<'a>>(
    user: &User<'a, X>,
    tree: Option<&Tree<'_>>,
    how: &Licensing,
    members: &mut Packed,
) -> Option<Told> {
    let Holding { license, mut products, shape, disagree, everywhere } = user.extras.holding();
    let id = text(user.id.as_ref())?;
    let active = user.active.unwrap_or(true);
    let mut groups: Vec<&str> = user.groups.iter().filter_map(group).collect();
    let named: Vec<&str> = match &how.groups {
        Some(_) => user
            .groups
            .iter()
            .flat_map(|group| [text(group.value.as_ref()), text(group.display.as_ref())])
            .flatten()
            .collect(),
        None => Vec::new(),
    };
    let tells = how.attribute().is_some() || license.key().is_some();
    let decided = how.decide(license, &Known { id, active, groups: &named }, tree);
    let mut remarks = decided.remarks;
    if disagree {
        remarks.add(FindingCode::LicenseSourcesDisagree);
    }
    if user.active_unreadable {
        remarks.add(FindingCode::ActiveUnreadable);
    }
    if has_several_primary(&user.emails) {
        remarks.add(FindingCode::SeveralPrimaryEmails);
    }
    let user_name = text(user.user_name.as_ref());
    let email = address(&user.emails).or_else(|| user_name.filter(|name| name.contains('@')));
    let micros = |text: &Option<Cow<'_, str>>| Some(date_time(text.as_deref()?)?.as_microsecond());
    let groups = text_set::of_groups(&mut groups);
    let products = text_set::of_products(&mut products);
    let member = MemberRef {
        id,
        user_name: user_name.or(email).unwrap_or(id),
        email,
        given_name: text(user.name.given.as_ref()),
        middle_name: text(user.name.middle.as_ref()),
        family_name: text(user.name.family.as_ref()),
        display_name: text(user.display_name.as_ref()).or_else(|| text(user.name.formatted.as_ref())),
        license: decided.license.key().map(LicenseKey::as_str),
        department: text(user.department.as_ref()),
        cost_center: text(user.cost_center.as_ref()),
        groups: groups.as_deref(),
        products: products.as_deref(),
        created: micros(&user.meta.created),
        last_modified: micros(&user.meta.last_modified),
        active,
    };
    members.push(&member);
    let notable = !remarks.is_empty() || findings::is_notable(&member);
    let (absent, tells) = if decided.told { (0, tells) } else { (LICENSE_PRESENT, false) };
    let present = present(user, everywhere) & !absent | if tells { TELLS_LICENSE } else { 0 };
    Some(Told { shape, remarks, values: decided.values, sources: decided.sources, notable, present })
}

fn present<X>(user: &User<'_, X>, everywhere: bool) -> u16 {
    let there = [
        user.user_name.is_some(),
        user.display_name.is_some(),
        user.name.given.is_some() && user.name.family.is_some(),
        !user.emails.is_empty(),
        user.active.is_some() || user.active_unreadable,
        !user.groups.is_empty(),
        user.meta.created.is_some() && user.meta.last_modified.is_some(),
        user.department.is_some(),
        user.cost_center.is_some(),
        everywhere,
    ];
    there.iter().enumerate().fold(0, |present, (bit, there)| present | u16::from(*there) << bit)
}

/// The primary address, else the one at work, else the first.
fn address<'a>(emails: &'a [Email<'_>]) -> Option<&'a str> {
    let rank = |email: &&Email<'_>| {
        let at_work = email.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("work"));
        if email.primary { 0 } else { 1 + u8::from(!at_work) }
    };
    let told = emails.iter().filter(|email| text(email.value.as_ref()).is_some());
    told.min_by_key(rank).and_then(|email| text(email.value.as_ref()))
}

/// Whether more than one address is called the primary one, which RFC 7643 §2.4 forbids.
fn has_several_primary(emails: &[Email<'_>]) -> bool {
    let mut primary = emails.iter().filter(|email| email.primary).filter_map(|email| text(email.value.as_ref()));
    let first = primary.next();
    primary.any(|other| first.is_some_and(|first| !first.eq_ignore_ascii_case(other)))
}

fn group<'a>(group: &'a Group<'_>) -> Option<&'a str> {
    text(group.display.as_ref()).or_else(|| text(group.value.as_ref()))
}

fn text<'a>(text: Option<&'a Cow<'_, str>>) -> Option<&'a str> {
    text.map(Cow::as_ref).filter(|text| !text.trim_ascii_start().is_empty() && !text.trim().is_empty())
}
