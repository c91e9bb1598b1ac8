//! Vaults with exactly one fault each: every one is refused with the error that names the fault, none yields a token.
//! The faults are made in the bytes of a good vault, so this also pins down the layout that `docs/VAULT.md` describes.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;

use jiff::Timestamp;
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use vault::testing::MemoryKeyStore;
use vault::{Binding, Cost, Damage, KeyStore, NewKeeper, Vault, VaultError};

const TOKEN: &str = "tok_of_acme";
const START: usize = 12;

/// A good vault with a passphrase and a keychain slot.
struct Good {
    keys: MemoryKeyStore,
    bytes: Vec<u8>,
    older: Vec<u8>,
    header: Value,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Keychain,
    Passphrase,
}
use Way::{Keychain, Passphrase};

fn passphrase() -> SecretString {
    "four unrelated short words".into()
}

fn binding() -> Binding {
    Binding { connection: "acme".into(), origin: "https://acme.example:443".into(), purpose: "scim".into() }
}

fn good() -> Good {
    let (dir, keys) = (TempDir::new().unwrap(), MemoryKeyStore::new());
    let vault = Vault::open(dir.path(), Box::new(keys.clone())).with_cost(Cost::new(20 * 1024, 2, 1).unwrap());
    vault.create(NewKeeper::Passphrase(passphrase()), Timestamp::UNIX_EPOCH).unwrap();
    vault.put(&binding(), &"tok_before".into(), Timestamp::UNIX_EPOCH).unwrap();
    vault.keep_with(NewKeeper::Os).unwrap();
    let older = fs::read(dir.path().join("vault.v1")).unwrap();
    vault.put(&binding(), &TOKEN.into(), Timestamp::UNIX_EPOCH).unwrap();
    let bytes = fs::read(dir.path().join("vault.v1")).unwrap();
    let header = serde_json::from_slice(&bytes[START..header_end(&bytes)]).unwrap();
    Good { keys, bytes, older, header }
}

fn header_end(bytes: &[u8]) -> usize {
    START + usize::try_from(u32::from_be_bytes(bytes[8..START].try_into().unwrap())).unwrap()
}

/// What a fresh program makes of these bytes.
fn read(dir: &TempDir, bytes: &[u8], keys: &MemoryKeyStore, way: Way) -> Result<String, VaultError> {
    fs::write(dir.path().join("vault.v1"), bytes).unwrap();
    let vault = Vault::open(dir.path(), Box::new(keys.clone()));
    if way == Passphrase {
        vault.unlock_with_passphrase(&passphrase())?;
    }
    vault.get(&binding()).map(|token| token.expose_secret().to_owned())
}

impl Good {
    /// The good vault with this text in the place of its header, its length adjusted.
    fn with_header_text(&self, text: &[u8]) -> Vec<u8> {
        let length = u32::try_from(text.len()).unwrap().to_be_bytes();
        [&self.bytes[..8], &length, text, &self.bytes[header_end(&self.bytes)..]].concat()
    }

    fn with_header(&self, edit: impl FnOnce(&mut Value)) -> Vec<u8> {
        let mut header = self.header.clone();
        edit(&mut header);
        self.with_header_text(sorted(header).to_string().as_bytes())
    }

    /// The passphrase slot is the first, the keychain slot the second.
    fn with_slot(&self, way: Way, edit: impl FnOnce(&mut Map<String, Value>)) -> Vec<u8> {
        let index = usize::from(way == Keychain);
        self.with_header(|header| edit(header["slots"][index].as_object_mut().unwrap()))
    }

    fn with_byte(&self, at: usize, change: impl Fn(u8) -> u8) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        bytes[at] = change(bytes[at]);
        bytes
    }
}

/// Keys in order, whatever map `serde_json` was built with.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut fields: Vec<(String, Value)> =
                object.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(elements) => elements.into_iter().map(sorted).collect(),
        leaf => leaf,
    }
}

/// Another digit in the place of the first.
fn flipped(hex: &Value) -> Value {
    let text = hex.as_str().unwrap();
    let first = if text.starts_with('0') { "1" } else { "0" };
    format!("{first}{}", text.get(1..).unwrap()).into()
}

#[derive(Default)]
struct Table(Vec<(String, Vec<u8>, Way, VaultError)>);

