//! Exchange rates: D10 case 13.

use ledger::{
    ActivityCounts, Bases, Currency, Exchange, Frequency, Purchase, Rate, RateKind, RatePolicy, Rates, Rule, Setting,
    Spend, TypeFacts, bases, spend_in,
};

use crate::make::{can_edit, caveat, currency, day, of, shown, term, totals, type_of, unit, yearly};

pub fn rate(from: &str, to: &str, on: &str, rate: &str) -> Rate {
    let source = "ECB".to_owned();
    let (kind, end) = (RateKind::Day, None);
    Rate { from: currency(from), to: currency(to), kind, day: day(on), end, rate: rate.parse().unwrap(), source }
}

fn euros(id: i64) -> Purchase {
    Purchase { license_type: "team".to_owned(), currency: currency("EUR"), ..yearly(id, 10, "100") }
}

fn on(base: Currency, rates: &[Rate], policy: RatePolicy, purchases: &[Purchase]) -> Spend {
    let rates = Rates::new(rates.to_vec()).unwrap();
    let exchange = Some(Exchange { base, rates: &rates, policy, today: day("2026-11-23") });
    let setting = Setting { exchange, ..Setting::default() };
    spend_in(day("2026-11-23"), &[can_edit(40), type_of("team", "Team", 9)], purchases, setting)
}

#[test]
fn case_13_two_currencies_are_added_in_the_base_currency_with_the_rate_of_the_day_or_before() {
    let rates = [rate("EUR", "USD", "2026-11-20", "1.08"), rate("EUR", "USD", "2026-12-01", "1.20")];
    let spend = on(currency("USD"), &rates, RatePolicy::FigureDay, &[yearly(1, 50, "100"), euros(2)]);
    assert_eq!(totals(&spend), ["4972.00 USD", "6080.00 USD", "1108.00 USD"]);
    let team = of(&spend, "team");
    assert_eq!(shown(&team.unit_annual), "108.00 USD");
    let converted = &team.committed_annual.because.parts[0];
    assert_eq!((converted.rule, converted.result.as_str()), (Rule::Converted, "$1,080.00"));
    assert_eq!(converted.arithmetic, "€1,000.00 × 1.08 (ECB, 20 Nov 2026)");
    assert_eq!(converted.parts[0].arithmetic, "10 seats × €100.00", "the original stands beside it");
    assert!(spend.notes.is_empty() && spend.billable_annual.caveat.is_none());
}

#[test]
fn case_13_a_missing_rate_blocks_the_total_and_names_the_pair_and_the_day() {
    let late = [rate("EUR", "USD", "2026-11-24", "1.08")];
    let spend = on(currency("USD"), &late, RatePolicy::FigureDay, &[yearly(1, 50, "100"), euros(2)]);
    assert_eq!(totals(&spend), ["?", "?", "?"]);
    let expected = "There is no rate from EUR to USD on or before 23 Nov 2026: enter one to see this in USD.";
    assert_eq!(caveat(&spend.billable_annual), expected);
    assert_eq!(spend.billable_annual.because.rule, Rule::MissingRate);
    assert_eq!(shown(&of(&spend, "team").billable_annual), "900.00 EUR", "in its own currency it stands");
    let alone = on(currency("USD"), &[], RatePolicy::FigureDay, &[euros(2)]);
    assert_eq!(totals(&alone), ["?", "?", "?"], "one foreign currency alone is not the base currency either");
}

#[test]
fn the_opposite_pair_serves_where_it_is_the_later_one() {
    let rates = Rates::new([rate("USD", "EUR", "2026-11-01", "0.8"), rate("EUR", "USD", "2026-10-01", "1.3")]).unwrap();
    let found = |on| rates.on(currency("EUR"), currency("USD"), day(on)).unwrap();
    assert_eq!((found("2026-11-23").factor.to_string().as_str(), found("2026-11-23").inverse), ("5/4", true));
    assert_eq!((found("2026-10-31").factor.to_string().as_str(), found("2026-10-31").inverse), ("13/10", false));
}

