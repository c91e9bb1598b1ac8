//! A desk with a file on it that is to be imported.

use std::fs;
use std::path::PathBuf;

use app::view::import::{
    ImportApplyRequest, ImportDone, ImportMapping, ImportOpenRequest, ImportOptions, ImportPreview,
    ImportPreviewRequest, ImportTable,
};
use app::view::purchases::PurchaseView;
use app::{Error, Seatledger};

use crate::desk::{APP, Desk, server, sync};

/// The headings of most files here.
pub const HEADINGS: &str = "License type,Quantity,Cost,Per,Every,From,Until\n";

pub struct ImportDesk {
    pub window: Seatledger,
    folder: tempfile::TempDir,
    _kept: (Desk, lucid_sim::Server),
}

impl ImportDesk {
    pub async fn new() -> Self {
        let server = server(10);
        let desk = Desk::new();
        let window = desk.connected(&server).await;
        sync(&window).await.unwrap();
        Self { window, folder: tempfile::tempdir().unwrap(), _kept: (desk, server) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A text file with these bytes, opened.
    pub fn text(&self, bytes: impl AsRef<[u8]>) -> File<'_> {
        fs::write(self.path("costs.csv"), bytes).unwrap();
        self.file("costs.csv")
    }

    pub fn file(&self, name: &str) -> File<'_> {
        File { desk: self, path: self.path(name).display().to_string(), options: ImportOptions::default() }
    }

    pub fn purchases(&self) -> Vec<PurchaseView> {
        self.window.purchases(APP).unwrap()
    }
}

/// A file with the options to read it by.
pub struct File<'a> {
    desk: &'a ImportDesk,
    path: String,
    pub options: ImportOptions,
}

impl File<'_> {
    pub fn with(mut self, choose: impl FnOnce(&mut ImportOptions)) -> Self {
        choose(&mut self.options);
        self
    }

    pub fn request(&self) -> ImportOpenRequest {
        ImportOpenRequest { app: APP.to_owned(), path: self.path.clone(), options: self.options.clone() }
    }

    pub fn open(&self) -> Result<ImportTable, Error> {
        self.desk.window.import_open(&self.request())
    }

    /// The mapping that is proposed.
    pub fn mapping(&self) -> Vec<ImportMapping> {
        self.open().unwrap().mapping
    }

    pub fn page(&self, mapping: Vec<ImportMapping>, offset: u64, limit: u32) -> Result<ImportPreview, Error> {
        self.asked(mapping, "", offset, limit)
    }

    fn asked(&self, mapping: Vec<ImportMapping>, only: &str, offset: u64, limit: u32) -> Result<ImportPreview, Error> {
        self.desk.window.import_preview(&ImportPreviewRequest {
            app: APP.to_owned(),
            path: self.path.clone(),
            options: self.options.clone(),
            mapping,
            only: only.to_owned(),
            offset,
            limit,
        })
    }

    /// The rows that one repair mends, or that are refused at all.
    pub fn only(&self, only: &str) -> ImportPreview {
        self.asked(self.mapping(), only, 0, 500).unwrap()
    }

    pub fn preview(&self) -> ImportPreview {
        self.page(self.mapping(), 0, 500).unwrap()
    }

    /// What each row is refused for, by its number; a row that is accepted has none.
    pub fn refusals(&self) -> Vec<(u64, Vec<String>)> {
        let told = |row: &app::view::import::ImportRow| {
            (row.row, row.problems.iter().map(|problem| problem.message.clone()).collect())
        };
        self.preview().rows.iter().map(told).collect()
    }

    pub fn apply(&self, fingerprint: Option<String>) -> Result<ImportDone, Error> {
        self.applied(fingerprint, None)
    }

    /// Imports it, with the refused rows in a file of their own.
    pub fn apply_saving(&self, target: &str) -> Result<ImportDone, Error> {
        self.applied(None, Some(self.desk.path(target).display().to_string()))
    }

    /// Imports it with this mapping.
    pub fn apply_as(&self, mapping: Vec<ImportMapping>) -> ImportDone {
        self.applied_as(mapping, None, None).unwrap()
    }

    fn applied(&self, fingerprint: Option<String>, refused_to: Option<String>) -> Result<ImportDone, Error> {
        self.applied_as(self.mapping(), fingerprint, refused_to)
    }

    fn applied_as(
        &self,
        mapping: Vec<ImportMapping>,
        fingerprint: Option<String>,
        refused_to: Option<String>,
    ) -> Result<ImportDone, Error> {
        self.desk.window.import_apply(&ImportApplyRequest {
            app: APP.to_owned(),
            path: self.path.clone(),
            options: self.options.clone(),
            mapping,
            fingerprint,
            refused_to,
        })
    }

    /// Why the file is refused as a whole.
    pub fn refused(&self) -> (&'static str, String) {
        let error = self.open().unwrap_err();
        assert!(!error.hint().is_empty());
        (error.code(), error.to_string())
    }
}
