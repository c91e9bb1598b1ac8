import type { Problem } from '../../ipc/problem';

/** Whether the vendor does not offer the interface to this account: not a mistake, and nothing to correct. */
export function notOffered(problem: Problem): boolean {
  return problem.code.endsWith('not-offered');
}
