//! docs/FAULTS.md is printed from the tests that play the faults: a row without a test cannot be.

use std::fmt::Write as _;
use std::path::Path;

use crate::sim::{End, ROWS};

const INTRO: &str = "\
# What Seatledger does when a server fails

Each row is a fault that a real server, proxy or network was seen to have, what comes of a sync that meets it, and the
test that plays it. A sync that fails changes nothing: the roster and the figures of the last good one stay.

This page is printed by a test; to refresh it, run `UPDATE_EXPECT=1 cargo test -p connect --test wire faults_md`.

## Played by `lucid-sim --fault`

Each with 250 and with 1,200 users, at most 100 on a page. `crates/connect/tests/wire/sim.rs` fails when the simulator
has a fault without a row here.

| fault | what the server does | what the app does | ends in | test |
|---|---|---|---|---|
";

const MORE: &str = "
## Played byte by byte

| what happens | what the app does | test |
|---|---|---|
";

/// The test sources, to see that each test exists.
const SOURCES: &[(&str, &str)] = &[
    ("cursors", include_str!("cursors.rs")),
    ("faults", include_str!("faults.rs")),
    ("journal", include_str!("journal.rs")),
    ("many_apps", include_str!("many_apps.rs")),
    ("org_groups", include_str!("org_groups.rs")),
    ("probe", include_str!("probe.rs")),
    ("reading", include_str!("reading.rs")),
    ("redirects", include_str!("redirects.rs")),
    ("rest_api", include_str!("rest_api.rs")),
    ("retries", include_str!("retries.rs")),
    ("rfc", include_str!("rfc.rs")),
    ("shapes", include_str!("shapes.rs")),
    ("tls", include_str!("tls.rs")),
    ("transport", include_str!("transport.rs")),
];

