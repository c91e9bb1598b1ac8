//! Short ways to make purchases and types, and to read figures.

use jiff::civil::Date;
use ledger::{
    Basis, Bucket, Conditions, Currency, FiscalYear, Frequency, Grain, Line, Outlook, Per, Price, Proration, Purchase,
    PurchaseId, Quantity, Renewing, Setting, Spend, Term, TypeFacts, TypeNames, TypeSpend, Wanted, display_amount,
};

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn currency(code: &str) -> Currency {
    Currency::from_code(code).unwrap()
}

/// 50 seats of Can-Edit at 9.00 USD a month each, for the year from 1 Apr 2026.
pub fn purchase() -> Purchase {
    Purchase {
        id: PurchaseId(1),
        license_type: "can-edit".to_owned(),
        name: String::new(),
        po: String::new(),
        quantity: Quantity::Seats(50),
        price: Some(Price { amount: "9.00".parse().unwrap(), per: Per::Unit }),
        currency: currency("USD"),
        frequency: Frequency::Monthly,
        term: term("2026-04-01", Some("2027-03-31")),
        proration: Proration::None,
        auto_renews: false,
        notice_days: None,
        note: String::new(),
        conditions: Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

/// `(seats, unit price a year)` of Can-Edit, for the year from 1 Apr 2026.
pub fn yearly(id: i64, seats: u32, unit: &str) -> Purchase {
    Purchase {
        id: PurchaseId(id),
        quantity: Quantity::Seats(seats),
        price: Some(Price { amount: unit.parse().unwrap(), per: Per::Unit }),
        frequency: Frequency::Annually,
        ..purchase()
    }
}

#[allow(clippy::unnecessary_wraps, reason = "it is put into a purchase, where a price may be missing")]
pub fn lot(amount: &str) -> Option<Price> {
    Some(Price { amount: amount.parse().unwrap(), per: Per::Lot })
}

#[allow(clippy::unnecessary_wraps, reason = "it is put into a purchase, where a price may be missing")]
pub fn unit(amount: &str) -> Option<Price> {
    Some(Price { amount: amount.parse().unwrap(), per: Per::Unit })
}

/// A term from its first day to its last, inclusive.
pub fn term(from: &str, last: Option<&str>) -> Term {
    Term { from: day(from), end: last.map(|last| day(last).tomorrow().unwrap()) }
}

/// Figures in dollars.
pub fn dollars<'a>() -> Setting<'a> {
    Setting { default: Some(currency("USD")), ..Setting::default() }
}

/// The months that hold these days.
pub fn months(from: &str, until: &str) -> Vec<Bucket> {
    FiscalYear::default().buckets(Grain::Month, day(from), day(until))
}

/// A table of purchases alone, in their own currency.
pub fn wanted<'a>(basis: Basis, purchases: &'a [Purchase], buckets: &'a [Bucket]) -> Wanted<'a> {
    let names = TypeNames::default();
    Wanted { basis, purchases, fees: &[], free: &[], names, buckets, exchange: None, counts: None }
}

/// A forecast of purchases alone, of those that renew themselves.
pub fn outlook(from: Date, months: u32, basis: Basis, purchases: &[Purchase]) -> Outlook<'_> {
    Outlook {
        from,
        months,
        basis,
        purchases,
        fees: &[],
        free: &[],
        names: TypeNames::default(),
        changes: &[],
        repriced: &[],
        renewing: Renewing::Automatic,
        continued: &[],
        exchange: None,
        counts: None,
    }
}

/// A billable type that costs something.
pub fn can_edit(accounts: u64) -> TypeFacts {
    type_of("can-edit", "Can-Edit", accounts)
}

pub fn view_only(assigned: u64) -> TypeFacts {
    TypeFacts { billable: false, billable_accounts: 0, ..type_of("view-only", "View-Only", assigned) }
}

pub fn type_of(key: &str, name: &str, accounts: u64) -> TypeFacts {
    TypeFacts {
        license_type: key.to_owned(),
        name: name.to_owned(),
        billable: true,
        free: false,
        assigned: accounts,
        billable_accounts: accounts,
        ..TypeFacts::default()
    }
}

/// The amount as shown, with its currency; "?" when it is not known.
pub fn shown(line: &Line) -> String {
    match &line.value {
        Some(value) => format!("{} {}", display_amount(&value.amount, value.currency), value.currency),
        None => "?".to_owned(),
    }
}

pub fn caveat(line: &Line) -> &str {
    line.caveat.as_deref().unwrap_or_default()
}

pub fn of<'a>(spend: &'a Spend, license_type: &str) -> &'a TypeSpend {
    spend.by_type.iter().find(|one| one.license_type == license_type).unwrap()
}

/// Billable, committed, waste.
pub fn totals(spend: &Spend) -> [String; 3] {
    [shown(&spend.billable_annual), shown(&spend.committed_annual), shown(&spend.waste_annual)]
}
