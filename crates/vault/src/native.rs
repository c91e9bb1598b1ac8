//! The operating system's keychain, one blocking call at a time, and what its refusals mean.
//! Absent on purpose: threads and timeouts. A call here may block for as long as it likes.

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use crate::keystore::KeyStoreError;

/// The service under which all entries of Seatledger are kept.
const SERVICE: &str = "Seatledger";

/// A connection to the keychain, made when it is first needed and again after it failed.
#[derive(Default)]
pub struct Native {
    connection: platform::Connection,
}

impl Native {
    /// The bytes kept for this account.
    pub fn get(&mut self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        let answer = self.entry(account).and_then(|entry| entry.get_secret());
        self.settled(answer).map(|found| found.map(Zeroizing::new))
    }

    /// Keeps these bytes for this account.
    pub fn set(&mut self, account: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let answer = self.entry(account).and_then(|entry| entry.set_secret(secret));
        self.settled(answer)?.ok_or(KeyStoreError::Broken { reason: "it did not keep what it was given".to_owned() })
    }

    /// Forgets this account.
    pub fn delete(&mut self, account: &str) -> Result<(), KeyStoreError> {
        let answer = self.entry(account).and_then(|entry| entry.delete_credential());
        self.settled(answer).map(drop)
    }

    fn entry(&mut self, account: &str) -> Result<Entry, Error> {
        self.connection.entry(SERVICE, account)
    }

    /// Turns "nothing kept" into an answer, and drops a connection that no longer works.
    fn settled<T>(&mut self, answer: Result<T, Error>) -> Result<Option<T>, KeyStoreError> {
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => {
                self.connection = platform::Connection::default();
                Err(meaning(&error))
            }
        }
    }
}

/// What a refusal means. The causes are known only by their words: the types behind them differ by platform.
fn meaning(error: &Error) -> KeyStoreError {
    let broken = |reason: &str| KeyStoreError::Broken { reason: reason.to_owned() };
    match error {
        Error::NoStorageAccess(cause) | Error::PlatformFailure(cause) => {
            let locked = matches!(error, Error::NoStorageAccess(_));
            from_cause(&cause.to_string(), locked)
        }
        Error::NoDefaultStore => {
            KeyStoreError::Unavailable { reason: "it could not be reached when the program started".to_owned() }
        }
        Error::NotSupportedByStore(_) | Error::Invalid(..) => {
            KeyStoreError::Unavailable { reason: "this system has none that is supported".to_owned() }
        }
        Error::Ambiguous(_) => broken("it holds several entries for this vault"),
        Error::TooLong(..) => broken("it does not take an entry of this length"),
        // The other variants carry what was stored: their text is not repeated.
        _ => broken("it gave back something unreadable"),
    }
}

fn from_cause(cause: &str, locked: bool) -> KeyStoreError {
    let words = cause.to_lowercase();
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    if says(&["dismissed", "cancel", "denied", "not authorized", "accessdenied"]) {
        return KeyStoreError::Denied;
    }
    // The bus's own words help nobody who only wants to store a token.
    let absences: [(&[&str], &str); 3] = [
        // A keychain without a collection to store in, and nobody to ask for one.
        (&["result not returned"], "it has nowhere to store, or is locked and cannot ask"),
        (&["serviceunknown", "not provided by any"], "no keychain service is installed"),
        (&["failed to connect to address", "no such file"], "this session has no message bus to reach one by"),
    ];
    if let Some((_, reason)) = absences.into_iter().find(|(words, _)| says(words)) {
        return KeyStoreError::Unavailable { reason: reason.to_owned() };
    }
    if says(&["timed out", "timeout", "noreply"]) {
        return KeyStoreError::TimedOut;
    }
    if locked {
        KeyStoreError::Locked
    } else {
        KeyStoreError::Unavailable { reason: cause.trim_end_matches('.').to_owned() }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    //! `keyring` connects once per process and keeps the failure; here the connection is made by hand, so that trying
    //! again can succeed, and a connection that hangs does not hang its successor.

    use std::sync::Arc;

    use keyring::{Entry, Error};
    use keyring_core::api::CredentialStoreApi;
    use zbus_secret_service_keyring_store::Store;

    #[derive(Default)]
    pub struct Connection(Option<Arc<Store>>);

    impl Connection {
        pub fn entry(&mut self, service: &str, account: &str) -> Result<Entry, Error> {
            let store = match &self.0 {
                Some(store) => store,
                None => self.0.insert(Store::new()?),
            };
            Ok(Entry { inner: store.build(service, account, None)? })
        }
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
mod platform {
    //! These keychains are called directly: there is no connection to lose.

    use keyring::{Entry, Error};

    #[derive(Default)]
    pub struct Connection;

    impl Connection {
        #[allow(clippy::unused_self)]
        pub fn entry(&mut self, service: &str, account: &str) -> Result<Entry, Error> {
            Entry::new(service, account)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denied_locked_silent_and_absent_keychains_are_told_apart() {
        let access = |words: &str| meaning(&Error::NoStorageAccess(words.into()));
        let failure = |words: &str| meaning(&Error::PlatformFailure(words.into()));
        // The words of the Secret Service, of D-Bus, and of the macOS keychain.
        assert_eq!(access("SS Error: object locked"), KeyStoreError::Locked);
        assert_eq!(access("SS error: prompt dismissed"), KeyStoreError::Denied);
        assert_eq!(access("User canceled the operation."), KeyStoreError::Denied);
        assert_eq!(failure("zbus error: org.freedesktop.DBus.Error.AccessDenied: no"), KeyStoreError::Denied);
        assert_eq!(failure("zbus error: org.freedesktop.DBus.Error.NoReply: gone"), KeyStoreError::TimedOut);
        for nowhere in [
            access("SS error: result not returned from SS API"),
            failure("zbus error: org.freedesktop.DBus.Error.ServiceUnknown: not provided by any .service files"),
            failure("zbus error: Failed to connect to address `unix:path=/nonexistent/bus`"),
            meaning(&Error::NoDefaultStore),
            meaning(&Error::Invalid("platform".into(), "unsupported".into())),
        ] {
            assert!(matches!(nowhere, KeyStoreError::Unavailable { .. }), "{nowhere}");
            assert!(!nowhere.to_string().contains("zbus"), "words for people: {nowhere}");
        }
    }

    #[test]
    fn what_a_keychain_gave_back_is_not_repeated_in_the_error() {
        let unreadable = meaning(&Error::BadEncoding(b"tok_secret".to_vec()));
        assert!(matches!(unreadable, KeyStoreError::Broken { .. }));
        assert!(!format!("{unreadable} {unreadable:?}").contains("tok_secret"));
    }
}
