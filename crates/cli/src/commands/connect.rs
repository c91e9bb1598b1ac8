//! `connect`.

use std::io::{IsTerminal, Read};

use app::view::connect::{ConnectRequest, ConnectStage, StageState};
use app::{OnStage, Seatledger};

use crate::args::{Arguments, ConnectCommand};
use crate::console::{Console, harmless};
use crate::failure::{Failure, Outcome};
use crate::open;

/// More than any token has; what is longer was piped in by mistake.
const LONGEST_TOKEN: u64 = 16_384;

/// Tests a connection and keeps it.
pub async fn run(
    seatledger: &Seatledger,
    arguments: &Arguments,
    command: &ConnectCommand,
    console: &Console,
) -> Outcome {
    let ConnectCommand::Lucid { name, base_url, token_stdin } = command;
    let token = token(*token_stdin)?;
    open::unlock(seatledger, arguments)?;
    let request = ConnectRequest {
        connector: "lucid".to_owned(),
        name: name.clone(),
        base_url: base_url.clone(),
        token,
        ..ConnectRequest::default()
    };
    let connected = seatledger.connect_save(&request, stages(console)).await?;
    if console.json() {
        console.document(&connected)?;
        return Ok(0);
    }
    for finding in &connected.findings {
        console.note(&finding.message);
    }
    console.note(&format!("{} is connected. Next: seatledger sync {}", connected.name, connected.app));
    console.say(&connected.app)?;
    Ok(0)
}

/// The token never comes from an argument: those show in process lists and shell histories.
fn token(from_stdin: bool) -> Result<String, Failure> {
    if from_stdin {
        let mut token = String::new();
        let read = std::io::stdin().lock().take(LONGEST_TOKEN).read_to_string(&mut token);
        return read.map(|_| token).map_err(|error| Failure::io("The token could not be read", &error));
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::no_token());
    }
    let prompt = rpassword::prompt_password("SCIM bearer token (it is not shown): ");
    prompt.map_err(|error| Failure::io("The token could not be read", &error))
}

fn stages(console: &Console) -> OnStage {
    let shown = !console.json() && std::io::stderr().is_terminal();
    Box::new(move |stage: ConnectStage| {
        let mark = match stage.state {
            StageState::Running => return,
            StageState::Passed => "ok  ",
            StageState::Warned => "note",
            StageState::Failed => "no  ",
        };
        if shown {
            let line = format!("{mark} {}: {}", stage.label, stage.detail);
            // Progress is a courtesy: a closed stderr must not fail the command.
            let _ = std::io::Write::write_fmt(&mut anstream::stderr(), format_args!("{}\n", harmless(&line)));
        }
    })
}
