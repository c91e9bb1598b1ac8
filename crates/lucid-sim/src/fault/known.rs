//! The table of faults: name, default, and what each does in words for `--help`.

use super::Fault;

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The name on the command line.
    pub name: &'static str,
    /// The fault with its default number.
    pub fault: Fault,
    /// Makes the fault with another number, if it takes one.
    pub with: Option<fn(u64) -> Fault>,
    /// What it does.
    pub about: &'static str,
}

/// Every fault.
pub fn known_faults() -> &'static [Known] {
    KNOWN
}

const fn plain(name: &'static str, fault: Fault, about: &'static str) -> Known {
    Known { name, fault, with: None, about }
}

const fn numbered(name: &'static str, fault: Fault, with: fn(u64) -> Fault, about: &'static str) -> Known {
    Known { name, fault, with: Some(with), about }
}

#[rustfmt::skip]
const KNOWN: &[Known] = &[
    numbered("latency", Fault::Latency(100), Fault::Latency, "every answer takes N ms longer"),
    numbered("r429", Fault::TooMany(1), Fault::TooMany, "429 with Retry-After: N, once per page"),
    numbered("r429_date", Fault::TooManyDate(1), Fault::TooManyDate, "429 with Retry-After as a date in the past, once per page"),
    plain("r429_none", Fault::TooManySilent, "429 without Retry-After, once per page"),
    numbered("r429_always", Fault::TooManyAlways(1), Fault::TooManyAlways, "429 with Retry-After: N to every request"),
    plain("dbx500", Fault::RateAs500, "500 that is really a rate limit, once per page"),
    plain("r500", Fault::ServerError, "SCIM 500, once per page"),
    plain("r503html", Fault::Unavailable, "503 with HTML, once per page"),
    numbered("down", Fault::DownFrom(2), Fault::DownFrom, "503 from page N on, for good"),
    plain("reset", Fault::Reset, "connection closed without an answer, once per page"),
    numbered("cut", Fault::Cut(2), Fault::Cut, "connection reset in the middle of page N, once"),
    numbered("truncjson", Fault::Truncated(2), Fault::Truncated, "page N is whole as HTTP but cut as JSON"),
    plain("redir", Fault::RedirectPort, "307 to another port, where strangers are listed"),
    plain("redir_host", Fault::RedirectHost, "307 to another host name, where strangers are listed"),
    plain("bom", Fault::Bom, "byte order mark before the JSON"),
    plain("html200", Fault::Html, "200 with an HTML login page"),
    plain("err200", Fault::ErrorAs200, "200 with a SCIM error"),
    numbered("v401", Fault::Expired(2), Fault::Expired, "401 from page N on"),
    plain("v403", Fault::Forbidden, "403 to everything"),
    numbered("flood", Fault::Flood(100), Fault::Flood, "a page of N megabytes"),
    numbered("grow", Fault::Grow(1), Fault::Grow, "a user appears at the front after page 1, N times"),
    numbered("shrink", Fault::Shrink(1), Fault::Shrink, "the first user leaves after page 1, N times"),
    numbered("swap", Fault::Swap(1), Fault::Swap, "the first user leaves after page 1 and a new one comes last, N times"),
    numbered("short_pages", Fault::ShortPages(70), Fault::ShortPages, "never more than N per page"),
    numbered("short_mid", Fault::ShortMid(10), Fault::ShortMid, "N users in the middle are counted but not listed"),
    plain("count_more", Fault::CountMore, "ten more than asked"),
    plain("ignore_start", Fault::IgnoreStart, "always the first 20, whatever is asked"),
    plain("zero_based", Fault::ZeroBased, "startIndex counted from 0"),
    plain("overlap", Fault::Overlap, "each page repeats the last user of the one before"),
    plain("dup", Fault::Dup, "each page lists its first user twice"),
    numbered("empty_page", Fault::EmptyPage(2), Fault::EmptyPage, "page N is empty although more follow"),
    plain("ipp_count", Fault::ItemsPerPageAsked, "itemsPerPage as asked, not as sent"),
    plain("total_is_page", Fault::TotalIsPage, "totalResults is the size of the page"),
    numbered("spc_more", Fault::DocumentsMore(200), Fault::DocumentsMore, "documents N users a page, gives fewer, and totalResults is the size of the page"),
    plain("no_total", Fault::NoTotal, "no totalResults"),
    plain("total_once", Fault::TotalOnce, "totalResults on the first page only"),
    plain("str_total", Fault::StringTotal, "numbers of the envelope as strings"),
    plain("bare", Fault::BareList, "neither startIndex nor itemsPerPage"),
    plain("late_total", Fault::LateTotal, "Resources before totalResults"),
    plain("cursor_only", Fault::CursorOnly, "pages by cursor, ignores startIndex"),
    numbered("cursor_gaps", Fault::CursorGaps(5), Fault::CursorGaps, "pages by cursor, and N empty pages follow each"),
    plain("unstable", Fault::Unstable, "each page is cut from another order of the same people"),
    numbered("leaves_out", Fault::LeavesOut(3), Fault::LeavesOut, "the list and its total leave N people out, each of whom can be had by id"),
    numbered("dup_differs", Fault::DupDiffers(2), Fault::DupDiffers, "each page lists N of its users twice, with different licenses"),
    plain("casing", Fault::Casing, "attribute names in odd case"),
    plain("strbool", Fault::StringBooleans, "booleans as \"True\" and \"False\""),
    numbered("no_email", Fault::NoEmail(10), Fault::NoEmail, "every Nth user has no e-mail address"),
    numbered("two_primary", Fault::SeveralPrimary(10), Fault::SeveralPrimary, "every Nth user has two primary e-mail addresses"),
    numbered("no_name", Fault::NoName(10), Fault::NoName, "every Nth user has no name"),
    numbered("no_meta", Fault::NoMeta(10), Fault::NoMeta, "every Nth user has no meta"),
    numbered("nulls", Fault::Nulls(1), Fault::Nulls, "every Nth user has null for what is missing"),
    numbered("unknown_license", Fault::UnknownLicense(10), Fault::UnknownLicense, "every Nth user's license in an unknown shape"),
    numbered("disagree", Fault::LicensesDisagree(10), Fault::LicensesDisagree, "every Nth user's canEdit contradicts productLicenses"),
    plain("rest_500", Fault::RestDown, "REST: 500 to everything"),
    numbered("rest_429", Fault::RestTooMany(1), Fault::RestTooMany, "REST: 429 with Retry-After: N, once"),
    plain("rest_403", Fault::RestForbidden, "REST: 403 to everything"),
    plain("rest_loop", Fault::RestLoop, "REST: every page links to the first as the next"),
    plain("rest_same_link", Fault::RestSameLink, "REST: the last page links to itself as the next"),
    plain("rest_foreign", Fault::RestForeign, "REST: the next page is on another host"),
];
