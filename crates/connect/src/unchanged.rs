//! Pages that a server need not send again: it named their state with an `ETag`, and says that they are as they were
//! (RFC 9110 §13.1.2 and §15.4.5). What was on them comes from the last reading, which has to hold all of it.

use reqwest::header::HeaderValue;
use roster::{Mark, text_set};

use crate::member::Told;
use crate::recall::Recall;
use crate::users::Users;

/// A longer `ETag` is none.
const LONGEST: usize = 200;
/// So many times running a server is believed that a page is as it was, and so long; then the page is sent again.
const MOST_TIMES: u32 = 6;
const MOST_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What a page was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageSeen {
    etag: String,
    total: Option<u64>,
    start_index: Option<u64>,
    /// Where its first user stands in the roster, counted from 0.
    place: u64,
    users: u64,
    /// The marks of its first and its last user: whoever stands there now has to be the same.
    first: u128,
    last: u128,
    /// When the server sent it, in seconds since 1970, and how often it only said so since.
    sent: i64,
    believed: u32,
}

impl PageSeen {
    /// `None` when the page cannot be made again from what is kept of its users.
    pub(crate) fn of(etag: &HeaderValue, place: u64, page: &Users, now: i64) -> Option<Self> {
        let etag = etag.to_str().ok().filter(|etag| !etag.is_empty() && etag.len() <= LONGEST)?;
        let known = page.next_cursor.is_none() && page.marks.iter().all(|mark| mark.length > 0);
        let (first, last) = (page.marks.first()?.hash, page.marks.last()?.hash);
        known.then(|| Self {
            etag: etag.to_owned(),
            total: page.total,
            start_index: page.start_index,
            place,
            users: page.marks.len() as u64,
            first,
            last,
            sent: now,
            believed: 0,
        })
    }

    /// Whether the server may say once more that nothing changed. Nobody can see from here that it is wrong, so a wrong
    /// answer must not last.
    pub(crate) fn may_be_believed(&self, now: i64) -> bool {
        // A clock that went back proves nothing.
        self.believed < MOST_TIMES && (0..MOST_SECONDS).contains(&now.saturating_sub(self.sent))
    }

    /// The same once the server said that nothing changed.
    pub(crate) fn believed_again(self) -> Self {
        Self { believed: self.believed.saturating_add(1), ..self }
    }

    /// Whether the server named the state of the page as it was although it is another page now.
    pub(crate) fn is_belied_by(&self, now: &Self, marks: &[Mark], recall: &dyn Recall) -> bool {
        let alike = |one: &Self| (one.total, one.users, one.first, one.last);
        let remembered = recall.from(self.place, marks.len()).marks;
        self.etag == now.etag && (alike(self) != alike(now) || remembered != marks)
    }

    /// The same of a server that was found out: what it says of its pages is not believed while this is kept.
    pub(crate) fn found_out(self) -> Self {
        Self { believed: MOST_TIMES, ..self }
    }

    pub(crate) fn is_found_out(&self, now: i64) -> bool {
        self.believed >= MOST_TIMES && (0..MOST_SECONDS).contains(&now.saturating_sub(self.sent))
    }

    /// The same, sent when `other` was.
    pub(crate) fn since(self, other: &Self) -> Self {
        Self { sent: other.sent, ..self }
    }

    /// What to ask the server by.
    pub(crate) fn etag(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.etag).ok()
    }

    /// The page as it was. `None` when not all of it is remembered.
    pub(crate) fn page(&self, recall: &dyn Recall) -> Option<Users> {
        let most = usize::try_from(self.users).ok()?;
        let remembered = recall.from(self.place, most);
        let marks = remembered.marks;
        let whole = marks.len() == most && marks.iter().all(|mark| mark.length > 0);
        if !whole || marks.first()?.hash != self.first || marks.last()?.hash != self.last {
            return None;
        }
        let told = marks.iter().map(|mark| Told::recalled(*mark)).collect::<Option<_>>()?;
        let (total, start_index, members) = (self.total, self.start_index, remembered.members);
        Some(Users { total, start_index, members, told, marks, ..Users::default() })
    }

    /// As text, to be kept.
    pub(crate) fn to_text(&self) -> String {
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (first, last) = (self.first.to_string(), self.last.to_string());
        let numbers =
            [number(self.total), number(self.start_index), number(Some(self.place)), number(Some(self.users))];
        let trust = [self.sent.to_string(), self.believed.to_string()];
        text_set::join([self.etag.clone()].into_iter().chain(numbers).chain([first, last]).chain(trust))
    }

    /// Reads what [`Self::to_text`] wrote.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let parts = text_set::split_ref(text)?;
        let [etag, total, start_index, place, users, first, last, sent, believed] = parts.as_slice() else {
            return None;
        };
        let maybe = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        Some(Self {
            etag: (*etag).to_owned(),
            total: maybe(total)?,
            start_index: maybe(start_index)?,
            place: place.parse().ok()?,
            users: users.parse().ok()?,
            first: first.parse().ok()?,
            last: last.parse().ok()?,
            sent: sent.parse().ok()?,
            believed: believed.parse().ok()?,
        })
    }
}
