//! Which members are asked for, and who they are: a walk over the columns of the image, no SQL.

use std::sync::Arc;

use jiff::civil::Date;
use roster::activity::DayNumber;
use roster::{Activity, License};

use crate::activity_image::ActivityOn;
use crate::as_of::{STATUSES, Standing};
use crate::bits::Bits;
use crate::columns::Day;
use crate::image::Image;
use crate::license_types::NumberedLicense;
use crate::shared::Shared;
use crate::{text_set, told, transaction};

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
    /// Counting so on the day, by their last activity.
    pub activity: Vec<Activity>,
    /// The day that is meant where none is asked for: how long ago an activity was depends on it.
    pub today: Date,
    /// Words that must all occur in the id, names, e-mail, department or cost center, in any case.
    pub search: String,
}

/// Everybody whom a filter means, and how many they are.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) set: Bits,
    pub(crate) count: usize,
}

/// Whom the last filter meant: mostly the next page or another order is asked for.
#[derive(Debug, Default)]
pub(crate) struct KeptFound(Option<(RosterFilter, Vec<bool>, told::Version, Arc<Found>)>);

impl RosterFilter {
    /// The day on which activity is looked at.
    pub(crate) fn day(&self) -> DayNumber {
        DayNumber::try_from(Day(self.as_of.unwrap_or(self.today)).number()).unwrap_or(DayNumber::MAX)
    }
}

impl Image {
    /// Everybody whom a filter means.
    pub(crate) fn found(
        &self,
        types: &[NumberedLicense],
        standing: &Standing,
        activity: &ActivityOn,
        filter: &RosterFilter,
    ) -> Arc<Found> {
        let wanted = Wanted::new(types, filter);
        // What the license types mean may have changed meanwhile: then other kinds are wanted.
        let kinds = wanted.kinds(standing);
        let mut kept = transaction::lock(&self.found);
        if let Some((asked, known, version, found)) = &kept.0
            && (asked, known, version) == (filter, &kinds, &activity.version)
        {
            return Arc::clone(found);
        }
        let mut set = self.look(&wanted, standing, &kinds);
        activity.keep(&filter.activity, &mut set);
        let found = Arc::new(Found { count: set.count(), set });
        kept.0 = Some((filter.clone(), kinds, activity.version, Arc::clone(&found)));
        found
    }

    fn look(&self, wanted: &Wanted<'_>, standing: &Standing, kinds: &[bool]) -> Bits {
        let filter = wanted.filter;
        let (in_department, in_center) = (self.department_column(standing), self.cost_center_column(standing));
        let among = |shared: &Shared, asked: &[Option<String>]| {
            (!asked.is_empty()).then(|| shared.wanted(|text| asked.iter().any(|asked| asked.as_deref() == text)))
        };
        let departments = among(&self.departments, &filter.departments);
        let cost_centers = among(&self.cost_centers, &filter.cost_centers);
        let groups = (!filter.groups.is_empty())
            .then(|| self.groups.wanted(|set| set.is_some_and(|set| has_any(set, &filter.groups))));
        let shared = [(in_department, departments), (in_center, cost_centers), (self.groups.column(), groups)];
        let mut found = Bits::with(standing.column(), kinds);
        for (column, places) in shared {
            if let Some(places) = places {
                found.and(&Bits::with(column, &places));
            }
        }
        for word in &wanted.words {
            self.keep_with(word, [in_department, in_center], &mut found);
        }
        found
    }

    /// Keeps those with the word in any of their texts.
    fn keep_with(&self, word: &str, [in_department, in_center]: [&[u32]; 2], found: &mut Bits) {
        let (departments, cost_centers) = (self.departments.containing(word), self.cost_centers.containing(word));
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

/// A filter, made ready to be held against members.
pub(crate) struct Wanted<'a> {
    filter: &'a RosterFilter,
    types: &'a [NumberedLicense],
    statuses: &'a [MemberStatus],
    /// The numbers of the licenses asked for.
    licenses: Vec<i64>,
    /// What is searched for, folded; the longest first, as it leaves the fewest to look at.
    pub(crate) words: Vec<String>,
}

impl<'a> Wanted<'a> {
    pub(crate) fn new(types: &'a [NumberedLicense], filter: &'a RosterFilter) -> Self {
        let statuses = match filter.statuses.as_slice() {
            [] => &[MemberStatus::Active, MemberStatus::Deactivated],
            asked => asked,
        };
        let licenses = filter.licenses.iter().filter_map(|license| number_of(types, license)).collect();
        let mut words: Vec<String> = fold(&filter.search).split_whitespace().map(str::to_owned).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self { filter, types, statuses, licenses, words }
    }

    /// For each kind of standing whether it is meant.
    fn kinds(&self, standing: &Standing) -> Vec<bool> {
        let number = |kind: usize| standing.numbers.get(kind / STATUSES).copied().unwrap_or_default();
        (0..standing.kinds()).map(|kind| self.stands(number(kind), kind % STATUSES)).collect()
    }

    /// Whether those are meant who hold this license and stand so.
    pub(crate) fn stands(&self, license: i64, status: usize) -> bool {
        let asked = self.filter;
        let known = || self.types.iter().find(|found| found.number == license);
        self.statuses.iter().any(|asked| usize::try_from(asked.number()) == Ok(status))
            && (asked.licenses.is_empty() || self.licenses.contains(&license))
            && asked.billable.is_none_or(|asked| known().is_some_and(|known| asked == known.charges(status)))
    }

    /// Whether those are meant who count so.
    pub(crate) fn counts(&self, activity: Activity) -> bool {
        self.filter.activity.is_empty() || self.filter.activity.contains(&activity)
    }

    /// Whether those are meant who share these texts.
    pub(crate) fn shares(&self, department: Option<&str>, cost_center: Option<&str>, groups: Option<&str>) -> bool {
        let among = |asked: &[Option<String>], text| asked.is_empty() || asked.iter().any(|one| one.as_deref() == text);
        among(&self.filter.departments, department)
            && among(&self.filter.cost_centers, cost_center)
            && (self.filter.groups.is_empty() || groups.is_some_and(|set| has_any(set, &self.filter.groups)))
    }
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
