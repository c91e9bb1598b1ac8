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
    /// What looks as if that was wrong, a sentence.
    pub(super) doubt: Option<String>,
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
        (None, None) if every_other_is_zero(bytes, 1) => (UTF_16LE, "as every second byte is 0"),
        (None, None) if every_other_is_zero(bytes, 0) => (UTF_16BE, "as every first byte is 0"),
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
    let mixed = (chosen.is_empty() && encoding == WINDOWS_1252).then(|| mostly_utf_8(body)).flatten();
    let doubt = mixed.or_else(|| broken_before(&text));
    Ok(Decoded { text: text.into_owned(), encoding: name, how, doubt })
}

/// Text of UTF-16 without a mark: most letters of our languages have a byte of 0, always in the same place.
fn every_other_is_zero(bytes: &[u8], place: usize) -> bool {
    let zeros = |place: usize| bytes.iter().skip(place).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = bytes.len() / 2;
    bytes.len().is_multiple_of(2) && pairs > 1 && zeros(place) * 2 > pairs && zeros(1 - place) == 0
}

/// Text that is UTF-8 but for a few bytes: read as Windows-1252 all its other letters are wrong.
fn mostly_utf_8(bytes: &[u8]) -> Option<String> {
    let (mut right, mut wrong, mut lines, mut first) = (0_usize, 0_usize, 1_usize, None);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        lines += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            wrong += 1;
            first = first.or(Some(lines));
        }
    }
    let line = first.filter(|_| right >= wrong)?;
    Some(format!(
        "Most of the text is UTF-8, but line {line} is not, so all of it was read as Windows-1252 and names may be wrong: save \
         it anew as UTF-8, or choose an encoding."
    ))
}

/// What letters look like that some program read in the wrong encoding before.
const BROKEN: [&str; 9] = ["Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã©", "Ã¨", "Ã«", "â‚¬", "â€"];

fn broken_before(text: &str) -> Option<String> {
    let found = BROKEN.into_iter().find(|broken| text.contains(broken))?;
    Some(format!(
        "The text holds \"{found}\", which is how letters look that were read in the wrong encoding: choose another one, or \
         correct the file."
    ))
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
    fn utf_16_without_a_mark_is_known_by_its_zeros() {
        let units = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let text = "Plätze;Preis\nCan-Edit;9 €\n";
        assert_eq!(read(&units(text, u16::to_le_bytes), ""), (text.to_owned(), "UTF-16 (little endian)"));
        assert_eq!(read(&units(text, u16::to_be_bytes), ""), (text.to_owned(), "UTF-16 (big endian)"));
        assert_eq!(decode(b"P\0l\0\0\0x\0", "").unwrap_err(), ImportError::NotText);
    }

    #[test]
    fn what_was_probably_read_wrong_is_doubted() {
        let doubt = |bytes: &[u8], chosen: &str| decode(bytes, chosen).unwrap().doubt;
        let mixed = [("Plätze;Größe\nEndrés\n").as_bytes(), b"Zo\xeb\n"].concat();
        assert!(doubt(&mixed, "").unwrap().starts_with("Most of the text is UTF-8, but line 3 is not"));
        assert!(doubt("GrÃ¶ÃŸe".as_bytes(), "").unwrap().contains("\"Ã¶\""), "broken before it came here");
        assert!(doubt("Größe".as_bytes(), "windows-1252").is_some());
        for right in ["Größe, Ève, Ã".as_bytes(), b"Zo\xeb, Gr\xf6\xdfe, 9 \x80"] {
            assert_eq!(doubt(right, ""), None);
        }
    }

    #[test]
    fn a_wrong_choice_and_what_is_no_text_are_refused() {
        assert_eq!(decode(b"Zo\xeb", "utf-8").unwrap_err(), ImportError::Encoding("UTF-8"));
        assert_eq!(decode(b"\xff\xfe\0\xd8x", "").unwrap_err(), ImportError::Encoding("UTF-16 (little endian)"));
        assert_eq!(decode(b"a\0b", "").unwrap_err(), ImportError::NotText);
        assert!(decode(b"a", "ebcdic").unwrap_err().to_string().contains("windows-1252"));
    }
}
