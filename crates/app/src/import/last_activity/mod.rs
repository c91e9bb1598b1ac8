//! Import of when people were last active, from CSV files and workbooks: open, preview, then keep in one act.
//! Nothing is kept between the steps. SCIM's `lastModified` is never taken for activity.

mod days;
mod fields;
mod matching;
mod people;
mod table;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use roster::activity::Told;
use roster::{Activity, activity};
use store::{App, MemberNumber, NewActivity};

use self::days::Days;
use self::fields::Tells;
use self::matching::{Found, Matching};
use self::people::{Columns, People, Person};
use self::table::Table;
use super::error::ImportError;
use super::reading::habits;
use crate::activity::{activity_word, day};
use crate::error::{Error, Result};
use crate::seatledger::{Rooms, Seatledger};
use crate::view::import::{ImportMapping, ImportTable};
use crate::view::last_activity::{
    ActivityApplyRequest, ActivityDone, ActivityFate, ActivityFileDone, ActivityFileRequest, ActivityOpenRequest,
    ActivityPreview, ActivityPreviewRequest, ActivityReading, ActivityRow,
};
use crate::words::{self, counted};

const MOST_ROWS: u32 = 500;
/// People who are not on the roster, by name.
const MOST_NAMES: usize = 20;

/// A file, understood.
struct Outcome {
    file: String,
    table: Table,
    log: bool,
    until: Date,
    /// Whether a person said until when it knows.
    until_said: bool,
    people: People,
    matched: Vec<(Person, Found)>,
    /// Each member once.
    members: BTreeMap<MemberNumber, (Option<Date>, bool)>,
    /// Members on the roster now.
    listed: u64,
}

impl Seatledger {
    /// A file as a table, with a mapping to start from.
    pub fn activity_open(&self, request: &ActivityOpenRequest) -> Result<ImportTable> {
        Ok(Table::read(Path::new(&request.path), &request.options)?.view(request)?)
    }

    /// What a file tells, one page of its people.
    pub fn activity_preview(&self, request: &ActivityPreviewRequest) -> Result<ActivityPreview> {
        let app = self.app(&request.app)?;
        let outcome = self.activity_understood(&app, &request.path, &request.reading, None)?;
        self.told_of(&app, &outcome, &request.reading.mapping, request)
    }

    /// Keeps what a file tells, in one act that Undo takes back.
    pub fn activity_apply(&self, request: &ActivityApplyRequest) -> Result<ActivityDone> {
        let app = self.app(&request.app)?;
        let outcome = self.activity_understood(&app, &request.path, &request.reading, None)?;
        if request.fingerprint.as_ref().is_some_and(|before| *before != outcome.table.fingerprint) {
            return Err(ImportError::Changed.into());
        }
        self.activity_keep(&app, &outcome)
    }

    /// Reads a file once, and keeps what it tells unless that is only to be tried.
    pub fn activity_file(&self, request: &ActivityFileRequest) -> Result<ActivityFileDone> {
        let app = self.app(&request.app)?;
        let outcome = self.activity_understood(&app, &request.path, &request.reading, Some(&request.columns))?;
        let mapping = named_columns(&outcome.table, &request.columns)?;
        let asked = ActivityPreviewRequest {
            app: request.app.clone(),
            path: request.path.clone(),
            reading: request.reading.clone(),
            only_problems: true,
            offset: 0,
            limit: request.shown,
        };
        let preview = self.told_of(&app, &outcome, &mapping, &asked)?;
        let done = if request.dry_run { None } else { Some(self.activity_keep(&app, &outcome)?) };
        Ok(ActivityFileDone { preview, mapping, done })
    }
}

impl Rooms {
    fn activity_understood(
        &self,
        app: &App,
        path: &str,
        reading: &ActivityReading,
        columns: Option<&[(String, String)]>,
    ) -> Result<Outcome> {
        let path = Path::new(path);
        let table = Table::read(path, &reading.options)?;
        let mapping = match columns {
            Some(columns) => named_columns(&table, columns)?,
            None => reading.mapping.clone(),
        };
        let columns = Columns::of(&mapping, &table)?;
        let today = self.today()?;
        let days = Days { zone: self.zone()?, day_first: habits(&reading.options)?.day_first, today };
        let log = is_log(&reading.kind, &columns, &table)?;
        let people = People::read(&table, &columns, log, &days)?;
        let said = Some(reading.until.trim()).filter(|said| !said.is_empty()).map(day).transpose()?;
        let newest = people.newest.unwrap_or(today);
        if let Some(said) = said.filter(|said| *said < newest || *said > today.max(newest)) {
            return Err(Error::NotADate {
                text: reading.until.clone(),
                why: if said < newest {
                    format!("lies before the newest day in the file, {}", words::day(newest))
                } else {
                    "lies in the future".to_owned()
                },
            });
        }
        let (mut listed, mut matching) = (0, Matching::new(&people.found));
        self.store.named_members(app.id, |member| {
            listed += u64::from(member.listed);
            matching.member(member);
        })?;
        let matched: Vec<(Person, Found)> = matching.found().map(|(person, found)| (person.clone(), found)).collect();
        let mut members = BTreeMap::new();
        for (person, found) in &matched {
            if let Found::Member(number, _, listed) = found {
                let (last, _) = members.entry(*number).or_insert((person.last, *listed));
                *last = (*last).max(person.last);
            }
        }
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (until, until_said) = (said.unwrap_or(newest), said.is_some());
        Ok(Outcome { file, table, log, until, until_said, people, matched, members, listed })
    }

