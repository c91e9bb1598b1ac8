//! Tables of a form (tiers, discounts, whom it pays for) in one cell of a file: rows are separated by semicolons, and a
//! semicolon within a row is written twice. And the columns that conditions have in every file.

/// The columns of a purchase's conditions, in files that are written and in files that are read.
pub(crate) const CONDITION_COLUMNS: [&str; 18] = [
    "shape",
    "tiers",
    "included",
    "extra",
    "packs",
    "discounts",
    "tax",
    "minimum_payment",
    "minimum_term",
    "overage",
    "true_up",
    "overage_proration",
    "uplift",
    "cap",
    "renewal_seats",
    "once",
    "pays_for",
    "fallback",
];

/// The columns of who is responsible for a purchase, and of its documents.
pub(crate) const PAPERWORK_COLUMNS: [&str; 3] = ["owner", "reminder", "documents"];

/// The rows of a form's field as one cell: "1-10: 9.00; 11+: 8.00".
pub(crate) fn in_one_cell(rows: &str) -> String {
    let lines = rows.lines().map(|line| line.trim().replace(';', ";;"));
    lines.collect::<Vec<_>>().join("; ")
}

/// A cell as the rows of a form's field; line ends separate rows too.
pub(crate) fn rows_of_cell(cell: &str) -> String {
    const LITERAL: char = '\u{1}';
    let rows = cell.replace(";;", &LITERAL.to_string()).replace(';', "\n");
    let lines = rows.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").replace(LITERAL, ";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_from_a_cell_with_their_semicolons() {
        for rows in ["1-10: 9.00\n11+: 8.00", "25% partner; gold\n5% of list", "10% a;;b;", ""] {
            assert_eq!(rows_of_cell(&in_one_cell(rows)), rows, "{rows}");
        }
        assert_eq!(in_one_cell("1-10: 9.00\n11+: 8.00"), "1-10: 9.00; 11+: 8.00");
        assert_eq!(rows_of_cell("1-10: 9.00;11+: 8.00 ;\n"), "1-10: 9.00\n11+: 8.00");
    }
}
