//! Headcounts of the organisation, each from a day on. Absent on purpose: what an app costs by employee; the ledger says.

use jiff::civil::Date;
use ledger::{Headcount, headcount_on, parse_day, parse_quantity};
use store::{Act, ActKind, Entry, HeadcountId, Whose};

use crate::error::{Error, Result};
use crate::seatledger::{Rooms, Seatledger};
use crate::view::headcounts::{
    HeadcountForm, HeadcountRequest, HeadcountSaveRequest, HeadcountSaved, HeadcountView, HeadcountsView,
};
use crate::view::problem::FieldProblem;
use crate::words;

fn view(id: HeadcountId, headcount: Headcount) -> HeadcountView {
    let employees = words::counted(headcount.people.into(), "employee", "employees");
    HeadcountView {
        id: id.0,
        day: headcount.day.to_string(),
        people: headcount.people,
        sentence: format!("{employees} from {} on", words::day(headcount.day)),
    }
}

/// An empty day is today.
fn read(form: &HeadcountForm, today: Date) -> std::result::Result<Headcount, Vec<FieldProblem>> {
    let problem = |field: &str, message| FieldProblem { field: field.to_owned(), message };
    let typed = if form.day.trim().is_empty() { Ok(today) } else { parse_day(&form.day) };
    let day = typed.map_err(|error| problem("day", format!("Date {error}")));
    let people = parse_quantity(&form.people).map_err(|error| problem("people", format!("Employees {error}")));
    match (day, people) {
        (Ok(day), Ok(people)) => Ok(Headcount { day, people }),
        (day, people) => Err(day.err().into_iter().chain(people.err()).collect()),
    }
}

impl Seatledger {
    /// The headcounts, and whether the one of today needs a fresh one.
    pub fn headcounts(&self) -> Result<HeadcountsView> {
        let mut all = self.store.headcounts()?;
        all.sort_by_key(|(_, headcount)| std::cmp::Reverse(headcount.day));
        let known: Vec<Headcount> = all.iter().map(|(_, headcount)| *headcount).collect();
        let today = self.today()?;
        let notice = match headcount_on(today, &known) {
            Ok(found) => found.stale(today),
            Err(missing) => Some(missing.to_string()),
        };
        Ok(HeadcountsView {
            headcounts: all.into_iter().map(|(id, headcount)| view(id, headcount)).collect(),
            notice,
            undo: self.last_act(Whose::Organisation)?,
        })
    }

    /// Enters or edits a headcount.
    pub fn headcount_save(&self, request: &HeadcountSaveRequest) -> Result<HeadcountSaved> {
        let refused = |problems| Ok(HeadcountSaved { headcount: None, problems });
        let headcount = match read(&request.form, self.today()?) {
            Ok(headcount) => headcount,
            Err(problems) => return refused(problems),
        };
        let known = self.store.headcounts()?;
        let of_day = known.iter().find(|(_, other)| other.day == headcount.day).map(|(id, _)| *id);
        let id = request.id.map(|id| self.headcount(id)).transpose()?;
        if let Some(day) = of_day.filter(|of_day| id.is_some_and(|id| id != *of_day)).map(|_| headcount.day) {
            let message = format!("Date {} has a headcount already: edit that one", words::day(day));
            return refused(vec![FieldProblem { field: "day".to_owned(), message }]);
        }
        let (kind, entry) = match id.or(of_day) {
            Some(id) => (ActKind::Edit, Entry::ReplaceHeadcount(id, headcount)),
            None => (ActKind::Add, Entry::AddHeadcount(headcount)),
        };
        let ids = self.store.act(&Act { app: None, kind, words: None, at: self.now() }, &[entry])?;
        let id = HeadcountId(ids.first().copied().unwrap_or_default());
        Ok(HeadcountSaved { headcount: Some(view(id, headcount)), problems: Vec::new() })
    }

    /// Deletes a headcount; Undo brings it back.
    pub fn headcount_delete(&self, request: &HeadcountRequest) -> Result<HeadcountsView> {
        let id = self.headcount(request.id)?;
        let act = Act { app: None, kind: ActKind::Delete, words: None, at: self.now() };
        self.store.act(&act, &[Entry::DeleteHeadcount(id)])?;
        self.headcounts()
    }
}

impl Rooms {
    fn headcount(&self, id: i64) -> Result<HeadcountId> {
        let found = self.store.headcounts()?.into_iter().find(|(known, _)| known.0 == id);
        found.map(|(known, _)| known).ok_or(Error::UnknownEntry { noun: "headcount", id })
    }
}
