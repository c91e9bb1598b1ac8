// One listener for every shortcut; what a chord does is in the registry of actions.
import { chordOf } from '../parts/keys';
import { actionFor } from '../state/actions.svelte';

/** Chords that the engine must never act on itself: reload, find, print, history. */
const TAKEN_FROM_ENGINE = new Set([
  'mod+r',
  'mod+shift+r',
  'f5',
  'shift+f5',
  'mod+f5',
  'mod+f',
  'mod+p',
  'mod+g',
  'f3',
  'f7',
]);

function aDialogIsOpen(): boolean {
  return document.querySelector('.dialog[data-state="open"]') !== null;
}

export function handleKey(event: KeyboardEvent): void {
  const chord = chordOf(event);
  if (TAKEN_FROM_ENGINE.has(chord)) event.preventDefault();
  // A dialog keeps the rest of the window out of reach, by keyboard too.
  if (event.defaultPrevented && !TAKEN_FROM_ENGINE.has(chord)) return;
  if (aDialogIsOpen()) return;
  const action = actionFor(chord, event.target);
  if (action === null) return;
  event.preventDefault();
  action.run();
}
