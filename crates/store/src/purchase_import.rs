//! Many purchases at once, all or none of them, as one act that Undo takes back whole, with the license types that it brought.
//! Absent on purpose: files; whoever calls has read and understood them.

use jiff::Timestamp;
use ledger::{Purchase, PurchaseId};

use crate::acts::{Act, ActKind, Entry};
use crate::apps::AppId;
use crate::license_types::LicenseType;
use crate::{Store, StoreError};

/// What a file brings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Imported<'a> {
    /// What people call the file; empty when it has no name.
    pub file: &'a str,
    /// License types that are new; one that is known already stays as it is.
    pub new_types: &'a [LicenseType],
    /// Purchases under new ids, whatever ids they have.
    pub added: &'a [Purchase],
    /// Purchases in place of those that have their ids.
    pub changed: &'a [Purchase],
}

impl Store {
    /// Adds and replaces in one transaction what a file brings. Gives the new ids.
    pub fn import_purchases(
        &self,
        app: AppId,
        imported: &Imported<'_>,
        at: Timestamp,
    ) -> Result<Vec<PurchaseId>, StoreError> {
        let Imported { file, new_types, added, changed } = *imported;
        let counted = match (added.len() + changed.len(), changed.len()) {
            (1, 0) => "1 purchase".to_owned(),
            (all, 0) => format!("{all} purchases"),
            (1, 1) => "1 purchase, changed".to_owned(),
            (all, changed) => format!("{all} purchases, {changed} of them changed"),
        };
        let words = if file.is_empty() { counted } else { format!("{counted} from {file}") };
        let act = Act { app: Some(app), kind: ActKind::Import, words: Some(&words), at };
        let types = new_types.iter().map(|new| Entry::AddLicenseType(new.clone()));
        let new = added.iter().map(|purchase| Entry::AddPurchase(purchase.clone(), None));
        let replaced = changed.iter().map(|purchase| Entry::ReplacePurchase(purchase.clone()));
        let ids = self.act(&act, &types.chain(new).chain(replaced).collect::<Vec<_>>())?;
        Ok(ids.into_iter().skip(new_types.len()).take(added.len()).map(PurchaseId).collect())
    }
}
