//! Who uses what they hold on a day, what the others cost, and how accounts are counted.
//! Absent on purpose: reading files (`import::last_activity`), and money arithmetic.

use jiff::civil::Date;
use ledger::{Bases, Reclaim, TypeSpend};
use roster::activity::USUAL_THRESHOLD;
use store::{Act, ActKind, ActivityImport, App, Counting, Entry};

use crate::error::Result;
use crate::seatledger::{Rooms, Seatledger};
use crate::told::Told;
use crate::view::apps::{AppDayRequest, AppRequest};
use crate::view::last_activity::{
    ActivityImportView, ActivitySummary, CountingChange, CountingSaved, CountingView, TypeActivity,
};
use crate::view::problem::FieldProblem;
use crate::words::{self, counted};

/// Ten years: nobody looks further back.
const MOST_DAYS: u32 = 3_650;

impl Seatledger {
    /// Who uses what they hold on a day, and what could be given up.
    pub fn activity_summary(&self, request: &AppDayRequest) -> Result<ActivitySummary> {
        let app = self.app(&request.app)?;
        let day = self.day_or_today(request.as_of.as_deref())?;
        let bases = self.bases_of(&app, day, &*self.inputs(&app)?)?;
        let imports = self.store.activity_imports(app.id)?;
        let counting = self.counting_view(&app)?;
        let known_until = imports.iter().map(|import| import.until).max();
        let mut told = Told::default();
        let spent = bases.spend.by_type.iter();
        let by_license_type: Vec<TypeActivity> = spent.filter_map(|one| of_type(one, &bases, &mut told)).collect();
        Ok(ActivitySummary {
            app: app.slug.clone(),
            as_of: day.to_string(),
            sentence: sentence(&bases, &by_license_type, known_until, counting.inactive_after),
            counting,
            known_until: known_until.map(|day| day.to_string()),
            by_license_type,
            idle: told.figure(&bases.idle_annual),
            imports: imports.iter().map(import_view).collect(),
        })
    }

    /// How accounts are counted.
    pub fn counting(&self, request: &AppRequest) -> Result<CountingView> {
        self.counting_view(&self.app(&request.app)?)
    }

    /// Changes that, of all days; Undo takes it back.
    pub fn counting_save(&self, request: &CountingChange) -> Result<CountingSaved> {
        let app = self.app(&request.app)?;
        let before = self.store.counting(app.id)?;
        let inactive_after = match request.inactive_after.as_deref().map(days).transpose() {
            Ok(days) => days.unwrap_or(before.inactive_after),
            Err(message) => {
                let problem = FieldProblem { field: "inactive_after".to_owned(), message };
                return Ok(CountingSaved { counting: None, problems: vec![problem] });
            }
        };
        let deactivated_billable = request.deactivated_billable.unwrap_or(before.deactivated_billable);
        let after = Counting { inactive_after, deactivated_billable };
        if after != before {
            let words = change(before, after);
            let act = Act { app: Some(app.id), kind: ActKind::Edit, words: Some(&words), at: self.now() };
            self.store.act(&act, &[Entry::ChooseCounting(after)])?;
        }
        Ok(CountingSaved { counting: Some(self.counting_view(&app)?), problems: Vec::new() })
    }
}

impl Rooms {
    /// The last day up to which anything is known of last activity.
    pub(crate) fn activity_until(&self, app: &App) -> Result<Option<Date>> {
        Ok(self.store.activity_imports(app.id)?.iter().map(|import| import.until).max())
    }

    fn counting_view(&self, app: &App) -> Result<CountingView> {
        let Counting { inactive_after, deactivated_billable } = self.store.counting(app.id)?;
        let types = self.types(app)?;
        let counts = self.store.seat_counts(app.id, self.looking_back)?;
        let billable = counts.iter().filter(|count| types.billable(&count.license));
        Ok(CountingView {
            inactive_after,
            usual_inactive_after: USUAL_THRESHOLD,
            deactivated_billable,
            deactivated: billable.map(|count| count.assigned - count.active).sum(),
        })
    }
}

