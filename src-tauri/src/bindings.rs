//! What is generated from the list of commands: the UI's map of names to types, the types themselves, and the
//! permission that lists every command. Written by `make bindings`, held by the tidy test.

use std::collections::BTreeSet;
use std::path::Path;

use ts_rs::{Config, ExportError, TS, TypeVisitor};

use crate::COMMANDS;

/// Where the UI keeps its generated types.
pub const TYPES_DIR: &str = "ui/src/ipc/gen";

/// The permission list, read by Tauri's build.
pub const PERMISSIONS_FILE: &str = "src-tauri/permissions/commands.toml";

/// The UI's map of command names to types.
pub fn commands_map() -> String {
    let Types { imports, commands, channels, .. } = Types::declared();
    let imports: Vec<_> = imports.iter().map(|name| format!("import type {{ {name} }} from './{name}';\n")).collect();
    [
        "// One list of commands in Rust yields this map: name → [request, response].\n",
        &imports.concat(),
        "\nexport interface Commands {\n",
        &commands.concat(),
        "}\n\nexport interface Channels {\n",
        &channels.concat(),
        "}\n",
    ]
    .concat()
}

/// Writes every type that a command takes or gives, and the map, into a folder.
pub fn write_types(dir: &Path) -> Result<(), ExportError> {
    let config = config().with_out_dir(dir);
    for export in Types::declared().exports {
        export(&config)?;
    }
    Ok(std::fs::write(dir.join("commands.ts"), commands_map())?)
}

/// The permission that allows the window every command of the list, and with it none that is not listed.
pub fn permissions() -> String {
    let names: Vec<_> = COMMANDS.iter().map(|command| format!("    \"{}\",\n", command.name)).collect();
    [
        "# Generated from the list of commands by `make bindings`.\n\n",
        "[[permission]]\nidentifier = \"commands\"\n",
        "description = \"Every command of the main window.\"\n",
        "commands.allow = [\n",
        &names.concat(),
        "]\n",
    ]
    .concat()
}

/// Counts cross as numbers, money as text: nothing here needs a bigint.
fn config() -> Config {
    Config::new().with_large_int("number")
}

type Export = fn(&Config) -> Result<(), ExportError>;

/// Collects the types of the commands as they are declared.
#[derive(Default)]
pub(crate) struct Types {
    imports: BTreeSet<String>,
    commands: Vec<String>,
    channels: Vec<String>,
    exports: Vec<Export>,
}

impl Types {
    fn declared() -> Self {
        let mut types = Self::default();
        for command in COMMANDS {
            (command.declare)(&mut types);
        }
        types
    }

    pub(crate) fn command<Request: TS + 'static, Response: TS + 'static>(&mut self, name: &str) {
        let (request, response) = (self.named::<Request>(), self.named::<Response>());
        self.commands.push(format!("  {name}: [{request}, {response}];\n"));
    }

    pub(crate) fn telling<Message: TS + 'static>(&mut self, name: &str) {
        let message = self.named::<Message>();
        self.channels.push(format!("  {name}: {message};\n"));
    }

    fn named<T: TS + 'static>(&mut self) -> String {
        self.visit::<T>();
        T::visit_generics(self);
        T::name(&config())
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            self.imports.insert(T::ident(&config()));
            self.exports.push(T::export_all);
        }
    }
}
