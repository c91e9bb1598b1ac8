//! What a vault promises to the rest of the program: tokens come back for their binding only, keys are never replaced,
//! and whatever the keychain does has a name of its own.
#![allow(clippy::unwrap_used)]

mod room;

use std::fs;

use room::{NOW, Room, acme, binding, other_words, token, words};
use vault::testing::Fault;
use vault::{Cost, Keeper, KeyStoreError, NewKeeper, Vault, VaultError, VaultState, VaultStatus};

fn summary(status: &VaultStatus) -> (Option<Keeper>, VaultState) {
    (status.keeper, status.state)
}

#[test]
fn a_token_comes_back_for_its_binding_and_for_no_other() {
    let room = Room::new();
    let vault = room.kept_by_keychain();
    vault.put(&binding("acme", "https://acme.example:443", "write"), &"tok_write".into(), NOW).unwrap();
    vault.put(&binding("beta", "https://beta.example:443", "scim"), &"tok_beta".into(), NOW).unwrap();
    for vault in [&vault, &room.vault()] {
        assert_eq!(token(vault, &acme()).unwrap(), "tok_acme");
        assert_eq!(token(vault, &binding("acme", "https://acme.example:443", "write")).unwrap(), "tok_write");
        assert_eq!(token(vault, &binding("beta", "https://beta.example:443", "scim")).unwrap(), "tok_beta");
        let missing = VaultError::NoToken { connection: "gamma".into() };
        assert_eq!(token(vault, &binding("gamma", "https://acme.example:443", "scim")), Err(missing));
        for elsewhere in ["https://acme.example:8443", "http://acme.example:443", "https://beta.example:443", ""] {
            let refused = token(vault, &binding("acme", elsewhere, "scim")).unwrap_err();
            assert!(matches!(&refused, VaultError::Rebound { asked, .. } if asked == elsewhere), "{refused}");
            assert!(!refused.to_string().contains("tok_"));
        }
    }
}

#[test]
fn a_token_pasted_again_replaces_the_one_before_also_for_a_new_address() {
    let room = Room::new();
    let vault = room.kept_by_keychain();
    vault.put(&acme(), &"tok_rotated".into(), NOW).unwrap();
    assert_eq!(token(&room.vault(), &acme()).unwrap(), "tok_rotated");
    let moved = binding("acme", "https://new.example:443", "scim");
    vault.put(&moved, &"tok_moved".into(), NOW).unwrap();
    assert_eq!(token(&room.vault(), &moved).unwrap(), "tok_moved");
    assert!(matches!(token(&vault, &acme()), Err(VaultError::Rebound { .. })));
}

#[test]
fn any_text_can_be_a_token_or_a_name() {
    let room = Room::new();
    let vault = room.kept_by_keychain();
    let odd = "\"\\\u{0}\u{1F511}\n".repeat(500);
    let binding = binding("a \"b\"\n", "https://\u{e9}.example:443", "");
    vault.put(&binding, &odd.as_str().into(), NOW).unwrap();
    assert_eq!(token(&room.vault(), &binding).unwrap(), odd);
}

#[test]
fn a_token_can_be_forgotten_for_one_purpose_alone() {
    let room = Room::new();
    assert_eq!(room.vault().remove_for("acme", "rest"), Ok(()), "nothing to remove is no error");
    let vault = room.kept_by_keychain();
    let rest = binding("acme", "https://api.acme.example:443", "rest");
    let other = binding("beta", "https://api.acme.example:443", "rest");
    for binding in [&rest, &other] {
        vault.put(binding, &"tok_rest".into(), NOW).unwrap();
    }
    vault.remove_for("acme", "rest").unwrap();
    assert_eq!(token(&room.vault(), &rest), Err(VaultError::NoToken { connection: "acme".into() }));
    assert_eq!(token(&room.vault(), &acme()).unwrap(), "tok_acme");
    assert_eq!(token(&room.vault(), &other).unwrap(), "tok_rest");
}

#[test]
fn a_removed_connection_leaves_no_token_and_the_others_stay() {
    let room = Room::new();
    assert_eq!(room.vault().remove("acme"), Ok(()), "nothing to remove is no error");
    let vault = room.kept_by_keychain();
    let beta = binding("beta", "https://beta.example:443", "scim");
    vault.put(&beta, &"tok_beta".into(), NOW).unwrap();
    vault.remove("acme").unwrap();
    assert!(matches!(token(&room.vault(), &acme()), Err(VaultError::NoToken { .. })));
    assert_eq!(token(&room.vault(), &beta).unwrap(), "tok_beta");
    let before = room.bytes();
    vault.remove("acme").unwrap();
    assert_eq!(room.bytes(), before, "removing what is not there writes nothing");
}

