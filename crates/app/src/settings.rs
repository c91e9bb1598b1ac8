//! Settings: organisation, zone, currency, theme, and where things are.

use jiff::tz::TimeZone;
use ledger::{Currency, Rounding};

use crate::error::{Error, Result};
use crate::rounding::ROUNDINGS;
use crate::seatledger::{Rooms, Seatledger, export_dir};
use crate::view::settings::{Settings, SettingsChange};

const THEMES: [&str; 3] = ["system", "light", "dark"];
const DENSITIES: [&str; 3] = ["compact", "default", "comfortable"];
const MONTHS: std::ops::RangeInclusive<u8> = 1..=12;

impl Seatledger {
    /// All settings.
    pub fn settings(&self) -> Result<Settings> {
        let zone = self.zone()?;
        Ok(Settings {
            organisation: self.store.setting("organisation")?.unwrap_or_default(),
            time_zone: zone.iana_name().unwrap_or("UTC").to_owned(),
            currency: self.default_currency()?.code().to_owned(),
            fiscal_year_start: self.fiscal_year_start()?,
            rounding: rounding_word(self.rounding()?).to_owned(),
            theme: self.store.setting("theme")?.unwrap_or_else(|| "system".to_owned()),
            density: self.store.setting("density")?.unwrap_or_else(|| "default".to_owned()),
            locale: locale(sys_locale::get_locale()),
            today: self.today()?.to_string(),
            data_dir: self.data_dir.display().to_string(),
            export_dir: export_dir(&self.data_dir).display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            vault: self.vault_status(),
        })
    }

    /// Changes what is named and leaves the rest.
    pub fn settings_change(&self, change: &SettingsChange) -> Result<Settings> {
        if let Some(name) = &change.time_zone
            && TimeZone::get(name).is_err()
        {
            return Err(Error::NotAllowed { value: name.clone(), expected: "a time zone like Europe/Berlin" });
        }
        if let Some(code) = &change.currency
            && Currency::from_code(code).is_none()
        {
            return Err(Error::NotAllowed { value: code.clone(), expected: "a currency code like USD" });
        }
        if let Some(theme) = &change.theme
            && !THEMES.contains(&theme.as_str())
        {
            return Err(Error::NotAllowed { value: theme.clone(), expected: "one of system, light and dark" });
        }
        if let Some(density) = &change.density
            && !DENSITIES.contains(&density.as_str())
        {
            let expected = "one of compact, default and comfortable";
            return Err(Error::NotAllowed { value: density.clone(), expected });
        }
        if let Some(word) = &change.rounding
            && !ROUNDINGS.iter().any(|(known, _)| known == word)
        {
            return Err(Error::NotAllowed { value: word.clone(), expected: "one of half-up and half-even" });
        }
        if let Some(month) = change.fiscal_year_start
            && !MONTHS.contains(&month)
        {
            return Err(Error::NotAllowed { value: month.to_string(), expected: "a month from 1 to 12" });
        }
        let currency =
            change.currency.as_deref().and_then(Currency::from_code).map(|currency| currency.code().to_owned());
        let changes = [
            ("organisation", change.organisation.as_ref().map(|name| name.trim().to_owned())),
            ("time_zone", change.time_zone.clone()),
            ("currency", currency),
            ("fiscal_year_start", change.fiscal_year_start.map(|month| month.to_string())),
            ("rounding", change.rounding.clone()),
            ("theme", change.theme.clone()),
            ("density", change.density.clone()),
        ];
        for (key, value) in changes {
            if let Some(value) = value {
                self.store.set_setting(key, &value)?;
            }
        }
        self.settings()
    }
}

impl Rooms {
    pub(crate) fn default_currency(&self) -> Result<Currency> {
        let code = self.store.setting("currency")?;
        let currency = code.as_deref().and_then(Currency::from_code).unwrap_or(Currency::USD);
        Ok(currency.rounding(self.rounding()?))
    }

    /// The first month of the fiscal year: January until another one is chosen.
    pub(crate) fn fiscal_year_start(&self) -> Result<u8> {
        let month = self.store.setting("fiscal_year_start")?.and_then(|month| month.parse().ok());
        Ok(month.filter(|month| MONTHS.contains(month)).unwrap_or(1))
    }
}

fn rounding_word(rounding: Rounding) -> &'static str {
    ROUNDINGS.iter().find(|(_, known)| *known == rounding).map_or("half-up", |(word, _)| word)
}

/// The system's locale as a BCP 47 tag. "C" and "POSIX" are none, and `Intl` throws on them.
fn locale(system: Option<String>) -> String {
    let tag = system.unwrap_or_default();
    let tag = tag.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let language = tag.split('-').next().unwrap_or_default();
    let usable = matches!(language.len(), 2 | 3) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if usable { tag } else { "en-US".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::locale;

    #[test]
    fn a_locale_is_always_one_that_intl_accepts() {
        for (system, tag) in [
            (Some("C"), "en-US"),
            (Some("C.UTF-8"), "en-US"),
            (Some("POSIX"), "en-US"),
            (None, "en-US"),
            (Some("de_DE.UTF-8"), "de-DE"),
            (Some("ja-JP"), "ja-JP"),
            (Some("sr_RS@latin"), "sr-RS"),
        ] {
            assert_eq!(locale(system.map(str::to_owned)), tag, "{system:?}");
        }
    }
}
