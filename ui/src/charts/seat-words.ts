// The seat chart in words and as a table.

import { count, date } from '../format';
import type { SeatChart } from '../ipc/gen/SeatChart';
import { dayNumber, dayText } from './days';
import type { ChartTable, Entry, Reading } from './reading';
import { gapAt, type SeatModel } from './seats';
import { valueAt, type Step } from './steps';

const NONE = '–';

/** The values on a day; types that are not known then are left out. */
export function seatReading(model: SeatModel, day: number): Reading {
  const gap = gapAt(model, day);
  const bought = entry('Purchased', valueAt(model.purchased, day), 'dash', 'var(--ink)');
  if (gap) {
    const note = `no readings from ${date(dayText(gap.from))} to ${date(dayText(gap.to))}`;
    return { when: date(dayText(day)), note, entries: bought };
  }
  const stack = model.stack.flatMap((one) => entry(one.name, valueAt(one.steps, day), 'area', one.tone));
  const aside = model.aside.flatMap((one) => entry(one.name, valueAt(one.steps, day), 'line', one.tone));
  return { when: date(dayText(day)), entries: [...stack, ...bought, ...aside] };
}

function entry(label: string, seats: number | null, mark: Entry['mark'], tone: string): Entry[] {
  return seats === null ? [] : [{ label, value: count(seats), mark, tone }];
}

/** "No readings from 3 Mar 2026 to 20 Apr 2026: nothing is drawn there."; null without gaps. */
export function gapNote(model: SeatModel): string | null {
  if (model.gaps.length === 0) return null;
  const spans = model.gaps.map((gap) => `${date(dayText(gap.from))} to ${date(dayText(gap.to))}`);
  return `No readings from ${spans.join(', ')}: nothing is drawn there.`;
}

/** The drawing in a sentence. */
export function seatSummary(chart: SeatChart, model: SeatModel): string {
  const newest = seatReading(model, model.to - 1);
  const values = newest.entries.map(({ label, value }) => `${label} ${value}`).join(', ');
  return `${chart.subtitle}. On ${newest.when}: ${values === '' ? (newest.note ?? 'nothing is known') : values}.`;
}

/** Every day on which a count changed, newest first; all types, also those drawn as one. */
export function seatTable(chart: SeatChart, model: SeatModel): ChartTable {
  const bands = chart.bands.map((band) =>
    band.points.map(({ date: day, seats }) => ({ day: dayNumber(day), seats })),
  );
  const rows = [...model.stops].reverse().map((day) => {
    const gap = gapAt(model, day);
    const counts = bands.map((steps) => (gap ? 'no reading' : cell(steps, day)));
    return { head: date(dayText(day)), cells: [...counts, cell(model.purchased, day)] };
  });
  const names = chart.bands.map(({ name, billable }) => (billable ? name : `${name} (not billable)`));
  return { head: 'From', columns: [...names, 'Purchased'], rows };
}

function cell(steps: readonly Step[], day: number): string {
  const seats = valueAt(steps, day);
  return seats === null ? NONE : count(seats);
}
