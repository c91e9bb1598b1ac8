// The what-if across restarts: what is typed and not saved is one text.

import { readBack } from '../license-details/forms';
import { keeper, type Keeper } from '../../state/keeper';
import { emptyChange, emptyScenario, type Desk } from './desk.svelte';

/** The key of an app's what-if. */
export const DRAFT_KEY = 'what-if';
const VERSION = 1;

/** What is typed as text; `null` when nothing is. */
export function bodyOf({ form, active }: Desk): string | null {
  if (!active && form.name.trim() === '') return null;
  return JSON.stringify({ version: VERSION, form });
}

/** Puts a kept what-if on the desk, unless something was typed since the window opened. */
export function restore(desk: Desk, body: string): void {
  if (bodyOf(desk) !== null) return;
  const kept = parse(body);
  const changes = Array.isArray(kept['changes']) ? kept['changes'] : [];
  const { name, renewing } = readBack(emptyScenario(), { ...kept, changes });
  desk.open({ name, renewing, changes: changes.map((change) => readBack(emptyChange(''), change)) });
  desk.resumed = bodyOf(desk) !== null;
}

function parse(body: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(body);
    const form = isRecord(found) ? found['form'] : null;
    return isRecord(form) ? form : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The keeper of an app's what-if, the same one for as long as the window lives. */
export function keeperOf(app: string, desk: Desk): Keeper {
  return keeper(app, DRAFT_KEY, { body: () => bodyOf(desk), restore: (body) => restore(desk, body) });
}
