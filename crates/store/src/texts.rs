//! Everything that search looks at and that texts are ordered by, folded, member after member in one piece of memory.

use std::borrow::Cow;

use memchr::memmem::Finder;

use crate::bits::Bits;
use crate::roster_filter::fold;

/// How many texts a member has.
pub(crate) const FIELDS: usize = 7;
const USER_NAME: usize = 1;
const EMAIL: usize = 2;
const GIVEN: usize = 3;
const FAMILY: usize = 5;
const DISPLAY: usize = 6;

/// Ends a field. None of these bytes is ever part of UTF-8, so that no word is found across two fields.
const END: u8 = 0xFF;
/// There is no such text.
const ABSENT: u8 = 0xFE;
/// The e-mail address is the user name; the display name is the first and the last name.
const DERIVED: u8 = 0xFD;

#[derive(Debug, Default)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
    /// Where each member begins.
    starts: Vec<usize>,
}

impl Texts {
    /// Adds a member: id, user name, e-mail, first, middle, last and display name.
    pub(crate) fn push(&mut self, fields: [Option<&str>; FIELDS]) {
        self.starts.push(self.bytes.len());
        for (field, text) in fields.into_iter().enumerate() {
            match text {
                None => self.bytes.push(ABSENT),
                Some(_) if field == EMAIL && text == fields[USER_NAME] => self.bytes.push(DERIVED),
                Some(text) if field == DISPLAY && is_both(text, fields[GIVEN], fields[FAMILY]) => {
                    self.bytes.push(DERIVED);
                }
                Some(text) if text.is_ascii() => {
                    let start = self.bytes.len();
                    self.bytes.extend_from_slice(text.as_bytes());
                    if let Some(added) = self.bytes.get_mut(start..) {
                        added.make_ascii_lowercase();
                    }
                }
                Some(text) => self.bytes.extend_from_slice(fold(text).as_bytes()),
            }
            self.bytes.push(END);
        }
    }

    /// Forgets everybody, so that others take their places.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.starts.clear();
    }

    /// Whether the word occurs in a member's texts.
    pub(crate) fn has(&self, member: usize, word: &str) -> bool {
        memchr::memmem::find(self.member(member), word.as_bytes()).is_some()
    }

    pub(crate) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    /// A member's folded text.
    pub(crate) fn field(&self, member: usize, field: usize) -> Option<Cow<'_, [u8]>> {
        let stored = self.stored(member, field);
        match stored {
            [ABSENT] => None,
            [DERIVED] if field == EMAIL => self.field(member, USER_NAME),
            [DERIVED] => {
                let (given, family) = (self.stored(member, GIVEN), self.stored(member, FAMILY));
                Some(Cow::Owned([given, b" ", family].concat()))
            }
            text => Some(Cow::Borrowed(text)),
        }
    }

    fn stored(&self, member: usize, field: usize) -> &[u8] {
        self.member(member).split(|byte| *byte == END).nth(field).unwrap_or_default()
    }

    fn member(&self, member: usize) -> &[u8] {
        let start = self.starts.get(member).copied().unwrap_or_default();
        let end = self.starts.get(member + 1).copied().unwrap_or(self.bytes.len());
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Marks every member in whose texts the word occurs.
    pub(crate) fn mark(&self, word: &str, found: &mut Bits) {
        let finder = Finder::new(word);
        let (mut from, mut member) = (0, 0);
        while let Some(at) = self.bytes.get(from..).and_then(|rest| finder.find(rest)) {
            member = self.holder(member, from + at);
            found.set(member);
            member += 1;
            let Some(next) = self.starts.get(member) else { return };
            from = *next;
        }
    }

    /// Those whose first text is this.
    pub(crate) fn beginning_with(&self, text: &str) -> Vec<usize> {
        let whole = [text.as_bytes(), &[END]].concat();
        let finder = Finder::new(&whole);
        let begins = |at: usize| self.starts.binary_search(&at).ok();
        finder.find_iter(&self.bytes).filter_map(begins).collect()
    }

    /// Of those marked, keeps the members in whose texts the word occurs, or whom `or` accepts.
    pub(crate) fn keep(&self, word: &str, found: &mut Bits, or: impl Fn(usize) -> bool) {
        let finder = Finder::new(word);
        found.retain(|member| or(member) || finder.find(self.member(member)).is_some());
    }

    /// Who the byte belongs to: `member` or somebody after.
    fn holder(&self, member: usize, at: usize) -> usize {
        let rest = self.starts.get(member + 1..).unwrap_or_default();
        // Mostly it is one of the next; else it is searched for.
        let near = rest.iter().take(8).take_while(|start| **start <= at).count();
        member + if near < 8 { near } else { rest.partition_point(|start| *start <= at) }
    }
}

fn is_both(display: &str, given: Option<&str>, family: Option<&str>) -> bool {
    given.zip(family).is_some_and(|(given, family)| {
        display.len() == given.len() + 1 + family.len()
            && display.strip_prefix(given).and_then(|rest| rest.strip_prefix(' ')) == Some(family)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Texts {
        let mut texts = Texts::default();
        texts.push([Some("1"), Some("Éva@x"), Some("Éva@x"), Some("Éva"), None, Some("Ort"), Some("Éva Ort")]);
        texts.push([Some("2"), Some("bob@x"), None, Some(""), Some("eva"), None, Some("Bob")]);
        texts
    }

    #[test]
    fn folded_texts_come_back() {
        let texts = some();
        let all = |member| {
            let text = |field| texts.field(member, field).map(|text| String::from_utf8(text.into_owned()).unwrap());
            (0..FIELDS).map(text).collect::<Vec<_>>()
        };
        let owned = |text: &str| Some(text.to_owned());
        let first = [owned("1"), owned("éva@x"), owned("éva@x"), owned("éva"), None, owned("ort"), owned("éva ort")];
        assert_eq!(all(0), first);
        let second = [owned("2"), owned("bob@x"), None, owned(""), owned("eva"), None, owned("bob")];
        assert_eq!(all(1), second);
    }

    #[test]
    fn a_word_is_found_within_one_field_only() {
        let texts = some();
        let found = |word: &str| {
            let mut found = Bits::none(2);
            texts.mark(word, &mut found);
            found.iter().collect::<Vec<_>>()
        };
        assert_eq!(found("éva"), [0]);
        assert_eq!(found("eva"), [1]);
        assert_eq!(found("@x"), [0, 1]);
        assert_eq!(found("1é"), [0; 0]);
    }

    #[test]
    fn the_first_text_is_found_whole_and_at_its_place() {
        let mut texts = some();
        // The id of one is the user name of another, and the end of a third one's id.
        texts.push([Some("12"), Some("2"), None, None, None, None, None]);
        texts.push([Some("2"), Some("2"), None, None, None, None, None]);
        assert_eq!([texts.beginning_with("2"), texts.beginning_with("12")], [vec![1, 3], vec![2]]);
        assert_eq!(texts.beginning_with("1é"), [0; 0]);
    }
}
