//! The rules by which figures are made, each as one sentence: screens show it, docs/FORMULAS.md lists it.
//! Absent on purpose: the computing itself; every figure names the rule that it followed.

/// A rule. Every variant's meaning is its [`Rule::law`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// What one payment costs.
    Payment,
    /// A recurring price in a year.
    AnnualByMonths,
    /// A price paid once, with a term.
    AnnualOnceOverTerm,
    /// A price paid once, without an end.
    AnnualOnceOpenEnded,
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
    /// What the contracts commit to.
    Committed,
    /// Seats that nobody holds.
    Waste,
    /// Totals over types.
    Total,
    /// Several currencies.
    MixedCurrencies,
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
}

impl Rule {
    /// All rules, in the order in which they are told.
    pub const ALL: [Self; 22] = [
        Self::Payment,
        Self::AnnualByMonths,
        Self::AnnualOnceOverTerm,
        Self::AnnualOnceOpenEnded,
        Self::UnknownPrice,
        Self::SeatsInForce,
        Self::UnitPrice,
        Self::BillableAccounts,
        Self::NotBillable,
        Self::Free,
        Self::LimitedFirst,
        Self::UnlimitedLot,
        Self::UnlimitedUnit,
        Self::Committed,
        Self::Waste,
        Self::Total,
        Self::MixedCurrencies,
        Self::TermTotal,
        Self::CutInFull,
        Self::CutByDays,
        Self::CutByStartedMonths,
        Self::CutByWholeMonths,
    ];

    /// A short name, a heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Payment => "One payment",
            Self::AnnualByMonths => "A recurring price in a year",
            Self::AnnualOnceOverTerm => "A price paid once, with an end",
            Self::AnnualOnceOpenEnded => "A price paid once, without an end",
            Self::UnknownPrice => "A price that is not known",
            Self::SeatsInForce => "Seats in force",
            Self::UnitPrice => "The annual price of one seat",
            Self::BillableAccounts => "Annual spend for billable accounts",
            Self::NotBillable => "A license type that is not billable",
            Self::Free => "A free license type",
            Self::LimitedFirst => "Counted seats come first",
            Self::UnlimitedLot => "Unlimited seats for a lot price",
            Self::UnlimitedUnit => "Unlimited seats at a price per unit",
            Self::Committed => "Committed annual spend",
            Self::Waste => "Unassigned seats",
            Self::Total => "Totals",
            Self::MixedCurrencies => "Several currencies",
            Self::TermTotal => "The cost of a whole term",
            Self::CutInFull => "A cut payment period, no proration",
            Self::CutByDays => "A cut payment period, by days",
            Self::CutByStartedMonths => "A cut payment period, by started months",
            Self::CutByWholeMonths => "A cut payment period, by whole months",
        }
    }

    /// The rule in one or two sentences, the same wherever it is shown.
    pub fn law(self) -> &'static str {
        match self {
            Self::Payment => {
                "One payment is the unit price times the seats, or the price for the lot exactly as entered."
            }
            Self::AnnualByMonths => {
                "A recurring price is annualised by months: one payment × 12 ÷ the months between two payments."
            }
            Self::AnnualOnceOverTerm => {
                "A price that is paid once is spread evenly over the days of its term: price × 365 ÷ days."
            }
            Self::AnnualOnceOpenEnded => {
                "A price that is paid once and has no end is charged on its date only: it adds nothing to a year."
            }
            Self::UnknownPrice => {
                "An empty cost means that the price is not known. It is named and never counted as 0."
            }
            Self::SeatsInForce => {
                "Seats count from the first day of their purchase through its last day. When a purchase starts on the \
                 last day of an older one of its license type, that day counts once, with the newer purchase."
            }
            Self::UnitPrice => {
                "The annual price of one seat is the annual cost of the purchases in force that have a price and a \
                 number of seats, divided by their seats."
            }
            Self::BillableAccounts => {
                "Billable accounts × the annual price of one seat. Accounts beyond the purchased seats are charged at \
                 the same price."
            }
            Self::NotBillable => "The contract does not charge for accounts of a license type that is not billable.",
            Self::Free => "A license type that is marked free costs nothing; that is known, not missing.",
            Self::LimitedFirst => {
                "Where unlimited seats stand beside a number of seats, accounts take the counted seats first."
            }
            Self::UnlimitedLot => {
                "Unlimited seats for a lot price cost the whole price once, as soon as one billable account exists."
            }
            Self::UnlimitedUnit => {
                "Unlimited seats at a price per unit cost that price for every billable account that has no counted \
                 seat; several such prices are averaged. Nothing is committed beforehand."
            }
            Self::Committed => {
                "What the contracts cost in a year whether or not anybody holds the seats: the sum of the annualised \
                 purchases in force."
            }
            Self::Waste => "Purchased seats that no account holds × the annual price of one seat.",
            Self::Total => {
                "The sum over the license types. Amounts stay exact until they are shown; then they are rounded half \
                 up to the currency's smallest unit, and license types get the largest remainders, so that they add up \
                 to the total."
            }
            Self::MixedCurrencies => {
                "Amounts in different currencies are never added without an exchange rate: there is no total then."
            }
            Self::TermTotal => {
                "All payments of the term, counted from its first day: a 31st that a month does not have falls on the \
                 month's last day, and the next month has its 31st again."
            }
            Self::CutInFull => "The end of the term cuts the last payment period short; it is charged in full.",
            Self::CutByDays => {
                "The end of the term cuts the last payment period short; it is charged by its days in the term ÷ the \
                 days of the full period."
            }
            Self::CutByStartedMonths => {
                "The end of the term cuts the last payment period short; it is charged by months, and a month that has \
                 started counts."
            }
            Self::CutByWholeMonths => {
                "The end of the term cuts the last payment period short; it is charged by months, and a month that is \
                 not complete is free."
            }
        }
    }
}
