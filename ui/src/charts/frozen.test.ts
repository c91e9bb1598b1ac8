import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const here = import.meta.dirname;

/** The libraries that the charts import. */
function libraries(): string[] {
  const sources = readdirSync(here).filter(
    (name) => /\.(ts|svelte)$/u.test(name) && !name.includes('.test.'),
  );
  const found = sources.flatMap((name) => [
    ...readFileSync(`${here}/${name}`, 'utf8').matchAll(/from '(d3-[a-z]+)'/gu),
  ]);
  return [...new Set(found.flatMap(([, library]) => library ?? []))].sort();
}

it.each(libraries())('%s loads while Object.prototype is frozen, as it is in the window', (library) => {
  const load = `Object.freeze(Object.prototype); await import('${library}'); console.log('loaded')`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', load], {
    cwd: here,
    encoding: 'utf8',
  });
  expect(said.trim()).toBe('loaded');
});
