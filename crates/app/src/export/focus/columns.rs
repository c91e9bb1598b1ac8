//! What each column of the specification says of a charge. Ends are exclusive, instants UTC, numbers plain decimals.

use std::borrow::Cow;

use jiff::civil::Date;
use ledger::{Frequency, Purchase, Quantity};

use super::charge::{self, Charge};
use crate::error::{Error, Result};
use crate::export::{Cell, Tabular};
use crate::words;

/// A version of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1_0,
    V1_2,
}

/// Columns under names from before 1.0 that the public validator's rules for 1.0 still ask for. They repeat what stands in
/// `ChargeCategory`, `InvoiceIssuerName`, `ProviderName`, `PublisherName` and `ResourceId`.
const VALIDATOR_1_0: [&str; 5] = ["ChargeType", "InvoiceIssuer", "Provider", "Publisher", "ResourceID"];

/// Columns that 1.0 has room for and 1.2 asks for only where the seller supports what they tell.
const ONLY_1_0: [&str; 13] = [
    "CommitmentDiscountCategory",
    "CommitmentDiscountId",
    "CommitmentDiscountName",
    "CommitmentDiscountStatus",
    "CommitmentDiscountType",
    "RegionId",
    "RegionName",
    "ResourceId",
    "ResourceName",
    "ResourceType",
    "SubAccountId",
    "SubAccountName",
    "AvailabilityZone",
];

/// Columns that came after 1.0.
const SINCE_1_2: [&str; 2] = ["InvoiceId", "ServiceSubcategory"];

impl Version {
    pub(super) fn parse(text: &str) -> Result<Self> {
        match text {
            "1.0" => Ok(Self::V1_0),
            "1.2" => Ok(Self::V1_2),
            _ => Err(Error::NotAllowed { value: text.to_owned(), expected: "a version of FOCUS: 1.0 or 1.2" }),
        }
    }

    pub(super) fn columns(self) -> Vec<&'static str> {
        let absent = |column: &&str| match self {
            Self::V1_0 => SINCE_1_2.contains(column),
            Self::V1_2 => ONLY_1_0.contains(column) || VALIDATOR_1_0.contains(column),
        };
        CostRow::COLUMNS.iter().copied().filter(|column| !absent(column)).collect()
    }
}

/// Who sells to whom.
#[derive(Debug, Clone)]
pub(super) struct Seller {
    pub(super) account: String,
    pub(super) account_name: String,
    pub(super) service: String,
    pub(super) productive: bool,
    pub(super) vendor: String,
}

/// One cost record.
#[derive(Debug, Clone)]
pub struct CostRow {
    charge: Charge,
    seller: Seller,
    id: i64,
    sku: String,
    po: String,
    currency: &'static str,
    seats: Option<u32>,
    frequency: Frequency,
    usage: bool,
    description: String,
}

impl CostRow {
    pub(super) fn new(charge: &Charge, purchase: &Purchase, license_name: &str, seller: &Seller) -> Self {
        Self {
            charge: charge.clone(),
            seller: seller.clone(),
            id: purchase.id.0,
            sku: purchase.license_type.clone(),
            po: purchase.po.clone(),
            currency: purchase.currency.code(),
            seats: match purchase.quantity {
                Quantity::Seats(seats) => Some(seats),
                Quantity::Unlimited => None,
            },
            frequency: purchase.frequency,
            usage: charge::is_usage(purchase),
            description: described(charge, purchase, license_name),
        }
    }

    /// Payments by day, then by purchase.
    pub(super) fn order(&self) -> (Date, i64) {
        (self.charge.from, self.id)
    }

    fn consumed(&self) -> Option<u32> {
        self.usage.then(|| self.seats.unwrap_or(1))
    }
}

/// "Can-Edit, 50 seats, 1 Apr 2026 to 30 Apr 2026".
fn described(charge: &Charge, purchase: &Purchase, license_name: &str) -> String {
    let last = charge.end.yesterday().unwrap_or(charge.end);
    let (from, to) = (words::day(charge.from), words::day(last));
    let days = if from == to { from } else { format!("{from} to {to}") };
    let cut = if charge.cut { ", cut short by the end of the term" } else { "" };
    format!("{license_name}, {}, {days}{cut}", crate::apps::seats(purchase))
}

fn plain(text: &str) -> Cell<'_> {
    Cell::Plain(Cow::Borrowed(text))
}

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Null } else { Cell::Text(Cow::Borrowed(text)) }
}

