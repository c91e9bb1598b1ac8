//! One pass over the roster tells what the image tells: who, in which order, and how they stood on a day.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{license, member, new_app, noon, sync, with_app};
use jiff::SignedDuration;
use jiff::civil::date;
use roster::{Member, ProductLicense, text_set};
use store::{App, MemberRow, MemberStatus, RosterColumn, RosterFilter, RosterOrder, ScannedMember, Store, StoreError};

const COLUMNS: [RosterColumn; 14] = [
    RosterColumn::Id,
    RosterColumn::UserName,
    RosterColumn::Email,
    RosterColumn::GivenName,
    RosterColumn::MiddleName,
    RosterColumn::FamilyName,
    RosterColumn::DisplayName,
    RosterColumn::License,
    RosterColumn::Billable,
    RosterColumn::Status,
    RosterColumn::Created,
    RosterColumn::LastModified,
    RosterColumn::Department,
    RosterColumn::CostCenter,
];
const NAMES: [Option<&str>; 9] = [
    Some("Éva"),
    Some("anna"),
    None,
    Some("a"),
    Some("a\0"),
    Some("ÉVA"),
    Some("anna with a name longer than a prefix, one"),
    Some("ANNA with a name longer than a prefix, two"),
    Some(""),
];

/// Members in the given state of their careers.
fn members(from: usize, until: usize, shift: usize) -> Vec<Member> {
    let one = |number: usize| Member {
        given_name: NAMES[number % 9].map(str::to_owned),
        middle_name: NAMES[number * 5 % 9].filter(|_| number.is_multiple_of(4)).map(str::to_owned),
        family_name: NAMES[number * 2 % 9].map(str::to_owned),
        display_name: NAMES[number * 4 % 9].map(str::to_owned),
        email: (!number.is_multiple_of(5)).then(|| format!("{}@X.example", ["b", "A", "c"][number % 3])),
        active: !(number + shift).is_multiple_of(4),
        department: (!number.is_multiple_of(3))
            .then(|| ["dept", "Dept", "Ärzte"][number % 2 + number % 7 / 6].to_owned()),
        cost_center: (!number.is_multiple_of(2)).then(|| format!("CC {}", number % 6)),
        groups: (0..number % 3).map(|group| format!("g{group}")).collect(),
        products: (0..number % 3)
            .map(|product| ProductLicense { product: format!("p{product}"), granted: product == 0 })
            .collect(),
        created: (!number.is_multiple_of(6))
            .then(|| noon() - SignedDuration::from_hours(i64::try_from(number * 7 % 11).unwrap() * 100_000)),
        ..member(&format!("m{}", number * 37 % 100), ["can-edit", "view-only", "lite", ""][(number + shift) % 4])
    };
    (from..until).map(one).collect()
}

/// Three weeks in which people came, changed and went, beside the members of another app.
fn organisation(store: &Store) -> App {
    let (app, other) = (with_app(store), store.add_app(&new_app("Figma"), &[], noon()).unwrap());
    for (day, from, until, shift) in [(2, 0, 60, 0), (9, 10, 80, 1), (16, 0, 70, 1)] {
        sync(store, &app, date(2026, 11, day), &members(from, until, shift)).unwrap();
        sync(store, &other, date(2026, 11, day), &members(from, until, 2)).unwrap();
    }
    app
}

fn filters() -> Vec<RosterFilter> {
    let anyone = RosterFilter::default;
    let all = vec![MemberStatus::Active, MemberStatus::Deactivated, MemberStatus::Left];
    vec![
        anyone(),
        RosterFilter { statuses: all, ..anyone() },
        RosterFilter { statuses: vec![MemberStatus::Left], ..anyone() },
        RosterFilter { licenses: vec![license(""), license("lite"), license("no such")], ..anyone() },
        RosterFilter { billable: Some(true), ..anyone() },
        RosterFilter { billable: Some(false), ..anyone() },
        RosterFilter { departments: vec![None, Some("Dept".to_owned())], ..anyone() },
        RosterFilter { cost_centers: vec![Some("CC 1".to_owned())], ..anyone() },
        RosterFilter { groups: vec!["g1".to_owned(), "nobody's".to_owned()], ..anyone() },
        RosterFilter { search: " éVa  a@x ".to_owned(), ..anyone() },
        RosterFilter { search: "ÄRZTE cc".to_owned(), ..anyone() },
    ]
}

