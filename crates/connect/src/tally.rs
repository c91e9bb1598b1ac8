//! Counts license values and types, for a preview; bounded in how many different ones it keeps.

use std::collections::HashMap;

use roster::LicenseKey;

use crate::preview::Preview;

/// More different values are not kept: an attribute with so many tells no licenses.
const MOST_DIFFERENT: usize = 10_000;
/// Told of them.
const TOLD: usize = 1_000;

#[derive(Debug, Default)]
pub(crate) struct Tally {
    users: u64,
    without: u64,
    several: u64,
    types: HashMap<LicenseKey, (String, u64)>,
    values: HashMap<String, u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, license: Option<&str>, values: &[String]) {
        self.users += 1;
        self.several += u64::from(values.len() > 1);
        for value in values {
            count(&mut self.values, value);
        }
        let Some(key) = license.and_then(LicenseKey::new) else {
            self.without += 1;
            return;
        };
        if let Some((_, members)) = self.types.get_mut(&key) {
            *members += 1;
        } else if self.types.len() < MOST_DIFFERENT {
            let named = values.iter().find(|value| LicenseKey::new(value).as_ref() == Some(&key));
            let name = named.cloned().unwrap_or_else(|| key.as_str().to_owned());
            self.types.insert(key, (name, 1));
        }
    }

    pub(crate) fn into_preview(self) -> Preview {
        let mut types: Vec<_> = self.types.into_iter().map(|(key, (name, members))| (key, name, members)).collect();
        types.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.cmp(&other.0)));
        Preview {
            users: self.users,
            types,
            values: most_frequent(self.values, TOLD),
            without: self.without,
            several: self.several,
        }
    }
}

pub(crate) fn count(values: &mut HashMap<String, u64>, value: &str) {
    if let Some(members) = values.get_mut(value) {
        *members += 1;
    } else if values.len() < MOST_DIFFERENT {
        values.insert(value.to_owned(), 1);
    }
}

pub(crate) fn most_frequent(values: HashMap<String, u64>, most: usize) -> Vec<(String, u64)> {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    values.truncate(most);
    values
}
