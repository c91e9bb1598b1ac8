//! The books: purchases over time with their versions, fees, invoices, rates, drafts, and one undo over all of them.

use app::Seatledger;
use app::view::drafts::{DraftKey, DraftRequest};
use app::view::fees::{FeeForm, FeePreviewRequest, FeeSaveRequest};
use app::view::invoices::{InvoiceForm, InvoicePreviewRequest, InvoiceSaveRequest};
use app::view::purchases::{PurchaseForm, PurchasePreviewRequest, PurchaseRequest, PurchaseSaveRequest, PurchaseView};
use app::view::rates::{RateDeleteRequest, RateForm, RateSaveRequest};
use app::view::renewing::{
    PurchaseCoTerminateRequest, PurchasePriceChangeRequest, PurchaseRenewRequest, VersionReason,
};

use crate::desk::{APP, Desk, days, of_app, server};

fn seats(cost: &str) -> PurchaseForm {
    PurchaseForm {
        license_type: "can-edit".to_owned(),
        quantity: "50".to_owned(),
        cost: cost.to_owned(),
        per: "unit".to_owned(),
        every: "month".to_owned(),
        from: "2025-04-01".to_owned(),
        until: "2026-03-31".to_owned(),
        ..PurchaseForm::default()
    }
}

fn keep(window: &Seatledger, id: Option<i64>, form: PurchaseForm) -> PurchaseView {
    let saved = window.purchase_save(&PurchaseSaveRequest { app: APP.to_owned(), id, form }).unwrap();
    saved.purchase.unwrap_or_else(|| panic!("{:?}", saved.problems))
}

fn one(id: i64) -> PurchaseRequest {
    PurchaseRequest { app: APP.to_owned(), id }
}

/// The desk, with an app that was never read: the books need no roster.
async fn opened() -> (lucid_sim::Server, Desk, Seatledger) {
    let server = server(10);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    (server, desk, window)
}

#[tokio::test]
async fn every_condition_is_kept_and_comes_back_as_the_form_that_makes_it() {
    let (_server, desk, window) = opened().await;
    let form = PurchaseForm {
        cost: String::new(),
        currency: "USD".to_owned(),
        proration: "none".to_owned(),
        shape: "graduated".to_owned(),
        tiers: "1-10: 9.00\n11+: 8.00".to_owned(),
        packs: "3, 5, 10, then +10".to_owned(),
        discounts: "10% partner\n20.00 goodwill".to_owned(),
        tax: "19".to_owned(),
        minimum_payment: "300.00".to_owned(),
        overage: "contract".to_owned(),
        overage_proration: "daily".to_owned(),
        uplift: "5".to_owned(),
        cap: "7".to_owned(),
        renewal_seats: "12".to_owned(),
        pays_for: "department: Design".to_owned(),
        fallback: true,
        owner: "Mira Okafor".to_owned(),
        reminder: "licenses@acme.example".to_owned(),
        documents: "Order form = https://acme.example/o?id=7\nTerms = S:\\terms.pdf".to_owned(),
        ..seats("")
    };
    let saved = keep(&window, None, form.clone());
    let again = desk.open(days(0)).purchase_form(APP, saved.id).unwrap();
    assert_eq!(again, saved.form);
    // 10 × 9 + 40 × 8 = 410; − 10 % = 369; − 20 = 349 a month; the tax stays apart.
    assert_eq!(saved.annual.value.unwrap().amount, "4188.00");
    assert_eq!(saved.tax.unwrap().value.unwrap().amount, "66.31");
    let again = keep(&window, Some(saved.id), saved.form.clone());
    assert_eq!(again.form, saved.form, "an edit that changes nothing changes nothing");
}

#[tokio::test]
async fn a_tier_table_with_a_hole_is_refused_beside_its_field() {
    let (_server, _desk, window) = opened().await;
    let form = PurchaseForm { shape: "volume".to_owned(), tiers: "1-10: 9\n12+: 8".to_owned(), ..seats("") };
    let request = PurchasePreviewRequest { app: APP.to_owned(), id: None, form };
    let preview = window.purchase_preview(&request).unwrap();
    assert_eq!(preview.problems.len(), 1, "{:?}", preview.problems);
    assert_eq!(preview.problems[0].field, "tiers");
    assert!(preview.problems[0].message.contains("hole"), "{:?}", preview.problems);
}

