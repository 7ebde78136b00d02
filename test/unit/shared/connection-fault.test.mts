import { connectionFault } from '../../../nodes/shared/http/connection-fault';

const error = (fields: Record<string, unknown>) =>
	Object.assign(new Error('https://host.example/?hash=abc'), fields);

describe('a connection error', () => {
	it.each([
		['refused', error({ code: 'ECONNREFUSED', syscall: 'connect' })],
		['name not found', error({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
		['name server down', error({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
		[
			'connect timed out',
			error({ code: 'ETIMEDOUT', cause: error({ code: 'ETIMEDOUT', syscall: 'connect' }) }),
		],
		['no route', error({ code: 'EHOSTUNREACH', syscall: 'connect' })],
		[
			'all addresses refused',
			error({ cause: new AggregateError([error({ code: 'ECONNREFUSED', syscall: 'connect' })]) }),
		],
	])('that happened before sending (%s) means that nothing was received', (_, thrown) => {
		expect(connectionFault(thrown)).toMatchObject({ received: 'no', cause: 'unreachable' });
	});

	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	])('of the certificate (%s) means that nothing was received', (code) =>
		expect(connectionFault(error({ code }))).toMatchObject({
			received: 'no',
			cause: 'certificate',
			code,
		}),
	);

	it.each([
		['reset', error({ code: 'ECONNRESET', syscall: 'read' }), 'reset'],
		['broken pipe', error({ code: 'EPIPE', syscall: 'write' }), 'reset'],
		['no route any more', error({ code: 'EHOSTUNREACH', syscall: 'read' }), 'reset'],
		['timed out while reading', error({ code: 'ETIMEDOUT', syscall: 'read' }), 'timeout'],
		['aborted by the library', error({ code: 'ECONNABORTED' }), 'timeout'],
		['without any code', new Error('socket hang up'), 'reset'],
		['that is no error', 'text', 'reset'],
		['nothing at all', undefined, 'reset'],
	])('after sending (%s) means that it may have been received', (_, thrown, cause) => {
		expect(connectionFault(thrown)).toMatchObject({ received: 'maybe', cause });
	});

	it('of n8n, which blocks the address, means that nothing was received', () => {
		expect(connectionFault(error({ name: 'SsrfBlockedIpError' }))).toMatchObject({
			received: 'no',
			cause: 'blocked',
		});
	});

	it('never hands on its message, which may hold the URL', () => {
		expect(JSON.stringify(connectionFault(error({ code: 'ECONNRESET' })))).not.toContain('hash');
	});

	it('with circular causes ends', () => {
		const circular = error({});
		circular.cause = circular;
		expect(connectionFault(circular)).toMatchObject({ received: 'maybe' });
	});
});
