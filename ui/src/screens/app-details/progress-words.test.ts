import { describe, expect, it } from 'vitest';
import type { SyncProgress } from '../../ipc/gen/SyncProgress';
import { progressWords } from './progress-words';

const READING: SyncProgress = {
  app: 'lucidchart',
  stage: 'reading',
  page: 3,
  pages: 12,
  users: 300,
  total: 1200,
  per_second: 120,
  seconds_left: 8,
  waits_seconds: null,
};

describe('what is said while a roster is read', () => {
  it('is how far it is', () => {
    expect(progressWords(READING)).toBe('Page 3 of 12 · 300 of 1,200 users · 120 a second · 8 s left');
  });

  it('is for how long nothing is asked, in place of a speed that is none', () => {
    const wait = 'waiting 54 s until the server takes the next request';
    expect(progressWords({ ...READING, waits_seconds: 54 })).toBe(
      `Page 3 of 12 · 300 of 1,200 users · ${wait}`,
    );
    expect(progressWords({ ...READING, stage: 'groups', waits_seconds: 54 })).toBe(
      `Reading the groups · ${wait}`,
    );
  });
});
