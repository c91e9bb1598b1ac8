//! Organizational groups: who is in which, subgroups included. Users are kept as hashes, so that an account of a million
//! people fits; a group inside itself is walked once.

mod read;
mod tree;

use std::collections::HashMap;

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
    licenses: Vec<Option<LicenseKey>>,
    /// The first row with a license that holds for a user.
    by_user: HashMap<u64, u32>,
    /// The same for the id and the name of a group, for users that no group lists.
    by_name: HashMap<String, u32>,
}

impl GroupLicenses {
    /// Applies a mapping to the groups; also what is worth telling about it.
    pub(crate) fn of(tree: GroupTree, mapping: &Mapping) -> (Self, Vec<Finding>) {
        let rows = mapping.rows();
        let mut best: Vec<Option<u32>> = vec![None; tree.len()];
        let mut has_row = vec![false; tree.len()];
        let mut missing = Vec::new();
        for (row, place) in rows.iter().zip(0_u32..) {
            let Some(group) = tree.find(&row.seen) else {
                missing.push(row.seen.clone());
                continue;
            };
            has_row[group] = true;
            if row.license.is_some() {
                tree.spread(group, place, &mut best);
            }
        }
        let (mut by_user, mut by_name) = (HashMap::new(), HashMap::new());
        for (group, best) in best.iter().enumerate() {
            let Some(place) = *best else { continue };
            for user in tree.users(group) {
                by_user.entry(*user).and_modify(|row: &mut u32| *row = place.min(*row)).or_insert(place);
            }
            for name in [tree.id(group), tree.name(group)] {
                first(&mut by_name, name, place);
            }
        }
        let is_unmapped = |group: &usize| best[*group].is_none() && !has_row[*group] && !tree.users(*group).is_empty();
        let unmapped = (0..tree.len()).filter(is_unmapped).map(|group| tree.name(group).to_owned()).collect();
        let names = |groups: Vec<usize>| groups.into_iter().map(|group| tree.name(group).to_owned()).collect();
        let (cycles, incomplete) = (names(tree.cycles()), names(tree.incomplete()));
        let found = [
            (FindingCode::GroupUnmapped, unmapped),
            (FindingCode::MappingNotSeen, missing),
            (FindingCode::GroupCycle, cycles),
            (FindingCode::SubgroupNotRead, incomplete),
        ];
        let licenses = rows.iter().map(|row| row.license.clone()).collect();
        (Self { tree, licenses, by_user, by_name }, told(found))
    }

    /// Where groups cannot be read: only what users tell of their own groups.
    pub(crate) fn by_name_only(mapping: &Mapping) -> Self {
        let rows = mapping.rows();
        let named = rows.iter().zip(0_u32..).filter(|(row, _)| row.license.is_some());
        let mut by_name = HashMap::new();
        for (row, place) in named {
            row.names().for_each(|name| first(&mut by_name, name, place));
        }
        let licenses = rows.iter().map(|row| row.license.clone()).collect();
        Self { tree: GroupTree::default(), licenses, by_user: HashMap::new(), by_name }
    }

    /// What the groups of a user stand for: those that list it, else those that it lists, by id or name.
    pub(crate) fn license(&self, id: &str, names: &[&str]) -> Option<LicenseKey> {
        let by_user = self.by_user.get(&self.tree.hash(id)).copied();
        let row = by_user.or_else(|| names.iter().filter_map(|name| self.by_name.get(*name)).min().copied())?;
        self.licenses.get(usize::try_from(row).ok()?)?.clone()
    }
}

/// Of several groups that are called alike the strongest counts.
fn first(by_name: &mut HashMap<String, u32>, name: &str, place: u32) {
    by_name.entry(name.to_owned()).and_modify(|row| *row = place.min(*row)).or_insert(place);
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
