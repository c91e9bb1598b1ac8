//! The columns of departments and cost centers as they were on a past day, where anybody belonged elsewhere then.
//! Absent on purpose: such columns for now and for days on which all belonged where they do now.

use rusqlite::Connection;

use crate::StoreError;
use crate::as_of::Standing;
use crate::belonging;
use crate::image::Image;
use crate::orders::Order;
use crate::roster_list::RosterColumn;
use crate::shared::Shared;

/// For each member the places of their department and cost center in [`Image`].
#[derive(Debug, Clone)]
pub(crate) struct Elsewhere {
    departments: Vec<u32>,
    cost_centers: Vec<u32>,
}

impl Image {
    /// Where everybody belonged on a day; `None` when it is where they belong now.
    pub(crate) fn elsewhere(&self, reader: &Connection, day: i64) -> Result<Option<Elsewhere>, StoreError> {
        let mut asking = reader.prepare_cached(belonging::PAST)?;
        let mut rows = asking.query([day])?;
        let mut found: Option<Elsewhere> = None;
        while let Some(row) = rows.next()? {
            let Ok(member) = self.members.binary_search(&row.get::<_, i64>(0)?) else { continue };
            let columns = found.get_or_insert_with(|| Elsewhere {
                departments: self.departments.column().to_vec(),
                cost_centers: self.cost_centers.column().to_vec(),
            });
            if let Some(place) = columns.departments.get_mut(member) {
                *place = self.departments.place(row.get(2)?);
            }
            if let Some(place) = columns.cost_centers.get_mut(member) {
                *place = self.cost_centers.place(row.get(3)?);
            }
        }
        Ok(found)
    }

    /// The place of each member's department on the day of a standing.
    pub(crate) fn department_column<'a>(&'a self, standing: &'a Standing) -> &'a [u32] {
        standing.elsewhere.as_deref().map_or(self.departments.column(), |elsewhere| &elsewhere.departments)
    }

    /// The place of each member's cost center on the day of a standing.
    pub(crate) fn cost_center_column<'a>(&'a self, standing: &'a Standing) -> &'a [u32] {
        standing.elsewhere.as_deref().map_or(self.cost_centers.column(), |elsewhere| &elsewhere.cost_centers)
    }

    /// The order by a column of a past day; `None` where it is the order of now.
    pub(crate) fn past_order(&self, standing: &Standing, column: RosterColumn) -> Option<Order> {
        let elsewhere = standing.elsewhere.as_deref()?;
        let by = |shared: &Shared, places: &[u32]| Some(Order::by_rank(shared, places));
        match column {
            RosterColumn::Department => by(&self.departments, &elsewhere.departments),
            RosterColumn::CostCenter => by(&self.cost_centers, &elsewhere.cost_centers),
            _ => None,
        }
    }
}
