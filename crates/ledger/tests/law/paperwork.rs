//! Who is responsible, who is reminded and where the documents are: what is refused, in words, and the way back.

use ledger::form::{PaperworkInput, parse, parse_address};
use ledger::{Document, Field, Paperwork, Purchase, PurchaseInput, duplicated, renewed, to_input};

use crate::make::{currency, purchase};

fn papers() -> Paperwork {
    let document = |label: &str, reference: &str| Document { label: label.to_owned(), reference: reference.to_owned() };
    Paperwork {
        owner: "Mira Okafor".to_owned(),
        reminder: "licenses@acme.example".to_owned(),
        documents: vec![
            document("Order form", "https://acme.example/order?id=1017&v=2"),
            document("Terms", "S:\\legal\\terms; 2026.pdf"),
        ],
    }
}

fn refused(paperwork: PaperworkInput) -> Vec<(Field, String)> {
    let input = PurchaseInput { paperwork, ..to_input(&purchase()) };
    let parsed = parse(&input, currency("USD"));
    assert_eq!(parsed.purchase.is_none(), !parsed.problems.is_empty());
    parsed.problems
}

#[test]
fn what_was_entered_comes_back_as_the_form_that_makes_it() {
    let bought = Purchase { paperwork: papers(), ..purchase() };
    let input = to_input(&bought);
    assert_eq!(
        input.paperwork.documents,
        "Order form = https://acme.example/order?id=1017&v=2\nTerms = S:\\legal\\terms; 2026.pdf"
    );
    let again = parse(&input, currency("USD")).purchase.unwrap();
    assert_eq!(again.paperwork, papers());
}

#[test]
fn a_reminder_goes_to_one_address() {
    for address in ["mira@acme.example", "a.b+c@x-y.co.uk", "größe@köln.example", "o'neil@acme.example", "  m@a.b ", ""]
    {
        assert_eq!(parse_address(address).as_deref(), Ok(address.trim()), "{address}");
    }
    for wrong in [
        "mira",
        "@acme.example",
        "mira@",
        "mira@acme",
        "mira@.example",
        "mira@acme.example.",
        "mira@-acme.example",
        ".mira@acme.example",
        "mira okafor@acme.example",
        "mira@acme.example, jo@acme.example",
        "Mira <mira@acme.example>",
        "mira@acme.example\nBCC:jo@acme.example",
        "mailto:mira@acme.example?x=/y",
    ] {
        let why = parse_address(wrong).unwrap_err();
        assert_eq!(why, format!("must be one e-mail address like mira@acme.example; \"{wrong}\" is none"));
    }
    let long = format!("{}@acme.example", "m".repeat(250));
    let problems = refused(PaperworkInput { reminder: long, ..PaperworkInput::default() });
    assert_eq!(problems, [(Field::Reminder, "Reminder address must have at most 254 characters".to_owned())]);
}

#[test]
fn a_document_has_a_name_and_says_where_it_is() {
    let of = |documents: &str| {
        let documents = documents.to_owned();
        let problems = refused(PaperworkInput { documents, ..PaperworkInput::default() });
        problems.into_iter().map(|(field, why)| format!("{}: {why}", field.name())).collect::<Vec<_>>()
    };
    assert_eq!(of("Order form=/srv/order.pdf\n\n Terms = x \n"), [] as [&str; 0]);
    let like = "must be like Order form = https://acme.example/order.pdf";
    for line in ["Order form", "Order form =", "= /srv/order.pdf"] {
        let line = line.trim();
        assert_eq!(of(line), [format!("documents: Documents row 1 (\"{line}\") {like}")]);
    }
    assert_eq!(
        of("Terms = x\nhttps://acme.example/a?b=c"),
        [
            "documents: Documents row 2 (\"https://acme.example/a?b=c\") needs a name before the link, like Order form = \
          https://acme.example/order.pdf"
        ]
    );
    assert!(of("Bell = a\u{7}b")[0].ends_with("has a character that cannot be shown: take it out"));
    assert!(of(&format!("{} = x", "n".repeat(101)))[0].ends_with("must have a name of at most 100 characters"));
    assert!(of(&format!("n = {}", "x".repeat(2001)))[0].ends_with("a link or path of at most 2000 characters"));
    let many = "n = x\n".repeat(51);
    assert_eq!(of(&many), ["documents: Documents must be at most 50: keep a link to their folder instead"]);
    assert_eq!(
        refused(PaperworkInput { owner: "Mira\tOkafor".to_owned(), ..PaperworkInput::default() }),
        [(Field::Owner, "Owner must be one line".to_owned())]
    );
}

#[test]
fn who_is_responsible_goes_along_with_a_renewal_and_a_copy() {
    let bought = Purchase { paperwork: papers(), ..purchase() };
    assert_eq!(renewed(&bought, None).unwrap().paperwork, papers());
    assert_eq!(duplicated(&bought).paperwork, papers());
}
