//! Who the people of a file are on the roster: by the vendor's id, else the user name, else the e-mail address. Ids are
//! compared letter by letter, the others without regard to case, as SCIM says. Absent on purpose: resemblance.

use std::collections::HashMap;

use store::{MemberNumber, NamedMember};

use super::people::Person;

/// Who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Found {
    /// Nobody on the roster.
    #[default]
    Nobody,
    /// This member, with what people call them, and whether they are on the roster now.
    Member(MemberNumber, Box<str>, bool),
    /// Several members, of whom none can be told from the others.
    Several,
}

/// How well a member fits: the smaller the better.
type Fit = (Way, bool);

/// By what somebody was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Id,
    UserName,
    Email,
    /// A user name that is an e-mail address there, or the other way round.
    Crossed,
}

/// Those of the file who have a text, as a chain of places.
#[derive(Default)]
struct Chains {
    first: HashMap<String, usize>,
    /// For each person the next one with the same text.
    next: Vec<Option<usize>>,
}

impl Chains {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut chains = Self::default();
        for (place, text) in texts.enumerate() {
            let before = if text.is_empty() { None } else { chains.first.insert(text.to_lowercase(), place) };
            chains.next.push(before);
        }
        chains
    }

    fn with(&self, text: &str) -> impl Iterator<Item = usize> {
        let first = self.first.get(text).copied();
        std::iter::successors(first, |place| self.next.get(*place).copied().flatten())
    }
}

/// The people of a file while members are held against them.
pub(super) struct Matching<'a> {
    people: &'a [Person],
    ids: HashMap<&'a str, Vec<usize>>,
    user_names: Chains,
    emails: Chains,
    found: Vec<(Option<Fit>, Found)>,
}

impl<'a> Matching<'a> {
    pub(super) fn new(people: &'a [Person]) -> Self {
        let mut ids: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, person) in people.iter().enumerate().filter(|(_, person)| !person.id.is_empty()) {
            ids.entry(&person.id).or_default().push(place);
        }
        Self {
            people,
            ids,
            user_names: Chains::of(people.iter().map(|person| &*person.user_name)),
            emails: Chains::of(people.iter().map(|person| &*person.email)),
            found: vec![(None, Found::Nobody); people.len()],
        }
    }

    /// Holds a member against everybody.
    pub(super) fn member(&mut self, member: &NamedMember<'_>) {
        let user_name = member.user_name.to_lowercase();
        let email = member.email.map(str::to_lowercase).filter(|email| !email.is_empty());
        let email = email.as_deref();
        let mut fits: Vec<(usize, Way)> = Vec::new();
        fits.extend(self.ids.get(member.id).into_iter().flatten().map(|place| (*place, Way::Id)));
        fits.extend(self.user_names.with(&user_name).map(|place| (place, Way::UserName)));
        fits.extend(email.into_iter().flat_map(|email| self.emails.with(email)).map(|place| (place, Way::Email)));
        fits.extend(email.into_iter().flat_map(|email| self.user_names.with(email)).map(|place| (place, Way::Crossed)));
        fits.extend(self.emails.with(&user_name).map(|place| (place, Way::Crossed)));
        fits.sort_unstable();
        fits.dedup_by_key(|(place, _)| *place);
        for (place, way) in fits {
            self.fits(place, (way, !member.listed), member);
        }
    }

    fn fits(&mut self, place: usize, fit: Fit, member: &NamedMember<'_>) {
        let Some((known, found)) = self.found.get_mut(place) else { return };
        if known.is_none_or(|known| fit < known) {
            let called = member.email.unwrap_or(member.user_name);
            (*known, *found) = (Some(fit), Found::Member(member.number, called.into(), member.listed));
        } else if *known == Some(fit) {
            *found = Found::Several;
        }
    }

    /// Each person with who they are.
    pub(super) fn found(self) -> impl Iterator<Item = (&'a Person, Found)> {
        self.people.iter().zip(self.found.into_iter().map(|(_, found)| found))
    }
}
