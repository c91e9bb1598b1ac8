//! Spreads payments over periods.

use num_traits::Zero as _;

use crate::calendar::days_between;
use crate::fiscal::Bucket;
use crate::installments::Installment;
use crate::money::Exact;
use crate::table::Basis;

/// What falls into each period.
pub(super) fn spread(basis: Basis, paid: &[Installment], buckets: &[Bucket]) -> Vec<Exact> {
    let mut cells = vec![Exact::zero(); buckets.len()];
    for one in paid {
        match basis {
            Basis::Cash => {
                let index = buckets.partition_point(|bucket| bucket.end <= one.day);
                let due = buckets.get(index).filter(|bucket| bucket.from <= one.day);
                if let (Some(cell), Some(_)) = (cells.get_mut(index), due) {
                    add(cell, &one.amount);
                }
            }
            Basis::Accrual => by_days(one, buckets, &mut cells),
        }
    }
    cells
}

/// Every period gets the days of the payment that lie in it, over the real days that it pays for.
fn by_days(one: &Installment, buckets: &[Bucket], cells: &mut [Exact]) {
    let first = buckets.partition_point(|bucket| bucket.end <= one.from);
    let mut a_day = None;
    for (bucket, cell) in buckets.iter().zip(cells).skip(first) {
        if bucket.from >= one.end {
            break;
        }
        if bucket.from <= one.from && one.end <= bucket.end {
            return add(cell, &one.amount);
        }
        let whole = days_between(one.from, one.end);
        let a_day = a_day.get_or_insert_with(|| &one.amount / Exact::from(whole.max(1)));
        let days = days_between(bucket.from.max(one.from), bucket.end.min(one.end));
        add(cell, &(&*a_day * Exact::from(days)));
    }
}

fn add(cell: &mut Exact, amount: &Exact) {
    if cell.is_zero() { cell.clone_from(amount) } else { *cell += amount }
}
