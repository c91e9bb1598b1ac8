//! Looking at the vendor now: groups and subscriptions with Lucid, the attribute's values elsewhere. What was chosen stays.

use connect::{Client, ConnectError, Connector, GroupSeen, Preview, RestSeen};
use roster::LicenseKey;
use store::{App, MappedLicense, Nesting};
use tokio_util::sync::CancellationToken;

use crate::connecting::connector;
use crate::error::{Error, Result};
use crate::mapping::seen_again;
use crate::rest;
use crate::seatledger::Seatledger;
use crate::sources::Approach;
use crate::view::apps::AppRequest;
use crate::view::integration::IntegrationView;

/// What a look brought; `None` where that was not asked or is not offered.
#[derive(Default)]
struct Looked {
    values: Option<Vec<MappedLicense>>,
    groups: Option<Vec<MappedLicense>>,
    subscriptions: Option<Vec<MappedLicense>>,
}

impl Seatledger {
    /// Asks the vendor now for what license types can be told by, and keeps the list with what was chosen before.
    pub async fn groups_look(&self, request: &AppRequest) -> Result<IntegrationView> {
        let slug = request.app.clone();
        let (app, approach) = self
            .blocking(move |this| {
                let app = this.app(&slug)?;
                let approach = this.approach(&app)?;
                Ok((app, approach))
            })
            .await?;
        let looked = match connector(&app.connector)? {
            Connector::Lucid => self.look_at_lucid(&app, &approach).await?,
            Connector::Scim => look_at_values(&app, &approach).await?,
        };
        self.blocking(move |this| this.keep_looked(&app, looked)).await
    }

    async fn look_at_lucid(&self, app: &App, approach: &Approach) -> Result<Looked> {
        let mut looked = Looked::default();
        let groups = offered_groups(app, &approach.client()?).await;
        match groups {
            Ok(seen) => looked.groups = Some(seen.into_iter().map(group_row).collect()),
            // The subscriptions may still be offered.
            Err(Error::NotOffered { .. }) if approach.sources.rest.is_some() => {}
            Err(error) => return Err(error),
        }
        if let Some(source) = &approach.sources.rest {
            match self.subscriptions(source, &approach.settings).await? {
                RestSeen::Offered(seen) => looked.subscriptions = Some(rest::rows(seen)),
                // The groups are no worse for it.
                RestSeen::NotOffered { .. } if looked.groups.is_some() => {}
                RestSeen::NotOffered { status } => return Err(rest::not_offered(app, "subscriptions", status)),
            }
        }
        Ok(looked)
    }

    fn keep_looked(&self, app: &App, looked: Looked) -> Result<IntegrationView> {
        let now = self.now();
        if let Some(values) = &looked.values {
            self.add_license_types(app, values, &[])?;
        }
        self.store.change_connection(app.id, |settings| {
            if let Some(values) = looked.values {
                settings.values = seen_again(&settings.values, values);
            }
            if let Some(groups) = looked.groups {
                settings.groups = seen_again(&settings.groups, groups);
                settings.groups_read = Some(now);
            }
            // A key that was removed in the meantime takes its subscriptions along.
            if let Some(subscriptions) = looked.subscriptions.filter(|_| settings.rest_base_url.is_some()) {
                settings.subscriptions = seen_again(&settings.subscriptions, subscriptions);
            }
        })?;
        self.integration_of(app)
    }
}

async fn offered_groups(app: &App, client: &Client) -> Result<Vec<GroupSeen>> {
    client.groups(&CancellationToken::new()).await.map_err(|error| match error {
        ConnectError::GroupsNotOffered { status } => {
            Error::NotOffered { name: app.name.clone(), what: "groups", key: "token", status }
        }
        error => error.into(),
    })
}

async fn look_at_values(app: &App, approach: &Approach) -> Result<Looked> {
    if approach.sources.license_from.is_none() {
        let hint = "Choose the attribute that tells the license type first.";
        return Err(Error::NotForApp { name: app.name.clone(), what: "attribute to look at", hint });
    }
    let client = approach.client()?;
    let Preview { values, .. } = client.preview(&approach.sources, &mut |_, _| {}, &CancellationToken::new()).await?;
    let row = |(value, members): (String, u64)| MappedLicense {
        name: value.clone(),
        license: LicenseKey::new(&value),
        seen: value,
        members: Some(members),
        ..MappedLicense::default()
    };
    Ok(Looked { values: Some(values.into_iter().map(row).collect()), ..Looked::default() })
}

fn group_row(group: GroupSeen) -> MappedLicense {
    let GroupSeen { id, name, members, subgroups, unread, in_cycle } = group;
    let nesting = Nesting { subgroups, unread, in_cycle };
    MappedLicense { seen: id, name, license: None, members: Some(members), nesting }
}