#[test]
fn the_rate_of_the_contract_s_day_can_be_chosen() {
    let rates = [rate("EUR", "USD", "2026-03-31", "1.00"), rate("EUR", "USD", "2026-11-20", "1.08")];
    let spend = on(currency("USD"), &rates, RatePolicy::ContractDay, &[euros(2)]);
    assert_eq!(shown(&spend.committed_annual), "1000.00 USD");
}

#[test]
fn two_currencies_within_one_type_are_averaged_in_the_base_currency() {
    let rates = [rate("EUR", "USD", "2026-11-20", "1.50")];
    let more = Purchase { license_type: "can-edit".to_owned(), price: unit("100"), ..euros(2) };
    let spend = on(currency("USD"), &rates, RatePolicy::FigureDay, &[yearly(1, 30, "90"), more]);
    assert_eq!(shown(&of(&spend, "can-edit").unit_annual), "105.00 USD", "(2,700 + 1,500) ÷ 40");
}

#[test]
fn a_rate_of_0_or_of_a_currency_to_itself_or_twice_a_day_is_refused() {
    let refusal = |rates: &[Rate]| format!("Rate {}", Rates::new(rates.to_vec()).unwrap_err());
    let zero = "Rate must be more than 0: leave it out when it is not known";
    assert_eq!(refusal(&[rate("EUR", "USD", "2026-11-20", "0")]), zero);
    assert_eq!(refusal(&[rate("EUR", "USD", "2026-11-20", "-1")]), zero);
    assert_eq!(
        refusal(&[rate("USD", "USD", "2026-11-20", "1")]),
        "Rate must be between two currencies: USD to USD is always 1"
    );
    let twice = rate("EUR", "USD", "2026-11-20", "1.08");
    assert_eq!(
        refusal(&[twice.clone(), Rate { rate: "1.09".parse().unwrap(), ..twice }]),
        "Rate from EUR to USD is there twice for 20 Nov 2026: keep one of the two"
    );
}

#[test]
fn a_missing_rate_blocks_the_figures_that_need_it_and_no_other() {
    let rates = Rates::default();
    let exchange = Some(Exchange {
        base: currency("USD"),
        rates: &rates,
        policy: RatePolicy::FigureDay,
        today: day("2026-11-23"),
    });
    let setting = Setting { exchange, ..Setting::default() };
    let facts = |accounts: u64| {
        let activity = ActivityCounts { active: 4, inactive: accounts.saturating_sub(4), ..ActivityCounts::default() };
        TypeFacts { activity, ..type_of("team", "Team", accounts) }
    };
    let on = |bought: &[Purchase], accounts| {
        let found = bases(day("2026-11-23"), &[can_edit(40), facts(accounts)], bought, setting);
        let figures = [&found.run_rate, &found.total_contract_value, &found.idle_annual, &found.waste_at_renewal];
        figures.map(shown)
    };
    let active = |found: Bases| shown(&found.used_annual);
    let once = Purchase { frequency: Frequency::Once, ..euros(2) };
    assert_eq!(on(&[yearly(1, 50, "100"), once], 0)[..2], ["5000.00 USD", "?"], "what is paid once is in no run-rate");
    let open = Purchase { term: term("2026-04-01", None), ..euros(2) };
    assert_eq!(on(&[yearly(1, 50, "100"), open], 0)[..2], ["?", "5000.00 USD"], "without an end it has no value");
    assert_eq!(on(&[euros(2)], 10), ["?"; 4], "nothing is told in euros where dollars are the base");
    let only = bases(day("2026-11-23"), &[facts(10)], &[euros(2)], setting);
    assert_eq!(active(only), "?");
}

#[test]
fn a_known_0_is_one_of_the_base_currency() {
    let rates = Rates::default();
    let exchange = Some(Exchange {
        base: currency("USD"),
        rates: &rates,
        policy: RatePolicy::FigureDay,
        today: day("2026-11-23"),
    });
    let past = Purchase { term: term("2025-04-01", Some("2026-03-31")), ..euros(2) };
    let found =
        bases(day("2026-11-23"), &[type_of("team", "Team", 0)], &[past], Setting { exchange, ..Setting::default() });
    assert_eq!(shown(&found.spend.billable_annual), "0.00 USD", "though all purchases were in euros");
}