    fn activity_keep(&self, app: &App, outcome: &Outcome) -> Result<ActivityDone> {
        if outcome.members.is_empty() {
            return Err(ImportError::Nobody.into());
        }
        let people = outcome.told();
        let newer = self.store.import_activity(app.id, &outcome.to_keep(&people), self.now())?;
        let (matched, unmatched, refused) = (people.len() as u64, outcome.unmatched(), outcome.refused());
        let people = counted(unmatched, "person of the file is", "people of the file are");
        let rows = counted(refused, "row was", "rows were");
        let said = [
            Some(format!(
                "Last activity of {} was imported; of {} it is new.",
                counted(matched, "member", "members"),
                words::grouped(newer)
            )),
            (unmatched > 0).then(|| format!("{people} not on the roster.")),
            (refused > 0).then(|| format!("{rows} refused.")),
        ];
        let sentence = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Ok(ActivityDone { matched, newer, unmatched, refused, sentence })
    }

    fn told_of(
        &self,
        app: &App,
        outcome: &Outcome,
        mapping: &[ImportMapping],
        request: &ActivityPreviewRequest,
    ) -> Result<ActivityPreview> {
        let people = outcome.told();
        let newer = self.store.newer_activity(app.id, &outcome.to_keep(&people))?;
        let (inactive_after, today) = (self.store.counting(app.id)?.inactive_after, self.today()?);
        let count = |last: Option<Date>| {
            let days = |day: Date| i32::try_from(ledger::days_between(today, day)).unwrap_or(i32::MIN);
            activity::on(&[Told { until: days(outcome.until), last: last.map(days) }], inactive_after, 0)
        };
        let mut counts: BTreeMap<Activity, u64> = BTreeMap::new();
        for (last, listed) in outcome.members.values() {
            *counts.entry(count(*last)).or_default() += u64::from(*listed);
        }
        let counted_as = |activity: Activity| counts.get(&activity).copied().unwrap_or_default();
        let mut rows: Vec<ActivityRow> =
            outcome.matched.iter().map(|(person, found)| row(person, found, &count)).collect();
        rows.extend(outcome.people.refused.iter().map(refused_row));
        rows.retain(|row| !request.only_problems || row.fate != ActivityFate::Matched);
        rows.sort_by_key(|row| row.row);
        let matching = rows.len() as u64;
        let offset = usize::try_from(request.offset).unwrap_or(usize::MAX);
        let names = outcome.matched.iter().filter(|(_, found)| *found == Found::Nobody);
        Ok(ActivityPreview {
            rows: rows.into_iter().skip(offset).take(request.limit.min(MOST_ROWS) as usize).collect(),
            matching,
            kind: if outcome.log { "log" } else { "list" }.to_owned(),
            until: outcome.until.to_string(),
            until_sentence: outcome.until_sentence(),
            read: outcome.people.rows,
            matched: people.len() as u64,
            newer,
            unmatched: outcome.unmatched(),
            unmatched_names: names.take(MOST_NAMES).map(|(person, _)| person.who().to_owned()).collect(),
            refused: outcome.refused(),
            passed_over: outcome.people.passed_over,
            active: counted_as(Activity::Active),
            inactive: counted_as(Activity::Inactive),
            never: counted_as(Activity::Never),
            not_in_file: outcome.listed - outcome.members.values().filter(|(_, listed)| *listed).count() as u64,
            inactive_after,
            ignored_columns: outcome.table.ignored(mapping),
            warnings: outcome.warnings(today),
            notes: outcome.table.notes.clone(),
            fingerprint: outcome.table.fingerprint.clone(),
        })
    }
}

impl Outcome {
    fn told(&self) -> Vec<(MemberNumber, Option<Date>)> {
        self.members.iter().map(|(number, (last, _))| (*number, *last)).collect()
    }

