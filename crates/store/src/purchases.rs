//! What was bought. Every edit adds a version; nothing is overwritten, so that it can be undone and read back.

use jiff::Timestamp;
use ledger::{Purchase, PurchaseId, Quantity};
use rusqlite::{Connection, OptionalExtension, params};

use crate::acts::{Act, ActKind, Acting, Entry, Reason};
use crate::apps::AppId;
use crate::columns::Instant;
use crate::purchase_row::{self, COLUMNS, read_purchase};
use crate::versions::PURCHASES;
use crate::{Store, StoreError};

/// One version of a purchase, and the act that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseVersion {
    /// The purchase as this version says.
    pub purchase: Purchase,
    /// When it was written.
    pub at: Timestamp,
    /// The act in words: "Edit Can-Edit, 50 seats".
    pub what: String,
    /// Why, where that is more than the act says.
    pub reason: Option<Reason>,
    /// Whether the purchase was deleted with it.
    pub deleted: bool,
}

impl Store {
    /// The purchases of an app as they stand, in the order in which they were added.
    pub fn purchases(&self, app: AppId) -> Result<Vec<Purchase>, StoreError> {
        self.read(|reader| PURCHASES.standing(reader, "app = ?1", [app.0], read_purchase))
    }

    /// Which purchases continue which: the later one first.
    pub fn successions(&self, app: AppId) -> Result<Vec<(PurchaseId, PurchaseId)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT purchase, succeeds FROM purchase_version
                 WHERE version IN (SELECT max(version) FROM purchase_version WHERE app = ?1 GROUP BY purchase)
                   AND NOT deleted AND succeeds IS NOT NULL
                 ORDER BY purchase",
            )?;
            let pairs = asking.query_map([app.0], |row| Ok((PurchaseId(row.get(0)?), PurchaseId(row.get(1)?))))?;
            Ok(pairs.collect::<Result<_, _>>()?)
        })
    }

    /// Those of them that continue the other one at another price, within its term.
    pub fn price_changes(&self, app: AppId) -> Result<Vec<(PurchaseId, PurchaseId)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT purchase, succeeds FROM purchase_version AS written
                 WHERE version IN (SELECT max(version) FROM purchase_version WHERE app = ?1 GROUP BY purchase)
                   AND NOT deleted AND succeeds IS NOT NULL
                   AND (SELECT reason FROM purchase_version AS first WHERE first.purchase = written.purchase
                        ORDER BY version LIMIT 1) = 'price-change'
                 ORDER BY purchase",
            )?;
            let pairs = asking.query_map([app.0], |row| Ok((PurchaseId(row.get(0)?), PurchaseId(row.get(1)?))))?;
            Ok(pairs.collect::<Result<_, _>>()?)
        })
    }

    /// Every version of a purchase, the first one first; empty when there never was such a purchase.
    pub fn purchase_versions(&self, app: AppId, purchase: PurchaseId) -> Result<Vec<PurchaseVersion>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(&format!(
                "SELECT {COLUMNS}, at, words, reason, deleted FROM purchase_version AS written JOIN act USING (act)
                 WHERE written.app = ?1 AND purchase = ?2 ORDER BY version"
            ))?;
            let versions = asking.query_map(params![app.0, purchase.0], |row| {
                Ok(PurchaseVersion {
                    purchase: read_purchase(row)?,
                    at: row.get::<_, Instant>("at")?.0,
                    what: row.get("words")?,
                    reason: row.get::<_, Option<String>>("reason")?.as_deref().and_then(Reason::from_word),
                    deleted: row.get("deleted")?,
                })
            })?;
            Ok(versions.collect::<Result<_, _>>()?)
        })
    }

    /// Adds a purchase under a new id; the given one is ignored.
    pub fn add_purchase(&self, app: AppId, purchase: &Purchase, at: Timestamp) -> Result<PurchaseId, StoreError> {
        let act = Act { app: Some(app), kind: ActKind::Add, words: None, at };
        let ids = self.act(&act, &[Entry::AddPurchase(purchase.clone(), None)])?;
        ids.first().map(|id| PurchaseId(*id)).ok_or(StoreError::NoSuchPurchase)
    }

    /// Replaces the purchase that has this one's id.
    pub fn replace_purchase(
        &self,
        app: AppId,
        purchase: &Purchase,
        at: Timestamp,
        kind: ActKind,
    ) -> Result<(), StoreError> {
        let act = Act { app: Some(app), kind, words: None, at };
        self.act(&act, &[Entry::ReplacePurchase(purchase.clone())]).map(drop)
    }

    /// Deletes a purchase; its versions stay for undo.
    pub fn delete_purchase(&self, app: AppId, purchase: PurchaseId, at: Timestamp) -> Result<(), StoreError> {
        let act = Act { app: Some(app), kind: ActKind::Delete, words: None, at };
        self.act(&act, &[Entry::DeletePurchase(purchase)]).map(drop)
    }
}

pub(crate) fn add(
    writing: &Connection,
    acting: &Acting,
    purchase: &Purchase,
    succeeds: Option<PurchaseId>,
) -> Result<i64, StoreError> {
    let app = acting.own_app()?;
    license_name(writing, app, &purchase.license_type)?;
    if let Some(before) = succeeds {
        current(writing, app, before)?;
    }
    let purchase = Purchase { id: PurchaseId(PURCHASES.next_id(writing)?), ..purchase.clone() };
    purchase_row::append(writing, acting, &purchase, succeeds, false)?;
    Ok(purchase.id.0)
}

pub(crate) fn replace(writing: &Connection, acting: &Acting, purchase: &Purchase) -> Result<i64, StoreError> {
    let app = acting.own_app()?;
    license_name(writing, app, &purchase.license_type)?;
    let (_, succeeds) = current(writing, app, purchase.id)?;
    purchase_row::append(writing, acting, purchase, succeeds, false)?;
    Ok(purchase.id.0)
}

pub(crate) fn delete(writing: &Connection, acting: &Acting, purchase: PurchaseId) -> Result<i64, StoreError> {
    let (purchase, succeeds) = current(writing, acting.own_app()?, purchase)?;
    purchase_row::append(writing, acting, &purchase, succeeds, true)?;
    Ok(purchase.id.0)
}

/// The purchase as it stands, and the one that it continues.
pub(crate) fn current(
    connection: &Connection,
    app: AppId,
    purchase: PurchaseId,
) -> Result<(Purchase, Option<PurchaseId>), StoreError> {
    let found = PURCHASES.last(connection, purchase.0, ", succeeds, app", |row| {
        let succeeds = row.get::<_, Option<i64>>("succeeds")?.map(PurchaseId);
        Ok((row.get::<_, i64>("app")? == app.0).then_some((read_purchase(row)?, succeeds)))
    })?;
    found.flatten().ok_or(StoreError::NoSuchPurchase)
}

/// "Can-Edit, 50 seats".
pub(crate) fn called(connection: &Connection, app: AppId, purchase: &Purchase) -> Result<String, StoreError> {
    Ok(called_as(&license_name(connection, app, &purchase.license_type)?, purchase))
}

/// The same where the license type's name is known.
pub(crate) fn called_as(license: &str, purchase: &Purchase) -> String {
    format!("{license}, {}", quantity(purchase.quantity))
}

fn license_name(connection: &Connection, app: AppId, key: &str) -> Result<String, StoreError> {
    connection
        .prepare_cached("SELECT name FROM standing_type WHERE app = ?1 AND key = ?2")?
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
