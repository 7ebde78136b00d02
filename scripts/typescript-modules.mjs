// Loads the project's TypeScript without a build, for scripts that read its tables.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import ts from 'typescript';

const compilerOptions = {
	module: ts.ModuleKind.CommonJS,
	target: ts.ScriptTarget.ES2022,
	esModuleInterop: true,
};

for (const extension of ['.ts', '.mts']) {
	Module._extensions[extension] = (module, file) => {
		// Named .ts throughout: TypeScript would leave a .mts file the ES module that it is.
		const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
			compilerOptions,
			fileName: 'module.ts',
		});
		module._compile(outputText, file);
	};
}

/**
 * @param {string} path relative to the repository's root, with or without extension
 * @returns {any} what the module exports
 */
export const load = (path) => createRequire(new URL('../', import.meta.url))(`./${path}`);
