//! Rounds the figures of the license types so that they add up to the rounded totals (spend.md D7).

use crate::because::Line;
use crate::format::{rounded, share_out};
use crate::money::{Currency, Exact};
use crate::spend::TypeSpend;
use crate::spend::type_spend::Computed;

/// Rounds every figure that is added to a total; all are in the one currency.
pub(super) fn settle(types: &mut [Computed], currency: Currency) {
    for figure in [billable, committed, waste] {
        let mut lines: Vec<&mut Line> = types.iter_mut().map(|one| figure(&mut one.spend)).collect();
        let exact: Vec<Exact> =
            lines.iter().filter_map(|line| line.value.as_ref()).map(|value| value.amount.clone()).collect();
        let shares = share_out(&exact, currency);
        let known = lines.iter_mut().filter(|line| line.value.is_some());
        for ((line, exact), share) in known.zip(exact).zip(shares) {
            if share != rounded(&exact, currency) {
                let arithmetic = &mut line.because.arithmetic;
                let plain = arithmetic.strip_suffix(", rounded").unwrap_or(arithmetic);
                *arithmetic = format!("{plain}, rounded so that the license types add up to the total");
            }
            line.set(share, currency);
        }
    }
}

fn billable(spend: &mut TypeSpend) -> &mut Line {
    &mut spend.billable_annual
}

fn committed(spend: &mut TypeSpend) -> &mut Line {
    &mut spend.committed_annual
}

fn waste(spend: &mut TypeSpend) -> &mut Line {
    &mut spend.waste_annual
}