#[test]
fn the_generation_grows_with_every_write() {
    let room = Room::new();
    let vault = room.vault();
    assert_eq!(vault.generation(), Err(VaultError::Absent));
    vault.create(NewKeeper::Os, NOW).unwrap();
    for written in 1..4 {
        assert_eq!(room.vault().generation(), Ok(written));
        vault.put(&acme(), &"tok".into(), NOW).unwrap();
    }
}

#[test]
fn nothing_secret_or_telling_stands_in_the_file_in_the_clear() {
    let room = Room::new();
    room.kept_by_passphrase();
    let bytes = room.bytes();
    let text = String::from_utf8_lossy(&bytes);
    for hidden in ["tok_acme", "acme", "https", "correct", "scim"] {
        assert!(!text.contains(hidden), "{hidden} can be read in the file");
    }
}

#[test]
fn a_vault_kept_by_the_keychain_opens_itself() {
    let room = Room::new();
    assert_eq!(summary(&room.vault().status()), (None, VaultState::Absent));
    assert_eq!(room.keys.calls(), 0, "nothing there, nothing to ask");
    let vault = room.kept_by_keychain();
    let fresh = room.vault();
    assert_eq!(summary(&fresh.status()), (Some(Keeper::Os), VaultState::Ready));
    assert_eq!(fresh.status().problem, None);
    assert_eq!(room.keys.accounts().len(), 1, "the trial entry is gone, the key is kept");

    let calls = room.keys.calls();
    assert_eq!(token(&vault, &acme()).unwrap(), "tok_acme");
    assert_eq!(room.keys.calls(), calls, "the key is in memory");
    vault.lock();
    assert_eq!(token(&vault, &acme()).unwrap(), "tok_acme");
    assert_eq!(room.keys.calls(), calls + 1, "the key was forgotten and fetched again");
}

#[test]
fn a_vault_kept_by_a_passphrase_asks_for_it() {
    let room = Room::new();
    room.kept_by_passphrase();
    let vault = room.vault();
    assert_eq!(summary(&vault.status()), (Some(Keeper::Passphrase), VaultState::Locked));
    assert_eq!(vault.status().problem, Some(VaultError::PassphraseNeeded));
    assert_eq!(token(&vault, &acme()), Err(VaultError::PassphraseNeeded));
    assert_eq!(vault.put(&acme(), &"tok".into(), NOW), Err(VaultError::PassphraseNeeded));
    assert_eq!(vault.unlock_with_passphrase(&other_words()), Err(VaultError::WrongPassphrase));
    assert_eq!(vault.unlock_with_passphrase(&"".into()), Err(VaultError::WrongPassphrase));
    assert_eq!(vault.status().state, VaultState::Locked, "a wrong passphrase changes nothing");
    vault.unlock_with_passphrase(&words()).unwrap();
    assert_eq!(summary(&vault.status()), (Some(Keeper::Passphrase), VaultState::Ready));
    assert_eq!(token(&vault, &acme()).unwrap(), "tok_acme");
    vault.lock();
    assert_eq!(vault.status().state, VaultState::Locked);
    assert_eq!(room.keys.calls(), 0, "the keychain is never asked");
}

#[test]
fn a_wrong_passphrase_does_not_lock_an_open_vault() {
    let room = Room::new();
    let vault = room.kept_by_passphrase();
    assert_eq!(vault.unlock_with_passphrase(&other_words()), Err(VaultError::WrongPassphrase));
    assert_eq!(token(&vault, &acme()).unwrap(), "tok_acme");
}

#[test]
fn short_passphrases_are_refused_before_anything_is_made() {
    let room = Room::new();
    let vault = room.vault();
    let short = || NewKeeper::Passphrase("12345678901".into());
    assert_eq!(vault.create(short(), NOW), Err(VaultError::ShortPassphrase { least: 12 }));
    assert_eq!(vault.status().state, VaultState::Absent);
    vault.create(NewKeeper::Os, NOW).unwrap();
    assert_eq!(vault.keep_with(short()), Err(VaultError::ShortPassphrase { least: 12 }));
    assert_eq!(vault.status().keeper, Some(Keeper::Os));
    let long_in_characters = "\u{e9}".repeat(12);
    assert_eq!(vault.add_passphrase(&long_in_characters.as_str().into()), Ok(()));
}

#[test]
fn a_vault_that_is_there_is_never_replaced() {
    let room = Room::new();
    room.kept_by_keychain();
    let before = room.bytes();
    let refuses = |why: &str| {
        for keeper in [NewKeeper::Os, NewKeeper::Passphrase(words())] {
            assert_eq!(room.vault().create(keeper, NOW), Err(VaultError::Exists), "{why}");
        }
        assert_eq!(room.bytes(), before, "{why}");
    };
    refuses("the vault is open");
    room.keys.lose_everything();
    refuses("the keychain lost its key");
    room.keys.fail(Some(Fault::All(KeyStoreError::TimedOut)));
    refuses("the keychain is silent");

    let damaged = b"not a vault".to_vec();
    fs::write(room.dir.path().join("vault.v1"), &damaged).unwrap();
    assert_eq!(room.vault().create(NewKeeper::Passphrase(words()), NOW), Err(VaultError::Exists));
    assert_eq!(room.vault().put(&acme(), &"tok".into(), NOW).unwrap_err().code(), "vault_damaged");
    assert_eq!(room.bytes(), damaged, "a damaged vault is left for whoever can repair it");
}

