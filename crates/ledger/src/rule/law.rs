//! What each rule says, in one sentence or a few.

use crate::rule::Rule;

impl Rule {
    /// The rule in one or two sentences, the same wherever it is shown.
    pub fn law(self) -> &'static str {
        match self {
            Self::Payment => {
                "One payment is the unit price times the seats, or the price for the lot exactly as entered; tiers and base fees have their own rules."
            }
            Self::Graduated => {
                "Every band of seats has its own price: the seats in a band × its price, added over the bands."
            }
            Self::Volume => "All seats cost what the band costs that their number reaches.",
            Self::BaseFee => "The base fee, and the seats beyond the included ones × their price.",
            Self::Packs => {
                "Seats are sold in blocks or up a ladder: the quantity is rounded up to what is sold, and all of those seats count as purchased."
            }
            Self::Discounts => {
                "From the list price first the percentages are taken off, in the order listed, each of what is left or of the list price as it says; then the fixed amounts; never below 0. Tax comes after."
            }
            Self::PaymentMinimum => {
                "Where a payment stays below its agreed minimum, the minimum is charged. When the number of seats changes, minimums stay as they were agreed, in a scenario, a forecast and a renewal alike."
            }
            Self::Tax => {
                "Tax is a percentage of the payment after discounts and minimum. It is shown apart and is part of no other figure."
            }
            Self::AnnualByMonths => {
                "A recurring price is annualised by months: one payment × 12 ÷ the months between two payments."
            }
            Self::AnnualOnceOverTerm => {
                "A price that is paid once is spread evenly over the days of its term: price × 365 ÷ days."
            }
            Self::AnnualOnceOpenEnded => {
                "A price that is paid once and has no end is charged on its date only: it adds nothing to a year. What was paid stays paid when seats are given up; seats that are added are paid in full on their own day."
            }
            Self::AnnualOnceDated => {
                "A price that is paid once can be charged on its date only, whatever its term: then it adds nothing to a year."
            }
            Self::AnnualOnceOverLife => {
                "A price that is paid once can be spread over a chosen number of months from its first day: price × 12 ÷ months a year, by days between two dates."
            }
            Self::TermMinimum => {
                "Where all payments of a term stay below its agreed minimum, the rest is due on its last day; in a year it counts as minimum × 12 ÷ the months of the term."
            }
            Self::Overage => {
                "Where a purchase says what accounts beyond the seats cost, they cost their own agreed price or the contract's price of one seat at each payment, prorated as agreed. From the day they are held: paid on the last day of the payment period, for the days on which they were counted, without proration once for the most of them. At a true-up: nothing before its day; then those of its day to the end of the term, paid on it and with every later payment. Where nobody counted on that day the first count stands in. The newest contract in force that says so charges for all of them, from its first day whatever its prices are; seats that were added to it say nothing of their own. A true-up counts once for all its prices. Days to come take the last count. It comes on top of what the seats cost: it counts towards no minimum, neither of a payment nor of the term. Where nothing is agreed the headline takes the average price of the seats, and no payment holds anything for them."
            }
            Self::Fee => {
                "A fee is annualised like a price and counts from its first day through its last day. Its switches say whether it is part of the annual spend and of the cost per account."
            }
            Self::UnknownPrice => {
                "An empty cost means that the price is not known. It is named and never counted as 0."
            }
            Self::SeatsInForce => {
                "Seats count from the first day of their purchase through its last day. When a purchase starts on the \
                 last day of an older one of its license type, that day counts once, with the newer purchase. Another price \
                 of a contract, or seats that were added to one, start nothing new."
            }
            Self::Assigned => {
                "Everybody whom the vendor's roster of the day lists with the license, active or deactivated; of a past day, whoever held it then."
            }
            Self::Billable => {
                "An account is billable when its license type is billable and the member is active: contracts are not charged for deactivated members."
            }
            Self::SeatBalance => {
                "Purchased seats − the members who hold them, for each license type by itself and never below 0; members beyond the seats are over-assigned. Totals count the billable license types that have a limit."
            }
            Self::UnitPrice => {
                "The annual price of one seat is the annual cost of the purchases in force that have a price and a \
                 number of seats, divided by their seats."
            }
            Self::BillableAccounts => {
                "Billable accounts × the annual price of one seat. Accounts beyond the purchased seats are charged at \
                 the same price. Deactivated accounts are billable only where the app's contract is said to charge for them."
            }
            Self::NotBillable => "The contract does not charge for accounts of a license type that is not billable.",
            Self::Free => "A license type that is marked free costs nothing; that is known, not missing.",
            Self::LimitedFirst => {
                "Where unlimited seats stand beside a number of seats, accounts take the counted seats first."
            }
            Self::UnlimitedLot => {
                "Unlimited seats for a lot price cost the whole price once, as soon as one billable account exists."
            }
            Self::UnlimitedUnit => {
                "Unlimited seats at a price per unit cost that price for every billable account that has no counted \
                 seat; several such prices are averaged. Nothing is committed beforehand."
            }
            Self::ByAccounts => {
                "Between two dates unlimited seats at a price per unit cost, for every day, that price ÷ the days of the payment period × the billable accounts without a counted seat on that day; several such prices share the accounts equally. A period is due on its last day, and never below its minimum. Days before the first roster have no amount; later days than the last roster's are counted with its accounts."
            }
            Self::Committed => {
                "What the contracts cost in a year whether or not anybody holds the seats: the sum of the annualised \
                 purchases in force."
            }
            Self::Waste => {
                "Purchased seats that no account holds × the annual price of one seat, among those that no rule has taken; and unlimited seats for a lot price that pay for nobody."
            }
            Self::Used => {
                "Active accounts × the annual price of one seat. Where activity is not monitored there is no such figure; where it is not of some accounts, the figure is for the others, beside the range that those leave open."
            }
            Self::Idle => {
                "Accounts that were not active within the threshold, or never, × the annual price of one seat. An activity exactly as many days ago as the threshold has days is not within it. Accounts that are not monitored are not among them."
            }
            Self::AllWaste => {
                "Unassigned seats, inactive accounts and accounts that were never active, each × the annual price of one seat."
            }
            Self::WasteNow => {
                "Unassigned seats, and inactive accounts where activity is monitored, that can be given up with the next payment: those of recurring purchases without an end, and of those with a minimum as many seats as leave a payment that is not below it. Seats that nobody holds are among those that no rule has taken, and unlimited seats for a lot price that pay for nobody are wasted whole. Each seat saves what its own purchase costs less without it, after tiers, packs and discounts: at one price both kinds of waste together are the unassigned seats, at several they may differ from those at the average price. Inactive accounts in unlimited seats at a price per unit go before counted seats. A term that was agreed keeps its seats, whatever its minimum: that limits what may be given up and grants nothing. What is paid once is paid: it saves nothing now. Purchases without an end give up seats first, the newest one before others."
            }
            Self::WasteAtRenewal => {
                "All other wasted seats: they cost until their purchase ends, and save from the renewal on when notice is given in time; where a minimum holds seats of a purchase without an end, they cost until the contract is changed. What was paid once and has no end saves only what would be bought next. The first purchase to end gives up seats first."
            }
            Self::RunRate => {
                "The recurring purchases in force, annualised by months, and what is agreed for accounts beyond their seats while there are such; what is paid once is left out, and what a true-up to come will add is told."
            }
            Self::Accrual => {
                "Every payment is spread evenly over the real days that it pays for, a price paid once over its term; a month, quarter or year gets the days that lie in it."
            }
            Self::Cash => {
                "Payments count in full on the day they are due: the first day of the term and every period from it."
            }
            Self::Tcv => {
                "The cost of the whole term of every purchase in force that has an end, at all prices that its contract has in that term. By invoice days every payment is converted at the rate of its own day. A day that two terms share counts once, with the newer one."
            }
            Self::Acv => "Total contract value × 12 ÷ the months of the term.",
            Self::PerAccount => {
                "Annual spend, with the fees that say so, ÷ accounts. Without accounts there is no such figure."
            }
            Self::PerHeld => {
                "What a purchase costs in a year ÷ those of its seats that accounts hold. Where several purchases of a license type are in force, each is held by as many of the accounts as its seats are of all seats."
            }
            Self::PerEmployee => {
                "What contracts and fees commit to in a year ÷ the organisation's headcount of the day, or the last one before it. Without a headcount there is no such figure, and one that is more than 31 days old says how old it is."
            }
            Self::Invoiced => {
                "What the recorded invoices of a purchase add up to, beside the payments due in the same days; the variance is recorded − computed. An invoice in another currency is converted with the rate of its own day, or the last one before it."
            }
            Self::PaysFor => {
                "An account is paid for by the first purchase, by the first day of its contract, whose rules match it; else by the fallback purchase; else by the average over the seats that no rule has taken. A purchase pays for no more accounts than it has seats: those beyond share the average, too. The headline and the departments go by the same."
            }
            Self::Chargeback => {
                "What the accounts of a department cost, exactly; then rounded with the largest remainders, so that the departments and \"no department\" add up to the annual spend for billable accounts. The unassigned seats are the headline's."
            }
            Self::Total => {
                "The sum over the license types. Amounts stay exact until they are shown; then they are rounded to the \
                 currency's smallest unit, from the middle up or, where that is chosen, to the even one, and license \
                 types get the largest remainders, so that they add up to the total."
            }
            Self::MixedCurrencies => {
                "Amounts in different currencies are never added without an exchange rate: there is no total then."
            }
            Self::Converted => {
                "An amount is converted with a recorded rate of the kind that is chosen: the rate of the figure's day, of the contract's first day, or of the day on which a payment is due, each or the last one before it; the average of the figure's month; or the budget rate of its period. Another price of a contract, and seats that were added to it, have its first day; another price its payment days, too, and added seats at first the day on which they are paid. A period is converted with the rate of its last day, or, by month averages and budget rates, span by span. A month that is not over has no average: until then, and for months to come, the last complete month's serves. Where only the opposite pair is recorded, by 1 ÷ its rate."
            }
            Self::MissingRate => {
                "Without a recorded rate of the chosen kind there is no total, and the reason names the rate that is needed: a rate is never assumed, and never taken from another kind."
            }
            Self::TermTotal => {
                "All payments of the term, counted from its first day: a 31st that a month does not have falls on the \
                 month's last day, and the next month has its 31st again."
            }
            Self::CutInFull => "The end of the term cuts the last payment period short; it is charged in full.",
            Self::CutByDays => {
                "The end of the term cuts the last payment period short; it is charged by its days in the term ÷ the \
                 days of the full period."
            }
            Self::CutByStartedMonths => {
                "The end of the term cuts the last payment period short; it is charged by months, and a month that has \
                 started counts."
            }
            Self::CutByWholeMonths => {
                "The end of the term cuts the last payment period short; it is charged by months, and a month that is \
                 not complete is free."
            }
            Self::WithinPeriod => {
                "Where a price changes within a term, payments stay on the contract's days: on the day of the change the rest of the running period is charged at the new price, what was paid for the same days is credited, both by the period's real days, and the next payment is the first one in full. Seats that are added to a term pay for the rest of the running period in the same way; what is paid once, and not for the days of its term, they pay in full on their own day. The term's minimum, a true-up, and the contract values, count over all parts of the contract; all have its first day, and its place among newer ones."
            }
            Self::Renewal => {
                "A term that renews is followed by one of the same length, with the seats that are planned for it, at its price with the expected uplift, never above the agreed cap, rounded to the currency's smallest unit."
            }
            Self::Notice => "The last day of the term − the days of the notice period; that day is still in time.",
            Self::Forecast => {
                "The payments of the purchases and their renewals on their days, from today on: what was paid earlier this month is left out. Seat changes that are known count: more seats from their day to the end of the term by days, fewer seats from the next renewal, and the seats that are planned for a renewal from that renewal. A term is taken as renewed where a purchase was entered to continue it, or where one of no fewer seats starts within 31 days of its end; a smaller purchase beside it is another contract."
            }
            Self::Scenario => {
                "The same figures with the scenario's changes laid over a copy, once all of them count; the difference is scenario − present. A term that was agreed keeps its seats until it ends, and an open-ended purchase until its next payment: fewer seats count from then on, in these figures as in the forecast, and the total contract value keeps what is agreed. Seats that are added count from their day. Another price, frequency or currency counts from the first renewal on its day or after it, without an end from the next payment: what is agreed or paid keeps its own. Where a price was paid once, without an end, no payment is to come: only seats that are added cost something then. Accounts that change their license type do so at once."
            }
            Self::BurnDown => {
                "What the terms in force, and the fees in their days, commit to − what their days have cost until the end of the day. An even pace costs the same every day, from the first day of the first term to the last day of the last one."
            }
            Self::Suggestion => {
                "Engaged accounts × (1 + buffer), rounded up to what is sold, and not below what is committed: the seats that a minimum of a payment, or of the term that follows, pays for at the price of a seat."
            }
        }
    }
}
