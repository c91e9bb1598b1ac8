//! A whole reading, stage by stage: what the server says about itself, groups, the REST API, then the users. A source that
//! is not offered is told; one that fails ends the reading, because half of what is known would make wrong figures.

use std::collections::HashSet;
use std::sync::Arc;

use roster::{Case, Finding, FindingCode, MOST_CASES, Mark, Packed};
use tokio_util::sync::CancellationToken;

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::findings::Findings;
use crate::groups::{self, GroupLicenses, NotOffered};
use crate::hints::{self, Hints, description};
use crate::journal::{Journal, ReadStage};
use crate::licensing::Licensing;
use crate::page::{PageOfMembers, Reading};
use crate::preview::Preview;
use crate::reading::{self, Sink};
use crate::recall::Recall;
use crate::rest;
use crate::retry::Patience;
use crate::sources::Sources;
use crate::transport::Transport;

/// What a reading needs beside its sources.
pub(crate) struct Errand<'a> {
    pub(crate) transport: &'a Transport,
    /// What an earlier test found about the server.
    pub(crate) hints: Option<Hints>,
    pub(crate) journal: &'a Journal,
    pub(crate) allowance: &'a Allowance<'a>,
    /// What an earlier reading in the same manner remembers.
    pub(crate) recall: Option<Arc<dyn Recall>>,
}

/// Reads the roster.
pub(crate) async fn read(errand: &Errand<'_>, sources: &Sources, sink: &mut Sink<'_>) -> Result<Reading, ConnectError> {
    let (hints, how, mut told) = prepare(errand, sources).await?;
    let mut listed = HashSet::new();
    let mut noting = |page: PageOfMembers| {
        if page.restart {
            listed.clear();
        }
        if let Some(rest) = &how.rest {
            listed.extend(page.members.iter().filter_map(|member| rest.disabled(member.id)));
        }
        sink(page)
    };
    let (mut reading, mut findings) = users(errand, &how, hints, Findings::default(), &mut noting).await?;
    reading.cases = findings.take_cases();
    reading.values = findings.take_values();
    told.extend(add_deactivated(&how, &listed, &mut reading, sink)?);
    reading.findings = findings.into_list(Some(how.connector), told);
    let allowance = errand.allowance;
    (reading.requests, reading.bytes, reading.retries) = (allowance.requests(), allowance.bytes(), allowance.retries());
    Ok(reading)
}

/// Reads everybody and keeps counts.
pub(crate) async fn preview(
    errand: &Errand<'_>,
    sources: &Sources,
    on_page_count: &mut (dyn FnMut(u64, Option<u64>) + Send),
) -> Result<Preview, ConnectError> {
    let (hints, how, _) = prepare(errand, sources).await?;
    let findings = Findings::tallying();
    let mut count = |page: PageOfMembers| {
        on_page_count(page.users, page.total);
        Ok(())
    };
    let (_, findings) = users(errand, &how, hints, findings, &mut count).await?;
    Ok(findings.into_tally().into_preview())
}

/// Everything that has to be known before the users are read.
async fn prepare(
    errand: &Errand<'_>,
    sources: &Sources,
) -> Result<(Hints, Arc<Licensing>, Vec<Finding>), ConnectError> {
    let hints = match errand.hints {
        Some(hints) => hints,
        None => describe(errand).await?,
    };
    let mut how = Licensing::of(sources);
    let mut told = Vec::new();
    if let Some(mapping) = &sources.groups {
        let stage = errand.journal.begin(ReadStage::Groups, errand.allowance);
        match groups::read(errand.transport, hints, errand.allowance).await {
            Ok(Ok(tree)) => {
                stage.completed(format!("{}.", counted(tree.len() as u64, "group", "groups")));
                let (groups, findings) = GroupLicenses::of(tree, mapping);
                how.groups = Some(groups);
                told.extend(findings);
            }
            Ok(Err(NotOffered(status))) => {
                stage.completed(format!("The server does not offer groups ({status})."));
                told.push(Finding { code: FindingCode::GroupsNotRead, count: 1, examples: Vec::new() });
                how.groups = Some(GroupLicenses::by_name_only(mapping));
            }
            Err(error) => {
                let error = ConnectError::Source { what: "The groups", cause: Box::new(error) };
                stage.failed(&error);
                return Err(error);
            }
        }
    }
    if let Some(source) = &sources.rest {
        let (licenses, findings) = rest::ask(source, errand).await?;
        how.rest = Some(licenses);
        told.extend(findings);
    }
    Ok((hints, Arc::new(how), told))
}

