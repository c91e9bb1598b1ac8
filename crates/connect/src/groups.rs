//! Organizational groups: who is in which, subgroups included.

/// A group as somebody maps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSeen {
    /// Its id.
    pub id: String,
    /// `displayName`, else the id.
    pub name: String,
    /// Different users in it and in its subgroups.
    pub members: u64,
    /// Groups directly inside it.
    pub subgroups: u64,
    /// Whether it contains itself by way of its subgroups.
    pub in_cycle: bool,
}
