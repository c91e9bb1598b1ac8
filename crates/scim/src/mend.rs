//! Mends what strict JSON readers refuse and servers send all the same: half of a character that takes two `\u` escapes,
//! left over where a name was cut in the middle of an emoji (RFC 8259 §8.2 calls the outcome unpredictable). And what they
//! read but cannot keep: numbers of more digits than a machine's have (§6).

use crate::lenient::LARGEST_EXACT;

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

/// Makes texts of the numbers that would stand for their neighbors too, so that every digit counts; whether there were any.
pub fn quote_numbers(body: &mut Vec<u8>) -> bool {
    let mut quoted = Vec::with_capacity(body.len() + body.len() / 8);
    let mut rest = body.as_slice();
    let mut found = false;
    while let Some(first) = rest.first() {
        let is_number = *first == b'-' || first.is_ascii_digit();
        let length = match first {
            b'"' => text(rest),
            _ if is_number => rest.iter().take_while(|byte| is_of_number(**byte)).count(),
            _ => 1,
        };
        let (token, after) = rest.split_at(length);
        if is_number && is_inexact(token) {
            found = true;
            quoted.push(b'"');
            quoted.extend(token);
            quoted.push(b'"');
        } else {
            quoted.extend(token);
        }
        rest = after;
    }
    *body = quoted;
    found
}

fn is_inexact(token: &[u8]) -> bool {
    let Ok(token) = std::str::from_utf8(token) else { return false };
    let is_whole = token.parse::<u64>().is_ok() || token.parse::<i64>().is_ok();
    !is_whole && token.parse::<f64>().is_ok_and(|number| number.abs() >= LARGEST_EXACT)
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
}

/// How long the text is that begins here, its quotes included.
fn text(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    rest.len()
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

    #[test]
    fn long_numbers_become_texts_and_nothing_else_changes() {
        let cases = [
            (r#"{"id":200000000000000000001}"#, r#"{"id":"200000000000000000001"}"#),
            ("[-9300000000000000000 ,1E30,1e3,1.5]", r#"["-9300000000000000000" ,"1E30",1e3,1.5]"#),
            ("[18446744073709551615,12345678901234.0]", "[18446744073709551615,12345678901234.0]"),
            ("{}-20e", "{}-20e"),
            (r#"["9\"200000000000000000001","\\",12]"#, r#"["9\"200000000000000000001","\\",12]"#),
            ("[true,false,null]", "[true,false,null]"),
            (r#"["200000000000000000001"#, r#"["200000000000000000001"#),
        ];
        for (sent, wanted) in cases {
            let mut body = sent.as_bytes().to_vec();
            assert_eq!(quote_numbers(&mut body), sent != wanted, "{sent}");
            assert_eq!(String::from_utf8(body).unwrap(), wanted);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_the_search_for_numbers(sent in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let mut body = sent.clone();
            quote_numbers(&mut body);
            let without = |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != b'"').collect::<Vec<_>>();
            proptest::prop_assert_eq!(without(&body), without(&sent));
        }

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
