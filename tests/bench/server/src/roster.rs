//! All users as one text with commas between them, and where each begins.

use crate::people;

pub struct Roster {
    text: Vec<u8>,
    starts: Vec<usize>,
}

impl Roster {
    pub fn new(users: usize, edition: usize) -> Self {
        let mut text = Vec::with_capacity(users * 1_900);
        let mut starts = Vec::with_capacity(users + 1);
        for position in 0..users {
            starts.push(text.len());
            people::write(&mut text, position, edition);
            text.push(b',');
        }
        starts.push(text.len());
        Self { text, starts }
    }

    /// The users from `first` up to, not including, `last`, with commas between them.
    pub fn users(&self, first: usize, last: usize) -> &[u8] {
        let (Some(start), Some(end)) = (self.starts.get(first), self.starts.get(last)) else { return &[] };
        // The last comma stays out.
        self.text.get(*start..end.saturating_sub(1)).unwrap_or_default()
    }
}
