//! `connection`, `rest`.

use app::view::apps::AppRequest;
use app::view::connect::ReplaceTokenRequest;
use app::view::integration::{IntegrationView, RestConnectRequest};
use app::{ConnectionChange, Seatledger};

use super::connect::{counting, previewed, show_counts, stages};
use crate::args::{Arguments, ConnectionCommand, RestCommand};
use crate::connection_args::usual;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::{open, secret};

/// Prints or changes how an app is read.
pub async fn run(
    seatledger: &Seatledger,
    arguments: &Arguments,
    command: &ConnectionCommand,
    console: &Console,
) -> Outcome {
    let view = match command {
        ConnectionCommand::Show { app } => seatledger.integration(&AppRequest { app: app.clone() })?,
        ConnectionCommand::Set { app, license_from: Some(path), preview: true, .. } => {
            open::unlock(seatledger, arguments)?;
            let counts = seatledger.license_preview_of(app, path, counting(console)).await?;
            show_counts(&counts, console);
            return previewed(&counts, console);
        }
        ConnectionCommand::Set { app, reading, drop_percent, sync_every, license_from, preview: _ } => {
            let license_from = license_from
                .as_ref()
                .map(|text| if text.eq_ignore_ascii_case("none") { String::new() } else { text.clone() });
            let change = ConnectionChange {
                requests_per_minute: reading.requests(),
                pages_in_flight: reading.pages(),
                authority: reading.authority(),
                drop_percent: drop_percent.as_deref().map(usual),
                every_hours: sync_every.map(|hours| hours.0),
                license_from,
            };
            set(seatledger, arguments, app, &change, console).await?
        }
        ConnectionCommand::Token { app, token_stdin } => {
            let example = format!("seatledger connection token {app} --token-stdin < token.txt");
            let token = secret::read(*token_stdin, "SCIM bearer token", &example)?;
            open::unlock(seatledger, arguments)?;
            let request = ReplaceTokenRequest { app: app.clone(), token };
            let users = seatledger.token_change(&request, stages(console)).await?;
            if !console.json() {
                let users = users.map_or_else(String::new, |users| format!(" It lists {users} users."));
                console.note(&format!("The new token works and is kept.{users} Next: seatledger sync {app}"));
            }
            seatledger.integration(&AppRequest { app: app.clone() })?
        }
    };
    shown(&view, console)
}

async fn set(
    seatledger: &Seatledger,
    arguments: &Arguments,
    app: &str,
    change: &ConnectionChange,
    console: &Console,
) -> Result<IntegrationView, Failure> {
    if *change == ConnectionChange::default() {
        return Err(Failure::usage(
            "Nothing was named that should change.",
            "See seatledger connection set --help for what can be set.",
        ));
    }
    // A path that nobody has a value at is refused before anything is kept.
    if let Some(path) = change.license_from.as_deref().filter(|path| !path.is_empty()) {
        open::unlock(seatledger, arguments)?;
        show_counts(&seatledger.license_preview_of(app, path, counting(console)).await?, console);
    }
    Ok(seatledger.connection_change(app, change)?)
}

/// Adds or removes the REST interface.
pub async fn rest(seatledger: &Seatledger, arguments: &Arguments, command: &RestCommand, console: &Console) -> Outcome {
    let view = match command {
        RestCommand::Connect { app, base_url, key_stdin } => {
            let example = format!("seatledger rest connect {app} --key-stdin < key.txt");
            let key = secret::read(*key_stdin, "API key", &example)?;
            open::unlock(seatledger, arguments)?;
            let request = RestConnectRequest { app: app.clone(), base_url: base_url.clone(), key };
            seatledger.rest_connect(&request).await?
        }
        RestCommand::Remove { app } => {
            open::unlock(seatledger, arguments)?;
            seatledger.rest_remove(&AppRequest { app: app.clone() })?
        }
    };
    if !console.json() && view.rest.configured {
        console.note(&format!(
            "Say what each subscription means with: seatledger mapping set {} subscription ID TYPE",
            view.app
        ));
    }
    shown(&view, console)
}

fn shown(view: &IntegrationView, console: &Console) -> Outcome {
    if console.json() {
        console.document(view)?;
        return Ok(0);
    }
    for (label, value) in lines(view) {
        console.say(&format!("{label:<22} {value}"))?;
    }
    Ok(0)
}

fn lines(view: &IntegrationView) -> Vec<(&'static str, String)> {
    let limits = &view.limits;
    let or = |text: &str, usual: String| if text.is_empty() { usual } else { text.to_owned() };
    let rate = match limits.requests_per_minute.as_str() {
        "0" => "no limit".to_owned(),
        text => or(text, format!("usual ({})", limits.usual_requests_per_minute)),
    };
    let held = match limits.drop_percent.as_str() {
        "" => "20 % (usual)".to_owned(),
        percent => format!("{percent} %"),
    };
    let mut lines = vec![
        ("App", view.app.clone()),
        ("Connector", view.connector.clone()),
        ("Address", view.base_url.clone()),
        ("License types from", view.license_from.clone().unwrap_or_else(|| own_form(view))),
        ("Groups", view.groups.sentence.clone()),
        ("REST interface", view.rest.sentence.clone()),
        ("Requests a minute", rate),
        ("Pages at once", or(&limits.pages_in_flight, "usual".to_owned())),
        ("Certificate authority", or(&limits.authority, "the machine's own".to_owned())),
        ("Held from a drop of", held),
        ("Schedule", view.schedule.sentence.clone()),
    ];
    lines.extend(view.tenant_shows.clone().map(|shows| ("Last reading", shows)));
    lines
}

fn own_form(view: &IntegrationView) -> String {
    if view.groups.supported { "the vendor's own form" } else { "no attribute chosen: every member is unknown" }
        .to_owned()
}