impl Table {
    fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>, way: Way, error: impl Into<Expected>) {
        self.0.push((name.into(), bytes, way, error.into().0));
    }

    fn holds(self, keys: &MemoryKeyStore) {
        let dir = TempDir::new().unwrap();
        let names: BTreeSet<&String> = self.0.iter().map(|(name, ..)| name).collect();
        assert_eq!(names.len(), self.0.len(), "every case has a name of its own");
        for (name, bytes, way, expected) in &self.0 {
            assert_eq!(read(&dir, bytes, keys, *way), Err(expected.clone()), "{name}");
        }
    }
}

struct Expected(VaultError);
impl From<Damage> for Expected {
    fn from(damage: Damage) -> Self {
        Self(VaultError::Damaged(damage))
    }
}
impl From<VaultError> for Expected {
    fn from(error: VaultError) -> Self {
        Self(error)
    }
}

const KEY_WRONG: VaultError = VaultError::KeyWrong { passphrase_opens: true };
const KEY_LOST: VaultError = VaultError::KeyLost { passphrase_opens: true };

#[test]
fn a_good_vault_opens_both_ways() {
    let (good, dir) = (good(), TempDir::new().unwrap());
    assert_eq!(read(&dir, &good.bytes, &good.keys, Keychain).unwrap(), TOKEN);
    assert_eq!(read(&dir, &good.bytes, &good.keys, Passphrase).unwrap(), TOKEN);
    assert_eq!(&good.bytes[..8], b"SEATVLT\x01");
}

#[test]
fn a_fault_in_the_frame_is_named() {
    let (good, mut table) = (good(), Table::default());
    let (end, length) = (header_end(&good.bytes), u32::try_from(header_end(&good.bytes) - START).unwrap());
    for at in 0..7 {
        table.add(format!("magic byte {at}"), good.with_byte(at, |byte| byte ^ 0x20), Keychain, Damage::Magic);
    }
    table.add("version 0", good.with_byte(7, |_| 0), Keychain, Damage::Magic);
    for version in [2, 255] {
        let newer = VaultError::Newer { version };
        table.add(format!("version {version}"), good.with_byte(7, |_| version), Keychain, newer);
    }
    let too_long = u32::try_from(good.bytes.len()).unwrap();
    for (claimed, error) in [
        (0, Damage::Header),
        (length - 1, Damage::Header),
        (length + 1, Damage::Header),
        (too_long, Damage::Truncated),
        (64 * 1024 + 1, Damage::Oversized),
        (u32::MAX, Damage::Oversized),
    ] {
        let bytes = [&good.bytes[..8], &claimed.to_be_bytes(), &good.bytes[START..]].concat();
        table.add(format!("header of {claimed} bytes claimed"), bytes, Keychain, error);
    }
    for at in 0..24 {
        table.add(format!("nonce byte {at}"), good.with_byte(end + at, |byte| byte ^ 1), Keychain, Damage::Seal);
    }
    table.add("first sealed byte", good.with_byte(end + 24, |byte| byte ^ 1), Keychain, Damage::Seal);
    for back in 1..=16 {
        let at = good.bytes.len() - back;
        table.add(
            format!("tag byte {back} from the end"),
            good.with_byte(at, |byte| byte ^ 0x80),
            Keychain,
            Damage::Seal,
        );
    }
    table.add("one byte after the end", [&good.bytes[..], b"\0"].concat(), Keychain, Damage::Seal);
    table.add("the vault twice", [&good.bytes[..], &good.bytes[..]].concat(), Keychain, Damage::Seal);
    table.add("five mebibytes", [&good.bytes[..], &vec![0; 5 << 20]].concat(), Keychain, Damage::Oversized);
    table.add("contents zeroed", [&good.bytes[..end], &[0; 200]].concat(), Keychain, Damage::Seal);
    let older_end = header_end(&good.older);
    let mixed = [&good.bytes[..end], &good.older[older_end..]].concat();
    table.add("contents of an older generation", mixed, Keychain, Damage::Seal);
    let mixed = [&good.older[..older_end], &good.bytes[end..]].concat();
    table.add("header of an older generation", mixed, Passphrase, Damage::Seal);
    table.holds(&good.keys);
}

