//! Computes reasons once more, from nothing but the words that people read: the arithmetic gives the result, rounded as is
//! said; sums are the sums of their parts; and a sentence that is no arithmetic is one of a few that are known.
//! It shares no code with what it checks.
#![allow(clippy::string_slice, reason = "places come from looking for characters; a test that cuts wrongly fails")]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

/// One step of a reason, as text.
#[derive(Debug, Clone)]
pub struct Step {
    pub label: String,
    pub result: String,
    pub rule: String,
    pub arithmetic: String,
    pub rounding: Option<String>,
    pub parts: Vec<Step>,
}

/// What a sentence without arithmetic makes of it.
enum Says {
    /// Nothing: what was entered, or counted elsewhere.
    Input,
    /// A known 0.
    Nothing,
    /// The sum of the steps below.
    Parts,
}

/// The sentences that stand where there is nothing to compute.
const SENTENCES: [(&str, Says); 25] = [
    ("The sum of ", Says::Parts),
    ("Nothing in this period", Says::Nothing),
    ("Nothing to add", Says::Nothing),
    ("Nothing that has a price", Says::Nothing),
    ("Nothing is known yet", Says::Input),
    ("Not billable", Says::Nothing),
    ("Marked as free", Says::Nothing),
    ("No purchase in force", Says::Nothing),
    ("No license type is known", Says::Nothing),
    ("Paid per account only", Says::Nothing),
    ("No billable license type has a limit", Says::Input),
    ("No cost was entered", Says::Input),
    ("No payment can be computed", Says::Input),
    ("The seats are unlimited", Says::Input),
    ("Unlimited seats for a lot price", Says::Input),
    ("Prices in ", Says::Input),
    ("From ", Says::Input),
    ("Dated ", Says::Input),
    ("As entered", Says::Input),
    ("As said, from ", Says::Input),
    ("Counted on the roster ", Says::Input),
    ("The roster has not been read", Says::Input),
    ("Every price of the one before", Says::Input),
    ("The first payment from ", Says::Input),
    ("Payments due from ", Says::Parts),
];

/// Everything in the reason that does not compute, as sentences; empty where all does.
pub fn faults(step: &Step) -> Vec<String> {
    let mut found: Vec<String> = step.parts.iter().flat_map(faults).collect();
    for (missing, what) in [(step.label.is_empty(), "label"), (step.rule.is_empty(), "rule")] {
        if missing {
            found.push(format!("a step has no {what}: {step:?}"));
        }
    }
    if let Err(why) = recounted(step) {
        found.push(format!("{} = {}: {} [{:?}]: {why}", step.label, step.result, step.arithmetic, step.rounding));
    }
    found
}

fn recounted(step: &Step) -> Result<(), String> {
    // A day, a price for each account of nobody knows how many, or no figure at all.
    let Some(result) = Number::whole(&step.result) else { return Ok(()) };
    let mut computed = computed(step)?;
    let shown = &result.value;
    // Decimals that go on: what is computed with those that are told comes as near as the shown ones.
    let near = |value: &BigRational| (value - shown).abs() * scale(result.decimals) <= BigRational::one();
    if step.arithmetic.contains('…') && computed.as_ref().is_some_and(near) {
        computed = Some(shown.clone());
    }
    match step.rounding.as_deref().map(Rounding::read) {
        None => match &computed {
            Some(computed) if computed != shown => Err(format!("computes to {computed}")),
            _ => Ok(()),
        },
        Some(None) => Err("the rounding cannot be read".to_owned()),
        Some(Some(Rounding::Who)) => match &computed {
            Some(computed) if computed != shown => Err(format!("computes to {computed}, and is not rounded")),
            _ => Ok(()),
        },
        Some(Some(Rounding::Whole { exact, even, vague })) => {
            let near = rounded(&exact, result.decimals, even);
            if !vague && near != *shown {
                return Err(format!("{exact} is rounded to {near}"));
            }
            match &computed {
                Some(computed) if !vague && *computed != exact && computed != shown => {
                    Err(format!("computes to {computed}, neither the exact amount nor the one shown"))
                }
                _ => Ok(()),
            }
        }
        Some(Some(Rounding::Share { exact, floor, more, vague })) => {
            let unit = BigRational::one() / scale(result.decimals);
            let below = (&exact / &unit).floor() * &unit;
            let given = if more { &floor + &unit } else { floor.clone() };
            if !vague && (below != floor || given != *shown) {
                return Err(format!("{exact} is {below} and {floor} is told; {given} is what was given"));
            }
            match &computed {
                Some(computed) if !vague && *computed != exact && computed != shown => {
                    Err(format!("computes to {computed}, neither the exact share nor the one shown"))
                }
                _ => Ok(()),
            }
        }
    }
}

