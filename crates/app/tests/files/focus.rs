//! Cost records: each rule of FOCUS 1.2 that they must hold, by its name, and the payments that they tell.
//! That the 1.0 file passes the `FinOps` Foundation's validator is shown by scripts/focus.sh.

use std::collections::BTreeMap;

use app::Seatledger;
use app::view::fees::{FeeForm, FeeSaveRequest};
use app::view::focus::{FocusExported, FocusRequest};
use app::view::invoices::{InvoiceForm, InvoiceSaveRequest};
use app::view::over_time::SpendOverTimeRequest;
use app::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::desk::{APP, Desk, days, server, sync};

type Record = BTreeMap<String, String>;

struct Books {
    window: Seatledger,
    desk: tempfile::TempDir,
    _kept: (Desk, lucid_sim::Server),
}

fn form(quantity: &str, cost: &str, per: &str, every: &str, from: &str, until: &str) -> PurchaseForm {
    PurchaseForm {
        license_type: "can-edit".to_owned(),
        quantity: quantity.to_owned(),
        cost: cost.to_owned(),
        per: per.to_owned(),
        every: every.to_owned(),
        from: from.to_owned(),
        until: until.to_owned(),
        ..PurchaseForm::default()
    }
}

impl Books {
    async fn with(forms: &[PurchaseForm]) -> Self {
        let server = server(20);
        let desk = Desk::new();
        let window = desk.connected(&server).await;
        sync(&window).await.unwrap();
        for form in forms {
            let request = PurchaseSaveRequest { app: APP.to_owned(), id: None, form: form.clone() };
            assert_eq!(window.purchase_save(&request).unwrap().problems, Vec::new());
        }
        Self { window, desk: tempfile::tempdir().unwrap(), _kept: (desk, server) }
    }

    fn export(&self, version: &str, from: Option<&str>, to: Option<&str>) -> (FocusExported, Vec<Record>) {
        let path = self.desk.path().join("costs.csv");
        let request = FocusRequest {
            app: APP.to_owned(),
            version: version.to_owned(),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            path: path.display().to_string(),
        };
        let written = self.window.focus_export(&request).unwrap();
        let mut reader = csv::Reader::from_path(path).unwrap();
        let rows: Vec<Record> = reader.deserialize().map(Result::unwrap).collect();
        assert_eq!(written.rows, rows.len() as u64);
        (written, rows)
    }
}

fn every_shape() -> Vec<PurchaseForm> {
    let currency = |code: &str, form: PurchaseForm| PurchaseForm { currency: code.to_owned(), ..form };
    let prorated = |mode: &str, form: PurchaseForm| PurchaseForm { proration: mode.to_owned(), ..form };
    vec![
        PurchaseForm {
            po: "PO \"17\", =1+1".to_owned(),
            ..form("50", "9", "unit", "month", "2024-01-31", "2027-03-31")
        },
        prorated("daily", form("10", "108", "unit", "year", "2025-06-01", "2026-03-31")),
        currency("EUR", form("7", "1000", "lot", "quarter", "2024-02-29", "")),
        prorated("whole-month-down", form("3", "12.5", "unit", "6months", "2025-01-01", "2025-10-15")),
        currency("JPY", form("3", "18000", "lot", "18months", "2024-01-15", "")),
        currency("KWD", form("3", "1.125", "unit", "2years", "2023-04-01", "")),
        form("unlimited", "36000", "lot", "3years", "2025-07-01", "2028-06-30"),
        form("1", "500", "unit", "once", "2025-03-03", ""),
        form("2", "1200", "lot", "once", "2025-03-03", "2026-03-02"),
        form("5", "0", "unit", "month", "2025-09-01", "2025-10-31"),
        PurchaseForm { tax: "19".to_owned(), ..form("40", "9.50", "unit", "month", "2025-08-01", "2026-07-31") },
        PurchaseForm {
            discounts: "7% partner\n1.00 goodwill".to_owned(),
            tax: "7.7".to_owned(),
            ..form("20", "12.50", "unit", "quarter", "2025-05-15", "2026-07-01")
        },
        PurchaseForm {
            minimum_term: "2000".to_owned(),
            ..form("1", "100", "unit", "month", "2025-01-01", "2025-12-31")
        },
        PurchaseForm { packs: "10".to_owned(), ..form("11", "9", "unit", "month", "2025-10-01", "2026-09-30") },
    ]
}

