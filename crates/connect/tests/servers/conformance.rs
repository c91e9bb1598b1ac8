//! lucid-sim before testers that others wrote: they find what `tests/servers/lucid_sim_deviations.toml` lists.

use std::path::Path;
use std::process::Command;

use crate::peers::told;

#[test]
#[ignore = "needs scripts/others.sh"]
fn lucid_sim_deviates_from_the_standard_only_where_lucid_does() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/servers/conformance.py");
    let judged = Command::new(told("OTHERS_PYTHON")).arg(script).arg(told("LUCID_SIM")).output().expect("it runs");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(judged.status.success(), "{}{}", text(&judged.stdout), text(&judged.stderr));
}
