// Once the first screen is painted, the others are read while nobody waits for them: opening one shows it at once.
import { apps } from '../state/apps.svelte';
import { loadInTurn } from '../state/later.svelte';
import { ALL } from './parts';

const PAUSE_MS = 60;

/** Begins when the list of apps has been answered; returns how to stop. */
export function readAhead(): () => void {
  return $effect.root(() => {
    $effect(() => (apps.waiting ? undefined : loadInTurn(ALL, PAUSE_MS)));
  });
}
