import type { ReferenceStudent } from './reference-client.mts';

/** What the published sample's unencoded value turns into on its way to the service. */
export type PublishedSampleBreak = {
	/** A few words for a heading. */
	title: string;
	/** What differs from an ordinary student. */
	student: Partial<ReferenceStudent>;
	/** What the service receives in place of it. */
	serviceSees: string;
	/**
	 * - `refused`: the service answers with `status`.
	 * - `wrong data`: the service answers 200 and creates a license under `stored`, which is not what was meant.
	 */
	outcome:
		| { kind: 'refused'; status: 400 | 401 }
		| { kind: 'wrong data'; stored: Partial<ReferenceStudent> };
};

/**
 * Ordinary values that the published sample cannot send, as it joins them into the URL unencoded.
 * The same values arrive unharmed when each is percent-encoded.
 */
export const PUBLISHED_SAMPLE_BREAKS: readonly PublishedSampleBreak[] = [
	{
		title: 'plus address',
		student: { email: 'jane+keeper@students.northfield.example' },
		serviceSees: 'a space in place of the plus, so the hash no longer fits the e-mail',
		outcome: { kind: 'refused', status: 401 },
	},
	{
		title: 'plus in a name',
		student: { firstName: 'Jane+Ann' },
		serviceSees: 'a space in place of the plus',
		outcome: { kind: 'wrong data', stored: { firstName: 'Jane Ann' } },
	},
	{
		title: 'ampersand in a name',
		student: { lastName: 'Smith & Sons' },
		serviceSees: 'the last name "Smith " and a stray parameter " Sons"',
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'name that brings a parameter of its own',
		student: { firstName: 'Jane&product_type=1' },
		serviceSees: 'a second product_type',
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'ampersand in an e-mail address',
		student: { email: 'r&d@students.northfield.example' },
		serviceSees: 'the e-mail "r" and a stray parameter',
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'number sign in a name',
		student: { lastName: 'Smith #2' },
		serviceSees: 'nothing from the number sign on: no e-mail, no hash, no partner',
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'percent sign in a name',
		student: { lastName: '100% Smith' },
		serviceSees: 'percent-encoding that is broken',
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'percent sign before two hex digits',
		student: { transactionId: 'UNIV%2D7' },
		serviceSees: 'the three characters decoded to one',
		outcome: { kind: 'wrong data', stored: { transactionId: 'UNIV-7' } },
	},
	{
		title: 'percent sign before hex digits that are no text',
		student: { lastName: 'Smith %FF' },
		serviceSees: 'a byte that is not UTF-8',
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'tab or line break in a name',
		student: { firstName: 'Jane\tAnn' },
		serviceSees: 'the name without it, as URL parsers drop both',
		outcome: { kind: 'wrong data', stored: { firstName: 'JaneAnn' } },
	},
	{
		title: 'vertical bar in a name',
		student: { lastName: 'Smith|Jones' },
		serviceSees: 'a character that RFC 3986 does not allow in a query',
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'no last name',
		student: { lastName: undefined },
		serviceSees: 'an empty last_name, although its documented minimum length is 1',
		outcome: { kind: 'refused', status: 400 },
	},
];

/** Values that look as dangerous and survive, because node-fetch parses and re-encodes the URL. */
export const PUBLISHED_SAMPLE_SURVIVES: ReadonlyArray<{
	title: string;
	student: Partial<ReferenceStudent>;
}> = [
	{ title: 'space', student: { firstName: 'Mary Ann' } },
	{ title: 'apostrophe', student: { lastName: "O'Brien" } },
	{ title: 'equals sign', student: { lastName: 'Smith=Jones' } },
	{ title: 'umlaut', student: { lastName: 'Söhne' } },
	{ title: 'Chinese name', student: { firstName: '小明', lastName: '王' } },
];

/**
 * The published sample's own transport (the `request` package: url.parse, then http.request) does not
 * re-encode letters beyond ASCII. Up to U+00FF they go out as Latin-1 bytes, which are no UTF-8;
 * beyond that Node.js refuses to send the request.
 */
export const LEGACY_TRANSPORT_BREAKS: ReadonlyArray<{
	title: string;
	student: Partial<ReferenceStudent>;
	outcome: { kind: 'refused'; status: 400 } | { kind: 'never sent' };
}> = [
	{
		title: 'umlaut',
		student: { lastName: 'Söhne' },
		outcome: { kind: 'refused', status: 400 },
	},
	{
		title: 'Chinese name',
		student: { firstName: '小明', lastName: '王' },
		outcome: { kind: 'never sent' },
	},
];
