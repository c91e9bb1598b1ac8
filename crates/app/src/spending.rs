//! Spend of one app on one day: counts from the store, arithmetic from the ledger, words for the screens.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::{ActivityCounts, Bases, Because, Line, Payer, Spend, TypeFacts};
use roster::{Activity, License};
use store::{ActivityCount, App};

use crate::activity::{Types, day};
use crate::bases;
use crate::error::Result;
use crate::inputs::{Inputs, Payers};
use crate::seatledger::{Rooms, Seatledger, locked};
use crate::spend_by;
use crate::told::Told;
use crate::view::apps::AppDayRequest;
use crate::view::figure::{Amount, Explanation, Figure, Money, Steps};
use crate::view::problem::FindingView;
use crate::view::spend::{Basis, SpendView, TypeSpend};
use crate::words;

pub(crate) fn figure(line: &Line) -> Figure {
    Told::default().figure(line)
}

/// A figure of which nothing can be said yet.
pub(crate) fn not_known() -> Figure {
    let because = Explanation {
        label: "Annual cost".to_owned(),
        result: ledger::because::NOT_KNOWN.to_owned(),
        rule: ledger::Rule::UnknownPrice.law(),
        arithmetic: String::new(),
        rounding: None,
        purchase: None,
        parts: Steps::default(),
    };
    Figure { value: None, caveat: None, because }
}

/// That nobody was counted.
pub(crate) const NOT_READ: &str = "The roster has not been read for this day.";

/// Nobody was counted yet, which is not the same as nobody.
pub(crate) fn not_read(line: &mut Line) {
    line.value = None;
    line.caveat = Some(NOT_READ.to_owned());
    ledger::because::NOT_KNOWN.clone_into(&mut line.because.result);
    line.because.rounding = None;
    line.because.parts = ledger::Parts::default();
}

/// Members whose license type is not known may cost something: a figure without them says so.
fn leave_open(line: &mut Line, unknown: u64) {
    if unknown == 0 {
        return;
    }
    let members = words::counted(unknown, "member whose license type is", "members whose license types are");
    let open = format!("Without {members} not known.");
    line.caveat = Some(line.caveat.take().map_or(open.clone(), |caveat| format!("{caveat} {open}")));
}

pub(crate) fn money(money: &ledger::Money) -> Money {
    Money { amount: ledger::display_amount(&money.amount, money.currency), currency: money.currency.code().to_owned() }
}

/// Without its reason.
pub(crate) fn amount(line: &Line) -> Amount {
    Amount { value: line.value.as_ref().map(money), text: line.because.result.clone(), caveat: line.caveat.clone() }
}

pub(crate) fn explanation(because: &Because) -> Explanation {
    Told::default().explanation(because)
}

/// The counts of a license type, and how many of its accounts are in none of them.
fn by_last_activity<'a>(counts: impl Iterator<Item = &'a ActivityCount>, accounts: u64) -> ActivityCounts {
    let mut found = ActivityCounts::default();
    for count in counts {
        match count.activity {
            Activity::Active => found.active += count.members,
            Activity::Inactive => found.inactive += count.members,
            Activity::Never => found.never += count.members,
            Activity::NotMonitored => {}
        }
    }
    found.not_monitored = accounts.saturating_sub(found.active + found.idle());
    found
}

impl Rooms {
    /// How many hold what on a day; `None` asks for the last reading.
    pub(crate) fn type_facts(&self, app: &App, types: &Types, as_of: Option<Date>) -> Result<Vec<TypeFacts>> {
        let as_of = as_of.or(self.looking_back);
        let counts = self.store.seat_counts(app.id, as_of)?;
        let by_activity = self.store.activity_counts(app.id, as_of.map_or_else(|| self.today(), Ok)?)?;
        let deactivated_too = self.store.counting(app.id)?.deactivated_billable;
        let facts = types.0.iter().map(|known| {
            let count = counts.iter().find(|count| count.license.key() == Some(&known.key));
            let (assigned, active) = count.map_or((0, 0), |count| (count.assigned, count.active));
            // Deactivated accounts count where the contract charges for them.
            let accounts = if deactivated_too { assigned } else { active };
            let own = by_activity.iter().filter(|own| own.license.key() == Some(&known.key));
            TypeFacts {
                license_type: known.key.to_string(),
                name: known.name.clone(),
                billable: known.billable,
                free: known.free,
                assigned,
                billable_accounts: if known.billable { accounts } else { 0 },
                deactivated: if known.billable { accounts.saturating_sub(active) } else { 0 },
                activity: by_last_activity(own.filter(|own| deactivated_too || !own.deactivated), accounts),
                payers: BTreeMap::new(),
            }
        });
        Ok(facts.collect())
    }

    /// How many accounts the rules of the purchases in force name, by type and purchase: kept for as long as nothing
    /// that is stored changes, since every account is looked at.
    fn payers(&self, app: &App, day: Date, past: Option<Date>, inputs: &Inputs) -> Result<Payers> {
        let force = ledger::in_force(day, &inputs.purchases);
        if force.iter().all(|purchase| purchase.conditions.pays_for.is_open()) {
            return Ok(Payers::default());
        }
        if let Some(known) = locked(&inputs.payers).get(&(day, past)) {
            return Ok(known.clone());
        }
        let (paying, mut payers) = (ledger::Paying::new(&force), Payers::default());
        for count in self.store.account_counts(app.id, past, spend_by::has_email_rules(&force))? {
            let payer = paying.payer(&spend_by::account(&count));
            if payer != Payer::Average {
                *payers.entry(count.license.as_str().to_owned()).or_default().entry(payer).or_default() +=
                    count.accounts;
            }
        }
        locked(&inputs.payers).insert((day, past), payers.clone());
        Ok(payers)
    }

