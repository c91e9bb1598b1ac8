import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, STAGES } from '../../../tests/fixture/backend';
import { VAULT } from '../../../tests/fixture/views';
import Connect from './Connect.svelte';
import { passphraseProblem, vaultPlan } from './vault-plan';
import { resetWizard } from './wizard.svelte';

const TOKEN = 'Bearer abc123';
const field = (testid: string) => screen.getByTestId<HTMLInputElement>(testid);
const REJECTED = {
  code: 'token-rejected',
  message: 'The server rejected the token.',
  hint: 'Make a new one.',
};
const NO_KEYCHAIN = { keeper: 'none', state: 'unavailable', message: 'There is no keychain here.', hint: '' };

beforeEach(() => {
  resetWizard();
  window.location.hash = '#/connect';
});

async function typeToken() {
  const user = userEvent.setup();
  await user.type(field('connect-name'), ' Berlin');
  await user.type(field('connect-token'), TOKEN);
  return user;
}

describe('the Connect screen', () => {
  it('hides the token from the first character on', () => {
    serve();
    render(Connect);
    expect(field('connect-token').type).toBe('password');
    expect(field('connect-token').autocomplete).toBe('off');
  });

  it('tells what the test found, stage by stage', async () => {
    const calls = serve();
    render(Connect);
    const user = await typeToken();
    await user.click(screen.getByTestId('connect-test'));
    await waitFor(() => expect(screen.getByTestId('connect-result').textContent).toContain('545 users'));
    for (const stage of STAGES)
      expect(screen.getByTestId(`stage-${stage.key}`).dataset['state']).toBe('passed');
    expect(calls.find((each) => each.name === 'connect_test')?.request).toEqual({
      connector: 'lucid',
      name: 'Lucidchart Berlin',
      base_url: 'https://users.lucid.app/scim/v2',
      token: TOKEN,
      license_from: null,
      mapping: [],
      requests_per_minute: '',
      pages_in_flight: '',
      authority: '',
      again: false,
    });
    expect(field('connect-token').value).toBe(TOKEN);
  });

  it('keeps everything that was typed when saving fails', async () => {
    serve({
      connect_save: (_request, send) => {
        send({ key: 'users', label: 'Token may read users', state: 'failed', detail: '401' });
        return Promise.reject(REJECTED);
      },
    });
    render(Connect);
    const user = await typeToken();
    await user.click(screen.getByTestId('connect-save'));
    const problem = await screen.findByTestId('connect-problem');
    expect(problem.textContent).toContain(REJECTED.message);
    expect(problem.textContent).toContain(REJECTED.hint);
    expect(screen.getByTestId('stage-users').dataset['state']).toBe('failed');
    expect(field('connect-name').value).toBe('Lucidchart Berlin');
    expect(field('connect-base-url').value).toBe('https://users.lucid.app/scim/v2');
    expect(field('connect-token').value).toBe(TOKEN);
  });

  it('goes on with an address that is connected already only when told so', async () => {
    const twice = {
      code: 'already-connected',
      message: 'An app is connected already: Old.',
      hint: 'Saved nothing.',
    };
    const calls = serve({
      connect_save: (request) =>
        request.again
          ? Promise.resolve({ app: 'new', name: 'New', users: 3, findings: [], suggestions: [] })
          : Promise.reject(twice),
    });
    render(Connect);
    const user = await typeToken();
    await user.click(screen.getByTestId('connect-save'));
    const problem = await screen.findByTestId('connect-problem');
    expect(problem.textContent).toContain(twice.message);
    expect(calls.filter((each) => each.name === 'connect_save')).toHaveLength(1);
    await user.click(screen.getByTestId('connect-again'));
    await waitFor(() => expect(window.location.hash).toBe('#/app/new/overview'));
    expect(calls.filter((each) => each.name === 'connect_save')[1]?.request).toMatchObject({
      again: true,
      token: TOKEN,
    });
  });

  it('forgets the token once it is stored, opens the app and reads its roster', async () => {
    const calls = serve();
    render(Connect);
    const user = await typeToken();
    await user.click(screen.getByTestId('connect-save'));
    await waitFor(() => expect(window.location.hash).toBe('#/app/lucidchart/overview'));
    expect(field('connect-token').value).toBe('');
    await waitFor(() => expect(calls.map((each) => each.name)).toContain('sync_start'));
    expect(document.body.outerHTML).not.toContain('abc123');
  });

  it('says beside the field what is missing, and sends nothing', async () => {
    const calls = serve();
    render(Connect);
    const user = userEvent.setup();
    await user.clear(field('connect-name'));
    await user.click(screen.getByTestId('connect-save'));
    expect(screen.getByTestId('connect-token-problem').textContent).toContain('Paste the token.');
    expect(screen.getByTestId('connect-name-problem').textContent).toContain('Give the app a name.');
    expect(field('connect-token').getAttribute('aria-invalid')).toBe('true');
    expect(calls.map((each) => each.name)).toEqual(['vault_status']);
  });

  it('asks for a passphrase where there is no keychain, and makes the vault before it stores the token', async () => {
    const calls = serve({ vault_status: () => NO_KEYCHAIN });
    render(Connect);
    const user = await typeToken();
    await screen.findByTestId('vault-passphrase');
    await user.type(field('vault-passphrase'), 'correct horse');
    await user.type(field('vault-passphrase-again'), 'correct house');
    await user.click(screen.getByTestId('connect-save'));
    expect(screen.getByTestId('vault-passphrase-problem').textContent).toContain('differ');

    await user.clear(field('vault-passphrase-again'));
    await user.type(field('vault-passphrase-again'), 'correct horse');
    await user.click(screen.getByTestId('connect-save'));
    await waitFor(() => expect(window.location.hash).toBe('#/app/lucidchart/overview'));
    const names = calls.map((each) => each.name);
    expect(names.indexOf('vault_use_passphrase')).toBeGreaterThan(0);
    expect(names.indexOf('vault_use_passphrase')).toBeLessThan(names.indexOf('connect_save'));
  });

  it('unlocks a locked vault first, and a wrong passphrase loses nothing', async () => {
    const locked = { keeper: 'passphrase', state: 'locked', message: 'The vault is locked.', hint: '' };
    const wrong = { code: 'vault-passphrase', message: 'The passphrase is wrong.', hint: 'Try again.' };
    serve({ vault_status: () => locked, vault_unlock: () => Promise.reject(wrong) });
    render(Connect);
    const user = await typeToken();
    await screen.findByTestId('vault-passphrase');
    await user.type(field('vault-passphrase'), 'nope');
    await user.click(screen.getByTestId('connect-save'));
    expect((await screen.findByTestId('connect-problem')).textContent).toContain(wrong.message);
    expect(field('connect-token').value).toBe(TOKEN);
  });
});

describe('the plan for the vault', () => {
  it('leaves a working keychain alone unless a passphrase is preferred for a new vault', () => {
    expect(vaultPlan(VAULT, true)).toBe('as-is');
    expect(vaultPlan({ ...VAULT, keeper: 'none', state: 'absent' }, false)).toBe('as-is');
    expect(vaultPlan({ ...VAULT, keeper: 'none', state: 'absent' }, true)).toBe('choose');
    expect(passphraseProblem('as-is', '', '')).toBeNull();
  });
});
