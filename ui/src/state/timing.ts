// When a problem may be shown: not while something is still being typed for the first time.

import type { FieldProblem } from '../ipc/gen/FieldProblem';

/** Remembers which fields were left with content in them, and whether Save was refused. */
export interface Timing {
  left: ReadonlySet<string>;
  refused: boolean;
}

export const UNTOUCHED: Timing = { left: new Set(), refused: false };

/** Beside its field: after the field was left with content, or after a refused Save; then at every keystroke. */
export function shown(timing: Timing, problems: readonly FieldProblem[]): FieldProblem[] {
  return timing.refused ? [...problems] : problems.filter(({ field }) => timing.left.has(field));
}

/** A field was left. Leaving it empty says nothing: it may be filled in later. */
export function leave(timing: Timing, field: string, content: string): Timing {
  if (content.trim() === '' || timing.left.has(field)) return timing;
  return { ...timing, left: new Set([...timing.left, field]) };
}

/** A field is typed in again: unless it is already marked, it is left in peace until it is left again. */
export function type(timing: Timing, field: string, problems: readonly FieldProblem[]): Timing {
  if (!timing.left.has(field) || problems.some((problem) => problem.field === field)) return timing;
  return { ...timing, left: new Set([...timing.left].filter((each) => each !== field)) };
}

/** Save was refused: from now on every problem shows at once. */
export function refuse(timing: Timing): Timing {
  return { ...timing, refused: true };
}
