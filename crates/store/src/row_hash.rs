//! What of a member is kept beside plain columns: a hash to see that nothing changed, shared texts, text to search.

use blake3::Hasher;
use roster::{License, Member};

use crate::columns::Instant;
use crate::roster_filter::fold;
use crate::text_set;

/// What a text in the `word` table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum WordKind {
    Department,
    CostCenter,
    Groups,
    Products,
}

impl WordKind {
    /// The number that stands for it; 0 stands for license keys while a roster is staged.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Department => 1,
            Self::CostCenter => 2,
            Self::Groups => 3,
            Self::Products => 4,
        }
    }

    /// The member's column that refers to it.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::CostCenter => "cost_center",
            Self::Groups => "groups",
            Self::Products => "products",
        }
    }
}

/// A member's groups as one text, whatever order the vendor sent them in.
pub(crate) fn groups_text(member: &Member) -> Option<String> {
    let mut groups: Vec<&str> = member.groups.iter().map(String::as_str).collect();
    groups.sort_unstable();
    groups.dedup();
    (!groups.is_empty()).then(|| text_set::join(groups))
}

/// A member's products as one text, whatever order the vendor sent them in.
pub(crate) fn products_text(member: &Member) -> Option<String> {
    let mut products: Vec<_> = member.products.iter().collect();
    products.sort_unstable();
    products.dedup();
    let signed =
        products.iter().map(|product| format!("{}{}", if product.granted { '+' } else { '-' }, product.product));
    (!products.is_empty()).then(|| text_set::join(signed))
}

/// Sixteen bytes that differ when anything that is kept of the member differs.
pub(crate) fn row_hash(member: &Member, groups: Option<&str>, products: Option<&str>) -> [u8; 16] {
    let mut bytes = Vec::with_capacity(512);
    let license = match &member.license {
        License::Type(key) => Some(key.as_str()),
        License::Unknown => None,
    };
    let texts = [
        Some(member.id.as_str()),
        Some(&member.user_name),
        member.email.as_deref(),
        member.given_name.as_deref(),
        member.middle_name.as_deref(),
        member.family_name.as_deref(),
        member.display_name.as_deref(),
        license,
        member.department.as_deref(),
        member.cost_center.as_deref(),
        groups,
        products,
    ];
    for text in texts {
        // One more than the length, so that nothing and "" differ.
        let mark = text.map_or(0, |text| text.len() as u64 + 1);
        bytes.extend_from_slice(&mark.to_le_bytes());
        bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
    }
    for instant in [member.created, member.last_modified] {
        let micros = instant.map_or(i64::MIN, |instant| Instant(instant).0.as_microsecond());
        bytes.extend_from_slice(&micros.to_le_bytes());
    }
    bytes.push(u8::from(member.active));
    let mut hash = [0; 16];
    Hasher::new().update(&bytes).finalize_xof().fill(&mut hash);
    hash
}

/// Everything that search looks at, folded; a line each, so that no word is found across two fields.
pub(crate) fn search_text(member: &Member) -> String {
    let mut text = member.id.clone();
    let fields = [
        Some(&member.user_name),
        member.email.as_ref().filter(|email| **email != member.user_name),
        member.given_name.as_ref(),
        member.middle_name.as_ref(),
        member.family_name.as_ref(),
        member.display_name.as_ref(),
        member.department.as_ref(),
        member.cost_center.as_ref(),
    ];
    for field in fields.into_iter().flatten() {
        text.push('\n');
        text.push_str(field);
    }
    fold(&text)
}

/// A folded copy, where SQLite's own folding of ASCII does not do.
pub(crate) fn folded_unless_ascii(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_ascii()).map(fold)
}
