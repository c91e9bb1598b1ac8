//! Looking back and ahead: every basis, who spend is for, when it falls, what ends when, and what if.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use lucid_sim::Server;
use serde_json::{Value, json};

use crate::desk::{APP, Desk, has_fields, server};
use crate::truth::{self, whole};

fn read() -> (Desk, Server) {
    let server = server(120);
    (Desk::with(&server), server)
}

fn buy(desk: &Desk, fields: &[&str]) {
    desk.says(&[&["purchase", "add", APP, "--currency", "USD"], fields].concat());
}

fn today(desk: &Desk) -> Date {
    desk.document(&["spend", APP])["as_of"].as_str().unwrap().parse().unwrap()
}

/// Cents of an amount.
fn cents(amount: &Value) -> i64 {
    amount.as_str().unwrap_or_else(|| panic!("an amount: {amount}")).replace('.', "").parse().unwrap()
}

fn sum<'a>(amounts: impl IntoIterator<Item = &'a Value>) -> i64 {
    amounts.into_iter().map(cents).sum()
}

#[test]
fn every_basis_is_listed_in_one_order_and_says_what_is_not_known() {
    let (desk, server) = read();
    let (editing, _) = truth::seats(&server);
    let day = today(&desk);
    let (from, until) = (day - 30.days(), day + 334.days());
    let seats = (editing + 10).to_string();
    let term = ["--from", &from.to_string(), "--until", &until.to_string(), "--notice-days", "60"];
    buy(
        &desk,
        &[
            &["--type", "can-edit", "--quantity", &seats, "--cost", "100", "--per", "unit", "--every", "year"],
            &term[..],
        ]
        .concat(),
    );
    let spend = desk.document(&["spend", APP]);
    let bases = spend["bases"].as_array().unwrap();
    let keys: Vec<&str> = bases.iter().map(|basis| basis["key"].as_str().unwrap()).collect();
    let order = [
        "billable-annual",
        "committed-annual",
        "used",
        "idle",
        "waste",
        "waste-in-all",
        "waste-now",
        "waste-at-renewal",
        "run-rate",
        "tcv",
        "acv",
        "cost-per-billable",
        "cost-per-active",
        "cost-per-employee",
        "fees",
        "tax",
    ];
    assert_eq!(keys, order);
    let of = |key: &str| bases.iter().find(|basis| basis["key"] == key).unwrap();
    has_fields(of("tax"), &["key", "label", "amount", "currency", "caveat", "from", "notice_by"]);
    let committed = whole((editing + 10) * 100);
    for (key, amount) in [
        ("billable-annual", whole(editing * 100)),
        ("committed-annual", committed.clone()),
        ("waste", whole(1000)),
        ("waste-now", whole(0)),
        ("waste-at-renewal", whole(1000)),
        ("run-rate", committed.clone()),
        ("tcv", committed),
        ("cost-per-billable", whole(100)),
        ("fees", whole(0)),
        ("tax", whole(0)),
    ] {
        assert_eq!(of(key)["amount"], amount, "{key}");
    }
    for key in ["used", "idle", "waste-in-all", "cost-per-active"] {
        assert_eq!(of(key)["amount"], Value::Null, "{key}: activity is not monitored, which is not the same as none");
        assert!(of(key)["caveat"].as_str().unwrap().contains("not monitored"), "{}", of(key));
    }
    let notice = until - 60.days();
    let when = json!([(until + 1.day()).to_string(), notice.to_string()]);
    assert_eq!(json!([of("waste-at-renewal")["from"], of("waste-at-renewal")["notice_by"]]), when);
    let told = desk.says(&["spend", APP]);
    for basis in bases {
        assert!(told.contains(basis["label"].as_str().unwrap()), "{basis}: {told}");
    }
    let before = desk.document(&["spend", APP, "--as-of", "2001-01-01"]);
    let known = |key: &str| {
        before["bases"].as_array().unwrap().iter().find(|basis| basis["key"] == key).unwrap()["amount"].clone()
    };
    assert_eq!(known("cost-per-billable"), Value::Null, "nobody was read, so nobody is divided by");
    assert_eq!(known("committed-annual"), "0.00");
}

