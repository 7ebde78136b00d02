import fc from 'fast-check';

import { parseStrictQuery } from '../../../sandbox/keeper-partner/strict-query.mts';

const text = fc.string({ minLength: 1, unit: 'grapheme' });

it('reads back whatever was percent-encoded', () => {
	fc.assert(
		fc.property(fc.dictionary(text, text, { minKeys: 1, noNullPrototype: true }), (values) => {
			const raw = Object.entries(values)
				.map((pair) => pair.map(encodeURIComponent).join('='))
				.join('&');
			const query = parseStrictQuery(raw);
			expect(query.ok && Object.fromEntries(query.values)).toEqual(values);
		}),
	);
});

it('accepts nothing that a lenient parser reads differently', () => {
	fc.assert(
		fc.property(fc.string({ unit: fc.constantFrom(...'ab=&+%41C3ü #"'), maxLength: 20 }), (raw) => {
			const query = parseStrictQuery(raw);
			if (query.ok) expect([...query.values]).toEqual([...new URLSearchParams(raw)]);
		}),
	);
});

it('takes the first equals sign as the border and a plus as a space', () => {
	const query = parseStrictQuery('a=b=c+d%2B');
	expect(query.ok && query.values.get('a')).toBe('b=c d+');
});

it('keeps a byte order mark that is part of a name', () => {
	const query = parseStrictQuery('a=%EF%BB%BFb');
	expect(query.ok && query.values.get('a')).toBe('\ufeffb');
});

it.each(['a=1&a=1', '%61=1&a=1'])('sees the repetition in %s', (raw) => {
	expect(parseStrictQuery(raw)).toEqual({ ok: false, reason: '"a" is repeated' });
});
