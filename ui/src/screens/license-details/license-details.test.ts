import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { DETAILS, LUCID } from '../../../tests/fixture/views';
import type { PurchaseForm } from '../../ipc/gen/PurchaseForm';
import { allActions } from '../../state/actions.svelte';
import { forgetKeepers } from '../../state/keeper';
import { toasts } from '../../state/toasts.svelte';
import LicenseDetails from './LicenseDetails.svelte';
import { deskOf } from './draft.svelte';

const WRONG = 'Quantity must be a whole number, like 50.';
const MISSING = 'Effective date is missing: type the first day, like 2027-03-01.';

function problemsOf(form: PurchaseForm) {
  const problems = [];
  if (!/^\d+$/u.test(form.quantity)) problems.push({ field: 'quantity', message: WRONG });
  if (form.from === '') problems.push({ field: 'from', message: MISSING });
  return problems;
}

const judging: Partial<Answers> = {
  purchase_preview: ({ form }) => ({
    sentence: form.quantity === '' ? null : `${form.quantity} seats`,
    annual: null,
    term_total: null,
    tax: null,
    per_held: null,
    next_payment: null,
    notice_by: null,
    notice_because: null,
    problems: problemsOf(form),
    warnings: form.quantity === '50' ? [{ field: 'quantity', message: '81 more are assigned.' }] : [],
  }),
  purchase_save: ({ form }) => {
    const problems = problemsOf(form);
    return { purchase: problems.length > 0 ? null : (DETAILS.purchases[0] ?? null), problems };
  },
};

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve({ ...judging, ...replaced });
  const view = render(LicenseDetails, { app: LUCID });
  await screen.findByTestId('purchase-add');
  return { calls, view, user: userEvent.setup() };
}

async function openForm(replaced: Partial<Answers> = {}) {
  const opened = await open(replaced);
  await opened.user.click(screen.getByTestId('purchase-add'));
  await screen.findByTestId('purchase-panel');
  return opened;
}

const field = (name: string) => screen.getByTestId<HTMLInputElement>(`field-${name}`);
const named = (calls: { name: string; request: unknown }[], name: string) =>
  calls.filter((call) => call.name === name);

/** happy-dom does not know `option:checked`, by which Svelte finds what was chosen. */
async function choose(name: string, pick: (options: HTMLOptionElement[]) => HTMLOptionElement | undefined) {
  const select = screen.getByTestId<HTMLSelectElement>(`field-${name}`);
  const option = pick([...select.options]);
  if (!option) throw new Error(`nothing to choose in ${name}`);
  vi.spyOn(select, 'querySelector').mockReturnValue(option);
  await userEvent.selectOptions(select, option.value);
}

const first = DETAILS.purchases[0];
if (!first) throw new Error('the fixture has purchases');

beforeEach(() => {
  const desk = deskOf(LUCID.app);
  desk.close();
  desk.drafts.clear();
  desk.fees.clear();
  desk.invoices.clear();
  desk.lastDays.clear();
  desk.uplifts.clear();
  desk.seats.clear();
  forgetKeepers();
});

describe('a thousand purchases', () => {
  it('are shown in parts', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({ ...first, id: at + 1 }));
    const { user } = await open({ license_details: () => ({ ...DETAILS, purchases: many }) });
    expect(screen.getAllByTestId(/^purchase-row-/)).toHaveLength(100);
    await user.click(screen.getByTestId('purchases-rest'));
    expect(screen.getAllByTestId(/^purchase-row-/)).toHaveLength(200);
  });
});

