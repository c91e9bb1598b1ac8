//! Random acts of a person, through the application: what is entered, corrected, ended, deleted, repriced, renewed, undone and
//! done again. What was known stays known, what was stays, and every figure adds up to every other.

use std::collections::BTreeMap;

use app::view::apps::AppRequest;
use app::view::focus::FocusRequest;
use app::view::invoices::{InvoiceForm, InvoiceSaveRequest};
use app::view::purchases::{LicenseTypeChange, PurchaseEndRequest, PurchaseForm, PurchaseRequest, PurchaseSaveRequest};
use app::view::renewals::RenewalsRequest;
use app::view::renewing::{PurchasePriceChangeRequest, PurchaseRenewRequest};
use jiff::ToSpan;
use store::PurchaseVersion;

use crate::*;

const WALKS: u64 = 10;
const ACTS: usize = 8;
/// Days before today, after the roster was read.
const PAST: [&str; 2] = ["2026-06-15", "2026-10-31"];

/// xorshift64*: good enough to vary what people do.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }

    fn day(&mut self, from: Date, days: u64) -> Date {
        from.saturating_add(i64::try_from(self.roll(days)).unwrap().days())
    }
}

/// A person at work.
struct Desk {
    books: Books,
    open: Seatledger,
    dice: Dice,
}

/// What was done, and the first day that it concerns where that is one day from which on something else is paid.
type Done = Option<Date>;

/// Amounts by basis.
type Figures = Vec<(String, Option<String>)>;

fn of_app() -> AppRequest {
    AppRequest { app: APP.to_owned() }
}

fn amounts(open: &Seatledger, as_of: Option<&str>) -> Figures {
    let request = AppDayRequest { app: APP.to_owned(), as_of: as_of.map(str::to_owned) };
    let bases = open.spend(&request).unwrap().bases;
    bases.into_iter().map(|basis| (basis.key, basis.figure.value.map(|money| money.amount))).collect()
}

/// What is paid, or used up, in each period from 2025 on until the end of the year.
fn periods(open: &Seatledger, basis: &str, by: &str, last: &str) -> (Vec<Decimal>, Decimal) {
    let request = SpendOverTimeRequest { basis: basis.to_owned(), ..over(by, "2025-01-01", last) };
    let table = open.spend_over_time(&request).unwrap();
    let amount = |money: &app::view::figure::Money| decimal(&money.amount);
    let totals = table.totals.iter().map(|total| total.as_ref().map_or(Decimal::ZERO, amount)).collect();
    (totals, table.total.value.as_ref().map_or(Decimal::ZERO, amount))
}

/// All that a screen shows, as text.
fn shown(open: &Seatledger) -> String {
    let details = open.license_details(&of_app().into()).unwrap();
    let days: Vec<_> = [None, Some(PAST[0]), Some(PAST[1])].map(|day| amounts(open, day)).into();
    let cash = periods(open, "cash", "month", "2027-12-31");
    format!("{:?} {days:?} {cash:?}", details.purchases)
}

