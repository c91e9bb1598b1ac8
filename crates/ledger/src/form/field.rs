//! The fields of the purchase form, with the names that programs and people use for them.

/// A field of the purchase form.
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
        }
    }
}