/// A rule: its name, and whether a record holds it.
type Rule = (&'static str, fn(&Record) -> bool);

fn has(record: &Record, column: &str) -> bool {
    record.get(column).is_some_and(|value| !value.is_empty())
}

fn decimal(record: &Record, column: &str) -> Decimal {
    record[column].parse().unwrap_or_else(|_| panic!("{column} is a decimal: {record:?}"))
}

fn plain_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let parts: Vec<&str> = unsigned.split('.').collect();
    parts.len() <= 2 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn instant(record: &Record, column: &str) -> Timestamp {
    record[column].parse().unwrap()
}

fn one_of(record: &Record, column: &str, allowed: &[&str]) -> bool {
    allowed.contains(&record[column].as_str())
}

fn is_tax(record: &Record) -> bool {
    record["ChargeCategory"] == "Tax"
}

/// What a tax has none of.
const OF_PRICES: [&str; 5] = ["ListUnitPrice", "ContractedUnitPrice", "PricingQuantity", "SkuId", "SkuPriceId"];

const MANDATORY: [&str; 21] = [
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeClass",
    "ChargeDescription",
    "ChargePeriodEnd",
    "ChargePeriodStart",
    "ContractedCost",
    "EffectiveCost",
    "InvoiceIssuerName",
    "ListCost",
    "PricingQuantity",
    "PricingUnit",
    "ProviderName",
    "PublisherName",
    "ServiceCategory",
    "ServiceName",
];

const NUMBERS: [&str; 8] = [
    "BilledCost",
    "ContractedCost",
    "EffectiveCost",
    "ListCost",
    "ContractedUnitPrice",
    "ListUnitPrice",
    "PricingQuantity",
    "ConsumedQuantity",
];
const TIMES: [&str; 4] = ["BillingPeriodEnd", "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart"];

/// Those columns of the specification that may stand in the file; the others begin with `x_`.
const KNOWN: [&str; 12] = [
    "ChargeFrequency",
    "ConsumedQuantity",
    "ConsumedUnit",
    "ContractedUnitPrice",
    "InvoiceId",
    "ListUnitPrice",
    "PricingCategory",
    "ServiceSubcategory",
    "SkuId",
    "SkuPriceId",
    "Tags",
    "AvailabilityZone",
];

const RULES: &[Rule] = &[
    ("every mandatory column is present", |r| MANDATORY.iter().all(|column| r.contains_key(*column))),
    ("own columns are prefixed with x_, all others are columns of the specification", |r| {
        r.keys()
            .all(|name| name.starts_with("x_") || MANDATORY.contains(&name.as_str()) || KNOWN.contains(&name.as_str()))
    }),
    ("mandatory columns but ChargeClass are not null here", |r| {
        let nullable = ["ChargeClass", "PricingQuantity", "PricingUnit"];
        MANDATORY.iter().all(|column| nullable.contains(column) || has(r, column))
    }),
    ("ChargeFrequency, ServiceSubcategory are not null", |r| has(r, "ChargeFrequency") && has(r, "ServiceSubcategory")),
    ("ChargeClass is null where nothing is corrected", |r| !has(r, "ChargeClass")),
    ("ChargeCategory is one of the allowed values", |r| {
        one_of(r, "ChargeCategory", &["Usage", "Purchase", "Tax", "Credit", "Adjustment"])
    }),
    ("ChargeFrequency is one of the allowed values", |r| {
        one_of(r, "ChargeFrequency", &["One-Time", "Recurring", "Usage-Based"])
    }),
    ("ChargeFrequency is not Usage-Based for a Purchase", |r| {
        r["ChargeCategory"] != "Purchase" || r["ChargeFrequency"] != "Usage-Based"
    }),
    ("PricingCategory is one of the allowed values for Usage and Purchase, and null for Tax", |r| {
        if is_tax(r) {
            !has(r, "PricingCategory")
        } else {
            one_of(r, "PricingCategory", &["Standard", "Dynamic", "Committed", "Other"])
        }
    }),
    ("ServiceCategory is one of the allowed values, ServiceSubcategory one of its children", |r| {
        r["ServiceCategory"] == "Business Applications"
            && one_of(r, "ServiceSubcategory", &["Productivity and Collaboration", "Other (Business Applications)"])
    }),
    ("numbers are plain decimals: no signs of currencies, no separators, no plus", |r| {
        NUMBERS.iter().all(|column| !has(r, column) || plain_decimal(&r[*column]))
    }),
    ("costs and unit prices are not negative where nothing is credited", |r| {
        NUMBERS.iter().all(|column| !r[*column].starts_with('-'))
    }),
    ("BillingCurrency is a code of ISO 4217", |r| one_of(r, "BillingCurrency", &["USD", "EUR", "JPY", "KWD"])),
    ("times are ISO 8601 in UTC to the second", |r| {
        TIMES.iter().all(|column| {
            r[*column].len() == 20 && r[*column].ends_with("T00:00:00Z") && r[*column].parse::<Timestamp>().is_ok()
        })
    }),
    ("periods end after they start, ends exclusive", |r| {
        instant(r, "BillingPeriodStart") < instant(r, "BillingPeriodEnd")
            && instant(r, "ChargePeriodStart") < instant(r, "ChargePeriodEnd")
    }),
    (
        "a billing period is a calendar month that holds the payment: the first day paid for, or the last of the term",
        |r| {
            r["BillingPeriodStart"].get(8..10) == Some("01")
                && r["BillingPeriodEnd"].get(8..10) == Some("01")
                && instant(r, "ChargePeriodStart") < instant(r, "BillingPeriodEnd")
                && (instant(r, "BillingPeriodStart") <= instant(r, "ChargePeriodStart")
                    || instant(r, "BillingPeriodStart") < instant(r, "ChargePeriodEnd"))
        },
    ),
    (
        "ListUnitPrice, ContractedUnitPrice, PricingQuantity, SkuId, SkuPriceId are not null for Usage and Purchase",
        |r| is_tax(r) || OF_PRICES.iter().all(|column| has(r, column)),
    ),
    ("ListUnitPrice, ContractedUnitPrice, PricingQuantity, SkuId, SkuPriceId are null for Tax", |r| {
        !is_tax(r) || OF_PRICES.iter().all(|column| !has(r, column))
    }),
    ("ListUnitPrice times PricingQuantity is ListCost, exactly", |r| {
        is_tax(r) || decimal(r, "ListUnitPrice") * decimal(r, "PricingQuantity") == decimal(r, "ListCost")
    }),
    ("ContractedUnitPrice times PricingQuantity is ContractedCost, exactly", |r| {
        is_tax(r) || decimal(r, "ContractedUnitPrice") * decimal(r, "PricingQuantity") == decimal(r, "ContractedCost")
    }),
    ("PricingUnit is null only with PricingQuantity", |r| has(r, "PricingUnit") == has(r, "PricingQuantity")),
    ("ConsumedQuantity is null unless the charge is Usage, and not null then", |r| {
        has(r, "ConsumedQuantity") == (r["ChargeCategory"] == "Usage")
    }),
    ("ConsumedUnit is null only with ConsumedQuantity", |r| has(r, "ConsumedUnit") == has(r, "ConsumedQuantity")),
    ("BilledCost and EffectiveCost stand on the same row, as nothing is amortised elsewhere", |r| {
        ["EffectiveCost", "ContractedCost"].iter().all(|column| decimal(r, column) == decimal(r, "BilledCost"))
    }),
    ("ListCost is not less than ContractedCost: a contract only takes off", |r| {
        decimal(r, "ListCost") >= decimal(r, "ContractedCost")
    }),
    ("InvoiceId is null where no invoice is known", |r| !has(r, "InvoiceId")),
    ("a Tax row has no InvoiceId, as invoices are recorded before tax", |r| !is_tax(r) || !has(r, "InvoiceId")),
    ("SkuPriceId has one SkuId", |r| is_tax(r) || r["SkuPriceId"].starts_with(&format!("{}/", r["SkuId"]))),
    ("x_PurchaseId or x_FeeId says what the row is for", |r| has(r, "x_PurchaseId") != has(r, "x_FeeId")),
    ("x_Active and x_Inactive are null, as the vendor does not tell who is active", |r| {
        r["x_Active"].is_empty() && r["x_Inactive"].is_empty()
    }),
    ("x_NotMonitored counts accounts on rows that are shared out, and on no Tax row", |r| {
        has(r, "x_NotMonitored") == (r["x_Allocation"] != "whole" && !is_tax(r))
    }),
    ("Tags are empty on rows that no account holds", |r| r["x_Allocation"] == "accounts" || r["Tags"] == "{}"),
    ("Tags is an object whose values are scalars", |r| {
        let tags: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&r["Tags"]).unwrap();
        tags.values().all(|value| !value.is_object() && !value.is_array())
    }),
];

