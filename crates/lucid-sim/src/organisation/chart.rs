//! The organisation chart: departments with their cost centers and titles, regions, organizational groups and admin roles.

/// A department.
#[derive(Debug)]
pub struct Department {
    pub name: &'static str,
    pub cost_centers: &'static [&'static str],
    pub titles: &'static [&'static str],
    /// Out of 100 people.
    pub share: u32,
}

/// All departments; the shares add up to 100.
#[rustfmt::skip]
pub const DEPARTMENTS: &[Department] = &[
    Department { name: "Engineering", cost_centers: &["CC-4100", "CC-4110", "CC-4120"], titles: &["Software Engineer", "Senior Engineer", "Engineering Lead", "Test Engineer"], share: 28 },
    Department { name: "Product", cost_centers: &["CC-4200"], titles: &["Product Manager", "Product Analyst", "Head of Product"], share: 9 },
    Department { name: "Design", cost_centers: &["CC-4300"], titles: &["Product Designer", "Researcher", "Design Lead"], share: 7 },
    Department { name: "Sales", cost_centers: &["CC-5100", "CC-5110"], titles: &["Account Executive", "Sales Engineer", "Regional Lead"], share: 17 },
    Department { name: "Marketing", cost_centers: &["CC-5200"], titles: &["Marketing Specialist", "Content Editor", "Campaign Lead"], share: 9 },
    Department { name: "Customer Success", cost_centers: &["CC-5300", "CC-5310"], titles: &["Success Partner", "Support Engineer", "Onboarding Lead"], share: 12 },
    Department { name: "Finance", cost_centers: &["CC-6100"], titles: &["Accountant", "Controller", "Financial Analyst"], share: 6 },
    Department { name: "People", cost_centers: &["CC-6200"], titles: &["Recruiter", "People Partner"], share: 5 },
    Department { name: "IT & Security", cost_centers: &["CC-6300"], titles: &["Systems Administrator", "Security Engineer"], share: 5 },
    Department { name: "Legal", cost_centers: &["CC-6400"], titles: &["Counsel", "Contracts Specialist"], share: 2 },
];

/// The department at a place from 0 to 99.
pub fn department_at(place: u32) -> usize {
    let mut reached = 0;
    DEPARTMENTS
        .iter()
        .position(|department| {
            reached += department.share;
            place < reached
        })
        .unwrap_or(0)
}

/// An organizational group: every member of the account is in exactly one.
#[derive(Debug, PartialEq, Eq)]
pub struct OrgGroup {
    pub id: &'static str,
    pub name: &'static str,
    /// The group that this one is a subgroup of.
    pub parent: Option<&'static str>,
}

/// All organizational groups. The first three hold who may edit, by region; the last three hold nobody directly or no editors.
pub const GROUPS: &[OrgGroup] = &[
    OrgGroup { id: "lucid-group-91", name: "Licensed – EMEA", parent: Some("lucid-group-77") },
    OrgGroup { id: "lucid-group-92", name: "Licensed – Americas", parent: Some("lucid-group-77") },
    OrgGroup { id: "lucid-group-93", name: "Licensed – APAC", parent: Some("lucid-group-77") },
    OrgGroup { id: "lucid-group-77", name: "Licensed", parent: None },
    OrgGroup { id: "lucid-group-78", name: "Limited access", parent: None },
    OrgGroup { id: "lucid-group-70", name: "Meridian Works", parent: None },
];

/// A team, as the token for content access sees it: documents are shared with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Team {
    pub id: &'static str,
    pub name: &'static str,
    /// Everybody whose number leaves this rest is in it.
    rest: (u64, u64),
}

impl Team {
    /// Whether this user is in it; anybody may be in several.
    pub fn holds(&self, user_id: &str) -> bool {
        let number: Option<u64> = user_id.strip_prefix("lucid-").and_then(|number| number.parse().ok());
        number.is_some_and(|number| number % self.rest.0 == self.rest.1)
    }
}

/// All teams; the last is archived and listed all the same.
pub const TEAMS: &[Team] = &[
    Team { id: "lucid-group-301", name: "Architecture guild", rest: (2, 0) },
    Team { id: "lucid-group-302", name: "Process maps", rest: (3, 0) },
    Team { id: "lucid-group-303", name: "Offsite 2024 (archived)", rest: (50, 7) },
];

/// Regions, in the order of the licensed groups.
pub const REGIONS: u32 = 3;

/// The group of an editor of a region, or of a viewer.
pub fn group_of(can_edit: bool, region: u32) -> &'static OrgGroup {
    if can_edit { &GROUPS[(region % REGIONS) as usize] } else { &GROUPS[4] }
}

/// Admin roles as the documentation names them.
pub const ROLES: &[&str] =
    &["AccountAdmin", "BillingAdmin", "Developer", "DocumentAdmin", "EnterpriseShieldAdmin", "TemplateAdmin"];

/// The domain of everybody's address; nobody can own it.
pub const DOMAIN: &str = "meridian-works.example";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_departments_add_up() {
        assert_eq!(DEPARTMENTS.iter().map(|department| department.share).sum::<u32>(), 100);
        assert_eq!(department_at(0), 0);
        assert_eq!(department_at(99), DEPARTMENTS.len() - 1);
    }
}
