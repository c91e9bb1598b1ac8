//! Which exchange rates are missing: for each currency in use the first day that needs one, and what needs it there.
//! Absent on purpose: what a total leaves out; it says so itself.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::form::rate_kind_word;
use ledger::{Currency, Exchange, MissingRate, Rate, Rates, Term};
use store::{App, RateId};

use crate::apps::seats;
use crate::error::Result;
use crate::seatledger::Rooms;
use crate::view::rates::RateMissing;

/// Something that is paid in another currency.
struct Need {
    term: Term,
    /// The first day of its contract.
    contract: Date,
    /// The rate that it lacks.
    missing: Option<MissingRate>,
    app: String,
    purchase: Option<i64>,
    fee: Option<i64>,
    named: String,
}

impl Rooms {
    /// Currencies whose purchases and fees need a rate to the base currency, of the kind that serves, that is not recorded in
    /// either direction.
    pub(crate) fn missing_rates(&self, base: Currency, recorded: &[(RateId, Rate)]) -> Result<Vec<RateMissing>> {
        let Ok(rates) = Rates::new(recorded.iter().map(|(_, rate)| rate.clone())) else { return Ok(Vec::new()) };
        let exchange = Exchange { base, rates: &rates, policy: self.rate_policy()?, today: self.today()? };
        let kind = exchange.policy.kind();
        let mut needs: BTreeMap<&str, Vec<Need>> = BTreeMap::new();
        for app in self.store.apps()? {
            for (currency, need) in self.needs(&app)? {
                let missing = exchange.first_missing(currency, need.term, need.contract);
                if missing.is_some() {
                    needs.entry(currency.code()).or_default().push(Need { missing, ..need });
                }
            }
        }
        let first_rate = |code: &str| {
            let pair = |rate: &&Rate| {
                rate.kind == kind && [(rate.from.code(), rate.to), (rate.to.code(), rate.from)].contains(&(code, base))
            };
            recorded.iter().map(|(_, rate)| rate).filter(pair).map(|rate| rate.day).min()
        };
        let missing = |(code, mut own): (&str, Vec<Need>)| {
            let day = |need: &Need| need.missing.map(|missing| missing.day);
            own.sort_by(|one, other| (day(one), &one.named).cmp(&(day(other), &other.named)));
            let others = u64::try_from(own.len()).unwrap_or(u64::MAX).saturating_sub(1);
            let first = own.into_iter().next()?;
            let lack = first.missing?;
            Some(RateMissing {
                currency: code.to_owned(),
                kind: rate_kind_word(lack.kind).to_owned(),
                from: lack.day.to_string(),
                lack: lack.to_string(),
                first_rate: first_rate(code).map(|day| day.to_string()),
                app: first.app,
                purchase: first.purchase,
                fee: first.fee,
                needed_by: first.named,
                others,
            })
        };
        Ok(needs.into_iter().filter_map(missing).collect())
    }

    fn needs(&self, app: &App) -> Result<Vec<(Currency, Need)>> {
        let types = self.types(app)?;
        let need = |(term, contract), purchase, fee, named: String| Need {
            term,
            contract,
            missing: None,
            app: app.slug.clone(),
            purchase,
            fee,
            named: format!("{}: {named}", app.name),
        };
        let purchases = self.purchases_entered(app.id)?;
        let of_purchases = purchases.iter().filter(|purchase| purchase.is_priced()).map(|purchase| {
            let license = types.find(&purchase.license_type).map_or(&purchase.license_type, |known| &known.name);
            let named = format!("{license}, {}", seats(purchase));
            (purchase.currency, need((purchase.term, purchase.origin().contract), Some(purchase.id.0), None, named))
        });
        let fees = self.fees_entered(app.id)?;
        let of_fees = fees.iter().map(|fee| {
            (fee.currency, need((fee.term, fee.contract_term().from), None, Some(fee.id.0), fee.name.clone()))
        });
        Ok(of_purchases.chain(of_fees).collect())
    }
}