#[tokio::test]
async fn every_record_holds_every_named_rule_of_focus_1_2() {
    let books = Books::with(&every_shape()).await;
    let (_, rows) = books.export("1.2", None, Some("2028-12-31"));
    assert!(rows.len() > 60, "{}", rows.len());
    for (name, holds) in RULES {
        let broken: Vec<&Record> = rows.iter().filter(|row| !holds(row)).collect();
        assert!(broken.is_empty(), "{name}: {:?}", broken.first());
    }
}

#[tokio::test]
async fn a_broken_record_breaks_the_rule_that_is_about_it() {
    let books = Books::with(&every_shape()).await;
    let (_, rows) = books.export("1.2", None, None);
    for (column, value, named) in [
        ("BilledCost", "", "mandatory columns but ChargeClass"),
        ("ListUnitPrice", "9.01", "ListUnitPrice times PricingQuantity"),
        ("ChargeCategory", "Rental", "ChargeCategory is one of"),
        ("ChargePeriodEnd", "2020-01-01T00:00:00Z", "periods end after they start"),
        ("ConsumedQuantity", "3.0", "ConsumedQuantity is null unless"),
        ("Department", "Sales", "own columns are prefixed"),
        ("BillingPeriodStart", "2025-10-01", "times are ISO 8601"),
    ] {
        let record: Record = rows[0].clone().into_iter().chain([(column.to_owned(), value.to_owned())]).collect();
        let (_, holds) = RULES.iter().find(|(name, _)| name.starts_with(named)).expect("a rule of that name");
        assert!(!holds(&record), "{column} = {value:?} must break {named:?}");
    }
}

