//! Invented people as Lucid writes them: four license URNs, the enterprise extension, a group, meta; about 1.8 kB each.

use std::io::Write;

const GIVEN: [&str; 24] = [
    "Amelia", "Bruno", "Chloé", "Dmitri", "Elena", "Farid", "Göran", "Hana", "Ivan", "Jane", "Kofi", "Lucía", "Mira",
    "Noah", "Olga", "Priya", "Quentin", "Rosa", "Samir", "Tomás", "Uma", "Victor", "Wei", "Zoë",
];
const FAMILY: [&str; 24] = [
    "Anderson",
    "Brown",
    "Castillo",
    "Dubois",
    "Eriksson",
    "Fischer",
    "Garcia",
    "Hoffmann",
    "Ivanova",
    "Johnson",
    "Kowalski",
    "Lopez",
    "Müller",
    "Nakamura",
    "O'Neil",
    "Okafor",
    "Papadopoulos",
    "Rossi",
    "Smith",
    "Tanaka",
    "Ueda",
    "Vasquez",
    "Williams",
    "Zhang",
];
const TITLES: [&str; 6] =
    ["Account Executive", "Designer", "Program Manager", "Recruiter", "Senior Engineer", "Support Specialist"];

/// Writes the person at a position. In each edition 1 % of all positions change: of ten, nine get the other license
/// and one is taken by a new person.
pub fn write(out: &mut Vec<u8>, position: usize, edition: usize) {
    let place = position % 100;
    let changes = if edition >= place.max(1) { (edition - place) / 100 + usize::from(place > 0) } else { 0 };
    let replaced = (position / 100).is_multiple_of(10);
    let (person, flips) = if replaced { (position + changes * 100_000_000, 0) } else { (position, changes) };
    let mixed = mix(person as u64);
    let can_edit = (mixed.is_multiple_of(3)) ^ (flips % 2 == 1);
    let pick = |from: &[&'static str], shift: u32| *from.get(place_in(mixed >> shift, from.len())).unwrap_or(&"");
    let (given, family, title) = (pick(&GIVEN, 3), pick(&FAMILY, 9), pick(&TITLES, 15));
    let number = mixed % 10_000;
    let id = id(person);
    let mail = format!("{}.{}{person}@acme.example", letters(given), letters(family));
    let (department, center, group) = (mixed % 60, mixed % 200, mixed % 40);
    let manager = self::id(person / 12);
    let (month, day) = (1 + mixed % 12, 1 + (mixed >> 5) % 28);
    let (year, hour) = (2018 + (mixed >> 11) % 8, (mixed >> 17) % 24);
    let (spark, creator) = (mixed.is_multiple_of(5), mixed.is_multiple_of(11));
    let version = 1_790_000_000_000_u64 + changes as u64 * 86_400_000;
    let products = format!(
        "{{\"billingCode\":null,\"officeIdAtPrintVendor\":null,\"userIdAtPrintVendor\":null,\"productLicenses\":\
         {{\"Lucidchart\":{can_edit},\"Lucidspark\":{spark},\"LucidscaleCreator\":{creator},\"LucidscaleExplorer\":\
         true}}}}"
    );
    let written = write!(
        out,
        "{{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\",\
         \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\",\"urn:lucidchart:schemas:1.0:User\",\
         \"urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User\",\
         \"urn:ietf:params:scim:schemas:extension:lucid:1.0:User\",\
         \"urn:ietf:params:scim:schemas:extension:lucid:2.0:User\"],\
         \"id\":\"{id}\",\"externalId\":\"00u{mixed:x}\",\"userName\":\"{mail}\",\"displayName\":\"{given} {family}\",\
         \"name\":{{\"formatted\":\"{given} {family}\",\"givenName\":\"{given}\",\"familyName\":\"{family}\"}},\
         \"emails\":[{{\"value\":\"{mail}\",\"primary\":true}}],\"active\":true,\"canEdit\":{can_edit},\
         \"title\":\"{title}\",\"roles\":[{{\"value\":\"team-member\"}}],\
         \"groups\":[{{\"value\":\"{}\",\"display\":\"Group {group}\"}}],\
         \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{{\"employeeNumber\":\"E{number:05}\",\
         \"costCenter\":\"CC-{center:04}\",\"department\":\"Department {department:02}\",\
         \"manager\":{{\"value\":\"{manager}\"}}}},\
         \"urn:lucidchart:schemas:1.0:User\":{{\"canEdit\":{can_edit},\"addOns\":[]}},\
         \"urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User\":{{\"canEdit\":{can_edit},\"addOns\":[]}},\
         \"urn:ietf:params:scim:schemas:extension:lucid:1.0:User\":{products},\
         \"urn:ietf:params:scim:schemas:extension:lucid:2.0:User\":{products},\
         \"meta\":{{\"resourceType\":\"User\",\"created\":\"{year}-{month:02}-{day:02}T{hour:02}:41:07.318Z\",\
         \"lastModified\":\"2026-10-{:02}T09:12:33.004Z\",\"version\":\"W/\\\"{version}\\\"\",\
         \"location\":\"https://users.lucid.app/scim/v2/chart/Users/{id}\"}}}}",
        500_000 + group,
        1 + changes % 28,
    );
    // Writing to memory cannot fail.
    let _ = written;
}

fn place_in(number: u64, places: usize) -> usize {
    usize::try_from(number % places as u64).unwrap_or_default()
}

/// Different for each person and in no order, like the ids of a roster that grew over years.
fn id(person: usize) -> u64 {
    100_000_000 + ((person as u64).wrapping_mul(2_654_435_761) & 0xFF_FFFF_FFFF)
}

fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// A number that looks random and is the same in every run.
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) >> 12
}
