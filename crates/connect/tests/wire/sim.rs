//! Every fault of lucid-sim, each with a test of its own: it ends in the right roster or in an error with this code.

use std::collections::BTreeMap;
use std::time::Duration;

use connect::{
    BaseUrl, BearerToken, Client, ConnectError, Connector, Journal, Limits, Mapped, Mapping, PageOfMembers, Reading,
    RestSource, SinkError, Sources, Standing,
};
use lucid_sim::{Config, Fault, LicenseMode, Server, TruthUser};
use roster::{FindingCode, License, LicenseKey, Member};
use tokio_util::sync::CancellationToken;

use crate::raw::quick;

/// The subscriptions of the simulator: editors, and a product that has nothing to do with them.
pub const SUITE: &str = "0b6a8d0e-3f0c-4a58-9f2e-0d7d2f7d1a11";
pub const SCALE: &str = "5c1f7a42-9d3e-4b60-8a77-21c0e94b6f02";

/// How a fault ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End {
    /// The right roster, and nothing to tell.
    Roster,
    /// The right roster, with this finding.
    Finding(&'static str),
    /// The right people; the rest of what this finding names is missing from them.
    People(&'static str),
    /// The right people; the license of everybody whom this finding counts is unknown.
    Unsure(&'static str),
    /// Everybody but those whom the list leaves out; whoever was listed before is asked for by id, and the sync held.
    LeftOut(usize),
    /// No roster; an error with this code.
    Error(&'static str),
}

/// A row of docs/FAULTS.md.
#[derive(Debug)]
pub struct Row {
    pub fault: &'static str,
    pub test: &'static str,
    pub end: End,
    pub words: &'static str,
}

macro_rules! faults {
    ($($test:ident: $fault:literal => $end:expr, $words:literal;)*) => {
        /// Every fault that is tested.
        pub const ROWS: &[Row] = &[
            $(Row { fault: $fault, test: concat!("sim::", stringify!($test)), end: $end, words: $words },)*
        ];
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $test() {
            plays($fault, $end).await;
        })*
    };
}

faults! {
    latency: "latency:2" => End::Roster, "Waits, with up to four pages under way.";
    r429: "r429:0" => End::Roster, "Waits as long as the server asks, then asks again, one page at a time.";
    r429_date: "r429_date" => End::Roster, "Measures the date against the server's own clock; a past one means at once.";
    r429_none: "r429_none" => End::Roster, "Waits for a growing, random while.";
    r429_always: "r429_always:0" => End::Error("rate-limited"), "Gives up after a bounded number of tries and says so.";
    dbx500: "dbx500" => End::Roster, "Asks again, as after any 500.";
    r500: "r500" => End::Roster, "Asks again.";
    r503html: "r503html" => End::Roster, "Asks again; the page for people is not read.";
    down: "down:2" => End::Error("server-error"), "Gives up after a bounded number of tries and names the page.";
    reset: "reset" => End::Roster, "Asks again.";
    cut: "cut:2" => End::Roster, "Asks again; the half page is dropped.";
    truncjson: "truncjson:2" => End::Error("not-scim"), "Asks again, then says where the answer breaks off.";
    redir: "redir" => End::Error("redirected"), "Does not follow; names the host. Neither the token nor the request moves.";
    redir_host: "redir_host" => End::Error("redirected"), "Does not follow; names the host. Neither the token nor the request moves.";
    bom: "bom" => End::Roster, "Skips it.";
    html200: "html200" => End::Error("web-page"), "Says that this is a page for people, not SCIM.";
    err200: "err200" => End::Error("not-scim"), "Sees the error in the body in spite of the status.";
    v401: "v401:2" => End::Error("token-rejected"), "Stops; a rejected token is not tried again.";
    v403: "v403" => End::Error("token-forbidden"), "Stops and says what the token needs.";
    flood: "flood:2" => End::Error("too-large"), "Stops reading at the limit.";
    grow: "grow" => End::Roster, "Sees the total move and reads again.";
    grow_for_ever: "grow:9" => End::Error("roster-moved"), "Reads again a bounded number of times, then says that the roster kept moving.";
    shrink: "shrink" => End::Roster, "Sees the total move and reads again.";
    shrink_for_ever: "shrink:9" => End::Error("roster-moved"), "Reads again a bounded number of times, then says that the roster kept moving.";
    swap: "swap" => End::Roster, "Sees that page 2 does not begin with the last user of page 1, and reads again.";
    swap_for_ever: "swap:9" => End::Error("roster-moved"), "Reads again a bounded number of times; no two readings agree, so none counts.";
    short_pages: "short_pages" => End::Roster, "Goes on behind what came, not behind what was asked for.";
    short_mid: "short_mid" => End::Error("paging"), "Sees that fewer users came than are counted, and says how many.";
    count_more: "count_more" => End::Roster, "Takes them; goes on behind what came.";
    ignore_start: "ignore_start" => End::Error("paging"), "Sees on page 2 that nobody new came.";
    zero_based: "zero_based" => End::Error("paging"), "Sees that one user fewer came than are counted.";
    overlap: "overlap" => End::Finding("duplicate-id"), "Keeps each user once, and reads again to see the same users twice.";
    dup: "dup" => End::Finding("duplicate-id"), "Keeps each user once, and reads again to see the same users twice.";
    empty_page: "empty_page:2" => End::Error("paging"), "Says which page came empty, and after how many users.";
    ipp_count: "ipp_count" => End::Roster, "Never looks at itemsPerPage.";
    total_is_page: "total_is_page" => End::Error("paging"), "Looks behind a full page before it believes the total.";
    spc_more: "spc_more" => End::Error("paging"), "Asks for what is documented, and looks behind the first page all the same.";
    no_total: "no_total" => End::Roster, "Goes on until nobody is left.";
    total_once: "total_once" => End::Roster, "Takes what a page does not tell for not told, and proves the rest by the ids.";
    str_total: "str_total" => End::Roster, "Reads them as numbers.";
    bare: "bare" => End::Roster, "Needs neither.";
    late_total: "late_total" => End::Roster, "Does not care for the order.";
    cursor_only: "cursor_only" => End::Roster, "Follows the cursors (RFC 9865).";
    cursor_gaps: "cursor_gaps" => End::Roster, "Follows cursors through up to 20 empty pages in a row.";
    cursor_gaps_for_ever: "cursor_gaps:30" => End::Error("paging"), "Says that the pages came back empty, and how many.";
    unstable: "unstable" => End::Error("paging"), "Sees that pages do not meet, and that users are missing.";
    leaves_out: "leaves_out:3" => End::LeftOut(3), "Asks by id for whoever is listed no more; finds them there, names them and holds the roster.";
    dup_differs: "dup_differs" => End::Unsure("duplicate-differs"), "Keeps each user once, names them with both licenses, and shows the license as unknown.";
    casing: "casing" => End::Roster, "Reads names in any case.";
    strbool: "strbool" => End::Roster, "Reads them as booleans.";
    no_email: "no_email" => End::People("no-email"), "Takes them without one, and tells how many.";
    two_primary: "two_primary" => End::Finding("several-primary-emails"), "Takes the first, and tells how many.";
    no_name: "no_name" => End::Roster, "Shows the display name in its place.";
    no_meta: "no_meta" => End::People("no-active-date"), "Takes them without an Active date, and tells how many.";
    nulls: "nulls" => End::Roster, "Takes null for absent.";
    unknown_license: "unknown_license" => End::People("unknown-license"), "Shows the license as unknown, never as none, and tells how many.";
    rest_500: "rest_500" => End::Error("server-error"), "REST: asks again, then ends the sync: without that source the licenses would be half known.";
    rest_429: "rest_429:0" => End::Roster, "REST: waits as long as the API asks, then asks again.";
    rest_403: "rest_403" => End::Finding("rest-not-offered"), "REST: goes on without it, and tells so.";
    rest_loop: "rest_loop" => End::Error("paging"), "REST: sees a page that it has read before, and says so.";
    rest_same_link: "rest_same_link" => End::Roster, "REST: takes a page that leads to itself for the last one.";
    rest_foreign: "rest_foreign" => End::Error("link-elsewhere"), "REST: does not follow; names the host. The key stays where it belongs.";
    disagree: "disagree" => End::Finding("license-sources-disagree"), "Believes productLicenses, and tells how many disagree.";
}

async fn read(server: &Server) -> Result<(Reading, Vec<Member>), ConnectError> {
    read_from(server, Sources::of(Connector::Lucid)).await
}

/// With the REST API as well, its subscriptions mapped.
async fn read_with_rest(server: &Server) -> Result<(Reading, Vec<Member>), ConnectError> {
    let row = |seen: &str, license| Mapped { seen: seen.to_owned(), name: None, license };
    let subscriptions = Mapping::new(vec![row(SUITE, LicenseKey::new("can-edit")), row(SCALE, None)]);
    let base = BaseUrl::parse(server.rest_base_url()).unwrap();
    let key = BearerToken::from_pasted(server.rest_key()).unwrap();
    let rest = Some(RestSource { base, key, subscriptions, pace: None });
    read_from(server, Sources { rest, ..Sources::of(Connector::Lucid) }).await
}

async fn read_from(server: &Server, sources: Sources) -> Result<(Reading, Vec<Member>), ConnectError> {
    let limits =
        Limits { answer_bytes: 1024 * 1024, longest_retry_after: Duration::from_secs(2), page_size: 500, ..quick() };
    let token = BearerToken::from_pasted(server.token()).unwrap();
    let client = Client::new(&BaseUrl::parse(server.base_url()).unwrap(), &token, limits).unwrap();
    let mut members = Vec::new();
    let mut sink = |page: PageOfMembers| -> Result<(), SinkError> {
        if page.restart {
            members.clear();
        }
        members.extend(page.members.to_members());
        Ok(())
    };
    let mut reading = client.read_roster(&sources, &mut sink, &Journal::new(), &CancellationToken::new()).await?;
    reading.findings.retain(|found| found.code != FindingCode::TenantShows);
    Ok((reading, members))
}

async fn standings(server: &Server, ids: &[String]) -> Vec<Standing> {
    let token = BearerToken::from_pasted(server.token()).unwrap();
    let client = Client::new(&BaseUrl::parse(server.base_url()).unwrap(), &token, quick()).unwrap();
    client.look_up(ids, None, &Journal::new(), &CancellationToken::new()).await.unwrap()
}

/// Three pages, and so many that several are under way at once.
async fn plays(fault: &str, end: End) {
    for users in [250, 1_200] {
        let server = Server::start(Config { rest_page: 100, ..Config::of(users, 7) }).unwrap();
        server.set_fault(fault.parse::<Fault>().unwrap());
        let outcome = if fault.starts_with("rest_") { read_with_rest(&server).await } else { read(&server).await };
        assert_eq!(server.stranger_saw(), (0, 0), "nothing went elsewhere");
        match (outcome, end) {
            (Err(error), End::Error(code)) => {
                assert_eq!(error.code(), code, "{error}");
                assert!(!error.hint().is_empty());
                assert!(!format!("{error} {error:?}").contains(server.token()));
                assert!(!format!("{error} {error:?}").contains(server.rest_key()));
            }
            (Ok((reading, members)), End::Roster) => {
                assert!(reading.findings.is_empty(), "{:?}", reading.findings);
                same(&members, &server.truth());
            }
            (Ok((reading, members)), End::Finding(code)) => {
                assert_eq!(reading.findings.iter().map(|found| found.code.code()).collect::<Vec<_>>(), [code]);
                same(&members, &server.truth());
            }
            (Ok((reading, members)), End::People(code)) => {
                assert!(
                    reading
                        .findings
                        .iter()
                        .any(|found| found.code.code() == code && found.count == u64::from(users) / 10)
                );
                let mut ids: Vec<_> = members.into_iter().map(|member| member.id).collect();
                let mut truth: Vec<_> = server.truth().into_iter().map(|user| user.id).collect();
                ids.sort();
                truth.sort();
                assert_eq!(ids, truth);
            }
            (Ok((reading, members)), End::LeftOut(count)) => {
                assert!(reading.findings.is_empty(), "{:?}", reading.findings);
                let truth = server.truth();
                let left_out = truth.iter().filter(|user| members.iter().all(|member| member.id != user.id));
                let ids: Vec<_> = left_out.map(|user| user.id.clone()).collect();
                assert_eq!(ids.len(), count);
                assert_eq!(standings(&server, &ids).await, vec![Standing::Active; count]);
            }
            (Ok((reading, mut members)), End::Unsure(code)) => {
                assert_eq!(reading.findings.iter().map(|found| found.code.code()).collect::<Vec<_>>(), [code]);
                let unknown = members.iter().filter(|member| member.license.key().is_none()).count() as u64;
                assert_eq!((reading.findings[0].count, unknown > 4), (unknown, true));
                let truth = server.truth();
                for member in members.iter_mut().filter(|member| member.license.key().is_none()) {
                    let user = truth.iter().find(|user| user.id == member.id).unwrap();
                    let named = |told: &String| told.contains(&user.user_name) && told.contains("can-edit, view-only");
                    let other = |told: &String| told.contains(&user.user_name) && told.contains("view-only, can-edit");
                    let examples = &reading.findings[0].examples;
                    assert!(examples.len() == 5 || examples.iter().any(|told| named(told) || other(told)));
                    member.license = LicenseKey::new(user.license.key()).map(License::Type).unwrap();
                }
                same(&members, &truth);
            }
            (outcome, end) => {
                let outcome = outcome.map(|(reading, members)| (reading, members.len()));
                panic!("{fault} with {users} users should end in {end:?}, not in {outcome:?}");
            }
        }
    }
}

fn same(members: &[Member], truth: &[TruthUser]) {
    let read: BTreeMap<_, _> = members.iter().map(|member| (member.id.as_str(), member)).collect();
    assert_eq!((read.len(), members.len()), (truth.len(), truth.len()), "nobody twice, nobody missing");
    for user in truth {
        let member = read.get(user.id.as_str()).expect("somebody is missing");
        assert_eq!((&member.user_name, member.email.as_ref()), (&user.user_name, Some(&user.email)));
        assert_eq!(member.license.key().map(roster::LicenseKey::as_str), Some(user.license.key()));
        assert_eq!((member.active, member.created), (user.active, Some(user.created)));
        assert_eq!(member.department.as_deref(), Some(user.department));
        assert_eq!(member.cost_center.as_deref(), Some(user.cost_center));
        assert_eq!(member.groups, user.groups);
    }
}

#[test]
fn every_fault_of_the_simulator_has_a_test() {
    for known in lucid_sim::known_faults() {
        let rows = ROWS.iter().filter(|row| row.fault.split(':').next() == Some(known.name)).count();
        assert!(rows > 0, "{} has no row: what does the app do then?", known.name);
    }
    for row in ROWS {
        assert!(row.fault.parse::<Fault>().is_ok(), "{} is no fault", row.fault);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_generation_of_licenses_makes_the_same_roster() {
    for license_mode in [LicenseMode::CanEdit, LicenseMode::ProductLicenses, LicenseMode::AllUrns] {
        let server = Server::start(Config { license_mode, ..Config::of(250, 7) }).unwrap();
        let (_, members) = read(&server).await.unwrap();
        same(&members, &server.truth());
    }
}

/// What was seen to make other people's clients wrong, hang or leak; see docs/TESTING.md.
const SEEN_TO_BREAK_OTHERS: [&str; 29] = [
    "ignore_start",
    "ipp_count",
    "short_pages",
    "short_mid",
    "total_is_page",
    "zero_based",
    "overlap",
    "r429",
    "r429_none",
    "dbx500",
    "r500",
    "r503html",
    "reset",
    "truncjson",
    "redir",
    "redir_host",
    "bom",
    "html200",
    "casing",
    "strbool",
    "no_total",
    "str_total",
    "grow",
    "shrink",
    "dup",
    "count_more",
    "v401",
    "err200",
    "cursor_only",
];

#[test]
fn every_fault_that_other_clients_were_seen_to_fail_on_is_played() {
    for fault in SEEN_TO_BREAK_OTHERS {
        let played = |row: &Row| row.fault.split(':').next() == Some(fault);
        assert!(ROWS.iter().any(played), "{fault} has no row");
    }
}