#[rustfmt::skip]
const BYTES: &[(&str, &str, &str)] = &[
    ("the answer stops in the middle of page 3, by close or reset", "asks again a bounded number of times, then says that the connection broke", "faults::a_server_that_dies_in_the_middle_of_page_three_leaves_no_roster"),
    ("a page without a length is cut", "sees it by its JSON", "faults::a_page_that_is_cut_without_a_length_is_seen_by_its_json"),
    ("broken JSON", "tells the place, never the text", "faults::broken_json_is_told_by_its_place_and_not_repeated"),
    ("half of a character, where a name was cut inside an emoji", "reads it as `\u{fffd}`, and the rest as it is", "transport::half_a_character_in_a_name_costs_that_character_alone"),
    ("JSON nested without end", "refuses it with a message of its own", "transport::nesting_without_end_has_its_own_message"),
    ("a text of megabytes in a user", "refuses it with a message of its own", "transport::a_text_without_end_has_its_own_message"),
    ("a small answer that inflates without end", "stops inflating at the limit", "faults::a_small_answer_that_inflates_without_end_is_cut_off"),
    ("an answer that drips for ever", "ends at the time for one answer", "faults::an_answer_that_drips_for_ever_ends_at_the_total_time"),
    ("an answer slower than 1 KiB/s", "ends after half a minute of it", "transport::an_answer_slower_than_the_least_rate_is_given_up"),
    ("a connection on which nothing comes", "ends at the time for silence, or for the whole reading", "faults::a_silent_server_ends_at_the_time_for_the_whole_reading"),
    ("headers of hundreds of kilobytes", "refuses them with a message of its own", "transport::headers_without_end_have_their_own_message"),
    ("more pages, users or bytes than sane", "ends with a message for each", "faults::more_pages_users_or_bytes_than_sane_end_the_reading"),
    ("a user without an id", "names the page and the place", "faults::a_user_without_an_id_is_named_by_its_place"),
    ("the server repeats the token in its error", "strikes it out", "faults::a_server_that_echoes_the_token_does_not_get_it_into_our_sentence"),
    ("any redirect, to any place", "does not follow; names the host", "redirects::no_redirect_is_followed_and_the_target_is_named"),
    ("`Location` on a good answer", "ignores it", "redirects::a_location_on_a_good_answer_means_nothing"),
    ("304 that nobody asked for", "says so; it is no redirect", "transport::not_modified_without_a_question_is_no_roster"),
    ("`Retry-After` of hours", "tells how long instead of waiting", "retries::a_pause_that_is_too_long_is_told_instead"),
    ("groups inside themselves, by way of others or directly", "walks each once, and tells which", "org_groups::members_without_a_type_are_groups_when_a_group_has_their_id"),
    ("groups that the token may not read", "goes on with what users tell of their groups, and tells so", "org_groups::groups_that_are_not_offered_are_told_and_what_users_tell_is_used"),
    ("groups that fail", "ends the sync: licenses would be half known", "org_groups::groups_that_fail_end_the_reading"),
    ("the token is the one for content, whose groups are teams", "tells that the mapped groups are not there", "org_groups::the_token_for_content_sees_teams_and_the_mapped_groups_are_missed"),
    ("REST: the next page is at another origin", "does not follow; names the host", "rest_api::links_are_followed_in_every_form_and_to_the_same_origin_only"),
    ("REST: links in a circle, pages with nothing new, pages without end", "ends with an error for each", "rest_api::links_that_lead_nowhere_end"),
    ("REST: no list, broken JSON, a page for people, a huge body", "ends with the error that SCIM would have", "rest_api::bodies_that_are_no_list_or_too_large_end_the_reading"),
    ("REST: a rejected key, refusals, failures, a redirect", "tells 403 and 404 as not offered; the others end the sync", "rest_api::refusals_and_failures_of_the_api_are_told_apart"),
    ("sources that tell different licenses", "believes REST, then the record, then groups; counts all and names five", "rest_api::everybody_whom_two_sources_tell_differently_is_counted_and_some_are_named"),
    ("license values of thousands of characters or by the thousand", "cuts them, and tells how many members have one", "many_apps::values_without_end_are_cut_and_told"),
    ("a sync that ends early, by error or by hand", "keeps its stages with what they took", "journal::a_reading_that_fails_tells_how_far_it_came"),
    ("refusals for ever", "ends after a bounded number of requests", "retries::refusals_for_ever_end_after_a_bounded_number_of_requests"),
    ("a large `count` is refused", "asks for 100", "reading::a_server_that_refuses_large_pages_is_asked_for_smaller_ones"),
    ("an error behind the last page", "takes it for the end", "reading::an_error_behind_the_last_page_is_its_end"),
    ("the roster moves under several pages in flight", "sees it where they meet and reads again", "reading::a_roster_that_moves_under_pages_in_flight_is_read_again"),
    ("a cursor expires", "begins again once", "cursors::rfc9865_2_1_a_refused_cursor_begins_again_once"),
    ("a cursor leads back", "ends", "cursors::rfc9865_2_a_cursor_that_leads_back_is_no_list"),
    ("a certificate that expired", "sends nothing", "tls::an_expired_certificate_is_refused_before_anything_is_sent"),
    ("a certificate of another host", "sends nothing", "tls::rfc7644_7_2_a_certificate_of_another_host_is_refused_before_anything_is_sent"),
    ("a certificate of an unknown issuer", "sends nothing", "tls::an_unknown_issuer_is_refused_before_anything_is_sent"),
    ("no TLS at all", "sends nothing", "tls::a_server_without_tls_is_told_apart"),
    ("a proxy that refuses", "names it; the proxy sees no token", "tls::a_proxy_that_refuses_is_named_and_sees_no_token"),
];

fn page() -> String {
    let mut page = INTRO.to_owned();
    for row in ROWS {
        let name = row.fault.split(':').next().unwrap();
        let about = lucid_sim::known_faults().iter().find(|known| known.name == name).unwrap().about;
        let end = match row.end {
            End::Roster => "the right roster".to_owned(),
            End::Finding(code) | End::People(code) => format!("the right people, finding `{code}`"),
            End::Error(code) => format!("error `{code}`"),
        };
        writeln!(page, "| `{}` | {about} | {} | {end} | `{}` |", row.fault, row.words, row.test).unwrap();
    }
    page.push_str(MORE);
    for (what, does, test) in BYTES {
        writeln!(page, "| {what} | {does} | `{test}` |").unwrap();
    }
    page
}

#[test]
fn faults_md_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/FAULTS.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page(), "docs/FAULTS.md is stale: UPDATE_EXPECT=1 cargo test -p connect --test wire faults_md");
}

#[test]
fn every_test_that_is_named_exists() {
    for (_, _, test) in BYTES {
        let (module, name) = test.split_once("::").unwrap();
        let (_, source) = SOURCES.iter().find(|(known, _)| *known == module).expect("a module");
        assert!(source.contains(&format!("fn {name}()")), "there is no test {test}");
    }
}
