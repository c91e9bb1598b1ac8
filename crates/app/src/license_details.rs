//! License Details: license types and purchases, as one screen reads them.

use jiff::civil::Date;
use ledger::{Currency, Finding, Purchase, PurchaseFacts, PurchaseId, Quantity, Standing, TypeNames, to_input};
use roster::LicenseKey;
use store::{Act, ActKind, App, Entry, LicenseType, LicenseTypeVersion, Whose};

use crate::activity::Types;
use crate::error::{Error, Result};
use crate::purchases::form_view;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::{figure, not_known};
use crate::view::apps::{AppDayRequest, AppRequest};
use crate::view::problem::FindingView;
use crate::view::purchases::{
    CurrencyChoice, LicenseDetails, LicenseTypeChange, LicenseTypeVersionView, LicenseTypeView, PurchaseState,
    PurchaseView, Undoable, Undone,
};
use crate::words;

impl Seatledger {
    /// License types, purchases, and what Undo would take back.
    pub fn license_details(&self, request: &AppDayRequest) -> Result<LicenseDetails> {
        let then = self.then(request.as_of.as_deref())?;
        then.details_of(&then.app(&request.app)?)
    }

    /// Renames a license type, or says whether it is billable or free.
    pub fn license_type_change(&self, request: &LicenseTypeChange) -> Result<LicenseDetails> {
        let app = self.app(&request.app)?;
        let known = self.license_type(&app, &request.license_type)?;
        let mut changed = known.clone();
        if let Some(name) = request.name.as_deref().map(str::trim) {
            if name.is_empty() {
                return Err(Error::NotAllowed { value: String::new(), expected: "a name" });
            }
            name.clone_into(&mut changed.name);
        }
        changed.billable = request.billable.unwrap_or(changed.billable);
        changed.free = request.free.unwrap_or(changed.free);
        if changed != known {
            let words = type_change(&known, &changed);
            let act = Act { app: Some(app.id), kind: ActKind::Edit, words: Some(&words), at: self.now() };
            self.store.act(&act, &[Entry::ChangeLicenseType(changed)])?;
        }
        self.details_of(&app)
    }

    /// What people ever said of a license type, newest first.
    pub fn license_type_versions(&self, app: &str, asked: &str) -> Result<Vec<LicenseTypeVersionView>> {
        let app = self.app(app)?;
        let key = self.license_type(&app, asked)?.key;
        let versions = self.store.license_type_versions(app.id, &key)?;
        let view = |version: LicenseTypeVersion| LicenseTypeVersionView {
            at: version.at.to_string(),
            what: version.what,
            name: version.license.name,
            billable: version.license.billable,
            free: version.license.free,
            taken_back: version.deleted,
        };
        Ok(versions.into_iter().rev().map(view).collect())
    }

    /// Refuses a key or name that no license type of the app has.
    pub fn known_license_type(&self, app: &str, asked: &str) -> Result<()> {
        self.license_type(&self.app(app)?, asked).map(drop)
    }

    /// Takes back the last act on purchases, license types, fees, invoices, scenarios or rates, whichever it was.
    pub fn undo(&self, request: &AppRequest) -> Result<Undone> {
        let app = self.app(&request.app)?;
        Ok(Undone { what: self.undone(app.id.into())? })
    }

    /// Does the act once more that was taken back last, unless something else was done since.
    pub fn redo(&self, request: &AppRequest) -> Result<Undone> {
        let app = self.app(&request.app)?;
        Ok(Undone { what: self.redone(app.id.into())? })
    }

    /// What Undo and Redo would do for an app.
    pub fn undoable(&self, request: &AppRequest) -> Result<Undoable> {
        let app = self.app(&request.app)?;
        let redo = self.store.last_undone(app.id.into())?;
        Ok(Undoable { undo: self.last_act(app.id.into())?, redo: redo.map(|edit| edit.what) })
    }
}

impl Rooms {
    /// Takes back the last act, and says which.
    pub(crate) fn undone(&self, whose: Whose) -> Result<Option<String>> {
        Ok(self.store.undo(whose, self.now())?.map(|edit| format!("Undone: {}.", edit.what)))
    }

    /// Does the act once more that was taken back last, and says which.
    pub(crate) fn redone(&self, whose: Whose) -> Result<Option<String>> {
        Ok(self.store.redo(whose, self.now())?.map(|edit| format!("Done again: {}.", edit.what)))
    }

    /// What Undo would take back.
    pub(crate) fn last_act(&self, whose: Whose) -> Result<Option<String>> {
        Ok(self.store.last_edit(whose)?.map(|edit| edit.what))
    }

    /// The type with this key, or with this name.
    pub(crate) fn license_type(&self, app: &App, asked: &str) -> Result<LicenseType> {
        let types = self.types(app)?;
        types.find(asked).cloned().ok_or_else(|| types.refused(app, asked))
    }

