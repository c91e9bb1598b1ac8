// Imported first: decides the locale of every number in the window. The engine's own language setting is never
// read, because under LANG=C it is no language tag at all and every Intl constructor throws on it.

const FALLBACK = 'en-US';
let current = FALLBACK;

/** The tag itself where it is usable, else English. */
export function usableLocale(tag: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical !== undefined && Intl.NumberFormat.supportedLocalesOf(canonical).length > 0)
      return canonical;
  } catch {
    // Not a tag ("C", "POSIX", ""): fall back.
  }
  return FALLBACK;
}

export function setLocale(tag: string): void {
  current = usableLocale(tag);
}

export function locale(): string {
  return current;
}