/// A decimal always has a point: readers that guess types would take a column of whole amounts for integers.
fn decimal(text: &str) -> Cell<'_> {
    if text.contains('.') { plain(text) } else { Cell::Plain(Cow::Owned(format!("{text}.0"))) }
}

fn whole(number: u32) -> Cell<'static> {
    Cell::Plain(Cow::Owned(format!("{number}.0")))
}

fn midnight(day: Date) -> Cell<'static> {
    Cell::Instant(Cow::Owned(format!("{day}T00:00:00Z")))
}

impl Tabular for CostRow {
    const COLUMNS: &'static [&'static str] = &[
        "AvailabilityZone",
        "BilledCost",
        "BillingAccountId",
        "BillingAccountName",
        "BillingCurrency",
        "BillingPeriodEnd",
        "BillingPeriodStart",
        "ChargeCategory",
        "ChargeClass",
        "ChargeDescription",
        "ChargeFrequency",
        "ChargePeriodEnd",
        "ChargePeriodStart",
        "CommitmentDiscountCategory",
        "CommitmentDiscountId",
        "CommitmentDiscountName",
        "CommitmentDiscountStatus",
        "CommitmentDiscountType",
        "ConsumedQuantity",
        "ConsumedUnit",
        "ContractedCost",
        "ContractedUnitPrice",
        "EffectiveCost",
        "InvoiceId",
        "InvoiceIssuerName",
        "ListCost",
        "ListUnitPrice",
        "PricingCategory",
        "PricingQuantity",
        "PricingUnit",
        "ProviderName",
        "PublisherName",
        "RegionId",
        "RegionName",
        "ResourceId",
        "ResourceName",
        "ResourceType",
        "ServiceCategory",
        "ServiceName",
        "ServiceSubcategory",
        "SkuId",
        "SkuPriceId",
        "SubAccountId",
        "SubAccountName",
        "Tags",
        "ChargeType",
        "InvoiceIssuer",
        "Provider",
        "Publisher",
        "ResourceID",
        "x_PurchaseId",
        "x_PurchaseOrder",
        "x_Seats",
    ];

    fn cell(&self, column: &str) -> Cell<'_> {
        let charge = &self.charge;
        match column {
            // Nothing is discounted or amortised elsewhere, so every cost is what is paid.
            "BilledCost" | "ContractedCost" | "EffectiveCost" | "ListCost" => decimal(&charge.cost),
            "ContractedUnitPrice" | "ListUnitPrice" => decimal(&charge.unit_price),
            "PricingQuantity" => whole(charge.quantity),
            "PricingUnit" => plain("Count"),
            "PricingCategory" => plain("Standard"),
            "ConsumedQuantity" => self.consumed().map_or(Cell::Null, whole),
            "ConsumedUnit" => self.consumed().map_or(Cell::Null, |_| plain("Count")),
            "BillingAccountId" => text(&self.seller.account),
            "BillingAccountName" => text(&self.seller.account_name),
            "BillingCurrency" => plain(self.currency),
            "BillingPeriodStart" => midnight(charge.from.first_of_month()),
            "BillingPeriodEnd" => midnight(charge::next_day(charge.from.last_of_month())),
            "ChargeCategory" | "ChargeType" => plain(if self.usage { "Usage" } else { "Purchase" }),
            "ChargeDescription" => text(&self.description),
            "ChargeFrequency" => plain(if self.frequency == Frequency::Once { "One-Time" } else { "Recurring" }),
            "ChargePeriodStart" => midnight(charge.from),
            "ChargePeriodEnd" => midnight(charge.end),
            "InvoiceIssuerName" | "InvoiceIssuer" | "ProviderName" | "Provider" | "PublisherName" | "Publisher" => {
                text(&self.seller.vendor)
            }
            "ServiceCategory" => plain("Business Applications"),
            "ServiceName" => text(&self.seller.service),
            "ServiceSubcategory" if self.seller.productive => plain("Productivity and Collaboration"),
            "ServiceSubcategory" => plain("Other (Business Applications)"),
            "SkuId" => text(&self.sku),
            "SkuPriceId" => Cell::Text(Cow::Owned(format!("{}/{}", self.sku, self.id))),
            // A purchase belongs to no department; what is allocated to one is not told here yet.
            "Tags" => plain("{}"),
            "x_PurchaseId" => Cell::Digits(Cow::Owned(self.id.to_string())),
            "x_PurchaseOrder" => text(&self.po),
            "x_Seats" => self.seats.map_or(Cell::Null, |seats| Cell::Count(seats.into())),
            _ => Cell::Null,
        }
    }
}
