//! The rules by which figures are made, each as one sentence: screens show it, docs/FORMULAS.md lists it.
//! Absent on purpose: the computing itself; every figure names the rule that it followed.

mod law;

/// A rule. Every variant's meaning is its [`Rule::law`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// What one payment costs.
    Payment,
    /// Graduated tiers.
    Graduated,
    /// Volume tiers.
    Volume,
    /// A base fee with included seats.
    BaseFee,
    /// Seats sold in packs.
    Packs,
    /// Discounts of a payment.
    Discounts,
    /// A minimum for each payment.
    PaymentMinimum,
    /// Tax, apart.
    Tax,
    /// A recurring price in a year.
    AnnualByMonths,
    /// A price paid once, with a term.
    AnnualOnceOverTerm,
    /// A price paid once, without an end.
    AnnualOnceOpenEnded,
    /// A price paid once, on its date only.
    AnnualOnceDated,
    /// A price paid once, over a chosen life.
    AnnualOnceOverLife,
    /// A minimum for the whole term.
    TermMinimum,
    /// Seats beyond the purchased ones.
    Overage,
    /// A miscellaneous fee.
    Fee,
    /// No price was entered.
    UnknownPrice,
    /// Seats in force.
    SeatsInForce,
    /// What a seat of a type costs.
    UnitPrice,
    /// Spend for the billable accounts of a type.
    BillableAccounts,
    /// A type that no contract charges for.
    NotBillable,
    /// A type that costs nothing.
    Free,
    /// Seats of limited purchases come first.
    LimitedFirst,
    /// Unlimited seats for a lot price.
    UnlimitedLot,
    /// Unlimited seats at a price per unit.
    UnlimitedUnit,
    /// The same by the day.
    ByAccounts,
    /// What the contracts commit to.
    Committed,
    /// Seats that nobody holds.
    Waste,
    /// Spend for active accounts.
    Used,
    /// Accounts that are not active.
    Idle,
    /// Seats that nobody holds, and accounts that are not active.
    AllWaste,
    /// Waste in purchases without an end.
    WasteNow,
    /// Waste in purchases with an end.
    WasteAtRenewal,
    /// The current recurring price.
    RunRate,
    /// Cost by days.
    Accrual,
    /// Payments by their day.
    Cash,
    /// The cost of the terms in force.
    Tcv,
    /// The cost of a term, by the year.
    Acv,
    /// Spend by account.
    PerAccount,
    /// What a seat that is held costs.
    PerHeld,
    /// Spend by employee.
    PerEmployee,
    /// Invoices beside the computed figure.
    Invoiced,
    /// Members who hold a license.
    Assigned,
    /// Which accounts contracts charge for.
    Billable,
    /// Seats beside the members who hold them.
    SeatBalance,
    /// Which purchase pays for whom.
    PaysFor,
    /// Spend by department or cost center.
    Chargeback,
    /// Totals over types.
    Total,
    /// Several currencies.
    MixedCurrencies,
    /// An amount in another currency.
    Converted,
    /// No rate is recorded.
    MissingRate,
    /// The cost of a term.
    TermTotal,
    /// A cut period, charged in full.
    CutInFull,
    /// A cut period, by days.
    CutByDays,
    /// A cut period, a started month counts.
    CutByStartedMonths,
    /// A cut period, a started month is free.
    CutByWholeMonths,
    /// A price that changes, or seats that are added, within a payment period.
    WithinPeriod,
    /// A renewal.
    Renewal,
    /// The last day to give notice.
    Notice,
    /// Payments to come.
    Forecast,
    /// How many seats to renew.
    Suggestion,
    /// A scenario beside the present.
    Scenario,
    /// What is left of committed amounts.
    BurnDown,
}

