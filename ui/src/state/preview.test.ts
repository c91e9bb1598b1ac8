import { describe, expect, it, vi } from 'vitest';
import { Preview } from './preview.svelte';

function question() {
  let answer: (text: string) => void = () => undefined;
  const promise = new Promise<string>((resolve) => (answer = resolve));
  return { ask: () => promise, answer: (text: string) => answer(text) };
}

describe('a preview', () => {
  it('asks at once when told so, and is done when the answer is here', async () => {
    const preview = new Preview<string>();
    const { ask, answer } = question();
    preview.ask(ask);
    let done = false;
    const told = preview.now().then(() => (done = true));
    await Promise.resolve();
    expect(done).toBe(false);
    answer('$9.00');
    await told;
    expect(preview.value).toBe('$9.00');
  });

  it('waits for what is asked already', async () => {
    vi.useFakeTimers();
    const preview = new Preview<string>();
    const { ask, answer } = question();
    preview.ask(ask);
    vi.runAllTimers();
    vi.useRealTimers();
    const heard: (string | null)[] = [];
    const told = preview.now().then(() => heard.push(preview.value));
    answer('$9.00');
    await told;
    expect(heard).toEqual(['$9.00']);
  });

  it('drops an answer that was overtaken', async () => {
    const preview = new Preview<string>();
    const [half, whole] = [question(), question()];
    preview.ask(half.ask);
    const first = preview.now();
    preview.ask(whole.ask);
    const second = preview.now();
    whole.answer('whole');
    await second;
    half.answer('half');
    await first;
    expect(preview.value).toBe('whole');
  });
});
