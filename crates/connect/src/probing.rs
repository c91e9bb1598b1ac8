//! The connection test: address, TLS, `ServiceProviderConfig`, one user, and where that user's license is.
//! Only what makes a sync impossible fails; what a server merely describes badly is a warning.

use roster::FindingCode;
use tokio_util::sync::CancellationToken;

use crate::allowance::Allowance;
use crate::connector::Connector;
use crate::error::ConnectError;
use crate::findings::Findings;
use crate::hints::{self, Hints, description};
use crate::licensing::Licensing;
use crate::probe::{LicenseShape, Probe, Stage, StageKey, StageState};
use crate::retry::Patience;
use crate::sources::Sources;
use crate::suggest::Sample;
use crate::transport::Transport;
use crate::users::{self, Users};

const SLOW: &str = "The server did not describe itself (/ServiceProviderConfig) in time; that is not needed.";

type OnStage<'a> = dyn FnMut(Stage) + Send + 'a;

/// Runs the test; also returns what a reading can use.
pub(crate) async fn probe(
    transport: &Transport,
    sources: &Sources,
    on_stage: &mut OnStage<'_>,
) -> Result<(Probe, Hints), ConnectError> {
    let cancel = CancellationToken::new();
    let allowance = Allowance::new(Patience::testing(transport.limits()), transport.limits(), &cancel);
    let described = describe(transport, &allowance, on_stage).await?;
    let how = Licensing::of(sources);
    let url = transport.users(1, 1, None, None);
    let users =
        async || transport.fetch(&url, &allowance, &mut Vec::new(), |body| users::read(&how, 1, body, None)).await;
    let (hints, users) = if let Some(hints) = described {
        tell(on_stage, StageKey::Users, StageState::Running, "");
        (hints, users().await)
    } else {
        let users = match users().await {
            Err(error) if is_unreachable(&error) => return Err(failed(on_stage, StageKey::Address, error)),
            users => users,
        };
        reached(transport, on_stage);
        tell(on_stage, StageKey::ServiceProviderConfig, StageState::Running, "");
        tell(on_stage, StageKey::ServiceProviderConfig, StageState::Warned, SLOW);
        tell(on_stage, StageKey::Users, StageState::Running, "");
        (Hints::default(), users)
    };
    let users = users.map_err(|error| failed(on_stage, StageKey::Users, error))?;
    tell(on_stage, StageKey::Users, StageState::Passed, &users_sentence(users.total));

    tell(on_stage, StageKey::Licenses, StageState::Running, "");
    let mut findings = Findings::default();
    for (member, told) in users.list() {
        findings.note_member(told, || Some(member));
    }
    let sampled = users.told.len() as u64;
    let complete = users.total.is_some_and(|total| total <= sampled);
    let mut probe = Probe {
        users: users.total,
        licenses: shape(&users),
        licenses_sentence: String::new(),
        findings: findings.into_list(None, Vec::new()),
        suggestions: Vec::new(),
        sampled,
        complete,
    };
    let seen = match sources.connector {
        Connector::Lucid => {
            licenses_sentence(probe.licenses).clone_into(&mut probe.licenses_sentence);
            !matches!(probe.licenses, LicenseShape::NotVisible | LicenseShape::NoUsers)
        }
        Connector::Scim => {
            let sample = Sample::take(transport, hints, sources.license_from.as_ref(), &allowance).await;
            let sample = sample.map_err(|error| failed(on_stage, StageKey::Licenses, error))?;
            probe.licenses_sentence = sample.sentence(sources.license_from.as_ref());
            let seen = sample.tells(sources.license_from.as_ref());
            (probe.sampled, probe.complete) = (sample.users, sample.complete);
            probe.suggestions = sample.suggestions();
            if sources.license_from.is_none() && !probe.suggestions.is_empty() {
                // Where the license stands is about to be chosen: nobody's is unknown yet.
                probe.findings.retain(|finding| finding.code != FindingCode::UnknownLicense);
            }
            seen
        }
    };
    let state = if seen { StageState::Passed } else { StageState::Warned };
    tell(on_stage, StageKey::Licenses, state, &probe.licenses_sentence);
    Ok((probe, hints))
}

