// Counts that hold from a day until the next point: reading them, stacking them, breaking them at gaps.

import { bisector } from 'd3-array';

/** A count from a day on; `null` where it is not known or has no limit. */
export interface Step {
  day: number;
  seats: number | null;
}

/** One line of steps. */
export interface StepSeries {
  key: string;
  steps: readonly Step[];
}

/** Days `[from, to)`. */
export interface Span {
  from: number;
  to: number;
}

/** One edge of a stacked band: it holds from `day` until the next edge of its run. */
export interface Edge {
  day: number;
  lower: number;
  upper: number;
}

/** A band of the stack in unbroken runs; each run closes with an edge at its last day. */
export interface StackedBand {
  key: string;
  runs: Edge[][];
}

const byDay = bisector((step: Step) => step.day);

/** The count in force on a day; `null` before the first point. */
export function valueAt(steps: readonly Step[], day: number): number | null {
  return steps[byDay.right(steps, day) - 1]?.seats ?? null;
}

/** The spans of `[from, to)` that lie outside every gap, oldest first. */
export function readSpans(from: number, to: number, gaps: readonly Span[]): Span[] {
  const spans: Span[] = [];
  let start = from;
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    if (gap.from > start) spans.push({ from: start, to: Math.min(gap.from, to) });
    start = Math.max(start, gap.to);
  }
  if (start < to) spans.push({ from: start, to });
  return spans.filter((span) => span.to > span.from);
}

/** The days in a span on which any series changes, its first day included. */
export function changeDays(series: readonly StepSeries[], span: Span): number[] {
  const days = new Set<number>([span.from]);
  for (const { steps } of series) {
    for (const { day } of steps) if (day > span.from && day < span.to) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/** Stacks the series in their order, the first at the bottom; a band that is not known breaks there. */
export function stackSteps(series: readonly StepSeries[], spans: readonly Span[]): StackedBand[] {
  const bands: StackedBand[] = series.map(({ key }) => ({ key, runs: [] }));
  for (const span of spans) {
    const open: (Edge[] | null)[] = series.map(() => null);
    for (const day of changeDays(series, span)) {
      let floor = 0;
      series.forEach(({ steps }, index) => {
        const seats = valueAt(steps, day);
        const run = open[index] ?? null;
        const last = run?.at(-1);
        if (seats === null) {
          if (run && last) run.push({ ...last, day });
          open[index] = null;
          return;
        }
        const edge = { day, lower: floor, upper: floor + seats };
        if (run) run.push(edge);
        else open[index] = startRun(bands[index], edge);
        floor += seats;
      });
    }
    for (const run of open) closeRun(run, span.to);
  }
  return bands;
}

/** The runs of one series in which its count is known, each closed at its last day. */
export function lineRuns(steps: readonly Step[], span: Span): Step[][] {
  const series = [{ key: '', steps }];
  return (stackSteps(series, [span])[0]?.runs ?? []).map((run) =>
    run.map(({ day, upper }) => ({ day, seats: upper })),
  );
}

/** The highest upper edge of a stack. */
export function stackTop(bands: readonly StackedBand[]): number {
  let top = 0;
  for (const { runs } of bands)
    for (const run of runs) for (const edge of run) top = Math.max(top, edge.upper);
  return top;
}

/** Several series as one: their sum wherever at least one is known. */
export function sumSteps(key: string, series: readonly StepSeries[]): StepSeries {
  const days = [...new Set(series.flatMap(({ steps }) => steps.map(({ day }) => day)))].sort((a, b) => a - b);
  const steps = days.map((day) => {
    const known = series.map((one) => valueAt(one.steps, day)).filter((seats) => seats !== null);
    return { day, seats: known.length === 0 ? null : known.reduce((sum, seats) => sum + seats, 0) };
  });
  return { key, steps };
}

function startRun(band: StackedBand | undefined, edge: Edge): Edge[] {
  const run = [edge];
  band?.runs.push(run);
  return run;
}

function closeRun(run: Edge[] | null, day: number): void {
  const last = run?.at(-1);
  if (run && last) run.push({ ...last, day });
}
