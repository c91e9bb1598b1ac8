//! Every basis of spend in one fixed order, each named, so that no figure stands without saying what it means.
//! Absent on purpose: arithmetic; the ledger has it.

use jiff::civil::Date;
use ledger::because::NOT_KNOWN;
use ledger::{Bases, Counted, Line, Money, Purchase, PurchaseFacts, Rule, Spend, Sum, When};

use crate::inputs::Inputs;
use crate::spending::{NOT_READ, not_read};
use crate::told::Told;
use crate::view::spend::Basis;
use crate::words;

/// The bases as the screens and the command line list them.
pub(crate) fn listed(bases: &Bases, inputs: &Inputs, told: &mut Told) -> Vec<Basis> {
    let spend = &bases.spend;
    let later = bases.waste.iter().filter(|waste| !waste.now);
    let at_renewal = later.filter_map(|waste| Some((waste.last_day?, waste.notice_by)));
    let first = at_renewal.min();
    let tax = tax(inputs, spend);
    let all: [(&str, &str, &Line); 16] = [
        ("billable-annual", "Annual spend for billable accounts", &spend.billable_annual),
        ("committed-annual", "Committed by contract, a year", &bases.committed_annual),
        ("used", "Used by active accounts, a year", &bases.used_annual),
        ("idle", "Held by inactive accounts, a year", &bases.idle_annual),
        ("waste", "Unassigned seats, a year", &spend.waste_annual),
        ("waste-in-all", "Waste in all, a year", &bases.waste_in_all),
        ("waste-now", "Waste that can be realised now", &bases.waste_now),
        ("waste-at-renewal", "Waste that can be realised at renewal", &bases.waste_at_renewal),
        ("run-rate", "Run-rate, a year", &bases.run_rate),
        ("tcv", "Total contract value", &bases.total_contract_value),
        ("acv", "Annual contract value", &bases.annual_contract_value),
        ("cost-per-billable", "Cost per billable account, a year", &bases.cost_per_billable),
        ("cost-per-active", "Cost per active account, a year", &bases.cost_per_active),
        ("cost-per-employee", "Cost per employee, a year", &bases.cost_per_employee),
        ("fees", "Fees, a year", &bases.fees_annual),
        ("tax", "Tax on top, a year", &tax),
    ];
    let mut basis = |(key, label, line): (&str, &str, &Line)| {
        let first = first.filter(|_| key == "waste-at-renewal");
        Basis {
            key: key.to_owned(),
            label: label.to_owned(),
            figure: told.figure(line),
            from: first.and_then(|(last, _)| last.tomorrow().ok()).map(|day| day.to_string()),
            notice_by: first.and_then(|(_, notice)| notice).map(|day| day.to_string()),
        }
    };
    all.into_iter().map(&mut basis).collect()
}

/// What has no amount as long as nobody was counted, which is not the same as nobody.
pub(crate) fn nobody_counted(bases: &mut Bases) {
    let counted = [
        &mut bases.spend.billable_annual,
        &mut bases.spend.waste_annual,
        &mut bases.used_annual,
        &mut bases.idle_annual,
        &mut bases.waste_in_all,
        &mut bases.waste_now,
        &mut bases.waste_at_renewal,
        &mut bases.cost_per_billable,
        &mut bases.cost_per_active,
    ];
    counted.into_iter().for_each(not_read);
    bases.waste.clear();
    bases.reclaim.clear();
    let spend = &mut bases.spend;
    let of_types = spend.by_type.iter_mut().map(|of_type| &mut of_type.counts);
    for counts in of_types.chain([&mut spend.counts]) {
        [&mut counts.assigned, &mut counts.billable].into_iter().for_each(not_counted);
    }
}

/// As old as this is what was told of last activity without a word.
const FRESH_DAYS: i64 = 7;

/// Says of figures that rest on last activity from when that is known, where it is not of these days.
pub(crate) fn known_until(bases: &mut Bases, until: Option<Date>, day: Date) {
    let Some(until) = until.filter(|until| ledger::days_between(*until, day) > FRESH_DAYS) else { return };
    let monitored = bases.spend.by_type.iter().any(|one| one.activity.active + one.activity.idle() > 0);
    let old = format!(
        "Last activity is known up to {}, {} before: import a newer file.",
        words::day(until),
        words::counted(u64::try_from(ledger::days_between(until, day)).unwrap_or_default(), "day", "days")
    );
    let resting = [
        &mut bases.used_annual,
        &mut bases.idle_annual,
        &mut bases.waste_in_all,
        &mut bases.waste_now,
        &mut bases.waste_at_renewal,
        &mut bases.cost_per_active,
    ];
    for line in resting.into_iter().filter(|line| monitored || line.value.is_none()) {
        line.caveat = Some(line.caveat.take().map_or(old.clone(), |caveat| format!("{caveat} {old}")));
    }
}

fn not_counted(counted: &mut Counted) {
    NOT_READ.clone_into(&mut counted.because.arithmetic);
    counted.because.parts = ledger::Parts::default();
}

/// Tax of the purchases in force by the year. It is part of no other basis.
fn tax(inputs: &Inputs, spend: &Spend) -> Line {
    let free = |purchase: &Purchase| {
        spend.by_type.iter().any(|of_type| of_type.free && of_type.license_type == purchase.license_type)
    };
    let force = ledger::in_force(spend.day, &inputs.purchases);
    let mut sum = Sum::new("Tax on top a year", Rule::Tax);
    for line in
        force.into_iter().filter(|purchase| !free(purchase)).filter_map(|one| tax_a_year(one, spend.day, inputs))
    {
        if let (None, Some(why)) = (&line.value, &line.caveat) {
            sum.block(Rule::MissingRate, why.clone());
        }
        sum.add(line);
    }
    let mut sum = sum.into_line(Some(spend.currency.unwrap_or(inputs.base)));
    if sum.because.parts.is_empty() {
        "No purchase in force names a tax".clone_into(&mut sum.because.arithmetic);
    }
    sum
}

/// The tax of a payment, as often as its payments fall into a year.
fn tax_a_year(purchase: &Purchase, day: Date, inputs: &Inputs) -> Option<Line> {
    let facts = PurchaseFacts::from(purchase);
    let mut line = ledger::tax_line(&facts)?;
    let Money { amount, currency } = line.value.take()?;
    let times = facts.annual()?.payments_a_year;
    let mut value = Money { amount: amount * &times, currency };
    line.because.arithmetic = format!("({}) × {times}", line.because.arithmetic);
    line.because.set(&value.amount, value.currency);
    if let Some(exchange) = inputs.exchange() {
        match exchange.found(currency, When::on(day, purchase.term, purchase.frequency, &purchase.conditions)) {
            Ok(None) => {}
            Ok(Some(found)) => {
                let label = line.because.label.clone();
                line.because = found.because(label, &value.amount, vec![line.because]);
                value = Money { amount: value.amount * found.factor, currency: exchange.base };
            }
            Err(missing) => {
                line.caveat = Some(missing.to_string());
                NOT_KNOWN.clone_into(&mut line.because.result);
                line.because.rounding = None;
                return Some(line);
            }
        }
    }
    line.value = Some(value);
    Some(line)
}
