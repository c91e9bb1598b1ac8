//! The Activity tab: pages of the roster, its filters, one member's history, changes.

use jiff::civil::Date;
use roster::{Activity, ChangeKind, License, LicenseKey};
use store::{App, Facet, LicenseType, MemberRow, MemberStatus, RosterColumn, RosterFilter, RosterOrder, StoreError};

use crate::error::{Error, Result};
use crate::instants::instant;
use crate::seatledger::{Rooms, Seatledger};
use crate::view::apps::AppRequest;
use crate::view::charts::TypeName;
use crate::view::roster::{
    AssignmentView, ChangeView, FacetValue, Facets, MemberHistory, MemberRequest, ProductView, RosterPage,
    RosterPageRequest, RosterQuery, RosterRow, RosterSort,
};

const MOST_ROWS: u32 = 500;
const MOST_FACETS: usize = 200;
const MOST_CHANGES: u64 = 1_000_000;
/// How an unknown license is called in filters and charts.
pub(crate) const UNKNOWN: &str = "unknown";

/// The app's license types by key, to name what rows hold.
pub(crate) struct Types(pub(crate) Vec<LicenseType>);

impl Types {
    pub(crate) fn named(&self, license: &License) -> TypeName {
        match license.key() {
            None => TypeName { license_type: UNKNOWN.to_owned(), name: "Unknown".to_owned() },
            Some(key) => {
                let name = self.of(key).map_or_else(|| key.to_string(), |found| found.name.clone());
                TypeName { license_type: key.to_string(), name }
            }
        }
    }

    /// Each key with its name.
    pub(crate) fn names(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|known| (known.key.as_str(), known.name.as_str())).collect()
    }

    pub(crate) fn of(&self, key: &LicenseKey) -> Option<&LicenseType> {
        self.0.iter().find(|known| &known.key == key)
    }

    pub(crate) fn billable(&self, license: &License) -> bool {
        license.key().and_then(|key| self.of(key)).is_some_and(|known| known.billable)
    }

    /// The type with this key, or with this name.
    pub(crate) fn find(&self, asked: &str) -> Option<&LicenseType> {
        let key = LicenseKey::new(asked);
        let name = asked.trim();
        self.0.iter().find(|known| Some(&known.key) == key.as_ref() || known.name.eq_ignore_ascii_case(name))
    }

    /// That there is no such type, with those that there are.
    pub(crate) fn refused(&self, app: &App, asked: &str) -> Error {
        let known = self.0.iter().map(|known| known.key.to_string()).collect();
        Error::UnknownLicenseType { app: app.slug.clone(), asked: asked.to_owned(), known }
    }
}

impl Rooms {
    pub(crate) fn types(&self, app: &App) -> Result<Types> {
        Ok(Types(self.store.license_types(app.id)?))
    }
}

/// A query, understood.
pub(crate) fn understood(
    query: &RosterQuery,
    app: &App,
    types: &Types,
    today: Date,
) -> Result<(RosterFilter, RosterOrder)> {
    let licenses = query.license_types.iter().map(|text| license(text, app, types)).collect::<Result<Vec<_>>>()?;
    let statuses = query.statuses.iter().map(|text| status(text)).collect::<Result<Vec<_>>>()?;
    let optional = |values: &[String]| values.iter().map(|value| (!value.is_empty()).then(|| value.clone())).collect();
    let filter = RosterFilter {
        as_of: query.as_of.as_deref().map(day).transpose()?,
        licenses,
        statuses,
        billable: query.billable,
        departments: optional(&query.departments),
        cost_centers: optional(&query.cost_centers),
        groups: query.groups.clone(),
        activity: query.activity.iter().map(|text| counts_as(text)).collect::<Result<Vec<_>>>()?,
        today,
        search: query.search.clone(),
    };
    Ok((filter, RosterOrder { column: column(query.sort), descending: query.descending }))
}

/// A day as people type it.
pub(crate) fn day(text: &str) -> Result<Date> {
    ledger::parse_day(text).map_err(|error| Error::NotADate { text: text.to_owned(), why: error.to_string() })
}

/// The key or name of a type that the app has: a misspelled filter must not look like an empty roster.
fn license(text: &str, app: &App, types: &Types) -> Result<License> {
    match types.find(text) {
        Some(known) => Ok(License::Type(known.key.clone())),
        None if text.eq_ignore_ascii_case(UNKNOWN) => Ok(License::Unknown),
        None => Err(types.refused(app, text)),
    }
}

