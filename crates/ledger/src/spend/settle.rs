//! Rounds the figures of the license types so that they add up to the rounded totals (spend.md D7). Absent on purpose:
//! rounding the totals; those are shown, and computed with.

use crate::adding::sum;
use crate::because::Line;
use crate::format::share_out;
use crate::money::{Currency, Exact};
use crate::remainders::remainders;
use crate::spend::TypeSpend;
use crate::spend::type_spend::Computed;

/// The totals, exactly, and in words who got what rounding their parts left over.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub billable: Whole,
    pub committed: Whole,
    pub waste: Whole,
}

/// One total. It stays exact: other figures are made of it.
#[derive(Debug, Default)]
pub(super) struct Whole {
    pub exact: Exact,
    pub told: Option<String>,
}

/// Rounds every figure that is added to a total; all are in the one currency.
pub(super) fn settle(types: &mut [Computed], currency: Currency) -> Settled {
    Settled {
        billable: settled(types, currency, |spend| &mut spend.billable_annual),
        committed: settled(types, currency, |spend| &mut spend.committed_annual),
        waste: settled(types, currency, |spend| &mut spend.waste_annual),
    }
}

fn settled(types: &mut [Computed], currency: Currency, figure: impl Fn(&mut TypeSpend) -> &mut Line) -> Whole {
    let mut known: Vec<(String, &mut Line)> = types
        .iter_mut()
        .map(|one| (one.spend.name.clone(), figure(&mut one.spend)))
        .filter(|(_, line)| line.value.is_some())
        .collect();
    let values = known.iter().filter_map(|(_, line)| line.value.as_ref());
    let exact: Vec<Exact> = values.map(|value| value.amount.clone()).collect();
    let shares = share_out(&exact, currency);
    let names: Vec<String> = known.iter().map(|(name, _)| name.clone()).collect();
    let name = |index: usize| names.get(index).map_or("", String::as_str);
    let told = remainders(&exact.iter().collect::<Vec<_>>(), &shares, currency, name);
    for (((_, line), share), how) in known.iter_mut().zip(shares).zip(told.parts) {
        line.set(share, currency);
        line.because.rounding = how;
    }
    Whole { exact: sum(&exact), told: told.whole }
}
