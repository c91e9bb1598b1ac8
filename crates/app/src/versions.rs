//! Every version that a purchase ever had, and what differs from one to the next.

use ledger::form::{Field, to_input};
use ledger::{PurchaseId, PurchaseInput};
use store::{PurchaseVersion, Reason};

use crate::error::{Error, Result};
use crate::purchases::form_view;
use crate::seatledger::Seatledger;
use crate::view::purchases::PurchaseRequest;
use crate::view::renewing::{PurchaseVersionView, PurchaseVersions, VersionReason};

impl Seatledger {
    /// Every version of a purchase, newest first; of a deleted one too.
    pub fn purchase_versions(&self, request: &PurchaseRequest) -> Result<PurchaseVersions> {
        let app = self.app(&request.app)?;
        let mut kept = self.store.purchase_versions(app.id, PurchaseId(request.id))?;
        let rounding = self.rounding()?;
        for version in &mut kept {
            version.purchase.currency = version.purchase.currency.rounding(rounding);
        }
        if kept.is_empty() {
            return Err(Error::UnknownPurchase { app: app.slug, id: request.id });
        }
        let mut before: Option<PurchaseInput> = None;
        let mut versions: Vec<PurchaseVersionView> = Vec::with_capacity(kept.len());
        for (version, number) in kept.iter().zip(1..) {
            let input = to_input(&version.purchase);
            let changes = before.as_ref().map(|before| changes(before, &input)).unwrap_or_default();
            versions.push(view(version, number, &input, changes));
            before = Some(input);
        }
        versions.reverse();
        Ok(PurchaseVersions { id: request.id, versions })
    }
}

fn view(version: &PurchaseVersion, number: u32, input: &PurchaseInput, changes: Vec<String>) -> PurchaseVersionView {
    PurchaseVersionView {
        number,
        at: version.at.to_string(),
        what: version.what.clone(),
        reason: version.reason.map(reason),
        deleted: version.deleted,
        form: form_view(input),
        sentence: ledger::sentence(&version.purchase),
        changes,
    }
}

/// Why a version was written, in the window's words.
pub(crate) fn reason(reason: Reason) -> VersionReason {
    match reason {
        Reason::Correction => VersionReason::Correction,
        Reason::PriceChange => VersionReason::PriceChange,
    }
}

fn changes(before: &PurchaseInput, after: &PurchaseInput) -> Vec<String> {
    let named = |input| entries(input).into_iter().map(|(field, text)| (field.label(), text)).collect();
    differing(named(before), named(after))
}

/// "Cost: 9.00, was 8.00", in the order of the form: what each entry is called, with its text.
pub(crate) fn differing(before: Vec<(&str, String)>, after: Vec<(&str, String)>) -> Vec<String> {
    let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.replace('\n', "; ") };
    let pairs = before.into_iter().zip(after).filter(|((_, was), (_, is))| was != is);
    pairs.map(|((called, was), (_, is))| format!("{called}: {}, was {}", said(&is), said(&was))).collect()
}

/// Every entry of the form beside its field.
fn entries(input: &PurchaseInput) -> Vec<(Field, String)> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let quantity = if input.unlimited { "unlimited".to_owned() } else { input.quantity.clone() };
    let agreed = &input.conditions;
    let mut rules = agreed.pays_for.clone();
    if agreed.fallback {
        rules.push_str("\nwhomever no rule matches");
    }
    vec![
        (Field::LicenseType, input.license_type.clone()),
        (Field::Name, input.name.clone()),
        (Field::Po, input.po.clone()),
        (Field::Quantity, quantity),
        (Field::Cost, input.cost.clone()),
        (Field::Per, input.per.clone()),
        (Field::Currency, input.currency.clone()),
        (Field::Every, input.every.clone()),
        (Field::From, input.from.clone()),
        (Field::Until, input.until.clone()),
        (Field::Proration, input.proration.clone()),
        (Field::AutoRenews, yes_no(input.auto_renews)),
        (Field::NoticeDays, input.notice_days.clone()),
        (Field::Note, input.note.clone()),
        (Field::Shape, agreed.shape.clone()),
        (Field::Tiers, agreed.tiers.clone()),
        (Field::Included, agreed.included.clone()),
        (Field::Extra, agreed.extra.clone()),
        (Field::Packs, agreed.packs.clone()),
        (Field::Discounts, agreed.discounts.clone()),
        (Field::Tax, agreed.tax.clone()),
        (Field::MinimumPayment, agreed.minimum_payment.clone()),
        (Field::MinimumTerm, agreed.minimum_term.clone()),
        (Field::Overage, agreed.overage.clone()),
        (Field::TrueUp, agreed.true_up.clone()),
        (Field::OverageProration, agreed.overage_proration.clone()),
        (Field::Uplift, agreed.uplift.clone()),
        (Field::Cap, agreed.cap.clone()),
        (Field::RenewalSeats, agreed.renewal_seats.clone()),
        (Field::Once, agreed.once.clone()),
        (Field::PaysFor, rules.trim_start_matches('\n').to_owned()),
        (Field::Owner, input.paperwork.owner.clone()),
        (Field::Reminder, input.paperwork.reminder.clone()),
        (Field::Documents, input.paperwork.documents.clone()),
    ]
}
