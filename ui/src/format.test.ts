import { afterEach, describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  counted,
  date,
  dayOf,
  duration,
  lap,
  moment,
  money,
  moneyPieces,
  month,
  setTimeZone,
} from './format';
import { setLocale, usableLocale } from './locale';

afterEach(() => {
  setLocale('en-US');
  setTimeZone('UTC');
});

describe('amounts', () => {
  it('keep every digit beyond what a float can hold', () => {
    setLocale('de-DE');
    const shown = money({ amount: '12345678901234567.89', currency: 'EUR' });
    expect(shown.replace(/\s/g, ' ')).toBe('12.345.678.901.234.567,89 €');
  });

  it('take the decimals of their currency', () => {
    expect(money({ amount: '1200', currency: 'JPY' })).toBe('¥1,200');
    expect(money({ amount: '5400.00', currency: 'USD' })).toBe('$5,400.00');
  });

  it('below zero have the true minus sign', () => {
    expect(money({ amount: '-1795.50', currency: 'USD' })).toBe('−$1,795.50');
    expect(moneyPieces({ amount: '-1795.50', currency: 'USD' }).major).toBe('−$1,795');
    expect(moneyPieces({ amount: '-1200', currency: 'JPY' }).major).toBe('−¥1,200');
    expect(count(-12)).toBe('−12');
  });

  it('come in pieces that read the same when put together', () => {
    const pieces = moneyPieces({ amount: '13286.40', currency: 'USD' });
    expect(pieces).toEqual({ major: '$13,286', minor: '.40', after: '' });
    expect(moneyPieces({ amount: '1200', currency: 'JPY' })).toEqual({
      major: '¥1,200',
      minor: '',
      after: '',
    });
  });
});

describe('days', () => {
  it.each(['en-US', 'de-DE', 'ja-JP', 'ar'])('read the same in %s, never as 11/12/26', (tag) => {
    setLocale(tag);
    expect(date('2026-11-23')).toBe('23 Nov 2026');
  });

  it('are shown as sent where they are no days', () => {
    expect(date('soon')).toBe('soon');
    expect(date('2026-13-01')).toBe('2026-13-01');
  });

  it('name months', () => {
    expect(month('2026-09')).toBe('Sep 2026');
  });

  it('of an instant are those of the chosen time zone', () => {
    expect(dayOf('2026-11-22T23:30:00Z')).toBe('22 Nov 2026');
    setTimeZone('Europe/Berlin');
    expect(dayOf('2026-11-22T23:30:00Z')).toBe('23 Nov 2026');
    expect(moment('2026-11-22T23:30:00Z')).toBe('23 Nov 2026, 00:30');
  });

  it('follow the zone when another is chosen', () => {
    expect(moment('2026-11-22T23:30:00Z')).toBe('22 Nov 2026, 23:30');
    setTimeZone('Asia/Tokyo');
    expect(moment('2026-11-22T23:30:00Z')).toBe('23 Nov 2026, 08:30');
  });

  it('survive a time zone that the engine does not know', () => {
    setTimeZone('Nowhere/Nothing');
    expect(moment('2026-11-22T23:30:00Z')).toBe('22 Nov 2026, 23:30');
  });
});

describe('counts', () => {
  it('are grouped and named', () => {
    expect(count(100000)).toBe('100,000');
    expect(counted(1, 'member')).toBe('1 member');
    expect(counted(2000, 'member')).toBe('2,000 members');
  });

  it('of seconds read as people say them', () => {
    expect([duration(4.4), duration(60), duration(200)]).toEqual(['4 s', '1 min', '3 min 20 s']);
  });
});

describe('the locale', () => {
  it.each(['C', 'C.UTF-8', 'POSIX', '', 'x', 'not a tag'])(
    'falls back from %j instead of throwing',
    (tag) => {
      expect(usableLocale(tag)).toBe('en-US');
    },
  );

  it('is kept where it is usable', () => {
    expect(usableLocale('de-de')).toBe('de-DE');
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [9_949, '9.9 kB'],
    [9_960, '10 kB'],
    [418_000, '418 kB'],
    [999_600, '1.0 MB'],
    [1_250_000_000, '1.3 GB'],
  ])('of %d bytes read %s', (value, text) => expect(bytes(value)).toBe(text));
});

describe('parts of a run', () => {
  it.each([
    [0, '0 ms'],
    [0.084, '84 ms'],
    [0.9996, '1.0 s'],
    [3.44, '3.4 s'],
    [9.96, '10 s'],
    [200, '3 min 20 s'],
  ])('of %d seconds read %s', (value, text) => expect(lap(value)).toBe(text));
});