#[tokio::test]
async fn the_1_0_file_has_the_columns_of_1_0_and_none_that_came_later() {
    let books = Books::with(&every_shape()).await;
    let (_, rows) = books.export("1.0", None, None);
    let columns: Vec<&String> = rows[0].keys().collect();
    for present in ["RegionId", "ResourceId", "SubAccountName", "CommitmentDiscountStatus", "ProviderName", "Provider"]
    {
        assert!(columns.iter().any(|column| *column == present), "{present}");
    }
    for absent in ["InvoiceId", "ServiceSubcategory"] {
        assert!(!columns.iter().any(|column| *column == absent), "{absent}");
    }
    assert!(rows.iter().all(|row| row["ChargeType"] == row["ChargeCategory"]));
}

fn periods(rows: &[Record]) -> Vec<(String, String, String)> {
    let day = |text: &str| text.split('T').next().unwrap().to_owned();
    let told = |row: &Record| (day(&row["ChargePeriodStart"]), day(&row["ChargePeriodEnd"]), row["BilledCost"].clone());
    rows.iter().map(told).collect()
}

fn told(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    expected.iter().map(|(from, end, cost)| ((*from).to_owned(), (*end).to_owned(), (*cost).to_owned())).collect()
}

#[tokio::test]
async fn monthly_payments_start_from_the_anchor_and_keep_to_the_days_asked_for() {
    let books = Books::with(&[form("50", "9", "unit", "month", "2024-01-31", "")]).await;
    let (_, rows) = books.export("1.2", Some("2024-02-01"), Some("2024-04-30"));
    let expected = [
        ("2024-02-29", "2024-03-31", "450.00"),
        ("2024-03-31", "2024-04-30", "450.00"),
        ("2024-04-30", "2024-05-31", "450.00"),
    ];
    assert_eq!(periods(&rows), told(&expected));
    assert!(rows.iter().all(|row| row["ChargeCategory"] == "Usage" && row["ConsumedQuantity"] == "50.0"));
    let (_, until_today) = books.export("1.2", Some("2025-10-01"), None);
    assert_eq!(periods(&until_today), [], "the payment of 31 Oct lies after today, {}", days(0));
}

