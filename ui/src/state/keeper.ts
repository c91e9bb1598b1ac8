// Drafts across restarts: what stands in a form is one text that the backend keeps under a key of the app.

import { call } from '../ipc/call';

/** What can be kept: its text, `null` when there is nothing to keep, and how it is put back. */
export interface Kept {
  body: () => string | null;
  restore: (body: string) => void;
}

const PAUSE_MS = 500;

/** Keeps one draft: writes it a moment after the last change. */
export class Keeper {
  /** What the backend has; `undefined` until it was asked, so that nothing unread is overwritten. */
  #known: string | null | undefined = undefined;
  #wanted: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #app: string;
  readonly #key: string;
  readonly #kept: Kept;

  constructor(app: string, key: string, kept: Kept) {
    this.#app = app;
    this.#key = key;
    this.#kept = kept;
  }

  /** Reads what was kept, once. */
  async load(): Promise<void> {
    if (this.#known !== undefined) return;
    const body = await call('draft_get', { app: this.#app, key: this.#key });
    if (this.#known !== undefined) return;
    this.#known = body;
    if (body !== null) this.#kept.restore(body);
    this.want(this.#kept.body());
  }

  /** Writes `body` soon. */
  want(body: string | null): void {
    this.#wanted = body;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), PAUSE_MS);
  }

  /** Writes at once what was to be written soon. A draft that cannot be kept is still on the screen. */
  async now(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const body = this.#wanted;
    if (this.#known === undefined || this.#known === body) return;
    const before = this.#known;
    this.#known = body;
    const key = { app: this.#app, key: this.#key };
    try {
      await (body === null ? call('draft_clear', key) : call('draft_save', { ...key, body }));
    } catch {
      if (this.#known === body) this.#known = before;
    }
  }
}

const keepers = new Map<string, Keeper>();

/** The keeper of a draft, the same one for as long as the window lives. */
export function keeper(app: string, key: string, kept: Kept): Keeper {
  const name = `${app} ${key}`;
  const known = keepers.get(name) ?? new Keeper(app, key, kept);
  keepers.set(name, known);
  return known;
}

/** For tests: as if the window had just been opened. */
export function forgetKeepers(): void {
  keepers.clear();
}
