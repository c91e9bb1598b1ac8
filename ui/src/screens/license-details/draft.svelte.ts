// What is typed into License Details and not saved yet. It outlives the screen with the desk, and the window with `keep.ts`.

import { SvelteMap } from 'svelte/reactivity';
import type { FeeForm } from '../../ipc/gen/FeeForm';
import type { FeeView } from '../../ipc/gen/FeeView';
import type { FieldProblem } from '../../ipc/gen/FieldProblem';
import type { InvoiceForm } from '../../ipc/gen/InvoiceForm';
import type { InvoiceView } from '../../ipc/gen/InvoiceView';
import type { PurchaseForm } from '../../ipc/gen/PurchaseForm';
import type { PurchaseView } from '../../ipc/gen/PurchaseView';
import { Typed } from '../../state/typed.svelte';

/** Why a purchase or a fee is edited; empty until that was said. */
export type Reason = '' | 'correction' | 'price-change';

const UNSAID: FieldProblem = {
  field: 'reason',
  message: 'Say whether a mistake is corrected or the price changed: only the second keeps past figures.',
};

/** Something with a price as typed: whoever edits it says why. */
export class Priced<F extends { from: string }> extends Typed<F> {
  reason: Reason = $state('');
  /** The first day of a new price. */
  on = $state('');

  override get changed(): boolean {
    return super.changed || this.on !== '';
  }

  get repriced(): boolean {
    return this.id !== null && this.reason === 'price-change';
  }

  /** The form that is judged: a new price counts from its own day, whatever the first day was. */
  get asked(): F {
    return this.repriced ? { ...this.form, from: this.on } : { ...this.form };
  }

  /** What keeps it from being saved before anybody is asked; `null` when it was said why. */
  get unsaid(): FieldProblem[] | null {
    if (this.id === null || this.reason !== '') return null;
    return [UNSAID, ...this.problems.filter(({ field }) => field !== UNSAID.field)];
  }

  /** Problems beside the fields where they are typed. */
  judged(problems: FieldProblem[]): FieldProblem[] {
    if (this.unsaid !== null) return this.refused ? [UNSAID, ...problems] : problems;
    if (!this.repriced) return problems;
    return problems.map(({ field, message }) => ({ field: field === 'from' ? 'on' : field, message }));
  }
}

/** A fee as typed. */
export type FeeDraft = Priced<FeeForm>;

/** A purchase as typed. */
export class Draft extends Priced<PurchaseForm> {
  /** Whether the license type is one that is not in the list yet. */
  newType = $state(false);
}

/** What the side panel shows for one app. */
export type Panel =
  | { kind: 'purchase' | 'fee' | 'invoice'; key: string }
  | { kind: 'end' | 'renew' | 'seats' | 'history'; id: number }
  | { kind: 'fee-history'; fee: number; name: string };

export interface Seats {
  from: string;
  quantity: string;
}

/** The drafts of one app by key; `edit-7` edits number 7, every other key makes something new. */
export class Desk {
  panel: Panel | null = $state.raw(null);
  readonly drafts = new SvelteMap<string, Draft>();
  readonly fees = new SvelteMap<string, FeeDraft>();
  readonly invoices = new SvelteMap<string, Typed<InvoiceForm>>();
  /** Last days typed for purchases that are to be ended. */
  readonly lastDays = new SvelteMap<number, string>();
  /** Uplifts typed for purchases that are to be renewed. */
  readonly uplifts = new SvelteMap<number, string>();
  /** Seats typed for purchases that they are to be added to. */
  readonly seats = new SvelteMap<number, Seats>();

  /** The purchase on screen. */
  get open(): Draft | null {
    return this.panel?.kind === 'purchase' ? (this.drafts.get(this.panel.key) ?? null) : null;
  }

  get fee(): FeeDraft | null {
    return this.panel?.kind === 'fee' ? (this.fees.get(this.panel.key) ?? null) : null;
  }

  get invoice(): Typed<InvoiceForm> | null {
    return this.panel?.kind === 'invoice' ? (this.invoices.get(this.panel.key) ?? null) : null;
  }

  /** The purchase that something other than its form is open for. */
  get concerned(): number | null {
    return this.panel !== null && 'id' in this.panel ? this.panel.id : null;
  }

