//! The calendar of renewals by notice deadline, with how many seats to renew, and as a file for other calendars.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;
use ledger::quantity::parse_whole;
use ledger::{Calendar, Purchase, PurchaseFacts, Renewal, Stage, TypeNames};
use rust_decimal::Decimal;
use store::App;

use crate::activity::Types;
use crate::error::{Error, Result};
use crate::export::write_file;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::{explanation, figure};
use crate::view::renewals::{
    RenewalMark, RenewalRow, RenewalStage, RenewalsExportRequest, RenewalsRequest, RenewalsView, SeatSuggestion,
};
use crate::view::roster::Exported;
use crate::words::{self, counted};

/// Nobody plans for more than ten times their accounts.
const MOST_BUFFER: u32 = 1_000;

/// What must be decided within so many days is told in the title.
const SOON: i64 = 60;

impl Seatledger {
    /// The renewals of an app, or of all, the nearest deadline first.
    pub fn renewals(&self, request: &RenewalsRequest) -> Result<RenewalsView> {
        let buffer = buffer(&request.buffer)?;
        let then = self.then(request.as_of.as_deref())?;
        let today = then.today()?;
        let mut rows = Vec::new();
        for app in then.asked_apps(request.app.as_deref())? {
            rows.extend(then.renewals_of(&app, today, buffer)?);
        }
        rows.sort_by(|one, other| {
            (&one.deadline, &one.app, one.purchase).cmp(&(&other.deadline, &other.app, other.purchase))
        });
        Ok(RenewalsView { as_of: today.to_string(), title: title(&rows), rows })
    }

    /// Writes the renewals as an iCalendar file; refused where there is no event.
    pub fn renewals_export(&self, request: &RenewalsExportRequest) -> Result<Exported> {
        let today = self.today()?;
        let mut of_apps = Vec::new();
        for app in self.asked_apps(request.app.as_deref())? {
            let types = self.types(&app)?;
            let (purchases, continued) = (self.purchases_entered(app.id)?, self.store.successions(app.id)?);
            let renewals = ledger::renewals(today, &purchases, &continued, TypeNames(&types.names()));
            of_apps.push((app, renewals));
        }
        let calendars: Vec<Calendar> =
            of_apps.iter().map(|(app, renewals)| Calendar { app: &app.slug, name: &app.name, renewals }).collect();
        let file = ledger::icalendar(self.now(), &calendars).ok_or(Error::NoDeadline)?;
        write_file(Path::new(&request.path), file.text.as_bytes(), file.events)
    }
}

impl Rooms {
    fn asked_apps(&self, asked: Option<&str>) -> Result<Vec<App>> {
        match asked {
            Some(slug) => Ok(vec![self.app(slug)?]),
            None => Ok(self.store.apps()?),
        }
    }

    fn renewals_of(&self, app: &App, today: Date, buffer: Decimal) -> Result<Vec<RenewalRow>> {
        let purchases = self.purchases_entered(app.id)?;
        let types = self.types(app)?;
        let read = self.was_read(app, today)?;
        let facts = self.type_facts(app, &types, None)?;
        let numbered: HashMap<_, _> = purchases.iter().map(|purchase| (purchase.id, purchase)).collect();
        let row = |renewal: &Renewal| {
            let purchase = numbered.get(&renewal.purchase).copied();
            let engaged = facts.iter().find(|facts| facts.license_type == renewal.license_type).filter(|_| read);
            // Who is not monitored may be engaged.
            let engaged = engaged.map(|facts| facts.billable_accounts.saturating_sub(facts.activity.idle()));
            let goes_on = renewal.renewed_by.is_none() && renewal.stage != Stage::Expired;
            let suggestion = purchase.zip(engaged).filter(|_| goes_on).and_then(|(purchase, engaged)| {
                Some(suggestion(purchase, share(engaged, purchase, &purchases)?, buffer))
            });
            view(app, &types, renewal, purchase, suggestion)
        };
        let continued = self.store.successions(app.id)?;
        Ok(ledger::renewals(today, &purchases, &continued, TypeNames(&types.names())).iter().map(row).collect())
    }
}

/// Of several purchases of a type, each is held by as many of its accounts as its seats are of all seats on its last day.
fn share(engaged: u64, purchase: &Purchase, purchases: &[Purchase]) -> Option<u64> {
    let all = ledger::seats_in_force(purchase.last_day()?, &purchase.license_type, purchases)?;
    let (own, all) = (u128::from(purchase.seats()?), u128::from(all).max(1));
    u64::try_from((u128::from(engaged) * own).div_ceil(all)).ok()
}

