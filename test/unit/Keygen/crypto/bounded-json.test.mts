import fc from 'fast-check';
import { parseBoundedJson } from '../../../../nodes/Keygen/crypto/bounded-json';

const arrays = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

describe('JSON within bounds', () => {
	test('is what the language itself reads', () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 6 }), (text) => {
				expect(parseBoundedJson(text)).toEqual(JSON.parse(text));
			}),
		);
	});

	test('may nest 32 deep, not deeper', () => {
		expect(parseBoundedJson(arrays(32))).toEqual(JSON.parse(arrays(32)));
		expect(parseBoundedJson(objects(32))).toEqual(JSON.parse(objects(32)));
		expect(parseBoundedJson(arrays(33))).toBeUndefined();
		expect(parseBoundedJson(objects(33))).toBeUndefined();
		expect(parseBoundedJson(arrays(500_000))).toBeUndefined();
	});

	test('may have as many brackets, colons and quotes in its texts as it likes', () => {
		for (const text of [
			'['.repeat(100),
			'{"a":'.repeat(100),
			'"',
			'\\"[',
			'\\',
			'\\\\',
			'\\\\"{:',
		]) {
			expect(parseBoundedJson(JSON.stringify([text, text]), 0)).toEqual([text, text]);
		}
	});

	test('counts brackets again after a text that ends in backslashes', () => {
		for (const text of ['', '\\', '\\\\', '\\"', '"\\']) {
			const deep = `{${JSON.stringify(text)}:${arrays(33)}}`;
			expect(parseBoundedJson(deep)).toBeUndefined();
		}
	});

	test('has no more members than allowed', () => {
		const text = '{"a":1,"b":{"c":[{"d":1}]}}';
		expect(parseBoundedJson(text, 4)).toEqual(JSON.parse(text));
		expect(parseBoundedJson(text, 3)).toBeUndefined();
	});

	test('has 40,000 members at most where nothing else is said', () => {
		const text = (members: number) =>
			`{${Array.from({ length: members }, (_, n) => `"${n}":1`).join()}}`;
		expect(Object.keys(parseBoundedJson(text(40_000)) as object)).toHaveLength(40_000);
		expect(parseBoundedJson(text(40_001))).toBeUndefined();
	});

	test('is JSON', () => {
		for (const text of ['', '{', '"', '"\\', '[1,]', "{'a':1}", 'undefined', '{"a":1}x', ']']) {
			expect(parseBoundedJson(text)).toBeUndefined();
		}
	});
});
