//! A member's place in an order as bytes: whoever sorts rows by them, equals as they came, has the order of the image
//! (`orders.rs`) without an image.

use jiff::Timestamp;
use roster::Activity;

use crate::columns::Day;
use crate::license_types::NumberedLicense;
use crate::roster_filter::fold;
use crate::roster_list::{Ranks, RosterColumn, RosterOrder};
use crate::roster_scan::ScannedMember;
use crate::word_slots::Word;

/// What is missing comes last, in either direction.
const PRESENT: u8 = 0;
const MISSING: u8 = 1;

/// Writes the keys of one order.
pub(crate) struct SortKeys {
    order: RosterOrder,
    ranks: Ranks,
    key: Vec<u8>,
}

impl SortKeys {
    pub(crate) fn new(types: &[NumberedLicense], order: RosterOrder) -> Self {
        Self { order, ranks: Ranks::new(types), key: Vec::new() }
    }

    /// The key of a member, good until the next one's.
    pub(crate) fn of(
        &mut self,
        types: &[NumberedLicense],
        license: i64,
        member: &ScannedMember<'_>,
        [department, cost_center]: [Option<&Word>; 2],
    ) -> &[u8] {
        match self.order.column {
            RosterColumn::Id => self.text(Some(member.id)),
            RosterColumn::UserName => self.text(Some(member.user_name)),
            RosterColumn::Email => self.text(member.email),
            RosterColumn::GivenName => self.text(member.given_name),
            RosterColumn::MiddleName => self.text(member.middle_name),
            RosterColumn::FamilyName => self.text(member.family_name),
            RosterColumn::DisplayName => self.text(member.display_name),
            RosterColumn::Department => self.folded(department.map(|word| word.folded.as_str())),
            RosterColumn::CostCenter => self.folded(cost_center.map(|word| word.folded.as_str())),
            RosterColumn::Created => self.number(member.created.map(Timestamp::as_microsecond)),
            RosterColumn::LastModified => self.number(member.last_modified.map(Timestamp::as_microsecond)),
            RosterColumn::LastActivity => self.number(match (member.last_activity, member.activity) {
                (Some(day), _) => Some(Day(day).number()),
                // Before any day.
                (None, Activity::Never) => Some(i64::MIN + 1),
                (None, _) => None,
            }),
            column @ (RosterColumn::License | RosterColumn::Billable | RosterColumn::Status) => {
                let status = usize::try_from(member.status.number()).unwrap_or_default();
                let rank = self.ranks.of(column, types, license, status);
                self.number(rank.and_then(|rank| i64::try_from(rank).ok()));
            }
        }
        &self.key
    }

    fn text(&mut self, text: Option<&str>) {
        match text {
            Some(text) if text.is_ascii() => self.bytes(text.bytes().map(|byte| byte.to_ascii_lowercase())),
            Some(text) => self.bytes(fold(text).bytes()),
            None => self.begin(MISSING),
        }
    }

    fn folded(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.bytes(text.bytes()),
            None => self.begin(MISSING),
        }
    }

    fn bytes(&mut self, text: impl Iterator<Item = u8>) {
        self.begin(PRESENT);
        if self.order.descending {
            // No byte of UTF-8 is above this, and the end is above them all: a text that goes on comes before the one
            // that it begins with.
            self.key.extend(text.map(|byte| 0xFE - byte).chain([0xFF]));
        } else {
            self.key.extend(text);
        }
    }

    fn number(&mut self, number: Option<i64>) {
        let Some(number) = number else { return self.begin(MISSING) };
        // The sign bit turned over, so that negative numbers come first.
        let ascending = number ^ i64::MIN;
        self.begin(PRESENT);
        self.key.extend_from_slice(&(if self.order.descending { !ascending } else { ascending }).to_be_bytes());
    }

    fn begin(&mut self, presence: u8) {
        self.key.clear();
        self.key.push(presence);
    }
}
