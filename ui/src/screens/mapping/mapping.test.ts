import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { manyGroups, SUGGESTIONS } from '../../../tests/fixture/connections';
import type { MappingRow } from '../../ipc/gen/MappingRow';
import { fromValues, fromView } from './draft.svelte';
import MappingTable from './MappingTable.svelte';
import { NEW, NOTHING, SAME } from './rows';
import { tally } from './tally';

const KNOWN = [
  { value: 'can-edit', label: 'Can-Edit' },
  { value: 'view-only', label: 'View-Only' },
];
const row = (seen: string, license_type: string | null, suggested: string | null = null): MappingRow => ({
  seen,
  name: `Group ${seen}`,
  members: 7,
  license_type,
  suggested,
  note: '',
});
const [roles, entitlements] = SUGGESTIONS;
if (roles === undefined || entitlements === undefined) throw new Error('the fixture has suggestions');

function open(rows: MappingRow[]) {
  const draft = fromView(rows);
  render(MappingTable, { draft, known: KNOWN, label: 'Groups', heading: 'Group', testid: 'group' });
  return { draft, user: userEvent.setup() };
}

const order = (draft: { rows: { seen: string }[] }) => draft.rows.map(({ seen }) => seen).join('');
const shown = () => screen.getAllByTestId('group-row').map((each) => each.dataset['seen']);
const select = (seen: string) => screen.getByTestId<HTMLSelectElement>(`group-${seen}-type`);

describe('a mapping', () => {
  it('orders only the rows that tell a license type', () => {
    const draft = fromView([row('a', 'x'), row('b', null), row('c', 'y'), row('d', null), row('e', 'z')]);
    draft.move('e', 'up');
    expect(order(draft)).toBe('abecd');
    draft.move('a', 'last');
    expect(order(draft)).toBe('becad');
    draft.move('a', 'first');
    expect(order(draft)).toBe('baecd');
    draft.move('a', 'up');
    draft.move('b', 'down');
    expect(order(draft)).toBe('baecd');
  });

  it('sends keys, trimmed new names, and nothing for what says nothing', () => {
    const draft = fromView([row('a', 'can-edit'), row('b', null), row('c', null)]);
    draft.choose('b', NEW);
    draft.rename('b', '  Full seat ');
    draft.choose('c', `${SAME}Full seat`);
    expect(draft.choices.map((choice) => choice.license_type)).toEqual([
      'can-edit',
      'Full seat',
      'Full seat',
    ]);
    draft.choose('c', NOTHING);
    expect(draft.choices[2]?.license_type).toBeNull();
  });

  it('keeps unsaved choices when the vendor is asked again, and takes up new rows and counts', () => {
    const draft = fromView([row('a', null), row('b', null), row('gone', null)]);
    draft.choose('a', 'can-edit');
    draft.follow([{ ...row('a', null), members: 9 }, row('b', null), row('new', null)]);
    expect(draft.rows.map(({ seen, choice, members }) => [seen, choice, members])).toEqual([
      ['a', 'can-edit', 9],
      ['b', NOTHING, 7],
      ['new', NOTHING, 7],
    ]);
    expect(draft.changed).toBe(true);
    draft.restart([row('a', 'can-edit'), row('b', null), row('new', null)]);
    expect(draft.changed).toBe(false);
  });
});

describe('the live counts', () => {
  it('follow the mapping and leave nobody out', () => {
    const draft = fromValues(roles.values);
    draft.choose('Guest', `${SAME}Full`);
    expect(tally(roles, draft)).toEqual({
      types: [
        { name: 'Viewer', members: 402 },
        { name: 'Full', members: 64 },
        { name: 'Collab', members: 20 },
      ],
      without: 14,
      unlisted: 0,
    });
    draft.choose('Guest', NOTHING);
    expect(tally(roles, draft)?.without).toBe(17);
  });

  it('say nothing where users have several values, because the first one counts', () => {
    expect(tally(entitlements, fromValues(entitlements.values))).toBeNull();
  });

  it('name the users whose values are too rare to be listed', () => {
    const cut = { ...roles, values: roles.values.slice(0, 2) };
    expect(tally(cut, fromValues(cut.values))?.unlisted).toBe(23);
  });
});

