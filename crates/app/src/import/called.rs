//! How headings call for a field: by its name, by the words that people use, or by a word within.

use super::fields::{TARGETS, Target, named};

/// Words within a heading that call for a field, the first that fits first: "Preis pro Lizenz" is a price, although nobody
/// listed it.
const WITHIN: &[(&str, &str)] = &[
    ("wahrung", "currency"),
    ("currency", "currency"),
    ("kundigungsfrist", "notice_days"),
    ("noticeperiod", "notice_days"),
    ("vertragsende", "until"),
    ("laufzeitende", "until"),
    ("enddat", "until"),
    ("vertragsbeginn", "from"),
    ("laufzeitbeginn", "from"),
    ("startdat", "from"),
    ("laufzeit", "every"),
    ("frequency", "every"),
    ("staffel", "tiers"),
    ("erhohung", "uplift"),
    ("deckel", "cap"),
    ("rabatt", "discounts"),
    ("discount", "discounts"),
    ("preis", "cost"),
    ("price", "cost"),
    ("prix", "cost"),
    ("unitcost", "cost"),
    ("costper", "cost"),
    ("kosten", "cost"),
    ("menge", "quantity"),
    ("anzahl", "quantity"),
    ("quantity", "quantity"),
    ("seats", "quantity"),
    ("lizenztyp", "license_type"),
    ("licensetype", "license_type"),
];
/// Longer ones are sentences, not headings.
const LONGEST_HEADING: usize = 40;
/// What a price is of, when its heading says so: each seat, or all of them.
const OF_UNIT: &[&str] = &[
    "prolizenz",
    "jelizenz",
    "proplatz",
    "jeplatz",
    "pronutzer",
    "prouser",
    "prostuck",
    "jestuck",
    "perseat",
    "peruser",
    "perlicense",
    "perunit",
    "unitprice",
    "unitcost",
    "stuckpreis",
    "einzelpreis",
    "prixunitaire",
    "parlicense",
];
const OF_LOT: &[&str] = &["gesamtpreis", "gesamtkosten", "totalprice", "totalcost", "pauschalpreis", "prixtotal"];

/// The field whose name or usual words a heading is.
fn exactly(short: &str) -> Option<&'static Target> {
    let exact = TARGETS.iter().find(|target| {
        // A table of whom it pays for, and whether it pays for the others, have one label.
        let labelled = target.name != "unlimited" && target.name != "fallback" && plain(target.field.label()) == short;
        plain(target.name) == short || labelled
    });
    exact.or_else(|| TARGETS.iter().find(|target| target.called.contains(&short)))
}

/// The field that a heading calls for, and whether it is its very name.
pub(super) fn calls_for(heading: &str) -> Option<(&'static Target, bool)> {
    let short = plain(heading);
    if let Some(exact) = exactly(&short) {
        return Some((exact, true));
    }
    let within = WITHIN.iter().find(|(word, _)| short.len() <= LONGEST_HEADING && short.contains(word));
    within.and_then(|(_, name)| named(name)).map(|target| (target, false))
}

/// The field that a heading calls for.
pub(super) fn called(heading: &str) -> Option<&'static Target> {
    calls_for(heading).map(|(target, _)| target)
}

/// `unit` or `lot`, where the heading of a price says it.
pub(super) fn price_is_of(heading: &str) -> Option<&'static str> {
    let short = plain(heading);
    let says = |words: &[&str]| words.iter().any(|word| short.contains(word));
    if says(OF_UNIT) { Some("unit") } else { says(OF_LOT).then_some("lot") }
}

/// The British and French spelling, which is compared as the American one.
const ELSEWHERE: &str = concat!("licen", "ce");

/// Letters and digits only, lower case, without accents: "Gültig ab" is `gultigab`.
pub(super) fn plain(text: &str) -> String {
    let bracket = text.find(['(', '[']).filter(|at| *at > 0);
    let outside = bracket.and_then(|at| text.get(..at)).unwrap_or(text);
    let mut short = String::with_capacity(outside.len());
    for letter in outside.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()) {
        match letter {
            'à' | 'â' | 'ä' | 'á' => short.push('a'),
            'é' | 'è' | 'ê' | 'ë' => short.push('e'),
            'î' | 'ï' | 'í' => short.push('i'),
            'ô' | 'ö' | 'ó' => short.push('o'),
            'û' | 'ü' | 'ù' | 'ú' => short.push('u'),
            'ç' => short.push('c'),
            'ß' => short.push_str("ss"),
            other => short.push(other),
        }
    }
    short.replace(ELSEWHERE, "license")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_three_languages_and_our_own_names_find_their_field() {
        for (heading, name) in [
            ("License type", "license_type"),
            ("Lizenztyp", "license_type"),
            (concat!("Type de licen", "ce"), "license_type"),
            ("Purchased quantity", "quantity"),
            ("Stückzahl", "quantity"),
            ("Gültig ab", "from"),
            ("Vertragsende", "until"),
            ("Fin (incluse)", "until"),
            ("notice_days", "notice_days"),
            ("Kündigungsfrist (Tage)", "notice_days"),
            ("WÄHRUNG", "currency"),
            ("Payment frequency", "every"),
            ("Preis pro Lizenz", "cost"),
            ("Price per seat (net)", "cost"),
            ("Währung des Preises", "currency"),
            ("Anzahl Lizenzen", "quantity"),
            ("Laufzeit", "every"),
            ("Rabatt in %", "discounts"),
            ("Pays for", "pays_for"),
            ("Reminder address", "reminder"),
            ("Verantwortliche(r)", "owner"),
            ("Unterlagen", "documents"),
        ] {
            assert_eq!(called(heading).map(|target| target.name), Some(name), "{heading}");
        }
        let of = ["Preis pro Lizenz", "Unit price", "Gesamtpreis", "Preis"].map(price_is_of);
        assert_eq!(of, [Some("unit"), Some("unit"), Some("lot"), None]);
        assert!(called("Ansprechpartner").is_none() && called("").is_none());
    }

    #[test]
    fn no_heading_calls_for_two_fields() {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for target in TARGETS {
            for word in target.called {
                assert_eq!(plain(word), *word, "{word} is written as headings are compared");
                assert!(!seen.iter().any(|(other, name)| other == word && *name != target.name), "{word}");
                seen.push(((*word).to_owned(), target.name));
            }
        }
    }
}
