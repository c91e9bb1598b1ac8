//! Groups inside groups, without the names of those who are in them.

use std::borrow::Cow;
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
    /// Where each of them is, by the hash of its id.
    places: HashMap<u64, usize>,
    /// Keyed anew for each reading: nobody can choose ids that meet.
    hasher: RandomState,
}

impl GroupTree {
    /// A group as sent; without an id its name is one. Without either nobody can map it, and it is left out.
    pub(super) fn group(&self, sent: GroupResource<'_>) -> Option<Group> {
        let id = sent.key()?.to_owned();
        let name = sent.display_name.filter(|name| !name.trim().is_empty()).map_or_else(|| id.clone(), Cow::into_owned);
        let mut group = Group { id, name, users: Vec::new(), inside: Vec::new(), subgroups: Vec::new(), unread: 0 };
        for member in sent.members {
            let kind = member.is_group();
            let Some(id) = member.id() else { continue };
            if kind != Some(true) {
                group.users.push(self.hash(&id));
            }
            if kind != Some(false) {
                group.inside.push((id.into_owned(), kind == Some(true)));
            }
        }
        Some(group)
    }

    /// One more group, or more of one: servers were seen to spread the members of one over several entries.
    pub(super) fn push(&mut self, group: Group) {
        let place = *self.places.entry(self.hasher.hash_one(group.id.as_str())).or_insert(self.groups.len());
        match self.groups.get_mut(place) {
            Some(known) => {
                known.users.extend(group.users);
                known.inside.extend(group.inside);
            }
            None => self.groups.push(group),
        }
    }

