//! Spend in every situation that has no simple number: unknown, free, mixed, unlimited, over-assigned, in other currencies.

use lucid_sim::Server;
use serde_json::{Value, json};

use crate::desk::{APP, Desk, server};
use crate::truth::{self, whole};

struct Account {
    desk: Desk,
    editing: u64,
    viewing: u64,
    _server: Server,
}

fn account() -> Account {
    let server = server(50);
    let desk = Desk::with(&server);
    let (editing, viewing) = truth::seats(&server);
    Account { desk, editing, viewing, _server: server }
}

impl Account {
    fn buy(&self, what: &str, quantity: &str, price: &[&str]) -> &Self {
        let from = if price.contains(&"--from") { &[][..] } else { &["--from", "2024-01-01"] };
        let add = ["purchase", "add", APP, "--type", what, "--quantity", quantity];
        self.desk.says(&[&add[..], from, price].concat());
        self
    }

    fn set(&self, what: &str, change: &[&str]) -> &Self {
        self.desk.says(&[&["license", "set", APP, what], change].concat());
        self
    }

    fn spend(&self) -> Value {
        self.desk.document(&["spend", APP])
    }

    fn line(&self, what: &str) -> Value {
        let spend = self.spend();
        spend["by_license_type"].as_array().unwrap().iter().find(|line| line["license_type"] == what).unwrap().clone()
    }
}

const YEARLY: [&str; 4] = ["--per", "unit", "--every", "year"];

fn picked(object: &Value, fields: &[&str]) -> Value {
    json!(fields.iter().map(|field| object[*field].clone()).collect::<Vec<_>>())
}

const TOTALS: [&str; 5] = ["currency", "billable_annual", "committed_annual", "waste_annual", "unpriced_license_types"];
const SEATS: [&str; 3] = ["purchased", "unassigned", "over_assigned"];
const AMOUNTS: [&str; 3] = ["unit_annual", "billable_annual", "committed_annual"];

#[test]
fn without_a_price_nothing_is_claimed() {
    let account = account();
    let spend = account.spend();
    assert_eq!(picked(&spend, &TOTALS[..3]), json!([null, null, null]));
    assert_eq!(spend["unpriced_license_types"], json!(["can-edit"]));
    account.buy("can-edit", "60", &["--every", "month"]);
    assert_eq!(
        picked(&account.spend(), &TOTALS),
        json!([null, null, null, null, ["can-edit"]]),
        "a blank price is not 0"
    );
    assert_eq!(picked(&account.line("can-edit"), &AMOUNTS), json!([null, null, null]));
    let told = account.desk.run(&["spend", APP]);
    assert!(told.stdout.contains("Can-Edit"), "{told:?}");
    assert!(!told.stdout.contains("$0.00  1 license type"), "{told:?}");
    assert!(told.stdout.contains("1 license type has no price: Can-Edit."), "{told:?}");
}

#[test]
fn a_type_without_a_price_is_named_beside_the_total_of_the_others() {
    let account = account();
    account.set("view-only", &["--billable", "yes"]).buy("can-edit", "60", &[&YEARLY[..], &["--cost", "100"]].concat());
    let spend = account.spend();
    assert_eq!(picked(&spend, &["currency", "billable_annual"]), json!(["USD", whole(account.editing * 100)]));
    assert_eq!(spend["unpriced_license_types"], json!(["view-only"]));
    assert_eq!(spend["billable_accounts"], account.editing + account.viewing);
    account.set("view-only", &["--free"]);
    let spend = account.spend();
    assert_eq!(spend["unpriced_license_types"], json!([]), "free is a known 0");
    assert_eq!(picked(&account.line("view-only"), &AMOUNTS), json!(["0.00", "0.00", "0.00"]));
    assert_eq!(spend["billable_annual"], whole(account.editing * 100));
}

#[test]
fn currencies_are_never_added() {
    let account = account();
    account.set("view-only", &["--billable", "yes"]);
    account.buy("can-edit", "60", &[&YEARLY[..], &["--cost", "100", "--currency", "USD"]].concat());
    account.buy("view-only", "60", &[&YEARLY[..], &["--cost", "20", "--currency", "EUR"]].concat());
    assert_eq!(picked(&account.spend(), &TOTALS), json!([null, null, null, null, []]));
    assert_eq!(picked(&account.line("can-edit"), &AMOUNTS), json!(["100.00", whole(account.editing * 100), "6000.00"]));
    assert_eq!(picked(&account.line("view-only"), &AMOUNTS), json!(["20.00", whole(account.viewing * 20), "1200.00"]));
    let told = account.desk.says(&["spend", APP]);
    assert!(told.contains("Prices are in EUR and USD: without an exchange rate they cannot be added."), "{told}");
    let apps = account.desk.document(&["apps"]);
    assert_eq!(picked(&apps[0], &["billable_annual", "currency"]), json!([null, null]));
}

#[test]
fn members_beyond_the_seats_are_charged_and_counted() {
    let account = account();
    account.buy("can-edit", "10", &[&YEARLY[..], &["--cost", "100"]].concat());
    let line = account.line("can-edit");
    assert_eq!(picked(&line, &SEATS), json!([10, 0, account.editing - 10]));
    assert_eq!(picked(&line, &AMOUNTS), json!(["100.00", whole(account.editing * 100), "1000.00"]));
    assert_eq!(account.spend()["waste_annual"], "0.00");
}

