import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../../../tests/fixture/backend';
import { explain, usd } from '../../../tests/fixture/figures';
import { LUCID, SETTINGS } from '../../../tests/fixture/views';
import type { PurchasePreview } from '../../ipc/gen/PurchasePreview';
import { forgetKeepers } from '../../state/keeper';
import { applySettings } from '../../state/settings.svelte';
import AppDetails from '../app-details/AppDetails.svelte';
import { TAB_PARTS } from '../app-details/tabs';
import { deskOf } from './draft.svelte';
import { emptyForm } from './forms';
import LicenseDetails from './LicenseDetails.svelte';
import Meaning from './Meaning.svelte';

const PREVIEW: PurchasePreview = {
  sentence: '50 seats',
  annual: null,
  term_total: null,
  tax: null,
  per_held: usd('112.50', explain('A year, for each assigned seat', '$112.50')),
  next_payment: { day: '2026-12-01', figure: usd('450.00', explain('Payment of 1 Dec 2026', '$450.00')) },
  notice_by: '2027-01-30',
  notice_because: explain('Last day to give notice', '30 Jan 2027', 'The last day.', '31 Mar 2027 − 60 days'),
  problems: [],
  warnings: [],
};

beforeEach(() => {
  applySettings(SETTINGS);
  deskOf(LUCID.app).close();
  deskOf(LUCID.app).drafts.clear();
  forgetKeepers();
});

describe('what a purchase means so far', () => {
  it('tells the assigned seat, the next payment and the notice day, each with how it is made', async () => {
    const user = userEvent.setup();
    render(Meaning, { preview: PREVIEW, failure: null });
    expect(screen.getByTestId('preview-per-held').textContent).toContain('$112.50');
    expect(screen.getByTestId('preview-next-day').textContent).toBe('1 Dec 2026');
    expect(screen.getByTestId('preview-next-payment').textContent).toContain('$450.00');
    await user.click(screen.getByTestId('preview-notice-why'));
    expect((await screen.findByTestId('explanation')).textContent).toContain('31 Mar 2027 − 60 days');
  });

  it('has dashes for what is not to come', () => {
    const preview = { ...PREVIEW, per_held: null, next_payment: null, notice_by: null, notice_because: null };
    render(Meaning, { preview, failure: null });
    expect(screen.getByTestId('preview-notice').textContent).toBe('–');
    expect(screen.queryByTestId('preview-next-payment')).toBeNull();
  });
});

describe('a day of the form', () => {
  it('is typed, or chosen from the calendar, and the focus goes nowhere by itself', async () => {
    const user = userEvent.setup();
    serve();
    render(LicenseDetails, { app: LUCID });
    await user.click(await screen.findByTestId('purchase-add'));
    const field = await screen.findByTestId<HTMLInputElement>('field-from');
    await user.clear(field);
    await user.type(field, '1 mar 27');
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe('1 mar 27');
    await user.click(screen.getByTestId('field-from-calendar'));
    const panel = await screen.findByTestId('field-from-calendar-panel');
    const day = panel.querySelector<HTMLElement>('.calendar-day[data-value="2026-11-12"]');
    if (day === null) throw new Error('the calendar shows the month of today');
    await user.click(day);
    await waitFor(() => expect(field.value).toBe('2026-11-12'));
    await waitFor(() => expect(screen.queryByTestId('field-from-calendar-panel')).toBeNull());
    expect(screen.getByTestId('field-until')).not.toBe(document.activeElement);
  });
});

describe('the tab of the license details', () => {
  it('says that a draft is waiting, also one of an earlier day', async () => {
    await TAB_PARTS.overview.load();
    const body = JSON.stringify({
      version: 1,
      purchases: [{ key: 'new', id: null, form: { ...emptyForm(), quantity: '7' }, start: emptyForm() }],
      fees: [],
      invoices: [],
    });
    serve({ draft_get: ({ key }) => (key === 'license-details' ? body : null) });
    render(AppDetails, { app: LUCID, tab: 'overview' });
    await waitFor(() => expect(screen.getByTestId('tab-licenses').textContent).toContain('Draft'));
  });

  it('says nothing while nothing is typed', async () => {
    await TAB_PARTS.overview.load();
    serve();
    render(AppDetails, { app: LUCID, tab: 'overview' });
    await screen.findByTestId('panel-overview');
    expect(screen.getByTestId('tab-licenses').textContent).not.toContain('Draft');
  });
});
