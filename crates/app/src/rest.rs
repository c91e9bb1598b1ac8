//! The vendor's REST interface as a second source of license types: its key in the vault, bound to its own origin.

use connect::{BaseUrl, BearerToken, Connector, RestClient, RestSeen, RestSource, SubscriptionSeen};
use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use store::{App, ConnectionSettings, MappedLicense};
use tokio_util::sync::CancellationToken;

use crate::connecting::connector;
use crate::error::{Error, Result};
use crate::limits::limits;
use crate::mapping::seen_again;
use crate::seatledger::Seatledger;
use crate::tokens::Purpose;
use crate::view::apps::AppRequest;
use crate::view::integration::{IntegrationView, RestConnectRequest};
use crate::view::problem::FieldProblem;
use crate::words::{self, grouped};

/// Whether the app's vendor has one that can be used here. The sample's server starts anew with every process.
pub(crate) fn is_supported(app: &App) -> bool {
    connector(&app.connector).is_ok_and(|connector| connector == Connector::Lucid) && !app.sample
}

fn supported(app: &App) -> Result<()> {
    if is_supported(app) {
        return Ok(());
    }
    let hint = "Only Lucid accounts have a second interface; the sample organisation and other SCIM apps do not.";
    Err(Error::NotForApp { name: app.name.clone(), what: "REST interface", hint })
}

/// The subscriptions as rows of a mapping; the name says what is known, since the vendor gives them none.
pub(crate) fn rows(seen: Vec<SubscriptionSeen>) -> Vec<MappedLicense> {
    let row = |seen: SubscriptionSeen| {
        let used = match seen.total {
            Some(total) => format!("{} of {} licenses used", grouped(seen.used), grouped(total)),
            None => format!("{} licenses used, unlimited", grouped(seen.used)),
        };
        let trial = if seen.trial { ", trial" } else { "" };
        let renewal = seen.renewal.map(|at| words::day(ZonedDateTime::new(at, TimeZone::UTC).date()));
        let renewal = renewal.map_or_else(String::new, |day| format!(", renews {day}"));
        let short: String = seen.id.chars().take(8).collect();
        MappedLicense {
            name: format!("Subscription {short}: {used}{trial}{renewal}"),
            seen: seen.id,
            license: None,
            members: Some(seen.used),
            ..MappedLicense::default()
        }
    };
    seen.into_iter().map(row).collect()
}

impl Seatledger {
    /// Tests the key and, if subscriptions or users can be read with it, keeps it sealed; says what cannot be.
    pub async fn rest_connect(&self, request: &RestConnectRequest) -> Result<IntegrationView> {
        let app = self.app(&request.app)?;
        supported(&app)?;
        let typed = request.base_url.trim();
        let base = BaseUrl::parse(if typed.is_empty() { RestClient::DEFAULT_BASE } else { typed })?;
        let key = key(&request.key)?;
        self.blocking(|this| this.ready_vault()).await?;
        let settings = self.store.connection(app.id)?;
        let limits = limits(&settings);
        let pace = self.pace(&base, &limits);
        let client = RestClient::new(&base, &key, limits)?.paced(pace);
        let cancel = CancellationToken::new();
        let seen = client.subscriptions(&cancel).await?;
        let users_refused = client.users_refused(&cancel).await?;
        let missing = missing(&app, &seen, users_refused)?;
        self.blocking(move |this| {
            this.seal_token(&app.slug, &base, Purpose::LucidRest, &key.into_secret())?;
            this.store.change_connection(app.id, |settings| {
                settings.rest_base_url = Some(base.as_str().to_owned());
                if let RestSeen::Offered(seen) = seen {
                    settings.subscriptions = seen_again(&settings.subscriptions, rows(seen));
                }
            })?;
            let mut view = this.integration_of(&app)?;
            if let Some(missing) = missing {
                view.rest.sentence = missing;
            }
            Ok(view)
        })
        .await
    }

    /// Forgets the key, and what its subscriptions meant.
    pub fn rest_remove(&self, request: &AppRequest) -> Result<IntegrationView> {
        let app = self.app(&request.app)?;
        supported(&app)?;
        if self.store.connection(app.id)?.rest_base_url.is_some() {
            // The settings first: a key that nothing refers to is harmless, a reference to no key fails every sync.
            self.store.change_connection(app.id, |settings| {
                settings.rest_base_url = None;
                settings.subscriptions.clear();
            })?;
            self.forget_purpose(&app.slug, Purpose::LucidRest)?;
        }
        self.integration_of(&app)
    }

    /// The subscriptions, as far as this key may read them.
    pub(crate) async fn subscriptions(&self, source: &RestSource, settings: &ConnectionSettings) -> Result<RestSeen> {
        let limits = limits(settings);
        let pace = self.pace(&source.base, &limits);
        let client = RestClient::new(&source.base, &source.key, limits)?.paced(pace);
        Ok(client.subscriptions(&CancellationToken::new()).await?)
    }
}

/// What a key does not open, as a sentence; one that opens nothing is refused.
fn missing(app: &App, seen: &RestSeen, users_refused: Option<u16>) -> Result<Option<String>> {
    let said =
        |what, status| format!("The key is kept, but the server does not offer {what} with it (it answered {status}).");
    match (seen, users_refused) {
        (RestSeen::Offered(_), None) => Ok(None),
        (RestSeen::Offered(_), Some(status)) => Ok(Some(said("users, so nobody deactivated can be added", status))),
        (RestSeen::NotOffered { status }, None) => {
            Ok(Some(said("subscriptions, so it tells no license type: only who is deactivated", *status)))
        }
        (RestSeen::NotOffered { status }, Some(_)) => Err(not_offered(app, "subscriptions and users", *status)),
    }
}

pub(crate) fn not_offered(app: &App, what: &'static str, status: u16) -> Error {
    Error::NotOffered { name: app.name.clone(), what, key: "API key", status }
}

fn key(pasted: &str) -> Result<BearerToken> {
    if pasted.trim().is_empty() {
        let message = "Paste the API key".to_owned();
        return Err(Error::Refused(vec![FieldProblem { field: "key".to_owned(), message }]));
    }
    Ok(BearerToken::from_pasted(pasted)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_is_named_by_what_is_known_of_it() {
        let seen = SubscriptionSeen {
            id: "0b6a8d0e-3f0c-4a58".to_owned(),
            total: Some(1_500),
            used: 1_204,
            trial: true,
            renewal: Some("2027-04-01T00:00:00Z".parse().unwrap()),
        };
        let unlimited = SubscriptionSeen { id: "x".to_owned(), total: None, used: 3, trial: false, renewal: None };
        let names: Vec<_> = rows(vec![seen, unlimited]).into_iter().map(|row| row.name).collect();
        assert_eq!(
            names,
            [
                "Subscription 0b6a8d0e: 1,204 of 1,500 licenses used, trial, renews 1 Apr 2027",
                "Subscription x: 3 licenses used, unlimited"
            ]
        );
    }
}
