import { nice, ticks as ticksBetween } from 'd3-array';
import { dayText, monthStarts } from './days';

/** Whole-number ticks from zero; the last one is at or above `max`. */
export function countTicks(max: number, wanted: number): number[] {
  return wholeTicks(0, Math.max(1, max), wanted);
}

/** Whole-number ticks around zero that hold `-below` and `above`. */
export function balanceTicks(above: number, below: number, wanted: number): number[] {
  return wholeTicks(-Math.max(0, below), Math.max(below > 0 ? 0 : 1, above), wanted);
}

function wholeTicks(low: number, high: number, wanted: number): number[] {
  const [bottom, top] = nice(low, high, wanted);
  const ticks = ticksBetween(bottom, top, wanted).filter(Number.isInteger);
  return ticks.length > 1 ? ticks : [low, high];
}

/** A tick of the time axis: a day, and how much of its date the label needs. */
export interface TimeTick {
  day: number;
  text: string;
  unit: 'day' | 'month' | 'year';
}

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const DAY_STEPS = [1, 2, 7, 14];

/** First days of months (days, where the range is short) so far apart that labels do not touch. */
export function timeTicks(from: number, to: number, width: number, room = 80): TimeTick[] {
  const most = Math.max(2, Math.floor(width / room));
  if (to - from < 45) return dayTicks(from, to, most);
  for (const step of MONTH_STEPS) {
    const starts = monthStarts(from, to, step);
    if (starts.length <= most) return starts.map((day) => monthTick(day, step));
  }
  return [];
}

function monthTick(day: number, step: number): TimeTick {
  return { day, text: dayText(day), unit: step >= 12 ? 'year' : 'month' };
}

function dayTicks(from: number, to: number, most: number): TimeTick[] {
  const span = to - from + 1;
  const step = DAY_STEPS.find((days) => Math.ceil(span / days) <= most) ?? 28;
  const ticks: TimeTick[] = [];
  for (let day = from; day <= to; day += step) ticks.push({ day, text: dayText(day), unit: 'day' });
  return ticks;
}
