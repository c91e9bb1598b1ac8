//! Spend of an app with many purchases, on many days.

use app::Seatledger;
use app::view::apps::AppDayRequest;
use app::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use serde_json::json;

use crate::watch::Watch;
use crate::{Outcome, said};

const EVERY: [&str; 5] = ["month", "quarter", "year", "6months", "once"];
const PRORATIONS: [&str; 3] = ["none", "daily", "whole-month-up"];
const FIRST: Date = date(2024, 1, 1);
const DAYS: i64 = 1_400;
const STEP: usize = 7;

pub fn any_day(seatledger: &Seatledger, app: &str, purchases: u32) -> Outcome {
    let kept = seatledger.purchases(app).map_err(|error| said(&error))?.len();
    for number in u32::try_from(kept)?..purchases {
        add(seatledger, app, number)?;
    }
    let mut watch = Watch::default();
    for offset in (0..DAYS).step_by(STEP) {
        let day = FIRST.checked_add(offset.days())?.to_string();
        let request = AppDayRequest { app: app.to_owned(), as_of: Some(day.clone()) };
        watch.time(|| day, || seatledger.spend(&request)).map_err(|error| said(&error))?;
    }
    let purchases = seatledger.purchases(app).map_err(|error| said(&error))?.len();
    Ok(json!({ "purchases": purchases, "spend": watch.document() }))
}

fn add(seatledger: &Seatledger, app: &str, number: u32) -> Outcome<()> {
    let pick = |from: &[&str]| from.get(number as usize % from.len()).copied().unwrap_or_default().to_owned();
    let from = FIRST.checked_add(Span::new().days(i64::from(number % 900)))?;
    let form = PurchaseForm {
        license_type: pick(&["can-edit", "view-only"]),
        name: format!("Order {number}"),
        quantity: (1 + number % 500).to_string(),
        cost: format!("{}.{:02}", 5 + number % 40, number % 100),
        per: "unit".to_owned(),
        currency: "USD".to_owned(),
        every: pick(&EVERY),
        from: from.to_string(),
        until: from.checked_add(Span::new().days(364 + i64::from(number % 3) * 365))?.to_string(),
        proration: pick(&PRORATIONS),
        ..PurchaseForm::default()
    };
    let saved = seatledger.purchase_save(&PurchaseSaveRequest { app: app.to_owned(), id: None, form });
    let saved = saved.map_err(|error| said(&error))?;
    match saved.problems.first() {
        Some(problem) => Err(format!("purchase {number} was refused: {problem:?}").into()),
        None => Ok(()),
    }
}