#[test]
fn unlimited_seats_have_no_spare_ones() {
    let account = account();
    account.buy("can-edit", "unlimited", &["--cost", "5000", "--per", "lot", "--every", "year"]);
    let line = account.line("can-edit");
    assert_eq!(picked(&line, &SEATS), json!([null, null, null]));
    assert_eq!(picked(&line, &AMOUNTS), json!([null, "5000.00", "5000.00"]));
    let spend = account.spend();
    assert_eq!(picked(&spend, &TOTALS), json!(["USD", "5000.00", "5000.00", "0.00", []]));
    account.desk.says(&["purchase", "delete", APP, "1"]);
    account.buy("can-edit", "unlimited", &[&YEARLY[..], &["--cost", "70"]].concat());
    let line = account.line("can-edit");
    assert_eq!(
        picked(&line, &["purchased", "unit_annual", "billable_annual"]),
        json!([null, "70.00", whole(account.editing * 70)])
    );
    account.buy("can-edit", "10", &[&YEARLY[..], &["--cost", "100"]].concat());
    let charged = 10 * 100 + (account.editing - 10) * 70;
    assert_eq!(account.line("can-edit")["billable_annual"], whole(charged), "counted seats first");
}

#[test]
fn every_payment_frequency_makes_the_year_that_it_should() {
    let account = account();
    for (every, year) in [
        ("month", "1440.00"),
        ("quarter", "480.00"),
        ("6months", "240.00"),
        ("year", "120.00"),
        ("18months", "80.00"),
        ("2years", "60.00"),
        ("3years", "40.00"),
    ] {
        account.buy("can-edit", "10", &["--cost", "120", "--per", "lot", "--every", every]);
        assert_eq!(account.line("can-edit")["committed_annual"], year, "{every}");
        account.desk.says(&["purchase", "undo", APP]);
    }
    // 2026-01-01 to 2027-12-31 are 730 days.
    account.buy(
        "can-edit",
        "10",
        &["--cost", "120", "--per", "lot", "--every", "once", "--from", "2026-01-01", "--until", "2027-12-31"],
    );
    let at = account.desk.document(&["spend", APP, "--as-of", "2026-06-01"]);
    assert_eq!(at["committed_annual"], "60.00");
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    for (currency, cost, unit, committed) in
        [("JPY", "1200", "1200", "72000"), ("KWD", "1.500", "1.500", "90.000"), ("CHF", "0.35", "0.35", "21.00")]
    {
        let account = account();
        account.buy("can-edit", "60", &[&YEARLY[..], &["--cost", cost, "--currency", currency]].concat());
        let spend = account.spend();
        assert_eq!(picked(&spend, &["currency", "committed_annual"]), json!([currency, committed]));
        assert_eq!(spend["by_license_type"][0]["unit_annual"], unit);
    }
}

#[test]
fn spend_follows_the_day_that_is_asked_for() {
    let account = account();
    account.buy("can-edit", "60", &[&YEARLY[..], &["--cost", "100", "--until", "2024-12-31"]].concat());
    account.buy(
        "can-edit",
        "80",
        &[&YEARLY[..], &["--cost", "110", "--from", "2025-01-01", "--until", "2099-12-31"]].concat(),
    );
    let committed = |day: &str| account.desk.document(&["spend", APP, "--as-of", day])["committed_annual"].clone();
    assert_eq!(committed("2024-12-31"), "6000.00", "the last day counts");
    assert_eq!(committed("2025-01-01"), "8800.00");
    assert_eq!(committed("2099-12-31"), "8800.00");
    let before = account.desk.document(&["spend", APP, "--as-of", "2023-12-31"]);
    assert_eq!(
        picked(&before, &["currency", "committed_annual"]),
        json!([null, "0.00"]),
        "no purchase yet, and nobody was read yet"
    );
}

#[test]
fn unlimited_seats_at_a_price_per_unit_cost_by_the_day_from_the_first_roster_on() {
    let account = account();
    let today: jiff::civil::Date = account.spend()["as_of"].as_str().unwrap().parse().unwrap();
    account.buy("can-edit", "unlimited", &["--cost", "9", "--per", "unit", "--every", "month", "--name", "Open"]);
    let table = |from: &str, to: &str| {
        account.desk.document(&["spend", APP, "--by", "month", "--basis", "cash", "--from", from, "--to", to])
    };
    let next = today.first_of_month().saturating_add(jiff::Span::new().months(1));
    let last = next.last_of_month().to_string();
    let told = table(&next.to_string(), &last);
    assert_eq!(told["total"], whole(account.editing * 9), "{told}");
    let caveats = told["caveats"].to_string();
    assert!(caveats.contains("with the last count"), "{caveats}");
    let before = table("2024-01-01", "2024-01-31");
    assert!(before["caveats"].to_string().contains("accounts were counted from"), "{before}");
    assert_eq!(before["by_license_type"][0]["amounts"], json!([null]));
    let ahead = account.desk.document(&["forecast", APP, "--months", "3"]);
    assert_eq!(ahead["months"][2]["expected"], whole(account.editing * 9), "{ahead}");
}
