// The form of a new rate, and what is said where one is missing. Which are missing is for the backend to say.

import type { RateForm } from '../../ipc/gen/RateForm';
import type { RateMissing } from '../../ipc/gen/RateMissing';
import type { Choice } from '../../parts/Select.svelte';
import { counted, date, month } from '../../format';

export function emptyRate(): RateForm {
  return { from: '', to: '', kind: 'day', day: '', until: '', rate: '', source: '' };
}

/** "EUR to USD: no rate before 1 Nov 2026. Lucidchart: Can-Edit, 50 seats needs one from 1 Apr 2026 on." */
export function missingWords(
  { currency, kind, from, lack, first_rate, needed_by, others }: RateMissing,
  base: string,
): string {
  const until = first_rate === null ? '' : ` before ${date(first_rate)}`;
  const more =
    others === 0 ? '' : ` and ${counted(others, 'more purchase or fee', 'more purchases and fees')}`;
  const need = others === 0 ? 'needs' : 'need';
  const needs = `${needed_by}${more} ${need} it. Totals in ${base} that need it are not shown.`;
  if (kind !== 'day') return `${lack} ${needs}`;
  const which = `${needed_by}${more} ${need} one from ${date(from)} on.`;
  return `${currency} to ${base}: no rate${until}. ${which} Totals in ${base} that need it are not shown.`;
}

/** What days a rate can be for. */
export const KINDS: Choice[] = [
  { value: 'day', label: 'A day' },
  { value: 'month-average', label: 'A month, its average' },
  { value: 'budget', label: 'A budget' },
];

/** Which recorded rates can serve figures. */
export const POLICIES: Choice[] = [
  { value: 'figure-day', label: 'Rate of the figure’s day' },
  { value: 'contract-day', label: 'Rate of the contract’s first day' },
  { value: 'invoice-day', label: 'Rate of the payment’s day' },
  { value: 'month-average', label: 'Average of the month' },
  { value: 'budget', label: 'Budget rate' },
];

/** "1 Nov 2026", "Nov 2026, average", "1 Jan 2026 to 31 Dec 2026, budget". */
export function rateDays({ kind, day, until }: RateForm): string {
  if (kind === 'month-average') return `${month(day)}, average`;
  return kind === 'budget' ? `${date(day)} to ${date(until)}, budget` : date(day);
}

/** How the field of its day is called, and what may be typed there. */
export function rateDayField(kind: string): { label: string; hint: string } {
  if (kind === 'month-average')
    return { label: 'Month', hint: '2026-11 or Nov 2026; it counts for that month alone' };
  if (kind === 'budget') return { label: 'First day', hint: '2026-01-01 or 1 Jan 2026' };
  return { label: 'On the day', hint: '2026-11-01 or 1 Nov 2026; it counts until the next one' };
}