impl Desk {
    fn new(seed: u64) -> Self {
        let books = Books::new(&[("Sales", 9), ("IT", 4)]);
        let open = books.open();
        Self { books, open, dice: Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1) }
    }

    fn ids(&self) -> Vec<i64> {
        self.open.license_details(&of_app().into()).unwrap().purchases.iter().map(|purchase| purchase.id).collect()
    }

    fn some_id(&mut self) -> Option<i64> {
        let ids = self.ids();
        (!ids.is_empty()).then(|| ids[usize::try_from(self.dice.roll(ids.len() as u64)).unwrap()])
    }

    fn new_form(&mut self) -> PurchaseForm {
        let from = self.dice.day(date(2025, 1, 1), 500);
        let until = self.dice.day(from, 900);
        let every = ["month", "quarter", "6months", "year", "2years"];
        let pick = |dice: &mut Dice, of: &[&str]| of[usize::try_from(dice.roll(of.len() as u64)).unwrap()].to_owned();
        PurchaseForm {
            license_type: "can-edit".to_owned(),
            quantity: (1 + self.dice.roll(15)).to_string(),
            cost: (1 + self.dice.roll(400)).to_string(),
            per: pick(&mut self.dice, &["unit", "lot"]),
            every: pick(&mut self.dice, &every),
            from: from.to_string(),
            until: until.to_string(),
            proration: pick(&mut self.dice, &["none", "daily", "whole-month-up"]),
            ..PurchaseForm::default()
        }
    }

    fn save(&self, id: Option<i64>, form: PurchaseForm) -> bool {
        self.open.purchase_save(&PurchaseSaveRequest { app: APP.to_owned(), id, form }).unwrap().problems.is_empty()
    }

    /// Does something; `None` where it was refused.
    fn act(&mut self) -> Option<Done> {
        let Some(id) = self.some_id().filter(|_| self.dice.roll(3) > 0) else {
            let form = self.new_form();
            return self.save(None, form).then_some(None);
        };
        let form = self.open.purchase_form(APP, id).unwrap();
        let from: Date = form.from.parse().unwrap();
        let app = APP.to_owned();
        match self.dice.roll(6) {
            // A mistake is corrected: it was never so.
            0 => {
                let cost = (1 + self.dice.roll(400)).to_string();
                self.save(Some(id), PurchaseForm { cost, ..form }).then_some(None)
            }
            1 | 2 => {
                let on = self.dice.day(from, 700);
                let form = PurchaseForm { cost: (1 + self.dice.roll(400)).to_string(), ..form };
                let request = PurchasePriceChangeRequest { app, id, on: on.to_string(), form };
                self.open.purchase_price_change(&request).unwrap().problems.is_empty().then_some(Some(on))
            }
            3 => {
                let last_day = self.dice.day(from, 900).to_string();
                let done = self.open.purchase_end(&PurchaseEndRequest { app, id, last_day }).unwrap();
                done.problems.is_empty().then_some(None)
            }
            4 => {
                let request = PurchaseRenewRequest { app, id, uplift: "7.5".to_owned(), preview: false };
                let done = self.open.purchase_renew(&request).unwrap();
                done.problems.is_empty().then(|| done.purchase.map(|next| next.form.from.parse().unwrap()))
            }
            // Renewed by hand, a day too early.
            _ if self.dice.roll(2) == 0 && !form.until.is_empty() => {
                let until = self.dice.day(form.until.parse().unwrap(), 400).to_string();
                self.save(None, PurchaseForm { from: form.until.clone(), until, ..form }).then_some(None)
            }
            _ => {
                self.open.purchase_delete(&PurchaseRequest { app, id }).unwrap();
                Some(None)
            }
        }
    }

    fn versions(&self) -> BTreeMap<i64, Vec<PurchaseVersion>> {
        let store = Store::open(self.books.folder.path()).unwrap();
        let of = |id| (id, store.purchase_versions(self.books.app, PurchaseId(id)).unwrap());
        (1..200).map(of).take_while(|(_, versions)| !versions.is_empty()).collect()
    }

    /// Figures of the days before one, and of the months that are over by then.
    fn before(&self, on: Date) -> (Vec<Figures>, Vec<Decimal>) {
        let days = ["2025-03-01", "2025-09-01", PAST[0], PAST[1]].into_iter();
        let past = days.filter(|day| day.parse::<Date>().unwrap() < on);
        // What a contract is worth counts all its prices, also those to come.
        let of_day =
            |day| amounts(&self.open, Some(day)).into_iter().filter(|(key, _)| !["tcv", "acv"].contains(&key.as_str()));
        let months = usize::try_from(ledger::calendar::whole_months(date(2025, 1, 1), on)).unwrap();
        let (cash, _) = periods(&self.open, "cash", "month", "2027-12-31");
        (past.map(|day| of_day(day).collect()).collect(), cash.into_iter().take(months).collect())
    }
}