#[test]
fn departments_and_cost_centers_add_up_to_the_whole_with_those_without_one() {
    let (desk, server) = read();
    let (editing, _) = truth::seats(&server);
    let lot = ["--type", "can-edit", "--quantity", "50", "--cost", "1000", "--per", "lot", "--every", "year"];
    buy(&desk, &[&lot[..], &["--from", "2020-01-01"]].concat());
    for by in ["department", "cost-center"] {
        let spend = desk.document(&["spend", APP, "--by", by]);
        has_fields(&spend, &["app", "as_of", "by", "currency", "accounts", "total", "unassigned", "rows", "caveat"]);
        let rows = spend["rows"].as_array().unwrap();
        let parts = sum(rows.iter().map(|row| &row["annual"])) + cents(&spend["unassigned"]);
        assert_eq!(parts, cents(&spend["total"]), "{by}: to the last cent");
        let mut truth: BTreeMap<Option<String>, u64> = BTreeMap::new();
        for user in server.truth().into_iter().filter(|user| user.active && user.license.can_edit()) {
            let user = truth::member(&user);
            let name = user[if by == "department" { "department" } else { "cost_center" }].as_str().map(str::to_owned);
            *truth.entry(name).or_default() += 1;
        }
        let told: BTreeMap<Option<String>, u64> = rows
            .iter()
            .map(|row| (row["name"].as_str().map(str::to_owned), row["accounts"].as_u64().unwrap()))
            .collect();
        assert_eq!(told, truth, "{by}");
        assert_eq!(spend["accounts"], editing);
    }
    let told = desk.says(&["spend", APP, "--by", "department", "--explain"]);
    assert!(told.contains("Unassigned seats") && told.contains("accounts ×"), "{told}");
    let before = desk.document(&["spend", APP, "--by", "department", "--as-of", "2001-01-01"]);
    assert_eq!(json!([before["total"], before["rows"]]), json!([null, []]), "nobody was read then");
}

#[test]
fn a_term_is_split_over_fiscal_years_to_the_last_cent() {
    let (desk, _server) = read();
    let lot = ["--type", "can-edit", "--quantity", "50", "--cost", "36000", "--per", "lot", "--every", "3years"];
    buy(&desk, &[&lot[..], &["--from", "2025-07-01", "--until", "2028-06-30"]].concat());
    let years = |more: &[&str]| {
        let ask = ["spend", APP, "--by", "fiscal-year", "--from", "2025-01-01", "--to", "2028-12-31"];
        desk.document(&[&ask[..], more].concat())
    };
    let accrual = years(&[]);
    has_fields(
        &accrual,
        &["app", "by", "basis", "currency", "total", "periods", "by_license_type", "committed", "left", "caveats"],
    );
    let amounts = json!(["6043.80", "11989.05", "11989.05", "5978.10"]);
    assert_eq!(accrual["by_license_type"][0]["amounts"], amounts);
    assert_eq!(json!([accrual["total"], accrual["basis"]]), json!(["36000.00", "accrual"]));
    assert_eq!(
        accrual["periods"][1],
        json!({"label": "2026", "from": "2026-01-01", "to": "2026-12-31", "total": "11989.05"})
    );
    let cash = years(&["--basis", "cash"]);
    assert_eq!(cash["by_license_type"][0]["amounts"], json!(["36000.00", "0.00", "0.00", "0.00"]));
    let months = desk.document(&["spend", APP, "--by", "month", "--from", "2025-07-01", "--to", "2028-06-30"]);
    let periods = months["periods"].as_array().unwrap();
    assert_eq!((periods.len(), sum(periods.iter().map(|period| &period["total"]))), (36, 3_600_000));
    assert_eq!(months["committed"], "36000.00");
    assert!(cents(&months["left"]) < 3_600_000, "some of it is used up");
    let quarter = desk.document(&["spend", APP, "--by", "quarter", "--from", "2026-02-01", "--to", "2026-02-01"]);
    assert_eq!(
        json!([quarter["periods"][0]["from"], quarter["periods"][0]["to"]]),
        json!(["2026-01-01", "2026-03-31"])
    );
    let explained =
        desk.says(&["spend", APP, "--by", "fiscal-year", "--from", "2025-01-01", "--to", "2025-12-31", "--explain"]);
    assert!(explained.contains("$36,000.00 × 184 ÷ 1,096 days"), "{explained}");
}