/// What the arithmetic says, where it says a number; checks the parts of a plain sum on the way.
fn computed(step: &Step) -> Result<Option<BigRational>, String> {
    let text = step.arithmetic.as_str();
    let result = Number::whole(&step.result).map(|number| number.value);
    if text.is_empty() {
        return Err("nothing says how it is made".to_owned());
    }
    if text.contains("nothing a year") || text.contains("marked as free") || text.contains("that is not billable") {
        return Ok(Some(BigRational::zero()));
    }
    if let Some((_, says)) = SENTENCES.iter().find(|(sentence, _)| text.starts_with(sentence)) {
        return Ok(match says {
            Says::Input => None,
            Says::Nothing => Some(BigRational::zero()),
            Says::Parts => Some(step.parts.iter().filter_map(exact).sum()),
        });
    }
    if let Some((from, suggested)) = text.split_once(" = ") {
        return suggestion(from, suggested, result);
    }
    if let Some((need, _)) = text.split_once(", rounded up to ") {
        let need = evaluated(need)?;
        return if result.as_ref().is_some_and(|sold| *sold >= need) {
            Ok(None)
        } else {
            Err("rounded down".to_owned())
        };
    }
    let value = evaluated(text)?;
    plain_sum(text, step)?;
    Ok(Some(value))
}

/// "166 engaged accounts + 10% = 183, rounded up to …".
fn suggestion(from: &str, suggested: &str, result: Option<BigRational>) -> Result<Option<BigRational>, String> {
    let (accounts, percent) = from.split_once(" + ").ok_or("no buffer")?;
    let [accounts, percent] = [evaluated(accounts)?, evaluated(percent)?];
    let wanted = (accounts * (BigRational::one() + percent)).ceil();
    let told = evaluated(suggested.split(',').next().unwrap_or_default())?;
    match result {
        _ if wanted != told => Err(format!("makes {wanted}, not {told}")),
        Some(result) if result < told => Err("fewer seats than are wanted".to_owned()),
        _ => Ok(None),
    }
}

/// Every term of a sum of bare amounts is the result of a step below, where there are any.
fn plain_sum(text: &str, step: &Step) -> Result<(), String> {
    let terms: Option<Vec<BigRational>> = text
        .split(" + ")
        .map(|term| evaluated(term).ok().filter(|_| !term.contains(" − ") && !term.contains(" × ") && bare(term)))
        .collect();
    let mut left: Vec<&Step> = step.parts.iter().filter(|part| Number::whole(&part.result).is_some()).collect();
    let Some(terms) = terms.filter(|_| !left.is_empty()) else { return Ok(()) };
    for term in terms {
        let shown = |part: &&Step| Number::whole(&part.result).is_some_and(|number| number.value == term);
        let found = left.iter().position(|part| shown(part) || exact(part).as_ref() == Some(&term));
        match found {
            Some(at) => drop(left.remove(at)),
            None => return Err(format!("no step below makes {term}")),
        }
    }
    Ok(())
}

/// An amount and nothing else; it may be told as a division.
fn bare(term: &str) -> bool {
    term.split(" ÷ ").all(|piece| Number::whole(piece).is_some_and(|number| number.words.is_empty()))
}

/// What the step is before it was rounded.
fn exact(step: &Step) -> Option<BigRational> {
    match step.rounding.as_deref().and_then(Rounding::read) {
        Some(Rounding::Whole { exact, .. } | Rounding::Share { exact, .. }) => Some(exact),
        _ => match evaluated(&step.arithmetic) {
            Ok(value) => Some(value),
            Err(_) => Number::whole(&step.result).map(|number| number.value),
        },
    }
}

enum Rounding {
    Whole {
        exact: BigRational,
        even: bool,
        vague: bool,
    },
    Share {
        exact: BigRational,
        floor: BigRational,
        more: bool,
        vague: bool,
    },
    /// The amount is exact; it is only told who got what rounding its parts left over.
    Who,
}

