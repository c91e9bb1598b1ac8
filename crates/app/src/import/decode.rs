//! Bytes to text: a byte order mark decides, else UTF-8 where it fits, else Windows-1252; or as people choose.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::ImportError;

/// Text and how it was read.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// "UTF-8", "Windows-1252", …
    pub(super) encoding: &'static str,
    /// How it was told, for people.
    pub(super) how: &'static str,
}

/// The encodings that can be chosen, by the word for them.
const KNOWN: [(&str, &str, &Encoding); 4] = [
    ("utf-8", "UTF-8", UTF_8),
    ("utf-16le", "UTF-16 (little endian)", UTF_16LE),
    ("utf-16be", "UTF-16 (big endian)", UTF_16BE),
    ("windows-1252", "Windows-1252", WINDOWS_1252),
];

/// Reads text in the chosen encoding; an empty choice lets it be detected.
pub(super) fn decode(bytes: &[u8], chosen: &str) -> Result<Decoded, ImportError> {
    let mark = Encoding::for_bom(bytes);
    let (encoding, how) = match (KNOWN.iter().find(|(word, ..)| *word == chosen), mark) {
        (Some((_, _, encoding)), _) => (*encoding, "as chosen"),
        (None, _) if !chosen.is_empty() => {
            let known: Vec<_> = KNOWN.iter().map(|(word, ..)| *word).collect();
            return Err(ImportError::Mapping(format!("\"{chosen}\" is not one of {}", known.join(", "))));
        }
        (None, Some((encoding, _))) => (encoding, "by its byte order mark"),
        (None, None) if std::str::from_utf8(bytes).is_ok() => (UTF_8, "as it has nothing else"),
        (None, None) => (WINDOWS_1252, "as it is not UTF-8"),
    };
    let skipped = mark.filter(|(marked, _)| *marked == encoding).map_or(0, |(_, length)| length);
    let name = KNOWN.iter().find(|(_, _, known)| *known == encoding).map_or("UTF-8", |(_, name, _)| *name);
    let body = bytes.get(skipped..).unwrap_or_default();
    let text = encoding.decode_without_bom_handling_and_without_replacement(body).ok_or(ImportError::Encoding(name))?;
    // Text of people has no such characters; a picture or a program does.
    if text.chars().any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')) {
        return Err(ImportError::NotText);
    }
    Ok(Decoded { text: text.into_owned(), encoding: name, how })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], chosen: &str) -> (String, &'static str) {
        let decoded = decode(bytes, chosen).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_no_text() {
        assert_eq!(read(b"\xef\xbb\xbfZo\xc3\xab", ""), ("Zoë".to_owned(), "UTF-8"));
        assert_eq!(read(b"\xff\xfeZ\0\xeb\0", ""), ("Zë".to_owned(), "UTF-16 (little endian)"));
        assert_eq!(read(b"\xfe\xff\0Z\0\xeb", ""), ("Zë".to_owned(), "UTF-16 (big endian)"));
    }

    #[test]
    fn without_a_mark_it_is_utf_8_where_that_fits_else_windows_1252() {
        assert_eq!(read("Zoë, 9 €".as_bytes(), ""), ("Zoë, 9 €".to_owned(), "UTF-8"));
        assert_eq!(read(b"Zo\xeb, 9 \x80", ""), ("Zoë, 9 €".to_owned(), "Windows-1252"));
        assert_eq!(read("Zoë".as_bytes(), "windows-1252"), ("ZoÃ«".to_owned(), "Windows-1252"), "as chosen");
    }

    #[test]
    fn a_wrong_choice_and_what_is_no_text_are_refused() {
        assert_eq!(decode(b"Zo\xeb", "utf-8").unwrap_err(), ImportError::Encoding("UTF-8"));
        assert_eq!(decode(b"\xff\xfe\0\xd8x", "").unwrap_err(), ImportError::Encoding("UTF-16 (little endian)"));
        assert_eq!(decode(b"a\0b", "").unwrap_err(), ImportError::NotText);
        assert!(decode(b"a", "ebcdic").unwrap_err().to_string().contains("windows-1252"));
    }
}