/// What the server says about itself helps to ask rightly; nothing depends on it.
async fn describe(errand: &Errand<'_>) -> Result<Hints, ConnectError> {
    let stage = errand.journal.begin(ReadStage::ServiceProvider, errand.allowance);
    let once = errand.allowance.without_repeats();
    let answer = hints::ask(errand.transport, &once).await;
    errand.allowance.add(&once);
    match answer {
        Ok(Some(config)) if config.recognised => {
            stage.completed(description(&config));
            Ok(Hints::of(&config))
        }
        Err(error @ (ConnectError::Cancelled | ConnectError::TookTooLong { .. })) => {
            stage.failed(&error);
            Err(error)
        }
        Ok(None) => {
            stage.completed("The server did not describe itself in time; that is not needed.");
            Ok(Hints::default())
        }
        Ok(Some(_)) => {
            stage.completed("The server describes itself in no known form; that is not needed.");
            Ok(Hints::default())
        }
        // Many servers have no such page: there is no more to say.
        Err(ConnectError::NotFound { .. }) => {
            stage.completed("The server does not describe itself; that is not needed.");
            Ok(Hints::default())
        }
        Err(error) => {
            stage.completed(format!("The server does not describe itself; that is not needed. {error}"));
            Ok(Hints::default())
        }
    }
}

async fn users(
    errand: &Errand<'_>,
    how: &Arc<Licensing>,
    hints: Hints,
    findings: Findings,
    sink: &mut Sink<'_>,
) -> Result<(Reading, Findings), ConnectError> {
    let stage = errand.journal.begin(ReadStage::Users, errand.allowance);
    let outcome = reading::read(errand, how, hints, findings, sink).await;
    match &outcome {
        Ok((reading, _)) => stage.completed(format!(
            "{} on {}.",
            counted(reading.users, "user", "users"),
            counted(reading.pages, "page", "pages")
        )),
        Err(error) => stage.failed(error),
    }
    outcome
}

/// Those whom only the REST API lists follow on a page of their own.
fn add_deactivated(
    how: &Licensing,
    listed: &HashSet<u64>,
    reading: &mut Reading,
    sink: &mut Sink<'_>,
) -> Result<Option<Finding>, ConnectError> {
    let Some(rest) = &how.rest else { return Ok(None) };
    let members = rest.deactivated(how, listed);
    let (count, examples) = (members.len() as u64, members.iter().take(5).map(|member| member.id.clone()).collect());
    if count == 0 {
        return Ok(None);
    }
    reading.pages += 1;
    reading.users += count;
    let (page, users) = (reading.pages, reading.users);
    reading.cases.extend(members.iter().zip(0..MOST_CASES).map(|(member, _)| Case {
        code: FindingCode::DeactivatedAdded,
        id: member.id.clone(),
        user_name: member.user_name.clone(),
        email: member.email.clone(),
        told: Vec::new(),
    }));
    let marks = vec![Mark::default(); members.len()];
    let members = Packed::of(&members);
    sink(PageOfMembers {
        members,
        marks,
        seen: None,
        brief: true,
        page,
        pages: Some(page),
        users,
        total: Some(users),
        restart: false,
    })?;
    Ok(Some(Finding { code: FindingCode::DeactivatedAdded, count, examples }))
}

/// "1 page", "2 pages".
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The allowance of a whole reading.
pub(crate) fn allowance<'a>(transport: &Transport, cancel: &'a CancellationToken) -> Allowance<'a> {
    Allowance::new(Patience::reading(transport.limits()), transport.limits(), cancel)
}
