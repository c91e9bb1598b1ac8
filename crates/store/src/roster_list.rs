//! What the roster can be ordered by, and the one image of a roster that is kept to answer from.

use std::sync::{Arc, Weak};

use rusqlite::{Connection, OptionalExtension};

use crate::activity_image::ActivityOn;
use crate::apps::AppId;
use crate::as_of::{STATUSES, Standing};
use crate::image::Image;
use crate::license_types::NumberedLicense;
use crate::orders::Order;
use crate::roster_filter::fold;
use crate::{Store, StoreError, transaction};

/// What the roster can be ordered by. Text is ordered without regard to case; what is missing comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RosterColumn {
    /// The vendor's id.
    Id,
    /// `userName`.
    UserName,
    /// E-mail address.
    Email,
    /// First name.
    GivenName,
    /// Middle name.
    MiddleName,
    /// Last name.
    FamilyName,
    /// Display name.
    DisplayName,
    /// The license type's name.
    License,
    /// Whether the contract charges for them: yes, no, unknown.
    Billable,
    /// Active, deactivated, left.
    Status,
    /// Active date.
    Created,
    /// Last changed.
    LastModified,
    /// Department.
    Department,
    /// Cost center.
    CostCenter,
    /// Last activity: never before any day, not monitored is missing.
    LastActivity,
}

impl RosterColumn {
    /// Those whose order is the same on every day, so that it is kept; the most wanted first.
    pub(crate) const KEPT: [Self; 11] = [
        Self::FamilyName,
        Self::Email,
        Self::UserName,
        Self::GivenName,
        Self::Created,
        Self::LastModified,
        Self::Department,
        Self::CostCenter,
        Self::Id,
        Self::MiddleName,
        Self::DisplayName,
    ];
    /// So many of them, from the first, are put in order before anybody asks.
    const OFFERED: usize = 10;
}

/// An order of the roster. Equals come in the order in which they were first listed, whatever the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RosterOrder {
    /// By what.
    pub column: RosterColumn,
    /// Whether the largest come first; what is missing comes last all the same.
    pub descending: bool,
}

impl Default for RosterOrder {
    fn default() -> Self {
        Self { column: RosterColumn::FamilyName, descending: false }
    }
}

/// The image that was asked for last, and which roster it is of.
#[derive(Debug, Default)]
pub(crate) struct KeptImage(Option<(Version, Arc<Image>)>);

/// Tells one roster of one app from every other.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    app: AppId,
    created: i64,
    run: Option<i64>,
}

impl Store {
    /// The image of an app's roster, if somebody made it already.
    pub(crate) fn image_at_hand(&self, reader: &Connection, app: AppId) -> Result<Option<Arc<Image>>, StoreError> {
        let version = version(reader, app)?;
        let kept = transaction::lock(&self.image);
        Ok(kept.0.as_ref().filter(|(known, _)| *known == version).map(|(_, image)| Arc::clone(image)))
    }

    /// The image of an app's roster, and whether it was made just now.
    pub(crate) fn image(&self, reader: &Connection, app: AppId) -> Result<(Arc<Image>, bool), StoreError> {
        let version = version(reader, app)?;
        let mut kept = transaction::lock(&self.image);
        if let Some((known, image)) = kept.0.as_ref()
            && *known == version
        {
            return Ok((Arc::clone(image), false));
        }
        // The old one goes first, so that there are never two.
        kept.0 = None;
        let image = Arc::new(Image::read(reader, app.0)?);
        kept.0 = Some((version, Arc::clone(&image)));
        Ok((image, true))
    }
}

fn version(reader: &Connection, app: AppId) -> Result<Version, StoreError> {
    let mut asking = reader.prepare_cached(
        "SELECT created_at, (SELECT run FROM sync_run WHERE sync_run.app = ?1 AND status = 'completed' ORDER BY run DESC LIMIT 1)
         FROM app WHERE app = ?1",
    )?;
    let found = asking.query_row([app.0], |row| Ok(Version { app, created: row.get(0)?, run: row.get(1)? }));
    Ok(found.optional()?.unwrap_or(Version { app, created: 0, run: None }))
}

/// Puts the members in every order that is kept, while nobody waits for it.
pub(crate) fn prepare(image: &Arc<Image>) {
    let image: Weak<Image> = Arc::downgrade(image);
    std::thread::spawn(move || {
        for place in 0..RosterColumn::OFFERED {
            let Some(image) = image.upgrade() else { return };
            image.kept_order(place);
        }
    });
}

/// The orders that were asked for last of those that depend on the day, on names and on prices: by license, by status, and
/// by where members belonged on a past day.
#[derive(Debug, Default)]
pub(crate) struct StandingOrders(Vec<(OrderOfKinds, Arc<Order>)>);

