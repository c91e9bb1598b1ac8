// The day as of which an app's figures are shown: one choice for all of its tabs, so that no two of them differ unseen.

/** YYYY-MM-DD by app; an app that is not here is shown as of today. */
let days = $state.raw<Readonly<Record<string, string>>>({});

/** The chosen day; null is today. */
export function figuresDay(app: string): string | null {
  return days[app] ?? null;
}

export function showFiguresOf(app: string, day: string | null): void {
  const others = Object.fromEntries(Object.entries(days).filter(([other]) => other !== app));
  days = day === null ? others : { ...others, [app]: day };
}
