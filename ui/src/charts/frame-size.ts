// The margins around a plot, from the words that have to fit into them.

import { textRoom } from './labels';

export const TEXT = 11;
const NARROW = 520;

/** Margins in pixels. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Room for the widest tick on the left, and for labels on the right where the chart is wide enough. */
export function margins(width: number, ticks: readonly string[], labels: readonly string[]): Margins {
  const left = Math.max(16, ...ticks.map((text) => textRoom(text, TEXT))) + 8;
  const wanted = Math.max(0, ...labels.map((text) => textRoom(text, TEXT + 1))) + 20;
  const fits = labels.length > 0 && width >= NARROW && wanted <= width * 0.36;
  return { left, right: fits ? wanted : 8, top: 8, bottom: 22 };
}

/** Whether labels stand at the edge; where not, the reading line names the marks. */
export function labelsFit(given: Margins): boolean {
  return given.right > 8;
}
