//! Where license types may be told, in words, and how many members each type would have.

use connect::{Client, Preview, Sources, Suggestion};
use roster::LicenseKey;
use tokio_util::sync::CancellationToken;

use crate::connecting::{connector, license_from, understood};
use crate::error::{Error, Result};
use crate::seatledger::{Seatledger, locked};
use crate::view::connect::{ConnectRequest, LicensePreview, LicenseSuggestion, PreviewProgress, TypeCount, ValueCount};
use crate::words::{counted, grouped};

/// Told how far a preview is.
pub type OnPreview = Box<dyn FnMut(PreviewProgress) + Send>;

/// Values that a sentence names before it says "and more".
const NAMED: usize = 5;

pub(crate) fn views(suggestions: &[Suggestion]) -> Vec<LicenseSuggestion> {
    suggestions.iter().map(view).collect()
}

fn view(found: &Suggestion) -> LicenseSuggestion {
    let value = |(value, members): &(String, u64)| ValueCount {
        value: value.clone(),
        members: *members,
        license_type: LicenseKey::new(value).map(|key| key.to_string()),
    };
    LicenseSuggestion {
        path: found.path.as_str().to_owned(),
        title: format!("{}: {}", found.path, counted(found.distinct, "value", "values")),
        sentence: format!(
            "{} of {} have it: {}.",
            grouped(found.with_value),
            counted(found.of, "user", "users"),
            list(found)
        ),
        with_value: found.with_value,
        of: found.of,
        values: found.values.iter().map(value).collect(),
    }
}

fn list(found: &Suggestion) -> String {
    let named = found.values.iter().take(NAMED).map(|(value, count)| format!("{value} {}", grouped(*count)));
    let mut named: Vec<String> = named.collect();
    let rest = found.distinct.saturating_sub(named.len() as u64);
    if rest > 0 {
        named.push(format!("and {} more", grouped(rest)));
    }
    named.join(", ")
}

impl Seatledger {
    /// How many members each license type would have, without keeping anything; what is wrong comes back in it too.
    pub async fn license_preview(&self, request: &ConnectRequest, on_progress: OnPreview) -> LicensePreview {
        self.license_counts(request, on_progress).await.unwrap_or_else(|error| failed(&error))
    }

    /// The same for shells that treat what is wrong as their own failure.
    pub async fn license_counts(&self, request: &ConnectRequest, on_progress: OnPreview) -> Result<LicensePreview> {
        let asked = understood(request)?;
        let path = asked.settings.license_from.clone();
        let cancel = self.counting_anew();
        let mut counts = preview(&asked.client(self)?, &asked.sources()?, path, on_progress, &cancel).await?;
        // A type that somebody named is called by that name, not by its key.
        for typed in request.mapping.iter().filter_map(|choice| choice.license_type.as_deref()) {
            let key = LicenseKey::new(typed).map(|key| key.to_string());
            if let Some(count) = counts.types.iter_mut().find(|count| Some(&count.license_type) == key.as_ref()) {
                typed.trim().clone_into(&mut count.name);
            }
        }
        counts.sentence = sentence(&counts);
        Ok(counts)
    }

    /// The same for a connected app and another attribute; the values' mapping stays as it is.
    pub async fn license_preview_of(&self, slug: &str, path: &str, on_progress: OnPreview) -> Result<LicensePreview> {
        let (slug, path) = (slug.to_owned(), path.to_owned());
        let (approach, path) = self
            .blocking(move |this| {
                let app = this.app(&slug)?;
                let path = license_from(connector(&app.connector)?, &app.name, Some(&path))?;
                let mut approach = this.approach(&app)?;
                approach.sources.license_from = path.as_deref().map(connect::LicensePath::parse).transpose()?;
                Ok((approach, path))
            })
            .await?;
        preview(&approach.client()?, &approach.sources, path, on_progress, &CancellationToken::new()).await
    }

    /// Stops reading for a preview, if one is under way.
    pub fn license_preview_cancel(&self) {
        locked(&self.counting).cancel();
    }

    /// Whoever counts anew has no use for the counting before.
    fn counting_anew(&self) -> CancellationToken {
        let fresh = CancellationToken::new();
        std::mem::replace(&mut *locked(&self.counting), fresh.clone()).cancel();
        fresh
    }
}

async fn preview(
    client: &Client,
    sources: &Sources,
    path: Option<String>,
    mut on_progress: OnPreview,
    cancel: &CancellationToken,
) -> Result<LicensePreview> {
    let mut tell = |users, total| on_progress(PreviewProgress { users, total });
    let seen = client.preview(sources, &mut tell, cancel).await?;
    match path {
        Some(path) if seen.values.is_empty() && seen.users > 0 => Err(Error::NobodyHas { path, users: seen.users }),
        _ => Ok(shown(&seen)),
    }
}

fn shown(seen: &Preview) -> LicensePreview {
    let types = seen.types.iter().map(|(key, name, members)| TypeCount {
        license_type: key.to_string(),
        name: name.clone(),
        members: *members,
    });
    let counts = LicensePreview {
        users: seen.users,
        types: types.collect(),
        without: seen.without,
        several: seen.several,
        sentence: String::new(),
        problem: None,
    };
    LicensePreview { sentence: sentence(&counts), ..counts }
}

fn sentence(counts: &LicensePreview) -> String {
    let users = counted(counts.users, "user", "users");
    if counts.users == 0 {
        return "No users are listed yet, so nothing can be said about license types.".to_owned();
    }
    let types = counts.types.iter().map(|count| format!("{} {}", grouped(count.members), count.name));
    let without = (counts.without > 0).then(|| format!("{} without a license type", grouped(counts.without)));
    let parts: Vec<String> = types.chain(without).collect();
    let several = if counts.several > 0 {
        format!(" {} several values; the first in the order counts.", counted(counts.several, "user has", "users have"))
    } else {
        String::new()
    };
    format!("{users}: {}.{several}", parts.join(", "))
}

fn failed(error: &Error) -> LicensePreview {
    LicensePreview {
        users: 0,
        types: Vec::new(),
        without: 0,
        several: 0,
        sentence: error.to_string(),
        problem: Some(error.problem()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_names_its_most_frequent_values() {
        let values = ["Pro", "Free", "Lite", "Team", "Edu", "Trial"];
        let found = Suggestion {
            path: connect::LicensePath::parse("userType").unwrap(),
            with_value: 940,
            of: 1_000,
            distinct: 7,
            values: values.iter().map(|value| ((*value).to_owned(), 10)).collect(),
        };
        let view = view(&found);
        assert_eq!(view.title, "userType: 7 values");
        assert_eq!(view.sentence, "940 of 1,000 users have it: Pro 10, Free 10, Lite 10, Team 10, Edu 10, and 2 more.");
        assert_eq!(view.values[0].license_type.as_deref(), Some("pro"));
    }

    #[test]
    fn a_preview_is_told_in_one_sentence() {
        let key = |text: &str| LicenseKey::new(text).unwrap();
        let seen = Preview {
            users: 1_000,
            types: vec![(key("pro"), "Pro".to_owned(), 900), (key("free"), "Free".to_owned(), 60)],
            values: Vec::new(),
            without: 40,
            several: 1,
        };
        let told = "1,000 users: 900 Pro, 60 Free, 40 without a license type. 1 user has several values; the first in the order counts.";
        assert_eq!(shown(&seen).sentence, told);
        assert!(shown(&Preview::default()).sentence.contains("No users"));
    }
}
