//! The books on the command line: purchases over time, fees, invoices, rates, one undo, and everything typed wrong.

use serde_json::{Value, json};

use crate::desk::{APP, Desk, server};

/// Adds a purchase of 50 seats from April 2026 to March 2027, with these options besides.
fn add(desk: &Desk, options: &[&str]) -> Value {
    desk.document(&[&purchase(), options].concat())
}

fn purchase() -> Vec<&'static str> {
    let mut words = vec!["purchase", "add", APP, "--type", "can-edit", "--quantity", "50", "--per", "unit"];
    words.extend(["--currency", "USD", "--every", "month", "--from", "2026-04-01", "--until", "2027-03-31"]);
    words
}

fn amount(figure: &Value) -> &str {
    figure["value"]["amount"].as_str().unwrap_or_else(|| panic!("an amount: {figure}"))
}

#[test]
fn a_purchase_takes_every_condition_and_an_edit_keeps_those_that_are_not_named() {
    let server = server(10);
    let desk = Desk::with(&server);
    let tiers = ["--shape", "graduated", "--tiers", "1-10: 9.00", "--tiers", "11+: 8.00"];
    let agreed =
        ["--discount", "10% partner", "--discount", "20.00 goodwill", "--tax", "19", "--uplift", "5", "--cap", "7"];
    let added =
        add(&desk, &[&tiers[..], &agreed, &["--overage", "contract", "--pays-for", "department: Design"]].concat());
    assert_eq!(amount(&added["annual"]), "4188.00", "(10 × 9 + 40 × 8) − 10% − 20, 12 times");
    let edited = desk.document(&["purchase", "edit", APP, "1", "--tax", "7", "--life", ""]);
    assert_eq!(edited["form"]["tiers"], added["form"]["tiers"]);
    assert_eq!(edited["form"]["discounts"], "10% partner\n20.00 goodwill");
    assert_eq!(edited["form"]["tax"], "7%");
    let packs = add(&desk, &["--cost", "9.00", "--packs", "3, 5, 10, then +10", "--commitment", "600"]);
    assert_eq!(amount(&packs["annual"]), "7200.00", "50 × 9.00 = 450.00, but 600.00 at least");
    let once = ["--every", "once", "--cost", "12", "--life", "36"];
    let once = desk.document(&[&["purchase", "edit", APP, "2", "--commitment", "", "--packs", ""][..], &once].concat());
    assert_eq!(once["form"]["once"], "36 months");
    assert_eq!(amount(&once["annual"]), "200.00", "50 × 12.00 over 36 months");
}

#[test]
fn wrong_conditions_are_refused_in_words() {
    let server = server(10);
    let desk = Desk::with(&server);
    for (wrong, words) in [
        (
            &["--shape", "volume", "--tiers", "1-10: 9.00", "--tiers", "12+: 8.00"][..],
            "Tier table has a hole: seats 11 to 11",
        ),
        (&["--shape", "volume", "--tiers", "2+: 9.00"], "Tier table must start at seat 1"),
        (&["--shape", "volume", "--tiers", "1-5: 9.00"], "Tier table must go on without an end"),
        (&["--shape", "pyramid", "--cost", "9"], "Price shape must be one of flat, graduated, volume, base-fee"),
        (
            &["--shape", "volume", "--tiers", "1+: 9.00", "--cost", "9"],
            "Cost must be empty: the tier table has the prices",
        ),
        (&["--cost", "9", "--packs", "5, 3, then +10"], "Packs must climb"),
        (&["--cost", "9", "--discount", "101%"], "must be at most 100%"),
        (&["--cost", "9", "--tax", "-1"], "Tax must not be negative"),
        (&["--cost", "9", "--commitment", "1.234,5678"], "Minimum of a payment"),
        (&["--cost", "9", "--overage", "contract", "--overage-true-up", "2027-02-30"], "True-up date does not exist"),
        (&["--cost", "9", "--overage", "contract", "--overage-true-up", "2028-01-01"], "must be a day of the term"),
        (&["--cost", "9", "--once", "never"], "Spread over must be term, date, or a number of months"),
        (&["--cost", "9", "--pays-for", "everybody"], "must be like department: Sales"),
    ] {
        desk.refusal(&[&purchase(), wrong].concat(), 2, "refused").says(words);
    }
    assert_eq!(desk.document(&["purchase", "list", APP]), json!([]));
    for cost in ["1.234,50", "1,234.50", "$ 1 234.5"] {
        assert_eq!(add(&desk, &["--cost", cost])["form"]["cost"], "1234.50", "{cost}");
    }
}

