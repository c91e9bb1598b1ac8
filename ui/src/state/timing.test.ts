import { describe, expect, it } from 'vitest';
import { leave, refuse, shown, type, UNTOUCHED } from './timing';

const letters = [{ field: 'quantity', message: 'Quantity must be a whole number, like 50.' }];
const missing = [{ field: 'cost', message: 'Cost is missing.' }];

describe('a problem is shown', () => {
  it('not while its field is typed in for the first time', () => {
    expect(shown(type(UNTOUCHED, 'quantity', letters), letters)).toEqual([]);
  });

  it('after the field was left with content', () => {
    expect(shown(leave(UNTOUCHED, 'quantity', 'abc'), letters)).toEqual(letters);
  });

  it('not after the field was left empty', () => {
    expect(shown(leave(UNTOUCHED, 'cost', '  '), missing)).toEqual([]);
  });

  it('at every keystroke once it is there, and never longer than it lasts', () => {
    const left = type(leave(UNTOUCHED, 'quantity', 'abc'), 'quantity', letters);
    expect(shown(left, letters)).toEqual(letters);
    expect(shown(left, [])).toEqual([]);
  });

  it('not while a field that was right is typed in again', () => {
    const right = leave(UNTOUCHED, 'quantity', '50');
    expect(shown(type(right, 'quantity', []), letters)).toEqual([]);
  });

  it('in any case after a refused Save', () => {
    expect(shown(refuse(UNTOUCHED), [...letters, ...missing])).toHaveLength(2);
  });
});
