//! CSV as RFC 4180 wants it, rendered into a buffer; quotes stand only where they are needed.

/// What stands between two fields, as one byte: RFC 4180's comma, or what spreadsheets expect where the comma is decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    Comma,
    Semicolon,
}

impl Separator {
    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
        }
    }
}

/// Adds a field, with the separator before it unless it is the first.
pub(super) fn field(line: &mut Vec<u8>, first: bool, text: &str, separator: Separator) {
    if !first {
        line.push(separator.byte());
    }
    let bytes = text.as_bytes();
    if !bytes.iter().copied().any(|byte| needs_quotes(byte, separator)) {
        return line.extend_from_slice(bytes);
    }
    line.push(b'"');
    for byte in bytes {
        if *byte == b'"' {
            line.push(b'"');
        }
        line.push(*byte);
    }
    line.push(b'"');
}

/// Ends a line of so many fields that began at `start`.
pub(super) fn end(line: &mut Vec<u8>, start: usize, fields: usize) {
    // Nothing at all would be no line to many readers.
    if fields == 1 && line.len() == start {
        line.extend_from_slice(b"\"\"");
    }
    line.extend_from_slice(b"\r\n");
}

fn needs_quotes(byte: u8, separator: Separator) -> bool {
    byte == separator.byte() || matches!(byte, b'"' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_a_general_writer() {
        let odd = ["", "a", " a ", "a,b", "\"", "a\"b\"", "line\nbreak", "\r", "tab\t", "é;", "'=1", "#", "\\"];
        for (fields, separator) in
            [1, 2, 3].into_iter().flat_map(|fields| [(fields, Separator::Comma), (fields, Separator::Semicolon)])
        {
            for row in odd.windows(fields) {
                let mut general = csv::WriterBuilder::new()
                    .delimiter(separator.byte())
                    .terminator(csv::Terminator::CRLF)
                    .from_writer(Vec::new());
                general.write_record(row).unwrap();
                let mut line = Vec::new();
                for (at, text) in row.iter().enumerate() {
                    field(&mut line, at == 0, text, separator);
                }
                end(&mut line, 0, fields);
                assert_eq!(String::from_utf8(line), String::from_utf8(general.into_inner().unwrap()), "{row:?}");
            }
        }
    }
}