fn walked(store: &Store, app: &App, filter: &RosterFilter, order: RosterOrder) -> Vec<MemberRow> {
    let mut rows = Vec::new();
    let all = store.for_each_member(app.id, filter, order, |row| {
        rows.push(row);
        Ok::<_, StoreError>(())
    });
    all.unwrap();
    rows
}

fn scanned(store: &Store, app: &App, filter: &RosterFilter, order: RosterOrder) -> Vec<MemberRow> {
    let mut rows = Vec::new();
    let all = store.scan_members(app.id, filter, order, |member, key| {
        rows.push((key.to_vec(), owned(member)));
        Ok::<_, StoreError>(())
    });
    all.unwrap();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn owned(member: &ScannedMember<'_>) -> MemberRow {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let product = |signed| {
        let (product, granted) = text_set::product(signed).unwrap();
        ProductLicense { product: product.to_owned(), granted }
    };
    MemberRow {
        member: Member {
            id: member.id.to_owned(),
            user_name: member.user_name.to_owned(),
            email: owned(member.email),
            given_name: owned(member.given_name),
            middle_name: owned(member.middle_name),
            family_name: owned(member.family_name),
            display_name: owned(member.display_name),
            active: member.status == MemberStatus::Active,
            created: member.created,
            last_modified: member.last_modified,
            license: license(member.license.map_or("", |key| key.as_str())),
            products: member
                .products
                .and_then(text_set::split_ref)
                .unwrap_or_default()
                .into_iter()
                .map(product)
                .collect(),
            department: owned(member.department),
            cost_center: owned(member.cost_center),
            groups: member.groups.and_then(text_set::split).unwrap_or_default(),
        },
        status: member.status,
        billable: member.billable,
        left_on: member.left_on,
        last_activity: member.last_activity,
        activity: member.activity,
    }
}

#[test]
fn a_pass_sorted_by_its_keys_is_the_ordered_list() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = organisation(&store);
    let days =
        [None, Some(date(2026, 11, 1)), Some(date(2026, 11, 5)), Some(date(2026, 11, 12)), Some(date(2026, 12, 1))];
    let mut met = 0;
    for (filter, as_of) in filters().iter().flat_map(|filter| days.map(|day| (filter, day))) {
        for (column, descending) in COLUMNS.iter().flat_map(|column| [(*column, false), (*column, true)]) {
            let (filter, order) = (RosterFilter { as_of, ..filter.clone() }, RosterOrder { column, descending });
            let expected = walked(&store, &app, &filter, order);
            let found = scanned(&store, &app, &filter, order);
            let ids = |rows: &[MemberRow]| rows.iter().map(|row| row.member.id.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&found), ids(&expected), "{order:?} {filter:?}");
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!(found, expected, "{filter:?}");
            }
            met += expected.len();
        }
    }
    assert!(met > 10_000, "the filters find somebody: {met}");
}

#[test]
fn more_different_words_than_are_remembered_are_told_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let apart = |number: usize| Member {
        department: Some(format!("Department {}", number % 5_000)),
        ..member(&format!("{number}"), "lite")
    };
    sync(&store, &app, date(2026, 11, 2), &(0..10_000).map(apart).collect::<Vec<_>>()).unwrap();
    let mut met = 0;
    let all = store.scan_members(app.id, &RosterFilter::default(), RosterOrder::default(), |member, _| {
        let number: usize = member.id.parse().unwrap();
        assert_eq!(member.department, Some(format!("Department {}", number % 5_000).as_str()));
        met += 1;
        Ok::<_, StoreError>(())
    });
    all.unwrap();
    assert_eq!(met, 10_000);
}
