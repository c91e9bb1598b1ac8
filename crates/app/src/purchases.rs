//! Purchases: the form as typed, its preview, and the edits. The ledger decides what is right.

use jiff::civil::Date;
use ledger::form::{self, ConditionsInput, PaperworkInput, Parsed, PurchaseInput};
use ledger::{Purchase, PurchaseId, TypeNames};
use roster::LicenseKey;
use store::{Act, ActKind, App, Entry, LicenseType};

use crate::beside;
use crate::error::{Error, Result};
use crate::license_details::purchase_view;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::{explanation, figure};
use crate::view::problem::FieldProblem;
use crate::view::purchases::{
    LicenseDetails, PaymentToCome, PurchaseEndRequest, PurchaseForm, PurchasePreview, PurchasePreviewRequest,
    PurchaseRequest, PurchaseSaveRequest, PurchaseSaved, PurchaseView,
};
use crate::words::counted;

/// The ledger's input as the window's form.
pub(crate) fn form_view(input: &PurchaseInput) -> PurchaseForm {
    PurchaseForm {
        license_type: input.license_type.clone(),
        name: input.name.clone(),
        po: input.po.clone(),
        quantity: input.quantity.clone(),
        unlimited: input.unlimited,
        cost: input.cost.clone(),
        per: input.per.clone(),
        currency: input.currency.clone(),
        every: input.every.clone(),
        from: input.from.clone(),
        until: input.until.clone(),
        proration: input.proration.clone(),
        auto_renews: input.auto_renews,
        notice_days: input.notice_days.clone(),
        note: input.note.clone(),
        shape: input.conditions.shape.clone(),
        tiers: input.conditions.tiers.clone(),
        included: input.conditions.included.clone(),
        extra: input.conditions.extra.clone(),
        packs: input.conditions.packs.clone(),
        discounts: input.conditions.discounts.clone(),
        tax: input.conditions.tax.clone(),
        minimum_payment: input.conditions.minimum_payment.clone(),
        minimum_term: input.conditions.minimum_term.clone(),
        overage: input.conditions.overage.clone(),
        true_up: input.conditions.true_up.clone(),
        overage_proration: input.conditions.overage_proration.clone(),
        uplift: input.conditions.uplift.clone(),
        cap: input.conditions.cap.clone(),
        renewal_seats: input.conditions.renewal_seats.clone(),
        once: input.conditions.once.clone(),
        pays_for: input.conditions.pays_for.clone(),
        fallback: input.conditions.fallback,
        owner: input.paperwork.owner.clone(),
        reminder: input.paperwork.reminder.clone(),
        documents: input.paperwork.documents.clone(),
    }
}

pub(crate) fn input(form: &PurchaseForm) -> PurchaseInput {
    PurchaseInput {
        license_type: form.license_type.clone(),
        name: form.name.clone(),
        po: form.po.clone(),
        quantity: form.quantity.clone(),
        unlimited: form.unlimited,
        cost: form.cost.clone(),
        per: form.per.clone(),
        currency: form.currency.clone(),
        every: form.every.clone(),
        from: form.from.clone(),
        until: form.until.clone(),
        proration: form.proration.clone(),
        auto_renews: form.auto_renews,
        notice_days: form.notice_days.clone(),
        note: form.note.clone(),
        conditions: ConditionsInput {
            shape: form.shape.clone(),
            tiers: form.tiers.clone(),
            included: form.included.clone(),
            extra: form.extra.clone(),
            packs: form.packs.clone(),
            discounts: form.discounts.clone(),
            tax: form.tax.clone(),
            minimum_payment: form.minimum_payment.clone(),
            minimum_term: form.minimum_term.clone(),
            overage: form.overage.clone(),
            true_up: form.true_up.clone(),
            overage_proration: form.overage_proration.clone(),
            uplift: form.uplift.clone(),
            cap: form.cap.clone(),
            renewal_seats: form.renewal_seats.clone(),
            once: form.once.clone(),
            pays_for: form.pays_for.clone(),
            fallback: form.fallback,
        },
        paperwork: PaperworkInput {
            owner: form.owner.clone(),
            reminder: form.reminder.clone(),
            documents: form.documents.clone(),
        },
    }
}

pub(crate) fn problems(found: &[(form::Field, String)]) -> Vec<FieldProblem> {
    let view = |(field, message): &(form::Field, String)| FieldProblem {
        field: field.name().to_owned(),
        message: message.clone(),
    };
    found.iter().map(view).collect()
}

