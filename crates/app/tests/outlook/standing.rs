//! How far the numbers can be trusted after many syncs that failed, and while a roster waits for a person's word.

use app::view::apps::{AppRequest, AppRow, RosterState};
use store::{Problem, RunId};

use crate::*;

/// More than any screen lists.
const MANY: usize = 250;

fn ended(status: RunStatus, problem: Option<&str>) -> RunEnd {
    let problem = problem.map(|message| {
        let [code, message, hint] = ["code", message, "Do something."].map(str::to_owned);
        Problem { code, message, hint }
    });
    RunEnd {
        at: noon(),
        status,
        members: 0,
        pages: 0,
        bytes: 0,
        requests: 1,
        retries: 0,
        problem,
        findings: Vec::new(),
        cases: Vec::new(),
        stages: Vec::new(),
    }
}

impl Books {
    fn fails(&self, times: usize, status: RunStatus) -> &Self {
        let store = Store::open(self.folder.path()).unwrap();
        for _ in 0..times {
            let run = store.begin_run(self.app, noon()).unwrap();
            store.end_run(run, &ended(status, Some("The server did not answer."))).unwrap();
        }
        self
    }

    /// A roster of nobody but the first member is read, and held.
    fn is_held(&self) -> RunId {
        let store = Store::open(self.folder.path()).unwrap();
        let run = store.begin_run(self.app, noon()).unwrap();
        let mut staging = store.staging().unwrap();
        staging.add(&[member(0, "Sales")]).unwrap();
        let promotion = Promotion {
            day: date(2026, 11, 20),
            run_end: ended(RunStatus::Completed, None),
            new_types_billable: false,
        };
        let held = ended(RunStatus::Held, Some("Lucidchart now lists 1 user instead of 3 users."));
        let settled = store.settle(self.app, run, &staging, &promotion, |_| store::Ruling::Hold(held)).unwrap();
        assert_eq!(settled, store::Settled::Held);
        run
    }

    fn row(&self) -> AppRow {
        self.open().app_row(&AppRequest { app: APP.to_owned() }).unwrap()
    }
}

#[test]
fn the_last_good_numbers_stay_however_many_syncs_fail() {
    let books = Books::new(&[("Sales", 3)]);
    let row = books.fails(MANY, RunStatus::Failed).row();
    assert_eq!(row.state, RosterState::Stale);
    assert_eq!(row.state_sentence, "Stale: the last 250 syncs failed, the numbers are from 23 Nov 2026.");
    assert_eq!((row.members, row.billable_accounts), (3, 3));
    assert!(row.last_sync.is_some());
    let open = books.open();
    let of = AppRequest { app: APP.to_owned() };
    assert_eq!((open.runs(&of).unwrap().len(), open.run_count(&of).unwrap()), (200, 251));
    assert_eq!(books.fails(1, RunStatus::Cancelled).row().state, RosterState::Stale, "a cancelled one mends nothing");
}

#[test]
fn a_roster_waits_whatever_fails_after_it() {
    let books = Books::new(&[("Sales", 3)]);
    books.is_held();
    let waits = books.row();
    let reason = "Lucidchart now lists 1 user instead of 3 users. The numbers are from 23 Nov 2026.";
    assert_eq!((waits.state, waits.state_sentence.as_str()), (RosterState::Held, reason));
    books.fails(1, RunStatus::Cancelled);
    assert_eq!(books.row().state_sentence, reason);
    let failed = books.fails(2, RunStatus::Failed).row();
    assert_eq!((failed.state, failed.state_sentence), (RosterState::Held, format!("{reason} 2 syncs failed since.")));
    books.read(date(2026, 11, 22), &[("Sales", 3)]);
    assert_eq!(books.row().state, RosterState::Current, "a full one releases it");
}

#[test]
fn a_roster_that_is_held_after_syncs_failed_waits_as_well() {
    let books = Books::new(&[("Sales", 3)]);
    books.fails(MANY, RunStatus::Failed).is_held();
    let waits = books.row();
    assert_eq!(waits.state, RosterState::Held);
    assert!(waits.state_sentence.ends_with("The numbers are from 23 Nov 2026."), "{}", waits.state_sentence);
}

#[test]
fn what_a_member_with_an_unknown_license_type_costs_is_left_open() {
    let books = Books::new(&[("Sales", 3)]);
    let store = Store::open(books.folder.path()).unwrap();
    let run = store.begin_run(books.app, noon()).unwrap();
    let mut staging = store.staging().unwrap();
    let unknown = |id| Member { license: License::Unknown, ..member(id, "Sales") };
    staging.add(&[unknown(0), unknown(1), unknown(2)]).unwrap();
    let promotion =
        Promotion { day: date(2026, 11, 20), run_end: ended(RunStatus::Completed, None), new_types_billable: false };
    store.promote(books.app, run, &staging, &promotion).unwrap();
    let caveat = books.row().billable_annual.caveat.unwrap_or_default();
    assert!(caveat.ends_with("Without 3 members whose license types are not known."), "{caveat}");
    let spend = books.open().spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap();
    assert_eq!(spend.billable_annual.caveat.as_deref(), Some(caveat.as_str()));
    let past = AppDayRequest { app: APP.to_owned(), as_of: Some("2026-06-01".to_owned()) };
    let past = books.open().spend(&past).unwrap().billable_annual.caveat.unwrap_or_default();
    assert!(!past.contains("not known"), "they were known then: {past}");
}