#[test]
fn who_is_responsible_and_where_the_documents_are_is_kept_told_and_taken_back() {
    let server = server(10);
    let desk = Desk::with(&server);
    let papers = [
        &["--cost", "9.00", "--owner", "Mira Okafor", "--reminder", "licenses@acme.example"][..],
        &["--document", "Order form=https://acme.example/order?id=1017", "--document", "Terms = S:\\terms.pdf"],
    ];
    let form = &add(&desk, &papers.concat())["form"];
    assert_eq!(
        json!([form["owner"], form["reminder"], form["documents"]]),
        json!([
            "Mira Okafor",
            "licenses@acme.example",
            "Order form = https://acme.example/order?id=1017\nTerms = S:\\terms.pdf"
        ])
    );
    for (wrong, words) in [
        (&["--reminder", "mira"][..], "Reminder address must be one e-mail address like mira@acme.example"),
        (&["--document", "https://acme.example/a?b=c"], "needs a name before the link"),
        (&["--document", "Order form"], "must be like Order form = https://acme.example/order.pdf"),
    ] {
        desk.refusal(&[&["purchase", "edit", APP, "1"][..], wrong].concat(), 2, "refused").says(words);
    }
    desk.document(&["purchase", "edit", APP, "1", "--owner", "jo@acme.example", "--document", ""]);
    let history = desk.document(&["purchase", "history", APP, "1"]);
    assert_eq!(
        history[0]["changes"],
        json!([
            "Owner: jo@acme.example, was Mira Okafor",
            "Documents: nothing, was Order form = https://acme.example/order?id=1017; Terms = S:\\terms.pdf"
        ])
    );
    let renewed = desk.document(&["purchase", "renew", APP, "1"]);
    assert_eq!(renewed["form"]["owner"], "jo@acme.example");
    desk.says(&["undo", APP]);
    desk.says(&["undo", APP]);
    assert_eq!(desk.document(&["purchase", "list", APP])[0]["form"]["owner"], "Mira Okafor");
    let renewal = &desk.document(&["renewals", APP])[0];
    assert_eq!((&renewal["owner"], &renewal["reminder"]), (&json!("Mira Okafor"), &json!("licenses@acme.example")));
    assert!(desk.says(&["renewals", APP]).contains("Mira Okafor, licenses@acme.example"));
}

#[test]
fn a_price_change_a_renewal_and_seats_that_end_together_are_each_one_undo() {
    let server = server(10);
    let desk = Desk::with(&server);
    add(&desk, &["--cost", "9.00", "--uplift", "5"]);
    let edit = ["purchase", "edit", APP, "1", "--cost", "10.00"];
    desk.refusal(&[&edit[..], &["--reason", "price-change"]].concat(), 2, "usage");
    desk.refusal(&[&edit[..], &["--on", "2026-10-01"]].concat(), 2, "refused").says("A correction has no day");
    let changing = |day| desk.refusal(&[&edit[..], &["--reason", "price-change", "--on", day]].concat(), 2, "refused");
    changing("2026-04-01").says("must be after the effective date, 1 Apr 2026");
    changing("2026-03-01").says("must be after the effective date, 1 Apr 2026");
    changing("2027-02-30").says("does not exist");
    let changed = desk.document(&[&edit[..], &["--reason", "price-change", "--on", "2026-10-01"]].concat());
    assert_eq!(changed["ended"]["form"]["until"], "2026-09-30");
    assert_eq!(changed["purchase"]["succeeds"], 1);
    let history = desk.document(&["purchase", "history", APP, "1"]);
    assert_eq!(history[0]["reason"], "price-change");
    assert_eq!(history[1]["sentence"], "50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027");
    assert!(desk.says(&["purchase", "history", APP, "1"]).contains("End date: 2026-09-30, was 2027-03-31"));

    let renewed = desk.document(&["purchase", "renew", APP, "2"]);
    assert_eq!(
        (renewed["form"]["from"].as_str(), renewed["form"]["cost"].as_str()),
        (Some("2027-04-01"), Some("10.50"))
    );
    desk.refusal(&["purchase", "renew", APP, "2"], 2, "refused").says("continues it already");
    let open =
        ["purchase", "add", APP, "--type", "view-only", "--quantity", "5", "--every", "month", "--from", "2026-04-01"];
    desk.document(&open);
    desk.refusal(&["purchase", "renew", APP, "4"], 2, "refused").says("It has no end, so there is nothing to renew");
    let together = ["--quantity", "10", "--from", "2026-06-01"];
    desk.refusal(&[&["purchase", "co-terminate", APP, "4"], &together[..]].concat(), 2, "refused")
        .says("nothing to end together with");
    desk.refusal(&[&["purchase", "co-terminate", APP, "99"], &together[..]].concat(), 2, "unknown-purchase");
    desk.document(&[&["purchase", "co-terminate", APP, "3", "--quantity", "10", "--from", "2027-06-01"][..]].concat());
    desk.document(&["purchase", "duplicate", APP, "1"]);
    let undone: Vec<String> = (0..6).map(|_| desk.document(&["undo", APP])["what"].to_string()).collect();
    for (undone, verb) in undone.iter().zip(["Duplicate", "Co-terminate", "Add", "Renew", "Change the price of", "Add"])
    {
        assert!(undone.contains(verb), "{undone} is {verb}");
    }
    assert_eq!(desk.document(&["purchase", "list", APP]), json!([]));
    assert_eq!(desk.document(&["undo", APP]), json!({ "what": null }));
    desk.says(&["check"]);
}

