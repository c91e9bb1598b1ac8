//! Members in one buffer: a page is made and passed on without a text of its own for anything in it.
//! The layout is frozen: what a store remembers of a row is the hash of these bytes.

use jiff::Timestamp;

use crate::license::{License, LicenseKey};
use crate::member::{Member, ProductLicense};
use crate::text_set;

const TEXTS: usize = 12;
const ABSENT: i64 = i64::MIN;

/// A member whose texts lie elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberRef<'a> {
    /// The vendor's identifier.
    pub id: &'a str,
    /// `userName`.
    pub user_name: &'a str,
    /// The chosen e-mail address.
    pub email: Option<&'a str>,
    /// First name.
    pub given_name: Option<&'a str>,
    /// Middle name.
    pub middle_name: Option<&'a str>,
    /// Last name.
    pub family_name: Option<&'a str>,
    /// Display name.
    pub display_name: Option<&'a str>,
    /// The key of the license; `None` is unknown.
    pub license: Option<&'a str>,
    /// Department.
    pub department: Option<&'a str>,
    /// Cost center.
    pub cost_center: Option<&'a str>,
    /// The groups as [`text_set::of_groups`] writes them.
    pub groups: Option<&'a str>,
    /// The products as [`text_set::of_products`] writes them.
    pub products: Option<&'a str>,
    /// Active date in microseconds since 1970.
    pub created: Option<i64>,
    /// Last changed, in microseconds since 1970.
    pub last_modified: Option<i64>,
    /// Whether the member may sign in.
    pub active: bool,
}

impl MemberRef<'_> {
    /// Hands a member over as it is packed.
    pub fn with<T>(member: &Member, take: impl FnOnce(&MemberRef<'_>) -> T) -> T {
        let groups = text_set::of_groups(&mut member.groups.iter().map(String::as_str).collect());
        let products = member.products.iter().map(|product| (product.product.as_str(), product.granted));
        let products = text_set::of_products(&mut products.collect());
        take(&MemberRef {
            id: &member.id,
            user_name: &member.user_name,
            email: member.email.as_deref(),
            given_name: member.given_name.as_deref(),
            middle_name: member.middle_name.as_deref(),
            family_name: member.family_name.as_deref(),
            display_name: member.display_name.as_deref(),
            license: member.license.key().map(LicenseKey::as_str),
            department: member.department.as_deref(),
            cost_center: member.cost_center.as_deref(),
            groups: groups.as_deref(),
            products: products.as_deref(),
            created: member.created.map(Timestamp::as_microsecond),
            last_modified: member.last_modified.map(Timestamp::as_microsecond),
            active: member.active,
        })
    }

    /// A copy that owns its texts. Groups and products come in their own order, not in the vendor's.
    pub fn to_member(&self) -> Member {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let instant = |micros: Option<i64>| micros.and_then(|micros| Timestamp::from_microsecond(micros).ok());
        let products = self.products.and_then(text_set::split_ref).unwrap_or_default();
        Member {
            id: self.id.to_owned(),
            user_name: self.user_name.to_owned(),
            email: owned(self.email),
            given_name: owned(self.given_name),
            middle_name: owned(self.middle_name),
            family_name: owned(self.family_name),
            display_name: owned(self.display_name),
            active: self.active,
            created: instant(self.created),
            last_modified: instant(self.last_modified),
            license: self.license.and_then(LicenseKey::new).map_or(License::Unknown, License::Type),
            products: products
                .into_iter()
                .filter_map(text_set::product)
                .map(|(product, granted)| ProductLicense { product: product.to_owned(), granted })
                .collect(),
            department: owned(self.department),
            cost_center: owned(self.cost_center),
            groups: self.groups.and_then(text_set::split).unwrap_or_default(),
        }
    }

    /// Whether nothing is known that people are called by.
    pub fn is_nameless(&self) -> bool {
        self.given_name.is_none() && self.family_name.is_none() && self.display_name.is_none()
    }
}

/// Members in the order in which they were added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Packed {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Packed {
    /// Nobody, with room for so many.
    pub fn with_capacity(members: usize) -> Self {
        Self { bytes: Vec::with_capacity(members.saturating_mul(320)), ends: Vec::with_capacity(members) }
    }

    /// These members.
    pub fn of(members: &[Member]) -> Self {
        let mut packed = Self::with_capacity(members.len());
        for member in members {
            MemberRef::with(member, |member| packed.push(member));
        }
        packed
    }

    /// Adds a member.
    pub fn push(&mut self, member: &MemberRef<'_>) {
        let texts: [Option<&str>; TEXTS] = [
            Some(member.id),
            Some(member.user_name),
            member.email,
            member.given_name,
            member.middle_name,
            member.family_name,
            member.display_name,
            member.license,
            member.department,
            member.cost_center,
            member.groups,
            member.products,
        ];
        for text in texts {
            // One more than the length, so that nothing and "" differ.
            let mark = text.map_or(0, |text| text.len() as u64 + 1);
            self.bytes.extend_from_slice(&mark.to_le_bytes());
            self.bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
        }
        for instant in [member.created, member.last_modified] {
            self.bytes.extend_from_slice(&instant.unwrap_or(ABSENT).to_le_bytes());
        }
        self.bytes.push(u8::from(member.active));
        self.ends.push(self.bytes.len());
    }

    /// Adds a member's bytes as they were packed before.
    pub fn push_row(&mut self, row: &[u8]) {
        self.bytes.extend_from_slice(row);
        self.ends.push(self.bytes.len());
    }

    /// The bytes of one member.
    pub fn row(&self, position: usize) -> Option<&[u8]> {
        let start = position.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.bytes.get(*start..*self.ends.get(position)?)
    }

    /// The same without those at these positions, which ascend. It is made in place.
    #[must_use]
    pub fn without(mut self, positions: &[usize]) -> Self {
        let mut left_out = positions.iter().copied().peekable();
        if left_out.peek().is_none() {
            return self;
        }
        let (mut start, mut kept) = (0, 0);
        let mut ends = Vec::with_capacity(self.ends.len());
        for (position, end) in std::mem::take(&mut self.ends).into_iter().enumerate() {
            if left_out.next_if_eq(&position).is_none() {
                self.bytes.copy_within(start..end, kept);
                kept += end - start;
                ends.push(kept);
            }
            start = end;
        }
        self.bytes.truncate(kept);
        Self { bytes: self.bytes, ends }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The bytes of all rows, one after the other.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Each member's bytes.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.bytes.get(start..*end).unwrap_or_default())
    }

    /// Each member.
    pub fn iter(&self) -> impl Iterator<Item = MemberRef<'_>> {
        self.rows().filter_map(read)
    }

    /// Each member, owned.
    pub fn to_members(&self) -> Vec<Member> {
        self.iter().map(|member| member.to_member()).collect()
    }
}

