//! Whom a finding concerns, with what each source told of them.

use roster::{Case, FindingCode, LicenseKey};

use crate::activity::Types;
use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::sync::{CaseView, CasesRequest, SourceWord};

impl Seatledger {
    /// Whom the findings of the newest roster that was read concern, or one of them: at most 1,000 of each.
    pub fn finding_cases(&self, request: &CasesRequest) -> Result<Vec<CaseView>> {
        let app = self.app(&request.app)?;
        let code = request.code.as_deref().map(known).transpose()?;
        let types = self.types(&app)?;
        let cases = self.store.finding_cases(app.id)?.into_iter();
        Ok(cases.filter(|case| code.is_none_or(|code| case.code == code)).map(|case| view(case, &types)).collect())
    }
}

fn known(code: &str) -> Result<FindingCode> {
    let found = FindingCode::ALL.into_iter().find(|known| known.code() == code);
    found.ok_or_else(|| Error::NotAllowed { value: code.to_owned(), expected: "the code of a finding" })
}

fn view(case: Case, types: &Types) -> CaseView {
    let told: Vec<SourceWord> = case.told.iter().map(|(source, says)| word(source, says, types)).collect();
    let said: Vec<String> = told.iter().map(|word| format!("{} {}", word.source, word.says)).collect();
    CaseView {
        code: case.code.code().to_owned(),
        id: case.id,
        user_name: case.user_name,
        email: case.email,
        told,
        sentence: said.join(", "),
    }
}

/// A source in people's words, and what it told: a license type by its name.
fn word(source: &str, says: &str, types: &Types) -> SourceWord {
    let called = match source {
        "rest" => "REST API",
        "record" => "record",
        "group" => "groups",
        _ => source,
    };
    let license = LicenseKey::new(says).filter(|_| source != "value");
    let named = license.as_ref().and_then(|key| types.of(key)).map(|known| known.name.clone());
    SourceWord { source: called.to_owned(), says: named.unwrap_or_else(|| says.to_owned()) }
}
