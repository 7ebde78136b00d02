const { src, dest } = require('gulp');

/** Copies what tsc leaves behind: icons and codex files. Binary-safe, so PNG icons survive. */
function assets() {
	return src(['nodes/**/*.{png,svg,node.json}', 'credentials/**/*.{png,svg}'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.assets = assets;
exports.default = assets;
