//! Purchases from a file: what is refused is said before anything is written, and can be saved to be corrected.

use std::fs;

use lucid_sim::{Config, Server};

use crate::axe;
use crate::desktop::elsewhere;
use crate::dragging::Drag;
use crate::keyboard::reaches;
use crate::main_job::connect;
use crate::window::Window;

const ROWS: &str = "License type,Quantity,Cost,Per,Currency,Payment frequency,Effective date,Purchase identifier
Can-Edit,20,9.00,unit,USD,Monthly,2026-01-01,PO-1
Can-Edit,many,9.00,unit,USD,Monthly,2026-02-01,PO-2
View-Only,5,1.50,unit,USD,Monthly,2026-01-01,PO-3
";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_a_wrong_row_adds_the_others_and_saves_that_one() {
    let server = Server::start(Config::of(40, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    let (file, refused) = (window.desk.room().join("costs.csv"), window.desk.room().join("refused.csv"));
    fs::write(&file, ROWS).expect("a file to import");
    window.click("tab-licenses").await;
    axe::from_every_side(&window, "License Details without purchases").await;
    window.click("import").await;
    window.fill("import-path", &file.display().to_string()).await;
    window.click("import-open").await;
    window.find("import-lines").await;
    axe::dialog_from_every_side(&window, "Import file").await;
    reaches(&window, &["import-path", "import-browse", "import-separator", "import-header-1", "import-next"]).await;
    window.click("import-next").await;
    window.find("import-mapping").await;
    axe::dialog_from_every_side(&window, "Import columns").await;
    window.click("import-next").await;
    window.reads("import-row-3", |text| text.contains("Refused") && text.contains("whole number")).await;
    window.reads("import-outcome", |text| text.contains("2 rows can be imported")).await;
    window.fill("import-target-path", &refused.display().to_string()).await;
    axe::dialog_from_every_side(&window, "Import rows").await;
    reaches(
        &window,
        &["import-save-refused", "import-target-path", "import-which", "import-duplicates", "import-finish"],
    )
    .await;
    let books = elsewhere(&window.desk.data_dir());
    assert_eq!(books.purchases("lucidchart").expect("the purchases"), [], "nothing is written before the last button");
    window.click("import-finish").await;
    window.is_gone("import-dialog").await;
    window.reads("toaster", |text| text.contains("Imported 2 purchases")).await;

    let mut orders: Vec<_> =
        books.purchases("lucidchart").expect("the purchases").into_iter().map(|one| one.form.po).collect();
    orders.sort();
    assert_eq!(orders, ["PO-1", "PO-3"]);
    let kept = fs::read_to_string(&refused).expect("the refused rows");
    assert!(kept.contains("PO-2") && !kept.contains("PO-1"), "the refused row, with its reason: {kept}");
    window.reads("purchases-table", |text| text.contains("PO-1") && text.contains("PO-3")).await;
    window.click("toast-action").await;
    window.find("no-purchases").await;
    window.nothing_was_blocked().await;
    window.close().await;
}

const OWN_WORDS: &str = "Artikel;Zahl;Preis;je;Start
Can-Edit;20;9,00;unit;2026-01-01
Can-Edit;30;9,00;unit;2026-02-01
";

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_file_opens_the_import_and_its_mapping_is_remembered() {
    let server = Server::start(Config::of(40, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    let (file, other) = (window.desk.room().join("costs.csv"), window.desk.room().join("more.csv"));
    fs::write(&file, OWN_WORDS).expect("a file to import");
    fs::write(&other, OWN_WORDS.replace("2026", "2027")).expect("another one");
    window.click("tab-licenses").await;
    window.find("no-purchases").await;

    let both = Drag::over(&window, &[&file, &other]);
    window.reads("import-drop", |text| text.contains("Drop one file at a time")).await;
    window.photograph("import-drop-several").await;
    both.fall();
    window.reads("toaster", |text| text.contains("2 files were dropped")).await;
    assert!(!window.is_shown("import-dialog").await);

    let one = Drag::over(&window, &[&file]);
    window.reads("import-drop", |text| text.contains("Drop costs.csv to import purchases")).await;
    window.photograph("import-drop").await;
    one.fall();
    window.find("import-lines").await;
    window.click("import-next").await;
    window.choose("import-column-license_type", "0").await;
    window.choose("import-column-quantity", "1").await;
    window.click("import-next").await;
    window.reads("import-repair-fill:every", |text| text.contains("2 rows: Payment frequency is missing")).await;
    axe::dialog_from_every_side(&window, "Import repairs").await;
    window.choose("import-mend-every", "month").await;
    window.reads("import-outcome", |text| text.contains("2 rows can be imported")).await;
    window.click("import-finish").await;
    window.is_gone("import-dialog").await;

    Drag::over(&window, &[&other]).fall();
    window.find("import-lines").await;
    window.click("import-next").await;
    window.reads("import-remembered", |text| text.contains("as for costs.csv, imported on")).await;
    axe::dialog_from_every_side(&window, "Import with a remembered mapping").await;
    assert_eq!(window.value("import-column-quantity").await, "1");
    window.click("import-fresh").await;
    window.is_gone("import-remembered").await;
    window.nothing_was_blocked().await;
    window.close().await;
}
