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
    ("limiters", include_str!("limiters.rs")),
    ("many_apps", include_str!("many_apps.rs")),
    ("missed", include_str!("missed.rs")),
    ("org_groups", include_str!("org_groups.rs")),
    ("pager", include_str!("../../../scim/tests/pager.rs")),
    ("parse", include_str!("../../../scim/tests/parse.rs")),
    ("probe", include_str!("probe.rs")),
    ("reading", include_str!("reading.rs")),
    ("recall", include_str!("recall.rs")),
    ("redirects", include_str!("redirects.rs")),
    ("resources", include_str!("../../../scim/tests/resources.rs")),
    ("rest_api", include_str!("rest_api.rs")),
    ("retries", include_str!("retries.rs")),
    ("rfc", include_str!("rfc.rs")),
    ("shapes", include_str!("shapes.rs")),
    ("store", include_str!("../../../store/tests/opening.rs")),
    ("tls", include_str!("tls.rs")),
    ("transport", include_str!("transport.rs")),
    ("trim", include_str!("trim.rs")),
];

const STANDARDS: &str = "
## What the standards ask of a reader

The requirements of RFC 7643, 7644, 9865, 6750, 6585 and 9110 on whoever reads a roster, each with a test that fails
without it. `pager`, `parse` and `resources` are tests of `crates/scim`, `store` is `crates/store/tests/opening.rs`.

| where | what is asked | test |
|---|---|---|
";