#[test]
fn a_fee_is_corrected_or_its_price_changes_on_a_day_and_every_version_stays_readable() {
    let server = server(10);
    let desk = Desk::with(&server);
    let add = ["fee", "add", APP, "--name", "Support", "--amount", "365", "--every", "year", "--currency", "USD"];
    desk.document(&[&add[..], &["--proration", "none", "--from", "2026-01-01", "--until", "2026-12-31"]].concat());
    let edit = ["fee", "edit", APP, "1", "--amount", "730"];
    desk.refusal(&[&edit[..], &["--reason", "price-change"]].concat(), 2, "usage");
    desk.refusal(&[&edit[..], &["--on", "2026-07-01"]].concat(), 2, "refused").says("A correction has no day");
    for (on, words) in [
        ("2026-01-01", "Date of the change must be after the first day, 1 Jan 2026: correct the fee"),
        ("2027-01-01", "Date of the change must not be after the last day, 31 Dec 2026: add a fee instead"),
        ("2026-02-30", "Date of the change does not exist"),
    ] {
        desk.refusal(&[&edit[..], &["--reason", "price-change", "--on", on]].concat(), 2, "refused").says(words);
    }
    let changed = desk.document(&[&edit[..], &["--reason", "price-change", "--on", "2026-07-01"]].concat());
    assert_eq!(changed["ended"]["form"]["until"], "2026-06-30");
    assert_eq!(json!([changed["fee"]["succeeds"], changed["ended"]["succeeded_by"]]), json!([1, 2]));
    desk.refusal(&[&edit[..], &["--reason", "price-change", "--on", "2026-03-01"]].concat(), 2, "refused")
        .says("Fee 2 continues it already");
    let months = ["spend", APP, "--by", "month", "--from", "2026-01-01", "--to", "2026-12-31"];
    let cash = desk.document(&[&months[..], &["--basis", "cash"]].concat());
    let total = |told: &Value, month: usize| told["periods"][month]["total"].clone();
    assert_eq!([total(&cash, 0), total(&cash, 6), cash["total"].clone()], ["365.00", "184.00", "549.00"]);
    let accrual = desk.document(&[&months[..], &["--basis", "accrual"]].concat());
    assert_eq!([total(&accrual, 5), total(&accrual, 6), accrual["total"].clone()], ["30.00", "62.00", "549.00"]);
    desk.document(&["fee", "edit", APP, "2", "--amount", "700", "--note", "per contract"]);
    let history = desk.document(&["fee", "history", APP, "2"]);
    assert_eq!(json!([history[0]["reason"], history[1]["reason"]]), json!(["correction", "price-change"]));
    assert_eq!(history[0]["changes"], json!(["Amount: 700.00, was 730.00", "Notes: per contract, was nothing"]));
    let spoken = desk.says(&["fee", "history", APP, "1"]);
    assert!(spoken.contains("Last day: 2026-06-30, was 2026-12-31"), "{spoken}");
    desk.refusal(&["fee", "history", APP, "9"], 2, "unknown-entry");
    desk.says(&["undo", APP]);
    desk.says(&["undo", APP]);
    let fees = desk.document(&["fee", "list", APP]);
    assert_eq!((fees.as_array().unwrap().len(), &fees[0]["form"]["until"]), (1, &json!("2026-12-31")));
    desk.says(&["check"]);
}

