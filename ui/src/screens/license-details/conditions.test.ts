import axe from 'axe-core';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { CONDITIONED, FINDINGS } from '../../../tests/fixture/ledger';
import { DETAILS, LUCID } from '../../../tests/fixture/views';
import type { FieldProblem } from '../../ipc/gen/FieldProblem';
import type { PurchaseForm } from '../../ipc/gen/PurchaseForm';
import type { PurchasePreview } from '../../ipc/gen/PurchasePreview';
import { toasts } from '../../state/toasts.svelte';
import LicenseDetails from './LicenseDetails.svelte';
import { deskOf } from './draft.svelte';
import { forgetKeepers } from '../../state/keeper';
import { DRAFT_KEY, keeperOf } from './keep';

const WITH_CONDITIONS = { ...DETAILS, purchases: [CONDITIONED, ...DETAILS.purchases] };

const field = (name: string) => screen.getByTestId<HTMLInputElement>(`field-${name}`);

interface Made {
  name: string;
  request: unknown;
}

const named = (calls: Made[], name: string) => calls.filter((call) => call.name === name);

function lastForm(calls: Made[]): PurchaseForm | undefined {
  const asked = named(calls, 'purchase_preview').at(-1)?.request as { form: PurchaseForm } | undefined;
  return asked?.form;
}

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  const view = render(LicenseDetails, { app: LUCID });
  await screen.findByTestId('purchase-add');
  return { calls, view, user: userEvent.setup() };
}

async function openConditions(replaced: Partial<Answers> = {}) {
  const opened = await open(replaced);
  await opened.user.click(screen.getByTestId('purchase-add'));
  await opened.user.click(await screen.findByTestId('more-conditions'));
  return opened;
}

async function openConditioned(replaced: Partial<Answers> = {}) {
  const opened = await open({ license_details: () => WITH_CONDITIONS, ...replaced });
  await opened.user.click(screen.getByTestId('purchase-open-3'));
  return opened;
}

async function act(user: ReturnType<typeof userEvent.setup>, id: number, name: string) {
  await user.click(screen.getByTestId(`purchase-menu-${String(id)}`));
  await user.click(await screen.findByTestId(`purchase-menu-${String(id)}-${name}`));
}

function judged(problems: FieldProblem[]): PurchasePreview {
  return {
    sentence: null,
    annual: null,
    term_total: null,
    tax: null,
    per_held: null,
    next_payment: null,
    notice_by: null,
    notice_because: null,
    problems,
    warnings: [],
  };
}

/** happy-dom does not know `option:checked`, by which Svelte finds what was chosen. */
async function choose(testid: string, value: string) {
  const select = screen.getByTestId<HTMLSelectElement>(testid);
  const option = [...select.options].find((each) => each.value === value);
  if (!option) throw new Error(`no ${value} in ${testid}`);
  vi.spyOn(select, 'querySelector').mockReturnValue(option);
  await userEvent.selectOptions(select, value);
}

function fresh() {
  const desk = deskOf(LUCID.app);
  desk.close();
  for (const map of [desk.drafts, desk.fees, desk.invoices, desk.lastDays, desk.uplifts, desk.seats])
    map.clear();
  forgetKeepers();
}

beforeEach(fresh);

