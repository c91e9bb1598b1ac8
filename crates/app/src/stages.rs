//! The stages of a reading: from the wire's journal into the history, and from there to the screens.

use connect::{Journal, ReadStage, StageRecord};
use store::RunStage;

use crate::view::sync::RunStageView;

pub(crate) fn kept(journal: &Journal) -> Vec<RunStage> {
    journal.stages().into_iter().map(stage).collect()
}

fn stage(record: StageRecord) -> RunStage {
    RunStage {
        key: record.stage.key().to_owned(),
        requests: record.requests,
        bytes: record.bytes,
        retries: record.retries,
        milliseconds: u64::try_from(record.took.as_millis()).unwrap_or(u64::MAX),
        detail: record.detail,
        completed: record.completed,
    }
}

pub(crate) fn views(stages: &[RunStage]) -> Vec<RunStageView> {
    stages.iter().map(view).collect()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a run are far below 2^52")]
fn view(stage: &RunStage) -> RunStageView {
    RunStageView {
        key: stage.key.clone(),
        label: label(&stage.key).to_owned(),
        requests: stage.requests,
        bytes: stage.bytes,
        retries: stage.retries,
        seconds: stage.milliseconds as f64 / 1_000.0,
        detail: stage.detail.clone(),
        completed: stage.completed,
    }
}

fn label(key: &str) -> &str {
    let known = ReadStage::ALL.into_iter().find(|stage| stage.key() == key);
    known.map_or(key, |stage| match stage {
        ReadStage::ServiceProvider => "What the server can do",
        ReadStage::Groups => "Groups",
        ReadStage::Licenses => "Licenses",
        ReadStage::Deactivated => "Deactivated users",
        ReadStage::Users => "Users",
        ReadStage::Missed => "Users no longer listed",
    })
}
