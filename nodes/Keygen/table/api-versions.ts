/** Versions of the API that the service knows, by the value of `Keygen-Version`. */
export const API_VERSIONS: Readonly<Record<string, string>> = Object.fromEntries(
	['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '1.8'].map((version) => [
		version,
		version,
	]),
);