describe('more conditions', () => {
  it('are closed and told in a few words where there are some', async () => {
    const { user } = await openConditioned();
    const summary = screen.getByTestId('conditions-summary');
    expect(within(summary).getByText('3 graduated tiers')).toBeTruthy();
    expect(within(summary).getByText('tax 19%')).toBeTruthy();
    expect(screen.queryByTestId('tier-rows')).toBeNull();
    const toggle = screen.getByTestId('more-conditions');
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    await user.click(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByTestId<HTMLInputElement>('tier-2-from').value).toBe('101');
  });

  it('move the one price into the tier table and back', async () => {
    const { user, calls } = await openConditions();
    await user.type(field('cost'), '9.00');
    await choose('field-shape', 'graduated');
    await waitFor(() =>
      expect(lastForm(calls)).toMatchObject({ shape: 'graduated', cost: '', tiers: '1+: 9.00' }),
    );
    await choose('field-shape', '');
    await waitFor(() => expect(lastForm(calls)).toMatchObject({ shape: '', cost: '9.00', tiers: '' }));
  });

  it('take tiers as rows, add the next one behind the last, and remove one', async () => {
    const { user, calls } = await openConditions();
    await choose('field-shape', 'volume');
    await user.type(screen.getByTestId('tier-0-to'), '10');
    await user.type(screen.getByTestId('tier-0-price'), '9');
    await user.click(screen.getByTestId('tier-add'));
    expect(document.activeElement).toBe(screen.getByTestId('tier-1-to'));
    await user.type(screen.getByTestId('tier-1-price'), '8,50');
    await waitFor(() => expect(lastForm(calls)?.tiers).toBe('1-10: 9\n11+: 8,50'));
    await user.click(screen.getByTestId('tier-0-remove'));
    await waitFor(() => expect(lastForm(calls)?.tiers).toBe('11+: 8,50'));
  });

  it('keep discounts in the order shown, which can be changed', async () => {
    const { user, calls } = await openConditions();
    await user.click(screen.getByTestId('discount-add'));
    await user.type(screen.getByTestId('discount-0-value'), '10');
    await user.type(screen.getByTestId('discount-0-name'), 'partner');
    await user.click(screen.getByTestId('discount-add'));
    await choose('discount-1-kind', 'list');
    await user.type(screen.getByTestId('discount-1-value'), '5');
    await waitFor(() => expect(lastForm(calls)?.discounts).toBe('10% partner\n5% of list'));
    await user.click(screen.getByTestId('discount-1-up'));
    await waitFor(() => expect(lastForm(calls)?.discounts).toBe('5% of list\n10% partner'));
    expect(screen.getByTestId<HTMLButtonElement>('discount-0-up').disabled).toBe(true);
  });

  it('send packs, minimums, overage, tax, renewal and the life of a price as typed', async () => {
    const { user, calls } = await openConditions();
    await user.click(screen.getByTestId('packs-lucid'));
    await user.type(field('minimum-payment'), '800');
    await choose('field-overage', 'own');
    await user.type(field('overage-price'), '12,50');
    await user.type(field('true-up'), '1 Oct 2027');
    await user.type(field('tax'), '19');
    await user.type(field('uplift'), '5');
    await user.type(field('cap'), '7');
    await choose('field-once', 'life');
    await user.type(field('renewal-seats'), '80');
    await user.type(field('once-months'), '36');
    await waitFor(() =>
      expect(lastForm(calls)).toMatchObject({
        packs: '3, 5, 10, then +10',
        minimum_payment: '800',
        overage: '12,50',
        true_up: '1 Oct 2027',
        tax: '19',
        uplift: '5',
        cap: '7',
        renewal_seats: '80',
        once: '36 months',
      }),
    );
  });

  it('open when Save refuses one of them and the reason is followed', async () => {
    const refused = [{ field: 'tax', message: 'Tax must be a percentage like 7.5%.' }];
    const { user } = await open({
      purchase_save: () => ({ purchase: null, problems: refused }),
      purchase_preview: () => judged(refused),
    });
    await user.click(screen.getByTestId('purchase-add'));
    await user.click(screen.getByTestId('purchase-save'));
    await user.click(await screen.findByTestId('error-link-tax'));
    await waitFor(() => expect(document.activeElement).toBe(field('tax')));
  });
});

describe('an edited purchase', () => {
  it('is not saved before it is said why', async () => {
    const { user, calls } = await openConditioned();
    await user.click(screen.getByTestId('purchase-save'));
    expect((await screen.findByTestId('purchase-summary')).textContent).toContain('the price changed');
    expect(named(calls, 'purchase_save')).toHaveLength(0);
    await user.click(screen.getByTestId('field-reason-correction'));
    await waitFor(() => expect(screen.queryByTestId('error-link-reason')).toBeNull());
    await user.click(screen.getByTestId('purchase-save'));
    await waitFor(() => expect(named(calls, 'purchase_save')).toHaveLength(1));
  });

  it('is continued from the day of a new price', async () => {
    const { user, calls } = await openConditioned();
    await user.click(screen.getByTestId('field-reason-price-change'));
    await user.type(field('on'), '2027-10-01');
    expect(screen.queryByTestId('field-from')).toBeNull();
    await waitFor(() => expect(lastForm(calls)?.from).toBe('2027-10-01'));
    await user.click(screen.getByTestId('purchase-save'));
    await waitFor(() =>
      expect(named(calls, 'purchase_price_change')[0]?.request).toMatchObject({ id: 3, on: '2027-10-01' }),
    );
    expect(named(calls, 'purchase_save')).toHaveLength(0);
  });

  it('says beside the day what is wrong with it', async () => {
    const problems = [{ field: 'on', message: 'Date of the change must be after 1 Apr 2027.' }];
    const { user } = await openConditioned({
      purchase_price_change: () => ({ ended: null, purchase: null, problems }),
      purchase_preview: () => judged(problems),
    });
    await user.click(screen.getByTestId('field-reason-price-change'));
    await user.type(field('on'), '2020-01-01');
    await user.click(screen.getByTestId('purchase-save'));
    expect((await screen.findByTestId('field-on-problem')).textContent).toContain('after 1 Apr 2027');
    expect(field('on').value).toBe('2020-01-01');
  });
});

