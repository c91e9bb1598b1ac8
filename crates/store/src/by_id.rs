//! Finds a member by the vendor's id. There is no index of ids (ADR 0013): while somebody looks at the roster its image
//! knows the place, else the table is read over once.

use rusqlite::{Connection, OptionalExtension, params};

use crate::apps::AppId;
use crate::image::Image;
use crate::roster_filter::fold;
use crate::roster_list::RosterColumn;
use crate::{Store, StoreError};

/// The id is the first of the texts.
const ID: usize = 0;

impl Store {
    /// The number of the member with this id, letter by letter.
    pub(crate) fn number_of(&self, reader: &Connection, app: AppId, id: &str) -> Result<Option<i64>, StoreError> {
        let Some(image) = self.image_at_hand(reader, app)? else {
            let mut asking = reader.prepare_cached("SELECT member FROM member WHERE app = ?1 AND id = ?2")?;
            return Ok(asking.query_row(params![app.0, id], |row| row.get(0)).optional()?);
        };
        // The image has ids without regard to case.
        let mut asking = reader.prepare_cached("SELECT id = ?2 FROM member WHERE member = ?1")?;
        for place in image.with_id(&fold(id)) {
            let Some(number) = image.members.get(place) else { continue };
            if asking.query_row(params![number, id], |row| row.get(0))? {
                return Ok(Some(*number));
            }
        }
        Ok(None)
    }
}

impl Image {
    /// The places of those with this id, folded.
    fn with_id(&self, id: &str) -> Vec<usize> {
        let order = RosterColumn::KEPT.iter().position(|column| *column == RosterColumn::Id);
        match order.and_then(|place| self.orders.get(place)?.get()) {
            // Put in order while nobody waited for it.
            Some(order) => {
                order.equal(|member| self.texts.field(member, ID).unwrap_or_default().as_ref().cmp(id.as_bytes()))
            }
            None => self.texts.beginning_with(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::activity_image::ActivityOn;
    use crate::as_of::Standing;
    use crate::roster_list::RosterOrder;

    use super::*;

    #[test]
    fn the_order_of_ids_tells_the_same_places_as_the_texts() {
        let mut image = Image::default();
        let ids = ["b", "a", "ab", "b", "a\0", "sixteen letters and more, one", "sixteen letters and more, two", ""];
        for (id, number) in ids.iter().zip(1..) {
            image.members.push(number);
            image.texts.push([Some(id), Some("a"), None, None, None, None, None]);
        }
        let asked = ["a", "b", "ab", "abc", "sixteen letters and more, two", "sixteen letters and more,", ""];
        let by_text = asked.map(|id| image.with_id(id));
        assert_eq!([&by_text[0], &by_text[1]], [&vec![1], &vec![0, 3]]);
        let order = RosterOrder { column: RosterColumn::Id, descending: false };
        image.in_order(&[], &Standing::default(), &ActivityOn::default(), order, |_| ());
        assert_eq!(asked.map(|id| image.with_id(id)), by_text);
    }
}
