//! Cost records: each rule of FOCUS 1.2 that they must hold, by its name, and the payments that they tell.
//! That the 1.0 file passes the `FinOps` Foundation's validator is shown by scripts/focus.sh.

use std::collections::BTreeMap;

use app::Seatledger;
use app::view::focus::{FocusExported, FocusRequest};
use app::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use jiff::Timestamp;
use ledger::Exact;
use ledger::money::exact;
use rust_decimal::Decimal;

use crate::desk::{APP, Desk, days, server, sync};

pub type Record = BTreeMap<String, String>;

pub struct Books {
    pub window: Seatledger,
    desk: tempfile::TempDir,
    _kept: (Desk, lucid_sim::Server),
}

pub fn form(quantity: &str, cost: &str, per: &str, every: &str, from: &str, until: &str) -> PurchaseForm {
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
    pub async fn with(forms: &[PurchaseForm]) -> Self {
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

    pub fn export(&self, version: &str, from: Option<&str>, to: Option<&str>) -> (FocusExported, Vec<Record>) {
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

pub fn every_shape() -> Vec<PurchaseForm> {
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
        // A third of it goes on for ever, and three times the first 28 digits of that are not the amount.
        form("3", "108.10", "lot", "month", "2025-10-01", "2026-09-30"),
    ]
}

/// A rule: its name, and whether a record holds it.
pub type Rule = (&'static str, fn(&Record) -> bool);

pub fn has(record: &Record, column: &str) -> bool {
    record.get(column).is_some_and(|value| !value.is_empty())
}

pub fn decimal(record: &Record, column: &str) -> Decimal {
    record[column].parse().unwrap_or_else(|_| panic!("{column} is a decimal: {record:?}"))
}

/// The product of two columns to its last digit: a decimal's own would be rounded after its 28th.
fn product(record: &Record, one: &str, other: &str) -> Exact {
    exact(decimal(record, one)) * exact(decimal(record, other))
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

pub fn is_tax(record: &Record) -> bool {
    record["ChargeCategory"] == "Tax"
}

/// Whether what was paid is taken back, or its tax.
pub fn is_credited(record: &Record) -> bool {
    record["ChargeDescription"].contains(", credited: ")
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

pub const RULES: &[Rule] = &[
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
    ("ChargeClass is null, or Correction where a billing period that is over is credited", |r| {
        !has(r, "ChargeClass") || (r["ChargeClass"] == "Correction" && is_credited(r))
    }),
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
    ("costs are not negative where nothing is credited, unit prices never are", |r| {
        NUMBERS.iter().all(|column| {
            let price = ["ListUnitPrice", "ContractedUnitPrice", "ConsumedQuantity"].contains(column);
            !r[*column].starts_with('-') || (is_credited(r) && !price)
        })
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
        is_tax(r) || product(r, "ListUnitPrice", "PricingQuantity") == exact(decimal(r, "ListCost"))
    }),
    ("ContractedUnitPrice times PricingQuantity is ContractedCost, exactly", |r| {
        is_tax(r) || product(r, "ContractedUnitPrice", "PricingQuantity") == exact(decimal(r, "ContractedCost"))
    }),
    ("PricingUnit is null only with PricingQuantity", |r| has(r, "PricingUnit") == has(r, "PricingQuantity")),
    ("ConsumedQuantity is null unless the charge is Usage, and not null then, but for a correction", |r| {
        has(r, "ConsumedQuantity") == (r["ChargeCategory"] == "Usage" && !has(r, "ChargeClass"))
    }),
    ("ConsumedUnit is null only with ConsumedQuantity", |r| has(r, "ConsumedUnit") == has(r, "ConsumedQuantity")),
    ("BilledCost and EffectiveCost stand on the same row, as nothing is amortised elsewhere", |r| {
        ["EffectiveCost", "ContractedCost"].iter().all(|column| decimal(r, column) == decimal(r, "BilledCost"))
    }),
    ("ListCost is not less than ContractedCost: a contract only takes off", |r| {
        decimal(r, "ListCost").abs() >= decimal(r, "ContractedCost").abs()
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
async fn a_lot_whose_seat_has_no_price_in_decimals_is_one_of_the_lot() {
    let books = Books::never_read(&[
        form("3", "108.10", "lot", "month", "2025-11-01", ""),
        form("4", "108.10", "lot", "month", "2025-11-01", ""),
    ])
    .await;
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    let told =
        |row: &Record| ["PricingQuantity", "ListUnitPrice", "ContractedUnitPrice", "x_Seats"].map(|c| row[c].clone());
    assert_eq!(told(&rows[0]), ["1.0", "108.10", "108.10", "3"], "a third of it would make 108.0999… again");
    assert_eq!(told(&rows[1]), ["4.0", "27.025", "27.025", "4"], "a quarter of it is a price");
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
    let uncounted = "what was due for accounts before they were first counted, on ";
    assert!(written.left_out[1].contains(uncounted), "{:?}", written.left_out);
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

impl Books {
    /// The same purchases of an app whose roster was never read.
    pub async fn never_read(forms: &[PurchaseForm]) -> Self {
        let server = server(20);
        let desk = Desk::new();
        let window = desk.connected(&server).await;
        for form in forms {
            let request = PurchaseSaveRequest { app: APP.to_owned(), id: None, form: form.clone() };
            assert_eq!(window.purchase_save(&request).unwrap().problems, Vec::new());
        }
        Self { window, desk: tempfile::tempdir().unwrap(), _kept: (desk, server) }
    }
}
