//! The rows that a new roster writes: members, their spells, what changed. Each is a prepared statement.

use roster::{ChangeKind, MemberRef};
use rusqlite::{Connection, OptionalExtension, Statement, params};

use crate::StoreError;
use crate::activity_counts::Shifts;
use crate::apps::AppId;
use crate::belonging::{Belonging, Keeping};
use crate::change_log::number_of;
use crate::fates::Fate;
use crate::moves::{Move, Moves, Place};
use crate::words::{WordKind, Words};

/// The roster that is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    pub(crate) app: AppId,
    pub(crate) run: i64,
    pub(crate) day: i64,
    /// The last roster was of the same day.
    pub(crate) same_day: bool,
    /// It is the app's first roster.
    pub(crate) founding: bool,
    /// The run of the app's first roster, if it was before this one.
    pub(crate) founded: Option<i64>,
    /// What a new license type is until a person says otherwise.
    pub(crate) new_types_billable: bool,
}

/// Writes it.
pub(crate) struct Writing<'a> {
    turn: Turn,
    words: Words<'a>,
    moves: Moves<'a>,
    add: Statement<'a>,
    update: Statement<'a>,
    leave: Statement<'a>,
    note: Statement<'a>,
    close: Statement<'a>,
    reopen: Statement<'a>,
    last_end: Statement<'a>,
    belongings: Keeping<'a>,
    activity: Shifts<'a>,
}

const ADD: &str =
    "INSERT INTO member (member, app, id, hash, status, license, since, founder, department, cost_center, groups,
        products, created, last_modified, user_name, email, given_name, middle_name, family_name, display_name)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
const UPDATE: &str = "UPDATE member SET hash = ?2, status = ?3, license = ?4, since = ?5, left_on = NULL, founder = ?6,
        department = ?7, cost_center = ?8, groups = ?9, products = ?10, created = ?11, last_modified = ?12, user_name = ?13,
        email = ?14, given_name = ?15, middle_name = ?16, family_name = ?17, display_name = ?18
    WHERE member = ?1";
const LEAVE: &str = "UPDATE member SET status = 2, since = NULL, left_on = ?2 WHERE member = ?1";
const NOTE: &str = "INSERT INTO change (run, member, kind, from_license, to_license) VALUES (?1, ?2, ?3, ?4, ?5)";
const CLOSE: &str = "INSERT INTO assignment (member, from_day, until_day, license, active) VALUES (?1, ?2, ?3, ?4, ?5)";
const REOPEN: &str = "DELETE FROM assignment WHERE member = ?1 AND until_day = ?2 AND license = ?3 AND active = ?4
    RETURNING from_day";
const LAST_END: &str = "SELECT max(until_day) FROM assignment WHERE member = ?1";

impl<'a> Writing<'a> {
    pub(crate) fn new(writing: &'a Connection, turn: Turn) -> Result<Self, StoreError> {
        Ok(Self {
            turn,
            words: Words::new(writing, turn.app, turn.new_types_billable),
            moves: Moves::new(writing, turn.app),
            add: writing.prepare(ADD)?,
            update: writing.prepare(UPDATE)?,
            leave: writing.prepare(LEAVE)?,
            note: writing.prepare(NOTE)?,
            close: writing.prepare(CLOSE)?,
            reopen: writing.prepare(REOPEN)?,
            last_end: writing.prepare(LAST_END)?,
            belongings: Keeping::new(writing, turn.day, turn.same_day)?,
            activity: Shifts::new(writing, turn.app)?,
        })
    }

    pub(crate) fn moves(&self) -> &[Move] {
        self.moves.all()
    }

    /// Counts the members who moved where they are now, by their last activity.
    pub(crate) fn keep_activity(&self, writing: &Connection) -> Result<(), StoreError> {
        self.activity.keep(writing, self.turn.app)
    }

    /// Adds a member who was never listed before.
    pub(crate) fn add(&mut self, number: i64, member: &MemberRef<'_>, hash: [u8; 16]) -> Result<(), StoreError> {
        let after = self.place(member)?;
        let kind = self.moves.add(None, after)?;
        let founder = self.turn.founding && kind == Some(ChangeKind::Joined);
        let (words, turn) = (&mut self.words, self.turn);
        self.add.execute(params![
            number,
            turn.app.0,
            member.id,
            hash,
            after.status,
            after.license,
            turn.day,
            founder,
            words.number(WordKind::Department, member.department)?,
            words.number(WordKind::CostCenter, member.cost_center)?,
            words.number(WordKind::Groups, member.groups)?,
            words.number(WordKind::Products, member.products)?,
            member.created,
            member.last_modified,
            member.user_name,
            member.email,
            member.given_name,
            member.middle_name,
            member.family_name,
            member.display_name,
        ])?;
        match kind {
            Some(kind) if !founder => self.note(number, kind, None, after),
            _ => Ok(()),
        }
    }

