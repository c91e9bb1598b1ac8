import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serve, type Answers, type Call } from '../../../tests/fixture/backend';
import { drag } from '../../../tests/fixture/drag';
import { importPreview, IMPORT_PATH, importTable } from '../../../tests/fixture/imports';
import { LUCID, SETTINGS } from '../../../tests/fixture/views';
import type { ImportApplyRequest } from '../../ipc/gen/ImportApplyRequest';
import { applySettings } from '../../state/settings.svelte';
import { dismissToast, toasts } from '../../state/toasts.svelte';
import PurchaseFiles from './PurchaseFiles.svelte';
import { importingOf } from './importing.svelte';

const named = (calls: Call[], name: string) => calls.filter((call) => call.name === name);
const requests = (calls: Call[], name: string) => named(calls, name).map(({ request }) => request);

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  render(PurchaseFiles, { app: LUCID.app });
  const user = userEvent.setup();
  await user.click(screen.getByTestId('import'));
  await screen.findByTestId('import-dialog');
  return { calls, user };
}

async function openFile(replaced: Partial<Answers> = {}) {
  const opened = await open(replaced);
  await opened.user.click(screen.getByTestId('import-browse'));
  await screen.findByTestId('import-lines');
  return opened;
}

async function openRows(replaced: Partial<Answers> = {}) {
  const opened = await openFile(replaced);
  await opened.user.click(screen.getByTestId('import-next'));
  await opened.user.click(await screen.findByTestId('import-next'));
  await screen.findByTestId('import-rows');
  return opened;
}

/** happy-dom does not know `option:checked`, by which Svelte finds what was chosen. */
async function choose(testid: string, value: string) {
  const select = screen.getByTestId<HTMLSelectElement>(testid);
  const option = [...select.options].find((each) => each.value === value);
  if (!option) throw new Error(`${testid} has no ${value}`);
  vi.spyOn(select, 'querySelector').mockReturnValue(option);
  await userEvent.selectOptions(select, value);
}

