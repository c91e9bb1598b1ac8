// Where a civil day stands on an axis. Positions only: no date that people read is computed here.

const DAY = 86_400_000;

/** Days since 1970-01-01 of "2026-11-23" (or of the first day of "2026-11"). */
export function dayNumber(text: string): number {
  const [year = 1970, month = 1, day = 1] = text.split('-').map(Number);
  return Math.round(Date.UTC(year, month - 1, day) / DAY);
}

/** "2026-11-23" of a day number. */
export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The first days of months within [from, to], every `step` months, aligned to January. */
export function monthStarts(from: number, to: number, step: number): number[] {
  const first = new Date(from * DAY);
  let index = first.getUTCFullYear() * 12 + first.getUTCMonth();
  index -= index % step;
  const starts: number[] = [];
  for (;;) {
    const day = Math.round(Date.UTC(Math.floor(index / 12), index % 12, 1) / DAY);
    if (day > to) return starts;
    if (day >= from) starts.push(day);
    index += step;
  }
}
