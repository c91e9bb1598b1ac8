//! What belongs to a purchase and costs nothing: who is responsible for it, whom its renewal is recalled to, and where
//! its documents are. Absent on purpose: the documents themselves; a reference is text that nobody reads.

/// Where a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What people call it ("Order form").
    pub label: String,
    /// A link or a path.
    pub reference: String,
}

/// What belongs to a purchase beside what it costs. Most purchases have nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paperwork {
    /// Name or e-mail address of who is responsible, may be empty.
    pub owner: String,
    /// The e-mail address that is reminded of the renewal, may be empty.
    pub reminder: String,
    /// Where its documents are, in the order in which they were entered.
    pub documents: Vec<Document>,
}
