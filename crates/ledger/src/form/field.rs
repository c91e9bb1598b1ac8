//! The fields of the forms, with the names that programs and people use for them.

/// A field of the purchase form, or of the forms of a fee, a rate, or an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// License type.
    LicenseType,
    /// Name.
    Name,
    /// Purchase identifier.
    Po,
    /// Seats.
    Quantity,
    /// Price.
    Cost,
    /// What the price covers.
    Per,
    /// Currency of the price.
    Currency,
    /// How often it is paid.
    Every,
    /// First day.
    From,
    /// Last day.
    Until,
    /// How a cut period is charged.
    Proration,
    /// Whether it renews itself.
    AutoRenews,
    /// Notice period.
    NoticeDays,
    /// Notes.
    Note,
    /// How the price depends on the seats.
    Shape,
    /// Prices by number of seats.
    Tiers,
    /// Seats that a base fee includes.
    Included,
    /// Price of a seat beyond the included ones.
    Extra,
    /// In which numbers seats are sold.
    Packs,
    /// Discounts.
    Discounts,
    /// Tax.
    Tax,
    /// Minimum of each payment.
    MinimumPayment,
    /// Minimum of the whole term.
    MinimumTerm,
    /// Price of seats beyond the purchased ones.
    Overage,
    /// True-up date.
    TrueUp,
    /// How seats beyond the purchased ones are prorated.
    OverageProration,
    /// Renewal uplift.
    Uplift,
    /// Price cap at a renewal.
    Cap,
    /// Seats that are planned for the renewal.
    RenewalSeats,
    /// What a price paid once is spread over.
    Once,
    /// Whom it pays for.
    PaysFor,
    /// Who is responsible.
    Owner,
    /// Who is reminded.
    Reminder,
    /// Where its documents are.
    Documents,
    /// Amount of a fee or an invoice.
    Amount,
    /// What a rate converts.
    RateFrom,
    /// Into what a rate converts.
    RateTo,
    /// What days a rate is for.
    Kind,
    /// Day of a rate or an invoice.
    Day,
    /// An exchange rate.
    Rate,
    /// Where a rate comes from.
    Source,
    /// Number of an invoice.
    Number,
}

impl Field {
    /// The name in requests (`notice_days`).
    pub fn name(self) -> &'static str {
        match self {
            Self::LicenseType => "license_type",
            Self::Name => "name",
            Self::Po => "po",
            Self::Quantity => "quantity",
            Self::Cost => "cost",
            Self::Per => "per",
            Self::Currency => "currency",
            Self::Every => "every",
            Self::From => "from",
            Self::Until => "until",
            Self::Proration => "proration",
            Self::AutoRenews => "auto_renews",
            Self::NoticeDays => "notice_days",
            Self::Note => "note",
            Self::Shape => "shape",
            Self::Tiers => "tiers",
            Self::Included => "included",
            Self::Extra => "extra",
            Self::Packs => "packs",
            Self::Discounts => "discounts",
            Self::Tax => "tax",
            Self::MinimumPayment => "minimum_payment",
            Self::MinimumTerm => "minimum_term",
            Self::Overage => "overage",
            Self::TrueUp => "true_up",
            Self::OverageProration => "overage_proration",
            Self::Uplift => "uplift",
            Self::Cap => "cap",
            Self::RenewalSeats => "renewal_seats",
            Self::Once => "once",
            Self::PaysFor => "pays_for",
            Self::Owner => "owner",
            Self::Reminder => "reminder",
            Self::Documents => "documents",
            Self::Amount => "amount",
            Self::RateFrom => "rate_from",
            Self::RateTo => "rate_to",
            Self::Kind => "kind",
            Self::Day => "day",
            Self::Rate => "rate",
            Self::Source => "source",
            Self::Number => "number",
        }
    }

    /// The name on the form ("Notice period").
    pub fn label(self) -> &'static str {
        match self {
            Self::LicenseType => "License type",
            Self::Name => "Name",
            Self::Po => "Purchase identifier",
            Self::Quantity => "Purchased quantity",
            Self::Cost => "Cost",
            Self::Per => "Per",
            Self::Currency => "Currency",
            Self::Every => "Payment frequency",
            Self::From => "Effective date",
            Self::Until => "End date",
            Self::Proration => "Proration",
            Self::AutoRenews => "Auto-renews",
            Self::NoticeDays => "Notice period",
            Self::Note => "Notes",
            Self::Shape => "Price shape",
            Self::Tiers => "Tier table",
            Self::Included => "Included seats",
            Self::Extra => "Price of a further seat",
            Self::Packs => "Packs",
            Self::Discounts => "Discounts",
            Self::Tax => "Tax",
            Self::MinimumPayment => "Minimum of a payment",
            Self::MinimumTerm => "Minimum of the term",
            Self::Overage => "Price of seats beyond",
            Self::TrueUp => "True-up date",
            Self::OverageProration => "Proration of seats beyond",
            Self::Uplift => "Renewal uplift",
            Self::Cap => "Price cap",
            Self::RenewalSeats => "Seats at renewal",
            Self::Once => "Spread over",
            Self::PaysFor => "Pays for",
            Self::Owner => "Owner",
            Self::Reminder => "Reminder address",
            Self::Documents => "Documents",
            Self::Amount => "Amount",
            Self::RateFrom => "From currency",
            Self::RateTo => "To currency",
            Self::Kind => "Kind",
            Self::Day => "Date",
            Self::Rate => "Rate",
            Self::Source => "Source",
            Self::Number => "Number",
        }
    }
}