impl Rule {
    /// All rules, in the order in which they are told.
    pub const ALL: [Self; 63] = [
        Self::Payment,
        Self::Graduated,
        Self::Volume,
        Self::BaseFee,
        Self::Packs,
        Self::Discounts,
        Self::PaymentMinimum,
        Self::Tax,
        Self::AnnualByMonths,
        Self::AnnualOnceOverTerm,
        Self::AnnualOnceOpenEnded,
        Self::AnnualOnceDated,
        Self::AnnualOnceOverLife,
        Self::TermMinimum,
        Self::Overage,
        Self::Fee,
        Self::UnknownPrice,
        Self::SeatsInForce,
        Self::Assigned,
        Self::Billable,
        Self::SeatBalance,
        Self::UnitPrice,
        Self::BillableAccounts,
        Self::NotBillable,
        Self::Free,
        Self::LimitedFirst,
        Self::UnlimitedLot,
        Self::UnlimitedUnit,
        Self::ByAccounts,
        Self::Committed,
        Self::Waste,
        Self::Used,
        Self::Idle,
        Self::AllWaste,
        Self::WasteNow,
        Self::WasteAtRenewal,
        Self::RunRate,
        Self::Accrual,
        Self::Cash,
        Self::Tcv,
        Self::Acv,
        Self::PerAccount,
        Self::PerHeld,
        Self::PerEmployee,
        Self::Invoiced,
        Self::PaysFor,
        Self::Chargeback,
        Self::Total,
        Self::MixedCurrencies,
        Self::Converted,
        Self::MissingRate,
        Self::TermTotal,
        Self::CutInFull,
        Self::CutByDays,
        Self::CutByStartedMonths,
        Self::CutByWholeMonths,
        Self::WithinPeriod,
        Self::Renewal,
        Self::Notice,
        Self::Forecast,
        Self::Suggestion,
        Self::Scenario,
        Self::BurnDown,
    ];

    /// A short name, a heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Payment => "One payment",
            Self::Graduated => "Graduated tiers",
            Self::Volume => "Volume tiers",
            Self::BaseFee => "A base fee with included seats",
            Self::Packs => "Packs",
            Self::Discounts => "Discounts",
            Self::PaymentMinimum => "A minimum for each payment",
            Self::Tax => "Tax",
            Self::AnnualByMonths => "A recurring price in a year",
            Self::AnnualOnceOverTerm => "A price paid once, with an end",
            Self::AnnualOnceOpenEnded => "A price paid once, without an end",
            Self::AnnualOnceDated => "A price paid once, on its date only",
            Self::AnnualOnceOverLife => "A price paid once, over a chosen life",
            Self::TermMinimum => "A minimum for the whole term",
            Self::Overage => "Seats beyond the purchased ones",
            Self::Fee => "Miscellaneous fees",
            Self::UnknownPrice => "A price that is not known",
            Self::SeatsInForce => "Seats in force",
            Self::Assigned => "Members who hold a license",
            Self::Billable => "Billable accounts",
            Self::SeatBalance => "Unassigned and over-assigned seats",
            Self::UnitPrice => "The annual price of one seat",
            Self::BillableAccounts => "Annual spend for billable accounts",
            Self::NotBillable => "A license type that is not billable",
            Self::Free => "A free license type",
            Self::LimitedFirst => "Counted seats come first",
            Self::UnlimitedLot => "Unlimited seats for a lot price",
            Self::UnlimitedUnit => "Unlimited seats at a price per unit",
            Self::ByAccounts => "Unlimited seats at a price per unit, over time",
            Self::Committed => "Committed annual spend",
            Self::Waste => "Unassigned seats",
            Self::Used => "Used spend",
            Self::Idle => "Inactive accounts",
            Self::AllWaste => "Waste",
            Self::WasteNow => "Waste that can be realised now",
            Self::WasteAtRenewal => "Waste that can be realised at renewal",
            Self::RunRate => "Run-rate",
            Self::Accrual => "Accrual",
            Self::Cash => "Cash",
            Self::Tcv => "Total contract value",
            Self::Acv => "Annual contract value",
            Self::PerAccount => "Cost per account",
            Self::PerHeld => "Annual cost per assigned seat",
            Self::PerEmployee => "Cost per employee",
            Self::Invoiced => "Recorded invoices",
            Self::PaysFor => "Which purchase pays for whom",
            Self::Chargeback => "Spend by department",
            Self::Total => "Totals",
            Self::MixedCurrencies => "Several currencies",
            Self::Converted => "Exchange rates",
            Self::MissingRate => "A missing exchange rate",
            Self::TermTotal => "The cost of a whole term",
            Self::CutInFull => "A cut payment period, no proration",
            Self::CutByDays => "A cut payment period, by days",
            Self::CutByStartedMonths => "A cut payment period, by started months",
            Self::CutByWholeMonths => "A cut payment period, by whole months",
            Self::WithinPeriod => "A change within a payment period",
            Self::Renewal => "A renewal in a forecast",
            Self::Notice => "The last day to give notice",
            Self::Forecast => "Forecast",
            Self::Suggestion => "Renewal quantity",
            Self::Scenario => "A scenario",
            Self::BurnDown => "What is left",
        }
    }
}
