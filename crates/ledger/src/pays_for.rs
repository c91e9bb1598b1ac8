//! Whom a purchase pays for: rules on what is known of an account. Absent on purpose: amounts; `allocate` has them.

/// What is known of an account that holds a license.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account<'a> {
    /// Key of its license type.
    pub license_type: &'a str,
    /// Whether the contract charges for it.
    pub billable: bool,
    /// Email address.
    pub email: Option<&'a str>,
    /// Department.
    pub department: Option<&'a str>,
    /// Cost center.
    pub cost_center: Option<&'a str>,
    /// Groups.
    pub groups: &'a [String],
}

/// A rule that an account may match. Case does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The department is this one.
    Department(String),
    /// The cost center is this one.
    CostCenter(String),
    /// One of the groups is this one.
    Group(String),
    /// The email address is this one, or ends with it where it starts with "@".
    Email(String),
}

/// Whom a purchase pays for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaysFor {
    /// Accounts that match any of these.
    pub rules: Vec<Match>,
    /// Accounts that no purchase's rules match.
    pub fallback: bool,
}

impl PaysFor {
    /// Whether a rule matches the account.
    pub fn matches(&self, account: &Account) -> bool {
        self.rules.iter().any(|rule| rule.matches(account))
    }

    /// Whether nothing is said.
    pub fn is_open(&self) -> bool {
        self.rules.is_empty() && !self.fallback
    }
}

impl Match {
    fn matches(&self, account: &Account) -> bool {
        match self {
            Self::Department(wanted) => is(account.department, wanted),
            Self::CostCenter(wanted) => is(account.cost_center, wanted),
            Self::Group(wanted) => account.groups.iter().any(|group| is(Some(group), wanted)),
            Self::Email(wanted) if wanted.starts_with('@') => account.email.is_some_and(|email| ends(email, wanted)),
            Self::Email(wanted) => is(account.email, wanted),
        }
    }
}

fn is(found: Option<&str>, wanted: &str) -> bool {
    found.is_some_and(|found| {
        let (found, wanted) = (found.trim(), wanted.trim());
        found.eq_ignore_ascii_case(wanted) || (!found.is_ascii() && found.to_lowercase() == wanted.to_lowercase())
    })
}

fn ends(email: &str, domain: &str) -> bool {
    let start = email.trim().len().saturating_sub(domain.len());
    email.trim().get(start..).is_some_and(|end| end.eq_ignore_ascii_case(domain))
}
