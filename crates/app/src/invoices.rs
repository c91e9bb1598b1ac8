//! Recorded invoices beside what the purchases come to. The ledger reads, compares and words the variance.

use std::collections::BTreeMap;

use ledger::form::{Read, parse_invoice};
use ledger::{
    Compared, Currency, Invoice, InvoiceId, InvoiceInput, Money, Payments, Purchase, PurchaseId, Quantity, Rates,
};
use rust_decimal::Decimal;
use store::{Act, ActKind, App, Entry};

use crate::error::{Error, Result};
use crate::purchases::problems;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::{figure, money};
use crate::view::apps::AppDayRequest;
use crate::view::invoices::{
    InvoiceForm, InvoicePreview, InvoicePreviewRequest, InvoiceRequest, InvoiceSaveRequest, InvoiceSaved, InvoiceView,
    InvoicesCompared, InvoicesView,
};
use crate::view::problem::FieldProblem;
use crate::words;

/// What the ledger reads of a form.
type Typed = std::result::Result<Read<Invoice>, Vec<FieldProblem>>;

fn form(invoice: &Invoice) -> InvoiceForm {
    InvoiceForm {
        number: invoice.number.clone(),
        day: invoice.day.to_string(),
        amount: amount_text(invoice.amount, invoice.currency),
        currency: invoice.currency.code().to_owned(),
        from: invoice.period.from.to_string(),
        until: ledger::last_day(&invoice.period).map(|last| last.to_string()).unwrap_or_default(),
        purchase: Some(invoice.purchase.0),
    }
}

/// The amount with the currency's decimals, or more where it has more. Three decimals that the currency does not have get
/// a zero: a point before three digits would be read as one between thousands.
fn amount_text(amount: Decimal, currency: Currency) -> String {
    let mut amount = amount.normalize();
    let (own, usual) = (amount.scale(), u32::from(currency.minor_digits()));
    amount.rescale(if own <= usual { usual } else { own.max(4) });
    amount.to_string()
}

impl Seatledger {
    /// The invoices of an app, and for each purchase what they add up to beside what is computed.
    pub fn invoices(&self, request: &AppDayRequest) -> Result<InvoicesView> {
        let then = self.then(request.as_of.as_deref())?;
        then.invoices_of(&then.app(&request.app)?)
    }

    /// What a form means so far, without keeping it.
    pub fn invoice_preview(&self, request: &InvoicePreviewRequest) -> Result<InvoicePreview> {
        let app = self.app(&request.app)?;
        let Read { found, problems: wrong, warnings } = match self.typed(&app, &request.form)? {
            Ok(read) => read,
            Err(problems) => return Ok(InvoicePreview { compared: None, problems, warnings: Vec::new() }),
        };
        let mut invoices = self.invoices_entered(app.id)?;
        invoices.retain(|other| Some(other.id.0) != request.id);
        let compared = match found {
            None => None,
            Some(invoice) => {
                let purchase = self.purchase(&app, invoice.purchase.0)?;
                invoices.push(invoice);
                let names = self.names(&app, std::slice::from_ref(&purchase))?;
                let inputs = self.inputs(&app)?;
                let payments = Payments::new(&inputs.purchases, inputs.counts.as_ref());
                compared(&purchase, &invoices, &names, &self.recorded_rates()?.unwrap_or_default(), &payments)
            }
        };
        Ok(InvoicePreview { compared, problems: problems(&wrong), warnings: problems(&warnings) })
    }

    /// Records or edits an invoice; a refused form comes back with its problems and changes nothing.
    pub fn invoice_save(&self, request: &InvoiceSaveRequest) -> Result<InvoiceSaved> {
        let app = self.app(&request.app)?;
        let refused = |problems| Ok(InvoiceSaved { invoice: None, problems });
        let mut invoice = match self.typed(&app, &request.form)? {
            Err(problems) => return refused(problems),
            Ok(Read { found: None, problems: wrong, .. }) => return refused(problems(&wrong)),
            Ok(Read { found: Some(invoice), .. }) => invoice,
        };
        let (kind, entry) = match request.id {
            None => (ActKind::Add, Entry::AddInvoice(invoice.clone())),
            Some(id) => {
                invoice.id = self.invoice(&app, id)?.id;
                (ActKind::Edit, Entry::ReplaceInvoice(invoice.clone()))
            }
        };
        let ids = self.store.act(&Act { app: Some(app.id), kind, words: None, at: self.now() }, &[entry])?;
        invoice.id = ids.first().map_or(invoice.id, |id| InvoiceId(*id));
        let names = self.names(&app, &self.purchases_entered(app.id)?)?;
        Ok(InvoiceSaved { invoice: Some(view(&invoice, &names)), problems: Vec::new() })
    }

