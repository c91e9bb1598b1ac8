//! The people of a file, each once: of many rows of a person the newest day. Absent on purpose: who they are on the roster.

use std::collections::HashMap;

use jiff::civil::Date;

use super::super::error::ImportError;
use super::days::{Days, Said};
use super::fields::{TARGETS, Tells};
use super::table::Table;
use crate::view::import::ImportMapping;

/// Which column tells what.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Columns {
    /// In the order of [`TARGETS`].
    columns: [Option<usize>; TARGETS.len()],
}

/// One person as the file names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// The number of the row that tells the newest day.
    pub(super) row: u64,
    pub(super) id: Box<str>,
    pub(super) user_name: Box<str>,
    pub(super) email: Box<str>,
    /// `None` is never.
    pub(super) last: Option<Date>,
}

/// A row that tells nothing, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) row: u64,
    pub(super) who: String,
    pub(super) why: String,
}

/// Everybody whom a file names.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) found: Vec<Person>,
    pub(super) refused: Vec<Refused>,
    /// How many rows are refused; not all of them are kept.
    pub(super) refusals: u64,
    /// Rows below the headings.
    pub(super) rows: u64,
    /// Rows that are no activity of a person.
    pub(super) passed_over: u64,
    /// Rows of a list that name somebody once more.
    pub(super) repeated: u64,
    /// The newest day in the file, of whatever row.
    pub(super) newest: Option<Date>,
}

/// More refused rows than these are only counted.
const MOST_REFUSED: usize = 10_000;
/// Events that are a person's activity.
const OF_A_PERSON: [&str; 2] = ["login.", "content."];
/// How a log calls an actor who is a person.
const PERSONS: [&str; 3] = ["user", "normaluser", "normal user"];

impl Columns {
    pub(super) fn of(mapping: &[ImportMapping], table: &Table) -> Result<Self, ImportError> {
        let known = table.columns()?.len();
        let mut columns = Self::default();
        for one in mapping {
            let place = TARGETS.iter().position(|target| target.name == one.field);
            let unknown = || {
                let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
                let names = names.join(", ");
                ImportError::Mapping(format!("There is no field called \"{}\". Fields: {names}", one.field))
            };
            let slot = columns.columns.get_mut(place.ok_or_else(unknown)?).ok_or_else(unknown)?;
            *slot = one.column.map(|column| column as usize);
            if let Some(column) = slot.filter(|column| *column >= known) {
                return Err(ImportError::Mapping(format!("The file has no column {} for {}", column + 1, one.field)));
            }
        }
        let told = |tells: &[Tells]| tells.iter().any(|tells| columns.column(*tells).is_some());
        if !told(&[Tells::Last]) {
            return Err(ImportError::Mapping("No column tells when people were last active".to_owned()));
        }
        if !told(&[Tells::UserId, Tells::UserName, Tells::Email]) {
            return Err(ImportError::Mapping("No column tells who it is: user ID, user name or e-mail".to_owned()));
        }
        Ok(columns)
    }

    pub(super) fn column(&self, tells: Tells) -> Option<usize> {
        let place = TARGETS.iter().position(|target| target.tells == tells)?;
        self.columns.get(place).copied().flatten()
    }
}

/// One row's texts.
struct Texts<'a> {
    id: &'a str,
    user_name: &'a str,
    email: &'a str,
    last: &'a str,
    event: &'a str,
    actor: &'a str,
}

impl People {
    pub(super) fn read(table: &Table, columns: &Columns, log: bool, days: &Days) -> Result<Self, ImportError> {
        let mut people = Self::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut key = String::new();
        table.each(&columns.columns, |row, texts| {
            if let &[id, user_name, email, last, event, actor] = texts {
                people.rows += 1;
                let texts = Texts { id, user_name, email, last, event, actor };
                people.take(row, &texts, (columns, log, days), &mut places, &mut key);
            }
            Ok(())
        })?;
        Ok(people)
    }

    fn take(
        &mut self,
        row: u64,
        texts: &Texts<'_>,
        (columns, log, days): (&Columns, bool, &Days),
        places: &mut HashMap<String, usize>,
        key: &mut String,
    ) {
        let who = [texts.email, texts.user_name, texts.id].into_iter().find(|text| !text.is_empty());
        let last = match days.read(texts.last) {
            Ok(Said::Never) if log => Err("has no time".to_owned()),
            read => read,
        };
        if let Ok(Said::On(day)) = last {
            self.newest = self.newest.max(Some(day));
        }
        if log && !is_of_a_person(texts, columns) {
            self.passed_over += 1;
            return;
        }
        let Some(who) = who else {
            return self.refuse(row, "", "names nobody".to_owned());
        };
        let last = match last {
            Err(why) => return self.refuse(row, who, why),
            Ok(Said::Unknown) => {
                self.passed_over += 1;
                return;
            }
            Ok(Said::Never) => None,
            Ok(Said::On(day)) => Some(day),
        };
        key.clear();
        key.push_str(texts.id);
        for text in [texts.user_name, texts.email] {
            key.push('\n');
            key.extend(text.chars().flat_map(char::to_lowercase));
        }
        if let Some(known) = places.get(key.as_str()).and_then(|place| self.found.get_mut(*place)) {
            self.repeated += u64::from(!log);
            if last > known.last {
                (known.last, known.row) = (last, row);
            }
        } else {
            places.insert(key.clone(), self.found.len());
            let [id, user_name, email] = [texts.id, texts.user_name, texts.email].map(Into::into);
            self.found.push(Person { row, id, user_name, email, last });
        }
    }

    fn refuse(&mut self, row: u64, who: &str, why: String) {
        self.refusals += 1;
        if self.refused.len() < MOST_REFUSED {
            self.refused.push(Refused { row, who: who.to_owned(), why });
        }
    }
}

/// Of a log: a login, or something done with content, by a person. What no column tells is taken as such.
fn is_of_a_person(texts: &Texts<'_>, columns: &Columns) -> bool {
    let event = texts.event.to_ascii_lowercase();
    let actor = texts.actor.to_ascii_lowercase();
    (columns.column(Tells::Event).is_none() || OF_A_PERSON.iter().any(|kind| event.starts_with(kind)))
        && (columns.column(Tells::Actor).is_none() || PERSONS.contains(&actor.as_str()))
}

impl Person {
    /// As the file names them.
    pub(super) fn who(&self) -> &str {
        [&self.email, &self.user_name, &self.id].into_iter().find(|text| !text.is_empty()).map_or("", |text| text)
    }
}
