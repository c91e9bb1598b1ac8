//! One person on one day, complete: what a right reading of the roster must find.

use jiff::Timestamp;

use super::chart::{self, DEPARTMENTS, DOMAIN, OrgGroup, ROLES};
use super::draw::{Draw, Purpose};
use super::names;
use super::timeline::{Offset, Standing};
use super::{FIRST_ID, ID_STEP, Organisation};

/// The license of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Seat {
    /// May edit: paid for.
    CanEdit,
    /// May look and comment.
    ViewOnly,
}

impl Seat {
    /// The seat of somebody who may edit or not.
    pub fn editing(can_edit: bool) -> Self {
        if can_edit { Self::CanEdit } else { Self::ViewOnly }
    }

    /// Whether it allows to edit.
    pub fn can_edit(self) -> bool {
        self == Self::CanEdit
    }

    /// The license type's key: `can-edit` or `view-only`.
    pub fn key(self) -> &'static str {
        if self.can_edit() { "can-edit" } else { "view-only" }
    }
}

/// Which products a user may edit with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "this is the wire's shape: one boolean per product")]
pub struct Products {
    /// Lucidchart.
    pub lucidchart: bool,
    /// Lucidspark.
    pub lucidspark: bool,
    /// Lucidscale, creating.
    pub lucidscale_creator: bool,
    /// Lucidscale, looking.
    pub lucidscale_explorer: bool,
}

/// A user as they are on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthUser {
    /// `lucid-<n>`.
    pub id: String,
    /// The HR system's key.
    pub external_id: String,
    /// The same as the e-mail address.
    pub user_name: String,
    /// The only e-mail address.
    pub email: String,
    /// Given name.
    pub given_name: &'static str,
    /// Middle name; most have none.
    pub middle_name: Option<&'static str>,
    /// Family name.
    pub family_name: &'static str,
    /// The license.
    pub license: Seat,
    /// The licenses per product; Lucidchart's says the same as [`TruthUser::license`].
    pub products: Products,
    /// False when deactivated.
    pub active: bool,
    /// When they first joined.
    pub created: Timestamp,
    /// When something about them last changed.
    pub last_modified: Timestamp,
    /// Department.
    pub department: &'static str,
    /// Cost center.
    pub cost_center: &'static str,
    /// Job title.
    pub title: &'static str,
    /// Employee number.
    pub employee_number: String,
    /// The id of the manager; the first person has none.
    pub manager_id: Option<String>,
    /// Admin roles; most have none.
    pub roles: Vec<&'static str>,
    /// The names of the groups: exactly one organizational group.
    pub groups: Vec<&'static str>,
    /// The id of that group.
    pub group_id: &'static str,
}

impl TruthUser {
    /// Gives the opposite license.
    pub(crate) fn contradict(&mut self) {
        self.license = Seat::editing(!self.license.can_edit());
        self.products.lucidchart = self.license.can_edit();
    }

    /// All names in one, as `name.formatted` has it.
    pub fn full_name(&self) -> String {
        match self.middle_name {
            Some(middle) => format!("{} {middle} {}", self.given_name, self.family_name),
            None => format!("{} {}", self.given_name, self.family_name),
        }
    }
}

pub fn id_of(seed: u64, index: u32) -> String {
    let gap = Draw::new(seed, index, Purpose::Clock).next() % ID_STEP;
    format!("lucid-{}", FIRST_ID + u64::from(index) * ID_STEP + gap)
}

pub fn email_of(seed: u64, index: u32) -> String {
    let (given, family, before) = names::pair(seed, index);
    let mut email = String::with_capacity(48);
    names::fold_into(&mut email, given);
    email.push('.');
    names::fold_into(&mut email, family);
    if before > 0 {
        email.push_str(&(before + 1).to_string());
    }
    email.push('@');
    email.push_str(DOMAIN);
    email
}

pub fn external_id_of(index: u32) -> String {
    format!("hr-{:06}", index + 101)
}

/// The person of an index, standing so.
pub fn person(organisation: &Organisation, index: u32, standing: &Standing) -> TruthUser {
    let seed = organisation.seed();
    let mut draw = Draw::new(seed, index, Purpose::Profile);
    let (given_name, family_name, _) = names::pair(seed, index);
    let middle_name = draw.happens(220_000).then(|| draw.pick(names::MIDDLE));
    let department = &DEPARTMENTS[department(&mut draw, standing.moves)];
    let region = draw.below(chart::REGIONS);
    let can_edit = standing.seat.can_edit();
    let products = Products {
        lucidchart: can_edit,
        lucidspark: can_edit && draw.happens(700_000),
        lucidscale_creator: can_edit && draw.happens(80_000),
        lucidscale_explorer: can_edit && draw.happens(120_000),
    };
    let group: &OrgGroup = chart::group_of(can_edit, region);
    let email = email_of(seed, index);
    TruthUser {
        id: id_of(seed, index),
        external_id: external_id_of(index),
        user_name: email.clone(),
        email,
        given_name,
        middle_name,
        family_name,
        license: standing.seat,
        products,
        active: standing.active,
        created: moment(organisation, index, standing.joined),
        last_modified: moment(organisation, index, standing.changed),
        department: department.name,
        cost_center: draw.pick(department.cost_centers),
        title: draw.pick(department.titles),
        employee_number: (index + 101).to_string(),
        manager_id: (index > 0).then(|| id_of(seed, index / 9)),
        roles: roles(index, &mut draw),
        groups: vec![group.name],
        group_id: group.id,
    }
}

fn department(draw: &mut Draw, moves: u32) -> usize {
    let first = chart::department_at(draw.below(100));
    let step = 1 + draw.below(u32::try_from(DEPARTMENTS.len()).unwrap_or(1) - 1);
    (first + (step * moves) as usize) % DEPARTMENTS.len()
}

fn roles(index: u32, draw: &mut Draw) -> Vec<&'static str> {
    match index {
        0 => vec!["AccountAdmin", "BillingAdmin"],
        _ if draw.happens(25_000) => vec![draw.pick(ROLES)],
        _ => Vec::new(),
    }
}

/// Early in the day, so that who reads at nine does not see the future.
fn moment(organisation: &Organisation, index: u32, day: Offset) -> Timestamp {
    let place = index.wrapping_mul(31).wrapping_add_signed(day);
    let seconds = 5 * 3600 + Draw::new(organisation.seed(), place, Purpose::Clock).below(3 * 3600);
    organisation.midnight(day) + jiff::SignedDuration::from_secs(i64::from(seconds))
}
