//! Saved what-if scenarios: kept as they were typed, understood anew whenever they are shown, and taken as the plan.

use ledger::{Purchase, Renewing};
use store::{Act, ActKind, App, Entry};

use crate::activity::Types;
use crate::error::{Error, Result};
use crate::scenario_form::{Ground, LONGEST_NAME, Understood, understand};
use crate::seatledger::{Rooms, Seatledger};
use crate::view::apps::AppRequest;
use crate::view::forecast::{
    ScenarioAdopted, ScenarioForm, ScenarioRequest, ScenarioSaveRequest, ScenarioSaved, ScenarioView,
};
use crate::view::problem::FieldProblem;
use crate::words::{self, counted};

const ALL_GO_ON: &str = "The scenario lets every term go on, which is no change of seats: choose those that renew by themselves, \
                         and say of each purchase whether it auto-renews.";

impl Seatledger {
    /// The saved scenarios by name.
    pub fn scenarios(&self, request: &AppRequest) -> Result<Vec<ScenarioView>> {
        self.saved(&self.app(&request.app)?)
    }

    /// Saves a scenario under its name, in place of one of the same name in whatever case.
    pub fn scenario_save(&self, request: &ScenarioSaveRequest) -> Result<ScenarioSaved> {
        let app = self.app(&request.app)?;
        let name = request.form.name.trim();
        let mut replaced = false;
        let mut problems = self.understood(&app, &request.form)?.problems;
        if let Some(message) = refused_name(name) {
            problems.insert(0, FieldProblem { field: "name".to_owned(), message });
        }
        if problems.is_empty() {
            let form = ScenarioForm { name: name.to_owned(), ..request.form.clone() };
            let body = serde_json::to_string(&form).map_err(|error| Error::Interrupted(error.to_string()))?;
            replaced = self.named(&app, name)?.is_some();
            let kind = if replaced { ActKind::Edit } else { ActKind::Add };
            let act = Act { app: Some(app.id), kind, words: None, at: self.now() };
            self.store.act(&act, &[Entry::SaveScenario { name: name.to_owned(), body }])?;
        }
        Ok(ScenarioSaved { problems, replaced, scenarios: self.saved(&app)? })
    }

    /// Takes the seats of a scenario as the plan: its purchases renew with them. One act, which Undo takes back.
    pub fn scenario_adopt(&self, request: &ScenarioRequest) -> Result<ScenarioAdopted> {
        let app = self.app(&request.app)?;
        let form = self.scenario(&request.app, &request.name)?;
        let Understood { scenario, problems, renewing, .. } = self.understood(&app, &form)?;
        let mut refused: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        if renewing == Renewing::All {
            refused.push(ALL_GO_ON.to_owned());
        }
        let planned = match ledger::plan(&scenario, &self.purchases_entered(app.id)?) {
            Ok(planned) => planned,
            Err(why) => {
                refused.extend(why.iter().map(ToString::to_string));
                Vec::new()
            }
        };
        if !refused.is_empty() {
            return Ok(ScenarioAdopted { planned: Vec::new(), problems: refused });
        }
        let words = format!("seats at renewal, as in the scenario {}", form.name);
        let act = Act { app: Some(app.id), kind: ActKind::Edit, words: Some(&words), at: self.now() };
        self.store.act(&act, &planned.iter().cloned().map(Entry::ReplacePurchase).collect::<Vec<_>>())?;
        let types = self.types(&app)?;
        let planned = planned.iter().map(|purchase| told(purchase, &types)).collect();
        Ok(ScenarioAdopted { planned, problems: Vec::new() })
    }

    /// Deletes a scenario.
    pub fn scenario_delete(&self, request: &ScenarioRequest) -> Result<Vec<ScenarioView>> {
        let app = self.app(&request.app)?;
        let name = self.scenario(&request.app, &request.name)?.name;
        let act = Act { app: Some(app.id), kind: ActKind::Delete, words: None, at: self.now() };
        self.store.act(&act, &[Entry::DeleteScenario(name)])?;
        self.saved(&app)
    }

    /// A saved scenario as it was typed.
    pub fn scenario(&self, app: &str, name: &str) -> Result<ScenarioForm> {
        let app = self.app(app)?;
        if let Some(found) = self.named(&app, name.trim())? {
            return Ok(found);
        }
        let known = self.forms(&app)?.into_iter().map(|form| form.name).collect();
        Err(Error::UnknownScenario { app: app.slug, asked: name.to_owned(), known })
    }
}

impl Rooms {
    fn forms(&self, app: &App) -> Result<Vec<ScenarioForm>> {
        let read = |(name, body): (String, String)| {
            // A body that a later version wrote keeps its name, so that it can be seen and deleted.
            let form: ScenarioForm = serde_json::from_str(&body).unwrap_or_default();
            ScenarioForm { name, ..form }
        };
        Ok(self.store.scenarios(app.id)?.into_iter().map(read).collect())
    }

    /// The scenario of this name in whatever case; where an earlier version kept two, the one in this case.
    fn named(&self, app: &App, name: &str) -> Result<Option<ScenarioForm>> {
        let folded = name.to_lowercase();
        let alike = self.forms(app)?.into_iter().filter(|form| form.name.to_lowercase() == folded);
        Ok(alike.max_by_key(|form| form.name == name))
    }

    fn saved(&self, app: &App) -> Result<Vec<ScenarioView>> {
        let view = |form: ScenarioForm| {
            let Understood { sentences, problems, .. } = self.understood(app, &form)?;
            Ok(ScenarioView { form, changes: sentences, problems })
        };
        self.forms(app)?.into_iter().map(view).collect()
    }

    pub(crate) fn understood(&self, app: &App, form: &ScenarioForm) -> Result<Understood> {
        let types = self.types(app)?;
        let facts = self.type_facts(app, &types, None)?;
        let purchases = self.purchases_entered(app.id)?;
        let today = self.today()?;
        Ok(understand(form, &Ground { today, types: &types, facts: &facts, purchases: &purchases }))
    }
}

/// "Purchase 1 (Can-Edit): 40 seats from 1 Apr 2027 on".
fn told(purchase: &Purchase, types: &Types) -> String {
    let known = types.0.iter().find(|known| known.key.as_str() == purchase.license_type);
    let name = known.map_or(purchase.license_type.as_str(), |known| known.name.as_str());
    let seats = counted(purchase.conditions.renewal.seats.unwrap_or_default().into(), "seat", "seats");
    let from = purchase.term.end.map(|end| format!(" from {} on", words::day(end))).unwrap_or_default();
    format!("Purchase {} ({name}): {seats}{from}", purchase.id.0)
}

fn refused_name(name: &str) -> Option<String> {
    match name.chars().count() {
        0 => Some("Name must not be empty: say what the scenario tries.".to_owned()),
        1..=LONGEST_NAME => None,
        _ => Some(format!("Name must have at most {LONGEST_NAME} characters.")),
    }
}
