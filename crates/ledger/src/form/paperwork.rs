//! The fields of who is responsible for a purchase, who is reminded, and where its documents are; and back.
//! Absent on purpose: opening a document, sending an e-mail.

use crate::form::Field;
use crate::form::read::Reader;
use crate::form::rows::rows;
use crate::paperwork::{Document, Paperwork};

/// More documents are no list of references but an archive.
pub const MOST_DOCUMENTS: usize = 50;

/// The longest link or path, in characters.
const LONGEST_REFERENCE: usize = 2_000;

/// The longest label of a document, in characters.
const LONGEST_LABEL: usize = 100;

/// The longest address that mail knows, in octets (RFC 5321, 4.5.3.1.3, without the brackets).
const LONGEST_ADDRESS: usize = 254;

/// These fields as text, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperworkInput {
    /// Name or e-mail address of who is responsible.
    pub owner: String,
    /// The e-mail address that is reminded.
    pub reminder: String,
    /// Documents, one a line: `Order form = https://acme.example/order.pdf`.
    pub documents: String,
}

pub(super) fn read(input: &PaperworkInput, reader: &mut Reader) -> Paperwork {
    let owner = reader.text(Field::Owner, &input.owner);
    if owner.chars().any(char::is_control) {
        reader.refuse(Field::Owner, "must be one line");
    }
    let reminder = reader.read(Field::Reminder, parse_address(&input.reminder)).unwrap_or_default();
    let documents = reader.read(Field::Documents, parse_documents(&input.documents)).unwrap_or_default();
    Paperwork { owner, reminder, documents }
}

/// The text that makes exactly this.
pub fn to_paperwork_input(paperwork: &Paperwork) -> PaperworkInput {
    PaperworkInput {
        owner: paperwork.owner.clone(),
        reminder: paperwork.reminder.clone(),
        documents: documents_text(&paperwork.documents),
    }
}

/// Reads one e-mail address, or nothing. An error is a predicate.
pub fn parse_address(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    if text.len() > LONGEST_ADDRESS {
        return Err(format!("must have at most {LONGEST_ADDRESS} characters"));
    }
    let like = || format!("must be one e-mail address like mira@acme.example; \"{text}\" is none");
    let (name, domain) = text.rsplit_once('@').ok_or_else(like)?;
    let parts = |text: &str, allowed: fn(char) -> bool| {
        text.split('.').all(|part| !part.is_empty() && part.chars().all(allowed))
    };
    // What RFC 5321 allows without quotes, and letters of every language (RFC 6531).
    let in_name = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let in_domain = |c: char| c.is_alphanumeric() || c == '-';
    let hyphens = domain.split('.').any(|part| part.starts_with('-') || part.ends_with('-'));
    if parts(name, in_name) && domain.contains('.') && parts(domain, in_domain) && !hyphens {
        Ok(text.to_owned())
    } else {
        Err(like())
    }
}

/// Reads `Order form = https://acme.example/order.pdf`, a document a line. An error is a predicate.
pub fn parse_documents(text: &str) -> Result<Vec<Document>, String> {
    let documents = rows(text, document)?;
    if documents.len() > MOST_DOCUMENTS {
        return Err(format!("must be at most {MOST_DOCUMENTS}: keep a link to their folder instead"));
    }
    Ok(documents)
}

fn document(line: &str) -> Result<Document, String> {
    let like = "must be like Order form = https://acme.example/order.pdf";
    let (label, reference) = line.split_once('=').ok_or(like)?;
    let (label, reference) = (label.trim(), reference.trim());
    // A link alone may hold the sign, too.
    if label.contains("://") {
        return Err("needs a name before the link, like Order form = https://acme.example/order.pdf".to_owned());
    }
    if label.is_empty() || reference.is_empty() {
        return Err(like.to_owned());
    }
    if line.chars().any(char::is_control) {
        return Err("has a character that cannot be shown: take it out".to_owned());
    }
    if label.chars().count() > LONGEST_LABEL {
        return Err(format!("must have a name of at most {LONGEST_LABEL} characters"));
    }
    if reference.chars().count() > LONGEST_REFERENCE {
        return Err(format!("must have a link or path of at most {LONGEST_REFERENCE} characters"));
    }
    Ok(Document { label: label.to_owned(), reference: reference.to_owned() })
}

/// The text that makes exactly these documents.
pub fn documents_text(documents: &[Document]) -> String {
    let row = |document: &Document| format!("{} = {}", document.label, document.reference);
    documents.iter().map(row).collect::<Vec<_>>().join("\n")
}
