//! The list of apps: one line each, with the number that matters and how far it can be trusted.

use jiff::civil::Date;
use ledger::{Purchase, Quantity};
use store::App;

use crate::connecting::connector;
use crate::error::Result;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::amount;
use crate::view::apps::{AppRequest, AppRow, Renewal};
use crate::words;

impl Seatledger {
    /// All apps, by name.
    pub fn apps_list(&self) -> Result<Vec<AppRow>> {
        self.store.apps()?.iter().map(|app| self.row_of(app)).collect()
    }

    /// One app.
    pub fn app_row(&self, request: &AppRequest) -> Result<AppRow> {
        self.row_of(&self.app(&request.app)?)
    }
}

impl Rooms {
    fn row_of(&self, app: &App) -> Result<AppRow> {
        let spend = self.spend_of(app, self.today()?)?;
        let standing = self.standing(app)?;
        let unassigned =
            spend.by_type.iter().filter(|line| line.billable && line.purchased.is_some_and(|seats| seats > 0));
        let unassigned: Vec<u64> = unassigned.filter_map(|line| line.unassigned).collect();
        Ok(AppRow {
            app: app.slug.clone(),
            name: app.name.clone(),
            vendor: connector(&app.connector)?.vendor().to_owned(),
            connector: app.connector.clone(),
            base_url: app.base_url.clone(),
            sample: app.sample,
            members: self.store.member_count(app.id)?,
            billable_accounts: spend.billable_accounts,
            billable_annual: amount(&spend.billable_annual),
            unassigned: (!unassigned.is_empty()).then(|| unassigned.iter().sum()),
            last_sync: standing.last_completed.map(|at| at.to_string()),
            state: standing.state,
            state_sentence: standing.sentence,
            next_renewal: self.next_renewal(app, spend.day)?,
        })
    }

    fn next_renewal(&self, app: &App, today: Date) -> Result<Option<Renewal>> {
        let purchases = self.purchases_entered(app.id)?;
        let in_force = purchases.iter().filter(|purchase| purchase.term.covers(today));
        let ending = in_force.filter_map(|purchase| purchase.term.end.map(|end| (end, purchase)));
        let Some((end, purchase)) = ending.min_by_key(|(end, _)| *end) else {
            return Ok(None);
        };
        let types = self.types(app)?;
        let name = types.0.iter().find(|known| known.key.as_str() == purchase.license_type);
        let name = name.map_or(purchase.license_type.as_str(), |known| known.name.as_str());
        let last_day = ledger::last_day(&purchase.term).unwrap_or(end);
        Ok(Some(Renewal {
            last_day: last_day.to_string(),
            in_days: ledger::days_between(today, last_day),
            notice_by: ledger::notice_by(purchase).map(|day| day.to_string()),
            auto_renews: purchase.auto_renews,
            what: format!("{name}, {}", seats(purchase)),
        }))
    }
}

/// "50 seats", "unlimited seats".
pub(crate) fn seats(purchase: &Purchase) -> String {
    match purchase.quantity {
        Quantity::Seats(count) => words::counted(u64::from(count), "seat", "seats"),
        Quantity::Unlimited => "unlimited seats".to_owned(),
    }
}
