// Packages that ship ES modules only and are therefore compiled for jest as the tests are.
const esmOnly = ['node-fetch', 'fetch-blob', 'data-uri-to-buffer', 'formdata-polyfill'];

// n8n's engine logs every node error that a test provokes.
process.env.N8N_LOG_LEVEL ??= 'silent';

const swc = [
	'@swc/jest',
	{
		jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
		module: { type: 'commonjs' },
	},
];

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testTimeout: 30_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.{ts,mts}'],
	moduleFileExtensions: ['js', 'ts', 'mts', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.[cm]?[jt]s$': swc },
	transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
};