#[tokio::test]
async fn a_correction_restates_history_and_a_price_change_leaves_it() {
    let (_server, _desk, window) = opened().await;
    let first = keep(&window, None, seats("8.00"));
    keep(&window, Some(first.id), seats("9.00"));
    let change = |on: &str, form: PurchaseForm| {
        let request = PurchasePriceChangeRequest { app: APP.to_owned(), id: first.id, on: on.to_owned(), form };
        window.purchase_price_change(&request).unwrap()
    };
    for (on, words) in [
        ("2025-04-01", "must be after the effective date, 1 Apr 2025"),
        ("2026-04-01", "must not be after the end date, 31 Mar 2026"),
        ("2025-02-30", "does not exist"),
        ("", "must not be empty"),
    ] {
        let refused = change(on, seats("10.00"));
        assert!(refused.purchase.is_none());
        assert_eq!(refused.problems[0].field, "on");
        assert!(refused.problems[0].message.contains(words), "{:?}", refused.problems);
    }
    let other = PurchaseForm { license_type: "view-only".to_owned(), ..seats("10.00") };
    assert_eq!(change("2025-10-01", other).problems[0].field, "license_type");
    assert_eq!(window.license_details(&of_app().into()).unwrap().purchases.len(), 1);

    let changed = change("2025-10-01", seats("10.00"));
    let (ended, next) = (changed.ended.unwrap(), changed.purchase.unwrap());
    assert_eq!((ended.form.until.as_str(), next.form.from.as_str()), ("2025-09-30", "2025-10-01"));
    assert_eq!((ended.succeeded_by, next.succeeds), (Some(next.id), Some(ended.id)));
    assert!(change("2025-07-01", seats("11.00")).problems[0].message.contains("continues it already"));
    assert_eq!(window.license_details(&of_app().into()).unwrap().findings, [], "neither a gap nor an overlap");

    let versions = window.purchase_versions(&one(first.id)).unwrap().versions;
    let reasons: Vec<_> = versions.iter().map(|version| version.reason).collect();
    assert_eq!(reasons, [Some(VersionReason::PriceChange), Some(VersionReason::Correction), None]);
    assert_eq!(versions[1].changes, ["Cost: 9.00, was 8.00"]);
    assert_eq!(versions[0].changes, ["End date: 2025-09-30, was 2026-03-31"]);
    assert_eq!(versions[2].form.cost, "8.00", "the old version stays readable");
    assert_eq!(window.undo(&of_app()).unwrap().what.unwrap(), "Undone: Change the price of Can-Edit, 50 seats.");
    assert_eq!(window.purchases(APP).unwrap().len(), 1, "the act is taken back as a whole");
    assert_eq!(window.purchase_versions(&one(99)).unwrap_err().code(), "unknown-purchase");
}

#[tokio::test]
async fn a_purchase_is_renewed_with_its_uplift_once() {
    let (_server, _desk, window) = opened().await;
    let old = keep(&window, None, PurchaseForm { uplift: "5".to_owned(), ..seats("9.00") });
    let renew = |id: i64, uplift: &str, preview: bool| {
        let request = PurchaseRenewRequest { app: APP.to_owned(), id, uplift: uplift.to_owned(), preview };
        window.purchase_renew(&request).unwrap()
    };
    let shown = renew(old.id, "", true).purchase.unwrap();
    assert_eq!((shown.id, shown.form.cost.as_str()), (0, "9.45"));
    assert_eq!(window.purchases(APP).unwrap().len(), 1, "a preview keeps nothing");
    assert_eq!(renew(old.id, "-5", false).problems[0].field, "uplift");
    let new = renew(old.id, "10", false).purchase.unwrap();
    assert_eq!((new.form.from.as_str(), new.form.until.as_str()), ("2026-04-01", "2027-03-31"));
    assert_eq!((new.form.cost.as_str(), new.succeeds), ("9.90", Some(old.id)));
    assert!(renew(old.id, "", false).problems[0].message.contains("continues it already"));
    let open = keep(&window, None, PurchaseForm { until: String::new(), ..seats("9.00") });
    assert!(renew(open.id, "", false).problems[0].message.contains("nothing to renew"));
}