#[test]
fn fees_and_invoices_are_entered_listed_and_taken_back() {
    let server = server(10);
    let desk = Desk::with(&server);
    let fee = ["fee", "add", APP, "--name", "Support", "--from", "2026-04-01"];
    for (wrong, words) in [
        (&["--every", "quarter"][..], "Amount must not be empty"),
        (&["--every", "quarter", "--amount", "-5"], "Amount must not be negative"),
        (&["--every", "quarter", "--amount", "5", "--until", "2026-02-30"], "End date does not exist"),
        (&["--amount", "5", "--every", "fortnight"], "Payment frequency must be one of"),
    ] {
        desk.refusal(&[&fee[..], wrong].concat(), 2, "refused").says(words);
    }
    let added = desk.document(&[&fee[..], &["--every", "quarter", "--amount", "1.234,50"]].concat());
    assert_eq!(amount(&added["annual"]), "4938.00");
    desk.document(&["fee", "edit", APP, "1", "--amount", "500", "--in-cost-per-account", "no"]);
    let fees = desk.document(&["fee", "list", APP]);
    assert_eq!(fees[0]["form"]["in_cost_per_account"], false);
    assert_eq!(fees[0]["sentence"], "$500.00 quarterly = $2,000.00 a year");
    desk.refusal(&["fee", "delete", APP, "7"], 2, "unknown-entry").says("There is no fee 7.");
    desk.document(&["fee", "delete", APP, "1"]);
    assert!(desk.says(&["undo", APP]).contains("Undone: Delete fee Support."));

    add(&desk, &["--cost", "9.00"]);
    let invoice = ["invoice", "add", APP, "--purchase", "1", "--number", "2026-118", "--day", "2026-05-02"];
    let period = ["--from", "2026-05-01", "--until", "2026-05-31"];
    desk.refusal(&[&invoice[..], &["--amount", "x"]].concat(), 2, "refused").says("Amount must be an amount");
    let told = desk.run(&[&invoice[..], &["--amount", "460.00"], &period].concat());
    assert!(told.stderr.contains("The invoices bill $10.00 more than the purchase says."), "{told:?}");
    let listed = desk.document(&["invoice", "list", APP]);
    assert_eq!(amount(&listed["compared"][0]["variance"]), "10.00");
    let edited = desk.run(&["invoice", "edit", APP, "1", "--amount", "450.00"]);
    assert!(edited.stdout.contains("Invoice 2026-118: 450.00 USD") && !edited.stderr.contains("more"), "{edited:?}");
    let invoice = &desk.document(&["invoice", "list", APP])["invoices"][0];
    assert_eq!((&invoice["form"]["from"], &invoice["form"]["number"]), (&json!("2026-05-01"), &json!("2026-118")));
    desk.refusal(&["invoice", "edit", APP, "1", "--number", ""], 2, "refused").says("copy it from the invoice");
    desk.refusal(&["invoice", "edit", APP, "8", "--amount", "1"], 2, "unknown-entry").says("There is no invoice 8.");
    assert!(desk.says(&["undo", APP]).contains("Edit invoice 2026-118"));
    desk.document(&["invoice", "delete", APP, "1"]);
    assert_eq!(desk.document(&["invoice", "list", APP])["invoices"], json!([]));
    desk.says(&["undo", APP]);
    assert_eq!(desk.document(&["invoice", "list", APP])["invoices"][0]["form"]["number"], "2026-118");
    desk.says(&["check"]);
}

