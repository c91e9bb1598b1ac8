//! Spend of an app with many purchases of ten license types: on many days, over 36 months, and while one is typed.

use std::hint::black_box;

use app::Seatledger;
use app::view::apps::AppDayRequest;
use app::view::over_time::SpendOverTimeRequest;
use app::view::purchases::{PurchaseForm, PurchasePreviewRequest, PurchaseSaveRequest, PurchaseView};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use serde_json::{Value, json};

use crate::watch::Watch;
use crate::{Outcome, said};

const EVERY: [&str; 5] = ["month", "quarter", "year", "6months", "once"];
const PRORATIONS: [&str; 3] = ["none", "daily", "whole-month-up"];
const FIRST: Date = date(2024, 1, 1);
const DAYS: i64 = 1_400;
const STEP: usize = 7;
/// With the two that the roster knows they make ten license types.
const TYPES: [&str; 5] = ["", " b", " c", " d", " e"];
const ROUNDS: usize = 20;
const MONTHS: i64 = 36;

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
    let purchases = seatledger.purchases(app).map_err(|error| said(&error))?;
    Ok(json!({
        "purchases": purchases.len(),
        "spend": watch.document(),
        "table": table(seatledger, app)?,
        "sentence": sentence(seatledger, app)?,
        "plain": plain(&purchases),
    }))
}

/// Purchases that all say what accounts beyond their seats cost and whom they pay for: every account is looked at, and every
/// purchase depends on the seats of all others of its type.
pub fn agreed(seatledger: &Seatledger, app: &str, purchases: u32) -> Outcome {
    let kept = seatledger.purchases(app).map_err(|error| said(&error))?.len();
    for number in u32::try_from(kept)?..purchases {
        let agreed = PurchaseForm {
            overage: "contract".to_owned(),
            overage_proration: "daily".to_owned(),
            pays_for: format!("department: Department {:02}", number % 60),
            ..form(number)?
        };
        save(seatledger, app, number, agreed)?;
    }
    let (mut first, mut again) = (Watch::default(), Watch::default());
    for offset in (0..DAYS).step_by(10 * STEP) {
        let day = FIRST.checked_add(offset.days())?.to_string();
        let request = AppDayRequest { app: app.to_owned(), as_of: Some(day.clone()) };
        // Who pays for whom on a day is counted once, as long as nothing changes.
        first.time(|| day.clone(), || seatledger.spend(&request)).map_err(|error| said(&error))?;
        again.time(|| day, || seatledger.spend(&request)).map_err(|error| said(&error))?;
    }
    let purchases = seatledger.purchases(app).map_err(|error| said(&error))?.len();
    Ok(json!({
        "purchases": purchases,
        "first": first.document(),
        "again": again.document(),
        "table": table(seatledger, app)?,
    }))
}

/// The table of 36 months, on both bases.
fn table(seatledger: &Seatledger, app: &str) -> Outcome {
    let mut watch = Watch::default();
    for round in 0..ROUNDS {
        for basis in ["accrual", "cash"] {
            let request = SpendOverTimeRequest {
                app: app.to_owned(),
                from: Some("2024-01-01".to_owned()),
                to: Some("2026-12-31".to_owned()),
                by: "month".to_owned(),
                basis: basis.to_owned(),
            };
            let made = watch.time(|| format!("{basis}, round {round}"), || seatledger.spend_over_time(&request));
            made.map_err(|error| said(&error))?;
        }
    }
    Ok(watch.document())
}

/// The live sentence, letter by letter of the cost.
fn sentence(seatledger: &Seatledger, app: &str) -> Outcome {
    let mut watch = Watch::default();
    for cost in ["1", "12", "12.", "12.5", "12.50"] {
        for round in 0..ROUNDS {
            let form = PurchaseForm { cost: cost.to_owned(), ..form(u32::try_from(round)?)? };
            let request = PurchasePreviewRequest { app: app.to_owned(), id: None, form };
            let told = watch.time(|| format!("\"{cost}\""), || seatledger.purchase_preview(&request));
            told.map_err(|error| said(&error))?;
        }
    }
    Ok(watch.document())
}

/// A plain pass over the same numbers: every purchase's annual cost in minor units, added for each of 36 months. What the
/// others take longer is what exactness, history and reasons cost.
fn plain(purchases: &[PurchaseView]) -> Value {
    let cents = |purchase: &PurchaseView| {
        let amount = purchase.annual.value.as_ref().map(|money| money.amount.replace('.', ""));
        amount.and_then(|digits| digits.parse::<i64>().ok()).unwrap_or_default()
    };
    let amounts: Vec<i64> = purchases.iter().map(cents).collect();
    let mut watch = Watch::default();
    for round in 0..ROUNDS {
        let sum = || (0..MONTHS).map(|month| black_box(&amounts).iter().map(|cents| cents * month / 12).sum::<i64>()).sum();
        let sum: i64 = watch.time(|| format!("round {round}"), sum);
        black_box(sum);
    }
    watch.document()
}

/// What was typed for the purchase of this number.
fn form(number: u32) -> Outcome<PurchaseForm> {
    let pick = |from: &[&str]| from.get(number as usize % from.len()).copied().unwrap_or_default().to_owned();
    let from = FIRST.checked_add(Span::new().days(i64::from(number % 900)))?;
    Ok(PurchaseForm {
        license_type: format!("{}{}", pick(&["can-edit", "view-only"]), pick(&TYPES)),
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
    })
}

fn add(seatledger: &Seatledger, app: &str, number: u32) -> Outcome<()> {
    save(seatledger, app, number, form(number)?)
}

fn save(seatledger: &Seatledger, app: &str, number: u32, form: PurchaseForm) -> Outcome<()> {
    let saved = seatledger.purchase_save(&PurchaseSaveRequest { app: app.to_owned(), id: None, form });
    let saved = saved.map_err(|error| said(&error))?;
    match saved.problems.first() {
        Some(problem) => Err(format!("purchase {number} was refused: {problem:?}").into()),
        None => Ok(()),
    }
}
