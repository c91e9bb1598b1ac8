//! One log of acts over purchases, fees, invoices and rates: all or nothing, taken back as a whole, across restarts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{new_app, noon, sound, with_app};
use jiff::civil::{Date, date};
use ledger::{
    Commitment, Conditions, Currency, Discount, Fee, FeeId, Frequency, Headcount, Invoice, InvoiceId, Ladder, Off,
    Packs, Per, Price, Proration, Purchase, PurchaseId, Quantity, Rate, RateKind, RatePolicy, Term,
};
use rust_decimal::Decimal;
use store::{Act, ActKind, App, Entry, HeadcountId, Reason, Store, StoreError, Whose};

fn purchase(seats: u32) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        license_type: "can-edit".to_owned(),
        name: String::new(),
        po: String::new(),
        quantity: Quantity::Seats(seats),
        price: Some(Price { amount: Decimal::new(900, 2), per: Per::Unit }),
        currency: Currency::USD,
        frequency: Frequency::Monthly,
        term: Term { from: date(2026, 4, 1), end: None },
        proration: Proration::None,
        auto_renews: false,
        notice_days: None,
        note: String::new(),
        conditions: Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

fn fee() -> Fee {
    Fee {
        id: FeeId(0),
        name: "Onboarding".to_owned(),
        amount: Decimal::new(150_050, 2),
        currency: Currency::from_code("KWD").unwrap(),
        frequency: Frequency::Once,
        term: Term { from: date(2026, 4, 1), end: Some(date(2027, 4, 1)) },
        proration: Proration::WholeMonthDown,
        in_annual_spend: true,
        in_cost_per_account: false,
        note: "one\ntwo".to_owned(),
        conditions: Conditions::default(),
    }
}

fn invoice(purchase: PurchaseId) -> Invoice {
    Invoice {
        id: InvoiceId(0),
        number: "2026-118".to_owned(),
        day: date(2026, 5, 2),
        amount: Decimal::new(-4_500, 2),
        currency: Currency::USD,
        period: Term { from: date(2026, 5, 1), end: Some(date(2026, 6, 1)) },
        purchase,
    }
}

fn rate(day: Date, worth: i64) -> Rate {
    let euro = Currency::from_code("EUR").unwrap();
    let (rate, source) = (Decimal::new(worth, 4), "ECB".to_owned());
    Rate { from: euro, to: Currency::USD, kind: RateKind::Day, day, end: None, rate, source }
}

fn fresh() -> (tempfile::TempDir, Store, App) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    (dir, store, app)
}

fn act(app: &App, kind: ActKind) -> Act<'static> {
    Act { app: Some(app.id), kind, words: None, at: noon() }
}

const RATES: Act<'static> =
    Act { app: None, kind: ActKind::Add, words: None, at: jiff::Timestamp::constant(1_793_620_800, 0) };

fn do_one(store: &Store, act: &Act<'_>, entry: Entry) -> i64 {
    store.act(act, &[entry]).unwrap()[0]
}

#[test]
fn fees_invoices_and_rates_come_back_exactly() {
    let (dir, store, app) = fresh();
    let bought = store.add_purchase(app.id, &purchase(50), noon()).unwrap();
    let fee_id = do_one(&store, &act(&app, ActKind::Add), Entry::AddFee(fee(), None));
    let invoice_id = do_one(&store, &act(&app, ActKind::Add), Entry::AddInvoice(invoice(bought)));
    do_one(&store, &RATES, Entry::AddRate(rate(date(2026, 11, 1), 10_800)));
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    let kept = store.fees(app.id).unwrap();
    assert_eq!(kept, [Fee { id: FeeId(fee_id), ..fee() }]);
    assert_eq!(kept[0].amount.to_string(), "1500.50");
    assert_eq!(store.invoices(app.id).unwrap(), [Invoice { id: InvoiceId(invoice_id), ..invoice(bought) }]);
    let rates = store.rates().unwrap();
    assert_eq!(rates[0].1, rate(date(2026, 11, 1), 10_800));
    assert_eq!(rates[0].1.rate.to_string(), "1.0800", "with the decimals that were typed");
    sound(&store);
}

