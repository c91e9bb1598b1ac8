//! Connecting an app: the test in stages, then the connection with its sealed token.

use connect::{BaseUrl, BearerToken, Client, Connector, Limits, Probe, Sources, Stage, StageKey};
use store::{App, NewApp};

use crate::error::{Error, Result};
use crate::finding;
use crate::seatledger::Seatledger;
use crate::view::apps::RemoveRequest;
use crate::view::connect::{
    ConnectReport, ConnectRequest, ConnectStage, Connected, PreviewProgress, ReplaceTokenRequest, StageState,
};

/// Told each stage as it is reached.
pub type OnStage = Box<dyn FnMut(ConnectStage) + Send>;

/// Told how far a preview is.
pub type OnPreview = Box<dyn FnMut(PreviewProgress) + Send>;

/// A request, understood.
struct Asked {
    connector: Connector,
    name: String,
    base_url: BaseUrl,
    token: BearerToken,
}

fn understood(request: &ConnectRequest) -> Result<Asked> {
    let connector = connector(&request.connector)?;
    let given = request.base_url.trim();
    let usual = connector.default_base_url().unwrap_or_default();
    let base_url = BaseUrl::parse(if given.is_empty() { usual } else { given })?;
    let token = BearerToken::from_pasted(&request.token)?;
    let name = request.name.trim();
    let name = if name.is_empty() { connector.app_name() } else { name };
    Ok(Asked { connector, name: name.to_owned(), base_url, token })
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
async fn probe(asked: &Asked, on_stage: &mut OnStage) -> (Vec<ConnectStage>, Result<Probe>) {
    let mut stages: Vec<ConnectStage> = Vec::new();
    let client = match Client::new(&asked.base_url, &asked.token, Limits::default()) {
        Ok(client) => client,
        Err(error) => return (stages, Err(error.into())),
    };
    let mut tell = |stage: Stage| {
        let view = stage_view(&stage);
        match stages.last_mut() {
            Some(last) if last.key == view.key => *last = view.clone(),
            _ => stages.push(view.clone()),
        }
        on_stage(view);
    };
    let outcome = client.probe(&Sources::of(asked.connector), &mut tell).await;
    (stages, outcome.map_err(Error::from))
}

fn report(stages: Vec<ConnectStage>, outcome: &Result<Probe>) -> ConnectReport {
    match outcome {
        Ok(probe) => ConnectReport {
            stages,
            users: probe.users,
            licenses: Some(probe.licenses_sentence.clone()),
            findings: finding::views(&probe.findings),
            suggestions: Vec::new(),
            sampled: 0,
            complete: false,
            problem: None,
        },
        Err(error) => ConnectReport {
            stages,
            users: None,
            licenses: None,
            findings: Vec::new(),
            suggestions: Vec::new(),
            sampled: 0,
            complete: false,
            problem: Some(error.problem()),
        },
    }
}

impl Seatledger {
    /// Tests a connection without keeping anything. Entries that make no sense come back as the report's problem too.
    pub async fn connect_test(&self, request: &ConnectRequest, mut on_stage: OnStage) -> ConnectReport {
        match understood(request) {
            Ok(asked) => {
                let (stages, outcome) = probe(&asked, &mut on_stage).await;
                report(stages, &outcome)
            }
            Err(error) => report(Vec::new(), &Err(error)),
        }
    }

    /// Tests a connection and, if it works, keeps it with its token sealed.
    pub async fn connect_save(&self, request: &ConnectRequest, mut on_stage: OnStage) -> Result<Connected> {
        let asked = understood(request)?;
        self.blocking(|this| this.ready_vault()).await?;
        let (_, outcome) = probe(&asked, &mut on_stage).await;
        let probe = outcome?;
        let Asked { connector, name, base_url, token } = asked;
        let app = self.blocking(move |this| this.keep_connection(connector, &name, &base_url, token)).await?;
        Ok(Connected { app: app.slug, name: app.name, users: probe.users, findings: finding::views(&probe.findings) })
    }

    fn keep_connection(&self, connector: Connector, name: &str, base_url: &BaseUrl, token: BearerToken) -> Result<App> {
        let new = NewApp {
            name: name.to_owned(),
            connector: connector.key().to_owned(),
            base_url: base_url.as_str().to_owned(),
            sample: false,
        };
        let app = self.store.add_app(&new, &connector.known_licenses(), self.now())?;
        // An app whose token could not be sealed would be of no use: take it back.
        if let Err(error) = self.seal_token(&app.slug, base_url, &token.into_secret()) {
            self.store.remove_app(app.id)?;
            return Err(error);
        }
        Ok(app)
    }

    /// Tests a new token against the app's own address and, if it works, puts it in the old one's place.
    pub async fn token_replace(&self, request: &ReplaceTokenRequest, mut on_stage: OnStage) -> Result<ConnectReport> {
        let app = self.app(&request.app)?;
        let asked = Asked {
            connector: connector(&app.connector)?,
            name: app.name,
            base_url: BaseUrl::parse(&app.base_url)?,
            token: BearerToken::from_pasted(&request.token)?,
        };
        let (stages, outcome) = probe(&asked, &mut on_stage).await;
        let report = report(stages, &outcome);
        if outcome.is_ok() {
            let Asked { base_url, token, .. } = asked;
            let slug = app.slug;
            self.blocking(move |this| this.seal_token(&slug, &base_url, &token.into_secret())).await?;
        }
        Ok(report)
    }

    /// Removes an app with everything that belongs to it: roster, history, purchases, token.
    pub fn connection_remove(&self, request: &RemoveRequest) -> Result<()> {
        let app = self.app(&request.app)?;
        if !app.sample && request.typed_name.trim() != app.name {
            return Err(Error::NameDoesNotMatch);
        }
        if app.sample {
            self.stop_sample();
        } else {
            self.forget_token(&app.slug)?;
        }
        Ok(self.store.remove_app(app.id)?)
    }
}
