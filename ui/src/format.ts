// How amounts, counts and days are written. Nothing is computed here: amounts arrive rounded, as text.
import type { Money } from './ipc/gen/Money';
import { locale } from './locale';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const numberFormats = new Map<string, Intl.NumberFormat>();
let zone = 'UTC';
/** Made once for the zone: making one takes longer than a thousand uses. */
let clock: Intl.DateTimeFormat | null = null;

/** Sets the zone that instants are shown in. */
export function setTimeZone(name: string): void {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    zone = name;
  } catch {
    zone = 'UTC';
  }
  clock = null;
}

function formatter(key: string, make: () => Intl.NumberFormat): Intl.NumberFormat {
  const full = `${locale()} ${key}`;
  const known = numberFormats.get(full);
  if (known !== undefined) return known;
  const made = make();
  numberFormats.set(full, made);
  return made;
}

function currencyFormat(currency: string): Intl.NumberFormat {
  return formatter(currency, () => new Intl.NumberFormat(locale(), { style: 'currency', currency }));
}

/** With the minus sign of typography: a hyphen is narrower than a digit and may end a line. */
export function signed(text: string): string {
  return text.replace('-', '−');
}

/** "$5,400.00", "−$12.50". The text goes to Intl as text: a float would lose cents beyond 15 digits. */
export function money(value: Money): string {
  return signed(currencyFormat(value.currency).format(value.amount as Intl.StringNumericLiteral));
}

/** The same in two pieces, so that the minor units can be set smaller in a headline. */
export function moneyPieces(value: Money): { major: string; minor: string; after: string } {
  const parts = currencyFormat(value.currency).formatToParts(
    // formatToParts takes text at run time as format does; its declaration lags behind.
    value.amount as unknown as number,
  );
  const point = parts.findIndex((part) => part.type === 'decimal');
  const text = (slice: Intl.NumberFormatPart[]) => signed(slice.map((part) => part.value).join(''));
  if (point < 0) return { major: text(parts), minor: '', after: '' };
  return {
    major: text(parts.slice(0, point)),
    minor: text(parts.slice(point, point + 2)),
    after: text(parts.slice(point + 2)),
  };
}

/** "12,345". */
export function count(value: number): string {
  const format = formatter('count', () => new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }));
  return signed(format.format(value));
}

/** "1 member", "2,000 members". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "23 Nov 2026" from "2026-11-23": the same in every locale, never 11/12/26. */
export function date(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  const month = match === null ? undefined : MONTHS[Number(match[2]) - 1];
  return match === null || month === undefined ? day : `${Number(match[3])} ${month} ${match[1]}`;
}

/** "Nov 2026" from "2026-11". */
export function month(value: string): string {
  const match = /^(\d{4})-(\d{2})/.exec(value);
  const name = match === null ? undefined : MONTHS[Number(match[2]) - 1];
  return match === null || name === undefined ? value : `${name} ${match[1]}`;
}

/** The civil day of an instant in the chosen time zone, as "2026-11-23". */
function dayAndTime(instant: string): { day: string; time: string } | null {
  const moment = new Date(instant);
  if (Number.isNaN(moment.getTime())) return null;
  clock ??= new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = clock.formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** "23 Nov 2026" of an instant, in the chosen time zone. */
export function dayOf(instant: string): string {
  const at = dayAndTime(instant);
  return at === null ? instant : date(at.day);
}

/** "23 Nov 2026, 09:14", in the chosen time zone. */
export function moment(instant: string): string {
  const at = dayAndTime(instant);
  return at === null ? instant : `${date(at.day)}, ${at.time}`;
}

/** "23 Nov 2026, 09:14 (Europe/Berlin)", for tooltips. */
export function momentWithZone(instant: string): string {
  return `${moment(instant)} (${zone})`;
}

const SIZES = ['kB', 'MB', 'GB', 'TB'];

/** "812 B", "418 kB", "1.2 MB". */
export function bytes(value: number): string {
  let size = value;
  let unit = 'B';
  for (const larger of SIZES) {
    if (size < 999.5) break;
    size /= 1000;
    unit = larger;
  }
  const whole = unit === 'B' || size >= 9.95;
  const digits = formatter(whole ? 'count' : 'tenths', () => {
    const fraction = whole ? 0 : 1;
    return new Intl.NumberFormat(locale(), {
      minimumFractionDigits: fraction,
      maximumFractionDigits: fraction,
    });
  });
  return `${digits.format(size)} ${unit}`;
}

/** "84 ms", "1.4 s", "45 s", "3 min 20 s": for parts of a run, which may be short. */
export function lap(seconds: number): string {
  if (seconds < 0.9995) return `${count(seconds * 1000)} ms`;
  if (seconds >= 9.95) return duration(seconds);
  return `${formatter('tenths', () => new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })).format(seconds)} s`;
}

/** "45 s", "3 min 20 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