#[test]
fn what_is_not_priced_is_left_out_of_the_periods_and_said() {
    let (desk, _server) = read();
    buy(
        &desk,
        &["--type", "can-edit", "--name", "Pilot", "--quantity", "5", "--every", "month", "--from", "2026-01-01"],
    );
    buy(
        &desk,
        &[
            "--type",
            "can-edit",
            "--quantity",
            "5",
            "--cost",
            "10",
            "--per",
            "unit",
            "--every",
            "month",
            "--from",
            "2026-01-01",
            "--until",
            "2026-12-31",
        ],
    );
    let spend = desk.document(&["spend", APP, "--by", "month", "--from", "2026-01-01", "--to", "2026-12-31"]);
    assert_eq!(json!([spend["total"], spend["caveats"]]), json!(["600.00", ["Pilot has no price: not included."]]));
}

#[test]
fn renewals_come_by_deadline_and_an_expired_term_is_never_0_days_left() {
    let (desk, server) = read();
    let (editing, _) = truth::seats(&server);
    let day = today(&desk);
    let ending = |name: &str, last: Date, more: &[&str]| {
        let (from, last) = ((last - 364.days()).to_string(), last.to_string());
        let plain = [
            "--type",
            "can-edit",
            "--name",
            name,
            "--quantity",
            "100",
            "--cost",
            "9",
            "--per",
            "unit",
            "--every",
            "month",
        ];
        buy(&desk, &[&plain[..], &["--from", &from, "--until", &last], more].concat());
    };
    assert_eq!(desk.document(&["renewals", APP]), json!([]));
    ending("Later", day + 300.days(), &["--notice-days", "30", "--auto-renews"]);
    let told = desk.document(&["renewals", APP]);
    has_fields(
        &told[0],
        &[
            "app",
            "purchase",
            "license_type",
            "label",
            "seats",
            "last_day",
            "notice_by",
            "deadline",
            "days_left",
            "stage",
            "within",
            "auto_renews",
            "renewed_by",
            "sentence",
            "annual",
            "renewed_annual",
            "currency",
            "suggested_seats",
            "planned_seats",
            "owner",
            "reminder",
        ],
    );
    assert_eq!(told[0]["suggested_seats"], (editing * 11).div_ceil(10), "engaged accounts and 10 % more");
    let more = desk.document(&["renewals", APP, "--buffer", "50"]);
    assert_eq!(more[0]["suggested_seats"], (editing * 3).div_ceil(2));
    desk.says(&["purchase", "delete", APP, "1"]);
    ending("Soon", day + 100.days(), &["--notice-days", "60"]);
    desk.says(&["license", "set", APP, "view-only", "--billable", "yes"]);
    let gone = (day - 3.days()).to_string();
    buy(
        &desk,
        &[
            "--type",
            "view-only",
            "--name",
            "Gone",
            "--quantity",
            "5",
            "--cost",
            "1",
            "--per",
            "unit",
            "--every",
            "month",
            "--from",
            "2020-01-01",
            "--until",
            &gone,
        ],
    );
    let told = desk.document(&["renewals"]);
    let brief: Vec<Value> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["label"], row["stage"], row["within"], row["days_left"]]))
        .collect();
    assert_eq!(brief, [json!(["Gone", "expired", null, -3]), json!(["Soon", "within", 60, 40])]);
    assert!(told[0]["sentence"].as_str().unwrap().starts_with("Expired 3 days ago"), "{told}");
    assert_eq!(told[0]["suggested_seats"], Value::Null, "there is nothing left to renew");
    let people = desk.says(&["renewals"]);
    assert!(people.starts_with("1 of 1 renewal must be decided within 60 days, 1 purchase has expired\n"), "{people}");
    assert!(!people.contains("0 days left"), "{people}");
}