#[test]
fn a_fee_keeps_its_versions_and_the_one_that_it_continues_through_undo_and_redo() {
    let (dir, store, app) = fresh();
    let first = FeeId(do_one(&store, &act(&app, ActKind::Add), Entry::AddFee(fee(), None)));
    let corrected = Fee { id: first, amount: Decimal::new(160_050, 2), ..fee() };
    do_one(&store, &act(&app, ActKind::Edit), Entry::ReplaceFee(corrected.clone()));
    let ended = Fee { term: Term { end: Some(date(2026, 10, 1)), ..fee().term }, ..corrected.clone() };
    let next = Fee { term: Term { from: date(2026, 10, 1), ..fee().term }, ..fee() };
    let entries = [Entry::ReplaceFee(ended.clone()), Entry::AddFee(next.clone(), Some(first))];
    let ids = store.act(&act(&app, ActKind::PriceChange), &entries).unwrap();
    let second = FeeId(ids[1]);
    assert_eq!(store.fee_changes(app.id).unwrap(), [(second, first)]);
    let reasons = |id| {
        let versions = store.fee_versions(app.id, id).unwrap();
        versions.into_iter().map(|version| (version.reason, version.deleted)).collect::<Vec<_>>()
    };
    let price_change = (Some(Reason::PriceChange), false);
    assert_eq!(reasons(first), [(None, false), (Some(Reason::Correction), false), price_change]);
    assert_eq!(reasons(second), [price_change]);
    assert_eq!(store.undo(app.id.into(), noon()).unwrap().unwrap().what, "Change the price of fee Onboarding");
    assert_eq!((store.fees(app.id).unwrap(), store.fee_changes(app.id).unwrap()), (vec![corrected], Vec::new()));
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    store.redo(app.id.into(), noon()).unwrap().unwrap();
    assert_eq!(store.fees(app.id).unwrap(), [ended, Fee { id: second, ..next }]);
    assert_eq!(store.fee_changes(app.id).unwrap(), [(second, first)], "the link comes back too");
    assert_eq!(store.fee_versions(app.id, second).unwrap().len(), 3);
    do_one(&store, &act(&app, ActKind::Edit), Entry::ReplaceFee(Fee { id: second, ..fee() }));
    assert_eq!(store.fee_changes(app.id).unwrap(), [(second, first)], "and stays with a correction");
    do_one(&store, &act(&app, ActKind::Delete), Entry::DeleteFee(second));
    assert_eq!(store.fee_changes(app.id).unwrap(), []);
    let gone = store.act(&act(&app, ActKind::PriceChange), &[Entry::AddFee(fee(), Some(second))]);
    assert!(matches!(gone, Err(StoreError::NoSuchFee)));
    sound(&store);
}

#[test]
fn rates_of_every_kind_the_choice_among_them_and_headcounts_come_back_and_are_taken_back() {
    let (dir, store, _) = fresh();
    assert_eq!((store.rate_policy().unwrap(), store.headcounts().unwrap()), (None, Vec::new()));
    let average = Rate { kind: RateKind::MonthAverage, ..rate(date(2026, 11, 1), 10_800) };
    let budget = Rate { kind: RateKind::Budget, end: Some(date(2027, 1, 1)), ..rate(date(2026, 1, 1), 11_000) };
    let all = [rate(date(2026, 11, 1), 10_900), average, budget];
    for one in &all {
        do_one(&store, &RATES, Entry::AddRate(one.clone()));
    }
    let restating = Act { kind: ActKind::Restate, words: Some("rates: month averages"), ..RATES };
    do_one(&store, &restating, Entry::ChooseRates(RatePolicy::MonthAverage));
    do_one(&store, &restating, Entry::ChooseRates(RatePolicy::Budget));
    let people = |people| Headcount { day: date(2026, 11, 1), people };
    let id = HeadcountId(do_one(&store, &RATES, Entry::AddHeadcount(people(250))));
    do_one(&store, &Act { kind: ActKind::Edit, ..RATES }, Entry::ReplaceHeadcount(id, people(260)));
    do_one(&store, &Act { kind: ActKind::Delete, ..RATES }, Entry::DeleteHeadcount(id));
    assert_eq!(store.headcounts().unwrap(), []);
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.rates().unwrap().into_iter().map(|(_, rate)| rate).collect::<Vec<_>>(), all);
    sound(&store);
    let log: Vec<String> = store.rate_acts().unwrap().into_iter().map(|edit| edit.what).collect();
    assert_eq!(log.len(), 5, "the choice belongs to the rates, the headcount does not: {log:?}");
    assert_eq!(log[2], "Add rate EUR to USD budget 1 Jan 2026 to 31 Dec 2026");
    let undo = || store.undo(Whose::Organisation, noon()).unwrap().unwrap().what;
    assert_eq!(undo(), "Delete headcount 260 of 1 Nov 2026");
    assert_eq!(store.headcounts().unwrap(), [(id, people(260))]);
    assert_eq!(undo(), "Edit headcount 260 of 1 Nov 2026");
    assert_eq!(store.headcounts().unwrap(), [(id, people(250))]);
    assert_eq!(undo(), "Add headcount 250 of 1 Nov 2026");
    assert_eq!((store.headcounts().unwrap(), store.rate_policy().unwrap()), (vec![], Some(RatePolicy::Budget)));
    assert_eq!(
        (undo().as_str(), store.rate_policy().unwrap()),
        ("Restate rates: month averages", Some(RatePolicy::MonthAverage))
    );
    undo();
    assert_eq!(store.rate_policy().unwrap(), None);
    sound(&store);
    let unknown = store.act(&RATES, &[Entry::DeleteHeadcount(HeadcountId(9))]).unwrap_err();
    assert_eq!(unknown.code(), "no-such-headcount");
}

