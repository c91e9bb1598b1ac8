//! Every reason computes: from whatever is bought, on every basis, over time and ahead, the words that people read give
//! the figure beside them.

use ledger::{
    Account, Ahead, Basis, Because, By, Commitment, Conditions, Counts, Discount, Fee, FeeId, FiscalYear, Frequency,
    Grain, Headcount, Invoice, InvoiceId, Off, Outlook, Payments, Priced, Proration, Purchase, PurchaseFacts,
    PurchaseId, Quantity, Rates, Reasons, RenewalTerms, Renewing, Setting, TypeFacts, TypeNames, Uplift, Wanted,
    annual_line, bases, chargeback, compare, next_payment, per_held_line, renewals, table, tax_line, term_line,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::any::{any_currency, any_purchase};
use crate::make::{currency, day, lot, purchase, term, type_of, unit, view_only, yearly};
use crate::recount::{Step, faults};

fn read(because: &Because) -> Step {
    Step {
        label: because.label.clone(),
        result: because.result.clone(),
        rule: because.rule.law().to_owned(),
        arithmetic: because.arithmetic.clone(),
        rounding: because.rounding.clone(),
        parts: because.parts.iter().map(read).collect(),
    }
}

fn computes<'a>(all: impl IntoIterator<Item = &'a Because>) {
    let found: Vec<String> = all.into_iter().flat_map(|because| faults(&read(because))).collect();
    let many = found.len();
    assert!(found.is_empty(), "{many}: {}", found.into_iter().take(3).collect::<Vec<_>>().join("\n"));
}

fn numbered(mut purchases: Vec<Purchase>) -> Vec<Purchase> {
    for (purchase, id) in purchases.iter_mut().zip(1..) {
        purchase.id = PurchaseId(id);
    }
    purchases
}

fn any_purchases() -> impl Strategy<Value = Vec<Purchase>> {
    proptest::collection::vec(any_purchase(Just(currency("USD"))), 0..5).prop_map(numbered)
}

fn types(counts: [(u64, u64); 3]) -> Vec<TypeFacts> {
    let named = [("can-edit", "Can-Edit"), ("view-only", "View-Only"), ("explorer", "Explorer")];
    let made = named.into_iter().zip(counts).map(|((key, name), (accounts, idle))| TypeFacts {
        assigned: accounts + idle,
        deactivated: 0,
        activity: ledger::ActivityCounts {
            active: accounts / 2,
            inactive: accounts - accounts / 2,
            ..Default::default()
        },
        ..type_of(key, name, accounts)
    });
    made.collect()
}

fn fee(amount: &str, frequency: Frequency) -> Fee {
    Fee {
        id: FeeId(1),
        name: "Support".to_owned(),
        amount: amount.parse().unwrap(),
        currency: currency("USD"),
        frequency,
        term: term("2026-01-01", None),
        proration: Proration::Daily,
        in_annual_spend: true,
        in_cost_per_account: true,
        note: String::new(),
        conditions: Conditions::default(),
    }
}

const TODAY: &str = "2026-11-23";

fn on_every_basis(purchases: &[Purchase], types: &[TypeFacts], fees: &[Fee]) {
    let headcounts = [Headcount { day: day("2026-11-01"), people: 7 }];
    let setting = Setting { default: Some(currency("USD")), fees, headcounts: &headcounts, ..Setting::default() };
    let all = bases(day(TODAY), types, purchases, setting);
    let counts = &all.spend.counts;
    computes(
        [&counts.purchased, &counts.assigned, &counts.billable, &counts.unassigned, &counts.over_assigned]
            .map(|one| &one.because),
    );
    for of_type in &all.spend.by_type {
        let lines = [&of_type.unit_annual, &of_type.billable_annual, &of_type.committed_annual, &of_type.waste_annual];
        computes(lines.map(|line| &line.because));
        computes(
            [&of_type.counts.unassigned, &of_type.counts.over_assigned, &of_type.counts.billable]
                .map(|one| &one.because),
        );
    }
    let lines = [
        &all.spend.billable_annual,
        &all.committed_annual,
        &all.spend.waste_annual,
        &all.fees_annual,
        &all.used_annual,
        &all.idle_annual,
        &all.waste_now,
        &all.waste_at_renewal,
        &all.run_rate,
        &all.total_contract_value,
        &all.annual_contract_value,
        &all.cost_per_billable,
        &all.cost_per_active,
        &all.cost_per_employee,
    ];
    computes(lines.map(|line| &line.because));
}