#[tokio::test]
async fn seats_are_added_to_end_together_and_a_duplicate_is_found() {
    let (_server, _desk, window) = opened().await;
    let old = keep(&window, None, PurchaseForm { every: "year".to_owned(), ..seats("108.00") });
    let open =
        keep(&window, None, PurchaseForm { until: String::new(), license_type: "view-only".to_owned(), ..seats("1") });
    let add = |id: i64, from: &str, quantity: &str| {
        let (from, quantity) = (from.to_owned(), quantity.to_owned());
        window.purchase_co_terminate(&PurchaseCoTerminateRequest {
            app: APP.to_owned(),
            id,
            from,
            quantity,
            preview: false,
        })
    };
    let wrong = |id: i64, from: &str, quantity: &str| {
        let problems = add(id, from, quantity).unwrap().problems;
        problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
    };
    assert_eq!(wrong(old.id, "", ""), ["from", "quantity"]);
    assert_eq!(wrong(old.id, "2025-06-01", "0"), ["quantity"]);
    assert_eq!(wrong(old.id, "2026-06-01", "10"), ["from"]);
    assert_eq!(wrong(open.id, "2025-06-01", "10"), ["from"], "nothing to end together with");
    assert_eq!(add(99, "2025-06-01", "10").unwrap_err().code(), "unknown-purchase");
    let added = add(old.id, "2025-06-01", "10").unwrap().purchase.unwrap();
    // 10 × 108.00 × 304/365 (spend.md D5).
    assert_eq!(added.term_total.unwrap().value.unwrap().amount, "899.51");
    assert_eq!(window.license_details(&of_app().into()).unwrap().findings, [], "added seats are no overlap");
    window.purchase_duplicate(&one(old.id)).unwrap().purchase.unwrap();
    let findings = window.license_details(&of_app().into()).unwrap().findings;
    assert_eq!(findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["duplicate"]);
}

#[tokio::test]
async fn fees_are_kept_told_and_refused_in_words() {
    let (_server, desk, window) = opened().await;
    let form = FeeForm {
        name: "Premium support".to_owned(),
        amount: "500".to_owned(),
        every: "quarter".to_owned(),
        from: "2025-04-01".to_owned(),
        until: "2026-03-31".to_owned(),
        ..FeeForm::default()
    };
    let preview = |form: FeeForm| window.fee_preview(&FeePreviewRequest { app: APP.to_owned(), form }).unwrap();
    assert_eq!(
        preview(form.clone()).sentence.as_deref(),
        Some("$500.00 quarterly = $2,000.00 a year until 31 Mar 2026")
    );
    let wrong = FeeForm { amount: "-1".to_owned(), until: "2025-02-30".to_owned(), ..form.clone() };
    let fields: Vec<String> = preview(wrong.clone()).problems.into_iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["amount", "until"]);
    let doubtful = preview(FeeForm { amount: "1,234".to_owned(), ..form.clone() });
    assert!(doubtful.warnings[0].message.contains("Amount is understood as $1,234.00"), "{:?}", doubtful.warnings);
    let save = |id: Option<i64>, form: FeeForm| window.fee_save(&FeeSaveRequest { app: APP.to_owned(), id, form });
    assert!(save(None, wrong).unwrap().fee.is_none());
    let fee = save(None, form.clone()).unwrap().fee.unwrap();
    save(Some(fee.id), FeeForm { amount: "600.00".to_owned(), ..fee.form.clone() }).unwrap().fee.unwrap();
    assert_eq!(save(Some(99), form).unwrap_err().code(), "unknown-entry");
    let kept = desk.open(days(0)).fees(&of_app().into()).unwrap();
    assert_eq!(kept.fees[0].annual.value.as_ref().unwrap().amount, "2400.00");
    assert_eq!(kept.undo.as_deref(), Some("Edit fee Premium support"));
    window.undo(&of_app()).unwrap();
    assert_eq!(window.fees(&of_app().into()).unwrap().fees, [fee]);
}

