//! A disk that runs full in the middle of a sync: said in words, nothing lost, and all is well once there is room again.

#![cfg(target_os = "linux")]

use std::fs;

use lucid_sim::{Config, Server};
use serde_json::{Value, json};

use crate::bad_folders::with_mounts;
use crate::desk::{APP, Desk, Refusal, Told, finished, server};

/// Connects and reads, fills the disk, reads a larger roster, then makes room and reads again. Leaves one file a step.
const ON_A_SMALL_DISK: &str = r#"
mkdir -p "$SEATLEDGER_DATA_DIR" && mount -t tmpfs -o size=2m,mode=0700 small "$SEATLEDGER_DATA_DIR"
step() { name=$1; shift; set +e; "$SEATLEDGER" "$@" --json >"$HOME/$name.out" 2>"$HOME/$name.err"; echo $? >"$HOME/$name.code"; set -e; }
printf %s "$TOKEN" | step connect connect lucid --base-url "$BASE_URL" --token-stdin
step first sync
step before roster lucidchart
dd if=/dev/zero of="$SEATLEDGER_DATA_DIR/filler" bs=4096 2>/dev/null || true
step full sync
rm "$SEATLEDGER_DATA_DIR/filler"
mkdir "$HOME/stick" && mount -t tmpfs -o size=8k stick "$HOME/stick"
step export export lucidchart roster --format csv -o "$HOME/stick/roster.csv"
ls -A "$HOME/stick" >"$HOME/left"
step after roster lucidchart
step runs runs lucidchart
step again sync
step check check
"#;

fn step(desk: &Desk, name: &str) -> Told {
    let read = |ending: &str| fs::read_to_string(desk.home().join(format!("{name}.{ending}"))).unwrap();
    Told { code: read("code").trim().parse().ok(), stdout: read("out"), stderr: read("err") }
}

#[test]
fn a_full_disk_changes_nothing_and_is_said() {
    let server = Server::start(Config::of(120, 7)).unwrap();
    let desk = Desk::new();
    let script = format!("TOKEN={}\nBASE_URL={}\n{ON_A_SMALL_DISK}", server.token(), server.base_url());
    let Some(whole) = with_mounts(&desk, &script) else {
        return files_that_may_not_grow();
    };
    assert_eq!((whole.code, whole.stderr.as_str()), (Some(0), ""), "{whole:?}");
    for name in ["connect", "first", "before", "after", "again", "check"] {
        let told = step(&desk, name);
        assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{name}: {told:?}");
    }
    Refusal::of(&step(&desk, "full"), 6, "disk-full").says("Free some space");
    Refusal::of(&step(&desk, "export"), 1, "file-not-written").says("No partial file was left.");
    assert_eq!(fs::read_to_string(desk.home().join("left")).unwrap(), "", "neither the export nor a part of it");
    assert_eq!(step(&desk, "after").document(), step(&desk, "before").document());
    assert_eq!(step(&desk, "again").document()["members"], 120);
    assert_eq!(step(&desk, "check").document(), json!({"sound": true, "broken": []}));
    let runs = step(&desk, "runs").document();
    assert!(runs.as_array().unwrap().iter().all(|run: &Value| run["status"] != "running"), "{runs}");
}

/// Where nothing may be mounted, a limit on the size of files stands for the full disk.
fn files_that_may_not_grow() {
    let server = server(250);
    let desk = Desk::new();
    desk.connect(&server);
    let limited = desk.command(&[]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" sync --json", env!("CARGO_BIN_EXE_seatledger")]);
    command.env_clear().envs(limited.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let told = finished(command.spawn());
    assert_eq!(told.code, Some(6), "{told:?}");
    assert_eq!(desk.document(&["roster", APP]), json!([]));
    assert_eq!(desk.sync()["members"], 250);
    assert_eq!(desk.document(&["check"])["sound"], true);
}