fn over_time(purchases: &[Purchase], fees: &[Fee], grain: Grain, counts: Option<&Counts>) {
    for basis in [Basis::Accrual, Basis::Cash] {
        let buckets = FiscalYear::default().buckets(grain, day("2026-02-10"), day("2027-01-20"));
        let wanted = Wanted {
            basis,
            purchases,
            fees,
            free: &[],
            names: TypeNames::default(),
            buckets: &buckets,
            exchange: None,
            counts,
        };
        all_of(&wanted, Vec::new());
    }
}

/// All reasons of a table; every one tells the amount that is shown.
fn all_of(wanted: &Wanted, prices: Vec<Priced>) {
    let made = table(wanted);
    let shown = made.shown();
    let reasons = Reasons::new(&made, &shown, wanted).with_prices(prices);
    let rows: Vec<usize> = (0..made.rows.len()).collect();
    let value = |line: &ledger::Line| line.value.as_ref().map(|value| value.amount.clone());
    for bucket in 0..made.buckets.len() {
        for row in &rows {
            if let Some(cell) = reasons.cell(*row, bucket) {
                computes([&cell.because]);
                assert_eq!(value(&cell), shown.cells[*row][bucket], "{cell:?}");
            }
        }
        let (period, short) = (reasons.period(bucket).unwrap(), reasons.period_in_short(bucket).unwrap());
        computes([&period.because, &short.because]);
        assert_eq!((value(&period), value(&short)), (shown.totals[bucket].clone(), shown.totals[bucket].clone()));
        computes([&reasons.rows_in(&rows, bucket, "All").unwrap().because]);
    }
    let all = reasons.all();
    computes([&all.because, &made.all_in_short(&shown).because]);
    assert_eq!(value(&all), shown.total);
    if let Some(of_rows) = reasons.rows_in_all(&rows, "All") {
        computes([&of_rows.because]);
    }
}

fn ahead(purchases: &[Purchase], fees: &[Fee]) {
    let outlook = Outlook {
        from: day(TODAY),
        months: 30,
        basis: Basis::Cash,
        purchases,
        fees,
        free: &[],
        names: TypeNames::default(),
        changes: &[],
        repriced: &[],
        renewing: Renewing::All,
        continued: &[],
        exchange: None,
        counts: None,
    };
    for uplift in [Uplift::None, Uplift::Expected, Uplift::Most] {
        let made = Ahead::of(&outlook, uplift);
        all_of(&made.wanted(&outlook), Priced::all(&outlook, uplift));
    }
}

fn alone(purchases: &[Purchase]) {
    for bought in purchases {
        let facts = PurchaseFacts::from(bought);
        let lines = [
            annual_line(&facts),
            term_line(&facts),
            tax_line(&facts),
            per_held_line(&facts, 7),
            next_payment(&facts, day(TODAY)).map(|next| next.line),
        ];
        computes(lines.iter().flatten().map(|line| &line.because));
    }
    let ends = renewals(day(TODAY), purchases, &[], TypeNames::default());
    let lines = ends.iter().flat_map(|renewal| [&renewal.annual, &renewal.renewed_annual]).flatten();
    computes(lines.map(|line| &line.because));
    let payments = Payments::new(purchases, None);
    for bought in purchases {
        let invoice = Invoice {
            id: InvoiceId(1),
            number: "R-1".to_owned(),
            day: day("2026-04-01"),
            amount: "123.45".parse().unwrap(),
            currency: bought.currency,
            period: term("2026-01-01", Some("2026-12-31")),
            purchase: bought.id,
        };
        if let Some(found) = compare(bought, &[invoice], &Rates::default(), &payments) {
            computes([&found.recorded, &found.computed, &found.variance].map(|line| &line.because));
        }
    }
}

