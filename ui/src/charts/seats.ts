// The seat chart's geometry: billable types stacked under the purchased line, other types beside the stack.

import { area, curveStepAfter, line } from 'd3-shape';
import type { SeatBand } from '../ipc/gen/SeatBand';
import type { SeatChart } from '../ipc/gen/SeatChart';
import type { SeatPoint } from '../ipc/gen/SeatPoint';
import { countTicks, timeTicks, type TimeTick } from './axis';
import { dayNumber } from './days';
import { linear } from './scale';
import {
  changeDays,
  lineRuns,
  readSpans,
  stackSteps,
  stackTop,
  sumSteps,
  valueAt,
  type Edge,
  type Span,
  type Step,
  type StepSeries,
} from './steps';
import { foldOthers, OTHER, toneOf, type Tones } from './tones';

/** A named series with its color. */
export interface Series extends StepSeries {
  name: string;
  tone: string;
}

/** The chart read once: day numbers, folded types, unbroken spans, and the days a cursor can stand on. */
export interface SeatModel {
  /** Where the axis begins: at least a month before its end, so that a first reading is no wall of color. */
  start: number;
  from: number;
  to: number;
  stack: Series[];
  aside: Series[];
  purchased: Step[];
  spans: Span[];
  gaps: Span[];
  stops: number[];
}

const MOST_ASIDE = 3;
const SHORTEST = 30;

export function seatModel(chart: SeatChart, tones: Tones): SeatModel {
  const from = dayNumber(chart.from);
  // The last day is drawn in full.
  const to = dayNumber(chart.to) + 1;
  const gaps = chart.gaps
    .map((gap) => ({ from: Math.max(from, dayNumber(gap.from)), to: Math.min(to, dayNumber(gap.to)) }))
    .filter((gap) => gap.to > gap.from);
  const stack = foldOthers(
    chart.bands.filter((band) => band.billable),
    tones,
  ).map((fold) => ({ ...sumSteps(fold.key, fold.members.map(series)), name: fold.name, tone: fold.tone }));
  const aside = asideOf(
    chart.bands.filter((band) => !band.billable),
    tones,
  );
  const purchased = steps(chart.purchased);
  const spans = readSpans(from, to, gaps);
  const all = [...stack, ...aside, { key: 'purchased', steps: purchased }];
  const stops = [
    ...new Set([...spans.flatMap((span) => changeDays(all, span)), ...gaps.map((gap) => gap.from), to - 1]),
  ];
  return {
    start: Math.min(from, to - SHORTEST),
    from,
    to,
    stack,
    aside,
    purchased,
    spans,
    gaps,
    stops: stops.sort((a, b) => a - b),
  };
}

function asideOf(bands: SeatBand[], tones: Tones): Series[] {
  if (bands.length <= MOST_ASIDE) {
    return bands.map((band) => ({
      ...series(band),
      name: band.name,
      tone: toneOf(tones, band.license_type),
    }));
  }
  const name = `${String(bands.length)} types together`;
  return [{ ...sumSteps('aside', bands.map(series)), name, tone: OTHER }];
}

function series(band: SeatBand): StepSeries {
  return { key: band.license_type, steps: steps(band.points) };
}

function steps(points: readonly SeatPoint[]): Step[] {
  return points.map(({ date, seats }) => ({ day: dayNumber(date), seats }));
}

/** Whether a day lies in a span without readings. */
export function gapAt(model: SeatModel, day: number): Span | null {
  return model.gaps.find((gap) => day >= gap.from && day < gap.to) ?? null;
}

/** Where the drawing's parts stand, in pixels of the plot. */
export interface SeatDrawing {
  bands: { key: string; tone: string; paths: string[] }[];
  purchased: string[];
  aside: { key: string; tone: string; paths: string[] }[];
  asideTicks: { count: number; y: number }[];
  gaps: { x: number; width: number }[];
  days: (TimeTick & { x: number })[];
  counts: { count: number; y: number }[];
  x: (day: number) => number;
  y: (count: number) => number;
  asideY: (count: number) => number;
}

/** Room for the drawing; the strip beside the stack has its own height. */
export interface SeatRoom {
  width: number;
  height: number;
  asideHeight: number;
}

export function drawSeats(model: SeatModel, room: SeatRoom): SeatDrawing {
  const stacked = stackSteps(model.stack, model.spans);
  const bought = Math.max(0, ...model.purchased.map(({ seats }) => seats ?? 0));
  const ticks = countTicks(Math.max(stackTop(stacked), bought), Math.max(2, Math.floor(room.height / 48)));
  const most = Math.max(0, ...model.aside.flatMap((one) => one.steps.map(({ seats }) => seats ?? 0)));
  const asideTicks = countTicks(most, 1);
  const x = linear([model.start, model.to], [0, room.width]);
  const y = linear([0, ticks.at(-1) ?? 1], [room.height, 0]);
  const asideY = linear([0, asideTicks.at(-1) ?? 1], [room.asideHeight, 0]);

  const shape = area<Edge>()
    .x((edge) => x(edge.day))
    .y0((edge) => y(edge.lower))
    .y1((edge) => y(edge.upper))
    .curve(curveStepAfter);
  const stroke = (scale: (count: number) => number) =>
    line<Step>()
      .x((step) => x(step.day))
      .y((step) => scale(step.seats ?? 0))
      .curve(curveStepAfter);
  const whole = { from: model.from, to: model.to };

  return {
    bands: stacked.map(({ key, runs }, index) => ({
      key,
      tone: model.stack[index]?.tone ?? OTHER,
      paths: runs.map((run) => shape(run) ?? ''),
    })),
    // What was bought is known on days without readings too: its line does not break there.
    purchased: lineRuns(model.purchased, whole).map((run) => stroke(y)(run) ?? ''),
    aside: model.aside.map((one) => ({
      key: one.key,
      tone: one.tone,
      paths: model.spans.flatMap((span) => lineRuns(one.steps, span).map((run) => stroke(asideY)(run) ?? '')),
    })),
    asideTicks: asideTicks.map((count) => ({ count, y: asideY(count) })),
    gaps: model.gaps.map((gap) => ({ x: x(gap.from), width: x(gap.to) - x(gap.from) })),
    days: timeTicks(model.start, model.to - 1, room.width).map((tick) => ({ ...tick, x: x(tick.day) })),
    counts: ticks.map((count) => ({ count, y: y(count) })),
    x,
    y,
    asideY,
  };
}

/** The count on the last day, for the label at the edge; `null` when that day lies in a gap. */
export function latest(steps: readonly Step[], model: SeatModel): number | null {
  const day = model.to - 1;
  return gapAt(model, day) ? null : valueAt(steps, day);
}
