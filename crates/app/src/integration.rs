//! The Integration screen: how an app is read, as one view, and the changes to it.

use connect::{BaseUrl, Connector, RestClient};
use roster::LicenseKey;
use store::{App, ConnectionSettings, MappedLicense};

use crate::connecting::{connector, license_from};
use crate::error::{Error, Result};
use crate::instants::instant;
use crate::limits::{Typed, meant};
use crate::mapping::{chosen, named_license, nested, views, with_what_was_known};
use crate::seatledger::{Rooms, Seatledger};
use crate::view::apps::AppRequest;
use crate::view::integration::{
    GroupsView, IntegrationView, LimitsSaveRequest, LimitsSaved, LimitsView, MappingSaveRequest, RestView,
};
use crate::words::counted;
use crate::{finding, rest, schedule};

/// Changes from the command line; `None` leaves a field as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConnectionChange {
    /// As typed; empty for the usual rate, 0 for no limit.
    pub requests_per_minute: Option<String>,
    /// As typed; empty for the usual number.
    pub pages_in_flight: Option<String>,
    /// A PEM file; empty for none.
    pub authority: Option<String>,
    /// As typed; empty for the usual one.
    pub drop_percent: Option<String>,
    /// Hours, or `None` for never.
    pub every_hours: Option<Option<u32>>,
    /// The attribute that tells the license type; empty for none.
    pub license_from: Option<String>,
}

impl Seatledger {
    /// How the app is read.
    pub fn integration(&self, request: &AppRequest) -> Result<IntegrationView> {
        self.integration_of(&self.app(&request.app)?)
    }

    /// Keeps what values, groups or subscriptions mean.
    pub fn mapping_save(&self, request: &MappingSaveRequest) -> Result<IntegrationView> {
        let app = self.app(&request.app)?;
        let source = source(&request.source)?;
        let from = match request.source.as_str() {
            "value" => license_from(connector(&app.connector)?, &app.name, request.license_from.as_deref())?,
            _ => None,
        };
        uses(&app, request)?;
        let rows = chosen(&request.rows, &self.types(&app)?)?;
        self.add_license_types(&app, &rows, &request.rows)?;
        self.store.change_connection(app.id, |settings| {
            if request.source == "value" {
                settings.license_from = from;
            }
            let kept = source(settings);
            *kept = with_what_was_known(rows, kept);
        })?;
        self.integration_of(&app)
    }

    /// Changes the limits; refused entries come back with their problems and change nothing.
    pub fn limits_save(&self, request: &LimitsSaveRequest) -> Result<LimitsSaved> {
        let app = self.app(&request.app)?;
        let typed = Typed {
            requests_per_minute: &request.requests_per_minute,
            pages_in_flight: &request.pages_in_flight,
            authority: &request.authority,
            drop_percent: &request.drop_percent,
        };
        match meant(typed) {
            Err(problems) => Ok(LimitsSaved { view: None, problems }),
            Ok(meant) => {
                self.store.change_connection(app.id, |settings| meant.keep(settings))?;
                Ok(LimitsSaved { view: Some(self.integration_of(&app)?), problems: Vec::new() })
            }
        }
    }

    /// Changes several things at once: all of them, or none when one is refused.
    pub fn connection_change(&self, slug: &str, change: &ConnectionChange) -> Result<IntegrationView> {
        let app = self.app(slug)?;
        let now = limits_view(&app, &self.store.connection(app.id)?);
        let or = |asked: &Option<String>, now: String| asked.clone().unwrap_or(now);
        let (requests, pages) = (
            or(&change.requests_per_minute, now.requests_per_minute),
            or(&change.pages_in_flight, now.pages_in_flight),
        );
        let (authority, percent) = (or(&change.authority, now.authority), or(&change.drop_percent, now.drop_percent));
        let meant = meant(Typed {
            requests_per_minute: &requests,
            pages_in_flight: &pages,
            // A file that has gone since must not keep the rest from being changed.
            authority: if change.authority.is_some() { &authority } else { "" },
            drop_percent: &percent,
        })
        .map_err(Error::Refused)?;
        let every_hours = change.every_hours.map(schedule::allowed).transpose()?;
        let connector = connector(&app.connector)?;
        let from = change.license_from.as_deref().map(|typed| license_from(connector, &app.name, Some(typed)));
        let from = from.transpose()?;
        self.store.change_connection(app.id, |settings| {
            let kept = if change.authority.is_some() { None } else { settings.authority.take() };
            meant.keep(settings);
            settings.authority = settings.authority.take().or(kept);
            settings.sync_every_hours = every_hours.unwrap_or(settings.sync_every_hours);
            if let Some(from) = from {
                settings.license_from = from;
            }
        })?;
        self.integration_of(&app)
    }
}

