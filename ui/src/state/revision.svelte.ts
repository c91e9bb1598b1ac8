// Counts the changes of the stored data that the window has heard of; queries depend on it.
import { untrack } from 'svelte';
import { onChanged } from '../ipc/call';

let current = $state(0);

export const revision: { readonly current: number } = {
  get current() {
    return current;
  },
};

/** Tells every open screen to read again. */
export function noteChange(): void {
  current = untrack(() => current) + 1;
}

/** Listens to the backend until the returned function is called. */
export function followChanges(): () => void {
  return onChanged(noteChange);
}
