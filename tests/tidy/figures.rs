//! Every figure in the window opens how it is made: it is drawn by a part that asks for a reason, or it is listed here
//! with the reason why it opens nothing. Whoever writes a number on a screen must say which.

use super::holds;
use super::tree::{Source, sources};

/// The parts that draw figures with their reasons.
const OPENING: [&str; 3] = ["CountFigure.svelte", "FigureCells.svelte", "FigureValue.svelte"];

const TYPED: &str = "as a person typed it; the form opens beside it";
const LISTED: &str = "people or records counted off a list that stands beside it, one by one";
const RUNNING: &str = "how far something is, or how it went";
const AGAIN: &str = "said once more of a figure that opens right beside it";
const DRAWN: &str =
    "a value under the cursor of a chart: a click or Enter opens it, or it counts people off the roster";

/// Where numbers are written by hand: how often in each file, and why they open nothing.
const WRITTEN: [(&str, usize, &str); 61] = [
    ("charts/active-dates.ts", 5, DRAWN),
    ("charts/burn-plan.ts", 4, DRAWN),
    ("charts/changes.ts", 6, DRAWN),
    ("charts/seat-bar.ts", 4, AGAIN),
    ("charts/seat-plan.ts", 3, DRAWN),
    ("charts/seat-words.ts", 2, DRAWN),
    ("charts/spend-periods.ts", 1, DRAWN),
    ("charts/words.ts", 2, "ticks of an axis"),
    ("parts/MoreRows.svelte", 3, LISTED),
    ("screens/activity/Activity.svelte", 3, LISTED),
    ("screens/activity/ExportDialog.svelte", 3, LISTED),
    ("screens/activity/FilterMenu.svelte", 1, LISTED),
    ("screens/activity/Toolbar.svelte", 1, LISTED),
    ("screens/app-details/HeldMembers.svelte", 3, LISTED),
    ("screens/app-details/HeldRoster.svelte", 2, LISTED),
    ("screens/app-details/progress-words.ts", 9, RUNNING),
    ("screens/apps/Apps.svelte", 1, LISTED),
    ("screens/apps/AppsTable.svelte", 1, "days until a date that stands above them"),
    ("screens/connect/CountEveryone.svelte", 4, LISTED),
    ("screens/connect/LicenseSource.svelte", 2, RUNNING),
    ("screens/connect/LiveCounts.svelte", 4, RUNNING),
    ("screens/connect/ScimConnect.svelte", 3, LISTED),
    ("screens/connect/TestResult.svelte", 1, RUNNING),
    ("screens/connect/TokenField.svelte", 1, TYPED),
    ("screens/connect/counting.svelte.ts", 4, RUNNING),
    ("screens/export/FocusForm.svelte", 2, RUNNING),
    ("screens/export/TableExport.svelte", 1, RUNNING),
    ("screens/import/FileStep.svelte", 3, RUNNING),
    ("screens/import/ImportDialog.svelte", 6, LISTED),
    ("screens/import/RowsStep.svelte", 7, LISTED),
    ("screens/import/import-words.ts", 6, LISTED),
    ("screens/integration/FindingCases.svelte", 2, LISTED),
    ("screens/integration/GroupsSource.svelte", 1, RUNNING),
    ("screens/integration/RunDetails.svelte", 3, RUNNING),
    ("screens/integration/RunTable.svelte", 4, RUNNING),
    ("screens/integration/StageTable.svelte", 3, RUNNING),
    ("screens/integration/TaskTable.svelte", 3, LISTED),
    ("screens/integration/ValuesSource.svelte", 1, RUNNING),
    ("screens/integration/run-words.ts", 6, RUNNING),
    ("screens/integration/schedule-words.ts", 1, TYPED),
    ("screens/last-activity/ActivityDialog.svelte", 1, LISTED),
    ("screens/last-activity/ActivityFile.svelte", 2, LISTED),
    ("screens/last-activity/ActivityRows.svelte", 8, LISTED),
    ("screens/last-activity/ActivitySection.svelte", 3, LISTED),
    ("screens/last-activity/CountingForm.svelte", 1, TYPED),
    ("screens/last-activity/Reclaim.svelte", 1, "people counted off the roster: a click lists them"),
    ("screens/last-activity/activity-words.ts", 7, LISTED),
    ("screens/license-details/FeesSection.svelte", 1, TYPED),
    ("screens/license-details/InvoicesSection.svelte", 1, TYPED),
    ("screens/license-details/PurchasesTable.svelte", 3, TYPED),
    ("screens/license-details/TypesTable.svelte", 1, LISTED),
    ("screens/license-details/condition-words.ts", 2, TYPED),
    ("screens/license-details/purchase-words.ts", 1, TYPED),
    ("screens/mapping/MappingRowView.svelte", 2, LISTED),
    ("screens/mapping/MappingTable.svelte", 6, LISTED),
    ("screens/overview/Bases.svelte", 1, AGAIN),
    ("screens/overview/Headline.svelte", 2, AGAIN),
    ("screens/renewals/RenewalTable.svelte", 2, TYPED),
    ("screens/renewals/Renewals.svelte", 1, RUNNING),
    ("screens/settings/HeadcountSection.svelte", 1, TYPED),
    ("screens/settings/rates.ts", 1, LISTED),
];

/// Amounts that open by a button of their own.
const ASKED: [(&str, usize); 2] = [("screens/apps/AppsTable.svelte", 3), ("screens/spend/Spend.svelte", 2)];

/// How often a source writes an amount or a count as text.
fn written(source: &Source) -> usize {
    let calls = ["money(", "count(", "counted("];
    let starts = |at: usize| source.text.get(..at).and_then(|before| before.chars().last());
    let is_call = |at: &usize| starts(*at).is_none_or(|before| !before.is_alphanumeric() && before != '_');
    calls.iter().map(|call| source.text.match_indices(call).filter(|(at, _)| is_call(at)).count()).sum()
}

#[test]
fn every_figure_in_the_window_opens_how_it_is_made_or_says_why_not() {
    let mut breaches = Vec::new();
    let known = |path: &str| {
        let listed = WRITTEN.iter().map(|(file, number, _)| (*file, *number)).chain(ASKED);
        listed.filter(|(file, _)| path.ends_with(&format!("ui/src/{file}"))).map(|(_, number)| number).sum::<usize>()
    };
    let drawn = ["screens", "charts", "parts", "shell"];
    for source in drawn.iter().flat_map(|folder| sources(&format!("ui/src/{folder}"), &[".svelte", ".ts"])) {
        let opening = OPENING.iter().any(|part| source.path.ends_with(&format!("parts/{part}")));
        if opening || source.path.ends_with(".test.ts") {
            continue;
        }
        let (found, listed) = (written(&source), known(&source.path));
        if found != listed {
            breaches.push(format!("{} writes {found} numbers by hand, {listed} are known", source.path));
        }
    }
    holds(
        "Every figure opens its inputs, rule, arithmetic and rounding. Draw it with FigureValue, CountFigure or \
         FigureCells; where it is no result of arithmetic, list it in tests/tidy/figures.rs with the reason.",
        &breaches,
    );
}
