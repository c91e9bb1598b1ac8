//! Tokens: in and out of the vault, bound to their connection and origin. They never leave the backend.

use connect::{BaseUrl, BearerToken};
use secrecy::SecretString;
use store::App;
use vault::{Binding, Keeper, NewKeeper, VaultState};

use crate::error::{Error, Result};
use crate::seatledger::{Rooms, Seatledger};
use crate::view::settings::VaultView;

/// Where a new vault keeps its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeeperChoice {
    /// The operating system's keychain, else a passphrase where one is given.
    #[default]
    Auto,
    /// The operating system's keychain.
    Os,
    /// A passphrase.
    File,
}

/// What a token opens; each is sealed for its own origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The SCIM server.
    Scim,
    /// Lucid's REST API.
    LucidRest,
}

impl Purpose {
    fn key(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::LucidRest => "lucid-rest",
        }
    }
}

impl Rooms {
    fn binding(slug: &str, base_url: &BaseUrl, purpose: Purpose) -> Binding {
        Binding { connection: slug.to_owned(), origin: base_url.origin(), purpose: purpose.key().to_owned() }
    }

    /// Makes sure that the vault can be written: makes it when there is none, opens it with the known passphrase.
    pub(crate) fn ready_vault(&self) -> Result<()> {
        self.store.writable()?;
        if self.vault.status().state == VaultState::Absent {
            match self.make_vault(self.passphrase.as_ref()) {
                // Another process made it in the meantime: it is opened like any other.
                Err(Error::Vault(vault::VaultError::Exists)) => {}
                made => return made,
            }
        }
        let status = self.vault.status();
        match (status.state, &self.passphrase) {
            (VaultState::Ready, _) | (_, None) => Ok(()),
            (_, Some(passphrase)) if status.keeper != Some(Keeper::Os) || self.keeper == KeeperChoice::File => {
                Ok(self.vault.unlock_with_passphrase(passphrase)?)
            }
            _ => Ok(()),
        }
    }

    fn make_vault(&self, passphrase: Option<&SecretString>) -> Result<()> {
        let with_passphrase = match (self.keeper, passphrase) {
            (KeeperChoice::Os, _) | (KeeperChoice::Auto, None) => None,
            (KeeperChoice::File, None) => return Err(vault::VaultError::PassphraseNeeded.into()),
            (KeeperChoice::File | KeeperChoice::Auto, Some(passphrase)) => Some(passphrase),
        };
        if let Some(passphrase) = with_passphrase {
            return Ok(self.vault.create(NewKeeper::Passphrase(passphrase.clone()), self.now())?);
        }
        Ok(self.vault.create(NewKeeper::Os, self.now())?)
    }

    pub(crate) fn seal_token(
        &self,
        slug: &str,
        base_url: &BaseUrl,
        purpose: Purpose,
        token: &SecretString,
    ) -> Result<()> {
        self.ready_vault()?;
        Ok(self.vault.put(&Self::binding(slug, base_url, purpose), token, self.now())?)
    }

    pub(crate) fn open_token(&self, app: &App, base_url: &BaseUrl, purpose: Purpose) -> Result<BearerToken> {
        self.ready_vault()?;
        Ok(BearerToken::from_secret(self.vault.get(&Self::binding(&app.slug, base_url, purpose))?))
    }

    /// Forgets the token for one purpose.
    pub(crate) fn forget_purpose(&self, slug: &str, purpose: Purpose) -> Result<()> {
        self.ready_vault()?;
        Ok(self.vault.remove_for(slug, purpose.key())?)
    }

    /// Forgets all tokens of the app.
    pub(crate) fn forget_tokens(&self, slug: &str) -> Result<()> {
        self.store.writable()?;
        if self.vault.status().state != VaultState::Absent {
            self.ready_vault()?;
        }
        Ok(self.vault.remove(slug)?)
    }
}

impl Seatledger {
    /// Where the key to the tokens is and whether it can be reached.
    pub fn vault_status(&self) -> VaultView {
        let status = self.vault.status();
        let keeper = match status.keeper {
            Some(Keeper::Os) => "os",
            Some(Keeper::Passphrase) => "passphrase",
            None => "none",
        };
        let state = match status.state {
            VaultState::Absent => "absent",
            VaultState::Ready => "ready",
            VaultState::Locked => "locked",
            VaultState::Denied | VaultState::Damaged => "denied",
            VaultState::Unavailable | VaultState::TimedOut => "unavailable",
        };
        let told = match status.state {
            VaultState::Absent => ("No token is stored yet.".to_owned(), String::new()),
            _ => status.problem.map_or_else(
                || ("Tokens are sealed on this machine, and the key can be reached.".to_owned(), String::new()),
                |problem| (problem.to_string(), problem.hint().to_owned()),
            ),
        };
        VaultView { keeper: keeper.to_owned(), state: state.to_owned(), message: told.0, hint: told.1 }
    }

    /// Unlocks a vault that a passphrase keeps.
    pub fn vault_unlock(&self, passphrase: &SecretString) -> Result<VaultView> {
        self.vault.unlock_with_passphrase(passphrase)?;
        Ok(self.vault_status())
    }

    /// Makes a vault under a passphrase, or gives the existing one a passphrase.
    pub fn vault_use_passphrase(&self, passphrase: &SecretString) -> Result<VaultView> {
        self.store.writable()?;
        if self.vault.status().state == VaultState::Absent {
            self.vault.create(NewKeeper::Passphrase(passphrase.clone()), self.now())?;
        } else {
            self.vault.keep_with(NewKeeper::Passphrase(passphrase.clone()))?;
        }
        Ok(self.vault_status())
    }

    /// Makes a vault under the operating system's keychain, or moves the existing one there.
    pub fn vault_use_keychain(&self) -> Result<VaultView> {
        self.store.writable()?;
        if self.vault.status().state == VaultState::Absent {
            self.vault.create(NewKeeper::Os, self.now())?;
        } else {
            self.vault.keep_with(NewKeeper::Os)?;
        }
        Ok(self.vault_status())
    }
}
