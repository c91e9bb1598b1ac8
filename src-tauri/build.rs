//! Prepares what `generate_context!` needs. Runs with the repository root as its working directory.

use std::path::Path;

fn main() {
    // A fresh clone has no ui/dist yet and `generate_context!` refuses to compile without it.
    let dist = Path::new("ui/dist");
    if !dist.join("index.html").exists() {
        let page = "<!doctype html><meta charset=utf-8><title>Seatledger</title><p>The UI is not built: run make run";
        if let Err(error) = std::fs::create_dir_all(dist).and_then(|()| std::fs::write(dist.join("index.html"), page)) {
            println!("cargo:warning=ui/dist could not be written: {error}");
        }
    }
    for path in ["ui/dist", "src-tauri/capabilities", "src-tauri/permissions"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*.toml"));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