impl Rounding {
    fn read(text: &str) -> Option<Self> {
        let first = text.split(". ").next()?;
        let vague = first.contains('…');
        if first.starts_with("The parts rounded down leave ") {
            return Some(Self::Who);
        }
        if let Some((how, from)) = first.split_once(" from ").filter(|(how, _)| how.starts_with("Rounded half ")) {
            let even = how.ends_with("to even");
            return Some(Self::Whole { exact: evaluated(&from.replace('…', "")).ok()?, even, vague });
        }
        let (exact, rest) = first.strip_prefix("Exactly ")?.split_once(": ")?;
        let (floor, what) = rest.split_once(" below it")?;
        let (exact, floor) = (evaluated(&exact.replace('…', "")).ok()?, evaluated(floor).ok()?);
        Some(Self::Share { exact, floor, more: what.starts_with(", and ") && what.contains("left over, for"), vague })
    }
}

fn rounded(value: &BigRational, decimals: u32, even: bool) -> BigRational {
    let units = value.abs() * scale(decimals);
    let half = BigRational::new(BigInt::one(), BigInt::from(2));
    let below = units.floor();
    let rest = &units - &below;
    let odd = !(below.to_integer() % BigInt::from(2)).is_zero();
    let up = rest > half || (rest == half && (!even || odd));
    let near = (if up { below + BigRational::one() } else { below }) / scale(decimals);
    if value.is_negative() { -near } else { near }
}

fn scale(decimals: u32) -> BigRational {
    BigRational::from_integer(BigInt::from(10).pow(decimals))
}

/// A number as it is written: "$1,200.50", "−CHF 3.00", "24 seats", "9 14/31 months", "10%".
struct Number {
    value: BigRational,
    decimals: u32,
    /// What follows.
    words: String,
}

impl Number {
    /// The whole text is one number with words, and no further digits.
    fn whole(text: &str) -> Option<Self> {
        let number = Self::read(text)?;
        let percent = text.contains('%');
        (!number.words.contains(|c: char| c.is_ascii_digit()) && !percent).then_some(number)
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let code =
            text.split_once(' ').filter(|(code, _)| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
        let text = code.map_or(text, |(_, amount)| amount);
        let text = text.trim_start_matches(|c: char| !c.is_ascii_digit() && !c.is_alphabetic() && c != '(' && c != ' ');
        let text = text.strip_prefix("R$").unwrap_or(text);
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len());
        let written = text[..end].trim_end_matches([',', '.']);
        let (digits, decimals) =
            (written.replace(',', ""), written.split_once('.').map_or(0, |(_, after)| after.len()));
        let number: BigInt = digits.replace('.', "").parse().ok()?;
        let decimals = u32::try_from(decimals).ok()?;
        let mut value = BigRational::from_integer(number) / scale(decimals);
        let mut words = &text[written.len()..];
        // "2/3", and "9 14/31".
        if let Some(under) = words.strip_prefix('/') {
            let (under, rest) = leading(under)?;
            value /= BigRational::from_integer(under);
            words = rest;
        } else if let Some((over, rest)) = words.strip_prefix(' ').and_then(leading)
            && let Some((under, rest)) = rest.strip_prefix('/').and_then(leading)
        {
            value += BigRational::new(over, under);
            words = rest;
        }
        if let Some(rest) = words.strip_prefix('%') {
            value /= BigRational::from_integer(BigInt::from(100));
            words = rest;
        }
        let value = if negative { -value } else { value };
        Some(Self { value, decimals, words: words.trim().to_owned() })
    }
}

fn leading(text: &str) -> Option<(BigInt, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Computes what is written, × and ÷ before + and −.
fn evaluated(text: &str) -> Result<BigRational, String> {
    if let Some((value, most)) = text.split_once(", at most ") {
        let [value, most] = [evaluated(value)?, evaluated(most)?];
        return Ok(if value.abs() > most.abs() { most } else { value });
    }
    if let Some((value, least)) = text.split_once(", 0 at least") {
        return if least.is_empty() { Ok(evaluated(value)?.max(BigRational::zero())) } else { Err("odd".to_owned()) };
    }
    // "1 Oct 2026 to 15 Oct 2026: …" says for which days.
    let text = text.split_once(": ").map_or(text, |(_, arithmetic)| arithmetic);
    let text = without_remarks(text);
    let mut sum = BigRational::zero();
    let mut sign = BigRational::one();
    let mut rest = text.as_str();
    loop {
        let (term, next) = cut(rest, &[" + ", " − "]);
        sum += &sign * product(term)?;
        let Some((operator, more)) = next else { return Ok(sum) };
        sign = if operator == " + " { BigRational::one() } else { -BigRational::one() };
        rest = more;
    }
}

fn product(text: &str) -> Result<BigRational, String> {
    let (first, mut next) = cut(text, &[" × ", " ÷ "]);
    let mut value = factor(first)?;
    while let Some((operator, more)) = next {
        let (one, then) = cut(more, &[" × ", " ÷ "]);
        let by = factor(one)?;
        if operator == " ÷ " && by.is_zero() {
            return Err("divides by nothing".to_owned());
        }
        value = if operator == " × " { value * by } else { value / by };
        next = then;
    }
    Ok(value)
}

fn factor(text: &str) -> Result<BigRational, String> {
    let text = text.trim();
    if let Some(inside) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return evaluated(inside);
    }
    Number::read(text).map(|number| number.value).ok_or_else(|| format!("\"{text}\" is no number"))
}

