import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Later, loadInTurn } from './later.svelte';

describe('a part that is read later', () => {
  it('is read once, however often it is asked for', async () => {
    const read = vi.fn(() => Promise.resolve({ default: 'part' }));
    const part = new Later(read);
    expect(part.part).toBeNull();
    await Promise.all([part.load(), part.load()]);
    await part.load();
    expect(part.part).toBe('part');
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is tried again after a failure', async () => {
    let broken = true;
    const part = new Later(() =>
      broken ? Promise.reject(new Error('gone')) : Promise.resolve({ default: 1 }),
    );
    await part.load();
    expect(part.failed).toBe(true);
    expect(part.part).toBeNull();
    broken = false;
    await part.load();
    expect(part.failed).toBe(false);
    expect(part.part).toBe(1);
  });
});

describe('reading ahead', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const parts = (names: string[], read: (name: string) => void) =>
    names.map(
      (name) =>
        new Later(() => {
          read(name);
          return name === 'broken' ? Promise.reject(new Error(name)) : Promise.resolve({ default: name });
        }),
    );

  it('reads one part after another, and is not stopped by one that fails', async () => {
    const read: string[] = [];
    loadInTurn(
      parts(['first', 'broken', 'last'], (name) => read.push(name)),
      50,
    );
    expect(read).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(read).toEqual(['first']);
    await vi.advanceTimersByTimeAsync(100);
    expect(read).toEqual(['first', 'broken', 'last']);
  });

  it('stops when it is told to', async () => {
    const read: string[] = [];
    const stop = loadInTurn(
      parts(['first', 'second'], (name) => read.push(name)),
      50,
    );
    await vi.advanceTimersByTimeAsync(50);
    stop();
    await vi.advanceTimersByTimeAsync(500);
    expect(read).toEqual(['first']);
  });
});
