//! What things seen at the vendor mean, between the person's choice, the store and a reading.
//! A license type that a person names for the first time is added: billable or not as one that a roster brings.

use connect::{Connector, Mapped, Mapping};
use roster::LicenseKey;
use store::{App, LicenseType, MappedLicense, Nesting};

use crate::activity::{Types, UNKNOWN};
use crate::connecting::connector;
use crate::error::{Error, Result};
use crate::seatledger::Rooms;
use crate::view::integration::{MappingChoice, MappingRow};
use crate::view::problem::FieldProblem;
use crate::words::counted;

/// What a choice means beside the license types that there are.
pub(crate) fn chosen(choices: &[MappingChoice], types: &Types) -> Result<Vec<MappedLicense>> {
    let mut rows: Vec<MappedLicense> = Vec::with_capacity(choices.len());
    let mut problems = Vec::new();
    for choice in choices {
        if rows.iter().any(|row| row.seen == choice.seen) {
            problems.push(refused(format!("\"{}\" is there twice", choice.seen)));
            continue;
        }
        match key(choice, types) {
            Ok(license) => rows.push(MappedLicense {
                seen: choice.seen.clone(),
                name: choice.name.trim().to_owned(),
                license,
                ..MappedLicense::default()
            }),
            Err(message) => problems.push(refused(message)),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(Error::Refused(problems)) }
}

fn refused(message: String) -> FieldProblem {
    FieldProblem { field: "rows".to_owned(), message }
}

fn key(choice: &MappingChoice, types: &Types) -> std::result::Result<Option<LicenseKey>, String> {
    let Some(asked) = choice.license_type.as_deref() else { return Ok(None) };
    if let Some(known) = types.find(asked) {
        return Ok(Some(known.key.clone()));
    }
    match LicenseKey::new(asked) {
        Some(key) if key.as_str() == UNKNOWN => {
            Err(format!("\"{}\": Unknown is what members without a license type are called", choice.seen))
        }
        Some(key) => Ok(Some(key)),
        None => Err(format!("\"{}\": name the license type with letters or digits", choice.seen)),
    }
}

/// The rows as a reading takes them.
pub(crate) fn for_reading(rows: &[MappedLicense]) -> Mapping {
    let named = |row: &MappedLicense| (row.name != row.seen && !row.name.is_empty()).then(|| row.name.clone());
    rows.iter().map(|row| Mapped { seen: row.seen.clone(), name: named(row), license: row.license.clone() }).collect()
}

/// The same with the counts and names that were known before.
pub(crate) fn with_what_was_known(rows: Vec<MappedLicense>, before: &[MappedLicense]) -> Vec<MappedLicense> {
    let known = |row: MappedLicense| {
        let old = before.iter().find(|old| old.seen == row.seen);
        let name =
            if row.name.is_empty() { old.map_or_else(|| row.seen.clone(), |old| old.name.clone()) } else { row.name };
        let nesting = old.map_or(row.nesting, |old| old.nesting);
        MappedLicense { name, members: row.members.or(old.and_then(|old| old.members)), nesting, ..row }
    };
    rows.into_iter().map(known).collect()
}

/// What was just seen, in the person's order: known rows keep their place and meaning, new ones follow, and what is gone
/// stays only where it meant something.
pub(crate) fn seen_again(before: &[MappedLicense], seen: Vec<MappedLicense>) -> Vec<MappedLicense> {
    let mut rows: Vec<MappedLicense> = Vec::with_capacity(seen.len());
    for old in before {
        match seen.iter().find(|new| new.seen == old.seen) {
            Some(new) => rows.push(MappedLicense { license: old.license.clone(), ..new.clone() }),
            None if old.license.is_some() => rows.push(gone(old)),
            None => {}
        }
    }
    let fresh: Vec<_> = seen.into_iter().filter(|new| rows.iter().all(|row| row.seen != new.seen)).collect();
    rows.extend(fresh);
    rows
}

/// What meant something and was not seen again.
fn gone(old: &MappedLicense) -> MappedLicense {
    MappedLicense { members: None, nesting: Nesting::default(), ..old.clone() }
}

/// What was odd about a group, and where its members come from, when somebody last looked.
pub(crate) fn nested(nesting: Nesting) -> String {
    let subgroups = |count| counted(count, "subgroup", "subgroups");
    let mut said = Vec::new();
    if nesting.in_cycle {
        said.push("It is inside itself by way of its subgroups; its members are counted once.".to_owned());
    } else if nesting.subgroups > 0 {
        said.push(format!("With the members of {}.", subgroups(nesting.subgroups)));
    }
    if nesting.unread > 0 {
        said.push(format!("Without the members of {}, not listed by the server.", subgroups(nesting.unread)));
    }
    said.join(" ")
}

/// The rows as a screen shows them; `note` says what is odd about one.
pub(crate) fn views(
    rows: &[MappedLicense],
    suggest: impl Fn(&MappedLicense) -> Option<String>,
    note: impl Fn(&MappedLicense) -> String,
) -> Vec<MappingRow> {
    let view = |row: &MappedLicense| MappingRow {
        seen: row.seen.clone(),
        name: row.name.clone(),
        members: row.members,
        license_type: row.license.as_ref().map(LicenseKey::to_string),
        suggested: if row.license.is_none() { suggest(row) } else { None },
        note: note(row),
    };
    rows.iter().map(view).collect()
}

/// Words in a group's name that speak for seeing only; they win, as "Delicensed" holds "licensed".
const SEES: [&str; 8] = ["view", "limited", "delicens", "unlicens", "no licens", "free", "guest", "read"];
const EDITS: [&str; 5] = ["licens", "full", "edit", "paid", "creator"];

/// The license type that a group's name speaks for.
pub(crate) fn named_license(connector: Connector, name: &str) -> Option<String> {
    let known = connector.known_licenses();
    let name = name.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let billable = if says(&SEES) {
        false
    } else if says(&EDITS) {
        true
    } else {
        return None;
    };
    known.into_iter().find(|license| license.billable == billable).map(|license| license.key.to_string())
}

impl Rooms {
    /// Adds the license types that the rows name and the app does not have yet.
    pub(crate) fn add_license_types(&self, app: &App, rows: &[MappedLicense], choices: &[MappingChoice]) -> Result<()> {
        let billable = connector(&app.connector)?.bills_unknown_types();
        let types = self.types(app)?;
        let new = rows.iter().filter_map(|row| Some((row, row.license.as_ref()?)));
        for (row, key) in new.filter(|(_, key)| types.of(key).is_none()) {
            let typed = choices.iter().find(|choice| choice.seen == row.seen);
            let typed = typed.and_then(|choice| choice.license_type.as_deref()).unwrap_or(&row.name);
            let added =
                LicenseType { key: key.clone(), name: typed.trim().to_owned(), billable, free: false, rank: None };
            self.store.add_license_type(app.id, &added)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(seen: &str, key: Option<&str>, members: Option<u64>) -> MappedLicense {
        let license = key.and_then(LicenseKey::new);
        MappedLicense { seen: seen.to_owned(), name: seen.to_owned(), license, members, ..MappedLicense::default() }
    }

    #[test]
    fn a_groups_name_speaks_for_a_license_type_or_for_none() {
        for (name, suggested) in [
            ("Licensed", Some("can-edit")),
            ("Delicensed", Some("view-only")),
            ("Full access", Some("can-edit")),
            ("Limited access", Some("view-only")),
            ("View-only people", Some("view-only")),
            ("Engineering", None),
        ] {
            assert_eq!(named_license(Connector::Lucid, name).as_deref(), suggested, "{name}");
        }
        assert_eq!(named_license(Connector::Scim, "Licensed"), None, "nothing is known of that app's license types");
    }

    #[test]
    fn what_is_inside_a_group_is_told_whole() {
        let say = |subgroups, unread, in_cycle| nested(Nesting { subgroups, unread, in_cycle });
        assert_eq!(say(0, 0, false), "");
        assert_eq!(
            say(2, 1, false),
            "With the members of 2 subgroups. Without the members of 1 subgroup, not listed by the server."
        );
        assert!(say(1, 0, true).starts_with("It is inside itself"), "{}", say(1, 0, true));
    }

    #[test]
    fn what_was_seen_inside_a_group_stays_with_it_until_somebody_looks_again() {
        let nesting = Nesting { subgroups: 2, unread: 1, in_cycle: true };
        let looked = MappedLicense { nesting, ..row("a", None, Some(1)) };
        let saved = with_what_was_known(vec![row("a", Some("can-edit"), None)], std::slice::from_ref(&looked));
        assert_eq!(saved, [MappedLicense { nesting, ..row("a", Some("can-edit"), Some(1)) }]);
        assert_eq!(seen_again(&saved, vec![row("a", None, Some(3))]), [row("a", Some("can-edit"), Some(3))]);
        assert_eq!(seen_again(&saved, Vec::new()), [row("a", Some("can-edit"), None)]);
    }

    #[test]
    fn looking_again_keeps_what_a_person_chose() {
        let before =
            [row("b", Some("can-edit"), Some(1)), row("gone", Some("view-only"), Some(2)), row("old", None, Some(3))];
        let seen = vec![row("a", None, Some(7)), row("b", None, Some(8))];
        let rows = seen_again(&before, seen);
        assert_eq!(
            rows,
            [row("b", Some("can-edit"), Some(8)), row("gone", Some("view-only"), None), row("a", None, Some(7))]
        );
    }

    #[test]
    fn a_choice_that_means_nothing_is_refused() {
        let types = Types(Vec::new());
        let choice = |seen: &str, license: &str| MappingChoice {
            seen: seen.to_owned(),
            name: String::new(),
            license_type: Some(license.to_owned()),
        };
        let refused =
            chosen(&[choice("a", "?!"), choice("b", "Unknown"), choice("c", "Pro"), choice("c", "Lite")], &types);
        let Err(Error::Refused(problems)) = refused else { panic!("it is refused") };
        assert_eq!(problems.len(), 3, "{problems:?}");
    }
}