#[rustfmt::skip]
const ASKED: &[(&str, &str, &str)] = &[
    ("RFC 7644 §3.4.2.4", "results that change while paging are handled", "rfc::rfc7644_3_4_2_4_results_that_change_while_paging_are_never_mixed"),
    ("RFC 7644 §3.4.2.4", "`startIndex` counts from 1; fewer may come than asked", "rfc::rfc7644_3_4_2_4_indexes_count_from_one_and_fewer_may_come_than_asked"),
    ("RFC 7644 §3.4.2", "what is not required of an envelope may be missing", "rfc::rfc7644_3_4_2_the_envelope_may_lack_what_is_not_required"),
    ("RFC 7644 §3.4.2", "nobody is 200 with a total of 0", "rfc::rfc7644_3_4_2_nobody_is_200_with_a_total_of_0"),
    ("RFC 7644 §3.9", "`attributes` and `excludedAttributes` exclude each other", "rfc::rfc7644_3_9_only_what_is_needed_is_asked_for_once_that_is_proved_to_lose_nothing"),
    ("RFC 7644 §3.9", "what is left out costs nothing that a later page has", "trim::what_nobody_on_the_first_page_has_is_not_lost_on_a_later_one"),
    ("RFC 7643 §2.1, RFC 7644 §3.10", "names and URNs have no case", "parse::rfc7643_2_1_and_rfc7644_3_10_keys_and_urns_are_read_in_any_case"),
    ("RFC 7643 §2.3.8", "no order is required", "resources::rfc7643_2_3_8_the_order_of_attributes_and_schemas_means_nothing"),
    ("RFC 7643 §2.5", "null, empty and absent are the same", "parse::rfc7643_2_5_null_and_wrong_kinds_count_as_absent_and_cost_nothing_else"),
    ("RFC 7643 §3.1", "ids are compared as they are", "rfc::rfc7643_3_1_ids_are_compared_as_they_are"),
    ("RFC 7643 §4.1.1", "user names are kept as sent", "rfc::rfc7643_4_1_1_user_names_are_kept_as_sent"),
    ("RFC 7643 §2.4", "one value at most is primary", "rfc::rfc7643_2_4_the_primary_address_counts_and_only_one"),
    ("RFC 7643 §2.3.5", "instants in every form", "parse::rfc7643_2_3_5_instants_are_read_as_servers_write_them"),
    ("RFC 7643 §3.3", "extensions stay in their containers", "resources::rfc7643_3_3_extensions_stay_in_their_containers"),
    ("RFC 7643 §2.3.2", "booleans, also as text", "parse::rfc7643_2_3_2_booleans_come_as_booleans_text_or_digits"),
    ("RFC 7644 §3.8", "SCIM's JSON is asked for, any JSON is taken", "rfc::rfc7644_3_8_scim_json_is_asked_for_and_any_json_is_taken"),
    ("RFC 7644 §8.1", "UTF-8 in every script", "parse::rfc7644_8_1_escapes_and_every_script_survive"),
    ("RFC 7644 §3.4.1", "a known user can be had by id, listed or not", "missed::rfc7644_3_4_1_a_known_user_is_asked_for_by_id_and_only_a_clear_answer_counts"),
    ("RFC 7644 §3.12", "the status counts, whatever the body says", "rfc::rfc7644_3_12_the_status_counts_whatever_the_body_says"),
    ("RFC 7644 §3.12", "307 and 308 keep the token safe: neither is followed", "rfc::rfc7644_3_12_redirects_are_told_and_not_followed"),
    ("RFC 7644 §3.4.2.1", "`tooMany` is answered with a smaller page", "rfc::rfc7644_3_4_2_1_too_many_is_answered_with_a_smaller_page"),
    ("RFC 7644 §3.14", "an `ETag` may spare a page", "recall::rfc7644_3_14_a_page_that_the_server_says_is_the_same_is_not_sent_again"),
    ("RFC 7644 §7.2", "the server's identity is checked", "tls::rfc7644_7_2_a_certificate_of_another_host_is_refused_before_anything_is_sent"),
    ("RFC 7644 §7.2", "TLS 1.2 at least", "tls::rfc7644_7_2_nothing_older_than_tls_1_2_is_offered"),
    ("RFC 7644 §7.1", "no user in an address, no address without TLS", "rfc::rfc7644_7_1_and_7_2_addresses_hold_no_user_and_are_encrypted"),
    ("RFC 7644 §7.4, RFC 6750 §2.1", "the token is in the header and nowhere else", "rfc::rfc7644_7_4_the_token_is_in_the_header_and_nowhere_else"),
    ("RFC 6750 §2.2, §2.3", "the token is no parameter and no form", "rfc::rfc6750_2_the_token_is_no_parameter_and_no_form"),
    ("RFC 6750 §3", "a rejected token is told, whatever the challenge", "rfc::rfc6750_3_a_rejected_token_is_told_whatever_the_challenge"),
    ("RFC 6750 §5.3", "the chain is verified", "tls::rfc6750_5_3_an_unknown_issuer_is_refused_before_anything_is_sent"),
    ("RFC 7644 §7.5.2", "no person is part of an address", "rfc::rfc7644_7_5_2_no_person_is_part_of_an_address"),
    ("RFC 7644 §7.5.1, RFC 7643 §9", "what is stored of people is for its owner only", "store::rfc7644_7_5_1_the_folder_and_every_file_in_it_are_for_their_owner_only"),
    ("RFC 9865 §2", "a cursor is kept as sent", "parse::rfc9865_2_a_cursor_is_kept_as_sent"),
    ("RFC 9865 §2", "the same count with every cursor, and no index beside it", "cursors::rfc9865_2_3_a_server_that_answers_with_a_cursor_is_followed"),
    ("RFC 9865 §2.1", "the total may be missing", "rfc::rfc9865_2_1_a_total_may_be_missing_where_cursors_lead"),
    ("RFC 9865 §2.3", "a cursor in answer to an index is followed", "pager::rfc9865_2_3_a_cursor_in_answer_to_an_index_request_is_followed"),
    ("RFC 9865 §4", "limits that are not described are not promised", "rfc::rfc9865_4_a_description_without_limits_is_no_promise"),
    ("RFC 9865 §2.1", "a refused cursor begins again", "cursors::rfc9865_2_1_a_refused_cursor_begins_again_once"),
    ("RFC 6585 §4, RFC 9110 §10.2.3", "`Retry-After` in either form", "rfc::rfc6585_4_and_rfc9110_10_2_3_a_pause_is_kept_in_either_form"),
];

