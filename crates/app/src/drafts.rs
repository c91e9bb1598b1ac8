//! Half-typed forms that survive a restart: text that the window wrote and reads back.

use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::drafts::{DraftKey, DraftRequest};

/// A form is far smaller; whatever is larger is none.
const LARGEST_DRAFT: usize = 256 * 1024;
const LONGEST_KEY: usize = 100;

impl Seatledger {
    /// Keeps a draft in place of the one under the same key.
    pub fn draft_save(&self, request: &DraftRequest) -> Result<()> {
        let app = self.app(&request.app)?;
        if request.key.is_empty() || request.key.len() > LONGEST_KEY {
            return Err(Error::NotAllowed { value: request.key.clone(), expected: "the short name of a form" });
        }
        if request.body.len() > LARGEST_DRAFT {
            return Err(Error::NotAllowed { value: request.key.clone(), expected: "a draft of at most 256 KiB" });
        }
        Ok(self.store.save_draft(app.id, &request.key, &request.body)?)
    }

    /// The draft under a key.
    pub fn draft_get(&self, request: &DraftKey) -> Result<Option<String>> {
        Ok(self.store.draft(self.app(&request.app)?.id, &request.key)?)
    }

    /// Forgets the draft under a key.
    pub fn draft_clear(&self, request: &DraftKey) -> Result<()> {
        Ok(self.store.clear_draft(self.app(&request.app)?.id, &request.key)?)
    }
}
