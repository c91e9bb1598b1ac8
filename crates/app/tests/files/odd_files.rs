//! Text files as they come: both ways to write amounts, impossible dates, wrong encodings, missing headings, 100,000 rows.

use std::fmt::Write as _;
use std::fs;

use app::view::import::ImportFate;

use crate::desk::APP;
use crate::import_desk::{HEADINGS, ImportDesk};

fn rows(lines: &[&str]) -> String {
    format!("{HEADINGS}{}\n", lines.join("\n"))
}

#[tokio::test]
async fn amounts_are_read_in_both_notations_and_doubts_are_told() {
    let desk = ImportDesk::new().await;
    let text = rows(&[
        "can-edit,50,\"1.234,50\",unit,year,2026-01-01,",
        "can-edit,51,\"1,234.50\",unit,year,2026-01-01,",
        "can-edit,52,$ 1 234.5,unit,year,2026-01-01,",
        "can-edit,53,\"1,234\",unit,year,2026-01-01,",
        "can-edit,54,€ 5,unit,year,2026-01-01,",
        "can-edit,55,-5,unit,year,2026-01-01,",
    ]);
    let file = desk.text(&text);
    let preview = file.preview();
    assert_eq!((preview.accepted, preview.refused, preview.doubtful), (4, 2, 1));
    let warning = &preview.rows[3].warnings[0];
    assert_eq!((warning.field.as_str(), warning.column), ("cost", Some(2)));
    assert_eq!(warning.message, "Cost is understood as $1,234.00.");
    assert!(preview.rows[4].problems[0].message.contains("says €, but the currency is USD"));
    assert_eq!(preview.rows[5].problems[0].message, "Cost must not be negative");
    file.apply(Some(preview.fingerprint)).unwrap();
    let mut costs: Vec<_> = desk.purchases().iter().map(|purchase| purchase.cost.clone().unwrap()).collect();
    costs.sort();
    assert_eq!(costs, ["1234", "1234.5", "1234.50", "1234.50"]);
}

#[tokio::test]
async fn a_chosen_decimal_mark_and_order_of_dates_settle_what_could_mean_two_things() {
    let desk = ImportDesk::new().await;
    let text = "Lizenztyp;Menge;Preis;je;Turnus;Beginn;Ende\ncan-edit;50;1.234;Lizenz;jährlich;1.4.2026;31.3.2027\n";
    let doubtful = desk.text(text).refusals();
    assert!(doubtful[0].1.iter().any(|reason| reason.contains("can be read as 4 Jan 2026 or as 1 Apr 2026")));
    let settled = desk.text(text).with(|options| {
        options.decimal_mark = ",".to_owned();
        options.date_order = "day-first".to_owned();
    });
    let preview = settled.preview();
    let row = &preview.rows[0];
    assert_eq!((&row.problems[..], &row.warnings[..]), (&[][..], &[][..]));
    let form = &row.form;
    assert_eq!([&form.from, &form.until, &form.every].map(String::as_str), ["2026-04-01", "2027-03-31", "year"]);
    assert!(row.sentence.as_ref().unwrap().starts_with("50 seats × $1,234.00 annually"), "{row:?}");
}

#[tokio::test]
async fn impossible_dates_and_quantities_are_refused_beside_their_cell() {
    let desk = ImportDesk::new().await;
    let refusals = desk
        .text(rows(&[
            "can-edit,50,9,unit,month,2026-02-30,",
            "can-edit,0,9,unit,month,2026-04-01,2026-03-31",
            ",50,9,unit,fortnight,2026-04-01,",
        ]))
        .refusals();
    assert_eq!(refusals[0].1, ["Effective date does not exist: February 2026 has 28 days"]);
    assert_eq!(refusals[1].1.len(), 2);
    assert!(refusals[1].1[1].starts_with("End date must not be before the effective date"), "{refusals:?}");
    assert!(refusals[2].1[0].starts_with("License type must not be empty"), "{refusals:?}");
    assert!(refusals[2].1[1].starts_with("Payment frequency must be one of"), "{refusals:?}");
    assert_eq!(refusals.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3, 4]);
}

