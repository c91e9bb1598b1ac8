//! What does not fit between a purchase that is being typed and the others of its type: gaps and overlaps, told beside the
//! dates before it is saved. The ledger finds them. Absent on purpose: refusing; what is odd may be right.

use jiff::civil::Date;
use ledger::{Finding, FindingKind, Purchase, TypeNames};

use crate::view::problem::FieldProblem;

/// The findings that the purchase takes part in. The others may hold its version of before.
pub(crate) fn misfits(purchase: &Purchase, others: &[Purchase], today: Date, names: TypeNames) -> Vec<FieldProblem> {
    let own = |other: &&Purchase| other.license_type == purchase.license_type && other.id != purchase.id;
    let mut all: Vec<Purchase> = others.iter().filter(own).cloned().collect();
    all.push(purchase.clone());
    let about = |finding: &Finding| {
        let field = match (finding.kind, finding.purchases.as_slice()) {
            (FindingKind::Gap | FindingKind::Overlap, [_, later]) if *later == purchase.id => "from",
            (FindingKind::Gap | FindingKind::Overlap, [earlier, _]) if *earlier == purchase.id => "until",
            _ => return None,
        };
        Some(FieldProblem { field: field.to_owned(), message: finding.sentence.clone() })
    };
    ledger::findings(today, &all, &[], names).iter().filter_map(about).collect()
}
