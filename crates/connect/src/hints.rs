//! What a server says about itself, as far as a reading can use it: hints, never conditions.

use std::time::Duration;

use scim::{Pager, ServiceProviderConfig, parse_service_provider_config};

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::transport::Transport;

/// What nothing depends on is not waited for any longer.
const WORTH_WAITING: Duration = Duration::from_secs(15);

/// What a server says about itself; `None` when it takes too long.
pub(crate) async fn ask(
    transport: &Transport,
    allowance: &Allowance<'_>,
) -> Result<Option<ServiceProviderConfig>, ConnectError> {
    let url = transport.base().endpoint("ServiceProviderConfig");
    let read = |body: &[u8]| parse_service_provider_config(body).map_err(ConnectError::from);
    let mut buffer = Vec::new();
    let answer = tokio::time::timeout(WORTH_WAITING, transport.fetch(&url, allowance, &mut buffer, read)).await;
    match answer {
        Err(_) | Ok(Err(ConnectError::TimedOut { .. })) => Ok(None),
        Ok(answer) => answer.map(Some),
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    /// The largest page that it documents.
    pub(crate) granted: Option<u32>,
    /// It pages by cursor and by nothing else.
    pub(crate) cursor_only: bool,
}

impl Hints {
    pub(crate) fn of(config: &ServiceProviderConfig) -> Self {
        let granted = config.largest_page().and_then(|most| u32::try_from(most).ok());
        Self { granted, cursor_only: config.is_cursor_only() }
    }

    pub(crate) fn tell(self, pager: &mut Pager) {
        if let Some(most) = self.granted {
            pager.granted(most);
        }
        if self.cursor_only {
            pager.ask_by_cursor();
        }
    }
}

/// What a server says about itself, in a sentence about "it".
pub(crate) fn description(config: &ServiceProviderConfig) -> String {
    let pages = match config.largest_page() {
        Some(most) => format!("gives up to {most} users at a time"),
        None => "tells no largest page".to_owned(),
    };
    let says = |flag: Option<bool>, yes: &str, no: &str| flag.map(|flag| if flag { yes } else { no }.to_owned());
    let more = [
        config.is_cursor_only().then(|| "pages by cursor alone".to_owned()),
        says(config.filter, "can filter", "cannot filter"),
        says(config.etag, "names the state of answers (ETag)", "does not promise to name the state of answers (ETag)"),
    ];
    let mut says: Vec<String> = [pages].into_iter().chain(more.into_iter().flatten()).collect();
    match says.pop() {
        Some(last) if !says.is_empty() => format!("It {} and {last}.", says.join(", ")),
        last => format!("It {}.", last.unwrap_or_default()),
    }
}
