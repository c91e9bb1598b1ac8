//! The mapping that people chose for files with these headings, offered again for the next such file of the app. Choosing
//! what is proposed anyway forgets it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::App;

use super::headings::Headings;
use super::reading::Reading;
use crate::error::{Error, Result};
use crate::seatledger::Rooms;
use crate::view::import::{ImportMapping, ImportOptions, ImportRemembered};
use crate::words;

/// Headings longer than this in all are no list of headings.
const LONGEST: usize = 20_000;

/// What was chosen, when, and for which file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remembered {
    file: String,
    /// `YYYY-MM-DD`.
    on: String,
    mapping: Vec<ImportMapping>,
    date_order: String,
    decimal_mark: String,
}

impl Remembered {
    /// The mapping with what fields that came later are proposed.
    pub(super) fn mapping(&self, reading: &Reading) -> Vec<ImportMapping> {
        let taken = |column| self.mapping.iter().any(|one| one.column == Some(column));
        let of = |proposed: ImportMapping| match self.mapping.iter().find(|one| one.field == proposed.field) {
            Some(chosen) => chosen.clone(),
            None => ImportMapping { column: proposed.column.filter(|column| !taken(*column)), ..proposed },
        };
        reading.proposed().into_iter().map(of).collect()
    }

    /// Dates and amounts are written as they were then, where nobody says otherwise.
    pub(super) fn complete(&self, options: &mut ImportOptions) {
        for (chosen, kept) in
            [(&mut options.date_order, &self.date_order), (&mut options.decimal_mark, &self.decimal_mark)]
        {
            if chosen.is_empty() {
                chosen.clone_from(kept);
            }
        }
    }

    pub(super) fn view(&self) -> ImportRemembered {
        ImportRemembered {
            file: self.file.clone(),
            on: self.on.clone(),
            sentence: format!(
                "The columns are mapped as for {}, imported on {}, which had the same headings.",
                self.file,
                self.on.parse::<Date>().map_or_else(|_| self.on.clone(), words::day)
            ),
            date_order: self.date_order.clone(),
            decimal_mark: self.decimal_mark.clone(),
        }
    }
}

/// What files of one layout have in common: their headings in their order, whatever their case and spaces.
fn signature(headings: &Headings) -> Option<String> {
    let plain = |heading: &String| heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let signature = headings.columns.iter().map(plain).collect::<Vec<_>>().join("\u{1f}");
    (signature.len() <= LONGEST).then_some(signature)
}

impl Rooms {
    /// What was chosen for headings like these.
    pub(super) fn remembered_mapping(&self, app: &App, reading: &Reading) -> Result<Option<Remembered>> {
        let Some(signature) = reading.headings.as_ref().and_then(signature) else { return Ok(None) };
        let body = self.store.import_mapping(app.id, &signature)?;
        // What a later version wrote is as good as nothing.
        Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
    }

    /// Keeps what was chosen, unless the headings call for it anyway.
    pub(super) fn remember_mapping(
        &self,
        app: &App,
        file: &str,
        reading: &Reading,
        options: &ImportOptions,
        mapping: &[ImportMapping],
    ) -> Result<()> {
        if reading.proposed() == mapping && options.date_order.is_empty() && options.decimal_mark.is_empty() {
            return self.forget_mapping(app, reading);
        }
        let Some(signature) = reading.headings.as_ref().and_then(signature) else { return Ok(()) };
        let kept = Remembered {
            file: file.to_owned(),
            on: self.today()?.to_string(),
            mapping: mapping.to_vec(),
            date_order: options.date_order.clone(),
            decimal_mark: options.decimal_mark.clone(),
        };
        let body = serde_json::to_string(&kept).map_err(|error| Error::Interrupted(error.to_string()))?;
        Ok(self.store.remember_import_mapping(app.id, &signature, &body)?)
    }

    pub(super) fn forget_mapping(&self, app: &App, reading: &Reading) -> Result<()> {
        let Some(signature) = reading.headings.as_ref().and_then(signature) else { return Ok(()) };
        Ok(self.store.forget_import_mapping(app.id, &signature)?)
    }
}
