// How shortcuts are written: "mod+k" in code, "Ctrl K" or "⌘K" on the screen.

/** Whether this is a Mac, where the command key stands for Ctrl. */
export function onMac(): boolean {
  return /Mac/.test(navigator.userAgent);
}

const NAMES: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  escape: 'Esc',
  enter: 'Enter',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'Page up',
  pagedown: 'Page down',
};
const MAC_NAMES: Record<string, string> = { ...NAMES, mod: '⌘', shift: '⇧', alt: '⌥' };

/** The keys of a chord as people read them. */
export function keyNames(chord: string): string[] {
  const names = onMac() ? MAC_NAMES : NAMES;
  return chord
    .toLowerCase()
    .split('+')
    .map(
      (key) =>
        names[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1)),
    );
}

/** The chord of a key press, in the same spelling as in the registry. */
export function chordOf(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (onMac() ? event.metaKey : event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  const key = event.key.toLowerCase();
  // "?" already needs Shift on most keyboards; only named keys and letters tell Shift apart.
  if (event.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key))) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}
