//! Which purchases rows are that are entered already. A purchase identifier, the license type and the first day identify a
//! purchase; without an identifier only a row that says the same does. What the file does not tell is not compared and stays.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use ledger::{
    Commitment, Conditions, Field, Paperwork, PaysFor, Proration, Purchase, PurchaseId, PurchaseInput, RenewalTerms,
    to_input,
};

use super::repairs::Repair;
use super::rows::{Remark, Understood};
use crate::condition_rows::in_one_cell;

/// How rows are found to be purchases, in words.
pub(super) const IDENTITY: &str = "A row is a purchase that is entered already when purchase identifier, license type and \
    first day are the same: then it corrects it. Without a purchase identifier a row is known only when it says the same.";

/// The purchase that a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entered {
    /// None: it is new, or refused.
    Not,
    /// It says the same.
    Same(PurchaseId),
    /// It changes this one, in these ways.
    Changed(PurchaseId, Vec<String>),
}

/// Which of the fields that a purchase can do without the file tells.
#[derive(Debug, Clone, Default)]
pub(super) struct Said(HashSet<&'static str>);

impl Said {
    pub(super) fn of(fields: impl Iterator<Item = &'static str>) -> Self {
        Self(fields.collect())
    }

    fn has(&self, field: &str) -> bool {
        self.0.contains(field)
    }

    /// The purchase with what the file does not tell taken from another one.
    fn over(&self, row: &Purchase, kept: &Purchase) -> Purchase {
        let text = |field, own: &String, kept: &String| if self.has(field) { own.clone() } else { kept.clone() };
        Purchase {
            id: kept.id,
            name: text("name", &row.name, &kept.name),
            po: text("po", &row.po, &kept.po),
            note: text("note", &row.note, &kept.note),
            proration: if self.has("proration") { row.proration } else { kept.proration },
            auto_renews: if self.has("auto_renews") { row.auto_renews } else { kept.auto_renews },
            notice_days: if self.has("notice_days") { row.notice_days } else { kept.notice_days },
            conditions: self.conditions(&row.conditions, &kept.conditions),
            paperwork: self.paperwork(&row.paperwork, &kept.paperwork),
            ..row.clone()
        }
    }

    fn paperwork(&self, row: &Paperwork, kept: &Paperwork) -> Paperwork {
        let from = |field| if self.has(field) { row } else { kept };
        Paperwork {
            owner: from("owner").owner.clone(),
            reminder: from("reminder").reminder.clone(),
            documents: from("documents").documents.clone(),
        }
    }

    fn conditions(&self, row: &Conditions, kept: &Conditions) -> Conditions {
        let from = |fields: &[&str]| if fields.iter().any(|field| self.has(field)) { row } else { kept };
        Conditions {
            shape: from(&["shape", "tiers", "included", "extra"]).shape.clone(),
            packs: from(&["packs"]).packs.clone(),
            discounts: from(&["discounts"]).discounts.clone(),
            tax: from(&["tax"]).tax,
            commitment: Commitment {
                per_payment: from(&["minimum_payment"]).commitment.per_payment,
                term: from(&["minimum_term"]).commitment.term,
            },
            overage: from(&["overage", "true_up", "overage_proration"]).overage,
            renewal: RenewalTerms {
                uplift: from(&["uplift"]).renewal.uplift,
                cap: from(&["cap"]).renewal.cap,
                seats: from(&["renewal_seats"]).renewal.seats,
            },
            once: from(&["once"]).once,
            pays_for: PaysFor {
                rules: from(&["pays_for"]).pays_for.rules.clone(),
                fallback: from(&["fallback"]).pays_for.fallback,
            },
            // No file tells of the contract that a purchase is a part of.
            contract: kept.contract.clone(),
        }
    }
}

/// Everything that the file tells of a purchase, whatever zeros its price ends in.
pub(super) fn likeness(purchase: &Purchase, said: &Said) -> String {
    let nothing = Purchase {
        id: PurchaseId(0),
        name: String::new(),
        po: String::new(),
        note: String::new(),
        proration: Proration::None,
        auto_renews: false,
        notice_days: None,
        conditions: Conditions::default(),
        paperwork: Paperwork::default(),
        ..purchase.clone()
    };
    format!("{:?}", to_input(&said.over(purchase, &nothing)))
}

type Identity = (String, String, Date);

fn identity(purchase: &Purchase) -> Option<Identity> {
    let po = purchase.po.trim();
    (!po.is_empty()).then(|| (po.to_owned(), purchase.license_type.clone(), purchase.term.from))
}

/// Finds the purchases that the rows are: first those that say the same, then those that they change.
pub(super) fn settle(rows: &mut [Understood], entered: &[Purchase], said: &Said) {
    let mut alike: HashMap<String, Vec<&Purchase>> = HashMap::new();
    for purchase in entered.iter().rev() {
        alike.entry(likeness(purchase, said)).or_default().push(purchase);
    }
    let mut found: HashSet<PurchaseId> = HashSet::new();
    for row in rows.iter_mut() {
        let same = row.purchase.as_ref().and_then(|purchase| alike.get_mut(&likeness(purchase, said))?.pop());
        if let Some(same) = same {
            found.insert(same.id);
            row.entered = Entered::Same(same.id);
        }
    }
    let mut known: HashMap<Identity, (Vec<&Purchase>, usize)> = HashMap::new();
    for purchase in entered.iter().filter(|purchase| !found.contains(&purchase.id)) {
        if let Some(identity) = identity(purchase) {
            known.entry(identity).or_default().0.push(purchase);
        }
    }
    let open = |row: &&mut Understood| row.entered == Entered::Not;
    for row in rows.iter_mut().filter(open) {
        let own = row.purchase.as_ref().and_then(identity);
        if let Some((_, rows)) = own.and_then(|own| known.get_mut(&own)) {
            *rows += 1;
        }
    }
    for row in rows.iter_mut().filter(open) {
        let own = row.purchase.as_ref().and_then(identity);
        if let Some((purchases, rows)) = own.and_then(|own| known.get(&own)) {
            change(row, purchases, *rows, said);
        }
    }
}

/// Purchases of one identity that a sentence tells by their numbers.
const MOST_TOLD: usize = 5;

/// The row changes the one purchase of its identity; where there are several it cannot be told which.
fn change(row: &mut Understood, purchases: &[&Purchase], rows: usize, said: &Said) {
    let Some(own) = row.purchase.take() else { return };
    if let ([old], 1) = (purchases, rows) {
        let new = said.over(&own, old);
        row.entered = Entered::Changed(old.id, changes(old, &new));
        row.purchase = Some(new);
        return;
    }
    // Every row tells them: all of a hundred thousand would fill the memory.
    let mut numbers: Vec<_> = purchases.iter().take(MOST_TOLD).map(|purchase| purchase.id.0.to_string()).collect();
    if let Some(left) = purchases.len().checked_sub(MOST_TOLD).filter(|left| *left > 0) {
        numbers.push(format!("{left} more"));
    }
    let message = format!(
        "Purchase {} has this purchase identifier, license type and first day, and so {}: it cannot be told which one \
         changes. Give each its own identifier, or edit the purchase",
        numbers.join(" and "),
        if rows > 1 { "have several rows" } else { "do several purchases" },
    );
    row.problems.push(Remark { field: Field::Po.name(), column: None, message, repair: Repair::TellApart });
}

/// What is different, field by field.
fn changes(old: &Purchase, new: &Purchase) -> Vec<String> {
    type Text = fn(&PurchaseInput) -> String;
    let shown: [(Field, Text); 32] = [
        (Field::Name, |form| form.name.clone()),
        (Field::Quantity, |form| if form.unlimited { "unlimited".to_owned() } else { form.quantity.clone() }),
        (Field::Cost, |form| form.cost.clone()),
        (Field::Per, |form| form.per.clone()),
        (Field::Currency, |form| form.currency.clone()),
        (Field::Every, |form| form.every.clone()),
        (Field::Until, |form| form.until.clone()),
        (Field::Proration, |form| form.proration.clone()),
        (Field::AutoRenews, |form| if form.auto_renews { "yes" } else { "no" }.to_owned()),
        (Field::NoticeDays, |form| form.notice_days.clone()),
        (Field::Note, |form| form.note.clone()),
        (Field::Shape, |form| form.conditions.shape.clone()),
        (Field::Tiers, |form| in_one_cell(&form.conditions.tiers)),
        (Field::Included, |form| form.conditions.included.clone()),
        (Field::Extra, |form| form.conditions.extra.clone()),
        (Field::Packs, |form| form.conditions.packs.clone()),
        (Field::Discounts, |form| in_one_cell(&form.conditions.discounts)),
        (Field::Tax, |form| form.conditions.tax.clone()),
        (Field::MinimumPayment, |form| form.conditions.minimum_payment.clone()),
        (Field::MinimumTerm, |form| form.conditions.minimum_term.clone()),
        (Field::Overage, |form| form.conditions.overage.clone()),
        (Field::TrueUp, |form| form.conditions.true_up.clone()),
        (Field::OverageProration, |form| form.conditions.overage_proration.clone()),
        (Field::Uplift, |form| form.conditions.uplift.clone()),
        (Field::Cap, |form| form.conditions.cap.clone()),
        (Field::RenewalSeats, |form| form.conditions.renewal_seats.clone()),
        (Field::Once, |form| form.conditions.once.clone()),
        (Field::PaysFor, |form| in_one_cell(&form.conditions.pays_for)),
        (Field::PaysFor, |form| if form.conditions.fallback { "whomever no rule matches" } else { "" }.to_owned()),
        (Field::Owner, |form| form.paperwork.owner.clone()),
        (Field::Reminder, |form| form.paperwork.reminder.clone()),
        (Field::Documents, |form| in_one_cell(&form.paperwork.documents)),
    ];
    let (old, new) = (to_input(old), to_input(new));
    let named = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    let differing = shown.iter().filter(|(_, text)| text(&old) != text(&new));
    differing
        .map(|(field, text)| format!("{}: {}, now {}", field.label(), named(text(&old)), named(text(&new))))
        .collect()
}
