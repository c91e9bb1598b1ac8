//! License Details: a tiered purchase, a fee, an invoice that differs, a correction, a new price, undo, and a draft that
//! a restart does not lose.

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::purchases::PurchaseView;
use lucid_sim::{Config, Server};

use crate::axe;
use crate::desktop::elsewhere;
use crate::keyboard::reaches;
use crate::main_job::connect;
use crate::window::Window;

fn lucid() -> AppRequest {
    AppRequest { app: "lucidchart".to_owned() }
}

fn purchases(books: &Seatledger) -> Vec<PurchaseView> {
    books.purchases("lucidchart").expect("the purchases")
}

/// Ten seats at $12, each further one at $9, a month.
async fn type_tiers(window: &Window) {
    window.click("purchase-add").await;
    window.choose("field-license-type", "can-edit").await;
    window.fill("field-quantity", "30").await;
    window.choose("field-every", "month").await;
    window.fill("field-from", "2026-01-01").await;
    window.click("more-conditions").await;
    window.choose("field-shape", "graduated").await;
    for (field, text) in [("tier-0-from", "1"), ("tier-0-to", "10"), ("tier-0-price", "12")] {
        window.fill(field, text).await;
    }
    window.click("tier-add").await;
    for (field, text) in [("tier-1-from", "11"), ("tier-1-price", "9")] {
        window.fill(field, text).await;
    }
    window.reads("preview-annual", |text| text.contains("$3,600.00")).await;
}

/// Who is responsible, who is reminded, and where a document is, which can be copied.
async fn type_paperwork(window: &Window) {
    window.fill("field-reminder", "licenses@acme").await;
    window.fill("field-owner", "Mira Okafor").await;
    window.reads("field-reminder-problem", |text| text.contains("one e-mail address")).await;
    window.fill("field-reminder", "licenses@acme.example").await;
    window.is_gone("field-reminder-problem").await;
    window.click("document-add").await;
    window.fill("document-0-label", "Order form").await;
    window.fill("document-0-reference", "https://acme.example/order?id=1017").await;
    window.click("document-0-copy").await;
    window.reads("toaster", |text| text.contains("Copied where Order form is")).await;
    window.find("field-name").await.focus().await.expect("the field takes the focus");
    window.control('v').await;
    window
        .until("what was copied is pasted", || async {
            (window.value("field-name").await == "https://acme.example/order?id=1017").then_some(())
        })
        .await;
    window.fill("field-name", "Main").await;
    let beyond = window.run("return document.scrollingElement.scrollHeight - innerHeight").await;
    assert_eq!(beyond, 0, "only the form scrolls, not the whole window");
}