impl StandingOrders {
    fn of(&self, asked: &OrderOfKinds) -> Option<Arc<Order>> {
        self.0.iter().find(|(known, _)| known == asked).map(|(_, order)| Arc::clone(order))
    }

    fn keep(&mut self, asked: OrderOfKinds, order: Arc<Order>) {
        if self.0.len() == STANDING_ORDERS {
            self.0.remove(0);
        }
        self.0.push((asked, order));
    }
}

/// As many of them are kept: two columns, now and on a past day.
const STANDING_ORDERS: usize = 4;

/// On which day, and which place each kind of standing has.
#[derive(Debug, PartialEq, Eq)]
struct OrderOfKinds {
    day: Option<i64>,
    column: RosterColumn,
    ranks: Vec<u32>,
    missing: u32,
}

impl Image {
    /// Hands over the members in order.
    pub(crate) fn in_order<T>(
        &self,
        types: &[NumberedLicense],
        standing: &Standing,
        activity: &ActivityOn,
        order: RosterOrder,
        take: impl FnOnce(&Order) -> T,
    ) -> T {
        if order.column == RosterColumn::LastActivity {
            return take(activity.order(self.len()));
        }
        if let Some(past) = self.kept_past_order(standing, order.column) {
            return take(&past);
        }
        let kept = RosterColumn::KEPT.iter().position(|column| *column == order.column);
        match kept.and_then(|place| self.kept_order(place)) {
            Some(kept) => take(kept),
            None => take(&self.standing_order(types, standing, order.column)),
        }
    }

    fn kept_order(&self, place: usize) -> Option<&Order> {
        let column = RosterColumn::KEPT.get(place)?;
        self.orders.get(place).map(|order| order.get_or_init(|| Order::of(self, *column)))
    }

    /// The order by where members belonged on a past day, if that was elsewhere.
    fn kept_past_order(&self, standing: &Standing, column: RosterColumn) -> Option<Arc<Order>> {
        standing.elsewhere.as_ref()?;
        let asked = OrderOfKinds { day: standing.day, column, ranks: Vec::new(), missing: 0 };
        let mut kept = transaction::lock(&self.standing_orders);
        if let Some(known) = kept.of(&asked) {
            return Some(known);
        }
        let order = Arc::new(self.past_order(standing, column)?);
        kept.keep(asked, Arc::clone(&order));
        Some(order)
    }

    fn standing_order(&self, types: &[NumberedLicense], standing: &Standing, column: RosterColumn) -> Arc<Order> {
        let (ranks, missing) = ranks(column, types, standing);
        let asked = OrderOfKinds { day: standing.day, column, ranks, missing };
        let mut kept = transaction::lock(&self.standing_orders);
        if let Some(known) = kept.of(&asked) {
            return known;
        }
        let rank = |kind: &u32| asked.ranks.get(*kind as usize).copied().unwrap_or(missing);
        let ranks: Vec<u32> = standing.column().iter().map(rank).collect();
        let order = Arc::new(Order::by_small(&ranks, missing));
        kept.keep(asked, Arc::clone(&order));
        order
    }
}

/// For each kind of standing the place of its value, and the place of "no value".
fn ranks(column: RosterColumn, types: &[NumberedLicense], standing: &Standing) -> (Vec<u32>, u32) {
    let ranks = Ranks::new(types);
    let missing = u32::try_from(types.len().max(STATUSES)).unwrap_or(u32::MAX);
    let rank = |kind: usize| {
        let number = standing.numbers.get(kind / STATUSES).copied().unwrap_or_default();
        let place = ranks.of(column, types, number, kind % STATUSES);
        place.and_then(|place| u32::try_from(place).ok()).unwrap_or(missing)
    };
    ((0..standing.kinds()).map(rank).collect(), missing)
}

/// The places of what depends on the license and the status: few values, so that their order is a number.
pub(crate) struct Ranks {
    /// The licenses' numbers by name.
    by_name: Vec<i64>,
}

impl Ranks {
    pub(crate) fn new(types: &[NumberedLicense]) -> Self {
        let mut names: Vec<_> = types.iter().map(|found| (fold(&found.license.name), found.number)).collect();
        names.sort();
        Self { by_name: names.into_iter().map(|(_, number)| number).collect() }
    }

    /// The place of a standing in a column; `None` is "no value".
    pub(crate) fn of(
        &self,
        column: RosterColumn,
        types: &[NumberedLicense],
        number: i64,
        status: usize,
    ) -> Option<usize> {
        match column {
            RosterColumn::License => self.by_name.iter().position(|known| *known == number),
            RosterColumn::Billable => {
                let found = types.iter().find(|found| found.number == number)?;
                Some(usize::from(!found.charges(status)))
            }
            _ => Some(status),
        }
    }
}