#[tokio::test]
async fn the_encoding_is_detected_told_and_can_be_chosen() {
    let desk = ImportDesk::new().await;
    let text = rows(&["Zoë's plan,50,9,unit,month,2026-04-01,"]);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe".as_slice(), &wide].concat();
    let narrow: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (bytes, told) in [
        (text.clone().into_bytes(), "The text was read as UTF-8, as it has nothing else."),
        (marked, "The text was read as UTF-16 (little endian), by its byte order mark."),
        (narrow.clone(), "The text was read as Windows-1252, as it is not UTF-8."),
    ] {
        let preview = desk.text(&bytes).preview();
        assert_eq!(preview.rows[0].form.license_type, "Zoë's plan", "{told}");
        assert_eq!(preview.notes[0], told);
        assert_eq!(preview.new_license_types, ["Zoë's plan"]);
    }
    let wrong = desk.text(&narrow).with(|options| options.encoding = "utf-8".to_owned());
    assert_eq!(wrong.refused().0, "wrong-encoding");
    let mistaken = desk.text(&text).with(|options| options.encoding = "windows-1252".to_owned());
    assert_eq!(mistaken.preview().rows[0].form.license_type, "ZoÃ«'s plan", "as chosen, and seen in the preview");
}

#[tokio::test]
async fn a_file_without_known_headings_shows_its_rows_until_one_is_chosen() {
    let desk = ImportDesk::new().await;
    let text = "Kosten van licenties\nSoort,Aantal,Bedrag,Elk,Vanaf\ncan-edit,50,9,month,2026-04-01\n";
    let table = desk.text(text).open().unwrap();
    assert_eq!((table.header_row, table.columns.len(), table.rows), (None, 0, 0));
    assert!(table.problem.unwrap().starts_with("No row of headings was found among the first 30 rows."));
    assert_eq!(table.lines[1].cells[1], "Aantal");
    let file = desk.text(text).with(|options| options.header_row = Some(2));
    let table = file.open().unwrap();
    assert_eq!((table.header_row, table.rows, table.columns[2].heading.as_str()), (Some(2), 1, "Bedrag"));
    assert_eq!(table.columns[2].examples, ["9"]);
    let mut mapping = table.mapping;
    for (field, column) in [("license_type", 0), ("quantity", 1), ("cost", 2), ("every", 3), ("from", 4)] {
        mapping.iter_mut().find(|one| one.field == field).unwrap().column = Some(column);
    }
    "unit".clone_into(&mut mapping.iter_mut().find(|one| one.field == "per").unwrap().value);
    let preview = file.page(mapping.clone(), 0, 10).unwrap();
    assert_eq!((preview.accepted, preview.rows[0].form.per.as_str()), (1, "unit"));
    mapping[0].column = Some(7);
    assert_eq!(file.page(mapping, 0, 10).unwrap_err().code(), "wrong-mapping");
}

#[tokio::test]
async fn columns_that_fill_nothing_and_a_price_that_no_column_tells_are_said() {
    let desk = ImportDesk::new().await;
    let german = "Lizenztyp;Anzahl Lizenzen;Preis pro Lizenz;Listenpreis;Laufzeit;Vertragsbeginn;Ansprechpartner;Leer\n\
                  can-edit;50;9,00;12,00;12 Monate;2026-04-01;Mira;\n";
    let preview = desk.text(german).preview();
    assert_eq!((preview.accepted, preview.doubtful), (1, 0), "{:?}", preview.rows);
    let form = &preview.rows[0].form;
    assert_eq!((form.cost.as_str(), form.per.as_str(), form.every.as_str()), ("9,00", "unit", "year"));
    assert_eq!(preview.ignored_columns, ["Listenpreis", "Ansprechpartner"]);
    let both = "The columns \"Preis pro Lizenz\" and \"Listenpreis\" could both tell Cost: the first one is read.";
    assert_eq!(preview.warnings, [both]);
    let priceless =
        desk.text("License type,Quantity,Amount due,Every,From\ncan-edit,50,9,month,2026-04-01\n").preview();
    assert_eq!(priceless.ignored_columns, ["Amount due"]);
    assert!(priceless.warnings[0].starts_with("No column tells the price"), "{:?}", priceless.warnings);
}

#[tokio::test]
async fn a_row_of_totals_is_no_purchase() {
    let desk = ImportDesk::new().await;
    let totals = ["Grand total", "Summe:", "GESAMT", "Total"];
    let lines = totals.map(|word| format!("{word},57,16.00,unit,month,2026-04-01,"));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let preview = desk.text(rows(&lines)).preview();
    assert_eq!((preview.refused, preview.new_license_types.len()), (4, 0));
    let said = &preview.rows[0].problems[0].message;
    assert!(said.starts_with("\"Grand total\" looks like a row of totals"), "{said}");
    desk.window
        .purchase_save(&app::view::purchases::PurchaseSaveRequest {
            app: crate::desk::APP.to_owned(),
            id: None,
            form: app::view::purchases::PurchaseForm {
                license_type: "Total".to_owned(),
                ..preview.rows[0].form.clone()
            },
        })
        .unwrap();
    assert_eq!(desk.text(rows(&lines)).preview().refused, 3, "unless there is a license type of that name");
}