/// Reads one row; `None` when its bytes were written by something else.
pub fn read(row: &[u8]) -> Option<MemberRef<'_>> {
    let mut rest = row;
    let mut texts = [None; TEXTS];
    for text in &mut texts {
        let length = usize::try_from(u64::from_le_bytes(*take(&mut rest)?)).ok()?;
        if let Some(length) = length.checked_sub(1) {
            let (bytes, after) = rest.split_at_checked(length)?;
            *text = Some(std::str::from_utf8(bytes).ok()?);
            rest = after;
        }
    }
    let mut instant = || Some(Some(i64::from_le_bytes(*take(&mut rest)?)).filter(|micros| *micros != ABSENT));
    let (created, last_modified) = (instant()?, instant()?);
    let &[active] = rest else { return None };
    let [id, user_name, email, given_name, middle_name, family_name, display_name, texts @ ..] = texts;
    let [license, department, cost_center, groups, products] = texts;
    Some(MemberRef {
        id: id?,
        user_name: user_name?,
        email,
        given_name,
        middle_name,
        family_name,
        display_name,
        license,
        department,
        cost_center,
        groups,
        products,
        created,
        last_modified,
        active: active != 0,
    })
}

/// The id in a row; `None` when its bytes were written by something else.
pub fn id(row: &[u8]) -> Option<&str> {
    let mut rest = row;
    let length = usize::try_from(u64::from_le_bytes(*take(&mut rest)?)).ok()?;
    std::str::from_utf8(rest.get(..length.checked_sub(1)?)?).ok()
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8; 8]> {
    let (bytes, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str) -> Member {
        Member {
            id: id.to_owned(),
            user_name: "Ünal".to_owned(),
            email: Some(String::new()),
            given_name: None,
            middle_name: Some("x".repeat(300)),
            family_name: None,
            display_name: None,
            active: true,
            created: Some(Timestamp::from_microsecond(-1).unwrap()),
            last_modified: None,
            license: LicenseKey::new("can-edit").map_or(License::Unknown, License::Type),
            products: vec![ProductLicense { product: "Lucidchart".to_owned(), granted: true }],
            department: None,
            cost_center: Some("CC".to_owned()),
            groups: vec!["a".to_owned(), "b".to_owned()],
        }
    }

    #[test]
    fn what_is_packed_comes_back() {
        let members = [member("1"), Member { license: License::Unknown, active: false, ..member("2") }];
        let packed = Packed::of(&members);
        assert_eq!((packed.len(), packed.is_empty()), (2, false));
        assert_eq!(packed.to_members(), members);
        assert_eq!(packed.rows().map(id).collect::<Vec<_>>(), [Some("1"), Some("2")]);
        assert_eq!(packed.rows().map(<[u8]>::len).sum::<usize>(), packed.bytes().len());
    }

    #[test]
    fn some_can_be_left_out() {
        let members: Vec<_> = ["1", "22", "3", "4444"].iter().map(|id| member(id)).collect();
        let ids = |positions: &[usize]| -> Vec<String> {
            Packed::of(&members).without(positions).to_members().into_iter().map(|member| member.id).collect()
        };
        assert_eq!(ids(&[]), ["1", "22", "3", "4444"]);
        assert_eq!(ids(&[0, 2]), ["22", "4444"]);
        assert_eq!(ids(&[3]), ["1", "22", "3"]);
        assert_eq!(ids(&[0, 1, 2, 3]), [""; 0]);
    }

    #[test]
    fn the_order_of_groups_and_products_does_not_count() {
        let one = member("1");
        let other = Member { groups: vec!["b".to_owned(), "a".to_owned(), "a".to_owned()], ..one.clone() };
        assert_eq!(Packed::of(&[one]), Packed::of(&[other]));
    }

    #[test]
    fn a_cut_or_foreign_row_is_refused() {
        let packed = Packed::of(&[member("1")]);
        let row = packed.bytes();
        for end in 0..row.len() {
            assert_eq!(read(&row[..end]), None, "cut at {end}");
        }
        assert_eq!(read(&[row, b"x"].concat()), None);
        let mut foreign = row.to_vec();
        foreign[8] = 0xFF;
        assert_eq!(read(&foreign), None, "not UTF-8");
    }
}
