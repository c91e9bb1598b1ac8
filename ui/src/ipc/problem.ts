import type { Problem } from './gen/Problem';

export type { Problem };

export function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Partial<Record<keyof Problem, unknown>>;
  return (
    typeof candidate.code === 'string' &&
    typeof candidate.message === 'string' &&
    typeof candidate.hint === 'string'
  );
}

/** Whatever was raised, as a problem that can be shown. */
export function toProblem(raised: unknown): Problem {
  if (isProblem(raised)) return raised;
  const detail = raised instanceof Error ? raised.message : typeof raised === 'string' ? raised : '';
  return {
    code: 'window',
    message:
      detail === '' ? 'Something in the window went wrong.' : `Something in the window went wrong: ${detail}`,
    hint: 'Nothing stored was changed. Try again; if it stays, restart Seatledger.',
  };
}
