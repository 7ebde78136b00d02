const { availableParallelism } = require('node:os');

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
	// n8n's engine, loaded anew for each file of tests, leaves memory behind: workers that hold too
	// much start again. That needs workers, also where there are two cores only.
	maxWorkers: Math.max(2, availableParallelism() - 1),
	workerIdleMemoryLimit: '1500MB',
	testEnvironment: 'node',
	testTimeout: 30_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.{ts,mts}'],
	moduleFileExtensions: ['js', 'ts', 'mts', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.[cm]?[jt]s$': swc },
	transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
};
