//! From payments to cost records: shared out among those who hold the seats, each with its tax. The parts of a payment add
//! up to it, seat by seat and cent by cent.

use std::sync::Arc;

use jiff::civil::Date;
use ledger::{Currency, Exact, Fee, Frequency, Purchase, Quantity, display_amount};
use rust_decimal::Decimal;

use super::billed::Billed;
use super::charge::{By, Charge, Unit, makes, shared};
use super::holders::Part;
use crate::words::{self, grouped};

/// Who sells to whom.
#[derive(Debug, Clone)]
pub(super) struct Seller {
    pub(super) account: String,
    pub(super) account_name: String,
    pub(super) service: String,
    pub(super) productive: bool,
    /// Whether it is known of anybody when they were last active.
    pub(super) monitored: bool,
    pub(super) vendor: String,
}

/// What a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Category {
    /// Seats for a month (spend.md D9).
    Usage,
    /// What is bought for longer, or once; a fee.
    Purchase,
    /// Tax on one of the others.
    Tax,
}

/// How often a charge comes, in the specification's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChargeFrequency {
    OneTime,
    Recurring,
    /// By the accounts that there were: never with a purchase.
    UsageBased,
}

impl From<Frequency> for ChargeFrequency {
    fn from(frequency: Frequency) -> Self {
        if frequency == Frequency::Once { Self::OneTime } else { Self::Recurring }
    }
}

impl ChargeFrequency {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::OneTime => "One-Time",
            Self::Recurring => "Recurring",
            Self::UsageBased => "Usage-Based",
        }
    }
}

/// What is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A purchase.
    Purchase(i64),
    /// A fee.
    Fee(i64),
}

/// How many of which price make the cost, exactly.
#[derive(Debug, Clone)]
pub(super) struct Priced {
    /// Negative for what is credited: prices never are.
    pub(super) quantity: i64,
    pub(super) list: String,
    pub(super) cost: String,
}

/// One cost record.
#[derive(Debug, Clone)]
pub struct CostRow {
    pub(super) seller: Arc<Seller>,
    pub(super) category: Category,
    /// Whether it corrects a billing period that is over.
    pub(super) corrects: bool,
    pub(super) source: Source,
    pub(super) day: Date,
    pub(super) from: Date,
    pub(super) end: Date,
    pub(super) currency: &'static str,
    pub(super) list: String,
    pub(super) cost: String,
    /// None for a tax.
    pub(super) unit: Option<Priced>,
    pub(super) consumed: Option<u64>,
    pub(super) seats: Option<u64>,
    /// Accounts that hold the seats; `None` while the roster is not known.
    pub(super) holders: Option<u64>,
    pub(super) tags: String,
    /// `accounts`, `unassigned` or `whole`.
    pub(super) allocation: &'static str,
    pub(super) billed: Billed,
    pub(super) sku: String,
    pub(super) po: String,
    pub(super) frequency: ChargeFrequency,
    pub(super) description: String,
}

impl CostRow {
    /// Payments by day, then by what they are for.
    pub(super) fn order(&self) -> (Date, Source, Category) {
        (self.day, self.source, self.category)
    }
}

/// A charge with what all of its records say alike.
pub(super) struct Paid<'a> {
    pub(super) charge: &'a Charge,
    pub(super) seller: &'a Arc<Seller>,
    pub(super) billed: Billed,
    /// What the license type or the fee is called.
    pub(super) name: &'a str,
}

/// A share of a charge.
struct Share<'a> {
    part: Option<&'a Part>,
    list: Exact,
    cost: Exact,
    tax: Option<(Exact, Exact)>,
}