/// A number of days as typed; empty is the usual one.
fn days(text: &str) -> std::result::Result<u32, String> {
    let text = text.trim();
    let ask = "Enter a whole number of days, or leave it empty for the usual number";
    match text.parse() {
        _ if text.is_empty() => Ok(USUAL_THRESHOLD),
        Ok(0) => Err(format!("At least 1: with 0 days everybody would be inactive. {ask}.")),
        Ok(days) if days <= MOST_DAYS => Ok(days),
        Err(_) if text.starts_with(['-', '\u{2212}']) => Err(format!("It cannot be below 1. {ask}.")),
        Err(_) if !text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(format!("\"{text}\" is not a whole number. {ask}."))
        }
        _ => Err(format!("At most {}, which are ten years. {ask}.", words::grouped(MOST_DAYS.into()))),
    }
}

fn change(before: Counting, after: Counting) -> String {
    let mut changed = Vec::new();
    if before.inactive_after != after.inactive_after {
        changed.push(format!("inactive after {} days, before {}", after.inactive_after, before.inactive_after));
    }
    if before.deactivated_billable != after.deactivated_billable {
        let not = if after.deactivated_billable { "" } else { "not " };
        changed.push(format!("deactivated accounts are {not}billable"));
    }
    format!("how accounts are counted: {}", changed.join(", "))
}

fn of_type(one: &TypeSpend, bases: &Bases, told: &mut Told) -> Option<TypeActivity> {
    let counts = one.activity;
    let accounts = counts.active + counts.idle() + counts.not_monitored;
    let found = bases.reclaim.iter().find(|reclaim| reclaim.license_type == one.license_type);
    let mut figure = |line: fn(&Reclaim) -> &ledger::Line| found.map(|found| told.figure(line(found)));
    (accounts > 0).then(|| TypeActivity {
        license_type: one.license_type.clone(),
        name: one.name.clone(),
        billable: one.billable,
        accounts,
        active: counts.active,
        inactive: counts.inactive,
        never: counts.never,
        not_monitored: counts.not_monitored,
        inactive_annual: figure(|found| &found.inactive),
        never_annual: figure(|found| &found.never),
    })
}

fn sentence(bases: &Bases, types: &[TypeActivity], until: Option<Date>, inactive_after: u32) -> String {
    let Some(until) = until else {
        return "Nobody knows yet who uses their license: the app's roster does not tell. Import a list of people with \
                their last activity."
            .to_owned();
    };
    let charged = || types.iter().filter(|one| one.billable);
    let idle: u64 = charged().map(|one| one.inactive + one.never).sum();
    let unknown: u64 = charged().map(|one| one.not_monitored).sum();
    let cost = match &bases.idle_annual.value {
        Some(_) => format!(": {} a year", bases.idle_annual.because.result),
        None => String::new(),
    };
    let idle = counted(idle, "billable account was", "billable accounts were");
    let days = counted(inactive_after.into(), "day", "days");
    let who = counted(unknown, "billable account", "billable accounts");
    let open = if unknown > 0 { format!(" Of {who} it is not known.") } else { String::new() };
    format!("{idle} not active for {days}{cost}.{open} Known up to {}.", words::day(until))
}

fn import_view(import: &ActivityImport) -> ActivityImportView {
    ActivityImportView {
        file: import.file.clone(),
        at: import.at.to_string(),
        kind: if import.log { "log" } else { "list" }.to_owned(),
        until: import.until.to_string(),
        rows: import.rows,
        matched: import.matched,
        unmatched: import.unmatched,
        newer: import.newer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_a_whole_number_of_days_that_leaves_somebody_active() {
        assert_eq!((days(" 30 "), days(""), days("3650")), (Ok(30), Ok(90), Ok(3_650)));
        for (wrong, told) in [
            ("0", "At least 1"),
            ("-5", "cannot be below 1"),
            ("ninety", "not a whole number"),
            ("30.5", "not a whole number"),
            ("3651", "At most 3,650"),
            ("99999999999", "At most 3,650"),
        ] {
            assert!(days(wrong).unwrap_err().contains(told), "{wrong}: {:?}", days(wrong));
        }
    }
}
