//! Connecting an app: the test in stages, then the connection with its sealed token.

use connect::{BaseUrl, BearerToken, Client, Connector, LicensePath, Probe, Sources, Stage, StageKey, Suggestion};
use roster::LicenseKey;
use store::{App, ConnectionSettings, LicenseType, MappedLicense, NewApp};

use crate::activity::Types;
use crate::error::{Error, Result};
use crate::finding;
use crate::limits::{Typed, limits, meant};
use crate::mapping::{chosen, for_reading};
use crate::seatledger::{Rooms, Seatledger};
use crate::suggestion;
use crate::tokens::Purpose;
use crate::view::apps::RemoveRequest;
use crate::view::connect::{ConnectReport, ConnectRequest, ConnectStage, Connected, ReplaceTokenRequest, StageState};

/// Told each stage as it is reached.
pub type OnStage = Box<dyn FnMut(ConnectStage) + Send>;

/// A request, understood.
pub(crate) struct Asked {
    connector: Connector,
    name: String,
    base_url: BaseUrl,
    token: BearerToken,
    pub(crate) settings: ConnectionSettings,
}

impl Asked {
    pub(crate) fn client(&self, rooms: &Rooms) -> Result<Client> {
        let limits = limits(&self.settings);
        let pace = rooms.pace(&self.base_url, &limits);
        Ok(Client::new(&self.base_url, &self.token, limits)?.paced(pace))
    }

    pub(crate) fn sources(&self) -> Result<Sources> {
        Ok(Sources {
            license_from: self.settings.license_from.as_deref().map(LicensePath::parse).transpose()?,
            values: for_reading(&self.settings.values),
            ..Sources::of(self.connector)
        })
    }
}

pub(crate) fn understood(request: &ConnectRequest) -> Result<Asked> {
    let connector = connector(&request.connector)?;
    let given = request.base_url.trim();
    let usual = connector.default_base_url().unwrap_or_default();
    let base_url = BaseUrl::parse(if given.is_empty() { usual } else { given })?;
    let token = BearerToken::from_pasted(&request.token)?;
    let name = request.name.trim();
    let name = if name.is_empty() { connector.app_name() } else { name };
    let mut settings = ConnectionSettings {
        license_from: license_from(connector, name, request.license_from.as_deref())?,
        values: chosen(&request.mapping, &known_types(connector))?,
        ..ConnectionSettings::default()
    };
    meant(Typed {
        requests_per_minute: &request.requests_per_minute,
        pages_in_flight: &request.pages_in_flight,
        authority: &request.authority,
        drop_percent: "",
    })
    .map_err(Error::Refused)?
    .keep(&mut settings);
    Ok(Asked { connector, name: name.to_owned(), base_url, token, settings })
}

/// The attribute path as it is kept; where the vendor tells licenses in a form of its own, there is none to choose.
pub(crate) fn license_from(connector: Connector, name: &str, typed: Option<&str>) -> Result<Option<String>> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else { return Ok(None) };
    if connector != Connector::Scim {
        return Err(Error::NotForApp {
            name: name.to_owned(),
            what: "attribute to choose for the license type",
            hint: "The vendor tells licenses in a form of its own, which is read without being asked for.",
        });
    }
    Ok(Some(LicensePath::parse(typed)?.as_str().to_owned()))
}

fn known_types(connector: Connector) -> Types {
    let known = connector.known_licenses().into_iter();
    Types(
        known
            .map(|known| LicenseType {
                key: known.key,
                name: known.name,
                billable: known.billable,
                free: false,
                rank: Some(known.rank),
            })
            .collect(),
    )
}

pub(crate) fn connector(key: &str) -> Result<Connector> {
    Connector::parse(key).ok_or_else(|| Error::UnknownConnector(key.to_owned()))
}

fn label(key: StageKey) -> &'static str {
    match key {
        StageKey::Address => "Address",
        StageKey::Tls => "Encrypted connection",
        StageKey::ServiceProviderConfig => "SCIM service",
        StageKey::Users => "Token and users",
        StageKey::Licenses => "How licenses are represented",
    }
}

