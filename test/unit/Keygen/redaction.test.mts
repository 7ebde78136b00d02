import * as fc from 'fast-check';

import { redact } from '../../../nodes/shared/redaction';

test('a secret is taken out in plain, percent-encoded and inside JSON', () => {
	const secret = 'key/a"b==.c+d';
	const text = `${secret} ${encodeURIComponent(secret)} ${JSON.stringify({ secret })}`;
	expect(redact(text, [secret])).toBe('[redacted] [redacted] {"secret":"[redacted]"}');
});

test('a secret that holds another is taken out whole', () => {
	expect(redact('token-long and token', ['token', 'token-long'])).toBe('[redacted] and [redacted]');
});

test('no secret is left, whatever it is', () => {
	const secrets = fc.array(fc.stringMatching(/^[A-Z0-9/+=-]{4,30}$/), { maxLength: 3 });
	fc.assert(
		fc.property(secrets, fc.array(fc.string()), (all, texts) => {
			const shown = redact(
				texts
					.flatMap((text, index) => [text, all[index % Math.max(all.length, 1)] ?? ''])
					.join(' '),
				all,
			);
			for (const secret of all) expect(shown.replaceAll('[redacted]', '')).not.toContain(secret);
		}),
	);
});
