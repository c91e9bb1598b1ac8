//! A list of users in memory, served honestly or with one of the lies that real servers tell, and a walk over it.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeSet;

use scim::{Next, PageShape, Pager, PagerError, PagerLimits};

/// More requests than any walk here needs.
const ENOUGH: usize = 5_000;

#[derive(Debug, Clone, PartialEq)]
pub enum Behaviour {
    Honest,
    /// Pages of random sizes up to the cap.
    Uneven(u64),
    NoTotal,
    TotalIsPage,
    TotalTooHigh,
    TotalTooLow,
    IgnoresStart,
    /// The first page whatever is asked for, and its size as the total.
    OnlyFirst {
        count_is_honoured: bool,
    },
    /// Right users, wrong echo.
    EchoesOne,
    /// `startIndex` is counted from 0.
    ZeroBased,
    /// Every page after the first begins one user early.
    Overlaps,
    /// These rows count in the total and in the indexes but are never sent.
    Hides(BTreeSet<u64>),
    /// Row `.1` is the user of row `.0`.
    Doubles {
        twice: Vec<(usize, usize)>,
        rows_are_counted: bool,
    },
    /// Every so many users one stands on two rows in a row; users are counted. The list of rows may be cut at that number.
    Joins {
        every: usize,
        is_cut: bool,
    },
    /// Empty pages from this row on.
    EmptyFrom(u64),
    /// A user is inserted in front after so many requests.
    GrowsAfter(usize),
    GrowsAlways,
    /// The first user is deleted after so many requests.
    ShrinksAfter(usize),
    /// Before each of these requests the row `.1` leaves and somebody joins at row `.2`: the total stays the same.
    Churn(Vec<(usize, usize, usize)>),
    /// A page as long as its `startIndex` or longer is cut a second time.
    CutsTwice,
    /// Begins pages at multiples of their size only.
    WholePages,
    /// The same, of the size that it grants, whatever is asked for.
    WholeCaps,
    /// Nobody where more are asked for than it grants.
    AllOrNone,
    /// Invents a user for every row asked for.
    NoEnd,
    /// `totalResults` with the first page only.
    TotalOnce,
    /// `totalResults` with every page but the first.
    TotalLater,
    /// Each request finds the users in another order.
    Unstable(u64),
    /// So many neighbours at a time are in another order on each page, and in the same one whenever it is asked for.
    Ties {
        ties: usize,
        seed: u64,
        total: bool,
    },
}

pub struct Server {
    rows: Vec<u64>,
    cap: u64,
    behaviour: Behaviour,
    /// Pages lead on by cursors, which are row numbers.
    pub by_cursor: bool,
    pub asked: Vec<(u64, u32)>,
    /// Who was there all the time since the walk began, and who was there at any time.
    pub always: BTreeSet<u64>,
    pub ever: BTreeSet<u64>,
}

impl Server {
    pub fn new(users: u64, cap: u64, behaviour: Behaviour) -> Self {
        let mut rows: Vec<u64> = (1..=users).collect();
        if let Behaviour::Doubles { twice, .. } = &behaviour {
            for (user, row) in twice {
                if *user < rows.len() && *row < rows.len() {
                    rows[*row] = rows[*user];
                }
            }
        }
        let all: BTreeSet<u64> = rows.iter().copied().collect();
        Self { rows, cap, behaviour, by_cursor: false, asked: Vec::new(), always: all.clone(), ever: all }
    }

    fn begin(&mut self) {
        self.always = self.truth();
        self.ever = self.truth();
    }

    fn churn(&mut self, requests: usize) {
        let Behaviour::Churn(changes) = &self.behaviour else { return };
        for (at, leaves, joins) in changes.iter().filter(|(at, _, _)| *at == requests) {
            if self.rows.is_empty() {
                return;
            }
            let left = self.rows.remove(leaves % self.rows.len());
            let newcomer = 2_000_000 + (*at as u64) * 1_000 + self.ever.len() as u64;
            self.rows.insert(joins % (self.rows.len() + 1), newcomer);
            self.always.remove(&left);
            self.ever.insert(newcomer);
        }
    }

    /// Who is on the roster now.
    pub fn truth(&self) -> BTreeSet<u64> {
        self.rows.iter().copied().collect()
    }