#[test]
fn the_calendar_file_holds_the_deadlines_that_have_not_passed() {
    let (desk, _server) = read();
    let day = today(&desk);
    let file = desk.home().join("renewals.ics");
    let asked = ["renewals", APP, "--ical", file.to_str().unwrap()];
    desk.refusal(&asked, 2, "no-deadline").says("There is no deadline to save.");
    assert!(!file.exists(), "a calendar without an event is none");
    for (name, last) in [("Gone", day - 3.days()), ("Soon", day + 100.days())] {
        let last = last.to_string();
        buy(
            &desk,
            &[
                "--type",
                "can-edit",
                "--name",
                name,
                "--quantity",
                "5",
                "--cost",
                "1",
                "--per",
                "unit",
                "--every",
                "month",
                "--from",
                "2020-01-01",
                "--until",
                &last,
                "--notice-days",
                "60",
                "--reminder",
                "licenses@acme.example",
            ],
        );
    }
    let written = desk.document(&asked);
    assert_eq!(json!([written["path"], written["rows"]]), json!([file.to_str().unwrap(), 2]));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    let deadline = (day + 40.days()).strftime("%Y%m%d").to_string();
    assert!(text.contains(&format!("DTSTART;VALUE=DATE:{deadline}\r\n")), "{text}");
    let last = (day + 100.days()).strftime("%Y%m%d").to_string();
    assert!(text.contains(&format!("DTSTART;VALUE=DATE:{last}\r\n")), "{text}");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "the one that is over is no appointment");
    assert_eq!(text.matches("END:VCALENDAR").count(), 1);
    assert_eq!(text.matches("ATTENDEE:mailto:licenses@acme.example\r\n").count(), 1, "the mark at 30 days is to come");
    let folder = desk.home().to_str().unwrap();
    desk.refusal(&["renewals", APP, "--ical", folder], 1, "file-not-written").says("folder");
}

/// A monthly purchase that began years ago and goes on.
fn monthly(desk: &Desk) {
    buy(
        desk,
        &[
            "--type",
            "can-edit",
            "--quantity",
            "100",
            "--cost",
            "9",
            "--per",
            "unit",
            "--every",
            "month",
            "--from",
            "2020-01-01",
        ],
    );
}

#[test]
fn a_forecast_pays_every_month_and_a_scenario_stands_beside_the_present() {
    let (desk, _server) = read();
    monthly(&desk);
    let forecast = desk.document(&["forecast", APP]);
    has_fields(
        &forecast,
        &[
            "app",
            "basis",
            "currency",
            "low",
            "expected",
            "high",
            "present",
            "difference",
            "months",
            "compared",
            "compared_from",
            "compared_later",
            "caveats",
        ],
    );
    let months = forecast["months"].as_array().unwrap();
    assert_eq!(months.len(), 24);
    let later = &months[1..];
    assert!(later.iter().all(|month| month["expected"] == "900.00" && month["present"] == Value::Null), "{forecast}");
    // What this month's first day was paid with is over, unless that is today.
    assert!(["20700.00", "21600.00"].iter().any(|all| forecast["expected"] == *all), "{forecast}");
    assert_eq!(forecast["present"], Value::Null);

    let saved = desk.document(&["scenario", "save", APP, "Cheaper", "--price", "1=8", "--seats", "1=-50@2199-01-01"]);
    has_fields(&saved, &["name", "changes", "form", "problems"]);
    assert_eq!(saved["changes"][0], "Purchase 1 (Can-Edit): 50 seats fewer from 1 Jan 2199");
    let price = saved["changes"][1].as_str().unwrap();
    assert!(price.starts_with("Purchase 1 (Can-Edit): $8.00 each payment from 1 "), "with the next payment: {price}");
    assert_eq!(json!([saved["name"], saved["problems"]]), json!(["Cheaper", []]));
    let cheaper = desk.document(&["forecast", APP, "--months", "12", "--scenario", "cheaper"]);
    let told = json!([cheaper["expected"], cheaper["present"], cheaper["difference"]]);
    let (usual, on_a_first) = (json!(["8800.00", "9900.00", "-1100.00"]), json!(["9600.00", "10800.00", "-1200.00"]));
    assert!(told == usual || told == on_a_first, "{told}");
    assert_eq!(cheaper["months"][1]["present"], "900.00");
    assert_eq!(cheaper["compared_from"], "2199-01-01", "what is compared is so once all changes count");
    assert_eq!(cheaper["compared_later"][0], "Purchase 1: 50 seats fewer from 1 Jan 2199 on.");
    assert!(desk.says(&["forecast", APP, "--scenario", "cheaper"]).contains("From 2199-01-01 on, a year"));

    desk.says(&["scenario", "save", APP, "Fewer", "--downgrade", "can-edit:view-only=8"]);
    let all = desk.document(&["scenario", "compare", APP]);
    let names: Vec<&Value> = all.as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Cheaper", "Fewer"]);
    let billable = &all[1]["compared"][0];
    assert_eq!(
        json!([billable["label"], billable["difference"]]),
        json!(["Annual spend for billable accounts", "-864.00"])
    );
    assert_eq!(desk.document(&["scenario", "compare", APP, "Fewer"]).as_array().unwrap().len(), 1);
    let people = desk.says(&["scenario", "compare", APP]);
    assert!(
        people.contains("Present") && people.contains("Cheaper") && people.contains("Expected in 24 months"),
        "{people}"
    );
    assert!(people.contains("Cheaper: from 2199-01-01 on."), "{people}");
    assert_eq!(desk.document(&["scenario", "delete", APP, "Fewer"]), json!({"name": "Fewer", "deleted": true}));
    assert_eq!(desk.document(&["scenario", "list", APP]).as_array().unwrap().len(), 1);
    assert_eq!(desk.document(&["forecast", APP])["expected"], forecast["expected"], "a scenario changes nothing");
}

