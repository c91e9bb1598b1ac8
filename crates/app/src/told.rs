//! A line of the ledger in the screens' words. Steps that many figures rest on are worded once and shared.
//! Absent on purpose: layout.

use std::collections::HashMap;

use ledger::{Because, Line, Parts};

use crate::spending::money;
use crate::view::figure::{CountedFigure, Explanation, Figure, SeatCounts, Steps};

/// The steps that are worded already, by their place in memory: a place is used again only once its steps are gone, and
/// the copies kept here hold on to them.
#[derive(Default)]
pub(crate) struct Told(HashMap<*const Because, (Parts, Steps)>);

impl Told {
    pub(crate) fn figure(&mut self, line: &Line) -> Figure {
        Figure {
            value: line.value.as_ref().map(money),
            caveat: line.caveat.clone(),
            because: self.explanation(&line.because),
        }
    }

    pub(crate) fn explanation(&mut self, because: &Because) -> Explanation {
        Explanation {
            label: because.label.clone(),
            result: because.result.clone(),
            rule: because.rule.law(),
            arithmetic: because.arithmetic.clone(),
            rounding: because.rounding.clone(),
            purchase: because.purchase.map(|id| id.0),
            parts: self.steps(&because.parts),
        }
    }

    pub(crate) fn counts(&mut self, counts: &ledger::SeatCounts) -> SeatCounts {
        let mut counted =
            |one: &ledger::Counted| CountedFigure { value: one.value, because: self.explanation(&one.because) };
        SeatCounts {
            purchased: counted(&counts.purchased),
            assigned: counted(&counts.assigned),
            billable: counted(&counts.billable),
            unassigned: counted(&counts.unassigned),
            over_assigned: counted(&counts.over_assigned),
        }
    }

    fn steps(&mut self, parts: &Parts) -> Steps {
        if parts.is_empty() {
            return Steps::default();
        }
        if let Some((_, steps)) = self.0.get(&parts.as_ptr()) {
            return steps.clone();
        }
        let steps: Steps = parts.iter().map(|part| self.explanation(part)).collect();
        self.0.insert(parts.as_ptr(), (parts.clone(), steps.clone()));
        steps
    }
}
