//! The people whom tests/servers makes up, computed here once more: the truth that a reading is compared with.

use std::collections::BTreeMap;

use roster::{License, LicenseKey, Member, ProductLicense};

const GIVEN: [&str; 7] = ["Ada", "Zoë", "Åsa", "José", "Мария", "Nguyễn", "O'Neil"];
const FAMILY: [&str; 5] = ["Byrne", "Østergård", "de la Cruz", "Fujimoto 藤本", "Kowalski"];
/// Their departments, in turn.
pub const DEPARTMENTS: [&str; 4] = ["Design", "Engineering", "Finance", "People & Culture"];

/// A roster by id.
pub type Roster = BTreeMap<String, Member>;

/// How many people an account with "small" in its name begins with.
pub const SMALL: usize = 150;

/// How many people any other account begins with.
pub fn people() -> usize {
    std::env::var("SCIM_PEOPLE").expect("scripts/others.sh sets SCIM_PEOPLE").parse().expect("a number")
}

/// The roster that an account begins with.
pub fn everybody() -> Roster {
    first(people())
}

/// The roster of the first so many people.
pub fn first(many: usize) -> Roster {
    (1..=many).map(person).map(|member| (member.id.clone(), member)).collect()
}

/// The id of person number `n`.
pub fn id(n: usize) -> String {
    format!("{:05}", n * 7919 % 10007)
}

/// Person number `n`, as meant.
pub fn person(n: usize) -> Member {
    let user_name = format!("person{n}@corp.example");
    let given = GIVEN[n % 7].to_owned();
    let family = format!("{} {n}", FAMILY[n % 5]);
    let display = if n.is_multiple_of(4) { format!("{given} {family}") } else { format!("{family}, {given}") };
    let email = if n.is_multiple_of(17) { user_name.clone() } else { format!("work{n}@corp.example") };
    let made = "2025-11-03T09:30:00Z".parse().ok();
    let told = !n.is_multiple_of(45);
    Member {
        id: id(n),
        user_name,
        email: Some(email),
        given_name: Some(given),
        middle_name: None,
        family_name: Some(family),
        display_name: Some(display),
        active: !n.is_multiple_of(10),
        created: made,
        last_modified: made,
        license: if told { license(n) } else { License::Unknown },
        products: if told { products(n) } else { Vec::new() },
        department: Some(DEPARTMENTS[n % 4].to_owned()),
        cost_center: Some(format!("CC-{}", n % 9)),
        groups: Vec::new(),
    }
}

fn license(n: usize) -> License {
    let key = if n.is_multiple_of(3) { "view-only" } else { "can-edit" };
    LicenseKey::new(key).map(License::Type).expect("a key")
}

/// In the order of their names, as members keep them.
fn products(n: usize) -> Vec<ProductLicense> {
    let held = [
        ("Lucidchart", !n.is_multiple_of(3)),
        ("LucidscaleCreator", false),
        ("LucidscaleExplorer", true),
        ("Lucidspark", n.is_multiple_of(5)),
    ];
    held.into_iter().map(|(product, granted)| ProductLicense { product: product.to_owned(), granted }).collect()
}

/// Somebody who joins, as a client that provisions people would send it.
pub fn newcomer(n: usize) -> String {
    format!(
        r#"{{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"person{n}@corp.example","active":true}}"#
    )
}

/// The same person as meant, made from so little.
pub fn joined(n: usize) -> Member {
    let user_name = format!("person{n}@corp.example");
    Member {
        email: Some(user_name.clone()),
        given_name: None,
        family_name: None,
        display_name: None,
        active: true,
        license: License::Unknown,
        products: Vec::new(),
        department: None,
        cost_center: None,
        ..person(n)
    }
}

/// Requires two rosters to be the same, and says who is missing, extra or different.
#[track_caller]
pub fn assert_same(read: &Roster, truth: &Roster, what: &str) {
    assert!(read == truth, "{what}: {}", difference(read, truth));
}

/// Who is missing, extra or different.
pub fn difference(read: &Roster, truth: &Roster) -> String {
    let missing: Vec<_> = truth.keys().filter(|id| !read.contains_key(*id)).take(5).collect();
    let extra: Vec<_> = read.keys().filter(|id| !truth.contains_key(*id)).take(5).collect();
    let changed: Vec<_> = read
        .iter()
        .filter_map(|(id, member)| Some((member, truth.get(id)?)))
        .filter(|(read, truth)| read != truth)
        .take(1)
        .collect();
    format!(
        "{} read, {} in truth; missing {missing:?}, extra {extra:?}, different {changed:#?}",
        read.len(),
        truth.len()
    )
}
