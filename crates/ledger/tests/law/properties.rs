//! What holds for every input.

use jiff::Span;
use ledger::TypeNames;
use ledger::form::{PaperworkInput, parse};
use ledger::{
    Account, Bases, Basis, By, ConditionsInput, Counts, Exact, Fee, FiscalYear, Forecast, Frequency, Grain, Outlook,
    Proration, Purchase, PurchaseId, PurchaseInput, Renewing, Setting, Spend, Table, TypeFacts, Wanted, bases,
    chargeback, days_between, display_amount, findings, forecast, installments, nth_date, parse_amount, parse_day,
    renewals, spend, spend_in, table, term_total, to_input,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::any::{TYPES, any_currency, any_purchase, any_term};
use crate::make::{currency, day, dollars, months, outlook, type_of, wanted};

/// Purchases with ids, in dollars.
fn any_purchases() -> impl Strategy<Value = Vec<Purchase>> {
    proptest::collection::vec(any_purchase(Just(currency("USD"))), 0..8).prop_map(numbered)
}

fn numbered(mut purchases: Vec<Purchase>) -> Vec<Purchase> {
    for (purchase, id) in purchases.iter_mut().zip(1..) {
        purchase.id = PurchaseId(id);
    }
    purchases
}

fn any_types() -> impl Strategy<Value = Vec<TypeFacts>> {
    let counts = proptest::array::uniform3((0u64..200, 0u64..50, any::<bool>()));
    counts.prop_map(|counts| {
        let pairs = TYPES.into_iter().zip(counts);
        pairs
            .map(|(key, (accounts, idle, billable))| TypeFacts {
                billable,
                assigned: accounts + idle,
                ..type_of(key, key, accounts)
            })
            .collect()
    })
}

fn today() -> jiff::civil::Date {
    day("2026-11-23")
}

/// What is done later about days to come.
#[derive(Debug, Clone)]
enum Later {
    Add(Box<Purchase>),
    /// A purchase that goes on gets an end so many days from today.
    End(usize, i64),
    /// Another price from so many days from today on: the purchase is ended and continued.
    Reprice(usize, i64, i64),
    /// A purchase that has not started yet is corrected, or deleted.
    Edit(usize, u32),
    Delete(usize),
}

fn any_act() -> impl Strategy<Value = Later> {
    prop_oneof![
        (any_purchase(Just(currency("USD"))), 1i64..300).prop_map(|(one, days)| {
            let from = today() + Span::new().days(days);
            let end = one.term.end.map(|_| from + Span::new().days(days));
            Later::Add(Box::new(Purchase { term: ledger::Term { from, end }, ..one }))
        }),
        (any::<prop::sample::Index>(), 40i64..900).prop_map(|(index, days)| Later::End(index.index(64), days)),
        (any::<prop::sample::Index>(), 1u32..900).prop_map(|(index, seats)| Later::Edit(index.index(64), seats)),
        (any::<prop::sample::Index>(), 1i64..900, 0i64..90_000).prop_map(|(index, days, cents)| Later::Reprice(
            index.index(64),
            days,
            cents
        )),
        any::<prop::sample::Index>().prop_map(|index| Later::Delete(index.index(64))),
    ]
}

/// The purchases, and which of them continue which at another price, the later one first.
type Entered = (Vec<Purchase>, Vec<(PurchaseId, PurchaseId)>);

impl Later {
    fn on(self, (mut all, mut links): Entered, id: i64) -> Entered {
        let at = |index: usize| (!all.is_empty()).then(|| index % all.len());
        let to_come = |one: &Purchase| one.term.from > today();
        match self {
            Self::Add(one) => all.push(Purchase { id: PurchaseId(id), ..*one }),
            Self::End(index, days) => {
                // A price paid once and a minimum of the term depend on the whole term, and so on its end.
                let by_term = |one: &Purchase| {
                    one.frequency == Frequency::Once || one.conditions.commitment.term.is_some() || to_come(one)
                };
                if let Some(one) =
                    at(index).map(|at| &mut all[at]).filter(|one| one.term.end.is_none() && !by_term(one))
                {
                    // With the end of a payment period nothing is cut that was paid already.
                    let months = one.frequency.months().unwrap_or(1);
                    let first = today() + Span::new().days(days);
                    let end = (0..2_000).map(|k| nth_date(one.term.from, months, k)).find(|end| *end > first);
                    one.term.end = end;
                }
            }
            Self::Reprice(index, days, cents) => {
                let on = today() + Span::new().days(days);
                // What a price paid once or a minimum of the term comes to depends on all prices of the term.
                let recurs =
                    |one: &Purchase| one.frequency != Frequency::Once && one.conditions.commitment.term.is_none();
                let goes_on = |one: &Purchase| one.term.from < on && one.term.end.is_none_or(|end| on < end);
                let found = at(index).map(|at| &mut all[at]).filter(|one| recurs(one) && goes_on(one));
                if let Some(old) = found.filter(|one| one.price.is_some()) {
                    let price = old.price.map(|price| ledger::Price { amount: Decimal::new(cents, 2), ..price });
                    let term = ledger::Term { from: on, ..old.term };
                    old.term.end = Some(on);
                    let next = Purchase { id: PurchaseId(id), price, term, ..old.clone() };
                    links.push((next.id, old.id));
                    all.push(next);
                }
            }
            Self::Edit(index, seats) => {
                if let Some(one) = at(index).map(|at| &mut all[at]).filter(|one| to_come(one)) {
                    one.quantity = ledger::Quantity::Seats(seats);
                }
            }
            Self::Delete(index) => {
                // What continues another one is a part of its contract.
                let alone = |at: &usize| to_come(&all[*at]) && links.iter().all(|(next, _)| *next != all[*at].id);
                if let Some(at) = at(index).filter(alone) {
                    all.remove(at);
                }
            }
        }
        (all, links)
    }
}

/// By payments, by month.
fn counted(purchases: &[Purchase], free: &[&str], counts: Option<&Counts>, from: &str, until: &str) -> Table {
    let buckets = months(from, until);
    table(&Wanted { free, counts, ..wanted(Basis::Cash, purchases, &buckets) })
}

fn ahead(purchases: &[Purchase], free: &[&str]) -> Forecast {
    forecast(&Outlook { free, renewing: Renewing::All, ..outlook(today(), 24, Basis::Accrual, purchases) })
}

fn amounts(spend: &Spend) -> [Option<Exact>; 3] {
    let lines = [&spend.billable_annual, &spend.committed_annual, &spend.waste_annual];
    lines.map(|line| line.value.as_ref().map(|value| value.amount.clone()))
}

proptest! {
    #[test]
    fn the_order_in_which_purchases_were_entered_does_not_matter(
        (purchases, shuffled) in any_purchases().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        types in any_types(),
    ) {
        prop_assert_eq!(spend(today(), &types, &purchases), spend(today(), &types, &shuffled));
        let setting = dollars();
        prop_assert_eq!(bases(today(), &types, &purchases, setting), bases(today(), &types, &shuffled, setting));
        prop_assert_eq!(ahead(&purchases, &[]), ahead(&shuffled, &[]));
    }

    #[test]
    fn adding_a_free_type_changes_no_total(purchases in any_purchases(), types in any_types(), accounts in 0u64..100) {
        let before = spend(today(), &types, &purchases);
        let mut more = types;
        more.push(TypeFacts { free: true, ..type_of("free", "Free", accounts) });
        let after = spend(today(), &more, &purchases);
        prop_assert_eq!(amounts(&before), amounts(&after));
        prop_assert_eq!(before.unpriced, after.unpriced);
        prop_assert_eq!(before.billable_annual.caveat, after.billable_annual.caveat);
    }

    #[test]
    fn a_purchase_of_a_free_type_changes_no_basis_no_period_and_no_forecast(
        purchases in any_purchases(),
        types in any_types(),
        gift in any_purchase(Just(currency("USD"))),
        accounts in 0u64..100,
    ) {
        let setting = dollars();
        let mut more = types.clone();
        more.push(TypeFacts { free: true, ..type_of("free", "Free", accounts) });
        let mut with = purchases.clone();
        with.push(Purchase { id: PurchaseId(99), license_type: "free".to_owned(), ..gift });
        let (before, after) = (bases(today(), &types, &purchases, setting), bases(today(), &more, &with, setting));
        let figures = |all: &Bases| {
            let lines = [&all.committed_annual, &all.waste_now, &all.waste_at_renewal, &all.run_rate];
            let terms = [&all.total_contract_value, &all.annual_contract_value];
            lines.into_iter().chain(terms).map(|line| line.value.clone().map(|value| value.amount)).collect::<Vec<_>>()
        };
        prop_assert_eq!(amounts(&before.spend), amounts(&after.spend));
        prop_assert_eq!(figures(&before), figures(&after));
        prop_assert_eq!(ahead(&purchases, &[]).expected.total, ahead(&with, &["free"]).expected.total);
        let year = |purchases: &[Purchase], free: &[&str]| counted(purchases, free, None, "2026-01-01", "2027-01-01").totals;
        prop_assert_eq!(year(&purchases, &[]), year(&with, &["free"]));
    }

    #[test]
    fn parts_add_up_to_the_total_as_shown(purchases in any_purchases(), types in any_types()) {
        let spend = spend(today(), &types, &purchases);
        let usd = currency("USD");
        let parts: [fn(&ledger::TypeSpend) -> &ledger::Line; 3] =
            [|one| &one.billable_annual, |one| &one.committed_annual, |one| &one.waste_annual];
        for (part, total) in parts.into_iter().zip(amounts(&spend)) {
            let Some(total) = total else { continue };
            let shown = spend.by_type.iter().filter_map(|one| part(one).value.as_ref());
            let shown = shown.map(|value| display_amount(&value.amount, usd).parse::<Decimal>().unwrap());
            prop_assert_eq!(shown.sum::<Decimal>(), display_amount(&total, usd).parse::<Decimal>().unwrap());
        }
    }

    #[test]
    fn every_type_without_an_amount_says_why(purchases in any_purchases(), types in any_types()) {
        let spend = spend(today(), &types, &purchases);
        let types = spend.by_type.iter().flat_map(|one| [&one.billable_annual, &one.committed_annual, &one.waste_annual]);
        for line in types.chain([&spend.billable_annual, &spend.committed_annual, &spend.waste_annual]) {
            let known_zero = line.because.result == "0";
            prop_assert!(line.value.is_some() || line.caveat.is_some() || known_zero, "{line:?}");
            prop_assert!(!line.because.arithmetic.is_empty() && !line.because.label.is_empty());
        }
    }

    #[test]
    fn each_day_of_a_term_belongs_to_exactly_one_payment(term in any_term(), months in proptest::sample::select(vec![1u8, 3, 6, 12, 18, 24, 36])) {
        let frequency = Frequency::ALL.into_iter().find(|frequency| frequency.months() == Some(months)).unwrap();
        let bought = Purchase { term, frequency, ..crate::make::purchase() };
        let Some(total) = term_total(&bought) else { return Ok(()) };
        let end = term.end.unwrap();
        let starts: Vec<_> = (0..=total.full_payments).map(|k| nth_date(term.from, months, k)).collect();
        prop_assert!(starts.is_sorted_by(|a, b| a < b), "periods never overlap");
        let mut days: i64 = starts.windows(2).map(|pair| days_between(pair[0], pair[1])).sum();
        if let Some(cut) = &total.cut {
            prop_assert_eq!(cut.from, *starts.last().unwrap());
            prop_assert!(cut.from < end && end == cut.end && end < cut.full_end);
            days += days_between(cut.from, cut.end);
        }
        prop_assert_eq!(days, days_between(term.from, end));
    }

    #[test]
    fn no_proration_charges_more_than_the_full_period(bought in any_purchase(any_currency())) {
        let total = |proration| term_total(&Purchase { proration, ..bought.clone() }).map(|total| total.total);
        let Some(full) = total(Proration::None) else { return Ok(()) };
        let [daily, up, down] =
            [Proration::Daily, Proration::WholeMonthUp, Proration::WholeMonthDown].map(|one| total(one).unwrap());
        prop_assert!(daily <= full && up <= full && down <= up);
        let month = term_total(&bought).unwrap().payment / ledger::money::whole(bought.frequency.months().unwrap_or(1).into());
        prop_assert!(up - down <= month, "they differ by the started month");
    }

    #[test]
    fn an_edit_that_changes_nothing_makes_the_same_purchase(bought in any_purchase(any_currency()), default in any_currency()) {
        let parsed = parse(&to_input(&bought), default);
        prop_assert_eq!(parsed.problems, vec![]);
        prop_assert_eq!(parsed.purchase, Some(bought));
    }

    #[test]
    fn no_text_breaks_the_form(texts in proptest::collection::vec("\\PC{0,30}", 15), flags in any::<[bool; 2]>()) {
        let text = |index: usize| texts[index].clone();
        let input = PurchaseInput {
            license_type: text(0), name: text(1), po: text(2), quantity: text(3), unlimited: flags[0], cost: text(4),
            per: text(5), currency: text(6), every: text(7), from: text(8), until: text(9), proration: text(10),
            auto_renews: flags[1], notice_days: text(11), note: String::new(), conditions: ConditionsInput::default(),
            paperwork: PaperworkInput { owner: text(12), reminder: text(13), documents: text(14) },
        };
        let parsed = parse(&input, currency("USD"));
        prop_assert_eq!(parsed.purchase.is_some(), parsed.problems.is_empty());
    }

    #[test]
    fn an_amount_with_digits_and_signs_is_read_or_refused(text in "[-+$€ 0-9.,']{0,14}", money in any_currency()) {
        if let Ok(amount) = parse_amount(&text, money) {
            prop_assert!(!amount.value.is_sign_negative() || amount.value.is_zero());
            prop_assert!(amount.value.normalize().scale() <= u32::from(money.minor_digits()));
        }
    }

    #[test]
    fn a_shown_amount_is_read_back_as_itself(minor in 0i64..1_000_000_000_000, money in any_currency()) {
        let price = Decimal::new(minor, money.minor_digits().into());
        let shown = ledger::price_amount(price, money);
        prop_assert_eq!(parse_amount(&shown, money).map(|amount| amount.value), Ok(price), "{}", shown);
    }

    #[test]
    fn a_shown_day_is_read_back_as_itself(days in 0i64..80_000) {
        let shown = day("1970-01-01").checked_add(Span::new().days(days)).unwrap();
        prop_assert_eq!(parse_day(&ledger::day_text(shown)), Ok(shown));
        prop_assert_eq!(parse_day(&shown.to_string()), Ok(shown));
    }
}

fn periods(basis: Basis, grain: Grain, purchases: &[Purchase], fees: &[Fee]) -> Table {
    let buckets = FiscalYear::new(4, 6).unwrap().buckets(grain, day("2020-01-01"), day("2045-01-01"));
    table(&Wanted { fees, ..wanted(basis, purchases, &buckets) })
}

fn whole(table: &Table) -> Exact {
    table.totals.iter().flatten().map(|total| &total.amount).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn accrual_and_cash_of_terms_with_an_end_add_up_to_the_terms(bought in any_purchase(Just(currency("USD")))) {
        let Some(total) = term_total(&bought).filter(|_| bought.term.end.is_some()) else { return Ok(()) };
        for (basis, grain) in [(Basis::Accrual, Grain::Month), (Basis::Cash, Grain::Month), (Basis::Accrual, Grain::FiscalYear)] {
            let made = periods(basis, grain, std::slice::from_ref(&bought), &[]);
            prop_assert_eq!(whole(&made), total.total.clone(), "{:?} {:?}", basis, grain);
        }
    }

    #[test]
    fn periods_as_shown_add_up_to_the_whole_and_cells_to_their_period(
        (purchases, shuffled) in any_purchases().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let made = periods(Basis::Accrual, Grain::FiscalYear, &purchases, &[]);
        prop_assert_eq!(&made, &periods(Basis::Accrual, Grain::FiscalYear, &shuffled, &[]), "order does not matter");
        let shown = made.shown();
        prop_assert_eq!(shown.totals.iter().flatten().sum::<Exact>(), shown.total.unwrap_or_default());
        for (index, total) in shown.totals.iter().enumerate() {
            let cells: Exact = shown.cells.iter().filter_map(|row| row[index].as_ref()).sum();
            prop_assert_eq!(cells, total.clone().unwrap_or_default());
        }
    }

    #[test]
    fn no_day_is_paid_twice_and_none_is_left_out(bought in any_purchase(Just(currency("USD")))) {
        let frequency = bought.frequency;
        let Some(paid) = installments(&(&bought).into(), day("1990-01-01"), day("2045-01-01")) else { return Ok(()) };
        let paid: Vec<_> = paid.into_iter().filter(|paid| paid.rule != ledger::Rule::TermMinimum).collect();
        prop_assert!(paid.windows(2).all(|pair| pair[0].end == pair[1].from), "half-open, one after the other");
        prop_assert_eq!(paid[0].from, bought.term.from);
        if let Some(end) = bought.term.end.filter(|_| frequency != Frequency::Once) {
            prop_assert_eq!(paid.last().unwrap().end, end);
        }
    }

    #[test]
    fn as_of_a_day_equals_now_on_that_day(purchases in any_purchases(), types in any_types(), later in any_purchase(Just(currency("USD")))) {
        let on = today();
        let setting = dollars();
        let now = bases(on, &types, &purchases, setting);
        let mut known_later = purchases;
        let from = on.tomorrow().unwrap();
        let end = later.term.end.map(|_| from.tomorrow().unwrap());
        known_later.push(Purchase { id: PurchaseId(99), term: ledger::Term { from, end }, ..later });
        let then = bases(on, &types, &known_later, setting);
        prop_assert_eq!(amounts(&now.spend), amounts(&then.spend));
        prop_assert_eq!(now.run_rate, then.run_rate);
    }

    /// Whatever is entered or read later with a later day leaves what was: the headline, and the periods until today.
    #[test]
    fn acts_and_rosters_of_later_days_change_nothing_that_was(
        purchases in any_purchases(),
        types in any_types(),
        acts in proptest::collection::vec(any_act(), 1..6),
        rosters in proptest::collection::vec((1i64..400, 0u64..90), 0..4),
    ) {
        let setting = dollars();
        let steps = vec![(day("2025-01-01"), 30), (day("2026-05-09"), 41)];
        let before = Counts {
            since: day("2025-01-01"),
            last: today(),
            steps: [("can-edit".to_owned(), steps)].into_iter().collect(),
        };
        let mut after = before.clone();
        let mut later: Vec<_> = rosters.iter().map(|(days, number)| (today() + Span::new().days(*days), *number)).collect();
        later.sort_unstable();
        after.last = later.last().map_or(after.last, |(day, _)| *day);
        after.steps.entry("can-edit".to_owned()).or_default().extend(later);
        let (acted, links) =
            acts.into_iter().zip(100..).fold((purchases.clone(), Vec::new()), |entered, (act, id)| act.on(entered, id));
        let acted = ledger::joined(acted, &links);
        let then = spend_in(today(), &types, &acted, Setting { counts: Some(&after), ..setting });
        let now = spend_in(today(), &types, &purchases, Setting { counts: Some(&before), ..setting });
        prop_assert_eq!(amounts(&now), amounts(&then));
        let until = |purchases: &[Purchase], counts: &Counts| {
            let made = counted(purchases, &[], Some(counts), "2025-01-01", "2026-11-01");
            made.totals.into_iter().map(|total| total.map_or_else(Exact::default, |total| total.amount)).collect::<Vec<_>>()
        };
        prop_assert_eq!(until(&purchases, &before), until(&acted, &after));
    }

    #[test]
    fn departments_and_unassigned_seats_add_up_to_what_the_contracts_cost(
        purchases in any_purchases(),
        accounts in proptest::collection::vec((0usize..3, 0usize..4), 0..200),
    ) {
        let names = ["Sales", "IT", ""];
        let mut types: Vec<TypeFacts> = TYPES.iter().map(|key| type_of(key, key, 0)).collect();
        let all: Vec<Account> = accounts.iter().map(|&(of_type, name)| {
            types[of_type].assigned += 1;
            types[of_type].billable_accounts += 1;
            Account { license_type: TYPES[of_type], billable: true, department: names.get(name).copied(), ..Account::default() }
        }).collect();
        let setting = dollars();
        let found = chargeback(today(), By::Department, &types, &purchases, all.iter().copied(), setting);
        let reversed = chargeback(today(), By::Department, &types, &purchases, all.iter().rev().copied(), setting);
        prop_assert_eq!(&found, &reversed, "the order of the accounts does not matter");
        prop_assert_eq!(found.rows.iter().map(|row| row.accounts).sum::<u64>(), accounts.len() as u64);
        if let Some(total) = &found.total.value {
            let parts = found.rows.iter().map(|row| &row.annual).chain([&found.unassigned]);
            let parts: Decimal = parts.filter_map(|line| line.value.as_ref()).map(shown).sum();
            prop_assert_eq!(parts, shown(total), "as shown");
        }
    }

    #[test]
    fn findings_and_renewals_do_not_depend_on_the_order_of_entry(
        (purchases, shuffled) in any_purchases().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        prop_assert_eq!(findings(today(), &purchases, &[], TypeNames::default()), findings(today(), &shuffled, &[], TypeNames::default()));
        prop_assert_eq!(renewals(today(), &purchases, &[], TypeNames::default()), renewals(today(), &shuffled, &[], TypeNames::default()));
    }
}

fn shown(money: &ledger::Money) -> Decimal {
    display_amount(&money.amount, money.currency).parse().unwrap()
}