#[tokio::test]
async fn a_cut_period_costs_its_share_and_all_payments_make_the_cost_of_the_term() {
    let daily =
        PurchaseForm { proration: "daily".to_owned(), ..form("10", "108", "unit", "year", "2025-06-01", "2026-03-31") };
    let books = Books::never_read(&[daily]).await;
    let (_, rows) = books.export("1.2", None, None);
    assert_eq!(periods(&rows), told(&[("2025-06-01", "2026-04-01", "899.51")]));
    assert!(rows[0]["ChargeDescription"].ends_with("1 Jun 2025 to 31 Mar 2026, cut short by the end of the term"));
    assert_eq!((rows[0]["PricingQuantity"].as_str(), rows[0]["x_Seats"].as_str()), ("1.0", "10"));
    let books = Books::with(&every_shape()).await;
    let (_, rows) = books.export("1.2", None, Some("2199-12-31"));
    for purchase in books.window.purchases(APP).unwrap().iter().filter(|purchase| purchase.term_total.is_some()) {
        let id = purchase.id.to_string();
        let paid: Decimal = rows
            .iter()
            .filter(|row| row["x_PurchaseId"] == id && !is_tax(row))
            .map(|row| decimal(row, "BilledCost"))
            .sum();
        let total = purchase.term_total.as_ref().unwrap().value.as_ref().unwrap();
        assert_eq!(paid, total.amount.parse::<Decimal>().unwrap(), "{}", purchase.sentence);
    }
}

#[tokio::test]
async fn what_is_paid_once_is_for_its_term_or_for_its_day() {
    let books = Books::never_read(&[
        form("1", "500", "unit", "once", "2025-03-03", ""),
        form("2", "1200", "lot", "once", "2025-04-01", "2026-03-31"),
    ])
    .await;
    let (_, rows) = books.export("1.2", None, None);
    let expected = [("2025-03-03", "2025-03-04", "500.00"), ("2025-04-01", "2026-04-01", "1200.00")];
    assert_eq!(periods(&rows), told(&expected));
    assert!(rows.iter().all(|row| row["ChargeFrequency"] == "One-Time" && row["ChargeCategory"] == "Purchase"));
}

#[tokio::test]
async fn a_purchase_without_a_known_payment_is_named_and_never_counted_as_0() {
    let books = Books::with(&[
        form("5", "", "unit", "year", "2025-01-01", ""),
        form("unlimited", "9", "unit", "month", "2025-01-01", ""),
        form("1", "0", "unit", "year", "2025-01-01", ""),
    ])
    .await;
    let (written, rows) = books.export("1.2", None, None);
    assert_eq!(periods(&rows), told(&[("2025-01-01", "2026-01-01", "0.00")]), "a known 0 is a cost of 0");
    assert_eq!(written.left_out.len(), 2);
    assert_eq!(written.left_out[0], "Purchase 1, Can-Edit, 5 seats: its price is not known.");
    assert!(written.left_out[1].contains("unlimited at a price per unit"), "{:?}", written.left_out);
}

#[tokio::test]
async fn a_wrong_version_or_span_is_refused_in_words() {
    let books = Books::with(&[]).await;
    let refused = |version: &str, from: Option<&str>, to: Option<&str>| {
        let request = FocusRequest {
            app: APP.to_owned(),
            version: version.to_owned(),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            path: books.desk.path().join("never.csv").display().to_string(),
        };
        books.window.focus_export(&request).unwrap_err().to_string()
    };
    assert_eq!(refused("2.0", None, None), "\"2.0\" is not a version of FOCUS: 1.0 or 1.2.");
    assert!(refused("1.2", Some("2026-01-01"), Some("2025-01-01")).contains("lies before the first day"));
    assert!(!books.desk.path().join("never.csv").exists());
}

/// Whole rows, as they would be without sharing out: by purchase and first day.
fn by_payment(rows: &[Record], category_is_tax: bool) -> BTreeMap<(String, String, String), Decimal> {
    let mut sums = BTreeMap::new();
    for row in rows.iter().filter(|row| is_tax(row) == category_is_tax) {
        let key = (row["x_PurchaseId"].clone(), row["BillingPeriodStart"].clone(), row["ChargePeriodStart"].clone());
        *sums.entry(key).or_insert(Decimal::ZERO) += decimal(row, "BilledCost");
    }
    sums
}

