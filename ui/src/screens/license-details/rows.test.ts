import { describe, expect, it } from 'vitest';
import { conditionWords } from './condition-words';
import { emptyForm, readBack } from './forms';
import { bandsOf, bandsText, moved, nextBand, offsOf, offsText } from './rows';

describe('the tier table', () => {
  it('goes from text to rows and back without a loss', () => {
    const text = '1-10: 9.00\n11-50: 8.00\n51+: 7.00';
    expect(bandsOf(text)).toEqual([
      { from: '1', to: '10', price: '9.00' },
      { from: '11', to: '50', price: '8.00' },
      { from: '51', to: '', price: '7.00' },
    ]);
    expect(bandsText(bandsOf(text))).toBe(text);
  });

  it('keeps half-typed rows as typed, so that they can be refused in words', () => {
    const bands = [
      { from: '', to: '10', price: 'nine' },
      { from: '11', to: '', price: '' },
    ];
    expect(bandsText(bands)).toBe('-10: nine\n11+: ');
    expect(bandsOf(bandsText(bands))).toEqual(bands);
  });

  it('leaves out rows in which nothing is typed', () => {
    expect(bandsText([{ from: '', to: '', price: '' }])).toBe('');
  });

  it('starts the next band behind the last one where that is known', () => {
    expect(nextBand([]).from).toBe('1');
    expect(nextBand([{ from: '1', to: '10', price: '9' }]).from).toBe('11');
    expect(nextBand([{ from: '1', to: '', price: '9' }]).from).toBe('');
  });
});

describe('discounts', () => {
  it('go from text to rows and back without a loss', () => {
    const text = '10% partner\n5% of list volume\n7.5% of list\n100.00 goodwill';
    expect(offsOf(text)).toEqual([
      { kind: 'rest', value: '10', name: 'partner' },
      { kind: 'list', value: '5', name: 'volume' },
      { kind: 'list', value: '7.5', name: '' },
      { kind: 'amount', value: '100.00', name: 'goodwill' },
    ]);
    expect(offsText(offsOf(text))).toBe(text);
  });

  it('tell a name that begins like a list price from one', () => {
    expect(offsOf('5% of listed partners')[0]).toEqual({
      kind: 'rest',
      value: '5',
      name: 'of listed partners',
    });
  });

  it('take a percent sign that was typed too', () => {
    expect(offsText([{ kind: 'list', value: '5 %', name: '' }])).toBe('5% of list');
  });

  it('change places, and stay where there is no room', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});

describe('conditions in a few words', () => {
  it('say nothing of a plain purchase', () => {
    expect(conditionWords({ ...emptyForm(), shape: 'flat' })).toEqual([]);
  });

  it('say what was typed', () => {
    const form = {
      ...emptyForm(),
      shape: 'volume',
      tiers: '1-10: 9\n11+: 8',
      discounts: '10%\n5% of list',
      tax: '19',
    };
    expect(conditionWords(form)).toEqual(['2 volume tiers', 'less 10%, then 5% of list', 'tax 19%']);
  });
});

describe('a form that is read back', () => {
  it('takes what fits and leaves the rest as in an empty form', () => {
    const read = readBack(emptyForm(), { cost: '9', unlimited: 'yes', packs: 3, unheard: 'of' });
    expect(read).toEqual({ ...emptyForm(), cost: '9' });
  });
});
