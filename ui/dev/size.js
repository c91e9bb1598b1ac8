// Fails when the built scripts outgrow their budget: what the first screen reads before it can be painted, and
// everything together. Counted as a browser would fetch it: compressed, file by file.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGETS = { 'the first screen': 50_000, 'all screens': 234_000 };

const dist = new URL('../dist/', import.meta.url);
const bytes = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const sum = (files) => files.reduce((total, file) => total + bytes(file), 0);

/** The scripts a page or a script names without waiting for anybody to open something. */
function named(text) {
  const inPage = [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  const inScript = [...text.matchAll(/(?:^|[;}])(?:import|export)[^'"`();]*["']\.\/([^"']+\.js)["']/g)];
  return [...inPage.map((match) => match[1]), ...inScript.map((match) => `assets/${match[1]}`)];
}

const first = new Set(named(readFileSync(new URL('index.html', dist), 'utf8')));
for (const file of first) {
  for (const next of named(readFileSync(new URL(file, dist), 'utf8'))) first.add(next);
}
if (first.size === 0) throw new Error('index.html names no script: build the UI first');
const all = readdirSync(new URL('assets/', dist)).filter((name) => name.endsWith('.js'));
const found = {
  'the first screen': sum([...first]),
  'all screens': sum(all.map((name) => `assets/${name}`)),
};

for (const [what, limit] of Object.entries(BUDGETS)) {
  const over = found[what] > limit;
  const kilobytes = (size) => `${(size / 1000).toFixed(1)} kB`;
  process.stdout.write(
    `${what}: ${kilobytes(found[what])} of at most ${kilobytes(limit)}${over ? ', TOO MUCH' : ''}\n`,
  );
  if (over) process.exitCode = 1;
}