    fn to_keep<'a>(&'a self, people: &'a [(MemberNumber, Option<Date>)]) -> NewActivity<'a> {
        NewActivity {
            file: &self.file,
            until: self.until,
            log: self.log,
            rows: self.people.rows,
            unmatched: self.unmatched(),
            people,
        }
    }

    fn unmatched(&self) -> u64 {
        self.matched.iter().filter(|(_, found)| *found == Found::Nobody).count() as u64
    }

    /// Refused rows, and people who cannot be told from others.
    fn refused(&self) -> u64 {
        self.people.refusals + self.matched.iter().filter(|(_, found)| *found == Found::Several).count() as u64
    }

    fn until_sentence(&self) -> String {
        let day = words::day(self.until);
        match (self.until_said, self.log) {
            (true, _) => format!("The file knows of all days up to {day}, as you said."),
            (false, true) => format!("The newest event is of {day}: the log is taken to know of all days up to then."),
            (false, false) => {
                format!("The newest day in the file is {day}: it is taken to know of all days up to then.")
            }
        }
    }

    fn warnings(&self, today: Date) -> Vec<String> {
        let mut warnings = self.table.doubts.clone();
        if self.log && self.people.found.is_empty() && self.people.passed_over > 0 {
            warnings.push(
                "No event is a login or something done with content by a person. If the log calls its events otherwise, say \
                 that no column tells the event: then every row counts."
                    .to_owned(),
            );
        }
        if self.people.repeated > 0 {
            let rows = counted(self.people.repeated, "row names", "rows name");
            warnings.push(format!("{rows} somebody once more: the newest day of a person counts."));
        }
        if !self.log && !self.people.found.is_empty() && self.people.found.iter().all(|person| person.last.is_none()) {
            warnings.push(
                "No row has a day, so everybody would count as never active: check that the column is the right one."
                    .to_owned(),
            );
        }
        let old = ledger::days_between(self.until, today);
        if old > 31 {
            let days = counted(u64::try_from(old).unwrap_or_default(), "day", "days");
            warnings.push(format!(
                "The file knows of days up to {} only, {days} ago: who was active since would look inactive. Say until when \
                 it knows if that is not so.",
                words::day(self.until)
            ));
        }
        warnings
    }
}

fn row(person: &Person, found: &Found, count: &impl Fn(Option<Date>) -> Activity) -> ActivityRow {
    let (member, fate, message) = match found {
        Found::Member(_, called, true) => (Some(called), ActivityFate::Matched, None),
        Found::Member(_, called, false) => {
            (Some(called), ActivityFate::Matched, Some("No longer on the roster.".to_owned()))
        }
        Found::Nobody => (None, ActivityFate::Unmatched, Some("Nobody on the roster.".to_owned())),
        Found::Several => {
            let several = "Several members are called so: add a column with the vendor's user ID.";
            (None, ActivityFate::Refused, Some(several.to_owned()))
        }
    };
    ActivityRow {
        row: person.row,
        who: person.who().to_owned(),
        activity: member.is_some().then(|| activity_word(count(person.last)).to_owned()),
        member: member.map(ToString::to_string),
        last_activity: person.last.map(|day| day.to_string()),
        fate,
        message,
    }
}

fn refused_row(refused: &people::Refused) -> ActivityRow {
    ActivityRow {
        row: refused.row,
        who: refused.who.clone(),
        member: None,
        last_activity: None,
        activity: None,
        fate: ActivityFate::Refused,
        message: Some(format!("The row {}.", refused.why.trim_end_matches('.'))),
    }
}

/// As people say, else by what the columns are called.
fn is_log(kind: &str, columns: &Columns, table: &Table) -> Result<bool> {
    let last = columns.column(Tells::Last).map(|column| table.name(column)).unwrap_or_default();
    match kind {
        "list" => Ok(false),
        "log" => Ok(true),
        "" => Ok(columns.column(Tells::Event).is_some() || fields::is_of_a_log(&last)),
        other => Err(Error::NotAllowed { value: other.to_owned(), expected: "list or log" }),
    }
}

/// The mapping that is proposed, with the columns that people name by heading or letter on top of it.
fn named_columns(table: &Table, columns: &[(String, String)]) -> Result<Vec<ImportMapping>> {
    table.columns()?;
    let mut mapping = table.proposed();
    for (field, called) in columns {
        let none = || ImportError::Mapping(format!("The file has no column \"{called}\""));
        let column = if called.is_empty() { None } else { Some(table.find(called).ok_or_else(none)?) };
        let column = column.and_then(|column| u32::try_from(column).ok());
        match mapping.iter_mut().find(|one| one.field == *field) {
            Some(found) => found.column = column,
            // Refused with the names that there are when columns are looked up.
            None => mapping.push(ImportMapping { field: field.clone(), column, value: String::new() }),
        }
    }
    Ok(mapping)
}