fn tag(row: &Record, key: &str) -> Option<String> {
    let tags: serde_json::Value = serde_json::from_str(&row["Tags"]).unwrap();
    tags[key].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_payment_is_shared_out_by_department_and_cost_center_seat_by_seat() {
    let books = Books::with(&[form("50", "9", "unit", "month", "2025-11-01", "2026-10-31")]).await;
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    let held: Vec<&Record> = rows.iter().filter(|row| row["x_Allocation"] == "accounts").collect();
    assert!(held.len() > 2, "{rows:?}");
    assert!(held.iter().all(|row| tag(row, "department").is_some() && tag(row, "cost_center").is_some()));
    let sum = |rows: &[&Record], column: &str| rows.iter().map(|row| decimal(row, column)).sum::<Decimal>();
    let all: Vec<&Record> = rows.iter().collect();
    assert_eq!((sum(&all, "BilledCost"), sum(&all, "x_Seats")), (Decimal::from(450), Decimal::from(50)));
    for row in &rows {
        assert_eq!(decimal(row, "BilledCost"), decimal(row, "x_Seats") * Decimal::from(9), "{row:?}");
        assert_eq!(
            (decimal(row, "PricingQuantity"), &row["ListUnitPrice"]),
            (decimal(row, "x_Seats"), &"9.0".to_owned())
        );
    }
    let screen = books.window.spend(&app::view::apps::AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap();
    let editing = screen.by_license_type.iter().find(|line| line.license_type == "can-edit").unwrap().assigned;
    assert_eq!(sum(&held, "x_NotMonitored"), Decimal::from(editing));
    let free = rows.last().unwrap();
    assert_eq!((free["x_Allocation"].as_str(), decimal(free, "x_Seats")), ("unassigned", Decimal::from(50 - editing)));
    assert!(free["ChargeDescription"].contains(&format!("{} of 50 seats", 50 - editing)), "{free:?}");
}

#[tokio::test]
async fn the_parts_of_every_payment_and_of_its_tax_make_the_whole_to_the_cent() {
    let books = Books::with(&every_shape()).await;
    let (_, shared) = books.export("1.2", Some("2025-10-27"), Some("2026-12-31"));
    // Before the first reading nobody knows who held what: the same payments of a ledger without a roster are whole.
    let never_read = Books::never_read(&every_shape()).await;
    let (_, whole) = never_read.export("1.2", Some("2025-10-27"), Some("2026-12-31"));
    assert!(whole.iter().all(|row| row["x_Allocation"] == "whole" && row["Tags"] == "{}"));
    assert!(shared.len() > whole.len() * 2, "{} and {}", shared.len(), whole.len());
    for of_tax in [false, true] {
        assert_eq!(by_payment(&shared, of_tax), by_payment(&whole, of_tax));
        assert!(!by_payment(&whole, of_tax).is_empty());
    }
}

#[tokio::test]
async fn a_purchase_with_a_rule_is_for_those_whom_it_names() {
    let sales = |seats: &str, rule: &str| PurchaseForm {
        pays_for: rule.to_owned(),
        ..form(seats, "9", "unit", "month", "2025-11-01", "")
    };
    let plain = Books::with(&[form("1", "9", "unit", "month", "2025-11-01", "")]).await;
    let (_, rows) = plain.export("1.2", None, Some("2025-11-30"));
    let named = rows.iter().find_map(|row| tag(row, "department")).expect("a department");
    let books = Books::with(&[sales("1", &format!("department: {named}")), sales("30", "")]).await;
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    let departments = |purchase: &str| {
        let own = rows.iter().filter(|row| row["x_PurchaseId"] == purchase);
        own.filter_map(|row| tag(row, "department")).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(departments("1").into_iter().collect::<Vec<_>>(), [named.clone()]);
    assert!(!departments("2").contains(&named) && !departments("2").is_empty());
}

#[tokio::test]
async fn more_accounts_than_seats_share_the_seats_and_nothing_is_unassigned() {
    let books = Books::with(&[form("3", "10", "unit", "month", "2025-11-01", "")]).await;
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    assert!(rows.iter().all(|row| row["x_Allocation"] == "accounts"));
    assert_eq!(rows.iter().map(|row| decimal(row, "x_NotMonitored")).sum::<Decimal>(), Decimal::from(3));
    let lot = Books::with(&[form("unlimited", "1000", "lot", "month", "2025-11-01", "")]).await;
    let (_, rows) = lot.export("1.2", None, Some("2025-11-30"));
    assert_eq!(rows.iter().map(|row| decimal(row, "BilledCost")).sum::<Decimal>(), Decimal::from(1000));
    assert!(rows.len() > 1 && rows.iter().all(|row| row["x_Seats"].is_empty() && has(row, "x_NotMonitored")));
}

#[tokio::test]
async fn what_was_paid_before_the_first_reading_is_shared_out_by_the_first_roster_within_its_days() {
    let books = Books::with(&[
        form("50", "108", "unit", "year", "2025-04-01", "2026-03-31"),
        form("50", "9", "unit", "month", "2025-08-01", "2025-09-30"),
    ])
    .await;
    let (_, rows) = books.export("1.2", None, None);
    let whole = |purchase: &str| {
        rows.iter().filter(|row| row["x_PurchaseId"] == purchase).all(|row| row["x_Allocation"] == "whole")
    };
    assert!(!whole("1"), "the roster of 27 Oct lies within the year");
    assert!(whole("2"), "nobody knows who held these seats");
}

#[tokio::test]
async fn tax_stands_on_rows_of_its_own_and_is_computed_of_list_and_of_cost() {
    let taxed = PurchaseForm {
        discounts: "10%".to_owned(),
        tax: "19".to_owned(),
        ..form("10", "10", "unit", "month", "2025-08-01", "2025-08-31")
    };
    let books = Books::with(&[taxed]).await;
    let (_, rows) = books.export("1.2", None, None);
    let told = |row: &Record| ["ChargeCategory", "ListCost", "BilledCost", "ListUnitPrice"].map(|c| row[c].clone());
    assert_eq!(told(&rows[0]), ["Usage", "100.00", "90.00", "10.0"]);
    assert_eq!(told(&rows[1]), ["Tax", "19.00", "17.10", ""]);
    assert_eq!(rows[0]["ContractedUnitPrice"], "9.0");
    assert!(rows[1]["ChargeDescription"].starts_with("Tax of 19% on Can-Edit, 10 seats"), "{:?}", rows[1]);
}

#[tokio::test]
async fn fees_are_cost_records_too_and_all_rows_before_tax_are_the_cash_of_the_screen() {
    let books = Books::with(&[
        form("50", "9", "unit", "month", "2025-01-31", ""),
        PurchaseForm { tax: "19".to_owned(), ..form("7", "1200", "lot", "year", "2025-03-01", "2026-02-28") },
        // Renewed on the last day of the one before: that day is paid once.
        form("10", "108", "unit", "year", "2024-02-01", "2025-02-01"),
        form("10", "120", "unit", "year", "2025-02-01", "2026-01-31"),
    ])
    .await;
    let fee = FeeForm {
        name: "Set-up".to_owned(),
        amount: "500".to_owned(),
        every: "quarter".to_owned(),
        from: "2025-01-15".to_owned(),
        ..FeeForm::default()
    };
    let saved = books.window.fee_save(&FeeSaveRequest { app: APP.to_owned(), id: None, form: fee }).unwrap();
    assert_eq!(saved.problems, Vec::new());
    let (_, rows) = books.export("1.2", Some("2025-01-01"), Some("2025-12-31"));
    let fees: Vec<&Record> = rows.iter().filter(|row| has(row, "x_FeeId")).collect();
    assert_eq!(fees.len(), 4);
    assert_eq!((fees[0]["SkuId"].as_str(), fees[0]["ChargeCategory"].as_str()), ("fee-1", "Purchase"));
    let screen = books
        .window
        .spend_over_time(&SpendOverTimeRequest {
            app: APP.to_owned(),
            from: Some("2025-01-01".to_owned()),
            to: Some("2025-12-31".to_owned()),
            by: "month".to_owned(),
            basis: "cash".to_owned(),
        })
        .unwrap();
    let billed: Decimal = rows.iter().filter(|row| !is_tax(row)).map(|row| decimal(row, "BilledCost")).sum();
    assert_eq!(billed, screen.total.value.unwrap().amount.parse::<Decimal>().unwrap());
    assert!(rows.iter().any(is_tax));
}

impl Books {
    /// The same purchases of an app whose roster was never read.
    async fn never_read(forms: &[PurchaseForm]) -> Self {
        let server = server(20);
        let desk = Desk::new();
        let window = desk.connected(&server).await;
        for form in forms {
            let request = PurchaseSaveRequest { app: APP.to_owned(), id: None, form: form.clone() };
            assert_eq!(window.purchase_save(&request).unwrap().problems, Vec::new());
        }
        Self { window, desk: tempfile::tempdir().unwrap(), _kept: (desk, server) }
    }

    fn invoice(&self, number: &str, purchase: i64, amount: &str, from: &str, until: &str) {
        let form = InvoiceForm {
            number: number.to_owned(),
            day: from.to_owned(),
            amount: amount.to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
            purchase: Some(purchase),
            ..InvoiceForm::default()
        };
        let saved = self.window.invoice_save(&InvoiceSaveRequest { app: APP.to_owned(), id: None, form }).unwrap();
        assert_eq!(saved.problems, Vec::new());
    }
}

/// Invoice numbers and notes by purchase and first day of the period.
fn invoiced(rows: &[Record], purchase: &str, from: &str) -> (String, String) {
    let own =
        |row: &&Record| row["x_PurchaseId"] == purchase && row["ChargePeriodStart"].starts_with(from) && !is_tax(row);
    let found: std::collections::BTreeSet<_> =
        rows.iter().filter(own).map(|row| (row["InvoiceId"].clone(), row["x_InvoiceNote"].clone())).collect();
    assert_eq!(found.len(), 1, "the parts of a payment stand on one invoice: {found:?}");
    found.into_iter().next().unwrap()
}

#[tokio::test]
async fn an_invoice_number_stands_on_the_rows_that_add_up_to_the_invoice_and_on_no_others() {
    let monthly = PurchaseForm { tax: "19".to_owned(), ..form("50", "9", "unit", "month", "2025-06-01", "") };
    let books = Books::with(&[monthly, form("1", "500", "unit", "once", "2025-06-01", "")]).await;
    books.invoice("INV-1", 1, "900.00", "2025-06-01", "2025-07-31");
    books.invoice("INV-2", 1, "470.00", "2025-08-01", "2025-08-31");
    books.invoice("INV-3", 1, "450.00", "2025-09-01", "2025-09-30");
    books.invoice("INV-4", 1, "450.00", "2025-09-01", "2025-09-30");
    books.invoice("INV-1", 2, "500.00", "2025-06-01", "2025-06-01");
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    for (purchase, from) in [("1", "2025-06-01"), ("1", "2025-07-01"), ("2", "2025-06-01")] {
        assert_eq!(invoiced(&rows, purchase, from), ("INV-1".to_owned(), String::new()));
    }
    let (number, note) = invoiced(&rows, "1", "2025-08-01");
    assert_eq!(number, "");
    assert_eq!(note, "Invoice INV-2 bills 470.00 USD, the payments of its days are 450.00 USD.");
    assert!(invoiced(&rows, "1", "2025-09-01").1.contains("bill the same payment"));
    assert_eq!(invoiced(&rows, "1", "2025-10-01"), (String::new(), String::new()));
    let recorded: BTreeMap<&str, Decimal> = [("INV-1", Decimal::from(1400))].into();
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for row in rows.iter().filter(|row| has(row, "InvoiceId")) {
        *sums.entry(&row["InvoiceId"]).or_default() += decimal(row, "BilledCost");
    }
    assert_eq!(sums, recorded, "the rows of an invoice are the invoice");
    assert!(rows.iter().filter(|row| is_tax(row)).all(|row| !has(row, "InvoiceId")));
    let (_, june) = books.export("1.2", None, Some("2025-06-30"));
    let (number, note) = invoiced(&june, "1", "2025-06-01");
    assert_eq!((number.as_str(), note.contains("outside the days of this file")), ("", true), "{note}");
    assert_eq!(invoiced(&june, "2", "2025-06-01").0, "", "a line of an invoice that is not complete");
}

#[tokio::test]
async fn a_free_license_type_has_no_cost_records() {
    let books = Books::with(&[form("5", "9", "unit", "month", "2025-06-01", "")]).await;
    let change = app::view::purchases::LicenseTypeChange {
        app: APP.to_owned(),
        license_type: "can-edit".to_owned(),
        name: None,
        billable: None,
        free: Some(true),
    };
    books.window.license_type_change(&change).unwrap();
    let (written, rows) = books.export("1.2", None, None);
    assert!(rows.is_empty());
    assert_eq!(written.left_out, ["Purchase 1, Can-Edit, 5 seats: its license type is marked as free."]);
}
