//! What a server says about itself, as far as a reading can use it: hints, never conditions.

use scim::{Pager, ServiceProviderConfig};

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
