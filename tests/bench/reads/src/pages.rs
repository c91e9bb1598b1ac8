//! Pages of the Activity table: every sort that is offered, under every kind of filter, and search letter by letter.

use app::Seatledger;
use app::clock::{Clock, SystemClock};
use app::view::apps::AppRequest;
use app::view::roster::{FacetValue, RosterPage, RosterPageRequest, RosterQuery, RosterSort};
use jiff::tz::TimeZone;
use serde_json::json;

use crate::watch::Watch;
use crate::{Outcome, said};

pub const ROWS: u32 = 200;
pub const SORTS: [RosterSort; 13] = [
    RosterSort::Id,
    RosterSort::UserName,
    RosterSort::Email,
    RosterSort::GivenName,
    RosterSort::MiddleName,
    RosterSort::FamilyName,
    RosterSort::LicenseType,
    RosterSort::Status,
    RosterSort::Created,
    RosterSort::LastChanged,
    RosterSort::Department,
    RosterSort::CostCenter,
    RosterSort::LastActivity,
];

/// Typed letter by letter: somebody, a place, somebody who is not there, two words, part of an address.
const TYPED: [&str; 6] = ["kowalski", "department 07", "xylophone", "rosa fischer", "müller", "lopez4@acme"];

pub fn sorts_and_filters(seatledger: &Seatledger, app: &str) -> Outcome {
    let (mut first, mut further) = (Watch::default(), Watch::default());
    let queries = offered(seatledger, app)?;
    let mut members = 0;
    for (name, query) in &queries {
        for sort in SORTS {
            for descending in [false, true] {
                // Both directions without a filter; under filters the direction changes nothing but the order.
                if descending && *name != "no filter" {
                    continue;
                }
                let query = RosterQuery { sort, descending, ..query.clone() };
                let what = || format!("{name}, by {sort:?}{}", if descending { " descending" } else { "" });
                let page = first.time(what, || page(seatledger, &query, 0))?;
                members = page.total;
                let last = page.matching.saturating_sub(u64::from(ROWS));
                for offset in [u64::from(ROWS), page.matching / 2, last] {
                    further.time(what, || self::page(seatledger, &query, offset.min(last)))?;
                }
            }
        }
    }
    Ok(
        json!({ "members": members, "filters": queries.len(), "first": first.document(), "further": further.document() }),
    )
}

pub fn search(seatledger: &Seatledger, app: &str) -> Outcome {
    let mut watch = Watch::default();
    let mut members = 0;
    for typed in TYPED {
        for (end, letter) in typed.char_indices() {
            let search: String = typed.chars().take(typed.get(..end).unwrap_or_default().chars().count() + 1).collect();
            if letter == ' ' {
                continue;
            }
            let query = RosterQuery { app: app.to_owned(), search: search.clone(), ..RosterQuery::default() };
            members = watch.time(|| format!("\"{search}\""), || page(seatledger, &query, 0))?.total;
        }
    }
    Ok(json!({ "members": members, "first": watch.document() }))
}

pub fn page(seatledger: &Seatledger, query: &RosterQuery, offset: u64) -> Outcome<RosterPage> {
    let request = RosterPageRequest { query: query.clone(), offset, limit: ROWS };
    Ok(seatledger.roster_page(&request).map_err(|error| said(&error))?)
}

/// One query for each kind of filter, with values that the roster really has: the commonest and the rarest.
fn offered(seatledger: &Seatledger, app: &str) -> Outcome<Vec<(&'static str, RosterQuery)>> {
    let facets = seatledger.roster_facets(&AppRequest { app: app.to_owned() }).map_err(|error| said(&error))?;
    let none = RosterQuery { app: app.to_owned(), ..RosterQuery::default() };
    let common =
        |values: &[FacetValue]| values.first().map(|found| found.value.clone()).into_iter().collect::<Vec<_>>();
    let rare = |values: &[FacetValue]| values.last().map(|found| found.value.clone()).into_iter().collect::<Vec<_>>();
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date().to_string();
    Ok(vec![
        ("no filter", none.clone()),
        ("one license type", RosterQuery { license_types: common(&facets.license_types), ..none.clone() }),
        ("another license type", RosterQuery { license_types: rare(&facets.license_types), ..none.clone() }),
        ("active", RosterQuery { statuses: vec!["active".to_owned()], ..none.clone() }),
        ("left", RosterQuery { statuses: vec!["left".to_owned()], ..none.clone() }),
        ("billable", RosterQuery { billable: Some(true), ..none.clone() }),
        ("not billable", RosterQuery { billable: Some(false), ..none.clone() }),
        ("a department", RosterQuery { departments: common(&facets.departments), ..none.clone() }),
        ("a rare department", RosterQuery { departments: rare(&facets.departments), ..none.clone() }),
        ("a cost center", RosterQuery { cost_centers: common(&facets.cost_centers), ..none.clone() }),
        ("a group", RosterQuery { groups: common(&facets.groups), ..none.clone() }),
        (
            "license type and department",
            RosterQuery {
                license_types: common(&facets.license_types),
                departments: common(&facets.departments),
                ..none.clone()
            },
        ),
        ("as of a day", RosterQuery { as_of: Some(today), ..none }),
    ])
}
