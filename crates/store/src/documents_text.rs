//! The references to a purchase's documents as a text: one a line, its label before a tab. What was written is read back
//! exactly.

use ledger::Document;

use crate::conditions_text::{escaped, unescaped};

/// A tab within a label would end it.
const TAB: &str = "\\t";

/// The text of the references.
pub(crate) fn write(documents: &[Document]) -> String {
    let line = |document: &Document| {
        let label = escaped(&document.label).replace('\t', TAB);
        format!("{label}\t{}", escaped(&document.reference))
    };
    documents.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads them again; `None` where the text is not ours.
pub(crate) fn read(text: &str) -> Option<Vec<Document>> {
    let line = |line: &str| {
        let (label, reference) = line.split_once('\t')?;
        Some(Document { label: unescaped(label)?, reference: unescaped(reference)? })
    };
    if text.is_empty() { Some(Vec::new()) } else { text.split('\n').map(line).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_back_whatever_stands_in_them() {
        let document = |(label, reference): (&str, &str)| Document { label: label.into(), reference: reference.into() };
        let all = [
            ("Order form", "https://acme.example/a?b=c"),
            ("C:\\papers", "\\\\server\\share\\a b.pdf"),
            ("two\nlines\tand a tab", "x\ty\n"),
            ("", ""),
        ]
        .map(document);
        for some in [&all[..], &all[..1], &[]] {
            assert_eq!(read(&write(some)).as_deref(), Some(some));
        }
        assert_eq!(read("no tab"), None);
    }
}
