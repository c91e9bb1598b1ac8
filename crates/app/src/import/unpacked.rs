//! Whether a workbook unpacks to a size that a list of purchases can have. Everything is unpacked once and counted: the
//! sizes that an archive states can lie.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::error::ImportError;

const MEGABYTE: u64 = 1024 * 1024;
/// Bytes of all parts together.
const MOST_IN_ALL: u64 = 192 * MEGABYTE;
/// Bytes of a part that is held in memory while the sheets are read.
const MOST_HELD: u64 = 48 * MEGABYTE;
const MOST_PARTS: usize = 5_000;

/// Refuses an archive that unpacks to too much, that is protected, or that is damaged.
pub(super) fn check(bytes: &[u8]) -> Result<(), ImportError> {
    within(bytes, MOST_IN_ALL, MOST_HELD)
}

fn within(bytes: &[u8], in_all: u64, held: u64) -> Result<(), ImportError> {
    let damaged = |error: String| ImportError::Workbook(error);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    if archive.len() > MOST_PARTS {
        return Err(ImportError::TooMuch("5,000 parts"));
    }
    let mut left = in_all;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let name = part.name().map_err(|error| damaged(error.to_string()))?;
        let streamed = name.contains("worksheets/")
            || name.contains("media/")
            || name.contains("Pictures/")
            || name == "content.xml";
        let most = if streamed { left } else { left.min(held) };
        let unpacked =
            io::copy(&mut part.take(most + 1), &mut io::sink()).map_err(|error| damaged(error.to_string()))?;
        if unpacked > most {
            return Err(ImportError::Bomb(if streamed { in_all } else { held } / MEGABYTE));
        }
        left -= unpacked;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, usize)]) -> Vec<u8> {
        let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, size) in parts {
            packed.start_file(*name, SimpleFileOptions::default()).unwrap();
            packed.write_all(&vec![b' '; *size]).unwrap();
        }
        packed.finish().unwrap().into_inner()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_whatever_size_it_states() {
        let mut bytes = archive(&[("xl/sharedStrings.xml", 3 << 20)]);
        assert_eq!(within(&bytes, 4 << 20, 3 << 20), Ok(()));
        assert_eq!(within(&bytes, 4 << 20, 2 << 20), Err(ImportError::Bomb(2)));
        let sheets = archive(&[("xl/worksheets/a.xml", 3 << 20), ("xl/worksheets/b.xml", 3 << 20)]);
        assert_eq!(within(&sheets, 5 << 20, 1 << 20), Err(ImportError::Bomb(5)), "all parts together");
        // The stated size, in the local header and in the directory, becomes 16.
        let stated = (3_u32 << 20).to_le_bytes();
        for at in 0..bytes.len() - 4 {
            if bytes[at..at + 4] == stated {
                bytes[at..at + 4].copy_from_slice(&16_u32.to_le_bytes());
            }
        }
        assert!(within(&bytes, 4 << 20, 2 << 20).is_err(), "a lie does not help");
    }

    #[test]
    fn what_is_no_archive_is_said_to_be_damaged() {
        let torn = archive(&[("xl/workbook.xml", 100)]);
        assert!(matches!(check(&torn[..torn.len() - 30]), Err(ImportError::Workbook(_))));
    }
}