#[test]
fn a_vault_cut_anywhere_is_damaged() {
    let (good, dir) = (good(), TempDir::new().unwrap());
    let least = header_end(&good.bytes) + 24 + 16;
    for length in 0..good.bytes.len() {
        let error = if length < least { Damage::Truncated } else { Damage::Seal };
        let found = read(&dir, &good.bytes[..length], &good.keys, Keychain);
        assert_eq!(found, Err(VaultError::Damaged(error)), "cut to {length} bytes");
    }
}

#[test]
fn a_fault_in_the_header_is_named() {
    let (good, mut table) = (good(), Table::default());
    let text = String::from_utf8(good.bytes[START..header_end(&good.bytes)].to_vec()).unwrap();
    let raw = |text: &str| good.with_header_text(text.as_bytes());
    table.add("no JSON", raw("vault"), Keychain, Damage::Header);
    table.add("an array", raw("[]"), Keychain, Damage::Header);
    table.add("an empty object", raw("{}"), Keychain, Damage::Header);
    table.add("no UTF-8", good.with_header_text(b"\xff\xfe"), Keychain, Damage::Header);
    table.add("nested without end", raw(&"[".repeat(10_000)), Keychain, Damage::Header);
    table.add("a space", raw(&text.replacen(':', ": ", 1)), Keychain, Damage::NotCanonical);
    table.add("a line end", raw(&format!("{text}\n")), Keychain, Damage::NotCanonical);
    table.add("an escape", raw(&text.replacen("os-keyring", "os\\u002dkeyring", 1)), Keychain, Damage::NotCanonical);
    table.add("a key twice", raw(&text.replacen('{', "{\"generation\":1,", 1)), Keychain, Damage::Header);
    let reordered = text.replacen(r#""created":"1970-01-01T00:00:00Z","#, "", 1).replacen(
        r#","slots""#,
        r#","created":"1970-01-01T00:00:00Z","slots""#,
        1,
    );
    table.add("keys in another order", raw(&reordered), Keychain, Damage::NotCanonical);
    let offset = text.replacen("00:00Z", "00:00+00:00", 1);
    table.add("the same instant in other words", raw(&offset), Keychain, Damage::NotCanonical);
    for field in ["created", "generation", "slots", "uuid"] {
        let bytes = good.with_header(|header| drop(header.as_object_mut().unwrap().remove(field)));
        table.add(format!("without {field}"), bytes, Keychain, Damage::Header);
    }
    let mut set = |name: &str, field: &str, value: Value, way: Way, error: Expected| {
        table.add(name, good.with_header(|header| header[field] = value), way, error.0);
    };
    set("a field too many", "plain", true.into(), Keychain, Damage::Header.into());
    set("no instant", "created", "yesterday".into(), Keychain, Damage::Header.into());
    set("another instant", "created", "1970-01-01T00:00:01Z".into(), Keychain, Damage::Seal.into());
    set("a negative generation", "generation", (-1).into(), Keychain, Damage::Header.into());
    set("a generation in words", "generation", "4".into(), Keychain, Damage::Header.into());
    set("half a generation", "generation", 4.5.into(), Keychain, Damage::Header.into());
    set("the generation before", "generation", 3.into(), Keychain, Damage::Seal.into());
    set("a generation far ahead", "generation", u64::MAX.into(), Passphrase, Damage::Seal.into());
    set("a uuid the keychain does not know", "uuid", "another".into(), Keychain, KEY_LOST.into());
    set("a uuid the slot is not bound to", "uuid", "another".into(), Passphrase, VaultError::WrongPassphrase.into());
    set("no slots", "slots", json!([]), Keychain, VaultError::NoKnownSlot.into());
    set("no slots for a passphrase", "slots", json!([]), Passphrase, VaultError::NoKnownSlot.into());
    set("slots that are an object", "slots", json!({}), Keychain, Damage::Header.into());
    set("a slot that is a text", "slots", json!(["os-keyring"]), Keychain, Damage::Slot.into());
    let slots = good.header["slots"].as_array().unwrap();
    let [by_passphrase, by_keychain] = slots.as_slice() else { panic!("two slots") };
    let only = json!([by_keychain]);
    set("the passphrase slot dropped", "slots", only, Passphrase, VaultError::NoPassphrase.into());
    let only = json!([by_passphrase]);
    set("the keychain slot dropped", "slots", only.clone(), Passphrase, Damage::Seal.into());
    set("the keychain slot dropped, no passphrase given", "slots", only, Keychain, VaultError::PassphraseNeeded.into());
    set("the slots swapped", "slots", json!([by_keychain, by_passphrase]), Keychain, Damage::Seal.into());
    set("a slot twice", "slots", json!([by_passphrase, by_keychain, by_keychain]), Keychain, Damage::Seal.into());
    let added = json!([by_passphrase, by_keychain, {"type": "backdoor"}]);
    set("a slot of an unknown kind added", "slots", added, Keychain, Damage::Seal.into());
    table.holds(&good.keys);
}