#[tokio::test]
async fn invoices_stand_beside_what_is_computed() {
    let (_server, _desk, window) = opened().await;
    let bought = keep(&window, None, seats("9.00"));
    let form = InvoiceForm {
        number: "2025-118".to_owned(),
        day: "2025-05-02".to_owned(),
        amount: "460.00".to_owned(),
        from: "2025-05-01".to_owned(),
        until: "2025-05-31".to_owned(),
        purchase: Some(bought.id),
        ..InvoiceForm::default()
    };
    let ask = |form: InvoiceForm| {
        window.invoice_preview(&InvoicePreviewRequest { app: APP.to_owned(), id: None, form }).unwrap()
    };
    assert_eq!(ask(InvoiceForm { purchase: None, ..form.clone() }).problems[0].field, "purchase");
    assert_eq!(ask(InvoiceForm { number: String::new(), ..form.clone() }).problems[0].field, "number");
    assert_eq!(ask(form.clone()).compared.unwrap().variance.value.unwrap().amount, "10.00");
    assert!(window.invoices(&of_app().into()).unwrap().invoices.is_empty(), "a preview keeps nothing");
    let save = |form: InvoiceForm| {
        window.invoice_save(&InvoiceSaveRequest { app: APP.to_owned(), id: None, form }).unwrap().invoice.unwrap()
    };
    let kept = save(form.clone());
    assert_eq!(kept.form, InvoiceForm { currency: "USD".to_owned(), ..form.clone() });
    save(InvoiceForm { number: "2025-119".to_owned(), amount: "-10".to_owned(), ..form });
    let view = window.invoices(&of_app().into()).unwrap();
    let compared = &view.compared[0];
    let amounts = [&compared.recorded, &compared.computed, &compared.variance];
    let amounts = amounts.map(|figure| figure.value.as_ref().unwrap().amount.as_str());
    assert_eq!(amounts, ["450.00", "450.00", "0.00"], "a credit note counts against it");
    window.purchase_delete(&one(bought.id)).unwrap();
    let view = window.invoices(&of_app().into()).unwrap();
    assert_eq!((view.compared.len(), view.invoices.len()), (0, 2), "the invoices of a deleted purchase stay");
    assert_eq!(view.invoices[0].purchase_name, format!("Purchase {}, deleted", bought.id));
}

#[tokio::test]
async fn a_rate_that_figures_rest_on_is_restated_only_deliberately_and_is_logged() {
    let (_server, _desk, window) = opened().await;
    let form = |day: &str, rate: &str| RateForm {
        from: "EUR".to_owned(),
        day: day.to_owned(),
        rate: rate.to_owned(),
        source: "ECB".to_owned(),
        ..RateForm::default()
    };
    let save = |id: Option<i64>, form: RateForm, restate: bool| {
        window.rate_save(&RateSaveRequest { id, form, restate }).unwrap()
    };
    for (wrong, field) in [
        (form("2025-10-01", "0"), "rate"),
        (form("2025-10-01", "-1"), "rate"),
        (form("2025-02-30", "1.08"), "day"),
        (RateForm { from: "dollars".to_owned(), ..form("2025-10-01", "1.08") }, "from"),
        (RateForm { from: "USD".to_owned(), ..form("2025-10-01", "1.08") }, "to"),
    ] {
        let refused = save(None, wrong, true);
        assert_eq!(refused.problems[0].field, field, "{:?}", refused.problems);
    }
    let first = save(None, form("2025-10-01", "1.0800"), false).rate.unwrap();
    assert_eq!(first.sentence, "1 EUR = 1.08 USD on 1 Oct 2025 (ECB)");
    assert!(save(None, form("2025-10-01", "1.09"), true).problems[0].message.contains("twice"));

    let asked = save(None, form("2025-10-15", "1.09"), false);
    assert!(asked.rate.is_none() && asked.restates.is_some(), "an older rate was used for that day");
    assert!(save(None, form("2025-10-27", "1.10"), false).rate.is_some(), "today's rate restates no past day");
    let asked = save(Some(first.id), form("2025-10-01", "1.07"), false);
    assert!(asked.restates.unwrap().contains("from 1 Oct 2025 on"));
    assert_eq!(window.rates().unwrap().rates.len(), 2);
    save(Some(first.id), form("2025-10-01", "1.07"), true).rate.unwrap();
    let told = "Restate 1 EUR = 1.07 USD on 1 Oct 2025 (ECB); was 1 EUR = 1.08 USD on 1 Oct 2025 (ECB)";
    assert_eq!(window.rates().unwrap().log[0].what, told);

    assert!(!window.rate_delete(&RateDeleteRequest { id: first.id, restate: false }).unwrap().deleted);
    assert!(window.rate_delete(&RateDeleteRequest { id: first.id, restate: true }).unwrap().deleted);
    assert_eq!(window.rate_delete(&RateDeleteRequest { id: 99, restate: true }).unwrap_err().code(), "unknown-entry");
    window.rates_undo().unwrap();
    window.rates_undo().unwrap();
    let rates = window.rates().unwrap();
    assert!(rates.rates.iter().any(|rate| rate.form.rate == "1.0800"), "{:?}", rates.rates);
    assert_eq!(rates.log.len(), 6, "nothing leaves the log");
    assert!(window.check().unwrap().is_empty());
}

