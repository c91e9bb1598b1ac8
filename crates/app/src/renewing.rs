//! What becomes of a purchase: renewed, duplicated, extended by seats that end with it, continued at another price.

use jiff::civil::Date;
use ledger::form::{self, MOST_UPLIFT, parse_percent};
use ledger::{Purchase, RenewError, Term};
use store::{Act, ActKind, App, Entry};

use crate::error::Result;
use crate::purchases::{input, problems};
use crate::seatledger::{Rooms, Seatledger};
use crate::view::problem::FieldProblem;
use crate::view::purchases::{PurchaseRequest, PurchaseSaved};
use crate::view::renewing::{
    PurchaseCoTerminateRequest, PurchasePriceChangeRequest, PurchasePriceChanged, PurchaseRenewRequest,
};
use crate::words;

fn problem(field: &str, message: String) -> Vec<FieldProblem> {
    vec![FieldProblem { field: field.to_owned(), message }]
}

fn refused(field: &str, message: String) -> PurchaseSaved {
    PurchaseSaved { purchase: None, problems: problem(field, message) }
}

impl Seatledger {
    /// Continues a purchase with a term of the same length from its end.
    pub fn purchase_renew(&self, request: &PurchaseRenewRequest) -> Result<PurchaseSaved> {
        let app = self.app(&request.app)?;
        let old = self.purchase(&app, request.id)?;
        let uplift = match request.uplift.trim() {
            "" => old.conditions.renewal.expected(),
            text => match parse_percent(text, MOST_UPLIFT) {
                Ok(uplift) => uplift,
                Err(why) => return Ok(refused("uplift", format!("Renewal uplift {why}"))),
            },
        };
        if let Some(already) = self.continued_already(&app, &old)? {
            return Ok(refused("until", already));
        }
        match ledger::renewed(&old, Some(uplift)) {
            Ok(new) => self.follow(&app, new, Some(&old), ActKind::Renew, request.preview),
            Err(why) => Ok(refused("until", why.to_string())),
        }
    }

    /// Enters a purchase once more, to be changed then.
    pub fn purchase_duplicate(&self, request: &PurchaseRequest) -> Result<PurchaseSaved> {
        let app = self.app(&request.app)?;
        let old = self.purchase(&app, request.id)?;
        self.follow(&app, ledger::duplicated(&old), None, ActKind::Duplicate, false)
    }

    /// Adds seats from a day on that end with a purchase.
    pub fn purchase_co_terminate(&self, request: &PurchaseCoTerminateRequest) -> Result<PurchaseSaved> {
        let app = self.app(&request.app)?;
        let old = self.purchase(&app, request.id)?;
        if old.term.end.is_none() {
            let why = "It has no end, so there is nothing to end together with: give it a last day, or add a purchase.";
            return Ok(refused("from", why.to_owned()));
        }
        let (from, seats) = match (ledger::parse_day(&request.from), ledger::parse_quantity(&request.quantity)) {
            (Ok(from), Ok(seats)) => (from, seats),
            (from, seats) => {
                let from = from.err().map(|why| problem("from", format!("Effective date {why}")));
                let seats = seats.err().map(|why| problem("quantity", format!("Added seats {why}")));
                let problems = from.into_iter().chain(seats).flatten().collect();
                return Ok(PurchaseSaved { purchase: None, problems });
            }
        };
        match ledger::co_terminated(&old, from, seats) {
            Ok(new) => self.follow(&app, new, None, ActKind::CoTerminate, request.preview),
            Err(why @ (RenewError::NoSeats | RenewError::Sold { .. })) => Ok(refused("quantity", why.to_string())),
            Err(why) => Ok(refused("from", why.to_string())),
        }
    }

