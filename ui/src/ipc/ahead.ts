// Answers that came with the page (src-tauri/src/ahead.rs): each is taken once, by whoever asks first.
import type { Commands } from './gen/commands';

type Answers = { [Name in keyof Commands]?: Commands[Name][1] | undefined };

/** They are as old as the page: who asks later than this asks anew. */
const GOOD_FOR_MS = 10_000;

let answers: Answers | null = null;

/** The answer to a command without a request; null when it has to be asked for. */
export function takeAhead<Name extends keyof Commands>(name: Name): { answer: Commands[Name][1] } | null {
  answers ??= answersOfPage();
  const answer = answers[name];
  answers[name] = undefined;
  return answer === undefined || performance.now() > GOOD_FOR_MS ? null : { answer };
}

function answersOfPage(): Answers {
  const element = document.getElementById('ahead');
  element?.remove();
  return JSON.parse(element?.textContent ?? '{}') as Answers;
}
