//! The seed of the hashes that members' rows are compared by. Every database has its own: whoever can write into a roster
//! cannot look for two rows that are taken for the same.

use roster::{MemberRef, Packed};
use rusqlite::{Connection, Row, Transaction, params};
use rusqlite_migration::HookResult;

use crate::staged::row_hash;

/// Whoever left is no longer compared.
const MEMBERS: &str = "
    SELECT m.member, m.status, m.id, m.user_name, m.email, m.given_name, m.middle_name, m.family_name, m.display_name, t.key,
        d.text, c.text, g.text, p.text, m.created, m.last_modified
    FROM member AS m LEFT JOIN license_type AS t ON t.license = m.license
        LEFT JOIN word AS d ON d.word = m.department LEFT JOIN word AS c ON c.word = m.cost_center
        LEFT JOIN word AS g ON g.word = m.groups LEFT JOIN word AS p ON p.word = m.products
    WHERE m.status < 2";

/// The database's seed.
pub(crate) fn of(connection: &Connection) -> rusqlite::Result<u64> {
    let seed: i64 = connection.prepare_cached("SELECT seed FROM row_seed")?.query_row((), |row| row.get(0))?;
    Ok(seed.cast_unsigned())
}

/// Hashes every member's row as a sync that reads the same would: who did not change is not taken for changed.
pub(crate) fn hash_anew(writing: &Transaction<'_>) -> HookResult {
    let seed = of(writing)?;
    let mut hashes: Vec<(i64, [u8; 16])> = Vec::new();
    let mut asking = writing.prepare(MEMBERS)?;
    let mut members = asking.query(())?;
    while let Some(member) = members.next()? {
        let mut packed = Packed::default();
        packed.push(&read(member)?);
        hashes.push((member.get(0)?, row_hash(packed.bytes(), seed).1));
    }
    let mut update = writing.prepare("UPDATE member SET hash = ?2 WHERE member = ?1")?;
    for (member, hash) in hashes {
        update.execute(params![member, hash])?;
    }
    Ok(())
}

fn read<'a>(member: &'a Row<'_>) -> rusqlite::Result<MemberRef<'a>> {
    let text = |column: usize| Ok::<_, rusqlite::Error>(member.get_ref(column)?.as_str_or_null()?);
    Ok(MemberRef {
        id: text(2)?.unwrap_or_default(),
        user_name: text(3)?.unwrap_or_default(),
        email: text(4)?,
        given_name: text(5)?,
        middle_name: text(6)?,
        family_name: text(7)?,
        display_name: text(8)?,
        license: text(9)?,
        department: text(10)?,
        cost_center: text(11)?,
        groups: text(12)?,
        products: text(13)?,
        created: member.get(14)?,
        last_modified: member.get(15)?,
        active: member.get::<_, i64>(1)? == 0,
    })
}
