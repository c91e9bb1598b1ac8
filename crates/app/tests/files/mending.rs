//! Refused rows by the repair that they need, and mappings that are remembered for files of one layout.

use app::view::apps::AppRequest;
use app::view::import::{ImportMapping, ImportRemedy};

use crate::desk::APP;
use crate::import_desk::{HEADINGS, ImportDesk};

const MIXED: &str = "License type,Quantity,Cost,Per,Every,From,Until
can-edit,50,9.00,unit,month,2026-04-01,
can-edit,51,9.00,unit,,2026-04-01,
can-edit,52,9.00,unit,,04/05/2026,
can-edit,53,9.00,unit,,04/06/2026,
can-edit,many,9.00,unit,month,2026-04-01,
Total,206,36.00,unit,month,2026-04-01,
";

fn set(mapping: &mut [ImportMapping], field: &str, column: Option<u32>, value: &str) {
    let one = mapping.iter_mut().find(|one| one.field == field).unwrap();
    (one.column, one.value) = (column, value.to_owned());
}

#[tokio::test]
async fn rows_are_grouped_by_what_mends_them_and_a_row_of_two_faults_is_told_with_both() {
    let desk = ImportDesk::new().await;
    let file = desk.text(MIXED);
    let preview = file.preview();
    let told: Vec<_> = preview
        .repairs
        .iter()
        .map(|repair| (repair.repair.as_str(), repair.remedy, repair.rows, repair.told.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("fill:every", ImportRemedy::Value, 3, "Rows 3–5"),
            ("date-order:from", ImportRemedy::DateOrder, 2, "Rows 4, 5"),
            ("take-out:license_type", ImportRemedy::File, 1, "Row 7"),
            ("correct:quantity", ImportRemedy::File, 1, "Row 6"),
        ]
    );
    assert_eq!(
        preview.repairs[0].sentence,
        "3 rows: Payment frequency is missing – fill in the empty cells, or choose one value for them all."
    );
    let of = |only: &str| file.only(only).rows.iter().map(|row| row.row).collect::<Vec<_>>();
    assert_eq!(of("fill:every"), [3, 4, 5]);
    assert_eq!(of("refused"), [3, 4, 5, 6, 7]);
    assert_eq!(of("correct:cost"), [0; 0]);
}

#[tokio::test]
async fn one_value_and_one_order_of_dates_mend_their_rows() {
    let desk = ImportDesk::new().await;
    let mended = desk.text(MIXED).with(|options| options.date_order = "day-first".to_owned());
    let mut mapping = mended.mapping();
    set(&mut mapping, "every", Some(4), "year");
    let preview = mended.page(mapping, 0, 500).unwrap();
    let left: Vec<_> = preview.repairs.iter().map(|repair| repair.repair.as_str()).collect();
    assert_eq!(left, ["take-out:license_type", "correct:quantity"]);
    assert_eq!((preview.rows[2].form.every.as_str(), preview.rows[2].form.from.as_str()), ("year", "2026-05-04"));
    assert_eq!(preview.rows[0].form.every, "month", "what the file says stays");
}

#[tokio::test]
async fn a_field_without_a_column_asks_for_one() {
    let desk = ImportDesk::new().await;
    let preview = desk.text("License type,Quantity,Cost,Every,From\ncan-edit,5,9,month,2026-04-01\n").preview();
    assert_eq!(
        preview.repairs[0].sentence,
        "1 row: Per is missing – choose a column for it, or one value for all rows."
    );
}

#[tokio::test]
async fn a_quantity_is_missing_also_where_it_is_said_not_to_be_unlimited() {
    let desk = ImportDesk::new().await;
    let row = "License type,Quantity,Unlimited,Cost,Per,Every,From\ncan-edit,,no,9,unit,month,2026-04-01\n";
    assert_eq!(desk.text(row).preview().repairs[0].repair, "fill:quantity");
}

#[tokio::test]
async fn many_purchases_of_one_identity_are_told_shortly() {
    let desk = ImportDesk::new().await;
    let rows = |cost: &str| {
        let row = |quantity| format!("can-edit,{quantity},{cost},unit,month,2026-04-01,,PO-7\n");
        format!("{},PO\n{}", HEADINGS.trim_end(), (1..=12).map(row).collect::<String>())
    };
    let all = desk.text(rows("9")).with(|options| options.keep_duplicates = true);
    assert_eq!(all.apply(None).unwrap().added, 12);
    let preview = desk.text(rows("10")).preview();
    assert_eq!((preview.refused, preview.repairs[0].repair.as_str()), (12, "tell-apart:po"));
    let message = &preview.rows[0].problems[0].message;
    assert!(message.contains("and 7 more has this purchase identifier"), "{message}");
}

#[tokio::test]
async fn a_mapping_that_people_chose_is_offered_for_the_next_file_with_the_same_headings() {
    let desk = ImportDesk::new().await;
    let first = desk.text("Artikel,Zahl,Preis,Turnus,Start\ncan-edit,50,9,monatlich,1.4.2026\n");
    assert!(first.open().unwrap().remembered.is_none());
    let mut mapping = first.mapping();
    set(&mut mapping, "license_type", Some(0), "");
    set(&mut mapping, "quantity", Some(1), "");
    set(&mut mapping, "per", None, "unit");
    let day_first = first.with(|options| options.date_order = "day-first".to_owned());
    day_first.page(mapping.clone(), 0, 10).unwrap();
    assert!(day_first.open().unwrap().remembered.is_none(), "looking remembers nothing");
    assert_eq!(day_first.apply_as(mapping.clone()).added, 1);

    let next = desk.text(" artikel ,ZAHL,Preis,Turnus,Start\ncan-edit,60,9,monatlich,1.5.2026\n");
    let opened = next.open().unwrap();
    let remembered = opened.remembered.unwrap();
    assert_eq!((remembered.file.as_str(), remembered.date_order.as_str()), ("costs.csv", "day-first"));
    assert!(remembered.sentence.starts_with("The columns are mapped as for costs.csv, imported on "));
    assert_eq!(opened.mapping, mapping);
    let other = desk.text("Artikel,Zahl,Preis,Turnus,Beginn\ncan-edit,60,9,monatlich,2026-05-01\n");
    assert!(other.open().unwrap().remembered.is_none(), "other headings, another layout");

    let next = desk.text(" artikel ,ZAHL,Preis,Turnus,Start\ncan-edit,60,9,monatlich,1.5.2026\n");
    let fresh = desk.window.import_mapping_forget(&next.request()).unwrap();
    assert!(fresh.remembered.is_none() && fresh.mapping != mapping);
    assert!(next.open().unwrap().remembered.is_none(), "it is forgotten");
}

#[tokio::test]
async fn what_the_headings_call_for_anyway_is_not_remembered() {
    let desk = ImportDesk::new().await;
    let file = desk.text(format!("{HEADINGS}can-edit,50,9,unit,month,2026-04-01,\n"));
    let mut mapping = file.mapping();
    set(&mut mapping, "currency", None, "EUR");
    file.apply_as(mapping);
    assert!(file.open().unwrap().remembered.is_some());
    let proposed = desk.window.import_mapping_forget(&file.request()).unwrap().mapping;
    file.apply_as(proposed);
    assert!(file.open().unwrap().remembered.is_none());
    assert!(
        desk.window.undoable(&AppRequest { app: APP.to_owned() }).unwrap().undo.is_some(),
        "only what was imported is in the log"
    );
}