  /** Opens a form with what was typed into it before, else with `form`. */
  start(key: string, id: number | null, form: PurchaseForm): void {
    if (!resume(this.drafts.get(key))) this.drafts.set(key, new Draft(id, form));
    this.panel = { kind: 'purchase', key };
  }

  edit(purchase: PurchaseView): void {
    this.start(editKey(purchase.id), purchase.id, purchase.form);
  }

  duplicate(purchase: PurchaseView): void {
    this.start(`copy-${String(purchase.id)}`, null, purchase.form);
  }

  startFee(key: string, id: number | null, form: FeeForm): void {
    if (!resume(this.fees.get(key))) this.fees.set(key, new Priced(id, form));
    this.panel = { kind: 'fee', key };
  }

  editFee(fee: FeeView): void {
    this.startFee(editKey(fee.id), fee.id, fee.form);
  }

  feeHistory(fee: FeeView): void {
    this.panel = { kind: 'fee-history', fee: fee.id, name: fee.form.name };
  }

  startInvoice(key: string, id: number | null, form: InvoiceForm): void {
    if (!resume(this.invoices.get(key))) this.invoices.set(key, new Typed(id, form));
    this.panel = { kind: 'invoice', key };
  }

  editInvoice(invoice: InvoiceView): void {
    this.startInvoice(editKey(invoice.id), invoice.id, invoice.form);
  }

  act(kind: 'end' | 'renew' | 'seats' | 'history', id: number): void {
    this.panel = { kind, id };
  }

  /** Closes the side panel; what was typed stays. */
  close(): void {
    this.panel = null;
  }

  /** Forgets the draft on screen, because it was saved or is not wanted. */
  drop(): void {
    if (this.panel?.kind === 'purchase') this.drafts.delete(this.panel.key);
    if (this.panel?.kind === 'fee') this.fees.delete(this.panel.key);
    if (this.panel?.kind === 'invoice') this.invoices.delete(this.panel.key);
    this.panel = null;
  }

  /** Whether a purchase has unsaved changes. */
  edited(id: number): boolean {
    return this.drafts.get(editKey(id))?.changed === true;
  }

  feeEdited(id: number): boolean {
    return this.fees.get(editKey(id))?.changed === true;
  }

  invoiceEdited(id: number): boolean {
    return this.invoices.get(editKey(id))?.changed === true;
  }

  /** Purchases that were typed, but are neither saved nor on screen nor reached from a row of the table. */
  waiting(listed: ReadonlySet<number>): string[] {
    return waiting(this.drafts, this.panel?.kind === 'purchase' ? this.panel.key : null, listed);
  }

  waitingFees(listed: ReadonlySet<number>): string[] {
    return waiting(this.fees, this.panel?.kind === 'fee' ? this.panel.key : null, listed);
  }

  waitingInvoices(listed: ReadonlySet<number>): string[] {
    return waiting(this.invoices, this.panel?.kind === 'invoice' ? this.panel.key : null, listed);
  }

  /** Brings a waiting draft back; one whose purchase is gone becomes a new purchase. */
  resume(key: string): void {
    const draft = this.drafts.get(key);
    if (draft === undefined) return;
    if (draft.id === null) {
      this.start(key, null, draft.form);
      return;
    }
    this.drafts.delete(key);
    const revived = new Draft(null, { ...draft.form }, draft.start);
    revived.resumed = true;
    this.drafts.set(`new-${key}`, revived);
    this.panel = { kind: 'purchase', key: `new-${key}` };
  }
}

/** Whether there is something to go on with; it then says that it was brought back. */
function resume<F extends object>(draft: Typed<F> | undefined): boolean {
  if (draft?.changed !== true) return false;
  draft.resumed = true;
  return true;
}

function waiting<F extends object>(
  drafts: ReadonlyMap<string, Typed<F>>,
  here: string | null,
  listed: ReadonlySet<number>,
): string[] {
  return [...drafts]
    .filter(([key, { id, changed }]) => key !== here && changed && (id === null || !listed.has(id)))
    .map(([key]) => key);
}

function editKey(id: number): string {
  return `edit-${String(id)}`;
}

const desks: Partial<Record<string, Desk>> = {};

/** The desk of an app, the same one for as long as the window lives. */
export function deskOf(app: string): Desk {
  return (desks[app] ??= new Desk());
}