fn by_department(purchases: &[Purchase], facts: &[TypeFacts]) {
    let names = ["Sales", "Legal", "People", "Finance", "IT"];
    let accounts = facts.iter().flat_map(|of_type| {
        (0..of_type.billable_accounts).map(|index| Account {
            license_type: &of_type.license_type,
            billable: true,
            email: None,
            department: names.get(usize::try_from(index * index % 7).unwrap()).copied(),
            cost_center: None,
            groups: &[],
        })
    });
    let setting = Setting { default: Some(currency("USD")), ..Setting::default() };
    let shared = chargeback(day(TODAY), By::Department, facts, purchases, accounts, setting);
    let lines = shared.rows.iter().map(|row| &row.annual).chain([&shared.unassigned, &shared.total]);
    computes(lines.map(|line| &line.because));
    computes(shared.rows.iter().map(|row| &row.counted).chain([&shared.counted]));
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 60, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn whatever_is_bought_every_reason_computes(
        purchases in any_purchases(),
        counts in proptest::array::uniform3((0u64..200, 0u64..50)),
    ) {
        let facts = types(counts);
        on_every_basis(&purchases, &facts, &[fee("100", Frequency::Every18Months)]);
        by_department(&purchases, &facts);
        alone(&purchases);
    }

    #[test]
    fn whatever_is_bought_every_reason_over_time_computes(purchases in any_purchases()) {
        let fees = [fee("100", Frequency::Quarterly)];
        for grain in [Grain::Month, Grain::Quarter] {
            over_time(&purchases, &fees, grain, None);
        }
        ahead(&purchases, &fees);
    }

    #[test]
    fn in_whatever_currency_every_reason_computes(bought in any_purchase(any_currency())) {
        let bought = numbered(vec![bought]);
        on_every_basis(&bought, &types([(20, 3), (0, 0), (5, 0)]), &[]);
        over_time(&bought, &[], Grain::Month, None);
        alone(&bought);
    }
}

#[test]
fn discounts_of_what_is_free_or_given_away_already_take_nothing_and_say_so() {
    let off = |off| Discount { name: String::new(), off };
    let with = |price: &str, discounts| {
        let conditions = Conditions { discounts, ..Conditions::default() };
        Purchase { price: unit(price), conditions, ..purchase() }
    };
    let (all, tenth) = (Decimal::ONE_HUNDRED, Decimal::TEN);
    let bought = numbered(vec![
        with("0", vec![off(Off::Fixed(tenth))]),
        with("9", vec![off(Off::PercentOfRest(all)), off(Off::PercentOfList(tenth)), off(Off::PercentOfRest(tenth))]),
        with("9", vec![off(Off::PercentOfRest(all)), off(Off::Fixed(tenth)), off(Off::Fixed(tenth))]),
    ]);
    alone(&bought);
    on_every_basis(&bought, &types([(20, 3), (0, 0), (5, 0)]), &[]);
    over_time(&bought, &[], Grain::Month, None);
}

#[test]
fn a_minimum_above_what_accounts_in_unlimited_seats_cost_is_the_reason() {
    let commitment = Commitment { per_payment: Some(Decimal::ONE_THOUSAND), term: None };
    let conditions = Conditions { commitment, ..Conditions::default() };
    let open = Purchase { quantity: Quantity::Unlimited, price: unit("0.01"), conditions, ..purchase() };
    let (purchases, facts) = (numbered(vec![open]), types([(20, 3), (0, 0), (5, 0)]));
    on_every_basis(&purchases, &facts, &[]);
    let spend = bases(day(TODAY), &facts, &purchases, Setting::default()).spend;
    let part =
        spend.by_type[0].billable_annual.because.parts.iter().find(|part| part.label.contains("unlimited seats"));
    assert!(part.is_some_and(|part| part.arithmetic.ends_with("at least")), "{part:#?}");
}

#[test]
fn thirds_of_a_cent_are_shared_out_and_it_is_told_who_got_them() {
    let third = |id, key: &str| Purchase { license_type: key.to_owned(), price: lot("1000"), ..yearly(id, 3, "0") };
    let types = ["a", "b", "c"].map(|key| type_of(key, &key.to_uppercase(), 1));
    let bought = [third(1, "a"), third(2, "b"), third(3, "c")];
    on_every_basis(&bought, &types, &[]);
    let all = bases(day(TODAY), &types, &bought, Setting::default());
    let told = |because: &Because| because.rounding.clone().unwrap();
    let [first, second] = [0, 1].map(|index| told(&all.spend.by_type[index].billable_annual.because));
    let exactly = "Exactly $1,000.00 ÷ 3: $333.33 below it";
    assert_eq!(first, format!("{exactly}, and the $0.01 left over, for the largest remainder"));
    assert_eq!(second, format!("{exactly}; the $0.01 left over goes elsewhere, to the largest remainder"));
    let total = told(&all.spend.billable_annual.because);
    assert_eq!(total, "The parts rounded down leave $0.01 over, which goes to the largest remainder: A");
}

