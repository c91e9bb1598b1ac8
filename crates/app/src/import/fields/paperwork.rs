//! What a column can say of who is responsible for a purchase, and of its documents, by the names of [`PAPERWORK_COLUMNS`].

use ledger::Field;

use super::Target;

pub(super) const PAPERWORK: [Target; 3] = [
    Target {
        name: "owner",
        field: Field::Owner,
        called: &[
            "owner",
            "contractowner",
            "businessowner",
            "responsible",
            "administrator",
            "verantwortlich",
            "verantwortliche",
            "verantwortlicher",
            "responsable",
        ],
        fill: |form, text| form.paperwork.owner = text,
        example: "Mira Okafor",
    },
    Target {
        name: "reminder",
        field: Field::Reminder,
        called: &["reminder", "reminderemail", "remindto", "erinnerung", "erinnerungan", "rappel"],
        fill: |form, text| form.paperwork.reminder = text,
        example: "licenses@acme.example",
    },
    Target {
        name: "documents",
        field: Field::Documents,
        called: &["documents", "document", "attachments", "links", "dokumente", "unterlagen", "piecesjointes"],
        fill: |form, text| form.paperwork.documents = crate::condition_rows::rows_of_cell(&text),
        example: "Order form = https://acme.example/order-1017.pdf",
    },
];

#[cfg(test)]
mod tests {
    use super::PAPERWORK;
    use crate::condition_rows::PAPERWORK_COLUMNS;

    #[test]
    fn every_column_of_the_paperwork_can_be_read() {
        assert_eq!(PAPERWORK.map(|target| target.name), PAPERWORK_COLUMNS);
    }
}
