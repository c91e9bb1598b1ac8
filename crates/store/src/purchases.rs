//! What was bought. Every edit adds a version; nothing is overwritten, so that it can be undone and read back.

use jiff::Timestamp;
use ledger::{Purchase, PurchaseId, Quantity};
use rusqlite::{Connection, OptionalExtension, params};

use crate::apps::AppId;
use crate::purchase_row::{self, COLUMNS, Version, read_purchase};
use crate::{Store, StoreError};

/// Why a purchase is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditKind {
    /// Something about it was typed anew.
    Edit,
    /// It was given its last day.
    End,
}

impl Store {
    /// The purchases of an app as they stand, in the order in which they were added.
    pub fn purchases(&self, app: AppId) -> Result<Vec<Purchase>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM purchase_version
                 WHERE version IN (SELECT max(version) FROM purchase_version WHERE app = ?1 GROUP BY purchase)
                   AND NOT deleted
                 ORDER BY purchase"
            ))?;
            let purchases = asking.query_map([app.0], read_purchase)?.collect::<Result<_, _>>()?;
            Ok(purchases)
        })
    }

    /// Adds a purchase under a new id; the given one is ignored.
    pub fn add_purchase(&self, app: AppId, purchase: &Purchase, at: Timestamp) -> Result<PurchaseId, StoreError> {
        self.write(|writing| {
            let next = writing
                .query_row("SELECT coalesce(max(purchase), 0) + 1 FROM purchase_version", (), |row| row.get(0))?;
            let purchase = Purchase { id: PurchaseId(next), ..purchase.clone() };
            keep(writing, app, "add", "Add", &purchase, at)?;
            Ok(purchase.id)
        })
    }

    /// Replaces the purchase that has this one's id.
    pub fn replace_purchase(
        &self,
        app: AppId,
        purchase: &Purchase,
        at: Timestamp,
        kind: EditKind,
    ) -> Result<(), StoreError> {
        self.write(|writing| {
            current(writing, app, purchase.id)?;
            let (act, verb) = match kind {
                EditKind::Edit => ("edit", "Edit"),
                EditKind::End => ("end", "End"),
            };
            keep(writing, app, act, verb, purchase, at)
        })
    }

    /// Deletes a purchase; its versions stay for undo.
    pub fn delete_purchase(&self, app: AppId, purchase: PurchaseId, at: Timestamp) -> Result<(), StoreError> {
        self.write(|writing| {
            let purchase = current(writing, app, purchase)?;
            keep(writing, app, "delete", "Delete", &purchase, at)
        })
    }
}

fn keep(
    writing: &Connection,
    app: AppId,
    act: &'static str,
    verb: &str,
    purchase: &Purchase,
    at: Timestamp,
) -> Result<(), StoreError> {
    let words =
        format!("{verb} {}, {}", license_name(writing, app, &purchase.license_type)?, quantity(purchase.quantity));
    let version = Version { app, at, act, undoes: None, words: &words, deleted: act == "delete" };
    purchase_row::append(writing, &version, purchase)
}

fn current(writing: &Connection, app: AppId, purchase: PurchaseId) -> Result<Purchase, StoreError> {
    let latest = writing
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, deleted FROM purchase_version WHERE app = ?1 AND purchase = ?2 ORDER BY version DESC LIMIT 1"
        ))?
        .query_row(params![app.0, purchase.0], |row| Ok((read_purchase(row)?, row.get::<_, bool>("deleted")?)))
        .optional()?;
    latest.filter(|(_, deleted)| !deleted).map(|(purchase, _)| purchase).ok_or(StoreError::NoSuchPurchase)
}

fn license_name(writing: &Connection, app: AppId, key: &str) -> Result<String, StoreError> {
    writing
        .prepare_cached("SELECT name FROM license_type WHERE app = ?1 AND key = ?2")?
        .query_row(params![app.0, key], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NoSuchLicenseType { key: key.to_owned() })
}

fn quantity(quantity: Quantity) -> String {
    match quantity {
        Quantity::Seats(1) => "1 seat".to_owned(),
        Quantity::Seats(seats) => format!("{seats} seats"),
        Quantity::Unlimited => "unlimited seats".to_owned(),
    }
}