#[test]
fn only_terms_that_renew_themselves_go_on_unless_all_are_asked_for() {
    let (desk, _server) = read();
    let day = today(&desk);
    let (from, until) = ((day - 364.days()).to_string(), day.to_string());
    buy(
        &desk,
        &[
            "--type",
            "can-edit",
            "--quantity",
            "10",
            "--cost",
            "100",
            "--per",
            "unit",
            "--every",
            "year",
            "--from",
            &from,
            "--until",
            &until,
        ],
    );
    let expected =
        |more: &[&str]| desk.document(&[&["forecast", APP, "--months", "14"], more].concat())["expected"].clone();
    assert_eq!(expected(&[]), "0.00");
    assert_eq!(expected(&["--renew-all"]), "2000.00");
}

#[test]
fn the_seats_of_a_scenario_become_the_plan_of_renewals_and_forecast() {
    let desk = Desk::with(&server(40));
    let bought = ["purchase", "add", APP, "--type", "can-edit", "--quantity", "50", "--cost", "100", "--per", "unit"];
    let term = ["--every", "year", "--from", "2025-01-01", "--until", "2198-12-31", "--auto-renews", "yes"];
    desk.document(&[&bought[..], &term].concat());
    desk.says(&["scenario", "save", APP, "Fewer", "--seats", "1=-10"]);
    let planned = desk.document(&["scenario", "adopt", APP, "fewer"]);
    assert_eq!(planned["planned"], json!(["Purchase 1 (Can-Edit): 40 seats from 1 Jan 2199 on"]));
    let renewals = desk.document(&["renewals", APP]);
    let row = &renewals[0];
    assert_eq!((&row["seats"], &row["planned_seats"]), (&json!(50), &json!(40)), "{renewals}");
    assert_eq!(row["renewed_annual"], "4000.00", "{row}");
    let said = desk.says(&["renewals", APP]);
    assert!(said.contains("50, then 40") && said.contains("with 40 seats as planned"), "{said}");
    assert_eq!(desk.document(&["purchase", "list", APP])[0]["form"]["renewal_seats"], "40");
    let undone = desk.document(&["undo", APP]);
    assert_eq!(undone["what"], "Undone: Edit seats at renewal, as in the scenario Fewer.");
    assert_eq!(desk.document(&["purchase", "list", APP])[0]["form"]["renewal_seats"], "");
    desk.says(&["scenario", "save", APP, "Dearer", "--price", "1=120", "--seats", "1=+5"]);
    let refused = desk.refusal(&["scenario", "adopt", APP, "Dearer"], 2, "refused");
    refused.says("Only seats can be planned");
    desk.says(&["scenario", "save", APP, "All", "--seats", "1=-5", "--renew-all"]);
    desk.refusal(&["scenario", "adopt", APP, "All"], 2, "refused").says("auto-renews");
    desk.document(&["purchase", "edit", APP, "1", "--renewal-seats", "45"]);
    assert_eq!(desk.document(&["purchase", "list", APP])[0]["form"]["renewal_seats"], "45");
}