    /// Ends a purchase the day before, and continues it from the day on as the form says: one act.
    pub fn purchase_price_change(&self, request: &PurchasePriceChangeRequest) -> Result<PurchasePriceChanged> {
        let app = self.app(&request.app)?;
        let old = self.purchase(&app, request.id)?;
        let refused = |problems| Ok(PurchasePriceChanged { ended: None, purchase: None, problems });
        let on = match change_day(&request.on, &old.term, &OF_PURCHASES) {
            Ok(on) => on,
            Err(why) => return refused(problem("on", why)),
        };
        if let Some(already) = self.continued_already(&app, &old)? {
            return refused(problem("on", already));
        }
        let mut form = request.form.clone();
        form.from = on.to_string();
        let parsed = form::parse_part(&input(&form), self.default_currency()?, Some(old.contract_term()));
        let Some(mut new) = parsed.purchase else { return refused(problems(&parsed.problems)) };
        let same =
            self.license_type(&app, &form.license_type).is_ok_and(|found| found.key.as_str() == old.license_type);
        if !same {
            let why = "License type must stay the same when the price changes: add a purchase for another one";
            return refused(problem("license_type", why.to_owned()));
        }
        new.license_type.clone_from(&old.license_type);
        let ended = Purchase { term: Term { end: Some(on), ..old.term }, ..old.clone() };
        let act = Act { app: Some(app.id), kind: ActKind::PriceChange, words: None, at: self.now() };
        let entries = [Entry::ReplacePurchase(ended), Entry::AddPurchase(new, Some(old.id))];
        let ids = self.store.act(&act, &entries)?;
        let shown = |id: Option<&i64>| id.map(|id| self.shown(&app, &self.purchase(&app, *id)?)).transpose();
        Ok(PurchasePriceChanged { ended: shown(ids.first())?, purchase: shown(ids.last())?, problems: Vec::new() })
    }
}

impl Rooms {
    /// Keeps the purchase that comes of another one, or only shows it.
    fn follow(
        &self,
        app: &App,
        mut new: Purchase,
        continued: Option<&Purchase>,
        kind: ActKind,
        preview: bool,
    ) -> Result<PurchaseSaved> {
        if !preview {
            let act = Act { app: Some(app.id), kind, words: None, at: self.now() };
            let entry = Entry::AddPurchase(new.clone(), continued.map(|old| old.id));
            let ids = self.store.act(&act, &[entry])?;
            new.id = ids.first().map_or(new.id, |id| ledger::PurchaseId(*id));
        }
        Ok(PurchaseSaved { purchase: Some(self.shown(app, &new)?), problems: Vec::new() })
    }

    /// Why a purchase cannot be continued once more.
    fn continued_already(&self, app: &App, old: &Purchase) -> Result<Option<String>> {
        let pairs = self.store.successions(app.id)?;
        let by = pairs.iter().find(|(_, before)| *before == old.id);
        Ok(by.map(|(next, _)| format!("Purchase {} continues it already: change that one, or delete it first", next.0)))
    }
}

/// How the days of a term are called, and what to do where a day is none of a price change.
pub(crate) struct ChangeWords {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) from_the_start: &'static str,
    pub(crate) after_the_end: &'static str,
}

const OF_PURCHASES: ChangeWords = ChangeWords {
    first: "effective date",
    last: "end date",
    from_the_start: "correct the purchase if the price was wrong from the start",
    after_the_end: "renew the purchase instead",
};

/// The day of a price change within a term, or why it cannot be that one.
pub(crate) fn change_day(text: &str, term: &Term, called: &ChangeWords) -> std::result::Result<Date, String> {
    let on = ledger::parse_day(text).map_err(|why| format!("Date of the change {why}"))?;
    if on <= term.from {
        let (first, start) = (called.first, words::day(term.from));
        return Err(format!("Date of the change must be after the {first}, {start}: {}", called.from_the_start));
    }
    if let Some(last) = ledger::last_day(term).filter(|last| *last < on) {
        let end = words::day(last);
        return Err(format!(
            "Date of the change must not be after the {}, {end}: {}",
            called.last, called.after_the_end
        ));
    }
    Ok(on)
}
