//! How a stored connection is read: address, token, limits and license sources, put together for one use.

use connect::{BaseUrl, BearerToken, Client, LicensePath, Limits, Pace, RestSource, Sources};
use store::{App, ConnectionSettings};

use crate::connecting::connector;
use crate::error::Result;
use crate::limits::limits;
use crate::mapping::for_reading;
use crate::seatledger::Rooms;
use crate::tokens::Purpose;

/// Everything that a reading needs.
pub(crate) struct Approach {
    pub(crate) base_url: BaseUrl,
    pub(crate) token: BearerToken,
    pub(crate) limits: Limits,
    pub(crate) pace: Pace,
    pub(crate) sources: Sources,
    pub(crate) settings: ConnectionSettings,
}

impl Approach {
    pub(crate) fn client(&self) -> Result<Client> {
        Ok(Client::new(&self.base_url, &self.token, self.limits.clone())?.paced(self.pace.clone()))
    }
}

impl Rooms {
    pub(crate) fn approach(&self, app: &App) -> Result<Approach> {
        let settings = self.store.connection(app.id)?;
        let (base_url, token) = self.credentials(app)?;
        let sources = self.sources(app, &settings)?;
        let limits = limits(&settings);
        let pace = self.pace(&base_url, &limits);
        Ok(Approach { base_url, token, limits, pace, sources, settings })
    }

    fn credentials(&self, app: &App) -> Result<(BaseUrl, BearerToken)> {
        if app.sample {
            return self.sample_credentials(app);
        }
        let base_url = BaseUrl::parse(&app.base_url)?;
        let token = self.open_token(app, &base_url, Purpose::Scim)?;
        Ok((base_url, token))
    }

    fn sources(&self, app: &App, settings: &ConnectionSettings) -> Result<Sources> {
        let groups = for_reading(&settings.groups);
        Ok(Sources {
            license_from: settings.license_from.as_deref().map(LicensePath::parse).transpose()?,
            values: for_reading(&settings.values),
            // Groups cost requests: they are read only where they tell something.
            groups: groups.tells().then_some(groups),
            rest: settings.rest_base_url.as_deref().map(|base| self.rest_source(app, base, settings)).transpose()?,
            ..Sources::of(connector(&app.connector)?)
        })
    }

    fn rest_source(&self, app: &App, base: &str, settings: &ConnectionSettings) -> Result<RestSource> {
        let base = BaseUrl::parse(base)?;
        let key = self.open_token(app, &base, Purpose::LucidRest)?;
        let pace = Some(self.pace(&base, &limits(settings)));
        Ok(RestSource { base, key, subscriptions: for_reading(&settings.subscriptions), pace })
    }
}
