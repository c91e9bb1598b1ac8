//! Many purchases at once, all or none of them, as one act that Undo takes back whole.
//! Absent on purpose: files; whoever calls has read and understood them.

use jiff::Timestamp;
use ledger::{Purchase, PurchaseId};
use rusqlite::{Connection, params};

use crate::acts::{self, Act, ActKind, Entry};
use crate::apps::AppId;
use crate::license_types::LicenseType;
use crate::{Store, StoreError};

impl Store {
    /// Adds license types that are new, then the purchases under new ids, whatever ids they have, and replaces those that
    /// changed, in one transaction. Gives the new ids.
    pub fn import_purchases(
        &self,
        app: AppId,
        new_types: &[LicenseType],
        added: &[Purchase],
        changed: &[Purchase],
        at: Timestamp,
    ) -> Result<Vec<PurchaseId>, StoreError> {
        let counted = match (added.len() + changed.len(), changed.len()) {
            (1, 0) => "1 purchase".to_owned(),
            (all, 0) => format!("{all} purchases"),
            (1, 1) => "1 purchase, changed".to_owned(),
            (all, changed) => format!("{all} purchases, {changed} of them changed"),
        };
        let act = Act { app: Some(app), kind: ActKind::Import, words: Some(&counted), at };
        let replaced = changed.iter().map(|purchase| Entry::ReplacePurchase(purchase.clone()));
        let entries: Vec<Entry> =
            added.iter().map(|purchase| Entry::AddPurchase(purchase.clone(), None)).chain(replaced).collect();
        self.write(|writing| {
            for new in new_types {
                add_type(writing, app, new)?;
            }
            let ids = acts::perform(writing, &act, &entries)?;
            Ok(ids.into_iter().take(added.len()).map(PurchaseId).collect())
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
