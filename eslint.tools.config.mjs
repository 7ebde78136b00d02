// Lints what n8n's own configuration (eslint.config.mjs) does not read: everything but the product.
import js from '@eslint/js';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
	{ ignores: ['dist/', 'coverage/', '.cache/', 'nodes/', 'credentials/'] },
	{ linterOptions: { noInlineConfig: true } },
	js.configs.recommended,
	{
		files: ['**/*.{js,mjs}'],
		languageOptions: { globals: globals.node },
	},
	{
		files: ['**/*.js'],
		languageOptions: { sourceType: 'commonjs' },
	},
	{
		files: ['**/*.mts'],
		extends: [ts.configs.recommended],
		languageOptions: { parserOptions: { project: 'test/tsconfig.json' } },
		rules: {
			'@typescript-eslint/no-non-null-assertion': 'error',
			// `{ secret, ...rest }` leaves a member out.
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			// Worth the time that types take: a test that does not await its promise proves nothing.
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
		},
	},
);