async function violations(): Promise<string[]> {
  const result = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
  });
  return result.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`);
}

beforeEach(() => {
  applySettings(SETTINGS);
  importingOf(LUCID.app).reset();
  document.body.removeAttribute('style');
  for (const toast of [...toasts.all]) dismissToast(toast.id);
});

describe('the file', () => {
  it('is chosen in the dialog of the system and shown as it was read', async () => {
    const { calls } = await openFile();
    expect(requests(calls, 'import_open')).toMatchObject([{ path: IMPORT_PATH, options: { encoding: '' } }]);
    expect(screen.getByTestId('import-notes').textContent).toContain('Windows-1252');
    expect(screen.getByTestId('import-lines').textContent).toContain('Lizenztyp');
    expect(screen.getByTestId<HTMLInputElement>('import-header-3').checked).toBe(true);
  });

  it('can be typed, and Enter reads it', async () => {
    const { user, calls } = await open();
    await user.type(screen.getByTestId('import-path'), '/tmp/a.csv{Enter}');
    await screen.findByTestId('import-lines');
    expect(requests(calls, 'import_open')).toMatchObject([{ path: '/tmp/a.csv' }]);
  });

  it('stays as it was when nothing is chosen', async () => {
    const { user, calls } = await open({ import_path_choose: () => null });
    await user.click(screen.getByTestId('import-browse'));
    await waitFor(() => expect(named(calls, 'import_path_choose')).toHaveLength(1));
    expect(named(calls, 'import_open')).toEqual([]);
    expect(screen.queryByTestId('import-problem')).toBeNull();
  });

  it('is read again in another encoding, and with another row of headings', async () => {
    const { user, calls } = await openFile();
    await choose('import-encoding', 'utf-16le');
    await waitFor(() =>
      expect(screen.getByTestId('import-notes').textContent).toContain('utf-16le, as chosen'),
    );
    await user.click(screen.getByTestId('import-header-4'));
    await waitFor(() =>
      expect(requests(calls, 'import_open').at(-1)).toMatchObject({
        options: { encoding: 'utf-16le', header_row: 4 },
      }),
    );
  });

  it('offers the sheets of a workbook instead of encodings', async () => {
    const { calls } = await openFile({ import_path_choose: () => '/tmp/a.xlsx' });
    expect(screen.queryByTestId('import-encoding')).toBeNull();
    await choose('import-sheet', 'Archiv');
    await waitFor(() => expect(screen.getByTestId('import-notes').textContent).toContain('Archiv'));
    expect(requests(calls, 'import_open').at(-1)).toMatchObject({ options: { sheet: 'Archiv' } });
  });

  it('that is not understood in the chosen encoding cannot be imported, and another one can be chosen', async () => {
    const wrong = {
      code: 'wrong-encoding',
      message: 'The text is not UTF-8.',
      hint: 'Choose another encoding.',
    };
    await openFile({
      import_open: (request) =>
        request.options.encoding === 'utf-8' ? Promise.reject(wrong) : importTable(request),
    });
    await choose('import-encoding', 'utf-8');
    expect((await screen.findByTestId('import-problem')).textContent).toContain('The text is not UTF-8.');
    expect(screen.queryByTestId('import-lines')).toBeNull();
    expect(screen.getByTestId<HTMLButtonElement>('import-next').disabled).toBe(true);
    await choose('import-encoding', 'windows-1252');
    await screen.findByTestId('import-lines');
    expect(screen.queryByTestId('import-problem')).toBeNull();
    expect(screen.getByTestId<HTMLButtonElement>('import-next').disabled).toBe(false);
  });

  it('without headings asks for their row before it goes on', async () => {
    const { user } = await openFile({
      import_open: (request) =>
        request.options.header_row === null
          ? { ...importTable(request), header_row: null, problem: 'No headings.', columns: [] }
          : importTable(request),
    });
    expect(screen.getByTestId('import-no-headings').textContent).toContain('No headings.');
    expect(screen.getByTestId<HTMLButtonElement>('import-next').disabled).toBe(true);
    await user.click(screen.getByTestId('import-header-3'));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('import-next').disabled).toBe(false));
  });
});

describe('the columns', () => {
  it('start from the proposal, tell what nothing fills, and are sent as chosen', async () => {
    const { user, calls } = await openFile();
    await user.click(screen.getByTestId('import-next'));
    await screen.findByTestId('import-mapping');
    expect(document.activeElement).toBe(screen.getByTestId('import-step'));
    expect(screen.getByTestId<HTMLSelectElement>('import-column-quantity').value).toBe('2');
    expect(screen.getByTestId('import-missing').textContent).toContain('Payment frequency');
    await choose('import-value-every', 'month');
    await waitFor(() =>
      expect(screen.getByTestId('import-missing').textContent).toContain('Nothing fills Per yet'),
    );
    await choose('import-value-per', 'unit');
    await waitFor(() => expect(screen.queryByTestId('import-missing')).toBeNull());
    await choose('import-column-note', '1');
    await user.type(screen.getByTestId('import-value-currency'), 'EUR');
    await choose('import-date-order', 'day-first');
    await user.click(screen.getByTestId('import-next'));
    await screen.findByTestId('import-rows');
    const request = requests(calls, 'import_preview').at(-1) as ImportApplyRequest;
    expect(request.options.date_order).toBe('day-first');
    expect(request.mapping).toContainEqual({ field: 'every', column: null, value: 'month' });
    expect(request.mapping).toContainEqual({ field: 'note', column: 1, value: '' });
    expect(request.mapping).toContainEqual({ field: 'currency', column: null, value: 'EUR' });
    expect(request.mapping).toContainEqual({ field: 'quantity', column: 2, value: '' });
  });

  it('keep what was mapped on the way back and when the dialog is closed', async () => {
    const { user } = await openFile();
    await user.click(screen.getByTestId('import-next'));
    await screen.findByTestId('import-mapping');
    await choose('import-column-note', '1');
    await user.click(screen.getByTestId('import-back'));
    await screen.findByTestId('import-lines');
    await user.click(screen.getByTestId('import-cancel'));
    await waitFor(() => expect(screen.queryByTestId('import-dialog')).toBeNull());
    await user.click(screen.getByTestId('import'));
    await user.click(await screen.findByTestId('import-next'));
    expect((await screen.findByTestId<HTMLSelectElement>('import-column-note')).value).toBe('1');
  });

  it('start anew when another row holds the headings', async () => {
    const { user } = await openFile();
    await user.click(screen.getByTestId('import-header-4'));
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('import-header-4').checked).toBe(true));
    await user.click(screen.getByTestId('import-next'));
    expect((await screen.findByTestId<HTMLSelectElement>('import-column-quantity')).value).toBe('');
  });
});

describe('the rows', () => {
  it('show what each means and why one is refused, by column', async () => {
    const { user } = await openRows();
    expect(screen.getByTestId('import-outcome').textContent).toContain(
      '3 rows can be imported, 1 row with a remark. 1 row is refused.',
    );
    expect(screen.getByTestId('import-outcome').textContent).toContain('Whiteboard');
    expect(screen.getByTestId('import-row-4').textContent).toContain('100 seats × $9.00');
    expect(screen.getByTestId('import-row-7').textContent).toContain(
      'Column “Anzahl”: Quantity must be a whole number',
    );
    await user.click(screen.getByTestId('import-which-refused'));
    await waitFor(() => expect(screen.queryByTestId('import-row-4')).toBeNull());
    expect(screen.getByTestId('import-row-7')).toBeDefined();
  });

  it('come in pages', async () => {
    const { user, calls } = await openRows({
      import_preview: (request) => ({ ...importPreview({ ...request, offset: 0 }), matching: 250 }),
    });
    expect(screen.getByTestId('import-page').textContent).toContain('1–100 of 250');
    await user.click(screen.getByTestId('import-next-page'));
    await user.click(screen.getByTestId('import-next-page'));
    await waitFor(() => expect(screen.getByTestId('import-page').textContent).toContain('201–250 of 250'));
    expect(requests(calls, 'import_preview').at(-1)).toMatchObject({ offset: 200, limit: 100 });
    expect(screen.getByTestId<HTMLButtonElement>('import-next-page').disabled).toBe(true);
  });

  it('that are entered already are asked for again with the choice to add them', async () => {
    const { user, calls } = await openRows();
    await user.click(screen.getByTestId('import-duplicates'));
    await waitFor(() =>
      expect(requests(calls, 'import_preview').at(-1)).toMatchObject({ options: { keep_duplicates: true } }),
    );
  });

  it('are imported in one act that saves the refused ones, and Undo takes all back', async () => {
    const { user, calls } = await openRows();
    expect(screen.getByTestId('import-finish').textContent).toContain('Import 3 purchases');
    await user.click(screen.getByTestId('import-finish'));
    await waitFor(() => expect(screen.queryByTestId('import-dialog')).toBeNull());
    expect(requests(calls, 'import_apply')).toMatchObject([
      {
        path: IMPORT_PATH,
        fingerprint: '4af1',
        refused_to: '/home/mira/Documents/contracts-refused.csv',
      },
    ]);
    const told = toasts.all.at(-1);
    expect(told?.text).toBe(
      'Imported 3 purchases from contracts.csv. Saved 1 refused row to /home/mira/Documents/contracts-refused.csv.',
    );
    expect(told?.action?.label).toBe('Undo');
    told?.action?.run();
    await waitFor(() => expect(requests(calls, 'undo')).toEqual([{ app: LUCID.app }]));
    await user.click(screen.getByTestId('import'));
    expect((await screen.findByTestId<HTMLInputElement>('import-path')).value).toBe('');
  });

  it('that are refused are not saved where that is not wanted', async () => {
    const { user, calls } = await openRows();
    await user.click(screen.getByTestId('import-save-refused'));
    await user.click(screen.getByTestId('import-finish'));
    await waitFor(() => expect(requests(calls, 'import_apply')).toMatchObject([{ refused_to: null }]));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toContain('1 row was refused.'));
  });

  it('are not imported when the refused ones cannot be saved, and nothing chosen is lost', async () => {
    const full = { code: 'file-not-written', message: 'The disk is full.', hint: 'Free some space.' };
    const { user, calls } = await openRows({ import_apply: () => Promise.reject(full) });
    await user.click(screen.getByTestId('import-finish'));
    expect((await screen.findByTestId('import-problem')).textContent).toContain('The disk is full.');
    expect(named(calls, 'import_apply')).toHaveLength(1);
    expect(toasts.all).toEqual([]);
    expect(screen.getByTestId('import-row-4')).toBeDefined();
  });

  it('say which purchase they correct, and which are entered already', async () => {
    const { user } = await openRows({
      import_preview: (request) => {
        const view = importPreview(request);
        const [first, second, ...rest] = view.rows;
        if (first === undefined || second === undefined) throw new Error('the fixture has rows');
        const corrects = {
          ...first,
          fate: 'changed' as const,
          purchase: 7,
          changes: ['Cost: 9.00, now 9.50'],
        };
        const same = { ...second, fate: 'same' as const, purchase: 8 };
        return { ...view, rows: [corrects, same, ...rest], new: 1, changed: 1, same: 1, accepted: 2 };
      },
      import_apply: () => ({
        added: 1,
        changed: 1,
        same: 1,
        refused: 0,
        saved: null,
        new_license_types: [],
      }),
    });
    const rows = screen.getByTestId('import-rows').textContent;
    for (const text of ['Corrects purchase 7', 'Cost: 9.00, now 9.50', 'Entered already as purchase 8'])
      expect(rows).toContain(text);
    expect(screen.getByTestId('import-outcome').textContent).toContain('identifier, type and first day');
    await user.click(screen.getByTestId('import-finish'));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toContain('Corrected 1 purchase.'));
  });

  it('of a file that changed meanwhile are refused in words, and read again before they can be imported', async () => {
    const changed = {
      code: 'file-changed',
      message: 'The file has changed.',
      hint: 'Look at the preview again.',
    };
    let now = '4af1';
    const { user, calls } = await openRows({
      import_preview: (request) => ({ ...importPreview(request), fingerprint: now }),
      import_apply: ({ fingerprint }) =>
        fingerprint === '9c2e'
          ? { added: 3, changed: 0, same: 0, refused: 1, saved: null, new_license_types: [] }
          : Promise.reject(changed),
    });
    now = '9c2e';
    const read = named(calls, 'import_open').length;
    await user.click(screen.getByTestId('import-finish'));
    expect((await screen.findByTestId('import-problem')).textContent).toContain('The file has changed.');
    expect(toasts.all).toEqual([]);
    expect(named(calls, 'import_open')).toHaveLength(read + 1);
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('import-finish').disabled).toBe(false));
    await user.click(screen.getByTestId('import-finish'));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toContain('Imported 3 purchases'));
  });

  it('that are all refused can still be saved', async () => {
    const { user, calls } = await openRows({
      import_preview: (request) => ({
        ...importPreview({ ...request, only: 'refused' }),
        accepted: 0,
        new: 0,
      }),
    });
    expect(screen.getByTestId('import-finish').textContent).toContain('Save refused rows');
    await user.click(screen.getByTestId('import-save-refused'));
    expect(screen.getByTestId<HTMLButtonElement>('import-finish').disabled).toBe(true);
    await user.click(screen.getByTestId('import-save-refused'));
    await user.click(screen.getByTestId('import-finish'));
    await waitFor(() => expect(requests(calls, 'import_apply')).toMatchObject([{ app: LUCID.app }]));
  });
});

describe('refused rows', () => {
  const repairs = [
    {
      repair: 'fill:every',
      field: 'every',
      remedy: 'value' as const,
      rows: 12,
      sentence: '12 rows: Payment frequency is missing – choose a column for it, or one value for all rows.',
      told: 'Rows 5, 7–17',
      numbers: [5, 7],
    },
    {
      repair: 'fill:license_type',
      field: 'license_type',
      remedy: 'value' as const,
      rows: 3,
      sentence:
        '3 rows: License type is missing – fill in the empty cells, or choose one value for them all.',
      told: 'Rows 5, 9, 10',
      numbers: [5, 9, 10],
    },
    {
      repair: 'date-order:from',
      field: 'from',
      remedy: 'date-order' as const,
      rows: 2,
      sentence: '2 rows: Effective date can be read in two ways.',
      told: 'Rows 20, 21',
      numbers: [20, 21],
    },
  ];

  it('are told by the repair that they need, and one choice mends them all', async () => {
    const { user, calls } = await openRows({
      import_preview: (request) => ({ ...importPreview(request), repairs }),
    });
    const last = () => requests(calls, 'import_preview').at(-1);
    expect(screen.getByTestId('import-repairs').textContent).toContain(
      '12 rows: Payment frequency is missing',
    );
    expect(screen.getByTestId('import-repairs').textContent).toContain('Rows 5, 7–17');
    await choose('import-mend-every', 'month');
    await waitFor(() => expect(last()).toMatchObject({ only: '' }));
    const mended = last() as ImportApplyRequest;
    expect(mended.mapping).toContainEqual({ field: 'every', column: null, value: 'month' });
    await user.type(screen.getByTestId('import-mend-license_type'), 'Can-Edit');
    await user.click(screen.getByTestId('import-mend-license_type-set'));
    await waitFor(() =>
      expect((last() as ImportApplyRequest).mapping).toContainEqual({
        field: 'license_type',
        column: 0,
        value: 'Can-Edit',
      }),
    );
    await choose('import-mend-dates-from', 'day-first');
    await waitFor(() => expect(last()).toMatchObject({ options: { date_order: 'day-first' } }));
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId('import-show-date-order:from'));
    await waitFor(() => expect(last()).toMatchObject({ only: 'date-order:from', offset: 0 }));
    await user.click(screen.getByTestId('import-which-all'));
    await waitFor(() => expect(last()).toMatchObject({ only: '' }));
  });
});

describe('a mapping that is remembered', () => {
  const remembered = {
    file: 'costs.csv',
    on: '2026-11-03',
    sentence: 'The columns are mapped as for costs.csv, imported on 3 Nov 2026, which had the same headings.',
    date_order: 'day-first',
    decimal_mark: '',
  };

  it('is used, says where it comes from, and can be left', async () => {
    const { user, calls } = await openFile({
      import_open: (request) => {
        const table = importTable(request);
        return {
          ...table,
          mapping: table.mapping.map((each) => (each.field === 'note' ? { ...each, column: 1 } : each)),
          remembered,
        };
      },
    });
    await user.click(screen.getByTestId('import-next'));
    expect((await screen.findByTestId('import-remembered')).textContent).toContain('as for costs.csv');
    expect(screen.getByTestId<HTMLSelectElement>('import-column-note').value).toBe('1');
    expect(screen.getByTestId<HTMLSelectElement>('import-date-order').value).toBe('day-first');
    await user.click(screen.getByTestId('import-fresh'));
    await waitFor(() => expect(screen.queryByTestId('import-remembered')).toBeNull());
    expect(requests(calls, 'import_mapping_forget')).toMatchObject([{ app: LUCID.app, path: IMPORT_PATH }]);
    expect(screen.getByTestId<HTMLSelectElement>('import-column-note').value).toBe('');
    expect(screen.getByTestId<HTMLSelectElement>('import-date-order').value).toBe('');
  });
});

describe('a file that is dropped on the window', () => {
  it('opens the import that the button opens', async () => {
    const calls = serve();
    render(PurchaseFiles, { app: LUCID.app });
    await waitFor(async () => {
      await drag('enter', ['/tmp/contracts.ods']);
      expect(screen.getByTestId('import-drop').textContent).toContain('Drop contracts.ods to import');
    });
    await drag('leave');
    await waitFor(() => expect(screen.queryByTestId('import-drop')).toBeNull());
    await drag('enter', ['/tmp/contracts.ods']);
    await drag('drop', ['/tmp/contracts.ods']);
    await screen.findByTestId('import-lines');
    expect(screen.queryByTestId('import-drop')).toBeNull();
    expect(requests(calls, 'import_open')).toMatchObject([{ app: LUCID.app, path: '/tmp/contracts.ods' }]);
    await drag('enter', ['/tmp/other.csv']);
    await drag('drop', ['/tmp/other.csv']);
    await waitFor(() =>
      expect(requests(calls, 'import_open').at(-1)).toMatchObject({ path: '/tmp/other.csv' }),
    );
  });

  it('comes alone: several are refused in words', async () => {
    const calls = serve();
    render(PurchaseFiles, { app: LUCID.app });
    await waitFor(async () => {
      await drag('enter', ['/tmp/a.csv', '/tmp/b.csv']);
      expect(screen.getByTestId('import-drop').textContent).toContain('Drop one file at a time');
    });
    await drag('drop', ['/tmp/a.csv', '/tmp/b.csv']);
    await waitFor(() => expect(toasts.all.at(-1)?.text).toContain('2 files were dropped'));
    expect(screen.queryByTestId('import-dialog')).toBeNull();
    expect(named(calls, 'import_open')).toEqual([]);
  });

  it('that is no table is refused in the words of the backend', async () => {
    const wrong = {
      code: 'file-not-a-table',
      message: 'This is not a text file.',
      hint: 'Choose a CSV file or a workbook (.xlsx, .ods).',
    };
    serve({ import_open: () => Promise.reject(wrong) });
    render(PurchaseFiles, { app: LUCID.app });
    await waitFor(async () => {
      await drag('enter', ['/tmp/logo.png']);
      expect(screen.getByTestId('import-drop')).toBeDefined();
    });
    await drag('drop', ['/tmp/logo.png']);
    expect((await screen.findByTestId('import-problem')).textContent).toContain('Choose a CSV file');
  });
});

describe('every step', () => {
  it('has no accessibility fault that axe can see', async () => {
    const { user } = await openFile();
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId('import-next'));
    await screen.findByTestId('import-mapping');
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId('import-next'));
    await screen.findByTestId('import-rows');
    expect(await violations()).toEqual([]);
  });
});

describe('the template', () => {
  it.each(['csv', 'xlsx'])('is saved as %s where the dialog of the system says', async (format) => {
    const calls = serve();
    render(PurchaseFiles, { app: LUCID.app });
    const user = userEvent.setup();
    await user.click(screen.getByTestId('purchase-files'));
    await user.click(await screen.findByTestId(`purchase-files-template-${format}`));
    const path = `/home/mira/Documents/purchases-template.${format}`;
    await waitFor(() => expect(requests(calls, 'import_template_save')).toEqual([{ path }]));
    await waitFor(() => expect(toasts.all.at(-1)?.text).toBe(`Saved the template to ${path}`));
    expect(toasts.all.at(-1)?.action?.label).toBe('Show in folder');
    toasts.all.at(-1)?.action?.run();
    await waitFor(() => expect(requests(calls, 'exported_show')).toEqual([{ path }]));
  });
});