describe('the purchase form', () => {
  it('says live what was typed', async () => {
    const { user } = await openForm();
    await user.type(field('quantity'), '50');
    await waitFor(() => expect(screen.getByTestId('live-sentence').textContent).toBe('50 seats'));
    expect(screen.getByTestId('field-quantity-warning').textContent).toContain('81 more are assigned.');
  });

  it('does not complain while something is being typed, and does once the field is left', async () => {
    const { user } = await openForm();
    await user.type(field('quantity'), 'fifty');
    await waitFor(() => expect(screen.getByTestId('live-sentence').textContent).toBe('fifty seats'));
    expect(screen.queryByTestId('field-quantity-problem')).toBeNull();
    await user.tab();
    expect((await screen.findByTestId('field-quantity-problem')).textContent).toContain(WRONG);
    expect(field('quantity').getAttribute('aria-invalid')).toBe('true');
    await user.clear(field('quantity'));
    await user.type(field('quantity'), '50');
    await waitFor(() => expect(screen.queryByTestId('field-quantity-problem')).toBeNull());
  });

  it('does not complain about an empty field that was only passed through', async () => {
    const { user } = await openForm();
    field('from').focus();
    await user.tab();
    await waitFor(() => expect(screen.queryByTestId('field-from-problem')).toBeNull());
  });

  it('moves focus to the reasons when Save is refused, keeps every character, and leads to the field', async () => {
    const { user, calls } = await openForm();
    await user.type(field('quantity'), 'fifty');
    await user.type(field('cost'), '9');
    await user.click(screen.getByTestId('purchase-save'));
    const summary = await screen.findByTestId('purchase-summary');
    await waitFor(() => expect(document.activeElement).toBe(summary));
    expect(summary.textContent).toContain(WRONG);
    expect(summary.textContent).toContain(MISSING);
    expect(screen.getByTestId('field-from-problem').textContent).toContain(MISSING);
    expect([field('quantity').value, field('cost').value]).toEqual(['fifty', '9']);
    await user.click(screen.getByTestId('error-link-from'));
    expect(document.activeElement).toBe(field('from'));
    expect(named(calls, 'purchase_save')).toHaveLength(1);
  });

  it('keeps what was typed when saving fails', async () => {
    const problem = {
      code: 'disk-full',
      message: 'The disk is full.',
      hint: 'Free some space and save again.',
    };
    const { user } = await openForm({ purchase_save: () => Promise.reject(problem) });
    await user.type(field('quantity'), '50');
    await user.click(screen.getByTestId('purchase-save'));
    expect((await screen.findByTestId('purchase-failure')).textContent).toContain('Free some space');
    expect(field('quantity').value).toBe('50');
  });

  it('sends exactly what was typed, then closes and offers Undo', async () => {
    const { user, calls } = await openForm();
    await user.type(field('quantity'), '50');
    await user.type(field('cost'), '1.234,50');
    await choose('every', (options) => options.find(({ value }) => value === 'month'));
    await user.type(field('from'), '1 Mar 2027');
    await user.click(screen.getByTestId('purchase-save'));
    await waitFor(() => expect(screen.queryByTestId('purchase-panel')).toBeNull());
    expect(named(calls, 'purchase_save')[0]?.request).toMatchObject({
      app: LUCID.app,
      id: null,
      form: { quantity: '50', cost: '1.234,50', every: 'month', from: '1 Mar 2027', per: 'unit' },
    });
    expect(toasts.all.at(-1)?.action?.label).toBe('Undo');
    expect(document.activeElement).toBe(screen.getByTestId('purchase-add'));
  });

  it('saves with the shortcut while a field has focus', async () => {
    const { calls } = await openForm();
    const save = allActions().find((action) => action.keys === 'mod+s');
    expect(save?.inFields).toBe(true);
    save?.run();
    await waitFor(() => expect(named(calls, 'purchase_save')).toHaveLength(1));
  });

  it('closes with Escape without a question and keeps the draft, also when the tab was left', async () => {
    const { user, view } = await openForm();
    await user.type(field('note'), 'ask for a discount');
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('purchase-panel')).toBeNull();
    view.unmount();
    await openForm();
    expect(field('note').value).toBe('ask for a discount');
  });

  it('is still open with its draft after switching tabs', async () => {
    const { user, view } = await openForm();
    await user.type(field('po'), 'PO-77');
    view.unmount();
    await open();
    expect(field('po').value).toBe('PO-77');
  });

  it('forgets a draft only when asked to', async () => {
    const { user } = await openForm();
    await user.type(field('po'), 'PO-77');
    await user.click(screen.getByTestId('purchase-discard'));
    await user.click(screen.getByTestId('purchase-add'));
    expect(field('po').value).toBe('');
  });

  it('takes a license type that is not in the list', async () => {
    const { user, calls } = await openForm();
    await choose('license-type', (options) => options.at(-1));
    await user.type(field('license-type-name'), 'Team');
    await waitFor(() => {
      const asked = named(calls, 'purchase_preview').at(-1)?.request as { form: PurchaseForm };
      expect(asked.form.license_type).toBe('Team');
    });
  });

  it('drops the answer to an older question', async () => {
    const held: ((value: unknown) => void)[] = [];
    const { user } = await openForm({
      purchase_preview: async ({ form }) => {
        if (form.quantity === '1') await new Promise((resolve) => held.push(resolve));
        return {
          sentence: `${form.quantity} seats`,
          annual: null,
          term_total: null,
          tax: null,
          per_held: null,
          next_payment: null,
          notice_by: null,
          notice_because: null,
          problems: [],
          warnings: [],
        };
      },
    });
    await user.type(field('quantity'), '1');
    await waitFor(() => expect(held.length).toBeGreaterThan(0));
    await user.type(field('quantity'), '2');
    await waitFor(() => expect(screen.getByTestId('live-sentence').textContent).toBe('12 seats'));
    held.forEach((release) => release(null));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(screen.getByTestId('live-sentence').textContent).toBe('12 seats');
  });
});