#[test]
fn a_scenario_that_cannot_be_is_refused_and_the_saved_one_stays() {
    let (desk, _server) = read();
    monthly(&desk);
    desk.says(&["scenario", "save", APP, "Cheaper", "--price", "1=8"]);
    let kept = desk.document(&["scenario", "list", APP]);
    for (wrong, words) in [
        (&["--price", "9=8"][..], "Purchase 9 does not exist"),
        (&["--price", "1=eight"], "Cost must be an amount like"),
        (&["--price", "1=-8"], "Cost must not be negative"),
        (&["--seats", "1=-100"], "Purchase 1 has 100 seats: 100 fewer would leave none"),
        (&["--seats", "1=many"], "Seats must be a whole number like 50"),
        (&["--seats", "1=5@2026-02-30"], "Day does not exist: February 2026 has 28 days"),
        (&["--every", "1=fortnight:9"], "Payment frequency must be one of once, month"),
        (&["--currency", "1=XQQ:9"], "Currency must be a code of three letters"),
        (&["--downgrade", "can-edit:gone=1"], "There is no license type \"gone\": choose one of can-edit, view-only"),
        (&["--downgrade", "can-edit:view-only=100000"], "100000 cannot be downgraded"),
        (&["--last-day", "1=2019-12-31"], "Purchase 1 starts on 1 Jan 2020: its last day must not be before"),
    ] {
        let save = [&["scenario", "save", APP, "Cheaper"], wrong].concat();
        desk.refusal(&save, 2, "refused").says(words);
    }
    desk.refusal(&["scenario", "save", APP, " ", "--price", "1=8"], 2, "refused").says("Name must not be empty");
    desk.refusal(&["scenario", "save", APP, "Cheaper", "--price", "8"], 2, "usage").says("Write it like 1=95.");
    assert_eq!(desk.document(&["scenario", "list", APP]), kept);
    for gone in [&["scenario", "delete", APP, "Dearer"][..], &["forecast", APP, "--scenario", "Dearer"]] {
        desk.refusal(gone, 2, "unknown-scenario").says("Saved scenarios: Cheaper.");
    }
    desk.says(&["purchase", "delete", APP, "1"]);
    let listed = desk.document(&["scenario", "list", APP]);
    assert_eq!(listed[0]["form"], kept[0]["form"], "what was typed is kept when its purchase is gone");
    assert_eq!(listed[0]["problems"][0]["field"], "changes.0.purchase");
    desk.refusal(&["forecast", APP, "--scenario", "Cheaper"], 2, "refused").says("Purchase 1 does not exist");
}

#[test]
fn questions_that_mean_nothing_are_refused_in_words() {
    let (desk, _server) = read();
    for (command, words) in [
        (&["spend", APP, "--basis", "cash"][..], "Add --by month"),
        (&["spend", APP, "--by", "department", "--from", "2026-01-01"], "Add --by month"),
        (&["spend", APP, "--by", "month", "--as-of", "2026-01-01"], "Use --from and --to"),
    ] {
        desk.refusal(command, 2, "usage").says(words);
    }
    for (command, code, words) in [
        (&["spend", APP, "--by", "month", "--from", "2026-02-30"][..], "not-a-date", "does not exist"),
        (&["spend", APP, "--by", "month", "--from", "2026-05-01", "--to", "2026-04-01"], "not-allowed", "on or after"),
        (
            &["spend", APP, "--by", "month", "--from", "1980-01-01", "--to", "2150-01-01"],
            "not-allowed",
            "within 50 years",
        ),
        (&["spend", APP, "--by", "department", "--as-of", "someday"], "not-a-date", "someday"),
        (&["forecast", APP, "--months", "0"], "not-allowed", "from 1 to 120"),
        (&["forecast", APP, "--months", "121"], "not-allowed", "from 1 to 120"),
        (&["renewals", APP, "--buffer", "lots"], "not-allowed", "percentage"),
        (&["renewals", APP, "--buffer", "-5"], "not-allowed", "percentage"),
    ] {
        desk.refusal(command, 2, code).says(words);
    }
    for (command, code) in [
        (&["spend", APP, "--by", "week"][..], "usage"),
        (&["forecast", APP, "--months", "many"], "usage"),
        (&["scenario", "compare"], "usage"),
    ] {
        desk.refusal(command, 2, code);
    }
}
