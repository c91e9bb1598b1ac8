//! What a user's bytes were when they were read. Whoever meets the same bytes again need not read them.

/// Knows a user as sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// The hash of the bytes.
    pub hash: u128,
    /// How many they were; 0 for a user who has to be read every time.
    pub length: u32,
    /// What the reader noted beside the member. It means something to the reader alone.
    pub note: u8,
}
