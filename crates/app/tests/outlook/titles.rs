//! The finding above the renewals: what can still be decided is counted apart from what is too late.

use app::view::renewals::RenewalsRequest;
use jiff::civil::date;
use ledger::Purchase;
use store::Entry;

use crate::{Books, bought, this_year, yearly};

/// The title for purchases of these last days and notice periods, on 23 November 2026.
fn title(ending: &[((i16, i8, i8), u16)]) -> String {
    let books = Books::new(&[("", 1)]);
    let entries = ending.iter().map(|((year, month, day), notice)| {
        let end = date(*year, *month, *day).tomorrow().unwrap();
        let purchase = yearly(5, "100", "USD", date(2026, 1, 1), Some(end));
        bought(Purchase { notice_days: Some(*notice), ..purchase })
    });
    books.enter(&entries.collect::<Vec<Entry>>());
    books.open().renewals(&RenewalsRequest::default()).unwrap().title
}

#[test]
fn it_counts_what_is_missed_and_what_is_over_apart() {
    let (later, soon, missed, over) =
        (((2027, 12, 31), 30), ((2027, 1, 31), 30), ((2026, 12, 31), 60), ((2026, 11, 1), 5));
    assert_eq!(title(&[]), "No purchase ends that nothing follows");
    assert_eq!(title(&[later, soon]), "1 of 2 renewals must be decided within 60 days");
    assert_eq!(title(&[later]), "None of 1 renewal must be decided within 60 days");
    assert_eq!(title(&[missed, over]), "1 notice day has passed, 1 purchase has expired");
    assert_eq!(
        title(&[later, missed, missed, over, over]),
        "None of 1 renewal must be decided within 60 days, 2 notice days have passed, 2 purchases have expired"
    );
}

/// The identities of a calendar file's events.
fn events(books: &Books) -> Vec<String> {
    let path = books.folder.path().join("renewals.ics");
    let request = app::view::renewals::RenewalsExportRequest { app: None, path: path.display().to_string() };
    books.open().renewals_export(&request).unwrap();
    let text = std::fs::read_to_string(path).unwrap().replace("\r\n ", "");
    text.lines().filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect()
}

#[test]
fn of_parallel_contracts_each_has_events_until_it_is_renewed_itself() {
    let books = Books::new(&[("Sales", 1)]);
    let contract = |seats: u32| Purchase { notice_days: Some(10), ..this_year(seats, "100", "USD") };
    books.enter(&[bought(contract(50)), bought(contract(20))]);
    let both = ["renewal-lucidchart-1", "end-lucidchart-1", "renewal-lucidchart-2", "end-lucidchart-2"];
    let of = |ids: &[&str]| ids.iter().map(|id| format!("{id}@seatledger")).collect::<Vec<_>>();
    assert_eq!(events(&books), of(&both));
    let next = |seats| yearly(seats, "100", "USD", date(2027, 1, 1), Some(date(2028, 1, 1)));
    books.enter(&[Entry::AddPurchase(next(20), Some(ledger::PurchaseId(2)))]);
    let after = ["renewal-lucidchart-1", "end-lucidchart-1", "renewal-lucidchart-3"];
    assert_eq!(events(&books), of(&after), "the one of 50 seats is still to be decided");
    books.enter(&[bought(next(50))]);
    assert_eq!(
        events(&books),
        of(&["renewal-lucidchart-3", "renewal-lucidchart-4"]),
        "by its seats it is the other one"
    );
}
