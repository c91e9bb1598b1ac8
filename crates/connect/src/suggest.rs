//! Attributes that may tell the license: what the first pages hold, weighed by name, spread and coverage; `/Schemas` says
//! of which type an attribute is and which others exist.

mod candidates;
mod schemas;

use std::collections::{BTreeMap, HashMap};

use scim::{PageShape, Pager, PagerLimits, Tree, parse_listing};

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::generic::Values;
use crate::hints::Hints;
use crate::license_path::LicensePath;
use crate::mapping::Mapping;
use crate::reading::{asks_for_less, is_past_end, knows_only_cursors};
use crate::tally::{count, most_frequent};
use crate::transport::Transport;
use schemas::Known;

const PAGES: u64 = 5;
const USERS: u64 = 1_000;
const PAGE: u32 = 200;
/// More paths are not followed: no user has so many attributes.
const PATHS: usize = 400;
const TOLD_VALUES: usize = 50;
const TOLD: usize = 12;

/// An attribute that may tell the license, with what it held on the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The attribute.
    pub path: LicensePath,
    /// Users of the sample that have a value.
    pub with_value: u64,
    /// Users of the sample.
    pub of: u64,
    /// Different values.
    pub distinct: u64,
    /// At most 50 of them, most frequent first, with how many users have each.
    pub values: Vec<(String, u64)>,
}

/// What one attribute held.
#[derive(Debug, Default)]
struct Held {
    users: u64,
    /// Users with more than one value.
    several: u64,
    values: HashMap<String, u64>,
}

/// The first pages.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    pub(crate) users: u64,
    /// These are all users.
    pub(crate) complete: bool,
    known: Known,
    held: BTreeMap<String, Held>,
    /// What the path of the connection held.
    asked: Held,
}

impl Sample {
    /// Reads the first pages, and the schemas where there are any.
    pub(crate) async fn take(
        transport: &Transport,
        hints: Hints,
        path: Option<&LicensePath>,
        allowance: &Allowance<'_>,
    ) -> Result<Self, ConnectError> {
        let mut sample = Self { known: Known::read(transport, allowance).await?, ..Self::default() };
        let mut pager = Pager::new(PAGE, PagerLimits { pages: PAGES * 4, users: USERS * 100, rewalks: 0 });
        hints.tell(&mut pager);
        let mut buffer = Vec::new();
        let mut pages = 0;
        while pages < PAGES && sample.users < USERS {
            let Some(request) = pager.next() else {
                sample.complete = true;
                break;
            };
            let url = transport.users(request.start_index, request.count, request.cursor.as_deref(), None);
            // A page is taken in only once: a repeated request has failed before anything was taken.
            let outcome = transport
                .fetch(&url, allowance, &mut buffer, |body| {
                    let sent = parse_listing::<Tree<'_>>(body)?;
                    let users = sent.resources.iter().map(|user| Seen::of(user, path)).collect::<Vec<_>>();
                    let ids = users.iter().map(|user| pager.hash(&user.id)).collect::<Vec<_>>();
                    let cursor = sent.next_cursor.map(std::borrow::Cow::into_owned);
                    Ok((users, ids, (sent.total_results, sent.start_index, cursor)))
                })
                .await;
            let (users, ids, (total_results, start_index, cursor)) = match outcome {
                Ok(page) => page,
                Err(error) if asks_for_less(&error, &request) && pager.ask_less() => continue,
                Err(error) if knows_only_cursors(&error, &request) && pager.ask_by_cursor() => continue,
                Err(error) if request.past_end && is_past_end(&error) => (Vec::new(), Vec::new(), (None, None, None)),
                Err(error) => return Err(error),
            };
            let shape = PageShape { ids: &ids, total_results, start_index, next_cursor: cursor.as_deref() };
            // A sample proves nothing: where the pages stop to make sense it ends.
            let Ok(verdict) = pager.accept(&shape) else { break };
            pages += 1;
            for (place, user) in users.into_iter().enumerate() {
                if !verdict.repeated.contains(&place) {
                    sample.add(user);
                }
            }
        }
        Ok(sample)
    }

    fn add(&mut self, user: Seen) {
        self.users += 1;
        self.asked.add(&user.asked);
        for (path, values) in user.held {
            if self.held.len() < PATHS || self.held.contains_key(&path) {
                self.held.entry(path).or_default().add(&values);
            }
        }
    }

    /// Whether licenses can be told: by the path that was asked for, else by any.
    pub(crate) fn tells(&self, path: Option<&LicensePath>) -> bool {
        if path.is_some() { self.asked.users > 0 } else { self.suggestions().iter().any(|found| found.with_value > 0) }
    }

    pub(crate) fn sentence(&self, path: Option<&LicensePath>) -> String {
        if self.users == 0 {
            return "No user is listed yet, so nothing can be said about licenses.".to_owned();
        }
        let of = if self.complete { "all" } else { "the first" };
        match path {
            Some(path) => {
                format!("{path}: {} of {of} {} users have a value there.", self.asked.users, self.users)
            }
            None => match self.suggestions().iter().find(|found| found.with_value > 0) {
                Some(best) => format!(
                    "Of {of} {} users, {} have a value in {}, which may tell the license.",
                    self.users, best.with_value, best.path
                ),
                None => format!(
                    "None of {of} {} users has an attribute that looks like a license; until one is named, licenses are shown as unknown.",
                    self.users
                ),
            },
        }
    }

    /// The best first.
    pub(crate) fn suggestions(&self) -> Vec<Suggestion> {
        let mut found: Vec<(i64, Suggestion)> =
            self.held.iter().filter_map(|(path, held)| self.suggestion(path, held)).collect();
        if !self.complete {
            let unseen = self.known.license_like().filter(|path| !self.held.contains_key(*path));
            found.extend(unseen.filter_map(|path| self.suggestion(path, &Held::default())));
        }
        found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.path.as_str().cmp(other.1.path.as_str())));
        found.into_iter().take(TOLD).map(|(_, suggestion)| suggestion).collect()
    }

    fn suggestion(&self, path: &str, held: &Held) -> Option<(i64, Suggestion)> {
        if self.known.is_no_license(path) {
            return None;
        }
        let weight = candidates::weight(path, held.users, held.values.len(), self.users)?;
        let weight = weight - candidates::mixture(held.several, held.users);
        let suggestion = Suggestion {
            path: LicensePath::parse(path).ok()?,
            with_value: held.users,
            of: self.users,
            distinct: held.values.len() as u64,
            values: most_frequent(held.values.clone(), TOLD_VALUES),
        };
        Some((weight, suggestion))
    }
}

impl Held {
    fn add(&mut self, values: &[String]) {
        self.users += u64::from(!values.is_empty());
        self.several += u64::from(values.len() > 1);
        for value in values {
            count(&mut self.values, value);
        }
    }
}

/// One user, with what stands at every path that may tell a license.
struct Seen {
    id: String,
    held: Vec<(String, Vec<String>)>,
    asked: Vec<String>,
}

impl Seen {
    fn of(user: &Tree<'_>, path: Option<&LicensePath>) -> Self {
        let id = match user.get("id") {
            Some(scim::Node::Text(id)) => id.clone().into_owned(),
            _ => String::new(),
        };
        let unmapped = Mapping::default();
        let values = |path: &LicensePath| Values::of(user, path, &unmapped).list;
        let held = candidates::paths(user).into_iter().take(PATHS).filter_map(|text| {
            let values = values(&LicensePath::parse(&text).ok()?);
            (!values.is_empty()).then_some((text, values))
        });
        Self { id, held: held.collect(), asked: path.map(values).unwrap_or_default() }
    }
}