impl Paid<'_> {
    /// The records of a purchase's payment; without parts it is told whole.
    pub(super) fn of_purchase(&self, purchase: &Purchase, parts: Option<&[Part]>) -> Vec<CostRow> {
        let limited = match purchase.quantity {
            Quantity::Seats(seats) => Some(u64::from(seats)),
            Quantity::Unlimited => None,
        };
        let by_accounts = self.charge.by != By::Quantity;
        let usage = by_accounts || purchase.frequency == Frequency::Monthly;
        let row = |share: &Share| {
            let seats = match self.charge.by {
                By::Beyond(accounts) => Some(accounts),
                _ => share.part.map_or(limited, |part| limited.map(|_| part.seats)),
            };
            let (tags, allocation) = match share.part {
                Some(Part { tag: Some(tag), .. }) => (tag.json(), "accounts"),
                Some(Part { tag: None, .. }) => ("{}".to_owned(), "unassigned"),
                None => ("{}".to_owned(), "whole"),
            };
            CostRow {
                category: if usage { Category::Usage } else { Category::Purchase },
                consumed: (usage && !self.charge.corrects())
                    .then(|| seats.or(share.part.map(|part| part.seats)).unwrap_or(1)),
                seats,
                holders: share.part.map(|part| part.tag.as_ref().map_or(0, |_| part.seats)),
                tags,
                allocation,
                sku: purchase.license_type.clone(),
                po: purchase.po.clone(),
                frequency: if by_accounts { ChargeFrequency::UsageBased } else { purchase.frequency.into() },
                description: format!("{}, {}{}", self.name, self.held(seats, limited), self.days()),
                ..self.row(Source::Purchase(purchase.id.0), purchase.currency, share, seats)
            }
        };
        let shares = self.shares(parts, purchase.currency);
        let rows = shares.iter().map(|share| (row(share), share));
        rows.flat_map(|(row, share)| [Some(row.clone()), self.tax(&row, share, purchase.currency)]).flatten().collect()
    }

    /// The record of a fee's payment: it belongs to no department.
    pub(super) fn of_fee(&self, fee: &Fee) -> CostRow {
        let share = Share { part: None, list: self.charge.list.clone(), cost: self.charge.cost.clone(), tax: None };
        CostRow {
            sku: format!("fee-{}", fee.id.0),
            frequency: fee.frequency.into(),
            description: format!("{}{}", self.name, self.days()),
            ..self.row(Source::Fee(fee.id.0), fee.currency, &share, None)
        }
    }

    fn row(&self, source: Source, currency: Currency, share: &Share, seats: Option<u64>) -> CostRow {
        let text = |amount: &Exact| display_amount(amount, currency);
        let (list, cost) = (text(&share.list), text(&share.cost));
        CostRow {
            seller: Arc::clone(self.seller),
            category: Category::Purchase,
            corrects: self.charge.corrects(),
            source,
            day: self.charge.day,
            from: self.charge.from,
            end: self.charge.end,
            currency: currency.code(),
            unit: Some(priced(self.charge.unit.as_ref(), share.part.is_some(), seats, &list, &cost)),
            list,
            cost,
            consumed: None,
            seats: None,
            holders: None,
            tags: "{}".to_owned(),
            allocation: "whole",
            billed: self.billed.clone(),
            sku: String::new(),
            po: String::new(),
            frequency: ChargeFrequency::OneTime,
            description: String::new(),
        }
    }

    /// The tax on a record. Invoices are recorded before tax: it stands on none of them.
    fn tax(&self, on: &CostRow, share: &Share, currency: Currency) -> Option<CostRow> {
        let (list, cost) = share.tax.as_ref()?;
        let percent = self.charge.tax.as_ref()?.percent;
        Some(CostRow {
            category: Category::Tax,
            list: display_amount(list, currency),
            cost: display_amount(cost, currency),
            unit: None,
            consumed: None,
            seats: None,
            holders: None,
            billed: Billed::default(),
            description: format!("Tax of {} on {}", ledger::percent::percent_text(percent), on.description),
            ..on.clone()
        })
    }

    /// In proportion to the seats; each amount by largest remainder.
    fn shares<'a>(&self, parts: Option<&'a [Part]>, currency: Currency) -> Vec<Share<'a>> {
        let Charge { list, cost, tax, .. } = self.charge;
        let parts = parts.unwrap_or_default();
        if parts.iter().all(|part| part.seats == 0) {
            let tax = tax.as_ref().map(|tax| (tax.list.clone(), tax.cost.clone()));
            return vec![Share { part: parts.first(), list: list.clone(), cost: cost.clone(), tax }];
        }
        let by: Vec<u64> = parts.iter().map(|part| part.seats).collect();
        let of = |amount: &Exact| shared(amount, &by, currency);
        let taxes: Vec<Option<(Exact, Exact)>> = match tax {
            Some(tax) => of(&tax.list).into_iter().zip(of(&tax.cost)).map(Some).collect(),
            None => vec![None; by.len()],
        };
        let amounts = of(list).into_iter().zip(of(cost)).zip(taxes);
        parts
            .iter()
            .zip(amounts)
            .map(|(part, ((list, cost), tax))| Share { part: Some(part), list, cost, tax })
            .collect()
    }

    /// "50 seats", "7 accounts".
    fn held(&self, seats: Option<u64>, limited: Option<u64>) -> String {
        match self.charge.by {
            By::Beyond(accounts) => words::counted(accounts, "account", "accounts"),
            By::Quantity | By::Accounts => held(seats, limited),
        }
    }

    /// ", 1 Apr 2026 to 30 Apr 2026".
    fn days(&self) -> String {
        let last = self.charge.end.yesterday().unwrap_or(self.charge.end);
        let (from, to) = (words::day(self.charge.from), words::day(last));
        let days = if from == to { from } else { format!("{from} to {to}") };
        format!(", {days}{}", self.charge.note)
    }
}

/// "50 seats", "20 of 50 seats", "unlimited seats".
fn held(seats: Option<u64>, all: Option<u64>) -> String {
    match (seats, all) {
        (Some(seats), Some(all)) if seats != all => {
            format!("{} of {}", grouped(seats), words::counted(all, "seat", "seats"))
        }
        (_, Some(all)) => words::counted(all, "seat", "seats"),
        (_, None) => "unlimited seats".to_owned(),
    }
}

/// Seats at their price where so many of them make both amounts, else one of the whole, or one less of it.
fn priced(unit: Option<&Unit>, part: bool, seats: Option<u64>, list: &str, cost: &str) -> Priced {
    let seated = unit.and_then(|unit| {
        let quantity = if part { seats? } else { unit.seats };
        let makes = |one: Decimal, amount: &str| {
            amount.parse().is_ok_and(|amount| makes(one, quantity, &ledger::money::exact(amount)))
        };
        (makes(unit.list, list) && makes(unit.cost, cost)).then(|| Priced {
            quantity: i64::try_from(quantity).unwrap_or(i64::MAX),
            list: unit.list.to_string(),
            cost: unit.cost.to_string(),
        })
    });
    let credited = [list, cost].iter().any(|amount| amount.starts_with('-'));
    let price = |amount: &str| amount.trim_start_matches('-').to_owned();
    let quantity = if credited { -1 } else { 1 };
    seated.unwrap_or_else(|| Priced { quantity, list: price(list), cost: price(cost) })
}
