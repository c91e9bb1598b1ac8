//! The words of one column while the roster is walked once: the last ones are remembered, in bounded memory.

use rusqlite::Statement;

use crate::StoreError;

/// As many words are remembered; a word that comes to another's place puts it out.
const SLOTS: usize = 4_096;

/// A text that members share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Word {
    number: i64,
    pub(crate) text: String,
    pub(crate) folded: String,
}

pub(crate) struct WordSlots(Vec<Word>);

impl Default for WordSlots {
    fn default() -> Self {
        Self(vec![Word::default(); SLOTS])
    }
}

impl WordSlots {
    pub(crate) const ASKING: &'static str = "SELECT text, folded FROM word WHERE word = ?1";

    /// The word with this number. Numbers begin at 1.
    pub(crate) fn of(&mut self, asking: &mut Statement<'_>, number: Option<i64>) -> Result<Option<&Word>, StoreError> {
        let Some(number) = number else { return Ok(None) };
        let place = usize::try_from(number).unwrap_or_default() % SLOTS;
        let Some(slot) = self.0.get_mut(place) else { return Ok(None) };
        if slot.number != number {
            *slot = asking.query_row([number], |row| Ok(Word { number, text: row.get(0)?, folded: row.get(1)? }))?;
        }
        Ok(Some(slot))
    }
}
