//! Names of invented people, from many places, and how they become the local part of an e-mail address.
//! Every pair of given and family name is used once before any is used again, so that addresses are unique by construction.

use super::draw::{Draw, Purpose};

#[rustfmt::skip]
pub const GIVEN: &[&str] = &[
    "Mira", "Tomás", "Aisha", "Lukas", "Ingrid", "Rafael", "Mei", "Oluwaseun", "Zoë", "Björn", "Priya", "Mateo",
    "Anouk", "Kwame", "Saoirse", "Dmitri", "Łucja", "Hiroshi", "Fatima", "Noah", "Élodie", "Jamal", "Søren", "Valentina",
    "Arjun", "Brigid", "Emre", "Chiara", "Jun", "Nadia", "Pádraig", "Amara", "Wouter", "Leila", "Xiu", "Stefan",
    "Imani", "Joaquín", "Freya", "Ravi", "Camille", "Tariq", "Åsa", "Diego", "Yuki", "Grace", "Vytautas", "Sofía",
    "Kofi", "Helena", "Minh", "René", "Tatiana", "Owen", "Farah", "Gustav", "Nkechi", "Marek", "Lin", "Beatriz",
    "Samir", "Eilidh", "Hugo", "Anjali", "Þóra", "Liam", "Zainab", "Kaito", "Petra", "Andrés", "Ngozi", "Felix",
    "Soledad", "Erik", "Roya", "Callum", "Ana", "Bogdan", "Chloé", "Devika", "Elif", "Francesca", "Goran", "Hana",
    "Isaac", "Jelena", "Kenji", "Lorenzo", "Maëlle", "Nikolai", "Orla", "Pavel", "Quinn", "Rosa", "Siobhán", "Theo",
    "Ulrike", "Vikram", "Wanjiru", "Yara", "Jean-Luc", "Anna-Lena", "Grzegorz", "Đorđe", "Thi", "Mary", "James", "Linda",
];

#[rustfmt::skip]
pub const FAMILY: &[&str] = &[
    "Okafor", "Lindqvist", "García", "Nakamura", "O'Brien", "Müller", "Patel", "Kowalczyk", "Nguyễn", "Silva", "Haddad",
    "Johansson", "Mensah", "Rossi", "Ivanova", "Chen", "van der Berg", "Fernández", "Yılmaz", "Dubois", "Adeyemi", "Novák",
    "Tanaka", "MacLeod", "Schröder", "Khan", "Bianchi", "Sørensen", "Reyes", "Petrov", "Ó Súilleabháin", "Wang", "Larsen",
    "Abebe", "Castro", "Weiss", "Kaur", "Popescu", "Hernández", "Smith", "Eriksson", "Diallo", "Moretti", "Kim", "Horváth",
    "Bergström", "Osei", "Almeida", "Zhang", "de la Cruz", "Jansen", "Rahman", "Lefèvre", "Murphy", "Nowak", "Sato",
    "Papadopoulos", "Núñez", "Baker", "Hoang", "Kovačević", "Jensen", "Mbeki", "Conti", "Lund", "Torres", "Fischer",
    "Singh", "Eze", "Marchetti", "Wójcik", "Iyer", "Barros", "Hughes", "Park", "Þórsdóttir", "Keller", "Suzuki", "Moreau",
    "Campbell", "Boateng", "Vargas", "Holm", "Ahmed", "Romano", "Tran", "Sokolov", "Peña", "Wilson", "Kimura", "Becker",
    "Mahlangu", "Virtanen", "Costa", "Shah", "Fraser", "Richter", "Salazar", "Östberg", "Li", "Mazur", "Grant", "Ferrari",
    "Nwosu", "Duarte", "Blanc", "Hansen", "Aydın", "Medina", "Vogel", "Rao", "Quist", "Byrne", "Simić", "Yamamoto",
    "Correia", "Lang", "Toure", "Gallagher", "Ricci", "Krüger", "Ortega", "Dahl", "Bakshi", "Leroy", "Kamau", "Stewart",
    "Hofmann", "Aguilar", "Nyström", "Žukauskas", "Cohen", "Amato", "Wagner", "Chowdhury", "Brandt", "Ruiz", "Fontaine",
    "Asante", "Olsen", "Vidal", "Huang", "Peters", "Mäkinen", "Das", "Rivera", "Scholz", "Kelly",
];

/// Second given names.
#[rustfmt::skip]
pub const MIDDLE: &[&str] = &[
    "Marie", "José", "Ann", "Kwesi", "Elisabeth", "Luis", "Rose", "Chinedu", "Jane", "Karim", "Sofie", "Paul",
    "Louise", "Van", "Anders", "Grace", "Ignacio", "K.", "May", "René",
];

/// The given and family name of a person, and how often the pair was used before.
pub fn pair(seed: u64, index: u32) -> (&'static str, &'static str, u32) {
    let (givens, families) = (length(GIVEN), length(FAMILY));
    let pairs = givens * families;
    let place = index % pairs;
    let (mut given, mut family) = (place / families, place % families);
    // A Feistel network over the two lists: it shuffles the pairs without ever making one twice.
    for round in 0..3 {
        given = (given + Draw::new(seed, family + 1000 * round, Purpose::Pairing).below(givens)) % givens;
        family = (family + Draw::new(seed, given + 1000 * round + 500, Purpose::Pairing).below(families)) % families;
    }
    (GIVEN[given as usize], FAMILY[family as usize], index / pairs)
}

fn length(list: &[&str]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// Appends a name in plain lower-case letters, as an address has it.
pub fn fold_into(folded: &mut String, name: &str) {
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' => folded.push(letter),
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' => folded.push('a'),
            'ç' | 'č' | 'ć' => folded.push('c'),
            'đ' => folded.push('d'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ễ' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ñ' | 'ń' => folded.push('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => folded.push('o'),
            'š' | 'ś' => folded.push('s'),
            'ú' | 'ù' | 'û' | 'ü' => folded.push('u'),
            'ý' => folded.push('y'),
            'ž' | 'ź' | 'ż' => folded.push('z'),
            'þ' => folded.push_str("th"),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn folded(name: &str) -> String {
        let mut folded = String::new();
        fold_into(&mut folded, name);
        folded
    }

    #[test]
    fn every_letter_of_every_name_has_a_plain_form() {
        for name in GIVEN.iter().chain(FAMILY) {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert!(folded(name).len() >= letters, "{name} became {}", folded(name));
        }
    }

    #[test]
    fn plain_forms_are_unique_within_a_list() {
        for list in [GIVEN, FAMILY] {
            let plain: HashSet<String> = list.iter().map(|name| folded(name)).collect();
            assert_eq!(plain.len(), list.len(), "two names of a list fold to the same letters");
        }
    }

    #[test]
    fn every_pair_of_names_comes_once_before_any_comes_again() {
        let pairs = length(GIVEN) * length(FAMILY);
        let seen: HashSet<_> = (0..pairs).map(|index| pair(7, index)).collect();
        assert_eq!(seen.len(), pairs as usize);
        assert_eq!(pair(7, pairs).2, 1, "the first person after the last pair is the second of their name");
    }
}
