import type { SyncProgress } from '../../ipc/gen/SyncProgress';
import { count, duration } from '../../format';

const BEFORE: Record<string, string> = {
  groups: 'Reading the groups',
  licenses: 'Reading subscriptions and licenses',
  deactivated: 'Reading deactivated users',
};

/** "Page 3 of 12 · 300 of 1,200 users · 120 a second · 8 s left". */
export function progressWords(progress: SyncProgress | null): string {
  if (progress === null) return 'Opening the connection';
  const waits =
    progress.waits_seconds === null
      ? []
      : [`waiting ${duration(progress.waits_seconds)} until the server takes the next request`];
  const before = BEFORE[progress.stage];
  if (before !== undefined) return [before, ...waits].join(' · ');
  if (progress.stage === 'comparing') return `Comparing ${count(progress.users)} users with the last roster`;
  if (progress.stage === 'writing') return `Writing ${count(progress.users)} users`;
  const words = [
    progress.pages === null
      ? `Page ${count(progress.page)}`
      : `Page ${count(progress.page)} of ${count(progress.pages)}`,
    progress.total === null
      ? `${count(progress.users)} users`
      : `${count(progress.users)} of ${count(progress.total)} users`,
  ];
  // At a pause neither says anything.
  if (waits.length > 0) return [...words, ...waits].join(' · ');
  if (progress.per_second > 0) words.push(`${count(progress.per_second)} a second`);
  if (progress.seconds_left !== null) words.push(`${duration(progress.seconds_left)} left`);
  return words.join(' · ');
}

/** How much is done, in percent; `null` while the whole is not known. */
export function progressShare(progress: SyncProgress | null): number | null {
  if (progress === null) return null;
  if (progress.stage in BEFORE) return null;
  if (progress.stage !== 'reading') return 100;
  const { users, total, page, pages } = progress;
  if (total !== null && total > 0) return Math.min(100, (users * 100) / total);
  return pages !== null && pages > 0 ? Math.min(100, (page * 100) / pages) : null;
}