/// The first request settles three stages at once; `None` when the answer takes too long to settle any.
async fn describe(
    transport: &Transport,
    allowance: &Allowance<'_>,
    on_stage: &mut OnStage<'_>,
) -> Result<Option<Hints>, ConnectError> {
    use StageKey::{Address, ServiceProviderConfig as Config, Tls};
    tell(on_stage, Address, StageState::Running, "");
    let answer = match hints::ask(transport, allowance).await {
        Err(error) if is_unreachable(&error) => return Err(failed(on_stage, Address, error)),
        Err(error @ ConnectError::Tls { .. }) => {
            tell(on_stage, Address, StageState::Passed, &format!("{} answers.", transport.base().host()));
            tell(on_stage, Tls, StageState::Running, "");
            return Err(failed(on_stage, Tls, error));
        }
        Ok(None) => return Ok(None),
        Ok(Some(config)) => Ok(config),
        Err(error) => Err(error),
    };
    reached(transport, on_stage);
    tell(on_stage, Config, StageState::Running, "");
    Ok(Some(match answer {
        Ok(config) if config.recognised => {
            tell(on_stage, Config, StageState::Passed, &format!("A SCIM 2.0 server. {}", description(&config)));
            Hints::of(&config)
        }
        Ok(_) => {
            let odd = "The server's description of itself is not a ServiceProviderConfig; it is not needed.";
            tell(on_stage, Config, StageState::Warned, odd);
            Hints::default()
        }
        Err(ConnectError::NotFound { .. }) => {
            let missing = "The server does not describe itself (/ServiceProviderConfig is missing); it is not needed.";
            tell(on_stage, Config, StageState::Warned, missing);
            Hints::default()
        }
        Err(error) => {
            let odd = format!("The server's description of itself (/ServiceProviderConfig) cannot be used: {error}");
            tell(on_stage, Config, StageState::Warned, &odd);
            Hints::default()
        }
    }))
}

/// Somebody answers at the address, and the way there is safe.
fn reached(transport: &Transport, on_stage: &mut OnStage<'_>) {
    let base = transport.base();
    tell(on_stage, StageKey::Address, StageState::Passed, &format!("{} answers.", base.host()));
    tell(on_stage, StageKey::Tls, StageState::Running, "");
    let encrypted = "The server's certificate is valid; the connection is encrypted.";
    let local = "Not encrypted, and need not be: the server is on this machine.";
    tell(on_stage, StageKey::Tls, StageState::Passed, if base.is_https() { encrypted } else { local });
}

fn is_unreachable(error: &ConnectError) -> bool {
    use ConnectError::{Proxy, Setup, TimedOut, TokenUnusable, TookTooLong, UnknownHost, Unreachable};
    matches!(
        error,
        UnknownHost { .. }
            | Unreachable { .. }
            | TimedOut { .. }
            | TookTooLong { .. }
            | Proxy { .. }
            | Setup(_)
            | TokenUnusable
    )
}

fn shape(users: &Users) -> LicenseShape {
    let visible = users.told.iter().map(|told| told.shape).find(|shape| *shape != LicenseShape::NotVisible);
    visible.unwrap_or(if users.told.is_empty() { LicenseShape::NoUsers } else { LicenseShape::NotVisible })
}

fn users_sentence(total: Option<u64>) -> String {
    match total {
        Some(1) => "The token is accepted; 1 user is listed.".to_owned(),
        Some(total) => format!("The token is accepted; {total} users are listed."),
        None => "The token is accepted; the server does not tell how many users there are.".to_owned(),
    }
}

fn licenses_sentence(shape: LicenseShape) -> &'static str {
    match shape {
        LicenseShape::ProductLicenses2 => "Each user's licenses are listed by product (productLicenses, lucid:2.0).",
        LicenseShape::ProductLicenses1 => "Each user's licenses are listed by product (productLicenses, lucid:1.0).",
        LicenseShape::CanEdit => "Each user is marked as able to edit or not (canEdit).",
        LicenseShape::NotVisible => {
            "The server does not tell which license a user holds, as it does for accounts on organizational groups: the license will be shown as unknown."
        }
        LicenseShape::NoUsers => "No user is listed yet, so nothing can be said about licenses.",
    }
}

fn tell(on_stage: &mut OnStage<'_>, key: StageKey, state: StageState, detail: &str) {
    on_stage(Stage { key, state, detail: detail.to_owned() });
}

fn failed(on_stage: &mut OnStage<'_>, key: StageKey, error: ConnectError) -> ConnectError {
    tell(on_stage, key, StageState::Failed, &error.to_string());
    error
}