#[test]
fn a_rate_is_refused_asked_back_or_kept() {
    let server = server(10);
    let desk = Desk::with(&server);
    let rate = |day, number| ["rate", "add", "--from", "EUR", "--day", day, "--source", "ECB", "--rate", number];
    desk.refusal(&rate("2025-10-01", "0"), 2, "refused").says("Rate must be more than 0");
    desk.refusal(&rate("2025-10-01", "much"), 2, "refused").says("Rate must be a number like 1.0842");
    desk.refusal(&rate("2025-02-30", "1.08"), 2, "refused").says("Date does not exist");
    let kept = desk.document(&rate("2025-10-01", "1,08"));
    assert_eq!(kept["sentence"], "1 EUR = 1.08 USD on 1 Oct 2025 (ECB)");
    desk.refusal(&rate("2025-11-01", "1.09"), 2, "refused").says("Add --restate if that is meant");
    desk.document(&[&rate("2025-11-01", "1.09")[..], &["--restate"]].concat());
    desk.refusal(&["rate", "delete", "1"], 2, "refused").says("restates figures in EUR and USD from 1 Oct 2025 on");
    desk.refusal(&["rate", "delete", "9", "--restate"], 2, "unknown-entry");
    desk.document(&["rate", "delete", "1", "--restate"]);
    assert!(desk.document(&["rate", "undo"])["what"].as_str().unwrap().contains("deleted"));
    let rates = desk.document(&["rate", "list"]);
    assert_eq!(rates["rates"].as_array().unwrap().len(), 2);
    assert_eq!(rates["log"].as_array().unwrap().len(), 4, "adding, restating, deleting, undoing");
    desk.says(&["check"]);
}

#[test]
fn rates_of_every_kind_are_kept_and_the_choice_among_them_is_a_restatement() {
    let server = server(10);
    let desk = Desk::with(&server);
    let bought = ["--type", "can-edit", "--quantity", "10", "--cost", "100", "--per", "unit", "--every", "year"];
    let term = ["--currency", "EUR", "--from", "2025-01-01", "--until", "2025-12-31"];
    desk.says(&[&["purchase", "add", APP][..], &bought, &term].concat());
    let rate = |kind, day, number| ["rate", "add", "--from", "EUR", "--kind", kind, "--day", day, "--rate", number];
    desk.document(&rate("day", "2025-01-01", "1.1"));
    let average = desk.document(&rate("month-average", "2025-10", "1.2"));
    assert_eq!(average["sentence"], "1 EUR = 1.2 USD, average of Oct 2025");
    let budget = desk.document(&rate("budget", "2025-01-01", "1.3"));
    assert_eq!(budget["sentence"], "1 EUR = 1.3 USD, budget 1 Jan 2025 to 31 Dec 2025");
    desk.refusal(&rate("weekly", "2025-01-01", "1"), 2, "refused")
        .says("Kind must be one of day, month-average, budget");
    let committed = || {
        let spend = desk.document(&["spend", APP, "--as-of", "2025-10-15"]);
        let bases = spend["bases"].as_array().unwrap();
        bases.iter().find(|basis| basis["key"] == "committed-annual").unwrap().clone()
    };
    assert_eq!(committed()["amount"], "1100.00");
    assert_eq!(desk.document(&["rate", "policy"])["policy"], "figure-day");
    let refused = desk.refusal(&["rate", "policy", "month-average"], 2, "refused");
    refused.says("Add --restate if that is meant");
    desk.refusal(&["rate", "policy", "yesterday", "--restate"], 2, "not-allowed");
    assert_eq!(committed()["amount"], "1100.00");
    for (policy, amount) in
        [("month-average", "1200.00"), ("budget", "1300.00"), ("contract-day", "1100.00"), ("invoice-day", "1100.00")]
    {
        assert_eq!(desk.document(&["rate", "policy", policy, "--restate"])["policy"], policy);
        assert_eq!(committed()["amount"], amount, "{policy}");
    }
    desk.document(&["rate", "policy", "month-average", "--restate"]);
    desk.document(&["rate", "edit", "2", "--day", "2025-09", "--restate"]);
    assert_eq!(committed()["amount"], Value::Null);
    let why = committed()["caveat"].as_str().unwrap().to_owned();
    assert!(why.contains("There is no average rate from EUR to USD of Oct 2025"), "{why}");
    let log = &desk.document(&["rate", "list"])["log"];
    assert!(log.to_string().contains("Restate amounts in other currencies: budget rates, was month averages"), "{log}");
    desk.says(&["check"]);
}

#[test]
fn an_invoice_in_another_currency_is_compared_with_the_rate_of_its_day() {
    let server = server(10);
    let desk = Desk::with(&server);
    let bought = ["--type", "can-edit", "--quantity", "10", "--cost", "100", "--per", "unit", "--every", "year"];
    let term = ["--currency", "USD", "--from", "2025-01-01", "--until", "2025-12-31"];
    desk.says(&[&["purchase", "add", APP][..], &bought, &term].concat());
    let amount = ["--day", "2025-01-03", "--from", "2025-01-01", "--amount", "900", "--currency", "EUR"];
    let told = desk.run(&[&["invoice", "add", APP, "--purchase", "1", "--number", "R-1"][..], &amount].concat());
    assert!(told.stderr.contains("There is no rate from EUR to USD on or before 3 Jan 2025"), "{told:?}");
    let recorded = || desk.document(&["invoice", "list", APP])["compared"][0]["recorded"].clone();
    assert!(
        recorded().to_string().contains("There is no rate from EUR to USD on or before 3 Jan 2025"),
        "{}",
        recorded()
    );
    desk.document(&["rate", "add", "--from", "EUR", "--day", "2025-01-02", "--rate", "1.1"]);
    assert!(recorded().to_string().contains("990.00"), "{}", recorded());
}

