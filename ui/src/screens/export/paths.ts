// The file names that exports start with.

const JOINERS = /[\\/]$/;

/** "/home/me/lucidchart-roster-2026-11-23.csv", in the separators of the folder. */
export function suggestedPath(folder: string, app: string, day: string, format: string): string {
  return inFolder(folder, `${app}-roster-${day}.${format}`);
}

/** "/home/me/lucidchart-costs-focus-1.2-2026-11-23.csv". */
export function suggestedCosts(folder: string, app: string, day: string, version: string): string {
  return inFolder(folder, `${app}-costs-focus-${version}-${day}.csv`);
}

/** "/home/me/lucidchart-spend-2026-11-23.xlsx". */
export function suggestedTable(folder: string, file: string, day: string, format: string): string {
  return inFolder(folder, `${file}-${day}.${format}`);
}

/** A name in a folder, joined as the folder's system does; alone where there is no folder. */
export function inFolder(folder: string, name: string): string {
  if (folder === '') return name;
  if (JOINERS.test(folder)) return `${folder}${name}`;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder}${separator}${name}`;
}

/** The same path with the ending of another format, where it had one of ours. */
export function withFormat(path: string, format: string): string {
  return path.replace(/\.(csv|xlsx|json)$/i, `.${format}`);
}
