import { describe, expect, it } from 'vitest';
import type { ImportPreview } from '../../ipc/gen/ImportPreview';
import { fileName, outcome, refusedPath, unfilled } from './import-words';

const preview = (accepted: number, refused: number, doubtful: number): ImportPreview => ({
  rows: [],
  matching: accepted + refused,
  identity: '',
  accepted,
  new: accepted,
  changed: 0,
  same: 0,
  refused,
  repairs: [],
  doubtful,
  new_license_types: [],
  ignored_columns: [],
  warnings: [],
  annual: null,
  notes: [],
  fingerprint: '',
});

describe('the words of an import', () => {
  it('say how many rows can be imported and how many cannot', () => {
    expect(outcome(preview(3, 0, 0))).toBe('3 rows can be imported.');
    expect(outcome(preview(1200, 1, 1))).toBe(
      '1,200 rows can be imported, 1 row with a remark. 1 row is refused.',
    );
    expect(outcome({ ...preview(12, 1, 0), new: 10, changed: 2, same: 5 })).toBe(
      '12 rows can be imported: 10 new, 2 changed. 5 rows are entered already. 1 row is refused.',
    );
    expect(outcome(preview(0, 2, 0))).toBe('0 rows can be imported. 2 rows are refused.');
  });

  it('name the file for refused rows after the file, in any system, and never the file itself', () => {
    expect(refusedPath('/home/mira/contracts.xlsx')).toBe('/home/mira/contracts-refused.csv');
    expect(refusedPath('C:\\Users\\mira\\v1.2\\contracts')).toBe(
      'C:\\Users\\mira\\v1.2\\contracts-refused.csv',
    );
    expect(refusedPath('/tmp/.csv')).toBe('/tmp/.csv-refused.csv');
    expect(fileName('C:\\Users\\mira\\contracts.csv')).toBe('contracts.csv');
  });

  it('name the needed fields that neither a column nor a value fills', () => {
    const fields = [
      { field: 'license_type', label: 'License type', needed: true, needed_with: null },
      { field: 'every', label: 'Payment frequency', needed: true, needed_with: null },
      { field: 'cost', label: 'Cost', needed: false, needed_with: null },
      { field: 'per', label: 'The cost is', needed: false, needed_with: 'cost' },
      { field: 'note', label: 'Notes', needed: false, needed_with: null },
    ];
    const mapping = fields.map(({ field }) => ({
      field,
      column: field === 'license_type' ? 0 : null,
      value: '',
    }));
    expect(unfilled(fields, mapping)).toContain('Nothing fills Payment frequency yet');
    const filled = mapping.map((each) => (each.field === 'every' ? { ...each, value: 'month' } : each));
    expect(unfilled(fields, filled)).toBe('');
    const priced = filled.map((each) => (each.field === 'cost' ? { ...each, column: 3 } : each));
    expect(unfilled(fields, priced)).toContain('Nothing fills The cost is yet');
    const whole = priced.map((each) => (each.field === 'per' ? { ...each, value: 'unit' } : each));
    expect(unfilled(fields, whole)).toBe('');
  });
});
