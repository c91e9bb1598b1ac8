//! The finding above the renewals: what can still be decided is counted apart from what is too late.

use app::view::renewals::RenewalsRequest;
use jiff::civil::date;
use ledger::Purchase;
use store::Entry;

use crate::{Books, bought, yearly};

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
