import { mockIPC } from '@tauri-apps/api/mocks';
import { emit } from '@tauri-apps/api/event';
import { describe, expect, it, vi } from 'vitest';
import { serve, SYNC_DONE } from '../../tests/fixture/backend';
import { call, callWithProgress, onChanged } from './call';

const PROBLEM = {
  code: 'token-rejected',
  message: 'The server rejected the token.',
  hint: 'Make a new one.',
};

describe('a call', () => {
  it('sends the request under its name and returns the answer', async () => {
    const calls = serve({ undo: (request) => ({ what: `Undid something in ${request.app}.` }) });
    expect(await call('undo', { app: 'lucid' })).toEqual({ what: 'Undid something in lucid.' });
    expect(calls).toEqual([{ name: 'undo', request: { app: 'lucid' } }]);
  });

  it('takes what came with the page once, and only while it is fresh', async () => {
    const calls = serve({ apps_list: () => [] });
    const rows = [{ app: 'ahead' }] as unknown as Awaited<ReturnType<typeof call<'apps_list'>>>;
    const page = async () => {
      document.body.innerHTML = `<script type="application/json" id="ahead"></script>`;
      document.getElementById('ahead')?.append(JSON.stringify({ apps_list: rows }));
      vi.resetModules();
      return (await import('./call')).call;
    };
    const fresh = await page();
    expect(await fresh('apps_list', null)).toEqual(rows);
    expect(await fresh('apps_list', null)).toEqual([]);
    expect(document.getElementById('ahead')).toBeNull();
    const late = await page();
    vi.spyOn(performance, 'now').mockReturnValue(10_001);
    expect(await late('apps_list', null)).toEqual([]);
    expect(calls.map((made) => made.name)).toEqual(['apps_list', 'apps_list']);
  });

  it('rejects with the problem that the backend tells', async () => {
    serve({ undo: () => Promise.reject(PROBLEM) });
    await expect(call('undo', { app: 'lucid' })).rejects.toEqual(PROBLEM);
  });

  it.each([
    ['text', 'no such command'],
    ['an error', new Error('no such command')],
    ['nothing', undefined],
  ])('turns %s into a problem that can be shown', async (_what, raised) => {
    mockIPC(() => {
      throw raised;
    });
    await expect(call('apps_list', null)).rejects.toMatchObject({
      code: 'window',
      message: expect.stringContaining('Something in the window went wrong'),
      hint: expect.stringContaining('Nothing stored was changed'),
    });
  });

  it('passes progress on as it comes', async () => {
    const progress = {
      app: 'a',
      stage: 'reading',
      page: 1,
      pages: 2,
      users: 100,
      total: 200,
      per_second: 9,
      seconds_left: 11,
      waits_seconds: null,
    };
    serve({
      sync_start: (_request, send) => {
        send(progress);
        return SYNC_DONE;
      },
    });
    const heard = vi.fn();
    await callWithProgress('sync_start', { app: 'a', accept_drop: false }, heard);
    expect(heard).toHaveBeenCalledWith(progress);
  });
});

describe('the changed event', () => {
  it('is heard until it is no longer listened to', async () => {
    serve();
    const heard = vi.fn();
    const stop = onChanged(heard);
    await vi.waitFor(async () => {
      await emit('changed');
      expect(heard).toHaveBeenCalled();
    });
    stop();
    heard.mockClear();
    await emit('changed');
    expect(heard).not.toHaveBeenCalled();
  });
});