#[tokio::test]
async fn a_draft_is_there_after_a_restart_until_it_is_cleared() {
    let (_server, desk, window) = opened().await;
    let key = || DraftKey { app: APP.to_owned(), key: "purchase".to_owned() };
    assert_eq!(window.draft_get(&key()).unwrap(), None);
    let draft = |body: String| DraftRequest { app: APP.to_owned(), key: "purchase".to_owned(), body };
    window.draft_save(&draft("half typed".to_owned())).unwrap();
    assert_eq!(window.draft_save(&draft("x".repeat(300_000))).unwrap_err().code(), "not-allowed");
    let again = desk.open(days(1));
    assert_eq!(again.draft_get(&key()).unwrap().as_deref(), Some("half typed"));
    again.draft_clear(&key()).unwrap();
    assert_eq!(window.draft_get(&key()).unwrap(), None);
}

#[tokio::test]
async fn gaps_and_overlaps_are_told_beside_the_dates_before_a_purchase_is_saved() {
    let (_server, _desk, window) = opened().await;
    let kept = keep(&window, None, seats("9.00"));
    let warnings = |id: Option<i64>, from: &str, until: &str| {
        let form = PurchaseForm { from: from.to_owned(), until: until.to_owned(), ..seats("9.50") };
        let preview = window.purchase_preview(&PurchasePreviewRequest { app: APP.to_owned(), id, form }).unwrap();
        assert_eq!(preview.problems, Vec::new(), "a warning refuses nothing");
        let dated = preview.warnings.into_iter().filter(|warning| warning.field != "quantity");
        dated.map(|warning| (warning.field, warning.message)).collect::<Vec<_>>()
    };
    assert_eq!(warnings(None, "2026-04-01", "2027-03-31"), [], "it follows without a gap");
    let gap = warnings(None, "2026-04-11", "2027-03-31");
    assert!(gap[0].0 == "from" && gap[0].1.contains("no purchase is in force for 10 days"), "{gap:?}");
    let overlap = warnings(None, "2026-03-15", "2027-03-14");
    assert!(overlap[0].0 == "from" && overlap[0].1.contains("17 days before the one that it follows"), "{overlap:?}");
    let before = warnings(None, "2024-04-01", "2025-03-20");
    assert!(before[0].0 == "until" && before[0].1.contains("11 days"), "{before:?}");
    assert_eq!(warnings(Some(kept.id), "2026-04-11", "2027-03-31"), [], "it is not compared with itself");
    assert!(window.purchases(APP).unwrap().len() == 1, "a preview keeps nothing");
}

#[tokio::test]
async fn a_missing_rate_is_told_with_the_first_day_and_what_needs_it() {
    let (_server, _desk, window) = opened().await;
    let missing = || window.rates().unwrap().missing;
    keep(&window, None, seats("9.00"));
    assert_eq!(missing(), [], "the base currency needs none");
    let euros = |from: &str| PurchaseForm { currency: "EUR".to_owned(), from: from.to_owned(), ..seats("9.00") };
    let bought = keep(&window, None, euros("2025-06-01"));
    keep(&window, None, euros("2025-08-01"));
    let fee = FeeForm {
        name: "Support".to_owned(),
        amount: "500".to_owned(),
        currency: "CHF".to_owned(),
        every: "year".to_owned(),
        from: "2025-04-01".to_owned(),
        ..FeeForm::default()
    };
    window.fee_save(&FeeSaveRequest { app: APP.to_owned(), id: None, form: fee }).unwrap().fee.unwrap();
    let found = missing();
    let told: Vec<_> = found
        .iter()
        .map(|lack| (lack.currency.as_str(), lack.from.as_str(), lack.needed_by.as_str(), lack.others))
        .collect();
    let expected =
        [("CHF", "2025-04-01", "Lucidchart: Support", 0), ("EUR", "2025-06-01", "Lucidchart: Can-Edit, 50 seats", 1)];
    assert_eq!(told, expected);
    assert_eq!((found[0].fee, found[1].purchase, found[1].first_rate.as_deref()), (Some(1), Some(bought.id), None));
    let rate = |from: &str, to: &str, day: &str| {
        let form = RateForm {
            from: from.to_owned(),
            to: to.to_owned(),
            day: day.to_owned(),
            rate: "1.08".to_owned(),
            ..RateForm::default()
        };
        assert!(window.rate_save(&RateSaveRequest { id: None, form, restate: true }).unwrap().rate.is_some());
    };
    rate("EUR", "", "2025-07-01");
    rate("USD", "CHF", "2025-01-01");
    let found = missing();
    assert_eq!((found.len(), found[0].first_rate.as_deref(), found[0].others), (1, Some("2025-07-01"), 0));
    rate("EUR", "", "2025-06-01");
    assert_eq!(missing(), []);
}

