// The file name an export starts with.

const JOINERS = /[\\/]$/;

/** "/home/me/lucidchart-roster-2026-11-23.csv", in the separators of the folder. */
export function suggestedPath(folder: string, app: string, day: string, format: string): string {
  return inFolder(folder, `${app}-roster-${day}.${format}`);
}

/** A file in a folder, in the separators of the folder. */
export function inFolder(folder: string, name: string): string {
  if (folder === '') return name;
  if (JOINERS.test(folder)) return `${folder}${name}`;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder}${separator}${name}`;
}

/** The same path with the ending of another format, where it had one of ours. */
export function withFormat(path: string, format: string): string {
  return path.replace(/\.(csv|json)$/i, `.${format}`);
}