fn suggestion(purchase: &Purchase, engaged: u64, buffer: Decimal) -> SeatSuggestion {
    let packs = &purchase.conditions.packs;
    let (seats, because) = ledger::suggested_seats(engaged, buffer, packs, ledger::committed_seats(purchase));
    SeatSuggestion { seats, because: explanation(&because) }
}

fn view(
    app: &App,
    types: &Types,
    renewal: &Renewal,
    purchase: Option<&Purchase>,
    suggestion: Option<SeatSuggestion>,
) -> RenewalRow {
    let known = types.0.iter().find(|known| known.key.as_str() == renewal.license_type);
    let mark = |mark: &ledger::Mark| RenewalMark { days: mark.days, day: mark.day.to_string(), reached: mark.reached };
    let (stage, within) = match renewal.stage {
        Stage::Later => (RenewalStage::Later, None),
        Stage::Within(days) => (RenewalStage::Within, Some(days)),
        Stage::NoticePassed => (RenewalStage::NoticePassed, None),
        Stage::Expired => (RenewalStage::Expired, None),
    };
    RenewalRow {
        app: app.slug.clone(),
        app_name: app.name.clone(),
        purchase: renewal.purchase.0,
        license_type: renewal.license_type.clone(),
        license_name: known.map_or_else(|| renewal.license_type.clone(), |known| known.name.clone()),
        label: renewal.label.clone(),
        seats: purchase.and_then(Purchase::seats),
        last_day: renewal.last_day.to_string(),
        notice_by: renewal.notice_by.map(|day| day.to_string()),
        notice_because: purchase
            .and_then(|purchase| ledger::notice_because(&PurchaseFacts::from(purchase)))
            .map(|because| explanation(&because)),
        deadline: renewal.deadline.to_string(),
        days_left: renewal.days_left,
        stage,
        within,
        marks: renewal.marks.iter().map(mark).collect(),
        auto_renews: renewal.auto_renews,
        planned_seats: renewal.planned,
        renewed_by: renewal.renewed_by.map(|id| id.0),
        sentence: renewal.sentence.clone(),
        annual: renewal.annual.as_ref().map(figure),
        renewed_annual: renewal.renewed_annual.as_ref().map(figure),
        suggestion,
        owner: renewal.paperwork.owner.clone(),
        reminder: renewal.paperwork.reminder.clone(),
    }
}

fn buffer(text: &str) -> Result<Decimal> {
    let text = text.trim().trim_end_matches('%');
    if text.is_empty() {
        return Ok(Decimal::from(ledger::renewals::USUAL_BUFFER));
    }
    let refused = |_| Error::NotAllowed { value: text.to_owned(), expected: "a whole percentage from 0 to 1,000" };
    parse_whole(text, MOST_BUFFER).map(Decimal::from).map_err(refused)
}

/// What can still be decided is counted apart from what is too late.
fn title(rows: &[RenewalRow]) -> String {
    let open: Vec<&RenewalRow> = rows.iter().filter(|row| row.renewed_by.is_none()).collect();
    let of_stage = |stage| open.iter().filter(|row| row.stage == stage).count();
    let (missed, expired) = (of_stage(RenewalStage::NoticePassed), of_stage(RenewalStage::Expired));
    let ahead = open.len().saturating_sub(missed).saturating_sub(expired);
    let soon = open.iter().filter(|row| (0..=SOON).contains(&row.days_left)).count();
    let told = |number: usize, one: &str, many: &str| counted(u64::try_from(number).unwrap_or_default(), one, many);
    let soon = match soon {
        0 => "None".to_owned(),
        soon => words::grouped(u64::try_from(soon).unwrap_or_default()),
    };
    let decided = format!("{soon} of {} must be decided within {SOON} days", told(ahead, "renewal", "renewals"));
    let parts: Vec<String> = [
        (ahead > 0).then_some(decided),
        (missed > 0).then(|| told(missed, "notice day has passed", "notice days have passed")),
        (expired > 0).then(|| told(expired, "purchase has expired", "purchases have expired")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "No purchase ends that nothing follows".to_owned() } else { parts.join(", ") }
}
