import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { serve, STAGES, type Answers } from '../../../tests/fixture/backend';
import { found, PREVIEW, SUGGESTIONS } from '../../../tests/fixture/connections';
import type { ConnectRequest } from '../../ipc/gen/ConnectRequest';
import type { LicensePreview } from '../../ipc/gen/LicensePreview';
import Connect from './Connect.svelte';
import { scim } from './wizard.svelte';

const URL = 'https://app.example/scim/v2';
const REJECTED = {
  code: 'token-rejected',
  message: 'The server rejected the token.',
  hint: 'Make a new one.',
};
const field = (testid: string) => screen.getByTestId<HTMLInputElement>(testid);
const ENTITLEMENTS = 'entitlements[type eq "license"].value';

beforeEach(() => {
  scim.reset();
  window.location.hash = '#/connect/scim';
});

async function open(replaced: Partial<Answers> = {}) {
  const calls = serve(replaced);
  const view = render(Connect, { what: 'scim' });
  const user = userEvent.setup();
  await user.type(field('connect-name'), 'Figma');
  await user.type(field('connect-base-url'), URL);
  await user.type(field('connect-token'), 'abc123');
  return { calls, view, user };
}

async function tested(replaced: Partial<Answers> = {}) {
  const opened = await open(replaced);
  await opened.user.click(screen.getByTestId('connect-test'));
  await screen.findByTestId('connect-result');
  return opened;
}

const sent = (calls: { name: string; request: unknown }[], name: string) =>
  calls.filter((call) => call.name === name).map((call) => call.request as ConnectRequest);

describe('connecting any SCIM app', () => {
  it('suggests where the license type is and begins with the likeliest', async () => {
    await tested();
    expect(field('license-source-roles').checked).toBe(true);
    const words = screen.getByTestId('license-source').textContent ?? '';
    for (const { path, sentence } of SUGGESTIONS) {
      expect(words).toContain(path);
      expect(words).toContain(sentence);
    }
    expect(screen.getByTestId('live-counts').textContent).toContain('402');
    expect(screen.getByTestId('license-sampled').textContent).toContain('The first 500 users');
  });

  it('saves the attribute and what each value means, in the order chosen', async () => {
    const { calls, user } = await tested();
    await user.selectOptions(screen.getByTestId('value-Guest-type'), '');
    await user.click(screen.getByTestId('value-Full-up'));
    const name = field('value-Collab-name');
    await user.clear(name);
    await user.type(name, 'Collaborator');
    await user.click(screen.getByTestId('connect-save'));
    await waitFor(() => expect(window.location.hash).toBe('#/app/lucidchart/overview'));
    expect(sent(calls, 'connect_save')[0]).toEqual({
      connector: 'scim',
      name: 'Figma',
      base_url: URL,
      token: 'abc123',
      license_from: 'roles',
      mapping: [
        { seen: 'Full', name: 'Full', license_type: 'Full' },
        { seen: 'Viewer', name: 'Viewer', license_type: 'Viewer' },
        { seen: 'Collab', name: 'Collab', license_type: 'Collaborator' },
        { seen: 'Guest', name: 'Guest', license_type: null },
      ],
      requests_per_minute: '',
      pages_in_flight: '',
      authority: '',
      again: false,
    });
    expect(document.body.outerHTML).not.toContain('abc123');
  });

  it('keeps each attribute’s mapping while others are looked at, and when saving fails', async () => {
    const { calls, user } = await tested({ connect_save: () => Promise.reject(REJECTED) });
    await user.selectOptions(screen.getByTestId('value-Guest-type'), '');
    await user.click(field(`license-source-${ENTITLEMENTS}`));
    await screen.findByTestId('value-E5-type');
    expect(screen.getByTestId('live-counts').textContent).toContain('several values');
    await user.click(field('license-source-roles'));
    expect(screen.getByTestId<HTMLSelectElement>('value-Guest-type').value).toBe('');
    await user.click(screen.getByTestId('connect-save'));
    expect((await screen.findByTestId('connect-problem')).textContent).toContain(REJECTED.message);
    expect(screen.getByTestId<HTMLSelectElement>('value-Guest-type').value).toBe('');
    expect(field('connect-token').value).toBe('abc123');
    expect(sent(calls, 'connect_save').length).toBe(1);
  });

  it('keeps everything but the token when the screen is left', async () => {
    const { view, user } = await tested();
    await user.click(field(`license-source-${ENTITLEMENTS}`));
    view.unmount();
    render(Connect, { what: 'scim' });
    expect(field('connect-name').value).toBe('Figma');
    expect(field('connect-token').value).toBe('');
    expect(field(`license-source-${ENTITLEMENTS}`).checked).toBe(true);
    expect(screen.getByTestId('connect-result').textContent).toContain('545 users');
    expect(JSON.stringify(scim.request(''))).not.toContain('abc123');
  });

  it('does not offer what was found at another address', async () => {
    const { user } = await tested();
    await user.type(field('connect-base-url'), '/other');
    expect(screen.queryByTestId('license-source-roles')).toBeNull();
    expect(screen.getByTestId('license-untested').textContent).toContain('Test the connection first');
  });

  it('connects without a license type only as said beside the button', async () => {
    const { calls, user } = await tested({
      connect_test: () => found(STAGES, { complete: true, sampled: 40 }),
    });
    expect(screen.getByTestId('license-no-suggestion')).toBeTruthy();
    expect(screen.getByTestId('license-sampled').textContent).toContain('All 40 users');
    expect(screen.getByTestId('save-summary').textContent).toContain('Unknown');
    await user.click(screen.getByTestId('connect-save'));
    await waitFor(() => expect(sent(calls, 'connect_save')[0]?.license_from).toBeNull());
  });

  it('says what is missing beside the fields, and goes to the first', async () => {
    const calls = serve();
    render(Connect, { what: 'scim' });
    const user = userEvent.setup();
    await user.click(screen.getByTestId('connect-save'));
    expect(screen.getByTestId('connect-name-problem').textContent).toContain('Give the app a name.');
    expect(screen.getByTestId('connect-base-url-problem')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field('connect-name')));
    expect(sent(calls, 'connect_save')).toEqual([]);
  });

  it('sends limits and certificate as typed, the file also from the system’s dialog', async () => {
    const { calls, user } = await open();
    await user.click(screen.getByTestId('connect-advanced-toggle'));
    await user.type(field('connect-requests-per-minute'), '30');
    await user.type(field('connect-pages-in-flight'), '2');
    await user.click(screen.getByTestId('connect-authority-choose'));
    await waitFor(() => expect(field('connect-authority').value).toBe('/etc/ssl/northwind-root.pem'));
    await user.click(screen.getByTestId('connect-test'));
    await screen.findByTestId('connect-result');
    expect(sent(calls, 'connect_test')[0]).toMatchObject({
      requests_per_minute: '30',
      pages_in_flight: '2',
      authority: '/etc/ssl/northwind-root.pem',
    });
  });
});