describe('purchases', () => {
  it('are edited from exactly what was entered', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId(`purchase-open-${String(first.id)}`));
    expect(field('quantity').value).toBe(first.form.quantity);
    expect(field('cost').value).toBe(first.form.cost);
    await user.click(screen.getByTestId('field-reason-correction'));
    await user.click(screen.getByTestId('purchase-save'));
    await waitFor(() => expect(named(calls, 'purchase_save')[0]?.request).toMatchObject({ id: first.id }));
  });

  it('are duplicated into a new one', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId(`purchase-menu-${String(first.id)}`));
    await user.click(await screen.findByTestId(`purchase-menu-${String(first.id)}-duplicate`));
    expect(field('cost').value).toBe(first.form.cost);
    await user.click(screen.getByTestId('purchase-save'));
    await waitFor(() => expect(named(calls, 'purchase_save')[0]?.request).toMatchObject({ id: null }));
  });

  it('are ended with a last day; a refused one stays typed', async () => {
    const reason = 'The last day is before the first day, 1 Apr 2026.';
    const { user, calls } = await open({
      purchase_end: ({ last_day }) =>
        last_day === '2027-01-31'
          ? { purchase: first, problems: [] }
          : { purchase: null, problems: [{ field: 'last_day', message: reason }] },
    });
    await user.click(screen.getByTestId(`purchase-menu-${String(first.id)}`));
    await user.click(await screen.findByTestId(`purchase-menu-${String(first.id)}-end`));
    await user.type(field('last-day'), '2020-01-01');
    await user.click(screen.getByTestId('end-save'));
    expect((await screen.findByTestId('field-last-day-problem')).textContent).toContain(reason);
    expect(field('last-day').value).toBe('2020-01-01');
    await user.clear(field('last-day'));
    await user.type(field('last-day'), '2027-01-31');
    await user.click(screen.getByTestId('end-save'));
    await waitFor(() => expect(screen.queryByTestId('end-panel')).toBeNull());
    expect(named(calls, 'purchase_end')).toHaveLength(2);
  });

  it('are deleted without a question and brought back with Undo', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId(`purchase-menu-${String(first.id)}`));
    await user.click(await screen.findByTestId(`purchase-menu-${String(first.id)}-delete`));
    await waitFor(() =>
      expect(named(calls, 'purchase_delete')[0]?.request).toEqual({ app: LUCID.app, id: first.id }),
    );
    await waitFor(() => expect(toasts.all.at(-1)?.text).toContain('Deleted'));
    toasts.all.at(-1)?.action?.run();
    await waitFor(() => expect(named(calls, 'undo')).toHaveLength(1));
  });

  it('have an Undo button that says what it takes back', async () => {
    const { user, calls } = await open({
      license_details: () => ({ ...DETAILS, undo: 'Delete Can-Edit, 50 seats' }),
    });
    const undo = screen.getByTestId('undo');
    expect(undo.title).toContain('Delete Can-Edit, 50 seats');
    await user.click(undo);
    await waitFor(() => expect(named(calls, 'undo')).toHaveLength(1));
  });

  it('invite to the first one', async () => {
    await open({ license_details: () => ({ ...DETAILS, purchases: [], undo: null }) });
    expect(screen.getByTestId('no-purchases').textContent).toContain('Enter what the licenses cost');
    expect(screen.getByTestId<HTMLButtonElement>('undo').disabled).toBe(true);
  });
});

describe('license types', () => {
  const type = DETAILS.license_types[0];
  if (!type) throw new Error('the fixture has types');
  const key = type.license_type;

  it('are switched between billable and not', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId(`type-billable-${key}`));
    await waitFor(() =>
      expect(named(calls, 'license_type_change')[0]?.request).toEqual({
        app: LUCID.app,
        license_type: key,
        name: null,
        billable: !type.billable,
        free: null,
      }),
    );
  });

  it('are renamed in place; Escape takes it back', async () => {
    const { user, calls } = await open();
    await user.click(screen.getByTestId(`type-name-${key}`));
    await user.keyboard('Editor{Escape}');
    expect(named(calls, 'license_type_change')).toHaveLength(0);
    await user.click(screen.getByTestId(`type-name-${key}`));
    const input = screen.getByTestId(`type-name-input-${key}`);
    await user.clear(input);
    await user.type(input, 'Editor{Enter}');
    await waitFor(() =>
      expect(named(calls, 'license_type_change')[0]?.request).toMatchObject({ name: 'Editor' }),
    );
  });

  it('warn where there are accounts without a price, and lead to the form', async () => {
    const warning = '24 accounts, but no price.';
    const { user } = await open({
      license_details: () => ({ ...DETAILS, license_types: [{ ...type, warning }] }),
    });
    expect(screen.getByTestId(`type-warning-${key}`).textContent).toContain(warning);
    await user.click(screen.getByTestId(`type-add-${key}`));
    expect(screen.getByTestId<HTMLSelectElement>('field-license-type').value).toBe(key);
  });
});