impl Seatledger {
    /// What a form means so far, without keeping it.
    pub fn purchase_preview(&self, request: &PurchasePreviewRequest) -> Result<PurchasePreview> {
        let app = self.app(&request.app)?;
        let parsed = self.parsed(&app, request.id, &request.form)?;
        let mut warnings = problems(&parsed.warnings);
        let mut held = None;
        if let Some(purchase) = &parsed.purchase {
            let beside = self.beside(&app, purchase, request.id.map(PurchaseId))?;
            warnings.extend(beside.doubts);
            held = beside.held;
        }
        Ok(preview(&parsed, warnings, held, self.today()?))
    }

    /// Adds or edits a purchase; a refused form comes back with its problems and changes nothing.
    pub fn purchase_save(&self, request: &PurchaseSaveRequest) -> Result<PurchaseSaved> {
        let app = self.app(&request.app)?;
        let parsed = self.parsed(&app, request.id, &request.form)?;
        let Some(mut purchase) = parsed.purchase else {
            return Ok(PurchaseSaved { purchase: None, problems: problems(&parsed.problems) });
        };
        let new_type = self.with_license_type(&app, &mut purchase, &request.form.license_type)?;
        let (kind, entry) = match request.id {
            None => (ActKind::Add, Entry::AddPurchase(purchase.clone(), None)),
            Some(id) => {
                let before = self.purchase(&app, id)?;
                purchase.id = before.id;
                // The form says nothing of the contract that the purchase is a part of.
                purchase.conditions.contract = before.conditions.contract;
                (ActKind::Edit, Entry::ReplacePurchase(purchase.clone()))
            }
        };
        let act = Act { app: Some(app.id), kind, words: None, at: self.now() };
        let entries: Vec<Entry> = new_type.map(Entry::AddLicenseType).into_iter().chain([entry]).collect();
        let ids = self.store.act(&act, &entries)?;
        purchase.id = ids.last().map_or(purchase.id, |id| PurchaseId(*id));
        Ok(PurchaseSaved { purchase: Some(self.shown(&app, &purchase)?), problems: Vec::new() })
    }

    /// What the form of a new purchase means, or of the one that is edited.
    fn parsed(&self, app: &App, edited: Option<i64>, form: &PurchaseForm) -> Result<Parsed> {
        let before = edited.map(|id| self.purchase(app, id)).transpose()?;
        let contract = before.filter(|before| before.conditions.contract.is_some());
        let contract = contract.map(|before| before.contract_term());
        Ok(form::parse_part(&input(form), self.default_currency()?, contract))
    }

    /// Ends a purchase with a last day.
    pub fn purchase_end(&self, request: &PurchaseEndRequest) -> Result<PurchaseSaved> {
        let app = self.app(&request.app)?;
        let purchase = self.purchase(&app, request.id)?;
        let term = match form::parse_last_day(&request.last_day, purchase.term.from) {
            Ok(term) => term,
            Err(message) => {
                let problem = FieldProblem { field: "until".to_owned(), message };
                return Ok(PurchaseSaved { purchase: None, problems: vec![problem] });
            }
        };
        let ended = Purchase { term, ..purchase };
        self.store.replace_purchase(app.id, &ended, self.now(), ActKind::End)?;
        Ok(PurchaseSaved { purchase: Some(self.shown(&app, &ended)?), problems: Vec::new() })
    }

    /// Deletes a purchase; Undo brings it back.
    pub fn purchase_delete(&self, request: &PurchaseRequest) -> Result<LicenseDetails> {
        let app = self.app(&request.app)?;
        let purchase = self.purchase(&app, request.id)?;
        self.store.delete_purchase(app.id, purchase.id, self.now())?;
        self.details_of(&app)
    }

    /// The purchases of an app, for scripts.
    pub fn purchases(&self, app: &str) -> Result<Vec<PurchaseView>> {
        Ok(self.details_of(&self.app(app)?)?.purchases)
    }

    /// One purchase as a form, to edit some of its fields.
    pub fn purchase_form(&self, app: &str, id: i64) -> Result<PurchaseForm> {
        Ok(form_view(&form::to_input(&self.purchase(&self.app(app)?, id)?)))
    }
}

fn too_few(over: u64, name: &str) -> FieldProblem {
    FieldProblem {
        field: "quantity".to_owned(),
        message: format!(
            "{} {name} without a purchased seat.",
            counted(over, "member would hold", "members would hold")
        ),
    }
}

/// What a purchase is beside the others of its license type and the roster.
#[derive(Default)]
struct Beside {
    doubts: Vec<FieldProblem>,
    /// How many of its seats are held; `None` unless it is in force.
    held: Option<u64>,
}

