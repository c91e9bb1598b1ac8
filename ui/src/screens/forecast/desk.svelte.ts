// The what-if of each app as typed, the same for as long as the window lives; `keep` carries it across restarts.

import { SvelteSet } from 'svelte/reactivity';
import type { FieldProblem } from '../../ipc/gen/FieldProblem';
import type { ScenarioChange } from '../../ipc/gen/ScenarioChange';
import type { ScenarioForm } from '../../ipc/gen/ScenarioForm';
import type { Field } from './choices';

export function emptyChange(kind: string): ScenarioChange {
  return {
    kind,
    purchase: '',
    license_type: '',
    to: '',
    seats: '',
    cost: '',
    every: '',
    currency: '',
    day: '',
  };
}

export function emptyScenario(): ScenarioForm {
  return { name: '', renewing: 'automatic', changes: [] };
}

/** Whether two scenarios say the same, in whatever order their fields stand. */
export function sameScenario(one: ScenarioForm, other: ScenarioForm): boolean {
  const said = ({ name, renewing, changes }: ScenarioForm) =>
    JSON.stringify([name, renewing, changes.map((change) => ({ ...emptyChange(change.kind), ...change }))]);
  return said(one) === said(other);
}

/** One what-if and which of its problems may be shown. */
export class Desk {
  form: ScenarioForm = $state(emptyScenario());
  /** Whether Save was refused: from then on every problem shows at once. */
  refused = $state(false);
  /** Whether it was typed before the window opened: that is said, since nobody remembers. */
  resumed = $state(false);
  /** Why the name was refused; only Save asks for one. */
  nameProblem: string | null = $state.raw(null);
  /** The names of saved scenarios that stand side by side. */
  readonly beside = new SvelteSet<string>();
  readonly #left = new SvelteSet<string>();

  /** Whether anything differs from the present. */
  get active(): boolean {
    return this.form.changes.length > 0 || this.form.renewing === 'all';
  }

  /** A field was left: with something in it, its problem may be shown from now on. */
  leave(field: string, content: string): void {
    if (content.trim() !== '') this.#left.add(field);
  }

  shown(problems: readonly FieldProblem[], field: string): string | null {
    if (!this.refused && !this.#left.has(field)) return null;
    return problems.find((problem) => problem.field === field)?.message ?? null;
  }

  /** Puts a saved scenario beside the others, or takes it away. */
  compare(name: string, on: boolean): void {
    if (on) this.beside.add(name);
    else this.beside.delete(name);
  }

  add(kind: string, purchase: string): void {
    this.form.changes.push({ ...emptyChange(kind), purchase });
  }

  type(at: number, field: Field, typed: string): void {
    const change = this.form.changes[at];
    if (change) change[field] = typed;
  }

  remove(at: number): void {
    this.form.changes.splice(at, 1);
    // Fields are counted: those behind it would inherit what was known of it.
    this.#left.clear();
  }

  /** Puts a saved scenario in the place of what was typed. */
  open(form: ScenarioForm): void {
    this.form = { ...form, changes: form.changes.map((change) => ({ ...change })) };
    this.#left.clear();
    this.refused = this.resumed = false;
    this.nameProblem = null;
  }

  clear(): void {
    this.open(emptyScenario());
  }
}

const desks: Partial<Record<string, Desk>> = {};

/** The desk of an app, the same one for as long as the window lives. */
export function scenarioDesk(app: string): Desk {
  return (desks[app] ??= new Desk());
}