    fn answer(&mut self, start: u64, count: u32) -> (Vec<u64>, Option<u64>, Option<u64>) {
        let requests = self.asked.len();
        self.asked.push((start, count));
        let newcomer = 1_000_000 + requests as u64;
        self.churn(requests);
        match self.behaviour {
            Behaviour::GrowsAfter(after) if after == requests => self.rows.insert(0, newcomer),
            Behaviour::GrowsAlways if requests > 0 => self.rows.insert(0, newcomer),
            Behaviour::ShrinksAfter(after) if after == requests && !self.rows.is_empty() => drop(self.rows.remove(0)),
            _ => {}
        }
        let mut size = self.cap.min(u64::from(count));
        let mut from = start - 1;
        match &self.behaviour {
            Behaviour::Uneven(seed) => size = 1 + (seed.wrapping_mul(requests as u64 + 7) >> 3) % size,
            Behaviour::IgnoresStart => (from, size) = (0, self.cap),
            Behaviour::OnlyFirst { count_is_honoured } => {
                (from, size) = (0, if *count_is_honoured { size } else { self.cap });
            }
            Behaviour::AllOrNone if u64::from(count) > self.cap => size = 0,
            Behaviour::WholeCaps => from = from / self.cap * self.cap,
            Behaviour::ZeroBased => from = start,
            Behaviour::Overlaps if start > 1 => from -= 1,
            Behaviour::WholePages => from = from / size * size,
            Behaviour::NoEnd => return (vec![start], Some(1_000_000), Some(start)),
            _ => {}
        }
        let order = match self.behaviour {
            Behaviour::Unstable(seed) => shuffled(&self.rows, seed.wrapping_add(requests as u64)),
            Behaviour::Ties { ties, seed, .. } => {
                let groups = self.rows.chunks(ties.max(1));
                groups.flat_map(|tied| shuffled(tied, seed.wrapping_add(start))).collect()
            }
            Behaviour::Joins { every, is_cut } => {
                let twice = |(row, id): (usize, &u64)| vec![*id; 1 + usize::from(row % every.max(1) == 3)];
                let most = if is_cut { self.rows.len() } else { usize::MAX };
                self.rows.iter().enumerate().flat_map(twice).take(most).collect()
            }
            _ => self.rows.clone(),
        };
        let rows = order.into_iter().enumerate().skip(usize::try_from(from).unwrap_or(usize::MAX));
        let rows = rows.take(usize::try_from(size).unwrap_or(usize::MAX));
        let page: Vec<u64> = match &self.behaviour {
            Behaviour::Hides(hidden) => rows.filter(|(_, id)| !hidden.contains(id)).map(|(_, id)| id).collect(),
            Behaviour::EmptyFrom(end) => rows.filter(|(row, _)| (*row as u64) < *end).map(|(_, id)| id).collect(),
            Behaviour::CutsTwice => {
                let page: Vec<u64> = rows.map(|(_, id)| id).collect();
                let again = if start <= page.len() as u64 { usize::try_from(start - 1).unwrap_or(0) } else { 0 };
                page.into_iter().skip(again).collect()
            }
            _ => rows.map(|(_, id)| id).collect(),
        };
        let all = self.rows.len() as u64;
        let total = match &self.behaviour {
            Behaviour::NoTotal | Behaviour::Ties { total: false, .. } => None,
            Behaviour::TotalOnce if start > 1 => None,
            Behaviour::TotalLater if start == 1 => None,
            Behaviour::TotalIsPage | Behaviour::OnlyFirst { .. } => Some(page.len() as u64),
            Behaviour::TotalTooHigh => Some(all + 3),
            Behaviour::TotalTooLow => Some(all.saturating_sub(3)),
            Behaviour::Doubles { rows_are_counted: false, .. } => Some(self.truth().len() as u64),
            _ => Some(all),
        };
        let echo = if self.behaviour == Behaviour::EchoesOne { 1 } else { start };
        (page, total, Some(echo))
    }
}

/// The same users in an order of this seed's own.
fn shuffled(rows: &[u64], seed: u64) -> Vec<u64> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|id| (id ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(seed | 1));
    rows
}

/// Walks as `connect` does: the ids of the pages since the last restart.
pub fn walk(server: &mut Server, count: u32, limits: PagerLimits) -> Result<BTreeSet<u64>, PagerError> {
    walk_granted(server, count, None, limits)
}

/// The same where the server documents how many users it grants at once.
pub fn walk_granted(
    server: &mut Server,
    count: u32,
    granted: Option<u32>,
    limits: PagerLimits,
) -> Result<BTreeSet<u64>, PagerError> {
    let mut pager = Pager::new(count, limits);
    if let Some(most) = granted {
        pager.granted(most);
    }
    walk_with(&mut pager, server)
}

/// The same by a pager that was told more.
pub fn walk_with(pager: &mut Pager, server: &mut Server) -> Result<BTreeSet<u64>, PagerError> {
    let mut roster = BTreeSet::new();
    while let Some(request) = pager.next() {
        assert!(server.asked.len() < ENOUGH, "the walk never ends");
        let place = request.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(request.start_index);
        let (page, total_results, start_index) = server.answer(place, request.count);
        let next = place + page.len() as u64;
        let next_cursor = (server.by_cursor && next <= server.rows.len() as u64).then(|| next.to_string());
        let next_cursor = next_cursor.as_deref();
        let ids: Vec<u64> = page.iter().map(|id| pager.hash(&id.to_string())).collect();
        let verdict = pager.accept(&PageShape { ids: &ids, total_results, start_index, next_cursor })?;
        if verdict.next == Next::Restart {
            roster.clear();
            server.begin();
            continue;
        }
        for (position, id) in page.into_iter().enumerate() {
            assert_eq!(verdict.repeated.contains(&position), !roster.insert(id), "repetitions are told exactly");
        }
        assert_eq!(pager.users(), roster.len() as u64);
    }
    Ok(roster)
}
