//! Organizational groups: who is in which, subgroups included. Users are kept as hashes, so that an account of a million
//! people fits; a group inside itself is walked once.

mod read;
mod tree;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use roster::{Finding, FindingCode, LicenseKey};

use crate::mapping::Mapping;
pub(crate) use read::{NotOffered, read};
pub(crate) use tree::GroupTree;

/// A group as somebody maps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSeen {
    /// Its id.
    pub id: String,
    /// `displayName`, else the id.
    pub name: String,
    /// Different users in it and in its subgroups.
    pub members: u64,
    /// Groups directly inside it.
    pub subgroups: u64,
    /// Groups directly inside it that the server does not list: who is in them is not known.
    pub unread: u64,
    /// Whether it contains itself by way of its subgroups.
    pub in_cycle: bool,
}

/// What groups say about licenses.
pub(crate) struct GroupLicenses {
    tree: GroupTree,
    /// The licenses of the mapping's rows.
    licenses: Licenses,
    /// The first row with a license that holds for a user.
    by_user: HashMap<u64, u32>,
    /// The first row of each license, for users for whom more than one holds.
    several: HashMap<u64, Vec<u32>>,
    /// The same for the id and the name of a group, for users that no group lists.
    by_name: HashMap<String, Vec<u32>>,
}

impl GroupLicenses {
    /// Applies a mapping to the groups; also what is worth telling about it.
    pub(crate) fn of(tree: GroupTree, mapping: &Mapping) -> (Self, Vec<Finding>) {
        let rows = mapping.rows();
        let licenses = Licenses::of(mapping);
        let mut marks: Vec<Vec<u32>> = vec![Vec::new(); tree.len()];
        let mut has_row = vec![false; tree.len()];
        let mut missing = Vec::new();
        for (row, place) in rows.iter().zip(0_u32..) {
            let Some(group) = tree.find(&row.seen) else {
                missing.push(row.seen.clone());
                continue;
            };
            has_row[group] = true;
            if row.license.is_some() {
                tree.spread(group, |group| licenses.add(&mut marks[group], place));
            }
        }
        let (mut by_user, mut several, mut by_name) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (group, places) in marks.iter().enumerate() {
            for place in places {
                for user in tree.users(group) {
                    licenses.holds(*place, *user, &mut by_user, &mut several);
                }
                for name in [tree.id(group), tree.name(group)] {
                    licenses.add(by_name.entry(name.to_owned()).or_default(), *place);
                }
            }
        }
        let is_unmapped =
            |group: &usize| marks[*group].is_empty() && !has_row[*group] && !tree.users(*group).is_empty();
        let unmapped = (0..tree.len()).filter(is_unmapped).map(|group| tree.name(group).to_owned()).collect();
        let names = |groups: Vec<usize>| groups.into_iter().map(|group| tree.name(group).to_owned()).collect();
        let (cycles, incomplete) = (names(tree.cycles()), names(tree.incomplete()));
        let found = [
            (FindingCode::GroupUnmapped, unmapped),
            (FindingCode::MappingNotSeen, missing),
            (FindingCode::GroupCycle, cycles),
            (FindingCode::SubgroupNotRead, incomplete),
        ];
        (Self { tree, licenses, by_user, several, by_name }, told(found))
    }

    /// Where groups cannot be read: only what users tell of their own groups.
    pub(crate) fn by_name_only(mapping: &Mapping) -> Self {
        let rows = mapping.rows();
        let named = rows.iter().zip(0_u32..).filter(|(row, _)| row.license.is_some());
        let (licenses, mut by_name) = (Licenses::of(mapping), HashMap::<String, Vec<u32>>::new());
        for (row, place) in named {
            row.names().for_each(|name| {
                licenses.add(by_name.entry(name.to_owned()).or_default(), place);
            });
        }
        Self { tree: GroupTree::default(), licenses, by_user: HashMap::new(), several: HashMap::new(), by_name }
    }

    /// What the groups of a user stand for, in the mapping's order: those that list it, else those that it lists, by id
    /// or name.
    pub(crate) fn licenses(&self, id: &str, names: &[&str]) -> Vec<LicenseKey> {
        let user = self.tree.hash(id);
        let listed = self.several.get(&user).cloned().or_else(|| self.by_user.get(&user).map(|place| vec![*place]));
        let mut places = listed.unwrap_or_else(|| {
            let mut places = Vec::new();
            for place in names.iter().filter_map(|name| self.by_name.get(*name)).flatten() {
                self.licenses.add(&mut places, *place);
            }
            places
        });
        places.sort_unstable();
        places.into_iter().filter_map(|place| self.licenses.at(place).cloned()).collect()
    }
}

/// The licenses of a mapping's rows by their place.
struct Licenses(Vec<Option<LicenseKey>>);

impl Licenses {
    fn of(mapping: &Mapping) -> Self {
        Self(mapping.rows().iter().map(|row| row.license.clone()).collect())
    }

    fn at(&self, place: u32) -> Option<&LicenseKey> {
        self.0.get(usize::try_from(place).ok()?)?.as_ref()
    }

    /// Keeps of each license the first place; whether that is news.
    fn add(&self, places: &mut Vec<u32>, place: u32) -> bool {
        match places.iter_mut().find(|known| self.at(**known) == self.at(place)) {
            Some(known) if *known <= place => return false,
            Some(known) => *known = place,
            None => places.push(place),
        }
        true
    }

    /// The row at this place holds for a user too.
    fn holds(&self, place: u32, user: u64, first: &mut HashMap<u64, u32>, several: &mut HashMap<u64, Vec<u32>>) {
        let known = match first.entry(user) {
            Entry::Vacant(nobody) => {
                nobody.insert(place);
                return;
            }
            Entry::Occupied(mut somebody) => somebody.insert(place.min(*somebody.get())),
        };
        if self.at(known) != self.at(place) {
            self.add(several.entry(user).or_insert_with(|| vec![known]), place);
        } else if let Some(places) = several.get_mut(&user) {
            self.add(places, place);
        }
    }
}

/// A finding of each that has anything, with at most five examples.
pub(crate) fn told<const N: usize>(found: [(FindingCode, Vec<String>); N]) -> Vec<Finding> {
    let findings = found.into_iter().filter(|(_, seen)| !seen.is_empty()).map(|(code, mut examples)| {
        let count = examples.len() as u64;
        examples.truncate(5);
        Finding { code, count, examples }
    });
    findings.collect()
}
