import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, type Answers } from '../../../tests/fixture/backend';
import { LEDGER } from '../../../tests/fixture/ledger';
import { DETAILS, FORM, LUCID } from '../../../tests/fixture/views';
import { forgetKeepers } from '../../state/keeper';
import { toasts } from '../../state/toasts.svelte';
import LicenseDetails from './LicenseDetails.svelte';
import { deskOf } from './draft.svelte';
import { paperWords } from './purchase-words';
import { referencesOf, referencesText } from './rows';

const DOCUMENTS = 'Order form = https://acme.example/o?id=7\nTerms = S:\\terms.pdf';
const OWNED = { ...FORM, owner: 'Mira Okafor', documents: DOCUMENTS };

const [first] = DETAILS.purchases;
if (!first) throw new Error('the fixture has purchases');
const details = { ...DETAILS, purchases: [{ ...first, form: OWNED }] };

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve({ ...LEDGER, license_details: () => details, ...replaced });
  render(LicenseDetails, { app: LUCID });
  await screen.findByTestId('purchases-table');
  return { calls, user: userEvent.setup() };
}

const field = (name: string) => screen.getByTestId<HTMLInputElement>(name);

beforeEach(() => {
  deskOf(LUCID.app).close();
  deskOf(LUCID.app).drafts.clear();
  forgetKeepers();
});

describe('references to documents', () => {
  it('go from text to rows and back without a loss', () => {
    expect(referencesOf(DOCUMENTS)).toEqual([
      { label: 'Order form', reference: 'https://acme.example/o?id=7' },
      { label: 'Terms', reference: 'S:\\terms.pdf' },
    ]);
    expect(referencesText(referencesOf(DOCUMENTS))).toBe(DOCUMENTS);
  });

  it('keep half-typed rows, so that they can be refused in words, and leave out empty ones', () => {
    const rows = [
      { label: 'Order', reference: '' },
      { label: '', reference: '/srv/o.pdf' },
      { label: ' ', reference: '' },
    ];
    expect(referencesText(rows)).toBe('Order =\n= /srv/o.pdf');
    expect(referencesOf('only a path')).toEqual([{ label: '', reference: 'only a path' }]);
  });
});

describe('a purchase', () => {
  it('says who is responsible and how many documents it has', async () => {
    await open();
    expect(screen.getByTestId('purchase-paperwork-1').textContent).toBe('Mira Okafor, 2 documents');
    expect(paperWords(FORM)).toBe('');
  });

  it('takes an owner, a reminder address and documents, and sends them as typed', async () => {
    const { calls, user } = await open();
    await user.click(screen.getByTestId('purchase-open-1'));
    await user.type(await screen.findByTestId('field-reminder'), 'licenses@acme.example');
    expect(field('field-owner').value).toBe('Mira Okafor');
    await user.click(screen.getByTestId('document-0-remove'));
    await user.click(screen.getByTestId('document-add'));
    expect(document.activeElement).toBe(field('document-1-label'));
    await user.type(field('document-1-label'), 'Quote = 2');
    await user.type(field('document-1-reference'), '/srv/quote.pdf');
    await user.click(screen.getByText('Correct a mistake'));
    await user.click(screen.getByTestId('purchase-save'));
    const sent = calls.find(({ name }) => name === 'purchase_save')?.request as { form: typeof FORM };
    expect(sent.form.reminder).toBe('licenses@acme.example');
    expect(sent.form.documents).toBe('Terms = S:\\terms.pdf\nQuote  2 = /srv/quote.pdf');
  });

  it('copies where a document is', async () => {
    const { user } = await open();
    await user.click(screen.getByTestId('purchase-open-1'));
    await user.click(await screen.findByTestId('document-1-copy'));
    expect(await navigator.clipboard.readText()).toBe('S:\\terms.pdf');
    expect(toasts.all.at(-1)?.text).toBe('Copied where Terms is');
  });

  it('says beside the documents what is wrong with them', async () => {
    const problems = [{ field: 'documents', message: 'Documents row 1 must be like …' }];
    const { user } = await open({ purchase_save: () => ({ purchase: null, problems }) });
    await user.click(screen.getByTestId('purchase-open-1'));
    await user.click(await screen.findByText('Correct a mistake'));
    await user.click(screen.getByTestId('purchase-save'));
    const rows = await screen.findByTestId('document-rows');
    expect(await within(rows).findByText('Documents row 1 must be like …')).toBeTruthy();
  });
});