    /// The listing begins again.
    pub(super) fn clear(&mut self) {
        self.groups.clear();
        self.places.clear();
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

    pub(crate) fn id(&self, group: usize) -> &str {
        &self.groups[group].id
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

    /// Reaches a group and everything inside it, except what is inside of one for which that is no news.
    pub(crate) fn spread(&self, from: usize, mut reach: impl FnMut(usize) -> bool) {
        let mut open = vec![from];
        while let Some(group) = open.pop() {
            if reach(group) {
                open.extend(&self.groups[group].subgroups);
            }
        }
    }

    /// Groups that are inside each other, together, and what is inside of a set before that set.
    fn knots(&self) -> Vec<Vec<usize>> {
        knots(self.len(), |group| &self.groups[group].subgroups)
    }

    /// Whether groups that are together are inside themselves.
    fn is_cycle(&self, knot: &[usize]) -> bool {
        matches!(knot, [first, rest @ ..] if !rest.is_empty() || self.groups[*first].subgroups.contains(first))
    }

    /// The groups that are inside themselves.
    pub(crate) fn cycles(&self) -> Vec<usize> {
        let mut cycles: Vec<usize> = self.knots().into_iter().filter(|knot| self.is_cycle(knot)).flatten().collect();
        cycles.sort_unstable();
        cycles
    }

    /// The groups with subgroups that are not among the groups.
    pub(crate) fn incomplete(&self) -> Vec<usize> {
        (0..self.len()).filter(|group| self.groups[*group].unread > 0).collect()
    }

    /// Every group as somebody maps it.
    pub(crate) fn seen(&self) -> Vec<GroupSeen> {
        let counted = self.counted();
        let seen = self.groups.iter().zip(counted).map(|(group, (members, in_cycle))| GroupSeen {
            id: group.id.clone(),
            name: group.name.clone(),
            members,
            subgroups: group.subgroups.len() as u64,
            unread: group.unread,
            in_cycle,
        });
        seen.collect()
    }

    /// Of each group, how many different users are in it and in its subgroups, and whether it is inside itself. Who is
    /// inside of one group alone is handed on, not copied: a deep chain costs no more than its users.
    fn counted(&self) -> Vec<(u64, bool)> {
        let knots = self.knots();
        let mut home = vec![0; self.len()];
        for (place, knot) in knots.iter().enumerate() {
            for group in knot {
                home[*group] = place;
            }
        }
        let inside: Vec<Vec<usize>> =
            knots.iter().enumerate().map(|(place, knot)| self.below(knot, place, &home)).collect();
        let mut wanted = vec![0_usize; knots.len()];
        inside.iter().flatten().for_each(|below| wanted[*below] += 1);
        let mut users: Vec<HashSet<u64>> = Vec::with_capacity(knots.len());
        let mut counted = vec![(0, false); self.len()];
        for (knot, below) in knots.iter().zip(&inside) {
            let mut all = HashSet::new();
            for part in below {
                wanted[*part] -= 1;
                let part = if wanted[*part] == 0 { std::mem::take(&mut users[*part]) } else { users[*part].clone() };
                let (more, fewer) = if part.len() > all.len() { (part, all) } else { (all, part) };
                all = more;
                all.extend(fewer);
            }
            all.extend(knot.iter().flat_map(|group| self.users(*group)));
            for group in knot {
                counted[*group] = (all.len() as u64, self.is_cycle(knot));
            }
            users.push(all);
        }
        counted
    }

    /// The other knots directly inside a knot.
    fn below(&self, knot: &[usize], place: usize, home: &[usize]) -> Vec<usize> {
        let subgroups = knot.iter().flat_map(|group| &self.groups[*group].subgroups);
        let mut below: Vec<usize> = subgroups.map(|group| home[*group]).filter(|other| *other != place).collect();
        below.sort_unstable();
        below.dedup();
        below
    }
}

/// The strongly connected components of a graph, each after those that it leads to (Tarjan), without recursion: groups
/// nest as deep as a server says.
fn knots<'g>(nodes: usize, next: impl Fn(usize) -> &'g [usize]) -> Vec<Vec<usize>> {
    const NEVER: usize = usize::MAX;
    let (mut order, mut lowest, mut waits) = (vec![NEVER; nodes], vec![NEVER; nodes], vec![false; nodes]);
    let (mut stack, mut knots, mut clock) = (Vec::new(), Vec::new(), 0);
    for root in 0..nodes {
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((node, edge)) = path.pop() {
            if edge == 0 {
                if order[node] != NEVER {
                    continue;
                }
                (order[node], lowest[node], waits[node]) = (clock, clock, true);
                clock += 1;
                stack.push(node);
            }
            if let Some(before) = edge.checked_sub(1).and_then(|edge| next(node).get(edge))
                && waits[*before]
            {
                lowest[node] = lowest[node].min(lowest[*before]);
            }
            if let Some(inside) = next(node).get(edge) {
                path.push((node, edge + 1));
                if order[*inside] == NEVER {
                    path.push((*inside, 0));
                }
            } else if lowest[node] == order[node] {
                let from = stack.iter().rposition(|other| *other == node).unwrap_or_default();
                let knot = stack.split_off(from);
                for group in &knot {
                    waits[*group] = false;
                }
                knots.push(knot);
            }
        }
    }
    knots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(edges: &[&[usize]]) -> Vec<Vec<usize>> {
        let mut knots = knots(edges.len(), |node| edges[node]);
        for knot in &mut knots {
            knot.sort_unstable();
        }
        knots
    }

    #[test]
    fn groups_inside_each_other_are_one_knot_after_what_is_inside_it() {
        assert_eq!(of(&[&[1], &[2], &[]]), [vec![2], vec![1], vec![0]]);
        assert_eq!(of(&[&[1, 3], &[2], &[0, 3], &[]]), [vec![3], vec![0, 1, 2]]);
        assert_eq!(of(&[&[0], &[2], &[1], &[1, 0]]), [vec![0], vec![1, 2], vec![3]]);
        assert_eq!(of(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_chain_as_deep_as_there_may_be_groups_is_counted_at_once() {
        let deep = 20_000;
        let group = |place: usize| Group {
            id: place.to_string(),
            name: place.to_string(),
            users: vec![place as u64],
            inside: Vec::new(),
            subgroups: if place + 1 < deep { vec![place + 1] } else { Vec::new() },
            unread: 0,
        };
        let tree = GroupTree { groups: (0..deep).map(group).collect(), ..GroupTree::default() };
        let seen = tree.seen();
        assert_eq!((seen[0].members, seen[deep - 1].members), (20_000, 1));
        assert!(tree.cycles().is_empty());
    }
}