#[test]
fn departments_tell_their_exact_share_and_who_got_the_cents_left_over() {
    let bought = [Purchase { price: lot("1000"), ..yearly(1, 30, "0") }];
    let accounts = |department: &'static str, number: usize| {
        std::iter::repeat_n(department, number).map(|department| Account {
            license_type: "can-edit",
            billable: true,
            email: None,
            department: Some(department),
            cost_center: None,
            groups: &[],
        })
    };
    let all = accounts("Sales", 10).chain(accounts("Legal", 7)).chain(accounts("People", 13));
    let facts = [type_of("can-edit", "Can-Edit", 30), view_only(4)];
    let shared = chargeback(day(TODAY), By::Department, &facts, &bought, all, Setting::default());
    let told: Vec<(&str, &str, Option<&str>)> = shared
        .rows
        .iter()
        .map(|row| (&*row.annual.because.label, &*row.annual.because.result, row.annual.because.rounding.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "Legal",
                "$233.34",
                Some("Exactly $700.00 ÷ 3: $233.33 below it, and the $0.01 left over, for the largest remainder")
            ),
            (
                "People",
                "$433.33",
                Some(
                    "Exactly $1,300.00 ÷ 3: $433.33 below it; the $0.01 left over goes elsewhere, to the largest remainder"
                )
            ),
            (
                "Sales",
                "$333.33",
                Some(
                    "Exactly $1,000.00 ÷ 3: $333.33 below it; the $0.01 left over goes elsewhere, to the largest remainder"
                )
            ),
        ]
    );
    let who = shared.total.because.rounding.as_deref();
    assert_eq!(who, Some("The parts rounded down leave $0.01 over, which goes to the largest remainder: Legal"));
    computes(shared.rows.iter().map(|row| &row.annual.because).chain([&shared.total.because]));
}

#[test]
fn a_renewal_tells_how_its_price_was_raised_from_the_one_before() {
    let bought = Purchase {
        quantity: Quantity::Seats(190),
        price: unit("9.25"),
        auto_renews: true,
        term: term("2025-12-01", Some("2026-11-30")),
        conditions: Conditions {
            renewal: RenewalTerms { uplift: Some(Decimal::from(5)), cap: None, seats: None },
            ..Conditions::default()
        },
        ..purchase()
    };
    let found = renewals(day(TODAY), std::slice::from_ref(&bought), &[], TypeNames::default());
    let next = found[0].renewed_annual.as_ref().unwrap();
    computes([&next.because]);
    let price = next.because.parts.last().unwrap();
    assert_eq!(
        (&*price.result, &*price.arithmetic, price.rounding.as_deref()),
        ("$9.71", "$9.25 × 105%", Some("Rounded half up from $9.7125"))
    );
    ahead(&[bought], &[]);
}

#[test]
fn accounts_over_time_and_seats_beyond_compute() {
    let steps = vec![(day("2026-03-01"), 52), (day("2026-05-15"), 47), (day("2026-08-02"), 61)];
    let counts = Counts {
        since: day("2026-03-01"),
        last: day("2026-11-20"),
        steps: std::collections::BTreeMap::from([("can-edit".to_owned(), steps)]),
    };
    let open = Purchase { quantity: Quantity::Unlimited, term: term("2026-04-01", None), ..purchase() };
    let over = Purchase {
        conditions: Conditions {
            overage: Some(ledger::Overage {
                rate: ledger::OverageRate::Contract,
                charged: ledger::OverageFrom::Start,
                proration: Proration::Daily,
            }),
            ..Conditions::default()
        },
        ..purchase()
    };
    for bought in [open, over] {
        for grain in [Grain::Month, Grain::Quarter, Grain::FiscalYear] {
            over_time(std::slice::from_ref(&bought), &[], grain, Some(&counts));
        }
    }
}

#[test]
fn a_true_up_that_is_credited_and_charged_anew_on_another_price_computes() {
    let steps = vec![(day("2026-03-01"), 62)];
    let counts = Counts {
        since: day("2026-03-01"),
        last: day("2026-11-20"),
        steps: std::collections::BTreeMap::from([("can-edit".to_owned(), steps)]),
    };
    let overage = Some(ledger::Overage {
        rate: ledger::OverageRate::Contract,
        charged: ledger::OverageFrom::TrueUp(day("2026-05-01")),
        proration: Proration::Daily,
    });
    let old = Purchase { conditions: Conditions { overage, ..Conditions::default() }, ..yearly(1, 50, "120") };
    let on = day("2026-07-10");
    let ended = Purchase { term: ledger::Term { end: Some(on), ..old.term }, ..old.clone() };
    let next = Purchase { id: PurchaseId(2), price: unit("132"), term: ledger::Term { from: on, ..old.term }, ..old };
    let parts = ledger::joined(vec![ended, next], &[(PurchaseId(2), PurchaseId(1))]);
    for grain in [Grain::Month, Grain::Quarter, Grain::FiscalYear] {
        over_time(&parts, &[], grain, Some(&counts));
    }
}