fn status(text: &str) -> Result<MemberStatus> {
    match text {
        "active" => Ok(MemberStatus::Active),
        "deactivated" => Ok(MemberStatus::Deactivated),
        "left" => Ok(MemberStatus::Left),
        _ => Err(Error::NotAllowed { value: text.to_owned(), expected: "one of active, deactivated and left" }),
    }
}

fn counts_as(text: &str) -> Result<Activity> {
    let found = Activity::ALL.into_iter().find(|activity| activity_word(*activity) == text);
    found.ok_or_else(|| Error::NotAllowed {
        value: text.to_owned(),
        expected: "one of active, inactive, never and not-monitored",
    })
}

pub(crate) fn activity_word(activity: Activity) -> &'static str {
    match activity {
        Activity::Active => "active",
        Activity::Inactive => "inactive",
        Activity::Never => "never",
        Activity::NotMonitored => "not-monitored",
    }
}

fn activity_label(activity: Activity) -> &'static str {
    match activity {
        Activity::Active => "Active",
        Activity::Inactive => "Inactive",
        Activity::Never => "Never active",
        Activity::NotMonitored => "Not monitored",
    }
}

pub(crate) fn status_word(status: MemberStatus) -> &'static str {
    match status {
        MemberStatus::Active => "active",
        MemberStatus::Deactivated => "deactivated",
        MemberStatus::Left => "left",
    }
}

fn column(sort: RosterSort) -> RosterColumn {
    match sort {
        RosterSort::Id => RosterColumn::Id,
        RosterSort::UserName => RosterColumn::UserName,
        RosterSort::Email => RosterColumn::Email,
        RosterSort::GivenName => RosterColumn::GivenName,
        RosterSort::MiddleName => RosterColumn::MiddleName,
        RosterSort::FamilyName => RosterColumn::FamilyName,
        RosterSort::LicenseType => RosterColumn::License,
        RosterSort::Status => RosterColumn::Status,
        RosterSort::Created => RosterColumn::Created,
        RosterSort::LastChanged => RosterColumn::LastModified,
        RosterSort::Department => RosterColumn::Department,
        RosterSort::CostCenter => RosterColumn::CostCenter,
        RosterSort::LastActivity => RosterColumn::LastActivity,
    }
}

pub(crate) fn row(found: &MemberRow, types: &Types) -> RosterRow {
    let member = found.member.clone();
    RosterRow {
        id: member.id,
        user_name: member.user_name,
        email: member.email,
        given_name: member.given_name,
        middle_name: member.middle_name,
        family_name: member.family_name,
        license_type: member.license.key().map(LicenseKey::to_string),
        billable: found.billable == Some(true),
        active: found.status == MemberStatus::Active,
        created: member.created.map(instant),
        last_modified: member.last_modified.map(instant),
        last_activity: found.last_activity.map(|day| day.to_string()),
        department: member.department,
        cost_center: member.cost_center,
        groups: member.groups,
        status: status_word(found.status).to_owned(),
        license_name: types.named(&member.license).name,
        left_on: found.left_on.map(|day| day.to_string()),
        products: member
            .products
            .into_iter()
            .filter(|product| product.granted)
            .map(|product| product.product)
            .collect(),
        activity: activity_word(found.activity).to_owned(),
    }
}

pub(crate) fn kind_word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Joined => "joined",
        ChangeKind::Left => "left",
        ChangeKind::Reactivated => "reactivated",
        ChangeKind::Upgraded => "upgraded",
        ChangeKind::Downgraded => "downgraded",
        ChangeKind::Reclassified => "reclassified",
    }
}

impl Seatledger {
    /// One page of the roster.
    pub fn roster_page(&self, request: &RosterPageRequest) -> Result<RosterPage> {
        let app = self.app(&request.query.app)?;
        let types = self.types(&app)?;
        let (filter, order) = understood(&request.query, &app, &types, self.today()?)?;
        let found =
            self.store.roster_page(app.id, &filter, order, request.offset, u64::from(request.limit.min(MOST_ROWS)))?;
        Ok(RosterPage {
            rows: found.rows.iter().map(|member| row(member, &types)).collect(),
            matching: found.matching,
            total: self.store.member_count(app.id)?,
            caveat: self.rows_caveat(&app, filter.as_of)?,
        })
    }