describe('drafts', () => {
  it('are kept by the backend and brought back after a restart, which is said', async () => {
    let kept: string | null = null;
    const keeping: Partial<Answers> = {
      draft_get: () => kept,
      draft_save: ({ key, body }) => {
        expect(key).toBe(DRAFT_KEY);
        kept = body;
        return null;
      },
      draft_clear: () => {
        kept = null;
        return null;
      },
    };
    const first = await open(keeping);
    await first.user.click(screen.getByTestId('purchase-add'));
    await first.user.type(field('po'), 'PO-77');
    await keeperOf(LUCID.app, deskOf(LUCID.app)).now();
    expect(kept).toContain('PO-77');
    first.view.unmount();
    fresh();

    const { user } = await open(keeping);
    await user.click(await screen.findByTestId('draft-new'));
    expect(field('po').value).toBe('PO-77');
    expect(screen.getByTestId('draft-resumed').textContent).toContain('not saved');
    await user.click(screen.getByTestId('draft-discard'));
    await keeperOf(LUCID.app, deskOf(LUCID.app)).now();
    await waitFor(() => expect(kept).toBeNull());
  });

  it('are not written before what was kept is read', async () => {
    const { calls, user } = await open({ draft_get: () => new Promise(() => undefined) });
    await user.click(screen.getByTestId('purchase-add'));
    await user.type(field('po'), 'PO-77');
    await keeperOf(LUCID.app, deskOf(LUCID.app)).now();
    expect(named(calls, 'draft_save')).toHaveLength(0);
    expect(named(calls, 'draft_clear')).toHaveLength(0);
  });

  it('of a purchase that is gone become a new one', async () => {
    const form = { ...CONDITIONED.form, po: 'PO-99' };
    const purchases = [{ key: 'edit-44', id: 44, form, start: CONDITIONED.form, reason: 'correction' }];
    const body = JSON.stringify({ version: 1, purchases, fees: [], invoices: [] });
    const { user, calls } = await open({ draft_get: () => body });
    await user.click(await screen.findByTestId('draft-edit-44'));
    expect(field('po').value).toBe('PO-99');
    await user.click(screen.getByTestId('purchase-save'));
    await waitFor(() => expect(named(calls, 'purchase_save')[0]?.request).toMatchObject({ id: null }));
  });

  it('that cannot be read are no reason to fail', async () => {
    await open({ draft_get: () => '{"version":1,"purchases":[7,null]' });
    expect(screen.queryByTestId('drafts-problem')).toBeNull();
  });
});

describe('a purchase', () => {
  it('is renewed after showing what it would be', async () => {
    const { user, calls } = await open();
    await act(user, 1, 'renew');
    await waitFor(() =>
      expect(screen.getByTestId('outcome-sentence').textContent).toBe(CONDITIONED.sentence),
    );
    await user.type(field('renew-uplift'), '4');
    await waitFor(() =>
      expect(named(calls, 'purchase_renew').at(-1)?.request).toEqual({
        app: LUCID.app,
        id: 1,
        uplift: '4',
        preview: true,
      }),
    );
    await user.click(screen.getByTestId('renew-save'));
    await waitFor(() => expect(screen.queryByTestId('renew-panel')).toBeNull());
    expect(named(calls, 'purchase_renew').at(-1)?.request).toMatchObject({ preview: false });
    expect(toasts.all.at(-1)?.action?.label).toBe('Undo');
  });

  it('says why it cannot be renewed', async () => {
    const problems = [{ field: 'until', message: 'Purchase 9 continues it already.' }];
    const { user } = await open({ purchase_renew: () => ({ purchase: null, problems }) });
    await act(user, 1, 'renew');
    expect((await screen.findByTestId('renew-refused')).textContent).toContain('continues it already');
  });

  it('gets seats to the same end, asked only when both are typed', async () => {
    const { user, calls } = await open();
    await act(user, 1, 'seats');
    await user.type(field('seats-quantity'), '10');
    expect(named(calls, 'purchase_co_terminate')).toHaveLength(0);
    await user.type(field('seats-from'), '1 Jan 2027');
    await user.click(screen.getByTestId('seats-save'));
    await waitFor(() =>
      expect(named(calls, 'purchase_co_terminate').at(-1)?.request).toEqual({
        app: LUCID.app,
        id: 1,
        from: '1 Jan 2027',
        quantity: '10',
        preview: false,
      }),
    );
  });

  it('shows every version that it had', async () => {
    const { user } = await open();
    await act(user, 1, 'history');
    expect((await screen.findByTestId('version-3')).textContent).toContain('Cost: 9.00, was 8.50');
    expect(screen.getByTestId('version-3').textContent).toContain('Correction');
    expect(screen.getByTestId('version-1').textContent).toContain('$10,200.00 a year');
  });

  it('is led to from what does not fit together', async () => {
    const { user } = await open({ license_details: () => ({ ...DETAILS, findings: FINDINGS }) });
    expect(screen.getByTestId('finding-gap').textContent).toContain('no purchase from 1 Apr 2026');
    await user.click(within(screen.getByTestId('finding-gap')).getByTestId('finding-open-2'));
    expect(field('po').value).toBe('PO-4602');
  });
});

it.each(['form', 'renew', 'seats', 'history'])(
  'beside the %s panel there is no fault that axe can see',
  async (panel) => {
    const { user } = await openConditioned({
      license_details: () => ({ ...WITH_CONDITIONS, findings: FINDINGS }),
    });
    if (panel === 'form') {
      await user.click(screen.getByTestId('more-conditions'));
      await user.click(screen.getByTestId('field-reason-price-change'));
    } else {
      await act(user, 1, panel);
      await screen.findByTestId(`${panel}-panel`);
    }
    await screen.findByTestId('invoices-table');
    const result = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
    });
    expect(
      result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`),
    ).toEqual([]);
  },
);
