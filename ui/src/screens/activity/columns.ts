// The columns of the roster: what they are called, how wide they start, what they show.
import type { RosterRow } from '../../ipc/gen/RosterRow';
import type { RosterSort } from '../../ipc/gen/RosterSort';
import { date, dayOf } from '../../format';
import { lastActivity, stateWord } from '../last-activity/activity-words';

export interface Column {
  /** The field of the row; also the name in an export. */
  key: string;
  label: string;
  sort: RosterSort | null;
  width: number;
  shownAtFirst: boolean;
  text: (row: RosterRow) => string;
}

export const NARROWEST = 56;
export const WIDEST = 640;

const orEmpty = (text: string | null) => text ?? '';
const STATUS_WORDS: Record<string, string> = { active: 'Active', deactivated: 'Deactivated', left: 'Left' };

/** "Active", "Deactivated", "Left". */
export const statusWord = (status: string) => STATUS_WORDS[status] ?? status;

export const COLUMNS: Column[] = [
  column('id', 'User ID', 'id', 112, (row) => row.id),
  column('email', 'Email', 'email', 230, (row) => orEmpty(row.email)),
  { ...column('user_name', 'User name', 'user_name', 200, (row) => row.user_name), shownAtFirst: false },
  column('given_name', 'First name', 'given_name', 104, (row) => orEmpty(row.given_name)),
  column('middle_name', 'Middle', 'middle_name', 76, (row) => orEmpty(row.middle_name)),
  column('family_name', 'Last name', 'family_name', 116, (row) => orEmpty(row.family_name)),
  column('license_type', 'License type', 'license_type', 112, (row) => row.license_name),
  column('billable', 'Billable', null, 72, (row) => (row.billable ? 'Yes' : 'No')),
  column('status', 'Status', 'status', 116, (row) =>
    row.left_on === null ? statusWord(row.status) : `${statusWord(row.status)} ${date(row.left_on)}`,
  ),
  column('created', 'Active date', 'created', 110, (row) => (row.created === null ? '' : dayOf(row.created))),
  column('last_modified', 'Last changed', 'last_changed', 112, (row) =>
    row.last_modified === null ? '' : dayOf(row.last_modified),
  ),
  column('last_activity', 'Last activity', 'last_activity', 126, (row) =>
    lastActivity(row.last_activity, row.activity),
  ),
  { ...column('activity', 'Counts as', null, 112, (row) => stateWord(row.activity)), shownAtFirst: false },
  column('department', 'Department', 'department', 140, (row) => orEmpty(row.department)),
  column('cost_center', 'Cost center', 'cost_center', 100, (row) => orEmpty(row.cost_center)),
  column('groups', 'Groups', null, 200, (row) => row.groups.join(', ')),
  {
    ...column('products', 'Other products', null, 160, (row) => row.products.join(', ')),
    shownAtFirst: false,
  },
];

function column(
  key: string,
  label: string,
  sort: RosterSort | null,
  width: number,
  text: (row: RosterRow) => string,
): Column {
  return { key, label, sort, width, shownAtFirst: true, text };
}

/** A width that stays readable. */
export function usableWidth(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
}
