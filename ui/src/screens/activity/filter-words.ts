// A filter in words, for the line above the table and for the empty result.
import type { Facets } from '../../ipc/gen/Facets';
import type { FacetValue } from '../../ipc/gen/FacetValue';
import type { RosterQuery } from '../../ipc/gen/RosterQuery';
import type { ListFilter } from './roster-view.svelte';

export interface FilterSection {
  filter: ListFilter;
  label: string;
  values: (facets: Facets) => FacetValue[];
}

export const LICENSE_SECTION: FilterSection = {
  filter: 'license_types',
  label: 'License type',
  values: (facets) => facets.license_types,
};

/** The filters of the menu, in order; the license type has its own chips. */
export const MENU_SECTIONS: FilterSection[] = [
  { filter: 'statuses', label: 'Status', values: (facets) => facets.statuses },
  { filter: 'departments', label: 'Department', values: (facets) => facets.departments },
  { filter: 'cost_centers', label: 'Cost center', values: (facets) => facets.cost_centers },
  { filter: 'groups', label: 'Group', values: (facets) => facets.groups },
  { filter: 'activity', label: 'Activity', values: (facets) => facets.activity },
];

export interface AppliedFilter {
  id: string;
  /** "Department: Design". */
  label: string;
  filter: ListFilter | 'billable' | 'search';
  value: string;
}

function labelOf(facets: Facets | null, section: FilterSection, value: string): string {
  const known = facets === null ? undefined : section.values(facets).find((each) => each.value === value);
  return known?.label ?? (value === '' ? 'None' : value);
}

export function appliedFilters(query: RosterQuery, facets: Facets | null): AppliedFilter[] {
  const applied = [LICENSE_SECTION, ...MENU_SECTIONS].flatMap((section) =>
    query[section.filter].map((value) => ({
      id: `${section.filter}-${value}`,
      label: `${section.label}: ${labelOf(facets, section, value)}`,
      filter: section.filter,
      value,
    })),
  ) as AppliedFilter[];
  if (query.billable !== null) {
    const label = query.billable ? 'Billable only' : 'Not billable only';
    applied.push({ id: 'billable', label, filter: 'billable', value: '' });
  }
  const search = query.search.trim();
  if (search !== '')
    applied.push({ id: 'search', label: `Search: “${search}”`, filter: 'search', value: search });
  return applied;
}
