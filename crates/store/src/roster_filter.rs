//! Which members are asked for, and who they are: a walk over the columns of the image, no SQL.

use jiff::civil::Date;
use roster::License;

use crate::as_of::{STATUSES, Standing};
use crate::bits::Bits;
use crate::image::Image;
use crate::license_types::NumberedLicense;
use crate::shared::Shared;
use crate::text_set;

/// How a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MemberStatus {
    /// Listed and active.
    Active,
    /// Listed, but deactivated.
    Deactivated,
    /// No longer listed.
    Left,
}

impl MemberStatus {
    const ALL: [Self; 3] = [Self::Active, Self::Deactivated, Self::Left];

    /// The number that stands for it.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Active => 0,
            Self::Deactivated => 1,
            Self::Left => 2,
        }
    }

    /// The status that a number stands for.
    pub(crate) fn of(number: i64) -> Self {
        Self::ALL.into_iter().find(|status| status.number() == number).unwrap_or(Self::Left)
    }
}

/// Which members. Each list is "any of these"; an empty one asks nothing. The default is everyone listed now.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RosterFilter {
    /// On this day, with the license and status of that day; `None` is now.
    pub as_of: Option<Date>,
    /// Holding one of these.
    pub licenses: Vec<License>,
    /// Standing so; empty is everyone listed, active or deactivated.
    pub statuses: Vec<MemberStatus>,
    /// Whether the contract charges for them. Neither answer fits an unknown license.
    pub billable: Option<bool>,
    /// In one of these departments; `None` is without one.
    pub departments: Vec<Option<String>>,
    /// In one of these cost centers; `None` is without one.
    pub cost_centers: Vec<Option<String>>,
    /// In one of these groups.
    pub groups: Vec<String>,
    /// Words that must all occur in the id, names, e-mail, department or cost center, in any case.
    pub search: String,
}

impl Image {
    /// Everybody whom a filter means.
    pub(crate) fn found(&self, types: &[NumberedLicense], standing: &Standing, filter: &RosterFilter) -> Bits {
        let kinds = kinds(types, standing, filter);
        let among = |shared: &Shared, asked: &[Option<String>]| {
            (!asked.is_empty()).then(|| shared.wanted(|text| asked.iter().any(|asked| asked.as_deref() == text)))
        };
        let departments = among(&self.departments, &filter.departments);
        let cost_centers = among(&self.cost_centers, &filter.cost_centers);
        let groups = (!filter.groups.is_empty())
            .then(|| self.groups.wanted(|set| set.is_some_and(|set| has_any(set, &filter.groups))));
        let wanted = [(&self.departments, departments), (&self.cost_centers, cost_centers), (&self.groups, groups)];
        let mut found = Bits::of(self.len(), |member| kinds.get(standing.kind(member)).copied().unwrap_or_default());
        for (shared, wanted) in wanted {
            if let Some(wanted) = wanted {
                let column = shared.column();
                found.and(&Bits::of(self.len(), |member| is(&wanted, column, member)));
            }
        }
        let folded = fold(&filter.search);
        let mut words: Vec<&str> = folded.split_whitespace().collect();
        // The longest word leaves the fewest to look at.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in words {
            self.keep_with(word, &mut found);
        }
        found
    }

    /// Keeps those with the word in any of their texts.
    fn keep_with(&self, word: &str, found: &mut Bits) {
        let (departments, cost_centers) = (self.departments.containing(word), self.cost_centers.containing(word));
        let (in_department, in_center) = (self.departments.column(), self.cost_centers.column());
        let shared = |member: usize| is(&departments, in_department, member) || is(&cost_centers, in_center, member);
        if found.count() < self.len() / FEW {
            return self.texts.keep(word, found, shared);
        }
        let anywhere = departments.contains(&true) || cost_centers.contains(&true);
        let mut with = if anywhere { Bits::of(self.len(), shared) } else { Bits::none(self.len()) };
        self.texts.mark(word, &mut with);
        found.and(&with);
    }
}

/// When fewer than one in so many are left, they are looked at one by one.
const FEW: usize = 8;

fn is(wanted: &[bool], column: &[u32], member: usize) -> bool {
    column.get(member).and_then(|place| wanted.get(*place as usize)).copied().unwrap_or_default()
}

/// For each kind of standing whether it is wanted.
fn kinds(types: &[NumberedLicense], standing: &Standing, filter: &RosterFilter) -> Vec<bool> {
    let statuses = match filter.statuses.as_slice() {
        [] => &[MemberStatus::Active, MemberStatus::Deactivated],
        asked => asked,
    };
    let numbers: Vec<_> = filter.licenses.iter().filter_map(|license| number_of(types, license)).collect();
    let wanted = |kind: usize| {
        let number = standing.numbers.get(kind / STATUSES).copied().unwrap_or_default();
        let status = kind % STATUSES;
        let known = types.iter().find(|found| found.number == number);
        let charged = known.map(|found| found.license.billable && status == 0);
        statuses.iter().any(|asked| usize::try_from(asked.number()) == Ok(status))
            && (filter.licenses.is_empty() || numbers.contains(&number))
            && filter.billable.is_none_or(|asked| charged == Some(asked))
    };
    (0..standing.kinds()).map(wanted).collect()
}

/// Text with upper and lower case made one.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() }
}

fn number_of(types: &[NumberedLicense], license: &License) -> Option<i64> {
    match license {
        License::Unknown => Some(0),
        License::Type(key) => types.iter().find(|found| found.license.key == *key).map(|found| found.number),
    }
}

fn has_any(set: &str, groups: &[String]) -> bool {
    // Most sets are told apart without being taken apart.
    groups.iter().any(|group| set.contains(group.as_str()))
        && text_set::split_ref(set).unwrap_or_default().iter().any(|one| groups.iter().any(|group| group == one))
}
