//! Values of the attribute that tells the license type, as syncs see them: which are new, which mean one license type
//! although nobody said so, and what the types that they bring are called.

use std::collections::BTreeMap;

use roster::{Finding, FindingCode, LicenseKey};
use store::{App, ConnectionSettings, MappedLicense};

use crate::activity::Types;
use crate::error::Result;
use crate::seatledger::Rooms;

const EXAMPLES: usize = 5;

/// What a reading saw, beside what was known before.
pub(crate) struct SeenValues {
    path: String,
    /// Those that nobody mapped, the most frequent first.
    unmapped: Vec<String>,
    pub(crate) findings: Vec<Finding>,
    types: Types,
}

impl Rooms {
    /// Compares the values of a reading with those that were mapped or seen; `None` where no attribute tells licenses.
    pub(crate) fn seen_values(&self, app: &App, values: &[String]) -> Result<Option<SeenValues>> {
        let settings = self.store.connection(app.id)?;
        let Some(path) = settings.license_from.clone() else { return Ok(None) };
        let known = self.store.license_values(app.id, &path)?;
        let is_mapped = |value: &String| settings.values.iter().any(|row| row.seen == **value);
        let unmapped: Vec<String> = values.iter().filter(|value| !is_mapped(value)).cloned().collect();
        let new = unmapped.iter().filter(|value| !known.contains(value)).cloned().collect();
        // Of the first reading everything is new.
        let before = !known.is_empty() || !settings.values.is_empty();
        let all = known.iter().filter(|value| !is_mapped(value)).chain(&unmapped);
        let found = [
            (FindingCode::NewValue, if before { new } else { Vec::new() }),
            (FindingCode::ValuesAlike, alike(all, &settings.values)),
        ];
        let findings = found.into_iter().filter(|(_, values)| !values.is_empty());
        let findings = findings.map(|(code, mut examples)| {
            let count = examples.len() as u64;
            examples.truncate(EXAMPLES);
            Finding { code, count, examples }
        });
        Ok(Some(SeenValues { path, unmapped, findings: findings.collect(), types: self.types(app)? }))
    }

    /// Keeps the values, once their roster is written. A license type that it brought is called as its value is.
    pub(crate) fn keep_values(&self, app: &App, seen: &SeenValues) -> Result<()> {
        self.store.keep_license_values(app.id, &seen.path, &seen.unmapped)?;
        let types = self.types(app)?;
        let mut named = Vec::new();
        for value in &seen.unmapped {
            let Some(key) = LicenseKey::new(value) else { continue };
            let brought = types.of(&key).is_some() && seen.types.of(&key).is_none() && !named.contains(&key);
            if brought {
                self.store.name_license_type(app.id, &key, value)?;
                named.push(key);
            }
        }
        Ok(())
    }

    /// What the attribute's values mean: those that a person ordered, then those that syncs saw, each of which means itself.
    pub(crate) fn all_values(&self, app: &App, settings: &ConnectionSettings) -> Result<Vec<MappedLicense>> {
        let mut rows = settings.values.clone();
        let Some(path) = &settings.license_from else { return Ok(rows) };
        for seen in self.store.license_values(app.id, path)? {
            if rows.iter().all(|row| row.seen != seen) {
                let (license, name) = (LicenseKey::new(&seen), seen.clone());
                rows.push(MappedLicense { seen, name, license, ..MappedLicense::default() });
            }
        }
        Ok(rows)
    }
}

/// The values that nobody mapped and that mean the license type of another value.
fn alike<'v>(unmapped: impl Iterator<Item = &'v String>, mapped: &'v [MappedLicense]) -> Vec<String> {
    let mut by_key: BTreeMap<LicenseKey, Vec<&str>> = BTreeMap::new();
    let mut note = |key: Option<LicenseKey>, value: &'v str| {
        let Some(key) = key else { return };
        let of_key = by_key.entry(key).or_default();
        if !of_key.contains(&value) {
            of_key.push(value);
        }
    };
    let mut own = Vec::new();
    for value in unmapped {
        note(LicenseKey::new(value), value);
        own.push(value.as_str());
    }
    for row in mapped {
        note(row.license.clone(), &row.seen);
    }
    let several =
        by_key.into_values().filter(|values| values.len() > 1 && values.iter().any(|value| own.contains(value)));
    several.flatten().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_mean_one_type_without_anybodys_word_are_named() {
        let row = |seen: &str, key: &str| MappedLicense {
            seen: seen.to_owned(),
            license: LicenseKey::new(key),
            ..MappedLicense::default()
        };
        let values = ["Pro", "Pro+", "PRO", "Lite", "Team"].map(str::to_owned);
        assert_eq!(alike(values.iter(), &[]), ["Pro", "PRO"], "a plus is another type");
        assert_eq!(alike(values[3..].iter(), &[row("Basic", "lite")]), ["Lite", "Basic"]);
        assert!(alike(values[4..].iter(), &[row("Pro", "pro"), row("PRO", "pro")]).is_empty(), "somebody said so");
    }
}
