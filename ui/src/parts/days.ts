// Reading a civil day that was typed as YYYY-MM-DD. Nothing is computed with days here.
import { CalendarDate, parseDate } from '@internationalized/date';

export function parseDay(text: string): CalendarDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return parseDate(text);
  } catch {
    return null;
  }
}

/** Why a typed day cannot be used; `null` when it can. */
export function dayProblem(text: string, latest: string): string | null {
  const day = parseDay(text);
  if (day === null) return 'Write the day as YYYY-MM-DD, for example 2026-03-01.';
  const last = parseDay(latest);
  return last !== null && day.compare(last) > 0 ? 'That day has not come yet.' : null;
}