async fn save(window: &Window, form: &str) {
    window.click(&format!("{form}-save")).await;
    window.is_gone(&format!("{form}-panel")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_licenses_cost_is_entered_corrected_and_taken_back() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    window.click("tab-licenses").await;
    type_tiers(&window).await;
    type_paperwork(&window).await;
    axe::from_every_side(&window, "Tiered purchase").await;
    reaches(
        &window,
        &[
            "field-license-type",
            "field-shape",
            "tier-0-to",
            "tier-1-price",
            "tier-add",
            "field-packs",
            "packs-lucid",
            "discount-add",
            "field-minimum-payment",
            "field-overage",
            "field-uplift",
            "field-note",
            "field-owner",
            "field-reminder",
            "document-0-label",
            "document-0-copy",
            "document-add",
            "purchase-save",
        ],
    )
    .await;
    save(&window, "purchase").await;
    let books = elsewhere(&window.desk.data_dir());
    let bought = purchases(&books);
    let [purchase] = bought.as_slice() else { panic!("one purchase: {bought:?}") };
    assert_eq!(purchase.annual.value.as_ref().map(|money| money.amount.as_str()), Some("3600.00"));
    let form = &purchase.form;
    assert_eq!(
        [form.owner.as_str(), &form.reminder, &form.documents],
        ["Mira Okafor", "licenses@acme.example", "Order form = https://acme.example/order?id=1017"]
    );
    window.reads("purchase-paperwork-1", |text| text == "Mira Okafor, 1 document").await;
    let id = purchase.id;

    window.click("fee-add").await;
    window.fill("field-fee-name", "Onboarding").await;
    window.fill("field-fee-amount", "500").await;
    window.fill("field-fee-from", "2026-01-01").await;
    window.reads("fee-sentence", |text| text.contains("$500.00")).await;
    axe::from_every_side(&window, "Fee").await;
    save(&window, "fee").await;
    assert_eq!(books.fees(&lucid().into()).expect("the fees").fees.len(), 1);

    reprice_fee(&window, &books).await;

    // One payment of $300 is due on the first of January; the vendor billed ten dollars less.
    window.click("invoice-add").await;
    for (field, text) in [
        ("field-invoice-number", "INV-1"),
        ("field-invoice-day", "2026-01-01"),
        ("field-invoice-amount", "290"),
        ("field-invoice-from", "2026-01-01"),
        ("field-invoice-until", "2026-01-31"),
    ] {
        window.fill(field, text).await;
    }
    window.reads("invoice-preview-variance", |text| text.contains("−$10.00")).await;
    axe::from_every_side(&window, "Invoice").await;
    reaches(&window, &["field-invoice-purchase", "field-invoice-number", "field-invoice-until", "invoice-save"]).await;
    save(&window, "invoice").await;
    window.reads(&format!("variance-{id}"), |text| text.contains("−$10.00")).await;
    let compared = books.invoices(&lucid().into()).expect("the invoices").compared;
    assert_eq!(compared[0].variance.value.as_ref().map(|money| money.amount.as_str()), Some("-10.00"));

    correct_and_reprice(&window, &books, id).await;
    axe::from_every_side(&window, "License Details in full").await;
    window.nothing_was_blocked().await;
    window.close().await;
}

/// A fee asks why, too: a new price starts a second one, and every version stays readable.
async fn reprice_fee(window: &Window, books: &Seatledger) {
    window.click("fee-open-1").await;
    window.choose("field-fee-every", "month").await;
    window.fill("field-fee-amount", "600").await;
    window.click("fee-save").await;
    window.reads("fee-summary", |text| text.contains("mistake")).await;
    window.pick("field-reason-price-change").await;
    window.fill("field-on", "2026-01-01").await;
    window.click("fee-save").await;
    window.reads("fee-summary", |text| text.contains("after the first day, 1 Jan 2026")).await;
    window.fill("field-on", "2026-07-01").await;
    axe::from_every_side(window, "Fee at a new price").await;
    save(window, "fee").await;
    window.reads("fee-row-1", |text| text.contains("continued from")).await;
    let fees = books.fees(&lucid().into()).expect("the fees").fees;
    let told: Vec<_> =
        fees.iter().map(|fee| (fee.form.amount.as_str(), fee.form.from.as_str(), fee.succeeds)).collect();
    assert_eq!(told, [("600.00", "2026-07-01", Some(1)), ("500.00", "2026-01-01", None)]);
    window.click("fee-menu-1").await;
    window.click("fee-menu-1-history").await;
    window.reads("version-2", |text| text.contains("Last day: 2026-06-30, was nothing")).await;
    axe::from_every_side(window, "History of a fee").await;
    window.press("\u{e00c}").await;
    window.is_gone("history-panel").await;
    window.click("undo").await;
    window.is_gone("fee-row-2").await;
}

/// A correction changes the past; a new price starts a second purchase; Undo takes that back.
async fn correct_and_reprice(window: &Window, books: &Seatledger, id: i64) {
    window.click(&format!("purchase-open-{id}")).await;
    window.fill("field-quantity", "40").await;
    window.click("purchase-save").await;
    window.reads("purchase-summary", |text| text.contains("mistake")).await;
    window.pick("field-reason-correction").await;
    save(window, "purchase").await;
    window.reads(&format!("purchase-annual-{id}"), |text| text.contains("$4,680.00")).await;
    assert_eq!(purchases(books).len(), 1, "a correction stays one purchase");

    window.click(&format!("purchase-open-{id}")).await;
    window.pick("field-reason-price-change").await;
    window.fill("field-on", "2026-07-01").await;
    window.click("more-conditions").await;
    window.fill("tier-1-price", "8").await;
    axe::from_every_side(window, "Price changed").await;
    save(window, "purchase").await;
    window.until("the new price is a purchase", || async { (purchases(books).len() == 2).then_some(()) }).await;
    let both = purchases(books);
    let (old, new) = both.iter().partition::<Vec<_>, _>(|one| one.id == id);
    assert_eq!((old[0].form.until.as_str(), new[0].form.from.as_str()), ("2026-06-30", "2026-07-01"));
    assert_eq!(new[0].succeeds, Some(id));
    window.reads(&format!("purchase-annual-{}", new[0].id), |text| text.contains("$4,320.00")).await;

    window.click("undo").await;
    window.is_gone(&format!("purchase-row-{}", new[0].id)).await;
    let left = purchases(books);
    assert_eq!((left.len(), left[0].form.until.as_str()), (1, ""), "the old purchase goes on as before");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_and_not_saved_is_there_after_a_restart() {
    let server = Server::start(Config::of(40, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    window.click("tab-licenses").await;
    type_tiers(&window).await;
    window.fill("field-name", "Half typed").await;
    let books = elsewhere(&window.desk.data_dir());
    let key = app::view::drafts::DraftKey { app: "lucidchart".to_owned(), key: "license-details".to_owned() };
    window
        .until("the draft is kept", || async {
            books.draft_get(&key).expect("the drafts").filter(|body| body.contains("Half typed"))
        })
        .await;
    assert_eq!(purchases(&books), []);
    drop(books);

    let window = window.reopen().await;
    window.click("app-link-lucidchart").await;
    window.click("tab-licenses").await;
    window.click("draft-new").await;
    window.find("draft-resumed").await;
    assert_eq!(window.value("field-name").await, "Half typed");
    window.reads("preview-annual", |text| text.contains("$3,600.00")).await;
    axe::from_every_side(&window, "Restored draft").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window.nothing_was_blocked().await;
    window.close().await;
}