#[test]
fn a_fault_in_a_slot_is_named() {
    let (good, mut table) = (good(), Table::default());
    for (way, name, wrong) in
        [(Keychain, "os-keyring", KEY_WRONG), (Passphrase, "passphrase", VaultError::WrongPassphrase)]
    {
        let fields = if way == Keychain { vec!["id", "nonce", "wrap"] } else { vec!["id", "nonce", "salt", "wrap"] };
        for field in fields {
            let change = |edit: &dyn Fn(&Value) -> Value| good.with_slot(way, |slot| slot[field] = edit(&slot[field]));
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            table.add(format!("{name}: another {field}"), change(&flipped), way, wrong.clone());
            let short = change(&|hex| text(hex).get(2..).unwrap().into());
            table.add(format!("{name}: {field} too short"), short, way, Damage::Slot);
            table.add(format!("{name}: {field} too long"), change(&|hex| (text(hex) + "00").into()), way, Damage::Slot);
            let upper = change(&|hex| ("A".to_owned() + text(hex).get(1..).unwrap()).into());
            table.add(format!("{name}: {field} in capitals"), upper, way, Damage::Slot);
            table.add(format!("{name}: {field} is a number"), change(&|_| 7.into()), way, Damage::Slot);
            let without = good.with_slot(way, |slot| drop(slot.remove(field)));
            table.add(format!("{name}: without {field}"), without, way, Damage::Slot);
        }
        let set = |field: &str, value: Value| good.with_slot(way, |slot| drop(slot.insert(field.to_owned(), value)));
        table.add(format!("{name}: a field too many"), set("extra", 1.into()), way, Damage::Slot);
        table.add(format!("{name}: a type that is no text"), set("type", 1.into()), way, Damage::Slot);
        let without = good.with_slot(way, |slot| drop(slot.remove("type")));
        table.add(format!("{name}: without type"), without, way, Damage::Slot);
        let gone = if way == Keychain { VaultError::PassphraseNeeded } else { VaultError::NoPassphrase };
        table.add(format!("{name}: of a type to come"), set("type", "to-come".into()), way, gone);
    }
    let as_recovery = good.with_slot(Keychain, |slot| slot["type"] = "recovery".into());
    table.add("a keychain slot said to be for recovery", as_recovery, Keychain, VaultError::PassphraseNeeded);
    let as_recovery = good.with_slot(Passphrase, |slot| slot["type"] = "recovery".into());
    table.add("a passphrase slot said to be for recovery", as_recovery, Passphrase, Damage::Slot);
    table.holds(&good.keys);
}

#[test]
fn a_passphrase_slot_cannot_ask_for_another_cost() {
    let (good, mut table) = (good(), Table::default());
    let cost = |field: &str, value: Value| good.with_slot(Passphrase, |slot| slot["argon2id"][field] = value);
    for (field, value, error) in [
        ("t", json!(1), VaultError::WrongPassphrase),
        ("m", json!(19 * 1024), VaultError::WrongPassphrase),
        ("p", json!(2), VaultError::WrongPassphrase),
        ("m", json!(19 * 1024 - 1), VaultError::Damaged(Damage::Cost)),
        ("m", json!(0), VaultError::Damaged(Damage::Cost)),
        ("m", json!(1024 * 1024 + 1), VaultError::Damaged(Damage::Cost)),
        ("m", json!(64 * 1024 * 1024), VaultError::Damaged(Damage::Cost)),
        ("m", json!(u32::MAX), VaultError::Damaged(Damage::Cost)),
        ("m", json!(1_u64 << 32), VaultError::Damaged(Damage::Slot)),
        ("m", json!("65536"), VaultError::Damaged(Damage::Slot)),
        ("m", json!(null), VaultError::Damaged(Damage::Slot)),
        ("t", json!(0), VaultError::Damaged(Damage::Cost)),
        ("t", json!(11), VaultError::Damaged(Damage::Cost)),
        ("t", json!(u32::MAX), VaultError::Damaged(Damage::Cost)),
        ("p", json!(0), VaultError::Damaged(Damage::Cost)),
        ("p", json!(17), VaultError::Damaged(Damage::Cost)),
        ("x", json!(1), VaultError::Damaged(Damage::Slot)),
    ] {
        table.add(format!("{field} = {value}"), cost(field, value), Passphrase, error);
    }
    table.holds(&good.keys);
}

