//! Last activity of a large roster: the import of a list of everybody, pages by activity, and spend of any day by it.

use std::fmt::Write as _;
use std::path::Path;

use app::view::apps::AppDayRequest;
use app::view::last_activity::{ActivityFileRequest, ActivityReading};
use app::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use app::view::roster::RosterQuery;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use crate::history::{first, member};
use crate::pages::{ROWS, SORTS, page};
use crate::watch::Watch;
use crate::{Outcome, open, said};

const APP: &str = "lucidchart";
const STATES: [&str; 4] = ["active", "inactive", "never", "not-monitored"];
/// Days back and ahead of which spend is asked.
const DAYS: i64 = 320;

pub fn of(folder: &Path, members: usize) -> Outcome {
    {
        let people: Vec<_> = (0..members).map(member).collect();
        first(folder, &people)?;
    }
    let seatledger = open(folder.to_str().ok_or("a folder with a name")?)?;
    let today: Date = day(&seatledger, None)?.parse()?;
    let file = folder.join("people.csv");
    std::fs::write(&file, list(members, today)?)?;
    let request = ActivityFileRequest {
        app: APP.to_owned(),
        path: file.display().to_string(),
        reading: ActivityReading::default(),
        columns: Vec::new(),
        dry_run: false,
        shown: 0,
    };
    let (mut import, mut again) = (Watch::default(), Watch::default());
    import.time(|| "list".to_owned(), || seatledger.activity_file(&request)).map_err(|error| said(&error))?;
    again.time(|| "the same".to_owned(), || seatledger.activity_file(&request)).map_err(|error| said(&error))?;
    buy(&seatledger, today)?;

    let none = RosterQuery { app: APP.to_owned(), ..RosterQuery::default() };
    page(&seatledger, &none, 0)?;
    // The window has all orders at hand a moment after its first page.
    std::thread::sleep(std::time::Duration::from_secs(8));
    let (mut pages, mut further) = (Watch::default(), Watch::default());
    for states in STATES.iter().map(|state| vec![(*state).to_owned()]).chain([Vec::new()]) {
        for sort in SORTS {
            for descending in [false, true] {
                let query = RosterQuery { activity: states.clone(), sort, descending, ..none.clone() };
                let what = || format!("{states:?} by {sort:?}");
                let found = pages.time(what, || page(&seatledger, &query, 0))?;
                let last = found.matching.saturating_sub(u64::from(ROWS));
                for offset in [found.matching / 2, last] {
                    further.time(what, || page(&seatledger, &query, offset.min(last)))?;
                }
            }
        }
    }
    let mut spend = Watch::default();
    for offset in -DAYS..60 {
        let asked = today.checked_add(offset.days())?.to_string();
        spend.time(|| asked.clone(), || day(&seatledger, Some(&asked))).map_err(|error| error.to_string())?;
    }
    let broken = seatledger.check().map_err(|error| said(&error))?;
    if !broken.is_empty() {
        return Err(broken.join("; ").into());
    }
    Ok(json!({
        "members": members,
        "import": import.document(),
        "again": again.document(),
        "first": pages.document(),
        "further": further.document(),
        "spend": spend.document(),
    }))
}

fn day(seatledger: &app::Seatledger, as_of: Option<&str>) -> Outcome<String> {
    let request = AppDayRequest { app: APP.to_owned(), as_of: as_of.map(str::to_owned) };
    Ok(seatledger.spend(&request).map_err(|error| said(&error))?.as_of)
}

/// Nine of ten people: on any day of the last year, and a tenth of them never.
fn list(members: usize, today: Date) -> Outcome<String> {
    let mut text = "Email,Last login\n".to_owned();
    for number in (0..members).filter(|number| number % 10 != 3) {
        let mail = member(number).user_name;
        if number % 10 == 7 {
            writeln!(text, "{mail},")?;
        } else {
            let ago = i64::try_from(number.wrapping_mul(7_919) % 365)?;
            writeln!(text, "{mail},{}", today.checked_sub(ago.days())?)?;
        }
    }
    Ok(text)
}

fn buy(seatledger: &app::Seatledger, today: Date) -> Outcome<()> {
    let form = PurchaseForm {
        license_type: "can-edit".to_owned(),
        quantity: "400000".to_owned(),
        cost: "9.00".to_owned(),
        per: "unit".to_owned(),
        currency: "USD".to_owned(),
        every: "month".to_owned(),
        from: today.checked_sub(400.days())?.to_string(),
        ..PurchaseForm::default()
    };
    let request = PurchaseSaveRequest { app: APP.to_owned(), id: None, form };
    seatledger.purchase_save(&request).map(drop).map_err(|error| said(&error).into())
}
