// The form of a new rate, and what is said where one is missing. Which are missing is for the backend to say.

import type { RateForm } from '../../ipc/gen/RateForm';
import type { RateMissing } from '../../ipc/gen/RateMissing';
import { counted, date } from '../../format';

export function emptyRate(): RateForm {
  return { from: '', to: '', day: '', rate: '', source: '' };
}

/** "EUR to USD: no rate before 1 Nov 2026. Lucidchart: Can-Edit, 50 seats needs one from 1 Apr 2026 on." */
export function missingWords(
  { currency, from, first_rate, needed_by, others }: RateMissing,
  base: string,
): string {
  const until = first_rate === null ? '' : ` before ${date(first_rate)}`;
  const more =
    others === 0 ? '' : ` and ${counted(others, 'more purchase or fee', 'more purchases and fees')}`;
  const need = others === 0 ? 'needs' : 'need';
  const which = `${needed_by}${more} ${need} one from ${date(from)} on.`;
  return `${currency} to ${base}: no rate${until}. ${which} Totals in ${base} that need it are not shown.`;
}