#[test]
fn a_lost_keychain_entry_is_said_and_the_passphrase_opens() {
    let room = Room::new();
    let vault = room.kept_by_keychain();
    vault.add_passphrase(&words()).unwrap();
    room.keys.lose_everything();

    let vault = room.vault();
    let status = vault.status();
    assert_eq!(summary(&status), (Some(Keeper::Os), VaultState::Locked));
    assert!(status.passphrase_opens);
    assert_eq!(status.problem, Some(VaultError::KeyLost { passphrase_opens: true }));
    vault.unlock_with_passphrase(&words()).unwrap();
    assert_eq!(token(&vault, &acme()).unwrap(), "tok_acme");

    vault.keep_with(NewKeeper::Os).unwrap();
    assert_eq!(summary(&room.vault().status()), (Some(Keeper::Os), VaultState::Ready), "the keychain has a key again");
}

#[test]
fn a_lost_keychain_entry_without_a_passphrase_stays_locked() {
    let room = Room::new();
    room.kept_by_keychain();
    room.keys.lose_everything();
    let vault = room.vault();
    let lost = VaultError::KeyLost { passphrase_opens: false };
    assert_eq!(token(&vault, &acme()), Err(lost.clone()));
    assert_eq!(vault.put(&acme(), &"tok".into(), NOW), Err(lost.clone()));
    assert_eq!(vault.keep_with(NewKeeper::Os), Err(lost.clone()));
    assert_eq!(vault.unlock_with_passphrase(&words()), Err(VaultError::NoPassphrase));
    assert!(lost.hint().contains("paste the tokens again"), "{}", lost.hint());
    assert!(room.keys.accounts().is_empty(), "no new key was made");
}

#[test]
fn the_keeper_can_change_both_ways_and_the_tokens_stay() {
    let room = Room::new();
    let vault = room.kept_by_keychain();
    vault.keep_with(NewKeeper::Passphrase(words())).unwrap();
    assert!(room.keys.accounts().is_empty(), "the keychain keeps nothing that opens nothing");
    let fresh = room.vault();
    assert_eq!(summary(&fresh.status()), (Some(Keeper::Passphrase), VaultState::Locked));
    fresh.unlock_with_passphrase(&words()).unwrap();
    fresh.keep_with(NewKeeper::Os).unwrap();
    let fresh = room.vault();
    assert_eq!(summary(&fresh.status()), (Some(Keeper::Os), VaultState::Ready));
    assert!(fresh.status().passphrase_opens, "the passphrase stays as the second way in");
    assert_eq!(token(&fresh, &acme()).unwrap(), "tok_acme");

    let before = room.bytes();
    fresh.keep_with(NewKeeper::Os).unwrap();
    assert_eq!(room.bytes(), before, "already so: nothing is written");
}

#[test]
fn a_changed_passphrase_opens_and_the_one_before_does_not() {
    let room = Room::new();
    let vault = room.kept_by_passphrase();
    vault.keep_with(NewKeeper::Passphrase(other_words())).unwrap();
    assert_eq!(room.vault().unlock_with_passphrase(&words()), Err(VaultError::WrongPassphrase));
    assert_eq!(room.vault().unlock_with_passphrase(&other_words()), Ok(()));
    vault.add_passphrase(&words()).unwrap();
    assert_eq!(room.vault().unlock_with_passphrase(&other_words()), Err(VaultError::WrongPassphrase));
    assert_eq!(room.vault().unlock_with_passphrase(&words()), Ok(()));
}

#[test]
fn a_keychain_that_fails_makes_no_vault_and_is_named() {
    let unavailable = || KeyStoreError::Unavailable { reason: "no bus".into() };
    let broken = |error: &VaultError| error.code() == "keychain_broken";
    for fault in [
        Fault::All(unavailable()),
        Fault::All(KeyStoreError::TimedOut),
        Fault::All(KeyStoreError::Denied),
        Fault::Writes(KeyStoreError::Locked),
        Fault::Forgets,
        Fault::Mangles,
    ] {
        let room = Room::new();
        room.keys.fail(Some(fault.clone()));
        let refused = room.vault().create(NewKeeper::Os, NOW).unwrap_err();
        match &fault {
            Fault::All(error) | Fault::Writes(error) => assert_eq!(refused, error.clone().into()),
            Fault::Forgets | Fault::Mangles => assert!(broken(&refused), "{refused}"),
        }
        assert!(refused.hint().contains("passphrase instead"), "{}", refused.hint());
        assert_eq!(room.vault().status().state, VaultState::Absent, "{fault:?} left a vault behind");
        assert!(room.keys.accounts().is_empty(), "{fault:?} left an entry behind");
        room.vault().create(NewKeeper::Passphrase(words()), NOW).unwrap();
    }
}

