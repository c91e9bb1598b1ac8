//! From what a server shows (a value, a group, a subscription) to the license types that somebody made of it.

use roster::LicenseKey;

/// One row: something that was seen, and the license type that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// The value, the group's or the subscription's id; a group's name will do as well.
    pub seen: String,
    /// What it is called, where that is something else: members may name their groups by either.
    pub name: Option<String>,
    /// `None`: it says nothing about licenses.
    pub license: Option<LicenseKey>,
}

impl Mapped {
    /// Everything that it may be called by.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        [Some(self.seen.as_str()), self.name.as_deref()].into_iter().flatten()
    }
}

/// The rows in the person's order: of several things seen on one member the first row with a license wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(Vec<Mapped>);

impl Mapping {
    /// These rows, in this order.
    pub fn new(rows: Vec<Mapped>) -> Self {
        Self(rows)
    }

    /// The rows in their order.
    pub fn rows(&self) -> &[Mapped] {
        &self.0
    }

    /// Whether any row stands for a license type.
    pub fn tells(&self) -> bool {
        self.0.iter().any(|row| row.license.is_some())
    }
}

impl FromIterator<Mapped> for Mapping {
    fn from_iter<I: IntoIterator<Item = Mapped>>(rows: I) -> Self {
        Self(rows.into_iter().collect())
    }
}
