//! `connect`.

use std::io::IsTerminal;

use app::view::connect::{
    ConnectReport, ConnectRequest, ConnectStage, Connected, LicensePreview, LicenseSuggestion, PreviewProgress,
    StageState,
};
use app::view::integration::MappingChoice;
use app::{OnPreview, OnStage, Seatledger};

use crate::args::{Arguments, ConnectCommand, ReadingArguments};
use crate::console::{Console, harmless};
use crate::failure::{Failure, Outcome};
use crate::shapes::ConnectedShape;
use crate::table::Table;
use crate::{open, secret};

/// Tests a connection and keeps it.
pub async fn run(
    seatledger: &Seatledger,
    arguments: &Arguments,
    command: &ConnectCommand,
    console: &Console,
) -> Outcome {
    let request = request(command)?;
    open::unlock(seatledger, arguments)?;
    if request.license_from.is_none() && is_preview(command) {
        return looked(&seatledger.connect_look(&request, stages(console)).await?, console);
    }
    let counts = match &request.license_from {
        Some(_) => Some(seatledger.license_counts(&request, counting(console)).await?),
        None => None,
    };
    if let Some(counts) = &counts {
        show_counts(counts, console);
        note_unused(&request.mapping, counts, console);
        if is_preview(command) {
            return previewed(counts, console);
        }
    }
    let connected = seatledger.connect_save(&request, stages(console)).await?;
    if console.json() {
        let generic = request.connector == "scim";
        console.document(&ConnectedShape::of(&connected, generic, request.license_from.as_deref(), counts.as_ref()))?;
        return Ok(0);
    }
    tell(&connected, request.license_from.is_none(), console)?;
    Ok(0)
}

fn is_preview(command: &ConnectCommand) -> bool {
    matches!(command, ConnectCommand::Scim { preview: true, .. })
}

/// Ends a command that only looked where the license type may be told.
fn looked(found: &ConnectReport, console: &Console) -> Outcome {
    if console.json() {
        console.document(found)?;
        return Ok(0);
    }
    found.findings.iter().for_each(|finding| console.note(&finding.message));
    match found.suggestions.as_slice() {
        [] => console.note("No attribute of the users that were looked at seems to tell a license type."),
        suggestions => suggested(suggestions, console),
    }
    console.say("Only a preview: nothing was changed.")?;
    Ok(0)
}

fn suggested(suggestions: &[LicenseSuggestion], console: &Console) {
    console.note("Attributes that may tell the license type:");
    for suggestion in suggestions {
        console.note(&format!("  {}  {}", suggestion.path, suggestion.sentence));
    }
}

/// Ends a command that only counted; the counts themselves were shown.
pub fn previewed(counts: &LicensePreview, console: &Console) -> Outcome {
    if console.json() {
        console.document(counts)?;
    } else {
        console.say("Only a preview: nothing was changed.")?;
    }
    Ok(0)
}

fn request(command: &ConnectCommand) -> Result<ConnectRequest, Failure> {
    let token = |from_stdin, kind| {
        let example = format!("seatledger connect {kind} --token-stdin < token.txt");
        secret::read(from_stdin, "SCIM bearer token", &example)
    };
    match command {
        ConnectCommand::Lucid { name, base_url, token_stdin, again, reading } => Ok(ConnectRequest {
            connector: "lucid".to_owned(),
            name: name.clone(),
            base_url: base_url.clone(),
            token: token(*token_stdin, "lucid")?,
            again: *again,
            ..limited(reading)
        }),
        ConnectCommand::Scim { name, base_url, token_stdin, license_from, map, again, preview: _, reading } => {
            Ok(ConnectRequest {
                connector: "scim".to_owned(),
                name: name.clone(),
                base_url: base_url.clone(),
                token: token(*token_stdin, "scim")?,
                license_from: license_from.clone(),
                mapping: map.iter().map(choice).collect(),
                again: *again,
                ..limited(reading)
            })
        }
    }
}

fn limited(reading: &ReadingArguments) -> ConnectRequest {
    ConnectRequest {
        requests_per_minute: reading.requests().unwrap_or_default(),
        pages_in_flight: reading.pages().unwrap_or_default(),
        authority: reading.authority().unwrap_or_default(),
        ..ConnectRequest::default()
    }
}

fn choice((value, license_type): &(String, String)) -> MappingChoice {
    MappingChoice {
        seen: value.clone(),
        name: value.clone(),
        license_type: (!license_type.eq_ignore_ascii_case("none")).then(|| license_type.clone()),
    }
}

fn tell(connected: &Connected, suggest: bool, console: &Console) -> Result<(), Failure> {
    for finding in &connected.findings {
        console.note(&finding.message);
    }
    if suggest && !connected.suggestions.is_empty() {
        suggested(&connected.suggestions, console);
        console.note(&format!("Choose one with: seatledger connection set {} --license-from EXPR", connected.app));
    }
    console.note(&format!("{} is connected. Next: seatledger sync {}", connected.name, connected.app));
    console.say(&connected.app)
}

/// How many members each license type would have, beside the results.
pub fn show_counts(counts: &LicensePreview, console: &Console) {
    if console.json() {
        return;
    }
    console.note(&counts.sentence);
    let mut table = Table::new(&["License type", "Name", ">Members"]);
    for count in &counts.types {
        table.row(vec![count.license_type.clone(), count.name.clone(), count.members.to_string()]);
    }
    if !table.is_empty() {
        console.note(&table.text());
    }
}

fn note_unused(mapping: &[MappingChoice], counts: &LicensePreview, console: &Console) {
    let holds = |asked: &str| {
        let same = |text: &str| text.eq_ignore_ascii_case(asked);
        counts.types.iter().any(|count| same(&count.license_type) || same(&count.name))
    };
    for choice in mapping {
        if let Some(asked) = choice.license_type.as_deref()
            && !console.json()
            && !holds(asked)
        {
            console.note(&format!("Nobody would hold {asked}: is \"{}\" spelled as the server does?", choice.seen));
        }
    }
}

/// Tells how far a count is, only to people.
pub fn counting(console: &Console) -> OnPreview {
    let bar = console.draws_progress().then(super::sync::bar);
    Box::new(move |progress: PreviewProgress| {
        if let Some(bar) = &bar {
            let total = progress.total.map_or_else(String::new, |total| format!(" of {total}"));
            bar.set_message(format!("{}{total} users", progress.users));
            bar.tick();
        }
    })
}

/// Tells the stages of a test as they are reached, only to people.
pub fn stages(console: &Console) -> OnStage {
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