#[test]
fn budgets_that_share_a_day_and_headcounts_of_one_day_are_found_by_the_check() {
    let (_dir, store, _) = fresh();
    let budget = |from, end| Rate { kind: RateKind::Budget, end: Some(end), ..rate(from, 11_000) };
    do_one(&store, &RATES, Entry::AddRate(budget(date(2026, 1, 1), date(2027, 1, 1))));
    do_one(&store, &RATES, Entry::AddRate(budget(date(2026, 7, 1), date(2027, 7, 1))));
    for _ in 0..2 {
        do_one(&store, &RATES, Entry::AddHeadcount(Headcount { day: date(2026, 11, 1), people: 250 }));
    }
    assert_eq!(
        store.check().unwrap(),
        [
            "There are rates of 0 or less, or two of a kind for the same day: 1.",
            "There are headcounts of which two are for the same day: 1."
        ]
    );
}

#[test]
fn conditions_come_back_exactly() {
    let (_dir, store, app) = fresh();
    let conditions = Conditions {
        packs: Packs::Ladder(Ladder::new(vec![3, 5, 10], 10).unwrap()),
        discounts: vec![Discount { name: "a\nb".to_owned(), off: Off::Fixed(Decimal::new(50, 1)) }],
        commitment: Commitment { per_payment: None, term: Some(Decimal::new(120_000, 2)) },
        ..Conditions::default()
    };
    let bought = Purchase { conditions, ..purchase(11) };
    let id = store.add_purchase(app.id, &bought, noon()).unwrap();
    assert_eq!(store.purchases(app.id).unwrap(), [Purchase { id, ..bought }]);
    sound(&store);
}

#[test]
fn undo_takes_back_the_last_act_whatever_its_noun_across_restarts() {
    let (dir, store, app) = fresh();
    let bought = store.add_purchase(app.id, &purchase(50), noon()).unwrap();
    let fee_id = do_one(&store, &act(&app, ActKind::Add), Entry::AddFee(fee(), None));
    do_one(&store, &act(&app, ActKind::Add), Entry::AddInvoice(invoice(bought)));
    let first = do_one(&store, &RATES, Entry::AddRate(rate(date(2026, 11, 1), 10_800)));
    let restating = Act { kind: ActKind::Restate, words: Some("EUR to USD: 1.09, was 1.08"), ..RATES };
    do_one(&store, &restating, Entry::ReplaceRate(store::RateId(first), rate(date(2026, 11, 1), 10_900)));
    do_one(&store, &act(&app, ActKind::Delete), Entry::DeleteFee(FeeId(fee_id)));
    let mut undone = Vec::new();
    let mut now = store;
    loop {
        drop(now);
        now = Store::open(dir.path()).unwrap();
        let Some(edit) = now.undo(app.id.into(), noon()).unwrap() else { break };
        undone.push(edit.what);
        sound(&now);
        if undone.len() == 1 {
            assert_eq!(now.fees(app.id).unwrap(), [Fee { id: FeeId(fee_id), ..fee() }]);
        }
        if undone.len() == 2 {
            assert_eq!(now.rates().unwrap()[0].1, rate(date(2026, 11, 1), 10_800));
        }
    }
    let expected = [
        "Delete fee Onboarding",
        "Restate EUR to USD: 1.09, was 1.08",
        "Add rate EUR to USD of 1 Nov 2026",
        "Add invoice 2026-118",
        "Add fee Onboarding",
        "Add Can-Edit, 50 seats",
    ];
    assert_eq!(undone, expected);
    assert!(now.purchases(app.id).unwrap().is_empty() && now.rates().unwrap().is_empty());
    let log: Vec<String> = now.rate_acts().unwrap().into_iter().map(|edit| edit.what).collect();
    assert_eq!(log.len(), 4, "the log forgets nothing: {log:?}");
}

