// How the roster of each app is looked at: filters, order, columns. Kept while the window is open and not longer:
// search words name people, and nothing about people is written outside the database.
import type { RosterQuery } from '../../ipc/gen/RosterQuery';
import type { RosterSort } from '../../ipc/gen/RosterSort';
import { COLUMNS, usableWidth, type Column } from './columns';

/** The filters that are lists of values. */
export type ListFilter =
  'license_types' | 'statuses' | 'departments' | 'cost_centers' | 'groups' | 'activity';

function freshQuery(app: string): RosterQuery {
  return {
    app,
    as_of: null,
    license_types: [],
    statuses: [],
    billable: null,
    departments: [],
    cost_centers: [],
    groups: [],
    activity: [],
    search: '',
    sort: 'email',
    descending: false,
  };
}

export class RosterView {
  query = $state.raw<RosterQuery>(freshQuery(''));
  widths = $state.raw<Record<string, number>>({});
  hidden = $state.raw<string[]>(COLUMNS.filter((column) => !column.shownAtFirst).map((column) => column.key));

  constructor(app: string) {
    this.query = freshQuery(app);
  }

  get columns(): Column[] {
    return COLUMNS.filter((column) => !this.hidden.includes(column.key));
  }

  /** Whether anything narrows the list (a past day does not: it is another list). */
  get filtered(): boolean {
    const { license_types, statuses, billable, departments, cost_centers, groups, activity, search } =
      this.query;
    const lists = [license_types, statuses, departments, cost_centers, groups, activity];
    return search.trim() !== '' || billable !== null || lists.some((list) => list.length > 0);
  }

  widthOf(column: Column): number {
    return this.widths[column.key] ?? column.width;
  }

  change(change: Partial<RosterQuery>): void {
    this.query = { ...this.query, ...change };
  }

  toggle(filter: ListFilter, value: string): void {
    const now = this.query[filter];
    const next = now.includes(value) ? now.filter((each) => each !== value) : [...now, value];
    this.change({ [filter]: next });
  }

  clearFilters(): void {
    const { app, as_of, sort, descending } = this.query;
    this.query = { ...freshQuery(app), as_of, sort, descending };
  }

  /** Sorts by a column, or turns its order around. */
  sortBy(sort: RosterSort): void {
    this.change({ sort, descending: this.query.sort === sort ? !this.query.descending : false });
  }

  resize(column: Column, width: number): void {
    this.widths = { ...this.widths, [column.key]: usableWidth(width) };
  }

  /** Shows or hides a column; the last one stays. */
  toggleColumn(key: string): void {
    const hidden = this.hidden.includes(key)
      ? this.hidden.filter((each) => each !== key)
      : [...this.hidden, key];
    if (hidden.length < COLUMNS.length) this.hidden = hidden;
  }
}

// Nothing on the screen depends on the map, only on the views in it.
// eslint-disable-next-line svelte/prefer-svelte-reactivity
const views = new Map<string, RosterView>();

export function rosterView(app: string): RosterView {
  const known = views.get(app);
  if (known !== undefined) return known;
  const made = new RosterView(app);
  views.set(app, made);
  return made;
}