#[tokio::test]
async fn a_preview_tells_what_the_app_costs_before_and_after() {
    let desk = ImportDesk::new().await;
    let first = desk.text(identified(&["can-edit,50,9.00,unit,month,2025-04-01,2027-03-31,PO-1"]));
    let told = |file: &crate::import_desk::File<'_>| {
        file.preview().annual.map(|annual| [annual.before, annual.after].map(|figure| figure.because.result))
    };
    assert_eq!(told(&first).unwrap()[1], "$5,400.00");
    first.apply(None).unwrap();
    assert_eq!(told(&first), None, "nothing would change");
    let lines =
        ["can-edit,50,10.00,unit,month,2025-04-01,2027-03-31,PO-1", "Planner,1,1.00,unit,month,2025-04-01,,PO-2"];
    let second = desk.text(identified(&lines));
    assert_eq!(told(&second).unwrap(), ["$5,400.00", "$6,012.00"]);
    let later = second.page(second.mapping(), 1, 1).unwrap();
    assert_eq!(later.annual, None, "only with the first page");
    second.apply(None).unwrap();
    let spend = desk.window.spend(&app::view::apps::AppDayRequest { app: crate::desk::APP.to_owned(), as_of: None });
    assert_eq!(spend.unwrap().committed_annual.because.result, "$6,012.00", "as it was told");
}

#[tokio::test]
async fn nothing_is_entered_twice_unless_it_is_wanted() {
    let desk = ImportDesk::new().await;
    let line = "can-edit,50,9.00,unit,month,2026-04-01,2027-03-31";
    let file = desk.text(rows(&[line, line]));
    let preview = file.preview();
    assert_eq!((preview.accepted, preview.doubtful), (2, 1));
    assert_eq!(preview.rows[1].warnings[0].message, "The row says the same as row 2.");
    assert_eq!(file.apply(None).unwrap().added, 2);
    let again = file.preview();
    assert_eq!((again.same, again.accepted, again.refused, again.rows[0].purchase), (2, 0, 0, Some(1)));
    assert_eq!(again.rows[0].fate, ImportFate::Same);
    let again = desk.text(rows(&["Can-Edit,50,9,unit,month,2026-04-01,2027-03-31"]));
    assert_eq!(again.preview().same, 1, "9 and 9.00 are the same price");
    let done = again.apply(None).unwrap();
    assert_eq!((done.added, done.same, desk.purchases().len()), (0, 1, 2));
    let wanted = desk.file("costs.csv").with(|options| options.keep_duplicates = true);
    assert_eq!(wanted.apply(None).unwrap().added, 1);
}

#[tokio::test]
async fn a_file_that_changed_since_its_preview_is_not_imported() {
    let desk = ImportDesk::new().await;
    let file = desk.text(rows(&["can-edit,50,9,unit,month,2026-04-01,"]));
    let before = file.preview().fingerprint;
    let file = desk.text(rows(&["can-edit,500,9,unit,month,2026-04-01,"]));
    let error = file.apply(Some(before)).unwrap_err();
    assert_eq!((error.code(), desk.purchases().len()), ("file-changed", 0));
    assert!(error.hint().contains("preview"), "{}", error.hint());
}

#[tokio::test]
async fn refused_rows_are_saved_by_the_import_with_reasons_and_can_be_corrected_and_imported() {
    let desk = ImportDesk::new().await;
    let text = "License type,Quantity,Cost,Per,Every,From,Notes\n\
                can-edit,50,9,unit,month,2026-04-01,fine\n\
                can-edit,many,9,unit,month,2026-04-01,\"=cmd|' /C calc'!A0\"\n";
    let file = desk.text(text);
    let target = desk.path("rejected.csv");
    let done = file.apply_saving("rejected.csv").unwrap();
    assert_eq!((done.added, done.refused, done.saved), (1, 1, Some(target.display().to_string())));
    let written = fs::read_to_string(&target).unwrap();
    assert!(
        written.starts_with("License type,Quantity,Cost,Per,Every,From,Notes,reasons\r\ncan-edit,many,"),
        "{written}"
    );
    assert!(written.contains("'=cmd") && written.contains("Purchased quantity must be"), "{written}");
    fs::write(&target, written.replace("many", "7")).unwrap();
    let preview = desk.file("rejected.csv").preview();
    assert_eq!((preview.accepted, preview.rows[0].form.note.as_str()), (1, "=cmd|' /C calc'!A0"), "the text as it was");
}