describe('counting everyone', () => {
  it('shows each license type, who has none, and when the counts are out of date', async () => {
    const { calls, user } = await tested();
    await user.click(screen.getByTestId('count-everyone'));
    await screen.findByTestId('count-result');
    expect(screen.getByTestId('count-viewer').textContent).toContain('4,021');
    expect(screen.getByTestId('count-without').textContent).toContain('164');
    expect(screen.getByTestId('count-several').textContent).toContain('12 members have several values');
    expect(screen.getByTestId('count-sentence').textContent).toBe(PREVIEW.sentence);
    expect(sent(calls, 'license_preview')[0]?.mapping.length).toBe(4);
    expect(screen.queryByTestId('count-stale')).toBeNull();
    await user.selectOptions(screen.getByTestId('value-Guest-type'), '');
    expect(screen.getByTestId('count-stale').textContent).toContain('Counted before the last change');
  });

  it('tells how far it is, and a cancelled count shows nothing, however late it ends', async () => {
    let finish: (preview: LicensePreview) => void = () => undefined;
    const { calls, user } = await tested({
      license_preview: (_request, send) => {
        send({ users: 1200, total: 5000 });
        return new Promise((resolve) => (finish = resolve));
      },
    });
    await user.click(screen.getByTestId('count-everyone'));
    await waitFor(() =>
      expect(screen.getByTestId('count-progress-text').textContent).toBe('1,200 of 5,000 users'),
    );
    await user.click(screen.getByTestId('count-cancel'));
    expect(calls.filter((made) => made.name === 'license_preview_cancel')).toHaveLength(1);
    finish(PREVIEW);
    await screen.findByTestId('count-everyone');
    expect(screen.queryByTestId('count-result')).toBeNull();
    expect(scim.counted).toBeNull();
  });

  it('finds the values of an attribute that was typed, to be mapped', async () => {
    const { calls, user } = await tested();
    await user.click(screen.getByTestId('license-source-own'));
    await user.click(screen.getByTestId('count-everyone'));
    expect((await screen.findByTestId('license-path-problem')).textContent).toContain('Enter the path');
    expect(sent(calls, 'license_preview')).toEqual([]);
    await user.type(field('license-path'), 'title');
    await user.click(screen.getByTestId('count-everyone'));
    await screen.findByTestId('value-Collab-type');
    expect(sent(calls, 'license_preview')[0]).toMatchObject({ license_from: 'title', mapping: [] });
    expect(screen.queryByTestId('count-stale')).toBeNull();
  });

  it('says why there are no counts and keeps the mapping', async () => {
    const { user } = await tested({
      license_preview: () => ({ ...PREVIEW, users: 0, types: [], problem: REJECTED }),
    });
    await user.selectOptions(screen.getByTestId('value-Guest-type'), '');
    await user.click(screen.getByTestId('count-everyone'));
    expect((await screen.findByTestId('count-problem')).textContent).toContain(REJECTED.message);
    expect(screen.queryByTestId('count-result')).toBeNull();
    expect(screen.getByTestId<HTMLSelectElement>('value-Guest-type').value).toBe('');
  });
});