    /// Brings a member up to date who is listed.
    pub(crate) fn update(&mut self, fate: &Fate, member: &MemberRef<'_>, hash: [u8; 16]) -> Result<(), StoreError> {
        let after = self.place(member)?;
        let belonging = self.belonging(member)?;
        self.keep_belonging(fate, belonging)?;
        let (founder, since) = self.moved(fate, after)?;
        let words = &mut self.words;
        self.update.execute(params![
            fate.member,
            hash,
            after.status,
            after.license,
            since,
            founder,
            belonging.department,
            belonging.cost_center,
            words.number(WordKind::Groups, member.groups)?,
            words.number(WordKind::Products, member.products)?,
            member.created,
            member.last_modified,
            member.user_name,
            member.email,
            member.given_name,
            member.middle_name,
            member.family_name,
            member.display_name,
        ])?;
        Ok(())
    }

    /// Marks a member who is listed no more; the rest of their row stays as it was.
    pub(crate) fn leave(&mut self, fate: &Fate) -> Result<(), StoreError> {
        self.moved(fate, Place { status: 2, ..fate.before })?;
        // Who came back and left on one day left when their last spell ended.
        let last_end: Option<i64> = self.last_end.query_row([fate.member], |row| row.get(0))?;
        self.leave.execute(params![fate.member, last_end.unwrap_or(self.turn.day)])?;
        Ok(())
    }

    fn place(&mut self, member: &MemberRef<'_>) -> Result<Place, StoreError> {
        Ok(Place { status: i64::from(!member.active), license: self.words.license(member.license)? })
    }

    fn belonging(&mut self, member: &MemberRef<'_>) -> Result<Belonging, StoreError> {
        Ok(Belonging {
            department: self.words.number(WordKind::Department, member.department)?,
            cost_center: self.words.number(WordKind::CostCenter, member.cost_center)?,
        })
    }

    /// Before the move is written: it may take back the spell that tells since when they are counted.
    fn keep_belonging(&mut self, fate: &Fate, now: Belonging) -> Result<(), StoreError> {
        let presently = fate.since.is_some_and(|since| since < self.turn.day);
        let last_end = &mut self.last_end;
        self.belongings.moved(fate.member, now, || {
            Ok(presently || last_end.query_row([fate.member], |row| row.get::<_, Option<i64>>(0))?.is_some())
        })
    }

    /// Writes the history of a move. Returns whether they still count as a founder, and the first day of their spell.
    fn moved(&mut self, fate: &Fate, after: Place) -> Result<(bool, Option<i64>), StoreError> {
        let before = fate.before;
        let kind = self.moves.add(Some(before), after)?;
        if before == after {
            return Ok((fate.founder, fate.since));
        }
        self.activity.moved(fate.member, before, after, self.turn.day)?;
        let founder = fate.founder && before.license == after.license;
        if let Some(founded) = self.turn.founded.filter(|_| fate.founder && !founder) {
            // The row tells no longer what they joined with.
            let joined = number_of(ChangeKind::Joined);
            self.note.execute(params![founded, fate.member, joined, None::<i64>, before.license])?;
        }
        if let Some(kind) = kind {
            self.note(fate.member, kind, Some(before), after)?;
        }
        let day = self.turn.day;
        // A spell that began today and ends today never was.
        if let Some(since) = fate.since.filter(|since| before.listed() && *since < day) {
            self.close.execute(params![fate.member, since, day, before.license, before.active()])?;
        }
        if !after.listed() {
            return Ok((founder, None));
        }
        // Who is back today to what they left today never moved.
        let reopened = if self.turn.same_day {
            let ended = params![fate.member, day, after.license, after.active()];
            self.reopen.query_row(ended, |row| row.get(0)).optional()?
        } else {
            None
        };
        Ok((founder, Some(reopened.unwrap_or(day))))
    }

    fn note(&mut self, member: i64, kind: ChangeKind, from: Option<Place>, to: Place) -> Result<(), StoreError> {
        let to = (kind != ChangeKind::Left).then_some(to.license);
        let from = from.map(|place| place.license);
        self.note.execute(params![self.turn.run, member, number_of(kind), from, to])?;
        Ok(())
    }
}