    /// The types with their counts on a day, and with who pays for whom.
    pub(crate) fn facts_on(&self, app: &App, day: Date, inputs: &Inputs) -> Result<Vec<TypeFacts>> {
        let past = self.past(day)?;
        let mut facts = self.type_facts(app, &self.types(app)?, past)?;
        let mut payers = self.payers(app, day, past, inputs)?;
        for of_type in facts.iter_mut().filter(|of_type| of_type.billable) {
            of_type.payers = payers.remove(&of_type.license_type).unwrap_or_default();
        }
        Ok(facts)
    }

    /// Spend on a day, without the other bases.
    pub(crate) fn spend_of(&self, app: &App, day: Date) -> Result<Spend> {
        Ok(self.bases_of(app, day, &*self.inputs(app)?)?.spend)
    }

    /// Every basis on a day. A past day uses who held what then; today and later use the last reading.
    pub(crate) fn bases_of(&self, app: &App, day: Date, inputs: &Inputs) -> Result<Bases> {
        let facts = self.facts_on(app, day, inputs)?;
        let mut bases = ledger::bases(day, &facts, &inputs.purchases, inputs.setting());
        if self.was_read(app, day)? {
            let unknown = self.unknown_licenses(app, self.past(day)?)?;
            leave_open(&mut bases.spend.billable_annual, unknown);
            bases::known_until(&mut bases, self.activity_until(app)?, day);
        } else {
            bases::nobody_counted(&mut bases);
        }
        Ok(bases)
    }

    /// Members whom a contract may charge for, of whom the vendor does not tell what they hold.
    fn unknown_licenses(&self, app: &App, as_of: Option<Date>) -> Result<u64> {
        let counts = self.store.seat_counts(app.id, as_of)?;
        let deactivated_too = self.store.counting(app.id)?.deactivated_billable;
        let unknown = counts.iter().filter(|count| count.license == License::Unknown);
        Ok(unknown.map(|count| if deactivated_too { count.assigned } else { count.active }).sum())
    }

    /// The day whose history tells who held what; `None` where the last reading does, today and later.
    pub(crate) fn past(&self, day: Date) -> Result<Option<Date>> {
        Ok((day < self.today()? || self.looking_back.is_some()).then_some(day))
    }

    /// The day that is asked for, or today.
    pub(crate) fn day_or_today(&self, asked: Option<&str>) -> Result<Date> {
        asked.map_or_else(|| self.today(), day)
    }
}

impl Seatledger {
    /// Spend with every basis and its reasons.
    pub fn spend(&self, request: &AppDayRequest) -> Result<SpendView> {
        let app = self.app(&request.app)?;
        let day = self.day_or_today(request.as_of.as_deref())?;
        let inputs = self.inputs(&app)?;
        let bases = self.bases_of(&app, day, &inputs)?;
        let mut told = Told::default();
        let listed = bases::listed(&bases, &inputs, &mut told);
        let deactivated_billable = self.store.counting(app.id)?.deactivated_billable;
        Ok(view(&app.slug, &bases, deactivated_billable, listed, &mut told))
    }
}

fn view(app: &str, all: &Bases, deactivated_billable: bool, bases: Vec<Basis>, told: &mut Told) -> SpendView {
    let spend = &all.spend;
    let by_license_type = spend.by_type.iter().map(|line| TypeSpend {
        license_type: line.license_type.clone(),
        name: line.name.clone(),
        billable: line.billable,
        free: line.free,
        purchased: line.purchased,
        unlimited: line.unlimited,
        assigned: line.assigned,
        billable_accounts: line.billable_accounts,
        active: line.activity.active,
        inactive: line.activity.inactive,
        never: line.activity.never,
        not_monitored: line.activity.not_monitored,
        unassigned: line.unassigned,
        over_assigned: line.over_assigned,
        counts: told.counts(&line.counts),
        unit_annual: told.figure(&line.unit_annual),
        billable_annual: told.figure(&line.billable_annual),
        committed_annual: told.figure(&line.committed_annual),
    });
    let by_license_type = by_license_type.collect();
    let notes = spend.notes.iter().map(|note| FindingView {
        code: note.kind.code().to_owned(),
        message: note.sentence.clone(),
        count: note.count,
        examples: note.license_type.iter().cloned().collect(),
    });
    SpendView {
        app: app.to_owned(),
        as_of: spend.day.to_string(),
        currency: spend.currency.map(|currency| currency.code().to_owned()),
        billable_accounts: spend.billable_accounts,
        deactivated_billable,
        billable_annual: told.figure(&spend.billable_annual),
        committed_annual: told.figure(&all.committed_annual),
        waste_annual: told.figure(&spend.waste_annual),
        waste_note: spend.waste_from.map(|day| format!("at renewal, from {}", words::day(day))),
        counts: told.counts(&spend.counts),
        bases,
        by_license_type,
        unpriced_license_types: spend.unpriced.clone(),
        findings: notes.collect(),
    }
}
