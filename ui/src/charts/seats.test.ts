import { describe, expect, it } from 'vitest';
import type { SeatChart } from '../ipc/gen/SeatChart';
import { dayNumber } from './days';
import { seatPlan } from './seat-plan';
import { drawSeats, seatModel } from './seats';
import { typeTones } from './tones';

const chart = (change: Partial<SeatChart> = {}): SeatChart => ({
  title: '72 of 100 purchased seats are assigned',
  subtitle: 'Seats by license type',
  from: '2026-01-01',
  to: '2026-11-23',
  bands: [
    {
      license_type: 'can-edit',
      name: 'Can-Edit',
      billable: true,
      points: [{ date: '2026-01-01', seats: 72 }],
    },
    {
      license_type: 'view-only',
      name: 'View-Only',
      billable: false,
      points: [{ date: '2026-01-01', seats: 400 }],
    },
  ],
  purchased: [{ date: '2026-01-01', seats: 100 }],
  gaps: [],
  ...change,
});
const tones = typeTones(['can-edit', 'view-only']);
const room = { width: 600, height: 200, asideHeight: 40 };

describe('the seat chart', () => {
  it('stacks only billable types under the purchased line', () => {
    const model = seatModel(chart(), tones);
    expect(model.stack.map(({ key }) => key)).toEqual(['can-edit']);
    expect(model.aside.map(({ key }) => key)).toEqual(['view-only']);
    expect(drawSeats(model, room).counts.at(-1)?.count).toBeLessThan(400);
  });

  it('draws the last day in full and starts at zero', () => {
    const drawing = drawSeats(seatModel(chart(), tones), room);
    expect(drawing.counts[0]).toEqual({ count: 0, y: 200 });
    expect(drawing.bands[0]?.paths[0]).toContain('600');
  });

  it('breaks areas at a gap but not what was purchased', () => {
    const gaps = [{ from: '2026-03-01', to: '2026-05-01' }];
    const model = seatModel(chart({ gaps }), tones);
    const drawing = drawSeats(model, room);
    expect(drawing.bands[0]?.paths).toHaveLength(2);
    expect(drawing.aside[0]?.paths).toHaveLength(2);
    expect(drawing.purchased).toHaveLength(1);
    expect(model.stops).toContain(dayNumber('2026-03-01'));
  });

  it('labels no band where the newest days have no reading', () => {
    const gaps = [{ from: '2026-09-02', to: '2026-11-24' }];
    const plan = seatPlan(seatModel(chart({ gaps }), tones), 900);
    expect(plan.labels.map(({ key }) => key)).toEqual(['purchased']);
    expect(plan.stripLabels).toEqual([]);
  });

  it('has one stop for a single reading, at the right of a month', () => {
    const model = seatModel(chart({ from: '2026-11-23' }), tones);
    expect(model.stops).toEqual([dayNumber('2026-11-23')]);
    const drawing = drawSeats(model, room);
    expect(drawing.x(model.from)).toBeGreaterThan(500);
  });

  it('survives having nothing to draw', () => {
    const plan = seatPlan(seatModel(chart({ bands: [], purchased: [] }), tones), 640);
    expect(plan.labels).toEqual([]);
    expect(plan.strip.height).toBe(0);
  });

  it('gives up labels at the edge where the window is narrow', () => {
    const model = seatModel(chart(), tones);
    expect(seatPlan(model, 360).labels).toEqual([]);
    expect(seatPlan(model, 900).labels.map(({ key }) => key)).toEqual(['purchased', 'can-edit']);
  });

  it('keeps labels apart when nearly every seat is assigned', () => {
    const model = seatModel(chart({ purchased: [{ date: '2026-01-01', seats: 36 }] }), tones);
    const [first, second] = seatPlan(model, 900).labels.map(({ y }) => y);
    expect(Math.abs((first ?? 0) - (second ?? 0))).toBeGreaterThanOrEqual(16);
  });

  it('draws thirty types and a million members', () => {
    const bands = Array.from({ length: 30 }, (_, at) => ({
      license_type: `t${String(at)}`,
      name: `Type ${String(at)}`,
      billable: at < 20,
      points: Array.from({ length: 104 }, (_unused, week) => ({
        date: new Date(Date.UTC(2024, 10, 23 + week * 7)).toISOString().slice(0, 10),
        seats: 30_000 + week,
      })),
    }));
    const many = seatModel(
      chart({ from: '2024-11-23', bands }),
      typeTones(bands.map((band) => band.license_type)),
    );
    expect(many.stack.map(({ name }) => name).at(-1)).toBe('Other (16)');
    expect(many.aside.map(({ name }) => name)).toEqual(['10 types together']);
    expect(seatPlan(many, 1200).drawing.counts.at(-1)?.count).toBeGreaterThanOrEqual(600_000);
  });
});
