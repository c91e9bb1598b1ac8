//! Seats and members, each with its reason: what was bought, who holds it, who is charged for, what nobody holds.
//! Absent on purpose: who the members are.

use jiff::civil::Date;

use crate::because::{Because, step};
use crate::day::day_text;
use crate::format::{count, counted};
use crate::rule::Rule;
use crate::spend::holding::Holding;

/// A number, or none where there is no limit, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How many; `None` where there is no limit.
    pub value: Option<u64>,
    /// How they were counted.
    pub because: Because,
}

/// Seats and members of a license type, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatCounts {
    /// Seats in force.
    pub purchased: Counted,
    /// Members who hold a license.
    pub assigned: Counted,
    /// Accounts that contracts charge for.
    pub billable: Counted,
    /// Seats that nobody holds; of all types, those of the billable ones.
    pub unassigned: Counted,
    /// Members beyond the seats; of all types, those of the billable ones.
    pub over_assigned: Counted,
}

const NO_LIMIT: &str = "no limit";

/// Of one license type.
pub(super) fn of(day: Date, holding: &Holding) -> SeatCounts {
    let (name, facts) = (&holding.facts.name, &holding.facts);
    let on = format!("Counted on the roster as of {}", day_text(day));
    let members = step(format!("{name}: members"), members_text(facts.assigned), Rule::Assigned, on);
    let assigned = Counted { value: Some(facts.assigned), because: members };
    let purchased = purchased(holding);
    let billable = billable(holding, &assigned.because);
    let beside = |what: &str, value: Option<u64>, arithmetic: String| {
        let result = value.map_or_else(|| NO_LIMIT.to_owned(), count);
        let mut because = step(format!("{name}: {what}"), result, Rule::SeatBalance, arithmetic);
        because.parts = vec![purchased.because.clone(), assigned.because.clone()].into();
        Counted { value, because }
    };
    let (bought, held) = (&purchased.because.result, &assigned.because.result);
    let known = purchased.value;
    let unassigned = known.map(|seats| seats.saturating_sub(facts.assigned));
    let over = known.map(|seats| facts.assigned.saturating_sub(seats));
    let unassigned =
        beside("unassigned seats", unassigned, difference(known, unassigned, (bought, held), "0 at least"));
    let over_assigned = beside("over-assigned", over, difference(known, over, (held, bought), "0 at least"));
    SeatCounts { purchased, assigned, billable, unassigned, over_assigned }
}

/// "190 seats − 166 members", "10 seats − 12 members, 0 at least".
fn difference(known: Option<u64>, value: Option<u64>, (from, less): (&str, &str), floor: &str) -> String {
    match (known, value) {
        (None, _) => "The seats are unlimited".to_owned(),
        (Some(_), Some(0)) => format!("{from} − {less}, {floor}"),
        (Some(_), _) => format!("{from} − {less}"),
    }
}

fn purchased(holding: &Holding) -> Counted {
    let value = (!holding.unlimited()).then(|| holding.seats());
    let parts: Vec<Because> = holding.lots.iter().map(|lot| bought(holding, lot.purchase, lot.seats())).collect();
    let terms: Vec<&str> = parts.iter().map(|part| part.result.as_str()).collect();
    let arithmetic = if terms.is_empty() { "No purchase in force".to_owned() } else { terms.join(" + ") };
    let result = value.map_or_else(|| NO_LIMIT.to_owned(), seats_text);
    let label = format!("{}: purchased seats", holding.facts.name);
    let mut because = step(label, result, Rule::SeatsInForce, arithmetic);
    because.parts = parts.into();
    Counted { value, because }
}

/// The seats of one purchase with the days on which it is in force.
fn bought(holding: &Holding, purchase: &crate::purchase::Purchase, seats: Option<u64>) -> Because {
    let named = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
    let label = named.map_or_else(|| format!("Purchase of {}", holding.facts.name), Clone::clone);
    let from = day_text(purchase.term.from);
    let when = match purchase.last_day() {
        Some(last) => format!("From {from} through {}", day_text(last)),
        None => format!("From {from} on, without an end"),
    };
    let result = seats.map_or_else(|| NO_LIMIT.to_owned(), seats_text);
    let mut because = step(label, result, Rule::SeatsInForce, when);
    because.purchase = Some(purchase.id);
    because
}

fn billable(holding: &Holding, members: &Because) -> Counted {
    let (facts, accounts) = (&holding.facts, holding.accounts());
    let idle = facts.assigned.saturating_sub(accounts);
    let arithmetic = match (facts.billable, idle) {
        (false, _) => format!("{}, of a license type that is not billable", members.result),
        (true, 0) => members.result.clone(),
        (true, idle) => format!("{} − {} deactivated", members.result, count(idle)),
    };
    let result = counted(accounts, "account", "accounts");
    let mut because = step(format!("{}: accounts", facts.name), result, Rule::Billable, arithmetic);
    because.parts = vec![members.clone()].into();
    Counted { value: Some(accounts), because }
}

/// Of all license types: sums of theirs.
pub(super) fn all(holdings: &[Holding], types: &[&SeatCounts]) -> SeatCounts {
    let billable: Vec<&SeatCounts> =
        holdings.iter().zip(types).filter(|(holding, _)| holding.facts.billable).map(|(_, counts)| *counts).collect();
    let limited: Vec<&SeatCounts> =
        billable.iter().copied().filter(|counts| counts.unassigned.value.is_some()).collect();
    SeatCounts {
        purchased: summed("Purchased seats", Rule::SeatsInForce, types, |counts| &counts.purchased, seats_text),
        assigned: summed("Members with a license", Rule::Assigned, types, |counts| &counts.assigned, members_text),
        billable: summed("Billable accounts", Rule::Billable, types, |counts| &counts.billable, count),
        unassigned: known("Unassigned seats", &limited, |counts| &counts.unassigned),
        over_assigned: known("Over-assigned", &limited, |counts| &counts.over_assigned),
    }
}

/// The sum over the types that have a limit; no number where none has one.
fn known(label: &str, limited: &[&SeatCounts], one: fn(&SeatCounts) -> &Counted) -> Counted {
    if limited.is_empty() {
        let why = "No billable license type has a limit".to_owned();
        return Counted { value: None, because: step(label.to_owned(), NO_LIMIT.to_owned(), Rule::SeatBalance, why) };
    }
    summed(label, Rule::SeatBalance, limited, one, count)
}

fn summed(
    label: &str,
    rule: Rule,
    types: &[&SeatCounts],
    one: fn(&SeatCounts) -> &Counted,
    text: fn(u64) -> String,
) -> Counted {
    let parts: Vec<&Counted> = types.iter().map(|counts| one(counts)).collect();
    let value: Option<u64> =
        parts.iter().map(|part| part.value).try_fold(0_u64, |sum, part| Some(sum.saturating_add(part?)));
    let terms: Vec<&str> = parts.iter().map(|part| part.because.result.as_str()).collect();
    let arithmetic = if terms.is_empty() { "No license type is known".to_owned() } else { terms.join(" + ") };
    let result = value.map_or_else(|| NO_LIMIT.to_owned(), text);
    let mut because = step(label.to_owned(), result, rule, arithmetic);
    because.parts = parts.into_iter().map(|part| part.because.clone()).collect();
    Counted { value, because }
}

fn seats_text(seats: u64) -> String {
    counted(seats, "seat", "seats")
}

fn members_text(members: u64) -> String {
    counted(members, "member", "members")
}