#[test]
fn the_rates_are_undone_by_themselves_and_other_apps_are_left_alone() {
    let (_dir, store, app) = fresh();
    let other = store.add_app(&new_app("Miro"), &common::known(), noon()).unwrap();
    do_one(&store, &RATES, Entry::AddRate(rate(date(2026, 11, 1), 10_800)));
    store.add_purchase(app.id, &purchase(50), noon()).unwrap();
    store.add_purchase(other.id, &purchase(7), noon()).unwrap();
    assert_eq!(store.undo(Whose::Organisation, noon()).unwrap().unwrap().what, "Add rate EUR to USD of 1 Nov 2026");
    assert_eq!(store.undo(Whose::Organisation, noon()).unwrap(), None);
    assert_eq!(store.undo(app.id.into(), noon()).unwrap().unwrap().what, "Add Can-Edit, 50 seats");
    assert_eq!(store.undo(app.id.into(), noon()).unwrap(), None);
    assert_eq!(store.purchases(other.id).unwrap().len(), 1);
    sound(&store);
}

/// Ends the purchase the day before, and continues it at another price.
fn price_change(store: &Store, app: &App, old: &Purchase, on: Date) -> Result<Vec<i64>, StoreError> {
    let ended = Purchase { term: Term { end: Some(on), ..old.term }, ..old.clone() };
    let price = Some(Price { amount: Decimal::new(1_000, 2), per: Per::Unit });
    let next = Purchase { term: Term { from: on, end: None }, price, ..old.clone() };
    let entries = [Entry::ReplacePurchase(ended), Entry::AddPurchase(next, Some(old.id))];
    store.act(&act(app, ActKind::PriceChange), &entries)
}

#[test]
fn a_price_change_is_one_act_of_two_purchases() {
    let (_dir, store, app) = fresh();
    let id = store.add_purchase(app.id, &purchase(50), noon()).unwrap();
    let before = store.purchases(app.id).unwrap();
    let ids = price_change(&store, &app, &before[0], date(2026, 10, 1)).unwrap();
    let after = store.purchases(app.id).unwrap();
    assert_eq!(after.len(), 2);
    assert_eq!(after[0].term.end, Some(after[1].term.from), "no day is in both, none in neither");
    assert_eq!(store.successions(app.id).unwrap(), [(PurchaseId(ids[1]), id)]);
    assert_eq!(store.last_edit(app.id.into()).unwrap().unwrap().what, "Change the price of Can-Edit, 50 seats");
    let versions = store.purchase_versions(app.id, id).unwrap();
    let reasons: Vec<_> = versions.iter().map(|version| version.reason).collect();
    assert_eq!(reasons, [None, Some(Reason::PriceChange)]);
    assert_eq!(versions[0].purchase, before[0], "the old version stays readable");
    store.undo(app.id.into(), noon()).unwrap();
    assert_eq!(store.purchases(app.id).unwrap(), before);
    assert_eq!(store.successions(app.id).unwrap(), []);
    sound(&store);
}

#[test]
fn an_act_with_one_wrong_entry_writes_nothing() {
    let (_dir, store, app) = fresh();
    let wrong = Purchase { license_type: "platinum".to_owned(), ..purchase(1) };
    let importing = Act { words: Some("2 purchases"), ..act(&app, ActKind::Import) };
    let entries = [Entry::AddPurchase(wrong, None), Entry::AddPurchase(purchase(2), None)];
    let refused = store.act(&importing, &entries).unwrap_err();
    assert!(matches!(refused, StoreError::NoSuchLicenseType { key } if key == "platinum"));
    assert!(store.purchases(app.id).unwrap().is_empty());
    assert_eq!(store.last_edit(app.id.into()).unwrap(), None);
    let bought: Vec<_> = (1..=300).map(|seats| Entry::AddPurchase(purchase(seats), None)).collect();
    store.act(&Act { words: Some("300 purchases"), ..importing }, &bought).unwrap();
    assert_eq!(store.purchases(app.id).unwrap().len(), 300);
    assert_eq!(store.undo(app.id.into(), noon()).unwrap().unwrap().what, "Import 300 purchases");
    assert!(store.purchases(app.id).unwrap().is_empty());
    sound(&store);
}

