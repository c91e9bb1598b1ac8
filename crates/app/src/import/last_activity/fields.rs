//! What a column of a file of last activity can tell, and what people and vendors call it in headings.

use super::super::called::plain;
use crate::view::import::ImportField;

/// What a column tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    UserId,
    UserName,
    Email,
    Last,
    Event,
    Actor,
}

/// One thing that a column can tell.
pub(super) struct Target {
    pub(super) tells: Tells,
    /// The name in requests.
    pub(super) name: &'static str,
    /// The name for people.
    pub(super) label: &'static str,
    /// What headings call it, in English, German and French, as [`plain`] leaves it.
    called: &'static [&'static str],
    /// Words within longer headings that call for it.
    within: &'static [&'static str],
}

/// All of them, in the order in which they are offered.
pub(super) const TARGETS: [Target; 6] = [
    Target {
        tells: Tells::UserId,
        name: "user_id",
        label: "User ID",
        called: &["userid", "actoruserid", "memberid", "actorid", "id", "benutzerid", "nutzerid", "idutilisateur"],
        within: &[],
    },
    Target {
        tells: Tells::UserName,
        name: "user_name",
        label: "User name",
        called: &[
            "username",
            "user",
            "login",
            "loginname",
            "accountname",
            "samaccountname",
            "actor",
            "benutzername",
            "benutzer",
            "anmeldename",
            "nomdutilisateur",
            "utilisateur",
        ],
        within: &[],
    },
    Target {
        tells: Tells::Email,
        name: "email",
        label: "E-mail",
        called: &[
            "email",
            "mail",
            "emailaddress",
            "mailaddress",
            "useremail",
            "useremailaddress",
            "primaryemail",
            "actoremail",
            "upn",
            "userprincipalname",
            "emailadresse",
            "mailadresse",
            "adresseemail",
            "adressemail",
            "courriel",
        ],
        within: &["emailaddr", "emailadr"],
    },
    Target {
        tells: Tells::Last,
        name: "last_activity",
        label: "Last activity",
        called: &[
            "lastactivity",
            "lastactive",
            "lastlogin",
            "lastlogon",
            "lastsignin",
            "lastseen",
            "lastused",
            "lastuse",
            "lastaccess",
            "lastevent",
            "letzteaktivitat",
            "letzteanmeldung",
            "letzterlogin",
            "zuletztaktiv",
            "derniereactivite",
            "derniereconnexion",
            "dernieracces",
            "eventtimestamp",
            "timestamp",
            "eventtime",
            "eventdate",
            "occurredat",
            "zeitstempel",
            "horodatage",
        ],
        within: &[
            "lastactiv",
            "lastlog",
            "lastsign",
            "lastseen",
            "lastused",
            "lastaccess",
            "letzteanmeld",
            "letzteaktiv",
        ],
    },
    Target {
        tells: Tells::Event,
        name: "event",
        label: "Event (of a log)",
        called: &["eventtype", "event", "eventname", "action", "ereignis", "evenement"],
        within: &[],
    },
    Target {
        tells: Tells::Actor,
        name: "actor_type",
        label: "Kind of actor (of a log)",
        called: &["actortype", "actorkind"],
        within: &[],
    },
];

/// Headings of a day that only a log has.
const OF_A_LOG: [&str; 8] =
    ["eventtimestamp", "timestamp", "eventtime", "eventdate", "occurredat", "zeitstempel", "horodatage", "datetime"];

/// The end of a heading that is a path, like `actor.actorEmail`, before all of it.
fn said(heading: &str) -> impl Iterator<Item = String> {
    let end = heading.rsplit(['.', '/', ':']).next().filter(|end| end.len() < heading.len());
    end.into_iter().chain([heading]).map(plain)
}

/// What a heading calls for, and whether it is its very name.
fn calls_for(heading: &str) -> Option<(Tells, bool)> {
    for short in said(heading).filter(|short| !short.is_empty()) {
        let named = |target: &&Target| plain(target.name) == short || target.called.contains(&short.as_str());
        if let Some(target) = TARGETS.iter().find(named) {
            return Some((target.tells, true));
        }
        let within = |target: &&Target| target.within.iter().any(|word| short.len() <= 40 && short.contains(word));
        if let Some(target) = TARGETS.iter().find(within) {
            return Some((target.tells, false));
        }
    }
    None
}

/// How many things the headings call for; 0 unless they tell who, and when.
pub(super) fn known(headings: &[String]) -> usize {
    let proposed = proposed(headings);
    let told = |tells: &[Tells]| proposed.iter().any(|(told, _)| tells.contains(told));
    if told(&[Tells::UserId, Tells::UserName, Tells::Email]) && told(&[Tells::Last]) { proposed.len() } else { 0 }
}

/// Each thing with the first column whose heading calls for it: those of its very name before others.
pub(super) fn proposed(headings: &[String]) -> Vec<(Tells, usize)> {
    let called: Vec<_> = headings.iter().map(|heading| calls_for(heading)).collect();
    let first = |tells: Tells, exact: bool| called.iter().position(|found| *found == Some((tells, exact)));
    let column =
        |target: &Target| Some((target.tells, first(target.tells, true).or_else(|| first(target.tells, false))?));
    TARGETS.iter().filter_map(column).collect()
}

/// As the screens offer them: when it was is needed, and one of those that tell who.
pub(super) fn views() -> Vec<ImportField> {
    let view = |target: &Target| ImportField {
        field: target.name.to_owned(),
        label: target.label.to_owned(),
        needed: target.tells == Tells::Last,
        needed_with: None,
    };
    TARGETS.iter().map(view).collect()
}

/// Whether a heading names the time of an event.
pub(super) fn is_of_a_log(heading: &str) -> bool {
    said(heading).any(|short| OF_A_LOG.contains(&short.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_vendors_and_people_find_what_they_tell() {
        for (heading, tells) in [
            ("Email", Some(Tells::Email)),
            ("actor.actorEmail", Some(Tells::Email)),
            ("actorUserId", Some(Tells::UserId)),
            ("User principal name", Some(Tells::Email)),
            ("User", Some(Tells::UserName)),
            ("Last sign-in date (UTC)", Some(Tells::Last)),
            ("lastLoginDate", Some(Tells::Last)),
            ("Letzte Anmeldung", Some(Tells::Last)),
            ("Dernière connexion", Some(Tells::Last)),
            ("eventTimestamp", Some(Tells::Last)),
            ("event.eventType", Some(Tells::Event)),
            ("actorType", Some(Tells::Actor)),
            ("accountId", None),
            ("Last modified", None),
            ("Last changed", None),
            ("Last name", None),
            ("Created", None),
            ("Department", None),
            ("", None),
        ] {
            assert_eq!(calls_for(heading).map(|(tells, _)| tells), tells, "{heading}");
        }
    }

    #[test]
    fn headings_must_tell_who_and_when() {
        let known = |headings: &[&str]| known(&headings.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        assert_eq!(known(&["Email", "Last login", "Department"]), 2);
        assert_eq!(known(&["Email", "Department"]), 0, "nothing tells when");
        assert_eq!(known(&["Last login", "Department"]), 0, "nothing tells who");
        assert!(is_of_a_log("eventTimestamp") && !is_of_a_log("Last login"));
    }
}