#[test]
fn each_state_of_the_keychain_is_told_and_trying_again_works() {
    let room = Room::new();
    room.kept_by_keychain();
    for (error, state, code) in [
        (KeyStoreError::Unavailable { reason: "no bus".into() }, VaultState::Unavailable, "keychain_unavailable"),
        (KeyStoreError::Broken { reason: "two entries".into() }, VaultState::Unavailable, "keychain_broken"),
        (KeyStoreError::Locked, VaultState::Locked, "keychain_locked"),
        (KeyStoreError::Denied, VaultState::Denied, "keychain_denied"),
        (KeyStoreError::TimedOut, VaultState::TimedOut, "keychain_timed_out"),
    ] {
        room.keys.fail(Some(Fault::All(error)));
        let vault = room.vault();
        assert_eq!(summary(&vault.status()), (Some(Keeper::Os), state));
        let calls = room.keys.calls();
        assert_eq!(vault.status().state, state);
        assert_eq!(room.keys.calls(), calls, "asking for the state again does not ask the keychain again");
        assert_eq!(token(&vault, &acme()).unwrap_err().code(), code);
        room.keys.fail(None);
        assert_eq!(vault.unlock(), Ok(()));
        assert_eq!(vault.status().state, VaultState::Ready);
    }
}

#[test]
fn an_older_copy_put_back_under_a_running_program_is_refused() {
    let room = Room::new();
    let vault = room.kept_by_keychain();
    let older = room.bytes();
    vault.put(&acme(), &"tok_newer".into(), NOW).unwrap();
    fs::write(room.dir.path().join("vault.v1"), older).unwrap();
    assert_eq!(token(&vault, &acme()), Err(VaultError::RolledBack { seen: 3, found: 2 }));
    assert!(matches!(vault.put(&acme(), &"tok".into(), NOW), Err(VaultError::RolledBack { .. })));
    vault.lock();
    assert_eq!(token(&vault, &acme()).unwrap(), "tok_acme", "once everything is forgotten, the copy counts");
}

#[test]
fn a_vault_that_was_removed_and_made_anew_is_not_opened_with_the_old_key() {
    let room = Room::new();
    let vault = room.kept_by_passphrase();
    fs::remove_file(room.dir.path().join("vault.v1")).unwrap();
    assert_eq!(token(&vault, &acme()), Err(VaultError::Absent));
    room.vault().create(NewKeeper::Passphrase(other_words()), NOW).unwrap();
    assert_eq!(token(&vault, &acme()), Err(VaultError::PassphraseNeeded));
    vault.unlock_with_passphrase(&other_words()).unwrap();
    assert!(matches!(token(&vault, &acme()), Err(VaultError::NoToken { .. })));
}

#[test]
fn secrets_are_not_printed_by_anything_that_can_be_printed() {
    let room = Room::new();
    let vault = room.kept_by_passphrase();
    let printed = format!("{:?} {:?} {:?}", NewKeeper::Passphrase(words()), vault.get(&acme()), vault.status());
    for secret in ["tok_acme", "correct horse"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

#[test]
fn costs_outside_of_the_limits_cannot_be_made() {
    for (kibibytes, passes, lanes) in
        [(19 * 1024 - 1, 3, 1), (1024 * 1024 + 1, 3, 1), (65536, 0, 1), (65536, 11, 1), (65536, 3, 0), (65536, 3, 17)]
    {
        assert!(Cost::new(kibibytes, passes, lanes).is_err(), "{kibibytes} {passes} {lanes}");
    }
    assert_eq!(Cost::new(64 * 1024, 3, 1), Ok(Cost::DEFAULT));
    assert_eq!(Cost::new(19 * 1024, 1, 1), Ok(Cost::LIGHTEST));
}

#[test]
fn a_passphrase_at_the_default_cost_opens() {
    let room = Room::new();
    let vault = Vault::open(room.dir.path(), Box::new(room.keys.clone()));
    vault.create(NewKeeper::Passphrase(words()), NOW).unwrap();
    assert_eq!(room.vault().unlock_with_passphrase(&words()), Ok(()), "the cost is the file's, not the handle's");
    let bytes = room.bytes();
    assert!(String::from_utf8_lossy(&bytes).contains(r#""argon2id":{"m":65536,"p":1,"t":3}"#));
}
