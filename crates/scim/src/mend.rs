//! Mends what strict JSON readers refuse and servers send all the same: half of a character that takes two `\u` escapes,
//! left over where a name was cut in the middle of an emoji (RFC 8259 §8.2 calls the outcome unpredictable).

/// `\uXXXX`.
const ESCAPE: usize = 6;
/// U+FFFD, "a character that cannot be shown", in the place of the half one.
const REPLACEMENT: &[u8; 4] = b"fffd";

/// Replaces halves of characters; whether there were any. Every byte keeps its place.
pub fn mend(body: &mut [u8]) -> bool {
    let mut at = 0;
    let mut mended = false;
    while let Some(step) = body.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += step;
        at += match (unit(body, at), unit(body, at + ESCAPE)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 2 * ESCAPE,
            (Some(0xd800..0xe000), _) => {
                if let Some(digits) = body.get_mut(at + 2..at + ESCAPE) {
                    digits.copy_from_slice(REPLACEMENT);
                    mended = true;
                }
                ESCAPE
            }
            (Some(_), _) => ESCAPE,
            // Another escape: what is escaped may be a backslash.
            (None, _) => 2,
        };
    }
    mended
}

/// The UTF-16 unit that is escaped here.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + ESCAPE)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_characters_are_replaced_and_nothing_else() {
        let cases = [
            (r#""Mira \ud83d""#, r#""Mira \ufffd""#),
            (r#""\ude00 Mira""#, r#""\ufffd Mira""#),
            (r#""\uD83D\uDE00""#, r#""\uD83D\uDE00""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ud83dx\ude00""#, r#""\ufffdx\ufffd""#),
            (r#""a\\ud83d""#, r#""a\\ud83d""#),
            (r#""a\\\ud83d""#, r#""a\\\ufffd""#),
            (r#""\u00e9 \"\n""#, r#""\u00e9 \"\n""#),
            (r#""\ud83"#, r#""\ud83"#),
            ("\\", "\\"),
        ];
        for (sent, wanted) in cases {
            let mut body = sent.as_bytes().to_vec();
            assert_eq!(mend(&mut body), sent != wanted, "{sent}");
            assert_eq!(String::from_utf8(body).unwrap(), wanted);
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_mended_reads_and_what_reads_is_left_alone(units in proptest::collection::vec(0xd700_u16..0xe100, 0..20)) {
            let escaped: Vec<String> = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let mut body = format!("\"{}\"", escaped.concat()).into_bytes();
            let strict = serde_json::from_slice::<String>(&body);
            let mended = mend(&mut body);
            let read = serde_json::from_slice::<String>(&body).unwrap();
            proptest::prop_assert_eq!(mended, strict.is_err());
            proptest::prop_assert_eq!(read, String::from_utf16_lossy(&units));
        }
    }
}