    pub(crate) fn details_of(&self, app: &App) -> Result<LicenseDetails> {
        let today = self.today()?;
        let types = self.types(app)?;
        let spend = self.spend_of(app, today)?;
        let successions = self.store.successions(app.id)?;
        let mut purchases = self.purchases_entered(app.id)?;
        let order = |purchase: &Purchase| {
            let place = types.0.iter().position(|known| known.key.as_str() == purchase.license_type);
            (place.unwrap_or(usize::MAX), std::cmp::Reverse(purchase.term.from), std::cmp::Reverse(purchase.id))
        };
        purchases.sort_by_key(order);
        let license_types = spend.by_type.iter().map(|line| LicenseTypeView {
            license_type: line.license_type.clone(),
            name: line.name.clone(),
            billable: line.billable,
            free: line.free,
            assigned: line.assigned,
            warning: spend.unpriced.contains(&line.license_type).then(|| unpriced(&line.name, line.assigned)),
        });
        Ok(LicenseDetails {
            as_of: today.to_string(),
            counted: self.was_read(app, today)?,
            license_types: license_types.collect(),
            purchases: purchases.iter().map(|purchase| purchase_view(purchase, &types, &successions, today)).collect(),
            undo: self.last_act(app.id.into())?,
            currencies: self.currencies(purchases.iter().map(|purchase| purchase.currency))?,
            findings: ledger::findings(today, &purchases, &successions, TypeNames(&types.names()))
                .iter()
                .map(finding)
                .collect(),
        })
    }

    /// Currencies to choose from: those in use, the default, then all others.
    pub(crate) fn currencies(&self, used: impl Iterator<Item = Currency>) -> Result<Vec<CurrencyChoice>> {
        let mut codes: Vec<Currency> = Vec::new();
        let first = used.chain([self.default_currency()?]);
        for currency in first.chain(Currency::all()) {
            if !codes.contains(&currency) {
                codes.push(currency);
            }
        }
        let choice = |currency: Currency| CurrencyChoice {
            code: currency.code().to_owned(),
            name: currency.name().to_owned(),
            decimals: currency.minor_digits(),
        };
        Ok(codes.into_iter().map(choice).collect())
    }
}

/// "license type Can-Edit: free", as the log calls it.
fn type_change(known: &LicenseType, changed: &LicenseType) -> String {
    let not = |yes: bool, word: &str| if yes { word.to_owned() } else { format!("not {word}") };
    let called = (known.name != changed.name).then(|| format!("called {}", changed.name));
    let billable = (known.billable != changed.billable).then(|| not(changed.billable, "billable"));
    let free = (known.free != changed.free).then(|| not(changed.free, "free"));
    let said: Vec<String> = [called, billable, free].into_iter().flatten().collect();
    format!("license type {}: {}", known.name, said.join(", "))
}

fn unpriced(name: &str, assigned: u64) -> String {
    let who = words::counted(assigned, "account holds", "accounts hold");
    format!("{who} {name}, but it has no price, so it is missing in the total. Add a purchase, or mark it as free.")
}

fn finding(found: &Finding) -> FindingView {
    FindingView {
        code: found.kind.code().to_owned(),
        message: found.sentence.clone(),
        count: found.purchases.len().try_into().unwrap_or(u64::MAX),
        examples: found.purchases.iter().map(|id| id.0.to_string()).collect(),
    }
}

/// `successions` tells which purchases continue which, the later one first.
pub(crate) fn purchase_view(
    purchase: &Purchase,
    types: &Types,
    successions: &[(PurchaseId, PurchaseId)],
    today: Date,
) -> PurchaseView {
    let license_name =
        LicenseKey::new(&purchase.license_type).and_then(|key| types.of(&key).map(|known| known.name.clone()));
    let facts = PurchaseFacts::from(purchase);
    PurchaseView {
        id: purchase.id.0,
        form: form_view(&to_input(purchase)),
        license_name: license_name.unwrap_or_else(|| purchase.license_type.clone()),
        quantity: match purchase.quantity {
            Quantity::Seats(count) => Some(count),
            Quantity::Unlimited => None,
        },
        cost: purchase.price.map(|price| price.amount.to_string()),
        annual: ledger::annual_line(&facts).map_or_else(not_known, |line| figure(&line)),
        term_total: ledger::term_line(&facts).map(|line| figure(&line)),
        state: match ledger::standing(purchase, today) {
            Standing::Future => PurchaseState::Future,
            Standing::InForce => PurchaseState::InForce,
            Standing::Expired => PurchaseState::Ended,
        },
        state_sentence: ledger::standing_sentence(purchase, today),
        sentence: ledger::sentence(purchase),
        notice_by: ledger::notice_by(purchase).map(|day| day.to_string()),
        tax: ledger::tax_line(&facts).map(|line| figure(&line)),
        succeeds: successions.iter().find(|(next, _)| *next == purchase.id).map(|(_, before)| before.0),
        succeeded_by: successions.iter().find(|(_, before)| *before == purchase.id).map(|(next, _)| next.0),
    }
}
