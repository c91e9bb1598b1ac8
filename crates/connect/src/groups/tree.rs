//! Groups inside groups, without the names of those who are in them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use scim::GroupResource;

use super::GroupSeen;

/// A group, once its page is read.
#[derive(Debug)]
pub(super) struct Group {
    id: String,
    name: String,
    users: Vec<u64>,
    /// Ids of what may be groups, as sent, and whether they were called groups.
    inside: Vec<(String, bool)>,
    subgroups: Vec<usize>,
    /// Members that were called groups, but are not among the groups.
    unread: u64,
}

/// All groups of an account.
#[derive(Debug, Default)]
pub(crate) struct GroupTree {
    groups: Vec<Group>,
    /// Keyed anew for each reading: nobody can choose ids that meet.
    hasher: RandomState,
}

impl GroupTree {
    /// A group as sent; without an id it cannot be recognised again, and is left out.
    pub(super) fn group(&self, sent: GroupResource<'_>) -> Option<Group> {
        let id = sent.id.filter(|id| !id.trim().is_empty())?;
        let name = sent.display_name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.clone());
        let mut group = Group {
            id: id.clone().into_owned(),
            name: name.into_owned(),
            users: Vec::new(),
            inside: Vec::new(),
            subgroups: Vec::new(),
            unread: 0,
        };
        for member in sent.members {
            let kind = member.is_group();
            let Some(value) = member.value else { continue };
            if kind != Some(true) {
                group.users.push(self.hash(&value));
            }
            if kind != Some(false) {
                group.inside.push((value.into_owned(), kind == Some(true)));
            }
        }
        Some(group)
    }

    pub(super) fn push(&mut self, group: Group) {
        self.groups.push(group);
    }

    /// The listing begins again.
    pub(super) fn clear(&mut self) {
        self.groups.clear();
    }

    /// Resolves subgroups once all groups are there. A member that told no type is a group when a group has its id.
    pub(crate) fn complete(&mut self) {
        let by_id: HashMap<String, usize> =
            self.groups.iter().enumerate().map(|(place, group)| (group.id.clone(), place)).collect();
        let ids: HashSet<u64> = self.groups.iter().map(|group| self.hasher.hash_one(group.id.as_str())).collect();
        for group in &mut self.groups {
            let unread = group.inside.iter().filter(|(id, is_group)| *is_group && !by_id.contains_key(id));
            group.unread = unread.map(|(id, _)| id).collect::<HashSet<_>>().len() as u64;
            let inside = group.inside.drain(..);
            let mut subgroups: Vec<usize> = inside.filter_map(|(id, _)| by_id.get(&id).copied()).collect();
            subgroups.sort_unstable();
            subgroups.dedup();
            group.subgroups = subgroups;
            group.users.retain(|user| !ids.contains(user));
            group.users.sort_unstable();
            group.users.dedup();
            group.users.shrink_to_fit();
        }
    }

    pub(crate) fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(id)
    }

    pub(crate) fn len(&self) -> usize {
        self.groups.len()
    }

    pub(crate) fn name(&self, group: usize) -> &str {
        &self.groups[group].name
    }

    /// Those directly in it.
    pub(crate) fn users(&self, group: usize) -> &[u64] {
        &self.groups[group].users
    }

    /// A group by its id, else by its name.
    pub(crate) fn find(&self, seen: &str) -> Option<usize> {
        let by_id = self.groups.iter().position(|group| group.id == seen);
        by_id.or_else(|| self.groups.iter().position(|group| group.name == seen))
    }

    /// Marks a group and everything inside it, except what an earlier mark reached: that one comes first.
    pub(crate) fn spread(&self, from: usize, mark: u32, marks: &mut [Option<u32>]) {
        let mut open = vec![from];
        while let Some(group) = open.pop() {
            if marks[group].is_none() {
                marks[group] = Some(mark);
                open.extend(&self.groups[group].subgroups);
            }
        }
    }

    /// The groups inside a group, itself only when it is inside itself.
    fn inside(&self, group: usize) -> HashSet<usize> {
        let mut open = self.groups[group].subgroups.clone();
        let mut inside = HashSet::new();
        while let Some(next) = open.pop() {
            if inside.insert(next) {
                open.extend(&self.groups[next].subgroups);
            }
        }
        inside
    }

    /// The groups that are inside themselves.
    pub(crate) fn cycles(&self) -> Vec<usize> {
        (0..self.len()).filter(|group| self.inside(*group).contains(group)).collect()
    }

    /// The groups with subgroups that are not among the groups.
    pub(crate) fn incomplete(&self) -> Vec<usize> {
        (0..self.len()).filter(|group| self.groups[*group].unread > 0).collect()
    }

    /// Every group as somebody maps it.
    pub(crate) fn seen(&self) -> Vec<GroupSeen> {
        let seen = self.groups.iter().enumerate().map(|(place, group)| {
            let mut inside = self.inside(place);
            let in_cycle = !inside.insert(place);
            let users: HashSet<u64> = inside.iter().flat_map(|group| self.users(*group)).copied().collect();
            GroupSeen {
                id: group.id.clone(),
                name: group.name.clone(),
                members: users.len() as u64,
                subgroups: group.subgroups.len() as u64,
                unread: group.unread,
                in_cycle,
            }
        });
        seen.collect()
    }
}
