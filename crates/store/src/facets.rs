//! What the roster can be narrowed down to, with how many listed members each choice has now.

use std::collections::BTreeMap;

use jiff::civil::Date;
use roster::{Activity, License};

use crate::apps::AppId;
use crate::as_of::{STATUSES, Standing, status};
use crate::image::Image;
use crate::license_types::{license_of, numbered};
use crate::roster_filter::{MemberStatus, RosterFilter};
use crate::shared::Shared;
use crate::told::Knowledge;
use crate::{Store, StoreError, text_set};

/// A choice and how many members it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet<T> {
    /// What can be chosen.
    pub value: T,
    /// How many members.
    pub members: u64,
}

/// All choices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Licenses held, most members first.
    pub licenses: Vec<Facet<License>>,
    /// How members stand; those who left are counted here alone.
    pub statuses: Vec<Facet<MemberStatus>>,
    /// Departments by name, *none* last.
    pub departments: Vec<Facet<Option<String>>>,
    /// Cost centers by name, *none* last.
    pub cost_centers: Vec<Facet<Option<String>>>,
    /// Groups by name. A member counts in each of theirs.
    pub groups: Vec<Facet<String>>,
    /// How listed members count by their last activity.
    pub activity: Vec<Facet<Activity>>,
}

impl Store {
    /// The choices that an app's roster offers today.
    pub fn facets(&self, app: AppId, today: Date) -> Result<Facets, StoreError> {
        self.read(|reader| {
            let (image, _) = self.image(reader, app)?;
            let types = numbered(reader, app)?;
            let day = RosterFilter { today, ..RosterFilter::default() }.day();
            let activity = image.activity(reader, &Knowledge::read(reader, app)?, day)?;
            let counts = activity.tally(image.now.column().iter().map(|kind| status(*kind) < 2));
            let counted = Activity::ALL.into_iter().zip(counts).filter(|(_, members)| *members > 0);
            let mut facets = Facets {
                departments: words(&image, &image.departments),
                cost_centers: words(&image, &image.cost_centers),
                groups: groups(&image),
                activity: counted.map(|(value, members)| Facet { value, members }).collect(),
                ..Facets::default()
            };
            let mut licenses = BTreeMap::new();
            let mut statuses = BTreeMap::new();
            for (kind, members) in standing(&image.now).into_iter().enumerate().filter(|(_, members)| *members > 0) {
                let number = image.now.numbers.get(kind / STATUSES).copied().unwrap_or_default();
                let status = MemberStatus::of(i64::try_from(kind % STATUSES).unwrap_or_default());
                *statuses.entry(status).or_insert(0) += members;
                if status != MemberStatus::Left {
                    *licenses.entry(license_of(&types, number)).or_insert(0) += members;
                }
            }
            facets.licenses = licenses.into_iter().map(|(value, members)| Facet { value, members }).collect();
            facets.licenses.sort_by_key(|facet| std::cmp::Reverse(facet.members));
            facets.statuses = statuses.into_iter().map(|(value, members)| Facet { value, members }).collect();
            Ok(facets)
        })
    }
}

fn standing(now: &Standing) -> Vec<u64> {
    let mut counts = vec![0; now.kinds()];
    for kind in now.column() {
        if let Some(count) = counts.get_mut(*kind as usize) {
            *count += 1;
        }
    }
    counts
}

/// How many listed members have each of the texts, "none" at place 0.
fn counts(image: &Image, shared: &Shared) -> Vec<u64> {
    let mut counts = vec![0; shared.len()];
    for (place, kind) in shared.column().iter().zip(image.now.column()) {
        if let Some(count) = counts.get_mut(*place as usize) {
            *count += u64::from(status(*kind) < 2);
        }
    }
    counts
}

fn words(image: &Image, shared: &Shared) -> Vec<Facet<Option<String>>> {
    let counts = (0..).zip(counts(image, shared)).filter(|(_, members)| *members > 0);
    let mut facets: Vec<_> =
        counts.map(|(place, members)| Facet { value: shared.text(place).map(str::to_owned), members }).collect();
    if facets.first().is_some_and(|facet| facet.value.is_none()) {
        facets.rotate_left(1);
    }
    facets
}

fn groups(image: &Image) -> Vec<Facet<String>> {
    let mut groups: BTreeMap<&str, u64> = BTreeMap::new();
    for (place, members) in (0..).zip(counts(image, &image.groups)).filter(|(_, members)| *members > 0) {
        for group in image.groups.text(place).and_then(text_set::split_ref).unwrap_or_default() {
            *groups.entry(group).or_insert(0) += members;
        }
    }
    groups.into_iter().map(|(value, members)| Facet { value: value.to_owned(), members }).collect()
}
