// The ways to look at spend over time, in plain words.

import type { Choice } from '../../parts/Select.svelte';

export const GRAINS: Choice[] = [
  { value: 'month', label: 'Month' },
  { value: 'quarter', label: 'Quarter' },
  { value: 'fiscal-year', label: 'Fiscal year' },
];

export const BASES: Choice[] = [
  { value: 'accrual', label: 'By days of service' },
  { value: 'cash', label: 'By payment dates' },
];
