// What every text field of a form hands on: what is wrong with it, what is doubtful, and that it was typed in or left.

import type { FieldProblem } from '../../ipc/gen/FieldProblem';
import type { Typed } from '../../state/typed.svelte';

export type TextName<F> = { [N in keyof F]: F[N] extends string ? N : never }[keyof F] & string;

export interface TextProps {
  problem: string | null;
  warning: string | null;
  oninput: () => void;
  onblur: () => void;
}

export function textProps<F extends object>(
  draft: Typed<F>,
  warnings: readonly FieldProblem[],
  onleave: (field: string, content: string) => void,
): (field: TextName<F>) => TextProps {
  const about = (field: string) =>
    warnings
      .filter((warning) => warning.field === field)
      .map(({ message }) => message)
      .join(' ');
  return (field) => ({
    problem: draft.problemOf(field),
    warning: about(field) || null,
    oninput: () => draft.type(field),
    onblur: () => onleave(field, String(draft.form[field])),
  });
}
