// Answers that came with the page (src-tauri/src/ahead.rs): each is taken once, by whoever asks first.
import type { Commands } from './gen/commands';

type Answers = { [Name in keyof Commands]?: Commands[Name][1] | undefined };

declare global {
  interface Window {
    seatledgerAhead?: { until: number; answers: Answers };
  }
}

/** The answer to a command without a request; null when it has to be asked for. */
export function takeAhead<Name extends keyof Commands>(name: Name): { answer: Commands[Name][1] } | null {
  const ahead = window.seatledgerAhead;
  if (ahead === undefined || Date.now() > ahead.until) return null;
  const answer = ahead.answers[name];
  ahead.answers[name] = undefined;
  return answer === undefined ? null : { answer };
}