#[tokio::test]
async fn a_price_that_changes_within_a_prepaid_year_is_not_charged_twice() {
    let (_server, _desk, window) = opened().await;
    let year = PurchaseForm {
        every: "year".to_owned(),
        from: "2026-01-01".to_owned(),
        until: "2026-12-31".to_owned(),
        overage: "contract".to_owned(),
        true_up: "2026-05-01".to_owned(),
        ..seats("120")
    };
    let old = keep(&window, None, year);
    let change = |cost: &str| PurchasePriceChangeRequest {
        app: APP.to_owned(),
        id: old.id,
        on: "2026-07-01".to_owned(),
        form: PurchaseForm { cost: cost.to_owned(), ..old.form.clone() },
    };
    let changed = window.purchase_price_change(&change("132")).unwrap();
    let new = changed.purchase.unwrap_or_else(|| panic!("{:?}", changed.problems));
    assert_eq!(new.form.true_up, "2026-05-01", "a true-up that is over was counted for all prices of the contract");
    let of = |purchase: &PurchaseView| purchase.term_total.clone().unwrap().value.unwrap().amount;
    let listed = window.purchases(APP).unwrap();
    let total = |id| of(listed.iter().find(|purchase| purchase.id == id).unwrap());
    // 6,000 × 181 ÷ 365 and 6,600 × 184 ÷ 365.
    assert_eq!((total(old.id).as_str(), total(new.id).as_str()), ("2975.34", "3327.12"));
    // An edit of either leaves the contract as it is.
    let edited = PurchaseForm { note: "hi".to_owned(), ..new.form };
    keep(&window, Some(new.id), edited);
    let listed = window.purchases(APP).unwrap();
    assert_eq!(of(listed.iter().find(|purchase| purchase.id == new.id).unwrap()), "3327.12");
    let renewed = window
        .purchase_renew(&PurchaseRenewRequest {
            app: APP.to_owned(),
            id: new.id,
            uplift: String::new(),
            preview: false,
        })
        .unwrap();
    let renewed = renewed.purchase.unwrap();
    let dates = (renewed.form.from.as_str(), renewed.form.until.as_str(), renewed.form.true_up.as_str());
    assert_eq!(dates, ("2027-01-01", "2027-12-31", "2027-05-01"), "a whole year, its true-up day with it");
    let again = keep(&window, Some(renewed.id), PurchaseForm { note: "hi".to_owned(), ..renewed.form });
    assert_eq!(of(&again), "6600.00");
}

#[tokio::test]
async fn added_seats_stay_on_the_days_of_their_plan_after_an_edit() {
    let (_server, _desk, window) = opened().await;
    let plan = keep(&window, None, PurchaseForm { every: "year".to_owned(), ..seats("108") });
    let request = PurchaseCoTerminateRequest {
        app: APP.to_owned(),
        id: plan.id,
        from: "2025-06-01".to_owned(),
        quantity: "10".to_owned(),
        preview: false,
    };
    let added = window.purchase_co_terminate(&request).unwrap().purchase.unwrap();
    let edited = keep(&window, Some(added.id), PurchaseForm { note: "hi".to_owned(), ..added.form });
    let kept = window.purchases(APP).unwrap().into_iter().find(|purchase| purchase.id == edited.id).unwrap();
    assert_eq!(kept.term_total.unwrap().value.unwrap().amount, "899.51", "10 × 108 × 304 ÷ 365");
}