    /// Every row of a query in its order, handed over one by one.
    pub fn roster_rows<E: From<Error>>(
        &self,
        query: &RosterQuery,
        mut each: impl FnMut(RosterRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<u64, E> {
        let app = self.app(&query.app)?;
        let types = self.types(&app)?;
        let (filter, order) = understood(query, &app, &types, self.today()?)?;
        let mut rows = 0;
        let walk = self.store.for_each_member(app.id, &filter, order, |member| {
            rows += 1;
            each(row(&member, &types)).map_err(Stop)
        });
        walk.map(|()| rows).map_err(|Stop(error)| error)
    }

    /// The filters on offer with their counts.
    pub fn roster_facets(&self, request: &AppRequest) -> Result<Facets> {
        let app = self.app(&request.app)?;
        let types = self.types(&app)?;
        let found = self.store.facets(app.id, self.today()?)?;
        let mut licenses = found.licenses;
        let rank = |license: &License| license.key().and_then(|key| types.of(key)).and_then(|known| known.rank);
        licenses.sort_by_key(|facet| std::cmp::Reverse(rank(&facet.value)));
        let licenses = licenses.into_iter().map(|facet| {
            let named = types.named(&facet.value);
            FacetValue { value: named.license_type, label: named.name, count: facet.members }
        });
        let statuses = found.statuses.into_iter().map(|facet| {
            let word = status_word(facet.value);
            FacetValue { value: word.to_owned(), label: capitalised(word), count: facet.members }
        });
        let activity = found.activity.into_iter().map(|facet| FacetValue {
            value: activity_word(facet.value).to_owned(),
            label: activity_label(facet.value).to_owned(),
            count: facet.members,
        });
        let groups = most_first(found.groups).map(|facet| FacetValue {
            label: facet.value.clone(),
            value: facet.value,
            count: facet.members,
        });
        Ok(Facets {
            license_types: licenses.collect(),
            statuses: statuses.collect(),
            departments: named_or_none(found.departments, "No department"),
            cost_centers: named_or_none(found.cost_centers, "No cost center"),
            groups: groups.collect(),
            activity: activity.collect(),
        })
    }

    /// What one member held when.
    pub fn member_history(&self, request: &MemberRequest) -> Result<MemberHistory> {
        let app = self.app(&request.app)?;
        let types = self.types(&app)?;
        let unknown = || Error::UnknownMember { app: app.slug.clone(), member: request.member.clone() };
        let found = self.store.member_history(app.id, &request.member, self.today()?)?.ok_or_else(unknown)?;
        let assignments = found.spells.iter().rev().map(|held| AssignmentView {
            license: types.named(&held.license),
            from: held.from.to_string(),
            until: held.until.map(|date| date.to_string()),
        });
        let products = found.row.member.products.iter();
        Ok(MemberHistory {
            assignments: assignments.collect(),
            changes: found.changes.iter().rev().map(|change| change_view(change, &types)).collect(),
            products: products
                .map(|product| ProductView { product: product.product.clone(), granted: product.granted })
                .collect(),
            row: row(&found.row, &types),
        })
    }

    /// Changes noticed from one day to another, both included; newest first.
    pub fn changes(&self, app: &str, from: Option<&str>, to: Option<&str>) -> Result<Vec<ChangeView>> {
        let app = self.app(app)?;
        let types = self.types(&app)?;
        let from = from.map(day).transpose()?;
        let to = to.map(day).transpose()?;
        if let Some((from, to)) = from.zip(to).filter(|(from, to)| to < from) {
            return Err(Error::NotADate { text: to.to_string(), why: format!("lies before the first day, {from}") });
        }
        let found = self.store.changes(app.id, from, to, MOST_CHANGES)?;
        Ok(found.iter().map(|change| change_view(change, &types)).collect())
    }
}

/// Carries a caller's error through the store's walk.
struct Stop<E>(E);

impl<E: From<Error>> From<StoreError> for Stop<E> {
    fn from(error: StoreError) -> Self {
        Self(Error::from(error).into())
    }
}

fn change_view(found: &store::ChangeRow, types: &Types) -> ChangeView {
    let change = &found.change;
    ChangeView {
        at: instant(found.at),
        member: change.member.clone(),
        who: found.email.clone().unwrap_or_else(|| found.user_name.clone()),
        kind: kind_word(change.kind).to_owned(),
        from: change.from.as_ref().map(|license| types.named(license).name),
        to: change.to.as_ref().map(|license| types.named(license).name),
    }
}

fn most_first<T>(mut facets: Vec<Facet<T>>) -> impl Iterator<Item = Facet<T>> {
    facets.sort_by_key(|facet| std::cmp::Reverse(facet.members));
    facets.into_iter().take(MOST_FACETS)
}

fn named_or_none(facets: Vec<Facet<Option<String>>>, none: &str) -> Vec<FacetValue> {
    let view = |facet: Facet<Option<String>>| FacetValue {
        label: facet.value.clone().unwrap_or_else(|| none.to_owned()),
        value: facet.value.unwrap_or_default(),
        count: facet.members,
    };
    most_first(facets).map(view).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