    /// One invoice as a form, to edit some of its fields.
    pub fn invoice_form(&self, app: &str, id: i64) -> Result<InvoiceForm> {
        Ok(form(&self.invoice(&self.app(app)?, id)?))
    }

    /// Deletes an invoice; Undo brings it back.
    pub fn invoice_delete(&self, request: &InvoiceRequest) -> Result<InvoicesView> {
        let app = self.app(&request.app)?;
        let invoice = self.invoice(&app, request.id)?;
        let act = Act { app: Some(app.id), kind: ActKind::Delete, words: None, at: self.now() };
        self.store.act(&act, &[Entry::DeleteInvoice(invoice.id)])?;
        self.invoices_of(&app)
    }
}

impl Rooms {
    fn invoice(&self, app: &App, id: i64) -> Result<Invoice> {
        let found = self.invoices_entered(app.id)?.into_iter().find(|invoice| invoice.id == InvoiceId(id));
        found.ok_or(Error::UnknownEntry { noun: "invoice", id })
    }

    fn typed(&self, app: &App, form: &InvoiceForm) -> Result<Typed> {
        let Some(purchase) = form.purchase else {
            let message = "Choose the purchase that the invoice bills".to_owned();
            return Ok(Err(vec![FieldProblem { field: "purchase".to_owned(), message }]));
        };
        let purchase = self.purchase(app, purchase)?;
        let input = InvoiceInput {
            number: form.number.clone(),
            day: form.day.clone(),
            amount: form.amount.clone(),
            currency: form.currency.clone(),
            from: form.from.clone(),
            until: form.until.clone(),
        };
        Ok(Ok(parse_invoice(&input, purchase.id, purchase.currency)))
    }

    fn invoices_of(&self, app: &App) -> Result<InvoicesView> {
        let mut invoices = self.invoices_entered(app.id)?;
        invoices.sort_by_key(|invoice| (std::cmp::Reverse(invoice.day), std::cmp::Reverse(invoice.id)));
        let inputs = self.inputs(app)?;
        let purchases = &inputs.purchases;
        let names = self.names(app, purchases)?;
        let rates = self.recorded_rates()?.unwrap_or_default();
        // A term that is renewed on its last day ends the day before, as in every other figure.
        let counted = ledger::without_double_days(purchases);
        let payments = Payments::new(purchases, inputs.counts.as_ref());
        let compared = counted.iter().filter_map(|purchase| compared(purchase, &invoices, &names, &rates, &payments));
        Ok(InvoicesView {
            compared: compared.collect(),
            invoices: invoices.iter().map(|invoice| view(invoice, &names)).collect(),
            undo: self.last_act(app.id.into())?,
        })
    }

    /// "Can-Edit, 50 seats (Main contract)".
    fn names(&self, app: &App, purchases: &[Purchase]) -> Result<Names> {
        let types = self.types(app)?;
        let name = |purchase: &Purchase| {
            let license = types.find(&purchase.license_type).map_or(&purchase.license_type, |found| &found.name);
            let seats = match purchase.quantity {
                Quantity::Seats(seats) => words::counted(seats.into(), "seat", "seats"),
                Quantity::Unlimited => "unlimited seats".to_owned(),
            };
            let own = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
            let own = own.map(|name| format!(" ({name})")).unwrap_or_default();
            (purchase.id, format!("{license}, {seats}{own}"))
        };
        Ok(purchases.iter().map(name).collect())
    }
}

/// What the purchases are called; one that is missing was deleted.
type Names = BTreeMap<PurchaseId, String>;

fn called(names: &Names, id: PurchaseId) -> String {
    names.get(&id).cloned().unwrap_or_else(|| format!("Purchase {}, deleted", id.0))
}

fn compared(
    purchase: &Purchase,
    invoices: &[Invoice],
    names: &Names,
    rates: &Rates,
    payments: &Payments,
) -> Option<InvoicesCompared> {
    let Compared { recorded, computed, variance, .. } = ledger::compare(purchase, invoices, rates, payments)?;
    Some(InvoicesCompared {
        purchase: purchase.id.0,
        purchase_name: called(names, purchase.id),
        recorded: figure(&recorded),
        computed: figure(&computed),
        variance: figure(&variance),
    })
}

fn view(invoice: &Invoice, names: &Names) -> InvoiceView {
    let billed = Money { amount: ledger::money::exact(invoice.amount), currency: invoice.currency };
    InvoiceView {
        id: invoice.id.0,
        form: form(invoice),
        amount: money(&billed),
        purchase_name: called(names, invoice.purchase),
    }
}
