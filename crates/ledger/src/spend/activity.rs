//! How the accounts of a license type count by their last activity, and the figures that rest on it. Of whom nothing is
//! known is told beside a figure, as the range that they leave open; never as if they were idle.

use crate::because::{Because, Line, amount_step, line};
use crate::format::{count, counted, exact_amount};
use crate::money::{Money, ratio, whole};
use crate::rule::Rule;
use crate::spend::bases::block;
use crate::spend::holding::Holding;
use crate::spend::{Spend, Sum, TypeSpend};

/// Accounts by their last activity (spend.md D1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ActivityCounts {
    /// Active within the threshold.
    pub active: u64,
    /// Active before it.
    pub inactive: u64,
    /// Never active.
    pub never: u64,
    /// Of whom nobody can tell.
    pub not_monitored: u64,
}

impl ActivityCounts {
    /// Inactive, or never active.
    pub fn idle(&self) -> u64 {
        self.inactive.saturating_add(self.never)
    }

    /// Of so many accounts, those of which nobody can tell.
    pub(crate) fn unknown(&self, accounts: u64) -> u64 {
        accounts.saturating_sub(self.active.saturating_add(self.idle()))
    }

    /// Takes so many accounts away: those who are not active first, those of whom nobody can tell next.
    pub(crate) fn take(&mut self, accounts: u64) -> Self {
        let mut left = accounts;
        let mut some = |from: &mut u64| {
            let taken = (*from).min(left);
            *from = from.saturating_sub(taken);
            left = left.saturating_sub(taken);
            taken
        };
        let (never, inactive) = (some(&mut self.never), some(&mut self.inactive));
        Self { never, inactive, not_monitored: some(&mut self.not_monitored), active: some(&mut self.active) }
    }

    pub(crate) fn add(&mut self, more: Self) {
        self.active = self.active.saturating_add(more.active);
        self.inactive = self.inactive.saturating_add(more.inactive);
        self.never = self.never.saturating_add(more.never);
        self.not_monitored = self.not_monitored.saturating_add(more.not_monitored);
    }
}

/// What the accounts of a license type cost that are not active: what could be given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reclaim {
    /// Key of the license type.
    pub license_type: String,
    /// Inactive accounts × the price of a seat.
    pub inactive: Line,
    /// Accounts that were never active, likewise.
    pub never: Line,
}

/// For each type that is charged for and of which anybody is monitored.
pub(super) fn reclaim(holdings: &[Holding], spend: &Spend) -> Vec<Reclaim> {
    let types = holdings.iter().zip(&spend.by_type);
    let charged = types.filter(|(holding, _)| !holding.facts.free && holding.not_monitored() < holding.accounts());
    let made = |(holding, of_type): (&Holding, &TypeSpend)| {
        let counts = &holding.facts.activity;
        let priced = |number: u64, what: &str| {
            let label = format!("{}: {what}", holding.facts.name);
            let mut made = line(label, Rule::Idle, counted(number, "account", "accounts"));
            match &of_type.unit_annual.value {
                Some(unit) => times(&mut made, number, of_type, unit),
                None => made.caveat.clone_from(&of_type.unit_annual.caveat),
            }
            made
        };
        Reclaim {
            license_type: holding.facts.license_type.clone(),
            inactive: priced(counts.inactive, "inactive accounts a year"),
            never: priced(counts.never, "accounts that were never active a year"),
        }
    };
    charged.map(made).collect()
}

/// So many accounts × the price of a seat.
fn times(line: &mut Line, number: u64, of_type: &TypeSpend, unit: &Money) {
    let unit_text = exact_amount(&unit.amount, unit.currency);
    line.because.arithmetic = format!("{} × {unit_text}", counted(number, "account", "accounts"));
    line.because.parts = vec![of_type.unit_annual.because.clone()].into();
    line.set(&unit.amount * whole(number), unit.currency);
}

