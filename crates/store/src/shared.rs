//! A column of texts that many members share: the texts once, and for each member which.

use std::collections::HashMap;

/// No text.
const NONE: u32 = 0;

#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Place 0 stands for no text.
    texts: Vec<Word>,
    by_number: HashMap<i64, u32>,
    column: Vec<u32>,
}

#[derive(Debug, Default)]
struct Word {
    number: i64,
    text: String,
    folded: String,
    /// Words that differ in case alone share a rank.
    rank: u32,
}

impl Shared {
    pub(crate) fn add(&mut self, number: i64, text: String, folded: String) {
        self.texts.push(Word { number, text, folded, rank: 0 });
    }

    /// Puts the texts in order; no more can be added.
    pub(crate) fn sort(&mut self) {
        self.texts.sort_by(|one, other| (&one.folded, &one.text).cmp(&(&other.folded, &other.text)));
        self.texts.insert(0, Word::default());
        let mut rank = 0;
        for place in 1..self.texts.len() {
            if let Some([before, word]) = self.texts.get_mut(place - 1..=place) {
                rank += u32::from(place == 1 || before.folded != word.folded);
                word.rank = rank;
                self.by_number.insert(word.number, u32::try_from(place).unwrap_or(NONE));
            }
        }
    }

    pub(crate) fn push(&mut self, number: Option<i64>) {
        self.column.push(self.place(number));
    }

    /// The place of the text with this number.
    pub(crate) fn place(&self, number: Option<i64>) -> u32 {
        number.and_then(|number| self.by_number.get(&number)).copied().unwrap_or(NONE)
    }

    /// Which text each member has.
    pub(crate) fn column(&self) -> &[u32] {
        &self.column
    }

    /// How many texts there are, "none" included.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// What each text is ordered by: from 1; 0 where there is none.
    pub(crate) fn rank(&self, place: u32) -> u32 {
        self.texts.get(place as usize).map_or(0, |word| word.rank)
    }

    /// A member's text.
    pub(crate) fn of(&self, member: usize) -> Option<&str> {
        self.at(&self.column, member)
    }

    /// A member's text as another column of places has it.
    pub(crate) fn at(&self, column: &[u32], member: usize) -> Option<&str> {
        column.get(member).and_then(|place| self.text(*place))
    }

    pub(crate) fn text(&self, place: u32) -> Option<&str> {
        if place == NONE { None } else { self.texts.get(place as usize).map(|word| word.text.as_str()) }
    }

    /// For each place whether its text is wanted.
    pub(crate) fn wanted(&self, mut wanted: impl FnMut(Option<&str>) -> bool) -> Vec<bool> {
        let places = 0..u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        places.map(|place| wanted(self.text(place))).collect()
    }

    /// For each place whether its folded text has this in it.
    pub(crate) fn containing(&self, word: &str) -> Vec<bool> {
        self.texts.iter().map(|known| known.folded.contains(word)).collect()
    }
}
