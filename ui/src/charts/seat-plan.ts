// One width's plan of the seat chart: margins, drawing, and labels that do not cover each other.

import { count } from '../format';
import { labelsFit, margins, type Margins } from './frame-size';
import { placeLabels, type Label } from './labels';
import { drawSeats, latest, type SeatDrawing, type SeatModel } from './seats';
import { valueAt } from './steps';
import { shortName, tickCount } from './words';

const LABEL_GAP = 17;

/** A label at the edge. */
export interface EdgeLabel {
  key: string;
  name: string;
  value: string;
  tone: string;
  y: number;
  anchor: number;
}

/** Everything the drawing needs. */
export interface SeatPlan {
  width: number;
  height: number;
  /** Height of the stack's plot. */
  main: number;
  /** Top and height of the strip of types that are not billable; height 0 where there is none. */
  strip: { top: number; height: number };
  margins: Margins;
  inner: number;
  drawing: SeatDrawing;
  labels: EdgeLabel[];
  stripLabels: EdgeLabel[];
  dayAt: (x: number) => number;
}

const MAIN = 224;
const STRIP = 44;
const STRIP_HEAD = 36;

export function seatPlan(model: SeatModel, width: number): SeatPlan {
  const strip = model.aside.length > 0 ? STRIP : 0;
  const named = edgeSeries(model);
  const aside = model.aside.map((one) => ({ ...one, seats: latest(one.steps, model) }));
  const rough = drawSeats(model, { width, height: MAIN, asideHeight: strip });
  const ticks = [...rough.counts, ...rough.asideTicks].map(({ count: tick }) => tickCount(tick));
  const texts = [...named, ...aside].map(({ name, seats }) => `${shortName(name)} ${count(seats ?? 0)}`);
  const around = margins(width, ticks, texts);
  const inner = Math.max(1, width - around.left - around.right);
  const drawing = drawSeats(model, { width: inner, height: MAIN, asideHeight: strip });
  const top = MAIN + STRIP_HEAD;
  return {
    width,
    height: around.top + (strip > 0 ? top + strip : MAIN) + around.bottom,
    main: MAIN,
    strip: { top, height: strip },
    margins: around,
    inner,
    drawing,
    labels: labelsFit(around) ? edgeLabels(model, drawing) : [],
    stripLabels: labelsFit(around) ? place(asideLabels(model, drawing), top, top + strip) : [],
    dayAt: (x) => model.start + ((x - around.left) / inner) * (model.to - model.start),
  };
}

function edgeSeries(model: SeatModel) {
  const stack = model.stack.map((one) => ({ ...one, seats: latest(one.steps, model) }));
  const seats = valueAt(model.purchased, model.to - 1);
  return [
    ...stack,
    { key: 'purchased', name: 'Purchased', tone: 'var(--ink)', steps: model.purchased, seats },
  ];
}

type Wish = Omit<EdgeLabel, 'y' | 'anchor'> & Label;

function edgeLabels(model: SeatModel, drawing: SeatDrawing): EdgeLabel[] {
  let floor = 0;
  const wishes: Wish[] = [];
  for (const { key, name, tone, seats } of edgeSeries(model)) {
    if (seats === null) continue;
    const line = key === 'purchased';
    const y = drawing.y(line ? seats : floor + seats / 2);
    if (!line) floor += seats;
    if (seats > 0 || line)
      wishes.push({ key, name, value: count(seats), tone, y, weight: line ? Infinity : seats });
  }
  return place(wishes, 4, MAIN);
}

function asideLabels(model: SeatModel, drawing: SeatDrawing): Wish[] {
  return model.aside.flatMap(({ key, name, tone, steps }) => {
    const seats = latest(steps, model);
    if (seats === null) return [];
    return [
      { key, name, value: count(seats), tone, y: MAIN + STRIP_HEAD + drawing.asideY(seats), weight: seats },
    ];
  });
}

function place(wishes: Wish[], top: number, bottom: number): EdgeLabel[] {
  const byKey = new Map(wishes.map((wish) => [wish.key, wish]));
  return placeLabels(wishes, LABEL_GAP, top, bottom).flatMap(({ key, y, anchor }) => {
    const wish = byKey.get(key);
    return wish ? [{ key, name: shortName(wish.name), value: wish.value, tone: wish.tone, y, anchor }] : [];
  });
}