#[rustfmt::skip]
const BYTES: &[(&str, &str, &str)] = &[
    ("the answer stops in the middle of page 3, by close or reset", "asks again a bounded number of times, then says that the connection broke", "faults::a_server_that_dies_in_the_middle_of_page_three_leaves_no_roster"),
    ("a page without a length is cut", "sees it by its JSON", "faults::a_page_that_is_cut_without_a_length_is_seen_by_its_json"),
    ("broken JSON", "tells the place, never the text", "faults::broken_json_is_told_by_its_place_and_not_repeated"),
    ("half of a character, where a name was cut inside an emoji", "reads it as `\u{fffd}`, and the rest as it is", "transport::half_a_character_in_a_name_costs_that_character_alone"),
    ("ids as numbers of more digits than a machine's have", "keeps every digit", "transport::ids_of_more_digits_than_a_number_has_stay_apart"),
    ("JSON nested without end", "refuses it with a message of its own", "transport::nesting_without_end_has_its_own_message"),
    ("a text of megabytes in a user", "refuses it with a message of its own", "transport::a_text_without_end_has_its_own_message"),
    ("a small answer that inflates without end", "stops inflating at the limit, with fewer users at a time too", "faults::a_small_answer_that_inflates_without_end_is_cut_off"),
    ("an answer that drips for ever", "ends at the time for one answer", "faults::an_answer_that_drips_for_ever_ends_at_the_total_time"),
    ("an answer slower than 1 KiB/s", "ends after half a minute of it", "transport::an_answer_slower_than_the_least_rate_is_given_up"),
    ("a connection on which nothing comes", "ends at the time for silence, or for the whole reading", "faults::a_silent_server_ends_at_the_time_for_the_whole_reading"),
    ("headers of hundreds of kilobytes, or more than 100 of them", "refuses them with a message of its own", "transport::headers_without_end_have_their_own_message"),
    ("more pages, users or bytes than sane", "ends with a message for each", "faults::more_pages_users_or_bytes_than_sane_end_the_reading"),
    ("408, 425, 500, 502, 503, 504, or a reset, once per page", "asks again: of the refusals below 500 only 408, 425 and 429 pass by themselves", "retries::passing_failures_are_overcome"),
    ("400, 401, 403, 404, 410, 501", "does not ask the same again", "retries::what_will_not_change_is_not_tried_again"),
    ("the echoed `startIndex` is another one", "takes the page where it begins with the last user of the one before", "pager::an_echo_of_another_start_means_nothing_where_the_pages_meet"),
    ("the same where pages cannot overlap", "says so; the page is not taken", "pager::an_echo_of_another_start_is_refused"),
    ("`attributes` or `excludedAttributes` cost an attribute from a later page on", "misses what the first page had; asks for that page and all to come in full", "trim::an_attribute_that_later_pages_leave_out_is_missed_and_asked_for_again"),
    ("`false` is not sent where less is asked for", "asks for the page in full", "trim::an_attribute_that_some_leave_out_where_it_is_false_is_not_lost"),
    ("`excludedAttributes` for a part of an extension costs all of it, and nobody on the first page shows the license", "leaves out nothing there: nothing would prove it", "trim::nothing_is_left_out_where_nobody_shows_what_decides"),
    ("one id with two contents", "reads again to compare; takes the first, tells the person, and where the licenses differ shows it as unknown", "faults::one_id_with_two_contents_counts_once_and_is_told"),
    ("a changed page is called unchanged while somebody left", "sees the totals part, and reads everything again", "recall::a_server_that_says_the_same_of_what_changed_is_found_out_by_its_own_total"),
    ("a changed page is called unchanged, with as many users", "believes it six times or for seven days; the next reading asks for every page in full", "recall::a_server_that_calls_a_changed_page_the_same_is_believed_six_times_and_not_a_seventh"),
    ("a changed first page is called unchanged", "sees it, for that page is always sent, and believes the server of no page for a week", "recall::a_server_that_calls_a_changed_first_page_the_same_is_believed_of_no_page"),
    ("a user without an id", "names the page and the place", "faults::a_user_without_an_id_is_named_by_its_place"),
    ("the server repeats the token in its error, whole, cut or in other case", "strikes it out", "faults::what_a_server_tells_of_the_token_is_struck_out_wherever_it_stands"),
    ("a question by id fails in passing, or its answer has a byte order mark or a broken character", "asks again; reads it as in a list", "missed::what_passes_by_itself_is_asked_again_and_what_can_be_mended_is_read"),
    ("404 to every question by id", "asks for somebody who is listed, too, and believes nobody deleted", "missed::a_server_that_knows_nobody_by_id_cannot_tell_who_was_deleted"),
    ("members of groups that are mapped to different license types", "takes the first row of the mapping, and names them", "org_groups::whoever_is_in_groups_of_different_license_types_is_named_whatever_order_the_server_lists_them_in"),
    ("the server's description of itself is refused, redirects or never comes", "does without", "probe::a_missing_or_odd_description_is_a_warning"),
    ("any redirect, to any place", "does not follow; names the host", "redirects::no_redirect_is_followed_and_the_target_is_named"),
    ("`Location` on a good answer", "ignores it", "redirects::a_location_on_a_good_answer_means_nothing"),
    ("304 that nobody asked for", "says so; it is no redirect", "transport::not_modified_without_a_question_is_no_roster"),
    ("`Retry-After` of hours, with 429 or 503", "tells how long instead of waiting", "retries::a_pause_that_is_too_long_is_told_instead"),
    ("groups inside themselves, by way of others or directly", "walks each once, and tells which", "org_groups::members_without_a_type_are_groups_when_a_group_has_their_id"),
    ("subgroups that the server does not list", "tells the groups that have them", "org_groups::subgroups_that_the_server_does_not_list_are_told"),
    ("one group on several rows, each with some of its members", "takes the members of all rows", "org_groups::a_group_on_several_rows_has_the_members_of_all_of_them"),
    ("members of a group with `$ref` alone", "knows them by what it ends with", "org_groups::members_are_known_by_what_their_reference_ends_with"),
    ("groups without an id", "knows them by their names", "org_groups::a_group_without_an_id_is_known_by_its_name"),
    ("groups that the token may not read", "goes on with what users tell of their groups, and tells so", "org_groups::groups_that_are_not_offered_are_told_and_what_users_tell_is_used"),
    ("groups that fail", "ends the sync: licenses would be half known", "org_groups::groups_that_fail_end_the_reading"),
    ("the token is the one for content, whose groups are teams", "tells that the mapped groups are not there", "org_groups::the_token_for_content_sees_teams_and_the_mapped_groups_are_missed"),
    ("REST: the next page is at another origin", "does not follow; names the host", "rest_api::links_are_followed_in_every_form_and_to_the_same_origin_only"),
    ("REST: links in a circle, pages with nothing new, pages without end", "ends with an error for each", "rest_api::links_that_lead_nowhere_end"),
    ("REST: no list, broken JSON, a page for people, a huge body", "ends with the error that SCIM would have", "rest_api::bodies_that_are_no_list_or_too_large_end_the_reading"),
    ("REST: a rejected key, refusals, failures, a redirect", "tells 403 and 404 as not offered; the others end the sync", "rest_api::refusals_and_failures_of_the_api_are_told_apart"),
    ("sources that tell different licenses", "believes REST, then the record, then groups; counts all and names five", "rest_api::everybody_whom_two_sources_tell_differently_is_counted_and_some_are_named"),
    ("`active` as \"no\", \"disabled\", `0.0`, `[\"false\"]`; or as something that says neither", "reads it; names those of whom it says neither, who count as active", "shapes::what_says_neither_that_somebody_is_active_nor_that_they_are_not_is_told"),
    ("license values of thousands of characters or by the thousand", "cuts what is shown, and tells how many members have one", "many_apps::values_without_end_are_cut_and_told"),
    ("a user with more license values than are shown, the mapped one among the last", "looks at all of them", "many_apps::the_value_that_decides_may_be_the_last_of_many"),
    ("a user with hundreds of attributes or values before the license", "finds it among the first 10,000; tells who has more", "many_apps::a_license_behind_hundreds_of_attributes_or_values_is_found"),
    ("a sync that ends early, by error or by hand", "keeps its stages with what they took", "journal::a_reading_that_fails_tells_how_far_it_came"),
    ("a limiter by the minute that tells no pause (`lucid-sim --rate-per-min 100`)", "waits until the minute is over, up to a minute and a half, and asks less often from then on", "limiters::a_limiter_by_the_minute_that_tells_no_pause_is_outlasted"),
    ("a limiter by the minute, for the rest of a long reading", "keeps to nine tenths of the rate at which it was refused", "limiters::a_rate_is_learned_from_one_refusal"),
    ("429 to a question beside the users", "holds the users back as long", "limiters::a_pause_that_is_asked_for_beside_the_users_holds_for_them_too"),
    ("`Retry-After` of nothing, or in the past", "waits as long as it would of itself", "limiters::a_pause_of_nothing_is_as_long_as_our_own"),
    ("one 500 or 502 among many pages", "goes on with several pages at once; after 429 or 503 with one", "limiters::one_failure_does_not_end_reading_several_pages_at_once_and_a_refusal_does"),
    ("two readings of one connection within a minute", "counts them together", "limiters::clients_of_one_connection_share_its_pace"),
    ("a compression that was not asked for", "names it", "transport::a_compression_that_nobody_asked_for_is_named"),
    ("refusals for ever", "ends after a bounded number of requests", "retries::refusals_for_ever_end_after_a_bounded_number_of_requests"),
    ("a page is larger than any may be", "asks for fewer users at a time", "reading::users_who_are_too_much_for_one_answer_are_asked_for_a_few_at_a_time"),
    ("nobody comes where many are asked for, though some are counted", "asks for fewer users at a time", "pager::a_server_that_gives_nobody_where_many_are_asked_for_is_asked_for_fewer"),
    ("a large `count` is refused", "asks for 100, then 50, 20 and 10", "reading::a_server_that_refuses_large_pages_is_asked_for_smaller_ones"),
    ("an error behind the last page", "takes it for the end", "reading::an_error_behind_the_last_page_is_its_end"),
    ("the same first page for ever, its size told as the total", "sees that it begins with the first user again; of a whole list that is given whatever is asked for, believes it unless its size is one at which lists are cut", "pager::a_first_page_that_comes_for_ever_is_no_roster_whatever_its_size_and_total"),
    ("pages begin at multiples of their size only", "begins where a page ends, and reads twice", "pager::servers_that_cannot_begin_a_page_anywhere_are_read_whole_all_the_same"),
    ("paging is refused, and the total is the size of the page", "asks for the last user again, and says that this page could not be read", "reading::an_error_within_the_list_is_not_its_end"),
    ("the roster moves under several pages in flight", "sees it where they meet and reads again", "reading::a_roster_that_moves_under_pages_in_flight_is_read_again"),
    ("it documents that it pages by cursor alone, and ignores cursors", "reads it by index", "cursors::rfc9865_4_a_server_that_says_cursor_and_pages_by_index_is_read_by_index"),
    ("one leaves and one joins between two pages by cursor", "reads the list a second time where its roster is new or somebody is missed; one who joined since the last sync may come with the next one only", "cursors::somebody_who_slips_through_between_two_cursors_is_found_by_a_second_walk"),
    ("a cursor expires", "begins again once", "cursors::rfc9865_2_1_a_refused_cursor_begins_again_once"),
    ("a cursor expires while groups are read", "begins again once", "org_groups::rfc9865_2_1_a_cursor_refused_among_groups_begins_again_once"),
    ("users on two rows in a row, where the total counts users", "asks on until as many have come; where the rows end before, says that somebody may be missing", "pager::as_many_rows_as_users_are_counted_may_leave_somebody_out"),
    ("a user on two pages, where the total counts rows", "reads again, then says that somebody may be missing", "pager::users_on_two_pages_may_hide_others_where_the_total_counts_rows"),
    ("a cursor leads back", "ends", "cursors::rfc9865_2_a_cursor_that_leads_back_is_no_list"),
    ("a certificate that expired", "sends nothing", "tls::an_expired_certificate_is_refused_before_anything_is_sent"),
    ("a certificate of another host", "sends nothing", "tls::rfc7644_7_2_a_certificate_of_another_host_is_refused_before_anything_is_sent"),
    ("a certificate of an unknown issuer", "sends nothing", "tls::rfc6750_5_3_an_unknown_issuer_is_refused_before_anything_is_sent"),
    ("nothing newer than TLS 1.1", "offers TLS 1.2 and 1.3 alone; sends nothing", "tls::rfc7644_7_2_nothing_older_than_tls_1_2_is_offered"),
    ("no TLS at all", "sends nothing", "tls::a_server_without_tls_is_told_apart"),
    ("a proxy that lets us through", "reads the roster through it; the proxy sees the host alone", "tls::a_roster_is_read_through_a_proxy_that_sees_no_token"),
    ("a host that `NO_PROXY` names", "goes there without the proxy", "tls::a_host_that_no_proxy_names_is_reached_without_one"),
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
            End::Unsure(code) => format!("the right people, some licenses unknown, finding `{code}`"),
            End::LeftOut(_) => "held, once they had been listed before".to_owned(),
            End::Error(code) => format!("error `{code}`"),
        };
        writeln!(page, "| `{}` | {about} | {} | {end} | `{}` |", row.fault, row.words, row.test).unwrap();
    }
    page.push_str(MORE);
    for (what, does, test) in BYTES {
        writeln!(page, "| {what} | {does} | `{test}` |").unwrap();
    }
    page.push_str(STANDARDS);
    for (place, what, test) in ASKED {
        writeln!(page, "| {place} | {what} | `{test}` |").unwrap();
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
    for (_, _, test) in BYTES.iter().chain(ASKED) {
        let (module, name) = test.split_once("::").unwrap();
        let (_, source) = SOURCES.iter().find(|(known, _)| *known == module).expect("a module");
        assert!(source.contains(&format!("fn {name}()")), "there is no test {test}");
    }
}
