//! Pages by cursor (RFC 9865): the server remembers where it was, so that rows that move cannot hide others.
//! What is left to check is that it ends, never turns back, and brings as many users as it says.

use super::{Outcome, Step, Walk};
use crate::pager::{PageShape, PagerError};

/// Pages in a row without anybody new that are still no endless list.
const IDLE: u32 = 3;

impl Walk {
    /// Whether the server's cursors are followed.
    pub(in crate::pager) fn is_by_cursor(&self) -> bool {
        self.cursor.is_some()
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
        self.idle = if fresh == 0 { self.idle + 1 } else { 0 };
        let outcome = match (shape.next_cursor, self.total) {
            (Some(cursor), _) if !self.cursors.insert(hash(cursor)) => {
                return Err(PagerError::SameCursor { page: self.pages });
            }
            (Some(_), _) if self.idle >= IDLE => {
                return Err(PagerError::NothingNew { page: self.pages, start_index: received + 1, received });
            }
            (Some(cursor), _) => {
                self.cursor = Some(cursor.to_owned());
                Outcome::More
            }
            (None, Some(total)) if received + self.rows.doubled < total => {
                return Err(PagerError::EndsEarly { received, total });
            }
            (None, _) => self.finished(),
        };
        Ok(Step { repeated, expected: 0, outcome })
    }
}