/// What stands before the first of the operators that is not inside of parentheses, the operator, and what follows.
fn cut<'a>(text: &'a str, operators: &[&'static str]) -> (&'a str, Option<(&'static str, &'a str)>) {
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                if let Some(operator) = operators.iter().find(|operator| text[at..].starts_with(**operator)) {
                    return (&text[..at], Some((operator, &text[at + operator.len()..])));
                }
            }
            _ => {}
        }
    }
    (text, None)
}

/// Parentheses that hold no arithmetic say where a rate comes from.
fn without_remarks(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |close| open + close + 1);
        let inside = &rest[open..close];
        kept.push_str(&rest[..open]);
        if inside.contains(" × ") || inside.contains(" + ") {
            kept.push_str(inside);
        }
        rest = &rest[close..];
    }
    kept.push_str(rest);
    kept.trim_end().to_owned()
}

#[cfg(test)]
mod itself {
    use super::*;

    fn one(result: &str, arithmetic: &str, rounding: Option<&str>) -> Step {
        let rounding = rounding.map(str::to_owned);
        let [label, rule, result, arithmetic] = ["x", "a rule", result, arithmetic].map(str::to_owned);
        Step { label, result, rule, arithmetic, rounding, parts: Vec::new() }
    }

    #[test]
    fn what_computes_has_no_fault_and_what_does_not_has_one() {
        for (result, arithmetic, rounding) in [
            ("$5,400.00", "50 seats × $9.00 × 12", None),
            ("$33.33", "$100.00 ÷ 3 seats", Some("Rounded half up from $100.00 ÷ 3")),
            ("CHF 0.02", "CHF 0.025", Some("Rounded half to even from CHF 0.025")),
            (
                "$28.34",
                "$85.00 ÷ 3",
                Some("Exactly $85.00 ÷ 3: $28.33 below it, and the $0.01 left over, for the largest remainder"),
            ),
            ("0 seats", "10 seats − 12 members, 0 at least", None),
            ("-$5.00", "$10.00 − $15.00", None),
            ("$110.00", "€100.00 × 1.1 (ECB, 20 Nov 2026)", None),
            ("$140.00", "$105.00 × 12 ÷ 9 months", None),
            ("$150.00", "1 Apr 2026 to 15 Apr 2026: 15 ÷ 30 days × $300.00", None),
            ("$4.50", "($45.00 × 10%) × 1", None),
            ("31 Mar 2027", "30 Apr 2027 − 30 days", None),
            ("24 seats", "21 engaged accounts + 10% = 24, rounded up to blocks of 12", None),
        ] {
            assert_eq!(faults(&one(result, arithmetic, rounding)), Vec::<String>::new());
        }
        for (result, arithmetic, rounding) in [
            ("$5,400.01", "50 seats × $9.00 × 12", None),
            ("$33.33", "$100.00 ÷ 3 seats", None),
            ("$33.34", "$100.00 ÷ 3 seats", Some("Rounded half up from $100.00 ÷ 3")),
            ("CHF 0.03", "CHF 0.025", Some("Rounded half to even from CHF 0.025")),
            (
                "$28.34",
                "$85.00 ÷ 3",
                Some(
                    "Exactly $85.00 ÷ 3: $28.33 below it; the $0.01 left over goes elsewhere, to the largest remainder",
                ),
            ),
            ("$5.00", "Because it is so", None),
            ("$5.00", "Nothing in this period", None),
            ("$5.00", "", None),
        ] {
            assert_ne!(faults(&one(result, arithmetic, rounding)), Vec::<String>::new(), "{result} = {arithmetic}");
        }
        let mut sum = one("$30.00", "$10.00 + $20.00", None);
        sum.parts = vec![one("$10.00", "$10.00", None), one("$20.00", "$20.00", None)];
        assert_eq!(faults(&sum), Vec::<String>::new());
        sum.parts[1] = one("$21.00", "$21.00", None);
        assert_ne!(faults(&sum), Vec::<String>::new(), "a part that is not in the sum");
    }
}