#[test]
fn whatever_is_done_is_undone_and_done_again_and_what_was_known_stays_known() {
    for seed in 0..WALKS {
        let mut desk = Desk::new(seed);
        for number in 0..ACTS {
            let (before, known) = (shown(&desk.open), desk.versions());
            if desk.act().is_none() {
                assert_eq!(shown(&desk.open), before, "walk {seed}, act {number}: what is refused changes nothing");
                continue;
            }
            let (after, told) = (shown(&desk.open), format!("walk {seed}, act {number}"));
            assert!(desk.open.undo(&of_app()).unwrap().what.is_some(), "{told}");
            assert_eq!(shown(&desk.open), before, "{told}, undone");
            assert!(desk.open.redo(&of_app()).unwrap().what.is_some(), "{told}");
            assert_eq!(shown(&desk.open), after, "{told}, done again");
            let now = desk.versions();
            for (id, versions) in known {
                assert_eq!(now[&id][..versions.len()], versions, "{told}: no version of purchase {id} is rewritten");
            }
        }
        assert_eq!(desk.open.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn what_is_done_from_a_day_on_changes_nothing_before_it() {
    let mut looked = 0;
    for seed in 100..100 + 2 * WALKS {
        let mut desk = Desk::new(seed);
        for number in 0..ACTS {
            let all = desk.before(date(2028, 1, 1));
            let Some(Some(on)) = desk.act() else { continue };
            let (days, months) = desk.before(on);
            let told = format!("walk {seed}, act {number} on {on}");
            assert_eq!(days[..], all.0[..days.len()], "{told}");
            // Months are shown so that they add up to their total: a later one may take a cent of an earlier one.
            for (now, before) in months.iter().zip(&all.1) {
                assert!((now - before).abs() <= Decimal::new(1, 2), "{told}: {months:?}, {:?}", all.1);
            }
            looked += usize::from(!days.is_empty() && !months.is_empty());
        }
    }
    assert!(looked > 15, "{looked}");
}

#[test]
fn looking_back_at_a_day_is_looking_on_that_day() {
    for seed in 200..200 + WALKS {
        let mut desk = Desk::new(seed);
        for _ in 0..ACTS {
            desk.act();
        }
        for day in PAST {
            let options = |clock: Date| Options {
                data_dir: desk.books.folder.path().to_owned(),
                keeper: KeeperChoice::File,
                passphrase: None,
                clock: Arc::new(StillClock(format!("{clock}T12:00:00Z").parse().unwrap())),
            };
            let back = Seatledger::open_as_of(options(date(2026, 11, 23)), day).unwrap();
            let then = Seatledger::open(options(day.parse().unwrap())).unwrap();
            let told = |open: &Seatledger| {
                let forecast =
                    ForecastRequest { app: APP.to_owned(), months: Some(9), basis: None, scenario: None, as_of: None };
                let forecast = open.forecast(&forecast).unwrap();
                let months: Vec<_> = forecast.months.into_iter().map(|month| (month.low, month.expected)).collect();
                let renewals = open.renewals(&RenewalsRequest::default()).unwrap().rows;
                let renewals: Vec<_> = renewals.into_iter().map(|row| (row.purchase, row.sentence)).collect();
                (shown(open), months, renewals)
            };
            assert_eq!(told(&back), told(&then), "walk {seed}, {day}");
            assert_eq!(
                amounts(&back, None),
                amounts(&desk.open, Some(day)),
                "walk {seed}: and what a day's figures are"
            );
        }
    }
}

#[test]
fn months_cost_records_and_invoices_tell_the_same_sums_and_a_free_type_none() {
    for seed in 300..300 + WALKS {
        let mut desk = Desk::new(seed);
        for _ in 0..ACTS {
            desk.act();
        }
        let (months, total) = periods(&desk.open, "cash", "month", "2029-12-31");
        let rows = records(&desk);
        let cents = |number: usize| Decimal::new(i64::try_from(number).unwrap(), 2);
        // Cost records and invoices are whole cents, payment by payment; months are rounded once.
        for (number, month) in (0..).zip(&months) {
            let first = date(2025, 1, 1).saturating_add(jiff::Span::new().months(number)).to_string();
            let own: Vec<Decimal> = rows.iter().filter(|row| row.0.starts_with(&first)).map(|row| row.1).collect();
            let sum: Decimal = own.iter().sum();
            assert!((sum - month).abs() <= cents(own.len() / 2 + 1), "walk {seed}, {first}: {sum} and {month}");
        }
        let computed: Vec<Decimal> = invoiced(&desk);
        let sum: Decimal = computed.iter().sum();
        assert!((sum - total).abs() <= cents(computed.len() / 2 + 1), "walk {seed}: {sum} and {total}");
        let whole = |basis| periods(&desk.open, basis, "fiscal-year", "2039-12-31").1;
        let ends = desk.open.license_details(&of_app().into()).unwrap().purchases;
        assert!(ends.iter().all(|purchase| !purchase.form.until.is_empty()));
        assert_eq!(whole("cash"), whole("accrual"), "walk {seed}: every day once, none left out");
        let figures = |open: &Seatledger| ([None, Some(PAST[0])].map(|day| amounts(open, day)), months.clone());
        let before = figures(&desk.open);
        desk.books.types(&["gift"]);
        let free = LicenseTypeChange {
            app: APP.to_owned(),
            license_type: "gift".to_owned(),
            name: None,
            billable: None,
            free: Some(true),
        };
        desk.open.license_type_change(&free).unwrap();
        let gift = PurchaseForm { license_type: "gift".to_owned(), ..desk.new_form() };
        assert!(desk.save(None, gift));
        assert_eq!(figures(&desk.open), before, "walk {seed}: what is free changes nothing");
        assert_eq!(periods(&desk.open, "cash", "month", "2029-12-31").0, months, "walk {seed}");
    }
}

/// First day of the billing period and amount of every cost record.
fn records(desk: &Desk) -> Vec<(String, Decimal)> {
    let path = desk.books.folder.path().join("costs.csv");
    let request = FocusRequest {
        app: APP.to_owned(),
        version: "1.2".to_owned(),
        from: Some("2025-01-01".to_owned()),
        to: Some("2029-12-31".to_owned()),
        path: path.display().to_string(),
    };
    desk.open.focus_export(&request).unwrap();
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    rows.iter().map(|row| (row["BillingPeriodStart"].clone(), decimal(&row["BilledCost"]))).collect()
}

/// What is computed for an invoice of each purchase over all days.
fn invoiced(desk: &Desk) -> Vec<Decimal> {
    for id in desk.ids() {
        let form = InvoiceForm {
            number: format!("INV-{id}"),
            day: "2025-01-01".to_owned(),
            amount: "1".to_owned(),
            from: "2025-01-01".to_owned(),
            until: "2029-12-31".to_owned(),
            purchase: Some(id),
            ..InvoiceForm::default()
        };
        let saved = desk.open.invoice_save(&InvoiceSaveRequest { app: APP.to_owned(), id: None, form }).unwrap();
        assert_eq!(saved.problems, Vec::new());
    }
    let view = desk.open.invoices(&of_app().into()).unwrap();
    view.compared.iter().map(|one| decimal(&one.computed.value.as_ref().unwrap().amount)).collect()
}