/// Accounts that count in one way × the price of a seat, type by type. A type of which nobody is monitored leaves no
/// figure; one of which some are not leaves a range.
pub(super) fn by_activity<'a>(
    label: &str,
    rule: Rule,
    types: impl Iterator<Item = (&'a Holding<'a>, &'a TypeSpend)>,
    wanted: impl Fn(&ActivityCounts) -> u64,
) -> Sum {
    let mut sum = Sum::new(label, rule);
    for (holding, of_type) in types {
        if holding.accounts() == 0 || holding.facts.free {
            continue;
        }
        block(&mut sum, &holding.lots);
        let (name, unknown) = (&holding.facts.name, holding.not_monitored());
        if unknown == holding.accounts() {
            sum.block(rule, format!("Activity of {name} is not monitored."));
            continue;
        }
        let number = wanted(&holding.facts.activity);
        let mut part = line(format!("{name}: {}", counted(number, "account", "accounts")), rule, String::new());
        match &of_type.unit_annual.value {
            Some(unit) => {
                times(&mut part, number, of_type, unit);
                if unknown > 0 {
                    let all = number.saturating_add(unknown);
                    let most = if_all(name, all, unit, rule);
                    part.caveat = Some(format!(
                        "{}: between {} and {}.",
                        not_monitored(holding),
                        part.because.result,
                        most.result
                    ));
                    part.because.parts.push(most);
                }
            }
            None => part.caveat.clone_from(&of_type.unit_annual.caveat),
        }
        sum.add(part);
    }
    sum
}

/// What it comes to when all of whom nobody can tell count as well.
fn if_all(name: &str, accounts: u64, unit: &Money, rule: Rule) -> Because {
    let accounts_text = counted(accounts, "account", "accounts");
    let arithmetic = format!("{accounts_text} × {}", exact_amount(&unit.amount, unit.currency));
    let label = format!("{name}: {accounts_text} at most");
    amount_step(label, &(&unit.amount * whole(accounts)), unit.currency, rule, arithmetic)
}

/// "Activity of 12 of 48 Can-Edit accounts is not monitored".
pub(super) fn not_monitored(holding: &Holding) -> String {
    let (unknown, all) = (holding.not_monitored(), holding.accounts());
    format!("Activity of {} of {} {} accounts is not monitored", count(unknown), count(all), holding.facts.name)
}

/// Active accounts of the types that are charged for, and those of which nobody can tell; `None` when nobody of a type is
/// monitored.
pub(super) fn active(holdings: &[Holding]) -> Option<(u64, u64)> {
    let charged: Vec<&Holding> = holdings.iter().filter(|holding| holding.accounts() > 0).collect();
    let monitored = charged.iter().all(|holding| holding.not_monitored() < holding.accounts());
    let active = charged.iter().map(|holding| holding.facts.activity.active).fold(0, u64::saturating_add);
    let unknown = charged.iter().map(|holding| holding.not_monitored()).fold(0, u64::saturating_add);
    monitored.then_some((active, unknown))
}

/// An amount by active account, where some may be active of whom nobody can tell: between all of them and none; with how
/// both ends are made.
pub(super) fn between(sum: &Line, active: u64, unknown: u64) -> Option<(String, Vec<Because>)> {
    let spend = sum.value.as_ref()?;
    let each = |accounts: u64| {
        let share = ratio(&spend.amount, &whole(accounts))?;
        let accounts = counted(accounts, "account", "accounts");
        let arithmetic = format!("{} ÷ {accounts}", exact_amount(&spend.amount, spend.currency));
        Some(amount_step(format!("For {accounts}"), &share, spend.currency, Rule::PerAccount, arithmetic))
    };
    let who = format!("Activity of {} is not monitored", counted(unknown, "account", "accounts"));
    let least = each(active.saturating_add(unknown))?;
    let most = each(active);
    let range = match &most {
        Some(most) => format!("{who}: between {} and {}.", least.result, most.result),
        None => format!("{who}: {} or more.", least.result),
    };
    Some((range, [least].into_iter().chain(most).collect()))
}
