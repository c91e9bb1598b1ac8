//! Who spend is for: by department and cost center. The ledger shares it out, the store counts the accounts.

use std::iter::repeat_n;

use jiff::civil::Date;
use ledger::{Account, By, Chargeback, Match, Purchase};
use store::{AccountCount, App};

use crate::error::{Error, Result};
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::{NOT_READ, explanation, figure, not_read};
use crate::view::spend::{SpendBy, SpendByRequest, SpendByRow};

impl Seatledger {
    /// Annual spend, shared out. The rows and the unassigned seats add up to the total.
    pub fn spend_by(&self, request: &SpendByRequest) -> Result<SpendBy> {
        let app = self.app(&request.app)?;
        let by = by(&request.by)?;
        let day = self.day_or_today(request.as_of.as_deref())?;
        let mut shared = self.chargeback(&app, by, day)?;
        if !self.was_read(&app, day)? {
            shared.rows.clear();
            NOT_READ.clone_into(&mut shared.counted.arithmetic);
            "0 accounts".clone_into(&mut shared.counted.result);
            shared.counted.parts = ledger::Parts::default();
            [&mut shared.unassigned, &mut shared.total].into_iter().for_each(not_read);
        }
        let row = |row: &ledger::ChargebackRow| SpendByRow {
            name: row.name.clone(),
            accounts: row.accounts,
            accounts_because: explanation(&row.counted),
            figure: figure(&row.annual),
        };
        Ok(SpendBy {
            caveat: self.belonging_caveat(&app, Some(day))?,
            app: app.slug,
            as_of: day.to_string(),
            by: request.by.clone(),
            accounts: shared.rows.iter().map(|row| row.accounts).sum(),
            accounts_because: explanation(&shared.counted),
            rows: shared.rows.iter().map(row).collect(),
            unassigned: figure(&shared.unassigned),
            total: figure(&shared.total),
        })
    }
}

impl Rooms {
    /// A past day uses who held what then, in the department where they were then.
    fn chargeback(&self, app: &App, by: By, day: Date) -> Result<Chargeback> {
        let inputs = self.inputs(app)?;
        let purchases = &inputs.purchases;
        let types = self.types(app)?;
        let past = self.past(day)?;
        let facts = self.type_facts(app, &types, past)?;
        let counts = self.store.account_counts(app.id, past, has_email_rules(&ledger::in_force(day, purchases)))?;
        let billable = |key: &roster::LicenseKey| types.of(key).is_some_and(|known| known.billable);
        let accounts = counts
            .iter()
            .filter(|count| billable(&count.license))
            .flat_map(|count| repeat_n(account(count), usize::try_from(count.accounts).unwrap_or(usize::MAX)));
        Ok(ledger::chargeback(day, by, &facts, purchases, accounts, inputs.setting()))
    }

    /// Whether a roster was accepted for the day or one before.
    pub(crate) fn was_read(&self, app: &App, day: Date) -> Result<bool> {
        Ok(self.store.sync_days(app.id)?.first().is_some_and(|first| *first <= day))
    }
}

fn by(word: &str) -> Result<By> {
    match word {
        "department" => Ok(By::Department),
        "cost-center" => Ok(By::CostCenter),
        _ => Err(Error::NotAllowed { value: word.to_owned(), expected: "one of department and cost-center" }),
    }
}

/// What is known of accounts that are counted together.
pub(crate) fn account(count: &AccountCount) -> Account<'_> {
    Account {
        license_type: count.license.as_str(),
        billable: true,
        email: count.email.as_deref(),
        department: count.department.as_deref(),
        cost_center: count.cost_center.as_deref(),
        groups: &count.groups,
    }
}

pub(crate) fn has_email_rules(force: &[&Purchase]) -> bool {
    let rules =
        |purchase: &&Purchase| purchase.conditions.pays_for.rules.iter().any(|rule| matches!(rule, Match::Email(_)));
    force.iter().any(rules)
}