/// Several purchases of a type share its accounts by their seats; none has more of them than seats.
fn held(purchase: &Purchase, assigned: u64, seats_of_all: Option<u64>) -> u64 {
    let Some((own, all)) = purchase.seats().zip(seats_of_all.filter(|all| *all > 0)) else { return assigned };
    let share = (u128::from(assigned) * u128::from(own)).div_ceil(u128::from(all));
    u64::try_from(share).unwrap_or(u64::MAX).min(own)
}

fn preview(parsed: &Parsed, warnings: Vec<FieldProblem>, held: Option<u64>, today: Date) -> PurchasePreview {
    let facts = &parsed.facts;
    let payment = ledger::next_payment(facts, today);
    PurchasePreview {
        sentence: ledger::live_sentence(facts),
        annual: ledger::annual_line(facts).map(|line| figure(&line)),
        term_total: ledger::term_line(facts).map(|line| figure(&line)),
        tax: ledger::tax_line(facts).map(|line| figure(&line)),
        per_held: held.and_then(|held| ledger::per_held_line(facts, held)).map(|line| figure(&line)),
        next_payment: payment.map(|next| PaymentToCome { day: next.day.to_string(), figure: figure(&next.line) }),
        notice_by: facts.notice_by().map(|day| day.to_string()),
        notice_because: ledger::notice_because(facts).map(|because| explanation(&because)),
        problems: problems(&parsed.problems),
        warnings,
    }
}

impl Rooms {
    pub(crate) fn purchase(&self, app: &App, id: i64) -> Result<Purchase> {
        let found = self.purchases_entered(app.id)?.into_iter().find(|purchase| purchase.id == PurchaseId(id));
        found.ok_or_else(|| Error::UnknownPurchase { app: app.slug.clone(), id })
    }

    pub(crate) fn shown(&self, app: &App, purchase: &Purchase) -> Result<PurchaseView> {
        Ok(purchase_view(purchase, &self.types(app)?, &self.store.successions(app.id)?, self.today()?))
    }

    /// Settles which type a typed key or name means. A type nobody has seen yet is given, charged for by default: it is to be
    /// added with the purchase.
    fn with_license_type(&self, app: &App, purchase: &mut Purchase, typed: &str) -> Result<Option<LicenseType>> {
        if let Ok(known) = self.license_type(app, typed) {
            purchase.license_type = known.key.to_string();
            return Ok(None);
        }
        let refused = || {
            Error::Refused(vec![FieldProblem {
                field: "license_type".to_owned(),
                message: "Name the license type with letters or digits.".to_owned(),
            }])
        };
        let key = LicenseKey::new(typed).ok_or_else(refused)?;
        purchase.license_type = key.to_string();
        Ok(Some(LicenseType { key, name: typed.trim().to_owned(), billable: true, free: false, rank: None }))
    }

    /// What is allowed but doubtful beside the other purchases and the roster, and how many of the seats are held.
    fn beside(&self, app: &App, purchase: &Purchase, editing: Option<PurchaseId>) -> Result<Beside> {
        let Ok(known) = self.license_type(app, &purchase.license_type) else {
            let doubt = FieldProblem {
                field: "license_type".to_owned(),
                message: "No member holds this license type. Saving adds it.".to_owned(),
            };
            return Ok(Beside { doubts: vec![doubt], held: None });
        };
        let (today, key) = (self.today()?, known.key.as_str());
        // Typed letter by letter, so nothing is counted but the seats of this type.
        let inputs = self.inputs(app)?;
        let others = inputs.purchases.iter().filter(|other| other.license_type == key && Some(other.id) != editing);
        let mut own: Vec<Purchase> = others.cloned().collect();
        // An id that no purchase has, unless it is one that is being edited.
        let id = editing.unwrap_or(PurchaseId(-1));
        let typed = Purchase { id, license_type: key.to_owned(), ..purchase.clone() };
        let misfits = beside::misfits(&typed, &own, today, TypeNames(&[(key, &known.name)]));
        if !purchase.term.covers(today) {
            return Ok(Beside { doubts: misfits, held: None });
        }
        own.push(typed);
        let counts = self.store.seat_counts(app.id, None)?;
        let assigned =
            counts.iter().find(|count| count.license.key() == Some(&known.key)).map_or(0, |all| all.assigned);
        let seats = ledger::seats_in_force(today, key, &own);
        let over = seats.map_or(0, |seats| assigned.saturating_sub(seats));
        let doubts = (over > 0).then(|| too_few(over, &known.name)).into_iter().chain(misfits).collect();
        let read = self.was_read(app, today)?;
        Ok(Beside { doubts, held: read.then(|| held(purchase, assigned, seats)) })
    }
}