/// Values tell license types where an attribute does, groups and subscriptions where the vendor has them.
fn uses(app: &App, request: &MappingSaveRequest) -> Result<()> {
    let by_value = connector(&app.connector)? == Connector::Scim;
    if request.rows.is_empty() || (request.source == "value") == by_value {
        return Ok(());
    }
    let (what, hint) = if by_value {
        ("groups or subscriptions to map", "Its license types are told by an attribute: map that attribute's values.")
    } else {
        ("values to map", "Its license types are told in the vendor's own form, by groups or by subscriptions.")
    };
    Err(Error::NotForApp { name: app.name.clone(), what, hint })
}

/// Which rows a source's name means.
fn source(name: &str) -> Result<fn(&mut ConnectionSettings) -> &mut Vec<MappedLicense>> {
    match name {
        "value" => Ok(|settings| &mut settings.values),
        "group" => Ok(|settings| &mut settings.groups),
        "subscription" => Ok(|settings| &mut settings.subscriptions),
        _ => Err(Error::NotAllowed { value: name.to_owned(), expected: "one of value, group and subscription" }),
    }
}

impl Rooms {
    pub(crate) fn integration_of(&self, app: &App) -> Result<IntegrationView> {
        let settings = self.store.connection(app.id)?;
        let connector = connector(&app.connector)?;
        Ok(IntegrationView {
            app: app.slug.clone(),
            connector: app.connector.clone(),
            base_url: app.base_url.clone(),
            license_from: settings.license_from.clone(),
            values: views(
                &self.all_values(app, &settings)?,
                |row| LicenseKey::new(&row.seen).map(|key| key.to_string()),
                |_| String::new(),
            ),
            groups: groups_view(connector, &settings),
            rest: rest_view(app, connector, &settings),
            limits: limits_view(app, &settings),
            schedule: self.schedule_view(app, &settings)?,
            tenant_shows: self.tenant_shows(app)?,
        })
    }

    fn tenant_shows(&self, app: &App) -> Result<Option<String>> {
        let completed = self.store.run_history(app.id)?.last_completed.and_then(|run| run.end);
        Ok(completed.and_then(|end| finding::tenant_shows(&end.findings)))
    }
}

fn groups_view(connector: Connector, settings: &ConnectionSettings) -> GroupsView {
    let rows = &settings.groups;
    let note = |row: &MappedLicense| match row.members {
        Some(_) => nested(row.nesting),
        None => "Not among the groups that were seen last.".to_owned(),
    };
    let supported = connector == Connector::Lucid;
    GroupsView {
        supported,
        read: settings.groups_read.map(instant),
        rows: views(rows, |row| named_license(connector, &row.name), note),
        sentence: match (supported, settings.groups_read) {
            (false, _) => "This app tells license types by an attribute, not by groups.".to_owned(),
            (true, None) => "The groups have not been looked at yet.".to_owned(),
            (true, Some(_)) => mapped_sentence(rows, ("group", "groups"), "The server lists no groups."),
        },
    }
}

fn rest_view(app: &App, connector: Connector, settings: &ConnectionSettings) -> RestView {
    let configured = settings.rest_base_url.is_some();
    let supported = rest::is_supported(app);
    let held = connector.known_licenses().into_iter().find(|license| license.billable).map(|license| license.key);
    let rows = &settings.subscriptions;
    RestView {
        supported,
        configured,
        base_url: settings.rest_base_url.clone().unwrap_or_else(|| RestClient::DEFAULT_BASE.to_owned()),
        rows: views(rows, |_| held.as_ref().map(LicenseKey::to_string), |_| String::new()),
        sentence: match (supported, configured) {
            (false, _) => "This app has no REST interface that could be read.".to_owned(),
            (true, false) => "No API key is stored, so only SCIM is read.".to_owned(),
            (true, true) => {
                mapped_sentence(rows, ("subscription", "subscriptions"), "The account has no subscription.")
            }
        },
    }
}

fn mapped_sentence(rows: &[MappedLicense], (one, many): (&str, &str), none: &str) -> String {
    let telling = rows.iter().filter(|row| row.license.is_some()).count() as u64;
    match (rows.len() as u64, telling) {
        (0, _) => none.to_owned(),
        (all, 0) => format!("{}, none of which means a license type yet.", counted(all, one, many)),
        (all, telling) => {
            format!(
                "{telling} of {} {} a license type.",
                counted(all, one, many),
                if telling == 1 { "means" } else { "mean" }
            )
        }
    }
}

fn limits_view(app: &App, settings: &ConnectionSettings) -> LimitsView {
    let typed = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let usual = BaseUrl::parse(&app.base_url).ok().and_then(|base| base.usual_rate());
    LimitsView {
        requests_per_minute: typed(settings.requests_per_minute),
        usual_requests_per_minute: usual.map_or_else(|| "no limit".to_owned(), |rate| rate.to_string()),
        pages_in_flight: typed(settings.pages_in_flight),
        authority: settings.authority.clone().unwrap_or_default(),
        drop_percent: typed(settings.drop_percent),
    }
}
