// What is typed into the purchase form and not saved yet. Drafts outlive the screen: they live as long as the window.

import { SvelteMap } from 'svelte/reactivity';
import type { FieldProblem } from '../../ipc/gen/FieldProblem';
import type { LicenseDetails } from '../../ipc/gen/LicenseDetails';
import type { PurchaseForm } from '../../ipc/gen/PurchaseForm';
import type { PurchaseView } from '../../ipc/gen/PurchaseView';
import type { Problem } from '../../ipc/problem';
import { leave, refuse, shown, type, UNTOUCHED, type Timing } from './timing';

/** One form as typed. */
export class Draft {
  form: PurchaseForm = $state(emptyForm());
  /** Whether the license type is one that is not in the list yet. */
  newType = $state(false);
  /** What Save would refuse, as last heard. */
  problems: FieldProblem[] = $state.raw([]);
  /** Why the last Save could not be carried out at all. */
  failure: Problem | null = $state.raw(null);
  #timing: Timing = $state.raw(UNTOUCHED);
  #start: string;

  constructor(
    /** The purchase being edited; `null` for a new one. */
    readonly id: number | null,
    form: PurchaseForm,
  ) {
    this.form = { ...form };
    this.#start = JSON.stringify(form);
  }

  get changed(): boolean {
    return JSON.stringify(this.form) !== this.#start;
  }

  /** The problems that may be shown now. */
  get shown(): FieldProblem[] {
    return shown(this.#timing, this.problems);
  }

  get refused(): boolean {
    return this.#timing.refused;
  }

  problemOf(field: string): string | null {
    return this.shown.find((problem) => problem.field === field)?.message ?? null;
  }

  leave(field: string, content: string): void {
    this.#timing = leave(this.#timing, field, content);
  }

  type(field: string): void {
    this.#timing = type(this.#timing, field, this.problems);
  }

  refuse(problems: FieldProblem[]): void {
    this.problems = problems;
    this.#timing = refuse(this.#timing);
  }
}

/** What the side panel shows for one app. */
export type Panel = { kind: 'purchase'; key: string } | { kind: 'end'; id: number };

/** The drafts of one app by key; `edit-7` edits a purchase, every other key makes a new one. */
export class Desk {
  panel: Panel | null = $state.raw(null);
  readonly drafts = new SvelteMap<string, Draft>();
  /** Last days typed for purchases that are to be ended. */
  readonly lastDays = new SvelteMap<number, string>();

  /** The draft on screen. */
  get open(): Draft | null {
    return this.panel?.kind === 'purchase' ? (this.drafts.get(this.panel.key) ?? null) : null;
  }

  /** Opens a form with what was typed into it before, else with `form`. */
  start(key: string, id: number | null, form: PurchaseForm): void {
    if (this.drafts.get(key)?.changed !== true) this.drafts.set(key, new Draft(id, form));
    this.panel = { kind: 'purchase', key };
  }

  edit(purchase: PurchaseView): void {
    this.start(editKey(purchase.id), purchase.id, purchase.form);
  }

  duplicate(purchase: PurchaseView): void {
    this.start(`copy-${String(purchase.id)}`, null, purchase.form);
  }

  end(id: number): void {
    this.panel = { kind: 'end', id };
  }

  /** Closes the side panel; what was typed stays. */
  close(): void {
    this.panel = null;
  }

  /** Forgets the draft on screen, because it was saved or is not wanted. */
  drop(): void {
    if (this.panel?.kind === 'purchase') this.drafts.delete(this.panel.key);
    this.panel = null;
  }

  /** Whether a purchase has unsaved changes. */
  edited(id: number): boolean {
    return this.drafts.get(editKey(id))?.changed === true;
  }

  /** New purchases that were typed but neither saved nor on screen. */
  get waiting(): { key: string; draft: Draft }[] {
    const here = this.panel?.kind === 'purchase' ? this.panel.key : null;
    return [...this.drafts]
      .filter(([key, draft]) => draft.id === null && draft.changed && key !== here)
      .map(([key, draft]) => ({ key, draft }));
  }
}

function editKey(id: number): string {
  return `edit-${String(id)}`;
}

const desks: Partial<Record<string, Desk>> = {};

/** The desk of an app, the same one for as long as the window lives. */
export function deskOf(app: string): Desk {
  return (desks[app] ??= new Desk());
}

export function emptyForm(): PurchaseForm {
  return {
    license_type: '',
    name: '',
    po: '',
    quantity: '',
    unlimited: false,
    cost: '',
    per: 'unit',
    currency: '',
    every: 'year',
    from: '',
    until: '',
    proration: 'none',
    auto_renews: false,
    notice_days: '',
    note: '',
  };
}

/** A new purchase of a type (else of the one that most needs a price), in the currency in use. */
export function formFor(details: LicenseDetails, licenseType?: string): PurchaseForm {
  const types = details.license_types;
  const needy =
    types.find(({ warning, billable }) => warning !== null && billable) ??
    types.find(({ billable }) => billable);
  return {
    ...emptyForm(),
    license_type: licenseType ?? (needy ?? types[0])?.license_type ?? '',
    currency: details.currencies[0]?.code ?? '',
  };
}
