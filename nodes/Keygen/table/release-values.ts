/** Channels of a release, from most to least stable. */
export const CHANNELS = {
	alpha: 'Alpha',
	beta: 'Beta',
	dev: 'Dev',
	rc: 'Release Candidate',
	stable: 'Stable',
};

/** Package managers that Keygen serves. */
export const ENGINES = {
	npm: 'npm',
	oci: 'OCI (EE)',
	pypi: 'PyPI',
	raw: 'Raw',
	rubygems: 'RubyGems',
	tauri: 'Tauri',
};
