//! Pages by cursor (RFC 9865): that they end, never turn back, and bring as many users as the server says.
//! Many a cursor is a row number in disguise, and pages by cursor cannot overlap: where one leaves and one joins between two
//! pages, the totals stay and somebody slips through unseen. A second walk shows it, unless the same happens in both.

use super::{Outcome, Step, Walk};
use crate::pager::{PageShape, PagerError};

/// So many pages may hold only users of earlier pages while nobody new comes.
const IDLE: u32 = 3;
/// So many pages in a row may be empty: a server may leave out whom it has looked at (RFC 9865 §2).
const MOST_EMPTY: u64 = 20;

impl Walk {
    /// Whether the server's cursors are followed.
    pub(in crate::pager) fn is_by_cursor(&self) -> bool {
        self.cursor.is_some()
    }

    /// Whether rows may have moved between pages without a trace.
    pub(in crate::pager) fn may_have_slipped(&self) -> bool {
        self.is_by_cursor() && self.pages > 1
    }

    pub(in crate::pager) fn step_by_cursor(
        &mut self,
        shape: &PageShape<'_>,
        hash: impl Fn(&str) -> u64,
    ) -> Result<Step, PagerError> {
        let total = shape.total_results;
        self.pages += 1;
        if self.pages == 1 {
            self.total = total;
        }
        if let (Some(first), Some(then)) = (self.total, total)
            && first != then
        {
            return Ok(Step::nothing(Outcome::Moved { first, then }));
        }
        let (repeated, fresh) = self.take(shape.ids);
        self.odd |= !repeated.is_empty();
        self.largest = self.largest.max(shape.ids.len() as u64);
        let received = self.users();
        if let Some(total) = self.total.filter(|total| received > *total) {
            return Err(PagerError::MoreThanTotal { page: self.pages, received, total });
        }
        let is_empty = shape.ids.is_empty();
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        self.idle = if fresh > 0 { 0 } else { self.idle + u32::from(!is_empty) };
        let outcome = match (shape.next_cursor, self.total) {
            (Some(cursor), _) if !self.cursors.insert(hash(cursor)) => {
                return Err(PagerError::SameCursor { page: self.pages });
            }
            (Some(_), _) if self.idle >= IDLE => {
                return Err(PagerError::NothingNew { page: self.pages, start_index: received + 1, received });
            }
            (Some(_), _) if self.empty > MOST_EMPTY => {
                return Err(PagerError::OnlyEmptyPages { page: self.pages, empty: self.empty, received });
            }
            (Some(cursor), _) => {
                self.cursor = Some(cursor.to_owned());
                Outcome::More
            }
            (None, Some(total)) if received + self.rows.doubled() < total => {
                return Err(PagerError::EndsEarly { received, total });
            }
            (None, Some(total)) if received < total => Outcome::Repetitive { total },
            (None, _) => self.finished(),
        };
        Ok(Step { repeated, expected: 0, outcome })
    }
}
