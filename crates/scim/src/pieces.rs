//! A page taken apart user by user: whoever knows a user's bytes from before need not have them read again.
//! It knows only pages of the usual form; everything else, mistakes too, is left to [`parse_list`](crate::parse_list).

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeSeed;

use crate::lenient::{Fill, Record, Skip};
use crate::list::{Listing, parse_listing};

const RESOURCES: &str = "Resources";
const BOM: char = '\u{feff}';

/// A page whose `Resources` are taken one after the other.
#[derive(Debug)]
pub struct Pieces<'a> {
    text: &'a str,
    /// Where the list begins, its bracket included.
    list: usize,
    /// Where the next resource, or the end of the list, is.
    at: usize,
}

/// What stands around the resources of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// `totalResults`.
    pub total_results: Option<u64>,
    /// `startIndex`.
    pub start_index: Option<u64>,
    /// `nextCursor` (RFC 9865 §2), unless it is empty.
    pub next_cursor: Option<String>,
}

impl<'a> Pieces<'a> {
    /// Goes to the first resource. `None`: this page has to be read as a whole.
    pub fn open(body: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?.trim_start_matches(BOM);
        let mut at = after_mark(text, 0, '{')?;
        loop {
            let (key, end) = value::<Cow<'a, str>>(text, at)?;
            at = past_blanks(text, after_mark(text, end, ':')?);
            if key.eq_ignore_ascii_case(RESOURCES) {
                let first = past_blanks(text, after_mark(text, at, '[')?);
                return Some(Self { text, list: at, at: first });
            }
            let (_, end) = value::<Skip>(text, at)?;
            at = past_blanks(text, after_mark(text, end, ',')?);
        }
    }

    /// The page's text from the next resource on; `None` at the end of the list.
    pub fn rest(&self) -> Option<&'a str> {
        self.text.get(self.at..).filter(|rest| rest.starts_with('{'))
    }

    /// Whether a resource could be so many bytes long: an object ends there, and the list goes on or ends.
    pub fn may_be(&self, length: usize) -> bool {
        let bytes = self.text.as_bytes();
        let Some(end) = self.at.checked_add(length) else { return false };
        let last = end.checked_sub(1).and_then(|last| bytes.get(last));
        let next = bytes.get(end);
        last == Some(&b'}') && next.is_some_and(|next| matches!(next, b',' | b']' | b' ' | b'\n' | b'\r' | b'\t'))
    }

    /// Goes past the next resource, which is known to be so many bytes long.
    pub fn pass(&mut self, length: usize) -> Option<()> {
        self.go_on(self.at.checked_add(length)?)
    }

    /// Reads the next resource, an object, into `record`; gives the resource's own text.
    pub fn take<R: Record<'a>>(&mut self, record: &mut R) -> Option<&'a str> {
        let rest = self.rest()?;
        let mut reading = serde_json::Deserializer::from_str(rest);
        Fill(record).deserialize(&mut reading).ok()?;
        let own = rest.get(..reading.into_iter::<Skip>().byte_offset())?;
        self.go_on(self.at + own.len())?;
        Some(own)
    }

    /// Reads what stands around the resources, once there is none left.
    pub fn close(self) -> Option<Envelope> {
        let around = format!("{}[{}", self.text.get(..self.list)?, self.text.get(self.at..)?);
        let list: Listing<'_, ()> = parse_listing(around.as_bytes()).ok()?;
        // A second list of resources may be none, but it was not looked at.
        list.resources.is_empty().then(|| Envelope {
            total_results: list.total_results,
            start_index: list.start_index,
            next_cursor: list.next_cursor.map(Cow::into_owned),
        })
    }

    fn go_on(&mut self, end: usize) -> Option<()> {
        let at = past_blanks(self.text, end);
        self.at = match self.text.as_bytes().get(at)? {
            b']' => at,
            b',' => {
                let next = past_blanks(self.text, at + 1);
                self.text.as_bytes().get(next).filter(|byte| **byte == b'{')?;
                next
            }
            _ => return None,
        };
        Some(())
    }
}

/// Reads the JSON value that begins here; where it ends.
fn value<'a, T: Deserialize<'a>>(text: &'a str, at: usize) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_str(text.get(at..)?).into_iter::<T>();
    let value = values.next()?.ok()?;
    Some((value, at + values.byte_offset()))
}

/// The place after this mark, which has to come next; blanks follow it.
fn after_mark(text: &str, at: usize, mark: char) -> Option<usize> {
    let at = past_blanks(text, at);
    text.get(at..)?.starts_with(mark).then(|| past_blanks(text, at + mark.len_utf8()))
}

fn past_blanks(text: &str, at: usize) -> usize {
    let blanks = text.as_bytes().get(at..).unwrap_or_default().iter();
    at + blanks.take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count()
}