fn stage_view(stage: &Stage) -> ConnectStage {
    let state = match stage.state {
        connect::StageState::Running => StageState::Running,
        connect::StageState::Passed => StageState::Passed,
        connect::StageState::Warned => StageState::Warned,
        connect::StageState::Failed => StageState::Failed,
    };
    ConnectStage {
        key: stage.key.key().to_owned(),
        label: label(stage.key).to_owned(),
        state,
        detail: stage.detail.clone(),
    }
}

/// Tests a connection and collects what was said.
async fn probe(rooms: &Rooms, asked: &Asked, on_stage: &mut OnStage) -> (Vec<ConnectStage>, Result<Probe>) {
    let mut stages: Vec<ConnectStage> = Vec::new();
    let (client, sources) = match asked.client(rooms).and_then(|client| Ok((client, asked.sources()?))) {
        Ok(ready) => ready,
        Err(error) => return (stages, Err(error)),
    };
    let mut tell = |stage: Stage| {
        let view = stage_view(&stage);
        match stages.last_mut() {
            Some(last) if last.key == view.key => *last = view.clone(),
            _ => stages.push(view.clone()),
        }
        on_stage(view);
    };
    let outcome = client.probe(&sources, &mut tell).await;
    (stages, outcome.map_err(Error::from))
}

fn report(stages: Vec<ConnectStage>, outcome: &Result<Probe>) -> ConnectReport {
    let probe = outcome.as_ref().ok();
    ConnectReport {
        stages,
        users: probe.and_then(|probe| probe.users),
        licenses: probe.map(|probe| probe.licenses_sentence.clone()),
        findings: probe.map(|probe| finding::views(&probe.findings)).unwrap_or_default(),
        suggestions: probe.map(|probe| suggestion::views(&probe.suggestions)).unwrap_or_default(),
        sampled: probe.map_or(0, |probe| probe.sampled),
        complete: probe.is_some_and(|probe| probe.complete),
        problem: outcome.as_ref().err().map(Error::problem),
    }
}

/// The chosen rows, and after them the values that the test saw and nobody chose anything for: each stands for itself.
fn with_seen_values(chosen: Vec<MappedLicense>, from: Option<&str>, probe: &Probe) -> Vec<MappedLicense> {
    let is_chosen = |found: &&Suggestion| from.is_some_and(|from| found.path.as_str().eq_ignore_ascii_case(from));
    let Some(found) = probe.suggestions.iter().find(is_chosen) else { return chosen };
    let counted = |count: u64| probe.complete.then_some(count);
    let mut rows = chosen;
    for row in &mut rows {
        row.members = found.values.iter().find(|(value, _)| *value == row.seen).and_then(|(_, count)| counted(*count));
    }
    for (value, count) in &found.values {
        if let Some(key) = LicenseKey::new(value)
            && rows.iter().all(|row| row.seen != *value)
        {
            let (seen, name) = (value.clone(), value.clone());
            rows.push(MappedLicense {
                seen,
                name,
                license: Some(key),
                members: counted(*count),
                ..MappedLicense::default()
            });
        }
    }
    rows
}

impl Seatledger {
    /// Tests a connection without keeping anything. Entries that make no sense come back as the report's problem too.
    pub async fn connect_test(&self, request: &ConnectRequest, mut on_stage: OnStage) -> ConnectReport {
        match understood(request) {
            Ok(asked) => {
                let (stages, outcome) = probe(self, &asked, &mut on_stage).await;
                report(stages, &outcome)
            }
            Err(error) => report(Vec::new(), &Err(error)),
        }
    }

    /// Tests a connection that works, and keeps nothing: what was found, and where the license type may be told.
    pub async fn connect_look(&self, request: &ConnectRequest, mut on_stage: OnStage) -> Result<ConnectReport> {
        let (stages, outcome) = probe(self, &understood(request)?, &mut on_stage).await;
        match outcome {
            Ok(found) => Ok(report(stages, &Ok(found))),
            Err(error) => Err(error),
        }
    }