describe('the mapping table', () => {
  it('moves a row by keyboard, keeps the focus on it and says where it is', async () => {
    const { draft, user } = open([row('a', 'can-edit'), row('b', 'view-only'), row('c', 'can-edit')]);
    select('c').focus();
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await waitFor(() => expect(order(draft)).toBe('acb'));
    expect(await screen.findByText('Group c is now 2 of 3.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(select('c')));
    await user.keyboard('{Alt>}{Home}{/Alt}');
    await waitFor(() => expect(order(draft)).toBe('cab'));
    expect(screen.getByTestId('group-c-rank').textContent).toBe('1');
    expect(screen.getByTestId<HTMLButtonElement>('group-c-up').disabled).toBe(true);
  });

  it('goes on with the row’s own list when its button reaches the end', async () => {
    const { draft, user } = open([row('a', 'can-edit'), row('b', 'view-only')]);
    await user.click(screen.getByTestId('group-b-up'));
    await waitFor(() => expect(order(draft)).toBe('ba'));
    await waitFor(() => expect(document.activeElement).toBe(select('b')));
  });

  it('marks what is not mapped and gives it a license type, an existing or a new one', async () => {
    const { draft, user } = open([row('a', null), row('b', null)]);
    expect(screen.getByTestId('group-a-unmapped').textContent).toBe('Unmapped');
    await user.selectOptions(select('a'), 'can-edit');
    expect(screen.queryByTestId('group-a-unmapped')).toBeNull();
    await user.selectOptions(select('b'), NEW);
    const name = await screen.findByTestId<HTMLInputElement>('group-b-name');
    expect(name.value).toBe('Group b');
    await user.clear(name);
    expect(draft.ready()).toBe(false);
    expect((await screen.findByTestId('group-b-name-problem')).textContent).toContain(
      'Give the license type a name.',
    );
    expect(name.getAttribute('aria-invalid')).toBe('true');
    await user.type(name, 'Contractor seat');
    expect(draft.ready()).toBe(true);
    expect(draft.choices.map((choice) => choice.license_type)).toEqual(['can-edit', 'Contractor seat']);
  });

  it('offers the name one row has made up to the others', async () => {
    const { draft, user } = open([row('a', null), row('b', null)]);
    await user.selectOptions(select('a'), NEW);
    const name = await screen.findByTestId<HTMLInputElement>('group-a-name');
    await user.clear(name);
    await user.type(name, 'Pro');
    await user.selectOptions(select('b'), `${SAME}Pro`);
    expect(draft.choices.map((choice) => choice.license_type)).toEqual(['Pro', 'Pro']);
    expect(select('b').value).toBe(NEW);
  });

  it('takes suggestions one by one or all at once, and only when asked', async () => {
    const { draft, user } = open([row('a', null, 'can-edit'), row('b', null, 'view-only'), row('c', null)]);
    expect(draft.mapped).toBe(0);
    await user.click(screen.getByTestId('group-a-suggested'));
    expect(draft.choices[0]?.license_type).toBe('can-edit');
    await user.click(screen.getByTestId('group-suggestions'));
    expect(draft.choices.map((choice) => choice.license_type)).toEqual(['can-edit', 'view-only', null]);
    expect(screen.queryByTestId('group-suggestions')).toBeNull();
  });

  it('shows a thousand groups without holding a thousand rows, and finds one of them', async () => {
    const { user } = open(manyGroups(1000).groups.rows);
    expect(screen.getByTestId('group').getAttribute('aria-rowcount')).toBe('1001');
    expect(shown().length).toBeLessThan(60);
    await user.type(screen.getByTestId('group-search'), 'legal 812');
    await waitFor(() => expect(shown()).toEqual(['g-811']));
    await user.clear(screen.getByTestId('group-search'));
    await user.type(screen.getByTestId('group-search'), 'nobody has this name');
    expect(await screen.findByText(/Nothing matches/)).toBeTruthy();
  });

  it('does not take a row away while it is being mapped under the filter for unmapped ones', async () => {
    const rows = Array.from({ length: 14 }, (_, at) => row(String(at), at < 2 ? 'can-edit' : null));
    const { user } = open(rows);
    await user.click(screen.getByTestId('group-filter-unmapped'));
    await waitFor(() => expect(shown()).not.toContain('0'));
    await user.selectOptions(select('5'), 'view-only');
    expect(shown()).toContain('5');
    await user.click(screen.getByTestId('group-filter-mapped'));
    await waitFor(() => expect(shown()).toEqual(['0', '1', '5']));
  });
});