#[tokio::test]
async fn a_hundred_thousand_rows_are_imported_at_once_and_one_more_is_refused() {
    let desk = ImportDesk::new().await;
    let mut text = HEADINGS.to_owned();
    for number in 1..=100_000 {
        writeln!(text, "can-edit,{number},9.00,unit,month,2026-04-01,2027-03-31").unwrap();
    }
    let file = desk.text(&text);
    assert_eq!(file.apply(None).unwrap().added, 100_000);
    let undone = desk.window.undo(&crate::desk::of_app()).unwrap();
    assert_eq!(undone.what.as_deref(), Some("Undone: Import 100000 purchases from costs.csv."));
    assert!(desk.purchases().is_empty());
    text.push_str(&"can-edit,1,9.00,unit,month,2026-04-01,\n".repeat(50));
    assert_eq!(desk.text(&text).refused(), ("file-too-large", "The table has more than 100,000 rows.".to_owned()));
}

#[tokio::test]
async fn what_is_no_table_is_refused_as_a_whole() {
    let desk = ImportDesk::new().await;
    assert_eq!(desk.text(b"\x89PNG\r\n\x1a\n\0\0\0").refused().0, "file-not-a-table");
    assert_eq!(desk.text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").refused().0, "file-not-a-table");
    assert_eq!(desk.text("").refused().1, "The file has no rows.");
    assert_eq!(desk.text(",,,\n,,\n").refused().1, "The file has no rows.");
    assert_eq!(desk.file("nowhere.csv").refused().0, "file-not-read");
    assert_eq!(desk.file("").refused().0, "file-not-read");
    let wide = format!("{HEADINGS}{}x\n", ",".repeat(300));
    assert_eq!(desk.text(wide).refused().1, "The table has more than 200 columns.");
    let long = format!("{HEADINGS}\"can-edit{}", ",50,9\n".repeat(9_000));
    assert!(desk.text(long).refused().1.starts_with("Row 2 has a cell with more than 32,767 characters"));
}

#[tokio::test]
async fn nothing_is_imported_when_the_refused_rows_cannot_be_saved() {
    let desk = ImportDesk::new().await;
    let text = rows(&["can-edit,50,9,unit,month,2026-04-01,", "can-edit,many,9,unit,month,2026-04-01,"]);
    let file = desk.text(&text);
    let nowhere = file.apply_saving("no such folder/refused.csv").unwrap_err();
    assert_eq!((nowhere.code(), desk.purchases().len()), ("file-not-written", 0));
    let itself = file.apply_saving("costs.csv").unwrap_err();
    assert_eq!((itself.code(), desk.purchases().len()), ("file-not-written", 0));
    assert!(itself.to_string().contains("replace the file that is imported"), "{itself}");
    assert_eq!(fs::read_to_string(desk.path("costs.csv")).unwrap(), text, "the file is as it was");
}

/// A file whose purchases have identifiers.
fn identified(lines: &[&str]) -> String {
    format!("License type,Quantity,Cost,Per,Every,From,Until,PO\n{}\n", lines.join("\n"))
}

#[tokio::test]
async fn a_second_import_tells_new_changed_and_same_rows_apart_and_corrects_in_the_same_act() {
    let desk = ImportDesk::new().await;
    let same = "view-only,7,1.00,unit,month,2026-04-01,,PO-1";
    let first = desk.text(identified(&["can-edit,50,9.00,unit,month,2026-04-01,2027-03-31,PO-1", same]));
    assert_eq!(first.apply(None).unwrap().added, 2);
    let second = desk.text(identified(&[
        same,
        "Can-Edit,60,9.50,unit,month,2026-04-01,2027-03-31,PO-1",
        "can-edit,5,9.00,unit,month,2026-05-01,,PO-1",
        "can-edit,some,9.00,unit,month,2026-05-01,,PO-2",
    ]));
    let preview = second.preview();
    assert_eq!((preview.new, preview.changed, preview.same, preview.refused), (1, 1, 1, 1));
    let fates: Vec<_> = preview.rows.iter().map(|row| (row.fate, row.purchase)).collect();
    let expected = [
        (ImportFate::Same, Some(2)),
        (ImportFate::Changed, Some(1)),
        (ImportFate::New, None),
        (ImportFate::Refused, None),
    ];
    assert_eq!(fates, expected);
    assert_eq!(preview.rows[1].changes, ["Purchased quantity: 50, now 60", "Cost: 9.00, now 9.50"]);
    assert!(preview.identity.contains("purchase identifier, license type and first day"), "{}", preview.identity);
    let done = second.apply(Some(preview.fingerprint)).unwrap();
    assert_eq!((done.added, done.changed, done.same, done.refused), (1, 1, 1, 1));
    let quantities = || desk.purchases().iter().map(|kept| (kept.id, kept.quantity)).collect::<Vec<_>>();
    let mut now = quantities();
    now.sort_unstable();
    assert_eq!(now, [(1, Some(60)), (2, Some(7)), (3, Some(5))]);
    let undone = desk.window.undo(&crate::desk::of_app()).unwrap();
    assert_eq!(undone.what.as_deref(), Some("Undone: Import 2 purchases, 1 of them changed from costs.csv."));
    let mut before = quantities();
    before.sort_unstable();
    assert_eq!(before, [(1, Some(50)), (2, Some(7))]);
}

#[tokio::test]
async fn what_a_file_does_not_tell_stays_as_it_is() {
    let desk = ImportDesk::new().await;
    let form = app::view::purchases::PurchaseForm {
        license_type: "can-edit".to_owned(),
        quantity: "50".to_owned(),
        cost: "9".to_owned(),
        per: "unit".to_owned(),
        every: "month".to_owned(),
        from: "2026-04-01".to_owned(),
        po: "PO-1".to_owned(),
        note: "Ask Mira".to_owned(),
        discounts: "10% partner".to_owned(),
        ..Default::default()
    };
    let request = app::view::purchases::PurchaseSaveRequest { app: APP.to_owned(), id: None, form };
    assert_eq!(desk.window.purchase_save(&request).unwrap().problems, Vec::new());
    let file = desk.text(identified(&["can-edit,50,9,unit,month,2026-04-01,,PO-1"]));
    assert_eq!((file.preview().same, file.preview().changed), (1, 0), "the file has no notes and no discounts");
    let file = desk.text(identified(&["can-edit,51,9,unit,month,2026-04-01,,PO-1"]));
    assert_eq!(file.apply(None).unwrap().changed, 1);
    let kept = desk.window.purchase_form(APP, 1).unwrap();
    assert_eq!(
        (kept.quantity.as_str(), kept.note.as_str(), kept.discounts.as_str()),
        ("51", "Ask Mira", "10% partner")
    );
}

#[tokio::test]
async fn rows_that_could_change_several_purchases_are_refused_and_those_without_identifier_are_new() {
    let desk = ImportDesk::new().await;
    let lines = ["can-edit,50,9,unit,month,2026-04-01,,PO-1", "can-edit,10,8,unit,month,2026-04-01,,PO-1"];
    let file = desk.text(identified(&lines));
    assert_eq!(file.apply(None).unwrap().added, 2, "two lines of one order");
    assert_eq!(file.preview().same, 2);
    let changed = desk.text(identified(&[lines[0], "can-edit,11,8,unit,month,2026-04-01,,PO-1"]));
    assert_eq!((changed.preview().same, changed.preview().changed), (1, 1), "the other line is the one that is left");
    let both = desk
        .text(identified(&["can-edit,51,9,unit,month,2026-04-01,,PO-1", "can-edit,11,8,unit,month,2026-04-01,,PO-1"]));
    assert_eq!((both.preview().refused, both.preview().changed), (2, 0));
    assert!(both.refusals()[0].1[0].contains("it cannot be told which one"), "{:?}", both.refusals());
    let nameless = desk.text(rows(&["can-edit,70,9,unit,month,2026-04-01,"]));
    assert_eq!((nameless.preview().new, nameless.preview().changed), (1, 0));
}

#[tokio::test]
async fn a_true_up_that_lies_in_another_part_of_its_contract_is_read_and_doubted() {
    let desk = ImportDesk::new().await;
    let headings = HEADINGS.replace('\n', ",Overage,True-up date\n");
    let file = desk.text(format!(
        "{headings}Can-Edit,45,10,unit,month,2026-11-01,2026-12-31,10,2026-09-01\n\
         Can-Edit,45,10,unit,month,2026-01-01,2026-12-31,10,2026-09-01\n"
    ));
    let preview = file.preview();
    let told = |row: usize| preview.rows[row].warnings.iter().map(|one| one.message.as_str()).collect::<Vec<_>>();
    assert!(preview.rows.iter().all(|row| row.problems.is_empty()), "as it is exported: {:?}", preview.rows);
    let doubt = "No day of this term: right only for a contract whose price changed within it.";
    assert!(told(0).contains(&doubt) && !told(1).contains(&doubt), "{:?} {:?}", told(0), told(1));
}