#[test]
fn what_belongs_to_another_app_cannot_be_touched() {
    let (_dir, store, app) = fresh();
    let other = store.add_app(&new_app("Miro"), &common::known(), noon()).unwrap();
    let theirs = store.add_purchase(other.id, &purchase(7), noon()).unwrap();
    let fee_id = do_one(&store, &act(&other, ActKind::Add), Entry::AddFee(fee(), None));
    let refused = |entry: Entry| store.act(&act(&app, ActKind::Edit), &[entry]).unwrap_err();
    assert!(matches!(refused(Entry::DeletePurchase(theirs)), StoreError::NoSuchPurchase));
    assert!(matches!(refused(Entry::AddInvoice(invoice(theirs))), StoreError::NoSuchPurchase));
    assert!(matches!(refused(Entry::DeleteFee(FeeId(fee_id))), StoreError::NoSuchFee));
    assert!(matches!(refused(Entry::DeleteInvoice(InvoiceId(1))), StoreError::NoSuchInvoice));
    assert!(matches!(refused(Entry::AddPurchase(purchase(1), Some(theirs))), StoreError::NoSuchPurchase));
    let unknown = store.act(&RATES, &[Entry::DeleteRate(store::RateId(9))]).unwrap_err();
    assert!(matches!(unknown, StoreError::NoSuchRate));
    assert_eq!(store.purchases(other.id).unwrap().len(), 1);
    sound(&store);
}

#[test]
fn drafts_survive_a_restart_and_go_with_their_app() {
    let (dir, store, app) = fresh();
    store.save_draft(app.id, "purchase", "half").unwrap();
    store.save_draft(app.id, "purchase", "half typed").unwrap();
    store.save_draft(app.id, "fee", "{}").unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.draft(app.id, "purchase").unwrap().as_deref(), Some("half typed"));
    store.clear_draft(app.id, "purchase").unwrap();
    assert_eq!(store.draft(app.id, "purchase").unwrap(), None);
    let bought = store.add_purchase(app.id, &purchase(1), noon()).unwrap();
    let entries = [Entry::AddFee(fee(), None), Entry::AddInvoice(invoice(bought))];
    store.act(&act(&app, ActKind::Add), &entries).unwrap();
    store.undo(app.id.into(), noon()).unwrap();
    store.remove_app(app.id).unwrap();
    sound(&store);
    assert_eq!(store.apps().unwrap(), []);
}

#[test]
fn a_draft_is_not_heard_here_but_whatever_else_is_written_is() {
    let (dir, store, app) = fresh();
    let other = Store::open(dir.path()).unwrap();
    let heard = || (store.data_version().unwrap(), other.data_version().unwrap());
    let before = heard();
    store.save_draft(app.id, "purchase", "half typed").unwrap();
    store.clear_draft(app.id, "purchase").unwrap();
    assert_eq!(heard().0, before.0, "nobody but the form itself shows a draft");
    assert_ne!(heard().1, before.1, "another process cannot know what it was");
    store.save_draft(app.id, "purchase", "half typed").unwrap();
    other.add_purchase(app.id, &purchase(1), noon()).unwrap();
    let after = heard();
    assert_ne!(after.0, before.0, "what is written beside a draft is heard");
    store.save_draft(app.id, "purchase", "more").unwrap();
    store.add_purchase(app.id, &purchase(2), noon()).unwrap();
    assert_ne!(heard().0, after.0);
}

const CHILD: &str = "STORE_TEST_BOOKS_CHILD";

/// Changes the price of the last purchase again and again until it is killed.
fn change_for_ever(dir: &std::path::Path) -> ! {
    let store = Store::open(dir).unwrap();
    let app = store.app("lucidchart").unwrap().unwrap();
    loop {
        let last = store.purchases(app.id).unwrap().pop().unwrap();
        price_change(&store, &app, &last, last.term.from.tomorrow().unwrap()).unwrap();
    }
}

#[test]
fn a_price_change_that_is_killed_is_whole_or_was_never_begun() {
    if let Some(dir) = std::env::var_os(CHILD) {
        change_for_ever(std::path::Path::new(&dir));
    }
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    store.add_purchase(app.id, &purchase(1), noon()).unwrap();
    drop(store);
    for round in 0_u64..10 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "a_price_change_that_is_killed_is_whole_or_was_never_begun"]).env(CHILD, dir.path());
        let mut running =
            child.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(20_000 + round * 9_919));
        running.kill().unwrap();
        running.wait().unwrap();
        let store = Store::open(dir.path()).unwrap();
        sound(&store);
        let kept = store.purchases(app.id).unwrap();
        for (old, next) in kept.iter().zip(kept.iter().skip(1)) {
            assert_eq!(old.term.end, Some(next.term.from), "ended and continued together");
        }
        assert_eq!(kept.last().unwrap().term.end, None);
        assert_eq!(store.successions(app.id).unwrap().len(), kept.len() - 1);
    }
}
