//! What each column of the specification says of a charge. Ends are exclusive, instants UTC, numbers plain decimals.

use std::borrow::Cow;

use jiff::civil::Date;

use super::charge;
use super::rows::{Category, CostRow, Source};
use crate::error::{Error, Result};
use crate::export::{Cell, Tabular};

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
const SINCE_1_2: [&str; 3] = ["InvoiceId", "ServiceSubcategory", "x_InvoiceNote"];

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

fn whole(number: impl std::fmt::Display) -> Cell<'static> {
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
        "x_Active",
        "x_Allocation",
        "x_FeeId",
        "x_Inactive",
        "x_InvoiceNote",
        "x_NotMonitored",
        "x_PurchaseId",
        "x_PurchaseOrder",
        "x_Seats",
    ];

    fn cell(&self, column: &str) -> Cell<'_> {
        let unit = self.unit.as_ref();
        match column {
            // Nothing is amortised elsewhere, so what is billed and what is effective are what is paid.
            "BilledCost" | "ContractedCost" | "EffectiveCost" => decimal(&self.cost),
            "ListCost" => decimal(&self.list),
            "ContractedUnitPrice" => unit.map_or(Cell::Null, |unit| decimal(&unit.cost)),
            "ListUnitPrice" => unit.map_or(Cell::Null, |unit| decimal(&unit.list)),
            "PricingQuantity" => unit.map_or(Cell::Null, |unit| whole(unit.quantity)),
            "PricingUnit" => unit.map_or(Cell::Null, |_| plain("Count")),
            "PricingCategory" => unit.map_or(Cell::Null, |_| plain("Standard")),
            "ConsumedQuantity" => self.consumed.map_or(Cell::Null, whole),
            "ConsumedUnit" => self.consumed.map_or(Cell::Null, |_| plain("Count")),
            "BillingAccountId" => text(&self.seller.account),
            "BillingAccountName" => text(&self.seller.account_name),
            "BillingCurrency" => plain(self.currency),
            "BillingPeriodStart" => midnight(self.day.first_of_month()),
            "BillingPeriodEnd" => midnight(charge::next_day(self.day.last_of_month())),
            "ChargeCategory" | "ChargeType" => plain(match self.category {
                Category::Usage => "Usage",
                Category::Purchase => "Purchase",
                Category::Tax => "Tax",
            }),
            // What is credited in the month in which it was paid corrects no period that was invoiced before.
            "ChargeClass" if self.corrects => plain("Correction"),
            "ChargeDescription" => text(&self.description),
            "ChargeFrequency" => plain(self.frequency.word()),
            "ChargePeriodStart" => midnight(self.from),
            "ChargePeriodEnd" => midnight(self.end),
            "InvoiceId" => self.billed.invoice.as_deref().map_or(Cell::Null, text),
            "InvoiceIssuerName" | "InvoiceIssuer" | "ProviderName" | "Provider" | "PublisherName" | "Publisher" => {
                text(&self.seller.vendor)
            }
            "ServiceCategory" => plain("Business Applications"),
            "ServiceName" => text(&self.seller.service),
            "ServiceSubcategory" if self.seller.productive => plain("Productivity and Collaboration"),
            "ServiceSubcategory" => plain("Other (Business Applications)"),
            // The specification wants both null for a tax.
            "SkuId" | "SkuPriceId" if unit.is_none() => Cell::Null,
            "SkuId" => text(&self.sku),
            "SkuPriceId" => Cell::Text(Cow::Owned(format!("{}/{}", self.sku, self.source.number()))),
            "Tags" => plain(&self.tags),
            // As long as nothing was imported nobody is counted as active or inactive. After that a record, which shares seats
            // out, does not know which accounts are which.
            "x_NotMonitored" => self.holders.filter(|_| !self.seller.monitored).map_or(Cell::Null, Cell::Count),
            "x_Allocation" => plain(self.allocation),
            "x_InvoiceNote" => self.billed.note.as_deref().map_or(Cell::Null, text),
            "x_PurchaseId" => self.source.purchase().map_or(Cell::Null, digits),
            "x_FeeId" => self.source.fee().map_or(Cell::Null, digits),
            "x_PurchaseOrder" => text(&self.po),
            "x_Seats" => self.seats.map_or(Cell::Null, Cell::Count),
            _ => Cell::Null,
        }
    }
}

fn digits(id: i64) -> Cell<'static> {
    Cell::Digits(Cow::Owned(id.to_string()))
}

impl Source {
    fn number(self) -> i64 {
        match self {
            Self::Purchase(id) | Self::Fee(id) => id,
        }
    }

    fn purchase(self) -> Option<i64> {
        matches!(self, Self::Purchase(_)).then_some(self.number())
    }

    fn fee(self) -> Option<i64> {
        matches!(self, Self::Fee(_)).then_some(self.number())
    }
}
