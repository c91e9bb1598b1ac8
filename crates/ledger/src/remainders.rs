//! Which parts of a rounded whole got the smallest units that rounding down left over, in words.
//! Absent on purpose: sharing them out; `format` does.

use crate::adding::sum;
use crate::format::{counted, exact_amount, floored, sentence_amount, unit_of};
use crate::money::{Currency, Exact};

/// How the parts of a whole came to their shares.
pub(crate) struct Remainders {
    /// For each part, where its share is not exactly what it is.
    pub parts: Vec<Option<String>>,
    /// For the whole: whom the units left over went to.
    pub whole: Option<String>,
}

/// The words for parts that were shared out; `name` tells what a part is called.
pub(crate) fn remainders<'a>(
    exact: &[&Exact],
    shown: &[Exact],
    currency: Currency,
    name: impl Fn(usize) -> &'a str,
) -> Remainders {
    let unit = unit_of(currency);
    let floors: Vec<Exact> = exact.iter().map(|part| floored(part, currency)).collect();
    let over = (sum(shown) - sum(&floors)) / &unit;
    let over = u64::try_from(over.to_integer()).unwrap_or_default();
    let unit = sentence_amount(&unit, currency);
    let got = |index: usize| shown.get(index).zip(floors.get(index)).is_some_and(|(shown, floor)| shown > floor);
    let part = |index: usize| {
        let (exact, shown, floor) = (exact.get(index)?, shown.get(index)?, floors.get(index)?);
        if *exact == shown {
            return None;
        }
        let below = format!("Exactly {}: {} below it", exact_amount(exact, currency), sentence_amount(floor, currency));
        Some(match (got(index), over) {
            (true, 1) => format!("{below}, and the {unit} left over, for the largest remainder"),
            (true, _) => {
                format!("{below}, and {unit} of the {over} × {unit} left over, for one of the largest remainders")
            }
            (false, 0) => format!("{below}, and nothing is left over"),
            (false, 1) => format!("{below}; the {unit} left over goes elsewhere, to the largest remainder"),
            (false, _) => format!("{below}; the {over} × {unit} left over go elsewhere, to the largest remainders"),
        })
    };
    let who: Vec<&str> = (0..exact.len()).filter(|index| got(*index)).map(name).collect();
    let whole = (over > 0 && exact.len() > 1).then(|| {
        let go = if over == 1 { "goes" } else { "go" };
        let many = if over == 1 { unit.clone() } else { format!("{over} × {unit}") };
        let to = if over == 1 { "the largest remainder" } else { "the largest remainders" };
        format!("The parts rounded down leave {many} over, which {go} to {to}: {}", listed(&who))
    });
    Remainders { parts: (0..exact.len()).map(part).collect(), whole }
}

/// More names are told by their number.
const MOST_NAMES: usize = 8;

/// "Sales, Legal and People", "Sales, Legal and 7 more".
fn listed(names: &[&str]) -> String {
    let told = names.get(..MOST_NAMES).unwrap_or(names);
    let rest = u64::try_from(names.len().saturating_sub(told.len())).unwrap_or_default();
    match (told, rest) {
        ([], _) => String::new(),
        ([only], 0) => (*only).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (told, rest) => format!("{} and {}", told.join(", "), counted(rest, "other", "others")),
    }
}