#[test]
fn a_headcount_tells_the_cost_per_employee_until_it_is_deleted() {
    let server = server(10);
    let desk = Desk::with(&server);
    let bought = ["--type", "can-edit", "--quantity", "10", "--cost", "100", "--per", "unit", "--every", "year"];
    let term = ["--currency", "USD", "--from", "2025-01-01", "--until", "2025-12-31"];
    desk.says(&[&["purchase", "add", APP][..], &bought, &term].concat());
    let cost = || {
        let spend = desk.document(&["spend", APP, "--as-of", "2025-10-15"]);
        let bases = spend["bases"].as_array().unwrap();
        bases.iter().find(|basis| basis["key"] == "cost-per-employee").unwrap().clone()
    };
    assert_eq!(cost()["amount"], Value::Null, "not 0");
    assert!(cost()["caveat"].as_str().unwrap().contains("There is no headcount on or before 15 Oct 2025"));
    desk.refusal(&["headcount", "set", "0"], 2, "refused").says("Employees must be at least 1");
    desk.refusal(&["headcount", "set", "-5"], 2, "refused").says("Employees must not be negative");
    let kept = desk.document(&["headcount", "set", "250", "--day", "2025-10-01"]);
    assert_eq!((kept["people"].as_u64(), kept["day"].as_str()), (Some(250), Some("2025-10-01")));
    assert_eq!(cost()["amount"], "4.00");
    let explained = desk.says(&["spend", APP, "--as-of", "2025-10-15", "--explain"]);
    for told in ["$1,000.00 ÷ 250 employees", "Headcount of 1 Oct 2025 = 250"] {
        assert!(explained.contains(told), "{explained}");
    }
    desk.document(&["headcount", "set", "200", "--day", "2025-10-01"]);
    let all = desk.document(&["headcount", "list"]);
    assert_eq!((all.as_array().unwrap().len(), all[0]["people"].as_u64()), (1, Some(200)), "one a day");
    assert!(desk.says(&["headcount", "list"]).contains("200"));
    desk.document(&["headcount", "delete", "1"]);
    desk.refusal(&["headcount", "delete", "1"], 2, "unknown-entry").says("There is no headcount 1.");
    assert_eq!(cost()["amount"], Value::Null);
    desk.says(&["undo", APP]);
    assert_eq!(cost()["amount"], "5.00");
    desk.says(&["check"]);
}

#[test]
fn a_rate_is_edited_only_deliberately_and_the_log_keeps_what_it_was() {
    let server = server(10);
    let desk = Desk::with(&server);
    desk.document(&["rate", "add", "--from", "EUR", "--day", "2025-10-01", "--source", "ECB", "--rate", "1.08"]);
    let edit = ["rate", "edit", "1", "--rate", "1.07"];
    desk.refusal(&edit, 2, "refused").says("restates figures in EUR and USD from 1 Oct 2025 on");
    assert_eq!(desk.document(&["rate", "list"])["rates"][0]["form"]["rate"], "1.08", "nothing was changed");
    let edited = desk.document(&[&edit[..], &["--restate"]].concat());
    assert_eq!(edited["sentence"], "1 EUR = 1.07 USD on 1 Oct 2025 (ECB)", "what is not named stays");
    let log = &desk.document(&["rate", "list"])["log"];
    assert!(log[0]["what"].as_str().unwrap().contains("was 1 EUR = 1.08 USD"), "{log}");
    desk.document(&["rate", "edit", "1", "--source", "Bundesbank"]);
    desk.refusal(&["rate", "edit", "1", "--rate", "0", "--restate"], 2, "refused").says("Rate must be more than 0");
    desk.refusal(&["rate", "edit", "9", "--rate", "1"], 2, "unknown-entry").says("There is no rate 9.");
    desk.says(&["check"]);
}
