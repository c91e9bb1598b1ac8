//! Many purchases at once, all or none of them, as one act that Undo takes back whole.
//! Absent on purpose: files; whoever calls has read and understood them.

use jiff::Timestamp;
use ledger::{Purchase, PurchaseId};
use rusqlite::{Connection, params};

use crate::apps::AppId;
use crate::license_types::LicenseType;
use crate::purchase_row::{self, Version};
use crate::{Store, StoreError};

/// How the words of every import begin: its rows are told from single additions by it.
pub(crate) const IMPORT: &str = "Import ";

impl Store {
    /// Adds license types that are new, then the purchases under new ids, in one transaction; the given ids are ignored.
    pub fn import_purchases(
        &self,
        app: AppId,
        new_types: &[LicenseType],
        purchases: &[Purchase],
        at: Timestamp,
    ) -> Result<Vec<PurchaseId>, StoreError> {
        let counted =
            if purchases.len() == 1 { "1 purchase".to_owned() } else { format!("{} purchases", purchases.len()) };
        let words = format!("{IMPORT}{counted}");
        self.write(|writing| {
            for new in new_types {
                add_type(writing, app, new)?;
            }
            let first: i64 =
                writing
                    .query_row("SELECT coalesce(max(purchase), 0) + 1 FROM purchase_version", (), |row| row.get(0))?;
            let version = Version { app, at, act: "add", undoes: None, words: &words, deleted: false };
            let mut ids = Vec::with_capacity(purchases.len());
            for (id, purchase) in (first..).map(PurchaseId).zip(purchases) {
                purchase_row::append(writing, &version, &Purchase { id, ..purchase.clone() })?;
                ids.push(id);
            }
            Ok(ids)
        })
    }
}

/// A type that is known already stays as it is.
fn add_type(writing: &Connection, app: AppId, new: &LicenseType) -> Result<(), StoreError> {
    writing
        .prepare_cached(
            "INSERT INTO license_type (app, key, name, billable, free, rank) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (app, key) DO NOTHING",
        )?
        .execute(params![app.0, new.key.as_str(), new.name, new.billable, new.free, new.rank])?;
    Ok(())
}