#[test]
fn slots_and_contents_of_another_vault_do_not_fit() {
    let (good, other) = (good(), good());
    let mut table = Table::default();
    for (way, index, error) in [(Keychain, 1, KEY_WRONG), (Passphrase, 0, VaultError::WrongPassphrase)] {
        let swapped = good.with_header(|header| header["slots"][index] = other.header["slots"][index].clone());
        table.add(format!("slot {index} of another vault"), swapped, way, error);
    }
    let swapped = good.with_header_text(sorted(other.header.clone()).to_string().as_bytes());
    table.add("the whole header, same passphrase", swapped, Passphrase, Damage::Seal);
    let (end, other_end) = (header_end(&good.bytes), header_end(&other.bytes));
    let swapped = [&good.bytes[..end], &other.bytes[other_end..]].concat();
    table.add("the contents", swapped, Keychain, Damage::Seal);
    table.holds(&good.keys);
}

#[test]
fn a_fault_in_the_keychain_entry_is_told_from_a_lost_one() {
    let (good, foreign, dir) = (good(), good(), TempDir::new().unwrap());
    let uuid = good.header["uuid"].as_str().unwrap();
    let kept = good.keys.get(uuid).unwrap().unwrap().to_vec();
    let flip = |at: usize| {
        let mut bytes = kept.clone();
        bytes[at] ^= 1;
        bytes
    };
    let foreign = foreign.keys.get(foreign.header["uuid"].as_str().unwrap()).unwrap().unwrap().to_vec();
    for entry in [flip(0), flip(31), flip(32), flip(47), kept[..47].to_vec(), kept[..32].to_vec(), Vec::new(), foreign]
    {
        good.keys.set(uuid, &entry).unwrap();
        assert_eq!(read(&dir, &good.bytes, &good.keys, Keychain), Err(KEY_WRONG), "{} bytes", entry.len());
    }
    good.keys.lose_everything();
    assert_eq!(read(&dir, &good.bytes, &good.keys, Keychain), Err(KEY_LOST));
    assert_eq!(read(&dir, &good.bytes, &good.keys, Passphrase).unwrap(), TOKEN, "the passphrase still opens it");
}

#[test]
fn no_single_byte_can_be_changed() {
    let (good, dir) = (good(), TempDir::new().unwrap());
    for at in 0..good.bytes.len() {
        // The bits that turn one digit, one letter case, one sign into another; the property below draws from all others.
        for mask in [0x01, 0x20, 0x80] {
            let found = read(&dir, &good.with_byte(at, |byte| byte ^ mask), &good.keys, Keychain);
            assert!(found.is_err(), "byte {at} changed by {mask:#x}, and the vault opened");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_single_byte_can_be_changed_to_any_other(at in any::<prop::sample::Index>(), mask in 1_u8.., by_passphrase in any::<bool>()) {
        let (good, dir) = (shared(), TempDir::new().unwrap());
        let way = if by_passphrase { Passphrase } else { Keychain };
        let bytes = good.with_byte(at.index(good.bytes.len()), |byte| byte ^ mask);
        prop_assert!(read(&dir, &bytes, &good.keys, way).is_err());
    }

    #[test]
    fn arbitrary_bytes_are_never_a_vault(bytes in prop::collection::vec(any::<u8>(), 0..400), framed in any::<bool>()) {
        let (good, dir) = (shared(), TempDir::new().unwrap());
        let bytes = if framed { good.with_header_text(&bytes) } else { bytes };
        prop_assert!(read(&dir, &bytes, &good.keys, Keychain).is_err());
    }
}

fn shared() -> &'static Good {
    static GOOD: std::sync::OnceLock<Good> = std::sync::OnceLock::new();
    GOOD.get_or_init(good)
}
