import type { Action } from '../state/actions.svelte';

/** How well `typed` fits: the smaller the better, `null` when it does not. */
function distance(typed: string, action: Action): number | null {
  const label = action.label.toLowerCase();
  const all = `${label} ${action.group} ${action.words ?? ''}`.toLowerCase();
  let score = 0;
  for (const word of typed.split(/\s+/)) {
    if (label.startsWith(word)) score += 0;
    else if (label.includes(` ${word}`)) score += 1;
    else if (all.includes(` ${word}`)) score += 2;
    else if (all.includes(word)) score += 3;
    else return null;
  }
  return score;
}

/** The actions that fit what was typed, best first; with nothing typed, all of them by group. */
export function rank(typed: string, actions: Action[]): Action[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') {
    const groups = [...new Set(actions.map((action) => action.group))];
    return groups.flatMap((group) => actions.filter((action) => action.group === group));
  }
  return actions
    .map((action) => ({ action, score: distance(wanted, action) }))
    .filter((each): each is { action: Action; score: number } => each.score !== null)
    .sort((left, right) => left.score - right.score)
    .map((each) => each.action);
}