    /// Tests a connection and, if it works, keeps it with its token sealed.
    pub async fn connect_save(&self, request: &ConnectRequest, mut on_stage: OnStage) -> Result<Connected> {
        let mut asked = understood(request)?;
        if !request.again {
            self.refuse_twice(&asked)?;
        }
        self.blocking(|this| this.ready_vault()).await?;
        let (_, outcome) = probe(self, &asked, &mut on_stage).await;
        let probe = outcome?;
        let chosen = std::mem::take(&mut asked.settings.values);
        asked.settings.values = with_seen_values(chosen, asked.settings.license_from.as_deref(), &probe);
        let choices = request.mapping.clone();
        let app = self.blocking(move |this| this.keep_connection(asked, &choices)).await?;
        Ok(Connected {
            app: app.slug,
            name: app.name,
            users: probe.users,
            findings: finding::views(&probe.findings),
            suggestions: suggestion::views(&probe.suggestions),
        })
    }

    /// The same account under two names would cost twice.
    fn refuse_twice(&self, asked: &Asked) -> Result<()> {
        let is_same = |app: &App| {
            app.connector == asked.connector.key() && app.base_url == asked.base_url.as_str() && !app.sample
        };
        match self.store.apps()?.into_iter().find(is_same) {
            Some(app) => Err(Error::AlreadyConnected { address: app.base_url, name: app.name }),
            None => Ok(()),
        }
    }

    fn keep_connection(&self, asked: Asked, choices: &[crate::view::integration::MappingChoice]) -> Result<App> {
        let Asked { connector, name, base_url, token, settings } = asked;
        let new = NewApp {
            name,
            connector: connector.key().to_owned(),
            base_url: base_url.as_str().to_owned(),
            sample: false,
        };
        let app = self.store.add_app(&new, &connector.known_licenses(), self.now())?;
        let kept = self.add_license_types(&app, &settings.values, choices).and_then(|()| {
            self.store.change_connection(app.id, |stored| *stored = settings)?;
            self.seal_token(&app.slug, &base_url, Purpose::Scim, &token.into_secret())
        });
        // An app whose token could not be sealed would be of no use: take it back.
        if let Err(error) = kept {
            self.store.remove_app(app.id)?;
            return Err(error);
        }
        Ok(app)
    }

    /// Tests a new token against the app's own address and, if it works, puts it in the old one's place.
    pub async fn token_replace(&self, request: &ReplaceTokenRequest, on_stage: OnStage) -> Result<ConnectReport> {
        let (stages, outcome) = self.try_token(request, on_stage).await?;
        Ok(report(stages, &outcome))
    }

    /// The same for shells that treat a token that does not work as their own failure; the users that it can read.
    pub async fn token_change(&self, request: &ReplaceTokenRequest, on_stage: OnStage) -> Result<Option<u64>> {
        let (_, outcome) = self.try_token(request, on_stage).await?;
        Ok(outcome?.users)
    }

    async fn try_token(
        &self,
        request: &ReplaceTokenRequest,
        mut on_stage: OnStage,
    ) -> Result<(Vec<ConnectStage>, Result<Probe>)> {
        let app = self.app(&request.app)?;
        if app.sample {
            let hint = "The sample organisation has no token of its own; connect an app of yours.";
            return Err(Error::NotForApp { name: app.name, what: "token to replace", hint });
        }
        let asked = Asked {
            connector: connector(&app.connector)?,
            settings: self.store.connection(app.id)?,
            name: app.name,
            base_url: BaseUrl::parse(&app.base_url)?,
            token: BearerToken::from_pasted(&request.token)?,
        };
        let (stages, outcome) = probe(self, &asked, &mut on_stage).await;
        if outcome.is_ok() {
            let Asked { base_url, token, .. } = asked;
            let slug = app.slug;
            self.blocking(move |this| this.seal_token(&slug, &base_url, Purpose::Scim, &token.into_secret())).await?;
        }
        Ok((stages, outcome))
    }

    /// Removes an app with everything that belongs to it: roster, history, purchases, token, key. Not while it is read.
    pub fn connection_remove(&self, request: &RemoveRequest) -> Result<()> {
        let app = self.app(&request.app)?;
        if !app.sample && request.typed_name.trim() != app.name {
            return Err(Error::NameDoesNotMatch);
        }
        let lock = self.sync_lock(&app)?;
        if app.sample {
            self.stop_sample();
        } else {
            self.forget_tokens(&app.slug)?;
        }
        self.store.remove_app(app.id)?;
        if let Ok(base_url) = BaseUrl::parse(&app.base_url) {
            self.forget_pace(&base_url);
        }
        self.remove_lock(&app.slug, lock);
        Ok(())
    }
}
