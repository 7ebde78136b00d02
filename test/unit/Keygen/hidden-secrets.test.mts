import { withoutSecrets } from '../../../nodes/Keygen/messages/hidden-secrets';

test.each(['wrong', 'password', 'must', 'Keygen', 'email'])(
	'a message does not tell the password %s by its gaps',
	(secret) => {
		const text = 'The password is wrong: email must be known to Keygen';
		expect(withoutSecrets(text, [secret])).toBe(text);
	},
);

test('a word that is quoted as a value, and all other secrets, are taken out', () => {
	expect(withoutSecrets('(got "wrong") and token=wrong', ['wrong'])).toBe(
		'(got "[redacted]") and token=[redacted]',
	);
	expect(withoutSecrets('it is C1B6DE-39A6E3 or hunter2', ['C1B6DE-39A6E3', 'hunter2'])).toBe(
		'it is [redacted] or [redacted]',
	);
});
