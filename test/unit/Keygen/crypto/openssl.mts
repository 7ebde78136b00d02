// Keys and signatures by the openssl command line: a second implementation of every signature,
// which has nothing in common with the verifiers but the mathematics.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GENERATE: Readonly<Record<string, readonly string[]>> = {
	ed25519: ['-algorithm', 'ed25519'],
	rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
	p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
};

const PSS = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:max'];

export function openssl() {
	const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
	const path = (name: string) => join(folder, name);
	const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
	for (const [type, args] of Object.entries(GENERATE)) {
		run('genpkey', ...args, '-out', path(`${type}.pem`));
		run('pkey', '-in', path(`${type}.pem`), '-pubout', '-out', path(`${type}.pub`));
	}

	return {
		publicKey: (type: string) => readFileSync(path(`${type}.pub`), 'utf8'),

		/** A signature over the text, by the name of the algorithm at Keygen. */
		sign(algorithm: string, text: string): Buffer {
			writeFileSync(path('text'), text);
			const input = path('text');
			if (algorithm === 'ed25519') {
				return run('pkeyutl', '-sign', '-rawin', '-in', input, '-inkey', path('ed25519.pem'));
			}
			const key = path(algorithm === 'ecdsa-p256' ? 'p256.pem' : 'rsa.pem');
			const options = algorithm === 'rsa-pss-sha256' ? PSS : [];
			return run('dgst', '-sha256', ...options, '-sign', key, input);
		},

		/** The text under the private RSA key with the padding of signatures, but no digest. */
		encryptPrivately(text: string): Buffer {
			writeFileSync(path('text'), text);
			const padding = ['-pkeyopt', 'rsa_padding_mode:pkcs1'];
			return run('pkeyutl', '-sign', ...padding, '-in', path('text'), '-inkey', path('rsa.pem'));
		},

		remove: () => rmSync(folder, { recursive: true }),
	};
}
