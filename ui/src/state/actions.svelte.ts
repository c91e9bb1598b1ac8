// The one registry of commands: the palette, the shortcut sheet and the keyboard all read it.
export interface Action {
  /** Stable; a later registration with the same id stands in front of an earlier one. */
  id: string;
  label: string;
  /** Group in the palette and on the shortcut sheet. */
  group: string;
  /** "mod+k"; without `mod` or `alt` it does not fire while something is being typed. */
  keys?: string;
  /** Other words people may type to find it. */
  words?: string;
  enabled?: () => boolean;
  /** Fires inside text fields too, where the key would otherwise edit text (never for undo). */
  inFields?: boolean;
  /** Kept out of the palette: keys that only make sense in place. */
  hidden?: boolean;
  run: () => void;
}

/** The truth. Not reactive, because clean-ups change it, and there Svelte hands out a state's value of before. */
let registered: Action[] = [];
/** The same for whoever shows it. */
let held = $state.raw<Action[]>([]);

function hold(actions: Action[]): void {
  registered = actions;
  held = actions;
}

/** Every action, the latest of each id. */
export function allActions(): Action[] {
  const all = held;
  return all.filter((action, at) => all.findLastIndex((other) => other.id === action.id) === at);
}

/** Adds actions; call the returned function to take them away again (use it as an `$effect` clean-up). */
export function registerActions(actions: Action[]): () => void {
  hold([...registered, ...actions]);
  return () => hold(registered.filter((each) => !actions.includes(each)));
}

function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  );
}

/** The action a chord stands for right now. */
export function actionFor(chord: string, target: EventTarget | null): Action | null {
  const editable = isEditable(target);
  const found = allActions().find(
    (action) =>
      action.keys === chord && (!editable || action.inFields === true) && (action.enabled?.() ?? true),
  );
  return found ?? null;
}
